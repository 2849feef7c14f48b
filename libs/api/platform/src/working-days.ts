import { DateTime } from 'luxon';
import { bankHolidays, type Nation } from './bank-holidays';

/** Where an institution is: days are judged there. */
export interface Whereabouts {
  timeZone: string;
  nation: Nation;
  /** Days on which it is closed besides, as `2026-12-29`. */
  closureDays?: readonly string[];
}

/** Whether a date is worked on there: no weekend, bank holiday of the nation or closure day. */
const worksAt = ({ nation, closureDays }: Whereabouts): ((date: DateTime) => boolean) => {
  const closed = new Set(closureDays);
  return (date) => {
    const day = date.toISODate() ?? '';
    return date.weekday <= 5 && !bankHolidays[nation].has(day) && !closed.has(day);
  };
};

/** The day itself if it is a working day, else the next that is; days as `2026-05-01`. */
export const workingDayFrom = (day: string, where: Whereabouts): string => {
  const works = worksAt(where);
  let date = DateTime.fromISO(day, { zone: 'UTC' });
  while (!works(date)) date = date.plus({ days: 1 });
  return date.toISODate() ?? day;
};

/** The last instant of the working day that is so many working days after the day of `from`. */
export const workingDaysAfter = (from: Date, workingDays: number, where: Whereabouts): Date => {
  const works = worksAt(where);
  let date = DateTime.fromJSDate(from, { zone: where.timeZone });
  for (let left = workingDays; left > 0;) {
    date = date.plus({ days: 1 });
    if (works(date)) left -= 1;
  }
  return date.endOf('day').toJSDate();
};
