import { complete, type Completed } from './equal-shares-completion.ts';
import { refuseParameters } from './equal-shares-checks.ts';
import { compressEqualShares, type EqualSharesInstance, hashEqualShares } from './equal-shares-instance.ts';
import { EqualSharesLedger } from './equal-shares-ledger.ts';
import { EqualSharesRun } from './equal-shares-run.ts';
import type {
  EqualSharesAtBudget,
  EqualSharesInput,
  EqualSharesParameters,
  EqualSharesReason,
  EqualSharesResult,
  SupportersShort,
} from './equal-shares-types.ts';
import { fractionText } from './fraction.ts';

/** What `solveEqualShares` found, for `equalSharesResult` to explain. */
export interface EqualSharesSolution extends Completed {
  readonly run: EqualSharesRun;
}

/**
 * Funds by the Method of Equal Shares: every voter (a panellist, a citizen, a group) has an equal share of the budget,
 * and what is bought is paid by those who support it (Peters, Pierczynski and Skowron, "Proportional Participatory
 * Budgeting with Additive Utilities", NeurIPS 2021; completions as in Pabulib's elections, see `EqualSharesCompletion`).
 * Amounts are all or nothing.
 *
 * Amounts in pence, points and scores whole; the outcome is exactly that of rational arithmetic. Ties fall by `tie`, then
 * by lots of seed and id, so that the listing order has no say. The method is not monotone: more money can cost an
 * application its place, so nothing here says what more would do; `equalSharesAtBudgets` computes it.
 *
 * Throws EqualSharesRefused. One run takes O(rounds x applications looked at x their supporters) time, `add1` a run for
 * each raise of the share that could matter; O(ballot lines) space.
 */
export function fundByEqualShares(input: EqualSharesInput): EqualSharesResult {
  const instance = compressEqualShares(input);
  return equalSharesResult(instance, solveEqualShares(instance, input), input);
}

/** The first half of `fundByEqualShares`, so that solving can be timed. */
export function solveEqualShares(
  instance: EqualSharesInstance,
  { completion, increment }: Pick<EqualSharesParameters, 'completion' | 'increment'>,
): EqualSharesSolution {
  const run = new EqualSharesRun(instance);
  return { run, ...complete(instance, completion, increment, run) };
}

/** The second half of `fundByEqualShares`: rounds, reasons and hash. */
export function equalSharesResult(
  instance: EqualSharesInstance,
  { run, share, filledUp, leftAtTurn }: EqualSharesSolution,
  { utility, completion, increment, tie, seed, withPayments }: Omit<EqualSharesInput, 'applications' | 'ballots'>,
): EqualSharesResult {
  const { ids, cost, budget } = instance;
  run.noticesTies = true;
  run.run(share);
  run.noticesTies = false;
  const ledger = new EqualSharesLedger(instance, run, share);
  const bought = Array.from(run.bought.subarray(0, run.boughtCount));
  const funded = [...bought, ...filledUp].sort((a, b) => a - b);
  const spent = funded.reduce((sum, p) => sum + cost[p]!, 0);
  const reasons = reasonsOf(instance, ledger, bought, filledUp, leftAtTurn);
  return {
    method: 'equal-shares',
    parameters: { utility, completion, increment, tie },
    funded: funded.map((p) => ({ id: ids[p]!, amount: cost[p]!, part: false })),
    count: funded.length,
    total: funded.reduce((sum, p) => sum + instance.score[p]!, 0),
    spent,
    left: budget - spent,
    voters: instance.voters,
    share: fractionText(BigInt(share.numerator), BigInt(share.denominator)),
    rounds: bought.map((p, round) => ({
      id: ids[p]!,
      amount: cost[p]!,
      rho: ledger.rhoText(round),
      byTie: run.byTie[round] === 1,
    })),
    filledUp: filledUp.map((p) => ids[p]!),
    ...(withPayments ? { payments: bought.map((p, at) => ({ id: ids[p]!, paid: ledger.payments(at) })) } : {}),
    reasons: reasons.map((reason, p) => ({ id: ids[p]!, ...reason })),
    budget,
    seed,
    inputHash: hashEqualShares(instance),
    engineVersion: instance.engineVersion,
  };
}

/**
 * The outcome recomputed with so many pence more (or less), compared with that at the budget as it is. An application that
 * is funded at one budget may be left out at a higher one; only what is computed is said. Throws EqualSharesRefused, also
 * where the budget would not be one.
 */
export function equalSharesAtBudgets(input: EqualSharesInput, extras: readonly number[]): EqualSharesAtBudget[] {
  const instance = compressEqualShares(input);
  const now = fundedOf(solveEqualShares(instance, input));
  return extras.map((extra) => {
    const budget = instance.budget + extra;
    refuseParameters({ ...input, budget });
    const solution = solveEqualShares({ ...instance, budget }, input);
    const then = fundedOf(solution);
    const idsOf = (positions: readonly number[]) => positions.map((p) => instance.ids[p]!).sort();
    return {
      extra,
      count: then.size,
      total: [...then].reduce((sum, p) => sum + instance.score[p]!, 0),
      spent: [...then].reduce((sum, p) => sum + instance.cost[p]!, 0),
      share: fractionText(BigInt(solution.share.numerator), BigInt(solution.share.denominator)),
      gains: idsOf([...then].filter((p) => !now.has(p))),
      loses: idsOf([...now].filter((p) => !then.has(p))),
    };
  });
}

function fundedOf({ run, filledUp }: EqualSharesSolution): Set<number> {
  return new Set([...run.bought.subarray(0, run.boughtCount), ...filledUp]);
}

function reasonsOf(
  instance: EqualSharesInstance,
  ledger: EqualSharesLedger,
  bought: readonly number[],
  filledUp: readonly number[],
  leftAtTurn: ReadonlyMap<number, number> | undefined,
): EqualSharesReason[] {
  const { ids, cost, votes, points, budget } = instance;
  const reasons = new Map<number, EqualSharesReason>();
  bought.forEach((p, round) => {
    reasons.set(p, { kind: 'bought', round: round + 1, supporters: votes[p]!, paidAll: ledger.paidAll(round) });
  });
  filledUp.forEach((p, place) => reasons.set(p, { kind: 'completed', place: place + 1, points: points[p]! }));
  return ids.map((_, p) => {
    const told = reasons.get(p);
    if (told) return told;
    if (cost[p]! > budget) return { kind: 'above-budget', over: cost[p]! - budget };
    if (votes[p] === 0 && !leftAtTurn) return { kind: 'no-supporter' };
    const { held, atFirst, since } = ledger.shortage(p);
    const short: SupportersShort = { supporters: votes[p]!, held, lacked: cost[p]! - held, atFirst };
    const shortSince = since < 0 ? short : { ...short, after: ids[bought[since]!]! };
    return leftAtTurn
      ? { kind: 'left-too-little', left: leftAtTurn.get(p) ?? 0, ...shortSince }
      : { kind: 'supporters-short', ...shortSince };
  });
}
