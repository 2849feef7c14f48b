import { describe, expect, it } from '@jest/globals';
import type { Whereabouts } from '@waymark/api-platform';
import { reportDueOn } from './report-due-on';

const england: Whereabouts = { timeZone: 'Europe/London', nation: 'england-and-wales' };

describe('a report is owed thirty days after the event', () => {
  it.each([
    ['on a working day as it falls', '2026-09-01', '2026-10-01', england],
    ['moved on from a weekend', '2026-09-03', '2026-10-05', england],
    ['moved on past Good Friday and Easter Monday of England', '2026-03-04', '2026-04-07', england],
    ['which in Scotland do not both count', '2026-03-04', '2026-04-06', { ...england, nation: 'scotland' }],
    [
      'moved on past the institution’s own closure',
      '2026-09-01',
      '2026-10-02',
      { ...england, closureDays: ['2026-10-01'] },
    ],
    ['counted through the end of February in a leap year', '2028-01-30', '2028-02-29', england],
  ] as const)('%s', (_, ends, due, where) => {
    expect(reportDueOn(ends, where)).toBe(due);
  });
});
