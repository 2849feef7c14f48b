import { describe, expect, it } from '@jest/globals';
import type { ApplicationView } from '@waymark/contracts';
import { outcomeOf } from './outcome-words';

const dates = { day: (day: string) => day, dayOf: (instant: string) => instant.slice(0, 10) };
const call = { reserveUntil: '2026-09-30', cancelledBecause: null };
const money = {
  ...{ askedPence: 71_910, leastPence: 43_000, awardedPence: 71_910, committedPence: 71_910 },
  ...{ spentPence: 0, releasedPence: 0 },
};
const award = { status: 'offered', answerBy: '2026-06-12T22:59:59.000Z', claimBy: '2027-02-01' };
const given = {
  ...{ status: 'submitted', mine: true, call, money, award: null, reserveRank: null, decision: null },
  ...{ decidedReason: null, rules: [], failedRules: [], endorser: null, may: { appeal: [] } },
};
const outcome = (changes: object) =>
  outcomeOf({ ...given, ...changes } as unknown as Parameters<typeof outcomeOf>[0], dates);
const lines = (changes: object) => outcome(changes)?.lines;
const failing = {
  rule: 'not-retrospective',
  verdict: 'fails',
  facts: { days: 0, closesOn: '2026-04-17' },
} as unknown as ApplicationView['rules'][number];

describe('what became of an application, said before all else', () => {
  it('nothing, while nothing is decided', () => {
    for (const status of ['submitted', 'endorsed', 'eligible', 'scored']) expect(outcome({ status })).toBeNull();
  });

  it('an award says how much, of how much, and what its person does next', () => {
    expect(outcome({ status: 'awarded', award })).toMatchObject({
      heading: '£719.10 awarded, all that was asked for',
      lines: ['Say by 2026-06-12 whether you take it; after that it goes to the next on the reserve list.'],
    });
    const part = { status: 'part-awarded', money: { ...money, awardedPence: 50_000 } };
    expect(outcome({ ...part, award: { ...award, status: 'accepted' } })).toMatchObject({
      heading: '£500.00 awarded, of the £719.10 asked for',
      lines: ['You claim what you spent by 2027-02-01. An approved claim is paid with the next payment run.'],
    });
    const settled = { ...money, committedPence: 0 };
    expect(lines({ status: 'awarded', money: settled, award: { ...award, status: 'attended' } })).toEqual([
      'All of it is settled.',
    ]);
  });

  it('the reserve list says which place, and that one need do nothing', () => {
    expect(outcome({ status: 'reserve', reserveRank: 2 })).toMatchObject({
      heading: 'Number 2 on the reserve list',
      lines: [
        'Money that comes free goes down the list until 2026-09-30.',
        'You need do nothing: you hear the moment it is your turn, and also if the list ends before that.',
      ],
    });
  });

  it('what is not funded points at the reason on the page, and at what may still be asked', () => {
    const decision = { outcome: 'unsuccessful', score: 366, because: ['…'], comments: [] };
    expect(lines({ status: 'unsuccessful', decision, may: { appeal: ['feedback', 'review-of-process'] } })).toEqual([
      'What decided it, and what would have changed it, stands below.',
      'Below you may also ask, once, for feedback or for a review of how it was decided.',
    ]);
  });

  it('a rule that was not met is named with why, even where a coordinator had once let the application through', () => {
    const failed = { status: 'ineligible', rules: [failing], failedRules: ['not-retrospective'] };
    const decidedReason = 'Your manager is on leave.';
    expect(lines({ ...failed, decidedReason })).toEqual([
      'Not retrospective: The event begins before the call closes on 2026-04-17. The fund pays for what is still to come.',
      'If that is not right, tell the coordinator of the fund.',
    ]);
    expect(lines({ ...failed, mine: false })).toEqual(['Not met: “Not retrospective”.']);
  });

  it('what a coordinator decided by hand is said in their words', () => {
    const decidedReason = 'The meeting is a trade fair.';
    expect(lines({ status: 'ineligible', decidedReason })?.[0]).toBe(decidedReason);
    expect(lines({ status: 'eligible', decidedReason })).toEqual([decidedReason]);
  });

  it('who declined is named with the reason, and a coordinator is not told to do nothing', () => {
    const endorser = { name: 'Hazel Gasket', reason: 'We are three people short.' };
    expect(outcome({ status: 'declined', endorser })).toMatchObject({
      heading: 'Hazel Gasket did not endorse it',
      lines: [
        'We are three people short.',
        'It takes no further part in this call. What was sent stays readable here.',
      ],
    });
    expect(lines({ status: 'unendorsed' })?.[0]).toContain('You need do nothing');
    expect(lines({ status: 'unendorsed', mine: false })?.[0]).not.toContain('nothing');
  });
});
