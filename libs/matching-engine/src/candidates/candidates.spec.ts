import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawLots } from '../lots.ts';
import { relisted, smallProfiles } from '../testing/profiles.ts';
import { candidates } from './candidates.ts';
import { explainProfilePair } from './profile-score.ts';
import type { ProfilePeople, ProfileTable } from './profile-types.ts';
import { ProfilesRefused } from './profiles-refused.ts';

const RUNS = { numRuns: 800 };
const LOT_RANGE = 2 ** 30;

/** By the rules alone, every pair one by one, sorted in full. */
function naively(table: ProfileTable, k: number, seed: string): Map<string, [string, number][]> {
  const { mentees, mentors } = table;
  const mentorLot = drawLots(`${seed}\u0000circle`, [''], mentors.ids);
  const menteeLot = drawLots(`${seed}\u0000circle`, mentees.ids, ['']);
  return new Map(
    mentees.ids.map((id, mentee) => {
      const allowed = mentors.ids.flatMap((other, mentor) => {
        const { apartBy, score } = explainProfilePair(table, mentee, mentor);
        const way = (mentorLot(0, mentor, 0) - menteeLot(mentee, 0, 0) + LOT_RANGE) % LOT_RANGE;
        return apartBy ? [] : [{ other, score, way }];
      });
      allowed.sort((a, b) => b.score - a.score || a.way - b.way || (a.other < b.other ? -1 : 1));
      return [id, allowed.slice(0, k).map(({ other, score }) => [other, score])];
    }),
  );
}

function rowsOf(table: ProfileTable, k: number, seed: string): Map<string, [string, number][]> {
  const { menteeIds, mentorIds, start, mentor, score } = candidates(table, k, seed);
  return new Map(
    menteeIds.map((id, i) => [
      id,
      Array.from({ length: start[i + 1]! - start[i]! }, (_, at) => [
        mentorIds[mentor[start[i]! + at]!]!,
        score[start[i]! + at]!,
      ]),
    ]),
  );
}

const sorted = <T>(rows: Map<string, T>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

describe("everybody's best mentors", () => {
  it('are those that scoring every pair by the rules and sorting them finds', () => {
    fc.assert(
      fc.property(smallProfiles(), fc.integer({ min: 0, max: 9 }), fc.string({ maxLength: 2 }), (table, k, seed) => {
        expect(sorted(rowsOf(table, k, seed))).toEqual(sorted(naively(table, k, seed)));
      }),
      RUNS,
    );
  });

  it('are found among more mentors than a word of a bit set holds', () => {
    fc.assert(
      fc.property(smallProfiles({ mentees: 20, mentors: 140 }), fc.integer({ min: 1, max: 40 }), (table, k) => {
        expect(sorted(rowsOf(table, k, 's'))).toEqual(sorted(naively(table, k, 's')));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same in whatever order people, values and forbidden pairs are listed', () => {
    const reordered = smallProfiles().chain((table) => {
      const order = (ids: readonly string[]) =>
        fc.shuffledSubarray(
          ids.map((_, at) => at),
          { minLength: ids.length },
        );
      return fc.tuple(fc.constant(table), order(table.mentees.ids), order(table.mentors.ids));
    });
    fc.assert(
      fc.property(reordered, fc.integer({ min: 1, max: 4 }), ([table, menteeOrder, mentorOrder], k) => {
        expect(candidates(relisted(table, menteeOrder, mentorOrder), k, 's')).toEqual(candidates(table, k, 's'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the score of one pair', () => {
  it('is told by its parts, and what keeps a pair apart by its rule', () => {
    const one = (places: number, grade: number, skills: number[], unit: number[]): Omit<ProfilePeople, 'ids'> => ({
      places: [places],
      grade: [grade],
      values: [
        { start: [0, skills.length], value: skills },
        { start: [0, unit.length], value: unit },
      ],
    });
    const table: ProfileTable = {
      rules: {
        attributes: [
          { name: 'skills', pointsOnce: 10, pointsEach: 2 },
          { name: 'unit', pointsOnce: 0, must: 'differ' },
        ],
        gradePoints: [{ steps: 2, points: 12 }],
        gradeSteps: { from: 1, to: 3 },
      },
      mentees: { ids: ['e'], ...one(1, 3, [4, 7, 9], [1]), points: [20] },
      mentors: { ids: ['r'], ...one(1, 5, [9, 4], [2]) },
      forbiddenMentee: [],
      forbiddenMentor: [],
    };
    expect(explainProfilePair(table, 0, 0)).toEqual({
      apartBy: undefined,
      score: 46,
      parts: [
        { kind: 'own-points', points: 20 },
        { kind: 'grade', steps: 2, points: 12 },
        { kind: 'shared', attribute: 0, name: 'skills', values: [4, 9], points: 14 },
      ],
    });
    const mentors = (change: Omit<ProfilePeople, 'ids'>) => ({ ...table, mentors: { ids: ['r'], ...change } });
    const apart: [ProfileTable, object][] = [
      [mentors(one(1, 5, [4], [1])), { kind: 'must-differ', attribute: 1 }],
      [mentors(one(1, 7, [4], [2])), { kind: 'grade-steps' }],
      [mentors(one(1, -1, [4], [2])), { kind: 'grade-steps' }],
      [mentors(one(0, 5, [4], [2])), { kind: 'no-places' }],
      [{ ...table, forbiddenMentee: [0], forbiddenMentor: [0] }, { kind: 'forbidden' }],
    ];
    for (const [other, reason] of apart) {
      expect(explainProfilePair(other, 0, 0).apartBy).toEqual(reason);
      expect(candidates(other, 3, 's').mentor).toHaveLength(0);
    }
  });
});

describe('profiles that cannot be worked on', () => {
  const people = { places: [1], grade: [0], values: [{ start: [0, 1], value: [5] }] };
  const table: ProfileTable = {
    rules: {
      attributes: [{ name: 'skills', pointsOnce: 3 }],
      gradePoints: [{ steps: 1, points: 2 }],
      gradeSteps: null,
    },
    mentees: { ids: ['e'], ...people, points: [0] },
    mentors: { ids: ['r'], ...people },
    forbiddenMentee: [],
    forbiddenMentor: [],
  };
  const rules = (change: Partial<ProfileTable['rules']>) => ({ rules: { ...table.rules, ...change } });
  const mentees = (change: object) => ({ mentees: { ...table.mentees, ...change } });
  const refused: [string, Partial<ProfileTable>, object][] = [
    [
      'points-negative',
      rules({ attributes: [{ name: 'skills', pointsOnce: -3 }] }),
      { list: 'attributes', index: 0, field: 'points' },
    ],
    [
      'points-not-whole',
      rules({ gradePoints: [{ steps: 1, points: 0.5 }] }),
      { list: 'gradePoints', index: 0, field: 'points' },
    ],
    [
      'steps-repeated',
      rules({
        gradePoints: [
          { steps: 1, points: 1 },
          { steps: 1, points: 2 },
        ],
      }),
      { list: 'gradePoints', index: 1, field: 'steps', firstIndex: 0 },
    ],
    [
      'grade-range-reversed',
      rules({ gradeSteps: { from: 2, to: 1 } }),
      { list: 'gradeSteps', index: 0, field: 'from' },
    ],
    ['points-negative', mentees({ points: [-1] }), { list: 'mentees', index: 0, field: 'points' }],
    ['score-too-high', mentees({ points: [999_999] }), { list: 'mentees', index: 0, field: 'points' }],
    ['places-negative', mentees({ places: [-1] }), { list: 'mentees', index: 0, field: 'places' }],
    ['places-not-whole', mentees({ places: [1.5] }), { list: 'mentees', index: 0, field: 'places' }],
    ['grade-not-known', mentees({ grade: [-2] }), { list: 'mentees', index: 0, field: 'grade' }],
    [
      'value-not-known',
      mentees({ values: [{ start: [0, 1], value: [0.5] }] }),
      { list: 'mentees', index: 0, field: 'values' },
    ],
    ['lists-differ-in-length', mentees({ values: [] }), { list: 'mentees', index: 0, field: 'values' }],
    ['id-empty', mentees({ ids: [''] }), { list: 'mentees', index: 0, field: 'id' }],
    [
      'mentor-duplicate',
      {
        mentors: {
          ids: ['r', 'r'],
          places: [1, 1],
          grade: [0, 0],
          values: [{ start: [0, 0, 0], value: [] }],
        },
      },
      { list: 'mentors', index: 1, field: 'id', firstIndex: 0 },
    ],
    [
      'mentor-unknown',
      { forbiddenMentee: [0], forbiddenMentor: [1] },
      { list: 'forbidden', index: 0, field: 'mentor' },
    ],
  ];
  it.each(refused)('are refused as %s, with the position', (name, change, at) => {
    const attempt = () => candidates({ ...table, ...change }, 1, 's');
    expect(attempt).toThrow(ProfilesRefused);
    expect(attempt).toThrow(expect.objectContaining({ name, at }));
  });

  it('are not those of nobody: nobody has candidates', () => {
    const nobody = { ids: [], places: [], grade: [], values: [{ start: [0], value: [] }] };
    const empty = { ...table, mentees: { ...nobody, points: [] }, mentors: nobody };
    expect(candidates(empty, 3, 's')).toMatchObject({ menteeIds: [], mentorIds: [] });
  });
});
