import type { SaturationState } from './saturation.ts';

/** Bids for each place before the rest is left to shortest paths: where all want the same, prices climb by many. */
const BIDS_PER_PLACE = 24;
/** Of these, bids that may change who holds a place without raising its price: in all, and one after another. */
const EVEN_BIDS_PER_PLACE = 3;
const EVEN_BIDS = 8;
/** Rows that need more than this take their best options in one go first. */
const MANY = 8;

/**
 * Augmenting row reduction with places. A row takes its best column if that has room, and notes its second-best value
 * as its own price. If the column is full, its holders and the bidder differ in how far they would follow a rising
 * price; the one who would follow least is dropped, the price rises to what the next would still pay, and the dropped
 * row bids in turn. Where nobody's loss can raise the price (a plateau of ties), places change hands a few times in
 * search of room, and then the row is left for later.
 */
export function bidForColumns(state: SaturationState): void {
  new Bidding(state, 0).run();
}

/**
 * The same, but every bid goes beyond what the row's next best justifies by `step` (Bertsekas' auction): prices climb in
 * few large steps where all want the same. What comes of it is near an optimum, but none.
 */
export function bidInSteps(state: SaturationState, step: number): void {
  new Bidding(state, step).run();
}

/**
 * While rows bid, the slots of a column are a heap by `limit`, the price up to which a holder follows (its weight less
 * its row's price): the least is dropped first. A row that goes on bidding follows further than was noted; limits are
 * put right when they come to the top.
 */
class Bidding {
  private readonly state: SaturationState;
  private readonly limit: Float64Array;
  private readonly step: number;
  private bidsLeft = 64;
  private evenLeft = 64;
  private best = 0;
  private second = 0;
  private bestEdge = -1;
  private bestColumn = 0;
  private bestWeight = 0;
  private bestHasRoom = false;

  constructor(state: SaturationState, step: number) {
    this.state = state;
    this.step = step;
    this.limit = new Float64Array(state.slots.length);
    const { need } = state.problem;
    for (const places of need) {
      this.bidsLeft += BIDS_PER_PLACE * places;
      this.evenLeft += EVEN_BIDS_PER_PLACE * places;
    }
  }

  run(): void {
    const { need } = this.state.problem;
    const { rowFilled, lists } = this.state;
    for (let pass = 0; pass < 2; pass++) {
      for (let row = 0; row < need.length; row++) {
        if (pass === 0 && need[row]! > MANY && lists.length[row]! > 0) this.takeMany(row);
        while (rowFilled[row]! < need[row]! && this.bidChain(row));
      }
    }
  }

  /** The best options, as long as there is room: what so many single bids would have come to. */
  private takeMany(row: number): void {
    const { lists, columnPrice, filled, problem, rowFilled, matched, rowPrice } = this.state;
    lists.refresh(row, columnPrice);
    const from = lists.start[row]!;
    const most = Math.min(problem.need[row]!, lists.length[row]! - 1);
    let count = 0;
    for (; count < most; count++) {
      const c = lists.column[from + count]!;
      if (filled[c] === problem.capacity[c]) break;
      filled[c]!++;
    }
    if (count === 0) return;
    rowPrice[row] = lists.bound[from + count]!;
    for (let at = from; at < from + count; at++) filled[lists.column[at]!]!--;
    for (let at = from; at < from + count; at++) {
      matched[lists.edge[at]!] = 1;
      this.fill(lists.column[at]!, lists.edge[at]!, row, lists.weight[at]!);
    }
    rowFilled[row]! += count;
  }

  /** Bids for one more column for `row`, and then for whoever is dropped; false once someone is left without. */
  private bidChain(first: number): boolean {
    const { matched, columnPrice, rowPrice, rowFilled, slotStart, slots, slotRow, slotWeight } = this.state;
    let row = first;
    let even = EVEN_BIDS;
    while (this.bidsLeft-- > 0) {
      this.look(row);
      const { bestEdge, bestColumn: c, bestWeight } = this;
      const second = this.second - this.step;
      if (bestEdge < 0) return false;
      if (this.bestHasRoom) {
        rowPrice[row] = second;
        rowFilled[row]!++;
        matched[bestEdge] = 1;
        this.fill(c, bestEdge, row, bestWeight);
        return true;
      }
      const price = columnPrice[c]!;
      const least = this.leastLimit(c) - price;
      const slack = this.best - second;
      if (slack <= least) {
        const rise = least !== Infinity ? least : slack !== Infinity ? slack : 0;
        if (rise > 0) {
          columnPrice[c] = price + rise;
          continue;
        }
        if (least === Infinity) return false;
      }
      const top = slotStart[c]!;
      let rise = Math.min(slack, this.secondLimit(c) - price);
      if (rise === Infinity) rise = least;
      const droppedRow = slotRow[top]!;
      matched[slots[top]!] = 0;
      rowFilled[droppedRow]!--;
      matched[bestEdge] = 1;
      rowFilled[row]!++;
      rowPrice[row] = second;
      slots[top] = bestEdge;
      slotRow[top] = row;
      slotWeight[top] = bestWeight;
      this.limit[top] = bestWeight - second;
      this.sink(c);
      columnPrice[c] = price + rise;
      row = droppedRow;
      if (rise === 0 && this.step === 0 && (even-- === 0 || this.evenLeft-- <= 0)) return false;
    }
    return false;
  }

  /** The row's best option that it lacks, and what the next best is worth. Among equals one with room. */
  private look(row: number): void {
    if (this.state.lists.length[row] === 0) this.lookThrough(row);
    else this.lookAtList(row);
  }

  private lookThrough(row: number): void {
    const { problem, matched, columnPrice, filled } = this.state;
    const { capacity, start, column, weight } = problem;
    let best = -Infinity;
    let second = -Infinity;
    let bestEdge = -1;
    let hasRoom = false;
    for (let edge = start[row]!, end = start[row + 1]!; edge < end; edge++) {
      const c = column[edge]!;
      const value = weight[edge]! - columnPrice[c]!;
      if (value < second || matched[edge] === 1) continue;
      const room = filled[c]! < capacity[c]!;
      if (value > best) {
        second = best;
        best = value;
        bestEdge = edge;
        hasRoom = room;
      } else {
        second = value;
        if (value === best && room && !hasRoom) {
          bestEdge = edge;
          hasRoom = true;
        }
      }
    }
    this.best = best;
    this.second = second;
    this.bestEdge = bestEdge;
    this.bestHasRoom = hasRoom;
    if (bestEdge < 0) return;
    this.bestColumn = column[bestEdge]!;
    this.bestWeight = weight[bestEdge]!;
  }

  private lookAtList(row: number): void {
    const { problem, matched, columnPrice, filled, lists } = this.state;
    const { capacity } = problem;
    const { start, length, bound, weight, column, edge: edges, beyond } = lists;
    for (;;) {
      let best = -Infinity;
      let second = -Infinity;
      let bestAt = -1;
      let hasRoom = false;
      for (let at = start[row]!, end = at + length[row]!; at < end && bound[at]! >= second; at++) {
        const c = column[at]!;
        const value = weight[at]! - columnPrice[c]!;
        if (value < second || matched[edges[at]!] === 1) continue;
        const room = filled[c]! < capacity[c]!;
        if (value > best) {
          second = best;
          best = value;
          bestAt = at;
          hasRoom = room;
        } else {
          second = value;
          if (value === best && room && !hasRoom) {
            bestAt = at;
            hasRoom = true;
          }
        }
      }
      if (second < beyond[row]!) {
        // Something that is not kept may be better. Afterwards it cannot: more is kept than the row needs.
        lists.refresh(row, columnPrice);
        continue;
      }
      this.best = best;
      this.second = second;
      this.bestEdge = bestAt < 0 ? -1 : edges[bestAt]!;
      this.bestHasRoom = hasRoom;
      if (bestAt < 0) return;
      this.bestColumn = column[bestAt]!;
      this.bestWeight = weight[bestAt]!;
      return;
    }
  }

  private fill(c: number, edge: number, row: number, weight: number): void {
    const { slotStart, slots, slotRow, slotWeight, filled, rowPrice } = this.state;
    const limits = this.limit;
    const limit = weight - rowPrice[row]!;
    const first = slotStart[c]!;
    let at = filled[c]!++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (limits[first + above]! <= limit) break;
      limits[first + at] = limits[first + above]!;
      slots[first + at] = slots[first + above]!;
      slotRow[first + at] = slotRow[first + above]!;
      slotWeight[first + at] = slotWeight[first + above]!;
      at = above;
    }
    limits[first + at] = limit;
    slots[first + at] = edge;
    slotRow[first + at] = row;
    slotWeight[first + at] = weight;
  }

  /** The least limit among the holders of a full column, as it is now; Infinity where it has no slots. */
  private leastLimit(c: number): number {
    const { slotStart, slotRow, slotWeight, rowPrice, filled } = this.state;
    const top = slotStart[c]!;
    if (filled[c] === 0) return Infinity;
    for (;;) {
      const now = slotWeight[top]! - rowPrice[slotRow[top]!]!;
      if (now === this.limit[top]) return now;
      this.limit[top] = now;
      this.sink(c);
    }
  }

  /** At most the second least limit: what was noted may be too low. */
  private secondLimit(c: number): number {
    const first = this.state.slotStart[c]!;
    const count = this.state.filled[c]!;
    const one = count > 1 ? this.limit[first + 1]! : Infinity;
    return count > 2 && this.limit[first + 2]! < one ? this.limit[first + 2]! : one;
  }

  /** Puts the top of a column's heap in its place. */
  private sink(c: number): void {
    const { slotStart, slots, slotRow, slotWeight, filled } = this.state;
    const count = filled[c]!;
    if (count < 2) return;
    const limits = this.limit;
    const first = slotStart[c]!;
    const limit = limits[first]!;
    const edge = slots[first]!;
    const row = slotRow[first]!;
    const weight = slotWeight[first]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= count) break;
      if (below + 1 < count && limits[first + below + 1]! < limits[first + below]!) below++;
      if (limits[first + below]! >= limit) break;
      limits[first + at] = limits[first + below]!;
      slots[first + at] = slots[first + below]!;
      slotRow[first + at] = slotRow[first + below]!;
      slotWeight[first + at] = slotWeight[first + below]!;
      at = below;
    }
    limits[first + at] = limit;
    slots[first + at] = edge;
    slotRow[first + at] = row;
    slotWeight[first + at] = weight;
  }
}
