import { PriceHeap } from './price-heap.ts';
import { bestUnmatched, release, type SaturationState, take } from './saturation.ts';

/**
 * Shortest augmenting paths from rows that still lack columns, over reduced costs (Dijkstra), with the prices moved
 * after each so that they stay a proof. Nodes: columns 0 .. C-1, rows from C. Nodes at the present distance wait on a
 * stack, not in the heap: with tied scores most do.
 */
export class ShortestAugmenter {
  private readonly state: SaturationState;
  private readonly columns: number;
  private readonly distance: Float64Array;
  private readonly reachedBy: Int32Array;
  private readonly done: Uint8Array;
  private readonly touched: Int32Array;
  private touchedCount = 0;
  private readonly heap: PriceHeap;
  private readonly ready: number[] = [];
  private current = 0;
  private limit = Infinity;
  private target = -1;

  constructor(state: SaturationState) {
    this.state = state;
    this.columns = state.problem.capacity.length;
    const nodes = this.columns + state.problem.need.length;
    this.distance = new Float64Array(nodes).fill(Infinity);
    this.reachedBy = new Int32Array(nodes);
    this.done = new Uint8Array(nodes);
    this.touched = new Int32Array(nodes);
    this.heap = new PriceHeap(this.distance);
  }

  /** Throws RangeError if some row cannot be filled: the caller promised that all can. */
  fillRows(): void {
    const { need } = this.state.problem;
    for (let row = 0; row < need.length; row++) {
      while (this.state.rowFilled[row]! < need[row]!) this.fillOne(row);
    }
  }

  private fillOne(row: number): void {
    const { state } = this;
    state.rowPrice[row] = bestUnmatched(state, row);
    this.search(row);
    if (this.target < 0) throw new RangeError('a row that must be filled has no path to a free place');
    this.movePrices();
    for (let c = this.target; ;) {
      const edge = this.reachedBy[c]!;
      const from = state.rowOf[edge]!;
      if (from === row) {
        take(state, edge);
        break;
      }
      const dropped = this.reachedBy[this.columns + from]!;
      release(state, dropped);
      take(state, edge);
      c = state.problem.column[dropped]!;
    }
    this.forget();
  }

  private search(source: number): void {
    const { heap, ready, distance, done, columns } = this;
    this.current = 0;
    this.limit = Infinity;
    this.target = -1;
    ready.length = 0;
    this.reach(columns + source, 0, -1);
    for (;;) {
      let node = ready.pop();
      if (node === undefined) {
        if (heap.size === 0 || heap.leastKey() >= this.limit) return;
        node = heap.takeLeast();
        this.current = distance[node]!;
      }
      if (done[node]) continue;
      done[node] = 1;
      if (node >= columns) this.scanRow(node - columns);
      else this.scanColumn(node);
      if (this.limit <= this.current) return;
    }
  }

  private scanRow(row: number): void {
    const { state, distance, done } = this;
    const { start, column, weight, capacity } = state.problem;
    const { matched, columnPrice, filled } = state;
    const base = this.current + state.rowPrice[row]!;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      const c = column[edge]!;
      if (matched[edge] || done[c]) continue;
      const next = base + columnPrice[c]! - weight[edge]!;
      if (next >= this.limit || next >= distance[c]!) continue;
      if (filled[c]! < capacity[c]!) {
        this.limit = next;
        this.target = c;
        this.reachedBy[c] = edge;
        if (next <= this.current) return;
      } else {
        this.reach(c, next, edge);
      }
    }
  }

  private scanColumn(c: number): void {
    const { state, done, columns, distance } = this;
    const { weight } = state.problem;
    const { slots, slotStart, filled, rowOf, rowPrice } = state;
    const base = this.current - state.columnPrice[c]!;
    for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
      const edge = slots[at]!;
      const row = rowOf[edge]!;
      if (done[columns + row]) continue;
      const next = base + weight[edge]! - rowPrice[row]!;
      if (next >= this.limit || next >= distance[columns + row]!) continue;
      this.reach(columns + row, next, edge);
    }
  }

  private reach(node: number, next: number, edge: number): void {
    const isNew = this.distance[node] === Infinity;
    this.distance[node] = next;
    this.reachedBy[node] = edge;
    if (isNew) this.touched[this.touchedCount++] = node;
    if (isNew && next <= this.current) this.ready.push(node);
    else this.heap.raise(node);
  }

  private movePrices(): void {
    const { state, columns, distance, done, touched, touchedCount } = this;
    for (let at = 0; at < touchedCount; at++) {
      const node = touched[at]!;
      if (!done[node]) continue;
      const gain = this.limit - distance[node]!;
      if (node >= columns) state.rowPrice[node - columns]! -= gain;
      else state.columnPrice[node]! += gain;
    }
  }

  private forget(): void {
    this.heap.clear();
    for (let at = 0; at < this.touchedCount; at++) {
      const node = this.touched[at]!;
      this.distance[node] = Infinity;
      this.done[node] = 0;
    }
    this.touchedCount = 0;
  }
}
