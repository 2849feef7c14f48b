import { ENGINE_VERSION } from '../engine-version.ts';
import { compressFund, type FundInstance, hashFund } from './fund-instance.ts';
import { byExtraBudget, type FundAtBudget } from './fund-at-budget.ts';
import type { FundAward, FundInput, FundResult } from './fund-types.ts';

export interface RankParameters {
  /**
   * Whether the walk goes on past an application for which the rest does not suffice (true unless said), or ends there.
   * Going on displaces nobody: whom it passes over could not have been funded by what was left. Ending there leaves the
   * rest for the reserve list.
   */
  readonly passOver: boolean;
}

/**
 * What decided an application. `place` is its place in the rank, from 1; money is in pence. `byLot`: others have the
 * same score, not all of them got what they asked for, and the lots decided whose turn came first.
 */
export type RankReason =
  | { readonly kind: 'in-full'; readonly place: number; readonly byLot: boolean }
  /** The rest did not suffice for the whole, but for the least. */
  | { readonly kind: 'in-part'; readonly place: number; readonly byLot: boolean; readonly lacked: number }
  | ({
      readonly kind: 'rest-too-little';
      readonly place: number;
      readonly byLot: boolean;
      /** What was left when its turn came, and how much more the least would have taken. */
      readonly left: number;
      readonly lacked: number;
    } & RankLacks)
  /** The walk had ended at `at` (only without passing over). */
  | ({ readonly kind: 'walk-ended'; readonly place: number; readonly byLot: boolean; readonly at: string } & RankLacks)
  | { readonly kind: 'above-budget'; readonly place: number; readonly over: number };

export interface RankLacks {
  /**
   * The exact points it lacked: with so many more, and all else the same, it is funded, in part at least; with fewer it
   * is not.
   */
  readonly pointsShort: number;
  /**
   * With so much more in the budget, or any more than that, it is funded: everyone above it is then served first. The
   * least such sum where the walk ends at the first for whom the rest is too little. Where it passes over, less may do,
   * but no promise can be made: more money may go to a larger application above it instead.
   */
  readonly surelyWithExtra: number;
}

export type RankResult = FundResult<'rank', RankParameters, RankReason>;

export interface RankSolution {
  /** Positions by score, the highest first, then by lot. */
  readonly order: Int32Array;
  /** Pence by position. */
  readonly award: Float64Array;
  /** What is left before each turn; -1 once the walk has ended. */
  readonly leftBefore: Float64Array;
  /** The turn after which the walk ended; the number of turns if it did not. */
  readonly ended: number;
}

/**
 * Funds by rank: the highest score first, equal scores by lot; the whole amount while it fits, else all that is left
 * where that suffices for the least. O(n log n). Throws FundRefused.
 */
export function fundByRank(input: FundInput, parameters: RankParameters = { passOver: true }): RankResult {
  const instance = compressFund(input);
  return rankResult(instance, walkRank(instance, parameters), parameters);
}

/** The outcome if the budget were so many pence larger (or smaller): recomputed, for it need not be monotone. */
export function rankAtBudgets(
  input: FundInput,
  extras: readonly number[],
  parameters: RankParameters = { passOver: true },
): readonly FundAtBudget[] {
  return byExtraBudget(compressFund(input), extras, (instance) => walkRank(instance, parameters).award);
}

/** The walk alone, for an input that was checked. */
export function walkRank(instance: FundInstance, { passOver }: RankParameters): RankSolution {
  const { score, amount, least, budget } = instance;
  const size = score.length;
  const order = Int32Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || a - b);
  const award = new Float64Array(size);
  const leftBefore = new Float64Array(size).fill(-1);
  let left = budget;
  for (let turn = 0; turn < size; turn++) {
    const at = order[turn]!;
    leftBefore[turn] = left;
    if (amount[at]! <= left) award[at] = amount[at]!;
    else if (least[at]! <= left) award[at] = left;
    else if (!passOver) return { order, award, leftBefore, ended: turn };
    left -= award[at]!;
  }
  return { order, award, leftBefore, ended: size };
}

/** The second half of `fundByRank`: reasons and hash, O(n log n). */
export function rankResult(instance: FundInstance, solution: RankSolution, parameters: RankParameters): RankResult {
  const { ids, score, amount, byId, budget, seed } = instance;
  const { award } = solution;
  const reasons = reasonsByRank(instance, solution);
  const funded: FundAward[] = [];
  let [total, spent] = [0, 0];
  for (const at of byId) {
    if (award[at] === 0) continue;
    funded.push({ id: ids[at]!, amount: award[at]!, part: award[at]! < amount[at]! });
    total += score[at]!;
    spent += award[at]!;
  }
  return {
    method: 'rank',
    parameters,
    funded,
    count: funded.length,
    total,
    spent,
    left: budget - spent,
    reasons: Array.from(byId, (at) => ({ id: ids[at]!, ...reasons[at]! })),
    budget,
    seed,
    inputHash: hashFund(instance),
    engineVersion: ENGINE_VERSION,
  };
}

function reasonsByRank(instance: FundInstance, solution: RankSolution): RankReason[] {
  const { ids, score, amount, least, budget } = instance;
  const { order, award, leftBefore, ended } = solution;
  const byLot = decidedByLot(instance, solution);
  const reasons = new Array<RankReason>(order.length);
  let above = 0;
  for (let turn = 0; turn < order.length; turn++) {
    const at = order[turn]!;
    const place = turn + 1;
    const lot = byLot[at] === 1;
    if (award[at] === amount[at]) reasons[at] = { kind: 'in-full', place, byLot: lot };
    else if (award[at]! > 0) reasons[at] = { kind: 'in-part', place, byLot: lot, lacked: amount[at]! - award[at]! };
    else if (least[at]! > budget) reasons[at] = { kind: 'above-budget', place, over: least[at]! - budget };
    else {
      const lacks = {
        pointsShort: pointsShort(instance, solution, turn),
        surelyWithExtra: above + least[at]! - budget,
      };
      const left = leftBefore[turn]!;
      reasons[at] =
        turn > ended
          ? { kind: 'walk-ended', place, byLot: lot, at: ids[order[ended]!]!, ...lacks }
          : { kind: 'rest-too-little', place, byLot: lot, left, lacked: least[at]! - left, ...lacks };
    }
    above += amount[at]!;
  }
  return reasons;

  /** What is left before each turn only falls, and the one without money changes nothing for those before it. */
  function pointsShort(of: FundInstance, { leftBefore: left }: RankSolution, turn: number): number {
    const at = order[turn]!;
    let [low, high] = [0, turn];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (left[middle]! >= least[at]!) low = middle;
      else high = middle;
    }
    const ahead = order[low]!;
    return of.score[ahead]! - of.score[at]! + (ahead < at ? 1 : 0);
  }

  function decidedByLot(of: FundInstance, { order: turns }: RankSolution): Uint8Array {
    const decided = new Uint8Array(turns.length);
    for (let from = 0; from < turns.length;) {
      let upTo = from;
      let whole = 0;
      while (upTo < turns.length && score[turns[upTo]!] === score[turns[from]!]) {
        if (award[turns[upTo]!] === of.amount[turns[upTo]!]) whole++;
        upTo++;
      }
      if (
        upTo - from > 1 &&
        whole < upTo - from &&
        (whole > 0 || turns.subarray(from, upTo).some((at) => award[at]! > 0))
      ) {
        for (let turn = from; turn < upTo; turn++) decided[turns[turn]!] = 1;
      }
      from = upTo;
    }
    return decided;
  }
}
