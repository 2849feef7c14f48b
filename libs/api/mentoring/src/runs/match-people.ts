import type { JobStage, RoundRules } from '@waymark/contracts';
import { type MatchingInput, withEnoughIdentity } from './matching-input';
import { holdingPins } from './pins';
import { runResult, type RunResult } from './run-result';
import { scorePairs } from './score-pairs';
import { solveRound } from './solve-round';

/** What one matching works on: plain data, which can be sent to a thread. */
export interface MatchingWork {
  input: MatchingInput;
  rules: RoundRules;
  roundId: string;
}

export interface MatchingStep {
  stage: Extract<JobStage, 'scoring' | 'matching' | 'explaining'>;
  percent: number;
}

/** Scores, solves and explains, a stage at a time: says which one begins, and answers with the whole result. */
export function* matchPeople({ input: read, rules, roundId }: MatchingWork): Generator<MatchingStep, RunResult> {
  const input = withEnoughIdentity(read);
  yield { stage: 'scoring', percent: 20 };
  const scored = scorePairs(input, rules);
  yield { stage: 'matching', percent: 45 };
  const { pins, notKept } = holdingPins(input, rules);
  const solved = solveRound(input, rules, scored, pins, roundId);
  yield { stage: 'explaining', percent: 75 };
  return runResult(input, rules, scored, solved, notKept);
}
