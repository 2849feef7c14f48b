import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { reviewChasedAfterDays } from '@waymark/contracts';
import * as letters from './letters';
import { PanelPost } from './panel-post';

const batch = 1000;

/** Chases reviews that nobody opened for a week, once each, by one letter for all that wait for a panelist in a call. */
@Injectable()
export class ChaseReviews implements ScheduledTask {
  readonly name = 'chase-reviews';
  readonly everySeconds = 3600;

  constructor(private readonly post: PanelPost) {}

  async run(tx: Tx): Promise<boolean> {
    const due = await tx.query<{ panelistId: string; callId: string; callName: string }>(
      `with due as (
         select r.id, c.id as call_id, c.name from review r
         join call c on c.institution_id = r.institution_id and c.id = r.call_id and c.status = 'scoring'
         join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
         where r.institution_id = $1 and r.status = 'assigned' and r.opened_at is null and r.reminded_at is null
           and r.assigned_at <= $2::timestamptz - interval '${reviewChasedAfterDays} days'
         order by r.panelist_id, r.id limit ${batch} for update of r skip locked
       )
       update review r set reminded_at = $2 from due where r.institution_id = $1 and r.id = due.id
       returning r.panelist_id as "panelistId", due.call_id as "callId", due.name as "callName"`,
      [tx.scope.institutionId, tx.now],
    );
    for (const rows of Map.groupBy(due, ({ panelistId, callId }) => `${panelistId} ${callId}`).values()) {
      const [first] = rows;
      if (!first) continue;
      await this.post.send(tx, [first.panelistId], ({ givenName }) =>
        letters.chased(givenName, first.callName, rows.length, this.post.reading(first.callId)),
      );
    }
    return due.length === batch;
  }
}
