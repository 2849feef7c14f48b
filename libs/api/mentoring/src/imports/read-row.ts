import { isDamaged, type TableRow } from '@waymark/api-platform';
import { cut, email as emailSchema, type ImportRow, type Side } from '@waymark/contracts';
import type { ColumnPlan } from './check-mapping';

export type RowProblem = ImportRow['problems'][number];

/** What a row says of a person. null: the file says nothing, and what is known stays. */
export interface RowReading {
  line: number;
  givenName: string;
  familyName: string;
  /** From one column: given and family name may be parted elsewhere by whoever knows the person. */
  nameInOne: boolean;
  email: string | null;
  jobTitle: string | null;
  unit: string | null;
  grade: string | null;
  places: number | null;
  attributes: ReadonlyMap<string, string[]>;
  /** To be matched on, and for nothing else; empty: nothing that they agreed to. null: the file has no such column. */
  identity: string[] | null;
  problems: RowProblem[];
}

const longest = { name: 80, jobTitle: 120, unit: 120, grade: 60, value: 100, values: 50, shown: 200 };

/** Runs of white space, line breaks among them, are one space. */
const oneLine = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim();

/** Several values of a cell, each once, whatever its case. */
export const valuesOf = (cell: string): string[] => {
  const seen = new Map<string, string>();
  for (const part of cell.split(/[,;\n]/)) {
    const value = oneLine(part);
    if (value !== '' && !seen.has(value.toLowerCase())) seen.set(value.toLowerCase(), value);
  }
  return [...seen.values()];
};

const yes = /^(y|yes|true|1|x)$/i;
const totals = /^(grand |sub-?)?totals?\b/i;

/** Reads one row. Cells that begin like a formula are text like any other. Problems say nothing of identity. */
export const readRow = (row: TableRow, plan: ColumnPlan, side: Side): RowReading => {
  const problems: RowProblem[] = [];
  const email = emailOf(row.cells[plan.email] ?? '');
  const asTotals = email === null ? totalsIn(row.cells, plan) : null;
  if (asTotals !== null) return nothingOf(row, [{ code: 'totals-line', heading: null, value: asTotals }]);
  if (row.cells.length !== plan.columns && !onlyBlankBeyond(row.cells, plan.columns))
    return misshapen(row, plan, email);

  const say = (code: RowProblem['code'], column: number | null, value: string) =>
    void problems.push({
      code,
      heading: column === null ? null : (plan.headings[column] ?? null),
      value: shown(value),
    });
  /** A cell's text; a problem where it cannot be kept or is too long. */
  const textOf = (column: number | null, most: number): string => {
    const text = column === null ? '' : oneLine(row.cells[column] ?? '');
    if (isDamaged(text)) say('text-with-nul', column, text);
    else if (text.length > most) say('text-too-long', column, text);
    else return text;
    return '';
  };
  const listOf = (column: number, secret: boolean): string[] => {
    const cell = row.cells[column] ?? '';
    const values = valuesOf(cell);
    const wrong = isDamaged(cell)
      ? 'text-with-nul'
      : values.length > longest.values || values.some((value) => value.length > longest.value)
        ? 'text-too-long'
        : null;
    if (wrong === null) return values;
    say(wrong, column, secret ? '' : cell);
    return [];
  };

  const name = nameOf(plan, textOf, problems);
  if (email === null) {
    const cell = row.cells[plan.email] ?? '';
    say(cell === '' ? 'email-missing' : isDamaged(cell) ? 'text-with-nul' : 'email-malformed', plan.email, cell);
  }
  const attributes = new Map<string, string[]>();
  for (const { name: attribute, column } of plan.attributes) {
    const values = listOf(column, false);
    if (values.length > 0) attributes.set(attribute, values);
  }
  return {
    line: row.line,
    ...name,
    email,
    jobTitle: textOf(plan.jobTitle, longest.jobTitle) || null,
    unit: textOf(plan.unit, longest.unit) || null,
    grade: textOf(plan.grade, longest.grade) || null,
    places: side === 'mentors' ? placesOf(row, plan.places, say) : null,
    attributes,
    identity: identityOf(row, plan, listOf),
    problems,
  };
};

const shown = (value: string): string => {
  const text = oneLine(value);
  return text.length > longest.shown ? `${cut(text, longest.shown - 1)}…` : text;
};

const emailOf = (cell: string): string | null => {
  const parsed = emailSchema.safeParse(cell);
  return parsed.success ? parsed.data : null;
};

const nothingOf = (row: TableRow, problems: RowProblem[]): RowReading => ({
  line: row.line,
  givenName: '',
  familyName: '',
  nameInOne: false,
  email: null,
  jobTitle: null,
  unit: null,
  grade: null,
  places: null,
  attributes: new Map(),
  identity: null,
  problems,
});

/** A line below the people that adds them up: no address, and it says so in its first cell. */
const totalsIn = (cells: readonly string[], plan: ColumnPlan): string | null => {
  const first = cells.findIndex((cell) => cell !== '');
  const said = totals.exec(cells[first] ?? '')?.[0] ?? null;
  return said !== null && !plan.identity.includes(first) ? said : null;
};

/** Spreadsheets write separators for columns that were used once. */
const onlyBlankBeyond = (cells: readonly string[], columns: number): boolean =>
  cells.length > columns && cells.slice(columns).every((cell) => cell === '');

/**
 * A row of another length has its cells in other columns, identity perhaps among names. Only what must be right is
 * shown: the address where it is one, and names that stand before it.
 */
const misshapen = (row: TableRow, plan: ColumnPlan, email: string | null): RowReading => {
  const code = row.cells.length < plan.columns ? 'cells-missing' : 'cells-too-many';
  const reading = nothingOf(row, [{ code, heading: null, value: `${row.cells.length} / ${plan.columns}` }]);
  const nameAt = [plan.givenName, plan.familyName, plan.fullName].filter((column) => column !== null);
  if (email === null || nameAt.some((column) => column > plan.email)) return { ...reading, email };
  const cellOf = (column: number | null) => (column === null ? '' : shown(row.cells[column] ?? ''));
  const inTwo = plan.givenName !== null && plan.familyName !== null;
  return {
    ...reading,
    email,
    givenName: inTwo ? cellOf(plan.givenName) : '',
    familyName: inTwo ? cellOf(plan.familyName) : cellOf(plan.fullName),
  };
};

type Name = Pick<RowReading, 'givenName' | 'familyName' | 'nameInOne'>;

const nameOf = (
  plan: ColumnPlan,
  textOf: (column: number | null, most: number) => string,
  problems: RowProblem[],
): Name => {
  const before = problems.length;
  const missing = (column: number) => {
    if (problems.length === before)
      problems.push({ code: 'name-missing', heading: plan.headings[column] ?? null, value: '' });
  };
  if (plan.givenName !== null && plan.familyName !== null) {
    const givenName = textOf(plan.givenName, longest.name);
    const familyName = textOf(plan.familyName, longest.name);
    if (givenName === '') missing(plan.givenName);
    else if (familyName === '') missing(plan.familyName);
    return { givenName, familyName, nameInOne: false };
  }
  const column = plan.fullName ?? 0;
  const name = textOf(column, longest.name * 2);
  if (name === '') missing(column);
  const space = name.lastIndexOf(' ');
  const [givenName, familyName] = space < 0 ? ['', name] : [name.slice(0, space), name.slice(space + 1)];
  if (givenName.length > longest.name || familyName.length > longest.name) {
    problems.push({ code: 'text-too-long', heading: plan.headings[column] ?? null, value: shown(name) });
  }
  return { givenName, familyName, nameInOne: true };
};

const placesOf = (
  row: TableRow,
  column: number | null,
  say: (code: RowProblem['code'], column: number | null, value: string) => void,
): number | null => {
  const cell = column === null ? '' : (row.cells[column] ?? '');
  if (cell === '') return null;
  const places = /^\d{1,3}(\.0+)?$/.test(cell) ? Number(cell) : NaN;
  if (places <= 10) return places;
  say('places-not-a-number', column, cell);
  return null;
};

/**
 * What somebody says of their identity is kept only where they agreed: by answering a question that asks for it, or,
 * with a column that asks for leave, by a plain yes there. Withheld or withdrawn leave is an empty list.
 */
const identityOf = (
  row: TableRow,
  plan: ColumnPlan,
  listOf: (column: number, secret: boolean) => string[],
): string[] | null => {
  if (plan.identity.length === 0) return null;
  if (plan.identityWish !== null && !yes.test(row.cells[plan.identityWish] ?? '')) return [];
  return valuesOf(plan.identity.flatMap((column) => listOf(column, true)).join(';'));
};
