import { scoreBuckets } from './score-buckets';

describe('scores in stretches', () => {
  it('counts each score once and keeps empty stretches', () => {
    const buckets = scoreBuckets([0, 9, 9, 22], 22);
    expect(buckets).toHaveLength(12);
    expect(buckets[0]).toEqual({ from: 0, to: 1, pairs: 1 });
    expect(buckets[4]).toEqual({ from: 8, to: 9, pairs: 2 });
    expect(buckets.reduce((sum, bucket) => sum + bucket.pairs, 0)).toBe(4);
  });

  it('never has more than 16 stretches', () => {
    for (const most of [1, 15, 16, 100, 999, 12_345]) expect(scoreBuckets([most], most).length).toBeLessThanOrEqual(16);
  });
});
