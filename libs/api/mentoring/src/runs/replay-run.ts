import { ENGINE_VERSION } from '@waymark/matching-engine';
import type { KnownRound } from './explain-two';

/** A pair as a run keeps it. */
export interface KeptPair {
  requestId: string;
  enrolmentId: string;
  score: number;
  pinned: boolean;
}

/** What a replay found: what the engine was given now, and whether the very same pairs come out. */
export interface Replayed {
  inputHash: string;
  samePairs: boolean;
  engineVersion: string;
  elapsedMs: number;
}

/** Compares a kept run's pairs with what the same method gives for the people and rules as they are now. */
export const replay = ({ solved, inputHash }: KnownRound, kept: readonly KeptPair[]): Replayed => {
  const lineOf = (one: string, other: string, score: number, pinned: boolean) => `${one} ${other} ${score} ${pinned}`;
  const then = new Set(
    kept.map(({ requestId, enrolmentId, score, pinned }) => lineOf(requestId, enrolmentId, score, pinned)),
  );
  const now = solved.pairs();
  return {
    inputHash,
    samePairs:
      now.length === then.size &&
      now.every(({ mentee, mentor, score, pinned = false }) => then.has(lineOf(mentee, mentor, score, pinned))),
    engineVersion: ENGINE_VERSION,
    elapsedMs: solved.elapsedMs,
  };
};
