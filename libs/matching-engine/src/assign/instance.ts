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

/** Checks and sorts. O(pairs + people log people). Throws `AssignRefused`. */
export function compressInstance(table: AssignTable): Instance {
  checkPeople('mentees', table.menteeIds, table.menteePlaces);
  checkPeople('mentors', table.mentorIds, table.mentorPlaces);
  checkPairs(table);
  const mentees = canonicalOrder('mentees', table.menteeIds);
  const mentors = canonicalOrder('mentors', table.mentorIds);
  const pairCount = table.pairMentee.length;

  // Two stable counting sorts: by mentor, then by mentee.
  const listedMentor = Int32Array.from({ length: pairCount }, (_, at) => mentors.rank[table.pairMentor[at]!]!);
  const listedMentee = Int32Array.from({ length: pairCount }, (_, at) => mentees.rank[table.pairMentee[at]!]!);
  const byMentor = countingSort(listedMentor, null, mentors.ids.length);
  const byMentee = countingSort(listedMentee, byMentor.order, mentees.ids.length);
  const mentee = new Int32Array(pairCount);
  const mentor = new Int32Array(pairCount);
  const score = new Int32Array(pairCount);
  for (let edge = 0; edge < pairCount; edge++) {
    const listed = byMentee.order[edge]!;
    mentee[edge] = listedMentee[listed]!;
    mentor[edge] = listedMentor[listed]!;
    score[edge] = table.pairScore[listed]!;
  }
  checkDuplicatePairs(table, byMentee.order, mentee, mentor);
  const edgesByMentor = countingSort(mentor, null, mentors.ids.length);
  return {
    menteeIds: mentees.ids,
    menteePlaces: Int32Array.from(mentees.order, (listed) => table.menteePlaces[listed]!),
    mentorIds: mentors.ids,
    mentorPlaces: Int32Array.from(mentors.order, (listed) => table.mentorPlaces[listed]!),
    menteeStart: byMentee.start,
    mentee,
    mentor,
    score,
    mentorStart: edgesByMentor.start,
    mentorEdges: edgesByMentor.order,
  };
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
  for (let from = 0; from < pairCount; from += chunk) {
    const upTo = Math.min(from + chunk, pairCount);
    const numbers = new Int32Array(3 * (upTo - from));
    for (let edge = from, at = 0; edge < upTo; edge++) {
      numbers[at++] = instance.mentee[edge]!;
      numbers[at++] = instance.mentor[edge]!;
      numbers[at++] = instance.score[edge]!;
    }
    hash.update(littleEndian(numbers));
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

function littleEndian(numbers: ArrayLike<number>): Uint8Array {
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

function checkDuplicatePairs(table: AssignTable, listedAt: Int32Array, mentee: Int32Array, mentor: Int32Array): void {
  let repeated: [index: number, firstIndex: number] | undefined;
  for (let edge = 1; edge < mentee.length; edge++) {
    if (mentee[edge] !== mentee[edge - 1] || mentor[edge] !== mentor[edge - 1]) continue;
    if (!repeated || listedAt[edge]! < repeated[0]) repeated = [listedAt[edge]!, listedAt[edge - 1]!];
  }
  if (!repeated) return;
  const [index, firstIndex] = repeated;
  const names = [table.menteeIds[table.pairMentee[index]!], table.mentorIds[table.pairMentor[index]!]];
  throw new AssignRefused(
    'pair-duplicate',
    { list: 'pairs', index, field: 'mentor', firstIndex },
    `the pair of ${names.map((name) => JSON.stringify(name)).join(' and ')} is listed twice`,
  );
}

/** Positions sorted stably by key (taking them in the order of `from`), and where each key starts. */
function countingSort(keys: Int32Array, from: Int32Array | null, keyCount: number) {
  const start = new Int32Array(keyCount + 1);
  for (const key of keys) start[key + 1]!++;
  for (let key = 0; key < keyCount; key++) start[key + 1]! += start[key]!;
  const next = start.slice(0, keyCount);
  const order = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const position = from ? from[at]! : at;
    order[next[keys[position]!]!++] = position;
  }
  return { order, start };
}
