import { type Whereabouts, workingDaysAfter } from '@waymark/api-platform';
import { DateTime } from 'luxon';

export { type Whereabouts, workingDaysAfter } from '@waymark/api-platform';

/** A proposal is answered, and an accepted one agreed, within so many working days. */
export const workingDaysToAnswer = 10;

/** A mentor's question is answered within so many days, weekends counted. */
export const daysToAnswerQuestion = 5;

/** The end of the day that is so many days after the day of `from`. */
export const endOfDayIn = (from: Date, days: number, timeZone: string): Date =>
  DateTime.fromJSDate(from, { zone: timeZone }).plus({ days }).endOf('day').toJSDate();

/** How many working days are left until `until`: the fewest after which it has come. */
export const workingDaysLeft = (now: Date, until: Date, where: Whereabouts): number => {
  let days = 0;
  while (workingDaysAfter(now, days, where) < until && days < workingDaysToAnswer) days += 1;
  return days;
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
