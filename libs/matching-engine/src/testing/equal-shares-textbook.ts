import type { EqualSharesInput } from '../fund/equal-shares-types.ts';
import { compareFractions, type Fraction, reduced } from '../fund/fraction.ts';

/** The method word for word, in plain rationals and without any shortcut: to compare with, at small sizes. */
export interface TextbookOutcome {
  readonly bought: readonly string[];
  readonly rhos: readonly Fraction[];
  /** By voter, after the last purchase. */
  readonly balances: ReadonlyMap<string, Fraction>;
  /** By purchase: what each voter paid. */
  readonly payments: readonly ReadonlyMap<string, Fraction>[];
  readonly spent: number;
}

const ZERO: Fraction = { numerator: 0n, denominator: 1n };
const plus = (a: Fraction, b: Fraction) =>
  reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
const minus = (a: Fraction, b: Fraction) => plus(a, { numerator: -b.numerator, denominator: b.denominator });
const times = (a: Fraction, b: Fraction) => reduced(a.numerator * b.numerator, a.denominator * b.denominator);
const over = (a: Fraction, b: Fraction) => reduced(a.numerator * b.denominator, a.denominator * b.numerator);
const whole = (value: number): Fraction => ({ numerator: BigInt(value), denominator: 1n });
const least = (a: Fraction, b: Fraction) => (compareFractions(a, b) <= 0 ? a : b);

export function votersOf(input: EqualSharesInput): string[] {
  return [...new Set([...input.ballots.map(({ panellist }) => panellist), ...(input.voters ?? [])])];
}

/** What a voter has of an application: its amount or the points. */
function utilitiesOf(input: EqualSharesInput, id: string): Map<string, Fraction> {
  const amount = input.applications.find((one) => one.id === id)?.amount ?? 0;
  return new Map(
    input.ballots
      .filter((line) => line.id === id && line.points > 0)
      .map((line) => [line.panellist, whole(input.utility === 'cost' ? amount : line.points)]),
  );
}

/** The least rho for which the supporters together pay the amount, by trying the rho at which each would be spent. */
function rhoOf(amount: Fraction, utilities: ReadonlyMap<string, Fraction>, balances: ReadonlyMap<string, Fraction>) {
  const supporters = [...utilities]
    .map(([voter, utility]) => ({ balance: balances.get(voter) ?? ZERO, utility }))
    .sort((a, b) => compareFractions(over(a.balance, a.utility), over(b.balance, b.utility)));
  let paid = ZERO;
  let utility = supporters.reduce((sum, one) => plus(sum, one.utility), ZERO);
  for (const one of supporters) {
    const rho = over(minus(amount, paid), utility);
    if (compareFractions(times(rho, one.utility), one.balance) <= 0) return rho;
    paid = plus(paid, one.balance);
    utility = minus(utility, one.utility);
  }
  return undefined;
}

export function textbookRun(
  input: EqualSharesInput,
  share: Fraction,
  isBefore: (one: string, other: string) => boolean,
): TextbookOutcome {
  const balances = new Map(votersOf(input).map((voter) => [voter, share]));
  const amounts = new Map(input.applications.map(({ id, amount }) => [id, whole(amount)]));
  const utilities = new Map(input.applications.map(({ id }) => [id, utilitiesOf(input, id)]));
  const bought: string[] = [];
  const rhos: Fraction[] = [];
  const payments: Map<string, Fraction>[] = [];
  for (;;) {
    let best: { id: string; rho: Fraction } | undefined;
    for (const [id, amount] of amounts) {
      if (bought.includes(id)) continue;
      const rho = rhoOf(amount, utilities.get(id)!, balances);
      if (!rho) continue;
      const order = best ? compareFractions(rho, best.rho) : -1;
      if (!best || order < 0 || (order === 0 && isBefore(id, best.id))) best = { id, rho };
    }
    if (!best) break;
    const { id, rho } = best;
    const paid = new Map<string, Fraction>();
    for (const [voter, utility] of utilities.get(id)!) {
      const payment = least(balances.get(voter)!, times(rho, utility));
      paid.set(voter, payment);
      balances.set(voter, minus(balances.get(voter)!, payment));
    }
    bought.push(id);
    rhos.push(rho);
    payments.push(paid);
  }
  const spent = bought.reduce((sum, id) => sum + Number(amounts.get(id)!.numerator), 0);
  return { bought, rhos, balances, payments, spent };
}

/** The completions as they are defined, step by step. */
export function textbookOutcome(
  input: EqualSharesInput,
  isBefore: (one: string, other: string) => boolean,
): TextbookOutcome & { readonly share: Fraction; readonly filledUp: readonly string[] } {
  const voters = votersOf(input).length;
  const { budget, completion, increment, applications } = input;
  let share: Fraction;
  let outcome: TextbookOutcome;
  if (completion === 'none' || completion === 'utilitarian') {
    share = voters === 0 ? ZERO : reduced(BigInt(budget), BigInt(voters));
    outcome = textbookRun(input, share, isBefore);
  } else {
    share = voters === 0 ? ZERO : whole(Math.floor(budget / voters));
    outcome = textbookRun(input, share, isBefore);
    const supported = new Set(input.ballots.filter(({ points }) => points > 0).map(({ id }) => id));
    const fitsMore = () =>
      applications.some(({ id, amount }) => !outcome.bought.includes(id) && outcome.spent + amount <= budget);
    while (outcome.bought.length < supported.size && fitsMore()) {
      const raised = plus(share, whole(increment));
      const next = textbookRun(input, raised, isBefore);
      if (next.spent > budget) break;
      share = raised;
      outcome = next;
    }
  }
  const filledUp: string[] = [];
  if (completion === 'add1u' || completion === 'utilitarian') {
    const pointsOf = (id: string) =>
      input.ballots
        .filter((line) => line.id === id && line.points > 0)
        .reduce((sum, line) => sum + (input.utility === 'cost' ? 1 : line.points), 0);
    const order = applications
      .map(({ id, amount }) => ({ id, amount, points: pointsOf(id) }))
      .sort((a, b) => b.points - a.points || (isBefore(a.id, b.id) ? -1 : 1));
    let left = budget - outcome.spent;
    for (const { id, amount } of order) {
      if (outcome.bought.includes(id) || amount > left) continue;
      filledUp.push(id);
      left -= amount;
    }
  }
  return { ...outcome, share, filledUp };
}
