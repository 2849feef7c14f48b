import { compressInstance, resultOf, setPinsAside, solve, type AssignResult } from '@waymark/matching-engine';
import type { MatchingInput } from './matching-input';
import { columnsOf, type Pin } from './pins';
import type { ScoredPairs } from './score-pairs';

/** What a round is solved as: most pairs, then the highest total, the pins made before anything; its id draws the lots. */
export const solveRound = (
  input: MatchingInput,
  scored: Pick<ScoredPairs, 'mentee' | 'mentor' | 'score'>,
  pins: readonly Pin[],
  roundId: string,
): { answer: () => AssignResult; elapsedMs: number } => {
  const aside = setPinsAside({
    menteeIds: input.mentees.map((mentee) => mentee.requestId),
    menteePlaces: input.mentees.map((mentee) => mentee.places),
    mentorIds: input.mentors.map((mentor) => mentor.enrolmentId),
    mentorPlaces: input.mentors.map((mentor) => mentor.places),
    pairMentee: scored.mentee,
    pairMentor: scored.mentor,
    pairScore: scored.score,
    pinned: columnsOf(pins, scored),
  });
  const instance = compressInstance(aside.rest);
  const started = performance.now();
  const solution = solve(instance, 'pairs-total', roundId);
  const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
  return { answer: () => resultOf(instance, solution, roundId, aside), elapsedMs };
};
