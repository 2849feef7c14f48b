/* Wall-clock time of the institution, as `<input type="datetime-local">` has it: `2026-05-29T17:00:00`. */

/** What the clock shows there at an instant. */
export const wallClock = (instant: string | Date, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
};

/**
 * The instant at which the clock there shows this; null where it is no date. In the hour that is skipped in spring the clock
 * never shows it, and the instant is an hour on; in the hour that comes twice in autumn it is the first.
 */
export const instantAt = (wall: string, timeZone: string): string | null => {
  const typed = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(\.\d+)?$/.exec(wall);
  if (!typed) return null;
  const asUtc = Date.parse(`${typed[1]}${typed[2] ?? ':00'}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (ms: number) => Date.parse(`${wallClock(new Date(ms), timeZone)}Z`) - ms;
  // The offset a day before holds on the first of two such hours, and before a skipped one.
  const before = offsetAt(asUtc - 86_400_000);
  const first = asUtc - before;
  const guess = offsetAt(first) === before ? first : asUtc - offsetAt(first);
  return new Date(offsetAt(guess) === asUtc - guess ? guess : first).toISOString();
};
