import type { GroupLimit } from './fund-instance.ts';
import type { FundInput, FundResult } from './fund-types.ts';

export interface TotalInput extends FundInput {
  /** Floors and caps on what groups receive; none unless said. */
  readonly limits?: readonly GroupLimit[] | undefined;
}

export interface TotalParameters {
  readonly limits: readonly GroupLimit[];
}

/**
 * What decided an application. `place` is its place, from 1, in the order of points per penny of the least amount that
 * makes it possible; money is in pence. Points are of the first stage: the sum of scores.
 */
export type TotalReason =
  | ({
      readonly kind: 'in-full' | 'in-part';
      readonly place: number;
      /** Asked for and not awarded; 0 in full. */
      readonly lacked: number;
    } & TotalSpare)
  | ({ readonly kind: 'lower-total'; readonly place: number } & TotalLacks)
  /** Its group may have no more than the cap, and the least it needs is above what the others of the group leave. */
  | ({
      readonly kind: 'group-capped';
      readonly place: number;
      readonly group: string;
      readonly cap: number;
      readonly received: number;
    } & TotalLacks)
  | { readonly kind: 'above-budget'; readonly over: number }
  | { readonly kind: 'above-cap'; readonly group: string; readonly over: number }
  /** It has no points: it cannot add to a total. */
  | { readonly kind: 'no-points' };

export interface TotalLacks {
  /**
   * The exact points it lacked: with so many more, and all else the same, it is in a best choice; with one more than
   * that, in every one. 0: a choice with it was just as good, and the rule or the lots decided. Absent where it was not
   * worked out (`whatItLacked` does, for one).
   */
  readonly pointsShort?: number;
  /** True where `pointsShort` is a bound: at least so many. */
  readonly atLeast?: true;
}

export interface TotalSpare {
  /** With so many points fewer it would still be in a best choice; absent where it was not worked out. */
  readonly pointsSpare?: number;
  /** True where `pointsSpare` is a bound: at least so many. */
  readonly atLeast?: true;
}

export interface TotalResult extends FundResult<'total', TotalParameters, TotalReason> {
  /**
   * `rule`: of all choices with the highest total, the one with the least spent on what is needed at least, and of those
   * the one nearest to the plain line, then by lot (see `solveKnapsack`). `first-found`: so many choices are equally
   * good, or groups are limited, that the solver's own choice stands; only applications alike in score, money and group
   * are decided by lot. Either way the same input and seed give the same choice.
   */
  readonly ties: 'rule' | 'first-found';
  /** What solved it: our own core, or HiGHS, its answer checked in whole numbers. */
  readonly solver: 'core' | 'highs';
}

export interface TotalSolution {
  /** 1 by position: funded. */
  readonly taken: Uint8Array;
  /** Pence by position. */
  readonly award: Float64Array;
  readonly total: number;
  readonly ties: TotalResult['ties'];
  readonly solver: TotalResult['solver'];
}
