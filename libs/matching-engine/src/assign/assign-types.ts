/** What `assign` takes and gives. Scores are whole points, places whole numbers of people. */

/**
 * What comes first.
 * - `pairs-total`: most pairs, then the highest total.
 * - `pairs-floor-total`: most pairs, then the highest worst score (Rawlsian floor), then the highest total.
 * - `total`: the highest total alone, then most pairs among equal totals.
 */
export type AssignOrder = 'pairs-total' | 'pairs-floor-total' | 'total';

export const ASSIGN_ORDERS: readonly AssignOrder[] = ['pairs-total', 'pairs-floor-total', 'total'];

/**
 * How what people give up is counted: every point the same (`linear`), or by the square of `ceiling - score`
 * (`convex`), so that one who gives up much weighs more than several who give up little. The ceiling, given with
 * `convex` alone, is one number for the round that no score passes: the most points its rules can give.
 */
export interface Dissatisfaction {
  readonly dissatisfaction: 'linear' | 'convex';
  readonly ceiling?: number | undefined;
}

export const DISSATISFACTIONS: readonly Dissatisfaction['dissatisfaction'][] = ['linear', 'convex'];
export const LINEAR: Dissatisfaction = { dissatisfaction: 'linear' };

/** Scores are whole numbers from 0 to this. */
export const MAX_SCORE = 1_000_000;
/** Places are whole numbers from 0 to this. */
export const MAX_PLACES = 1_000_000;
/** People on each side. Together with `MAX_SCORE` it keeps every sum below 2^53, hence exact. */
export const MAX_PEOPLE = 1_000_000;

export interface AssignMentee {
  readonly id: string;
  /** How many mentors this person may have, each at most once; 1 unless said. */
  readonly places?: number;
}

export interface AssignMentor {
  readonly id: string;
  readonly places: number;
}

/** An allowed pair. A pair that is not listed is forbidden. */
export interface AllowedPair {
  readonly mentee: string;
  readonly mentor: string;
  readonly score: number;
}

export interface AssignInput {
  readonly mentees: readonly AssignMentee[];
  readonly mentors: readonly AssignMentor[];
  readonly pairs: readonly AllowedPair[];
  /** Pairs that are made before anything is solved, whatever they score; each must be an allowed pair with places. */
  readonly pinned?: readonly Pick<AllowedPair, 'mentee' | 'mentor'>[];
  readonly order: AssignOrder;
  /** The round's seed: the same seed draws the same lots. */
  readonly seed: string;
  /** `linear` unless said. */
  readonly dissatisfaction?: Dissatisfaction['dissatisfaction'];
  /** With `convex`: the score from which what is given up counts, at least the highest score. */
  readonly ceiling?: number;
}

/**
 * The same input by columns, for large rounds: people by position, pairs as parallel arrays of positions.
 * Positions follow the caller's listing; the result does not depend on it.
 */
export interface AssignTable {
  readonly menteeIds: readonly string[];
  readonly menteePlaces: ArrayLike<number>;
  readonly mentorIds: readonly string[];
  readonly mentorPlaces: ArrayLike<number>;
  readonly pairMentee: ArrayLike<number>;
  readonly pairMentor: ArrayLike<number>;
  readonly pairScore: ArrayLike<number>;
  /** Positions, in the columns of pairs, of those that are pinned. */
  readonly pinned?: ArrayLike<number>;
}

export interface AssignedPair extends AllowedPair {
  /** The highest score this mentee has with anyone allowed: what the pair gives up is `bestScore - score`. */
  readonly bestScore: number;
  /** True if another result was just as good and the seed's lots decided for this pair. */
  readonly byLot: boolean;
  /** Set aside before solving; absent where the pair was found. */
  readonly pinned?: true;
}

/** Why a mentee has no pair. Lists of people are cut at `LISTED_AT_MOST`; the counts are of all. */
export type LeftOutReason =
  | { readonly kind: 'asks-for-no-mentor' }
  | { readonly kind: 'no-allowed-mentor' }
  | {
      readonly kind: 'mentors-have-no-places';
      readonly mentorCount: number;
      readonly mentors: readonly string[];
      /** So many of them have places, all taken by pins; absent where it is none. */
      readonly takenByPins?: number;
    }
  /** Every allowed mentor with places scores below the floor that the result reaches; `mentor` scores best of them. */
  | {
      readonly kind: 'below-floor';
      readonly floor: number;
      readonly bestScore: number;
      readonly mentor: string;
      /** The pair that lacks the fewest points, as in the other kinds. */
      readonly nearest?: Shortfall;
    }
  /**
   * These mentees have only these places between them (a Hall violator: whoever any of them may have is among the
   * mentors, all full, or has no places), so whatever the choice some go without.
   */
  | ({
      readonly kind: 'competition';
      readonly menteeCount: number;
      /** Pairs that these mentees ask for with these mentors, at most. */
      readonly wanted: number;
      readonly placeCount: number;
      readonly mentorCount: number;
      readonly mentors: readonly string[];
    } & Shortfall)
  /** A place could be found, but only at a lower total. */
  | ({ readonly kind: 'lower-total' } & Shortfall);

export interface Shortfall {
  /**
   * The least whole number of points more, on the pair with `mentor`, at which a best result includes this pair:
   * with exactly so many it comes to lots at worst, with one more it is certain. 0: the lots decided. Undefined where
   * no number of points would do (convex dissatisfaction, where not even the ceiling would).
   */
  readonly pointsShort?: number;
  readonly mentor?: string;
}

/** A mentor where one more place would raise the number of pairs by one. */
export interface Unlock {
  readonly mentor: string;
  /** Mentees without a pair of whom any one could then have one, everyone else keeping as many as now. */
  readonly servesCount: number;
  readonly serves: readonly string[];
}

/** A mentee who has a pair, but fewer than asked for. */
export interface Underfilled {
  readonly mentee: string;
  readonly pairs: number;
  readonly places: number;
}

/**
 * Proof that nothing better exists, checked by `verify` without solving again. Where pairs are pinned it is about the
 * rest: places that the pins left, and pairs that are not pinned.
 *
 * *Pairs*: with S the mentees and T the mentors marked `competes`, no choice has more pairs than the places of
 * mentees outside S, plus those of mentors in T, plus allowed pairs from S to outside T (a cut; König). That sum is
 * `pairsBound`.
 *
 * *Total*: with the prices (all >= 0 but `pairPrice`), no choice of `count` pairs totals more than
 * `pairPrice * count + sum(places * price) + sum(max(0, value - pairPrice - both prices))` (linear-programming
 * duality), where `value = scale * score + (scale > 1 ? 1 : 0)`, or with a ceiling
 * `ceiling^2 - (ceiling - score)^2`. That sum is `dualObjective`, in text because it may exceed 2^53.
 */
export interface AssignCertificate {
  readonly order: AssignOrder;
  /** Undefined under order `total`, which does not claim the most pairs. */
  readonly pairsBound?: number;
  /** 1, or under order `total` a number above any number of pairs, so that equal totals compare by pairs. */
  readonly scale: number;
  /** Convex dissatisfaction only. */
  readonly ceiling?: number;
  readonly pairPrice: number;
  readonly dualObjective: string;
  readonly primalObjective: string;
  /** `dualObjective - primalObjective`: always 0. */
  readonly gap: 0;
  /** One line for each mentee, by id: price, and whether they compete (1) or not (0). */
  readonly mentees: readonly (readonly [id: string, price: number, competes: 0 | 1])[];
  readonly mentors: readonly (readonly [id: string, price: number, competes: 0 | 1])[];
  /** Order `pairs-floor-total`: a cut that shows fewer pairs when only scores above the floor may be used. */
  readonly aboveFloor?: {
    readonly pairsBound: number;
    readonly menteesCompeting: readonly string[];
    readonly mentorsCompeting: readonly string[];
  };
}

export interface AssignResult {
  /** Sorted by mentee id, then mentor id (by code unit). */
  readonly pairs: readonly AssignedPair[];
  readonly count: number;
  readonly total: number;
  /** The lowest score of a pair made; null if there is none. */
  readonly floor: number | null;
  readonly unmatched: readonly { readonly mentee: string; readonly reason: LeftOutReason }[];
  readonly underfilled: readonly Underfilled[];
  /** Empty under order `total`, which does not seek the most pairs. */
  readonly unlocks: readonly Unlock[];
  readonly certificate: AssignCertificate;
  /** SHA-256 of the input in canonical order, pins included, without order, dissatisfaction and seed; hexadecimal. */
  readonly inputHash: string;
  readonly order: AssignOrder;
  readonly dissatisfaction: Dissatisfaction['dissatisfaction'];
  /** Convex dissatisfaction only. */
  readonly ceiling?: number;
  readonly seed: string;
  readonly engineVersion: string;
}

/** Lists of people inside reasons are cut at this length. */
export const LISTED_AT_MOST = 10;
