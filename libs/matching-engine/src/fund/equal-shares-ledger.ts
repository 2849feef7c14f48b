import type { ExactPayments, PartedSupporters } from './equal-shares-exact.ts';
import type { EqualSharesInstance } from './equal-shares-instance.ts';
import type { EqualSharesRun } from './equal-shares-run.ts';
import type { Share } from './equal-shares-types.ts';
import { type Fraction, fractionText, nearestNumber, reduced, wholeBelow } from './fraction.ts';

/** Within this part of what all have, doubles do not decide whether supporters hold enough. */
const DOUBT = 1e-9;

/** Who held what after each round of a finished run. Doubles find their way; what is said is exact. */
export class EqualSharesLedger {
  private readonly instance: EqualSharesInstance;
  private readonly exact: ExactPayments;
  private readonly parted: PartedSupporters;
  private readonly rounds: number;
  private readonly share: Share;
  /** By group: the rounds in which a member paid, and what it held afterwards. */
  private readonly paidStart: Int32Array;
  private readonly paidRound: Int32Array;
  private readonly heldAfter: Float64Array;
  private readonly paidCount: Int32Array;
  /** What each member holds at the end, over the denominator of the last payment; found as it is asked for. */
  private readonly balances: (Fraction | undefined)[] = [];

  constructor(
    instance: EqualSharesInstance,
    { balances: { exact, parted }, boughtCount }: EqualSharesRun,
    share: Share,
  ) {
    this.instance = instance;
    this.exact = exact;
    this.parted = parted;
    this.rounds = boughtCount;
    this.share = share;
    this.paidStart = instance.ballotStart;
    this.paidRound = new Int32Array(instance.ballotApplication.length);
    this.heldAfter = new Float64Array(instance.ballotApplication.length);
    this.paidCount = new Int32Array(instance.weight.length);
    this.replay();
  }

  private replay(): void {
    const { group, points, emptyEnd, brokeEnd, bought } = this.parted;
    const held = new Float64Array(this.instance.weight.length).fill(this.share.numerator / this.share.denominator);
    for (let round = 0; round < this.rounds; round++) {
      const p = bought[round]!;
      const paid = this.exact.paid(round);
      const payment = nearestNumber(paid.numerator, paid.denominator);
      for (let at = emptyEnd[p]!; at < this.instance.supporterStart[p + 1]!; at++) {
        const g = group[at]!;
        held[g] = at < brokeEnd[p]! ? 0 : held[g]! - payment * points[at]!;
        const entry = this.paidStart[g]! + this.paidCount[g]!++;
        this.paidRound[entry] = round;
        this.heldAfter[entry] = held[g]!;
      }
    }
  }

  /** How many voters of that purchase paid all they had. */
  paidAll(round: number): number {
    const { group, emptyEnd, brokeEnd, bought } = this.parted;
    const p = bought[round]!;
    let voters = 0;
    for (let at = emptyEnd[p]!; at < brokeEnd[p]!; at++) voters += this.instance.weight[group[at]!]!;
    return voters;
  }

  rhoText(round: number): string {
    const { emptyEnd, brokeEnd, restPoints, bought } = this.parted;
    const p = bought[round]!;
    const worth = BigInt(this.instance.worth[p]!);
    if (emptyEnd[p] === brokeEnd[p]) {
      return fractionText(BigInt(this.instance.cost[p]!), worth * BigInt(restPoints[p]!));
    }
    const { numerator, denominator } = this.exact.paid(round);
    return fractionText(numerator, denominator * worth);
  }

  /** What p's supporters hold after the last purchase, and since which round that is too little (-1: from the start). */
  shortage(p: number): { held: number; atFirst: number; since: number } {
    const { numerator, denominator } = this.heldAtTheEnd(p);
    const voters = BigInt(this.instance.votes[p]!);
    let since = 0;
    for (let upTo = this.rounds; since < upTo;) {
      const middle = (since + upTo) >> 1;
      if (this.isShort(p, middle)) upTo = middle;
      else since = middle + 1;
    }
    return {
      held: wholeBelow(numerator, denominator),
      atFirst: wholeBelow(voters * BigInt(this.share.numerator), BigInt(this.share.denominator)),
      since: since - 1,
    };
  }

  /** By voter, in the order of their ids. */
  payments(round: number): [string, string][] {
    const { group, points, emptyEnd, brokeEnd, bought } = this.parted;
    const p = bought[round]!;
    const { numerator, denominator } = this.exact.paid(round);
    const lines: [string, string][] = [];
    for (let at = emptyEnd[p]!; at < this.instance.supporterStart[p + 1]!; at++) {
      const paid: Fraction =
        at < brokeEnd[p]!
          ? this.exact.balance(group[at]!, round)
          : reduced(numerator * BigInt(points[at]!), denominator);
      const text = fractionText(paid.numerator, paid.denominator);
      for (const voter of this.instance.members[group[at]!]!) lines.push([voter, text]);
    }
    return lines.sort(([one], [other]) => (one < other ? -1 : 1));
  }

  private isShort(p: number, rounds: number): boolean {
    const { supporterStart, supporterGroup, weight, cost, voters } = this.instance;
    let held = 0;
    for (let at = supporterStart[p]!; at < supporterStart[p + 1]!; at++) {
      held += weight[supporterGroup[at]!]! * this.held(supporterGroup[at]!, rounds);
    }
    const doubt = DOUBT * (cost[p]! + (voters * this.share.numerator) / this.share.denominator);
    if (Math.abs(held - cost[p]!) > doubt) return held < cost[p]!;
    const exactly = this.heldExactly(p, rounds);
    return exactly.numerator < BigInt(cost[p]!) * exactly.denominator;
  }

  private heldAtTheEnd(p: number): Fraction {
    const { supporterStart, supporterGroup, weight } = this.instance;
    let numerator = 0n;
    // Every payment is known by now, so that the common denominator no longer grows.
    let denominator = 1n;
    for (let at = supporterStart[p]!; at < supporterStart[p + 1]!; at++) {
      const g = supporterGroup[at]!;
      if (this.held(g, this.rounds) === 0) continue;
      const balance = (this.balances[g] ??= this.exact.balance(g, this.rounds));
      numerator += balance.numerator * BigInt(weight[g]!);
      denominator = balance.denominator;
    }
    return { numerator, denominator };
  }

  private heldExactly(p: number, rounds: number): Fraction {
    const { supporterStart, supporterGroup } = this.instance;
    const groups = supporterGroup.subarray(supporterStart[p]!, supporterStart[p + 1]!);
    return this.exact.sum(
      groups.filter((g) => this.held(g, rounds) !== 0),
      rounds,
    );
  }

  /** What a member holds after so many rounds; 0 exactly when it has paid all. */
  private held(g: number, rounds: number): number {
    let low = this.paidStart[g]!;
    const from = low;
    let high = from + this.paidCount[g]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.paidRound[middle]! < rounds) low = middle + 1;
      else high = middle;
    }
    return low === from ? this.share.numerator / this.share.denominator : this.heldAfter[low - 1]!;
  }
}
