import { ENGINE_VERSION } from '../engine-version.ts';
import { deferAcceptance, type StableSolution } from './deferred-acceptance.ts';
import { hashRanked, type RankedInstance, rankedTableOf, rankInstance } from './ranked-instance.ts';
import { blockingEdges } from './stability.ts';
import { explainStable } from './stable-reasons.ts';
import type { SideRanks, StableInput, StablePair, StableResult, StableTable } from './stable-types.ts';

/**
 * Pairs mentees with mentors by the ranks of both sides, with places, ties and unacceptable partners, so that no two
 * people would both rather have each other. Whoever is not listed is unacceptable: only people who list each other can
 * be paired. Among stable results the mentees' best, once the lots (from `seed` and the ids) have broken the ties; the
 * same whatever the listing order. It does not seek the most pairs: see `costOfStability`.
 *
 * Throws `StableRefused`. Time and space are linear in the listed choices, sorting ids and ties aside; see
 * `deferAcceptance` for the sources.
 */
export function stable(input: StableInput): StableResult {
  return stableTable(rankedTableOf(input), input.seed);
}

/** `stable` for input by columns, for large rounds. */
export function stableTable(table: StableTable, seed: string): StableResult {
  const instance = rankInstance(table);
  return stableResultOf(instance, deferAcceptance(instance, seed), seed);
}

/** The second half of `stable`: check, reasons and hash. Split so that solving can be timed. */
export function stableResultOf(instance: RankedInstance, solution: StableSolution, seed: string): StableResult {
  const blocking = blockingEdges(instance, solution.chosen).length;
  if (blocking > 0) throw new Error(`the engine's own proof fails: ${blocking} pairs block`);
  const pairs = pairsOf(instance, solution);
  return {
    pairs,
    count: solution.count,
    blockingPairs: 0,
    menteeRanks: ranksOf(pairs.map((pair) => pair.menteeRank)),
    mentorRanks: ranksOf(pairs.map((pair) => pair.mentorRank)),
    ...explainStable(instance, solution),
    inputHash: hashRanked(instance),
    seed,
    engineVersion: ENGINE_VERSION,
  };
}

function pairsOf(instance: RankedInstance, { chosen, menteeFilled }: StableSolution): StablePair[] {
  const { menteeIds, mentorIds, menteeStart, menteeRank, asks } = instance;
  const pairs: StablePair[] = [];
  for (let i = 0; i < menteeIds.length; i++) {
    const own: number[] = [];
    for (let edge = menteeStart[i]!; own.length < menteeFilled[i]!; edge++) if (chosen[edge]) own.push(edge);
    own.sort((one, other) => asks[2 * one]! - asks[2 * other]!);
    for (const edge of own) {
      pairs.push({
        mentee: menteeIds[i]!,
        mentor: mentorIds[asks[2 * edge]!]!,
        menteeRank: menteeRank[edge]!,
        mentorRank: asks[2 * edge + 1]!,
      });
    }
  }
  return pairs;
}

function ranksOf(ranks: readonly number[]): SideRanks {
  const rankSum = ranks.reduce((sum, rank) => sum + rank, 0);
  return {
    rankSum,
    meanRank: ranks.length === 0 ? null : rankSum / ranks.length,
    firstChoices: ranks.filter((rank) => rank === 1).length,
  };
}
