import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput, AssignRefused, tableOf, verify } from '../index.ts';
import { bestOutcomes, compareRanks, everyOutcome, rankOf } from '../testing/brute-force.ts';
import { itWithReferenceData, mentoringRound } from '../testing/reference-data.ts';
import { smallRound } from '../testing/rounds.ts';

type Two = { mentee: string; mentor: string };
const nameOf = ({ mentee, mentor }: Two) => `${mentee} ${mentor}`;

/** A small round in one of the orders that rounds use, with pins that find their places. */
const pinnedRound = fc
  .tuple(smallRound(3), fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), fc.constantFrom('pairs-total', 'total'))
  .map(([input, wanted, order]): AssignInput => {
    const left = new Map<string, number>();
    input.mentees.forEach(({ id, places = 1 }) => left.set(`mentee ${id}`, places));
    input.mentors.forEach(({ id, places }) => left.set(`mentor ${id}`, places));
    const pinned: Two[] = [];
    for (const at of new Set(wanted)) {
      const pair = input.pairs[at];
      if (!pair) continue;
      const keys = [`mentee ${pair.mentee}`, `mentor ${pair.mentor}`];
      if (keys.some((key) => (left.get(key) ?? 0) <= 0)) continue;
      keys.forEach((key) => left.set(key, (left.get(key) ?? 0) - 1));
      pinned.push({ mentee: pair.mentee, mentor: pair.mentor });
    }
    return { ...input, order: order as AssignInput['order'], pinned };
  });

describe('pinned pairs', () => {
  it('are all made, and the rest is the best there is with them: as trying every choice finds', () => {
    fc.assert(
      fc.property(pinnedRound, (input) => {
        const pins = (input.pinned ?? []).map(nameOf);
        const withPins = everyOutcome(input).filter(({ pairs }) => {
          const names = new Set(pairs.map(nameOf));
          return pins.every((pin) => names.has(pin));
        });
        const result = assign(input);
        const [best] = bestOutcomes(input, withPins);
        const reached = rankOf({ ...result, floor: result.floor ?? Infinity, lots: 0 }, input.order);
        expect(reached).toEqual(best && rankOf(best, input.order));
        expect(
          result.pairs
            .filter((pair) => pair.pinned)
            .map(nameOf)
            .sort(),
        ).toEqual(pins.sort());
      }),
      { numRuns: 600 },
    );
  });

  it('leave a certificate that verifies, and that fails where a pin is taken out or another put in', () => {
    fc.assert(
      fc.property(pinnedRound, (input) => {
        const result = assign(input);
        expect(verify(tableOf(input), result)).toEqual([]);
        const [pin] = input.pinned ?? [];
        if (!pin) return;
        const without = { ...input, pinned: (input.pinned ?? []).slice(1) };
        expect(verify(tableOf(without), result)).not.toEqual([]);
        const hidden = result.pairs.map(({ pinned: _, ...pair }) => pair);
        expect(verify(tableOf(input), { ...result, pairs: hidden })).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('never better the result, and change nothing where it had them already', () => {
    fc.assert(
      fc.property(pinnedRound, (input) => {
        const free: AssignInput = { ...input, pinned: [] };
        const best = assign(free);
        const held = assign(input);
        const rank = (result: typeof best) =>
          rankOf({ ...result, floor: result.floor ?? Infinity, lots: 0 }, input.order);
        expect(compareRanks(rank(held), rank(best))).toBeLessThanOrEqual(0);
        const fixed = assign({ ...free, pinned: best.pairs.map(({ mentee, mentor }) => ({ mentee, mentor })) });
        expect(fixed.pairs.map(nameOf)).toEqual(best.pairs.map(nameOf));
        expect([fixed.count, fixed.total]).toEqual([best.count, best.total]);
      }),
      { numRuns: 300 },
    );
  });

  it('leave nobody out who is pinned, and say of them what they lack', () => {
    const input: AssignInput = {
      mentees: [{ id: 'a', places: 2 }, { id: 'b' }],
      mentors: [{ id: 'x', places: 1 }],
      pairs: [
        { mentee: 'a', mentor: 'x', score: 1 },
        { mentee: 'b', mentor: 'x', score: 9 },
      ],
      pinned: [{ mentee: 'a', mentor: 'x' }],
      order: 'pairs-total',
      seed: 's',
    };
    const result = assign(input);
    expect(result.pairs).toEqual([{ mentee: 'a', mentor: 'x', score: 1, bestScore: 1, byLot: false, pinned: true }]);
    const reason = { kind: 'mentors-have-no-places', mentorCount: 1, mentors: ['x'], takenByPins: 1 };
    expect(result.unmatched).toEqual([{ mentee: 'b', reason }]);
    expect(result.underfilled).toEqual([{ mentee: 'a', pairs: 1, places: 2 }]);
    expect(assign({ ...input, pinned: [] }).inputHash).not.toBe(result.inputHash);
  });

  it.each([
    ['pin-unknown', [{ mentee: 'a', mentor: 'y' }]],
    [
      'pin-duplicate',
      [
        { mentee: 'a', mentor: 'x' },
        { mentee: 'a', mentor: 'x' },
      ],
    ],
    [
      'pin-without-place',
      [
        { mentee: 'a', mentor: 'x' },
        { mentee: 'b', mentor: 'x' },
      ],
    ],
  ])('are refused as %s', (name, pinned) => {
    const input: AssignInput = {
      mentees: [{ id: 'a' }, { id: 'b' }],
      mentors: [
        { id: 'x', places: 1 },
        { id: 'y', places: 1 },
      ],
      pairs: [
        { mentee: 'a', mentor: 'x', score: 1 },
        { mentee: 'b', mentor: 'x', score: 9 },
      ],
      pinned,
      order: 'pairs-total',
      seed: 's',
    };
    const refused = (() => {
      try {
        assign(input);
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(AssignRefused);
    expect(refused).toMatchObject({ name, at: { list: 'pinned' } });
  });

  itWithReferenceData('are proven on the real scheme: a pin costs what forcing it says', () => {
    const round = mentoringRound('small', 1);
    const free = assign({ ...round, order: 'pairs-total', seed: 's' });
    expect([free.count, free.total]).toEqual([35, 750]);
    for (const pair of round.pairs.filter((_, at) => at % 40 === 0)) {
      const input: AssignInput = { ...round, pinned: [pair], order: 'pairs-total', seed: 's' };
      const held = assign(input);
      expect(verify(tableOf(input), held)).toEqual([]);
      expect(held.count).toBeLessThanOrEqual(35);
      if (held.count === 35) expect(held.total).toBeLessThanOrEqual(750);
    }
  });
});
