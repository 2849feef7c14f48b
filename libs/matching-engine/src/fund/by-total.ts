import { ENGINE_VERSION } from '../engine-version.ts';
import { solveBySearch, solveWithLimits } from './by-total-limits.ts';
import { reasonsByTotal } from './by-total-reasons.ts';
import type { TotalInput, TotalResult, TotalSolution } from './by-total-types.ts';
import { compared, type FundAtBudget, withExtra } from './fund-at-budget.ts';
import { compressFund, type FundInstance, hashFund } from './fund-instance.ts';
import { FundRefused } from './fund-refused.ts';
import type { FundAward } from './fund-types.ts';
import { KnapsackTooHard, solveKnapsack } from './knapsack.ts';
import { levelsMet, topUp } from './top-up.ts';

/**
 * Funds by the highest total score within the budget, exactly.
 *
 * An application counts its whole score once it receives the least that makes it possible: that is what "least" says,
 * and money beyond it makes the visit easier, not more. So the choice is made by score and least amount; what is then
 * left raises awards towards the amounts asked for, in the order of score, then of lots, within the caps. (Counting
 * points in proportion to money instead would let the method pay a penny more here or there for a fraction of a point
 * that no panel gave.)
 *
 * Without limits, or where the choice without them meets them, our own core solves it (`solveKnapsack`) and ties go by
 * rule; where it gives up (amounts made to be hard), HiGHS searches, and `too-hard` is refused once that gives up as well. With limits our own core does, too (`solveByGroups`), unless its lists grow too long or a floor may need what has
 * no points: then HiGHS does, loaded when first needed; its answer is checked in whole numbers, and refused rather than
 * given where the check fails. More money does not always help an applicant: see `totalAtBudgets`.
 *
 * Throws (rejects with) FundRefused.
 */
export async function fundByTotal(input: TotalInput): Promise<TotalResult> {
  const instance = compressFund(input, input.limits);
  return totalResult(instance, await solveTotal(instance));
}

/** `fundByTotal` without limits, at once. Throws FundRefused. */
export function fundByTotalPlain(input: Omit<TotalInput, 'limits'>): TotalResult {
  const instance = compressFund(input);
  return totalResult(instance, solvePlain(instance));
}

/** The choice alone, for an input that was checked. */
export async function solveTotal(instance: FundInstance): Promise<TotalSolution> {
  const isLimited = instance.limits.length > 0;
  try {
    const plain = solvePlain(instance);
    // The best without limits, if it meets them, is the best with them.
    if (!isLimited || levelsMet(instance, plain.taken)) return plain;
  } catch (error) {
    if (!(error instanceof FundRefused) || error.name !== 'too-hard') throw error;
    const searched = isLimited ? undefined : await solveBySearch(instance);
    if (searched) return searched;
    if (!isLimited) throw error;
  }
  return solveWithLimits(instance);
}

/** Without limits, by our own core; where there are limits, they shape only the awards, if the choice allows. */
export function solvePlain(instance: FundInstance): TotalSolution {
  const { score, least, budget } = instance;
  const usable = Uint8Array.from(score, (points, at) => (points > 0 && least[at]! <= budget ? 1 : 0));
  try {
    const { taken, total, byRule } = solveKnapsack(score, least, usable, budget);
    const ties = byRule ? 'rule' : 'first-found';
    return { taken, award: topUp(instance, taken), total, ties, solver: 'core' };
  } catch (error) {
    if (!(error instanceof KnapsackTooHard)) throw error;
    const what = `the best choice was not found: ${error.message} (scores and amounts of very wide ranges)`;
    throw new FundRefused('too-hard', { list: 'applications', index: 0, field: 'amount' }, what);
  }
}

/** The outcome if the budget were so many pence larger (or smaller): recomputed, for it is not monotone. */
export async function totalAtBudgets(input: TotalInput, extras: readonly number[]): Promise<readonly FundAtBudget[]> {
  const instance = compressFund(input, input.limits);
  const now = (await solveTotal(instance)).award;
  const outcomes: FundAtBudget[] = [];
  for (const [index, extra] of extras.entries()) {
    const at = withExtra(instance, extra, index);
    const then = await solveTotal(at).catch((error: unknown) => {
      if (!(error instanceof FundRefused)) throw error;
      throw new FundRefused(error.name, error.at, `with ${extra} more in the budget: ${error.message}`);
    });
    outcomes.push(compared(instance, now, then.award, extra));
  }
  return outcomes;
}

/** The second half of `fundByTotal`: reasons and hash. */
export function totalResult(instance: FundInstance, solution: TotalSolution): TotalResult {
  const { ids, amount, byId, budget, seed, limits, groups } = instance;
  const { award, total, ties, solver } = solution;
  const funded: FundAward[] = [];
  let spent = 0;
  for (const at of byId) {
    if (award[at] === 0) continue;
    funded.push({ id: ids[at]!, amount: award[at]!, part: award[at]! < amount[at]! });
    spent += award[at]!;
  }
  const reasons = reasonsByTotal(instance, solution);
  return {
    method: 'total',
    parameters: {
      limits: limits.map(({ group, floor, cap }) => ({
        group: groups[group]!,
        floor,
        ...(cap === Infinity ? {} : { cap }),
      })),
    },
    funded,
    count: funded.length,
    total,
    spent,
    left: budget - spent,
    ties,
    solver,
    reasons: Array.from(byId, (at) => ({ id: ids[at]!, ...reasons[at]! })),
    budget,
    seed,
    inputHash: hashFund(instance),
    engineVersion: ENGINE_VERSION,
  };
}

/** What one application lacked: see `TotalLacks`. `impossible`: no allowed choice has it. */
export type Lacked = { readonly pointsShort: number } | { readonly impossible: true };

/**
 * The exact points that one application lacked, by solving again with it: 0 if it is funded. For one whose reason leaves
 * them out. Rejects with FundRefused (`application-unknown` if no application has that id).
 */
export async function whatItLacked(input: TotalInput, id: string): Promise<Lacked> {
  const instance = compressFund(input, input.limits);
  const at = instance.ids.indexOf(id);
  if (at < 0) {
    const where = { list: 'applications', index: 0, field: 'id' } as const;
    throw new FundRefused('application-unknown', where, `${JSON.stringify(id)} is not among the applications`);
  }
  const { total, taken } = await solveTotal(instance);
  if (taken[at] === 1) return { pointsShort: 0 };
  const limit = instance.limits.find(({ group }) => group === instance.group[at]);
  if (instance.least[at]! > Math.min(instance.budget, limit?.cap ?? Infinity)) return { impossible: true };
  try {
    // What may have less than it asks for counts twice for a floor: at least, and at most.
    const isWhole = instance.limits.length === 0 || instance.least[at] === instance.amount[at];
    const withIt = isWhole ? await totalWith(instance, at) : (await solveWithLimits(instance, at)).total;
    return { pointsShort: total - withIt };
  } catch (error) {
    const isImpossible = ['limits-cannot-be-met', 'floor-out-of-reach'].includes((error as Error).name);
    if (error instanceof FundRefused && isImpossible) return { impossible: true };
    throw error;
  }
}

/** The best total of choices with it: its own score, and the best of the others with the money that it leaves. */
async function totalWith(instance: FundInstance, at: number): Promise<number> {
  const own = instance.least[at]!;
  const [least, amount] = [instance.least.slice(), instance.amount.slice()];
  // It asks for more than there is, so that it is left aside.
  least[at] = Infinity;
  amount[at] = Infinity;
  const limits = instance.limits.map((limit) =>
    limit.group === instance.group[at]
      ? { ...limit, floor: Math.max(0, limit.floor - own), cap: limit.cap - own }
      : limit,
  );
  const others = await solveTotal({ ...instance, least, amount, limits, budget: instance.budget - own });
  return instance.score[at]! + others.total;
}
