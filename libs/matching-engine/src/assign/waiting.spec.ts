import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assignTable,
  type AssignOrder,
  type AssignTable,
  type Dissatisfaction,
  laterNeverFirst,
  waitingBound,
  waitingPoints,
  type WaitingRule,
  withWaiting,
} from '../index.ts';

const rule = fc
  .record({
    perRound: fc.integer({ min: 0, max: 12 }),
    spread: fc.integer({ min: 0, max: 30 }),
    patience: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
  })
  .map((given): WaitingRule => {
    const { patience, ...plain } = given;
    return { ...plain, ...(patience === undefined ? {} : { patience }), most: 5000 };
  });

const years = fc.record({
  rule,
  seed: fc.nat(),
  arrivals: fc.integer({ min: 1, max: 6 }),
  mentors: fc.integer({ min: 1, max: 4 }),
  kinds: fc.integer({ min: 1, max: 3 }),
  method: fc.constantFrom<{ order: AssignOrder; convex: boolean }[]>(
    { order: 'pairs-total', convex: false },
    { order: 'pairs-total', convex: true },
    { order: 'pairs-floor-total', convex: false },
    { order: 'pairs-floor-total', convex: true },
    { order: 'total', convex: false },
  ),
});
type Years = typeof years extends fc.Arbitrary<infer Value> ? Value : never;

interface Person {
  readonly id: string;
  readonly kind: number;
  readonly places: number;
  waited: number;
}

interface RoundSeen {
  readonly served: readonly Person[];
  readonly leftOut: readonly Person[];
}

/** Twelve rounds: people arrive, mentors come with places and kinds that they may have, who is left out waits on. */
function* rounds({ rule, seed, arrivals, mentors, kinds, method }: Years): Generator<RoundSeen> {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let waiting: Person[] = [];
  let asked = 0;
  for (let round = 0; round < 12; round++) {
    for (let count = below(arrivals + 1); count > 0; count--) {
      waiting.push({ id: `e${asked++}`, kind: below(kinds), places: 1 + below(2), waited: 0 });
    }
    // Who may have whom hangs on the kind alone; what the two score together is new in every round.
    const open = Array.from({ length: mentors * kinds }, () => below(3) > 0);
    const pairs = waiting.flatMap((person, mentee) =>
      Array.from({ length: mentors }, (_, mentor) => ({ mentee, mentor, score: below(rule.spread + 1) })).filter(
        ({ mentor }) => open[mentor * kinds + person.kind],
      ),
    );
    const table: AssignTable = {
      menteeIds: waiting.map(({ id }) => id),
      menteePlaces: waiting.map(({ places }) => places),
      mentorIds: Array.from({ length: mentors }, (_, at) => `r${at}`),
      mentorPlaces: Array.from({ length: mentors }, () => below(3)),
      pairMentee: pairs.map(({ mentee }) => mentee),
      pairMentor: pairs.map(({ mentor }) => mentor),
      pairScore: pairs.map(({ score }) => score),
    };
    const dissatisfaction: Dissatisfaction = method.convex
      ? { dissatisfaction: 'convex', ceiling: rule.spread + rule.most }
      : { dissatisfaction: 'linear' };
    const scored = withWaiting(
      table,
      waiting.map(({ waited }) => waited),
      rule,
    );
    const result = assignTable(scored, method.order, String(round), dissatisfaction);
    const has = new Set(result.pairs.map(({ mentee }) => mentee));
    const leftOut = waiting.filter(({ id }) => !has.has(id));
    yield { served: waiting.filter(({ id }) => has.has(id)), leftOut };
    waiting = leftOut;
    for (const person of waiting) person.waited++;
  }
}

describe('waiting', () => {
  it('over years of rounds: who has waited so much longer that no score outweighs it is never left out before another', () => {
    let seen = 0;
    let passedOver = 0;
    let longest = 0;
    fc.assert(
      fc.property(years, (given) => {
        const stated = laterNeverFirst(given.rule);
        const wrongs: [leftOut: Person, served: Person][] = [];
        for (const { served, leftOut } of rounds(given)) {
          seen++;
          for (const one of leftOut) {
            longest = Math.max(longest, one.waited);
            for (const other of served) {
              if (other.kind !== one.kind) continue;
              const bound = waitingBound(given.rule, other.waited);
              if (bound !== null && one.waited >= bound) wrongs.push([one, other]);
              if (other.waited >= one.waited) continue;
              // Asked later and served first: within the bound it happens.
              passedOver++;
              if (stated && one.waited <= stated.upTo && one.waited > stated.rounds) wrongs.push([one, other]);
            }
          }
        }
        expect(wrongs).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(seen).toBe(400 * 12);
    expect(passedOver).toBeGreaterThan(50);
    expect(longest).toBeGreaterThan(6);
  });

  it('gives no such certainty where it gives no points: the same years then have somebody passed over for longer', () => {
    const none: WaitingRule = { perRound: 0, spread: 20, most: 5000 };
    let longest = 0;
    for (let seed = 0; seed < 20; seed++) {
      const order = 'pairs-total';
      const given: Years = { rule: none, seed, arrivals: 3, mentors: 2, kinds: 1, method: { order, convex: false } };
      for (const { served, leftOut } of rounds(given)) {
        const first = Math.min(Infinity, ...served.map(({ waited }) => waited));
        for (const { waited } of leftOut) longest = Math.max(longest, waited - first);
      }
    }
    const rule: WaitingRule = { perRound: 10, spread: 20, most: 5000 };
    expect(waitingBound(none)).toBeNull();
    expect(waitingBound(rule)).toBe(3);
    expect(longest).toBeGreaterThan(3);
  });

  it('has for its bound the fewest rounds whose points no score outweighs', () => {
    fc.assert(
      fc.property(rule, fc.nat({ max: 30 }), fc.integer({ min: 1, max: 400 }), (given, other, most) => {
        const capped = { ...given, most };
        const bound = waitingBound(capped, other);
        const ahead = (rounds: number) => waitingPoints(capped, rounds) - waitingPoints(capped, other) > capped.spread;
        if (bound === null) return expect(ahead(100_000)).toBe(false);
        expect(ahead(bound)).toBe(true);
        if (bound > 0) expect(ahead(bound - 1)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('states a number of rounds after which nobody who asked later goes first, as far as the points reach', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 1, max: 400 }), fc.nat({ max: 400 }), (given, most, pick) => {
        const capped = { ...given, most };
        const stated = laterNeverFirst(capped);
        if (!stated) return;
        const waited = stated.rounds + 1 + (pick % Math.min(400, stated.upTo - stated.rounds));
        const later = pick % waited;
        expect(waitingPoints(capped, waited) - waitingPoints(capped, later)).toBeGreaterThan(capped.spread);
      }),
      { numRuns: 1000 },
    );
    // Ten points a round against a spread of twenty alone state nothing; with patience for four rounds they do.
    expect(laterNeverFirst({ perRound: 10, spread: 20, most: 5000 })).toBeNull();
    expect(laterNeverFirst({ perRound: 10, spread: 20, patience: 4, most: 5000 })).toEqual({ rounds: 4, upTo: 240 });
    expect(laterNeverFirst({ perRound: 30, spread: 20, most: 5000 })).toEqual({ rounds: 0, upTo: 166 });
  });

  it('adds its points to every pair of who waited, changes no input, and refuses a score above the highest', () => {
    const table: AssignTable = {
      menteeIds: ['a', 'b'],
      menteePlaces: [1, 1],
      mentorIds: ['x'],
      mentorPlaces: [1],
      pairMentee: [0, 1],
      pairMentor: [0, 0],
      pairScore: [20, 0],
    };
    const given: WaitingRule = { perRound: 10, spread: 20, most: 1_000_000 };
    expect(Array.from(withWaiting(table, [0, 3], given).pairScore)).toEqual([20, 30]);
    expect(Array.from(table.pairScore)).toEqual([20, 0]);
    expect(assignTable(withWaiting(table, [0, 2], given), 'pairs-total', '').pairs).toMatchObject([{ byLot: true }]);
    expect(assignTable(withWaiting(table, [0, 3], given), 'pairs-total', '').pairs).toMatchObject([{ mentee: 'b' }]);
    expect(() => withWaiting(table, [100_000, 0], given)).toThrow(expect.objectContaining({ name: 'score-too-high' }));
    expect(() => waitingPoints(given, -1)).toThrow(RangeError);
    expect(() => waitingPoints({ ...given, perRound: 0.5 }, 1)).toThrow(RangeError);
  });
});
