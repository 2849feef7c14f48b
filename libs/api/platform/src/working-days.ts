import { DateTime } from 'luxon';
import { bankHolidays, type Nation } from './bank-holidays';

/** Where an institution is: days are judged there. */
export interface Whereabouts {
  timeZone: string;
  nation: Nation;
  /** Days on which it is closed besides, as `2026-12-29`. */
  closureDays?: readonly string[];
}

/** The last instant of the working day that is so many working days after the day of `from`. */
export const workingDaysAfter = (from: Date, workingDays: number, where: Whereabouts): Date => {
  const closed = new Set(where.closureDays);
  const works = (date: DateTime): boolean => {
    const day = date.toISODate() ?? '';
    return date.weekday <= 5 && !bankHolidays[where.nation].has(day) && !closed.has(day);
  };
  let date = DateTime.fromJSDate(from, { zone: where.timeZone });
  for (let left = workingDays; left > 0;) {
    date = date.plus({ days: 1 });
    if (works(date)) left -= 1;
  }
  return date.endOf('day').toJSDate();
};
