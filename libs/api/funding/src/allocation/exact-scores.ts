/*
 * Means of reviews, exact. Reviews are in tenths of a percent; the mean of three is in thirds of a tenth. Everything is ranked
 * and added up in whole numbers, means times one scale for all, and shown in tenths, cut and never rounded up: 74.66… is 74.6.
 */

/** The engine takes scores up to 1,000,000,000; means go up to 1,000. */
const scaleMost = 1_000_000;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/**
 * The least number that every mean becomes whole by: the least common multiple of the counts of reviews. Up to thirteen
 * reviews an application, in whatever mixture, it stays below the limit; beyond it means are cut to a millionth of a tenth.
 */
export const scaleOf = (counts: Iterable<number>): number => {
  let scale = 1;
  for (const count of new Set(counts)) {
    scale = (scale / divisor(scale, count)) * count;
    if (scale > scaleMost) return scaleMost;
  }
  return scale;
};

export const scaledMean = (sum: number, count: number, scale: number): number => Math.floor((sum * scale) / count);

/** The mean in tenths of a percent, cut. */
export const shownMean = (sum: number, count: number): number => Math.floor(sum / count);

/** Whether the mean reaches a bar, without dividing. */
export const reaches = (sum: number, count: number, bar: number): boolean => sum >= bar * count;
