import { describe, expect, it } from '@jest/globals';
import { matchingMethods, newRoundRules, type RoundRules } from '@waymark/contracts';
import fc from 'fast-check';
import { explainTwo, knownRound } from './explain-two';
import { isStable } from './is-stable';
import type { MatchingInput, MatchingMentee, MatchingMentor } from './matching-input';
import { replay } from './replay-run';
import { KnownRounds } from './question';
import { solveRound } from './solve-round';

const skills = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
const smallRound = fc.record({
  mentees: fc.array(fc.record({ skills, waited: fc.nat(2), places: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  mentors: fc.array(fc.record({ skills, unit: fc.boolean(), places: fc.nat(2) }), { minLength: 1, maxLength: 4 }),
  method: fc.constantFrom(...matchingMethods),
  pins: fc.array(fc.tuple(fc.nat(4), fc.nat(3)), { maxLength: 2 }),
});
type SmallRound = typeof smallRound extends fc.Arbitrary<infer Value> ? Value : never;

const workOf = ({ mentees, mentors, method, pins }: SmallRound) => {
  const person = { gradePosition: null, identity: [] };
  const input: MatchingInput = {
    mentees: mentees.map((one, at): MatchingMentee => ({
      ...{ ...person, requestId: `r${at}`, personId: `m${at}`, unitId: at % 2 ? 'u' : null },
      ...{ attributes: { skills: one.skills }, roundsWaited: one.waited, places: one.places },
    })),
    mentors: mentors.map((one, at): MatchingMentor => ({
      ...{ ...person, enrolmentId: `e${at}`, personId: `o${at}`, unitId: one.unit ? 'u' : null },
      ...{ attributes: { skills: one.skills }, places: one.places },
    })),
    ...{ above: new Map(), earlierPairs: [], never: [], proposedBefore: [], grades: [] },
    choices: pins.map(([mentee, mentor]) => ({
      ...{ kind: 'pin', requestId: `r${mentee}`, enrolmentId: `e${mentor}` },
    })),
  };
  const rules: RoundRules = {
    ...newRoundRules,
    method,
    points: { ...newRoundRules.points, shared: [{ attribute: 'skills', points: 7 }], waiting: 3 },
  };
  return { input, rules, roundId: 'round' };
};

describe('a question about two people', () => {
  it('is answered as the round comes out with the two made before anything, by every method', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(smallRound, fc.nat(4), fc.nat(3), (small, mentee, mentor) => {
        const work = workOf(small);
        const round = knownRound(work);
        const answer = explainTwo(round, { mentee, mentor });
        if (answer.kind !== 'allowed') return;
        const { forced } = answer;
        if (forced.pinsGivingWay > 0) return;
        const before = round.solved.pairs();
        const { input, rules, roundId } = work;
        const after = solveRound(input, rules, round.scored, [...round.pins, { mentee, mentor }], roundId).pairs();
        const sum = (pairs: typeof after) => pairs.reduce((total, { score }) => total + score, 0);
        expect(forced.pairsLost).toBe(before.length - after.length);
        if (forced.pointsLost !== null && rules.method !== 'pairs-dissatisfaction')
          expect(forced.pointsLost).toBe(sum(before) - sum(after));
        // By the other methods results that are as good may differ in their lowest score.
        if (['pairs-floor-total', 'stable'].includes(rules.method) && before.length > 0)
          expect(forced.floor?.then).toBe(Math.min(...after.map(({ score }) => score)));
        expect(forced.moves.some((move) => move.mentee === `m${mentee}` && move.to.includes(`o${mentor}`))).toBe(true);
        const wider = input.mentors.map((one, at) => (at === mentor ? { ...one, places: one.places + 1 } : one));
        const with1 = solveRound({ ...input, mentors: wider }, rules, round.scored, round.pins, roundId).pairs();
        expect(forced.onePlaceMore).toBe(
          with1.some((pair) => pair.mentee === `r${mentee}` && pair.mentor === `e${mentor}`),
        );
        seen.set(rules.method, (seen.get(rules.method) ?? 0) + 1);
      }),
      { numRuns: 1500 },
    );
    expect([...seen.keys()].sort()).toEqual([...matchingMethods].sort());
  });

  it('where pairs are to be stable says whether lots decided, or somebody would be better off with somebody who agrees', () => {
    const told = (mentees: SmallRound['mentees'][number]['skills'][], two: { mentee: number; mentor: number }) =>
      explainTwo(
        knownRound(
          workOf({
            mentees: mentees.map((skills) => ({ skills, waited: 0, places: 1 })),
            mentors: [{ skills: ['a'], unit: false, places: 1 }],
            method: 'stable',
            pins: [],
          }),
        ),
        two,
      );
    const equal = [0, 1].map((mentee) => told([['a'], ['a']], { mentee, mentor: 0 }));
    expect(equal.find(({ kind }) => kind === 'allowed')).toMatchObject({ forced: { pointsLost: 0, byLot: true } });
    expect(told([['a'], ['b']], { mentee: 1, mentor: 0 })).toMatchObject({ forced: { pointsLost: 7, byLot: false } });
  });

  it('finds every result of the engine stable, with pins and with several places', () => {
    fc.assert(
      fc.property(smallRound, (small) => {
        const { input, scored, pins, solved } = knownRound(workOf({ ...small, method: 'stable' }));
        expect(isStable(input, scored, pins, solved.pairs())).toBe(true);
        // Without its best pair of two who both chose freely, that pair blocks.
        const [best] = solved
          .pairs()
          .filter(({ pinned }) => !pinned)
          .sort((one, other) => other.score - one.score);
        if (best)
          expect(
            isStable(
              input,
              scored,
              pins,
              solved.pairs().filter((pair) => pair.mentee !== best.mentee || pair.mentor !== best.mentor),
            ),
          ).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('tells neither points nor floor where identity counts', () => {
    const small: SmallRound = {
      mentees: [
        { skills: ['a'], waited: 0, places: 1 },
        { skills: ['b'], waited: 0, places: 1 },
      ],
      mentors: [
        { skills: ['a'], unit: false, places: 1 },
        { skills: ['b'], unit: false, places: 1 },
      ],
      method: 'pairs-total',
      pins: [],
    };
    const { input, rules, roundId } = workOf(small);
    const told = (identity: string[]) =>
      explainTwo(
        knownRound({
          roundId,
          rules: { ...rules, points: { ...rules.points, identity: 50 } },
          input: {
            ...input,
            mentees: input.mentees.map((one) => ({ ...one, identity })),
            mentors: input.mentors.map((one) => ({ ...one, identity })),
          },
        }),
        { mentee: 0, mentor: 1 },
      );
    expect(told([])).toMatchObject({ forced: { pairsLost: 0, pointsLost: 14, floor: { now: 7, then: 0 } } });
    expect(told(['x'])).toMatchObject({ forced: { pairsLost: 0, pointsLost: null, floor: null, byLot: false } });
  });
});

describe('a round that is asked about', () => {
  const work = workOf({
    mentees: [{ skills: ['a'], waited: 0, places: 1 }],
    mentors: [{ skills: ['a'], unit: false, places: 1 }],
    method: 'stable',
    pins: [],
  });

  it('is remembered for the next question, the two asked about last', () => {
    const rounds = new KnownRounds();
    const ask = (key: string, given: typeof work | null) =>
      rounds.answer(key, given, { kind: 'why-not', two: { mentee: 0, mentor: 0 } });
    expect(() => ask('one', null)).toThrow('nobody has asked about');
    const first = ask('one', work);
    ask('two', work);
    expect(ask('one', null)).toEqual(first);
    ask('three', work);
    expect(['one', 'two', 'three'].map((key) => rounds.has(key))).toEqual([true, false, true]);
  });

  it('is replayed: the same pairs with the same scores, or not', () => {
    const round = knownRound(work);
    const kept = { requestId: 'r0', enrolmentId: 'e0', score: 7, pinned: false };
    expect(replay(round, [kept])).toMatchObject({ samePairs: true, inputHash: round.inputHash });
    expect(replay(round, [{ ...kept, score: 8 }]).samePairs).toBe(false);
    expect(replay(round, []).samePairs).toBe(false);
  });
});
