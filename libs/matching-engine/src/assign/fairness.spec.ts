import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput } from '../index.ts';
import { rankOf } from '../testing/brute-force.ts';
import { anyRound } from '../testing/convex-rounds.ts';

const namesOf = ({ pairs }: ReturnType<typeof assign>) => pairs.map(({ mentee, mentor }) => `${mentee} ${mentor}`);
const without = (input: AssignInput, dropped: ReadonlySet<unknown>): AssignInput => ({
  ...input,
  pairs: input.pairs.filter((pair) => !dropped.has(pair)),
});

describe('naming fewer options', () => {
  it('never gets anyone placed who would have been left out, and then changes nothing for anybody', () => {
    let dropped = 0;
    fc.assert(
      fc.property(anyRound(), fc.nat({ max: 255 }), (input, subset) => {
        const result = assign(input);
        for (const { mentee } of result.unmatched) {
          const own = input.pairs.filter((pair) => pair.mentee === mentee);
          const fewer = assign(without(input, new Set(own.filter((_, at) => subset & (1 << at)))));
          expect(fewer.unmatched.map((one) => one.mentee)).toContain(mentee);
          expect(namesOf(fewer)).toEqual(namesOf(result));
          dropped++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(dropped).toBeGreaterThan(500);
  });

  it('can change whom somebody gets: that is known', () => {
    const input: AssignInput = {
      mentees: [{ id: 'a' }, { id: 'b' }],
      mentors: [
        { id: 'x', places: 1 },
        { id: 'y', places: 1 },
      ],
      pairs: [
        { mentee: 'a', mentor: 'x', score: 9 },
        { mentee: 'a', mentor: 'y', score: 1 },
        { mentee: 'b', mentor: 'x', score: 8 },
      ],
      order: 'pairs-total',
      seed: '',
    };
    expect(namesOf(assign(input))).toEqual(['a y', 'b x']);
    expect(
      namesOf(assign({ ...input, pairs: input.pairs.filter(({ mentor, mentee }) => mentee + mentor !== 'ay') })),
    ).toEqual(['a x']);
  });

  it('would get somebody placed if what each gives up were counted from their own best: hence one ceiling for all', () => {
    const points = { a: { x: 10, y: 4 }, b: { x: 6, y: 5 } };
    const squareFromOwnBest = (of: Record<string, number>) => (Math.max(...Object.values(of)) - (of['y'] ?? 0)) ** 2;
    // Counted so, y would go to b; but to a, once a no longer names x, where there is no place anyway.
    expect(squareFromOwnBest(points.b)).toBeLessThan(squareFromOwnBest(points.a));
    expect(squareFromOwnBest({ y: points.a.y })).toBeLessThan(squareFromOwnBest(points.b));
    const input: AssignInput = {
      mentees: [{ id: 'a' }, { id: 'b' }],
      mentors: [
        { id: 'x', places: 0 },
        { id: 'y', places: 1 },
      ],
      pairs: Object.entries(points).flatMap(([mentee, of]) =>
        Object.entries(of).map(([mentor, score]) => ({ mentee, mentor, score })),
      ),
      order: 'pairs-total',
      seed: '',
      dissatisfaction: 'convex',
      ceiling: 10,
    };
    expect(namesOf(assign(input))).toEqual(['b y']);
    expect(namesOf(assign({ ...input, pairs: input.pairs.slice(1) }))).toEqual(['b y']);
  });
});

describe('one more place', () => {
  it('never lowers the number of pairs, on either side and in either order that seeks them', () => {
    fc.assert(
      fc.property(anyRound(), fc.nat(), fc.boolean(), (given, pick, isMentor) => {
        const input: AssignInput = given.order === 'total' ? { ...given, order: 'pairs-total' } : given;
        const more: AssignInput = isMentor
          ? { ...input, mentors: input.mentors.map((one, at) => withMore(one, at === pick % input.mentors.length)) }
          : { ...input, mentees: input.mentees.map((one, at) => withMore(one, at === pick % input.mentees.length)) };
        expect(assign(more).count).toBeGreaterThanOrEqual(assign(input).count);
      }),
      { numRuns: 800 },
    );
  });

  it('never lowers the total where the highest total is sought', () => {
    fc.assert(
      fc.property(anyRound(), fc.nat(), (given, pick) => {
        const input: AssignInput = { ...given, order: 'total', dissatisfaction: 'linear', ceiling: undefined! };
        const mentors = input.mentors.map((one, at) => withMore(one, at === pick % input.mentors.length));
        expect(assign({ ...input, mentors }).total).toBeGreaterThanOrEqual(assign(input).total);
      }),
      { numRuns: 300 },
    );
  });
});

function withMore<One extends { places?: number }>(one: One, is: boolean): One {
  return is ? { ...one, places: (one.places ?? 1) + 1 } : one;
}

describe('other names', () => {
  /** Only rounds in which nothing is decided by lot. */
  const plain = anyRound(2).map((input) => ({
    ...input,
    // Powers of two: no two choices have the same sum.
    ...(input.dissatisfaction === 'convex'
      ? {}
      : { pairs: input.pairs.map((pair, at) => ({ ...pair, score: 2 ** at })) }),
  }));

  it('for the same people change nothing but names, however they sort, where no lots are drawn', () => {
    let compared = 0;
    fc.assert(
      fc.property(plain, fc.integer({ min: 1, max: 97 }), (input, factor) => {
        const result = assign(input);
        if (result.pairs.some(({ byLot }) => byLot)) return;
        const renamed = (id: string) => `${(Number(id.slice(1)) * factor) % 101}-${id}`;
        const other = assign({
          ...input,
          mentees: input.mentees.map((one) => ({ ...one, id: renamed(one.id) })),
          mentors: input.mentors.map((one) => ({ ...one, id: renamed(one.id) })),
          pairs: input.pairs.map((pair) => ({ ...pair, mentee: renamed(pair.mentee), mentor: renamed(pair.mentor) })),
        });
        const mapped = result.pairs.map(({ mentee, mentor }) => `${renamed(mentee)} ${renamed(mentor)}`).sort();
        expect(namesOf(other).sort()).toEqual(mapped);
        expect([other.count, other.total, other.floor]).toEqual([result.count, result.total, result.floor]);
        compared++;
      }),
      { numRuns: 800 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('that sort the same leave all that the order compares, and its proof, as they were; only lots may fall otherwise', () => {
    fc.assert(
      fc.property(anyRound(2), fc.string({ minLength: 1, maxLength: 3 }), (input, prefix) => {
        const result = assign(input);
        const other = assign({
          ...input,
          mentees: input.mentees.map((one) => ({ ...one, id: prefix + one.id })),
          mentors: input.mentors.map((one) => ({ ...one, id: prefix + one.id })),
          pairs: input.pairs.map((pair) => ({ ...pair, mentee: prefix + pair.mentee, mentor: prefix + pair.mentor })),
        });
        // What the order does not compare, as the floor of the best total, lots may change.
        const rank = (one: typeof result) =>
          rankOf({ ...one, floor: one.floor ?? Infinity }, input.order, input.ceiling);
        expect(rank(other)).toEqual(rank(result));
        expect(other.certificate.dualObjective).toBe(result.certificate.dualObjective);
        const certain = ({ pairs }: typeof result) =>
          pairs.filter(({ byLot }) => !byLot).map(({ mentee, mentor }) => mentee.slice(-2) + mentor.slice(-2));
        expect(certain(other)).toEqual(certain(result));
      }),
      { numRuns: 600 },
    );
  });
});
