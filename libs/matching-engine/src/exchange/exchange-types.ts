/** What `exchange` takes and gives. Scores are whole points, days whole visitor-days, places whole numbers of visitors. */

/** Days of one visit are whole numbers from 1 to this. */
export const MAX_DAYS = 1000;
/** Balances carried in, and delta, are whole numbers of visitor-days up to this. */
export const MAX_BALANCE = 1_000_000_000;

/**
 * What comes first.
 * - `visits-total`: most visits, then the highest total.
 * - `total`: the highest total alone, then most visits among equal totals.
 */
export type ExchangeOrder = 'visits-total' | 'total';

export const EXCHANGE_ORDERS: readonly ExchangeOrder[] = ['visits-total', 'total'];

/** A visitor asks for an offer. Of all that one visitor asks for, at most one is granted. */
export interface VisitRequest {
  readonly visitor: string;
  /** The visitor's own institution; the same in all their requests. A visit within it changes no balance. */
  readonly home: string;
  readonly offer: string;
  readonly days: number;
  readonly score: number;
}

export interface VisitOffer {
  readonly id: string;
  readonly host: string;
  readonly places: number;
}

export interface ExchangeInput {
  readonly requests: readonly VisitRequest[];
  readonly offers: readonly VisitOffer[];
  /** Days hosted less days sent must end within this of 0 for every institution; see `limits` in the result. */
  readonly delta: number;
  /** Days hosted less days sent earlier in the year; 0 where not listed. Institutions not in the round are passed over. */
  readonly balances?: readonly { readonly institution: string; readonly balance: number }[];
  /** `visits-total` unless said. */
  readonly order?: ExchangeOrder;
  /** The cycle's seed: the same seed draws the same lots. */
  readonly seed: string;
}

export interface GrantedVisit {
  readonly visitor: string;
  readonly offer: string;
  readonly days: number;
  readonly score: number;
  /**
   * True if another result was just as good and the lots decided for this visit; undefined where that was not worked
   * out (unequal days).
   */
  readonly byLot?: boolean;
}

export interface InstitutionBalance {
  readonly institution: string;
  /** Before, over the year; this cycle's days; and afterwards (`carried + hosted - sent`). */
  readonly carried: number;
  readonly hosted: number;
  readonly sent: number;
  readonly after: number;
  /** Where `after` had to lie: within delta of 0, or no further out than `carried` was. */
  readonly limits: readonly [lowest: number, highest: number];
}

/** At which institution the balance stands in the way, and how: it has hosted, or sent, as much as it may. */
export interface AtLimit {
  readonly institution: string;
  readonly side: 'hosts' | 'sends';
}

/** Why a visitor has no visit. Lists are cut at `LISTED_AT_MOST`; counts are of all. */
export type NoVisitReason =
  | { readonly kind: 'offers-have-no-places'; readonly offerCount: number; readonly offers: readonly string[] }
  /** An offer they asked for has a free place, but the visit alone would take an institution past its limit. */
  | ({
      readonly kind: 'balance';
      readonly offer: string;
      readonly atLimit: readonly AtLimit[];
    } & Lacking)
  /** Every place of what they asked for is taken. */
  | ({
      readonly kind: 'competition';
      readonly offerCount: number;
      readonly placeCount: number;
      /** Visitors who asked for any of these offers. */
      readonly askedBy: number;
    } & Lacking)
  /** A free place within the limits, but at a lower total or fewer visits (unequal days). */
  | ({ readonly kind: 'lower-total'; readonly offer: string } & Lacking);

export interface Lacking {
  /**
   * The least whole number of points more, on the visit to `for`, at which a best result includes it: with exactly so
   * many it comes to lots, with one more it is certain. Undefined where no number of points would do (the limits rule the
   * visit out, or it would cost another), or where it was not worked out (unequal days; very many institutions).
   */
  readonly pointsShort?: number;
  readonly for?: string;
  /** Whether they would have a visit in `looser`; undefined where that was not worked out. */
  readonly visitsIfLooser?: boolean;
}

/**
 * Proof by prices (linear-programming duality), checked by `verifyExchange` without solving again. A visit's value is
 * `scale * score + visitWorth`. No choice within the limits is worth more than
 *
 * `sum(visitor prices) + sum(places * offer price) + sum(limit of the institution * |its price|)
 *  + sum over requests of max(0, value - visitor's price - offer's price - host's price + home's price)`
 *
 * where an institution's limit counts visits: hosted beyond sent if its price is above 0, sent beyond hosted if below.
 * That sum is `bound`. Texts, since they may exceed 2^53.
 */
export interface PriceProof {
  readonly kind: 'prices';
  readonly scale: number;
  readonly visitWorth: number;
  /** Days of every visit between institutions; null if unequal, where all prices of institutions are 0. */
  readonly daysEach: number | null;
  readonly visitors: readonly (readonly [id: string, price: number])[];
  readonly offers: readonly (readonly [id: string, price: number])[];
  readonly institutions: readonly (readonly [id: string, price: number])[];
  readonly bound: string;
  readonly value: string;
  /** `bound - value`: always 0. */
  readonly gap: 0;
}

/**
 * Unequal days make the limits sums of unlike numbers, which prices alone cannot prove best. HiGHS searched the whole
 * tree to a gap of 0 in floating point; the answer's limits, places and sums were checked again in whole numbers.
 */
export interface SearchProof {
  readonly kind: 'search';
  readonly solver: 'highs';
  readonly gap: 0;
}

export interface ExchangeResult {
  /** Sorted by visitor id (by code unit). */
  readonly visits: readonly GrantedVisit[];
  readonly count: number;
  readonly total: number;
  /** The lowest score of a visit; null if there is none. */
  readonly floor: number | null;
  readonly institutions: readonly InstitutionBalance[];
  readonly unmatched: readonly { readonly visitor: string; readonly reason: NoVisitReason }[];
  /** What the next larger delta that changes any limit would give; undefined for unequal days or if nobody is left out. */
  readonly looser?: { readonly delta: number; readonly count: number; readonly total: number };
  readonly certificate: PriceProof | SearchProof;
  /** SHA-256 of the input in canonical order with delta and balances, without order and seed; hexadecimal. */
  readonly inputHash: string;
  readonly delta: number;
  readonly order: ExchangeOrder;
  readonly seed: string;
  readonly engineVersion: string;
}
