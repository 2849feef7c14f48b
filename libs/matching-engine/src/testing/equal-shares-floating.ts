import { BoundHeap } from '../fund/bound-heap.ts';
import type { SharesRun } from '../fund/equal-shares-completion.ts';
import type { EqualSharesInstance } from '../fund/equal-shares-instance.ts';
import type { Share } from '../fund/equal-shares-types.ts';

/**
 * The same method in floating point: the same instance, lazy bounds, parting of supporters and water-filling as
 * `EqualSharesRun`, but every number a double that is believed as it is. To measure what exactness costs, and to show
 * where it buys the wrong thing.
 */
export class FloatingRun implements SharesRun {
  readonly bought: Int32Array;
  boughtCount = 0;
  spent = 0;
  step = 0;
  private readonly instance: EqualSharesInstance;
  private readonly balance: Float64Array;
  private readonly group: Int32Array;
  private readonly points: Float64Array;
  private readonly emptyEnd: Int32Array;
  private readonly brokeEnd: Int32Array;
  private readonly restPoints: Float64Array;
  private readonly payment: Float64Array;
  private readonly evaluatedAt: Int32Array;
  private readonly start: Int32Array;
  private readonly startKey: Float64Array;
  private startAt = 0;
  private readonly heap: BoundHeap;

  constructor(instance: EqualSharesInstance) {
    const count = instance.ids.length;
    this.instance = instance;
    this.bought = new Int32Array(count);
    this.balance = new Float64Array(instance.weight.length);
    this.group = instance.supporterGroup.slice();
    this.points = instance.supporterPoints.slice();
    this.emptyEnd = new Int32Array(count);
    this.brokeEnd = new Int32Array(count);
    this.restPoints = new Float64Array(count);
    this.payment = new Float64Array(count);
    this.evaluatedAt = new Int32Array(count);
    this.startKey = Float64Array.from(
      instance.ids,
      (_, p) => instance.cost[p]! / instance.worth[p]! / instance.points[p]!,
    );
    this.start = Int32Array.from(instance.ids.keys())
      .filter((p) => instance.points[p]! > 0)
      .sort((a, b) => this.startKey[a]! - this.startKey[b]! || instance.rank[a]! - instance.rank[b]!);
    this.heap = new BoundHeap(instance.rank);
  }

  alikeFor(): number {
    return 0;
  }

  run(share: Share): void {
    const { supporterStart, points } = this.instance;
    this.balance.fill(share.numerator / share.denominator);
    this.boughtCount = 0;
    this.spent = 0;
    this.startAt = 0;
    this.heap.clear();
    this.evaluatedAt.fill(-1);
    this.restPoints.set(points);
    for (let p = 0; p < this.emptyEnd.length; p++) this.emptyEnd[p] = this.brokeEnd[p] = supporterStart[p]!;
    for (let winner = this.next(); winner >= 0; winner = this.next()) this.buy(winner);
  }

  private next(): number {
    const { heap, start, startKey, evaluatedAt } = this;
    const { rank, worth } = this.instance;
    for (;;) {
      const first = this.startAt < start.length ? start[this.startAt]! : -1;
      const firstKey = first < 0 ? Infinity : startKey[first]!;
      const topKey = heap.topKey;
      let p: number;
      if (first >= 0 && (firstKey < topKey || (firstKey === topKey && rank[first]! < rank[heap.top]!))) {
        p = first;
        this.startAt++;
      } else if (heap.size > 0) {
        p = heap.top;
        heap.pop();
        if (evaluatedAt[p] === this.boughtCount) return p;
      } else return -1;
      const payment = this.evaluate(p);
      if (payment === Infinity) continue;
      this.payment[p] = payment;
      heap.push(p, payment / worth[p]!);
    }
  }

  /** Payment per point, or Infinity if the supporters hold too little. */
  private evaluate(p: number): number {
    const { balance, group, points, instance } = this;
    const { weight } = instance;
    const cost = instance.cost[p]!;
    const end = instance.supporterStart[p + 1]!;
    let empty = this.emptyEnd[p]!;
    let broke = this.brokeEnd[p]!;
    let held = 0;
    for (let at = empty; at < broke; at++) {
      const g = group[at]!;
      if (balance[g] === 0) this.swap(at, empty++);
      else held += weight[g]! * balance[g]!;
    }
    let rest = this.restPoints[p]!;
    let payment = Infinity;
    let hasMoved = true;
    while (hasMoved && broke < end) {
      hasMoved = false;
      payment = (cost - held) / rest;
      for (let at = broke; at < end; at++) {
        const g = group[at]!;
        const left = balance[g]!;
        const due = points[at]!;
        if (left < payment * due) {
          this.swap(at, broke);
          if (left === 0) this.swap(broke, empty++);
          else held += weight[g]! * left;
          broke++;
          rest -= weight[g]! * due;
          hasMoved = true;
        }
      }
    }
    this.emptyEnd[p] = empty;
    this.brokeEnd[p] = broke;
    this.restPoints[p] = rest;
    this.evaluatedAt[p] = this.boughtCount;
    return broke === end ? Infinity : payment;
  }

  private swap(one: number, other: number): void {
    const { group, points } = this;
    const movedGroup = group[one]!;
    const movedPoints = points[one]!;
    group[one] = group[other]!;
    points[one] = points[other]!;
    group[other] = movedGroup;
    points[other] = movedPoints;
  }

  private buy(p: number): void {
    const { balance, group, points, instance } = this;
    const payment = this.payment[p]!;
    const broke = this.brokeEnd[p]!;
    const end = instance.supporterStart[p + 1]!;
    for (let at = this.emptyEnd[p]!; at < broke; at++) balance[group[at]!] = 0;
    for (let at = broke; at < end; at++) balance[group[at]!]! -= payment * points[at]!;
    this.bought[this.boughtCount++] = p;
    this.spent += instance.cost[p]!;
  }
}
