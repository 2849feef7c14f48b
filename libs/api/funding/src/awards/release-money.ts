import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import { record } from '../applications/timeline';
import { between, postAll } from '../ledger/ledger';
import { holding } from './award-figures';

/** Money of a call has come free: the reserve list is next. `{ callId }`. */
export const AWARD_MONEY_FREED = 'funding.money-freed';

interface Left {
  id: string;
  applicationId: string;
  callId: string;
  potId: string;
  reference: string;
  leftPence: number;
}

/**
 * Gives back to the pot what of these awards is committed and not spoken for by a claim under way: an entry, a line of the
 * timeline each, and the reserve list of their calls hears of it. Answers what was released, by award. The caller holds the
 * awards.
 */
export const releaseMoney = async (
  tx: Tx,
  awardIds: readonly string[],
  because: string,
): Promise<Map<string, number>> => {
  const { timeZone } = await whereaboutsOf(tx);
  const left = await tx.query<Left>(
    `select a.id, a.application_id as "applicationId", a.call_id as "callId", a.pot_id as "potId", p.reference,
       (f.committed_pence - coalesce(c.held, 0))::float8 as "leftPence"
     from award a
     join application p on p.institution_id = a.institution_id and p.id = a.application_id
     cross join lateral (
       select coalesce(sum(l.amount_pence), 0) as committed_pence from ledger_entry e
       join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account = 'committed'
       where e.institution_id = a.institution_id and e.award_id = a.id
     ) f
     left join lateral (
       select sum(c.claimed_pence - c.settles_pence) as held from claim c
       where c.institution_id = a.institution_id and c.award_id = a.id and ${holding('c', 'a', '$3', '$4')}
     ) c on true
     where a.institution_id = $1 and a.id = any ($2::uuid[]) and f.committed_pence > coalesce(c.held, 0) order by a.id`,
    [tx.scope.institutionId, awardIds, dayIn(timeZone, tx.now), tx.now],
  );
  await postAll(
    tx,
    left.map(({ id, potId, reference, leftPence }) => ({
      kind: 'release' as const,
      reason: `Released of award ${reference}`,
      awardId: id,
      lines: between(leftPence, { potId, account: 'committed' }, { potId, account: 'available' }),
    })),
  );
  await record(
    tx,
    left.map(({ applicationId, leftPence }) => ({
      applicationId,
      kind: 'released' as const,
      facts: { amountPence: leftPence, because },
    })),
  );
  for (const callId of new Set(left.map((each) => each.callId))) await tx.emit(AWARD_MONEY_FREED, { callId });
  return new Map(left.map(({ id, leftPence }) => [id, leftPence]));
};
