import type { CollectedPart, CollectedTable, Value } from './collect';
import { DateTime } from 'luxon';

/** What a sheet holds; cells that are neither number nor null are text. */
export interface Sheet {
  name: string;
  headings: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface ExportOf {
  readonly institution: string;
  readonly timeZone: string;
  readonly madeAt: Date;
  readonly tables: readonly CollectedTable[];
}

/**
 * The export for machines: JSON, UTF-8. `kinds` lists every kind of record, also those in which there is nothing; each
 * row is an object by heading. Instants are in UTC, ISO 8601.
 */
export const jsonOf = ({ institution, timeZone, madeAt, tables }: ExportOf): Buffer =>
  Buffer.from(
    `${JSON.stringify(
      {
        about: 'Everything that Waymark holds about one person in one institution.',
        institution,
        timeZone,
        madeAt: madeAt.toISOString(),
        kinds: tables.map(({ title, for: purpose, until, leftOut, parts }) => ({
          title,
          for: purpose,
          keptUntil: until,
          leftOut,
          parts: parts.map(({ as, headings, rows }) => ({
            as,
            rows: rows.map((row) =>
              Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? null])),
            ),
          })),
        })),
      },
      null,
      2,
    )}\n`,
  );

/** The export for people: a first sheet that says what is in it, then a sheet for each kind that has rows. */
export const sheetsOf = ({ institution, timeZone, madeAt, tables }: ExportOf): Sheet[] => {
  const contents: Sheet = {
    name: 'What is in this file',
    headings: ['Kind', 'Rows', 'What it is for', 'Kept until', 'What is left out, and why'],
    rows: tables.map((table) => [table.title, rowsIn(table), table.for, table.until, table.leftOut]),
  };
  const about = [
    `All that Waymark holds about you at ${institution}`,
    null,
    `Made ${spoken(madeAt.toISOString(), timeZone)}. Times are those of ${timeZone}.`,
    null,
    null,
  ];
  return [
    { ...contents, rows: [about, ...contents.rows] },
    ...tables.filter((table) => rowsIn(table) > 0).map((table) => sheetOf(table, timeZone)),
  ];
};

const rowsIn = ({ parts }: CollectedTable): number => parts.reduce((sum, { rows }) => sum + rows.length, 0);

/** Parts of a table differ in their columns: the sheet has all of them, and says first which part a row is of. */
const sheetOf = ({ title, parts }: CollectedTable, timeZone: string): Sheet => {
  const filled = parts.filter(({ rows }) => rows.length > 0);
  const headings = [...new Set(filled.flatMap((part) => part.headings))];
  return {
    name: title,
    headings: ['As', ...headings],
    rows: filled.flatMap((part) => part.rows.map((row) => [part.as, ...cellsOf(part, row, headings, timeZone)])),
  };
};

const cellsOf = (
  part: CollectedPart,
  row: readonly Value[],
  headings: readonly string[],
  timeZone: string,
): (string | number | null)[] =>
  headings.map((heading) => {
    const at = part.headings.indexOf(heading);
    return at < 0 ? null : cellOf(row[at] ?? null, timeZone);
  });

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const spoken = (value: string, timeZone: string): string =>
  DateTime.fromISO(value, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');

/** A value as somebody reads it: lists with commas, records as `name: value`. */
export const cellOf = (value: Value, timeZone: string): string | number | null => {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return instant.test(value) ? spoken(value, timeZone) : value;
  const worded = (inner: Value): string => String(cellOf(inner, timeZone) ?? '');
  return Array.isArray(value)
    ? value.map(worded).join(isFlat(value) ? ', ' : '; ')
    : Object.entries(value)
        .map(([name, inner]) => `${name}: ${worded(inner)}`)
        .join('; ');
};

const isFlat = (values: readonly Value[]): boolean => values.every((value) => typeof value !== 'object');
