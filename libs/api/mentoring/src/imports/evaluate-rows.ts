import { gradesMost } from '@waymark/api-people';
import type { ImportRow } from '@waymark/contracts';
import { type Comparison, comparePerson, type CompareWith, type KnownPerson } from './compare-person';
import type { RowProblem, RowReading } from './read-row';

export type EvaluatedRow = { reading: RowReading; problems: RowProblem[] } & (
  | { outcome: 'refused'; known: KnownPerson | undefined }
  | { outcome: Comparison['outcome']; known: KnownPerson | undefined; comparison: Comparison }
);
export type LoadableRow = Extract<EvaluatedRow, { comparison: Comparison }>;

export interface Evaluation {
  rows: EvaluatedRow[];
  counts: Record<ImportRow['outcome'], number>;
  /** In the file's spelling, in its order. */
  newUnits: string[];
  freshGrades: string[];
}

export interface Institution {
  /** By e-mail. */
  people: ReadonlyMap<string, KnownPerson>;
  /** In lower case. */
  units: ReadonlySet<string>;
  grades: readonly string[];
}

export const isLoadable = (row: EvaluatedRow): row is LoadableRow => row.outcome !== 'refused';

/** What applying the file would do to each person, judged against the institution as it is. */
export const evaluateRows = (
  readings: readonly RowReading[],
  institution: Institution,
  against: CompareWith,
  headings: { email: string; grade: string | null },
): Evaluation => {
  const seen = new Set<string>();
  let rows = readings.map((reading): EvaluatedRow => {
    const known = reading.email === null ? undefined : institution.people.get(reading.email);
    const problems = [...reading.problems];
    if (reading.email !== null) {
      const ofEmail = { heading: headings.email, value: reading.email };
      if (seen.has(reading.email)) problems.push({ code: 'email-repeated', ...ofEmail });
      if (known && !known.active) problems.push({ code: 'person-left', ...ofEmail });
      seen.add(reading.email);
    }
    if (problems.length > 0) return { outcome: 'refused', reading, problems, known };
    const comparison = comparePerson(reading, known, against);
    return { outcome: comparison.outcome, reading, problems, known, comparison };
  });

  const grades = new Set(institution.grades.map((name) => name.toLowerCase()));
  const freshGrades = newNames(rows, (reading) => reading.grade, grades);
  const tooMany = institution.grades.length + freshGrades.length > gradesMost;
  if (tooMany) rows = rows.map((row) => withKnownGrade(row, grades, headings.grade));
  const counts = { new: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return {
    rows,
    counts,
    newUnits: newNames(rows, (reading) => reading.unit, institution.units),
    freshGrades: tooMany ? [] : freshGrades,
  };
};

/** More grades than anybody could put in order are no grades: another column was taken for them. */
const withKnownGrade = (row: EvaluatedRow, grades: ReadonlySet<string>, heading: string | null): EvaluatedRow => {
  const { grade } = row.reading;
  if (!isLoadable(row) || grade === null || grades.has(grade.toLowerCase())) return row;
  return {
    outcome: 'refused',
    reading: row.reading,
    known: row.known,
    problems: [{ code: 'grade-unknown', heading, value: grade }],
  };
};

/** Names among the rows that can be loaded which are not known, each once. */
const newNames = (
  rows: readonly EvaluatedRow[],
  nameOf: (reading: RowReading) => string | null,
  known: ReadonlySet<string>,
): string[] => {
  const names = new Map<string, string>();
  for (const row of rows) {
    const name = isLoadable(row) ? nameOf(row.reading) : null;
    if (name === null) continue;
    const key = name.toLowerCase();
    if (!known.has(key) && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
};

/** A row as it is stored and shown: nothing of identity in it. */
export const storedReading = (row: EvaluatedRow): Pick<ImportRow, 'name' | 'email' | 'changes' | 'problems'> => ({
  name: `${row.reading.givenName} ${row.reading.familyName}`.trim(),
  email: row.reading.email,
  changes: isLoadable(row) ? row.comparison.changes : [],
  problems: row.problems,
});
