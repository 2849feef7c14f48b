import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itWithReferenceData } from '../testing/reference-data.ts';
import { ForcedKnapsack } from './knapsack-forced.ts';
import { type Patience, solveKnapsack } from './knapsack.ts';

interface Items {
  readonly score: readonly number[];
  readonly amount: readonly number[];
  readonly capacity: number;
}

/** Few distinct values, so that ties abound; or proportional ones, which are hard. */
const items: fc.Arbitrary<Items> = fc
  .record({
    most: fc.constantFrom(3, 12, 1000),
    kind: fc.constantFrom('any', 'any', 'proportional', 'constant-more', 'constant-less'),
    size: fc.integer({ min: 0, max: 9 }),
    share: fc.integer({ min: 0, max: 100 }),
  })
  .chain(({ most, kind, size, share }) =>
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })), {
        minLength: size,
        maxLength: size,
      })
      .map((pairs) => {
        const more = Math.ceil(most / 3);
        const score = pairs.map(([points, pence]) =>
          kind === 'any' ? points : kind === 'proportional' ? pence : kind === 'constant-more' ? pence + more : pence,
        );
        const amount = pairs.map(([, pence]) => (kind === 'constant-less' ? pence + more : pence));
        const sum = amount.reduce((all, pence) => all + pence, 0);
        return { score, amount, capacity: Math.floor((sum * share) / 100) };
      }),
  );

function solved({ score, amount, capacity }: Items, patience?: Patience) {
  const usable = Uint8Array.from(amount, (pence) => (pence <= capacity ? 1 : 0));
  return solveKnapsack(Float64Array.from(score), Float64Array.from(amount), usable, capacity, patience);
}

function summed(values: readonly number[], subset: number): number {
  return values.reduce((sum, value, at) => (subset & (1 << at) ? sum + value : sum), 0);
}

function bestSubsets({ score, amount, capacity }: Items) {
  let best: number[] = [];
  let [total, spent] = [-1, 0];
  for (let subset = 0; subset < 2 ** score.length; subset++) {
    const pence = summed(amount, subset);
    const points = summed(score, subset);
    if (pence > capacity || points < total || (points === total && pence > spent)) continue;
    if (points > total || pence < spent) best = [];
    best.push(subset);
    [total, spent] = [points, pence];
  }
  return { best, total, spent };
}

/** The rule, as it is written: the furthest item from the line in which two choices differ is as on the line. */
function byRule({ score, amount, capacity }: Items, choices: readonly number[]): number {
  const usable = [...score.keys()].filter((at) => amount[at]! <= capacity);
  const line = usable.toSorted((a, b) => score[b]! * amount[a]! - score[a]! * amount[b]! || a - b);
  let left = capacity;
  const margin = line.findIndex((at) => (left -= amount[at]!) < 0);
  if (margin < 0) return choices[0]!;
  const marginal = line[margin]!;
  const distance = (at: number) => Math.abs(score[at]! * amount[marginal]! - amount[at]! * score[marginal]!);
  const isAbove = (at: number) => line.indexOf(at) < margin;
  const groups = new Map<number, { above: number[]; below: number[] }>();
  for (const at of usable) {
    const group = groups.get(distance(at)) ?? { above: [], below: [] };
    groups.set(distance(at), group);
    if (isAbove(at)) group.above.unshift(at);
    else group.below.push(at);
  }
  const order = [...groups.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, { above, below }]) =>
      [...Array(Math.max(above.length, below.length)).keys()].flatMap((turn) => [above[turn], below[turn]]),
    )
    .filter((at) => at !== undefined);
  const weight = (subset: number) =>
    order.reduce(
      (sum, at, place) => ((((subset >> at) & 1) === 1 ? 1 : 0) === (isAbove(at) ? 1 : 0) ? sum : sum + 2 ** place),
      0,
    );
  return choices.toSorted((a, b) => weight(a) - weight(b))[0]!;
}

const asSubset = (taken: Uint8Array) => taken.reduce((sum, flag, at) => sum + flag * 2 ** at, 0);

describe('the knapsack', () => {
  it('finds the highest total, with the least spent, and the choice that the rule names', () => {
    fc.assert(
      fc.property(items, (input) => {
        const answer = solved(input);
        const { best, total, spent } = bestSubsets(input);
        expect([answer.total, answer.spent, answer.byRule]).toEqual([total, spent, true]);
        expect(asSubset(answer.taken)).toBe(byRule(input, best));
      }),
      { numRuns: 2500 },
    );
  });

  it('finds the highest total where it must turn to counting and joining at once', () => {
    const hasty: Patience = { work: 0, states: 1, forRule: 0 };
    fc.assert(
      fc.property(items, (input) => {
        const answer = solved(input, hasty);
        expect(answer.total).toBe(bestSubsets(input).total);
        const subset = asSubset(answer.taken);
        expect([summed(input.score, subset), summed(input.amount, subset)]).toEqual([answer.total, answer.spent]);
        expect(answer.spent).toBeLessThanOrEqual(input.capacity);
      }),
      { numRuns: 1500 },
    );
  });

  it('says what the best total is without one item and with another capacity', () => {
    fc.assert(
      fc.property(items, fc.nat(8), fc.integer({ min: 0, max: 100 }), (input, without, share) => {
        const usable = new Uint8Array(input.score.length).fill(1);
        const forced = new ForcedKnapsack(Float64Array.from(input.score), Float64Array.from(input.amount), usable);
        const capacity = Math.floor((input.capacity * share) / 100);
        const others = { ...input, capacity, score: input.score.map((points, at) => (at === without ? 0 : points)) };
        expect(forced.totalWithout(without, capacity, Infinity)).toEqual({
          total: bestSubsets(others).total,
          isExact: true,
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('is exact where scores and amounts are too large for exact products', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 9e8, max: 1e9 }), fc.integer({ min: 9e9, max: 1e10 })), { maxLength: 8 }),
        fc.integer({ min: 0, max: 6e10 }),
        (pairs, capacity) => {
          const input = { score: pairs.map(([points]) => points), amount: pairs.map(([, pence]) => pence), capacity };
          const { total, spent } = bestSubsets(input);
          expect(solved(input)).toMatchObject({ total, spent });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes everything where everything fits', () => {
    expect(solved({ score: [1, 2], amount: [3, 4], capacity: 7 })).toMatchObject({ total: 3, spent: 7, byRule: true });
    expect(solved({ score: [], amount: [], capacity: 0 })).toMatchObject({ total: 0, spent: 0 });
  });

  it.each([
    ['strongly correlated', (pence: number) => [pence + 100_000, pence]],
    ['inverse strongly correlated', (pence: number) => [pence, pence + 100_000]],
    ['subset sum', (pence: number) => [pence, pence]],
  ])('proves the best of 5,000 %s items of wide range', (_, of) => {
    let state = 7;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % 1_000_000;
    const pairs = Array.from({ length: 5000 }, () => of(next() + 1));
    const score = pairs.map(([points = 0]) => points);
    const amount = pairs.map(([, pence = 0]) => pence);
    const capacity = Math.floor(amount.reduce((sum, pence) => sum + pence, 0) / 2);
    const answer = solved({ score, amount, capacity });
    expect(answer.spent).toBe(capacity);
    expect(answer.work).toBeLessThan(2_000_000);
  });

  itWithReferenceData("finds the optima of Pisinger's instances", () => {
    const folder = path.resolve(__dirname, '../../../../../shared/data/knapsack');
    const optima = readFileSync(path.join(folder, 'optima.txt'), 'utf8').trim().split('\n');
    expect(optima).toHaveLength(readdirSync(folder).length - 1);
    for (const line of optima) {
      const [name = '', optimum] = line.split(' ');
      const numbers = readFileSync(path.join(folder, `${name}.txt`), 'utf8')
        .trim()
        .split(/\s+/)
        .map(Number);
      const [size = 0, capacity = 0] = numbers;
      const column = (first: number) => Array.from({ length: size }, (_, at) => numbers[first + 2 * at] ?? 0);
      const answer = solved({ score: column(2), amount: column(3), capacity });
      expect([name, answer.total]).toEqual([name, Number(optimum)]);
    }
  });
});
