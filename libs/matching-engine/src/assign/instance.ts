import { AssignRefused } from './assign-refused.ts';
import {
  type AllowedPair,
  type AssignInput,
  type AssignTable,
  MAX_PEOPLE,
  MAX_PLACES,
  MAX_SCORE,
} from './assign-types.ts';
import { Sha256 } from '../sha256.ts';

/**
 * A checked input in compressed rows and canonical order: people sorted by id (code units), a mentee's allowed pairs
 * from `menteeStart[i]` up to `menteeStart[i + 1]`, sorted by mentor. A pair's position in `mentor`, `mentee` and
 * `score` is its edge number. Edges by mentor are listed in `mentorEdges`, from `mentorStart[j]`.
 */
export interface Instance {
  readonly menteeIds: readonly string[];
  readonly menteePlaces: Int32Array;
  readonly mentorIds: readonly string[];
  readonly mentorPlaces: Int32Array;
  readonly menteeStart: Int32Array;
  readonly mentee: Int32Array;
  readonly mentor: Int32Array;
  readonly score: Int32Array;
  readonly mentorStart: Int32Array;
  readonly mentorEdges: Int32Array;
}

/** Looks up ids; the result goes to `compressInstance`. Throws `AssignRefused` at the first fault in listing order. */
export function tableOf(input: Pick<AssignInput, 'mentees' | 'mentors' | 'pairs' | 'pinned'>): AssignTable {
  const keyOf = ({ mentee, mentor }: { mentee: string; mentor: string }) => `${mentee}\u0000${mentor}`;
  const pairAt = input.pinned?.length ? new Map(input.pairs.map((pair, at) => [keyOf(pair), at])) : undefined;
  const menteeIds = input.mentees.map((mentee) => mentee.id);
  const mentorIds = input.mentors.map((mentor) => mentor.id);
  const menteeAt = new Map(menteeIds.map((id, at) => [id, at]));
  const mentorAt = new Map(mentorIds.map((id, at) => [id, at]));
  return {
    menteeIds,
    menteePlaces: input.mentees.map((mentee) => mentee.places ?? 1),
    mentorIds,
    mentorPlaces: input.mentors.map((mentor) => mentor.places),
    pairMentee: input.pairs.map((pair) => menteeAt.get(pair.mentee) ?? -1),
    pairMentor: input.pairs.map((pair) => mentorAt.get(pair.mentor) ?? -1),
    pairScore: input.pairs.map((pair) => pair.score),
    ...(pairAt && input.pinned ? { pinned: input.pinned.map((pin) => pairAt.get(keyOf(pin)) ?? -1) } : {}),
  };
}

/**
 * Checks and sorts. O(pairs + people log people). Throws `AssignRefused`.
 *
 * With `mayOverwrite` the columns of pairs, where they are Int32Arrays, are sorted where they stand and become the
 * instance's: for callers that read a large round only to solve it. What was refused is left as it was.
 */
export function compressInstance(table: AssignTable, { mayOverwrite = false } = {}): Instance {
  checkPeople('mentees', table.menteeIds, table.menteePlaces);
  checkPeople('mentors', table.mentorIds, table.mentorPlaces);
  checkPairs(table);
  const mentees = canonicalOrder('mentees', table.menteeIds);
  const mentors = canonicalOrder('mentors', table.mentorIds);
  const { pairMentee, pairMentor, pairScore } = table;
  const pairCount = pairMentee.length;

  // Two stable counting sorts, by mentor and then by mentee; the memory of the first serves again at the end.
  const byMentor = new Int32Array(pairCount);
  const mentorStart = startsOf(pairMentor, mentors.rank);
  const nextOfMentor = mentorStart.slice();
  for (let listed = 0; listed < pairCount; listed++) {
    byMentor[nextOfMentor[mentors.rank[pairMentor[listed]!]!]!++] = listed;
  }
  const listedAt = new Int32Array(pairCount);
  const menteeStart = startsOf(pairMentee, mentees.rank);
  const nextOfMentee = menteeStart.slice();
  for (let at = 0; at < pairCount; at++) {
    const listed = byMentor[at]!;
    listedAt[nextOfMentee[mentees.rank[pairMentee[listed]!]!]!++] = listed;
  }
  for (let edge = 1; edge < pairCount; edge++) {
    const [one, other] = [listedAt[edge - 1]!, listedAt[edge]!];
    if (pairMentor[one] === pairMentor[other] && pairMentee[one] === pairMentee[other]) refuseDuplicate(table);
  }
  const mentor = sorted(pairMentor, listedAt, mayOverwrite);
  for (let edge = 0; edge < pairCount; edge++) mentor[edge] = mentors.rank[mentor[edge]!]!;
  const score = sorted(pairScore, listedAt, mayOverwrite);
  // Of the mentee nothing has to be moved: the rows say it.
  const mentee = mayOverwrite && pairMentee instanceof Int32Array ? pairMentee : listedAt;
  for (let i = 0; i < mentees.ids.length; i++) mentee.fill(i, menteeStart[i], menteeStart[i + 1]);
  nextOfMentor.set(mentorStart);
  for (let edge = 0; edge < pairCount; edge++) byMentor[nextOfMentor[mentor[edge]!]!++] = edge;
  return {
    menteeIds: mentees.ids,
    menteePlaces: Int32Array.from(mentees.order, (listed) => table.menteePlaces[listed]!),
    mentorIds: mentors.ids,
    mentorPlaces: Int32Array.from(mentors.order, (listed) => table.mentorPlaces[listed]!),
    menteeStart,
    mentee,
    mentor,
    score,
    mentorStart,
    mentorEdges: byMentor,
  };
}

/** The column in the order of `listedAt`; where it stands, along the cycles of the order, if it may be overwritten. */
function sorted(column: ArrayLike<number>, listedAt: Int32Array, mayOverwrite: boolean): Int32Array {
  if (!mayOverwrite || !(column instanceof Int32Array)) {
    const copy = new Int32Array(listedAt.length);
    for (let edge = 0; edge < copy.length; edge++) copy[edge] = column[listedAt[edge]!]!;
    return copy;
  }
  const isDone = new Uint8Array(listedAt.length);
  for (let first = 0; first < listedAt.length; first++) {
    if (isDone[first]) continue;
    const value = column[first]!;
    let edge = first;
    for (let from = listedAt[edge]!; from !== first; from = listedAt[edge]!) {
      column[edge] = column[from]!;
      isDone[edge] = 1;
      edge = from;
    }
    column[edge] = value;
    isDone[edge] = 1;
  }
  return column;
}

/**
 * SHA-256 of the canonical input: for each side the number of people, then each one's id as UTF-8 with its length, and
 * places; then the number of pairs and each pair's positions and score. Where pairs were pinned and set aside, their
 * number follows, and of each the two ids and the score. Numbers are 32 bits, least byte first.
 */
export function hashInstance(instance: Instance, pinned: readonly AllowedPair[] = []): string {
  const hash = new Sha256().update(new TextEncoder().encode('waymark-assign-input/1'));
  const encoder = new TextEncoder();
  for (const [ids, places] of [
    [instance.menteeIds, instance.menteePlaces],
    [instance.mentorIds, instance.mentorPlaces],
  ] as const) {
    hash.update(littleEndian([ids.length]));
    ids.forEach((id, at) => {
      const text = encoder.encode(id);
      hash.update(littleEndian([text.length, places[at]!])).update(text);
    });
  }
  const pairCount = instance.mentee.length;
  hash.update(littleEndian([pairCount]));
  const chunk = 4096;
  const numbers = new Int32Array(3 * Math.min(chunk, pairCount));
  for (let from = 0; from < pairCount; from += chunk) {
    const upTo = Math.min(from + chunk, pairCount);
    let at = 0;
    for (let edge = from; edge < upTo; edge++) {
      numbers[at++] = instance.mentee[edge]!;
      numbers[at++] = instance.mentor[edge]!;
      numbers[at++] = instance.score[edge]!;
    }
    hash.update(littleEndian(numbers.subarray(0, at)));
  }
  if (pinned.length > 0) hash.update(littleEndian([pinned.length]));
  for (const { mentee, mentor, score } of pinned) {
    for (const id of [mentee, mentor]) {
      const text = encoder.encode(id);
      hash.update(littleEndian([text.length])).update(text);
    }
    hash.update(littleEndian([score]));
  }
  return hash.digest();
}

const MACHINE_IS_LITTLE_ENDIAN = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

function littleEndian(numbers: ArrayLike<number>): Uint8Array {
  if (MACHINE_IS_LITTLE_ENDIAN && numbers instanceof Int32Array) {
    return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  }
  const bytes = new Uint8Array(4 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < numbers.length; at++) view.setInt32(4 * at, numbers[at]!, true);
  return bytes;
}

function checkPeople(list: 'mentees' | 'mentors', ids: readonly string[], places: ArrayLike<number>): void {
  if (ids.length > MAX_PEOPLE) {
    throw new AssignRefused(
      'too-many-people',
      { list, index: MAX_PEOPLE, field: 'id' },
      `more than ${MAX_PEOPLE} ${list}`,
    );
  }
  if (ids.length !== places.length) {
    throw new AssignRefused(
      'lists-differ-in-length',
      { list, index: 0, field: 'places' },
      `ids and places of ${list} differ in length`,
    );
  }
  for (let index = 0; index < ids.length; index++) {
    if (typeof ids[index] !== 'string' || ids[index] === '') {
      throw new AssignRefused('id-empty', { list, index, field: 'id' }, `an entry of ${list} has no id`);
    }
    const value = places[index]!;
    const refusal = !Number.isInteger(value)
      ? 'places-not-whole'
      : value < 0
        ? 'places-negative'
        : value > MAX_PLACES
          ? 'places-too-high'
          : undefined;
    if (refusal) {
      throw new AssignRefused(
        refusal,
        { list, index, field: 'places' },
        `places must be a whole number from 0 to ${MAX_PLACES}, not ${value}`,
      );
    }
  }
}

function checkPairs(table: AssignTable): void {
  const { pairMentee, pairMentor, pairScore, menteeIds, mentorIds } = table;
  if (pairMentee.length !== pairMentor.length || pairMentee.length !== pairScore.length) {
    throw new AssignRefused(
      'lists-differ-in-length',
      { list: 'pairs', index: 0, field: 'score' },
      'columns of pairs differ in length',
    );
  }
  for (let index = 0; index < pairMentee.length; index++) {
    if (!isPosition(pairMentee[index]!, menteeIds.length)) {
      throw new AssignRefused(
        'mentee-unknown',
        { list: 'pairs', index, field: 'mentee' },
        'the mentee of a pair is not among the mentees',
      );
    }
    if (!isPosition(pairMentor[index]!, mentorIds.length)) {
      throw new AssignRefused(
        'mentor-unknown',
        { list: 'pairs', index, field: 'mentor' },
        'the mentor of a pair is not among the mentors',
      );
    }
    const score = pairScore[index]!;
    if (Number.isInteger(score) && score >= 0 && score <= MAX_SCORE) continue;
    throw new AssignRefused(
      !Number.isInteger(score) ? 'score-not-whole' : score < 0 ? 'score-negative' : 'score-too-high',
      { list: 'pairs', index, field: 'score' },
      `score must be a whole number from 0 to ${MAX_SCORE}, not ${score}`,
    );
  }
}

function isPosition(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}

/** `ids` sorted; `order[rank]` is the listed position, `rank[listed]` its inverse. */
function canonicalOrder(list: 'mentees' | 'mentors', listedIds: readonly string[]) {
  const order = Int32Array.from(listedIds, (_, at) => at).sort((a, b) => {
    const first = listedIds[a]!;
    const second = listedIds[b]!;
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  const rank = new Int32Array(order.length);
  let repeated: [index: number, firstIndex: number] | undefined;
  for (let at = 0; at < order.length; at++) {
    const listed = order[at]!;
    rank[listed] = at;
    const previous = at > 0 ? order[at - 1]! : -1;
    if (previous >= 0 && listedIds[previous] === listedIds[listed] && (!repeated || listed < repeated[0])) {
      repeated = [listed, previous];
    }
  }
  if (repeated) {
    throw new AssignRefused(
      list === 'mentees' ? 'mentee-duplicate' : 'mentor-duplicate',
      { list, index: repeated[0], field: 'id', firstIndex: repeated[1] },
      `${JSON.stringify(listedIds[repeated[0]])} is listed twice among the ${list}`,
    );
  }
  return { ids: Array.from(order, (listed) => listedIds[listed]!), order, rank };
}

/** Throws at the first pair, in listing order, that is there before. */
function refuseDuplicate({ pairMentee, pairMentor, menteeIds, mentorIds }: AssignTable): never {
  const firstIndexOf = new Map<number, number>();
  for (let index = 0; ; index++) {
    const key = pairMentee[index]! * mentorIds.length + pairMentor[index]!;
    const firstIndex = firstIndexOf.get(key);
    firstIndexOf.set(key, index);
    if (firstIndex === undefined) continue;
    const names = [menteeIds[pairMentee[index]!], mentorIds[pairMentor[index]!]];
    throw new AssignRefused(
      'pair-duplicate',
      { list: 'pairs', index, field: 'mentor', firstIndex },
      `the pair of ${names.map((name) => JSON.stringify(name)).join(' and ')} is listed twice`,
    );
  }
}

/** Where each person's pairs begin, by rank: O(pairs). */
function startsOf(listed: ArrayLike<number>, rank: Int32Array): Int32Array {
  const start = new Int32Array(rank.length + 1);
  for (let at = 0, end = listed.length; at < end; at++) start[rank[listed[at]!]! + 1]!++;
  for (let person = 0; person < rank.length; person++) start[person + 1]! += start[person]!;
  return start;
}
