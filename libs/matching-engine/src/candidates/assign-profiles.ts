import { drawLots } from '../lots.ts';
import { bestRows } from './candidates.ts';
import { type HeldSolution, solveHeld } from './held-solution.ts';
import { decideByLots } from './lots-of-all.ts';
import { instanceOf, type PairSet, pairSetOf } from './pair-set.ts';
import { BestOver, forEachReaching } from './pricing.ts';
import { indexProfiles, type ProfileIndex } from './profile-index.ts';
import type { ProfileTable } from './profile-types.ts';
import { profilesResultOf, type ProfilesResult } from './profiles-result.ts';

/** Mentors for each mentee to begin with, and how many more a mentee gets at a time. */
const FIRST_EACH = 12;
const ADDED_EACH = 6;

/** A round of profiles solved over all allowed pairs, of which `pairs` are those that had to be held. */
export interface ProfilesSolution {
  readonly index: ProfileIndex;
  readonly pairs: PairSet;
  /** By position in `pairs`. */
  readonly chosen: Uint8Array;
  /** The solution over the pairs held when the prices had nothing more to add; its choice is before the lots of all. */
  readonly solution: HeldSolution;
  /** Times that pairs were added. */
  readonly additions: number;
}

/** `assignProfiles` without the result's reasons and proof: what is timed. */
export function solveProfiles(table: ProfileTable, seed: string, first = FIRST_EACH): ProfilesSolution {
  const index = indexProfiles(table, seed);
  let pairs = pairSetOf(bestRows(index, first));
  let solution: HeldSolution | undefined;
  for (let additions = 0; ; additions++) {
    solution = solveHeld(instanceOf(index, pairs), solution);
    const best = new BestOver(ADDED_EACH);
    forEachReaching(index, pairs, solution, (mentee, mentor, score, over) => {
      if (over > 0) best.take(mentee, mentor, score, over);
    });
    const added = best.finish();
    if (added.count === 0) {
      const lots = drawLots(seed, index.menteeIds, index.mentorIds);
      return { index, ...decideByLots(index, pairs, solution, lots), solution, additions };
    }
    pairs = added.mergedWith(pairs);
  }
}

/**
 * Assigns mentees to mentors by their profiles, over all allowed pairs though only a few are ever held: most pairs
 * first, then the highest total, then the lots; the same pairs as `assign` gives (order `pairs-total`) on all of them.
 *
 * Everybody's best mentors are solved; the prices of that solution tell which pairs left out could do better, and they
 * are added until there is none, which proves the solution over all pairs (column generation; Dantzig and Wolfe, Oper.
 * Res. 8, 1960). Ties are then decided by lot in the same way, on the tight pairs.
 *
 * Scores are whole points, 1,000,000 at most; totals are exact. Throws `ProfilesRefused`. Each addition costs one
 * solving of the pairs held and O(mentees * mentors / 32 * features); O(pairs held + values) space.
 */
export function assignProfiles(table: ProfileTable, seed: string): ProfilesResult {
  return profilesResultOf(solveProfiles(table, seed), seed);
}
