import type { AssignTable } from '../assign/assign-types.ts';
import { compressInstance, type Instance } from '../assign/instance.ts';
import { solve } from '../assign/solve.ts';
import { deferAcceptance, type StableSolution } from './deferred-acceptance.ts';
import { mentorSides } from './stability.ts';
import { rankByScore, type RankedInstance } from './ranked-instance.ts';

/** Points of a first choice; each rank lower is worth one less, and from this many ranks down nothing. */
export const FIRST_CHOICE_POINTS = 100;

export interface Yield {
  readonly pairs: number;
  readonly points: number;
}

/** What stability costs: the best there is (most pairs, then most points) against the stable pairs. */
export interface StabilityCost {
  readonly stable: Yield;
  readonly best: Yield;
  /** Never below 0. */
  readonly pairsLost: number;
  /** `best.points - stable.points`. It can be below 0 where pairs are lost: more pairs may have fewer points. */
  readonly pointsLost: number;
}

/**
 * Runs `assign` (order `pairs-total`) over the pairs that both sides accept and compares. `points` are by edge of the
 * instance, whole numbers from 0 to 1,000,000; without them a pair is worth what its ranks are worth to both: see
 * `pointsOfRanks`. Both results have the same places. Takes as long as `assign`. Throws `AssignRefused` for other points.
 */
export function costOfStability(
  instance: RankedInstance,
  solution: StableSolution,
  points: ArrayLike<number> = pointsOfRanks(instance),
): StabilityCost {
  const table: AssignTable = {
    menteeIds: instance.menteeIds,
    menteePlaces: instance.menteePlaces,
    mentorIds: instance.mentorIds,
    mentorPlaces: instance.mentorPlaces,
    pairMentee: instance.mentee,
    pairMentor: mentorSides(instance).mentor,
    pairScore: points,
  };
  const compressed = compressInstance(table);
  const { chosen, count } = solve(compressed, 'pairs-total', '').choice;
  const stable = { pairs: solution.count, points: sumOf(points, solution.chosen) };
  return compared(stable, { pairs: count, points: sumOf(compressed.score, chosen) });
}

/**
 * What stable pairs would be and cost in a round of scores, where each side prefers whoever scores higher with them
 * (see `rankByScore`). `best` is by the scores themselves.
 */
export function costInScores(scored: Instance, seed: string) {
  const ranked = rankByScore(scored);
  const solution = deferAcceptance(ranked, seed);
  const scoreOf = new Int32Array(ranked.mentee.length);
  for (let i = 0; i < ranked.menteeIds.length; i++) {
    const [from, upTo] = [ranked.menteeStart[i]!, ranked.menteeStart[i + 1]!];
    // Same row, there by mentor, here by rank.
    const byScore = scored.score.slice(from, upTo).sort();
    for (let edge = from; edge < upTo; edge++) scoreOf[edge] = byScore[upTo - 1 - edge]!;
  }
  return { ranked, solution, cost: costOfStability(ranked, solution, scoreOf) };
}

/** A first choice is worth `FIRST_CHOICE_POINTS` to whoever has it, rank r that less r - 1, never below 0; both summed. */
export function pointsOfRanks({ menteeRank, asks }: RankedInstance): Int32Array {
  const worth = (rank: number) => Math.max(0, FIRST_CHOICE_POINTS + 1 - rank);
  return menteeRank.map((rank, edge) => worth(rank) + worth(asks[2 * edge + 1]!));
}

function compared(stable: Yield, best: Yield): StabilityCost {
  return { stable, best, pairsLost: best.pairs - stable.pairs, pointsLost: best.points - stable.points };
}

function sumOf(points: ArrayLike<number>, chosen: Uint8Array): number {
  let sum = 0;
  for (let edge = 0; edge < chosen.length; edge++) if (chosen[edge]) sum += points[edge]!;
  return sum;
}
