import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput, AssignRefused, tableOf, verify } from '../index.ts';
import { bestOutcomes, rankOf } from '../testing/brute-force.ts';
import { largeRound, smallRound } from '../testing/rounds.ts';
import { pointsFor, weightOf } from './dissatisfaction.ts';

const convexRound = fc
  .tuple(
    smallRound(2),
    fc.constantFrom<AssignInput['order'][]>('pairs-total', 'pairs-floor-total'),
    fc.constantFrom(0, 1, 40),
  )
  .map(([input, order, spare]): AssignInput & { ceiling: number } => {
    const highest = input.pairs.reduce((most, { score }) => Math.max(most, score), 0);
    return { ...input, order, dissatisfaction: 'convex', ceiling: Math.min(1_000_000, highest + spare) };
  });

const uneven: AssignInput = {
  mentees: [{ id: 'a' }, { id: 'b' }],
  mentors: [
    { id: 'x', places: 1 },
    { id: 'y', places: 1 },
  ],
  pairs: [
    { mentee: 'a', mentor: 'x', score: 10 },
    { mentee: 'a', mentor: 'y', score: 5 },
    { mentee: 'b', mentor: 'x', score: 6 },
    { mentee: 'b', mentor: 'y', score: 0 },
  ],
  order: 'pairs-total',
  seed: '',
};

describe('convex dissatisfaction', () => {
  it('finds the least sum of squares among the results with the most pairs, as trying every choice does', () => {
    fc.assert(
      fc.property(convexRound, (input) => {
        const best = bestOutcomes(input).sort((one, other) => other.lots - one.lots);
        const result = assign(input);
        const [first] = best;
        expect(rankOf({ ...result, floor: result.floor ?? Infinity }, input.order, input.ceiling)).toEqual(
          first && rankOf(first, input.order, input.ceiling),
        );
        const namesOf = (pairs: readonly { mentee: string; mentor: string }[]) =>
          pairs.map(({ mentee, mentor }) => `${mentee} ${mentor}`).sort();
        expect(namesOf(result.pairs)).toEqual(namesOf(first?.pairs ?? []));
        expect([result.dissatisfaction, result.ceiling]).toEqual(['convex', input.ceiling]);
      }),
      { numRuns: 800 },
    );
  });

  it('leaves a certificate that verifies, and that fails as one of the linear sum or of another ceiling', () => {
    fc.assert(
      fc.property(convexRound, (input) => {
        const result = assign(input);
        expect(verify(tableOf(input), result)).toEqual([]);
        const linear = { ...result, ceiling: undefined! };
        if (result.count > 0) expect(verify(tableOf(input), linear)).not.toEqual([]);
        expect(verify(tableOf(input), { ...result, ceiling: input.ceiling + 1 })).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('spares one who would give up much, at a lower total', () => {
    // Linear: 10 + 0 is less than 6 + 5. Against 10: a with x and b with y gives up 0 and 10, the other way 5 and 4.
    const higher = { ...uneven, pairs: uneven.pairs.map((pair) => (pair.score === 0 ? { ...pair, score: 2 } : pair)) };
    expect(assign(higher).pairs.map(({ score }) => score)).toEqual([10, 2]);
    const convex = assign({ ...higher, dissatisfaction: 'convex', ceiling: 10 });
    expect(convex.pairs.map(({ score }) => score)).toEqual([5, 6]);
    expect(assign(higher).dissatisfaction).toBe('linear');
  });

  it('is linear where the ceiling is so far off that squares hardly differ from points', () => {
    const round = largeRound(3, { mentees: 60, mentors: 25, pairsEach: 5, places: 1, scores: 6 });
    const linear = assign({ ...round, order: 'pairs-total', seed: '' });
    const convex = assign({ ...round, order: 'pairs-total', seed: '', dissatisfaction: 'convex', ceiling: 1_000_000 });
    expect([convex.count, convex.total]).toEqual([linear.count, linear.total]);
    expect(verify(tableOf(round), convex)).toEqual([]);
  });

  it('weighs a pair the more the higher its score, and asks for the least points that weigh enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.nat(), fc.nat(), (ceiling, pick, wanted) => {
        const score = pick % (ceiling + 1);
        const gain = wanted % (weightOf(ceiling, ceiling) + 2);
        const points = pointsFor(gain, score, ceiling);
        const more = (by: number) => weightOf(score + by, ceiling) - weightOf(score, ceiling);
        if (points === undefined) return expect(more(ceiling - score)).toBeLessThan(gain);
        expect(more(points)).toBeGreaterThanOrEqual(gain);
        if (points > 0) expect(more(points - 1)).toBeLessThan(gain);
      }),
      { numRuns: 500 },
    );
  });

  const refused: [string, Partial<AssignInput>][] = [
    ['dissatisfaction-not-known', { dissatisfaction: 'square' as 'convex' }],
    ['dissatisfaction-not-with-total', { dissatisfaction: 'convex', ceiling: 10, order: 'total' }],
    ['ceiling-wrong', { dissatisfaction: 'convex' }],
    ['ceiling-wrong', { dissatisfaction: 'convex', ceiling: -1 }],
    ['ceiling-wrong', { dissatisfaction: 'convex', ceiling: 10.5 }],
    ['ceiling-not-wanted', { ceiling: 10 }],
    ['score-above-ceiling', { dissatisfaction: 'convex', ceiling: 9 }],
  ];
  it.each(refused)('is refused as %s', (name, change) => {
    const attempt = () => assign({ ...uneven, ...change });
    expect(attempt).toThrow(AssignRefused);
    expect(attempt).toThrow(expect.objectContaining({ name }));
  });

  it('is refused with the position of the first score above the ceiling', () => {
    const attempt = () => assign({ ...uneven, dissatisfaction: 'convex', ceiling: 5 });
    expect(attempt).toThrow(expect.objectContaining({ at: { list: 'pairs', index: 0, field: 'score' } }));
  });

  it('is refused where squares over so many people could not be told apart exactly', () => {
    const people = 5000;
    const wide: AssignInput = {
      mentees: Array.from({ length: people }, (_, at) => ({ id: `e${at}` })),
      mentors: Array.from({ length: people }, (_, at) => ({ id: `r${at}`, places: 1 })),
      pairs: [
        { mentee: 'e0', mentor: 'r0', score: 0 },
        { mentee: 'e1', mentor: 'r1', score: 1_000_000 },
      ],
      order: 'pairs-total',
      seed: '',
      dissatisfaction: 'convex',
      ceiling: 1_000_000,
    };
    expect(() => assign(wide)).toThrow(expect.objectContaining({ name: 'scores-too-far-apart' }));
  });
});
