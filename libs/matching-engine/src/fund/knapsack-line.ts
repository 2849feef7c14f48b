/**
 * The plain line of a knapsack: everything with more points per penny than the marginal item is in, up to the first
 * that does not fit (Dantzig 1957), and how far each item stands from that line.
 */
export interface Line {
  /** 1: above the line. */
  readonly above: Uint8Array;
  /** Sums over what is above. */
  readonly total: number;
  readonly spent: number;
  readonly count: number;
  /** Of the marginal item, by position; -1 if everything fits. */
  readonly margin: number;
}

/**
 * Items by position, in the order in which equal ratios are taken; `usable[i]` is 0 for those that are left aside.
 * Expected O(n): the marginal ratio is found by selection, not by sorting. Scores may be negative (then below the line).
 */
export function drawLine(score: Float64Array, amount: Float64Array, usable: Uint8Array, capacity: number): Line {
  const size = score.length;
  const ratio = new Float64Array(size);
  const order = new Int32Array(size);
  let kept = 0;
  for (let at = 0; at < size; at++) {
    if (usable[at] === 0 || score[at]! <= 0) continue;
    ratio[at] = score[at]! / amount[at]!;
    order[kept++] = at;
  }
  const marginal = marginalRatio(ratio, amount, order, kept, capacity);
  const above = new Uint8Array(size);
  let total = 0;
  let spent = 0;
  let count = 0;
  let margin = -1;
  for (let at = 0; at < size; at++) {
    if (usable[at] === 0 || score[at]! <= 0 || !(ratio[at]! > marginal)) continue;
    above[at] = 1;
    total += score[at]!;
    spent += amount[at]!;
    count++;
  }
  for (let at = 0; at < size; at++) {
    if (usable[at] === 0 || score[at]! <= 0 || ratio[at]! !== marginal) continue;
    if (spent + amount[at]! > capacity) {
      margin = at;
      break;
    }
    above[at] = 1;
    total += score[at]!;
    spent += amount[at]!;
    count++;
  }
  return { above, total, spent, count, margin };
}

/** The ratio at which, taken from the highest, the amounts first exceed the capacity; -1 if they never do. */
function marginalRatio(
  ratio: Float64Array,
  amount: Float64Array,
  order: Int32Array,
  kept: number,
  capacity: number,
): number {
  let low = 0;
  let high = kept;
  let room = capacity;
  while (low < high) {
    const pivot = pivotOf(ratio, order, low, high);
    // Three ways: [low, more) above the pivot, [more, less) equal, [less, high) below.
    let more = low;
    let less = high;
    let sumAbove = 0;
    let sumEqual = 0;
    for (let at = low; at < less;) {
      const item = order[at]!;
      const value = ratio[item]!;
      if (value > pivot) {
        sumAbove += amount[item]!;
        order[at++] = order[more]!;
        order[more++] = item;
      } else if (value < pivot) {
        order[at] = order[--less]!;
        order[less] = item;
      } else {
        sumEqual += amount[item]!;
        at++;
      }
    }
    if (sumAbove > room) {
      high = more;
    } else if (sumAbove + sumEqual > room) {
      return pivot;
    } else {
      room -= sumAbove + sumEqual;
      low = less;
    }
  }
  return -1;
}

/** Median of up to nine, evenly spread: the same for the same order. */
function pivotOf(ratio: Float64Array, order: Int32Array, low: number, high: number): number {
  const step = (high - low) / 9;
  const sample = new Float64Array(9);
  for (let at = 0; at < 9; at++) sample[at] = ratio[order[low + Math.floor(at * step)]!]!;
  return sample.sort()[4]!;
}

/**
 * Items in the order of their distance from the line, nearest first, sorted in chunks so that what is far away never
 * is. Equal distances: the last above and the first below come first, in turn.
 */
export class FromTheLine {
  private readonly distance: Float64Array;
  private readonly above: Uint8Array;
  private readonly pending: Int32Array;
  private pendingSize = 0;
  private readonly sorted: number[] = [];
  private wanted = 48;

  /** Items with a distance above `limit` are not among them. */
  constructor(distance: Float64Array, above: Uint8Array, usable: Uint8Array, limit: number) {
    this.distance = distance;
    this.above = above;
    this.pending = new Int32Array(distance.length);
    for (let at = 0; at < distance.length; at++) {
      if (usable[at] === 1 && distance[at]! <= limit) this.pending[this.pendingSize++] = at;
    }
  }

  /** The position of the item that stands so many places from the line, from 0; -1 beyond the last. */
  at(place: number): number {
    while (place >= this.sorted.length && this.pendingSize > 0) this.refill();
    return this.sorted[place] ?? -1;
  }

  private refill(): void {
    const { distance, pending } = this;
    const bound = this.pendingSize <= this.wanted ? Infinity : this.nth(this.wanted);
    const taken: number[] = [];
    let left = 0;
    for (let at = 0; at < this.pendingSize; at++) {
      const item = pending[at]!;
      if (distance[item]! <= bound) taken.push(item);
      else pending[left++] = item;
    }
    this.pendingSize = left;
    this.wanted *= 2;
    this.append(taken);
  }

  /** The distance that about so many do not exceed: the selection need not be sharp, only repeatable. */
  private nth(wanted: number): number {
    const { distance, pending, pendingSize } = this;
    const sampleSize = Math.min(pendingSize, 256);
    const sample = new Float64Array(sampleSize);
    for (let at = 0; at < sampleSize; at++) {
      sample[at] = distance[pending[Math.floor((at * pendingSize) / sampleSize)]!]!;
    }
    sample.sort();
    return sample[Math.min(sampleSize - 1, Math.ceil((wanted / pendingSize) * sampleSize))]!;
  }

  private append(items: number[]): void {
    const { distance, above } = this;
    if (items.some((item) => distance[item] !== distance[items[0]!])) {
      items.sort((a, b) => distance[a]! - distance[b]! || a - b);
    }
    for (let from = 0; from < items.length;) {
      let upTo = from + 1;
      while (upTo < items.length && distance[items[upTo]!] === distance[items[from]!]) upTo++;
      appendInTurn(this.sorted, items, above, from, upTo);
      from = upTo;
    }
  }
}

/** Of equal distance, by position: the last above, the first below, the last but one above, and so on. */
function appendInTurn(sorted: number[], items: readonly number[], above: Uint8Array, from: number, upTo: number): void {
  let up = upTo - 1;
  let down = from;
  while (up >= from || down < upTo) {
    while (up >= from && above[items[up]!] === 0) up--;
    if (up >= from) sorted.push(items[up--]!);
    while (down < upTo && above[items[down]!] === 1) down++;
    if (down < upTo) sorted.push(items[down++]!);
  }
}
