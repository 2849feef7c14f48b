import { drawLine, type Line } from './knapsack-line.ts';
import type { Course } from './knapsack-hunt.ts';
import type { Best } from './knapsack-states.ts';

/** At most (or at least) so many items: every choice is one or the other, so that both together miss nothing. */
export interface CountLimit {
  readonly kind: 'at-most' | 'at-least';
  readonly items: number;
}

interface Priced {
  readonly countPrice: number;
  readonly line: Line;
  /** The score of the relaxation, and its number of items, both with the marginal item in part. */
  readonly value: number;
  readonly items: number;
  readonly spendPrice: number;
}

const ROUNDS_AT_MOST = 60;
/** Distances are rounded down to this part of a point, so that rounding does not tell equal ones apart. */
const GRID = 1024;

/**
 * The course for choices with so many items, drawn by the best price per item beside that per penny (Lagrangian
 * relaxation of the count; Martello and Toth 1997 for the use of a cardinality bound). Undefined where the relaxation
 * shows that no such choice scores more than `known`. O(n) for each of a few prices tried.
 */
export function courseByCount(
  score: Float64Array,
  amount: Float64Array,
  usable: Uint8Array,
  capacity: number,
  limit: CountLimit,
  known: number,
): Course | undefined {
  const priced = bestPrice(score, amount, usable, capacity, limit, known);
  if (!priced) return undefined;
  const { countPrice, spendPrice } = priced;
  const distance = new Float64Array(score.length);
  const above = new Uint8Array(score.length);
  const level: number[] = [];
  for (let at = 0; at < score.length; at++) {
    if (usable[at] === 0) continue;
    const lead = score[at]! - amount[at]! * spendPrice - countPrice;
    distance[at] = Math.floor(Math.abs(lead) * GRID) / GRID;
    if (distance[at] === 0) level.push(at);
    else if (lead > 0) above[at] = 1;
  }
  const tried = chooseLevel(level, above, amount, capacity, limit.items);
  tried.forEach((item, at) => (distance[item] = (at - tried.length) * 2 ** -40));
  const line = summed(above, score, amount);
  const room = capacity - line.spent;
  const moreItems = limit.items - line.count;
  const loss = room * spendPrice + moreItems * countPrice;
  const isFeasible =
    limit.kind === 'at-most' ? (more: number) => more <= moreItems : (more: number) => more >= moreItems;
  const isBetter = room >= 0 && isFeasible(0) && line.total > known;
  const best: Best = {
    room,
    spendPrice,
    gainPrice: 1,
    gain: isBetter ? 0 : known - line.total,
    spend: 0,
    node: isBetter ? 0 : -1,
    known: known - line.total,
    limit: 0,
    // The prices are fractions: what rounding may cost is far below the half point granted here.
    tighten() {
      this.limit = loss - Math.max(this.gain, this.known) - 0.5;
    },
  };
  best.tighten();
  return { line, usable, score, amount, distance, countPrice, counts: true, isFeasible, best };
}

/** The price at which the relaxation is lowest: it is convex and piecewise linear in the price. */
function bestPrice(
  score: Float64Array,
  amount: Float64Array,
  usable: Uint8Array,
  capacity: number,
  limit: CountLimit,
  known: number,
): Priced | undefined {
  const priced = new Float64Array(score.length);
  const at = (countPrice: number): Priced => {
    for (let item = 0; item < score.length; item++) priced[item] = score[item]! - countPrice;
    const line = drawLine(priced, amount, usable, capacity);
    const room = capacity - line.spent;
    const part = line.margin < 0 ? 0 : room / amount[line.margin]!;
    const spendPrice = line.margin < 0 ? 0 : priced[line.margin]! / amount[line.margin]!;
    const value = line.total + spendPrice * room + countPrice * limit.items;
    return { countPrice, line, value, items: line.count + part, spendPrice };
  };
  let most = 0;
  for (let item = 0; item < score.length; item++) if (usable[item] === 1) most = Math.max(most, score[item]!);
  let low = limit.kind === 'at-most' ? at(0) : at(-most);
  let high = limit.kind === 'at-most' ? at(most) : at(0);
  // Where so many items hardly fit, the price has no end; the value falls until nothing is left to seek.
  while (low.items < limit.items && low.value >= known + 1 - 1e-3 && low.countPrice > -1e15)
    low = at(4 * low.countPrice - 1);
  let best = low.value < high.value ? low : high;
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    if (best.value < known + 1 - 1e-3) return undefined;
    // Where the tangents meet; the slope at a price is the limit less the items.
    const [lowSlope, highSlope] = [limit.items - low.items, limit.items - high.items];
    if (!(lowSlope < 0 && highSlope > 0)) break;
    const price =
      (high.value - highSlope * high.countPrice - low.value + lowSlope * low.countPrice) / (lowSlope - highSlope);
    if (!(price > low.countPrice && price < high.countPrice)) break;
    const meeting = low.value + lowSlope * (price - low.countPrice);
    const next = at(price);
    if (next.value < best.value) best = next;
    if (next.value - meeting < 1e-6 * Math.max(1, Math.abs(meeting)) * 1e-3) break;
    if (next.items > limit.items) low = next;
    else high = next;
  }
  return best;
}

/**
 * Of the items level with the line, as many as are wanted: those next to each other by amount that leave least room. So
 * the line is near what the relaxation takes in part, and a few exchanges lead from it to the best.
 */
function chooseLevel(
  level: number[],
  above: Uint8Array,
  amount: Float64Array,
  capacity: number,
  items: number,
): readonly number[] {
  let [count, room] = [0, capacity];
  for (let at = 0; at < above.length; at++) {
    if (above[at] === 0) continue;
    count++;
    room -= amount[at]!;
  }
  const wanted = Math.max(0, Math.min(level.length, items - count));
  const anywhere = level.slice();
  level.sort((a, b) => amount[a]! - amount[b]! || a - b);
  for (let at = 0; at < wanted; at++) room -= amount[level[at]!]!;
  let from = 0;
  while (from + wanted < level.length) {
    const more = amount[level[from + wanted]!]! - amount[level[from]!]!;
    if (more > room) break;
    room -= more;
    from++;
  }
  for (let at = from; at < from + wanted; at++) above[level[at]!] = 1;
  if (room > 0 && wanted > 0 && wanted < level.length) exchange(level, above, amount, room);
  const edges = inOrderOfTrial(level, anywhere, from, from + wanted);
  return edges;
}

const EXCHANGES_AT_MOST = 4_000_000;
const STRIDE = 0x9e3779b1;
const OTHER_STRIDE = 0x85ebca6b;

/**
 * Fills the room by two exchanges of one item above for one below, all on the level: one of many, and for each the
 * second that leaves least. `level` is by amount.
 */
function exchange(level: readonly number[], above: Uint8Array, amount: Float64Array, room: number): void {
  const ins = level.filter((item) => above[item] === 1);
  const outs = level.filter((item) => above[item] === 0);
  const inAmount = Float64Array.from(ins, (item) => amount[item]!);
  const outAmount = Float64Array.from(outs, (item) => amount[item]!);
  const shift = ({ a, b }: { a: number; b: number }) => outAmount[b]! - inAmount[a]!;
  let least = room;
  let chosen: readonly { a: number; b: number }[] = [];
  let steps = 0;
  // The first trial exchanges nothing before; the others walk over all pairs in strides.
  const trials = ins.length * outs.length;
  for (let trial = 0; least > 0 && trial <= trials && steps < EXCHANGES_AT_MOST; trial++, steps += 50) {
    const before = {
      a: (Math.imul(trial, STRIDE) >>> 1) % ins.length,
      b: (Math.imul(trial, OTHER_STRIDE) >>> 1) % outs.length,
    };
    const left = trial === 0 ? room : room - shift(before);
    if (trial > 0 && left >= 0 && left < least) {
      least = left;
      chosen = [before];
    }
    let out = Math.max(0, firstFrom(outAmount, inAmount[0]! + left) - 1);
    let into = firstFrom(inAmount, outAmount[out]! - left);
    steps -= into;
    for (; out < outAmount.length && into < inAmount.length; out++, steps++) {
      const needed = outAmount[out]! - left;
      while (into < inAmount.length && inAmount[into]! < needed) into++;
      if (into === inAmount.length) break;
      const remains = inAmount[into]! - needed;
      if (remains >= least || (trial > 0 && (out === before.b || into === before.a))) continue;
      least = remains;
      chosen = trial === 0 ? [{ a: into, b: out }] : [{ a: into, b: out }, before];
    }
    steps += into;
  }
  for (const { a, b } of chosen) {
    above[ins[a]!] = 0;
    above[outs[b]!] = 1;
  }
}

/** The first place whose value is at least this. */
function firstFrom(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Three next to the edges of what was chosen, whose exchange changes little, for each one from anywhere. */
function inOrderOfTrial(level: readonly number[], anywhere: readonly number[], from: number, upTo: number): number[] {
  const near: number[] = [];
  for (let away = 0; away < level.length; away++) {
    for (const at of [upTo - 1 - away, upTo + away, from - 1 - away, from + away]) {
      const item = level[at];
      if (item !== undefined) near.push(item);
    }
  }
  const tried = new Set<number>();
  let nextNear = 0;
  let nextAny = 0;
  for (let at = 0; tried.size < level.length; at++) {
    const isNear = at % 4 < 3 && nextNear < near.length;
    tried.add(isNear ? near[nextNear++]! : anywhere[nextAny++ % anywhere.length]!);
  }
  return [...tried];
}

function summed(above: Uint8Array, score: Float64Array, amount: Float64Array): Line {
  let [total, spent, count] = [0, 0, 0];
  for (let at = 0; at < above.length; at++) {
    if (above[at] === 0) continue;
    total += score[at]!;
    spent += amount[at]!;
    count++;
  }
  return { above, total, spent, count, margin: -1 };
}
