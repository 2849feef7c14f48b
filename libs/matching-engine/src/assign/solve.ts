import type { AssignOrder } from './assign-types.ts';
import type { Instance } from './instance.ts';
import { drawLots } from '../lots.ts';
import { type Choice, type Competition, emptyChoice, mostPairs, whoCompetes } from './most-pairs.ts';
import { saturate, type SaturationProblem, type SaturationState } from './saturation.ts';
import { breakTies } from './ties.ts';

/** The solved round, by edge and by position; reasons and certificate are made from it. */
export interface Solution {
  readonly order: AssignOrder;
  readonly choice: Choice;
  readonly byLot: Uint8Array;
  /** Pairs below this score were not used: the floor under order `pairs-floor-total`, else 0. */
  readonly least: number;
  /** Pairs chosen before the weights had a say: every choice with the most pairs has them. */
  readonly forced: Uint8Array;
  /** Orders with pairs first: who competes, over the usable pairs. */
  readonly competition: Competition | undefined;
  /** Order `pairs-floor-total`: who competes when only scores above the floor may be used. */
  readonly aboveFloor: Competition | undefined;
  readonly layout: Layout;
  readonly optimum: Optimum;
  /** Weights are `scale * score + (scale > 1 ? 1 : 0)`. */
  readonly scale: number;
}

/** The optimum that the lots chose, with prices that prove it; see `SaturationState`. */
export type Optimum = Pick<SaturationState, 'problem' | 'rowOf' | 'matched' | 'rowPrice' | 'columnPrice'>;

/** Which people are rows and which columns of the saturation problem (-1: not), and the pair behind each edge. */
export interface Layout {
  readonly menteeRow: Int32Array;
  readonly menteeColumn: Int32Array;
  readonly mentorRow: Int32Array;
  readonly mentorColumn: Int32Array;
  /** Pair by edge of the problem; -1 where a mentor's place stays empty (order `total`). */
  readonly pairOf: Int32Array;
  readonly problem: SaturationProblem;
}

/**
 * The solving alone: choice, proof and ties, without reasons. Deterministic in the instance, order and seed.
 *
 * With pairs first, alternating reachability splits the round into people for whom too few mentors' places exist
 * (every mentor there is full: mentors take rows) and the rest (every mentee is: mentees take rows); pairs across are
 * settled. Under order `total` mentors take rows, and each of their places may stay empty at no weight.
 */
export function solve(instance: Instance, order: AssignOrder, seed: string): Solution {
  const bound = pairsAtMost(instance);
  const scale = order === 'total' ? bound + 1 : 1;
  const forced = new Uint8Array(instance.mentee.length);
  let least = 0;
  let competition: Competition | undefined;
  let aboveFloor: Competition | undefined;
  let layout: Layout;
  if (order === 'total') {
    layout = layOutTotal(instance, scale);
  } else {
    let most = mostPairs(instance);
    if (order === 'pairs-floor-total') ({ least, most, aboveFloor } = highestFloor(instance, most));
    competition = whoCompetes(instance, most, least);
    layout = layOutParts(instance, competition, least, forced);
  }
  const state = saturate(layout.problem);
  const lots = drawLots(seed, instance.menteeIds, instance.mentorIds);
  const ties = breakTies(state, (edge, draw) => {
    const pair = layout.pairOf[edge]!;
    return pair < 0 ? -1 : lots(instance.mentee[pair]!, instance.mentor[pair]!, draw);
  });
  const choice = emptyChoice(instance);
  const byLot = new Uint8Array(forced.length);
  const choose = (pair: number) => {
    choice.chosen[pair] = 1;
    choice.menteeFilled[instance.mentee[pair]!]!++;
    choice.mentorFilled[instance.mentor[pair]!]!++;
    choice.count++;
  };
  forced.forEach((is, pair) => is && choose(pair));
  layout.pairOf.forEach((pair, edge) => {
    if (pair < 0) return;
    if (ties.matched[edge]) choose(pair);
    byLot[pair] = ties.byLot[edge]!;
  });
  const { problem, rowOf, rowPrice, columnPrice } = state;
  const optimum = { problem, rowOf, matched: ties.matched, rowPrice, columnPrice };
  return { order, choice, byLot, least, forced, competition, aboveFloor, layout, optimum, scale };
}

function pairsAtMost(instance: Instance): number {
  const sum = (places: Int32Array, start: Int32Array) =>
    places.reduce((total, own, at) => total + Math.min(own, start[at + 1]! - start[at]!), 0);
  return Math.min(sum(instance.menteePlaces, instance.menteeStart), sum(instance.mentorPlaces, instance.mentorStart));
}

/** The highest score that can be everyone's least without losing a pair, by halving over the scores that occur. */
function highestFloor(instance: Instance, most: Choice) {
  const scores = Int32Array.from(new Set(instance.score)).sort();
  let low = 0;
  let high = scores.length;
  let best = most;
  let tooHigh: Competition | undefined;
  // Everything reaches scores[low]; nothing reaches scores[high].
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const tried = mostPairs(instance, scores[middle]!, keepAtLeast(instance, best, scores[middle]!));
    if (tried.count === most.count) {
      low = middle;
      best = tried;
    } else {
      high = middle;
      tooHigh = whoCompetes(instance, tried, scores[middle]!);
    }
  }
  const least = most.count > 0 ? scores[low]! : 0;
  return { least, most: best, aboveFloor: most.count > 0 ? tooHigh : undefined };
}

function keepAtLeast(instance: Instance, from: Choice, least: number): Choice {
  const kept = emptyChoice(instance);
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    if (!from.chosen[edge] || instance.score[edge]! < least) continue;
    kept.chosen[edge] = 1;
    kept.menteeFilled[instance.mentee[edge]!]!++;
    kept.mentorFilled[instance.mentor[edge]!]!++;
    kept.count++;
  }
  return kept;
}

function layOutParts(instance: Instance, competition: Competition, least: number, forced: Uint8Array): Layout {
  const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
  const { mentees: competes, mentors: contested } = competition;
  const mentorLeft = mentorPlaces.slice();
  const menteeLeft = menteePlaces.slice();
  for (let pair = 0; pair < mentee.length; pair++) {
    if (score[pair]! < least || !competes[mentee[pair]!] || contested[mentor[pair]!]) continue;
    forced[pair] = 1;
    menteeLeft[mentee[pair]!]!--;
    mentorLeft[mentor[pair]!]!--;
  }
  const menteeRow = numbered(menteePlaces.length, (i) => !competes[i]);
  const menteeColumn = numbered(menteePlaces.length, (i) => competes[i] === 1);
  const mentorRow = numbered(mentorPlaces.length, (j) => contested[j] === 1, count(menteeRow));
  const mentorColumn = numbered(mentorPlaces.length, (j) => !contested[j], count(menteeColumn));
  const builder = new ProblemBuilder(mentee.length);
  for (let i = 0; i < menteePlaces.length; i++) {
    if (menteeRow[i] === -1) continue;
    for (let pair = menteeStart[i]!; pair < menteeStart[i + 1]!; pair++) {
      const j = mentor[pair]!;
      if (score[pair]! >= least && !contested[j]) builder.edge(mentorColumn[j]!, score[pair]!, pair);
    }
    builder.row(menteeLeft[i]!);
  }
  for (let j = 0; j < mentorPlaces.length; j++) {
    if (mentorRow[j] === -1) continue;
    for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
      const pair = mentorEdges[at]!;
      const i = mentee[pair]!;
      if (score[pair]! >= least && competes[i]) builder.edge(menteeColumn[i]!, score[pair]!, pair);
    }
    builder.row(mentorLeft[j]!);
  }
  const capacity = new Int32Array(count(menteeColumn) + count(mentorColumn));
  menteeColumn.forEach((c, i) => c >= 0 && (capacity[c] = menteeLeft[i]!));
  mentorColumn.forEach((c, j) => c >= 0 && (capacity[c] = mentorLeft[j]!));
  return { menteeRow, menteeColumn, mentorRow, mentorColumn, ...builder.finish(capacity) };
}

function layOutTotal(instance: Instance, scale: number): Layout {
  const { menteePlaces, mentorPlaces, mentorStart, mentorEdges, mentee, score } = instance;
  const mentees = menteePlaces.length;
  const need = mentorPlaces.map((places, j) => Math.min(places, mentorStart[j + 1]! - mentorStart[j]!));
  const builder = new ProblemBuilder(2 * mentee.length);
  const capacity = new Int32Array(mentees + need.length);
  capacity.set(menteePlaces);
  capacity.set(need, mentees);
  for (let j = 0; j < need.length; j++) {
    for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
      const pair = mentorEdges[at]!;
      builder.edge(mentee[pair]!, scale * score[pair]! + (scale > 1 ? 1 : 0), pair);
    }
    for (let place = 0; place < need[j]!; place++) builder.edge(mentees + j, 0, -1);
    builder.row(need[j]!);
  }
  return {
    menteeRow: numbered(mentees, () => false),
    menteeColumn: numbered(mentees, () => true),
    mentorRow: numbered(need.length, () => true),
    mentorColumn: numbered(need.length, () => false),
    ...builder.finish(capacity),
  };
}

function numbered(length: number, isIn: (at: number) => boolean, from = 0): Int32Array {
  let next = from;
  return Int32Array.from({ length }, (_, at) => (isIn(at) ? next++ : -1));
}

function count(numbers: Int32Array): number {
  return numbers.reduce((total, number) => total + (number >= 0 ? 1 : 0), 0);
}

class ProblemBuilder {
  private readonly columns: Int32Array;
  private readonly weights: Float64Array;
  private readonly pairs: Int32Array;
  private readonly starts: number[] = [0];
  private readonly needs: number[] = [];
  private edges = 0;

  constructor(mostEdges: number) {
    this.columns = new Int32Array(mostEdges);
    this.weights = new Float64Array(mostEdges);
    this.pairs = new Int32Array(mostEdges);
  }

  edge(column: number, weight: number, pair: number): void {
    this.columns[this.edges] = column;
    this.weights[this.edges] = weight;
    this.pairs[this.edges++] = pair;
  }

  /** Closes the row of the edges added since the last. */
  row(need: number): void {
    this.starts.push(this.edges);
    this.needs.push(need);
  }

  finish(capacity: Int32Array): { pairOf: Int32Array; problem: SaturationProblem } {
    return {
      pairOf: this.pairs.subarray(0, this.edges),
      problem: {
        need: Int32Array.from(this.needs),
        capacity,
        start: Int32Array.from(this.starts),
        column: this.columns.subarray(0, this.edges),
        weight: this.weights.subarray(0, this.edges),
      },
    };
  }
}
