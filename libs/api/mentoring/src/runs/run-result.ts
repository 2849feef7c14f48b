import type { AssignResult, LeftOutReason } from '@waymark/matching-engine';
import type { LeftOutRow, RoundRules, ScorePart } from '@waymark/contracts';
import type { RunSummary, StoredLeftOutReason } from '../entities';
import type { MatchingInput } from './matching-input';
import { explainPair, mostShownPoints, type ScoredPairs } from './score-pairs';

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
  summary: RunSummary;
}

/** Puts the engine's answer together with what people are shown: parts of each score, and who is left out by what. */
export const runResult = (
  input: MatchingInput,
  rules: RoundRules,
  scored: ScoredPairs,
  answer: AssignResult,
  { elapsedMs, pinsNotKept }: Pick<RunSummary, 'elapsedMs'> & { pinsNotKept: number },
): RunResult => {
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
    return { requestId: mentee, reason: storedReason(reason), blocked };
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
      engineVersion: answer.engineVersion,
      inputHash: answer.inputHash,
      elapsedMs,
    },
  };
};

const most = (numbers: readonly number[]): number | null =>
  numbers.length > 0 ? numbers.reduce((highest, number) => Math.max(highest, number)) : null;

const storedReason = (reason: LeftOutReason): StoredLeftOutReason => {
  switch (reason.kind) {
    case 'asks-for-no-mentor':
    case 'no-allowed-mentor':
      return { kind: 'no-mentor-allowed' };
    case 'mentors-have-no-places':
      return { kind: 'no-places' };
    case 'competition':
      return {
        kind: 'competition',
        people: reason.menteeCount,
        places: reason.placeCount,
        enrolmentIds: [...reason.mentors],
      };
    // A round seeks the most pairs and no floor, so nobody is left out for points alone.
    case 'below-floor':
    case 'lower-total':
      return {
        kind: 'competition',
        people: 2,
        places: 1,
        enrolmentIds: reason.mentor === undefined ? [] : [reason.mentor],
      };
  }
};
