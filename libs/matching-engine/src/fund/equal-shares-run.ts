import { BoundHeap } from './bound-heap.ts';
import { MIXED, ROUNDING, SIMPLE, SupporterBalances } from './equal-shares-balances.ts';
import type { SharesRun } from './equal-shares-completion.ts';
import type { EqualSharesInstance } from './equal-shares-instance.ts';
import type { Share } from './equal-shares-types.ts';
import { compareFractions, type Fraction } from './fraction.ts';

/**
 * The Method of Equal Shares at one share (Peters, Pierczynski and Skowron, "Proportional Participatory Budgeting with
 * Additive Utilities", NeurIPS 2021): each voter i holds b_i, at first the share; bought next is the application p with
 * the least rho for which sum_i min(b_i, rho u_i(p)) reaches its amount, and its supporters pay that. It ends when no
 * application's supporters hold its amount.
 *
 * The outcome is that of exact rationals. Doubles with a proven bound on their error find the way; whatever the bound
 * leaves open (two rhos, a balance against a payment, the sum held against an amount) is decided in BigInt. Applications are evaluated lazily: an earlier rho is a lower bound, as balances only fall.
 *
 * O(rounds x evaluations x supporters) time; an object can be run again at another share and allocates nothing then.
 */
export class EqualSharesRun implements SharesRun {
  readonly instance: EqualSharesInstance;
  /** What has been bought, in order. */
  readonly bought: Int32Array;
  boughtCount = 0;
  /** Pence. */
  spent = 0;
  /** By round: whether another application had the same rho. */
  readonly byTie: Uint8Array;
  /** Whether a run looks for ties between simple rhos too, for `byTie`; it costs time and changes no outcome. */
  noticesTies = false;
  step = 0;
  readonly balances: SupporterBalances;

  /** Applications by their rho when all pay by points: the start of every run. */
  private readonly start: Int32Array;
  private readonly startKey: Float64Array;
  private startAt = 0;
  /** Those found to be simple since, by rho; and those with mixed payers, by the lower bound of theirs. */
  private readonly simple: BoundHeap;
  private readonly mixed: BoundHeap;
  private readonly contenders: number[] = [];

  constructor(instance: EqualSharesInstance) {
    const { ids, points, rank } = instance;
    this.instance = instance;
    this.bought = new Int32Array(ids.length);
    this.byTie = new Uint8Array(ids.length);
    this.balances = new SupporterBalances(instance, this.bought);
    const startKey = Float64Array.from(ids, (_, p) => this.balances.startRho(p));
    this.startKey = startKey;
    this.start = Int32Array.from(ids.keys())
      .filter((p) => points[p]! > 0)
      .sort((a, b) => startKey[a]! - startKey[b]! || rank[a]! - rank[b]!);
    this.simple = new BoundHeap(rank);
    this.mixed = new BoundHeap(rank);
  }

  /** Runs the method afresh. */
  run(share: Share): void {
    this.boughtCount = 0;
    this.spent = 0;
    this.startAt = 0;
    this.simple.clear();
    this.mixed.clear();
    this.balances.reset(share, this.step);
    for (let winner = this.next(); winner >= 0; winner = this.next()) {
      this.balances.buy(winner, this.mixed);
      this.bought[this.boughtCount++] = winner;
      this.spent += this.instance.cost[winner]!;
    }
  }

  alikeFor(): number {
    return this.balances.reach.steps();
  }

  /** The application to buy, or -1. */
  private next(): number {
    const { simple, mixed, contenders, start, startKey, balances, instance } = this;
    const { evaluatedAt, lowest, highest } = balances;
    const round = this.boughtCount;
    contenders.length = 0;
    let limit = Infinity;
    let best = -1;
    for (;;) {
      let candidate = -1;
      let key = Infinity;
      let isFromStart = false;
      if (best < 0) {
        if (simple.size > 0) {
          candidate = simple.top;
          key = simple.topKey;
        }
        if (this.startAt < start.length) {
          const first = start[this.startAt]!;
          const firstKey = startKey[first]!;
          if (firstKey < key || (firstKey === key && instance.rank[first]! < instance.rank[candidate]!)) {
            candidate = first;
            key = firstKey;
            isFromStart = true;
          }
        }
      }
      const bound = balances.isExactAsDoubles ? key : key * (1 - ROUNDING);
      if (candidate >= 0 && bound <= limit && bound <= mixed.topKey) {
        if (isFromStart) this.startAt++;
        else simple.pop();
        const kind = evaluatedAt[candidate] === round ? SIMPLE : balances.evaluate(candidate);
        if (kind === MIXED) mixed.push(candidate, lowest[candidate]!);
        else if (kind === SIMPLE) {
          const now = balances.simpleRho(candidate);
          if (now > key) simple.push(candidate, now);
          else {
            best = candidate;
            limit = Math.min(limit, now);
          }
        }
      } else if (mixed.size > 0 && mixed.topKey <= limit) {
        const p = mixed.top;
        mixed.pop();
        const kind = evaluatedAt[p] === round ? MIXED : balances.evaluate(p);
        if (kind === SIMPLE) simple.push(p, balances.simpleRho(p));
        else if (kind === MIXED) {
          if (lowest[p]! > limit) mixed.push(p, lowest[p]!);
          else {
            contenders.push(p);
            limit = Math.min(limit, highest[p]!);
          }
        }
      } else break;
    }
    return this.chosen(best, limit);
  }

  /** The least of the contenders and the best simple one, decided exactly where bounds overlap; the others go back. */
  private chosen(simpleBest: number, limit: number): number {
    const { contenders, instance, balances, boughtCount: round } = this;
    const { lowest } = balances;
    let best = simpleBest;
    let bestExact: Fraction | undefined;
    let isTie = false;
    for (const p of contenders) {
      if (lowest[p]! > limit) continue;
      if (best < 0) {
        best = p;
        continue;
      }
      bestExact ??= balances.exactRho(best);
      const rho = balances.exactRho(p);
      const order = compareFractions(rho, bestExact);
      if (order === 0) isTie = true;
      if (order < 0 || (order === 0 && instance.rank[p]! < instance.rank[best]!)) {
        if (order < 0) isTie = false;
        best = p;
        bestExact = rho;
      }
    }
    for (const p of contenders) if (p !== best) this.mixed.push(p, lowest[p]!);
    if (simpleBest >= 0 && best !== simpleBest) this.simple.push(simpleBest, balances.simpleRho(simpleBest));
    this.byTie[round] = isTie || (best >= 0 && best === simpleBest && this.isSimpleTie(simpleBest)) ? 1 : 0;
    return best;
  }

  /** Only when asked for: whether another application has the same simple rho. */
  private isSimpleTie(best: number): boolean {
    if (!this.noticesTies) return false;
    const { simple, mixed, start, startKey, balances } = this;
    const limit = balances.simpleRho(best);
    for (;;) {
      const first = this.startAt < start.length ? start[this.startAt]! : -1;
      const isFromStart = first >= 0 && startKey[first]! <= Math.min(limit, simple.topKey);
      if (!isFromStart && simple.topKey > limit) return false;
      const p = isFromStart ? first : simple.top;
      if (isFromStart) this.startAt++;
      else simple.pop();
      const kind = balances.evaluatedAt[p] === this.boughtCount ? SIMPLE : balances.evaluate(p);
      if (kind === MIXED) mixed.push(p, balances.lowest[p]!);
      if (kind !== SIMPLE) continue;
      const key = balances.simpleRho(p);
      simple.push(p, key);
      if (key <= limit) return true;
    }
  }
}
