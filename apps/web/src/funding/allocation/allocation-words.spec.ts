import { describe, expect, it } from '@jest/globals';
import type { ScenarioParameters, ScenarioTotals } from '@waymark/contracts';
import {
  makingWords,
  movesWords,
  outcomeText,
  queueWords,
  ranksWords,
  readScore,
  sameMaking,
  scoreOf,
  totalsWords,
} from './allocation-words';
import { queueOf } from './queue-blocks';

const parameters: ScenarioParameters = {
  budgetPence: 1_500_000,
  partAwards: true,
  bar: 500,
  groups: [],
  shareBy: null,
  seed: 'call',
};
const totals: ScenarioTotals = {
  awardedPence: 1_500_000,
  leftPence: 0,
  askedPence: 2_001_200,
  people: 18,
  inFull: 17,
  inPart: 1,
  reserve: 5,
  unsuccessful: 1,
  totalScore: 14_890,
  lowestRank: 18,
  overrides: 0,
};

describe('scores', () => {
  it.each([
    [745, '74.5'],
    [1000, '100.0'],
    [0, '0.0'],
    [14_890, '1,489.0'],
  ])('%i tenths are %s', (tenths, text) => expect(scoreOf(tenths)).toBe(text));

  it.each([
    ['50', 500],
    [' 52.5 ', 525],
    ['100.0', 1000],
    ['100.1', null],
    ['52.55', null],
    ['-1', null],
    ['1e2', null],
    ['', null],
  ])('“%s” as a bar is %p', (typed, tenths) => expect(readScore(typed)).toBe(tenths));
});

describe('a scenario in words', () => {
  it('says what it comes to', () => {
    expect(totalsWords(totals)).toBe('17 awards and 1 part-award, £15,000 in all. Nothing is left.');
    expect(totalsWords({ ...totals, inPart: 0, awardedPence: 1_414_237, leftPence: 85_763 })).toBe(
      '17 awards, £14,142.37 in all. £857.63 is left.',
    );
    expect(totalsWords({ ...totals, inFull: 0, inPart: 0, awardedPence: 0, leftPence: 1 })).toBe(
      '0 awards, £0 in all. £0.01 is left.',
    );
  });

  it('says what it was made with', () => {
    expect(makingWords({ method: 'by-rank', parameters })).toBe('£15,000, with part-awards, bar 50.0');
    expect(
      makingWords({
        method: 'equal-shares',
        parameters: { ...parameters, bar: 0, partAwards: false, shareBy: 'grade' },
      }),
    ).toBe('£15,000, no part-awards, no bar, shared among grades');
  });

  it('names a place on the reserve list', () => {
    expect(outcomeText('reserve', 3)).toBe('Reserve 3');
    expect(outcomeText('awarded', null)).toBe('Award');
  });
});

describe('two makings', () => {
  const making = { method: 'by-total' as const, parameters };
  const limit = { by: 'unit' as const, groupId: 'a', leastPence: 1, mostPence: null };
  const other = { by: 'unit' as const, groupId: 'b', leastPence: null, mostPence: 5 };

  it('are the same whatever the order of their limits', () => {
    expect(
      sameMaking(
        { ...making, parameters: { ...parameters, groups: [limit, other] } },
        { ...making, parameters: { ...parameters, groups: [other, limit] } },
      ),
    ).toBe(true);
  });

  it('differ by a penny', () => {
    expect(sameMaking(making, { ...making, parameters: { ...parameters, budgetPence: 1_500_001 } })).toBe(false);
    expect(sameMaking(making, { ...making, parameters: { ...parameters, groups: [limit] } })).toBe(false);
  });
});

describe('the queue in words', () => {
  const queue = {
    askedPence: [100, 200, 300, 50],
    leastPence: [100, 100, 100, 50],
    awardPence: [100, 150, 0, 0],
    outcome: [0, 1, 2, 3],
    belowBar: [0, 0, 0, 1],
  };

  it('is the whole picture', () => {
    expect(queueWords(queueOf(queue), 650, 250)).toBe(
      'Applications laid end to end in rank order against the budget of £2.50: rank 1 funded in full; rank 2 in part; rank 3 not reached; rank 4 below the bar. Together they ask £6.50. The table below holds the same figures.',
    );
  });

  it('names runs of ranks, and counts where there are many', () => {
    expect(ranksWords([1, 2, 3, 5, 8, 9])).toBe('1 to 3, 5 and 8 to 9');
    expect(ranksWords([1, 3, 5, 7, 9])).toBeNull();
  });

  it('says who moves', () => {
    const tried = { ...queue, awardPence: [0, 200, 300, 0] };
    expect(movesWords(queueOf(tried, queue))).toBe(
      '1 gains an award (rank 3), 1 loses it (rank 1), 1 gets another amount (rank 2).',
    );
    expect(movesWords(queueOf(queue, { ...queue }))).toBe('Nobody moves.');
  });
});
