import type { ReadQuery } from '@waymark/api-platform';
import type { ObligationSource } from '@waymark/contracts';

/** How it stands with the report on one source, for its pages: one row, or none. `done`: nobody waits for it any more. */
export interface ReportOfSource {
  dueOn: string;
  done: boolean;
}

/** For whoever cannot wait for a transaction of its own; see ReportBackFacade.of. A report that was cancelled is none. */
export const reportOfSource = (institutionId: string, sourceKind: ObligationSource, sourceId: string): ReadQuery => ({
  name: 'report-of-source',
  text: `select due_on::text as "dueOn", status in ('accepted', 'discharged', 'waived') as done from obligation
    where institution_id = $1 and source_kind = $2 and source_id = $3 and status <> 'cancelled' order by id limit 1`,
  values: [institutionId, sourceKind, sourceId],
});
