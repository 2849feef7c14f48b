import type { Tx } from '@waymark/api-platform';
import type { ProposalStatus } from '@waymark/contracts';

/** A proposal that is ended together with others. */
export interface EndedProposal {
  id: string;
  requestId: string;
  enrolmentId: string;
  menteeId: string;
  mentorId: string;
}

export const endedColumns = `id, request_id as "requestId", enrolment_id as "enrolmentId", mentee_id as "menteeId", mentor_id as "mentorId"`;

const acts = {
  superseded: 'proposal.supersede',
  expired: 'proposal.expire',
  withdrawn: 'proposal.withdraw',
} as const satisfies Partial<Record<ProposalStatus, string>>;

/** Ends proposals that the caller has locked, each with its line of the audit; `unanswered` are those that lapsed in silence. */
export const endProposals = async (
  tx: Tx,
  status: keyof typeof acts,
  proposals: readonly EndedProposal[],
  unanswered: readonly EndedProposal[] = [],
): Promise<void> => {
  if (proposals.length === 0) return;
  const { institutionId } = tx.scope;
  await tx.query(
    `update proposal set status = $3, answered_at = $4, unanswered = id = any ($5::uuid[]), version = version + 1
     where institution_id = $1 and id = any ($2::uuid[])`,
    [institutionId, proposals.map(({ id }) => id), status, tx.now, unanswered.map(({ id }) => id)],
  );
  await tx.auditEach(
    acts[status],
    proposals.map(({ id }) => ({ subject: { kind: 'proposal', id } })),
  );
};
