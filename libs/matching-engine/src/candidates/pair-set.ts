import type { Instance } from '../assign/instance.ts';
import type { CandidateRows } from './candidates.ts';
import type { ProfileIndex } from './profile-index.ts';

/** Some of all allowed pairs, by mentee in compressed rows, each row by mentor. */
export interface PairSet {
  readonly start: Int32Array;
  readonly mentor: Int32Array;
  readonly score: Int32Array;
}

export function pairSetOf({ start, mentor, score }: CandidateRows): PairSet {
  const sorted = { start, mentor: mentor.slice(), score: score.slice() };
  for (let i = 0; i + 1 < start.length; i++) sortRow(sorted.mentor, sorted.score, start[i]!, start[i + 1]!);
  return sorted;
}

/** Pairs to be added, mentee after mentee in any order of mentees. */
export class AddedPairs {
  count = 0;
  mentee = new Int32Array(1024);
  mentor = new Int32Array(1024);
  score = new Int32Array(1024);

  push(mentee: number, mentor: number, score: number): void {
    if (this.count === this.mentee.length) {
      this.mentee = doubled(this.mentee);
      this.mentor = doubled(this.mentor);
      this.score = doubled(this.score);
    }
    this.mentee[this.count] = mentee;
    this.mentor[this.count] = mentor;
    this.score[this.count++] = score;
  }

  /** Both together; none of those added may be there already. O(pairs). */
  mergedWith({ start, mentor, score }: PairSet): PairSet {
    const mentees = start.length - 1;
    const added = new Int32Array(mentees);
    for (let at = 0; at < this.count; at++) added[this.mentee[at]!]!++;
    const mergedStart = new Int32Array(mentees + 1);
    for (let i = 0; i < mentees; i++) mergedStart[i + 1] = mergedStart[i]! + start[i + 1]! - start[i]! + added[i]!;
    const mergedMentor = new Int32Array(mergedStart[mentees]!);
    const mergedScore = new Int32Array(mergedStart[mentees]!);
    const next = mergedStart.slice();
    for (let i = 0; i < mentees; i++) {
      mergedMentor.set(mentor.subarray(start[i]!, start[i + 1]!), next[i]!);
      mergedScore.set(score.subarray(start[i]!, start[i + 1]!), next[i]!);
      next[i]! += start[i + 1]! - start[i]!;
    }
    for (let at = 0; at < this.count; at++) {
      const to = next[this.mentee[at]!]!++;
      mergedMentor[to] = this.mentor[at]!;
      mergedScore[to] = this.score[at]!;
    }
    for (let i = 0; i < mentees; i++) {
      if (added[i]! > 0) sortRow(mergedMentor, mergedScore, mergedStart[i]!, mergedStart[i + 1]!);
    }
    return { start: mergedStart, mentor: mergedMentor, score: mergedScore };
  }
}

/** The instance with these pairs alone. O(pairs). */
export function instanceOf(index: ProfileIndex, { start, mentor, score }: PairSet): Instance {
  const mentors = index.mentorIds.length;
  const mentee = new Int32Array(mentor.length);
  for (let i = 0; i + 1 < start.length; i++) mentee.fill(i, start[i]!, start[i + 1]!);
  const mentorStart = new Int32Array(mentors + 1);
  for (const j of mentor) mentorStart[j + 1]!++;
  for (let j = 0; j < mentors; j++) mentorStart[j + 1]! += mentorStart[j]!;
  const next = mentorStart.slice();
  const mentorEdges = new Int32Array(mentor.length);
  for (let pair = 0; pair < mentor.length; pair++) mentorEdges[next[mentor[pair]!]!++] = pair;
  return {
    menteeIds: index.menteeIds,
    menteePlaces: index.menteePlaces,
    mentorIds: index.mentorIds,
    mentorPlaces: index.mentorPlaces,
    menteeStart: start,
    mentee,
    mentor,
    score,
    mentorStart,
    mentorEdges,
  };
}

function sortRow(mentor: Int32Array, score: Int32Array, start: number, end: number): void {
  for (let at = start + 1; at < end; at++) {
    const own = mentor[at]!;
    const points = score[at]!;
    let to = at;
    for (; to > start && mentor[to - 1]! > own; to--) {
      mentor[to] = mentor[to - 1]!;
      score[to] = score[to - 1]!;
    }
    mentor[to] = own;
    score[to] = points;
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
}
