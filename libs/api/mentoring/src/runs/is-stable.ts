import type { MatchingInput } from './matching-input';
import type { Pin } from './pins';
import type { ScoredPairs } from './score-pairs';
import type { MadePair } from './solve-round';

/**
 * Whether no two people who are allowed together would both have a better pair by it, pins set aside: each of the two with a
 * place free or with somebody of fewer points. Reads the scores alone, nothing of how the pairs were found.
 */
export const isStable = (
  input: Pick<MatchingInput, 'mentees' | 'mentors'>,
  scored: Pick<ScoredPairs, 'mentee' | 'mentor' | 'score'>,
  pins: readonly Pin[],
  pairs: readonly Pick<MadePair, 'mentee' | 'mentor' | 'score'>[],
): boolean => {
  const keyOf = (mentee: number, mentor: number) => mentee * input.mentors.length + mentor;
  const menteeAt = new Map(input.mentees.map(({ requestId }, at) => [requestId, at]));
  const mentorAt = new Map(input.mentors.map(({ enrolmentId }, at) => [enrolmentId, at]));
  const free = { mentee: input.mentees.map(({ places }) => places), mentor: input.mentors.map(({ places }) => places) };
  const lowest = { mentee: free.mentee.map(() => Infinity), mentor: free.mentor.map(() => Infinity) };
  const aside = new Set<number>();
  const take = (side: 'mentee' | 'mentor', at: number) => (free[side][at] = (free[side][at] ?? 0) - 1);
  for (const { mentee, mentor } of pins) {
    aside.add(keyOf(mentee, mentor));
    take('mentee', mentee);
    take('mentor', mentor);
  }
  for (const pair of pairs) {
    const [mentee, mentor] = [menteeAt.get(pair.mentee) ?? -1, mentorAt.get(pair.mentor) ?? -1];
    const key = keyOf(mentee, mentor);
    if (aside.has(key)) continue;
    aside.add(key);
    for (const [side, at] of [
      ['mentee', mentee],
      ['mentor', mentor],
    ] as const) {
      take(side, at);
      lowest[side][at] = Math.min(lowest[side][at] ?? Infinity, pair.score);
    }
  }
  const wouldRather = (side: 'mentee' | 'mentor', at: number, score: number) =>
    (free[side][at] ?? 0) > 0 || score > (lowest[side][at] ?? Infinity);
  return scored.score.every((score, at) => {
    const [mentee, mentor] = [scored.mentee[at] ?? -1, scored.mentor[at] ?? -1];
    const both = wouldRather('mentee', mentee, score) && wouldRather('mentor', mentor, score);
    return !both || aside.has(keyOf(mentee, mentor));
  });
};
