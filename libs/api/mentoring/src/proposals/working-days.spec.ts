import { describe, expect, it } from '@jest/globals';
import type { Nation } from './bank-holidays';
import { dayOf, mayEndOn, spokenDay, suggestedEnd, workingDaysAfter } from './working-days';

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
});

describe('days of an agreement', () => {
  const now = new Date('2026-11-21T23:30:00Z');
  it.each([
    ['2026-11-21', false],
    ['2026-11-22', true],
    ['2028-11-21', true],
    ['2028-11-22', false],
  ])('on 21 November 2026 it may end on %s: %s', (day, may) => {
    expect(mayEndOn(day, now, timeZone)).toBe(may);
  });

  it('six months are suggested, by the month', () => {
    expect(suggestedEnd(new Date('2026-08-31T12:00:00Z'), timeZone)).toBe('2027-02-28');
    expect(dayOf(new Date('2026-06-30T23:30:00Z'), timeZone)).toBe('2026-07-01');
  });

  it('letters name the weekday, and the year where it is another', () => {
    expect(spokenDay(new Date('2026-12-04T23:59:59Z'), now, timeZone)).toBe('Friday 4 December');
    expect(spokenDay('2027-05-21', now, timeZone)).toBe('Friday 21 May 2027');
  });
});
