import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fundByRank, rankAtBudgets, type RankReason } from './by-rank.ts';
import type { FundApplication, FundInput } from './fund-types.ts';

const applications = fc
  .uniqueArray(
    fc.record({
      id: fc.nat(30).map((at) => `a${at}`),
      score: fc.nat(6),
      amount: fc.integer({ min: 1, max: 20 }),
      least: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  )
  .map((list): FundApplication[] =>
    list.map(({ least, ...rest }) => (least === undefined || least > rest.amount ? rest : { ...rest, least })),
  );
const inputs: fc.Arbitrary<FundInput> = fc.record({
  applications,
  budget: fc.nat(60),
  seed: fc.string({ maxLength: 3 }),
});
const parameters = fc.record({ passOver: fc.boolean() });

const run = (list: FundApplication[], budget: number, passOver = true) =>
  fundByRank({ applications: list, budget, seed: 's' }, { passOver });
const reasonFor = (reasons: readonly (RankReason & { id: string })[], id: string) =>
  reasons.find((reason) => reason.id === id);

describe('fundByRank', () => {
  const three = [
    { id: 'a', score: 9, amount: 600 },
    { id: 'b', score: 8, amount: 600 },
    { id: 'c', score: 7, amount: 300 },
  ];

  it('walks the rank, passes over whom the rest does not suffice for, and goes on', () => {
    const result = run(three, 1000);
    expect(result.funded).toEqual([
      { id: 'a', amount: 600, part: false },
      { id: 'c', amount: 300, part: false },
    ]);
    expect(result).toMatchObject({ count: 2, total: 16, spent: 900, left: 100, parameters: { passOver: true } });
    expect(reasonFor(result.reasons, 'b')).toEqual({
      id: 'b',
      kind: 'rest-too-little',
      place: 2,
      byLot: false,
      left: 400,
      lacked: 200,
      pointsShort: expect.any(Number),
      surelyWithExtra: 200,
    });
  });

  it('ends at the first for whom the rest is too little, if so asked', () => {
    const result = run(three, 1000, false);
    expect(result.funded.map(({ id }) => id)).toEqual(['a']);
    expect(reasonFor(result.reasons, 'c')).toMatchObject({ kind: 'walk-ended', at: 'b', surelyWithExtra: 500 });
  });

  it('gives all that is left where it suffices for the least', () => {
    const result = run([three[0]!, { ...three[1]!, least: 350 }, three[2]!], 1000);
    expect(result.funded).toContainEqual({ id: 'b', amount: 400, part: true });
    expect(reasonFor(result.reasons, 'b')).toMatchObject({ kind: 'in-part', lacked: 200 });
    expect(reasonFor(result.reasons, 'c')).toMatchObject({ kind: 'rest-too-little', left: 0 });
  });

  it('decides equal scores by the lots of the seed, and says so', () => {
    const equal = ['p', 'q', 'r', 's'].map((id) => ({ id, score: 5, amount: 10 }));
    const of = (seed: string) => fundByRank({ applications: equal, budget: 20, seed });
    expect(of('1').reasons.every((reason) => 'byLot' in reason && reason.byLot)).toBe(true);
    const chosen = new Set(
      [...Array(40).keys()].map((seed) =>
        of(`${seed}`)
          .funded.map(({ id }) => id)
          .join(''),
      ),
    );
    expect(chosen.size).toBeGreaterThan(3);
  });

  it('says who gains and who loses with another budget, for more money can cost someone the award', () => {
    const outcome = rankAtBudgets({ applications: three, budget: 1000, seed: 's' }, [200, -1000]);
    expect(outcome[0]).toEqual({ extra: 200, count: 2, total: 17, spent: 1200, gains: ['b'], loses: ['c'] });
    expect(outcome[1]).toMatchObject({ count: 0, loses: ['a', 'c'] });
  });

  it('answers no applications, no money and one that asks for more than there is', () => {
    expect(run([], 100)).toMatchObject({ funded: [], count: 0, total: 0, spent: 0, left: 100, reasons: [] });
    expect(run(three, 0)).toMatchObject({ count: 0 });
    expect(run([three[0]!], 500).reasons).toEqual([{ id: 'a', kind: 'above-budget', place: 1, over: 100 }]);
  });

  it('keeps to the budget, to amounts and to leasts', () => {
    fc.assert(
      fc.property(inputs, parameters, (input, options) => {
        const { funded, spent, left } = fundByRank(input, options);
        expect(spent).toBe(funded.reduce((sum, { amount }) => sum + amount, 0));
        expect([spent <= input.budget, left]).toEqual([true, input.budget - spent]);
        for (const { id, amount, part } of funded) {
          const asked = input.applications.find((one) => one.id === id)!;
          expect([amount >= (asked.least ?? asked.amount), amount < asked.amount]).toEqual([true, part]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same in whatever order the applications are listed', () => {
    fc.assert(
      fc.property(inputs, parameters, fc.func(fc.integer()), (input, options, key) => {
        const shuffled = input.applications.toSorted((a, b) => key(a.id) - key(b.id));
        expect(fundByRank({ ...input, applications: shuffled }, options)).toEqual(fundByRank(input, options));
      }),
      { numRuns: 500 },
    );
  });

  it('names the exact points that each lacked: with them it is funded, with one fewer it is not', () => {
    fc.assert(
      fc.property(inputs, parameters, (input, options) => {
        for (const reason of fundByRank(input, options).reasons) {
          if (!('pointsShort' in reason)) continue;
          const isFundedWith = (points: number) => {
            const raised = input.applications.map((one) =>
              one.id === reason.id ? { ...one, score: one.score + points } : one,
            );
            return fundByRank({ ...input, applications: raised }, options).funded.some(({ id }) => id === reason.id);
          };
          expect([isFundedWith(reason.pointsShort), isFundedWith(reason.pointsShort - 1)]).toEqual([true, false]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps its promise of the money with which someone is surely funded', () => {
    fc.assert(
      fc.property(inputs, parameters, fc.nat(40), (input, options, more) => {
        for (const reason of fundByRank(input, options).reasons) {
          if (!('surelyWithExtra' in reason)) continue;
          const isFundedAt = (extra: number) =>
            fundByRank({ ...input, budget: input.budget + extra }, options).funded.some(({ id }) => id === reason.id);
          expect(isFundedAt(reason.surelyWithExtra + more)).toBe(true);
          if (!options.passOver) expect(isFundedAt(reason.surelyWithExtra - 1)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an input that fundByRank will not work on', () => {
  const valid = { id: 'a', score: 1, amount: 10 };
  it.each<[string, Partial<FundInput>, object]>([
    ['budget-wrong', { budget: -1 }, { list: 'parameters', field: 'budget' }],
    ['budget-wrong', { budget: 1e13 }, { list: 'parameters', field: 'budget' }],
    ['id-empty', { applications: [{ ...valid, id: '' }] }, { index: 0, field: 'id' }],
    ['application-duplicate', { applications: [valid, valid] }, { index: 1, field: 'id', firstIndex: 0 }],
    ['score-negative', { applications: [{ ...valid, score: -1 }] }, { field: 'score' }],
    ['score-not-whole', { applications: [{ ...valid, score: 0.5 }] }, { field: 'score' }],
    ['score-too-high', { applications: [{ ...valid, score: 1e10 }] }, { field: 'score' }],
    ['amount-not-whole', { applications: [{ ...valid, amount: NaN }] }, { field: 'amount' }],
    ['amount-not-positive', { applications: [{ ...valid, amount: 0 }] }, { field: 'amount' }],
    ['amount-too-high', { applications: [{ ...valid, amount: 1e11 }] }, { field: 'amount' }],
    ['least-above-amount', { applications: [{ ...valid, least: 11 }] }, { field: 'least' }],
    ['least-not-positive', { applications: [{ ...valid, least: 0 }] }, { field: 'least' }],
    ['least-not-whole', { applications: [{ ...valid, least: 1.5 }] }, { field: 'least' }],
    ['group-empty', { applications: [{ ...valid, group: '' }] }, { field: 'group' }],
  ])('is refused by name: %s', (name, input, at) => {
    const act = () => fundByRank({ applications: [valid], budget: 10, seed: '', ...input });
    expect(act).toThrow(expect.objectContaining({ name, at: expect.objectContaining(at) }));
  });
});
