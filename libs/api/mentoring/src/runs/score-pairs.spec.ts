import { describe, expect, it } from '@jest/globals';
import { newRoundRules, type RoundRules, waitingPromise } from '@waymark/contracts';
import { laterNeverFirst, waitingBound } from '@waymark/matching-engine';
import fc from 'fast-check';
import type { MatchingInput, MatchingMentee, MatchingMentor } from './matching-input';
import { explainPair, givesNoPoints, mostShownPoints, scorePairs, waitingRule } from './score-pairs';

const mentee = (facts: Partial<MatchingMentee> = {}): MatchingMentee => ({
  requestId: 'request',
  personId: 'mentee',
  unitId: 'school',
  gradePosition: 2,
  attributes: {},
  identity: [],
  roundsWaited: 0,
  places: 1,
  ...facts,
});

const mentor = (facts: Partial<MatchingMentor> = {}): MatchingMentor => ({
  enrolmentId: 'enrolment',
  personId: 'mentor',
  unitId: 'library',
  gradePosition: 4,
  attributes: {},
  identity: [],
  places: 1,
  ...facts,
});

const input = (facts: Partial<MatchingInput> = {}): MatchingInput => ({
  mentees: [mentee()],
  mentors: [mentor()],
  above: new Map(),
  earlierPairs: [],
  never: [],
  proposedBefore: [],
  choices: [],
  grades: [],
  ...facts,
});

const rules = (never: Partial<RoundRules['never']> = {}, points: Partial<RoundRules['points']> = {}): RoundRules => ({
  ...newRoundRules,
  never: { sameUnit: true, earlierPairs: true, gradeSteps: null, ...never },
  points: { grade: [], shared: [], identity: 0, waiting: 0, patience: null, ...points },
});

describe('who is kept apart', () => {
  const oneToTwo = { gradeSteps: { from: 1, to: 2 } };
  it.each<[string, Partial<MatchingInput>, Partial<RoundRules['never']>, string]>([
    ['nobody without a reason', {}, {}, 'allowed'],
    ['a mentee and a manager of theirs', { above: new Map([['mentee', ['boss', 'mentor']]]) }, {}, 'managementChain'],
    ['a mentee and somebody they manage', { above: new Map([['mentor', ['mentee']]]) }, {}, 'managementChain'],
    [
      'two of the same manager are not',
      {
        above: new Map([
          ['mentee', ['boss']],
          ['mentor', ['boss']],
        ]),
      },
      {},
      'allowed',
    ],
    ['two of one unit', { mentors: [mentor({ unitId: 'school' })] }, {}, 'sameUnit'],
    [
      'two of one unit, unless the rules allow it',
      { mentors: [mentor({ unitId: 'school' })] },
      { sameUnit: false },
      'allowed',
    ],
    [
      'two without a unit are not',
      { mentees: [mentee({ unitId: null })], mentors: [mentor({ unitId: null })] },
      {},
      'allowed',
    ],
    ['a mentor within the range of grades is not', {}, oneToTwo, 'allowed'],
    ['a mentor above the range of grades', { mentors: [mentor({ gradePosition: 5 })] }, oneToTwo, 'gradeSteps'],
    ['a mentor below the range of grades', { mentors: [mentor({ gradePosition: 2 })] }, oneToTwo, 'gradeSteps'],
    [
      'an unknown grade, where there is a range',
      { mentors: [mentor({ gradePosition: null })] },
      oneToTwo,
      'gradeSteps',
    ],
    ['an unknown grade is not, where there is none', { mentors: [mentor({ gradePosition: null })] }, {}, 'allowed'],
    ['two who were a pair', { earlierPairs: [['mentor', 'mentee']] }, {}, 'other'],
    [
      'two who were a pair, unless the rules allow it',
      { earlierPairs: [['mentor', 'mentee']] },
      { earlierPairs: false },
      'allowed',
    ],
    ['two of whom the mentee excluded the mentor', { never: [['mentee', 'mentor']] }, {}, 'other'],
    ['two of whom the mentor excluded the mentee', { never: [['mentor', 'mentee']] }, {}, 'other'],
    ['a person and themselves', { mentors: [mentor({ personId: 'mentee' })] }, { sameUnit: false }, 'other'],
    [
      'two between whom something was proposed',
      { proposedBefore: [{ requestId: 'request', enrolmentId: 'enrolment' }] },
      {},
      'other',
    ],
    ['a full mentor', { mentors: [mentor({ places: 0 })] }, {}, 'noPlaces'],
    [
      'a manager of one’s own unit, for the first rule',
      { above: new Map([['mentee', ['mentor']]]), mentors: [mentor({ unitId: 'school' })] },
      {},
      'managementChain',
    ],
    [
      'a full mentor of one’s own unit, for the unit',
      { mentors: [mentor({ unitId: 'school', places: 0 })] },
      {},
      'sameUnit',
    ],
    [
      'somebody excluded and paired before, for the pair',
      { never: [['mentee', 'mentor']], earlierPairs: [['mentee', 'mentor']] },
      {},
      'other',
    ],
  ])('%s', (_, facts, never, block) => {
    const scored = scorePairs(input(facts), rules(never));
    const none = { allowed: 0, managementChain: 0, sameUnit: 0, gradeSteps: 0, forbidden: 0, other: 0, noPlaces: 0 };
    expect(scored.blocked(0)).toEqual({ ...none, [block]: 1 });
    // A full mentor stays in: one more place might help.
    expect(scored.score.length).toBe(block === 'allowed' || block === 'noPlaces' ? 1 : 0);
  });

  it('what keeps one mentee from a mentor does not keep the next one', () => {
    const two = [mentee({ requestId: 'a', personId: 'a' }), mentee({ requestId: 'b', personId: 'b' })];
    const scored = scorePairs(input({ mentees: two, never: [['a', 'mentor']] }), rules());
    expect([...scored.mentee]).toEqual([1]);
  });
});

describe('points', () => {
  const profession = (points = 10) => ({ shared: [{ attribute: 'profession', points }] });
  it.each<[string, Partial<MatchingMentee>, Partial<MatchingMentor>, Partial<RoundRules['points']>, number, number]>([
    [
      'for the steps between the grades',
      {},
      {},
      {
        grade: [
          { steps: 1, points: 9 },
          { steps: 2, points: 12 },
        ],
      },
      12,
      12,
    ],
    [
      'none for steps that the rules do not name',
      { gradePosition: 0 },
      {},
      { grade: [{ steps: 2, points: 12 }] },
      0,
      0,
    ],
    ['none where a grade is not known', { gradePosition: null }, {}, { grade: [{ steps: 2, points: 12 }] }, 0, 0],
    [
      'for a mentor of a lower grade, if the rules say so',
      { gradePosition: 5 },
      {},
      { grade: [{ steps: -1, points: 3 }] },
      3,
      3,
    ],
    [
      'for a value in common, whatever its case',
      { attributes: { Profession: ['policy '] } },
      { attributes: { profession: ['Policy'] } },
      profession(),
      10,
      10,
    ],
    [
      'once for several values in common',
      { attributes: { profession: ['Law', 'Policy'] } },
      { attributes: { profession: ['law', 'policy'] } },
      profession(),
      10,
      10,
    ],
    [
      'none for different values',
      { attributes: { profession: ['Law'] } },
      { attributes: { profession: ['Policy'] } },
      profession(),
      0,
      0,
    ],
    [
      'none for the same value of another attribute',
      { attributes: { campus: ['Law'] } },
      { attributes: { profession: ['Law'] } },
      profession(),
      0,
      0,
    ],
    ['for each round waited', { roundsWaited: 3 }, {}, { waiting: 5 }, 15, 15],
    [
      'for the identity asked for, in the score but not in what is shown',
      { identity: ['Welsh'] },
      { identity: ['deaf', 'welsh'] },
      { identity: 6 },
      6,
      0,
    ],
    ['none for another identity', { identity: ['Welsh'] }, { identity: ['deaf'] }, { identity: 6 }, 0, 0],
  ])('%s', (_, asking, asked, points, score, shown) => {
    const [one, other] = [mentee(asking), mentor(asked)];
    const scored = scorePairs(input({ mentees: [one], mentors: [other] }), rules({}, points));
    const explained = explainPair(one, other, rules({}, points));
    expect([...scored.score]).toEqual([score]);
    expect(explained.shownScore).toBe(shown);
    expect(explained.parts.reduce((sum, part) => sum + part.points, 0)).toBe(shown);
  });

  it('each part says why, in the order of the rules, and identity is no part', () => {
    const asking = mentee({
      attributes: { campus: ['Harbour'], skills: ['Glass', 'Welding'] },
      roundsWaited: 2,
      identity: ['Welsh'],
    });
    const asked = mentor({
      attributes: { skills: ['welding', 'glass', 'lasers'], campus: ['harbour'] },
      identity: ['Welsh'],
    });
    const points = {
      grade: [
        { steps: 2, points: 12 },
        { steps: 1, points: 20 },
      ],
      shared: [
        { attribute: 'skills', points: 10 },
        { attribute: 'campus', points: 4 },
      ],
      identity: 6,
      waiting: 5,
    };
    expect(explainPair(asking, asked, rules({}, points))).toEqual({
      shownScore: 36,
      identityPoints: 6,
      parts: [
        { part: 'grade', attribute: null, because: ['2'], points: 12, of: 20 },
        { part: 'shared', attribute: 'skills', because: ['Glass', 'Welding'], points: 10, of: 10 },
        { part: 'shared', attribute: 'campus', because: ['Harbour'], points: 4, of: 4 },
        { part: 'waiting', attribute: null, because: ['2'], points: 10, of: 10 },
      ],
    });
    expect(mostShownPoints(rules({}, points), 3)).toBe(49);
  });

  it('rules that give points for nothing are told apart', () => {
    expect(givesNoPoints(rules())).toBe(true);
    for (const points of [{ waiting: 1 }, { identity: 1 }, { grade: [{ steps: 0, points: 1 }] }]) {
      expect(givesNoPoints(rules({}, points))).toBe(false);
    }
  });

  it('what the rules promise to those who wait is what the engine’s waiting rule guarantees', () => {
    const some = fc.integer({ min: 0, max: 40 });
    const given = fc.record({ grade: some, shared: some, identity: some, waiting: some });
    fc.assert(
      fc.property(given, fc.option(fc.integer({ min: 1, max: 8 })), ({ grade, shared, ...rest }, patience) => {
        const of = rules(
          {},
          {
            ...{ ...rest, patience, grade: [{ steps: 1, points: grade }] },
            shared: [{ attribute: 'skills', points: shared }],
          },
        );
        const promise = waitingPromise(of);
        const later = laterNeverFirst(waitingRule(of));
        if (promise?.kind === 'after') expect(promise.rounds).toBe(later?.rounds);
        else expect(later).toBeNull();
        if (promise?.kind === 'ahead') expect(waitingBound(waitingRule(of))).toBe(promise.rounds + 1);
        if (promise === null) expect(waitingBound(waitingRule(of))).toBeNull();
      }),
    );
  });

  it('the score of every pair is what its explanation adds up to', () => {
    const word = fc.constantFrom('a', 'B', 'b', 'c');
    const person = {
      gradePosition: fc.option(fc.integer({ min: 0, max: 4 })),
      attributes: fc.dictionary(fc.constantFrom('x', 'y'), fc.array(word)),
      identity: fc.array(word),
    };
    const people = fc.record({
      mentees: fc.array(fc.record({ ...person, roundsWaited: fc.nat(3) }), { maxLength: 6 }),
      mentors: fc.array(fc.record(person), { maxLength: 6 }),
    });
    const points = {
      grade: [
        { steps: 1, points: 9 },
        { steps: -1, points: 2 },
      ],
      shared: [
        { attribute: 'X', points: 10 },
        { attribute: 'y', points: 3 },
      ],
      identity: 6,
      waiting: 5,
    };
    fc.assert(
      fc.property(people, ({ mentees, mentors }) => {
        const all = input({
          mentees: mentees.map((facts, at) => mentee({ ...facts, requestId: `r${at}`, personId: `m${at}` })),
          mentors: mentors.map((facts, at) => mentor({ ...facts, enrolmentId: `e${at}`, personId: `o${at}` })),
        });
        const scored = scorePairs(all, rules({}, points));
        expect(scored.score.length).toBe(mentees.length * mentors.length);
        scored.score.forEach((score, at) => {
          const [asking, asked] = [all.mentees[scored.mentee[at] ?? -1], all.mentors[scored.mentor[at] ?? -1]];
          if (!asking || !asked) throw new Error('a position outside the input');
          const { shownScore, identityPoints } = explainPair(asking, asked, rules({}, points));
          expect(score).toBe(shownScore + identityPoints);
        });
      }),
    );
  });
});
