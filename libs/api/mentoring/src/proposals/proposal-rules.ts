import { Refused } from '@waymark/api-platform';
import type { ProposalStatus, ProposalView } from '@waymark/contracts';

/** What the rules of answering look at. */
export interface Answerable {
  status: ProposalStatus;
  answerBy: Date | null;
}

/**
 * Nobody answered in time, or the two did not agree in time: it counts as expired from that moment on, also before
 * anything has written so.
 */
export const isOverdue = ({ status, answerBy }: Answerable, now: Date): boolean =>
  (status === 'proposed' || status === 'accepted') && answerBy !== null && answerBy < now;

/** Refuses by name where a mentor cannot answer any more. `placesLeft` is counted under the enrolment's lock. */
export const refuseUnlessAnswerable = (proposal: Answerable, now: Date, placesLeft: number | null): void => {
  const { status } = proposal;
  if (status === 'expired' || isOverdue(proposal, now)) throw new Refused('proposal-expired');
  if (status === 'proposed' || status === 'superseded') {
    // Whoever comes second for the last place is told so, not that the proposal was overtaken.
    if (placesLeft !== null && placesLeft <= 0) throw new Refused('mentor-full');
  }
  if (status !== 'proposed' && status !== 'more-asked') throw new Refused('proposal-answered');
};

export const mayOnProposal = (
  proposal: Answerable & { side: ProposalView['side']; agreementBy: string | null; question: string | null },
  personId: string,
  now: Date,
): ProposalView['may'] => {
  const { side, status, agreementBy } = proposal;
  const answerable = side === 'mentor' && status === 'proposed' && !isOverdue(proposal, now);
  const accepted = status === 'accepted' && !isOverdue(proposal, now);
  return {
    accept: answerable,
    decline: answerable,
    askMore: answerable && proposal.question === null,
    answerQuestion: side === 'mentee' && status === 'more-asked',
    withdraw: side === 'mentee' && !isOverdue(proposal, now) && ['proposed', 'more-asked', 'accepted'].includes(status),
    writeAgreement: accepted,
    confirmAgreement: accepted && agreementBy !== null && agreementBy !== personId,
  };
};
