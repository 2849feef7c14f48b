import { describe, expect, it } from '@jest/globals';
import { approverOf } from './approver';

/** `ann` reports to `mo`, who reports to `max`, who reports to `una`. */
const chain = ['mo', 'max', 'una'];
const everybody = ['ann', 'mo', 'max', 'una', 'dee', 'eli'];

interface Case {
  rule: string;
  above?: string[];
  left?: string[];
  delegates?: Record<string, string>;
  decides: string | null;
  because: string | null;
  inPlaceOf?: string | null;
  passedOver?: string[];
}

const cases: Case[] = [
  { rule: 'the line manager decides', decides: 'mo', because: 'line-manager' },
  {
    rule: 'while the manager is away, whoever stands in for them',
    delegates: { mo: 'dee' },
    decides: 'dee',
    because: 'delegate',
    inPlaceOf: 'mo',
    passedOver: ['mo away'],
  },
  {
    rule: 'a delegate who is away too has a delegate in turn',
    delegates: { mo: 'dee', dee: 'eli' },
    decides: 'eli',
    because: 'delegate',
    inPlaceOf: 'mo',
    passedOver: ['mo away', 'dee away'],
  },
  {
    rule: 'a delegate who has left is passed over, and the next manager decides',
    left: ['dee'],
    delegates: { mo: 'dee' },
    decides: 'max',
    because: 'next-manager',
    passedOver: ['mo away', 'dee left'],
  },
  {
    rule: 'a delegate who is also the applicant does not decide: the next manager does',
    delegates: { mo: 'ann' },
    decides: 'max',
    because: 'next-manager',
    passedOver: ['mo away', 'ann own-request'],
  },
  {
    rule: 'nor does the applicant’s own delegate, where the applicant stands in for the manager',
    delegates: { mo: 'ann', ann: 'dee' },
    decides: 'max',
    because: 'next-manager',
    passedOver: ['mo away', 'ann own-request'],
  },
  {
    rule: 'two who stand in for each other: the next manager decides',
    delegates: { mo: 'dee', dee: 'mo' },
    decides: 'max',
    because: 'next-manager',
    passedOver: ['mo away', 'dee away'],
  },
  {
    rule: 'a manager who has left is passed over',
    left: ['mo'],
    decides: 'max',
    because: 'next-manager',
    passedOver: ['mo left'],
  },
  {
    rule: 'for a manager who has left their delegate decides, where one was named for the day',
    left: ['mo'],
    delegates: { mo: 'dee' },
    decides: 'dee',
    because: 'delegate',
    inPlaceOf: 'mo',
    passedOver: ['mo left'],
  },
  {
    rule: 'the next manager who is away too has a delegate',
    left: ['mo'],
    delegates: { max: 'eli' },
    decides: 'eli',
    because: 'delegate-of-next-manager',
    inPlaceOf: 'max',
    passedOver: ['mo left', 'max away'],
  },
  {
    rule: 'the applicant’s own absence changes nothing',
    delegates: { ann: 'dee' },
    decides: 'mo',
    because: 'line-manager',
  },
  {
    rule: 'a manager may stand in for the one below',
    delegates: { mo: 'max' },
    decides: 'max',
    because: 'delegate',
    inPlaceOf: 'mo',
    passedOver: ['mo away'],
  },
  {
    rule: 'where all have left nobody decides',
    left: ['mo', 'max', 'una'],
    decides: null,
    because: null,
    passedOver: ['mo left', 'max left', 'una left'],
  },
  { rule: 'nobody decides for somebody without a manager', above: [], decides: null, because: null },
  {
    rule: 'never the person themself, even where old records make a circle',
    above: ['ann', 'mo'],
    decides: 'mo',
    because: 'next-manager',
    passedOver: ['ann own-request'],
  },
];

describe('who decides', () => {
  it.each(cases)('$rule', ({ above = chain, left = [], delegates = {}, decides, because, inPlaceOf, passedOver }) => {
    const found = approverOf('ann', {
      managersAbove: new Map([['ann', above]]),
      here: new Set(everybody.filter((id) => !left.includes(id))),
      delegateOf: new Map(Object.entries(delegates)),
    });
    expect(found).toEqual({
      personId: decides,
      because,
      inPlaceOf: inPlaceOf ?? null,
      passedOver: (passedOver ?? []).map((each) => {
        const [personId, why] = each.split(' ');
        return { personId, because: why };
      }),
    });
    expect(found.personId).not.toBe('ann');
  });
});
