/**
 * Who people are and what makes two of them fit, as plain numbers: what `candidates` and `assignProfiles` work on.
 * Points are whole; a pair's score is the mentee's own points, plus the points of its step in grade, plus those of
 * every attribute of which both have a value in common.
 */

/** Values of attributes are whole numbers from 0 to this; the caller numbers them, the same on both sides. */
export const MAX_VALUE = 1_000_000;
/** Positions in the order of grades are whole numbers from 0 to this. */
export const MAX_GRADE = 1_000;

/** What sharing a value of one attribute (skills, campus, unit, pool, what one asks to be matched on) means. */
export interface AttributeRule {
  /** For the reasons alone. */
  readonly name: string;
  /** Points once, however many values are shared. */
  readonly pointsOnce: number;
  /** Points for each shared value besides; 0 unless said. */
  readonly pointsEach?: number;
  /**
   * `share`: only pairs with a value in common are allowed (pools); whoever has none is allowed with nobody.
   * `differ`: only pairs without one are (unit, organisation); whoever has none is kept from nobody.
   */
  readonly must?: 'share' | 'differ';
}

export interface ProfileRules {
  readonly attributes: readonly AttributeRule[];
  /** Points by how many steps the mentor's grade is above the mentee's (below: negative); other steps give none. */
  readonly gradePoints: readonly { readonly steps: number; readonly points: number }[];
  /** Allowed steps, both included; null: any, also where a grade is not known. */
  readonly gradeSteps: { readonly from: number; readonly to: number } | null;
}

/** Values by person in compressed rows: those of person p are `value[start[p]]` up to `value[start[p + 1]]`. */
export interface ValueLists {
  readonly start: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/** One side by columns, people by position in the caller's listing (on which no result depends). */
export interface ProfilePeople {
  readonly ids: readonly string[];
  readonly places: ArrayLike<number>;
  /** Position in the order of grades, 0 the lowest; -1: not known. */
  readonly grade: ArrayLike<number>;
  /** One list for each attribute of the rules, in their order. A value listed twice counts once. */
  readonly values: readonly ValueLists[];
}

export interface ProfileTable {
  readonly rules: ProfileRules;
  readonly mentees: ProfilePeople & {
    /** Points that every pair of this mentee has: earlier waiting. */
    readonly points: ArrayLike<number>;
  };
  readonly mentors: ProfilePeople;
  /** Pairs kept apart by name, by position, in any order; listing one twice is no fault. */
  readonly forbiddenMentee: ArrayLike<number>;
  readonly forbiddenMentor: ArrayLike<number>;
}
