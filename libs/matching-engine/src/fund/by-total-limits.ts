import { solveByGroups } from './by-total-groups.ts';
import type { TotalSolution } from './by-total-types.ts';
import type { FundInstance } from './fund-instance.ts';
import { FundRefused } from './fund-refused.ts';
import { type Care, type Programme, type ProgrammeRow, solveProgramme } from './highs-solver.ts';

import { levelsMet, topUp } from './top-up.ts';

/**
 * The highest total with floors and caps: by our own core (`solveByGroups`), or where that gives up by HiGHS.
 * There, one whole column for each application that could be funded; for each group with a floor a column for
 * what it receives, which is at least its floor and at least what its applications need. The answer is checked in whole
 * numbers: that it keeps every limit to the penny, and that it reaches the bound that HiGHS states. That bound is
 * HiGHS's own, in floating point: on one round of 6,000 its best was a point below ours. Rejects with FundRefused.
 */
export async function solveWithLimits(instance: FundInstance, forced = -1): Promise<TotalSolution> {
  refuseFloorsOutOfReach(instance);
  const { programme, columns } = programmeOf(instance, forced);
  if (columns.length === 0) return nothing(instance);
  const byGroups = forced < 0 ? solveByGroups(instance) : undefined;
  if (byGroups && levelsMet(instance, byGroups)) {
    const taken = alikeByLot(instance, byGroups, forced);
    return {
      taken,
      award: topUp(instance, taken),
      total: totalOf(instance, taken),
      ties: 'first-found',
      solver: 'core',
    };
  }
  const searched = await search(instance, programme, columns, forced);
  if (searched) return searched;
  throw new FundRefused(
    'answer-not-confirmed',
    { list: 'limits', index: 0, field: 'group' },
    "the solver's answer did not stand up to the check in whole numbers",
  );
}

/** Nodes searched by HiGHS before a choice without limits is given up: about a minute. */
const MOST_NODES = 200_000;

/**
 * The highest total without limits, by HiGHS, where our own core gave up; undefined where HiGHS does, too. Checked as
 * in `solveWithLimits`.
 */
export async function solveBySearch(instance: FundInstance): Promise<TotalSolution | undefined> {
  const { programme, columns } = programmeOf(instance, -1);
  if (columns.length === 0) return nothing(instance);
  return search(instance, programme, columns, -1, MOST_NODES);
}

/** Nobody can be funded. */
function nothing(instance: FundInstance): TotalSolution {
  const none = new Uint8Array(instance.score.length);
  return { taken: none, award: topUp(instance, none), total: 0, ties: 'rule', solver: 'core' };
}

async function search(
  instance: FundInstance,
  programme: Programme,
  columns: Int32Array,
  forced: number,
  mostNodes?: number,
): Promise<TotalSolution | undefined> {
  for (const care of ['usual', 'finest'] satisfies Care[]) {
    const answer = await solveProgramme(programme, care, mostNodes);
    if (answer.status === 'infeasible') throw cannotBeMet(instance);
    if (answer.status !== 'optimal') continue;
    const taken = alikeByLot(instance, takenBy(instance, columns, answer.columns), forced);
    dropIdle(instance, taken, forced);
    const total = totalOf(instance, taken);
    // Nothing a whole point better is possible, and the choice keeps every limit to the penny.
    if (answer.bound < total + 1 && levelsMet(instance, taken)) {
      return { taken, award: topUp(instance, taken), total, ties: 'first-found', solver: 'highs' };
    }
  }
  return undefined;
}

function programmeOf(instance: FundInstance, forced: number): { programme: Programme; columns: Int32Array } {
  const { score, amount, least, group, groups, limits, budget } = instance;
  const limitOf = new Map(limits.map((limit) => [limit.group, limit]));
  const columns = Int32Array.from(score.keys()).filter((at) => {
    const limit = limitOf.get(group[at]!);
    const isOfUse = score[at]! > 0 || (limit !== undefined && limit.floor > 0) || at === forced;
    return isOfUse && least[at]! <= Math.min(budget, limit?.cap ?? Infinity);
  });
  const unit = greatestUnit(instance, columns);
  const floored = limits.filter(({ floor }) => floor > 0);
  const size = columns.length + floored.length;
  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(1);
  const objective = new Float64Array(size);
  columns.forEach((at, column) => (objective[column] = score[at]!));
  const forcedColumn = columns.indexOf(forced);
  if (forcedColumn >= 0) lower[forcedColumn] = 1;
  const whole = new Int32Array(size).fill(1, 0, columns.length);
  const members = groups.map((): number[] => []);
  columns.forEach((at, column) => members[group[at]!]?.push(column));
  const receives = new Map(floored.map((limit, at) => [limit.group, columns.length + at]));
  const ofLeast = (column: number) => least[columns[column]!]! / unit;

  const free = [...columns.keys()].filter((column) => !receives.has(group[columns[column]!]!));
  const money = [...receives.values()];
  const rows: ProgrammeRow[] = [
    {
      least: -Infinity,
      most: Math.floor(budget / unit),
      columns: [...free, ...money],
      values: [...free.map(ofLeast), ...money.map(() => 1)],
    },
  ];
  for (const limit of limits) {
    const own = members[limit.group]!;
    const received = receives.get(limit.group);
    const cap = Math.min(limit.cap, budget);
    if (received === undefined) {
      rows.push({ least: -Infinity, most: Math.floor(cap / unit), columns: own, values: own.map(ofLeast) });
      continue;
    }
    lower[received] = limit.floor / unit;
    upper[received] = cap / unit;
    rows.push(
      { least: -Infinity, most: 0, columns: [...own, received], values: [...own.map(ofLeast), -1] },
      {
        least: limit.floor / unit,
        most: Infinity,
        columns: own,
        values: own.map((column) => amount[columns[column]!]! / unit),
      },
    );
  }
  return { programme: { objective, lower, upper, whole, rows }, columns };
}

/** The largest sum of pence in which all amounts and floors are whole: smaller numbers are safer in floating point. */
function greatestUnit({ amount, least, limits }: FundInstance, columns: Int32Array): number {
  let unit = 0;
  for (const at of columns) unit = common(common(unit, amount[at]!), least[at]!);
  for (const { floor } of limits) unit = common(unit, floor);
  return Math.max(1, unit);
}

function common(first: number, second: number): number {
  let [a, b] = [first, second];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

function takenBy({ score }: FundInstance, columns: Int32Array, values: ArrayLike<number>): Uint8Array {
  const taken = new Uint8Array(score.length);
  columns.forEach((at, column) => (taken[at] = values[column]! > 0.5 ? 1 : 0));
  return taken;
}

/** Among applications alike in all that counts, those that drew the first lots. */
function alikeByLot({ score, amount, least, group }: FundInstance, taken: Uint8Array, forced: number): Uint8Array {
  const alike = new Map<string, number[]>();
  for (let at = 0; at < taken.length; at++) {
    if (at === forced) continue;
    const key = `${score[at]} ${amount[at]} ${least[at]} ${group[at]}`;
    const others = alike.get(key);
    if (others) others.push(at);
    else alike.set(key, [at]);
  }
  const fair = taken.slice();
  for (const positions of alike.values()) {
    const count = positions.reduce((sum, at) => sum + taken[at]!, 0);
    positions.forEach((at, lot) => (fair[at] = lot < count ? 1 : 0));
  }
  return fair;
}

/** Without points, only what a floor needs is funded. */
function dropIdle(instance: FundInstance, taken: Uint8Array, forced: number): void {
  for (let at = taken.length - 1; at >= 0; at--) {
    if (taken[at] === 0 || instance.score[at]! > 0 || at === forced) continue;
    taken[at] = 0;
    if (!levelsMet(instance, taken)) taken[at] = 1;
  }
}

function totalOf({ score }: FundInstance, taken: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < taken.length; at++) if (taken[at] === 1) total += score[at]!;
  return total;
}

function refuseFloorsOutOfReach({ amount, least, group, groups, limits, budget }: FundInstance): void {
  for (const limit of limits) {
    let asked = 0;
    for (let at = 0; at < amount.length; at++) {
      if (group[at] === limit.group && least[at]! <= Math.min(limit.cap, budget)) asked += amount[at]!;
    }
    if (asked >= limit.floor) continue;
    throw new FundRefused(
      'floor-out-of-reach',
      { list: 'limits', index: limit.listed, field: 'floor' },
      `the applications of ${JSON.stringify(groups[limit.group])} that could be funded ask for ${asked}, ` +
        `less than the floor of ${limit.floor}`,
    );
  }
}

function cannotBeMet({ groups, limits }: FundInstance): FundRefused {
  const floored = limits.filter(({ floor }) => floor > 0);
  const names = floored.map(({ group }) => JSON.stringify(groups[group])).join(', ');
  return new FundRefused(
    'limits-cannot-be-met',
    { list: 'limits', index: floored[0]?.listed ?? 0, field: 'floor' },
    `no choice of awards meets the floors of ${names} within the caps and the budget`,
  );
}
