import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { reviewChasedAfterDays } from '@waymark/contracts';
import { conflictKeys, conflictsOf } from './conflicts';
import * as letters from './letters';
import { PanelPost } from './panel-post';

const batch = 1000;

/**
 * Chases reviews that nobody opened for a week, once each, by one letter for all that wait for a panelist in a call. What they have
 * come to have an interest in is not theirs to open: the chair gives it to somebody else.
 */
@Injectable()
export class ChaseReviews implements ScheduledTask {
  readonly name = 'chase-reviews';
  readonly everySeconds = 3600;

  constructor(private readonly post: PanelPost) {}

  async run(tx: Tx): Promise<boolean> {
    const due = await tx.query<{ panelistId: string; callId: string; callName: string; applicantId: string }>(
      `with due as (
         select v.id, c.id as call_id, c.name, a.person_id from review v
         join call c on c.institution_id = v.institution_id and c.id = v.call_id and c.status = 'scoring'
         join application a on a.institution_id = v.institution_id and a.id = v.application_id and a.status = 'eligible'
         where v.institution_id = $1 and v.status = 'assigned' and v.opened_at is null and v.reminded_at is null
           and v.assigned_at <= $2::timestamptz - interval '${reviewChasedAfterDays} days'
         order by v.panelist_id, v.id limit ${batch} for update of v skip locked
       )
       update review r set reminded_at = $2 from due where r.institution_id = $1 and r.id = due.id
       returning r.panelist_id as "panelistId", due.call_id as "callId", due.name as "callName", due.person_id as "applicantId"`,
      [tx.scope.institutionId, tx.now],
    );
    const apart = new Map<string, Map<string, unknown>>();
    for (const callId of new Set(due.map((each) => each.callId))) {
      apart.set(callId, conflictKeys(await conflictsOf(tx, callId)));
    }
    const theirs = due.filter(
      ({ callId, panelistId, applicantId }) => !apart.get(callId)?.has(`${panelistId} ${applicantId}`),
    );
    for (const rows of Map.groupBy(theirs, ({ panelistId, callId }) => `${panelistId} ${callId}`).values()) {
      const [first] = rows;
      if (!first) continue;
      await this.post.send(tx, [first.panelistId], ({ givenName }) =>
        letters.chased(givenName, first.callName, rows.length, this.post.reading(first.callId)),
      );
    }
    return due.length === batch;
  }
}
