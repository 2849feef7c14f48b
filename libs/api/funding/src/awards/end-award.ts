import { ReportBackFacade } from '@waymark/api-report-back';
import { move, Refused, type Tx } from '@waymark/api-platform';
import type { FundAwardStatus } from '@waymark/contracts';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { awardTable } from '../statuses';
import { Award, Claim } from './entities';
import { releaseMoney } from './release-money';

/** It has no state of its own: what it does, it does in the caller's transaction. */
const reports = new ReportBackFacade();

/** Somebody waits for the manager's answer on a change. */
const withdrawChange = async (tx: Tx, award: Award): Promise<void> => {
  if (award.status === 'changed') await withdrawEndorsements(tx, [award.applicationId]);
};

/** Claims that were begun and never sent go with what they were for. */
export const discardDrafts = async (tx: Tx, awardIds: readonly string[]): Promise<void> => {
  const values = [tx.scope.institutionId, awardIds];
  await tx.query(
    `delete from claim_file f using claim c where c.institution_id = $1 and c.award_id = any ($2::uuid[]) and c.status = 'draft'
       and f.institution_id = c.institution_id and f.claim_id = c.id`,
    values,
  );
  await tx.query(
    `delete from claim where institution_id = $1 and award_id = any ($2::uuid[]) and status = 'draft'`,
    values,
  );
};

/** Whether anything was ever claimed of it: a draft that nobody sent is nothing. */
export const claimedOf = async (tx: Tx, awardId: string): Promise<Claim[]> =>
  (await tx.find(Claim, { awardId })).filter(({ status }) => status !== 'draft');

/**
 * Ends an award of which nothing is claimed: `refused` and `lapsed` an offer, `closed` what was accepted. Its money is released,
 * nobody owes a report, and nobody is asked about a change of it any more. The caller holds the award. Answers the pence released.
 */
export const endUnclaimed = async (
  tx: Tx,
  award: Award,
  to: Extract<FundAwardStatus, 'refused' | 'lapsed' | 'closed'>,
  because: string,
): Promise<number> => {
  await withdrawChange(tx, award);
  await tx.update(Award, award, {
    status: move(awardTable, award.status, to),
    change: null,
    ...(to === 'lapsed' ? {} : { answeredAt: award.answeredAt ?? tx.now }),
    ...(to === 'closed' ? { closedAt: tx.now } : {}),
  });
  await discardDrafts(tx, [award.id]);
  await reports.cancel(tx, 'award', award.id);
  return (await releaseMoney(tx, [award.id], because)).get(award.id) ?? 0;
};

/** Refused where anything was claimed: from then on the application stands. */
export const refuseClaimed = async (tx: Tx, awardId: string): Promise<void> => {
  if ((await claimedOf(tx, awardId)).length > 0) throw new Refused('award-claimed');
};
