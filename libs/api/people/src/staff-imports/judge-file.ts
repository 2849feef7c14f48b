import type { TableRow, Tx } from '@waymark/api-platform';
import { type GradeOrder, orderGrades } from '../order-grades';
import { checkMapping, type StaffPlan } from './check-mapping';
import type { StaffImport, Summary } from './entities';
import type { KnownInstitution } from './known-institution';
import { judgeRows, type Judgement } from './judge-rows';
import { readInstitution } from './read-institution';
import { readRow, type RowReading } from './read-row';

export interface ReadFile {
  plan: StaffPlan;
  readings: RowReading[];
}

type ReadAs = Pick<StaffImport, 'kind' | 'headings' | 'mapping' | 'settings'>;

/** Rows read in one go; then whatever else waits in the process has its turn, the queue's heartbeat among it. */
const rowsAtOnce = 4000;

/** What the rows say, by the mapping alone. */
export const readRows = async (rows: readonly TableRow[], file: ReadAs, today: string): Promise<ReadFile> => {
  const plan = checkMapping(file.mapping, file.headings, file.kind);
  const readings: RowReading[] = [];
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    for (const row of rows.slice(at, at + rowsAtOnce)) readings.push(readRow(row, plan, file.settings, today));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { plan, readings };
};

export interface JudgedFile {
  institution: KnownInstitution;
  judgement: Judgement;
  order: GradeOrder;
}

/** Judges the rows against the institution as it is in this transaction: preview and applying judge by the same code. */
export const judgeFile = async (
  tx: Tx,
  { plan, readings }: ReadFile,
  { settings, gradeOrder }: Pick<StaffImport, 'settings' | 'gradeOrder'>,
  { lock }: { lock: boolean },
): Promise<JudgedFile> => {
  const wanted = { lock, skills: plan.at.skills !== null, awards: plan.at.award !== null };
  const institution = await readInstitution(tx, wanted);
  const judgement = judgeRows(readings, plan, settings, institution);
  const order = orderGrades(
    institution.grades.map(({ name }) => name),
    judgement.freshGrades,
    gradeOrder,
  );
  return { institution, judgement, order };
};

/** Names of one file's new units are shown at most so many. */
const namesMost = 500;

export const summaryOf = ({ rows, counts, newUnits, newSkills, freshGrades }: Judgement): Summary => {
  const problems = new Map<Summary['problems'][number]['code'], number>();
  const changes = new Map<Summary['changes'][number]['field'], number>();
  for (const row of rows) {
    for (const code of new Set(row.problems.map((problem) => problem.code))) {
      problems.set(code, (problems.get(code) ?? 0) + 1);
    }
    if (row.outcome !== 'changed' && row.outcome !== 'leaver') continue;
    for (const field of new Set(row.changes.map((change) => change.field))) {
      changes.set(field, (changes.get(field) ?? 0) + 1);
    }
  }
  const often = <Key>(map: Map<Key, number>) => [...map].sort((a, b) => b[1] - a[1]);
  return {
    counts,
    problems: often(problems).map(([code, count]) => ({ code, rows: count })),
    changes: often(changes).map(([field, count]) => ({ field, rows: count })),
    newUnits: newUnits.slice(0, namesMost),
    newSkills: newSkills.slice(0, namesMost),
    freshGrades,
  };
};
