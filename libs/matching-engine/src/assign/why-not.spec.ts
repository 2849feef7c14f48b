import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assign,
  type AssignInput,
  compressInstance,
  restore,
  setPinsAside,
  settle,
  solve,
  tableOf,
  whyNot,
} from '../index.ts';
import { compareRanks, rankOf } from '../testing/brute-force.ts';
import { smallRound } from '../testing/rounds.ts';

const settledOf = (input: AssignInput) => {
  const aside = setPinsAside(tableOf(input));
  const instance = compressInstance(aside.rest);
  const { dissatisfaction = 'linear', ceiling } = input;
  return settle(instance, solve(instance, input.order, input.seed, { dissatisfaction, ceiling }), input.seed, aside);
};
const nameOf = ({ mentee, mentor }: { mentee: string; mentor: string }) => `${mentee} ${mentor}`;

describe('why not her', () => {
  it('is answered as the round with that pair pinned comes out, and its moves lead there', () => {
    const seen = { costs: 0, lots: 0, pairs: 0, floor: 0, resolved: 0, dearer: 0 };
    fc.assert(
      fc.property(smallRound(3), fc.boolean(), (given, isConvex) => {
        const convex = isConvex && given.order !== 'total';
        const highest = Math.max(0, ...given.pairs.map(({ score }) => score));
        const input: AssignInput = convex ? { ...given, dissatisfaction: 'convex', ceiling: highest } : given;
        const settled = settledOf(input);
        const now = assign(input);
        const rank = (result: typeof now) =>
          rankOf({ ...result, floor: result.floor ?? Infinity }, input.order, input.ceiling);
        const had = new Set(now.pairs.map(nameOf));
        for (const pair of input.pairs) {
          const answer = whyNot(settled, pair.mentee, pair.mentor);
          if (answer.kind !== 'costs') {
            const expected = had.has(nameOf(pair)) ? 'together' : 'no-place';
            expect(answer.kind).toBe(expected);
            continue;
          }
          const pinned = assign({ ...input, pinned: [pair] });
          expect(answer.pairsLost).toBe(now.count - pinned.count);
          // Where the floor has no say, results that are equally good can differ in their lowest score.
          if (input.order === 'pairs-floor-total') expect(answer.floorThen).toBe(pinned.floor);
          expect(answer.floorNow).toBe(now.floor);
          const squares = (pairs: typeof now.pairs) =>
            pairs.reduce((sum, { score }) => sum + (highest - score) ** 2, 0);
          if (convex) expect(answer.dissatisfactionAdded).toBe(squares(pinned.pairs) - squares(now.pairs));
          const isAsGood = compareRanks(rank(pinned), rank(now)) === 0;
          expect(answer.byLot).toBe(isAsGood);
          if (!convex) expect(answer.pointsLost).toBe(now.total - pinned.total);
          const then = new Map(now.pairs.map((one) => [nameOf(one), one.mentee]));
          for (const { mentee, from, to } of answer.moves) {
            const [gives, takes] = [from, to].map((mentors) => mentors.map((mentor) => nameOf({ mentee, mentor })));
            expect(gives?.every((name) => then.delete(name)) && !takes?.some((name) => then.has(name))).toBe(true);
            takes?.forEach((name) => then.set(name, mentee));
          }
          expect(then.has(nameOf(pair))).toBe(true);
          expect(then.size).toBe(pinned.count);
          const made = input.pairs.filter((one) => then.has(nameOf(one)));
          expect(made.length).toBe(then.size);
          expect(answer.floorThen).toBe(made.reduce((lowest, { score }) => Math.min(lowest, score), Infinity));
          const total = made.reduce((sum, { score }) => sum + score, 0);
          expect(total).toBe(now.total - answer.pointsLost);
          const has = (side: 'mentee' | 'mentor', id: string) => made.filter((one) => one[side] === id).length;
          expect(input.mentees.every(({ id, places = 1 }) => has('mentee', id) <= places)).toBe(true);
          expect(input.mentors.every(({ id, places }) => has('mentor', id) <= places)).toBe(true);
          const served = new Set(then.values());
          const servedNow = new Set(now.pairs.map(({ mentee }) => mentee));
          expect(answer.leftOut).toEqual([...servedNow].filter((id) => !served.has(id)).sort());
          expect(answer.broughtIn).toEqual([...served].filter((id) => !servedNow.has(id)).sort());
          expect(answer.moves[0]?.mentee).toBe(pair.mentee);
          seen.costs++;
          if (answer.byLot) seen.lots++;
          if (answer.pairsLost > 0) seen.pairs++;
          if (answer.floorThen !== answer.floorNow) seen.floor++;
          if (!answer.isChain) seen.resolved++;
          if (answer.pointsLost > 0) seen.dearer++;
        }
      }),
      { numRuns: 2000 },
    );
    // The cases came up: lots alone, a pair lost, another floor, the floor sought again, a lower total.
    expect(Object.values(seen).every((times) => times > 8)).toBe(true);
  });

  it('is the same from a kept result, which is checked and not solved again', () => {
    fc.assert(
      fc.property(smallRound(3), fc.nat(), fc.boolean(), (given, pick, isConvex) => {
        const convex = isConvex && given.order !== 'total';
        const highest = Math.max(0, ...given.pairs.map(({ score }) => score));
        const scored: AssignInput = convex ? { ...given, dissatisfaction: 'convex', ceiling: highest } : given;
        const free = assign(scored);
        const pin = free.pairs[pick % Math.max(1, free.pairs.length)];
        const input: AssignInput = pin ? { ...scored, pinned: [pin] } : scored;
        const kept: unknown = JSON.parse(JSON.stringify(assign(input)));
        const restored = restore(tableOf(input), kept as ReturnType<typeof assign>);
        const settled = settledOf(input);
        for (const { mentee, mentor } of input.pairs) {
          expect(whyNot(restored, mentee, mentor)).toEqual(whyNot(settled, mentee, mentor));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('is told of a pin beside the other pins', () => {
    const input: AssignInput = {
      mentees: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      mentors: [
        { id: 'x', places: 1 },
        { id: 'y', places: 1 },
      ],
      pairs: [
        { mentee: 'a', mentor: 'x', score: 1 },
        { mentee: 'b', mentor: 'x', score: 9 },
        { mentee: 'b', mentor: 'y', score: 4 },
        { mentee: 'c', mentor: 'y', score: 3 },
      ],
      pinned: [{ mentee: 'a', mentor: 'x' }],
      order: 'pairs-total',
      seed: '',
    };
    const settled = settledOf(input);
    expect(whyNot(settled, 'a', 'x')).toEqual({ kind: 'together', pinned: true });
    expect(whyNot(settled, 'b', 'x')).toEqual({ kind: 'no-place', side: 'mentor', pinned: true });
    expect(whyNot(settled, 'a', 'y')).toEqual({ kind: 'not-allowed' });
    expect(whyNot(settled, 'c', 'y')).toEqual({
      kind: 'costs',
      score: 3,
      pairsLost: 0,
      pointsLost: 1,
      floorNow: 1,
      floorThen: 1,
      byLot: false,
      moves: [
        { mentee: 'c', from: [], to: ['y'] },
        { mentee: 'b', from: ['y'], to: [] },
      ],
      isChain: true,
      leftOut: ['b'],
      broughtIn: ['c'],
    });
    expect(() => whyNot(settled, 'nobody', 'x')).toThrow(expect.objectContaining({ name: 'mentee-unknown' }));
    expect(() => whyNot(settled, 'a', 'nobody')).toThrow(expect.objectContaining({ name: 'mentor-unknown' }));
  });
});
