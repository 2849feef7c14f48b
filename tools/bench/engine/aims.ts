/** The lines of the design's last table, in its order: the `work` of a figure is one of these, word for word. */
export const AIMED_WORKS = [
  'sparse 40,000 × 12,000, 1.2 M pairs, against LEMON NetworkSimplex',
  'the same, 0.9 places a mentee',
  'dense 2,000 × 600, against LEMON',
  'first call at 2,000, against LEMON',
  'sparse 10,000, against HiGHS',
  'growth exponent from 10,000 to 40,000, clustered',
  'memory above bare Node at 1.2 M pairs',
  'scoring and top 32 of 10,000 × 3,000, against a C++ bit-set scan',
  '40,000 × 12,000 all pairs: score, solve, price, exact',
  'deferred acceptance, 20,000',
  'knapsack 5,000 items, against HiGHS',
  'equal shares with add1, exact, 6,586 ballots × 64 projects, against the same code in floating point',
] as const;
