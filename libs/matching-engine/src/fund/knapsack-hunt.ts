import { FromTheLine, type Line } from './knapsack-line.ts';
import { type Best, Departures, merge, States } from './knapsack-states.ts';

/** A line, the prices that draw it, and what is sought below it. Prices are per penny, per point and per item. */
export interface Course {
  readonly line: Line;
  readonly usable: Uint8Array;
  readonly score: Float64Array;
  readonly amount: Float64Array;
  /** How much departing in each item loses. */
  readonly distance: Float64Array;
  /** 0: items are not counted, and all states are in one list. */
  readonly countPrice: number;
  readonly counts: boolean;
  /** Whether a state with so many items more than the line is feasible. */
  readonly isFeasible: (more: number) => boolean;
  readonly best: Best;
}

/**
 * Departures from a line, nearest items first (a core that grows by reduced cost; Pisinger 1997 for the growing core),
 * until no state is left that could lead to something better.
 */
export class Hunt {
  readonly best: Best;
  /** What `join` found at best, and the items it departs in. */
  joined: { readonly gain: number; readonly items: readonly number[] } | undefined;
  work = 0;
  widest = 0;
  private readonly course: Course;
  private readonly nearest: FromTheLine;
  private readonly departures = new Departures();
  private lists = new Map<number, States>([[0, new States().start()]]);
  private spare = new States();
  private place = 0;

  constructor(course: Course) {
    this.course = course;
    this.best = course.best;
    this.nearest = new FromTheLine(course.distance, course.line.above, course.usable, course.best.limit);
  }

  /** Goes on until it is finished (true), or the work or the number of states exceeds what is allowed (false). */
  run(workAllowed: number, statesAllowed: number): boolean {
    const until = this.work + workAllowed;
    while (this.lists.size > 0) {
      const item = this.nearest.at(this.place);
      if (item < 0 || this.course.distance[item]! > this.best.limit) {
        this.lists.clear();
        break;
      }
      if (this.work > until || this.widest > statesAllowed) return false;
      this.place++;
      const following = this.nearest.at(this.place);
      this.widest = this.depart(this.lists, item, following < 0 ? Infinity : this.course.distance[following]!);
    }
    return true;
  }

  /**
   * Builds a second set of lists from the next items and seeks the best pair (Horowitz and Sahni 1974). It proves
   * nothing; it finds what fills the room to the penny long before the lists do.
   */
  join(): void {
    const others = new Map<number, States>([[0, new States().start()]]);
    const silent = { ...this.best, tighten: () => undefined, room: -Infinity };
    for (let place = this.place, widest = 0; widest < this.widest; place++) {
      const item = this.nearest.at(place);
      if (item < 0 || this.course.distance[item]! > this.best.limit) break;
      widest = this.depart(others, item, 0, silent);
    }
    for (const [more, first] of this.lists) {
      for (const [moreStill, second] of others) {
        if (this.course.isFeasible(more + moreStill)) this.joinLists(first, second);
      }
    }
  }

  /** A gain that is known to be possible is as good a bound as one's own. */
  learn(gain: number): void {
    if (gain <= this.best.known) return;
    this.best.known = gain;
    this.best.tighten();
  }

  /** True where not even the line's own loss leaves room for a point more than this gain, whatever is still open. */
  isProven(gain: number): boolean {
    const { room, spendPrice, gainPrice } = this.best;
    return room * spendPrice - gain * gainPrice < gainPrice;
  }

  /** The items departed in by the best that was found; undefined if nothing was. */
  departed(): readonly number[] | undefined {
    const { best, joined } = this;
    if (joined && (best.node < 0 || joined.gain > best.gain)) return joined.items;
    return best.node < 0 ? undefined : this.departures.itemsOf(best.node);
  }

  /** Every state with and without the item. */
  private depart(lists: Map<number, States>, item: number, reserve: number, best = this.best): number {
    const { line, amount, score, counts, countPrice, isFeasible } = this.course;
    const sign = line.above[item] === 1 ? -1 : 1;
    const step = counts ? sign : 0;
    const keys = [...lists.keys()];
    const targets = step === 0 ? keys : [...new Set([...keys, ...keys.map((key) => key + step)])];
    // Each target is written before the one it is read by.
    targets.sort((a, b) => (b - a) * sign);
    let widest = 0;
    for (const more of targets) {
      const stay = lists.get(more) ?? EMPTY;
      const move = lists.get(more - step) ?? EMPTY;
      this.work += stay.size + move.size;
      const base = more * countPrice;
      const feasible = isFeasible(more);
      const [spend, gain] = [sign * amount[item]!, sign * score[item]!];
      merge(this.spare, stay, move, item, spend, gain, base, reserve, feasible, best, this.departures);
      const merged = this.spare;
      this.spare = stay === EMPTY ? new States() : stay;
      if (merged.size > 0) lists.set(more, merged);
      else {
        lists.delete(more);
        this.spare = merged;
      }
      widest += merged.size;
    }
    return widest;
  }

  private joinLists(first: States, second: States): void {
    const { best, departures } = this;
    let b = second.size - 1;
    this.work += first.size + second.size;
    for (let a = 0; a < first.size; a++) {
      const room = best.room - first.spend[a]!;
      while (b >= 0 && second.spend[b]! > room) b--;
      if (b < 0) return;
      const gain = first.gain[a]! + second.gain[b]!;
      if (gain <= best.gain || gain <= best.known) continue;
      const items = [...departures.itemsOf(first.node[a]!), ...departures.itemsOf(second.node[b]!)];
      this.joined = { gain, items };
      best.known = gain;
      best.tighten();
    }
  }
}

const EMPTY = new States(0);
