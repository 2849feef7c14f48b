import { type AssignOrder, type Dissatisfaction, LINEAR } from './assign-types.ts';
import { checkDissatisfaction } from './dissatisfaction.ts';
import type { Instance } from './instance.ts';
import { type Layout, layOutParts, layOutTotal, type SolvedLayout, usablePlaces } from './layout.ts';
import { drawLots } from '../lots.ts';
import { type Choice, type Competition, emptyChoice, mostPairs, whoCompetes } from './most-pairs.ts';
import { saturate, type SaturationProblem, type SaturationState } from './saturation.ts';
import { breakTies, type TieBreak } from './ties.ts';

export type { Layout } from './layout.ts';

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
  /** Weights are `scale * score + (scale > 1 ? 1 : 0)`, or those of `weightOf` where there is a ceiling. */
  readonly scale: number;
  /** Convex dissatisfaction: what people give up counts from here. */
  readonly ceiling: number | undefined;
}

/** The optimum that the lots chose, with prices that prove it; see `SaturationState`. */
export interface Optimum {
  readonly problem: SaturationProblem;
  /** Row by edge. */
  readonly rowOf: Int32Array;
  readonly matched: Uint8Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
}

/**
 * The solving alone: choice, proof and ties, without reasons. Deterministic in the instance, order and seed.
 *
 * With pairs first, alternating reachability splits the round into people for whom too few mentors' places exist
 * (every mentor there is full: mentors take rows) and the rest (every mentee is: mentees take rows); pairs across are
 * settled. Under order `total` the side with fewer places takes rows, and each place may stay empty at no weight.
 */
export function solve(
  instance: Instance,
  order: AssignOrder,
  seed: string,
  dissatisfaction: Dissatisfaction = LINEAR,
): Solution {
  checkDissatisfaction(instance, order, dissatisfaction);
  const { ceiling } = dissatisfaction;
  const scale = order === 'total' ? pairsAtMost(instance) + 1 : 1;
  const forced = new Uint8Array(instance.mentee.length);
  let least = 0;
  let competition: Competition | undefined;
  let aboveFloor: Competition | undefined;
  let layout: SolvedLayout;
  if (order === 'total') {
    layout = layOutTotal(instance, scale);
  } else {
    let most = mostPairs(instance);
    if (order === 'pairs-floor-total') ({ least, most, aboveFloor } = highestFloor(instance, most));
    competition = whoCompetes(instance, most, least);
    layout = layOutParts(instance, competition, least, forced, ceiling);
  }
  const state = saturate(layout.problem);
  const lots = drawLots(seed, instance.menteeIds, instance.mentorIds);
  const ties = breakTies(state, (edge, draw) => {
    const pair = layout.pairAt(edge);
    return pair < 0 ? -1 : lots(instance.mentee[pair]!, instance.mentor[pair]!, draw);
  });
  const { choice, byLot } = chosenBy(instance, layout, ties, forced);
  const optimum = new ProvenOptimum(state);
  return { order, choice, byLot, least, forced, competition, aboveFloor, layout, optimum, scale, ceiling };
}

/** Rows by edge are wanted by few, and made when they are. */
class ProvenOptimum implements Optimum {
  readonly problem: SaturationProblem;
  readonly matched: Uint8Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  private rows: Int32Array | undefined;

  constructor({ problem, matched, rowPrice, columnPrice }: SaturationState) {
    this.problem = problem;
    this.matched = matched;
    this.rowPrice = rowPrice;
    this.columnPrice = columnPrice;
  }

  get rowOf(): Int32Array {
    if (!this.rows) {
      const { start, column } = this.problem;
      this.rows = new Int32Array(column.length);
      for (let row = 0; row + 1 < start.length; row++) this.rows.fill(row, start[row], start[row + 1]);
    }
    return this.rows;
  }
}

/** In terms of pairs: what is matched, and what was made beforehand. */
function chosenBy(
  instance: Instance,
  layout: SolvedLayout,
  ties: TieBreak,
  forced: Uint8Array,
): { choice: Choice; byLot: Uint8Array } {
  const choice = emptyChoice(instance);
  const { chosen, menteeFilled, mentorFilled } = choice;
  const { mentee, mentor } = instance;
  const { matched } = ties;
  let count = 0;
  const fours = new Int32Array(matched.buffer);
  for (let four = 0; four < fours.length; four++) {
    if (fours[four] === 0) continue;
    for (let edge = 4 * four; edge < 4 * four + 4; edge++) {
      const pair = matched[edge] === 1 ? layout.pairAt(edge) : -1;
      if (pair < 0) continue;
      chosen[pair] = 1;
      menteeFilled[mentee[pair]!]!++;
      mentorFilled[mentor[pair]!]!++;
      count++;
    }
  }
  for (let pair = 0; layout.hasForced && pair < forced.length; pair++) {
    if (forced[pair] === 0) continue;
    chosen[pair] = 1;
    menteeFilled[mentee[pair]!]!++;
    mentorFilled[mentor[pair]!]!++;
    count++;
  }
  choice.count = count;
  const byLot = new Uint8Array(forced.length);
  for (const edge of ties.byLot) {
    const pair = layout.pairAt(edge);
    if (pair >= 0) byLot[pair] = 1;
  }
  return { choice, byLot };
}

function pairsAtMost({ menteePlaces, menteeStart, mentorPlaces, mentorStart }: Instance): number {
  return Math.min(usablePlaces(menteePlaces, menteeStart).sum, usablePlaces(mentorPlaces, mentorStart).sum);
}

/** The highest score that can be everyone's least without losing a pair, by halving over the scores that occur. */
function highestFloor(instance: Instance, most: Choice) {
  const scores = scoresThatOccur(instance.score);
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

/** Each once, ascending. Scores are at most MAX_SCORE, so a mark for each is cheaper than sorting them. */
function scoresThatOccur(score: Int32Array): Int32Array {
  let highest = -1;
  for (const each of score) if (each > highest) highest = each;
  const occurs = new Uint8Array(highest + 1);
  let count = 0;
  for (const each of score) {
    if (occurs[each]) continue;
    occurs[each] = 1;
    count++;
  }
  const scores = new Int32Array(count);
  for (let value = 0, at = 0; value <= highest; value++) if (occurs[value]) scores[at++] = value;
  return scores;
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
