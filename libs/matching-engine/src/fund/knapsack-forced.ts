import { guardOf, unitOf } from './knapsack.ts';
import { type Course, Hunt } from './knapsack-hunt.ts';
import type { Best } from './knapsack-states.ts';

/** The best total of one knapsack question, or what it cannot exceed where the search was given up. */
export interface ForcedTotal {
  readonly total: number;
  readonly isExact: boolean;
}

/** A single question: some 5 ms of search, beyond which only the bound is given. */
const WORK_EACH = 500_000;
const STATES_EACH = 50_000;
/** Further on for a first good total. */
const LOOKS = 40;

/**
 * Answers, for one set of items after another, what the best total is without one item and with a given capacity: for
 * "what would it have taken". Sorted once, O(n log n); each question is a pass over the items and a small core.
 */
export class ForcedKnapsack {
  work = 0;
  private readonly size: number;
  private readonly unit: number;
  private readonly score: Float64Array;
  private readonly amount: Float64Array;
  private readonly spentUpTo: Float64Array;
  private readonly scoredUpTo: Float64Array;
  private readonly placeOf: Int32Array;

  constructor(score: Float64Array, amount: Float64Array, usable: Uint8Array) {
    const ratio = Float64Array.from(score, (points, at) => points / amount[at]!);
    const items = Int32Array.from(score.keys()).filter((at) => usable[at] === 1);
    items.sort((a, b) => ratio[b]! - ratio[a]! || a - b);
    this.size = items.length;
    this.unit = unitOf(amount, usable);
    this.score = Float64Array.from(items, (at) => score[at]!);
    this.amount = Float64Array.from(items, (at) => amount[at]!);
    this.placeOf = new Int32Array(score.length).fill(-1);
    this.spentUpTo = new Float64Array(this.size + 1);
    this.scoredUpTo = new Float64Array(this.size + 1);
    items.forEach((item, place) => {
      this.placeOf[item] = place;
      this.spentUpTo[place + 1] = this.spentUpTo[place]! + this.amount[place]!;
      this.scoredUpTo[place + 1] = this.scoredUpTo[place]! + this.score[place]!;
    });
  }

  /** From 1: place by points per penny among the usable; 0 for one that is left aside. */
  place(item: number): number {
    return this.placeOf[item]! + 1;
  }

  /** The best total of the usable items but `without`, within the capacity. Up to `giveUp` work in all. */
  totalWithout(without: number, money: number, giveUp: number): ForcedTotal {
    const capacity = money - (money % this.unit);
    const gone = this.placeOf[without] ?? -1;
    const { score, amount, size } = this;
    const margin = this.marginal(gone, capacity);
    const [spent, scored] = this.upTo(margin, gone);
    if (margin === size) return { total: scored, isExact: true };
    const room = capacity - spent;
    const price = score[margin]!;
    const unit = amount[margin]!;
    const known = this.quickGain(margin, gone, room);
    const bound = scored + Math.floor((room * price) / unit + 1e-6);
    if (scored + known >= bound) return { total: scored + known, isExact: true };
    if (this.work > giveUp) return { total: bound, isExact: false };
    const best = bestFrom(room, price, unit, known);
    const hunt = new Hunt(this.core(margin, gone, price, unit, best));
    const done = hunt.run(WORK_EACH, STATES_EACH);
    this.work += hunt.work;
    return done ? { total: scored + Math.max(best.gain, best.known), isExact: true } : { total: bound, isExact: false };
  }

  /** The first place at which the amounts exceed the capacity. */
  private marginal(gone: number, capacity: number): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo(middle + 1, gone)[0] > capacity) high = middle;
      else low = middle + 1;
    }
    return low < this.size && low === gone ? low + 1 : low;
  }

  private upTo(place: number, gone: number): [spent: number, scored: number] {
    const isCounted = gone >= 0 && gone < place;
    return [
      this.spentUpTo[place]! - (isCounted ? this.amount[gone]! : 0),
      this.scoredUpTo[place]! - (isCounted ? this.score[gone]! : 0),
    ];
  }

  /** What one departure near the margin gains: a start. */
  private quickGain(margin: number, gone: number, room: number): number {
    const { score, amount, size } = this;
    let known = 0;
    for (let place = margin; place < Math.min(size, margin + LOOKS); place++) {
      if (place !== gone && amount[place]! <= room && score[place]! > known) known = score[place]!;
    }
    for (let place = margin - 1; place >= Math.max(0, margin - LOOKS); place--) {
      if (place === gone || amount[place]! + room < amount[margin]!) continue;
      known = Math.max(known, score[margin]! - score[place]!);
    }
    return known;
  }

  /** Only the items near enough to the line to matter, as a course of their own. */
  private core(margin: number, gone: number, price: number, unit: number, best: Best): Course {
    const { score, amount, size } = this;
    const places: number[] = [];
    for (let place = 0; place < size; place++) {
      const lead = score[place]! * unit - amount[place]! * price;
      if ((lead < 0 ? -lead : lead) <= best.limit && place !== gone) places.push(place);
    }
    const above = Uint8Array.from(places, (place) => (place < margin ? 1 : 0));
    return {
      line: { above, total: 0, spent: 0, count: 0, margin: -1 },
      usable: new Uint8Array(places.length).fill(1),
      score: Float64Array.from(places, (place) => score[place]!),
      amount: Float64Array.from(places, (place) => amount[place]!),
      distance: Float64Array.from(places, (place) => Math.abs(score[place]! * unit - amount[place]! * price)),
      countPrice: 0,
      counts: false,
      isFeasible: () => true,
      best,
    };
  }
}

/** Only the total is asked for: what cannot add a point is dropped. */
function bestFrom(room: number, price: number, unit: number, known: number): Best {
  const guard = guardOf(price, unit);
  const best: Best = {
    room,
    spendPrice: price,
    gainPrice: unit,
    gain: 0,
    spend: 0,
    node: 0,
    known,
    limit: 0,
    tighten() {
      this.limit = guard + room * price - Math.max(this.known, this.gain) * unit - unit;
    },
  };
  best.tighten();
  return best;
}
