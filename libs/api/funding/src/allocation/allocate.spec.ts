import { describe, expect, it } from '@jest/globals';
import type { ScenarioParameters } from '@waymark/contracts';
import fc from 'fast-check';
import { allocate, allocateAtOnce } from './allocate';
import type { Allocation, AllocationWork, ScoredApplication } from './allocation-work';
import { mockup, mockupUnits } from './mockup-call';

const parameters: ScenarioParameters = {
  budgetPence: 1_500_000,
  partAwards: true,
  bar: 500,
  groups: [],
  shareBy: null,
  seed: 'call',
};
const work = (facts: Partial<AllocationWork> = {}): AllocationWork => ({
  method: 'by-rank',
  parameters,
  applications: mockup,
  units: mockupUnits,
  grades: [],
  ...facts,
});
const line = ({ lines }: Allocation, id: string) => {
  const found = lines.find(({ applicationId }) => applicationId === id);
  if (!found) throw new Error(id);
  return found;
};
const amounts = ({ lines }: Allocation) => lines.map(({ amount }) => amount);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('the call of the mockup: 24 applications, £15,000', () => {
  const byRank = allocateAtOnce(work());

  it('by rank: ranks 1 to 17 in full, 18 in part with £858, five on the reserve list, one below the bar', () => {
    expect(byRank.lines.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(17).fill('awarded'),
      'part-awarded',
      ...Array<string>(5).fill('reserve'),
      'unsuccessful',
    ]);
    expect(sum(amounts(byRank).slice(0, 17))).toBe(1_414_200);
    expect(line(byRank, 'Marsh Manifold').amount).toBe(85_800);
    expect(sum(amounts(byRank))).toBe(1_500_000);
    expect(byRank.lines.map(({ reserveRank }) => reserveRank).slice(18)).toEqual([1, 2, 3, 4, 5, null]);
  });

  it('first on the reserve list: 75.4 would have changed it, and £15,992 in the budget; no least amount would', () => {
    expect(line(byRank, 'Skye Stirrer').reason).toEqual({
      decidedBy: 'budget-spent',
      facts: {
        method: 'by-rank',
        rank: 19,
        of: 24,
        budgetPence: 1_500_000,
        leftPence: 0,
        fundedAhead: 18,
        fullAhead: 17,
        fullAheadPence: 1_414_200,
        lastRank: 18,
        lastPence: 85_800,
        lastInPart: true,
        pointsBehind: 7,
      },
      score: { needed: 754, awardPence: 82_000 },
      budget: { needed: 1_599_200, awardPence: 54_000 },
      least: null,
    });
  });

  it('in part: what would have brought the whole', () => {
    expect(line(byRank, 'Marsh Manifold').reason).toMatchObject({
      decidedBy: 'part-of-the-rest',
      facts: { leftPence: 85_800, aheadPence: 1_414_200 },
      score: { needed: 762, awardPence: 131_000 },
      budget: { needed: 1_545_200, awardPence: 131_000 },
      least: null,
    });
  });

  it('below the bar: the score that would have been funded as well', () => {
    expect(line(byRank, 'Jasper Jig')).toMatchObject({
      ...{ rank: 24, outcome: 'unsuccessful', amount: 0, belowBar: true },
      reason: { decidedBy: 'below-bar', facts: { bar: 500 }, score: { needed: 754 }, budget: null, least: null },
    });
  });

  it('the best total is 1,550.2, as the mockup has it, and no choice within £15,000 has more', () => {
    const total = allocateAtOnce(work({ method: 'by-total' }));
    const funded = total.lines.filter(({ amount }) => amount > 0);
    expect(sum(amounts(total))).toBeLessThanOrEqual(1_500_000);
    expect(sum(funded.map(({ score }) => score))).toBeGreaterThanOrEqual(15_502);
    expect(line(total, 'Jasper Jig').outcome).toBe('unsuccessful');
  });

  it('equal shares: each of four units has £3,750 at first, and what is left goes by rank', () => {
    const shares = allocateAtOnce(work({ method: 'equal-shares', parameters: { ...parameters, shareBy: 'unit' } }));
    expect(shares.certificate).toMatchObject({ groups: 4 });
    expect(sum(amounts(shares))).toBeLessThanOrEqual(1_500_000);
    expect(line(shares, 'Skye Stirrer')).toMatchObject({
      outcome: 'awarded',
      reason: { decidedBy: 'equal-share', facts: { group: 'Life sciences' } },
    });
  });

  it('without part-awards nobody has less than they asked, and the walk goes on past rank 18', () => {
    const whole = allocateAtOnce(work({ parameters: { ...parameters, partAwards: false } }));
    expect(whole.lines.filter(({ outcome }) => outcome === 'part-awarded')).toEqual([]);
    expect(line(whole, 'Marsh Manifold')).toMatchObject({ outcome: 'reserve', reserveRank: 1 });
    expect(line(whole, 'Skye Stirrer')).toMatchObject({ outcome: 'awarded', amount: 82_000 });
  });

  it('groups with a cap and a floor hold them', async () => {
    const groups = [
      { by: 'unit' as const, groupId: 'Sciences', leastPence: null, mostPence: 300_000 },
      { by: 'unit' as const, groupId: 'Arts and digital', leastPence: 138_000, mostPence: null },
    ];
    const limited = await allocate(work({ method: 'by-total', parameters: { ...parameters, groups } }));
    const of = (unit: string) =>
      sum(
        limited.lines
          .filter(({ applicationId }) => mockup.find(({ id }) => id === applicationId)?.unitId === unit)
          .map(({ amount }) => amount),
      );
    expect(of('Sciences')).toBeLessThanOrEqual(300_000);
    expect(of('Arts and digital')).toBeGreaterThanOrEqual(138_000);
    expect(limited.lines.some(({ reason }) => reason.decidedBy === 'group-cap')).toBe(true);
  });

  it('whom the floor of another group leaves out is told so, and nobody else is', async () => {
    const parts = { ...parameters, partAwards: false, budgetPence: 150_000 };
    // Alone the best are Rowan Pipette and Tamsin Torque; a floor for Arts and digital takes Tamsin's place.
    const applications = mockup.filter(({ id }) => ['Rowan Pipette', 'Tamsin Torque', 'Kwame Kiln'].includes(id));
    const groups = [{ by: 'unit' as const, groupId: 'Arts and digital', leastPence: 69_000, mostPence: null }];
    const free = await allocate(work({ method: 'by-total', applications, parameters: parts }));
    expect(line(free, 'Tamsin Torque').outcome).toBe('awarded');
    expect(line(free, 'Kwame Kiln').reason.facts).not.toHaveProperty('fundedWithout');
    const limited = await allocate(work({ method: 'by-total', applications, parameters: { ...parts, groups } }));
    expect(line(limited, 'Kwame Kiln').reason.decidedBy).toBe('group-floor');
    expect(line(limited, 'Tamsin Torque')).toMatchObject({
      outcome: 'reserve',
      reason: { decidedBy: 'not-in-best-total', facts: { limited: true, fundedWithout: true } },
    });
    expect(line(limited, 'Rowan Pipette').reason).toMatchObject({
      decidedBy: 'in-best-total',
      facts: { limited: true },
    });
  });

  it.each([
    [
      'more than the budget',
      [{ by: 'unit' as const, groupId: 'Sciences', leastPence: 1_600_000, mostPence: null }],
      'group-limits-unmet',
    ],
    [
      'more than the group asks',
      [{ by: 'unit' as const, groupId: 'Arts and digital', leastPence: 900_000, mostPence: null }],
      'group-limits-unmet',
    ],
    [
      'for a group nobody is of',
      [{ by: 'unit' as const, groupId: 'Nowhere', leastPence: 1, mostPence: null }],
      'group-limits-unmet',
    ],
    [
      'the same group twice',
      [
        { by: 'unit' as const, groupId: 'Sciences', leastPence: 1, mostPence: null },
        { by: 'unit' as const, groupId: 'Sciences', leastPence: null, mostPence: 5 },
      ],
      'group-limits-overlap',
    ],
    [
      'units and grades together',
      [
        { by: 'unit' as const, groupId: 'Sciences', leastPence: 1, mostPence: null },
        { by: 'grade' as const, groupId: 'g', leastPence: null, mostPence: 5 },
      ],
      'group-limits-overlap',
    ],
    [
      'one unit within another',
      [
        { by: 'unit' as const, groupId: 'Sciences', leastPence: 1, mostPence: null },
        { by: 'unit' as const, groupId: 'College', leastPence: null, mostPence: 5_000_000 },
      ],
      'group-limits-overlap',
    ],
  ])('a floor of %s is refused by name', async (_, groups, refusal) => {
    const limited = work({ method: 'by-total', parameters: { ...parameters, groups } });
    await expect(allocate(limited)).rejects.toMatchObject({ refusal });
  });
});

/** Small calls in which scores, amounts and counts of reviews collide often. */
const calls = fc
  .record({
    applications: fc.array(
      fc.record({
        scores: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }),
        asked: fc.integer({ min: 1, max: 30 }),
        least: fc.integer({ min: 1, max: 30 }),
        bar: fc.constantFrom(0, 5, 10),
        unit: fc.constantFrom('a', 'b', 'c', null),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    budgetPence: fc.integer({ min: 1, max: 120 }),
    partAwards: fc.boolean(),
    bar: fc.constantFrom(0, 5, 10),
    seed: fc.string({ minLength: 1, maxLength: 3 }),
  })
  .map(({ applications, ...facts }) => ({
    parameters: { ...facts, groups: [], shareBy: null },
    applications: applications.map(({ scores, asked, least, bar, unit }, at): ScoredApplication => ({
      ...{ id: `application ${at}`, sum: sum(scores), count: scores.length, asked, bar, unitId: unit, gradeId: null },
      least: Math.min(asked, least),
    })),
    units: ['a', 'b', 'c'].map((id) => ({ id, parentId: null, name: id })),
    grades: [],
  }));

describe('any call', () => {
  it.each(['by-rank', 'by-total', 'equal-shares'] as const)(
    '%s: within the budget, between least and asked, none below the bar',
    (method) => {
      fc.assert(
        fc.property(calls, (call) => {
          const shareBy = method === 'equal-shares' ? ('unit' as const) : null;
          const { lines } = allocateAtOnce({ ...call, method, parameters: { ...call.parameters, shareBy } });
          expect(lines.map(({ rank }) => rank)).toEqual(lines.map((_, at) => at + 1));
          expect(sum(lines.map(({ amount }) => amount))).toBeLessThanOrEqual(call.parameters.budgetPence);
          for (const { applicationId, amount, outcome, belowBar, least, asked } of lines) {
            const one = call.applications.find(({ id }) => id === applicationId) as ScoredApplication;
            expect(belowBar).toBe(one.sum / one.count < Math.min(one.bar, call.parameters.bar));
            expect(outcome).toBe(
              belowBar ? 'unsuccessful' : amount === 0 ? 'reserve' : amount === asked ? 'awarded' : 'part-awarded',
            );
            if (belowBar) expect(amount).toBe(0);
            if (amount > 0) expect(amount).toBeGreaterThanOrEqual(call.parameters.partAwards ? least : asked);
          }
          const waiting = lines.flatMap(({ reserveRank }) => reserveRank ?? []);
          expect(waiting).toEqual(waiting.map((_, at) => at + 1));
        }),
        { numRuns: 150 },
      );
    },
  );

  it('by rank, each change that is said is exact: computed again with it, it is so, and with a tenth less it is not', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const base: AllocationWork = { ...call, method: 'by-rank' };
        const { lines } = allocateAtOnce(base);
        for (const { applicationId: id, reason, amount: now, asked, least } of lines) {
          const wanted = now > 0 ? asked : call.parameters.partAwards ? least : asked;
          const again = (changes: Partial<ScoredApplication>) => {
            const applications = call.applications.map((one) => (one.id === id ? { ...one, ...changes } : one));
            return line(allocateAtOnce({ ...base, applications }), id).amount;
          };
          if (reason.score) {
            const needed = reason.score.needed ?? 0;
            expect(again({ sum: needed, count: 1 })).toBeGreaterThanOrEqual(wanted);
            // A tenth less never does, but by lot among equals.
            const own = call.applications.find((one) => one.id === id) as ScoredApplication;
            const isTie = call.applications.some((one) => one.id !== id && one.sum === (needed - 1) * one.count);
            if (needed > 0 && !isTie && (needed - 1) * own.count > own.sum)
              expect(again({ sum: needed - 1, count: 1 })).toBeLessThan(wanted);
          }
          if (reason.budget) {
            for (const more of [0, 1, 7, 500]) {
              const budgetPence = (reason.budget.needed ?? 0) + more;
              const then = allocateAtOnce({ ...base, parameters: { ...call.parameters, budgetPence } });
              const got = line(then, id).amount;
              expect(got).toBeGreaterThanOrEqual(wanted);
              if (more === 0) expect(got).toBe(reason.budget.awardPence);
            }
          }
          if (reason.least) expect(again({ least: reason.least.needed ?? 0 })).toBe(reason.least.awardPence);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('by the best total, the score that is said brings an award, and a tenth less does not', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const base: AllocationWork = { ...call, method: 'by-total' };
        for (const { applicationId: id, reason } of allocateAtOnce(base).lines) {
          if (!reason.score) continue;
          const again = (score: number) => {
            const applications = call.applications.map((one) =>
              one.id === id ? { ...one, sum: score, count: 1 } : one,
            );
            return line(allocateAtOnce({ ...base, applications }), id).amount;
          };
          expect(again(reason.score.needed ?? 0)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the order in which applications are listed changes nothing', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const base: AllocationWork = { ...call, method: 'by-rank' };
        expect(allocateAtOnce({ ...base, applications: call.applications.toReversed() })).toEqual(allocateAtOnce(base));
      }),
      { numRuns: 100 },
    );
  });
});
