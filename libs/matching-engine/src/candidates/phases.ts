import { PriceHeap } from '../assign/price-heap.ts';
import type { SaturationProblem } from '../assign/saturation.ts';

/** What `saturate` answers too, of which the round needs this much. */
export interface PhasedOptimum {
  readonly matched: Uint8Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
}

/** The side that looks: rows for columns, or columns whose price stands though they have room. */
type Side = 0 | 1;

/** Bids a row on average may make, and by how much one bid raises a price at most. */
const BIDS_EACH = 40;
const RAISE_AT_MOST = 64;

/**
 * The same as `saturate` for large problems full of ties, as rounds of profiles are. An auction first (Bertsekas, Ann.
 * Oper. Res. 14, 1988), in which every bid raises by a point at least, brings the prices to within about a point of
 * right ones. Then the Hungarian method in phases: at the present prices as many rows as possible are placed along
 * tight edges, and only then do prices move, by one search for all who still look; so a plateau of equal scores, on
 * which single shortest paths lose their time, is crossed once a level of prices. The auction may leave priced columns
 * with room: they look for rows in the same way, until they are full or their price is 0.
 *
 * `prices` of columns, where given (of a like problem solved before; not below 0), stand in for the auction.
 *
 * Deterministic in the order of rows and edges. O(levels * edges) at usual scores, levels being few; at worst
 * O(places * (edges + nodes log nodes)). Throws RangeError if some row cannot be filled.
 */
export function saturateInPhases(problem: SaturationProblem, prices?: Float64Array): PhasedOptimum {
  const phases = new Phases(problem);
  if (prices) phases.columnPrice.set(prices);
  else phases.auction();
  phases.settleAuction();
  phases.settle(0);
  phases.settle(1);
  return phases;
}

class Phases implements PhasedOptimum {
  readonly matched: Uint8Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  private readonly need: Int32Array;
  private readonly capacity: Int32Array;
  private readonly start: Int32Array;
  private readonly column: Int32Array;
  private readonly weight: Int32Array;
  private readonly rows: number;
  private readonly rowOf: Int32Array;
  private readonly rowFilled: Int32Array;
  private readonly filled: Int32Array;
  /** Matched edges by column: `held[heldStart[c]...]`, `filled[c]` of them; `heldAt` is the inverse. */
  private readonly heldStart: Int32Array;
  private readonly held: Int32Array;
  private readonly heldAt: Int32Array;
  /** Edges by column, made where columns look. */
  private columnStart = new Int32Array(0);
  private columnEdges = new Int32Array(0);
  /** Nodes: rows, then columns. */
  private readonly seen: Int32Array;
  private stamp = 0;
  private readonly pointer: Int32Array;
  private readonly via: Int32Array;
  private readonly stack: Int32Array;
  private readonly distance: Float64Array;
  private readonly done: Uint8Array;
  private readonly reached: Int32Array;
  private reachedCount = 0;
  private readonly ready: Int32Array;
  private readyCount = 0;
  private readonly heap: PriceHeap;
  private current = 0;
  private limit = Infinity;

  constructor({ need, capacity, start, column, weight }: SaturationProblem) {
    const rows = need.length;
    const columns = capacity.length;
    this.need = need;
    this.capacity = capacity;
    this.start = start;
    this.column = column;
    this.weight = weight instanceof Int32Array ? weight : Int32Array.from(weight);
    this.rows = rows;
    this.rowOf = new Int32Array(column.length);
    for (let row = 0; row < rows; row++) this.rowOf.fill(row, start[row], start[row + 1]);
    this.matched = new Uint8Array(column.length);
    this.rowPrice = new Float64Array(rows);
    this.columnPrice = new Float64Array(columns);
    this.rowFilled = new Int32Array(rows);
    this.filled = new Int32Array(columns);
    this.heldStart = new Int32Array(columns + 1);
    for (const c of column) this.heldStart[c + 1]!++;
    for (let c = 0; c < columns; c++) {
      this.heldStart[c + 1] = this.heldStart[c]! + Math.min(this.heldStart[c + 1]!, capacity[c]!);
    }
    this.held = new Int32Array(this.heldStart[columns]!);
    this.heldAt = new Int32Array(column.length);
    const nodes = rows + columns;
    this.seen = new Int32Array(nodes);
    this.pointer = new Int32Array(nodes);
    this.via = new Int32Array(nodes);
    this.stack = new Int32Array(nodes);
    this.distance = new Float64Array(nodes).fill(Infinity);
    this.done = new Uint8Array(nodes);
    this.reached = new Int32Array(nodes);
    this.ready = new Int32Array(nodes);
    this.heap = new PriceHeap(this.distance);
  }

  /** Rows bid for their best column; a full one drops its lowest bid, and costs what the lowest left is. */
  auction(): void {
    const { need, start, column, weight, matched, columnPrice, filled, capacity, held, heldStart, rowOf } = this;
    const bidOf = new Float64Array(held.length);
    const waiting: number[] = [];
    for (let row = this.rows - 1; row >= 0; row--) if (need[row]! > 0) waiting.push(row);
    let bids = BIDS_EACH * this.rows;
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      while (this.rowFilled[row]! < need[row]! && bids-- > 0) {
        let best = -Infinity;
        let second = -Infinity;
        let bestEdge = -1;
        for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
          if (matched[edge] || capacity[column[edge]!] === 0) continue;
          const value = weight[edge]! - columnPrice[column[edge]!]!;
          if (value <= second) continue;
          if (value > best) {
            second = best;
            best = value;
            bestEdge = edge;
          } else {
            second = value;
          }
        }
        if (bestEdge < 0) break;
        const c = column[bestEdge]!;
        const bid = columnPrice[c]! + Math.min(best - second, RAISE_AT_MOST) + 1;
        const first = heldStart[c]!;
        if (filled[c]! >= capacity[c]!) {
          let lowest = first;
          for (let at = first + 1; at < first + filled[c]!; at++) if (bidOf[at]! < bidOf[lowest]!) lowest = at;
          const dropped = held[lowest]!;
          waiting.push(rowOf[dropped]!);
          bidOf[lowest] = bidOf[first + filled[c]! - 1]!;
          this.flip(dropped);
        }
        bidOf[first + filled[c]!] = bid;
        this.flip(bestEdge);
        if (filled[c]! < capacity[c]!) continue;
        let price = Infinity;
        for (let at = first; at < first + filled[c]!; at++) price = Math.min(price, bidOf[at]!);
        columnPrice[c] = price;
      }
    }
  }

  /** Rows give up what is now worth less than something else, and take their prices from what they keep. */
  settleAuction(): void {
    const { start, column, weight, matched, columnPrice, rowPrice } = this;
    for (let row = 0; row < this.rows; row++) {
      let best = -Infinity;
      for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
        if (!matched[edge]) best = Math.max(best, weight[edge]! - columnPrice[column[edge]!]!);
      }
      let least = Infinity;
      let given = best;
      for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
        if (!matched[edge]) continue;
        const value = weight[edge]! - columnPrice[column[edge]!]!;
        if (value < best) {
          this.flip(edge);
          given = Math.max(given, value);
        } else {
          least = Math.min(least, value);
        }
      }
      const price = this.rowFilled[row]! < this.need[row]! ? given : least === Infinity ? best : least;
      rowPrice[row] = price === -Infinity ? 0 : price;
    }
  }

  settle(side: Side): void {
    const from = side === 0 ? 0 : this.rows;
    const nodes = side === 0 ? this.rows : this.capacity.length;
    let looking: number[] = [];
    for (let at = 0; at < nodes; at++) if (this.isLooking(side, at)) looking.push(from + at);
    if (side === 1 && looking.length > 0) this.listByColumn();
    while (looking.length > 0) {
      for (let isPlaced = true; isPlaced;) {
        isPlaced = false;
        this.stamp++;
        for (const node of looking) {
          while (this.isLooking(side, node - from) && this.place(side, node)) isPlaced = true;
        }
        looking = looking.filter((node) => this.isLooking(side, node - from));
      }
      if (looking.length > 0) this.movePrices(side, looking);
      looking = looking.filter((node) => this.isLooking(side, node - from));
    }
  }

  private isLooking(side: Side, at: number): boolean {
    if (side === 0) return this.rowFilled[at]! < this.need[at]!;
    return this.columnPrice[at]! > 0 && this.filled[at]! < this.capacity[at]!;
  }

  /** One more edge for `source` along tight edges, by depth; every node is visited once a stamp. */
  private place(side: Side, source: number): boolean {
    const { stack, seen, stamp, pointer, via, rows, column, rowOf, filled, capacity, columnPrice } = this;
    let depth = 0;
    stack[0] = source;
    seen[source] = stamp;
    pointer[source] = this.firstOf(side, source);
    while (depth >= 0) {
      const node = stack[depth]!;
      const edge = node < rows ? this.nextOfRow(side, node) : this.nextOfColumn(side, node);
      if (edge < 0) {
        depth--;
        continue;
      }
      const to = node < rows ? rows + column[edge]! : rowOf[edge]!;
      seen[to] = stamp;
      via[to] = edge;
      stack[++depth] = to;
      pointer[to] = this.firstOf(side, to);
      if (to < rows) continue;
      const c = to - rows;
      const ends = side === 0 ? filled[c]! < capacity[c]! : columnPrice[c] === 0;
      if (!ends) continue;
      // What is given up goes first, so that nobody holds more than their places in between.
      for (let at = 2; at <= depth; at += 2) this.flip(via[stack[at]!]!);
      for (let at = 1; at <= depth; at += 2) this.flip(via[stack[at]!]!);
      return true;
    }
    return false;
  }

  private firstOf(side: Side, node: number): number {
    if (node < this.rows) return this.start[node]!;
    return (side === 0 ? this.heldStart : this.columnStart)[node - this.rows]!;
  }

  /** The row's next tight edge to a column not yet seen: one to take where rows look, one it has where columns do. */
  private nextOfRow(side: Side, row: number): number {
    const { rows, pointer, seen, stamp, matched, column, weight, columnPrice } = this;
    const own = this.rowPrice[row]!;
    const end = this.start[row + 1]!;
    for (let edge = pointer[row]!; edge < end; edge++) {
      const c = column[edge]!;
      if (own + columnPrice[c]! !== weight[edge] || seen[rows + c] === stamp || matched[edge] !== side) continue;
      pointer[row] = edge + 1;
      return edge;
    }
    pointer[row] = end;
    return -1;
  }

  private nextOfColumn(side: Side, node: number): number {
    const { pointer, seen, stamp, matched, rowOf, weight, rowPrice } = this;
    const c = node - this.rows;
    const own = this.columnPrice[c]!;
    const list = side === 0 ? this.held : this.columnEdges;
    const end = side === 0 ? this.heldStart[c]! + this.filled[c]! : this.columnStart[c + 1]!;
    for (let at = pointer[node]!; at < end; at++) {
      const edge = list[at]!;
      const row = rowOf[edge]!;
      if (seen[row] === stamp || matched[edge] === side || own + rowPrice[row]! !== weight[edge]) continue;
      pointer[node] = at + 1;
      return edge;
    }
    pointer[node] = end;
    return -1;
  }

  private flip(edge: number): void {
    const { matched, held, heldAt, heldStart, filled, rowFilled } = this;
    const c = this.column[edge]!;
    const row = this.rowOf[edge]!;
    if (matched[edge]) {
      matched[edge] = 0;
      rowFilled[row]!--;
      const last = held[heldStart[c]! + --filled[c]!]!;
      held[heldAt[edge]!] = last;
      heldAt[last] = heldAt[edge]!;
    } else {
      matched[edge] = 1;
      rowFilled[row]!++;
      heldAt[edge] = heldStart[c]! + filled[c]!++;
      held[heldAt[edge]!] = edge;
    }
  }

  /** One search from all who look (Dijkstra, over what edges lack): prices move until somebody can be placed. */
  private movePrices(side: Side, looking: readonly number[]): void {
    const { heap, distance, done, ready, reached, rows } = this;
    this.current = 0;
    this.limit = Infinity;
    this.readyCount = 0;
    this.reachedCount = 0;
    for (const node of looking) this.reach(node, 0);
    for (;;) {
      let node: number;
      if (this.readyCount > 0) {
        node = ready[--this.readyCount]!;
      } else {
        if (heap.size === 0 || heap.leastKey() >= this.limit) break;
        node = heap.takeLeast();
        this.current = distance[node]!;
      }
      if (done[node]) continue;
      done[node] = 1;
      if (node < rows) this.scanRow(side, node);
      else this.scanColumn(side, node - rows);
    }
    heap.clear();
    if (this.limit === Infinity) throw new RangeError('a row that must be filled has no path to a free place');
    for (let at = 0; at < this.reachedCount; at++) {
      const node = reached[at]!;
      if (done[node]) {
        const gain = this.limit - distance[node]!;
        if (node < rows) this.rowPrice[node]! += side === 0 ? -gain : gain;
        else this.columnPrice[node - rows]! += side === 0 ? gain : -gain;
      }
      distance[node] = Infinity;
      done[node] = 0;
    }
  }

  private reach(node: number, distance: number): void {
    const isNew = this.distance[node] === Infinity;
    this.distance[node] = distance;
    if (isNew) this.reached[this.reachedCount++] = node;
    if (isNew && distance <= this.current) this.ready[this.readyCount++] = node;
    else this.heap.raise(node);
  }

  private scanRow(side: Side, row: number): void {
    const { rows, distance, matched, column, weight, columnPrice, filled, capacity, current } = this;
    const own = this.rowPrice[row]!;
    const sign = side === 0 ? 1 : -1;
    for (let edge = this.start[row]!, end = this.start[row + 1]!; edge < end; edge++) {
      const c = column[edge]!;
      const next = current + sign * (own + columnPrice[c]! - weight[edge]!);
      if (next >= this.limit || next >= distance[rows + c]! || matched[edge] !== side) continue;
      if (side === 0 && filled[c]! < capacity[c]!) this.limit = next;
      else this.reach(rows + c, next);
    }
  }

  private scanColumn(side: Side, c: number): void {
    const { distance, matched, rowOf, weight, rowPrice, current } = this;
    const own = this.columnPrice[c]!;
    if (side === 1 && current + own < this.limit) this.limit = current + own;
    const sign = side === 1 ? 1 : -1;
    const list = side === 0 ? this.held : this.columnEdges;
    const end = side === 0 ? this.heldStart[c]! + this.filled[c]! : this.columnStart[c + 1]!;
    for (let at = side === 0 ? this.heldStart[c]! : this.columnStart[c]!; at < end; at++) {
      const edge = list[at]!;
      const row = rowOf[edge]!;
      const next = current + sign * (own + rowPrice[row]! - weight[edge]!);
      if (next >= this.limit || next >= distance[row]! || matched[edge] === side) continue;
      this.reach(row, next);
    }
  }

  private listByColumn(): void {
    const { column, capacity } = this;
    const start = new Int32Array(capacity.length + 1);
    for (const c of column) start[c + 1]!++;
    for (let c = 0; c < capacity.length; c++) start[c + 1]! += start[c]!;
    const next = start.slice();
    this.columnEdges = new Int32Array(column.length);
    for (let edge = 0; edge < column.length; edge++) this.columnEdges[next[column[edge]!]!++] = edge;
    this.columnStart = start;
  }
}
