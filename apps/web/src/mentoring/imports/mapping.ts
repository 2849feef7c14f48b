import { ColumnMapping, ImportField, ImportView, Side } from '@waymark/contracts';
import { sentenceCase } from '../../shell/words';

/** What a column can mean, in the order in which the list offers it. */
export const fieldWords: Readonly<Record<ImportField, string>> = {
  'leave-out': $localize`Leave out`,
  'given-name': $localize`First name`,
  'family-name': $localize`Last name`,
  'full-name': $localize`Full name`,
  email: $localize`E-mail`,
  'job-title': $localize`Job title`,
  unit: $localize`Organisation or unit`,
  grade: $localize`Grade`,
  places: $localize`Places`,
  attribute: $localize`Something people share`,
  identity: $localize`Identity`,
  'identity-wish': $localize`Wishes to be matched on identity`,
};

/** Mentees offer no places; mentors wish for nothing. */
export const fieldsFor = (side: Side): ImportField[] =>
  (Object.keys(fieldWords) as ImportField[]).filter((field) =>
    side === 'mentors' ? field !== 'identity-wish' : field !== 'places',
  );

/** What may stand once only. Several columns can be left out, shared or tell of identity. */
const once: readonly ImportField[] = [
  'given-name',
  'family-name',
  'full-name',
  'email',
  'job-title',
  'unit',
  'grade',
  'places',
  'identity-wish',
];

export interface MappingProblem {
  /** The column whose control puts it right; null: any. */
  column: number | null;
  text: string;
}

/** What is still missing or stands twice, before the file can be checked. */
export const mappingProblems = (mapping: readonly ColumnMapping[]): MappingProblem[] => {
  const has = (field: ImportField) => mapping.some((each) => each.field === field);
  const problems: MappingProblem[] = [];
  if (!has('email')) {
    problems.push({ column: null, text: $localize`Say which column is the e-mail. It tells people apart.` });
  }
  if (!has('full-name') && !(has('given-name') && has('family-name'))) {
    problems.push({ column: null, text: missingName(has('given-name'), has('family-name')) });
  }
  for (const field of once) {
    const second = mapping.filter((each) => each.field === field)[1];
    if (second) {
      problems.push({
        column: second.column,
        text: $localize`“${fieldWords[field]}:field:” is chosen for two columns.`,
      });
    }
  }
  return [...problems, ...attributeProblems(mapping)];
};

const missingName = (given: boolean, family: boolean): string => {
  if (given && !family) return $localize`Say which column is the last name.`;
  if (family && !given) return $localize`Say which column is the first name.`;
  return $localize`Say which column is the name: one with the full name, or two with first and last name.`;
};

const attributeProblems = (mapping: readonly ColumnMapping[]): MappingProblem[] => {
  const seen = new Set<string>();
  return mapping
    .filter((each) => each.field === 'attribute')
    .flatMap((each): MappingProblem[] => {
      const name = (each.attribute ?? '').trim();
      if (name === '') return [{ column: each.column, text: $localize`Name what people share in this column.` }];
      if (name.length > 40) return [{ column: each.column, text: $localize`Use at most 40 letters for this name.` }];
      const key = name.toLowerCase();
      if (seen.has(key)) return [{ column: each.column, text: $localize`“${name}:name:” is chosen for two columns.` }];
      seen.add(key);
      return [];
    });
};

/**
 * Columns that the server keeps private: chosen for something that would show them. It names the place in the mapping
 * that was sent; the choice is no longer wrong once it is another.
 */
export const privateProblems = (
  fields: readonly { path: string; code: string }[],
  mapping: readonly ColumnMapping[],
): MappingProblem[] =>
  fields
    .filter((field) => field.code === 'column-private')
    .flatMap((field): MappingProblem[] => {
      const each = mapping[Number(field.path.split('.')[1])];
      return each === undefined || privateFields.includes(each.field)
        ? []
        : [
            {
              column: each.column,
              text: $localize`This column tells of identity, so it can be used for that alone or left out.`,
            },
          ];
    });

const privateFields: readonly ImportField[] = ['leave-out', 'identity', 'identity-wish'];

/** What a column may mean: where its heading tells of identity, that alone. One mapped so by choice can be changed back. */
export const fieldsForColumn = (side: Side, isPrivate: boolean, suggested: ImportField | undefined): ImportField[] =>
  isPrivate && (suggested === undefined || suggested === 'leave-out')
    ? fieldsFor(side).filter((field) => privateFields.includes(field))
    : fieldsFor(side);

/** The mapping with one column's field changed; an attribute takes the heading for its name at first. */
export const withField = (
  mapping: readonly ColumnMapping[],
  column: number,
  field: ImportField,
  heading: string,
): ColumnMapping[] =>
  mapping.map((each) =>
    each.column === column
      ? {
          column,
          field,
          attribute: field === 'attribute' ? (each.attribute ?? heading.trim().toLowerCase().slice(0, 40)) : null,
        }
      : each,
  );

export const withAttribute = (mapping: readonly ColumnMapping[], column: number, attribute: string): ColumnMapping[] =>
  mapping.map((each) => (each.column === column ? { ...each, attribute } : each));

/** The server's suggestion, completed: a column it says nothing of is left out. */
export const mappingOf = (view: Pick<ImportView, 'columns' | 'mapping'>): ColumnMapping[] =>
  view.columns.map(
    ({ column }) =>
      view.mapping.find((each) => each.column === column) ?? { column, field: 'leave-out' as const, attribute: null },
  );

/** As the server takes it: names trimmed. */
export const mappingToSend = (mapping: readonly ColumnMapping[]): ColumnMapping[] =>
  mapping.map((each) => ({ ...each, attribute: each.field === 'attribute' ? (each.attribute ?? '').trim() : null }));

/** What a column will be, in a few words. */
export const mappedWords = (each: ColumnMapping): string =>
  each.field === 'attribute' && each.attribute ? sentenceCase(each.attribute) : fieldWords[each.field];

/** The list with one entry moved by so many places, kept inside it. */
export const moved = <Item>(items: readonly Item[], from: number, to: number): Item[] => {
  const next = [...items];
  const [taken] = next.splice(from, 1);
  if (taken === undefined) return [...items];
  next.splice(Math.max(0, Math.min(to, next.length)), 0, taken);
  return next;
};
