import type { MatchingMethod, RoundRules } from '@waymark/contracts';
import {
  type AssignedPair,
  type AssignOrder,
  compressInstance,
  hashInstance,
  type Instance,
  LINEAR,
  resultOf,
  type SetAside,
  setPinsAside,
  settle,
  type Settled,
  solve,
  type Solution,
  type Unlock,
} from '@waymark/matching-engine';
import type { StoredLeftOutReason } from '../entities';
import type { MatchingInput } from './matching-input';
import { columnsOf, type Pin } from './pins';
import { mostPoints, type ScoredPairs } from './score-pairs';
import { answerOfStable, pairsOfStable, solveStable } from './solve-stable';
import { storedReason } from './stored-reason';

/** What came of a round, whatever the method. */
export interface RoundAnswer {
  pairs: readonly MadePair[];
  count: number;
  total: number;
  unmatched: readonly { mentee: string; reason: StoredLeftOutReason }[];
  /** Methods that pair as many as possible. */
  unlocks: readonly Unlock[];
  /** Method `pairs-floor-total`: so many pairs at most if all had more than the lowest score. */
  pairsAboveLowest: number | null;
  /** Method `stable`: what it costs against most pairs and then most points. */
  stability: { pairsFewer: number; pointsFewer: number } | null;
  inputHash: string;
  engineVersion: string;
}

/** A pair that was made. */
export type MadePair = Pick<AssignedPair, 'mentee' | 'mentor' | 'score' | 'pinned'>;

/** A round that is solved and not explained yet. */
export interface SolvedRound {
  pairs: () => MadePair[];
  /** With the prices that explain it; null for method `stable`, which has none. */
  settled: () => Settled | null;
  inputHash: () => string;
  answer: () => RoundAnswer;
  /** The pairs that there would be if this mentor offered one place more. */
  withOnePlaceMore: (mentor: string) => MadePair[];
  elapsedMs: number;
}

/** How the engine is asked for each method but the stable one. */
const orders: Readonly<Record<Exclude<MatchingMethod, 'stable'>, AssignOrder>> = {
  'pairs-total': 'pairs-total',
  'pairs-floor-total': 'pairs-floor-total',
  'pairs-dissatisfaction': 'pairs-total',
  total: 'total',
};

/** What a round is solved as: by its method, the pins made before anything; its id draws the lots. */
export const solveRound = (
  input: MatchingInput,
  rules: RoundRules,
  scored: Pick<ScoredPairs, 'mentee' | 'mentor' | 'score'>,
  pins: readonly Pin[],
  roundId: string,
): SolvedRound => {
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
  const inputHash = () => hashInstance(instance, aside.pinned);
  const started = performance.now();
  const solved = solvedAs(instance, aside, rules.method, mostPoints(input, rules), roundId);
  const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
  return {
    ...solved,
    inputHash,
    elapsedMs,
    withOnePlaceMore: (mentor) => {
      const mentorPlaces = instance.mentorPlaces.slice();
      const at = instance.mentorIds.indexOf(mentor);
      mentorPlaces[at] = (mentorPlaces[at] ?? 0) + 1;
      const wider = { ...instance, mentorPlaces };
      return solvedAs(wider, aside, rules.method, mostPoints(input, rules), roundId).pairs();
    },
  };
};

const solvedAs = (
  instance: Instance,
  aside: SetAside,
  method: MatchingMethod,
  ceiling: number,
  roundId: string,
): Pick<SolvedRound, 'settled' | 'pairs' | 'answer'> => {
  if (method === 'stable') {
    const stable = solveStable(instance, roundId);
    return {
      settled: () => null,
      pairs: () => pairsOfStable(instance, aside, stable),
      answer: () => answerOfStable(instance, aside, stable, roundId),
    };
  }
  const solution = solve(
    instance,
    orders[method],
    roundId,
    method === 'pairs-dissatisfaction' ? { dissatisfaction: 'convex', ceiling } : LINEAR,
  );
  let settled: Settled | undefined;
  return {
    settled: () => (settled ??= settle(instance, solution, roundId, aside)),
    pairs: () => pairsOf(instance, solution, aside),
    answer: () => answerOf(instance, aside, solution, roundId),
  };
};

const pairsOf = (instance: Instance, { choice }: Solution, { pinned }: SetAside): MadePair[] => {
  const pairs: MadePair[] = [...pinned];
  choice.chosen.forEach((chosen, edge) => {
    const [mentee, mentor] = [
      instance.menteeIds[instance.mentee[edge] ?? -1],
      instance.mentorIds[instance.mentor[edge] ?? -1],
    ];
    if (chosen && mentee !== undefined && mentor !== undefined)
      pairs.push({ mentee, mentor, score: instance.score[edge] ?? 0 });
  });
  return pairs;
};

const answerOf = (instance: Instance, aside: SetAside, solution: Solution, roundId: string): RoundAnswer => {
  const result = resultOf(instance, solution, roundId, aside);
  const { aboveFloor } = result.certificate;
  return {
    ...result,
    unmatched: result.unmatched.map(({ mentee, reason }) => ({ mentee, reason: storedReason(reason) })),
    pairsAboveLowest: aboveFloor ? aboveFloor.pairsBound + aside.pinned.length : null,
    stability: null,
  };
};
