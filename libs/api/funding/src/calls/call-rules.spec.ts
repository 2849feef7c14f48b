import { describe, expect, it } from '@jest/globals';
import { atThatTimeOn, changedFields, dayLater, faultsOf, fixedAt, later, nameOfMonth, nextWindow } from './call-rules';

const london = 'Europe/London';
const at = (iso: string) => new Date(iso);

const call = {
  name: 'Conference fund',
  potId: 'p',
  budgetPence: 100,
  opensAt: '2026-05-01T08:00:00.000Z',
  closesAt: '2026-05-29T16:00:00.000Z',
  returnGraceDays: 7,
  endorseBy: '2026-06-12T16:00:00.000Z',
  decideBy: '2026-07-10',
  reserveUntil: '2026-09-30',
  claimBy: '2027-05-31',
  nextOpensOn: null,
  nextClosesOn: null,
  rollsUntil: null,
} as never as Parameters<typeof changedFields>[0];

describe('dates of a call', () => {
  it.each([
    ['the close before the opening', { closesAt: '2026-05-01T08:00:00.000Z' }, ['closesAt']],
    ['endorsing before the close', { endorseBy: '2026-05-29T15:59:59.999Z' }, ['endorseBy']],
    ['deciding before endorsing ends', { decideBy: '2026-06-11' }, ['decideBy']],
    ['a reserve list that ends before the decision', { reserveUntil: '2026-07-09' }, ['reserveUntil']],
    ['claims before the decision', { claimBy: '2026-07-09' }, ['claimBy']],
    ['next year’s close without an opening', { nextClosesOn: '2027-05-01' }, ['nextOpensOn']],
    [
      'next year’s close before its opening',
      { nextOpensOn: '2027-05-02', nextClosesOn: '2027-05-01' },
      ['nextClosesOn'],
    ],
    ['a yearly call that rolls', { rollsUntil: '2027-05-01' }, ['rollsUntil']],
  ])('%s is named at its field', (_, change, paths) => {
    expect(faultsOf('yearly', { ...call, ...change }, london).map(({ path }) => path)).toEqual(paths);
  });

  it('a rolling call says until when it rolls, and not before it opens', () => {
    expect(faultsOf('rolling', call, london)).toEqual([{ path: 'rollsUntil', code: 'missing' }]);
    expect(faultsOf('rolling', { ...call, rollsUntil: '2026-04-30' }, london)).toEqual([
      { path: 'rollsUntil', code: 'before-opens' },
    ]);
  });

  it('the day of the endorsement deadline is the institution’s: 23:30 UTC in summer is tomorrow in London', () => {
    const late = { ...call, endorseBy: '2026-07-09T23:30:00.000Z', decideBy: '2026-07-09' };
    expect(faultsOf('yearly', late, london)).toEqual([{ path: 'decideBy', code: 'before-endorse-by' }]);
  });
});

describe('what has changed', () => {
  it('an instant written otherwise is the same', () => {
    expect(changedFields(call, { ...call, opensAt: '2026-05-01T08:00:00Z', budgetPence: 101 })).toEqual([
      'budgetPence',
    ]);
  });
  it('the opening is fixed once it has passed, terms once the call is closed', () => {
    expect(fixedAt('coming', ['opensAt'])).toBeUndefined();
    expect(fixedAt('open', ['closesAt', 'terms'])).toBeUndefined();
    expect(fixedAt('open', ['opensAt'])).toBe('opensAt');
    expect(fixedAt('closed', ['budgetPence', 'terms'])).toBe('terms');
    expect(fixedAt('scoring', ['endorseBy'])).toBe('endorseBy');
    expect(fixedAt('decided', ['nextOpensOn', 'budgetPence'])).toBeUndefined();
    expect(fixedAt('archived', ['name'])).toBe('name');
  });
});

describe('dates of the one after', () => {
  it('a year on keeps the hour of the clock, and 29 February goes to the 28th', () => {
    // 5 p.m. in London: 16:00 UTC in summer, 17:00 in winter.
    expect(later(at('2026-03-28T17:00:00Z'), london, { days: 1 })).toEqual(at('2026-03-29T16:00:00Z'));
    expect(dayLater('2028-02-29', { years: 1 })).toBe('2029-02-28');
    expect(atThatTimeOn('2027-01-15', at('2026-05-29T16:00:00Z'), london)).toEqual(at('2027-01-15T17:00:00Z'));
  });

  it.each([
    ['1 to 31 May', '2026-04-30T23:00:00Z', '2026-05-31T22:59:59Z', 'May 2026'],
    ['1 May to 1 June', '2026-04-30T23:00:00Z', '2026-05-31T23:00:00Z', 'May 2026'],
    ['31 May to 30 June, a second before midnight', '2026-05-31T22:59:59Z', '2026-06-30T22:59:59Z', 'June 2026'],
  ])('a window of %s is named after its month', (_, opensAt, closesAt, month) => {
    const window = { opensAt: at(opensAt), closesAt: at(closesAt) };
    expect(nameOfMonth('Small grants', window, london)).toBe(`Small grants, ${month}`);
    expect(nameOfMonth('Small grants, April 2026', window, london)).toBe(`Small grants, ${month}`);
  });

  it('a long name gives way to its month, and never by half a character', () => {
    const window = { opensAt: at('2026-04-30T23:00:00Z'), closesAt: at('2026-05-31T23:00:00Z') };
    expect(nameOfMonth(`${'a'.repeat(99)}🔬 grants`, window, london)).toBe(`${'a'.repeat(99)}, May 2026`);
  });

  it('months follow one another on the first’s day of the month, through a short one', () => {
    const anchor = at('2026-01-31T17:00:00Z');
    const february = nextWindow({ closesAt: anchor, rollsUntil: '2026-12-31' }, anchor, anchor, london);
    expect(february).toEqual({ opensAt: anchor, closesAt: at('2026-02-28T17:00:00Z'), months: 1 });
    const march = nextWindow(
      { closesAt: at('2026-02-28T17:00:00Z'), rollsUntil: '2026-12-31' },
      anchor,
      at('2026-02-28T17:00:01Z'),
      london,
    );
    expect(march).toEqual({ opensAt: at('2026-02-28T17:00:00Z'), closesAt: at('2026-03-31T16:00:00Z'), months: 1 });
  });

  it('months that went by while nothing ran are left out', () => {
    const anchor = at('2026-01-31T17:00:00Z');
    expect(
      nextWindow({ closesAt: anchor, rollsUntil: '2026-12-31' }, anchor, at('2026-04-02T00:00:00Z'), london),
    ).toEqual({
      opensAt: at('2026-03-31T16:00:00Z'),
      closesAt: at('2026-04-30T16:00:00Z'),
      months: 3,
    });
  });

  it('the last month ends by the day until which it rolls, midnight after it included', () => {
    const anchor = at('2026-05-31T23:00:00Z');
    const until = (rollsUntil: string) => nextWindow({ closesAt: anchor, rollsUntil }, anchor, anchor, london);
    expect(until('2026-06-30')?.closesAt).toEqual(at('2026-06-30T23:00:00Z'));
    expect(until('2026-06-29')).toBeNull();
  });
});
