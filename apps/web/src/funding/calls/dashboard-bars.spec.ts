import { describe, expect, it } from '@jest/globals';
import { barsOf, drawnDays, withEmptyDays } from './dashboard-bars';

const day = (on: string, received = 1) => ({ day: on, received, endorsed: 0, scored: 0 });

describe('bars of the dashboard', () => {
  it('days between with nothing in them are there, across the change of the clocks', () => {
    expect(withEmptyDays([day('2026-03-28'), day('2026-03-30', 2)]).map((each) => [each.day, each.received])).toEqual([
      ['2026-03-28', 1],
      ['2026-03-29', 0],
      ['2026-03-30', 2],
    ]);
    expect(withEmptyDays([])).toEqual([]);
  });

  it('many days are drawn by weeks, and nothing is lost', () => {
    const { by, days } = drawnDays([day('2026-01-01'), day('2026-01-08', 3), day('2026-06-01', 5)]);
    expect(by).toBe('week');
    expect(days.reduce((sum, each) => sum + each.received, 0)).toBe(9);
    expect(days[1]).toMatchObject({ day: '2026-01-08', received: 3 });
  });

  it('the first and the last have a tick, and those between leave room', () => {
    const bars = barsOf(
      Array.from({ length: 48 }, (_, at) => at),
      (at) => at,
      String,
      String,
    );
    expect(bars.filter(({ tick }) => tick !== '').map(({ tick }) => tick)).toEqual(['0', '10', '20', '30', '47']);
  });
});
