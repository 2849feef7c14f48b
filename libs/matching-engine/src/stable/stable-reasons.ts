import { LISTED_AT_MOST } from '../assign/assign-types.ts';
import type { StableSolution } from './deferred-acceptance.ts';
import type { RankedInstance } from './ranked-instance.ts';
import { bars, mentorSides } from './stability.ts';
import type { PreferredOthers, StableResult, UnfilledReason, UnpairedReason } from './stable-types.ts';

/** Why mentees have no pair or too few, and why mentors have free places. O(edges + listed choices). */
export function explainStable(
  instance: RankedInstance,
  solution: StableSolution,
): Pick<StableResult, 'unmatched' | 'underfilled' | 'unfilled'> {
  const { menteeIds, menteePlaces, mentorIds, mentorPlaces } = instance;
  const { menteeFilled, mentorFilled } = solution;
  const { mentor, mentorRank } = mentorSides(instance);
  const lastHeld = bars(mentorPlaces, mentor, mentorRank, solution.chosen);
  const listedByMentee = countOf(instance.byMentees.mentee, menteeIds.length);
  const listedByMentor = countOf(instance.byMentors.mentor, mentorIds.length);
  const unmatched: { mentee: string; reason: UnpairedReason }[] = [];
  const underfilled: { mentee: string; pairs: number; places: number }[] = [];
  const unfilled: { mentor: string; pairs: number; places: number; reason: UnfilledReason }[] = [];
  menteeIds.forEach((mentee, i) => {
    const [pairs, places] = [menteeFilled[i]!, menteePlaces[i]!];
    if (pairs === 0) {
      unmatched.push({ mentee, reason: whyUnpaired(instance, lastHeld, listedByMentee[i]!, i) });
    } else if (pairs < places) underfilled.push({ mentee, pairs, places });
  });
  mentorIds.forEach((id, j) => {
    const [pairs, places] = [mentorFilled[j]!, mentorPlaces[j]!];
    if (pairs >= places) return;
    const reason = whyUnfilled(listedByMentor[j]!, instance.acceptable[j]!);
    unfilled.push({ mentor: id, pairs, places, reason });
  });
  return { unmatched, underfilled, unfilled };
}

function whyUnpaired(
  { menteePlaces, menteeStart, asks, mentorPlaces, mentorIds, menteeRank }: RankedInstance,
  lastHeld: Float64Array,
  listedCount: number,
  i: number,
): UnpairedReason {
  if (menteePlaces[i] === 0) return { kind: 'asks-for-no-mentor' };
  if (listedCount === 0) return { kind: 'listed-nobody' };
  const [from, upTo] = [menteeStart[i]!, menteeStart[i + 1]!];
  if (from === upTo) return { kind: 'listed-by-none-of-them', listedCount };
  const mentors: PreferredOthers[] = [];
  let mentorCount = 0;
  for (let edge = from; edge < upTo; edge++) {
    const j = asks[2 * edge]!;
    if (mentorPlaces[j] === 0 || mentorCount++ >= LISTED_AT_MOST) continue;
    const [rankThere, lastHeldRank] = [asks[2 * edge + 1]!, lastHeld[j]!];
    const byLot = rankThere === lastHeldRank;
    mentors.push({ mentor: mentorIds[j]!, rank: menteeRank[edge]!, rankThere, lastHeldRank, byLot });
  }
  if (mentorCount > 0) return { kind: 'others-preferred', mentorCount, mentors };
  const allCount = upTo - from;
  const first = Array.from({ length: Math.min(allCount, LISTED_AT_MOST) }, (_, at) => asks[2 * (from + at)]!);
  return { kind: 'mentors-have-no-places', mentorCount: allCount, mentors: first.map((j) => mentorIds[j]!) };
}

function whyUnfilled(listedCount: number, menteeCount: number): UnfilledReason {
  if (listedCount === 0) return { kind: 'listed-nobody' };
  if (menteeCount === 0) return { kind: 'listed-by-none-of-them', listedCount };
  return { kind: 'mentees-have-others', menteeCount };
}

function countOf(people: Int32Array, length: number): Int32Array {
  const count = new Int32Array(length);
  for (const person of people) count[person]!++;
  return count;
}
