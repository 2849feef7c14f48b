import {
  type StaffColumn,
  type StaffField,
  type StaffFileKind,
  type StaffImportSettings,
  type StaffImportView,
  staffFields,
} from '@waymark/contracts';
import { listed } from '../../shell/words';
import { fieldWords } from './staff-import-words';

const keys: readonly StaffField[] = ['staff-number', 'email'];
/** In files about people who are here already, names are there for whoever reads them. */
const names: readonly StaffField[] = ['given-name', 'family-name', 'full-name'];
const managers: readonly StaffField[] = ['manager-staff-number', 'manager-email'];
const awards: readonly StaffField[] = ['award-body', 'award', 'award-number', 'awarded-on', 'award-valid-to'];
const units: readonly StaffField[] = ['unit', 'unit-1', 'unit-2', 'unit-3'];
const days: readonly StaffField[] = ['contract-until', 'left-on', 'awarded-on', 'award-valid-to'];

/** What a column of such a file can mean, in the order in which the list offers it. */
export const fieldsOf = (kind: StaffFileKind): readonly StaffField[] =>
  ({
    staff: staffFields,
    managers: [...keys, ...names, ...managers],
    skills: [...keys, ...names, 'skills' as const],
    awards: [...keys, ...names, ...awards],
  })[kind];

/** What such a file cannot do without; a full name does instead of the two. */
export const neededFields = (kind: StaffFileKind): readonly StaffField[] =>
  ({
    staff: ['given-name', 'family-name'] as const,
    managers: [],
    skills: ['skills'] as const,
    awards: ['award-body', 'award', 'awarded-on'] as const,
  })[kind];

/** Of these it needs at least one a group. */
export const eitherFields = (kind: StaffFileKind): readonly (readonly StaffField[])[] =>
  kind === 'managers' ? [keys, managers] : [keys];

export interface MappingProblem {
  /** The column whose control puts it right; null: any. */
  column: number | null;
  text: string;
}

/** What is missing or stands twice, before the rows can be checked. */
export const mappingProblems = (
  kind: StaffFileKind,
  columns: StaffImportView['columns'],
  mapping: readonly StaffColumn[],
): MappingProblem[] => [
  ...missing(kind, mapping),
  ...repeated(kind, columns, mapping),
  ...(kind === 'staff' ? awardProblems(mapping) : []),
];

const holds = (mapping: readonly StaffColumn[], field: StaffField): boolean =>
  mapping.some((each) => each.field === field);

const anywhere = (text: string): MappingProblem => ({ column: null, text });

const missing = (kind: StaffFileKind, mapping: readonly StaffColumn[]): MappingProblem[] => {
  const has = (field: StaffField) => holds(mapping, field);
  const problems: MappingProblem[] = [];
  if (!keys.some(has)) {
    problems.push(
      anywhere($localize`Say which column is the staff number or the e-mail. One of them finds a person again.`),
    );
  }
  if (kind === 'staff') {
    const text = missingName(has('full-name'), has('given-name'), has('family-name'));
    if (text) problems.push(anywhere(text));
  }
  if (kind === 'managers' && !managers.some(has)) {
    problems.push(anywhere($localize`Say which column is the manager's staff number or e-mail.`));
  }
  if (kind === 'skills' && !has('skills')) problems.push(anywhere($localize`Say which column holds the skills.`));
  if (kind === 'awards') {
    const lacking = (['award-body', 'award', 'awarded-on'] as const).filter((field) => !has(field));
    problems.push(...lackingAward(lacking));
  }
  return problems;
};

const missingName = (full: boolean, given: boolean, family: boolean): string | null => {
  if (full || family) return null;
  if (given) return $localize`Say which column is the last name.`;
  return $localize`Say which column is the name: one with the full name, or two with first and last name.`;
};

const repeated = (
  kind: StaffFileKind,
  columns: StaffImportView['columns'],
  mapping: readonly StaffColumn[],
): MappingProblem[] =>
  fieldsOf(kind).flatMap((field) => {
    const [first, ...others] = mapping.filter((each) => each.field === field);
    const heading = columns.find((each) => each.column === first?.column)?.heading.trim();
    return others.map(({ column }) => ({
      column,
      text: heading
        ? $localize`“${fieldWords[field]}:field:” is chosen for the column “${heading}:heading:” already.`
        : $localize`“${fieldWords[field]}:field:” is chosen for two columns.`,
    }));
  });

/** Of an award in a staff file: all that it needs, or none of it. */
const awardProblems = (mapping: readonly StaffColumn[]): MappingProblem[] => {
  if (!awards.some((field) => holds(mapping, field))) return [];
  return lackingAward((['award-body', 'award', 'awarded-on'] as const).filter((field) => !holds(mapping, field)));
};

const lackingAward = (lacking: readonly StaffField[]): MappingProblem[] => {
  if (lacking.length === 0) return [];
  const names = listed(lacking.map((field) => fieldWords[field]));
  return [anywhere($localize`For awards say also which columns are: ${names}:fields:.`)];
};

/** Whether people who are missing in the file could be told at all: only by their staff number. */
export const settingsProblem = (
  kind: StaffFileKind,
  mapping: readonly StaffColumn[],
  settings: StaffImportSettings,
): string | null => {
  if (kind !== 'staff' || !settings.missingAreLeavers) return null;
  if (!holds(mapping, 'staff-number')) {
    return $localize`Leavers are found by their staff number: say which column it is, or do not look for leavers.`;
  }
  return settings.lastDayOfMissing === null ? $localize`Give the last day of those who are missing.` : null;
};

/** The server's mapping, completed: a column it says nothing of is not read. */
export const mappingOf = (view: Pick<StaffImportView, 'columns' | 'mapping'>): StaffColumn[] =>
  view.columns.map(({ column }) => view.mapping.find((each) => each.column === column) ?? { column, field: null });

export const withField = (mapping: readonly StaffColumn[], column: number, field: StaffField | null): StaffColumn[] =>
  mapping.map((each) => (each.column === column ? { column, field } : each));

/** Which settings mean anything for this file: the others are not shown. */
export const settingsShown = (kind: StaffFileKind, mapping: readonly StaffColumn[]) => ({
  dateOrder: days.some((field) => holds(mapping, field)),
  technicians: kind === 'staff' && !holds(mapping, 'technician'),
  leavers: kind === 'staff',
  makeUnits: kind === 'staff' && units.some((field) => holds(mapping, field)),
  makeSkills: holds(mapping, 'skills'),
});

export interface DateExample {
  heading: string;
  sample: string;
  /** As `2026-04-03`; null: in this order there is no such day. */
  day: string | null;
}

/** A date of the file that the order decides, and how it would be read; null where every sample reads one way. */
export const dateExample = (
  columns: StaffImportView['columns'],
  mapping: readonly StaffColumn[],
  order: StaffImportSettings['dateOrder'],
): DateExample | null => {
  for (const field of days) {
    const column = columns.find((each) => each.column === mapping.find((one) => one.field === field)?.column);
    for (const sample of column?.samples ?? []) {
      const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(sample.trim());
      if (column && parts && parts[1] !== parts[2]) {
        return { heading: column.heading, sample: sample.trim(), day: dayOf(parts.slice(1).map(Number), order) };
      }
    }
  }
  return null;
};

const dayOf = ([first = 0, second = 0, year = 0]: number[], order: StaffImportSettings['dateOrder']): string | null => {
  const [day, month] = order === 'day-first' ? [first, second] : [second, first];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
};

/** Names in the order of the numbers in them: Grade 2 before Grade 10. */
export const byNumberInName = <Named extends { name: string }>(named: readonly Named[]): Named[] =>
  [...named].sort((a, b) => a.name.localeCompare(b.name, 'en-GB', { numeric: true }));
