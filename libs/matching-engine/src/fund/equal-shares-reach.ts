import type { PartedSupporters } from './equal-shares-exact.ts';
import type { EqualSharesInstance } from './equal-shares-instance.ts';

/** Slopes and gaps are doubles: the reach is shortened by this part of itself. */
const CAUTION = 1e-6;

/**
 * How far the share may rise before a run could go another way, so that `add1` need not run where nothing can change.
 *
 * As long as the same are bought, with the same supporters paying all they have, every payment is a falling and every
 * balance a rising linear function of the share. So a supporter who pays in full still does at a higher share, and a
 * simple rho, which is the same at every share, stays above the one chosen. What can end it: one who paid all comes to
 * be able to pay in full; another application with mixed payers falls below the one chosen (for any parting of its
 * supporters, amount less what the broke hold over the points of the rest is a lower bound of its rho, by then linear
 * too); or one that was not affordable becomes so. The least of these shares, by a margin, is the reach.
 */
export class ShareReach {
  /** Whether a step is still within reach in this run; if not, nothing is worked out any more. */
  isOpen = false;
  private reach = 0;
  private step = 0;
  private readonly instance: EqualSharesInstance;
  private readonly parted: PartedSupporters;
  /** By group: how much a member's balance rises when the share rises by 1. */
  private readonly growth: Float64Array;
  /** By application: how much the payment per point changes then, 0 or less. */
  private readonly slope: Float64Array;

  constructor(instance: EqualSharesInstance, parted: PartedSupporters) {
    this.instance = instance;
    this.parted = parted;
    this.growth = new Float64Array(instance.weight.length);
    this.slope = new Float64Array(instance.ids.length);
  }

  reset(step: number): void {
    this.step = step;
    this.isOpen = step > 0;
    this.reach = Infinity;
    if (!this.isOpen) return;
    this.growth.fill(1);
    this.slope.fill(0);
  }

  /** Whole steps within reach; 0 where nothing ends it, as then everything that has supporters is bought. */
  steps(): number {
    return this.isOpen && this.reach < Infinity ? Math.floor((this.reach * (1 - CAUTION)) / this.step) : 0;
  }

  close(): void {
    this.isOpen = false;
  }

  /** p's supporters have just been parted at the present balances. */
  evaluated(p: number): void {
    const rest = this.parted.restPoints[p]!;
    this.slope[p] = rest > 0 ? -this.growthOfBroke(p) / rest : 0;
  }

  /** All supporters together hold less than the amount, by so much. */
  staysUnaffordable(p: number, gap: number): void {
    this.limit(gap, this.growthOfBroke(p));
  }

  /** At the present share, p's bound is above the rho of the one chosen by so much (or not, if below 0). */
  staysDearer(p: number, gap: number, chosen: number): void {
    const { worth } = this.instance;
    const own = -this.slope[p]! / worth[p]!;
    if (gap > this.reach * own * (1 + CAUTION)) return;
    const other = -this.slope[chosen]! / worth[chosen]!;
    if (gap <= 0) this.isOpen = false;
    else this.limit(gap, own - other + CAUTION * (own + other));
  }

  /** The supporter at that place lacks so much of its payment for p. */
  staysBroke(p: number, at: number, gap: number): void {
    const { group, points } = this.parted;
    this.limit(gap, this.growth[group[at]!]! - this.slope[p]! * points[at]!);
  }

  buy(p: number): void {
    const { group, points, brokeEnd } = this.parted;
    const slope = this.slope[p]!;
    if (slope === 0 || !this.isOpen) return;
    const end = this.instance.supporterStart[p + 1]!;
    for (let at = brokeEnd[p]!; at < end; at++) this.growth[group[at]!]! -= slope * points[at]!;
  }

  private growthOfBroke(p: number): number {
    const { group, emptyEnd, brokeEnd } = this.parted;
    const { weight } = this.instance;
    let growth = 0;
    for (let at = emptyEnd[p]!; at < brokeEnd[p]!; at++) growth += weight[group[at]!]! * this.growth[group[at]!]!;
    return growth;
  }

  private limit(gap: number, rate: number): void {
    if (rate > 0) this.reach = Math.min(this.reach, Math.max(0, gap) / rate);
    if (this.reach < this.step) this.isOpen = false;
  }
}
