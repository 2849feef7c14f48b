import { ForcedKnapsack, type ForcedTotal } from './knapsack-forced.ts';
import { drawLine } from './knapsack-line.ts';
import { type Best, Departures, merge, States } from './knapsack-states.ts';
import { unitOf } from './knapsack.ts';

/** Beyond so many states, what is listed does not reach as far. */
const MOST_STATES = 300_000;
const MOST_WORK = 12_000_000;

/**
 * For every item the best total if it goes the other way: in if it is not on the line, out if it is. Every choice near the
 * line is listed once (`States` of all that loses at most a limit); an item far from the line then needs one look-up in
 * that list, since the best choice with it departs otherwise only nearby; one close to the line, or whose look-up does
 * not reach, is solved on its own. O(items + states) and a search for each close one.
 */
export class EveryTotal {
  private readonly forced: ForcedKnapsack;
  private readonly score: Float64Array;
  private readonly amount: Float64Array;
  private readonly money: number;
  private readonly distance: Float64Array;
  private readonly above: Uint8Array;
  private readonly lineTotal: number;
  private readonly room: number;
  private price = 0;
  private unit = 1;
  private reach = -1;
  private states: States | undefined;

  /** `best` is the highest total, as it was found; undefined where only places are asked for. */
  constructor(score: Float64Array, amount: Float64Array, usable: Uint8Array, money: number, best: number | undefined) {
    this.forced = new ForcedKnapsack(score, amount, usable);
    [this.score, this.amount, this.money] = [score, amount, money];
    const capacity = money - (money % unitOf(amount, usable));
    const line = drawLine(score, amount, usable, capacity);
    this.above = line.above;
    this.lineTotal = line.total;
    this.room = capacity - line.spent;
    this.distance = new Float64Array(score.length);
    if (line.margin < 0 || best === undefined) return;
    this.price = score[line.margin]!;
    this.unit = amount[line.margin]!;
    for (let at = 0; at < score.length; at++) {
      this.distance[at] = usable[at] === 0 ? Infinity : Math.abs(score[at]! * this.unit - amount[at]! * this.price);
    }
    const gap = this.room * this.price - (best - line.total) * this.unit;
    for (const reach of [2 * gap + 4 * this.unit, gap + this.unit]) if (this.list(reach)) return;
  }

  /** From 1: place by points per penny among the usable; 0 for one that is left aside. */
  place(item: number): number {
    return this.forced.place(item);
  }

  /** The best total without the item, where `isIn` does not hold; with it, where it does. */
  total(item: number, isIn: boolean, giveUp: number): ForcedTotal {
    const looked = this.look(item, isIn);
    if (looked !== undefined) return { total: looked, isExact: true };
    const own = isIn ? this.score[item]! : 0;
    const others = this.forced.totalWithout(item, this.money - (isIn ? this.amount[item]! : 0), giveUp);
    return { total: own + others.total, isExact: others.isExact };
  }

  private look(item: number, isIn: boolean): number | undefined {
    const { states, distance, above, reach, price, unit } = this;
    if (!states || !(distance[item]! > reach) || (above[item] === 1) === isIn) return undefined;
    const sign = isIn ? 1 : -1;
    const room = this.room - sign * this.amount[item]!;
    let [low, high] = [0, states.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (states.spend[middle]! <= room) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    const gain = states.gain[low - 1]!;
    // Any better one would lose less than this one does, hence would be listed.
    if (room * price - gain * unit > reach) return undefined;
    return this.lineTotal + gain + sign * this.score[item]!;
  }

  private list(reach: number): boolean {
    const { distance, score, amount, above, price, unit } = this;
    const best: Best = {
      room: -Infinity,
      spendPrice: price,
      gainPrice: unit,
      gain: 0,
      spend: 0,
      node: -1,
      known: 0,
      limit: reach,
      tighten: () => undefined,
    };
    const near = Int32Array.from(score.keys()).filter((at) => distance[at]! <= reach);
    near.sort((a, b) => distance[a]! - distance[b]! || a - b);
    let states = new States().start();
    let spare = new States();
    let work = 0;
    for (const item of near) {
      const sign = above[item] === 1 ? -1 : 1;
      const departures = new Departures();
      merge(spare, states, states, item, sign * amount[item]!, sign * score[item]!, 0, 0, false, best, departures);
      [states, spare] = [spare, states];
      work += states.size;
      if (states.size > MOST_STATES || work > MOST_WORK) return false;
    }
    this.states = states;
    this.reach = reach;
    return true;
  }
}
