import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TotalInput, TotalReason } from './by-total-types.ts';
import { fundByTotal, fundByTotalPlain, totalAtBudgets, whatItLacked } from './by-total.ts';
import { solveBySearch } from './by-total-limits.ts';
import { compressFund, type GroupLimit } from './fund-instance.ts';
import type { FundApplication } from './fund-types.ts';

const applicationsOf = (most: number) =>
  fc
    .uniqueArray(
      fc.record({
        id: fc.nat(40).map((at) => `a${at}`),
        score: fc.nat(most),
        amount: fc.integer({ min: 1, max: 3 * most }),
        least: fc.option(fc.integer({ min: 1, max: 3 * most }), { nil: undefined }),
        group: fc.constantFrom(undefined, 'p', 'q'),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    )
    .map((list): FundApplication[] =>
      list.map(({ least, ...rest }) => (least === undefined || least > rest.amount ? rest : { ...rest, least })),
    );
const plainInputs: fc.Arbitrary<TotalInput> = fc
  .constantFrom(3, 10, 50)
  .chain((most) =>
    fc.record({ applications: applicationsOf(most), budget: fc.nat(8 * most), seed: fc.string({ maxLength: 2 }) }),
  );
const limitedInputs: fc.Arbitrary<TotalInput> = fc
  .tuple(
    plainInputs,
    fc.uniqueArray(
      fc.record({
        group: fc.constantFrom('p', 'q'),
        floor: fc.option(fc.nat(25), { nil: undefined }),
        more: fc.option(fc.nat(40), { nil: undefined }),
      }),
      { selector: ({ group }) => group, minLength: 1, maxLength: 2 },
    ),
    fc.boolean(),
  )
  .map(([input, limits, areWhole]) => ({
    ...input,
    // All or nothing: what our own core solves with limits, too.
    applications: areWhole
      ? input.applications.map(({ least: _, ...one }) => ({ ...one, score: one.score + 1 }))
      : input.applications,
    limits: limits
      .filter(({ group }) => input.applications.some((one) => one.group === group))
      .map(({ group, floor, more }) => ({ group, floor, cap: more === undefined ? undefined : (floor ?? 0) + more })),
  }));

interface Choice {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Every choice that some awards from least to amount make possible within budget, floors and caps. */
function everyChoice({ applications, budget, limits = [] }: TotalInput): Choice[] {
  const choices: Choice[] = [];
  for (let subset = 0; subset < 2 ** applications.length; subset++) {
    const chosen = applications.filter((_, at) => subset & (1 << at));
    const least = (list: readonly FundApplication[]) => list.reduce((sum, one) => sum + (one.least ?? one.amount), 0);
    let spent = least(chosen);
    const isWithin = limits.every(({ group, floor = 0, cap = Infinity }) => {
      const own = chosen.filter((one) => one.group === group);
      spent += Math.max(0, floor - least(own));
      return least(own) <= cap && own.reduce((sum, one) => sum + one.amount, 0) >= floor;
    });
    if (!isWithin || spent > budget) continue;
    choices.push({ ids: chosen.map(({ id }) => id), total: chosen.reduce((sum, one) => sum + one.score, 0) });
  }
  return choices;
}

const bestTotal = (choices: readonly Choice[]) => choices.reduce((best, { total }) => Math.max(best, total), -1);

function expectWithin(
  { applications, budget, limits = [] }: TotalInput,
  result: Awaited<ReturnType<typeof fundByTotal>>,
) {
  const asked = new Map(applications.map((one) => [one.id, one]));
  let spent = 0;
  let total = 0;
  const received = new Map<string | undefined, number>();
  for (const { id, amount, part } of result.funded) {
    const one = asked.get(id)!;
    expect(amount).toBeGreaterThanOrEqual(one.least ?? one.amount);
    expect(amount).toBeLessThanOrEqual(one.amount);
    expect(part).toBe(amount < one.amount);
    spent += amount;
    total += one.score;
    received.set(one.group, (received.get(one.group) ?? 0) + amount);
  }
  expect([result.spent, result.total, result.left]).toEqual([spent, total, budget - spent]);
  expect(spent).toBeLessThanOrEqual(budget);
  for (const { group, floor = 0, cap = Infinity } of limits) {
    expect(received.get(group) ?? 0).toBeGreaterThanOrEqual(floor);
    expect(received.get(group) ?? 0).toBeLessThanOrEqual(cap);
  }
}

const reasonFor = (reasons: readonly (TotalReason & { id: string })[], id: string) =>
  reasons.find((reason) => reason.id === id);

describe('fundByTotal', () => {
  const three = [
    { id: 'a', score: 10, amount: 600 },
    { id: 'b', score: 7, amount: 400 },
    { id: 'c', score: 6, amount: 400 },
  ];

  it('funds the highest total within the budget, and says how near each came', () => {
    const result = fundByTotalPlain({ applications: three, budget: 800, seed: 's' });
    expect(result.funded.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(result).toMatchObject({ count: 2, total: 13, spent: 800, ties: 'rule', solver: 'core' });
    expect(reasonFor(result.reasons, 'a')).toEqual({ id: 'a', kind: 'lower-total', place: 2, pointsShort: 3 });
    expect(reasonFor(result.reasons, 'c')).toMatchObject({ kind: 'in-full', lacked: 0, pointsSpare: 3 });
  });

  it('counts a whole score for the least, and raises awards by rank with what is left', () => {
    const list = [
      { id: 'a', score: 10, amount: 600, least: 300 },
      { id: 'b', score: 7, amount: 400, least: 100 },
    ];
    const result = fundByTotalPlain({ applications: list, budget: 750, seed: 's' });
    expect(result.funded).toEqual([
      { id: 'a', amount: 600, part: false },
      { id: 'b', amount: 150, part: true },
    ]);
    expect(result.total).toBe(17);
  });

  it('finds the best total, within the budget, with the exact points lacked and spared', () => {
    fc.assert(
      fc.property(plainInputs, (input) => {
        const result = fundByTotalPlain(input);
        const choices = everyChoice(input);
        expectWithin(input, result);
        expect(result.total).toBe(bestTotal(choices));
        for (const reason of result.reasons) {
          const withIt = bestTotal(choices.filter(({ ids }) => ids.includes(reason.id)));
          const withoutIt = bestTotal(choices.filter(({ ids }) => !ids.includes(reason.id)));
          if (reason.kind === 'lower-total') expect(reason.pointsShort).toBe(result.total - withIt);
          if ('pointsSpare' in reason) expect(reason.pointsSpare).toBe(result.total - withoutIt);
          if (reason.kind === 'above-budget') expect(withIt).toBe(-1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same in whatever order the applications are listed', () => {
    fc.assert(
      fc.property(plainInputs, fc.func(fc.integer()), (input, key) => {
        const shuffled = input.applications.toSorted((a, b) => key(a.id) - key(b.id));
        expect(fundByTotalPlain({ ...input, applications: shuffled })).toEqual(fundByTotalPlain(input));
      }),
      { numRuns: 500 },
    );
  });

  it('decides by lot between applications alike in score and amount', () => {
    const alike = ['p', 'q', 'r', 's'].map((id) => ({ id, score: 5, amount: 10 }));
    const of = (seed: string) => fundByTotalPlain({ applications: alike, budget: 20, seed });
    expect(of('1').reasons.map((reason) => ('pointsShort' in reason ? reason.pointsShort : 0))).toEqual([0, 0, 0, 0]);
    const chosen = new Set(
      [...Array(40).keys()].map((seed) =>
        of(`${seed}`)
          .funded.map(({ id }) => id)
          .join(''),
      ),
    );
    expect(chosen.size).toBeGreaterThan(3);
  });

  it('recomputes the outcome with more money, which may cost someone the award', async () => {
    const [outcome] = await totalAtBudgets({ applications: three, budget: 800, seed: 's' }, [200]);
    expect(outcome).toEqual({ extra: 200, count: 2, total: 17, spent: 1000, gains: ['a'], loses: ['c'] });
  });

  it('answers no applications, none with points, and one that asks for more than there is', async () => {
    expect(await fundByTotal({ applications: [], budget: 5, seed: '' })).toMatchObject({ count: 0, total: 0, left: 5 });
    const applications = [{ id: 'z', score: 0, amount: 1 }, three[0]!];
    expect(fundByTotalPlain({ applications, budget: 500, seed: '' }).reasons).toEqual([
      { id: 'a', kind: 'above-budget', over: 100 },
      { id: 'z', kind: 'no-points' },
    ]);
  });
});

describe('fundByTotal with floors and caps', () => {
  const mixed: FundApplication[] = [
    { id: 'a', score: 10, amount: 500, group: 'p' },
    { id: 'b', score: 9, amount: 500, group: 'p' },
    { id: 'c', score: 3, amount: 500, group: 'q' },
    { id: 'd', score: 2, amount: 400, group: 'q' },
  ];
  const fund = (limits: GroupLimit[], budget = 1000) => fundByTotal({ applications: mixed, budget, seed: 's', limits });

  it('gives a group its floor, though the total is lower', async () => {
    const result = await fund([{ group: 'q', floor: 450 }]);
    expect(result.funded.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(result).toMatchObject({ total: 13, solver: 'core', parameters: { limits: [{ group: 'q', floor: 450 }] } });
  });

  it('meets floors and caps with part-awards, and raises them by rank within the caps', async () => {
    const limits = [
      { group: 'p', cap: 300 },
      { group: 'q', floor: 350 },
    ];
    const applications = mixed.map((one) => ({ ...one, least: 200 }));
    const result = await fundByTotal({ applications, budget: 650, seed: 's', limits });
    expect(result).toMatchObject({ total: 15, spent: 650, solver: 'core', ties: 'first-found' });
    expect(result.funded.map(({ id, amount }) => [id, amount])).toEqual([
      ['a', 250],
      ['c', 200],
      ['d', 200],
    ]);
  });

  it('lets HiGHS choose where what has no points is needed for a floor, and checks its answer', async () => {
    const applications = [...mixed, { id: 'z', score: 0, amount: 300, group: 'q' }];
    const limits = [{ group: 'q', floor: 950 }];
    const result = await fundByTotal({ applications, budget: 1500, seed: 's', limits });
    expect(result).toMatchObject({ total: 5, spent: 1200, solver: 'highs', ties: 'first-found' });
    expect(result.funded.map(({ id }) => id)).toEqual(['c', 'd', 'z']);
  });

  it('keeps a group to its cap, and says that the cap decided', async () => {
    const result = await fund([{ group: 'p', cap: 600 }]);
    expect(result.funded.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(reasonFor(result.reasons, 'b')).toMatchObject({ kind: 'group-capped', cap: 600, received: 500 });
    const input = { applications: mixed, budget: 1000, seed: 's', limits: [{ group: 'p', cap: 600 }] };
    expect(await whatItLacked(input, 'b')).toEqual({ pointsShort: 1 });
    expect(await whatItLacked(input, 'a')).toEqual({ pointsShort: 0 });
    expect(await whatItLacked({ ...input, limits: [{ group: 'p', cap: 400 }] }, 'b')).toEqual({ impossible: true });
  });

  it('needs no other solver where the best without limits meets them', async () => {
    expect(await fund([{ group: 'p', floor: 900, cap: 1000 }])).toMatchObject({
      total: 19,
      solver: 'core',
      ties: 'rule',
    });
  });

  it('names what cannot be met', async () => {
    await expect(fund([{ group: 'q', floor: 901 }])).rejects.toMatchObject({
      name: 'floor-out-of-reach',
      at: { list: 'limits', index: 0, field: 'floor' },
    });
    await expect(fund([{ group: 'q', floor: 450, cap: 460 }])).rejects.toMatchObject({ name: 'floor-out-of-reach' });
    await expect(fund([{ group: 'q', floor: 600, cap: 800 }])).rejects.toMatchObject({ name: 'limits-cannot-be-met' });
    await expect(fund([{ group: 'z', cap: 1 }])).rejects.toMatchObject({ name: 'group-unknown' });
    await expect(fund([{ group: 'q', floor: 2, cap: 1 }])).rejects.toMatchObject({ name: 'floor-above-cap' });
    await expect(fund([{ group: 'q', floor: 1.5 }])).rejects.toMatchObject({ name: 'floor-wrong' });
    await expect(fund([{ group: 'q', cap: -1 }])).rejects.toMatchObject({ name: 'cap-wrong' });
    await expect(fund([{ group: 'q' }, { group: 'q' }])).rejects.toMatchObject({ name: 'group-duplicate' });
    await expect(
      fund([
        { group: 'p', floor: 600 },
        { group: 'q', floor: 500 },
      ]),
    ).rejects.toMatchObject({ name: 'floors-above-budget', at: { index: 1 } });
  });

  it('agrees with every choice there is: the best total, or that there is none', async () => {
    await fc.assert(
      fc.asyncProperty(limitedInputs, async (input) => {
        const choices = everyChoice(input);
        const floors = (input.limits ?? []).reduce((sum, { floor = 0 }) => sum + floor, 0);
        const answer = await fundByTotal(input).catch((error: Error) => error.name);
        if (typeof answer === 'string') {
          const isKnown = ['floor-out-of-reach', 'limits-cannot-be-met'].includes(answer);
          if (isKnown) expect(choices).toEqual([]);
          else expect([answer, floors > input.budget]).toEqual(['floors-above-budget', true]);
          return;
        }
        expectWithin(input, answer);
        expect(answer.total).toBe(bestTotal(choices));
      }),
      { numRuns: 700 },
    );
  });

  it('says what one lacked, as every choice there is says', async () => {
    await fc.assert(
      fc.asyncProperty(limitedInputs, async (input) => {
        const choices = everyChoice(input);
        const floors = (input.limits ?? []).reduce((sum, { floor = 0 }) => sum + floor, 0);
        fc.pre(choices.length > 0 && floors <= input.budget);
        for (const { id } of input.applications) {
          const withIt = bestTotal(choices.filter(({ ids }) => ids.includes(id)));
          const lacked = withIt < 0 ? { impossible: true } : { pointsShort: bestTotal(choices) - withIt };
          expect(await whatItLacked(input, id)).toEqual(lacked);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in whatever order applications and limits are listed', async () => {
    await fc.assert(
      fc.asyncProperty(limitedInputs, fc.func(fc.integer()), async (input, key) => {
        const shuffled = {
          ...input,
          applications: input.applications.toSorted((a, b) => key(a.id) - key(b.id)),
          limits: (input.limits ?? []).toReversed(),
        };
        const result = (one: TotalInput) => fundByTotal(one).catch((error: Error) => error.name);
        expect(await result(shuffled)).toEqual(await result(input));
      }),
      { numRuns: 100 },
    );
  });
});

describe('where our own core gives up', () => {
  it('HiGHS finds the same total, within the budget', async () => {
    const searches = fc.asyncProperty(plainInputs, async (input) => {
      const searched = await solveBySearch(compressFund(input));
      expect(searched?.total).toBe(fundByTotalPlain(input).total);
      const spent = searched?.award.reduce((sum, pence) => sum + pence, 0) ?? Infinity;
      expect(spent).toBeLessThanOrEqual(input.budget);
    });
    await fc.assert(searches, { numRuns: 60 });
  });
});
