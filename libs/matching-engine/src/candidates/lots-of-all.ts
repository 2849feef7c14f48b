import { saturate } from '../assign/saturation.ts';
import { LOT_RANGE, type LotDrawer } from '../lots.ts';
import type { HeldSolution } from './held-solution.ts';
import { type PairSet } from './pair-set.ts';
import { BestOver, TightPairs } from './pricing.ts';
import type { ProfileIndex } from './profile-index.ts';

/** Pairs added for one mentee at a time, at most. */
const ADDED_EACH = 8;

/**
 * Decides between all best results over all allowed pairs by lot: the sum of the pairs' lots, as `assign` does, though
 * only some pairs are held. By complementary slackness the best results are the choices over tight pairs in which rows
 * and priced columns stay full; among those the lots are weights of a second problem, whose prices tell which tight
 * pairs left out would raise the sum. They are added until there is none.
 *
 * `solution` must be proven over all pairs. Answers the chosen pairs as positions in the pairs held at the end.
 */
export function decideByLots(index: ProfileIndex, held: PairSet, solution: HeldSolution, lots: LotDrawer) {
  const { layout, optimum, chosen: isChosen, forced } = solution;
  const { problem } = layout;
  const { rowPrice, columnPrice } = optimum;
  const { menteeRow, menteeColumn, mentorRow, mentorColumn } = layout;
  const rows = rowPrice.length;
  const columns = columnPrice.length;
  const rowOf = (i: number, j: number) => (menteeRow[i]! >= 0 ? menteeRow[i]! : mentorRow[j]!);
  const columnOf = (i: number, j: number) => (menteeRow[i]! >= 0 ? mentorColumn[j]! : menteeColumn[i]!);
  const need = problem.need.slice();
  const capacity = problem.capacity.slice();
  // What every best result has is settled: forced pairs, and pairs worth more than their prices.
  const settled = new Set<number>();
  const keyOf = (i: number, j: number) => i * index.mentorIds.length + j;
  const filled = new Int32Array(columns);
  for (let i = 0; i + 1 < held.start.length; i++) {
    for (let pair = held.start[i]!; pair < held.start[i + 1]!; pair++) {
      if (!isChosen[pair]) continue;
      const j = held.mentor[pair]!;
      if (forced[pair]) {
        settled.add(keyOf(i, j));
        continue;
      }
      const [row, column] = [rowOf(i, j), columnOf(i, j)];
      if (held.score[pair] === rowPrice[row]! + columnPrice[column]!) {
        filled[column]!++;
        continue;
      }
      settled.add(keyOf(i, j));
      need[row]!--;
      capacity[column]!--;
    }
  }
  const bonus = LOT_RANGE * 2 * (Math.min(rows, columns) + 1);
  for (let column = 0; column < columns; column++) if (columnPrice[column]! > 0) capacity[column] = filled[column]!;
  // Lots hardly tie: bidding from prices of 0 places nearly all, and climbing towards the bonus would only cost time.
  const leftOut = new TightPairs(index, solution);
  const noPrices = new Float64Array(columns);
  for (let pairs = held; ;) {
    const tight = tightPairs(pairs);
    const state = saturate(tight.problem, noPrices);
    const best = new BestOver(ADDED_EACH);
    leftOut.forEachLeftOut(pairs, (mentee, mentor, score) => {
      const column = columnOf(mentee, mentor);
      const weight = lots(mentee, mentor, 0) + (columnPrice[column]! > 0 ? bonus : 0);
      const gain = weight - state.rowPrice[rowOf(mentee, mentor)]! - state.columnPrice[column]!;
      if (gain > 0) best.take(mentee, mentor, score, gain);
    });
    const added = best.finish();
    if (added.count === 0) {
      const chosen = new Uint8Array(pairs.mentor.length);
      tight.pairOf.forEach((pair, edge) => (chosen[pair] = state.matched[edge]!));
      for (let i = 0; i + 1 < pairs.start.length && settled.size > 0; i++) {
        for (let pair = pairs.start[i]!; pair < pairs.start[i + 1]!; pair++) {
          if (settled.has(keyOf(i, pairs.mentor[pair]!))) chosen[pair] = 1;
        }
      }
      return { pairs, chosen };
    }
    pairs = added.mergedWith(pairs);
  }

  /** The pairs held that some best result may have and others not, as a problem of lots. */
  function tightPairs({ start, mentor, score }: PairSet) {
    const rowStart = new Int32Array(rows + 1);
    const isTight = (i: number, pair: number) => {
      const j = mentor[pair]!;
      const [row, column] = [rowOf(i, j), columnOf(i, j)];
      if (row < 0 || column < 0 || rowPrice[row]! + columnPrice[column]! !== score[pair]) return false;
      return capacity[column]! > 0 && need[row]! > 0;
    };
    let count = 0;
    for (let i = 0; i + 1 < start.length; i++) {
      for (let pair = start[i]!; pair < start[i + 1]!; pair++) {
        if (!isTight(i, pair)) continue;
        rowStart[rowOf(i, mentor[pair]!) + 1]!++;
        count++;
      }
    }
    for (let row = 0; row < rows; row++) rowStart[row + 1]! += rowStart[row]!;
    const next = rowStart.slice();
    const pairOf = new Int32Array(count);
    const column = new Int32Array(count);
    const weight = new Float64Array(count);
    for (let i = 0; i + 1 < start.length; i++) {
      for (let pair = start[i]!; pair < start[i + 1]!; pair++) {
        if (!isTight(i, pair)) continue;
        const j = mentor[pair]!;
        const edge = next[rowOf(i, j)]!++;
        pairOf[edge] = pair;
        column[edge] = columnOf(i, j);
        weight[edge] = lots(i, j, 0) + (columnPrice[column[edge]!]! > 0 ? bonus : 0);
      }
    }
    return { pairOf, problem: { need, capacity, start: rowStart, column, weight } };
  }
}
