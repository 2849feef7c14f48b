import { DateTime } from 'luxon';

/** The calendar day of an instant in a time zone, as `2026-05-01`: days are judged where the institution is. */
export const dayIn = (timeZone: string, at: Date): string => {
  const day = DateTime.fromJSDate(at, { zone: timeZone }).toISODate();
  if (day === null) throw new Error(`no such time zone: ${timeZone}`);
  return day;
};
