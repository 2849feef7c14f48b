import { AssignRefused } from './assign-refused.ts';
import type { AssignedPair, AssignTable } from './assign-types.ts';

/** A round with its pinned pairs set aside: they have taken their places, and the rest is solved without them. */
export interface SetAside {
  readonly rest: AssignTable;
  /** Sorted by mentee id, then mentor id. */
  readonly pinned: readonly AssignedPair[];
  /** Places by mentee id before the pins were set aside, for those who are pinned. */
  readonly placesOf: ReadonlyMap<string, number>;
}

/**
 * Takes the pinned pairs out of the input, each with one place on either side. What is best for the rest is then best
 * among all results that contain the pins, for a pin only takes places away; so the certificate of the rest proves it.
 * Under order `pairs-floor-total` the highest floor is that of the rest: a pin may score below it, and the result's
 * `floor` is the lowest of all.
 * Throws `AssignRefused`: a pin that is no listed pair, is listed twice, or finds no place left.
 */
export function setPinsAside(table: AssignTable): SetAside {
  const pins = table.pinned ?? [];
  if (pins.length === 0) return { rest: table, pinned: [], placesOf: new Map() };
  const menteePlaces = Array.from(table.menteePlaces);
  const mentorPlaces = Array.from(table.mentorPlaces);
  const isPinned = new Uint8Array(table.pairMentee.length);
  const placesOf = new Map<string, number>();
  const pinned: AssignedPair[] = [];
  for (let index = 0; index < pins.length; index++) {
    const pair = pins[index]!;
    const i = table.pairMentee[pair];
    const j = table.pairMentor[pair];
    const refuse = (name: 'pin-unknown' | 'pin-duplicate' | 'pin-without-place', text: string) =>
      new AssignRefused(name, { list: 'pinned', index, field: 'pair' }, text);
    if (i === undefined || j === undefined || table.menteeIds[i] === undefined || table.mentorIds[j] === undefined)
      throw refuse('pin-unknown', 'a pin is not among the allowed pairs');
    if (isPinned[pair]) throw refuse('pin-duplicate', 'a pair is pinned twice');
    const [mentee, mentor] = [table.menteeIds[i], table.mentorIds[j]];
    if (!(menteePlaces[i]! > 0) || !(mentorPlaces[j]! > 0))
      throw refuse('pin-without-place', `the pin of ${mentee} with ${mentor} finds no place left`);
    isPinned[pair] = 1;
    placesOf.set(mentee, table.menteePlaces[i]!);
    menteePlaces[i]!--;
    mentorPlaces[j]!--;
    pinned.push({ mentee, mentor, score: table.pairScore[pair]!, bestScore: 0, byLot: false, pinned: true });
  }
  const best = bestScores(table, placesOf);
  const kept = Array.from(table.pairMentee, (_, pair) => pair).filter((pair) => !isPinned[pair]);
  return {
    rest: {
      menteeIds: table.menteeIds,
      menteePlaces,
      mentorIds: table.mentorIds,
      mentorPlaces,
      pairMentee: Int32Array.from(kept, (pair) => table.pairMentee[pair]!),
      pairMentor: Int32Array.from(kept, (pair) => table.pairMentor[pair]!),
      // Not yet checked: what is no whole number must still be seen as it came.
      pairScore: Float64Array.from(kept, (pair) => table.pairScore[pair]!),
    },
    pinned: pinned.map((pair) => ({ ...pair, bestScore: best.get(pair.mentee) ?? pair.score })).sort(byPeople),
    placesOf,
  };
}

export function byPeople(one: Two, other: Two): number {
  const key = one.mentee === other.mentee ? 'mentor' : 'mentee';
  return one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : 0;
}

type Two = Pick<AssignedPair, 'mentee' | 'mentor'>;

function bestScores(table: AssignTable, people: ReadonlyMap<string, number>): Map<string, number> {
  const best = new Map<string, number>();
  for (let pair = 0; pair < table.pairMentee.length; pair++) {
    const mentee = table.menteeIds[table.pairMentee[pair]!];
    if (mentee === undefined || !people.has(mentee)) continue;
    best.set(mentee, Math.max(best.get(mentee) ?? 0, table.pairScore[pair]!));
  }
  return best;
}
