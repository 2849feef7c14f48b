import type { ClosureDaysView } from '@waymark/contracts';

export interface ClosureLine {
  kind: 'closure' | 'bank-holiday';
  name: string | null;
  from: string;
  until: string;
  days: number;
}

/** Closure days and bank holidays of a year in one order, as people read a calendar. */
export const closureLines = (view: ClosureDaysView): ClosureLine[] =>
  [
    ...view.closures.map((closure) => ({ kind: 'closure' as const, ...closure })),
    ...view.bankHolidays.map((day) => ({ kind: 'bank-holiday' as const, name: null, from: day, until: day, days: 1 })),
  ].sort((a, b) => a.from.localeCompare(b.from) || a.kind.localeCompare(b.kind));

/** Of a year's closure days, those that would be working days otherwise: Mondays to Fridays that are no bank holiday. */
export const workingDaysTaken = ({ closures, bankHolidays }: ClosureDaysView): number => {
  const holidays = new Set(bankHolidays);
  let taken = 0;
  for (const { from, days } of closures) {
    const day = new Date(`${from}T12:00:00Z`);
    for (let count = 0; count < days; count += 1, day.setUTCDate(day.getUTCDate() + 1)) {
      const weekday = day.getUTCDay();
      if (weekday !== 0 && weekday !== 6 && !holidays.has(day.toISOString().slice(0, 10))) taken += 1;
    }
  }
  return taken;
};

/** Whether bank holidays of this year are known. */
export const holidaysKnown = ({ year, bankHolidaysKnown }: ClosureDaysView): boolean =>
  year >= bankHolidaysKnown.from && year <= bankHolidaysKnown.until;
