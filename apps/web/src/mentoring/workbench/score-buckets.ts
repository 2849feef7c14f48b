/** A stretch of scores, both ends included, and how many pairs have one of them. */
export interface ScoreBucket {
  from: number;
  to: number;
  pairs: number;
}

/**
 * At most `most` stretches of equal length from 0 to `of`, each a whole number of points: 1, 2, 5, 10, 20, 50 …, so that
 * the axis reads easily.
 */
export const scoreBuckets = (scores: readonly number[], of: number, most = 16): ScoreBucket[] => {
  const top = Math.max(of, ...scores, 1);
  const step = stepFor(top + 1, most);
  const buckets = Array.from({ length: Math.floor(top / step) + 1 }, (_, at) => ({
    from: at * step,
    to: at * step + step - 1,
    pairs: 0,
  }));
  for (const score of scores) {
    const bucket = buckets[Math.floor(Math.max(0, score) / step)];
    if (bucket) bucket.pairs += 1;
  }
  return buckets;
};

const stepFor = (span: number, most: number): number => {
  for (let ten = 1; ; ten *= 10) {
    for (const unit of [1, 2, 5]) if (span / (unit * ten) <= most) return unit * ten;
  }
};
