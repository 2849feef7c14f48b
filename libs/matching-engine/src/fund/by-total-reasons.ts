import type { TotalReason, TotalSolution } from './by-total-types.ts';
import type { FundInstance } from './fund-instance.ts';
import { EveryTotal } from './knapsack-every.ts';

/** States looked at for the reasons of everyone, some 1.5 s at worst; beyond it points are bounds, and say so. */
const WORK_FOR_ALL = 50_000_000;

/**
 * What decided each application, by position. Without limits the points are exact: for one that is not funded, the best
 * total less the best total with it; for one that is, less the best total without it. Where limits shaped the choice
 * that takes a solve for each, which `whatItLacked` does for one.
 */
export function reasonsByTotal(instance: FundInstance, solution: TotalSolution): TotalReason[] {
  const { score, amount, least, group, groups, limits, budget } = instance;
  const { taken, award, total } = solution;
  const usable = Uint8Array.from(score, (points, at) => (points > 0 && least[at]! <= budget ? 1 : 0));
  const isPlain = limits.length === 0;
  const every = new EveryTotal(score, least, usable, budget, isPlain ? total : undefined);
  const received = new Float64Array(groups.length);
  for (let at = 0; at < score.length; at++) if (group[at]! >= 0) received[group[at]!]! += award[at]!;
  const capOf = new Float64Array(groups.length).fill(Infinity);
  for (const limit of limits) capOf[limit.group] = limit.cap;

  const lacks = (at: number) => {
    if (!isPlain) return {};
    const best = every.total(at, true, WORK_FOR_ALL);
    const pointsShort = Math.max(0, total - best.total);
    return best.isExact ? { pointsShort } : { pointsShort, atLeast: true as const };
  };
  const spare = (at: number) => {
    if (!isPlain) return {};
    const best = every.total(at, false, WORK_FOR_ALL);
    const pointsSpare = Math.max(0, total - best.total);
    return best.isExact ? { pointsSpare } : { pointsSpare, atLeast: true as const };
  };
  return Array.from(score, (points, at): TotalReason => {
    const place = every.place(at);
    if (taken[at] === 1) {
      const lacked = amount[at]! - award[at]!;
      return { kind: lacked > 0 ? 'in-part' : 'in-full', place, lacked, ...spare(at) };
    }
    if (points === 0) return { kind: 'no-points' };
    if (least[at]! > budget) return { kind: 'above-budget', over: least[at]! - budget };
    const cap = group[at]! < 0 ? Infinity : capOf[group[at]!]!;
    if (least[at]! > cap) return { kind: 'above-cap', group: groups[group[at]!]!, over: least[at]! - cap };
    const inGroup = group[at]! < 0 ? 0 : received[group[at]!]!;
    if (inGroup + least[at]! > cap) {
      return { kind: 'group-capped', place, group: groups[group[at]!]!, cap, received: inGroup };
    }
    return { kind: 'lower-total', place, ...lacks(at) };
  });
}
