import type { Tx } from '@waymark/api-platform';
import { record } from '../applications/timeline';
import { endUnclaimed, refuseClaimed } from './end-award';
import { Award } from './entities';

/**
 * The applicant withdraws an application that was awarded, until the first claim: its award ends, the money is released and goes
 * to the reserve list. Refused with `award-claimed` from the first claim on. An application without an award, or with one that is
 * over, is left as it is. The caller holds the application and moves it.
 */
export const withdrawAward = async (tx: Tx, applicationId: string): Promise<void> => {
  const [found] = await tx.find(Award, { applicationId });
  if (!found) return;
  const award = await tx.lock(Award, found.id);
  await refuseClaimed(tx, award.id);
  if (award.status === 'closed' || award.status === 'lapsed' || award.status === 'refused') return;
  const [from, to] = [award.status, award.status === 'offered' ? ('refused' as const) : ('closed' as const)];
  await endUnclaimed(tx, award, to, 'withdrawn');
  await record(tx, [
    { applicationId, kind: to === 'refused' ? 'award-refused' : 'award-closed', facts: { because: 'withdrawn' } },
  ]);
  await tx.audit('fund-award.withdraw', { kind: 'fund-award', id: award.id }, { from });
};
