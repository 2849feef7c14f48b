import { release, type SaturationState, take } from './saturation.ts';

/** Bids a row on average may make before the rest is left to shortest paths. */
const BIDS_PER_PLACE = 12;

/**
 * Augmenting row reduction with places. A row takes its best column if that has room, and notes its second-best value
 * as its own price. If the column is full, its holders and the bidder differ in how far they would follow a rising
 * price; the one who would follow least is dropped, the price rises to what the next would still pay, and the dropped
 * row bids in turn. Where nobody's loss can raise the price (a plateau of ties), the row is left for later.
 */
export function bidForColumns(state: SaturationState): void {
  const { need } = state.problem;
  let places = 0;
  for (const own of need) places += own;
  const left = { bids: BIDS_PER_PLACE * places + 64 };
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < need.length; row++) {
      while (state.rowFilled[row]! < need[row]!) {
        if (!bidChain(state, row, left)) break;
      }
    }
  }
}

/** Bids for one more column for `row`, and then for whoever is dropped; false once someone is left without. */
function bidChain(state: SaturationState, first: number, left: { bids: number }): boolean {
  const { problem, matched, columnPrice, filled, rowPrice } = state;
  const { start, column, weight, capacity } = problem;
  let row = first;
  while (left.bids-- > 0) {
    let best = -Infinity;
    let second = -Infinity;
    let bestEdge = -1;
    let bestHasRoom = false;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      if (matched[edge]) continue;
      const c = column[edge]!;
      const value = weight[edge]! - columnPrice[c]!;
      if (value < second) continue;
      const hasRoom = filled[c]! < capacity[c]!;
      if (value > best || (value === best && hasRoom && !bestHasRoom)) {
        second = best;
        best = value;
        bestEdge = edge;
        bestHasRoom = hasRoom;
      } else {
        second = value;
      }
    }
    if (bestEdge < 0) return false;
    const c = column[bestEdge]!;
    if (bestHasRoom) {
      take(state, bestEdge);
      rowPrice[row] = second;
      return true;
    }
    const outcome = contest(state, c, best - second);
    if (outcome.dropped < 0) {
      if (outcome.rise === 0) return false;
      columnPrice[c]! += outcome.rise;
      continue;
    }
    const nextRow = state.rowOf[outcome.dropped]!;
    release(state, outcome.dropped);
    take(state, bestEdge);
    rowPrice[row] = second;
    columnPrice[c]! += outcome.rise;
    row = nextRow;
    if (outcome.rise === 0) return false;
  }
  return false;
}

const result = { dropped: -1, rise: 0 };

/** Who of a full column's holders gives way to a bidder who follows the price up by `slack` (-1: the bidder does). */
function contest(state: SaturationState, c: number, slack: number): { dropped: number; rise: number } {
  const { slots, slotStart, filled, rowPrice, rowOf } = state;
  const { weight } = state.problem;
  const price = state.columnPrice[c]!;
  let least = Infinity;
  let next = Infinity;
  let leastEdge = -1;
  for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
    const edge = slots[at]!;
    const own = weight[edge]! - price - rowPrice[rowOf[edge]!]!;
    if (own < least) {
      next = least;
      least = own;
      leastEdge = edge;
    } else if (own < next) {
      next = own;
    }
  }
  if (slack <= least) {
    result.dropped = -1;
    result.rise = least !== Infinity ? least : slack !== Infinity ? slack : 0;
  } else {
    result.dropped = leastEdge;
    result.rise = Math.min(slack, next);
    if (result.rise === Infinity) result.rise = least;
  }
  return result;
}
