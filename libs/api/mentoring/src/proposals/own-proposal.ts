import { type Actor, Refused, type Tx } from '@waymark/api-platform';
import type { ProposalView } from '@waymark/contracts';
import { Enrolment, Proposal, Request } from '../entities';

/**
 * Policy: a proposal is a matter of the mentor and the mentee it names; to anybody else it is not there. Some of it is
 * for one of them alone. Who they are never changes, so this is asked before anything is locked.
 */
export const findOwn = async (
  tx: Tx,
  actor: Actor,
  id: string,
  sides: readonly ProposalView['side'][],
): Promise<Proposal> => {
  const [proposal] = await tx.find(Proposal, { id });
  const side = proposal && sideOf(proposal, actor.personId);
  if (!proposal || !side) throw new Refused('not-found');
  if (!sides.includes(side)) throw new Refused('not-allowed');
  return proposal;
};

export const sideOf = (
  proposal: { mentorId: string; menteeId: string },
  personId: string,
): ProposalView['side'] | null =>
  proposal.mentorId === personId ? 'mentor' : proposal.menteeId === personId ? 'mentee' : null;

export interface LockedProposal {
  enrolment: Enrolment;
  request: Request;
  proposal: Proposal;
}

/** Enrolment, request, proposal: see the order of locks in statuses.ts. */
export const lockWhole = async (tx: Tx, { id, enrolmentId, requestId }: Proposal): Promise<LockedProposal> => ({
  enrolment: await tx.lock(Enrolment, enrolmentId),
  request: await tx.lock(Request, requestId),
  proposal: await tx.lock(Proposal, id),
});

export const refuseOlder = (proposal: Proposal, version: number): void => {
  if (proposal.version !== version) throw new Refused('changed-meanwhile');
};
