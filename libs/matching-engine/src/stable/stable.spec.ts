import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assign,
  compressInstance,
  costInScores,
  costOfStability,
  deferAcceptance,
  rankByScore,
  rankedTableOf,
  type RankedInstance,
  rankInstance,
  stable,
  type StableInput,
  StableRefused,
  stableResultOf,
  tableOf,
  verifyStable,
} from '../index.ts';
import { rankedRound } from '../testing/ranked-rounds.ts';
import { smallRound } from '../testing/rounds.ts';
import { strictOrder } from './deferred-acceptance.ts';
import { blockingEdges } from './stability.ts';

const RUNS = { numRuns: 700 };

/** Every choice of edges within everybody's places, as 0 or 1 by edge. */
function everyChoice({ mentee, asks, menteePlaces, mentorPlaces }: RankedInstance): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let subset = 0; subset < 2 ** mentee.length; subset++) {
    const chosen = Uint8Array.from(mentee, (_, edge) => (subset >> edge) & 1);
    const [ofMentee, ofMentor] = filledBy(chosen, { mentee, asks, menteePlaces, mentorPlaces });
    if (ofMentee.every((n, i) => n <= menteePlaces[i]!) && ofMentor.every((n, j) => n <= mentorPlaces[j]!)) {
      all.push(chosen);
    }
  }
  return all;
}

function filledBy(
  chosen: Uint8Array,
  {
    mentee,
    asks,
    menteePlaces,
    mentorPlaces,
  }: Pick<RankedInstance, 'mentee' | 'asks' | 'menteePlaces' | 'mentorPlaces'>,
): [number[], number[]] {
  const ofMentee = Array.from(menteePlaces, () => 0);
  const ofMentor = Array.from(mentorPlaces, () => 0);
  chosen.forEach((is, edge) => {
    if (!is) return;
    ofMentee[mentee[edge]!]!++;
    ofMentor[asks[2 * edge]!]!++;
  });
  return [ofMentee, ofMentor];
}

/** The instance with its ties broken as the lots do, so that all its ranks are strict. */
function strictly(instance: RankedInstance, seed: string): RankedInstance {
  const { edges, asks } = strictOrder(instance, seed);
  const at = (edge: number) => (edges ? edges.indexOf(edge) : edge);
  return {
    ...instance,
    menteeRank: Int32Array.from(instance.mentee, (i, edge) => 1 + at(edge) - instance.menteeStart[i]!),
    asks: Int32Array.from(instance.asks, (value, place) => (place % 2 === 0 ? value : asks[2 * at(place >> 1) + 1]!)),
  };
}

const ranksHad = (instance: RankedInstance, chosen: Uint8Array, i: number) =>
  [...instance.mentee.keys()]
    .filter((edge) => chosen[edge] && instance.mentee[edge] === i)
    .map((edge) => instance.menteeRank[edge]!)
    .sort((one, other) => one - other);

const solved = (input: StableInput) => {
  const instance = rankInstance(rankedTableOf(input));
  return { instance, solution: deferAcceptance(instance, input.seed) };
};

describe('stable pairs', () => {
  it('leave no two who would both rather have each other, with ties, places and one-sided listings', () => {
    fc.assert(
      fc.property(rankedRound(), (input) => {
        const result = stable(input);
        expect(result.blockingPairs).toBe(0);
        expect(verifyStable(rankedTableOf(input), result.pairs)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('are the best for every mentee among all stable choices, once the lots have broken the ties', () => {
    fc.assert(
      fc.property(rankedRound(), (input) => {
        const { instance, solution } = solved(input);
        const strict = strictly(instance, input.seed);
        for (const other of everyChoice(strict)) {
          if (blockingEdges(strict, other).length > 0) continue;
          instance.menteeIds.forEach((_, i) => {
            const own = ranksHad(strict, solution.chosen, i);
            const theirs = ranksHad(strict, other, i);
            expect(own.length).toBe(theirs.length);
            own.forEach((rank, at) => expect(rank).toBeLessThanOrEqual(theirs[at]!));
          });
        }
      }),
      RUNS,
    );
  });

  it('fill the same places of the same people as every other stable choice, where nobody ranks two alike', () => {
    fc.assert(
      fc.property(rankedRound({ isStrict: true }), (input) => {
        const { instance, solution } = solved(input);
        const filled = filledBy(solution.chosen, instance);
        for (const other of everyChoice(instance)) {
          if (blockingEdges(instance, other).length === 0) expect(filledBy(other, instance)).toEqual(filled);
        }
      }),
      RUNS,
    );
  });

  it('are the same bytes whatever the listing order, and whatever numbers say the same ranks', () => {
    fc.assert(
      fc.property(rankedRound(), fc.nat({ max: 9 }), (input, turn) => {
        const turned = <Entry>(list: readonly Entry[]) => {
          const at = turn % Math.max(1, list.length);
          return [...list.slice(at), ...list.slice(0, at)].toReversed();
        };
        const again = stable({
          mentees: turned(input.mentees),
          mentors: turned(input.mentors),
          menteeChoices: turned(input.menteeChoices).map((choice) => ({ ...choice, rank: 1000 * choice.rank - 7 })),
          mentorChoices: turned(input.mentorChoices),
          seed: input.seed,
        });
        expect(JSON.stringify(again)).toBe(JSON.stringify(stable(input)));
      }),
      RUNS,
    );
  });

  it('cost pairs or points against the best, never a pair more than it has', () => {
    fc.assert(
      fc.property(smallRound(), (round) => {
        const { ranked, solution, cost } = costInScores(compressInstance(tableOf(round)), round.seed);
        const best = assign({ ...round, order: 'pairs-total' });
        expect(blockingEdges(ranked, solution.chosen)).toEqual([]);
        expect(cost.best).toEqual({ pairs: best.count, points: best.total });
        const scoreOf = new Map(round.pairs.map(({ mentee, mentor, score }) => [`${mentee} ${mentor}`, score]));
        const { pairs } = stableResultOf(ranked, solution, round.seed);
        const points = pairs.reduce((sum, { mentee, mentor }) => sum + (scoreOf.get(`${mentee} ${mentor}`) ?? NaN), 0);
        expect(cost.stable).toEqual({ pairs: pairs.length, points });
        expect(cost.pairsLost).toBeGreaterThanOrEqual(0);
        if (cost.pairsLost === 0) expect(cost.pointsLost).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('from scores are those from the ranks that the scores stand for', () => {
    fc.assert(
      fc.property(smallRound(), (round) => {
        const fromScores = rankByScore(compressInstance(tableOf(round)));
        const ranked = (byMentor: boolean) =>
          round.pairs.map(({ mentee, mentor, score }) => ({
            person: byMentor ? mentor : mentee,
            choice: byMentor ? mentee : mentor,
            rank: 1_000_001 - score,
          }));
        const listed = { ...round, menteeChoices: ranked(false), mentorChoices: ranked(true) };
        const { seed } = round;
        expect(stableResultOf(fromScores, deferAcceptance(fromScores, seed), seed)).toEqual(stable(listed));
      }),
      RUNS,
    );
  });

  it('are the textbook ones of Gale and Shapley', () => {
    const order = (person: string, choices: string) =>
      choices.split('').map((choice, at) => ({ person, choice, rank: at + 1 }));
    const result = stable({
      mentees: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }],
      mentors: ['A', 'B', 'C', 'D'].map((id) => ({ id, places: 1 })),
      menteeChoices: [order('a', 'ABCD'), order('b', 'ADCB'), order('c', 'BACD'), order('d', 'DBCA')].flat(),
      mentorChoices: [order('A', 'dcab'), order('B', 'bdac'), order('C', 'dabc'), order('D', 'cbad')].flat(),
      seed: '',
    });
    expect(result.pairs.map(({ mentee, mentor }) => mentee + mentor)).toEqual(['aC', 'bD', 'cA', 'dB']);
    expect([result.menteeRanks.rankSum, result.mentorRanks.rankSum]).toEqual([3 + 2 + 2 + 2, 2 + 2 + 2 + 2]);
  });

  it('move with the seed where everybody ranks everybody alike', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = (people: string[], choices: string[]) =>
      people.flatMap((person) => choices.map((choice) => ({ person, choice, rank: 1 })));
    const outcomes = ['1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => {
      const mentors = ids.map((id) => id.toUpperCase());
      const result = stable({
        mentees: ids.map((id) => ({ id })),
        mentors: mentors.slice(0, 3).map((id) => ({ id, places: 1 })),
        menteeChoices: all(ids, mentors.slice(0, 3)),
        mentorChoices: all(mentors.slice(0, 3), ids),
        seed,
      });
      expect([result.count, result.unmatched.length]).toEqual([3, 3]);
      expect(result.unmatched[0]?.reason).toMatchObject({ kind: 'others-preferred', mentorCount: 3 });
      expect(
        result.unmatched.every(({ reason }) => reason.kind === 'others-preferred' && reason.mentors[0]?.byLot),
      ).toBe(true);
      return JSON.stringify(result.pairs);
    });
    expect(new Set(outcomes).size).toBeGreaterThan(1);
  });
});

describe('everyone without a pair learns why', () => {
  const result = stable({
    mentees: [
      { id: 'chosen' },
      { id: 'nobody' },
      { id: 'none', places: 0 },
      { id: 'one-sided' },
      { id: 'outranked' },
      { id: 'to-full' },
      { id: 'two', places: 2 },
    ],
    mentors: [
      { id: 'M', places: 1 },
      { id: 'N', places: 3 },
      { id: 'P', places: 1 },
      { id: 'Q', places: 1 },
      { id: 'Z', places: 0 },
    ],
    menteeChoices: [
      { person: 'chosen', choice: 'M', rank: 1 },
      { person: 'one-sided', choice: 'M', rank: 4 },
      { person: 'outranked', choice: 'Z', rank: 1 },
      { person: 'outranked', choice: 'M', rank: 2 },
      { person: 'to-full', choice: 'Z', rank: 1 },
      { person: 'two', choice: 'N', rank: 1 },
    ],
    mentorChoices: [
      { person: 'M', choice: 'chosen', rank: 2 },
      { person: 'M', choice: 'outranked', rank: 5 },
      { person: 'M', choice: 'nobody', rank: 1 },
      { person: 'N', choice: 'two', rank: 1 },
      { person: 'P', choice: 'two', rank: 1 },
      { person: 'Z', choice: 'to-full', rank: 1 },
      { person: 'Z', choice: 'outranked', rank: 1 },
    ],
    seed: '',
  });

  it('of mentees', () => {
    expect(Object.fromEntries(result.unmatched.map(({ mentee, reason }) => [mentee, reason]))).toEqual({
      nobody: { kind: 'listed-nobody' },
      none: { kind: 'asks-for-no-mentor' },
      'one-sided': { kind: 'listed-by-none-of-them', listedCount: 1 },
      outranked: {
        kind: 'others-preferred',
        mentorCount: 1,
        mentors: [{ mentor: 'M', rank: 2, rankThere: 3, lastHeldRank: 2, byLot: false }],
      },
      'to-full': { kind: 'mentors-have-no-places', mentorCount: 1, mentors: ['Z'] },
    });
    expect(result.underfilled).toEqual([{ mentee: 'two', pairs: 1, places: 2 }]);
  });

  it('of mentors with free places', () => {
    expect(result.unfilled).toEqual([
      { mentor: 'N', pairs: 1, places: 3, reason: { kind: 'mentees-have-others', menteeCount: 1 } },
      { mentor: 'P', pairs: 0, places: 1, reason: { kind: 'listed-by-none-of-them', listedCount: 1 } },
      { mentor: 'Q', pairs: 0, places: 1, reason: { kind: 'listed-nobody' } },
    ]);
  });

  it('and how well each side did: ranks by what they listed, not by the numbers they wrote', () => {
    expect(result.menteeRanks).toEqual({ rankSum: 2, meanRank: 1, firstChoices: 2 });
    expect(result.mentorRanks).toEqual({ rankSum: 3, meanRank: 1.5, firstChoices: 1 });
  });
});

describe('the cost of stability', () => {
  it('is counted in the points of the ranks where no others are given', () => {
    // a would have X or Y, b only X; X prefers a: stable pairs leave b out, the best does not.
    const input = {
      mentees: [{ id: 'a' }, { id: 'b' }],
      mentors: [
        { id: 'X', places: 1 },
        { id: 'Y', places: 1 },
      ],
      menteeChoices: [
        { person: 'a', choice: 'X', rank: 1 },
        { person: 'a', choice: 'Y', rank: 2 },
        { person: 'b', choice: 'X', rank: 1 },
      ],
      mentorChoices: [
        { person: 'X', choice: 'a', rank: 1 },
        { person: 'X', choice: 'b', rank: 2 },
        { person: 'Y', choice: 'a', rank: 1 },
      ],
      seed: '',
    };
    const { instance, solution } = solved(input);
    expect(costOfStability(instance, solution)).toEqual({
      stable: { pairs: 1, points: 200 },
      best: { pairs: 2, points: 199 + 199 },
      pairsLost: 1,
      pointsLost: 198,
    });
  });
});

describe('input that is not right', () => {
  const input: StableInput = {
    mentees: [{ id: 'a' }, { id: 'b', places: 2 }],
    mentors: [{ id: 'X', places: 1 }],
    menteeChoices: [
      { person: 'a', choice: 'X', rank: 1 },
      { person: 'b', choice: 'X', rank: 1 },
    ],
    mentorChoices: [{ person: 'X', choice: 'a', rank: 1 }],
    seed: '',
  };
  const choice = { person: 'X', choice: 'b', rank: 1 };
  it.each<[string, Partial<StableInput>, object]>([
    ['id-empty', { mentees: [{ id: '' }] }, { list: 'mentees', index: 0, field: 'id' }],
    ['mentee-duplicate', { mentees: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, { index: 2, firstIndex: 0 }],
    ['places-negative', { mentors: [{ id: 'X', places: -1 }] }, { list: 'mentors', index: 0, field: 'places' }],
    ['places-not-whole', { mentors: [{ id: 'X', places: 0.5 }] }, { list: 'mentors', field: 'places' }],
    ['places-too-high', { mentors: [{ id: 'X', places: 1e7 }] }, { list: 'mentors', field: 'places' }],
    ['person-unknown', { mentorChoices: [{ ...choice, person: 'a' }] }, { list: 'mentorChoices', field: 'person' }],
    ['choice-unknown', { mentorChoices: [{ ...choice, choice: 'X' }] }, { list: 'mentorChoices', field: 'choice' }],
    ['rank-too-low', { mentorChoices: [{ ...choice, rank: 0 }] }, { list: 'mentorChoices', field: 'rank' }],
    ['rank-not-whole', { mentorChoices: [{ ...choice, rank: 1.5 }] }, { index: 0, field: 'rank' }],
    ['rank-too-high', { mentorChoices: [{ ...choice, rank: 1e7 }] }, { index: 0, field: 'rank' }],
    [
      'choice-duplicate',
      { mentorChoices: [choice, { ...choice, choice: 'a' }, { ...choice, rank: 2 }] },
      { list: 'mentorChoices', index: 2, firstIndex: 0, field: 'choice' },
    ],
  ])('%s', (name, change, at) => {
    const attempt = () => stable({ ...input, ...change });
    expect(attempt).toThrow(StableRefused);
    expect(attempt).toThrow(expect.objectContaining({ name, at: expect.objectContaining(at) }));
  });

  it('is not: nobody at all, or people without lists', () => {
    const empty = stable({ mentees: [], mentors: [], menteeChoices: [], mentorChoices: [], seed: '' });
    expect([empty.count, empty.menteeRanks.meanRank]).toEqual([0, null]);
    expect(stable({ ...input, menteeChoices: [], mentorChoices: [] }).unmatched).toHaveLength(2);
  });
});
