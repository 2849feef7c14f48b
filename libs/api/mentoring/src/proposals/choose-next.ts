import type { RoundRules } from '@waymark/contracts';
import type { MatchingInput } from '../runs/matching-input';
import { scorePairs } from '../runs/score-pairs';

/** The mentor to be asked next for one mentee; both by their position in the input. */
export interface Next {
  mentee: number;
  mentor: number;
}

/**
 * For each mentee the mentor with the best score among those allowed with them who can still be asked; who has waited
 * longest chooses first. A mentor's places in the input are how often they can be asked; a mentee appears as often as
 * `times` says, never twice with one mentor. Of equals the mentor with most room is asked, then by identifier.
 */
export const chooseNext = (input: MatchingInput, rules: RoundRules, times: (requestId: string) => number): Next[] => {
  const scored = scorePairs(input, rules);
  const room = input.mentors.map(({ places }) => places);
  const allowed: { mentor: number; score: number }[][] = input.mentees.map(() => []);
  scored.mentee.forEach((mentee, at) => {
    allowed[mentee]?.push({ mentor: scored.mentor[at] ?? -1, score: scored.score[at] ?? 0 });
  });
  const idOf = (mentor: number) => input.mentors[mentor]?.enrolmentId ?? '';
  // The input lists mentees by when they asked, and the sort keeps that order among those who waited as long.
  const turns = input.mentees
    .map((mentee, at) => ({ at, waited: mentee.roundsWaited }))
    .sort((one, other) => other.waited - one.waited);
  const chosen: Next[] = [];
  for (const { at } of turns) {
    const wanted = Math.min(times(input.mentees[at]?.requestId ?? ''), input.mentees[at]?.places ?? 0);
    const best = (allowed[at] ?? []).sort(
      (one, other) =>
        other.score - one.score ||
        (room[other.mentor] ?? 0) - (room[one.mentor] ?? 0) ||
        (idOf(one.mentor) < idOf(other.mentor) ? -1 : 1),
    );
    for (const { mentor } of best) {
      if (chosen.filter((next) => next.mentee === at).length >= wanted) break;
      const left = room[mentor] ?? 0;
      if (left <= 0) continue;
      room[mentor] = left - 1;
      chosen.push({ mentee: at, mentor });
    }
  }
  return chosen;
};
