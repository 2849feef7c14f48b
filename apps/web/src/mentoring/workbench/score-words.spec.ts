import { RoundRules, newRoundRules } from '@waymark/contracts';
import { legendOf, reasonFor, shownParts } from './score-words';

const rules: RoundRules = {
  ...newRoundRules,
  points: {
    grade: [
      { steps: 1, points: 9 },
      { steps: 2, points: 12 },
    ],
    shared: [{ attribute: 'profession', points: 10 }],
    identity: 6,
    waiting: 5,
    patience: null,
  },
};

describe('a score in words', () => {
  it('lays the parts out as the rules list them, with 0 where nothing was given, and never identity', () => {
    const parts = shownParts(rules, [
      { part: 'shared', attribute: 'Profession', because: ['Policy'], points: 10, of: 10 },
    ]);
    expect(parts).toEqual([
      { label: 'Grade', points: 0, of: 12 },
      { label: 'Profession', points: 10, of: 10 },
    ]);
  });

  it('has a legend that says the most of each part', () => {
    expect(legendOf(rules)).toEqual([
      { label: 'Grade, of 12', series: 1 },
      { label: 'Profession, of 10', series: 2 },
      { label: 'Waiting', series: 3 },
    ]);
  });

  it.each([
    [{ part: 'grade' as const, attribute: null, because: ['2'], points: 12, of: 12 }, 'You are 2 grades above'],
    [
      { part: 'shared' as const, attribute: 'profession', because: ['Policy'], points: 10, of: 10 },
      'The same profession: Policy',
    ],
    [{ part: 'waiting' as const, attribute: null, because: ['1'], points: 5, of: 5 }, 'The mentee has waited 1 round'],
  ])('tells the mentor why a part gave points', (part, text) => {
    expect(reasonFor(part, 'mentor', false)).toBe(text);
  });

  it('tells the mentee, before and after the mentor has said yes', () => {
    const grade = { part: 'grade' as const, attribute: null, because: ['2'], points: 12, of: 12 };
    expect(reasonFor(grade, 'mentee', false)).toBe('Your mentor would be 2 grades above');
    expect(reasonFor(grade, 'mentee', true)).toBe('Your mentor is 2 grades above');
    const waiting = { part: 'waiting' as const, attribute: null, because: ['3'], points: 15, of: 15 };
    expect(reasonFor(waiting, 'mentee', false)).toBe('You have waited 3 rounds');
  });
});
