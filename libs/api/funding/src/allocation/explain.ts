import type { ScenarioParameters, ScenarioReason } from '@waymark/contracts';
import type { EqualSharesResult, TotalResult } from '@waymark/matching-engine';
import type { AllocationWork, ScoredApplication } from './allocation-work';
import { shownMean } from './exact-scores';
import { budgetNeeded, leastNeeded, scoreNeeded, type Walk, walkOf } from './rank-walk';

/*
 * What decided each application and what would have changed it, as data; letters and screens word it. A change is said only
 * where it was computed with all else unchanged: by rank all three are; for the best total the score is, where the engine's own
 * answer is exact; for equal shares none is, since there more money or a better score can cost somebody their award.
 *
 * Facts. All: `method`, `rank`, `of`, `budgetPence`. `rank-within-budget`: `aheadPence`. `part-of-the-rest`: `leftPence`,
 * `aheadPence`. `budget-spent`: `leftPence` at its turn, `fundedAhead` with `fullAhead` and `fullAheadPence` of them in full,
 * `lastRank`, `lastPence` and `lastInPart` of the last one funded ahead, `pointsBehind` that one in tenths. `below-bar`: `bar`.
 * `in-best-total`: `bestTotal` in tenths. `not-in-best-total`: `bestTotal`, `totalWithIt`. `group-cap`: `group`, `capPence`,
 * `receivedPence`. `group-floor`: `group`, `floorPence`. Both of the best total have `limited` where there are limits by group, and
 * `fundedWithout` for whom the same choice without limits would fund: others' floors or caps left them out. `equal-share`: `group`, `sharePence`, `round`. `share-spent`: `group`
 * (null: in none), `sharePence`, `heldPence`, `lackedPence`, `leftPence` of what the shares had left. Under equal shares
 * `rank-within-budget` and `part-of-the-rest` are of what the shares left, `restPence`.
 */

/** In the order of the rank, above the bar or below. */
export interface Ranked extends ScoredApplication {
  rank: number;
  scaled: number;
  scale: number;
  belowBar: boolean;
}

type Facts = ScenarioReason['facts'];
const none = { score: null, budget: null, least: null } as const;

const common = ({ method, parameters, applications }: AllocationWork, { rank }: Ranked): Facts => ({
  ...{ method, rank, of: applications.length },
  budgetPence: parameters.budgetPence,
});

const walkDown = (
  { parameters }: AllocationWork,
  above: readonly Ranked[],
  amounts: readonly number[],
  budget: number,
) =>
  walkOf(
    above.map(({ scaled, asked, least, rank }, at) => ({
      ...{ score: scaled, asked, least, rank },
      amount: amounts[at] ?? 0,
    })),
    { budget, scale: above[0]?.scale ?? 1, partAwards: parameters.partAwards },
  );

export const rankReasons = (
  work: AllocationWork,
  above: readonly Ranked[],
  amounts: readonly number[],
): { amounts: readonly number[]; reasons: ScenarioReason[] } => {
  const walk = walkDown(work, above, amounts, work.parameters.budgetPence);
  const ahead = new Ahead();
  const reasons = above.map((one, turn): ScenarioReason => {
    const amount = amounts[turn] ?? 0;
    const facts = { ...common(work, one), ...ahead.factsFor(one, amount, walk, turn) };
    const askedAhead = ahead.asked;
    ahead.pass(one, amount);
    if (amount === one.asked) return { decidedBy: 'rank-within-budget', facts, ...none };
    const decidedBy = amount > 0 ? 'part-of-the-rest' : 'budget-spent';
    // In part, what would have brought the whole; without anything, what would have brought the least.
    const pence = amount > 0 || !walk.partAwards ? one.asked : one.least;
    return {
      ...{ decidedBy, facts },
      score: scoreNeeded(walk, pence, turn, one.asked, one.bar),
      budget: budgetNeeded(askedAhead, pence),
      least: amount > 0 ? null : leastNeeded(walk, turn),
    };
  });
  return { amounts, reasons };
};

/** For those below the bar: by rank the score that reaches it and would have been funded as well; else only what the bar is. */
export const belowBarReason = (work: AllocationWork, above: readonly Ranked[], amounts: readonly number[]) => {
  const walk = work.method === 'by-rank' ? walkDown(work, above, amounts, work.parameters.budgetPence) : null;
  return (one: Ranked): ScenarioReason => ({
    decidedBy: 'below-bar',
    facts: { ...common(work, one), bar: one.bar },
    ...none,
    score: walk && scoreNeeded(walk, walk.partAwards ? one.least : one.asked, null, one.asked, one.bar),
  });
};

/** What stands ahead of one in the rank. */
class Ahead {
  asked = 0;
  private funded = 0;
  private full = 0;
  private fullPence = 0;
  private pence = 0;
  private last: { one: Ranked; amount: number } | null = null;

  pass(one: Ranked, amount: number): void {
    this.asked += one.asked;
    if (amount === 0) return;
    this.funded += 1;
    this.pence += amount;
    if (amount === one.asked) {
      this.full += 1;
      this.fullPence += amount;
    }
    this.last = { one, amount };
  }

  factsFor(one: Ranked, amount: number, { left }: Walk, turn: number): Facts {
    const leftPence = left[turn] ?? 0;
    if (amount === one.asked) return { aheadPence: this.pence };
    if (amount > 0) return { leftPence, aheadPence: this.pence };
    const { last } = this;
    return {
      ...{ leftPence, fundedAhead: this.funded, fullAhead: this.full, fullAheadPence: this.fullPence },
      lastRank: last?.one.rank ?? null,
      lastPence: last?.amount ?? null,
      lastInPart: last ? last.amount < last.one.asked : null,
      pointsBehind: last ? shownMean(last.one.sum, last.one.count) - shownMean(one.sum, one.count) : null,
    };
  }
}

export const totalReasons = (
  work: AllocationWork,
  above: readonly Ranked[],
  result: TotalResult,
  groups: readonly (string | null)[],
  /** Whom the best total without limits would fund; null: there are no limits. */
  plain: ReadonlySet<string> | null,
): { amounts: number[]; reasons: ScenarioReason[] } => {
  const amounts = new Map(result.funded.map(({ id, amount }) => [id, amount]));
  const engine = new Map(result.reasons.map((reason) => [reason.id, reason]));
  const limits = new Map(work.parameters.groups.map((limit) => [limit.groupId, limit]));
  const names = new Map([...work.units, ...work.grades].map(({ id, name }) => [id, name]));
  const scale = above[0]?.scale ?? 1;
  const bestTotal = Math.floor(result.total / scale);
  const limited = plain !== null;
  const reasons = above.map((one, at): ScenarioReason => {
    const facts: Facts = { ...common(work, one), ...(limited && { limited }) };
    const reason = engine.get(one.id);
    const groupId = groups[at] ?? null;
    const group = groupId === null ? null : (names.get(groupId) ?? null);
    const limit = groupId === null ? undefined : limits.get(groupId);
    if (amounts.has(one.id)) {
      const floorPence = limit?.leastPence ?? 0;
      if (plain && !plain.has(one.id) && floorPence > 0)
        return { decidedBy: 'group-floor', facts: { ...facts, group, floorPence }, ...none };
      return { decidedBy: 'in-best-total', facts: { ...facts, bestTotal }, ...none };
    }
    if (reason?.kind === 'group-capped' || reason?.kind === 'above-cap') {
      const receivedPence = reason.kind === 'group-capped' ? reason.received : 0;
      const capPence = limit?.mostPence ?? null;
      return { decidedBy: 'group-cap', facts: { ...facts, group, capPence, receivedPence }, ...none };
    }
    const short = reason?.kind === 'lower-total' && !reason.atLeast ? reason.pointsShort : undefined;
    const left = { ...facts, bestTotal, ...(plain?.has(one.id) && { fundedWithout: true }) };
    if (short === undefined) return { decidedBy: 'not-in-best-total', facts: left, ...none };
    // With so many points more it is in a best choice; with anything beyond, in every one.
    const needed = Math.floor((one.scaled + short) / scale) + 1;
    return {
      decidedBy: 'not-in-best-total',
      facts: { ...left, totalWithIt: Math.floor((result.total - short) / scale) },
      ...none,
      score: needed > 1000 ? null : { needed, awardPence: null },
    };
  });
  return { amounts: above.map(({ id }) => amounts.get(id) ?? 0), reasons };
};

export const equalSharesReasons = (
  work: AllocationWork,
  above: readonly Ranked[],
  {
    shared,
    groups,
    names,
    amounts,
  }: {
    shared: EqualSharesResult;
    groups: readonly (string | null)[];
    names: ReadonlyMap<string, string>;
    amounts: readonly number[];
  },
): { amounts: readonly number[]; reasons: ScenarioReason[] } => {
  const engine = new Map(shared.reasons.map((reason) => [reason.id, reason]));
  const sharePence = wholePence(shared.share);
  let leftPence = shared.left;
  const reasons = above.map((one, at): ScenarioReason => {
    const reason = engine.get(one.id);
    const groupId = groups[at] ?? null;
    const facts: Facts = {
      ...common(work, one),
      group: groupId === null ? null : (names.get(groupId) ?? null),
      sharePence: groupId === null ? 0 : sharePence,
    };
    if (reason?.kind === 'bought')
      return { decidedBy: 'equal-share', facts: { ...facts, round: reason.round }, ...none };
    const amount = amounts[at] ?? 0;
    const turn = { restPence: shared.left, leftPence };
    leftPence -= amount;
    if (amount > 0) {
      const decidedBy = amount === one.asked ? 'rank-within-budget' : 'part-of-the-rest';
      return { decidedBy, facts: { ...facts, ...turn }, ...none };
    }
    const held: Facts = reason && 'held' in reason ? { heldPence: reason.held, lackedPence: reason.lacked } : {};
    return { decidedBy: 'share-spent', facts: { ...facts, ...turn, ...held }, ...none };
  });
  return { amounts, reasons };
};

/** An exact fraction of pence, `7/2` or `3`, cut to whole ones. */
const wholePence = (fraction: string): number => {
  const [numerator = '0', denominator = '1'] = fraction.split('/');
  return Number(BigInt(numerator) / BigInt(denominator));
};

/** A scenario may lower the bar for everybody; nobody is judged by a higher one than they applied under. */
export const barOf = (own: number, { bar }: Pick<ScenarioParameters, 'bar'>): number => Math.min(own, bar);
