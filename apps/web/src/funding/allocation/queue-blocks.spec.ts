import { describe, expect, it } from '@jest/globals';
import { type Queued, queueBlocks, queueOf } from './queue-blocks';

const queued = (rank: number, given: Partial<Queued> = {}): Queued => ({
  rank,
  askedPence: 1000,
  amountPence: 0,
  outcome: 'reserve',
  belowBar: false,
  move: null,
  ...given,
});
const sum = (blocks: readonly { pence: number }[]) => blocks.reduce((total, { pence }) => total + pence, 0);

describe('the queue as blocks', () => {
  it('lays what each asked end to end, to the penny', () => {
    const blocks = queueBlocks([
      queued(1, { askedPence: 78_001, amountPence: 78_001, outcome: 'awarded' }),
      queued(2, { askedPence: 64_000, amountPence: 30_007, outcome: 'part-awarded' }),
      queued(3, { askedPence: 5, outcome: 'unsuccessful', belowBar: true }),
    ]);
    expect(blocks.map(({ state, fromPence, pence, label }) => [state, fromPence, pence, label])).toEqual([
      ['got', 0, 78_001, '1'],
      ['part', 78_001, 30_007, '2'],
      ['none', 108_008, 33_993, ''],
      ['below', 142_001, 5, ''],
    ]);
  });

  it('of thousands is a few runs that lose no penny and no rank', () => {
    const queue = Array.from({ length: 6000 }, (_, at) =>
      at < 4000
        ? queued(at + 1, { amountPence: 1000, outcome: 'awarded' })
        : queued(at + 1, at < 5500 ? {} : { outcome: 'unsuccessful', belowBar: true }),
    );
    const blocks = queueBlocks(queue);
    expect(blocks.length).toBeLessThan(10);
    expect(sum(blocks)).toBe(6_000_000);
    expect(blocks[0]).toMatchObject({ state: 'got', firstRank: 1 });
    expect(blocks.at(-1)).toMatchObject({ state: 'below', lastRank: 6000 });
    for (let at = 1; at < blocks.length; at += 1)
      expect(blocks[at]?.firstRank).toBe((blocks[at - 1]?.lastRank ?? 0) + 1);
  });

  it('marks a run in which some are funded and some are not', () => {
    const queue = Array.from({ length: 500 }, (_, at) =>
      at % 2 ? queued(at + 1) : queued(at + 1, { amountPence: 1000, outcome: 'awarded' }),
    );
    expect(queueBlocks(queue).map(({ state }) => state)).toContain('some');
  });

  it('of nobody is nothing', () => {
    expect(queueBlocks([])).toEqual([]);
  });
});

describe('the queue as applications', () => {
  const queue = {
    askedPence: [100, 200, 300, 50],
    leastPence: [100, 100, 100, 50],
    awardPence: [100, 150, 0, 0],
    outcome: [0, 1, 2, 3],
    belowBar: [0, 0, 0, 1],
  };

  it('reads the columns by rank', () => {
    expect(queueOf(queue).map(({ rank, outcome, belowBar, move }) => [rank, outcome, belowBar, move])).toEqual([
      [1, 'awarded', false, null],
      [2, 'part-awarded', false, null],
      [3, 'reserve', false, null],
      [4, 'unsuccessful', true, null],
    ]);
  });

  it('says who moves against what is kept', () => {
    const tried = { ...queue, awardPence: [0, 200, 250, 0], outcome: [2, 0, 1, 3] };
    expect(queueOf(tried, queue).map(({ move }) => move)).toEqual(['loses', 'changes', 'gains', null]);
  });

  it('compares nothing where the applications are others', () => {
    const tried = { ...queue, awardPence: [0, 0, 0, 0], askedPence: [100, 200, 301, 50] };
    expect(queueOf(tried, queue).every(({ move }) => move === null)).toBe(true);
  });
});
