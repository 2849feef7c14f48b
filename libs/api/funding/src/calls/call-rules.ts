import { dayIn } from '@waymark/api-platform';
import { type CallField, callFields, callFixed, type CallMoment, type ChangeCall, cut } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { isDeepStrictEqual } from 'node:util';

/* Rules of calls, on plain data. Instants are judged, and moved, by the institution's clock. */

type Written = Omit<ChangeCall, 'version'>;
type Kind = 'yearly' | 'rolling';

/** What is wrong with the dates and what goes with them, by field; the database says the same. */
export const faultsOf = (
  kind: Kind,
  call: Pick<
    Written,
    | 'opensAt'
    | 'closesAt'
    | 'endorseBy'
    | 'decideBy'
    | 'reserveUntil'
    | 'claimBy'
    | 'nextOpensOn'
    | 'nextClosesOn'
    | 'rollsUntil'
  >,
  timeZone: string,
): { path: CallField; code: string }[] => {
  const dayOf = (instant: string) => dayIn(timeZone, new Date(instant));
  const faults: { path: CallField; code: string }[] = [];
  const unless = (holds: boolean, path: CallField, code: string) => {
    if (!holds) faults.push({ path, code });
  };
  unless(new Date(call.closesAt) > new Date(call.opensAt), 'closesAt', 'before-opens');
  unless(new Date(call.endorseBy) >= new Date(call.closesAt), 'endorseBy', 'before-closes');
  unless(call.decideBy >= dayOf(call.endorseBy), 'decideBy', 'before-endorse-by');
  unless(call.reserveUntil >= call.decideBy, 'reserveUntil', 'before-decide-by');
  unless(call.claimBy >= call.decideBy, 'claimBy', 'before-decide-by');
  unless(call.nextClosesOn === null || call.nextOpensOn !== null, 'nextOpensOn', 'missing');
  unless(
    call.nextClosesOn === null || call.nextOpensOn === null || call.nextClosesOn >= call.nextOpensOn,
    'nextClosesOn',
    'before-opens',
  );
  unless(
    (kind === 'rolling') === (call.rollsUntil !== null),
    'rollsUntil',
    kind === 'rolling' ? 'missing' : 'not-rolling',
  );
  unless(call.rollsUntil === null || call.rollsUntil >= dayOf(call.opensAt), 'rollsUntil', 'before-opens');
  return faults;
};

/** The fields in which two states of a call differ, in the order of the form. */
export const changedFields = (before: Written, after: Written): CallField[] =>
  callFields.filter((field) => !isDeepStrictEqual(plain(before[field]), plain(after[field])));

/** Instants as they are written may differ in form: `…00Z`, `…00.000Z`. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).getTime() : value;

/** Of the changed fields, the first that is fixed by now. */
export const fixedAt = (moment: CallMoment, changed: readonly CallField[]): CallField | undefined =>
  changed.find((field) => callFixed[moment].includes(field));

/** An instant so much later on the institution's clock: 12:00 stays 12:00 across the change of the clocks. */
export const later = (at: Date, timeZone: string, by: { years?: number; months?: number; days?: number }): Date =>
  DateTime.fromJSDate(at, { zone: timeZone }).plus(by).toJSDate();

/** The same for a day, `2026-05-01`; 29 February goes to the 28th where there is none. */
export const dayLater = (day: string, by: { years?: number; months?: number; days?: number }): string =>
  DateTime.fromISO(day, { zone: 'UTC' }).plus(by).toISODate() ?? day;

/**
 * The call's other dates, so many days on with its close. Where the clocks change the close may come out an hour after an
 * endorsement deadline of the same instant: that is never before it.
 */
export const movedWith = (
  call: { endorseBy: Date; decideBy: string; reserveUntil: string; claimBy: string },
  closesAt: Date,
  timeZone: string,
  days: number,
): { endorseBy: Date; decideBy: string; reserveUntil: string; claimBy: string } => {
  const endorseBy = later(call.endorseBy, timeZone, { days });
  return {
    endorseBy: endorseBy < closesAt ? closesAt : endorseBy,
    decideBy: dayLater(call.decideBy, { days }),
    reserveUntil: dayLater(call.reserveUntil, { days }),
    claimBy: dayLater(call.claimBy, { days }),
  };
};

/** That day at the same time of the clock as an instant. */
export const atThatTimeOn = (day: string, at: Date, timeZone: string): Date => {
  const { hour, minute, second } = DateTime.fromJSDate(at, { zone: timeZone });
  return DateTime.fromISO(day, { zone: timeZone }).set({ hour, minute, second }).toJSDate();
};

const monthEnding =
  /,? (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}$/;

/** A rolling call's name with the month that its window lies in: by its middle, so that both 1–31 May and 1 May–1 June are May. */
export const nameOfMonth = (name: string, window: { opensAt: Date; closesAt: Date }, timeZone: string): string => {
  const middle = new Date((window.opensAt.getTime() + window.closesAt.getTime()) / 2);
  const month = DateTime.fromJSDate(middle, { zone: timeZone }).setLocale('en-GB').toFormat('LLLL yyyy');
  return `${cut(name.replace(monthEnding, ''), 100).trimEnd()}, ${month}`;
};

export interface NextWindow {
  opensAt: Date;
  closesAt: Date;
  /** So many months on from the call before: its other dates move along. */
  months: number;
}

/**
 * The month after a rolling call's: it opens the second the one before closes, and closes on the day of the month on which the
 * first of its series did (`anchor`), so that 31 January, 28 February and 31 March follow one another. Months that have gone by
 * wholly are left out. Null: it would end after the last day.
 */
export const nextWindow = (
  call: { closesAt: Date; rollsUntil: string | null },
  anchor: Date,
  now: Date,
  timeZone: string,
): NextWindow | null => {
  if (call.rollsUntil === null) return null;
  const first = DateTime.fromJSDate(anchor, { zone: timeZone });
  const closed = DateTime.fromJSDate(call.closesAt, { zone: timeZone });
  let count = (closed.year - first.year) * 12 + closed.month - first.month;
  const from = count;
  let opensAt = call.closesAt;
  let closesAt: Date;
  for (;;) {
    count += 1;
    closesAt = first.plus({ months: count }).toJSDate();
    if (closesAt > now) break;
    opensAt = closesAt;
  }
  // Midnight after the last day is still its end.
  if (dayIn(timeZone, new Date(closesAt.getTime() - 1)) > call.rollsUntil) return null;
  return { opensAt, closesAt, months: count - from };
};
