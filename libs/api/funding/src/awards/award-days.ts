import { DateTime } from 'luxon';

/** So many days there are to answer an offer. */
export const answerDays = 14;
/** Whoever has not is reminded so many days before. */
export const answerReminderDays = 4;

/** So many days before the claim-by date people are reminded of what they can claim. */
export const claimReminderDays = [30, 7];

/** An event that ends close to the claim-by date, or moves past it, leaves so many days to claim after it. */
export const claimDaysAfterEvent = 30;

/** SQL of the day by which an award is claimed: as its call under alias says, and not before there was time after the event. */
export const claimBySql = (call: string, submission: string): string =>
  `greatest(${call}.claim_by, ${submission}.event_ends_on + ${claimDaysAfterEvent})`;

/** The last instant of the fourteenth day after the day of `from`, by the institution's clock. */
export const answerByOf = (timeZone: string, from: Date): Date =>
  DateTime.fromJSDate(from, { zone: timeZone }).plus({ days: answerDays }).endOf('day').toJSDate();

/** A day so many days later; days as `2026-05-01`. */
export const dayAfter = (day: string, days: number): string =>
  DateTime.fromISO(day, { zone: 'UTC' }).plus({ days }).toISODate() ?? day;

/** As it is written in a letter: `1 May 2026`. */
export const dayWords = (day: string): string =>
  DateTime.fromISO(day, { zone: 'UTC' }).setLocale('en-GB').toFormat('d MMMM yyyy');
