import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type AssignInput, compressInstance, type Instance, solve, tableOf } from '../index.ts';
import { bestOutcomes, everyOutcome } from '../testing/brute-force.ts';
import { smallRound } from '../testing/rounds.ts';
import { ExchangeGraph } from './exchanges.ts';
import { ReachSets } from './reach-sets.ts';

const RUNS = { numRuns: 400 };
const round = (change: Partial<AssignInput>): AssignInput => ({
  mentees: [{ id: 'a' }, { id: 'b' }],
  mentors: [{ id: 'x', places: 1 }],
  pairs: [
    { mentee: 'a', mentor: 'x', score: 7 },
    { mentee: 'b', mentor: 'x', score: 3 },
  ],
  order: 'pairs-total',
  seed: '',
  ...change,
});
const reasonsOf = (input: AssignInput) => assign(input).unmatched;

describe('the reason of a mentee without a pair', () => {
  it('is that nobody is allowed, or wanted', () => {
    const input = round({ mentees: [{ id: 'a' }, { id: 'b', places: 0 }, { id: 'c' }] });
    expect(reasonsOf(input)).toEqual([
      { mentee: 'b', reason: { kind: 'asks-for-no-mentor' } },
      { mentee: 'c', reason: { kind: 'no-allowed-mentor' } },
    ]);
  });

  it('is that the allowed mentors have no places', () => {
    const reason = { kind: 'mentors-have-no-places', mentorCount: 1, mentors: ['x'] };
    expect(reasonsOf(round({ mentors: [{ id: 'x', places: 0 }] }))).toEqual([
      { mentee: 'a', reason },
      { mentee: 'b', reason },
    ]);
  });

  it('is that two compete for one place, and how many points are lacking', () => {
    expect(reasonsOf(round({}))).toEqual([
      {
        mentee: 'b',
        reason: {
          kind: 'competition',
          menteeCount: 2,
          wanted: 2,
          placeCount: 1,
          mentorCount: 1,
          mentors: ['x'],
          pointsShort: 4,
          mentor: 'x',
        },
      },
    ]);
  });

  it('is that a place could be had only at a lower total', () => {
    const input = round({
      mentors: [
        { id: 'x', places: 1 },
        { id: 'y', places: 1 },
      ],
      pairs: [
        { mentee: 'a', mentor: 'x', score: 9 },
        { mentee: 'a', mentor: 'y', score: 1 },
        { mentee: 'b', mentor: 'x', score: 3 },
      ],
      order: 'total',
    });
    expect(reasonsOf(input)).toEqual([{ mentee: 'b', reason: { kind: 'lower-total', pointsShort: 5, mentor: 'x' } }]);
  });

  it('is that everyone they may have scores below the floor', () => {
    const input = round({ order: 'pairs-floor-total' });
    expect(reasonsOf(input)).toEqual([
      {
        mentee: 'b',
        reason: { kind: 'below-floor', floor: 7, bestScore: 3, mentor: 'x', nearest: { mentor: 'x', pointsShort: 4 } },
      },
    ]);
  });

  it('names the least points that would bring a best result with them, and with one more it is certain', () => {
    const seen = { linear: 0, convex: 0, floor: 0, none: 0 };
    fc.assert(
      fc.property(smallRound(), fc.boolean(), (input, isConvex) => {
        const convex = isConvex && input.order !== 'total';
        const ceiling = 1500;
        const limited: AssignInput = {
          ...input,
          pairs: input.pairs.map((pair) => ({ ...pair, score: pair.score % 1000 })),
          ...(convex ? { dissatisfaction: 'convex', ceiling } : {}),
        };
        for (const { mentee, reason } of reasonsOf(limited)) {
          if (reason.kind !== 'competition' && reason.kind !== 'lower-total' && reason.kind !== 'below-floor') continue;
          const { mentor, pointsShort } = (reason.kind === 'below-floor' ? reason.nearest : reason) ?? {};
          const withMore = (points: number, isRaised: (other: string) => boolean): AssignInput => ({
            ...limited,
            pairs: limited.pairs.map((pair) =>
              pair.mentee === mentee && isRaised(pair.mentor) ? { ...pair, score: pair.score + points } : pair,
            ),
          });
          const scoreWith = (other: string) =>
            limited.pairs.find((pair) => pair.mentee === mentee && pair.mentor === other)?.score ?? 0;
          const fits = (points: number, other: string) => !convex || scoreWith(other) + points <= ceiling;
          const comesIn = (points: number, other: string) =>
            bestOutcomes(withMore(points, (one) => one === other)).some((outcome) =>
              outcome.pairs.some((pair) => pair.mentee === mentee && pair.mentor === other),
            );
          const others = limited.pairs.filter((pair) => pair.mentee === mentee).map((pair) => pair.mentor);
          if (pointsShort === undefined || mentor === undefined) {
            expect(convex).toBe(true);
            for (const other of others) expect(comesIn(ceiling - scoreWith(other), other)).toBe(false);
            seen.none++;
            continue;
          }
          expect(comesIn(pointsShort, mentor)).toBe(true);
          if (fits(pointsShort + 1, mentor)) {
            const certain = assign(withMore(pointsShort + 1, (other) => other === mentor));
            expect(certain.unmatched.map((one) => one.mentee)).not.toContain(mentee);
          }
          seen[limited.order === 'pairs-floor-total' ? 'floor' : convex ? 'convex' : 'linear']++;
          if (pointsShort === 0) continue;
          for (const other of others) {
            if (fits(pointsShort - 1, other)) expect(comesIn(pointsShort - 1, other)).toBe(false);
          }
        }
      }),
      { numRuns: 800 },
    );
    expect([seen.linear, seen.convex, seen.floor].every((times) => times > 3)).toBe(true);
  });

  it('counts those who compete, and the places they compete for, truly', () => {
    fc.assert(
      fc.property(smallRound(1), (input) => {
        for (const { mentee, reason } of reasonsOf(input)) {
          if (reason.kind !== 'competition') continue;
          const mentors = new Set(reason.mentors);
          const places = input.mentors.filter(({ id }) => mentors.has(id)).reduce((sum, one) => sum + one.places, 0);
          const withPlaces = new Set(input.mentors.filter((one) => one.places > 0).map(({ id }) => id));
          const competing = input.mentees.filter(({ id, places: own }) => {
            const allowed = input.pairs.filter((pair) => pair.mentee === id && withPlaces.has(pair.mentor));
            return own !== 0 && allowed.length > 0 && allowed.every((pair) => mentors.has(pair.mentor));
          });
          expect(mentors.size).toBe(reason.mentorCount);
          expect(places).toBe(reason.placeCount);
          expect(competing.length).toBe(reason.menteeCount);
          expect(competing.map((one) => one.id)).toContain(mentee);
          expect(reason.wanted).toBeGreaterThan(reason.placeCount);
        }
      }),
      RUNS,
    );
  });
});

describe('the people who compete', () => {
  const leftOutOf = (instance: Instance, filled: Int32Array) =>
    [...instance.menteeIds.keys()].filter(
      (i) =>
        filled[i] === 0 && instance.menteePlaces[i]! > 0 && instance.menteeStart[i + 1]! > instance.menteeStart[i]!,
    );

  it('are too many for their places, whichever order, and also where one larger set must do for all', () => {
    let found = 0;
    fc.assert(
      fc.property(smallRound(1), fc.boolean(), (input, isShortOfSteps) => {
        const instance = compressInstance(tableOf(input));
        const { choice } = solve(instance, input.order, input.seed);
        const leftOut = leftOutOf(instance, choice.menteeFilled);
        const sets = new ReachSets(new ExchangeGraph(instance, choice), leftOut, 99, isShortOfSteps ? -1 : 1e6);
        for (const i of leftOut) {
          const set = sets.of(i);
          if (!set) {
            // Then with the highest total alone sought, or with no allowed mentor who has places.
            expect(input.order).toBe('total');
            continue;
          }
          const mentors = new Set(set.mentors);
          const allowed = Array.from(
            instance.mentor.subarray(instance.menteeStart[i], instance.menteeStart[i + 1]),
          ).filter((j) => instance.mentorPlaces[j]! > 0);
          for (const j of allowed) expect(mentors.has(j)).toBe(true);
          expect(set.mentors.every((j) => choice.mentorFilled[j] === instance.mentorPlaces[j])).toBe(true);
          if (allowed.length > 0) expect(set.wanted).toBeGreaterThan(set.placeCount);
          found++;
        }
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(20);
  });
});

describe('one more place', () => {
  it('is said to help exactly where it raises the number of pairs, and whom it could serve', () => {
    fc.assert(
      fc.property(smallRound(), (given) => {
        const input: AssignInput = { ...given, order: 'pairs-total' };
        const result = assign(input);
        const unlocks = new Map(result.unlocks.map((unlock) => [unlock.mentor, unlock]));
        for (const { id } of input.mentors) {
          const mentors = input.mentors.map((one) => (one.id === id ? { ...one, places: one.places + 1 } : one));
          const outcomes = everyOutcome({ ...input, mentors }).filter((one) => one.count === result.count + 1);
          expect(unlocks.has(id)).toBe(outcomes.length > 0);
          if (outcomes.length === 0) continue;
          // Served beside the others: everyone who has pairs now keeps as many.
          const pairsOf = (pairs: readonly { mentee: string }[], name: string) =>
            pairs.filter((pair) => pair.mentee === name).length;
          const serves = result.unmatched
            .map((one) => one.mentee)
            .filter((mentee) =>
              outcomes.some(
                ({ pairs }) =>
                  pairsOf(pairs, mentee) > 0 &&
                  result.pairs.every((pair) => pairsOf(pairs, pair.mentee) >= pairsOf(result.pairs, pair.mentee)),
              ),
            );
          expect(unlocks.get(id)?.serves).toEqual(serves);
          expect(unlocks.get(id)?.servesCount).toBe(serves.length);
        }
      }),
      RUNS,
    );
  });
});

describe('a mentee with fewer mentors than asked for', () => {
  it('is listed as underfilled', () => {
    const input = round({ mentees: [{ id: 'a', places: 3 }], pairs: [{ mentee: 'a', mentor: 'x', score: 1 }] });
    expect(assign(input).underfilled).toEqual([{ mentee: 'a', pairs: 1, places: 3 }]);
  });
});
