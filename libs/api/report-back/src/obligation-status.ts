import type { StatusTable } from '@waymark/api-platform';
import type { ObligationStatus } from '@waymark/contracts';

export const obligationTable: StatusTable<ObligationStatus> = {
  due: ['submitted', 'waived', 'cancelled'],
  submitted: ['changes-asked', 'accepted', 'waived', 'cancelled'],
  'changes-asked': ['submitted', 'waived', 'cancelled'],
  // Accepted lifts every block; held at a meeting or printed discharges it.
  accepted: ['discharged'],
  discharged: [],
  waived: [],
  cancelled: [],
};

/** A report is still expected. */
export const openObligation: readonly ObligationStatus[] = ['due', 'submitted', 'changes-asked'];

/** Days after the event by which a report is owed, and days in which changes that were asked for are to be made. */
export const reportDueDays = 30;
export const changesDueDays = 14;
