import { move, type Tx } from '@waymark/api-platform';
import { record } from '../applications/timeline';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { awardTable } from '../statuses';
import { discardDrafts } from './end-award';
import { Award } from './entities';
import { releaseMoney } from './release-money';

/**
 * Closes an award at what is claimed: what no claim under way holds is released, drafts go, nobody is asked about a change any
 * more. A claim that was sent is dealt with as usual. One that is closed already stays so, and what came free since is released.
 * The caller holds the award.
 */
export const closeAward = async (tx: Tx, award: Award, because: 'last-claim' | 'claim-by' | 'left'): Promise<void> => {
  if (award.status === 'closed') {
    await releaseMoney(tx, [award.id], because);
    return;
  }
  if (award.status === 'changed') await withdrawEndorsements(tx, [award.applicationId]);
  await tx.update(Award, award, {
    status: move(awardTable, award.status, 'closed'),
    change: null,
    closedAt: tx.now,
  });
  await discardDrafts(tx, [award.id]);
  await releaseMoney(tx, [award.id], because);
  await record(tx, [{ applicationId: award.applicationId, kind: 'award-closed', facts: { because } }]);
  await tx.audit('fund-award.close', { kind: 'fund-award', id: award.id }, { because });
};
