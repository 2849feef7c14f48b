import { bidForColumns } from './saturation-bidding.ts';
import { ShortestAugmenter } from './saturation-paths.ts';

/**
 * Every row must take exactly `need` columns, each edge at most once and no column more than its capacity, at the
 * highest weight. That it can be done must be known beforehand. Weights are whole numbers, small enough that any sum
 * along a path stays below 2^53.
 */
export interface SaturationProblem {
  readonly need: Int32Array;
  readonly capacity: Int32Array;
  /** Edges of row r: from `start[r]` up to `start[r + 1]`. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly weight: Float64Array;
}

/**
 * An optimum and its proof: for unmatched edges `rowPrice + columnPrice >= weight`, for matched ones `<=`; column
 * prices are never negative, and 0 where the column is not full.
 */
export interface SaturationState {
  readonly problem: SaturationProblem;
  readonly rowOf: Int32Array;
  readonly matched: Uint8Array;
  readonly rowFilled: Int32Array;
  readonly filled: Int32Array;
  /** Matched edges of column c: `slots[slotStart[c] ...]`, `filled[c]` of them; `slotOf` is the inverse. */
  readonly slotStart: Int32Array;
  readonly slots: Int32Array;
  readonly slotOf: Int32Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
}

/**
 * Capacitated augmenting row reduction, then shortest augmenting paths with prices (Jonker and Volgenant,
 * Computing 38, 1987, carried over to places on both sides). Deterministic in the order of rows and edges.
 * O(rows * (edges + nodes log nodes)) at worst; reduction usually leaves few rows.
 */
export function saturate(problem: SaturationProblem): SaturationState {
  const state = startState(problem);
  bidForColumns(state);
  new ShortestAugmenter(state).fillRows();
  settleRowPrices(state);
  return state;
}

function startState(problem: SaturationProblem): SaturationState {
  const { need, capacity, start, column } = problem;
  const rowOf = new Int32Array(column.length);
  const degree = new Int32Array(capacity.length);
  for (let row = 0; row < need.length; row++) {
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
      rowOf[edge] = row;
      degree[column[edge]!]!++;
    }
  }
  const slotStart = new Int32Array(capacity.length + 1);
  for (let c = 0; c < capacity.length; c++) slotStart[c + 1] = slotStart[c]! + Math.min(capacity[c]!, degree[c]!);
  return {
    problem,
    rowOf,
    matched: new Uint8Array(column.length),
    rowFilled: new Int32Array(need.length),
    filled: new Int32Array(capacity.length),
    slotStart,
    slots: new Int32Array(slotStart[capacity.length]!),
    slotOf: new Int32Array(column.length),
    rowPrice: new Float64Array(need.length),
    columnPrice: new Float64Array(capacity.length),
  };
}

export function take(state: SaturationState, edge: number): void {
  const c = state.problem.column[edge]!;
  const slot = state.slotStart[c]! + state.filled[c]!++;
  state.slots[slot] = edge;
  state.slotOf[edge] = slot;
  state.matched[edge] = 1;
  state.rowFilled[state.rowOf[edge]!]!++;
}

export function release(state: SaturationState, edge: number): void {
  const c = state.problem.column[edge]!;
  const slot = state.slotOf[edge]!;
  const last = state.slots[state.slotStart[c]! + --state.filled[c]!]!;
  state.slots[slot] = last;
  state.slotOf[last] = slot;
  state.matched[edge] = 0;
  state.rowFilled[state.rowOf[edge]!]!--;
}

/** The best that row still lacks, at the present prices; -Infinity if it has all its columns. */
export function bestUnmatched(state: SaturationState, row: number): number {
  const { start, column, weight } = state.problem;
  let best = -Infinity;
  for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
    if (state.matched[edge]) continue;
    const value = weight[edge]! - state.columnPrice[column[edge]!]!;
    if (value > best) best = value;
  }
  return best;
}

/** Each row's price goes up to its least matched value: still a proof, and finite for rows that have everything. */
function settleRowPrices(state: SaturationState): void {
  const { need, start, column, weight } = state.problem;
  for (let row = 0; row < need.length; row++) {
    let least = Infinity;
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
      if (!state.matched[edge]) continue;
      const value = weight[edge]! - state.columnPrice[column[edge]!]!;
      if (value < least) least = value;
    }
    state.rowPrice[row] = least === Infinity ? Math.max(0, bestUnmatched(state, row)) : least;
  }
}
