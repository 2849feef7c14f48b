import { byNumber, countingSort } from '../counting-sort.ts';
import { drawLots, type LotDrawer } from '../lots.ts';
import type { RankedInstance } from './ranked-instance.ts';

/** Above any position among people, so that `lot * POSITIONS + position` sorts by lot, then position; below 2^53. */
const POSITIONS = 2 ** 20;
/** The bar of a mentor with a free place: everybody is welcome. */
const OPEN = 2 ** 31 - 1;
/** Numbers kept for each mentee held: rank, mentee, edge. */
const RECORD = 3;
/** Numbers kept for each mentee, one left empty so that they lie in one line of memory. */
const STATE = 4;

/** The pairs made, by edge of the instance. */
export interface StableSolution {
  readonly chosen: Uint8Array;
  readonly count: number;
  readonly menteeFilled: Int32Array;
  readonly mentorFilled: Int32Array;
}

/** Ties broken: everybody's order is strict. */
export interface StrictOrder {
  /** Edges by mentee (rows as in the instance), best first; absent where that is the instance's own order. */
  readonly edges?: Int32Array;
  /** As in the instance, in the order of `edges`; no mentor has the same rank twice. */
  readonly asks: Int32Array;
}

/**
 * Deferred acceptance, mentees proposing (Gale and Shapley, Amer. Math. Monthly 69, 1962; with places as by Roth,
 * J. Political Economy 92, 1984). Ties are broken beforehand by lots keyed by seed and ids, see `strictOrder`; for the
 * strict preferences so made the result is the mentee-optimal stable one, and no pair blocks it by the ranks themselves
 * either (weak stability; Irving, Discrete Appl. Math. 48, 1994).
 *
 * Whoever loses a place waits for the next round of proposals, rather than proposing at once: proposals of one round do
 * not wait for each other's memory. O(edges * log(most places of a mentor)) at worst; O(edges) where places are few.
 * Breaking ties is O(edges), sorting within a mentee's ties aside.
 */
export function deferAcceptance(instance: RankedInstance, seed: string): StableSolution {
  const { menteePlaces, menteeStart } = instance;
  const { edges, asks } = strictOrder(instance, seed);
  const room = roomOf(instance);
  const { start, held, heap, bar } = room;
  // Of each mentee side by side: the next edge to propose along, the end of their row, and how many more mentors they are
  // to have (they are in `waiting` once if any).
  const state = new Int32Array(STATE * menteePlaces.length);
  for (let i = 0; i < menteePlaces.length; i++) {
    state[STATE * i] = menteeStart[i]!;
    state[STATE * i + 1] = menteeStart[i + 1]!;
    state[STATE * i + 2] = menteePlaces[i]!;
  }
  let waiting = new Int32Array(menteePlaces.length);
  for (let i = 0; i < waiting.length; i++) waiting[i] = i;
  let later = new Int32Array(waiting.length);
  for (let waitingCount = waiting.length; waitingCount > 0;) {
    let laterCount = 0;
    for (let at = 0; at < waitingCount; at++) {
      const i = waiting[at]!;
      const own = STATE * i;
      const upTo = state[own + 1]!;
      let edge = state[own]!;
      let lacking = state[own + 2]!;
      while (lacking > 0 && edge < upTo) {
        const mentor = asks[2 * edge]!;
        const rank = asks[2 * edge + 1]!;
        const mine = edge++;
        if (rank >= bar[mentor]!) continue;
        lacking--;
        const top = RECORD * start[mentor]!;
        const size = start[mentor + 1]! - start[mentor]!;
        if (bar[mentor] === OPEN) {
          rise(heap, top, held[mentor]!++, rank, i, mine);
          if (held[mentor] === size) bar[mentor] = heap[top]!;
        } else {
          const displaced = heap[top + 1]!;
          if (state[STATE * displaced + 2]!++ === 0) later[laterCount++] = displaced;
          sink(heap, top, size, rank, i, mine);
          bar[mentor] = heap[top]!;
        }
      }
      state[own] = edge;
      state[own + 2] = 0;
    }
    [waiting, later] = [later, waiting];
    waitingCount = laterCount;
  }
  return solutionOf(instance, edges, room);
}

/** Whom each mentor holds: a heap for each, the mentee to go first on top, all in one array. */
interface Room {
  /** A mentor's heap begins here; its length is their places, but no more than acceptable mentees. */
  readonly start: Int32Array;
  readonly held: Int32Array;
  readonly heap: Int32Array;
  /** Who ranks below (that is, better than) this is welcome. */
  readonly bar: Int32Array;
}

function roomOf({ mentorPlaces, acceptable }: RankedInstance): Room {
  const start = new Int32Array(mentorPlaces.length + 1);
  const bar = new Int32Array(mentorPlaces.length);
  for (let j = 0; j < mentorPlaces.length; j++) {
    const size = Math.min(mentorPlaces[j]!, acceptable[j]!);
    start[j + 1] = start[j]! + size;
    bar[j] = size > 0 ? OPEN : 0;
  }
  const heap = new Int32Array(RECORD * start[mentorPlaces.length]!);
  return { start, bar, heap, held: new Int32Array(mentorPlaces.length) };
}

/** Adds to the heap at `top` of `size` mentees. */
function rise(heap: Int32Array, top: number, size: number, rank: number, mentee: number, edge: number): void {
  let at = size;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const higher = top + RECORD * above;
    if (heap[higher]! > rank) break;
    put(heap, top + RECORD * at, heap[higher]!, heap[higher + 1]!, heap[higher + 2]!);
    at = above;
  }
  put(heap, top + RECORD * at, rank, mentee, edge);
}

/** Takes the place of the top of the heap. */
function sink(heap: Int32Array, top: number, size: number, rank: number, mentee: number, edge: number): void {
  let at = 0;
  for (let below = 1; below < size; below = 2 * at + 1) {
    if (below + 1 < size && heap[top + RECORD * (below + 1)]! > heap[top + RECORD * below]!) below++;
    const lower = top + RECORD * below;
    if (heap[lower]! < rank) break;
    put(heap, top + RECORD * at, heap[lower]!, heap[lower + 1]!, heap[lower + 2]!);
    at = below;
  }
  put(heap, top + RECORD * at, rank, mentee, edge);
}

function put(heap: Int32Array, at: number, rank: number, mentee: number, edge: number): void {
  heap[at] = rank;
  heap[at + 1] = mentee;
  heap[at + 2] = edge;
}

/**
 * Breaks ties by lots. Mentors: one lot for each mentee, the same with every mentor (a single lottery leaves more
 * mentees with an early choice: Abdulkadiroglu, Pathak and Roth, Amer. Econ. Rev. 99, 2009). Mentees: a lot for each
 * pair, so that those who tie do not all ask the same mentor first. Equal lots go by id.
 */
export function strictOrder(instance: RankedInstance, seed: string): StrictOrder {
  const { menteeIds, mentorIds, menteeStart, mentee, byMentees, byMentors } = instance;
  if (!byMentees.hasTies && !byMentors.hasTies) return { asks: instance.asks };
  const edges = new Int32Array(mentee.length);
  for (let edge = 0; edge < edges.length; edge++) edges[edge] = edge;
  if (byMentees.hasTies) {
    const lotOf = drawLots(seed, menteeIds, mentorIds);
    for (let i = 0; i < menteeIds.length; i++) drawWithin(instance, edges, menteeStart[i]!, menteeStart[i + 1]!, lotOf);
  }
  const rank = byMentors.hasTies ? strictRanks(instance, seed) : undefined;
  const asks = new Int32Array(2 * edges.length);
  for (let at = 0; at < edges.length; at++) {
    const edge = edges[at]!;
    asks[2 * at] = instance.asks[2 * edge]!;
    asks[2 * at + 1] = rank ? rank[edge]! : instance.asks[2 * edge + 1]!;
  }
  return { edges, asks };
}

/** Sorts each run of equal ranks among one mentee's edges by lot. */
function drawWithin(
  { mentee, asks, menteeRank }: RankedInstance,
  edges: Int32Array,
  rowFrom: number,
  rowUpTo: number,
  lotOf: LotDrawer,
): void {
  for (let from = rowFrom; from < rowUpTo;) {
    let upTo = from + 1;
    while (upTo < rowUpTo && menteeRank[upTo] === menteeRank[from]) upTo++;
    if (upTo - from > 1) {
      const keys = new Float64Array(upTo - from);
      for (let at = 0; at < keys.length; at++) {
        keys[at] = lotOf(mentee[from]!, asks[2 * (from + at)]!, 0) * POSITIONS + at;
      }
      keys.sort();
      for (let at = 0; at < keys.length; at++) edges[from + at] = from + (keys[at]! % POSITIONS);
    }
    from = upTo;
  }
}

/** By edge, its mentee's place (from 1) among all of its mentor's, by rank, then by the mentee's lot. */
function strictRanks({ menteeIds, mentorPlaces, mentee, asks }: RankedInstance, seed: string): Int32Array {
  const lotOf = drawLots(seed, menteeIds, ['']);
  const keys = new Float64Array(menteeIds.length);
  for (let i = 0; i < keys.length; i++) keys[i] = lotOf(i, 0, 0) * POSITIONS + i;
  keys.sort();
  const place = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) place[keys[at]! % POSITIONS] = at;
  const lot = new Int32Array(mentee.length);
  const mentor = new Int32Array(mentee.length);
  const rank = new Int32Array(mentee.length);
  for (let edge = 0; edge < mentee.length; edge++) {
    lot[edge] = place[mentee[edge]!]!;
    mentor[edge] = asks[2 * edge]!;
    rank[edge] = asks[2 * edge + 1]!;
  }
  const byLot = countingSort(lot, menteeIds.length).order;
  const { order, start } = countingSort(mentor, mentorPlaces.length, byNumber(rank, byLot));
  for (let at = 0; at < order.length; at++) rank[order[at]!] = at - start[mentor[order[at]!]!]! + 1;
  return rank;
}

function solutionOf(
  { mentee, menteePlaces }: RankedInstance,
  edges: Int32Array | undefined,
  { start, held, heap }: Room,
): StableSolution {
  const chosen = new Uint8Array(mentee.length);
  const menteeFilled = new Int32Array(menteePlaces.length);
  let count = 0;
  for (let j = 0; j < held.length; j++) {
    const upTo = start[j]! + held[j]!;
    for (let at = start[j]!; at < upTo; at++) {
      menteeFilled[heap[RECORD * at + 1]!]!++;
      const edge = heap[RECORD * at + 2]!;
      chosen[edges ? edges[edge]! : edge] = 1;
      count++;
    }
  }
  return { chosen, count, menteeFilled, mentorFilled: held };
}
