import {
  deferAcceptance,
  ENGINE_VERSION,
  hashInstance,
  type Instance,
  rankByScore,
  type SetAside,
  solve,
  stableResultOf,
  type StableResult,
} from '@waymark/matching-engine';
import type { StoredLeftOutReason } from '../entities';
import type { MadePair, RoundAnswer } from './solve-round';

/**
 * Deferred acceptance with what the two would score as the preference of both: so nobody has a worse pair than they could
 * have with somebody who would also rather have them. Equal scores are ties, which the round's lots decide.
 */
export const solveStable = (instance: Instance, roundId: string): StableResult => {
  const ranked = rankByScore(instance);
  return stableResultOf(ranked, deferAcceptance(ranked, roundId), roundId);
};

/** The pairs with their scores again, by mentee and mentor; the pinned ones too. */
export const pairsOfStable = (
  instance: Instance,
  { pinned }: Pick<SetAside, 'pinned'>,
  { pairs }: StableResult,
): MadePair[] => {
  const scoreOf = scoresOf(instance);
  return [...pairs.map(({ mentee, mentor }) => ({ mentee, mentor, score: scoreOf(mentee, mentor) })), ...pinned].sort(
    (one, other) => compare(one.mentee, other.mentee) || compare(one.mentor, other.mentor),
  );
};

/** The result with scores again, why each is left out, and what stability costs against most pairs and then most points. */
export const answerOfStable = (
  instance: Instance,
  aside: Pick<SetAside, 'pinned'>,
  stable: StableResult,
  roundId: string,
): RoundAnswer => {
  const pairs = pairsOfStable(instance, aside, stable);
  const found = pairs.filter(({ pinned }) => !pinned);
  const totalOf = (list: readonly { score: number }[]) => list.reduce((sum, { score }) => sum + score, 0);
  const { choice } = solve(instance, 'pairs-total', roundId);
  let bestTotal = 0;
  choice.chosen.forEach((chosen, edge) => {
    if (chosen) bestTotal += instance.score[edge] ?? 0;
  });
  const has = new Set(pairs.map(({ mentee }) => mentee));
  const leastHeld = leastHeldOf(found);
  return {
    pairs,
    count: pairs.length,
    total: totalOf(pairs),
    unmatched: stable.unmatched
      .filter(({ mentee }) => !has.has(mentee))
      .map(({ mentee, reason }) => ({ mentee, reason: reasonOf(instance, leastHeld, mentee, reason) })),
    unlocks: [],
    pairsAboveLowest: null,
    stability: { pairsFewer: choice.count - found.length, pointsFewer: bestTotal - totalOf(found) },
    inputHash: hashInstance(instance, aside.pinned),
    engineVersion: ENGINE_VERSION,
  };
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Looks up what two people of the instance score; pairs of one mentee lie together. */
const scoresOf = (instance: Instance): ((mentee: string, mentor: string) => number) => {
  const menteeAt = new Map(instance.menteeIds.map((id, at) => [id, at]));
  return (mentee, mentor) => {
    const at = menteeAt.get(mentee) ?? -1;
    const [from = 0, to = 0] = [instance.menteeStart[at], instance.menteeStart[at + 1]];
    for (let edge = from; edge < to; edge += 1) {
      if (instance.mentorIds[instance.mentor[edge] ?? -1] === mentor) return instance.score[edge] ?? 0;
    }
    throw new Error('the engine paired two who are not allowed together');
  };
};

/** By mentor, the lowest score among those they hold. */
const leastHeldOf = (pairs: readonly { mentor: string; score: number }[]): Map<string, number> => {
  const least = new Map<string, number>();
  for (const { mentor, score } of pairs) least.set(mentor, Math.min(least.get(mentor) ?? Infinity, score));
  return least;
};

const reasonOf = (
  instance: Instance,
  leastHeld: ReadonlyMap<string, number>,
  mentee: string,
  reason: StableResult['unmatched'][number]['reason'],
): StoredLeftOutReason => {
  switch (reason.kind) {
    case 'asks-for-no-mentor':
    case 'listed-nobody':
    case 'listed-by-none-of-them':
      return { kind: 'no-mentor-allowed' };
    case 'mentors-have-no-places':
      return { kind: 'no-places' };
    case 'others-preferred':
      return { kind: 'others-preferred', ...nearest(instance, leastHeld, mentee) };
  }
};

/** The mentor with whom the fewest points are lacking to whoever they hold last. */
const nearest = (
  instance: Instance,
  leastHeld: ReadonlyMap<string, number>,
  mentee: string,
): { pointsShort?: number; with?: string } => {
  const at = instance.menteeIds.indexOf(mentee);
  let best: { pointsShort: number; with: string } | undefined;
  for (let edge = instance.menteeStart[at] ?? 0; edge < (instance.menteeStart[at + 1] ?? 0); edge += 1) {
    const id = instance.mentorIds[instance.mentor[edge] ?? -1];
    const least = id === undefined ? undefined : leastHeld.get(id);
    if (id === undefined || least === undefined) continue;
    const pointsShort = least - (instance.score[edge] ?? 0);
    if (!best || pointsShort < best.pointsShort) best = { pointsShort, with: id };
  }
  return best ?? {};
};
