/** What `stable` takes and gives. Ranks and places are whole numbers. */

/** Ranks are whole numbers from 1 (best) to this: one for every score that `assign` knows. */
export const MAX_RANK = 1_000_001;

/** `person` ranks `choice`, who is of the other side. Equal ranks of one person are a tie. Who is not listed is unacceptable. */
export interface RankedChoice {
  readonly person: string;
  readonly choice: string;
  readonly rank: number;
}

export interface StableInput {
  /** `places`: how many mentors this person may have, each at most once; 1 unless said. */
  readonly mentees: readonly { readonly id: string; readonly places?: number }[];
  readonly mentors: readonly { readonly id: string; readonly places: number }[];
  readonly menteeChoices: readonly RankedChoice[];
  readonly mentorChoices: readonly RankedChoice[];
  /** The round's seed: the same seed draws the same lots. */
  readonly seed: string;
}

/** Choices as parallel arrays: positions of the person and of the choice, each in its own side's list, and the rank. */
export interface ChoiceColumns {
  readonly person: ArrayLike<number>;
  readonly choice: ArrayLike<number>;
  readonly rank: ArrayLike<number>;
}

/** The same input by columns, for large rounds. The result does not depend on the listing order. */
export interface StableTable {
  readonly menteeIds: readonly string[];
  readonly menteePlaces: ArrayLike<number>;
  readonly mentorIds: readonly string[];
  readonly mentorPlaces: ArrayLike<number>;
  readonly menteeChoices: ChoiceColumns;
  readonly mentorChoices: ChoiceColumns;
}

/**
 * A pair with the rank that each gives the other: 1 plus the number of people whom they listed as strictly better
 * (so 1, 1, 3 where the first two tie), whatever numbers they wrote.
 */
export interface StablePair {
  readonly mentee: string;
  readonly mentor: string;
  readonly menteeRank: number;
  readonly mentorRank: number;
}

/** A mentor who holds others: the rank they give the mentee, and the rank they give the last of those they hold. */
export interface PreferredOthers {
  readonly mentor: string;
  /** The mentee's own rank for this mentor. */
  readonly rank: number;
  readonly rankThere: number;
  readonly lastHeldRank: number;
  /** True if the mentor ranks both alike, and the lots decided. */
  readonly byLot: boolean;
}

/** Why a mentee has no pair. Lists are cut at `LISTED_AT_MOST`; counts are of all. */
export type UnpairedReason =
  | { readonly kind: 'asks-for-no-mentor' }
  | { readonly kind: 'listed-nobody' }
  /** None of those whom the mentee listed has listed the mentee. */
  | { readonly kind: 'listed-by-none-of-them'; readonly listedCount: number }
  | { readonly kind: 'mentors-have-no-places'; readonly mentorCount: number; readonly mentors: readonly string[] }
  /** Each mentor with places whom both sides find acceptable holds others only, none of them liked less. */
  | {
      readonly kind: 'others-preferred';
      readonly mentorCount: number;
      /** By the mentee's own rank. */
      readonly mentors: readonly PreferredOthers[];
    };

/** Why a mentor has free places. */
export type UnfilledReason =
  | { readonly kind: 'listed-nobody' }
  | { readonly kind: 'listed-by-none-of-them'; readonly listedCount: number }
  /** Every acceptable mentee has this mentor, or has all the mentors they asked for and likes none of them less. */
  | { readonly kind: 'mentees-have-others'; readonly menteeCount: number };

/** How well a side did by its own lists, over the pairs made. */
export interface SideRanks {
  /** Sum over pairs of the rank (see `StablePair`), exact. */
  readonly rankSum: number;
  /** `rankSum` by the number of pairs; null without pairs. */
  readonly meanRank: number | null;
  /** Pairs in which this side has a first choice. */
  readonly firstChoices: number;
}

export interface StableResult {
  /** Sorted by mentee id, then mentor id (by code unit). */
  readonly pairs: readonly StablePair[];
  readonly count: number;
  /** Pairs who would both rather have each other, counted by a check that knows only ranks and pairs: always 0. */
  readonly blockingPairs: 0;
  readonly menteeRanks: SideRanks;
  readonly mentorRanks: SideRanks;
  readonly unmatched: readonly { readonly mentee: string; readonly reason: UnpairedReason }[];
  /** Mentees who have a pair, but fewer than asked for. */
  readonly underfilled: readonly { readonly mentee: string; readonly pairs: number; readonly places: number }[];
  readonly unfilled: readonly {
    readonly mentor: string;
    readonly pairs: number;
    readonly places: number;
    readonly reason: UnfilledReason;
  }[];
  /** SHA-256 of the input in canonical order, one-sided listings included, without seed; hexadecimal. */
  readonly inputHash: string;
  readonly seed: string;
  readonly engineVersion: string;
}
