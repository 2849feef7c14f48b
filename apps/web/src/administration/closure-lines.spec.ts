import type { ClosureDaysView } from '@waymark/contracts';
import { closureLines, holidaysKnown, workingDaysTaken } from './closure-lines';

const view: ClosureDaysView = {
  year: 2026,
  closures: [{ name: 'Winter closure', from: '2026-12-24', until: '2026-12-31', days: 8 }],
  bankHolidays: ['2026-12-25', '2026-12-28', '2026-08-31'],
  bankHolidaysKnown: { from: 2026, until: 2028 },
};

describe('closure days of a year', () => {
  it('stand with bank holidays in the order of the calendar', () => {
    expect(closureLines(view).map(({ kind, from }) => [kind, from])).toEqual([
      ['bank-holiday', '2026-08-31'],
      ['closure', '2026-12-24'],
      ['bank-holiday', '2026-12-25'],
      ['bank-holiday', '2026-12-28'],
    ]);
  });

  it('take working days, and neither weekends nor bank holidays', () => {
    // 24, 29, 30 and 31 December; the 25th and 28th are bank holidays, the 26th and 27th a weekend.
    expect(workingDaysTaken(view)).toBe(4);
  });

  it.each([
    [2025, false],
    [2026, true],
    [2028, true],
    [2029, false],
  ])('bank holidays of %i are known: %s', (year, known) => {
    expect(holidaysKnown({ ...view, year })).toBe(known);
  });
});
