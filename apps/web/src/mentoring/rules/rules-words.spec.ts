import { RoundRules, newRoundRules } from '@waymark/contracts';
import { gradeRangeWords, gradeStepsWords } from './grade-words';
import { mostShownPoints, rulesAdvice, rulesDifference, rulesSummary, waitingSentence } from './rules-words';

const scheme: RoundRules = {
  method: 'pairs-total',
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
    patience: null,
  },
};

const waiting = (points: Partial<RoundRules['points']>, rules = scheme): RoundRules => ({
  ...rules,
  points: { ...rules.points, ...points },
});

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
    expect(rulesAdvice(waiting({ waiting: 30 }, rules), [{ name: 'Profession', mentees: 4, mentors: 5 }])).toEqual([
      'A mentor 2 grades above scores 12, but the grades allowed leave that out.',
    ]);
  });

  it('says the whole scheme', () => {
    expect(rulesSummary(scheme)).toEqual([
      'Most pairs, then most points: as many pairs as possible are made; of all ways to do that, the one with the most points in all is taken.',
      'Each mentee is proposed to one mentor.',
      'A mentor gets at most 1 mentee, however many places they have.',
      'Never together: people in one management chain, anyone whom either has excluded, people of the same organisation or unit and earlier pairs. The mentor is always 1 to 2 grades above.',
      'Points: 12 for a mentor 2 grades above, 9 for a mentor 1 grade above and 10 for the same profession.',
      'A pair can reach at most 22 points.',
      '6 points more where the mentor has the identity a mentee asked for. They count in matching alone and are never shown.',
      'Waiting gives nothing, so there is no end to how long somebody may wait while others are served.',
    ]);
  });

  it('says what waiting adds', () => {
    expect(rulesSummary(newRoundRules)).toContain(
      'A pair can reach at most 10 points, and 10 more for each round the mentee has waited.',
    );
  });

  // The scheme's scores differ by 28 points at most: one round more gives 29.
  it.each([
    [10, 2, 'more where the mentee has waited: 10 for each of the first 2 rounds, 29 for each after them.'],
    [10, 1, 'more where the mentee has waited: 10 for the first round, 29 for each after it.'],
    [0, 2, '29 more for each round the mentee has waited beyond the first 2.'],
    [0, 1, '29 more for each round the mentee has waited beyond the first.'],
  ])('says what %i points for a round add, and what each adds after %i', (points, patience, end) => {
    expect(rulesSummary(waiting({ waiting: points, patience }))).toContain(
      `A pair can reach at most 22 points, and ${end}`,
    );
  });

  it('warns of an attribute that one side lacks', () => {
    const waits = waiting({ waiting: 30 });
    expect(rulesAdvice(waits, [{ name: 'profession', mentees: 4, mentors: 0 }])).toHaveLength(1);
    expect(rulesAdvice(waits, [])).toHaveLength(1);
  });

  it.each<[Partial<RoundRules['points']>, string]>([
    // The scheme's scores differ by 28 points at most: 12 for grade, 10 for the profession, 6 for identity.
    [
      { waiting: 10 },
      'Nobody waits more than 2 rounds longer than somebody with the same possibilities who asked later and is served.',
    ],
    [{ waiting: 29 }, 'Nobody waits while somebody with the same possibilities who asked later is served.'],
    [
      { waiting: 28 },
      'Nobody waits more than 1 round longer than somebody with the same possibilities who asked later and is served.',
    ],
    [
      { waiting: 0, patience: 3 },
      'Nobody waits more than 3 rounds while somebody with the same possibilities who asked later is served.',
    ],
  ])('promises to those who wait, with %o: %s', (points, sentence) => {
    expect(waitingSentence(waiting(points))).toBe(sentence);
  });

  it('warns where waiting gives nothing, or so little that it hardly ever helps', () => {
    const known = [{ name: 'profession', mentees: 4, mentors: 5 }];
    expect(rulesAdvice(scheme, known).join()).toContain('somebody may be left out in every round');
    expect(rulesAdvice(waiting({ waiting: 2 }), known)).toEqual([
      'Waiting gives so few points that it helps only whoever has waited more than 14 rounds longer. With 6 points for each round it would be at most 4 rounds.',
    ]);
    expect(waitingSentence(waiting({ waiting: 6 }))).toContain('more than 4 rounds longer');
    expect(rulesAdvice(waiting({ waiting: 6 }), known)).toEqual([]);
    expect(rulesAdvice(waiting({ waiting: 0, patience: 6 }), known).join()).toContain('only after 6 rounds');
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
    // By which method a run was made is said apart.
    expect(rulesDifference({ ...scheme, method: 'total' }, scheme)).toEqual([]);
    expect(rulesDifference(waiting({ patience: 2 }), scheme)).toEqual([
      'rounds after which waiting comes first 2 instead of never',
    ]);
  });
});
