import { describe, expect, it } from '@jest/globals';
import type { Approver } from '@waymark/api-people';
import { answerBy, type AskedBefore, nextToAsk } from './next-to-ask';

const decides = (personId: string | null, because: Approver['because'], inPlaceOf: string | null = null): Approver => ({
  personId,
  because,
  inPlaceOf,
  passedOver: [],
});
const asked = (askedOf: string, askedAs: AskedBefore['askedAs'], inPlaceOf: string | null = null): AskedBefore => ({
  askedOf,
  askedAs,
  inPlaceOf,
});

describe('whom to ask next', () => {
  it.each<[string, AskedBefore[], Approver, string | null]>([
    ['the line manager first', [], decides('manager', 'line-manager'), 'manager'],
    [
      'the delegate of a silent manager',
      [asked('manager', 'line-manager')],
      decides('delegate', 'delegate', 'manager'),
      'delegate',
    ],
    [
      'the manager’s manager where nobody stands in',
      [asked('manager', 'line-manager')],
      decides('above', 'next-manager'),
      'above',
    ],
    [
      'the manager’s manager after the delegate',
      [asked('manager', 'line-manager'), asked('delegate', 'delegate', 'manager')],
      decides('above', 'next-manager'),
      'above',
    ],
    [
      'whoever stands in for the manager’s manager',
      [asked('above', 'next-manager')],
      decides('stand-in', 'delegate-of-next-manager', 'above'),
      'stand-in',
    ],
    ['nobody further up', [asked('above', 'next-manager')], decides('higher', 'next-manager'), null],
    [
      'nobody further up after a stand-in',
      [asked('stand-in', 'delegate-of-next-manager', 'above')],
      decides('higher', 'next-manager'),
      null,
    ],
    [
      'the manager’s manager themself, back from leave',
      [asked('stand-in', 'delegate-of-next-manager', 'above')],
      decides('above', 'next-manager'),
      'above',
    ],
    ['nobody where nobody is left', [asked('manager', 'line-manager')], decides(null, null), null],
    ['nobody after whom the coordinator named', [asked('friend', 'named')], decides('manager', 'line-manager'), null],
  ])('%s', (_, before, approver, expected) => expect(nextToAsk(before, approver)?.personId ?? null).toBe(expected));

  it('seven days are days of the institution: the clocks go forward and the time of day stays', () => {
    expect(answerBy(new Date('2027-03-25T09:00:00Z'), 'Europe/London', null)).toEqual(new Date('2027-04-01T08:00:00Z'));
    expect(answerBy(new Date('2027-03-25T09:00:00Z'), 'Europe/London', new Date('2027-03-27T17:00:00Z'))).toEqual(
      new Date('2027-03-27T17:00:00Z'),
    );
  });
});
