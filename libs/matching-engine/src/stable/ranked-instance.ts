import type { Instance } from '../assign/instance.ts';
import { CanonicalHash } from '../canonical-hash.ts';
import { type CanonicalOrder, canonicalOrder } from '../canonical-order.ts';
import { byNumber, countingSort } from '../counting-sort.ts';
import { checkTable } from './check-ranked.ts';
import { StableRefused } from './stable-refused.ts';
import type { ChoiceColumns, StableInput, StableTable } from './stable-types.ts';

/** One side's choices as listed, sorted by mentee, then mentor; ranks as in `StablePair`. */
export interface Listed {
  readonly mentee: Int32Array;
  readonly mentor: Int32Array;
  readonly rank: Int32Array;
  /** Whether anybody of this side ranks two people alike. */
  readonly hasTies: boolean;
}

/**
 * A checked input in compressed rows and canonical order: people sorted by id (code units). Edges are the pairs in
 * which each has listed the other: a mentee's from `menteeStart[i]` up to `menteeStart[i + 1]`, sorted by the mentee's
 * rank, ties by mentor. Whoever looks up a rank finds it at the edge.
 */
export interface RankedInstance {
  readonly menteeIds: readonly string[];
  readonly menteePlaces: Int32Array;
  readonly mentorIds: readonly string[];
  readonly mentorPlaces: Int32Array;
  readonly menteeStart: Int32Array;
  readonly mentee: Int32Array;
  /** The rank that the mentee of the edge gives its mentor; see `StablePair`. */
  readonly menteeRank: Int32Array;
  /** Of each edge its mentor, at twice its number, and beside it the rank that the mentor gives the mentee. */
  readonly asks: Int32Array;
  /** Edges of each mentor. */
  readonly acceptable: Int32Array;
  readonly byMentees: Listed;
  readonly byMentors: Listed;
}

/** Looks up ids; the result goes to `rankInstance`. */
export function rankedTableOf(input: Omit<StableInput, 'seed'>): StableTable {
  const menteeIds = input.mentees.map((mentee) => mentee.id);
  const mentorIds = input.mentors.map((mentor) => mentor.id);
  const menteeAt = new Map(menteeIds.map((id, at) => [id, at]));
  const mentorAt = new Map(mentorIds.map((id, at) => [id, at]));
  const columns = (
    choices: StableInput['menteeChoices'],
    personAt: ReadonlyMap<string, number>,
    choiceAt: ReadonlyMap<string, number>,
  ): ChoiceColumns => ({
    person: choices.map(({ person }) => personAt.get(person) ?? -1),
    choice: choices.map(({ choice }) => choiceAt.get(choice) ?? -1),
    rank: choices.map(({ rank }) => rank),
  });
  return {
    menteeIds,
    menteePlaces: input.mentees.map((mentee) => mentee.places ?? 1),
    mentorIds,
    mentorPlaces: input.mentors.map((mentor) => mentor.places),
    menteeChoices: columns(input.menteeChoices, menteeAt, mentorAt),
    mentorChoices: columns(input.mentorChoices, mentorAt, menteeAt),
  };
}

/**
 * Checks and sorts by counting, in time linear in the listed choices (the ids alone take O(people log people)). Throws
 * `StableRefused`.
 */
export function rankInstance(table: StableTable): RankedInstance {
  checkTable(table);
  const mentees = sortedPeople('mentees', table.menteeIds);
  const mentors = sortedPeople('mentors', table.mentorIds);
  const { menteeChoices, mentorChoices } = table;
  const byMentees = listedBy(
    menteeChoices.rank,
    positions(menteeChoices.person, mentees),
    positions(menteeChoices.choice, mentors),
    { mentees: mentees.ids.length, mentors: mentors.ids.length, list: 'menteeChoices', table },
  );
  const byMentors = listedBy(
    mentorChoices.rank,
    positions(mentorChoices.choice, mentees),
    positions(mentorChoices.person, mentors),
    { mentees: mentees.ids.length, mentors: mentors.ids.length, list: 'mentorChoices', table },
  );
  return {
    menteeIds: mentees.ids,
    menteePlaces: Int32Array.from(mentees.order, (listed) => table.menteePlaces[listed]!),
    mentorIds: mentors.ids,
    mentorPlaces: Int32Array.from(mentors.order, (listed) => table.mentorPlaces[listed]!),
    ...mutualEdges(byMentees, byMentors, mentees.ids.length, mentors.ids.length),
    byMentees,
    byMentors,
  };
}

/**
 * The same from scored pairs: every allowed pair is acceptable to both, and each ranks the others by the pair's score,
 * highest first; equal scores are ties. O(pairs), by counting; no ids are sorted again.
 */
export function rankByScore(instance: Instance): RankedInstance {
  const { menteeIds, menteePlaces, mentorIds, mentorPlaces, mentee, mentor } = instance;
  const highest = instance.score.reduce((most, score) => Math.max(most, score), 0);
  const worth = instance.score.map((score) => highest - score + 1);
  const lists = [
    { mentee, mentor, ...ranksOf(mentee, menteeIds.length, worth) },
    { mentee, mentor, ...ranksOf(mentor, mentorIds.length, worth) },
  ] as const;
  return {
    menteeIds,
    menteePlaces,
    mentorIds,
    mentorPlaces,
    ...mutualEdges(...lists, menteeIds.length, mentorIds.length),
    byMentees: lists[0],
    byMentors: lists[1],
  };
}

/**
 * SHA-256 of the canonical input: for each side the number of people, then each one's id and places; then for each side
 * the number of listed choices and each one's mentee, mentor and rank by position, ranks as in `StablePair`. So lists that say
 * the same in other numbers hash alike.
 */
export function hashRanked(instance: RankedInstance): string {
  const hash = new CanonicalHash('waymark-stable-input/1');
  for (const [ids, places] of [
    [instance.menteeIds, instance.menteePlaces],
    [instance.mentorIds, instance.mentorPlaces],
  ] as const) {
    hash.numbers([ids.length]);
    ids.forEach((id, at) => hash.text(id).numbers([places[at]!]));
  }
  for (const { mentee, mentor, rank } of [instance.byMentees, instance.byMentors]) {
    hash.numbers([mentee.length]).numbers(mentee).numbers(mentor).numbers(rank);
  }
  return hash.digest();
}

function sortedPeople(list: 'mentees' | 'mentors', ids: readonly string[]): CanonicalOrder {
  const people = canonicalOrder(ids);
  if (!people.repeated) return people;
  const { index, firstIndex } = people.repeated;
  throw new StableRefused(
    list === 'mentees' ? 'mentee-duplicate' : 'mentor-duplicate',
    { list, index, field: 'id', firstIndex },
    `${JSON.stringify(ids[index])} is listed twice among the ${list}`,
  );
}

function positions(listed: ArrayLike<number>, { rank }: CanonicalOrder): Int32Array {
  const positions = new Int32Array(listed.length);
  for (let at = 0; at < positions.length; at++) positions[at] = rank[listed[at]!]!;
  return positions;
}

interface Side {
  readonly mentees: number;
  readonly mentors: number;
  readonly list: 'menteeChoices' | 'mentorChoices';
  readonly table: StableTable;
}

function listedBy(written: ArrayLike<number>, mentee: Int32Array, mentor: Int32Array, side: Side): Listed {
  const byMentor = countingSort(mentor, side.mentors);
  const { order } = countingSort(mentee, side.mentees, byMentor.order);
  const sorted = {
    mentee: gather(mentee, order),
    mentor: gather(mentor, order),
  };
  refuseRepetition(sorted, order, side);
  const writtenRank = gather(written, order);
  const [person, people] =
    side.list === 'menteeChoices' ? [sorted.mentee, side.mentees] : [sorted.mentor, side.mentors];
  return { ...sorted, ...ranksOf(person, people, writtenRank) };
}

function refuseRepetition(
  { mentee, mentor }: Pick<Listed, 'mentee' | 'mentor'>,
  order: Int32Array,
  { list, table }: Side,
): void {
  let index = Infinity;
  let firstIndex = 0;
  for (let at = 1; at < order.length; at++) {
    if (mentee[at] !== mentee[at - 1] || mentor[at] !== mentor[at - 1] || order[at]! >= index) continue;
    index = order[at]!;
    firstIndex = order[at - 1]!;
  }
  if (index === Infinity) return;
  const [personIds, choiceIds] =
    list === 'menteeChoices' ? [table.menteeIds, table.mentorIds] : [table.mentorIds, table.menteeIds];
  const person = JSON.stringify(personIds[table[list].person[index]!]);
  const choice = JSON.stringify(choiceIds[table[list].choice[index]!]);
  throw new StableRefused(
    'choice-duplicate',
    { list, index, field: 'choice', firstIndex },
    `${person} lists ${choice} twice`,
  );
}

/** Ranks as in `StablePair` from the numbers that people wrote, by entry. */
function ranksOf(person: Int32Array, people: number, written: Int32Array): Pick<Listed, 'rank' | 'hasTies'> {
  const { order, start } = countingSort(person, people, byNumber(written));
  const rank = new Int32Array(person.length);
  let hasTies = false;
  for (let one = 0; one < people; one++) {
    const from = start[one]!;
    for (let at = from; at < start[one + 1]!; at++) {
      const entry = order[at]!;
      const before = at > from ? order[at - 1]! : -1;
      const isTied = before >= 0 && written[before] === written[entry];
      if (isTied) hasTies = true;
      rank[entry] = isTied ? rank[before]! : at - from + 1;
    }
  }
  return { rank, hasTies };
}

function mutualEdges(byMentees: Listed, byMentors: Listed, mentees: number, mentors: number) {
  const most = Math.min(byMentees.mentee.length, byMentors.mentee.length);
  const mentee = new Int32Array(most);
  const mentor = new Int32Array(most);
  const menteeRank = new Int32Array(most);
  const mentorRank = new Int32Array(most);
  let found = 0;
  for (let at = 0, other = 0; at < byMentees.mentee.length && other < byMentors.mentee.length;) {
    const apart = byMentees.mentee[at]! - byMentors.mentee[other]! || byMentees.mentor[at]! - byMentors.mentor[other]!;
    if (apart === 0) {
      mentee[found] = byMentees.mentee[at]!;
      mentor[found] = byMentees.mentor[at]!;
      menteeRank[found] = byMentees.rank[at]!;
      mentorRank[found++] = byMentors.rank[other]!;
    }
    if (apart <= 0) at++;
    if (apart >= 0) other++;
  }
  const { order, start } = countingSort(mentee.subarray(0, found), mentees, byNumber(menteeRank.subarray(0, found)));
  const asks = new Int32Array(2 * found);
  const acceptable = new Int32Array(mentors);
  for (let edge = 0; edge < found; edge++) {
    const from = order[edge]!;
    asks[2 * edge] = mentor[from]!;
    asks[2 * edge + 1] = mentorRank[from]!;
    acceptable[mentor[from]!]!++;
  }
  return {
    menteeStart: start,
    mentee: gather(mentee, order),
    menteeRank: gather(menteeRank, order),
    asks,
    acceptable,
  };
}

function gather(from: ArrayLike<number>, order: Int32Array): Int32Array {
  const taken = new Int32Array(order.length);
  for (let at = 0; at < taken.length; at++) taken[at] = from[order[at]!]!;
  return taken;
}
