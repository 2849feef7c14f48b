import { RoundView, RunView, newRoundRules } from '@waymark/contracts';
import { releaseChecks, sendingWords, workingDaysAfter } from './release-checks';

const choices = { pinned: 0, forbidden: 0 };
const run = {
  rules: newRoundRules,
  choices,
  pinsNotKept: 0,
  mentees: 38,
  mentors: 24,
  leftOut: 5,
  count: 33,
  menteesPaired: 33,
} as RunView;
const round = { rules: newRoundRules, choices, mentees: 38, mentors: 24 } as RoundView;
const texts = (over: Partial<RoundView>, of: Partial<RunView> = {}) =>
  releaseChecks({ ...round, ...over }, { ...run, ...of }, 'Friday 1 May 2026').map((check) => check.text);

describe('before a release', () => {
  it('says which rules every pair keeps', () => {
    expect(texts({})[0]).toBe('No pair is within a management chain, an exclusion, one unit or an earlier pair');
  });

  it('says who is left out, and when nobody is', () => {
    expect(texts({})).toContain('5 people are left out and go to the front of the next round');
    expect(texts({}, { leftOut: 0 })).toContain('Nobody is left out');
  });

  it('warns where rules or people changed after the run', () => {
    const rules = { ...newRoundRules, points: { ...newRoundRules.points, waiting: 15 } };
    expect(texts({ rules })).toContain('The rules were changed after this run: waiting 15 instead of 10');
    expect(texts({ mentees: 39 }).join()).toContain('match again');
  });

  it('says what was decided by hand, what could not be kept, and what came after the run', () => {
    expect(texts({}).join()).not.toContain('forbidden');
    const made = { pinned: 2, forbidden: 1 };
    expect(texts({ choices: made }, { choices: made })).toContain(
      '2 pinned pairs and 1 forbidden pair, each with a reason',
    );
    expect(texts({ choices: made }, { choices: made, pinsNotKept: 1 }).join()).toContain('1 pin could not be kept');
    expect(texts({ choices: made }).join()).toContain('after this run: match again');
  });

  it('warns where the run was made by another method than the round’s own', () => {
    expect(texts({}).join()).not.toContain('method');
    expect(texts({}, { rules: { ...newRoundRules, method: 'stable' } })).toContain(
      "This run was made by “Stable pairs”, not by the round's own method, “Most pairs, then most points”",
    );
  });

  it('points at pairs with nothing in common', () => {
    expect(texts({}, { lowest: 0 }).join()).toContain('look at those with 0 points');
    expect(texts({}, { lowest: 3 }).join()).not.toContain('0 points');
    expect(texts({}, { lowest: null }).join()).not.toContain('0 points');
  });

  it('says what goes out', () => {
    expect(sendingWords(run)).toBe(
      '33 proposals go out by mail: to each mentor, who is asked, and to 33 mentees, who are told.',
    );
  });

  it.each([
    ['2026-04-17', 10, '2026-05-01'],
    ['2026-04-18', 1, '2026-04-20'],
  ])('%s and %i working days is %s', (day, count, result) => {
    expect(workingDaysAfter(day, count)).toBe(result);
  });
});
