import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignTable } from '../assign/assign.ts';
import type { AssignTable } from '../assign/assign-types.ts';
import { relisted, smallProfiles } from '../testing/profiles.ts';
import { assignProfiles, solveProfiles } from './assign-profiles.ts';
import { explainProfilePair } from './profile-score.ts';
import type { ProfileTable } from './profile-types.ts';
import { profilesResultOf } from './profiles-result.ts';
import { verifyProfiles } from './verify-profiles.ts';

const RUNS = { numRuns: 500 };

/** Every allowed pair with a mentor who has places, for `assign`. */
function allPairs(table: ProfileTable): AssignTable {
  const { mentees, mentors } = table;
  const pairs = mentees.ids.flatMap((_, mentee) =>
    mentors.ids.flatMap((__, mentor) => {
      const { apartBy, score } = explainProfilePair(table, mentee, mentor);
      return apartBy ? [] : [{ mentee, mentor, score }];
    }),
  );
  return {
    menteeIds: mentees.ids,
    menteePlaces: mentees.places,
    mentorIds: mentors.ids,
    mentorPlaces: mentors.places,
    pairMentee: pairs.map(({ mentee }) => mentee),
    pairMentor: pairs.map(({ mentor }) => mentor),
    pairScore: pairs.map(({ score }) => score),
  };
}

const plain = (pairs: readonly { mentee: string; mentor: string; score: number }[]) =>
  pairs.map(({ mentee, mentor, score }) => [mentee, mentor, score]);

describe('a round of profiles', () => {
  it('gives the pairs that assign gives on all allowed pairs, lots and all, however few it begins with', () => {
    fc.assert(
      fc.property(
        smallProfiles(),
        fc.integer({ min: 0, max: 3 }),
        fc.string({ maxLength: 2 }),
        (table, first, seed) => {
          const result = profilesResultOf(solveProfiles(table, seed, first), seed);
          const full = assignTable(allPairs(table), 'pairs-total', seed);
          expect(plain(result.pairs)).toEqual(plain(full.pairs));
          expect([result.count, result.total]).toEqual([full.count, full.total]);
        },
      ),
      RUNS,
    );
  });

  it('gives them also where many are alike and most pairs are left out', () => {
    const larger = smallProfiles({ mentees: 60, mentors: 40, mostPoints: [1, 3] });
    fc.assert(
      fc.property(larger, fc.integer({ min: 1, max: 3 }), (table, first) => {
        const result = profilesResultOf(solveProfiles(table, 's', first), 's');
        expect(plain(result.pairs)).toEqual(plain(assignTable(allPairs(table), 'pairs-total', 's').pairs));
      }),
      { numRuns: 100 },
    );
  });

  it('is proven over all pairs by its certificate, which fails for anything less', () => {
    fc.assert(
      fc.property(smallProfiles(), (table) => {
        const result = profilesResultOf(solveProfiles(table, 's', 1), 's');
        expect(verifyProfiles(table, result)).toEqual([]);
        const [pair, ...others] = result.pairs;
        if (!pair) return;
        const worse = { ...result, pairs: others, count: others.length, total: result.total - pair.score };
        expect(verifyProfiles(table, worse)).not.toEqual([]);
        const dearer = { ...result, pairs: [{ ...pair, score: pair.score + 1 }, ...others], total: result.total + 1 };
        expect(verifyProfiles(table, dearer)).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it('gives the same bytes in whatever order people, values and forbidden pairs are listed', () => {
    const reordered = smallProfiles().chain((table) => {
      const order = (ids: readonly string[]) =>
        fc.shuffledSubarray(
          ids.map((_, at) => at),
          { minLength: ids.length },
        );
      return fc.tuple(fc.constant(table), order(table.mentees.ids), order(table.mentors.ids));
    });
    fc.assert(
      fc.property(reordered, ([table, menteeOrder, mentorOrder]) => {
        const again = assignProfiles(relisted(table, menteeOrder, mentorOrder), 's');
        expect(JSON.stringify(again)).toBe(JSON.stringify(assignProfiles(table, 's')));
      }),
      { numRuns: 150 },
    );
  });
});
