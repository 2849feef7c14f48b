import type { ScenarioReason } from '@waymark/contracts';

/** One in the walk down the rank, best first. Scores are scaled means: see exact-scores.ts. */
export interface Walker {
  score: number;
  asked: number;
  least: number;
  amount: number;
  rank: number;
}

export interface Walk {
  walkers: readonly Walker[];
  /** What was left before each turn, and after the last. It only falls. */
  left: readonly number[];
  scale: number;
  budget: number;
  partAwards: boolean;
}

export const walkOf = (
  walkers: readonly Walker[],
  { budget, scale, partAwards }: Pick<Walk, 'budget' | 'scale' | 'partAwards'>,
): Walk => {
  const left = [budget];
  for (const { amount } of walkers) left.push((left.at(-1) ?? 0) - amount);
  return { walkers, left, scale, budget, partAwards };
};

type Change = ScenarioReason['budget'];

/** The last turn before which so much is left; the number of turns where it is left at the end as well; -1: at none. */
const lastTurnWith = ({ left }: Walk, pence: number): number => {
  if ((left[0] ?? 0) < pence) return -1;
  let [low, high] = [0, left.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((left[middle] ?? 0) >= pence) low = middle;
    else high = middle;
  }
  return low;
};

/** The turn of the first whose score is lower, or the number of turns. */
const firstBelow = (walkers: readonly Walker[], score: number): number => {
  let [low, high] = [0, walkers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((walkers[middle]?.score ?? 0) >= score) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The lowest score in whole tenths with which somebody who needs `pence` gets it, all else unchanged, whichever way lots fall, and
 * what the award would be; null where no score would do. `own` is their turn now, or null for one who is not in the walk; what
 * they have now is given back first, for they come earlier and those behind them change nothing before it.
 */
export const scoreNeeded = (walk: Walk, pence: number, own: number | null, asked: number, bar: number): Change => {
  const { walkers, left, scale } = walk;
  const last = Math.min(lastTurnWith(walk, pence), own ?? walkers.length);
  if (last < 0) return null;
  const ahead = walkers[last];
  const strictly = ahead ? Math.floor(ahead.score / scale) + 1 : 0;
  const needed = Math.max(bar, strictly);
  if (needed > 1000) return null;
  const before = left[firstBelow(walkers, needed * scale)] ?? 0;
  return { needed, awardPence: Math.min(asked, before) };
};

/**
 * From this budget on it is certain, for everybody ahead has then been served in full; and what the award would be at just that
 * sum. Less may do where a larger application ahead is passed over, but that is no promise: more money may go to that one instead.
 */
export const budgetNeeded = (askedAhead: number, pence: number): Change => ({
  needed: askedAhead + pence,
  awardPence: pence,
});

/** A lower least amount that would have been met by what was left at their turn; null where nothing was left, or part-awards are off. */
export const leastNeeded = ({ left, partAwards }: Walk, turn: number): Change => {
  const there = left[turn] ?? 0;
  return partAwards && there > 0 ? { needed: there, awardPence: there } : null;
};
