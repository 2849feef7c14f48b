import { drawLots } from '../lots.ts';
import { Sha256 } from '../sha256.ts';
import { type FundPosition, FundRefused, type FundRefusal } from './fund-refused.ts';
import {
  type FundApplication,
  type FundInput,
  MAX_AMOUNT_PENCE,
  MAX_APPLICATIONS,
  MAX_BUDGET_PENCE,
  MAX_FUND_SCORE,
} from './fund-types.ts';

/** What one group may receive in all, in pence. */
export interface GroupLimit {
  readonly group: string;
  /** At least this; absent: nothing. */
  readonly floor?: number | undefined;
  /** At most this; absent: no cap. */
  readonly cap?: number | undefined;
}

/** A checked input by columns, in the order of the lots: position 0 drew the first. */
export interface FundInstance {
  readonly ids: readonly string[];
  readonly score: Float64Array;
  readonly amount: Float64Array;
  /** The least that makes it possible: the amount, where nothing less will do. */
  readonly least: Float64Array;
  /** The position of its group in `groups`; -1: none. */
  readonly group: Int32Array;
  /** By code units. */
  readonly groups: readonly string[];
  /** Positions by id (code units). */
  readonly byId: Int32Array;
  readonly limits: readonly InstanceLimit[];
  readonly budget: number;
  readonly seed: string;
}

export interface InstanceLimit {
  /** Position in `groups`. */
  readonly group: number;
  readonly floor: number;
  /** Infinity: no cap. */
  readonly cap: number;
  /** Where the caller listed it. */
  readonly listed: number;
}

/**
 * Checks, draws the lots and sorts. O(n log n). Throws FundRefused at the first fault in listing order: of the budget,
 * then of the applications, then of the limits.
 */
export function compressFund(input: FundInput, limits: readonly GroupLimit[] = []): FundInstance {
  const { applications, budget, seed } = input;
  if (fault(budget, 0, MAX_BUDGET_PENCE)) {
    const what = `the budget must be a whole number of pence from 0 to ${MAX_BUDGET_PENCE}, not ${budget}`;
    throw new FundRefused('budget-wrong', { list: 'parameters', index: 0, field: 'budget' }, what);
  }
  const listedAt = checkApplications(applications);
  const listedIds = applications.map(({ id }) => id);
  const order = lotOrder(seed, listedIds);
  const groups = [...new Set(applications.flatMap(({ group }) => (group === undefined ? [] : [group])))].sort(byUnits);
  const groupAt = new Map(groups.map((group, at) => [group, at]));
  const ids = Array.from(order, (listed) => listedIds[listed]!);
  const column = (value: (application: FundApplication) => number) =>
    Float64Array.from(order, (listed) => value(applications[listed]!));
  return {
    ids,
    score: column(({ score }) => score),
    amount: column(({ amount }) => amount),
    least: column(({ amount, least }) => least ?? amount),
    group: Int32Array.from(order, (listed) => groupAt.get(applications[listed]!.group ?? '') ?? -1),
    groups,
    byId: Int32Array.from(listedAt.size === 0 ? [] : ids.keys()).sort((a, b) => byUnits(ids[a]!, ids[b]!)),
    limits: checkLimits(limits, groupAt, budget),
    budget,
    seed,
  };
}

/**
 * SHA-256 of the canonical input: budget; number of applications, then by id each one's id and group (UTF-8, each with
 * its length, -1 for no group), score, amount and least; number of limits, then by group its name, floor and cap.
 * Numbers are doubles, least byte first.
 */
export function hashFund(instance: FundInstance): string {
  const { ids, score, amount, least, group, groups, byId, limits, budget } = instance;
  const encoder = new TextEncoder();
  const hash = new Sha256().update(encoder.encode('waymark-fund-input/1'));
  const numbers = (...values: number[]) => {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, at) => view.setFloat64(8 * at, value, true));
    hash.update(new Uint8Array(view.buffer));
  };
  const text = (value: string | undefined) => {
    if (value === undefined) return numbers(-1);
    const bytes = encoder.encode(value);
    numbers(bytes.length);
    hash.update(bytes);
  };
  numbers(budget, ids.length);
  for (const at of byId) {
    text(ids[at]!);
    text(groups[group[at]!]);
    numbers(score[at]!, amount[at]!, least[at]!);
  }
  numbers(limits.length);
  for (const limit of limits) {
    text(groups[limit.group]);
    numbers(limit.floor, limit.cap);
  }
  return hash.digest();
}

/** Listed positions in the order of lots: two draws of 30 bits, then the id. */
function lotOrder(seed: string, ids: readonly string[]): Int32Array {
  const lotOf = drawLots(seed, ids, ['']);
  const first = Float64Array.from(ids, (_, at) => lotOf(at, 0, 0) * 2 ** 23 + (lotOf(at, 0, 1) >>> 7));
  return Int32Array.from(ids.keys()).sort((a, b) => first[a]! - first[b]! || byUnits(ids[a]!, ids[b]!));
}

export function byUnits(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function fault(value: number, lowest: number, highest: number): 'not-whole' | 'low' | 'high' | undefined {
  if (!Number.isInteger(value)) return 'not-whole';
  return value < lowest ? 'low' : value > highest ? 'high' : undefined;
}

function checkApplications(applications: readonly FundApplication[]): Map<string, number> {
  const listedAt = new Map<string, number>();
  for (let index = 0; index < applications.length; index++) {
    const { id, score, amount, least, group } = applications[index]!;
    const refuse = (name: FundRefusal, field: FundPosition['field'], what: string, firstIndex?: number) => {
      const at = { list: 'applications', index, field } as const;
      throw new FundRefused(name, firstIndex === undefined ? at : { ...at, firstIndex }, what);
    };
    if (index >= MAX_APPLICATIONS) refuse('too-many-applications', 'id', `more than ${MAX_APPLICATIONS} applications`);
    if (typeof id !== 'string' || id === '') refuse('id-empty', 'id', 'an application has no id');
    const first = listedAt.get(id);
    if (first !== undefined) refuse('application-duplicate', 'id', `${JSON.stringify(id)} is listed twice`, first);
    listedAt.set(id, index);
    const wrongScore = fault(score, 0, MAX_FUND_SCORE);
    if (wrongScore) {
      const name = ({ 'not-whole': 'score-not-whole', low: 'score-negative', high: 'score-too-high' } as const)[
        wrongScore
      ];
      refuse(name, 'score', `the score must be a whole number from 0 to ${MAX_FUND_SCORE}, not ${score}`);
    }
    const wrongAmount = fault(amount, 1, MAX_AMOUNT_PENCE);
    if (wrongAmount) {
      const names = { 'not-whole': 'amount-not-whole', low: 'amount-not-positive', high: 'amount-too-high' } as const;
      const what = `the amount must be a whole number of pence from 1 to ${MAX_AMOUNT_PENCE}, not ${amount}`;
      refuse(names[wrongAmount], 'amount', what);
    }
    const wrongLeast = least === undefined ? undefined : fault(least, 1, amount);
    if (wrongLeast) {
      const names = { 'not-whole': 'least-not-whole', low: 'least-not-positive', high: 'least-above-amount' } as const;
      const what = `the least must be a whole number of pence from 1 to the amount of ${amount}, not ${least}`;
      refuse(names[wrongLeast], 'least', what);
    }
    if (group === '') refuse('group-empty', 'group', 'a group has no name; leave it out instead');
  }
  return listedAt;
}

function checkLimits(
  limits: readonly GroupLimit[],
  groupAt: ReadonlyMap<string, number>,
  budget: number,
): readonly InstanceLimit[] {
  const listedAt = new Map<string, number>();
  let floors = 0;
  limits.forEach(({ group, floor = 0, cap }, index) => {
    const refuse = (name: FundRefusal, field: 'group' | 'floor' | 'cap', what: string, firstIndex?: number) => {
      const at = { list: 'limits', index, field } as const;
      throw new FundRefused(name, firstIndex === undefined ? at : { ...at, firstIndex }, what);
    };
    const first = listedAt.get(group);
    if (first !== undefined) refuse('group-duplicate', 'group', `${JSON.stringify(group)} is listed twice`, first);
    listedAt.set(group, index);
    if (!groupAt.has(group)) {
      refuse('group-unknown', 'group', `no application is of the group ${JSON.stringify(group)}`);
    }
    const range = `a whole number of pence from 0 to ${MAX_BUDGET_PENCE}`;
    if (fault(floor, 0, MAX_BUDGET_PENCE)) refuse('floor-wrong', 'floor', `the floor must be ${range}, not ${floor}`);
    if (cap !== undefined && fault(cap, 0, MAX_BUDGET_PENCE)) {
      refuse('cap-wrong', 'cap', `the cap must be ${range}, not ${cap}`);
    }
    if (cap !== undefined && floor > cap)
      refuse('floor-above-cap', 'floor', `the floor ${floor} is above the cap ${cap}`);
    floors += floor;
    if (floors > budget) {
      refuse('floors-above-budget', 'floor', `the floors up to here come to ${floors}, above the budget of ${budget}`);
    }
  });
  return limits
    .map(({ group, floor = 0, cap = Infinity }, listed) => ({ group: groupAt.get(group)!, floor, cap, listed }))
    .sort((a, b) => a.group - b.group);
}
