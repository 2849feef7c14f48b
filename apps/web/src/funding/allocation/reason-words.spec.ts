import { describe, expect, it } from '@jest/globals';
import type { ScenarioReason } from '@waymark/contracts';
import { atNeededWords, changeRows, decidedWords } from './reason-words';

/* The mockup’s first on the reserve list, as the server reasons about it. */
const reserve: ScenarioReason = {
  decidedBy: 'budget-spent',
  facts: {
    method: 'by-rank',
    rank: 19,
    of: 24,
    budgetPence: 1_500_000,
    leftPence: 0,
    fundedAhead: 18,
    fullAhead: 17,
    fullAheadPence: 1_414_200,
    lastRank: 18,
    lastPence: 85_800,
    lastInPart: true,
    pointsBehind: 7,
  },
  score: { needed: 754, awardPence: 82_000 },
  budget: { needed: 1_599_200, awardPence: 54_000 },
  least: null,
};
const line = {
  reason: reserve,
  score: 746,
  askedPence: 82_000,
  leastPence: 54_000,
  amountPence: 0,
  budgetPence: 1_500_000,
  released: { neededPence: 54_000, ahead: 0 },
};

describe('what decided it', () => {
  it('for the first on the reserve list is as the mockup has it', () => {
    expect(decidedWords(reserve)).toEqual([
      '17 applications ahead took £14,142 in full.',
      'Rank 18, 0.7 points above, took the last £858 as a part-award.',
      'Nothing was left when its turn came.',
      'Department and grade play no part in this method.',
    ]);
  });

  it.each<[ScenarioReason['decidedBy'], ScenarioReason['facts'], RegExp]>([
    ['rank-within-budget', { method: 'by-rank', budgetPence: 1_500_000, aheadPence: 0 }, /highest rank/],
    ['rank-within-budget', { method: 'by-rank', budgetPence: 1_500_000, aheadPence: 78_000 }, /Those ahead took £780;/],
    [
      'part-of-the-rest',
      { method: 'by-rank', aheadPence: 1_414_200, leftPence: 85_800, budgetPence: 1_500_000 },
      /£14,142/,
    ],
    ['below-bar', { method: 'by-rank', bar: 500 }, /below the bar of 50.0/],
    ['in-best-total', { method: 'by-total', bestTotal: 15_502, budgetPence: 1_500_000 }, /1,550.2/],
    ['not-in-best-total', { method: 'by-total', bestTotal: 15_502 }, /without it/],
    [
      'not-in-best-total',
      { method: 'by-total', bestTotal: 15_502, limited: true, fundedWithout: true },
      /Without the floors and caps of groups it would be funded.*keeps to the floors and caps is 1,550.2/,
    ],
    [
      'group-cap',
      { group: 'Sciences', capPence: 300_000, receivedPence: 298_001 },
      /Sciences may have £3,000.*£2,980.01/,
    ],
    ['group-floor', { group: 'Arts', floorPence: 138_000 }, /Arts gets £1,380/],
    ['equal-share', { method: 'equal-shares', group: 'Arts', sharePence: 375_000 }, /share of Arts, £3,750/],
    ['share-spent', { method: 'equal-shares', group: null, leftPence: 12 }, /belongs to no group/],
    [
      'share-spent',
      { method: 'equal-shares', group: 'Arts', sharePence: 375_000, lackedPence: 5, leftPence: 0 },
      /£0.05 was lacking/,
    ],
    ['override', {}, /by hand/],
  ])('says why: %s', (decidedBy, facts, words) => {
    expect(decidedWords({ decidedBy, facts }).join(' ')).toMatch(words);
  });
});

describe('what would have changed it', () => {
  it('is the mockup’s table, to the penny', () => {
    expect(changeRows(line)).toEqual([
      { what: 'Score', now: '74.6', needed: '75.4', difference: '+0.8' },
      { what: 'Budget', now: '£15,000', needed: '£15,992', difference: '+£992' },
      { what: 'Released later', now: '£0', needed: '£540', difference: 'first in line' },
      { what: 'Least amount', now: '£540', needed: null, difference: '' },
    ]);
    expect(atNeededWords(reserve)).toEqual(['At 75.4 the award would be £820.', 'At £15,992 the award would be £540.']);
  });

  it('is nothing for who has all they asked, and for what was changed by hand', () => {
    expect(changeRows({ ...line, amountPence: 82_000 })).toEqual([]);
    expect(changeRows({ ...line, reason: { ...reserve, decidedBy: 'override' } })).toEqual([]);
  });

  it('says nothing that was not computed: by other methods only what the server knows', () => {
    const shares: ScenarioReason = {
      decidedBy: 'share-spent',
      facts: { method: 'equal-shares' },
      score: null,
      budget: null,
      least: null,
    };
    expect(changeRows({ ...line, reason: shares, released: null })).toEqual([]);
  });

  it('below the bar is a matter of the score alone', () => {
    const below: ScenarioReason = { ...reserve, decidedBy: 'below-bar', budget: null };
    expect(changeRows({ ...line, reason: below, released: null }).map(({ what }) => what)).toEqual(['Score']);
  });
});
