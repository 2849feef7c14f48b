import { DateTime } from 'luxon';

/** As letters say it: "Friday 12 June", with the year where it is not this one. */
export const spokenDay = (day: string, now: Date, timeZone: string): string => {
  const date = DateTime.fromISO(day, { zone: timeZone });
  const thisYear = DateTime.fromJSDate(now, { zone: timeZone }).year === date.year;
  return date.setLocale('en-GB').toFormat(thisYear ? 'cccc d LLLL' : 'cccc d LLLL yyyy');
};
