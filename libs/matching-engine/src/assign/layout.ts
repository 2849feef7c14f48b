import { weightOf } from './dissatisfaction.ts';
import type { Instance } from './instance.ts';
import type { Competition } from './most-pairs.ts';
import type { SaturationProblem } from './saturation.ts';

/** Which people are rows and which columns of the saturation problem (-1: not), and the pair behind each edge. */
export interface Layout {
  readonly menteeRow: Int32Array;
  readonly menteeColumn: Int32Array;
  readonly mentorRow: Int32Array;
  readonly mentorColumn: Int32Array;
  /** Pair by edge of the problem; -1 where a place of the row stays empty (order `total`). */
  readonly pairOf: Int32Array;
  readonly problem: SaturationProblem;
}

/**
 * A problem whose rows are all mentees, or all mentors, with all their pairs in the order of the instance, shares the
 * instance's arrays: nothing of the size of the pairs is copied that can be had without.
 */
class SharedLayout implements Layout {
  readonly menteeRow: Int32Array;
  readonly menteeColumn: Int32Array;
  readonly mentorRow: Int32Array;
  readonly mentorColumn: Int32Array;
  readonly problem: SaturationProblem;
  /** Whether some pairs were made beforehand. */
  readonly hasForced: boolean;
  private pairs: Int32Array | undefined;

  constructor(
    sides: Omit<Layout, 'pairOf' | 'problem'>,
    problem: SaturationProblem,
    pairs?: Int32Array,
    hasForced = false,
  ) {
    this.menteeRow = sides.menteeRow;
    this.menteeColumn = sides.menteeColumn;
    this.mentorRow = sides.mentorRow;
    this.mentorColumn = sides.mentorColumn;
    this.problem = problem;
    this.pairs = pairs;
    this.hasForced = hasForced;
  }

  get pairOf(): Int32Array {
    if (!this.pairs) {
      this.pairs = new Int32Array(this.problem.column.length);
      for (let edge = 0; edge < this.pairs.length; edge++) this.pairs[edge] = edge;
    }
    return this.pairs;
  }

  /** The pair behind an edge, without making the list of all. */
  pairAt(edge: number): number {
    return this.pairs ? this.pairs[edge]! : edge;
  }
}

export type SolvedLayout = SharedLayout;

/**
 * With pairs first: mentees who do not compete take rows, with the mentors that are not contested as columns; contested
 * mentors take rows, with the mentees who compete as columns. Pairs from the former mentees to the latter mentors are
 * never made; the other way about they always are, and marked in `forced`. O(pairs), and less where nobody competes.
 */
export function layOutParts(
  instance: Instance,
  competition: Competition,
  least: number,
  forced: Uint8Array,
  ceiling: number | undefined,
): SolvedLayout {
  const { mentees: competes, mentors: contested } = competition;
  const competing = ones(competes);
  const full = ones(contested);
  if (least === 0 && competing === 0 && full === 0) return layOutMentees(instance, ceiling);
  if (least === 0 && competing === competes.length && full === contested.length)
    return layOutMentors(instance, ceiling);
  const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
  const mentorLeft = mentorPlaces.slice();
  const menteeLeft = menteePlaces.slice();
  let edges = 0;
  let hasForced = false;
  for (let i = 0; i < competes.length; i++) {
    for (let pair = menteeStart[i]!, end = menteeStart[i + 1]!; pair < end; pair++) {
      if (score[pair]! < least) continue;
      const j = mentor[pair]!;
      if (competes[i] === contested[j]) {
        edges++;
      } else if (competes[i]) {
        forced[pair] = 1;
        hasForced = true;
        menteeLeft[i]!--;
        mentorLeft[j]!--;
      }
    }
  }
  const rows = competes.length - competing + full;
  const menteeRow = numbered(competes, 0, 0);
  const menteeColumn = numbered(competes, 1, 0);
  const mentorRow = numbered(contested, 1, competes.length - competing);
  const mentorColumn = numbered(contested, 0, competing);
  const need = new Int32Array(rows);
  const start = new Int32Array(rows + 1);
  const column = new Int32Array(edges);
  const weight = new Float64Array(edges);
  const pairs = new Int32Array(edges);
  let at = 0;
  for (let i = 0; i < competes.length; i++) {
    if (competes[i]) continue;
    for (let pair = menteeStart[i]!, end = menteeStart[i + 1]!; pair < end; pair++) {
      const j = mentor[pair]!;
      if (score[pair]! < least || contested[j]) continue;
      column[at] = mentorColumn[j]!;
      weight[at] = weightOf(score[pair]!, ceiling);
      pairs[at++] = pair;
    }
    need[menteeRow[i]!] = menteeLeft[i]!;
    start[menteeRow[i]! + 1] = at;
  }
  for (let j = 0; j < contested.length; j++) {
    if (!contested[j]) continue;
    for (let listed = mentorStart[j]!, end = mentorStart[j + 1]!; listed < end; listed++) {
      const pair = mentorEdges[listed]!;
      const i = mentee[pair]!;
      if (score[pair]! < least || !competes[i]) continue;
      column[at] = menteeColumn[i]!;
      weight[at] = weightOf(score[pair]!, ceiling);
      pairs[at++] = pair;
    }
    need[mentorRow[j]!] = mentorLeft[j]!;
    start[mentorRow[j]! + 1] = at;
  }
  const capacity = new Int32Array(competing + contested.length - full);
  for (let i = 0; i < competes.length; i++) if (competes[i]) capacity[menteeColumn[i]!] = menteeLeft[i]!;
  for (let j = 0; j < contested.length; j++) if (!contested[j]) capacity[mentorColumn[j]!] = mentorLeft[j]!;
  const problem = { need, capacity, start, column, weight };
  return new SharedLayout({ menteeRow, menteeColumn, mentorRow, mentorColumn }, problem, pairs, hasForced);
}

function layOutMentees(instance: Instance, ceiling: number | undefined): SolvedLayout {
  const { menteePlaces, mentorPlaces, menteeStart, mentor, score } = instance;
  const sides = {
    menteeRow: counted(menteePlaces.length),
    menteeColumn: new Int32Array(menteePlaces.length).fill(-1),
    mentorRow: new Int32Array(mentorPlaces.length).fill(-1),
    mentorColumn: counted(mentorPlaces.length),
  };
  return new SharedLayout(sides, {
    need: menteePlaces,
    capacity: mentorPlaces,
    start: menteeStart,
    column: mentor,
    weight: ceiling === undefined ? score : squared(score, undefined, ceiling),
  });
}

function layOutMentors(instance: Instance, ceiling: number | undefined): SolvedLayout {
  const { menteePlaces, mentorPlaces, mentorStart, mentorEdges, mentee, score } = instance;
  const sides = {
    menteeRow: new Int32Array(menteePlaces.length).fill(-1),
    menteeColumn: counted(menteePlaces.length),
    mentorRow: counted(mentorPlaces.length),
    mentorColumn: new Int32Array(mentorPlaces.length).fill(-1),
  };
  const column = new Int32Array(mentorEdges.length);
  for (let at = 0; at < column.length; at++) column[at] = mentee[mentorEdges[at]!]!;
  let weight: Int32Array | Float64Array;
  if (ceiling === undefined) {
    weight = new Int32Array(mentorEdges.length);
    for (let at = 0; at < weight.length; at++) weight[at] = score[mentorEdges[at]!]!;
  } else {
    weight = squared(score, mentorEdges, ceiling);
  }
  const problem = { need: mentorPlaces, capacity: menteePlaces, start: mentorStart, column, weight };
  return new SharedLayout(sides, problem, mentorEdges);
}

/**
 * Order `total`: the side with fewer places takes rows, and each of their places may stay empty, by an edge of no weight
 * and no pair to a column of the row's own.
 */
export function layOutTotal(instance: Instance, scale: number): SolvedLayout {
  const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
  const ofMentees = usablePlaces(menteePlaces, menteeStart);
  const byMentee = ofMentees.sum <= usablePlaces(mentorPlaces, mentorStart).sum;
  const { need, sum } = byMentee ? ofMentees : usablePlaces(mentorPlaces, mentorStart);
  const [listStart, other, otherPlaces] = byMentee
    ? [menteeStart, mentor, mentorPlaces]
    : [mentorStart, mentee, menteePlaces];
  const rows = need.length;
  const capacity = new Int32Array(otherPlaces.length + rows);
  capacity.set(otherPlaces);
  capacity.set(need, otherPlaces.length);
  const edges = score.length + sum;
  const start = new Int32Array(rows + 1);
  const column = new Int32Array(edges);
  const weight = new Float64Array(edges);
  const pairs = new Int32Array(edges);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let listed = listStart[row]!, end = listStart[row + 1]!; listed < end; listed++) {
      const pair = byMentee ? listed : mentorEdges[listed]!;
      column[at] = other[pair]!;
      weight[at] = scale * score[pair]! + (scale > 1 ? 1 : 0);
      pairs[at++] = pair;
    }
    for (let place = 0; place < need[row]!; place++) {
      column[at] = otherPlaces.length + row;
      pairs[at++] = -1;
    }
    start[row + 1] = at;
  }
  const sides = {
    menteeRow: byMentee ? counted(menteePlaces.length) : new Int32Array(menteePlaces.length).fill(-1),
    menteeColumn: byMentee ? new Int32Array(menteePlaces.length).fill(-1) : counted(menteePlaces.length),
    mentorRow: byMentee ? new Int32Array(mentorPlaces.length).fill(-1) : counted(mentorPlaces.length),
    mentorColumn: byMentee ? counted(mentorPlaces.length) : new Int32Array(mentorPlaces.length).fill(-1),
  };
  return new SharedLayout(sides, { need, capacity, start, column, weight }, pairs);
}

/** Places that there are pairs for, by person and in all. */
export function usablePlaces(places: Int32Array, start: Int32Array): { need: Int32Array; sum: number } {
  const need = new Int32Array(places.length);
  let sum = 0;
  for (let at = 0; at < places.length; at++) {
    need[at] = Math.min(places[at]!, start[at + 1]! - start[at]!);
    sum += need[at]!;
  }
  return { need, sum };
}

function squared(score: Int32Array, order: Int32Array | undefined, ceiling: number): Float64Array {
  const weight = new Float64Array(score.length);
  for (let at = 0; at < weight.length; at++) weight[at] = weightOf(score[order ? order[at]! : at]!, ceiling);
  return weight;
}

function counted(length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let at = 0; at < length; at++) numbers[at] = at;
  return numbers;
}

/** Numbers from `first` for those marked `mark`, -1 for the rest. */
function numbered(marks: Uint8Array, mark: number, first: number): Int32Array {
  const numbers = new Int32Array(marks.length);
  let next = first;
  for (let at = 0; at < marks.length; at++) numbers[at] = marks[at] === mark ? next++ : -1;
  return numbers;
}

function ones(marks: Uint8Array): number {
  let count = 0;
  for (const mark of marks) count += mark;
  return count;
}
