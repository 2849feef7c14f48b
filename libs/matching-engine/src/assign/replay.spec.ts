import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput, type AssignResult, ENGINE_VERSION, replay, tableOf } from '../index.ts';
import { anyRound } from '../testing/convex-rounds.ts';

/** As it comes out of a store. */
const keptOf = (input: AssignInput) => JSON.parse(JSON.stringify(assign(input))) as AssignResult;

describe('a kept result', () => {
  it('is replayed from its input to the same bytes, by what it carries, in whatever order the input is listed', () => {
    fc.assert(
      fc.property(anyRound(), fc.nat(), (given, pick) => {
        const [pin] = assign(given).pairs.slice(pick % 3);
        const input: AssignInput = pin ? { ...given, pinned: [pin] } : given;
        const kept = keptOf(input);
        const listed = tableOf({ ...input, mentees: input.mentees.toReversed(), pairs: input.pairs.toReversed() });
        expect(replay(listed, kept)).toEqual({ canReplay: true, isSame: true, differences: [] });
        const { order, seed, dissatisfaction, ceiling } = kept;
        const again = assign({ ...input, order, seed, dissatisfaction, ...(ceiling === undefined ? {} : { ceiling }) });
        expect(JSON.stringify(again)).toBe(JSON.stringify(kept));
      }),
      { numRuns: 400 },
    );
  });

  const input: AssignInput = {
    mentees: [{ id: 'a' }, { id: 'b' }],
    mentors: [{ id: 'x', places: 1 }],
    pairs: [
      { mentee: 'a', mentor: 'x', score: 7 },
      { mentee: 'b', mentor: 'x', score: 3 },
    ],
    order: 'pairs-total',
    seed: '',
  };

  it('of another input is named so, with what comes out otherwise', () => {
    const kept = keptOf(input);
    const other = { ...input, pairs: input.pairs.map((pair) => ({ ...pair, score: 10 - pair.score })) };
    expect(replay(tableOf(other), kept)).toEqual({
      canReplay: false,
      isSame: false,
      differences: [
        { kind: 'input', kept: kept.inputHash, now: assign(other).inputHash },
        {
          kind: 'pairs',
          onlyKept: [{ mentee: 'a', mentor: 'x', score: 7 }],
          onlyNow: [{ mentee: 'b', mentor: 'x', score: 7 }],
        },
      ],
    });
  });

  it('of another version is named so, though it comes out the same', () => {
    const kept: AssignResult = { ...keptOf(input), engineVersion: 'waymark-engine/0' };
    expect(replay(tableOf(input), kept)).toEqual({
      canReplay: false,
      isSame: true,
      differences: [{ kind: 'engine-version', kept: 'waymark-engine/0', now: ENGINE_VERSION }],
    });
  });

  it('that was changed is found out', () => {
    const kept = keptOf(input);
    const changed = { ...kept, total: 8, pairs: kept.pairs.map((pair) => ({ ...pair, score: 8 })) };
    expect(replay(tableOf(input), changed)).toMatchObject({
      canReplay: true,
      isSame: false,
      differences: [{ kind: 'total', kept: 8, now: 7 }, { kind: 'pairs' }],
    });
  });
});
