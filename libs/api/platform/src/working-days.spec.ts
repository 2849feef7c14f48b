import { describe, expect, it } from '@jest/globals';
import type { Nation } from './bank-holidays';
import { workingDaysAfter } from './working-days';

const timeZone = 'Europe/London';

describe('ten working days', () => {
  it.each<[string, string, Nation, string]>([
    ['two weeks without a holiday', '2026-06-01T09:00:00Z', 'england-and-wales', '2026-06-15T22:59:59.999Z'],
    ['a Saturday counts from the Monday', '2026-06-06T09:00:00Z', 'england-and-wales', '2026-06-19T22:59:59.999Z'],
    ['Easter in England', '2026-03-30T09:00:00Z', 'england-and-wales', '2026-04-15T22:59:59.999Z'],
    ['Scotland works on Easter Monday', '2026-03-30T09:00:00Z', 'scotland', '2026-04-14T22:59:59.999Z'],
    ['Scotland’s holiday of June 2026', '2026-06-01T09:00:00Z', 'scotland', '2026-06-16T22:59:59.999Z'],
    ['over the year, Christmas and New Year', '2026-12-18T09:00:00Z', 'england-and-wales', '2027-01-06T23:59:59.999Z'],
    ['over the year in Scotland', '2026-12-18T09:00:00Z', 'scotland', '2027-01-07T23:59:59.999Z'],
    ['St Patrick’s Day in Northern Ireland', '2027-03-10T09:00:00Z', 'northern-ireland', '2027-03-25T23:59:59.999Z'],
    [
      'late in the evening it is that day still, in summer time',
      '2026-05-31T22:30:00Z',
      'england-and-wales',
      '2026-06-12T22:59:59.999Z',
    ],
    ['past midnight there it is the next day', '2026-06-01T23:30:00Z', 'england-and-wales', '2026-06-16T22:59:59.999Z'],
  ])('%s', (_, from, nation, until) => {
    expect(workingDaysAfter(new Date(from), 10, { timeZone, nation }).toISOString()).toBe(until);
  });

  it('days on which the institution is closed do not count; closed on a Saturday or a bank holiday changes nothing', () => {
    const where = { timeZone, nation: 'england-and-wales' as const };
    const from = new Date('2026-12-18T09:00:00Z');
    const closureDays = ['2026-12-26', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'];
    expect(workingDaysAfter(from, 10, where).toISOString()).toBe('2027-01-06T23:59:59.999Z');
    expect(workingDaysAfter(from, 10, { ...where, closureDays }).toISOString()).toBe('2027-01-11T23:59:59.999Z');
  });
});
