import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, ASSIGN_ORDERS, type AssignInput, AssignRefused, tableOf, verify } from '../index.ts';
import { Sha256 } from '../sha256.ts';
import { bestOutcomes, rankOf } from '../testing/brute-force.ts';
import { assign500, itWithReferenceData, mentoringRound } from '../testing/reference-data.ts';
import { largeRound, smallRound } from '../testing/rounds.ts';

const RUNS = { numRuns: 600 };
const namesOf = (pairs: readonly { mentee: string; mentor: string }[]) =>
  pairs.map((pair) => `${pair.mentee} ${pair.mentor}`).sort();

describe('the best result', () => {
  it('is the one that trying every choice finds, ties decided by the sum of lots', () => {
    fc.assert(
      fc.property(smallRound(), (input) => {
        const best = bestOutcomes(input).sort((a, b) => b.lots - a.lots);
        const result = assign(input);
        const [first] = best;
        expect(rankOf({ ...result, floor: result.floor ?? Infinity, lots: 0 }, input.order)).toEqual(
          first && rankOf(first, input.order),
        );
        expect(namesOf(result.pairs)).toEqual(namesOf(first?.pairs ?? []));
      }),
      RUNS,
    );
  });

  it('carries a certificate that proves it, and that fails for anything less', () => {
    fc.assert(
      fc.property(smallRound(3), (input) => {
        const result = assign(input);
        expect(verify(tableOf(input), result)).toEqual([]);
        expect(result.certificate.gap).toBe(0);
        const [pair, ...others] = result.pairs;
        if (!pair) return;
        const worse = { ...result, pairs: others, count: others.length, total: result.total - pair.score };
        expect(verify(tableOf(input), worse)).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it('says of a pair that the lots decided exactly if another best result is without it', () => {
    fc.assert(
      fc.property(smallRound(), (input) => {
        const best = bestOutcomes(input).map((outcome) => new Set(namesOf(outcome.pairs)));
        for (const pair of assign(input).pairs) {
          const inAll = best.every((names) => names.has(`${pair.mentee} ${pair.mentor}`));
          expect(pair.byLot).toBe(!inAll);
        }
      }),
      RUNS,
    );
  });

  it('is proven at size too, in every order', () => {
    for (const [seed, scores] of [
      [1, 1000],
      [2, 3],
      [3, 1],
    ] as const) {
      const round = largeRound(seed, { mentees: 400, mentors: 150, pairsEach: 6, places: 2, scores });
      for (const order of ASSIGN_ORDERS) {
        const input = { ...round, order, seed: 'autumn' };
        expect(verify(tableOf(input), assign(input))).toEqual([]);
      }
    }
  });
});

describe('known answers', () => {
  const known = [
    ['small', 1, 35, 750, 750],
    ['small', 3, 105, 2036, 2036],
    ['large', 1, 484, 11480, 11488],
    ['large', 3, 1452, 34033, 34051],
  ] as const;
  for (const [size, places, count, total, totalAlone] of known) {
    itWithReferenceData(`${size} with ${places} places each way makes ${count} pairs and ${total} points`, () => {
      const input: AssignInput = { ...mentoringRound(size, places), order: 'pairs-total', seed: 'known' };
      const result = assign(input);
      expect([result.count, result.total]).toEqual([count, total]);
      expect(verify(tableOf(input), result)).toEqual([]);
      expect(assign({ ...input, order: 'total' }).total).toBe(totalAlone);
    });
  }

  itWithReferenceData('the 500 by 500 assignment of OR-Library costs 991', () => {
    const input: AssignInput = { ...assign500(), order: 'pairs-total', seed: 'known' };
    const result = assign(input);
    expect(500 * 1000 - result.total).toBe(991);
    expect(verify(tableOf(input), result)).toEqual([]);
  });
});

describe('the same input and seed', () => {
  const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

  it('give the same bytes in whatever order the input is listed', () => {
    const reordered = smallRound().chain((input) =>
      fc.record({
        input: fc.constant(input),
        mentees: shuffled(input.mentees),
        mentors: shuffled(input.mentors),
        pairs: shuffled(input.pairs),
      }),
    );
    fc.assert(
      fc.property(reordered, ({ input, ...lists }) => {
        expect(JSON.stringify(assign({ ...input, ...lists }))).toBe(JSON.stringify(assign(input)));
      }),
      RUNS,
    );
  });

  it('give the same pairs of a large round full of ties, listed backwards', () => {
    const round = largeRound(7, { mentees: 600, mentors: 200, pairsEach: 8, places: 1, scores: 3 });
    const backwards = {
      mentees: round.mentees.toReversed(),
      mentors: round.mentors.toReversed(),
      pairs: round.pairs.toReversed(),
    };
    const order = 'pairs-total';
    expect(JSON.stringify(assign({ ...backwards, order, seed: 's' }))).toBe(
      JSON.stringify(assign({ ...round, order, seed: 's' })),
    );
  });

  it('differ from another seed only between equally good results', () => {
    const round = largeRound(8, { mentees: 300, mentors: 100, pairsEach: 6, places: 1, scores: 2 });
    const first = assign({ ...round, order: 'pairs-total', seed: 'spring' });
    const second = assign({ ...round, order: 'pairs-total', seed: 'autumn' });
    expect([second.count, second.total, second.inputHash]).toEqual([first.count, first.total, first.inputHash]);
    expect(namesOf(second.pairs)).not.toEqual(namesOf(first.pairs));
  });

  it('are named by SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(new Sha256().update(bytes).digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});

describe('fairness', () => {
  it('one more place never lowers the number of pairs', () => {
    fc.assert(
      fc.property(smallRound(), fc.nat(), (input, pick) => {
        const at = pick % input.mentors.length;
        const mentors = input.mentors.map((mentor, j) =>
          j === at ? { ...mentor, places: mentor.places + 1 } : mentor,
        );
        const more: AssignInput = { ...input, mentors, order: 'pairs-total' };
        expect(assign(more).count).toBeGreaterThanOrEqual(assign({ ...input, order: 'pairs-total' }).count);
      }),
      RUNS,
    );
  });

  it('nobody left out is placed by ticking fewer options', () => {
    fc.assert(
      fc.property(smallRound(), fc.nat(), (input, pick) => {
        for (const { mentee } of assign(input).unmatched) {
          const own = input.pairs.filter((pair) => pair.mentee === mentee);
          const dropped = own[pick % Math.max(1, own.length)];
          const fewer = assign({ ...input, pairs: input.pairs.filter((pair) => pair !== dropped) });
          expect(fewer.unmatched.map((one) => one.mentee)).toContain(mentee);
        }
      }),
      RUNS,
    );
  });
});

describe('an input that cannot be worked on', () => {
  const round: AssignInput = {
    mentees: [{ id: 'a' }, { id: 'b' }],
    mentors: [{ id: 'x', places: 1 }],
    pairs: [
      { mentee: 'a', mentor: 'x', score: 3 },
      { mentee: 'b', mentor: 'x', score: 3 },
    ],
    order: 'pairs-total',
    seed: '',
  };
  const pairs = (change: object): Partial<AssignInput> => ({
    pairs: round.pairs.map((pair, at) => (at === 1 ? { ...pair, ...change } : pair)),
  });
  const refused: [string, Partial<AssignInput>, object][] = [
    ['score-negative', pairs({ score: -1 }), { list: 'pairs', index: 1, field: 'score' }],
    ['score-not-whole', pairs({ score: 0.5 }), { list: 'pairs', index: 1, field: 'score' }],
    ['score-not-whole', pairs({ score: NaN }), { list: 'pairs', index: 1, field: 'score' }],
    ['score-too-high', pairs({ score: 1_000_001 }), { list: 'pairs', index: 1, field: 'score' }],
    ['mentor-unknown', pairs({ mentor: 'y' }), { list: 'pairs', index: 1, field: 'mentor' }],
    ['mentee-unknown', pairs({ mentee: 'c' }), { list: 'pairs', index: 1, field: 'mentee' }],
    ['pair-duplicate', pairs({ mentee: 'a' }), { list: 'pairs', index: 1, field: 'mentor', firstIndex: 0 }],
    ['places-negative', { mentors: [{ id: 'x', places: -1 }] }, { list: 'mentors', index: 0, field: 'places' }],
    [
      'places-not-whole',
      { mentees: [{ id: 'a', places: 1.5 }, { id: 'b' }] },
      { list: 'mentees', index: 0, field: 'places' },
    ],
    ['places-too-high', { mentors: [{ id: 'x', places: 1e7 }] }, { list: 'mentors', index: 0, field: 'places' }],
    [
      'mentee-duplicate',
      { mentees: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] },
      { list: 'mentees', index: 2, field: 'id', firstIndex: 0 },
    ],
    [
      'mentor-duplicate',
      {
        mentors: [
          { id: 'x', places: 1 },
          { id: 'x', places: 1 },
        ],
      },
      { list: 'mentors', index: 1, field: 'id', firstIndex: 0 },
    ],
    ['id-empty', { mentees: [{ id: 'a' }, { id: 'b' }, { id: '' }] }, { list: 'mentees', index: 2, field: 'id' }],
    ['order-not-known', { order: 'best' as 'total' }, { list: 'order', index: 0, field: 'order' }],
  ];
  it.each(refused)('is refused as %s, with its position', (name, change, at) => {
    const attempt = () => assign({ ...round, ...change });
    expect(attempt).toThrow(AssignRefused);
    expect(attempt).toThrow(expect.objectContaining({ name, at }));
  });

  it('is not an empty one: its answer is empty', () => {
    const nothing = assign({ mentees: [], mentors: [], pairs: [], order: 'pairs-floor-total', seed: '' });
    expect(nothing).toMatchObject({ pairs: [], count: 0, total: 0, floor: null, unmatched: [], unlocks: [] });
  });
});
