import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { figureJoins, holding } from './award-figures';
import { claimReminderDays, dayAfter } from './award-days';
import { tell } from './award-post';
import { closeAward } from './close-award';
import { Award } from './entities';
import * as letters from './letters';
import { releaseMoney } from './release-money';

/** Money can be claimed of these. */
const claimable = `('accepted', 'changed', 'attended', 'cancelled')`;
const batch = 100;

/** Reminds thirty and seven days before the claim-by date of what can be claimed still. A date that moves begins anew. */
@Injectable()
export class RemindToClaim implements ScheduledTask {
  readonly name = 'remind-to-claim';
  readonly everySeconds = 3600;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const today = dayIn(timeZone, tx.now);
    const due = await tx.query<{
      id: string;
      personId: string;
      eventName: string;
      claimBy: string;
      leftPence: number;
      abstractWaits: boolean;
    }>(
      `update award w set claim_reminded_on = $2::date
       from (
         select a.id, f.committed_pence - h.held as left_pence
         from award a
         join application p on p.institution_id = a.institution_id and p.id = a.application_id
         ${figureJoins('$2', '$3')}
         where a.institution_id = $1 and a.status in ${claimable} and a.claim_by >= $2::date and f.committed_pence > h.held
           and exists (select from unnest($4::int[]) as days where a.claim_by - days <= $2::date
             and (a.claim_reminded_on is null or a.claim_reminded_on < a.claim_by - days))
         order by a.id limit ${batch}
       ) due
       where w.institution_id = $1 and w.id = due.id
       returning w.id, w.person_id as "personId", w.event_name as "eventName", w.claim_by::text as "claimBy",
         due.left_pence::float8 as "leftPence", w.abstract = 'waiting' and w.status <> 'cancelled' as "abstractWaits"`,
      [tx.scope.institutionId, today, tx.now, claimReminderDays],
    );
    await tell(
      tx,
      due.map(({ id, personId, eventName, claimBy, leftPence, abstractWaits }) => ({
        personId,
        words: letters.claimReminder(eventName, leftPence, claimBy, abstractWaits),
        path: `/funding/awards/${id}`,
      })),
    );
    return due.length === batch;
  }
}

/**
 * After the claim-by date what nobody claimed goes back to the pot. An award of which no claim is under way closes; one with a
 * claim under way closes when that is over. A claim that was sent back is waited for thirty days.
 */
@Injectable()
export class ReleaseUnclaimed implements ScheduledTask {
  readonly name = 'release-unclaimed';
  readonly everySeconds = 600;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const today = dayIn(timeZone, tx.now);
    const due = await tx.query<{ id: string; held: number }>(
      `select a.id, h.held::float8 as held from award a
       cross join lateral (
         select coalesce(sum(l.amount_pence) filter (where l.account = 'committed'), 0) as committed
         from ledger_entry e join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id
         where e.institution_id = a.institution_id and e.award_id = a.id
       ) f
       cross join lateral (
         select coalesce(sum(c.claimed_pence - c.settles_pence) filter (where ${holding('c', 'a', '$2', '$3')}), 0) as held
         from claim c where c.institution_id = a.institution_id and c.award_id = a.id
       ) h
       where a.institution_id = $1 and a.claim_by < $2::date
         and (a.status in ${claimable} and (f.committed > h.held or h.held = 0) or a.status = 'closed' and f.committed > h.held)
       order by a.id limit ${batch} for update of a`,
      [tx.scope.institutionId, today, tx.now],
    );
    for (const { id } of due) {
      const award = await tx.lock(Award, id);
      // Under the lock: what was claimed meanwhile holds its money.
      const released = (await releaseMoney(tx, [id], 'claim-by')).get(id) ?? 0;
      const [left] = await tx.query<{ committed: number }>(
        `select committed_pence::float8 as committed from award_figures where institution_id = $1 and award_id = $2`,
        [tx.scope.institutionId, id],
      );
      if ((left?.committed ?? 0) === 0) await closeAward(tx, award, 'claim-by');
      if (released > 0)
        await tell(tx, [
          {
            personId: award.personId,
            words: letters.claimByPassed(award.eventName, released, dayAfter(award.claimBy, 0)),
            path: `/funding/awards/${id}`,
          },
        ]);
    }
    return due.length === batch;
  }
}
