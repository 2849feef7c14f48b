import type { Dates } from '../../shell/dates';

/** "Monday 6 to Wednesday 8 July 2026"; one day alone where it is one; empty where the days are not known. */
export const daysInWords = (startsOn: string, endsOn: string, dates: Pick<Dates, 'day' | 'shortDay'>): string => {
  const known = /^\d{4}-\d\d-\d\d$/;
  if (!known.test(startsOn)) return '';
  if (!known.test(endsOn) || endsOn === startsOn) return dates.day(startsOn);
  const from = dates.day(startsOn);
  const to = dates.day(endsOn);
  // What both share is said once: the month and year, or the year.
  const [fromWords, toWords] = [from.split(' '), to.split(' ')];
  let shared = 0;
  while (shared < 2 && fromWords.at(-1 - shared) === toWords.at(-1 - shared)) shared += 1;
  return $localize`${fromWords.slice(0, fromWords.length - shared).join(' ')}:from: to ${to}:to:`;
};
