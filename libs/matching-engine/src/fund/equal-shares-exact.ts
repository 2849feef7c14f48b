import type { EqualSharesInstance } from './equal-shares-instance.ts';
import type { Share } from './equal-shares-types.ts';
import { commonDivisor, compareFractions, type Fraction } from './fraction.ts';

/** The supporters of each application as the run has parted them; what was bought keeps the parts it was bought with. */
export interface PartedSupporters {
  readonly group: Int32Array;
  readonly points: Float64Array;
  readonly emptyEnd: Int32Array;
  readonly brokeEnd: Int32Array;
  readonly restPoints: Float64Array;
  readonly bought: Int32Array;
}

/**
 * The exact side of a run. A balance is the share less what was paid for each purchase on the ballot, so a sum of
 * balances is a whole-number combination of the share and of the payments per point of earlier purchases: only those
 * are kept in BigInt, over one common denominator, and only once somebody asks for them.
 *
 * The denominator grows with a purchase by at most the points of those who do not pay all they have.
 */
export class ExactPayments {
  private readonly instance: EqualSharesInstance;
  private readonly parted: PartedSupporters;
  /** The round in which an application was bought, or -1. */
  private readonly roundOf: Int32Array;
  private noted = 0;
  /** All rounds before this one in which somebody paid all they had are committed. */
  private mixedUpTo = 0;
  private share: Share = { numerator: 0, denominator: 1 };
  private denominator = 1n;
  private shareNumerator = 0n;
  /** By round: payment per point over the denominator of that version, or undefined. */
  private readonly numerators: (bigint | undefined)[] = [];
  private readonly versionOf: number[] = [];
  private readonly denominators: bigint[] = [];
  private readonly coefficient: Float64Array;
  private touched: number[] = [];

  constructor(instance: EqualSharesInstance, parted: PartedSupporters) {
    this.instance = instance;
    this.parted = parted;
    this.roundOf = new Int32Array(instance.ids.length).fill(-1);
    this.coefficient = new Float64Array(instance.ids.length);
  }

  reset(share: Share): void {
    for (let round = 0; round < this.noted; round++) this.roundOf[this.parted.bought[round]!] = -1;
    this.noted = 0;
    this.mixedUpTo = 0;
    this.share = share;
    this.denominator = BigInt(share.denominator);
    this.shareNumerator = BigInt(share.numerator);
    this.numerators.length = 0;
    this.versionOf.length = 0;
    this.denominators.length = 0;
  }

  /** p is bought in that round, with its supporters parted as they are now. */
  note(p: number, round: number): void {
    this.roundOf[p] = round;
    this.noted = round + 1;
  }

  /** What p's supporters who have anything left would pay per point, before the purchase of that round. */
  payment(p: number, round: number): Fraction {
    const { numerator, over } = this.paymentOver(p, round);
    return { numerator, denominator: this.denominator * BigInt(over) };
  }

  /** Payment per point of the purchase of that round. */
  paid(round: number): Fraction {
    this.commit(round);
    return { numerator: this.numeratorOf(round), denominator: this.denominator };
  }

  /** Whether those who pay all they have hold less than p's amount, just that (0) or more, before that round. */
  compareHeld(p: number, round: number): number {
    const { emptyEnd, brokeEnd } = this.parted;
    const held = this.held(emptyEnd[p]!, brokeEnd[p]!, round);
    const cost = BigInt(this.instance.cost[p]!) * this.denominator;
    return held < cost ? -1 : held > cost ? 1 : 0;
  }

  /** A member's balance before that round against `points` times the payment. The group must have something left. */
  compareBalance(group: number, payment: Fraction, points: number, round: number): number {
    const balance = this.balance(group, round);
    return compareFractions(balance, {
      numerator: payment.numerator * BigInt(points),
      denominator: payment.denominator,
    });
  }

  /** A member's balance before that round; the group must not have paid all it had before. */
  balance(group: number, round: number): Fraction {
    this.addBallot(group, 1, round);
    const numerator = this.summed(1, round);
    return { numerator, denominator: this.denominator };
  }

  /** What all members of the groups hold before that round; none of them must have paid all it had before. */
  sum(groups: Iterable<number>, round: number): Fraction {
    let heads = 0;
    for (const group of groups) {
      heads += this.instance.weight[group]!;
      this.addBallot(group, this.instance.weight[group]!, round);
    }
    const numerator = this.summed(heads, round);
    return { numerator, denominator: this.denominator };
  }

  private paymentOver(p: number, round: number): { numerator: bigint; over: number } {
    const { emptyEnd, brokeEnd, restPoints } = this.parted;
    const rest = restPoints[p]!;
    if (rest === 0) return this.highestBalance(p, round);
    const cost = BigInt(this.instance.cost[p]!);
    if (emptyEnd[p] === brokeEnd[p]) return { numerator: cost * this.denominator, over: rest };
    const held = this.held(emptyEnd[p]!, brokeEnd[p]!, round);
    return { numerator: cost * this.denominator - held, over: rest };
  }

  /** Where everyone pays all they have, the least payment per point is that of whoever has most for each point. */
  private highestBalance(p: number, round: number): { numerator: bigint; over: number } {
    const { emptyEnd, brokeEnd, group, points } = this.parted;
    let numerator = 0n;
    let over = 1;
    let denominator = this.denominator;
    for (let at = emptyEnd[p]!; at < brokeEnd[p]!; at++) {
      const balance = this.balance(group[at]!, round);
      numerator *= this.denominator / denominator;
      denominator = this.denominator;
      if (balance.numerator * BigInt(over) <= numerator * BigInt(points[at]!)) continue;
      numerator = balance.numerator;
      over = points[at]!;
    }
    return { numerator, over };
  }

  private held(from: number, upTo: number, round: number): bigint {
    const { group } = this.parted;
    const { weight } = this.instance;
    let heads = 0;
    for (let at = from; at < upTo; at++) {
      const members = weight[group[at]!]!;
      heads += members;
      this.addBallot(group[at]!, members, round);
    }
    return this.summed(heads, round);
  }

  private addBallot(group: number, members: number, round: number): void {
    const { ballotStart, ballotApplication, ballotPoints } = this.instance;
    const { roundOf, coefficient } = this;
    for (let at = ballotStart[group]!; at < ballotStart[group + 1]!; at++) {
      const bought = roundOf[ballotApplication[at]!]!;
      if (bought < 0 || bought >= round) continue;
      if (coefficient[bought] === 0) this.touched.push(bought);
      coefficient[bought]! += members * ballotPoints[at]!;
    }
  }

  /** `heads` shares less the payments counted; over the common denominator. */
  private summed(heads: number, round: number): bigint {
    const { coefficient } = this;
    const terms = this.touched.map((bought) => ({ bought, times: coefficient[bought]! }));
    for (const { bought } of terms) coefficient[bought] = 0;
    this.touched = [];
    this.commitMixed(round);
    for (const { bought } of terms) this.commit(bought);
    let sum = BigInt(heads) * this.shareNumerator * (this.denominator / BigInt(this.share.denominator));
    for (const { bought, times } of terms) sum -= BigInt(times) * this.numeratorOf(bought);
    return sum;
  }

  /** In order, so that committing one does not go back through all those before it. */
  private commitMixed(round: number): void {
    const { emptyEnd, brokeEnd, bought } = this.parted;
    while (this.mixedUpTo < round) {
      const at = this.mixedUpTo++;
      if (emptyEnd[bought[at]!] !== brokeEnd[bought[at]!]) this.commit(at);
    }
  }

  private commit(round: number): void {
    if (this.numerators[round] !== undefined) return;
    const { numerator, over } = this.paymentOver(this.parted.bought[round]!, round);
    const divisor = commonDivisor(over, Number(numerator % BigInt(over)));
    this.numerators[round] = numerator / BigInt(divisor);
    if (divisor !== over) {
      this.denominators.push(this.denominator);
      this.denominator *= BigInt(over / divisor);
    }
    this.versionOf[round] = this.denominators.length;
  }

  private numeratorOf(round: number): bigint {
    const version = this.versionOf[round]!;
    let numerator = this.numerators[round]!;
    if (version !== this.denominators.length) {
      numerator *= this.denominator / this.denominators[version]!;
      this.numerators[round] = numerator;
      this.versionOf[round] = this.denominators.length;
    }
    return numerator;
  }
}
