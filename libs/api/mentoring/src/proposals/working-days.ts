import { DateTime } from 'luxon';
import { bankHolidays, type Nation } from './bank-holidays';

/** Where an institution is: days are judged there. */
export interface Whereabouts {
  timeZone: string;
  nation: Nation;
}

/** A proposal is answered, and an accepted one agreed, within so many working days. */
export const workingDaysToAnswer = 10;

const isWorkingDay = (date: DateTime, nation: Nation): boolean =>
  date.weekday <= 5 && !bankHolidays[nation].has(date.toISODate() ?? '');

/** The last instant of the working day that is so many working days after the day of `from`. */
export const workingDaysAfter = (from: Date, workingDays: number, { timeZone, nation }: Whereabouts): Date => {
  let date = DateTime.fromJSDate(from, { zone: timeZone });
  for (let left = workingDays; left > 0;) {
    date = date.plus({ days: 1 });
    if (isWorkingDay(date, nation)) left -= 1;
  }
  return date.endOf('day').toJSDate();
};

/** The day of an instant, as `2026-05-01`. */
export const dayOf = (instant: Date, timeZone: string): string =>
  DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? '';

/** Six months on, which most agreements last. */
export const suggestedEnd = (now: Date, timeZone: string): string =>
  DateTime.fromJSDate(now, { zone: timeZone }).plus({ months: 6 }).toISODate() ?? '';

/** An agreement ends tomorrow at the earliest and in two years at the latest. */
export const mayEndOn = (day: string, now: Date, timeZone: string): boolean => {
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  return day > (today.toISODate() ?? '') && day <= (today.plus({ years: 2 }).toISODate() ?? '');
};

/** As letters say it: "Friday 12 June", with the year where it is not this one. */
export const spokenDay = (day: Date | string, now: Date, timeZone: string): string => {
  const date =
    typeof day === 'string' ? DateTime.fromISO(day, { zone: timeZone }) : DateTime.fromJSDate(day, { zone: timeZone });
  const thisYear = DateTime.fromJSDate(now, { zone: timeZone }).year === date.year;
  return date.setLocale('en-GB').toFormat(thisYear ? 'cccc d LLLL' : 'cccc d LLLL yyyy');
};
