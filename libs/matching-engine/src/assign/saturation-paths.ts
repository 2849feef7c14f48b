import { PriceHeap } from './price-heap.ts';
import { PhaseAugmenter } from './saturation-phases.ts';
import { bestUnmatched, type SaturationState } from './saturation.ts';

/** Searches row by row may look at all edges this many times before they are taken together. */
const ROUNDS_BY_ROW = 4;
const SMALL = 20_000;
/** So few rows are better searched for one by one. */
const FEW = 16;

/**
 * Shortest augmenting paths from rows that still lack columns, over reduced costs (Dijkstra), with the prices moved
 * after each so that they stay a proof. Nodes: columns 0 .. C-1, then rows, then again a node for each row that stands
 * for all its edges that are not at hand: it is opened only if the search comes as far as the best of them could be.
 * Nodes at the present distance wait on a stack, not in the heap: with tied scores most do.
 */
export class ShortestAugmenter {
  private readonly state: SaturationState;
  private readonly columns: number;
  private readonly rests: number;
  private readonly distance: Float64Array;
  /** Of a column the edge it was reached by, of a row the slot. */
  private readonly reachedBy: Int32Array;
  private readonly reachedFrom: Int32Array;
  private readonly done: Uint8Array;
  private readonly touched: Int32Array;
  private touchedCount = 0;
  private readonly heap: PriceHeap;
  private readonly ready: Int32Array;
  private readyCount = 0;
  private current = 0;
  private limit = Infinity;
  private target = -1;
  /** Edges looked at. */
  private work = 0;
  private phases: PhaseAugmenter | undefined;

  constructor(state: SaturationState) {
    this.state = state;
    this.columns = state.problem.capacity.length;
    this.rests = this.columns + state.problem.need.length;
    const nodes = this.rests + state.problem.need.length;
    this.distance = new Float64Array(nodes).fill(Infinity);
    this.reachedBy = new Int32Array(this.rests);
    this.reachedFrom = new Int32Array(this.columns);
    this.done = new Uint8Array(nodes);
    this.touched = new Int32Array(nodes);
    this.ready = new Int32Array(nodes);
    this.heap = new PriceHeap(this.distance);
  }

  /** Throws RangeError if some row cannot be filled: the caller promised that all can. */
  fillRows(): void {
    const { need, start } = this.state.problem;
    const { rowFilled } = this.state;
    // Where rows' searches together look at far more than the whole, they go over the same ground.
    const budget = ROUNDS_BY_ROW * start[need.length]! + SMALL;
    for (let row = 0; row < need.length; row++) {
      while (rowFilled[row]! < need[row]!) {
        if (this.work > budget) this.fillInPhases();
        else this.fillOne(row);
      }
    }
  }

  private fillInPhases(): void {
    this.phases ??= new PhaseAugmenter(this.state);
    const { need } = this.state.problem;
    const { rowFilled } = this.state;
    let lacking = 0;
    for (let row = 0; row < need.length; row++) lacking += need[row]! - rowFilled[row]!;
    for (let filled = lacking; lacking > FEW && filled > lacking / 16; lacking -= filled) filled = this.phases.run();
    this.work = 0;
  }

  private fillOne(row: number): void {
    const { state } = this;
    state.rowPrice[row] = bestUnmatched(state, row);
    this.search(row);
    if (this.target < 0) throw new RangeError('a row that must be filled has no path to a free place');
    this.movePrices();
    this.augment(row);
    this.forget();
  }

  /** Along the path each full column keeps its slot and changes its holder; the target gains one. */
  private augment(source: number): void {
    const { matched, slots, slotRow, slotWeight, slotStart, filled, rowFilled } = this.state;
    const { column, weight } = this.state.problem;
    let c = this.target;
    let slot = slotStart[c]! + filled[c]!++;
    for (;;) {
      const edge = this.reachedBy[c]!;
      const from = this.reachedFrom[c]!;
      slots[slot] = edge;
      slotRow[slot] = from;
      slotWeight[slot] = weight[edge]!;
      matched[edge] = 1;
      if (from === source) break;
      slot = this.reachedBy[this.columns + from]!;
      const dropped = slots[slot]!;
      matched[dropped] = 0;
      c = column[dropped]!;
    }
    rowFilled[source]!++;
  }

  private search(source: number): void {
    const { heap, ready, distance, done, columns, rests } = this;
    this.current = 0;
    this.limit = Infinity;
    this.target = -1;
    this.readyCount = 0;
    this.reach(columns + source, 0);
    for (;;) {
      let node: number;
      if (this.readyCount > 0) {
        node = ready[--this.readyCount]!;
      } else {
        if (heap.size === 0 || heap.leastKey() >= this.limit) return;
        node = heap.takeLeast();
        this.current = distance[node]!;
      }
      done[node] = 1;
      if (node < columns) this.scanColumn(node);
      else if (node < rests) this.scanRow(node - columns);
      else this.scanRest(node - rests);
      if (this.limit <= this.current) return;
    }
  }

  private scanRow(row: number): void {
    if (this.state.lists.length[row] === 0) this.scanAll(row);
    else this.scanList(row);
  }

  private scanList(row: number): void {
    const { distance, done } = this;
    const { capacity } = this.state.problem;
    const { matched, columnPrice, filled, lists } = this.state;
    const { bound, column, weight, edge: edges } = lists;
    const base = this.current + this.state.rowPrice[row]!;
    this.work += lists.length[row]!;
    let limit = this.limit;
    for (let at = lists.start[row]!, end = at + lists.length[row]!; at < end; at++) {
      if (base - bound[at]! >= limit) return;
      const c = column[at]!;
      if (done[c]) continue;
      const next = base + columnPrice[c]! - weight[at]!;
      if (next >= limit || next >= distance[c]!) continue;
      const edge = edges[at]!;
      if (matched[edge]) continue;
      this.reachedBy[c] = edge;
      this.reachedFrom[c] = row;
      if (filled[c]! < capacity[c]!) {
        this.limit = limit = next;
        this.target = c;
        if (next <= this.current) return;
      } else {
        this.reach(c, next);
      }
    }
    const rest = base - lists.beyond[row]!;
    if (rest < limit) this.reach(this.rests + row, rest > this.current ? rest : this.current);
  }

  private scanRest(row: number): void {
    this.state.lists.refresh(row, this.state.columnPrice);
    this.scanAll(row);
  }

  private scanAll(row: number): void {
    const { distance, done } = this;
    const { start, column, weight, capacity } = this.state.problem;
    const { matched, columnPrice, filled } = this.state;
    const base = distance[this.columns + row]! + this.state.rowPrice[row]!;
    this.work += start[row + 1]! - start[row]!;
    let limit = this.limit;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      const c = column[edge]!;
      if (done[c]) continue;
      const next = base + columnPrice[c]! - weight[edge]!;
      if (next >= limit || next >= distance[c]! || matched[edge]) continue;
      this.reachedBy[c] = edge;
      this.reachedFrom[c] = row;
      if (filled[c]! < capacity[c]!) {
        this.limit = limit = next;
        this.target = c;
        if (next <= this.current) return;
      } else {
        this.reach(c, next);
      }
    }
  }

  private scanColumn(c: number): void {
    const { done, columns, distance, limit, reachedBy } = this;
    const { slotWeight, slotStart, slotRow, filled, rowPrice } = this.state;
    const base = this.current - this.state.columnPrice[c]!;
    for (let at = slotStart[c]!, end = at + filled[c]!; at < end; at++) {
      const row = slotRow[at]!;
      if (done[columns + row]) continue;
      const next = base + slotWeight[at]! - rowPrice[row]!;
      if (next >= limit || next >= distance[columns + row]!) continue;
      reachedBy[columns + row] = at;
      this.reach(columns + row, next);
    }
  }

  private reach(node: number, next: number): void {
    const isNew = this.distance[node] === Infinity;
    this.distance[node] = next;
    if (isNew) this.touched[this.touchedCount++] = node;
    if (isNew && next <= this.current) this.ready[this.readyCount++] = node;
    else this.heap.raise(node);
  }

  private movePrices(): void {
    const { columns, rests, distance, done, touched, touchedCount, limit } = this;
    const { rowPrice, columnPrice } = this.state;
    for (let at = 0; at < touchedCount; at++) {
      const node = touched[at]!;
      if (!done[node] || node >= rests) continue;
      const gain = limit - distance[node]!;
      if (node >= columns) rowPrice[node - columns]! -= gain;
      else columnPrice[node]! += gain;
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
