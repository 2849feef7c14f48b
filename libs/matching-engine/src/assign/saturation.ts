import { RowLists } from './row-lists.ts';
import { bidForColumns, bidInSteps } from './saturation-bidding.ts';
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
  readonly weight: Float64Array | Int32Array;
}

/**
 * An optimum and its proof: for unmatched edges `rowPrice + columnPrice >= weight`, for matched ones `<=`; column
 * prices are never negative, and 0 where the column is not full.
 */
export interface SaturationState {
  readonly problem: SaturationProblem;
  readonly matched: Uint8Array;
  readonly rowFilled: Int32Array;
  readonly filled: Int32Array;
  /** Matched edges of column c, with their rows and weights: `slots[slotStart[c] ...]`, `filled[c]` of them. */
  readonly slotStart: Int32Array;
  readonly slots: Int32Array;
  readonly slotRow: Int32Array;
  readonly slotWeight: Float64Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  readonly lists: RowLists;
}

/** Where more than this share of the places is still wanted after bidding, prices have far to climb. */
const STILL_WANTED = 1 / 8;
const FEW = 16;
/** Each round of large steps goes this much finer than the last. */
const FINER = 4;
/** Steps that are taken back after climbing, lest a price be above what the optimum has; more if that was too few. */
const STEPS_BACK = [8, 64];

/**
 * Capacitated augmenting row reduction, then shortest augmenting paths with prices (Jonker and Volgenant,
 * Computing 38, 1987, carried over to places on both sides). Where all want the same columns prices climb in large
 * steps first. Deterministic in the order of rows and edges. O(rows * (edges + nodes log nodes)) at worst; reduction
 * usually leaves few rows.
 *
 * `prices`, where given, are taken as a beginning (those of a like problem solved before). They must not be negative,
 * and lower is safer: where a column that they price finds no takers, the work is done again from nothing.
 */
export function saturate(problem: SaturationProblem, prices?: Float64Array): SaturationState {
  if (prices) {
    const state = startState(problem, prices);
    bidForColumns(state);
    if (fill(state)) return state;
  }
  const state = startState(problem);
  bidForColumns(state);
  if (lacking(state) <= FEW + STILL_WANTED * sum(problem.need)) {
    fill(state);
    return state;
  }
  for (const stepsBack of STEPS_BACK) {
    const climbed = startState(problem, climb(problem, stepsBack));
    bidForColumns(climbed);
    if (fill(climbed)) return climbed;
  }
  fill(state);
  return state;
}

/** Fills all rows; false if some column has a price though it is not full, so that nothing is proven. */
function fill(state: SaturationState): boolean {
  new ShortestAugmenter(state).fillRows();
  settleRowPrices(state);
  const { columnPrice, filled, problem } = state;
  for (let c = 0; c < filled.length; c++) {
    if (columnPrice[c] !== 0 && filled[c]! < problem.capacity[c]!) return false;
  }
  return true;
}

/** Prices a little below where an auction in ever smaller steps ends (Bertsekas, Annals of Oper. Res. 14, 1988). */
function climb(problem: SaturationProblem, stepsBack: number): Float64Array {
  const { weight } = problem;
  let lowest = Infinity;
  let highest = -Infinity;
  for (const each of weight) {
    if (each < lowest) lowest = each;
    if (each > highest) highest = each;
  }
  let prices = new Float64Array(problem.capacity.length);
  for (let step = Math.floor((highest - lowest) / 8); step >= 1; step = Math.floor(step / FINER)) {
    const state = startState(problem, prices);
    bidInSteps(state, step);
    prices = Float64Array.from(state.columnPrice);
    for (let c = 0; c < prices.length; c++) prices[c] = Math.max(0, prices[c]! - stepsBack * step);
  }
  return prices;
}

function lacking({ problem, rowFilled }: SaturationState): number {
  return sum(problem.need) - sum(rowFilled);
}

function sum(numbers: Int32Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Nothing matched yet; exported for tests. */
export function startState(problem: SaturationProblem, prices?: Float64Array): SaturationState {
  const { need, capacity, start, column } = problem;
  const rows = need.length;
  // Capacities may be far above what can be used; then those who may come are counted.
  let slotCount = 0;
  for (const places of capacity) slotCount += places;
  let degree: Int32Array | undefined;
  if (slotCount > 2 * (sum(need) + column.length)) {
    degree = new Int32Array(capacity.length);
    for (let edge = 0; edge < start[rows]!; edge++) degree[column[edge]!]!++;
  }
  const slotStart = new Int32Array(capacity.length + 1);
  for (let c = 0; c < capacity.length; c++) {
    slotStart[c + 1] = slotStart[c]! + (degree ? Math.min(capacity[c]!, degree[c]!) : capacity[c]!);
  }
  const slots = slotStart[capacity.length]!;
  return {
    problem,
    matched: marksOf(column.length),
    rowFilled: new Int32Array(rows),
    filled: new Int32Array(capacity.length),
    slotStart,
    slots: new Int32Array(slots),
    slotRow: new Int32Array(slots),
    slotWeight: new Float64Array(slots),
    rowPrice: new Float64Array(rows),
    columnPrice: prices ? prices.slice() : new Float64Array(capacity.length),
    lists: new RowLists(problem, prices),
  };
}

/** The best that row still lacks, at the present prices; -Infinity if it has all its columns. */
export function bestUnmatched(state: SaturationState, row: number): number {
  const { lists, matched, columnPrice } = state;
  let best = -Infinity;
  if (lists.length[row] === 0) {
    const { start, column, weight } = state.problem;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      const value = weight[edge]! - columnPrice[column[edge]!]!;
      if (value > best && !matched[edge]) best = value;
    }
    return best;
  }
  for (let tries = 0; tries < 2; tries++) {
    best = -Infinity;
    for (let at = lists.start[row]!, end = at + lists.length[row]!; at < end && lists.bound[at]! > best; at++) {
      if (matched[lists.edge[at]!]) continue;
      const value = lists.weight[at]! - columnPrice[lists.column[at]!]!;
      if (value > best) best = value;
    }
    if (best >= lists.beyond[row]!) break;
    lists.refresh(row, columnPrice);
  }
  return best;
}

/** Each row's price goes up to its least matched value: still a proof, and finite for rows that have everything. */
function settleRowPrices(state: SaturationState): void {
  const { slotStart, slotRow, slotWeight, filled, rowPrice, columnPrice, rowFilled } = state;
  rowPrice.fill(Infinity);
  for (let c = 0; c < filled.length; c++) {
    const price = columnPrice[c]!;
    for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
      const value = slotWeight[at]! - price;
      const row = slotRow[at]!;
      if (value < rowPrice[row]!) rowPrice[row] = value;
    }
  }
  for (let row = 0; row < rowPrice.length; row++) {
    if (rowFilled[row] === 0) rowPrice[row] = Math.max(0, bestUnmatched(state, row));
  }
}

/** Marks in a buffer of whole words, so that four at a time can be passed over. */
function marksOf(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(4 * Math.ceil(length / 4)), 0, length);
}
