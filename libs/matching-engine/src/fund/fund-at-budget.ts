import type { FundInstance } from './fund-instance.ts';
import { FundRefused } from './fund-refused.ts';
import { MAX_BUDGET_PENCE } from './fund-types.ts';

/** The outcome at another budget, beside the one at the budget as it is. */
export interface FundAtBudget {
  /** Pence more than the budget; may be negative. */
  readonly extra: number;
  readonly count: number;
  readonly total: number;
  readonly spent: number;
  /** By id: who would be funded and is not now, and who is funded now and would not be. */
  readonly gains: readonly string[];
  readonly loses: readonly string[];
}

/** Awards by position at each budget, compared with those at the budget as it is. */
export function byExtraBudget(
  instance: FundInstance,
  extras: readonly number[],
  awards: (instance: FundInstance) => Float64Array,
): readonly FundAtBudget[] {
  const now = awards(instance);
  return extras.map((extra, index) => compared(instance, now, awards(withExtra(instance, extra, index)), extra));
}

/** Throws FundRefused where the budget would not be one. */
export function withExtra(instance: FundInstance, extra: number, index: number): FundInstance {
  const budget = instance.budget + extra;
  if (!Number.isInteger(extra) || budget < 0 || budget > MAX_BUDGET_PENCE) {
    const what = `with ${extra} more, the budget must be a whole number of pence from 0 to ${MAX_BUDGET_PENCE}`;
    throw new FundRefused('budget-wrong', { list: 'parameters', index, field: 'budget' }, what);
  }
  return { ...instance, budget };
}

export function compared(instance: FundInstance, now: Float64Array, then: Float64Array, extra: number): FundAtBudget {
  const gains: string[] = [];
  const loses: string[] = [];
  let [count, total, spent] = [0, 0, 0];
  for (const at of instance.byId) {
    if (then[at]! > 0) {
      count++;
      total += instance.score[at]!;
      spent += then[at]!;
      if (now[at] === 0) gains.push(instance.ids[at]!);
    } else if (now[at]! > 0) loses.push(instance.ids[at]!);
  }
  return { extra, count, total, spent, gains, loses };
}
