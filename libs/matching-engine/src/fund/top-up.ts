import type { FundInstance } from './fund-instance.ts';

/**
 * Awards by position, in pence: the least for all that are taken; then, so that floors are met, more to the groups below
 * theirs; then what is left to anyone taken, within the caps. Each time in the order of score, then of lots, up to the
 * amount asked for. The choice must allow it (`levelsMet`). O(n log n).
 */
export function topUp(instance: FundInstance, taken: Uint8Array): Float64Array {
  const { score, amount, least, group, budget, limits, groups } = instance;
  const award = new Float64Array(score.length);
  const received = new Float64Array(groups.length);
  let left = budget;
  const order: number[] = [];
  for (let at = 0; at < score.length; at++) {
    if (taken[at] === 0) continue;
    award[at] = least[at]!;
    left -= least[at]!;
    if (group[at]! >= 0) received[group[at]!]! += least[at]!;
    if (least[at]! < amount[at]!) order.push(at);
  }
  order.sort((a, b) => score[b]! - score[a]! || a - b);
  const raise = (at: number, most: number) => {
    const more = Math.max(0, Math.min(amount[at]! - award[at]!, left, most));
    award[at]! += more;
    left -= more;
    if (group[at]! >= 0) received[group[at]!]! += more;
  };
  const floor = new Float64Array(groups.length);
  const cap = new Float64Array(groups.length).fill(Infinity);
  for (const limit of limits) {
    floor[limit.group] = limit.floor;
    cap[limit.group] = limit.cap;
  }
  for (const at of order) if (group[at]! >= 0) raise(at, floor[group[at]!]! - received[group[at]!]!);
  for (const at of order) raise(at, group[at]! < 0 ? Infinity : cap[group[at]!]! - received[group[at]!]!);
  return award;
}

/** Whether awards from least to amount can keep to the budget, the floors and the caps, in whole numbers. */
export function levelsMet(instance: FundInstance, taken: Uint8Array): boolean {
  const { amount, least, group, groups, limits, budget } = instance;
  const needed = new Float64Array(groups.length);
  const asked = new Float64Array(groups.length);
  let spent = 0;
  for (let at = 0; at < taken.length; at++) {
    if (taken[at] === 0) continue;
    spent += least[at]!;
    if (group[at]! < 0) continue;
    needed[group[at]!]! += least[at]!;
    asked[group[at]!]! += amount[at]!;
  }
  for (const limit of limits) {
    if (needed[limit.group]! > limit.cap || asked[limit.group]! < limit.floor) return false;
    spent += Math.max(0, limit.floor - needed[limit.group]!);
  }
  return spent <= budget;
}
