import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { AllowedPair, AssignInput } from '../assign/assign-types.ts';

/** Known answers from outside the project lie beside the checkout; see their README. */
const referenceData = path.resolve(__dirname, '../../../../../shared/data');

/** `it` where the reference data are there; else the test is skipped and its name says why. */
export const itWithReferenceData = (name: string, test: () => void): void => {
  if (existsSync(referenceData)) it(name, test);
  else it.skip(`${name} (skipped: no reference data at ${referenceData})`, test);
};

const GRADES = ['AA', 'AO', 'EO', 'HEO', 'SEO', 'Grade 7', 'Grade 6', 'SCS1', 'SCS2', 'SCS3', 'SCS4'];

/**
 * The civil-service scheme by its own rules: one or two grades above and another organisation; 9 or 12 points, 10 for
 * the same profession, 6 if the identity asked for is one of the mentor's characteristics (a list set apart by ", ").
 * The column "match with similar identity" has no say: only so do the README's totals come out.
 */
export function mentoringRound(size: 'small' | 'large', places: number): Omit<AssignInput, 'order' | 'seed'> {
  const read = (file: string): Record<string, string>[] =>
    parse(readFileSync(path.join(referenceData, 'mentoring', size, file)), { columns: true });
  const mentees = read('mentees.csv');
  const mentors = read('mentors.csv');
  const pairs: AllowedPair[] = [];
  for (const mentee of mentees) {
    for (const mentor of mentors) {
      const steps = grade(mentor) - grade(mentee);
      if (steps < 1 || steps > 2 || mentor['organisation'] === mentee['organisation']) continue;
      const identity = mentee['identity to match'] ?? '';
      const isShared = identity !== '' && (mentor['characteristics'] ?? '').split(', ').includes(identity);
      const isSameProfession = mentor['profession'] === mentee['profession'];
      const score = (steps === 2 ? 12 : 9) + (isSameProfession ? 10 : 0) + (isShared ? 6 : 0);
      pairs.push({ mentee: idOf(mentee), mentor: idOf(mentor), score });
    }
  }
  return {
    mentees: mentees.map((mentee) => ({ id: idOf(mentee), places })),
    mentors: mentors.map((mentor) => ({ id: idOf(mentor), places })),
    pairs,
  };
}

/** OR-Library's 500 x 500 problem, each cost turned into 1000 less the cost. */
export function assign500(): Omit<AssignInput, 'order' | 'seed'> {
  const numbers = readFileSync(path.join(referenceData, 'assignment/assign500.txt'), 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);
  const size = numbers[0] ?? 0;
  const ids = Array.from({ length: size }, (_, at) => `p${at}`);
  return {
    mentees: ids.map((id) => ({ id })),
    mentors: ids.map((id) => ({ id, places: 1 })),
    pairs: ids.flatMap((mentee, i) =>
      ids.map((mentor, j) => ({ mentee, mentor, score: 1000 - (numbers[1 + i * size + j] ?? 0) })),
    ),
  };
}

function grade(person: Record<string, string>): number {
  return GRADES.indexOf(person['grade'] ?? '');
}

function idOf(person: Record<string, string>): string {
  return person['email address'] ?? '';
}
