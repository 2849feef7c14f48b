import { isDamaged, type TableRow } from '@waymark/api-platform';
import { cut, type StaffField, type StaffImportRow, type StaffImportSettings } from '@waymark/contracts';
import type { StaffPlan } from './check-mapping';
import { plainHeading } from './column-guess';
import {
  asText,
  asValue,
  dayOf,
  emailOf,
  futureYears,
  isFormula,
  isUnreadable,
  namesIn,
  oneLine,
  pastYears,
  type Read,
  staffNumberOf,
  valuesOf,
  yesOrNo,
} from './read-cells';

export type RowProblem = StaffImportRow['problems'][number];
export type RowNote = StaffImportRow['notes'][number];

export interface AwardRead {
  body: string;
  award: string;
  number: string | null;
  awardedOn: string;
  validTo: string | null;
}

/** What a row says of a person. null: the file says nothing, and what is known stays. */
export interface RowReading {
  line: number;
  staffNumber: string | null;
  email: string | null;
  givenName: string;
  familyName: string;
  /** From one column: given and family name may be parted elsewhere by whoever knows the person. */
  nameInOne: boolean;
  jobTitle: string | null;
  /** From the top; one name alone can stand anywhere in the tree. */
  unit: readonly string[] | null;
  /** The cell as it stands, where it was one: a unit's own name may hold a stroke. */
  unitCell: string | null;
  grade: string | null;
  managerNumber: string | null;
  managerEmail: string | null;
  technician: boolean | null;
  externallyFunded: boolean | null;
  contractUntil: string | null;
  leftOn: string | null;
  skills: readonly string[];
  award: AwardRead | null;
  problems: RowProblem[];
}

export const shownMost = 80;
export const shown = (value: string): string => {
  const text = oneLine(value);
  return text.length > shownMost ? `${cut(text, shownMost - 1)}…` : text;
};

const longest = { name: 80, title: 120, unit: 120, grade: 60, skill: 80, skills: 50, award: 120, awardNumber: 60 };
const totals = /^(grand |sub-? ?)?(totals?|sum|count|headcount)\b( |:|$)/i;

/** Reads one row by the mapping alone; nothing is known of anybody yet. `today` bounds years of two digits. */
export const readRow = (
  row: TableRow,
  plan: StaffPlan,
  { dateOrder }: Pick<StaffImportSettings, 'dateOrder'>,
  today: string,
): RowReading => {
  const { at, headings } = plan;
  const problems: RowProblem[] = [];
  const cellOf = (field: StaffField): string => {
    const column = at[field];
    return column === null ? '' : (row.cells[column] ?? '');
  };
  const say = (code: RowProblem['code'], field: StaffField | null, value: string) => {
    const column = field === null ? null : at[field];
    problems.push({ code, heading: column === null ? null : (headings[column] ?? null), value: shown(value) });
  };
  const nothing = (problem: RowProblem, key?: Partial<RowReading>): RowReading => ({
    ...blank(row.line),
    ...key,
    problems: [problem],
  });

  if (repeatsHeadings(row.cells, headings)) {
    return nothing({ code: 'headings-repeated', heading: null, value: shown(row.cells.join(' ')) });
  }
  const email = emailOf(cellOf('email'));
  const first = row.cells.find((cell) => cell !== '') ?? '';
  if (totals.test(first) && (email === null || isUnreadable(email))) {
    return nothing({ code: 'totals-line', heading: null, value: shown(first) });
  }
  const surplus = row.cells.length > headings.length && row.cells.slice(headings.length).some((cell) => cell !== '');
  if (row.cells.length < headings.length || surplus) {
    const number = staffNumberOf(cellOf('staff-number'));
    return nothing(
      {
        code: surplus ? 'cells-too-many' : 'cells-missing',
        heading: null,
        value: `${row.cells.length} / ${headings.length}`,
      },
      // Cells may have slipped: only what must be right is taken, and only to find the person again.
      { staffNumber: isUnreadable(number) ? null : number, email: isUnreadable(email) ? null : email },
    );
  }

  /** A cell read in some way; a problem where it cannot be. */
  const readWith = <Value>(field: StaffField, way: (cell: string) => Read<Value>): Value | null => {
    const cell = cellOf(field);
    if (cell === '') return null;
    if (isDamaged(cell)) {
      say('text-damaged', field, cell);
      return null;
    }
    const value = way(cell);
    if (!isUnreadable(value)) return value;
    say(value.code, field, cell);
    return null;
  };
  const textOf = (field: StaffField, most: number, isName = false): string | null => {
    const cell = cellOf(field);
    const text = isName ? asText(cell).replace(/^[-–]$/, '') : asValue(cell);
    if (text === '') return null;
    const wrong = isDamaged(text)
      ? 'text-damaged'
      : isFormula(text)
        ? 'formula'
        : text.length > most
          ? 'text-too-long'
          : null;
    if (wrong === null) return text;
    say(wrong, field, cell);
    return null;
  };

  const staffNumber = readWith('staff-number', staffNumberOf);
  const address = readWith('email', () => email);
  const before = problems.length;
  const name = nameOf(plan, textOf);
  if (plan.kind === 'staff' && name.familyName === '' && problems.length === before) {
    say('name-missing', at['family-name'] === null ? 'full-name' : 'family-name', '');
  }
  if (name.givenName.length > longest.name || name.familyName.length > longest.name) {
    say('text-too-long', 'full-name', `${name.givenName} ${name.familyName}`);
  }
  const past = pastYears(today);
  const future = futureYears(today);
  const unit = unitOf(plan, textOf);
  const reading: RowReading = {
    line: row.line,
    staffNumber,
    email: address,
    ...name,
    jobTitle: textOf('job-title', longest.title),
    ...unit,
    grade: textOf('grade', longest.grade),
    managerNumber: readWith('manager-staff-number', staffNumberOf),
    managerEmail: readWith('manager-email', emailOf),
    technician: readWith('technician', yesOrNo),
    externallyFunded: readWith('externally-funded', yesOrNo),
    contractUntil: readWith('contract-until', (cell) => dayOf(cell, dateOrder, future)),
    leftOn: readWith('left-on', (cell) => dayOf(cell, dateOrder, past)),
    skills: [],
    award: null,
    problems,
  };
  if (unit.unit?.some((step) => step.length > longest.unit)) say('text-too-long', 'unit', cellOf('unit'));
  reading.skills = skillsOf(cellOf('skills'), say);
  reading.award = awardOf({ textOf, readWith, say, order: dateOrder, past, future });
  if (staffNumber === null && address === null && !problems.some(({ heading }) => isKey(plan, heading))) {
    say('key-missing', null, '');
  }
  return reading;
};

const isKey = ({ at, headings }: StaffPlan, heading: string | null): boolean =>
  heading !== null &&
  (['staff-number', 'email'] as const).some((field) => at[field] !== null && headings[at[field]] === heading);

const blank = (line: number): RowReading => ({
  line,
  staffNumber: null,
  email: null,
  givenName: '',
  familyName: '',
  nameInOne: false,
  jobTitle: null,
  unit: null,
  unitCell: null,
  grade: null,
  managerNumber: null,
  managerEmail: null,
  technician: null,
  externallyFunded: null,
  contractUntil: null,
  leftOn: null,
  skills: [],
  award: null,
  problems: [],
});

/** Most cells are those of the headings. */
const repeatsHeadings = (cells: readonly string[], headings: readonly string[]): boolean => {
  const filled = cells.flatMap((cell, column) => (cell === '' ? [] : [[plainHeading(cell), headings[column] ?? '']]));
  const same = filled.filter(([cell = '', heading = '']) => cell === plainHeading(heading)).length;
  return same >= 2 && same >= filled.length * 0.8;
};

type TextOf = (field: StaffField, most: number, isName?: boolean) => string | null;

const nameOf = ({ at }: StaffPlan, textOf: TextOf): Pick<RowReading, 'givenName' | 'familyName' | 'nameInOne'> => {
  if (at['family-name'] !== null) {
    const familyName = textOf('family-name', longest.name, true) ?? '';
    return { givenName: textOf('given-name', longest.name, true) ?? '', familyName, nameInOne: false };
  }
  const name = textOf('full-name', longest.name * 2, true) ?? '';
  return { ...namesIn(name), nameInOne: true };
};

/** A path in one cell, with ` > ` or `/` between, or over columns. */
const unitOf = ({ at }: StaffPlan, textOf: TextOf): Pick<RowReading, 'unit' | 'unitCell'> => {
  const levels = (['unit-1', 'unit-2', 'unit-3'] as const).flatMap((field) => textOf(field, longest.unit) ?? []);
  const cell = textOf('unit', longest.unit * 4);
  if (cell === null) return { unit: levels.length > 0 ? levels : null, unitCell: null };
  const steps = cell
    .split(/\s*>\s*|\//)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  // Levels and a unit together: the unit is below them.
  const above = at['unit-1'] === null && at['unit-2'] === null && at['unit-3'] === null ? [] : levels;
  return { unit: [...above, ...steps], unitCell: above.length === 0 ? cell : null };
};

const skillsOf = (
  cell: string,
  say: (code: RowProblem['code'], field: StaffField, value: string) => void,
): string[] => {
  const values = valuesOf(cell);
  const wrong = isDamaged(cell)
    ? 'text-damaged'
    : values.some(isFormula)
      ? 'formula'
      : values.length > longest.skills || values.some((value) => value.length > longest.skill)
        ? 'text-too-long'
        : null;
  if (wrong === null) return values;
  say(wrong, 'skills', cell);
  return [];
};

const awardOf = ({
  textOf,
  readWith,
  say,
  order,
  past,
  future,
}: {
  textOf: TextOf;
  readWith: (field: StaffField, way: (cell: string) => Read<string>) => string | null;
  say: (code: RowProblem['code'], field: StaffField, value: string) => void;
  order: StaffImportSettings['dateOrder'];
  past: ReturnType<typeof pastYears>;
  future: ReturnType<typeof futureYears>;
}): AwardRead | null => {
  const wrongBefore: string[] = [];
  const problemsOf = (field: StaffField, way: (cell: string) => Read<string>) =>
    readWith(field, (cell) => {
      const value = way(cell);
      if (isUnreadable(value)) wrongBefore.push(field);
      return value;
    });
  const body = textOf('award-body', longest.award);
  const award = textOf('award', longest.award);
  const number = textOf('award-number', longest.awardNumber);
  const awardedOn = problemsOf('awarded-on', (cell) => dayOf(cell, order, past));
  const validTo = problemsOf('award-valid-to', (cell) => dayOf(cell, order, future));
  if (wrongBefore.length > 0) return null;
  if (body === null || award === null || awardedOn === null) {
    const said = [body, award, number, awardedOn, validTo].filter((value) => value !== null);
    if (said.length > 0) {
      say('award-incomplete', body === null ? 'award-body' : award === null ? 'award' : 'awarded-on', said.join(', '));
    }
    return null;
  }
  if (validTo !== null && validTo < awardedOn) {
    say('dates-reversed', 'award-valid-to', `${awardedOn} – ${validTo}`);
    return null;
  }
  return { body, award, number, awardedOn, validTo };
};
