import type { ScenarioReason } from '@waymark/contracts';
import {
  ballotsOfGroups,
  compressFund,
  ENGINE_VERSION,
  EqualSharesRefused,
  type FundApplication,
  type FundInstance,
  FundRefused,
  fundByEqualShares,
  fundByTotal,
  solvePlain,
  solveTotal,
  totalResult,
  walkRank,
} from '@waymark/matching-engine';
import {
  type AllocatedLine,
  type Allocation,
  AllocationRefused,
  type AllocationWork,
  type ScoredApplication,
} from './allocation-work';
import { barOf, belowBarReason, equalSharesReasons, type Ranked, rankReasons, totalReasons } from './explain';
import { reaches, scaledMean, scaleOf, shownMean } from './exact-scores';
import { limitedGroups, namesOf, sharingGroups } from './groups';
import { subset } from './subset';

/** What one method makes of the applications above the bar: an amount and a reason each, in their order. */
export interface Outcome {
  amounts: readonly number[];
  reasons: readonly ScenarioReason[];
  certificate: Allocation['certificate'];
}

/**
 * Computes a scenario from its work alone: no clock, no chance but the lots of the seed. Refused (AllocationRefused) with
 * `group-limits-overlap`, `group-limits-unmet` or `allocation-too-hard`.
 */
export const allocate = async (work: AllocationWork): Promise<Allocation> => {
  const ranking = rank(work);
  try {
    return allocationOf(work, ranking, await byMethod(work, ranking));
  } catch (error) {
    throw named(error);
  }
};

/** The same at once, for methods that need no search: `by-total` is without limits here, and may be refused as too hard. */
export const allocateAtOnce = (work: AllocationWork): Allocation => {
  const ranking = rank(work);
  try {
    return allocationOf(work, ranking, byMethodAtOnce(work, ranking));
  } catch (error) {
    throw named(error);
  }
};

interface Ranking {
  ranked: readonly Ranked[];
  /** Of these, those above the bar: what methods work on. */
  above: readonly Ranked[];
  /** The same for the engine, in the order of the lots. */
  instance: FundInstance;
}

/** By exact mean, equal ones by lot; everybody has a rank, also below the bar. Lots are drawn here and nowhere else. */
const rank = ({ applications, parameters }: AllocationWork): Ranking => {
  const scale = scaleOf(applications.map(({ count }) => count));
  const { budgetPence, partAwards, seed } = parameters;
  const instance = compressFund({
    applications: applications.map(({ id, sum, count, asked, least }) => ({
      ...{ id, score: scaledMean(sum, count, scale), amount: asked },
      ...(partAwards ? { least } : {}),
    })),
    ...{ budget: budgetPence, seed },
  });
  const byId = new Map(applications.map((one) => [one.id, one]));
  const ranked = Array.from(walkRank(instance, { passOver: true }).order, (at, turn) => {
    const one = byId.get(instance.ids[at] ?? '') as ScoredApplication;
    const bar = barOf(one.bar, parameters);
    const belowBar = !reaches(one.sum, one.count, bar);
    return { ...one, rank: turn + 1, scaled: instance.score[at] ?? 0, scale, bar, belowBar };
  });
  const above = ranked.filter((one) => !one.belowBar);
  const ids = new Set(above.map(({ id }) => id));
  return { ranked, above, instance: subset(instance, (at) => ids.has(instance.ids[at] ?? ''), budgetPence) };
};

const byMethod = async (work: AllocationWork, ranking: Ranking): Promise<Outcome> => {
  const { method, parameters } = work;
  const { above, instance } = ranking;
  if (method !== 'by-total') return byMethodAtOnce(work, ranking);
  const groups = limitedGroups(parameters.groups, above, work.units);
  const there = new Set(groups);
  // A cap on a group that nobody is of says nothing; a floor cannot be met.
  if (parameters.groups.some(({ groupId, leastPence }) => !there.has(groupId) && (leastPence ?? 0) > 0))
    throw new AllocationRefused('group-limits-unmet');
  const result = await fundByTotal({
    ...inputOf(work, above, groups),
    limits: parameters.groups
      .filter(({ groupId }) => there.has(groupId))
      .map(({ groupId, leastPence, mostPence }) => ({
        group: groupId,
        floor: leastPence ?? undefined,
        cap: mostPence ?? undefined,
      })),
  });
  // Who is in it for a floor alone: without limits they would not have been.
  const plain = parameters.groups.length === 0 ? null : fundedIds(instance, (await solveTotal(instance)).award);
  return {
    ...totalReasons(work, above, result, groups, plain),
    certificate: { solver: result.solver, ties: result.ties },
  };
};

const byMethodAtOnce = (work: AllocationWork, { above, instance }: Ranking): Outcome => {
  if (work.method === 'by-rank') {
    const awards = awardsOf(instance, walkRank(instance, { passOver: true }).award);
    return { ...rankReasons(work, above, amountsOf(above, awards)), certificate: {} };
  }
  if (work.method === 'by-total') {
    const result = totalResult(instance, solvePlain(instance));
    return {
      ...totalReasons(work, above, result, [], null),
      certificate: { solver: result.solver, ties: result.ties },
    };
  }
  return equalShares(work, above, instance);
};

const inputOf = (
  { parameters: { budgetPence, partAwards, seed } }: AllocationWork,
  above: readonly Ranked[],
  groups: readonly (string | null)[],
) => ({
  applications: above.map(({ id, scaled, asked, least }, at): FundApplication => ({
    ...{ id, score: scaled, amount: asked, group: groups[at] ?? undefined },
    ...(partAwards ? { least } : {}),
  })),
  ...{ budget: budgetPence, seed },
});

/**
 * The groups are the voters: each has the same share of the budget and supports its own applications, with their scores as
 * points. Shares rise by whole pounds while something would still fit. What the shares leave goes down the rank, as in
 * `by-rank`, in part where that suffices. Whoever has no group has no share, and may have of what is left.
 */
const equalShares = (work: AllocationWork, above: readonly Ranked[], instance: FundInstance): Outcome => {
  const groups = sharingGroups(work.parameters.shareBy ?? 'unit', above, work.units);
  const input = inputOf(work, above, groups);
  const shared = fundByEqualShares({
    ...input,
    ballots: ballotsOfGroups(input.applications),
    utility: 'points',
    completion: 'add1',
    increment: 100,
    tie: ['cost'],
  });
  const awards = new Map(shared.funded.map(({ id, amount }) => [id, amount]));
  const rest = subset(instance, (at) => !awards.has(instance.ids[at] ?? ''), shared.left);
  const { award } = walkRank(rest, { passOver: true });
  for (const [id, amount] of awardsOf(rest, award)) awards.set(id, amount);
  return {
    ...equalSharesReasons(work, above, {
      ...{ shared, groups, names: namesOf(work.units, work.grades) },
      amounts: amountsOf(above, awards),
    }),
    certificate: {
      ...{ groups: shared.voters, share: shared.share, byShares: shared.spent },
      byRank: award.reduce((sum, amount) => sum + amount, 0),
    },
  };
};

const awardsOf = ({ ids }: FundInstance, award: Float64Array): Map<string, number> =>
  new Map(ids.flatMap((id, at): [string, number][] => (award[at] ? [[id, award[at]]] : [])));

const fundedIds = (instance: FundInstance, award: Float64Array): Set<string> =>
  new Set(awardsOf(instance, award).keys());

const amountsOf = (above: readonly Ranked[], awards: ReadonlyMap<string, number>): number[] =>
  above.map(({ id }) => awards.get(id) ?? 0);

const allocationOf = (
  work: AllocationWork,
  { ranked, above }: Ranking,
  { amounts, reasons, certificate }: Outcome,
): Allocation => {
  const found = new Map(above.map((one, at) => [one.id, { amount: amounts[at] ?? 0, reason: reasons[at] }]));
  const below = belowBarReason(work, above, amounts);
  let waiting = 0;
  const lines = ranked.map((one): AllocatedLine => {
    const { amount, reason } = found.get(one.id) ?? { amount: 0, reason: undefined };
    const outcome = one.belowBar
      ? 'unsuccessful'
      : amount === 0
        ? 'reserve'
        : amount === one.asked
          ? 'awarded'
          : 'part-awarded';
    return {
      applicationId: one.id,
      rank: one.rank,
      score: shownMean(one.sum, one.count),
      asked: one.asked,
      least: one.least,
      outcome,
      amount,
      reserveRank: outcome === 'reserve' ? (waiting += 1) : null,
      belowBar: one.belowBar,
      reason: reason ?? below(one),
    };
  });
  return { lines, certificate, engineVersion: ENGINE_VERSION };
};

/** Refusals of the engine that a person can do something about, by our names. */
const named = (error: unknown): unknown => {
  if (!(error instanceof FundRefused) && !(error instanceof EqualSharesRefused)) return error;
  switch (error.name) {
    case 'floors-above-budget':
    case 'floor-out-of-reach':
    case 'limits-cannot-be-met':
      return new AllocationRefused('group-limits-unmet');
    case 'too-hard':
    case 'answer-not-confirmed':
      return new AllocationRefused('allocation-too-hard');
    default:
      return error;
  }
};
