import type { ReadQuery } from '@waymark/api-platform';
import { changesDueDays } from './obligation-status';

/** A report that somebody still has to hand in. */
export interface OwedReport {
  personId: string;
  subject: string;
  dueOn: string;
  /** The last day on which it is not late: from the next on it blocks. */
  lastDay: string;
}

/**
 * The reports that these people owe and whose last day has come by a day of the institution (`2026-05-01`), the oldest first:
 * those with an earlier last day are late, those with this very one pass until midnight. For whoever cannot wait for a transaction
 * of its own; see ReportBackFacade.overdueOf.
 */
export const owedReports = (
  institutionId: string,
  personIds: readonly string[],
  by: string,
  timeZone: string,
): ReadQuery => ({
  name: 'owed-reports',
  text: `select person_id as "personId", subject, due_on::text as "dueOn", last_day::text as "lastDay" from (
      select o.id, o.person_id, o.subject, o.due_on,
        case o.status when 'due' then o.due_on else (o.changes_asked_at at time zone $4)::date + $5::int end as last_day
      from obligation o
      where o.institution_id = $1 and o.person_id = any ($2::uuid[]) and o.status in ('due', 'changes-asked')) owed
    where last_day <= $3::date order by last_day, id`,
  values: [institutionId, personIds, by, timeZone, changesDueDays],
});
