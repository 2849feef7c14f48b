import type { FundAtBudget } from './fund-at-budget.ts';
import { type FundInput, type FundResult, MAX_FUND_SCORE } from './fund-types.ts';

/**
 * How the money that the method itself leaves unspent is used.
 * - `none`: not at all. Everyone's share is the budget divided by the voters, as an exact fraction.
 * - `add1`: start from the share rounded down to a whole penny; while some application without money would still fit
 *   the real budget, raise everyone's share by `increment` and run the method afresh; keep the outcome as long as it
 *   costs no more than the real budget.
 * - `add1u`: after `add1`, the application with most points (approvals) that still fits, again and again.
 * - `utilitarian`: after `none`, the same.
 */
export type EqualSharesCompletion = 'none' | 'add1' | 'add1u' | 'utilitarian';
export const EQUAL_SHARES_COMPLETIONS: readonly EqualSharesCompletion[] = ['none', 'add1', 'add1u', 'utilitarian'];

/** What decides between applications that are equally good: more ballots for it first; the lower amount first. */
export type EqualSharesTie = 'votes' | 'cost';
export const EQUAL_SHARES_TIES: readonly EqualSharesTie[] = ['votes', 'cost'];

/**
 * What a funded application is worth to one who supports it: its amount (each ballot line above 0 is an approval), or
 * the points given.
 */
export type EqualSharesUtility = 'cost' | 'points';
export const EQUAL_SHARES_UTILITIES: readonly EqualSharesUtility[] = ['cost', 'points'];

/** Points of a ballot line are whole numbers from 0 to this: as high as a score, which groups give as points. */
export const MAX_BALLOT_POINTS = MAX_FUND_SCORE;
/** Together with `MAX_BALLOT_POINTS` it keeps every sum of points below 2^53. */
export const MAX_VOTERS = 1_000_000;

/** One line of a ballot: 0 points are no support. */
export interface BallotLine {
  readonly panellist: string;
  readonly id: string;
  readonly points: number;
}

export interface EqualSharesInput extends FundInput {
  readonly ballots: readonly BallotLine[];
  /** Voters besides those in the ballots: they have a share and support nothing. */
  readonly voters?: readonly string[] | undefined;
  readonly utility: EqualSharesUtility;
  readonly completion: EqualSharesCompletion;
  /** Pence by which `add1` raises each share: whole, 1 or more. */
  readonly increment: number;
  /** In this order; what is still equal is decided by lots from seed and id. */
  readonly tie: readonly EqualSharesTie[];
  /** Whether the result says who paid what for each purchase: as long as the ballots, and fractions grow long. */
  readonly withPayments?: boolean | undefined;
}

/**
 * What decided an application. Money is in pence.
 * - `bought`: in which round (from 1), how many supporters it has, and how many of them paid all they had left.
 * - `completed`: funded from what was left over, `place` (from 1) in the order of points.
 * - `no-supporter`: nobody gave it points.
 * - `above-budget`: it costs that much more than the whole budget.
 * - `supporters-short`: at the share that was kept, its supporters together hold too little.
 * - `left-too-little`: the same (or nobody gave it points), and when a completion that fills up came to it, only `left`
 *   was left.
 */
export type EqualSharesReason =
  | { readonly kind: 'bought'; readonly round: number; readonly supporters: number; readonly paidAll: number }
  | { readonly kind: 'completed'; readonly place: number; readonly points: number }
  | { readonly kind: 'no-supporter' }
  | { readonly kind: 'above-budget'; readonly over: number }
  | ({ readonly kind: 'supporters-short' } & SupportersShort)
  | ({ readonly kind: 'left-too-little'; readonly left: number } & SupportersShort);

/**
 * "Its supporters held x of the y": `held` is exact, rounded down to pence; `lacked` what is missing, rounded up, so
 * that the two add up to the amount.
 */
export interface SupportersShort {
  readonly supporters: number;
  readonly held: number;
  readonly lacked: number;
  /** What they had at first, before anything was bought; rounded down. */
  readonly atFirst: number;
  /** The purchase by which they came to hold too little; absent if they had too little at first. */
  readonly after?: string;
}

export interface EqualSharesRound {
  readonly id: string;
  readonly amount: number;
  /** Money per unit of utility, exact, `n/d`: the least of all at that time. */
  readonly rho: string;
  /** Whether another application had the same rho, so that the tie order decided. */
  readonly byTie: boolean;
}

/** Who paid what for one purchase, exact, by id (code units). */
export interface EqualSharesPayments {
  readonly id: string;
  readonly paid: readonly (readonly [panellist: string, pence: string])[];
}

export interface EqualSharesParameters {
  readonly utility: EqualSharesUtility;
  readonly completion: EqualSharesCompletion;
  readonly increment: number;
  readonly tie: readonly EqualSharesTie[];
}

export interface EqualSharesResult extends FundResult<'equal-shares', EqualSharesParameters, EqualSharesReason> {
  readonly voters: number;
  /** What everyone had in the run that was kept, in pence, exact; `0` without voters. */
  readonly share: string;
  /** The purchases of the method in their order; those of a completion that fills up are not among them. */
  readonly rounds: readonly EqualSharesRound[];
  /** Ids funded by filling up, in their order. */
  readonly filledUp: readonly string[];
  readonly payments?: readonly EqualSharesPayments[];
}

/** The outcome at another budget, beside the one at the budget as it is; with the share that was kept there. */
export interface EqualSharesAtBudget extends FundAtBudget {
  readonly share: string;
}

/** A share that is the same for all, in pence. */
export type Share = { readonly numerator: number; readonly denominator: number };
