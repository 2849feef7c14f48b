import { indexProfiles, type ProfileIndex } from './profile-index.ts';
import type { ProfileTable } from './profile-types.ts';
import { ProfilesRefused } from './profiles-refused.ts';
import { RowScorer } from './row-scorer.ts';

/**
 * Everybody's best mentors in compressed rows. Row i, from `start[i]` up to `start[i + 1]`, is that of
 * `menteeIds[i]`, best first; `mentor` are positions in `mentorIds`. Ids are in canonical order (by code unit).
 */
export interface CandidateRows {
  readonly menteeIds: readonly string[];
  readonly mentorIds: readonly string[];
  readonly start: Int32Array;
  readonly mentor: Int32Array;
  readonly score: Int32Array;
}

/**
 * The best `k` allowed mentors with places for each mentee, exactly: by score, and among equal scores by lot. For the
 * lots, mentors stand in a circle in an order drawn from the seed and their ids, every mentee starts at a point drawn
 * likewise, and the first on the way round comes first: so equals are spread, nobody's listing matters, and whoever
 * else takes part changes nothing between two mentors.
 *
 * Scores are whole points (the mentee's own included). O(mentees * mentors / 4 + shared values) time at worst, in
 * steps of a machine word for four mentors while scores stay small; O(mentees * k + mentors + values) space. Throws
 * `ProfilesRefused` with the position of the first fault.
 */
export function candidates(table: ProfileTable, k: number, seed: string): CandidateRows {
  if (!Number.isInteger(k) || k < 0) {
    throw new ProfilesRefused(
      'count-not-whole',
      { list: 'count', index: 0, field: 'count' },
      `not a whole number: ${k}`,
    );
  }
  return bestRows(indexProfiles(table, seed), k);
}

/** `candidates` over profiles already indexed. */
export function bestRows(index: ProfileIndex, k: number): CandidateRows {
  const { menteeIds, mentorIds, seatMentor, menteePoints, byGroup } = index;
  const width = Math.min(k, seatMentor.length);
  const scorer = new RowScorer(index);
  const { found, value } = scorer;
  const start = new Int32Array(menteeIds.length + 1);
  let mentor = new Int32Array(menteeIds.length * width);
  let score = new Int32Array(menteeIds.length * width);
  for (const mentee of byGroup) {
    const count = scorer.best(mentee, width);
    start[mentee + 1] = count;
    const points = menteePoints[mentee]!;
    for (let entry = 0, to = mentee * width; entry < count; entry++, to++) {
      mentor[to] = seatMentor[found[entry]!]!;
      score[to] = value[entry]! + points;
    }
  }
  let pairs = 0;
  for (let mentee = 0; mentee < menteeIds.length; mentee++) {
    const count = start[mentee + 1]!;
    const from = mentee * width;
    if (from !== pairs) {
      mentor.copyWithin(pairs, from, from + count);
      score.copyWithin(pairs, from, from + count);
    }
    start[mentee + 1] = pairs += count;
  }
  if (pairs < mentor.length) [mentor, score] = [mentor.slice(0, pairs), score.slice(0, pairs)];
  return { menteeIds, mentorIds, start, mentor, score };
}
