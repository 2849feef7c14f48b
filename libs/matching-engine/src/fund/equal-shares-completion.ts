import type { EqualSharesInstance } from './equal-shares-instance.ts';
import type { EqualSharesCompletion, Share } from './equal-shares-types.ts';

/** The method at one share; what it bought is there until it runs again. */
export interface SharesRun {
  run(share: Share): void;
  readonly bought: Int32Array;
  readonly boughtCount: number;
  readonly spent: number;
  /** The raise of the share that `alikeFor` will be asked about after the next run; 0 if it will not. */
  step: number;
  /** By how many steps, 0 or more, the share may rise for certain without buying anything else than the latest run. */
  alikeFor(): number;
}

export interface Completed {
  readonly share: Share;
  /** Added by points, in order, after what the run bought. */
  readonly filledUp: readonly number[];
  /** What was left when those came to their turn that did not fit; absent if nothing fills up. */
  readonly leftAtTurn?: ReadonlyMap<number, number>;
  readonly runs: number;
}

/** Runs and completes the method; the run holds the outcome that is kept. */
export function complete(
  instance: EqualSharesInstance,
  completion: EqualSharesCompletion,
  increment: number,
  run: SharesRun,
): Completed {
  const { share, runs } =
    completion === 'none' || completion === 'utilitarian' ? once(instance, run) : add1(instance, increment, run);
  const isFilledUp = completion === 'add1u' || completion === 'utilitarian';
  return { share, runs, ...(isFilledUp ? fillUp(instance, run) : { filledUp: [] }) };
}

function once({ budget, voters }: EqualSharesInstance, run: SharesRun) {
  const share = voters === 0 ? { numerator: 0, denominator: 1 } : { numerator: budget, denominator: voters };
  run.step = 0;
  run.run(share);
  return { share, runs: 1 };
}

/**
 * Each step is a run of its own, as a higher share may buy less: no step may be left out unless its outcome is known to
 * be that of the step before.
 */
function add1(instance: EqualSharesInstance, increment: number, run: SharesRun) {
  const { budget, voters } = instance;
  const whole = (pence: number): Share => ({ numerator: pence, denominator: 1 });
  const boughtIn = new Int32Array(instance.ids.length);
  const byCost = Int32Array.from(instance.ids.keys()).sort((a, b) => instance.cost[a]! - instance.cost[b]!);
  const isSupported = instance.votes.reduce((sum, votes) => sum + (votes > 0 ? 1 : 0), 0);
  let share = voters === 0 ? 0 : Math.floor(budget / voters);
  run.step = increment;
  run.run(whole(share));
  let runs = 1;
  while (run.boughtCount < isSupported && fitsOneMore(instance, run, byCost, boughtIn, runs)) {
    share += run.alikeFor() * increment;
    run.run(whole(share + increment));
    runs++;
    if (run.spent > budget) {
      run.run(whole(share));
      return { share: whole(share), runs: runs + 1 };
    }
    share += increment;
  }
  return { share: whole(share), runs };
}

/** Whether something that is not bought would fit what the outcome leaves of the real budget. */
function fitsOneMore(
  { cost, budget }: EqualSharesInstance,
  run: SharesRun,
  byCost: Int32Array,
  boughtIn: Int32Array,
  runs: number,
): boolean {
  for (let round = 0; round < run.boughtCount; round++) boughtIn[run.bought[round]!] = runs;
  let cheapest = 0;
  while (cheapest < byCost.length && boughtIn[byCost[cheapest]!] === runs) cheapest++;
  return cheapest < byCost.length && cost[byCost[cheapest]!]! <= budget - run.spent;
}

/** Most points (approvals) first, then as ties are decided; whatever still fits. */
function fillUp({ points, rank, cost, budget }: EqualSharesInstance, run: SharesRun) {
  const bought = new Set(run.bought.subarray(0, run.boughtCount));
  const leftAtTurn = new Map<number, number>();
  const filledUp: number[] = [];
  let left = budget - run.spent;
  for (const p of Array.from(points.keys()).sort((a, b) => points[b]! - points[a]! || rank[a]! - rank[b]!)) {
    if (bought.has(p)) continue;
    if (cost[p]! > left) leftAtTurn.set(p, left);
    else {
      filledUp.push(p);
      left -= cost[p]!;
    }
  }
  return { filledUp, leftAtTurn };
}
