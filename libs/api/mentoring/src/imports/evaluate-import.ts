import { type GradeOrder, orderGrades, PeopleFacade } from '@waymark/api-people';
import type { TableRow, Tx } from '@waymark/api-platform';
import type { Round, RoundImport } from '../entities';
import { checkMapping, type ColumnPlan } from './check-mapping';
import { evaluateRows, type Evaluation } from './evaluate-rows';
import { knownPeople } from './known-people';
import { readRow, type RowReading } from './read-row';

export interface ReadImport {
  plan: ColumnPlan;
  readings: RowReading[];
}

type ReadAs = Pick<RoundImport, 'headings' | 'mapping' | 'side'>;

/** What the rows say, by the mapping alone. */
export const readRows = (rows: readonly TableRow[], { headings, mapping, side }: ReadAs): ReadImport => {
  const plan = checkMapping(mapping, headings);
  return { plan, readings: rows.map((row) => readRow(row, plan, side)) };
};

/** The addresses of the rows, each once. */
export const emailsOf = (readings: readonly RowReading[]): string[] => [
  ...new Set(readings.flatMap(({ email }) => (email === null ? [] : [email]))),
];

/** Compares the rows with the institution as it is in this transaction: preview and load judge by the same code. */
export const evaluateImport = async (
  tx: Tx,
  people: PeopleFacade,
  settings: Pick<RoundImport, 'side' | 'placesDefault' | 'gradeOrder'>,
  round: Pick<Round, 'id' | 'name'>,
  { plan, readings }: ReadImport,
): Promise<{ evaluation: Evaluation; order: GradeOrder }> => {
  const units = new Set(readings.flatMap(({ unit }) => (unit === null ? [] : [unit])));
  const grades = [...(await people.grades(tx)).values()].map(({ name }) => name);
  const evaluation = evaluateRows(
    readings,
    {
      people: await knownPeople(tx, settings.side, round.id, emailsOf(readings)),
      units: new Set([...(await people.knownUnits(tx, [...units])).keys()].map((name) => name.toLowerCase())),
      grades,
    },
    { side: settings.side, roundName: round.name, placesDefault: settings.placesDefault },
    {
      email: plan.headings[plan.email] ?? '',
      grade: plan.grade === null ? null : (plan.headings[plan.grade] ?? null),
    },
  );
  return { evaluation, order: orderGrades(grades, evaluation.freshGrades, settings.gradeOrder) };
};
