import { describe, expect, it } from '@jest/globals';
import { newRoundRules } from '@waymark/contracts';
import type { MatchingInput } from '../runs/matching-input';
import { planRelease } from './plan-release';

const person = { unitId: null, gradePosition: null, attributes: {}, identity: [] };
const input = (facts: Partial<MatchingInput> = {}): MatchingInput => ({
  mentees: ['a', 'b'].map((id) => ({
    ...person,
    requestId: `r-${id}`,
    personId: `mentee-${id}`,
    roundsWaited: 0,
    places: 1,
  })),
  mentors: ['x', 'y'].map((id) => ({ ...person, enrolmentId: `e-${id}`, personId: `mentor-${id}`, places: 1 })),
  above: new Map(),
  earlierPairs: [],
  never: [],
  proposedBefore: [],
  choices: [],
  grades: [],
  ...facts,
});
const pair = (request: string, enrolment: string, score = 10) => ({
  requestId: `r-${request}`,
  enrolmentId: `e-${enrolment}`,
  score,
  parts: [],
});
const released = (now: MatchingInput, pairs: ReturnType<typeof pair>[]) => {
  const { proposals, skipped } = planRelease(now, newRoundRules, pairs);
  return [proposals.map(({ menteeId, mentorId }) => `${menteeId} ${mentorId}`).sort(), skipped];
};

describe('at release', () => {
  const pairs = [pair('a', 'x'), pair('b', 'y')];

  it('what is still right is proposed', () => {
    expect(released(input(), pairs)).toEqual([['mentee-a mentor-x', 'mentee-b mentor-y'], 0]);
  });

  it.each<[string, Partial<MatchingInput>]>([
    ['somebody has left, withdrawn or been matched', { mentees: input().mentees.slice(1) }],
    ['a mentor has left or paused', { mentors: input().mentors.slice(1) }],
    ['one has become the other’s manager', { above: new Map([['mentee-a', ['mentor-x']]]) }],
    ['one reviews the other now, or excludes them', { never: [['mentor-x', 'mentee-a']] }],
    ['the mentor has no place any more', { mentors: input().mentors.map((mentor, at) => ({ ...mentor, places: at })) }],
  ])('a pair is skipped where %s', (_, facts) => {
    expect(released(input(facts), pairs)).toEqual([['mentee-b mentor-y'], 1]);
  });

  it('the better pairs stay where places have become fewer', () => {
    const two = [pair('a', 'x', 10), pair('b', 'x', 20)];
    expect(released(input(), two)).toEqual([['mentee-b mentor-x'], 1]);
  });
});
