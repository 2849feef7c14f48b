import { describe, expect, it } from '@jest/globals';
import { dayOf, mayEndOn, spokenDay, suggestedEnd } from './working-days';

const timeZone = 'Europe/London';

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
