import { RoundRules, newRoundRules } from '@waymark/contracts';
import { gradeRangeWords, gradeStepsWords } from './grade-words';
import { mostShownPoints, rulesAdvice, rulesDifference, rulesSummary } from './rules-words';

const scheme: RoundRules = {
  proposalsPerMentee: 1,
  placesAtMost: 1,
  never: { sameUnit: true, earlierPairs: true, gradeSteps: { from: 1, to: 2 } },
  points: {
    grade: [
      { steps: 2, points: 12 },
      { steps: 1, points: 9 },
    ],
    shared: [{ attribute: 'profession', points: 10 }],
    identity: 6,
    waiting: 0,
  },
};

describe('grades in words', () => {
  it.each([
    [0, 'the same grade'],
    [1, '1 grade above'],
    [3, '3 grades above'],
    [-1, '1 grade below'],
    [-2, '2 grades below'],
  ])('says %i as “%s”', (steps, text) => {
    expect(gradeStepsWords(steps)).toBe(text);
  });

  it.each([
    [1, 2, '1 to 2 grades above'],
    [2, 2, '2 grades above'],
    [-2, -1, '1 to 2 grades below'],
    [-1, 2, 'between 1 grade below and 2 grades above'],
    [0, 2, 'between the same grade and 2 grades above'],
  ])('says %i to %i as “%s”', (from, to, text) => {
    expect(gradeRangeWords({ from, to })).toBe(text);
  });
});

describe('rules in words', () => {
  it('adds the best grade step and every attribute, and leaves identity out', () => {
    expect(mostShownPoints(scheme)).toBe(22);
  });

  it('does not count grade points that the allowed grades rule out', () => {
    const rules = { ...scheme, never: { ...scheme.never, gradeSteps: { from: 1, to: 1 } } };
    expect(mostShownPoints(rules)).toBe(19);
    expect(rulesAdvice(rules, [{ name: 'Profession', mentees: 4, mentors: 5 }])).toEqual([
      'A mentor 2 grades above scores 12, but the grades allowed leave that out.',
    ]);
  });

  it('says the whole scheme', () => {
    expect(rulesSummary(scheme)).toEqual([
      'Each mentee is proposed to one mentor.',
      'A mentor gets at most 1 mentee, however many places they have.',
      'Never together: people in one management chain, anyone whom either has excluded, people of the same organisation or unit and earlier pairs. The mentor is always 1 to 2 grades above.',
      'Points: 12 for a mentor 2 grades above, 9 for a mentor 1 grade above and 10 for the same profession.',
      'A pair can reach at most 22 points.',
      '6 points more where the mentor has the identity a mentee asked for. They count in matching alone and are never shown.',
    ]);
  });

  it('says what waiting adds', () => {
    expect(rulesSummary(newRoundRules)).toContain(
      'A pair can reach at most 10 points, and 10 more for each round the mentee has waited.',
    );
  });

  it('warns of an attribute that one side lacks', () => {
    expect(rulesAdvice(scheme, [{ name: 'profession', mentees: 4, mentors: 0 }])).toHaveLength(1);
    expect(rulesAdvice(scheme, [])).toHaveLength(1);
  });

  it('says what differs between two runs, and nothing when nothing does', () => {
    expect(rulesDifference(scheme, scheme)).toEqual([]);
    const next: RoundRules = {
      ...scheme,
      placesAtMost: null,
      points: { ...scheme.points, waiting: 15, shared: [{ attribute: 'Profession', points: 12 }] },
    };
    expect(rulesDifference(next, scheme)).toEqual([
      'places at most as offered instead of 1',
      'profession 12 instead of 10',
      'waiting 15 instead of 0',
    ]);
  });
});
