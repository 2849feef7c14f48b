import type { SaturationProblem } from './saturation.ts';

/** Rows with more options than this have a list; those with fewer are gone through each time. */
const SHORT_ROW = 48;
/** Options kept at hand for a row besides those it needs. */
const SPARE = 10;
/** From this many kept options on, a row is sorted by comparison instead of by insertion. */
const SORTED_FROM = 64;

/**
 * The best options of long rows at hand, so that few of their edges are looked at. The kept edges of row r lie from
 * `start[r]`, `length[r]` of them (0: the row is short and has no list), by falling `bound`. A bound is what the edge
 * was worth (weight less the column's price) when the row was last gone through. Column prices never fall, so it stays
 * an upper bound: whoever needs nothing below x may stop at the first bound below x, and all edges that are not kept
 * are worth at most `beyond[r]` (-Infinity: none).
 */
export class RowLists {
  readonly start: Int32Array;
  readonly length: Int32Array;
  readonly edge: Int32Array;
  readonly column: Int32Array;
  readonly weight: Float64Array;
  readonly bound: Float64Array;
  readonly beyond: Float64Array;
  private readonly problem: SaturationProblem;

  /** At these prices, or where there are none at 0. O(edges of long rows), where these need few of their options. */
  constructor(problem: SaturationProblem, columnPrice?: Float64Array) {
    const { need, start } = problem;
    const rows = need.length;
    this.problem = problem;
    this.start = new Int32Array(rows + 1);
    for (let row = 0; row < rows; row++) {
      const degree = start[row + 1]! - start[row]!;
      const room = degree > SHORT_ROW ? Math.min(degree, need[row]! + (need[row]! >> 1) + SPARE) : 0;
      this.start[row + 1] = this.start[row]! + room;
    }
    const kept = this.start[rows]!;
    this.length = new Int32Array(rows);
    this.edge = new Int32Array(kept);
    this.column = new Int32Array(kept);
    this.weight = new Float64Array(kept);
    this.bound = new Float64Array(kept);
    this.beyond = new Float64Array(rows).fill(-Infinity);
    if (kept === 0) return;
    for (let row = 0; row < rows; row++) if (this.start[row + 1]! > this.start[row]!) this.refresh(row, columnPrice);
  }

  /** Goes through all edges of a long row again and keeps the best at these prices (undefined: all 0). */
  refresh(row: number, columnPrice: Float64Array | undefined): void {
    const { column, weight, start } = this.problem;
    const { edge: keptEdge, bound } = this;
    const from = this.start[row]!;
    const room = this.start[row + 1]! - from;
    if (room >= SORTED_FROM) return this.sortAll(row, columnPrice);
    const last = from + room - 1;
    let upTo = from;
    let beyond = -Infinity;
    let least = -Infinity;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      const value = columnPrice ? weight[edge]! - columnPrice[column[edge]!]! : weight[edge]!;
      let at = upTo;
      if (upTo > last) {
        if (value <= least) {
          if (value > beyond) beyond = value;
          continue;
        }
        beyond = least;
        at = last;
      } else {
        upTo++;
      }
      while (at > from && bound[at - 1]! < value) {
        bound[at] = bound[at - 1]!;
        keptEdge[at] = keptEdge[at - 1]!;
        at--;
      }
      bound[at] = value;
      keptEdge[at] = edge;
      if (upTo > last) least = bound[last]!;
    }
    this.length[row] = upTo - from;
    this.beyond[row] = beyond;
    for (let at = from; at < upTo; at++) {
      const edge = keptEdge[at]!;
      this.column[at] = column[edge]!;
      this.weight[at] = weight[edge]!;
    }
  }

  private sortAll(row: number, columnPrice: Float64Array | undefined): void {
    const { column, weight, start } = this.problem;
    const from = this.start[row]!;
    const room = this.start[row + 1]! - from;
    const first = start[row]!;
    const degree = start[row + 1]! - first;
    const values = new Float64Array(degree);
    for (let at = 0; at < degree; at++) {
      values[at] = weight[first + at]! - (columnPrice ? columnPrice[column[first + at]!]! : 0);
    }
    const least = nthHighest(values.slice(), room);
    let level = room;
    for (let at = 0; at < degree; at++) if (values[at]! > least) level--;
    // All above the least that is kept, and so many at it as there is room for.
    const kept = new Int32Array(room);
    let count = 0;
    let beyond = -Infinity;
    for (let at = 0; at < degree; at++) {
      if (values[at]! > least || (values[at] === least && level-- > 0)) kept[count++] = at;
      else if (values[at]! > beyond) beyond = values[at]!;
    }
    kept.sort((one, other) => values[other]! - values[one]! || one - other);
    for (let at = 0; at < room; at++) {
      const edge = first + kept[at]!;
      this.edge[from + at] = edge;
      this.column[from + at] = column[edge]!;
      this.weight[from + at] = weight[edge]!;
      this.bound[from + at] = values[kept[at]!]!;
    }
    this.length[row] = room;
    this.beyond[row] = beyond;
  }
}

/** The `nth` highest number, from 1 (Hoare's selection; the middle as pivot). Reorders `numbers`. O(length) as a rule. */
function nthHighest(numbers: Float64Array, nth: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const pivot = numbers[(low + high) >> 1]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (numbers[left]! > pivot) left++;
      while (numbers[right]! < pivot) right--;
      if (left > right) break;
      const swapped = numbers[left]!;
      numbers[left++] = numbers[right]!;
      numbers[right--] = swapped;
    }
    if (nth - 1 <= right) high = right;
    else if (nth - 1 >= left) low = left;
    else break;
  }
  return numbers[nth - 1]!;
}
