import type { LeftOutRow, RoundRules, ScorePart } from '@waymark/contracts';
import type { RunSummary, StoredLeftOutReason } from '../entities';
import { identityCounts, type MatchingInput } from './matching-input';
import { type NewMentor, newMentorsThatWouldHelp } from './new-mentors';
import { explainPair, mostShownPoints, type ScoredPairs } from './score-pairs';
import type { SolvedRound } from './solve-round';
import { withoutPoints } from './stored-reason';

/** A run's result as it is written. */
export interface RunResult {
  pairs: {
    requestId: string;
    enrolmentId: string;
    score: number;
    shownScore: number;
    parts: ScorePart[];
    pinned: boolean;
  }[];
  leftOut: { requestId: string; reason: StoredLeftOutReason; blocked: LeftOutRow['blocked'] }[];
  unlocks: { enrolmentId: string; servesCount: number; serves: string[] }[];
  newMentors: NewMentor[];
  summary: RunSummary;
}

/** Puts the engine's answer together with what people are shown: parts of each score, and who is left out by what. */
export const runResult = (
  input: MatchingInput,
  rules: RoundRules,
  scored: ScoredPairs,
  solved: SolvedRound,
  pinsNotKept: number,
): RunResult => {
  const answer = solved.answer();
  const counts = identityCounts(input, rules);
  const menteeAt = new Map(input.mentees.map((mentee, at) => [mentee.requestId, at]));
  const mentorAt = new Map(input.mentors.map((mentor, at) => [mentor.enrolmentId, at]));
  let identityPairs = 0;
  const pairs = answer.pairs.map(({ mentee, mentor, score, pinned = false }) => {
    const two = [input.mentees[menteeAt.get(mentee) ?? -1], input.mentors[mentorAt.get(mentor) ?? -1]] as const;
    if (!two[0] || !two[1]) throw new Error('the engine paired somebody who is not in the round');
    const { shownScore, identityPoints, parts } = explainPair(two[0], two[1], rules);
    if (identityPoints > 0) identityPairs += 1;
    return { requestId: mentee, enrolmentId: mentor, score, shownScore, parts, pinned };
  });
  const leftOut = answer.unmatched.map(({ mentee, reason }) => {
    const blocked = scored.blocked(menteeAt.get(mentee) ?? -1);
    return { requestId: mentee, reason: counts ? withoutPoints(reason) : reason, blocked };
  });
  const shown = pairs.map((pair) => pair.shownScore);
  const waits = (requestIds: Iterable<string>) =>
    [...requestIds].map((id) => input.mentees[menteeAt.get(id) ?? -1]?.roundsWaited ?? 0);
  return {
    pairs,
    leftOut,
    unlocks: answer.unlocks.map(({ mentor, servesCount, serves }) => ({
      enrolmentId: mentor,
      servesCount,
      serves: [...serves],
    })),
    newMentors: newMentorsThatWouldHelp(
      input,
      rules,
      solved,
      leftOut.map((row) => row.requestId),
    ),
    summary: {
      mentees: input.mentees.length,
      mentors: input.mentors.length,
      places: input.mentors.reduce((sum, mentor) => sum + mentor.places, 0),
      count: answer.count,
      menteesPaired: new Set(pairs.map((pair) => pair.requestId)).size,
      leftOut: leftOut.length,
      total: answer.total,
      shownTotal: shown.reduce((sum, score) => sum + score, 0),
      identityPairs,
      lowest: shown.length > 0 ? shown.reduce((least, score) => Math.min(least, score)) : null,
      highest: shown.length > 0 ? shown.reduce((most, score) => Math.max(most, score)) : null,
      of: mostShownPoints(rules, most(waits(menteeAt.keys())) ?? 0),
      longestWait: most(waits(leftOut.map((row) => row.requestId))),
      pinsNotKept,
      pairsAboveLowest: answer.pairsAboveLowest,
      stability: answer.stability,
      identityCounts: counts,
      engineVersion: answer.engineVersion,
      inputHash: answer.inputHash,
      elapsedMs: solved.elapsedMs,
    },
  };
};

const most = (numbers: readonly number[]): number | null =>
  numbers.length > 0 ? numbers.reduce((highest, number) => Math.max(highest, number)) : null;
