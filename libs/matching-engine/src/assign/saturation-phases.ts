import { PriceHeap } from './price-heap.ts';
import { bestUnmatched, type SaturationState } from './saturation.ts';

/**
 * Many augmenting paths at once, for where searching row by row goes over the same ground again and again. Each phase
 * takes, for every row and column, the distance to the nearest column with room (one Dijkstra, backwards from all of
 * them), moves all prices by it, and so gives every row that lacks a column a path of no cost; then it takes as many of
 * these paths as go side by side (depth first, as Hopcroft and Karp do). The primal-dual method; Ahuja, Magnanti and
 * Orlin, Network Flows, chapter 9. A phase is O(edges + nodes log nodes).
 */
export class PhaseAugmenter {
  private readonly state: SaturationState;
  private readonly columns: number;
  private readonly rows: number;
  /** Edges by column, and the row of each edge: what the search backwards needs. */
  private readonly columnStart: Int32Array;
  private readonly columnEdges: Int32Array;
  private readonly columnRows: Int32Array;
  private readonly distance: Float64Array;
  private readonly heap: PriceHeap;
  private readonly seen: Uint8Array;
  private readonly nextEdge: Int32Array;
  private readonly nextSlot: Int32Array;
  private readonly pathRow: Int32Array;
  private readonly pathSlot: Int32Array;

  constructor(state: SaturationState) {
    const { need, capacity, start, column } = state.problem;
    this.state = state;
    this.columns = capacity.length;
    this.rows = need.length;
    const edges = start[this.rows]!;
    this.columnStart = new Int32Array(this.columns + 1);
    for (let edge = 0; edge < edges; edge++) this.columnStart[column[edge]! + 1]!++;
    for (let c = 0; c < this.columns; c++) this.columnStart[c + 1]! += this.columnStart[c]!;
    this.columnEdges = new Int32Array(edges);
    this.columnRows = new Int32Array(edges);
    const next = this.columnStart.slice(0, this.columns);
    for (let row = 0; row < this.rows; row++) {
      for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
        const at = next[column[edge]!]!++;
        this.columnEdges[at] = edge;
        this.columnRows[at] = row;
      }
    }
    this.distance = new Float64Array(this.columns + this.rows);
    this.heap = new PriceHeap(this.distance);
    this.seen = new Uint8Array(this.rows);
    this.nextEdge = new Int32Array(this.rows);
    this.nextSlot = new Int32Array(this.columns);
    this.pathRow = new Int32Array(this.rows + 1);
    this.pathSlot = new Int32Array(this.rows + 1);
  }

  /** One phase; answers how many places it filled. */
  run(): number {
    const { need, start } = this.state.problem;
    const { rowFilled, rowPrice } = this.state;
    for (let row = 0; row < this.rows; row++) {
      if (rowFilled[row]! < need[row]!) rowPrice[row] = bestUnmatched(this.state, row);
    }
    this.measure();
    this.movePrices();
    this.seen.fill(0);
    this.nextEdge.set(start.subarray(0, this.rows));
    this.nextSlot.fill(0);
    let filled = 0;
    for (let row = 0; row < this.rows; row++) {
      while (rowFilled[row]! < need[row]! && this.augment(row)) filled++;
    }
    return filled;
  }

  private measure(): void {
    const { distance, heap, columns } = this;
    const { capacity } = this.state.problem;
    distance.fill(Infinity);
    for (let c = 0; c < columns; c++) {
      if (this.state.filled[c]! >= capacity[c]!) continue;
      distance[c] = 0;
      heap.raise(c);
    }
    while (heap.size > 0) {
      const node = heap.takeLeast();
      if (node < columns) this.fromColumn(node);
      else this.fromRow(node - columns);
    }
  }

  private fromColumn(c: number): void {
    const { distance, heap, columns, columnStart, columnEdges, columnRows } = this;
    const { matched, rowPrice } = this.state;
    const { weight } = this.state.problem;
    const base = distance[c]! + this.state.columnPrice[c]!;
    for (let at = columnStart[c]!, end = columnStart[c + 1]!; at < end; at++) {
      const row = columnRows[at]!;
      const edge = columnEdges[at]!;
      const next = base + rowPrice[row]! - weight[edge]!;
      if (next >= distance[columns + row]! || matched[edge] === 1) continue;
      distance[columns + row] = next;
      heap.raise(columns + row);
    }
  }

  private fromRow(row: number): void {
    const { distance, heap, columns } = this;
    const { matched, columnPrice } = this.state;
    const { start, column, weight } = this.state.problem;
    const base = distance[columns + row]! - this.state.rowPrice[row]!;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      if (matched[edge] === 0) continue;
      const c = column[edge]!;
      const next = base + weight[edge]! - columnPrice[c]!;
      if (next >= distance[c]!) continue;
      distance[c] = next;
      heap.raise(c);
    }
  }

  /** Whoever cannot reach a column with room moves with the farthest who can. */
  private movePrices(): void {
    const { distance, columns, rows } = this;
    const { rowPrice, columnPrice } = this.state;
    let farthest = 0;
    for (const far of distance) if (far > farthest && far !== Infinity) farthest = far;
    for (let c = 0; c < columns; c++) columnPrice[c]! += Math.min(farthest, distance[c]!);
    for (let row = 0; row < rows; row++) rowPrice[row]! -= Math.min(farthest, distance[columns + row]!);
  }

  /** A path over edges of no cost to a column with room. Each row is entered once a phase, each edge looked at once. */
  private augment(source: number): boolean {
    const { seen, pathRow, pathSlot } = this;
    const { slotRow } = this.state;
    let depth = 0;
    pathRow[0] = source;
    seen[source] = 1;
    while (depth >= 0) {
      const row = pathRow[depth]!;
      const slot = this.onward(row, depth);
      if (slot === -2) return true;
      if (slot >= 0) {
        pathSlot[depth++] = slot;
        pathRow[depth] = slotRow[slot]!;
        seen[slotRow[slot]!] = 1;
      } else if (--depth >= 0) {
        // What the row above tried leads nowhere.
        this.nextSlot[this.state.problem.column[this.nextEdge[pathRow[depth]!]!]!]!++;
      }
    }
    return false;
  }

  /** The slot of a row not yet seen that could change; -2 where the path is complete, and taken; -1 where none is left. */
  private onward(row: number, depth: number): number {
    const { seen, nextEdge, nextSlot } = this;
    const { matched, rowPrice, columnPrice, filled, slotStart, slotRow, slotWeight } = this.state;
    const { start, column, weight, capacity } = this.state.problem;
    for (const end = start[row + 1]!; nextEdge[row]! < end; nextEdge[row]!++) {
      const edge = nextEdge[row]!;
      const c = column[edge]!;
      if (rowPrice[row]! + columnPrice[c]! !== weight[edge] || matched[edge] === 1) continue;
      if (filled[c]! < capacity[c]!) {
        this.take(depth, c);
        return -2;
      }
      for (; nextSlot[c]! < filled[c]!; nextSlot[c]!++) {
        const slot = slotStart[c]! + nextSlot[c]!;
        if (seen[slotRow[slot]!] === 1 || slotWeight[slot]! - columnPrice[c]! !== rowPrice[slotRow[slot]!]) continue;
        return slot;
      }
    }
    return -1;
  }

  /** Every full column on the path keeps its slot and changes its holder; the last one gains a slot. */
  private take(depth: number, target: number): void {
    const { pathRow, pathSlot, nextEdge } = this;
    const { matched, filled, slots, slotStart, slotRow, slotWeight, rowFilled } = this.state;
    const { weight } = this.state.problem;
    for (let step = 0; step < depth; step++) matched[slots[pathSlot[step]!]!] = 0;
    for (let step = 0; step <= depth; step++) {
      const slot = step < depth ? pathSlot[step]! : slotStart[target]! + filled[target]!++;
      const edge = nextEdge[pathRow[step]!]!;
      slots[slot] = edge;
      slotRow[slot] = pathRow[step]!;
      slotWeight[slot] = weight[edge]!;
      matched[edge] = 1;
    }
    rowFilled[pathRow[0]!]!++;
  }
}
