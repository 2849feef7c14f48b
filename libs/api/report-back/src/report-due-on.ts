import { type Whereabouts, workingDayFrom } from '@waymark/api-platform';
import { DateTime } from 'luxon';
import { reportDueDays } from './obligation-status';

/**
 * The day by which a report on an event is owed: thirty days after its last day, moved to the next working day of the
 * institution's nation and its own closure days. Days as `2026-05-01`, in the institution's time zone.
 */
export const reportDueOn = (eventEndsOn: string, where: Whereabouts): string => {
  const after = DateTime.fromISO(eventEndsOn, { zone: 'UTC' }).plus({ days: reportDueDays });
  return workingDayFrom(after.toISODate() ?? eventEndsOn, where);
};
