import type { AllowedPair, AssignCertificate } from '../assign/assign-types.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { ProfilesSolution } from './assign-profiles.ts';
import { hashProfiles } from './profile-hash.ts';
import type { ProfileIndex } from './profile-index.ts';

/** A round of profiles, decided over all allowed pairs. */
export interface ProfilesResult {
  /** Sorted by mentee id, then mentor id (by code unit). */
  readonly pairs: readonly AllowedPair[];
  readonly count: number;
  readonly total: number;
  /** Mentees without a pair, by id. */
  readonly unmatched: readonly string[];
  /**
   * As for `assign` under order `pairs-total` (see `AssignCertificate`), over every allowed pair with a mentor who has
   * places, held or not: `verifyProfiles` goes through them all.
   */
  readonly certificate: AssignCertificate;
  /** How many of all pairs had to be held, and how often more were added. */
  readonly heldPairs: number;
  readonly additions: number;
  /** SHA-256 of the profiles and rules in canonical order; hexadecimal. */
  readonly inputHash: string;
  readonly order: 'pairs-total';
  readonly seed: string;
  readonly engineVersion: string;
}

/** Pairs, proof and hash of a solved round. O(people + pairs held + values). */
export function profilesResultOf(solved: ProfilesSolution, seed: string): ProfilesResult {
  const { index, pairs: held, chosen } = solved;
  const { menteeIds, mentorIds } = index;
  const pairs: AllowedPair[] = [];
  const unmatched: string[] = [];
  let total = 0;
  for (let i = 0; i < menteeIds.length; i++) {
    const before = pairs.length;
    for (let pair = held.start[i]!; pair < held.start[i + 1]!; pair++) {
      if (!chosen[pair]) continue;
      total += held.score[pair]!;
      pairs.push({ mentee: menteeIds[i]!, mentor: mentorIds[held.mentor[pair]!]!, score: held.score[pair]! });
    }
    if (pairs.length === before) unmatched.push(menteeIds[i]!);
  }
  return {
    pairs,
    count: pairs.length,
    total,
    unmatched,
    certificate: certifyProfiles(solved, pairs.length, total),
    heldPairs: held.mentor.length,
    additions: solved.additions,
    inputHash: hashProfiles(index),
    order: 'pairs-total',
    seed,
    engineVersion: ENGINE_VERSION,
  };
}

/** The highest score that the rules could give anybody: a bound that needs no pair to be looked at. */
function mostScore({ table, attributes, menteePoints }: ProfileIndex): number {
  const grade = table.rules.gradePoints.reduce((most, { points }) => Math.max(most, points), 0);
  const own = menteePoints.reduce((most, points) => Math.max(most, points), 0);
  return attributes.reduce(
    (sum, { rule, mostValues }) => sum + rule.pointsOnce + mostValues * (rule.pointsEach ?? 0),
    grade + own,
  );
}

/**
 * Prices as in `certify`, but over all pairs: pairs between two rows are never chosen, and of those left out none was
 * looked at; the price of a pair is put so low that no score the rules could give would count.
 */
function certifyProfiles(solved: ProfilesSolution, count: number, total: number): AssignCertificate {
  const { index, pairs: held, chosen, solution } = solved;
  const { menteeRow, menteeColumn, mentorRow, mentorColumn } = solution.layout;
  const { rowPrice, columnPrice } = solution.optimum;
  const { competition } = solution;
  const leastOf = (rows: Int32Array, counts: (at: number) => boolean) =>
    rows.reduce((least, row, at) => (row >= 0 && counts(at) ? Math.min(least, rowPrice[row]!) : least), Infinity);
  const hasPlaces = (mentee: number) => index.menteePlaces[mentee]! > 0;
  const leastMentee = leastOf(menteeRow, hasPlaces);
  const leastMentor = leastOf(mentorRow, () => true);
  let pairPrice = Math.min(leastMentee, leastMentor, leastMentee + leastMentor - mostScore(index));
  const isAcross = (i: number, j: number) => menteeRow[i] === -1 && mentorRow[j] === -1;
  for (let i = 0; i < menteeRow.length; i++) {
    for (let pair = held.start[i]!; pair < held.start[i + 1]!; pair++) {
      const j = held.mentor[pair]!;
      if (!isAcross(i, j)) continue;
      const left = held.score[pair]! - columnPrice[menteeColumn[i]!]! - columnPrice[mentorColumn[j]!]!;
      pairPrice = Math.min(pairPrice, left);
    }
  }
  if (pairPrice === Infinity) pairPrice = 0;
  const priceOf = (row: number, column: number) => (row >= 0 ? rowPrice[row]! - pairPrice : columnPrice[column]!);
  const menteePrice = Float64Array.from(menteeRow, (row, i) =>
    // Who has no place is in no pair, at a price that costs nothing.
    hasPlaces(i) ? priceOf(row, menteeColumn[i]!) : Math.max(0, mostScore(index) - pairPrice),
  );
  const mentorPrice = Float64Array.from(mentorRow, (row, j) =>
    index.mentorPlaces[j]! > 0 ? priceOf(row, mentorColumn[j]!) : 0,
  );
  let dual = BigInt(pairPrice) * BigInt(count);
  menteePrice.forEach((price, i) => (dual += BigInt(price) * BigInt(index.menteePlaces[i]!)));
  mentorPrice.forEach((price, j) => (dual += BigInt(price) * BigInt(index.mentorPlaces[j]!)));
  for (let i = 0; i < menteeRow.length; i++) {
    for (let pair = held.start[i]!; pair < held.start[i + 1]!; pair++) {
      if (!chosen[pair]) continue;
      const over = held.score[pair]! - pairPrice - menteePrice[i]! - mentorPrice[held.mentor[pair]!]!;
      if (over > 0) dual += BigInt(over);
    }
  }
  if (dual !== BigInt(total)) throw new Error(`the engine's own proof fails: ${dual} is not ${total}`);
  const line = (id: string, price: number, competes: number | undefined) => [id, price, competes ? 1 : 0] as const;
  return {
    order: 'pairs-total',
    pairsBound: count,
    scale: 1,
    pairPrice,
    dualObjective: String(dual),
    primalObjective: String(total),
    gap: 0,
    mentees: index.menteeIds.map((id, i) => line(id, menteePrice[i]!, competition?.mentees[i])),
    mentors: index.mentorIds.map((id, j) => line(id, mentorPrice[j]!, competition?.mentors[j])),
  };
}
