/** What the methods of funding take and give. Scores are whole points, money whole pence. */

/** Scores are whole numbers from 0 to this. */
export const MAX_FUND_SCORE = 1_000_000_000;
/** Amounts are whole pence from 1 to this. */
export const MAX_AMOUNT_PENCE = 10_000_000_000;
/** Budgets, floors and caps are whole pence from 0 to this. */
export const MAX_BUDGET_PENCE = 1_000_000_000_000;
/** Together with the highest amount and score it keeps every sum below 2^53, hence exact. */
export const MAX_APPLICATIONS = 500_000;

export interface FundApplication {
  readonly id: string;
  /** Whole points from the panel, from 0 to `MAX_FUND_SCORE`. */
  readonly score: number;
  /** Asked for, in pence, from 1 to `MAX_AMOUNT_PENCE`. */
  readonly amount: number;
  /** The least that would still make it possible, in pence, from 1 to `amount`. Absent: all or nothing. */
  readonly least?: number | undefined;
  /** Whom it counts for (a school, a directorate, a campus). Absent: no group. */
  readonly group?: string | undefined;
}

export interface FundInput {
  readonly applications: readonly FundApplication[];
  /** Pence, from 0 to `MAX_BUDGET_PENCE`. */
  readonly budget: number;
  /** The round's seed: the same seed draws the same lots. */
  readonly seed: string;
}

export const FUND_METHODS = ['rank', 'total', 'equal-shares'] as const;
export type FundMethod = (typeof FUND_METHODS)[number];

export interface FundAward {
  readonly id: string;
  /** Pence. */
  readonly amount: number;
  /** True if less than was asked for. */
  readonly part: boolean;
}

/** What every method gives, with the method's own kind of reason and its own parameters. */
export interface FundResult<Method extends FundMethod, Parameters extends object, Reason extends object> {
  readonly method: Method;
  readonly parameters: Parameters;
  /** By id (code units). */
  readonly funded: readonly FundAward[];
  readonly count: number;
  /** The sum of the scores of those funded; a part-award counts its whole score, as the visit takes place. */
  readonly total: number;
  /** Pence. */
  readonly spent: number;
  /** Pence: the budget less what is spent. */
  readonly left: number;
  /** One for every application, funded or not, by id (code units). */
  readonly reasons: readonly (Reason & { readonly id: string })[];
  readonly budget: number;
  readonly seed: string;
  /** SHA-256 of the canonical input without parameters and seed; hexadecimal. */
  readonly inputHash: string;
  readonly engineVersion: string;
}
