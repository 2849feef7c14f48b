import { ExactPayments, type PartedSupporters } from './equal-shares-exact.ts';
import type { EqualSharesInstance } from './equal-shares-instance.ts';
import { ShareReach } from './equal-shares-reach.ts';
import type { Share } from './equal-shares-types.ts';
import { type Fraction, nearestNumber } from './fraction.ts';

/** One part in 2^52: twice the error of an operation on doubles. */
export const ROUNDING = 2 ** -52;
/** Beyond this part of a share, the noise of a payment is wiped out by working it out exactly. */
const NOISE = 2 ** -28;
/** Up to this part of a share, divided by the applications, the noise of a payment is counted for everybody alike. */
const HUM = 2 ** -31;
/** Below this product, two unequal fractions of whole numbers are unequal as doubles too, and in the same order. */
const EXACT_AS_DOUBLES = 2 ** 51;
/** Above 0, and not so small that processors slow down. */
const ALMOST_NOTHING = 2 ** -900;

export const UNAFFORDABLE = 0;
/** Every supporter who has anything left pays by its points: rho is the amount over the points. */
export const SIMPLE = 1;
/** Some pay all they have left. */
export const MIXED = 2;

/** What a pass over the rest of an application's supporters has found: nothing more to do, some moved, some in doubt. */
const CLEAR = 0;
const MOVED = 1;
const IN_DOUBT = 2;

const HELD = 0;
const HEADS = 1;

/** A set of applications to walk over. */
export interface ApplicationSet {
  readonly size: number;
  at(place: number): number;
}

/**
 * What voters hold in a run, and what an application would cost them. Balances are doubles with a proven bound on their
 * error; what the bound leaves open is decided in BigInt, by `ExactPayments`.
 */
export class SupporterBalances {
  readonly exact: ExactPayments;
  readonly parted: PartedSupporters;
  readonly reach: ShareReach;
  /** Whether simple rhos can be compared as doubles; if not, all count as mixed. */
  readonly isExactAsDoubles: boolean;
  /** Bounds of an application's latest rho where payers are mixed. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** The round in which an application's rho was last found, or -1. */
  readonly evaluatedAt: Int32Array;
  /** Purchases so far. */
  round = 0;

  private readonly instance: EqualSharesInstance;
  /** By group, pence; 0 exactly when nothing is left. */
  private readonly balance: Float64Array;
  /** How far any balance may be from the true one; some besides by an error of their own, which has a bound. */
  private error = 0;
  private readonly ownError: Float64Array;
  private highestOwn = 0;
  private share = 0;
  /** Of the application that is being evaluated: what its broke hold, and how many voters they are. */
  private readonly sums = new Float64Array(2);
  private readonly few: Int32Array;
  /** Supporters of each application: first those with nothing left, then those who pay all they have, then the rest. */
  private readonly group: Int32Array;
  private readonly points: Float64Array;
  private readonly emptyEnd: Int32Array;
  private readonly brokeEnd: Int32Array;
  /** The points (with their weights) of the rest. */
  private readonly restPoints: Float64Array;
  private readonly mostPoints: Float64Array;
  /** The latest payment per point, and its bound. */
  private readonly payment: Float64Array;
  private readonly paymentError: Float64Array;

  /** `bought`: by round, kept by whoever buys. */
  constructor(instance: EqualSharesInstance, bought: Int32Array) {
    const count = instance.ids.length;
    this.instance = instance;
    this.balance = new Float64Array(instance.weight.length);
    this.ownError = new Float64Array(instance.weight.length);
    this.few = new Int32Array(instance.weight.length);
    this.group = instance.supporterGroup.slice();
    this.points = instance.supporterPoints.slice();
    this.emptyEnd = new Int32Array(count);
    this.brokeEnd = new Int32Array(count);
    this.restPoints = new Float64Array(count);
    this.mostPoints = new Float64Array(count);
    this.payment = new Float64Array(count);
    this.paymentError = new Float64Array(count);
    this.lowest = new Float64Array(count);
    this.highest = new Float64Array(count);
    this.evaluatedAt = new Int32Array(count);
    let mostOfAll = 1;
    let costliest = 1;
    for (let p = 0; p < count; p++) {
      for (let at = instance.supporterStart[p]!; at < instance.supporterStart[p + 1]!; at++) {
        this.mostPoints[p] = Math.max(this.mostPoints[p]!, this.points[at]!);
      }
      mostOfAll = Math.max(mostOfAll, instance.points[p]!);
      costliest = Math.max(costliest, instance.cost[p]! / instance.worth[p]!);
    }
    this.isExactAsDoubles = mostOfAll * costliest < EXACT_AS_DOUBLES;
    const { group, points, emptyEnd, brokeEnd, restPoints } = this;
    this.parted = { group, points, emptyEnd, brokeEnd, restPoints, bought };
    this.exact = new ExactPayments(instance, this.parted);
    this.reach = new ShareReach(instance, this.parted);
  }

  /** Everyone has the share again; `step` as in `SharesRun`. */
  reset(share: Share, step: number): void {
    const { supporterStart, points } = this.instance;
    this.share = share.numerator / share.denominator;
    this.error = share.denominator === 1 ? 0 : this.share * ROUNDING;
    if (this.highestOwn > 0) this.ownError.fill(0);
    this.highestOwn = 0;
    this.balance.fill(share.numerator === 0 ? 0 : this.share);
    this.round = 0;
    this.evaluatedAt.fill(-1);
    this.restPoints.set(points);
    for (let p = 0; p < this.emptyEnd.length; p++) this.emptyEnd[p] = this.brokeEnd[p] = supporterStart[p]!;
    this.exact.reset(share);
    this.reach.reset(step);
  }

  /** Its rho as last found, where all who have anything left pay by their points. */
  simpleRho(p: number): number {
    return this.simpleKey(p, this.restPoints[p]!);
  }

  /** Its rho if all supporters pay by their points, as they do where the share is high enough: never above the true one. */
  startRho(p: number): number {
    return this.simpleKey(p, this.instance.points[p]!);
  }

  /** Its rho as a fraction that is not reduced; p must have been evaluated in this round. */
  exactRho(p: number): Fraction {
    const { numerator, denominator } = this.exact.payment(p, this.round);
    const worth = this.instance.worth[p]!;
    return worth === 1 ? { numerator, denominator } : { numerator, denominator: denominator * BigInt(worth) };
  }

  /**
   * Finds p's rho at the present balances, in doubles if the bounds allow. Whoever could not pay in full before cannot
   * now, as balances only fall and rho only rises: so supporters move from the rest to the broke to the empty for good.
   */
  evaluate(p: number): number {
    const { sums, error, restPoints, brokeEnd, emptyEnd } = this;
    const cost = this.instance.cost[p]!;
    const end = this.instance.supporterStart[p + 1]!;
    this.countBroke(p);
    this.evaluatedAt[p] = this.round;
    for (let outcome = MOVED; brokeEnd[p]! < end;) {
      const rest = restPoints[p]!;
      let payment = (cost - sums[HELD]!) / rest;
      let paymentError = this.heldError(p, cost) / rest + ROUNDING * payment;
      outcome = this.part(p, payment - paymentError, payment + paymentError);
      if (outcome === MOVED) continue;
      if (outcome === IN_DOUBT) return this.settle(p);
      const isSimple = brokeEnd[p] === emptyEnd[p];
      if (isSimple) {
        payment = cost / rest;
        paymentError = ROUNDING * payment;
      }
      return this.found(p, payment, paymentError, isSimple);
    }
    const gap = cost - sums[HELD]! - this.heldError(p, cost);
    if (gap <= error) return this.settle(p);
    if (this.reach.isOpen) this.reach.staysUnaffordable(p, gap);
    return UNAFFORDABLE;
  }

  /** How far what p's broke hold together may be from the truth, with what doubles lose in working with it. */
  private heldError(p: number, cost: number): number {
    const broke = this.brokeEnd[p]! - this.emptyEnd[p]!;
    const noise = this.sums[HEADS]! * this.error + (broke + 8) * ROUNDING * cost;
    return this.highestOwn === 0 ? noise : noise + this.ownErrors(p);
  }

  /** Adds up what p's broke hold, and how many they are; those with nothing left join the empty. */
  private countBroke(p: number): void {
    const { balance, group, instance, sums } = this;
    const { weight } = instance;
    const broke = this.brokeEnd[p]!;
    let empty = this.emptyEnd[p]!;
    let held = 0;
    let heads = 0;
    for (let at = empty; at < broke; at++) {
      const g = group[at]!;
      const left = balance[g]!;
      if (left === 0) this.swap(at, empty++);
      else {
        held += weight[g]! * left;
        heads += weight[g]!;
      }
    }
    this.emptyEnd[p] = empty;
    sums[HELD] = held;
    sums[HEADS] = heads;
  }

  /**
   * Moves those who certainly cannot pay `low` a point out of the rest; doubt is about those who may not pay `high`. Most
   * can: so it looks at all in a loop with nothing in it, and at those few afterwards.
   */
  private part(p: number, low: number, high: number): number {
    const { balance, group, points, few } = this;
    const end = this.instance.supporterStart[p + 1]!;
    const anyError = this.error + this.highestOwn + 4 * ROUNDING * this.share;
    let count = 0;
    for (let at = this.brokeEnd[p]!; at < end; at++) {
      if (balance[group[at]!]! <= high * points[at]! + anyError) few[count++] = at;
    }
    return count === 0 ? CLEAR : this.partFew(p, count, low, high);
  }

  private partFew(p: number, count: number, low: number, high: number): number {
    const { balance, group, points, few, ownError, sums } = this;
    const { weight } = this.instance;
    const anyError = this.error + 4 * ROUNDING * this.share;
    const before = this.brokeEnd[p]!;
    let empty = this.emptyEnd[p]!;
    let broke = before;
    let gone = 0;
    let isInDoubt = false;
    for (let one = 0; one < count; one++) {
      const at = few[one]!;
      const g = group[at]!;
      const left = balance[g]!;
      const due = points[at]!;
      const error = anyError + ownError[g]!;
      if (left + error >= low * due) {
        if (left - error <= high * due) isInDoubt = true;
        continue;
      }
      gone += weight[g]! * due;
      group[at] = group[broke]!;
      points[at] = points[broke]!;
      if (left === 0) {
        group[broke] = group[empty]!;
        points[broke] = points[empty]!;
        group[empty] = g;
        points[empty] = due;
        empty++;
      } else {
        group[broke] = g;
        points[broke] = due;
        sums[HELD]! += weight[g]! * left;
        sums[HEADS]! += weight[g]!;
      }
      broke++;
    }
    this.emptyEnd[p] = empty;
    this.brokeEnd[p] = broke;
    this.restPoints[p]! -= gone;
    return broke > before ? MOVED : isInDoubt ? IN_DOUBT : CLEAR;
  }

  private found(p: number, payment: number, paymentError: number, isSimple: boolean): number {
    this.payment[p] = payment;
    this.paymentError[p] = paymentError;
    if (this.reach.isOpen) this.reach.evaluated(p);
    if (isSimple && this.isExactAsDoubles) return SIMPLE;
    const worth = this.instance.worth[p]!;
    this.lowest[p] = ((payment - paymentError) / worth) * (1 - 2 * ROUNDING);
    this.highest[p] = ((payment + paymentError) / worth) * (1 + 2 * ROUNDING);
    return MIXED;
  }

  /** Decides in exact arithmetic what `evaluate` left open: whose balance falls short of the payment, or just meets it. */
  private settle(p: number): number {
    const { balance, group, points, brokeEnd, emptyEnd, exact, instance } = this;
    const end = instance.supporterStart[p + 1]!;
    const round = this.round;
    this.reach.close();
    for (;;) {
      if (brokeEnd[p] === end && exact.compareHeld(p, round) < 0) return UNAFFORDABLE;
      const payment = exact.payment(p, round);
      const near = nearestNumber(payment.numerator, payment.denominator);
      const just: number[] = [];
      let hasMoved = false;
      for (let at = brokeEnd[p]!; at < end; at++) {
        const g = group[at]!;
        const due = points[at]!;
        const isCertain = balance[g] !== 0 && balance[g]! - this.errorOf(g) > near * (1 + 8 * ROUNDING) * due;
        if (isCertain) continue;
        const order = balance[g] === 0 ? -1 : exact.compareBalance(g, payment, due, round);
        if (order === 0) just.push(g);
        if (order >= 0) continue;
        this.moveToBroke(p, at);
        hasMoved = true;
      }
      if (hasMoved) continue;
      for (let at = brokeEnd[p]!; at < end; at++) if (just.includes(group[at]!)) this.moveToBroke(p, at);
      return this.found(p, near, 8 * ROUNDING * near, brokeEnd[p] === emptyEnd[p]);
    }
  }

  private addOwnErrors(p: number, paymentError: number): void {
    const { group, points, ownError } = this;
    for (let at = this.brokeEnd[p]!; at < this.instance.supporterStart[p + 1]!; at++) {
      ownError[group[at]!]! += paymentError * points[at]! * (1 + ROUNDING);
      this.highestOwn = Math.max(this.highestOwn, ownError[group[at]!]!);
    }
  }

  private errorOf(g: number): number {
    return this.error + this.ownError[g]!;
  }

  /** The own errors of p's broke, with all their members. */
  private ownErrors(p: number): number {
    const { group, ownError, instance } = this;
    let sum = 0;
    for (let at = this.emptyEnd[p]!; at < this.brokeEnd[p]!; at++) {
      sum += instance.weight[group[at]!]! * ownError[group[at]!]!;
    }
    return 2 * sum;
  }

  /** Whoever stands there is broke for p from now on, or empty. */
  private moveToBroke(p: number, at: number): void {
    const { sums, brokeEnd } = this;
    const g = this.group[at]!;
    const left = this.balance[g]!;
    const members = this.instance.weight[g]!;
    this.restPoints[p]! -= members * this.points[at]!;
    const broke = brokeEnd[p]!++;
    this.swap(at, broke);
    if (left === 0) this.swap(broke, this.emptyEnd[p]!++);
    else {
      sums[HELD]! += members * left;
      sums[HEADS]! += members;
    }
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

  /** How far the share may rise until another is chosen in this round, or one who pays all could pay in full. */
  private limitReach(p: number, payment: number, paymentError: number, others: ApplicationSet): void {
    const { reach, lowest, group, points, balance, instance } = this;
    const highest = ((payment + paymentError) / instance.worth[p]!) * (1 + 2 * ROUNDING);
    for (let place = 0; place < others.size; place++) {
      reach.staysDearer(others.at(place), lowest[others.at(place)]! - highest, p);
    }
    const rounding = 4 * ROUNDING * this.share;
    for (let at = this.emptyEnd[p]!; at < this.brokeEnd[p]!; at++) {
      const g = group[at]!;
      reach.staysBroke(p, at, (payment - paymentError) * points[at]! - balance[g]! - this.errorOf(g) - rounding);
    }
    reach.buy(p);
  }

  /** p's supporters pay for it; `others` are the applications with mixed payers that could still be bought. */
  buy(p: number, others: ApplicationSet): void {
    const { balance, group, points, instance } = this;
    let payment = this.payment[p]!;
    let paymentError = this.paymentError[p]!;
    if (paymentError * this.mostPoints[p]! > NOISE * this.share) {
      const exact = this.exact.payment(p, this.round);
      payment = nearestNumber(exact.numerator, exact.denominator);
      paymentError = 8 * ROUNDING * payment;
    }
    if (this.reach.isOpen) this.limitReach(p, payment, paymentError, others);
    const broke = this.brokeEnd[p]!;
    const end = instance.supporterStart[p + 1]!;
    for (let at = this.emptyEnd[p]!; at < broke; at++) balance[group[at]!] = 0;
    for (let at = broke; at < end; at++) {
      const g = group[at]!;
      const left = balance[g]! - payment * points[at]!;
      // What is left is above 0 for certain, even where doubles say otherwise.
      balance[g] = left > 0 ? left : ALMOST_NOTHING;
    }
    this.error += 2 * ROUNDING * this.share;
    const noise = paymentError * this.mostPoints[p]!;
    if (noise * this.evaluatedAt.length <= HUM * this.share) this.error += noise;
    else this.addOwnErrors(p, paymentError);
    this.exact.note(p, this.round++);
  }

  private simpleKey(p: number, points: number): number {
    const { cost, worth } = this.instance;
    return cost[p]! / worth[p]! / points;
  }
}
