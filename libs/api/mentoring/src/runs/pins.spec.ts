import { describe, expect, it } from '@jest/globals';
import { newRoundRules, type RoundRules } from '@waymark/contracts';
import { chooseNext } from '../proposals/choose-next';
import { matchPeople } from './match-people';
import type { MatchingInput, MatchingMentee, MatchingMentor } from './matching-input';
import { columnsOf, holdingPins } from './pins';

const rules: RoundRules = { ...newRoundRules, never: { sameUnit: true, earlierPairs: true, gradeSteps: null } };
const person = { unitId: null, gradePosition: null, identity: [] };
const mentee = (requestId: string, skills: string[] = [], over: Partial<MatchingMentee> = {}): MatchingMentee => ({
  ...person,
  ...{ requestId, personId: `p-${requestId}`, attributes: { skills }, roundsWaited: 0, places: 1 },
  ...over,
});
const mentor = (enrolmentId: string, skills: string[] = [], over: Partial<MatchingMentor> = {}): MatchingMentor => ({
  ...person,
  ...{ enrolmentId, personId: `p-${enrolmentId}`, attributes: { skills }, places: 1 },
  ...over,
});
const input = (
  mentees: MatchingMentee[],
  mentors: MatchingMentor[],
  over: Partial<MatchingInput> = {},
): MatchingInput => ({
  ...{ mentees, mentors, above: new Map(), earlierPairs: [], never: [], proposedBefore: [], choices: [], grades: [] },
  ...over,
});
const pin = (requestId: string, enrolmentId: string) => ({ kind: 'pin' as const, requestId, enrolmentId });
const forbid = (requestId: string, enrolmentId: string) => ({ kind: 'forbid' as const, requestId, enrolmentId });

const matched = (of: MatchingInput) => {
  const matching = matchPeople({ input: of, rules, roundId: 'round' });
  for (;;) {
    const { done, value } = matching.next();
    if (done) return value;
  }
};

describe('pins that hold', () => {
  const two = [mentee('a'), mentee('b')];

  it('are those whose people are there, are allowed together, and find a place; the earliest first', () => {
    const of = input(two, [mentor('x'), mentor('y', [], { places: 0 }), mentor('z', [], { personId: 'p-b' })], {
      choices: [pin('a', 'x'), pin('b', 'x'), pin('a', 'y'), pin('b', 'z'), pin('gone', 'x'), forbid('b', 'y')],
    });
    expect(holdingPins(of, rules)).toEqual({ pins: [{ mentee: 0, mentor: 0 }], notKept: 4 });
  });

  it('are found among the scored pairs by their columns', () => {
    const scored = { mentee: Int32Array.from([0, 0, 1, 1]), mentor: Int32Array.from([0, 1, 0, 1]) };
    expect(columnsOf([{ mentee: 1, mentor: 0 }], scored)).toEqual([2]);
    expect(columnsOf([], scored)).toEqual([]);
  });

  it('are made whatever they score, and a forbidden pair never', () => {
    const people = [
      [mentee('a', ['glass']), mentee('b', ['wood'])],
      [mentor('x', ['glass']), mentor('y', ['wood'])],
    ] as const;
    const pairsOf = (choices: MatchingInput['choices']) =>
      matched(input([...people[0]], [...people[1]], { choices })).pairs.map(
        ({ requestId, enrolmentId, pinned }) => `${requestId}${enrolmentId}${pinned ? '!' : ''}`,
      );
    expect(pairsOf([])).toEqual(['ax', 'by']);
    expect(pairsOf([pin('a', 'y')])).toEqual(['ay!', 'bx']);
    expect(pairsOf([forbid('a', 'x')])).toEqual(['ay', 'bx']);
    expect(pairsOf([forbid('a', 'x'), forbid('a', 'y')])).toEqual(['by']);
  });

  it('count in the summary, kept or not', () => {
    const of = input(two, [mentor('x')], { choices: [pin('a', 'x'), pin('b', 'x')] });
    expect(matched(of).summary).toMatchObject({ count: 1, menteesPaired: 1, leftOut: 1, pinsNotKept: 1 });
  });
});

describe('the next mentor to ask', () => {
  const once = () => 1;
  const idsOf = (of: MatchingInput, times: (id: string) => number = once) =>
    chooseNext(of, rules, times).map(
      (next) => `${of.mentees[next.mentee]?.requestId}${of.mentors[next.mentor]?.enrolmentId}`,
    );

  it('is the best allowed with room', () => {
    const of = input(
      [mentee('a', ['glass', 'wood'])],
      [mentor('x', ['glass'], { places: 0 }), mentor('y'), mentor('z', ['wood'])],
    );
    expect(idsOf(of)).toEqual(['az']);
    expect(idsOf({ ...of, choices: [forbid('a', 'z')] })).toEqual(['ay']);
  });

  it('of equals the one with most room, then by identifier', () => {
    expect(
      idsOf(input([mentee('a')], [mentor('x'), mentor('y', [], { places: 3 }), mentor('z', [], { places: 3 })])),
    ).toEqual(['ay']);
  });

  it('is chosen first by who has waited longest, and nobody is asked more often than they have room', () => {
    const of = input(
      [mentee('a'), mentee('b', [], { roundsWaited: 2 }), mentee('c', [], { roundsWaited: 1 })],
      [mentor('x', [], { places: 2 })],
    );
    expect(idsOf(of)).toEqual(['bx', 'cx']);
  });

  it('is another for each proposal that ends, never the same twice', () => {
    const of = input([mentee('a', [], { places: 3 })], [mentor('x', [], { places: 3 }), mentor('y')]);
    expect(idsOf(of, () => 3)).toEqual(['ax', 'ay']);
    expect(idsOf(of, () => 0)).toEqual([]);
  });
});
