import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fewest, type GroupFigures, sharesOf } from './shares';

const group = (name: string | null, people: number, awarded = 0, asked = 0, staff = people): GroupFigures => ({
  ...{ name, people, staff, awardedPence: awarded * 100, askedPence: asked * 100 },
});

const groups = fc
  .array(
    fc.record({
      people: fc.integer({ min: 0, max: 20 }),
      awarded: fc.integer({ min: 0, max: 5000 }),
      staff: fc.integer({ min: 0, max: 50 }),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map(({ people, awarded, staff }, at) => group(`Unit ${at}`, people, awarded, awarded * 2, staff)));

describe('shares by group', () => {
  it('as in the mockup: what is under eight alone is shown together', () => {
    const { rows, total } = sharesOf('unit', [
      group('Arts and digital', 3, 1380, 2100, 10),
      group('Engineering', 8, 6348, 6800, 38),
      group('Life sciences', 5, 1310, 3140, 18),
      group('Sciences', 8, 5962, 7972, 34),
    ]);
    expect(rows).toEqual([
      {
        groups: ['Engineering'],
        people: 8,
        awardedPence: 634_800,
        askedPence: 680_000,
        staff: 38,
        moneyShare: 423,
        staffShare: 380,
      },
      {
        groups: ['Sciences'],
        people: 8,
        awardedPence: 596_200,
        askedPence: 797_200,
        staff: 34,
        moneyShare: 397,
        staffShare: 340,
      },
      {
        groups: ['Life sciences', 'Arts and digital'],
        ...{ people: 8, awardedPence: 269_000, askedPence: 524_000, staff: 28, moneyShare: 179, staffShare: 280 },
      },
    ]);
    expect(total).toMatchObject({ people: 24, awardedPence: 1_500_000 });
  });

  it('one small group alone hides with the smallest of the others, for the total would give it away', () => {
    const { rows } = sharesOf('unit', [group('A', 30), group('B', 12), group('C', 2)]);
    expect(rows.map((row) => row.groups)).toEqual([['A'], ['B', 'C']]);
  });

  it('a group with nobody is not told apart from a small one', () => {
    const { rows } = sharesOf('unit', [group('A', 30), group('B', 12), group('C', 0)]);
    expect(rows.map((row) => row.groups)).toEqual([['A'], ['B', 'C']]);
  });

  it('under eight in all nothing is shown, not even the total', () => {
    expect(sharesOf('grade', [group('A', 4, 100), group(null, 3, 50)])).toMatchObject({
      rows: [],
      total: { people: 0, awardedPence: 0, moneyShare: null },
      tooFew: true,
    });
  });

  it('every row has eight people or more, every group stands in just one, and rows add up to the total', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const { rows, total, tooFew } = sharesOf('unit', all);
        expect(tooFew).toBe(all.reduce((sum, { people }) => sum + people, 0) < fewest);
        if (tooFew) return;
        for (const { people } of rows) expect(people).toBeGreaterThanOrEqual(fewest);
        expect(rows.flatMap((row) => row.groups).sort()).toEqual(all.map(({ name }) => name).sort());
        for (const figure of ['people', 'awardedPence', 'askedPence', 'staff'] as const)
          expect(rows.reduce((sum, row) => sum + row[figure], 0)).toBe(total[figure]);
      }),
    );
  });

  it('nothing that is shown, added or taken away, gives a hidden group away', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const { rows, tooFew } = sharesOf('unit', all);
        if (tooFew) return;
        // All that can be worked out from rows and total are sums of rows: each subset, and what is left of all.
        const people = new Map(all.map(({ name, people: count }) => [name, count]));
        const subsets = Math.min(1 << rows.length, 1 << 10);
        for (let mask = 1; mask < subsets; mask += 1) {
          const names = rows.flatMap((row, at) => (mask & (1 << at) ? row.groups : []));
          const known = names.reduce((sum, name) => sum + (people.get(name) ?? 0), 0);
          expect(known).toBeGreaterThanOrEqual(fewest);
          // No sum is of one small group alone.
          expect(names.length === 1 && (people.get(names[0] ?? null) ?? 0) < fewest).toBe(false);
        }
      }),
    );
  });
});
