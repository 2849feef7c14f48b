import { Refused } from '@waymark/api-platform';
import type { ColumnMapping, ImportField } from '@waymark/contracts';
import { isPrivate } from './column-guess';

/** The columns that hold what; `attributes` by their name in lower case. */
export interface ColumnPlan {
  columns: number;
  headings: readonly string[];
  givenName: number | null;
  familyName: number | null;
  fullName: number | null;
  email: number;
  jobTitle: number | null;
  unit: number | null;
  grade: number | null;
  places: number | null;
  attributes: readonly { name: string; column: number }[];
  identity: readonly number[];
  identityWish: number | null;
}

/** May stand for any number of columns. */
const repeatable: ReadonlySet<ImportField> = new Set(['leave-out', 'attribute', 'identity']);
/** What a column that tells of identity may be used for: it is matched on, or not used. */
const private_: ReadonlySet<ImportField> = new Set(['leave-out', 'identity', 'identity-wish']);

/** Names of attributes are compared in lower case; they are kept so. */
export const normalMapping = (mapping: readonly ColumnMapping[]): ColumnMapping[] =>
  mapping
    .map((each) => ({
      ...each,
      attribute: each.field === 'attribute' ? (each.attribute?.toLowerCase() ?? null) : null,
    }))
    .sort((a, b) => a.column - b.column);

/**
 * Columns that are not named are left out. Refused with `mapping-incomplete` where e-mail or name is missing, with
 * `mapping-repeated` where something stands twice, and with `invalid-input` where a column does not exist or would show
 * what people say of their identity.
 */
export const checkMapping = (mapping: readonly ColumnMapping[], headings: readonly string[]): ColumnPlan => {
  mapping.forEach((each, index) => checkColumn(each, index, headings));
  const columnsOf = (field: ImportField) => mapping.filter((each) => each.field === field).map(({ column }) => column);
  const columnOf = (field: ImportField) => columnsOf(field)[0] ?? null;
  const email = columnOf('email');
  const missing = missingIn(mapping);
  if (email === null || missing.length > 0)
    throw new Refused('mapping-incomplete', { facts: { missing: missing.join(', ') } });
  checkRepeated(mapping, headings);
  return {
    columns: headings.length,
    headings,
    givenName: columnOf('given-name'),
    familyName: columnOf('family-name'),
    fullName: columnOf('full-name'),
    email,
    jobTitle: columnOf('job-title'),
    unit: columnOf('unit'),
    grade: columnOf('grade'),
    places: columnOf('places'),
    attributes: mapping.flatMap(({ field, attribute, column }) =>
      field === 'attribute' ? [{ name: attribute ?? '', column }] : [],
    ),
    identity: columnsOf('identity'),
    identityWish: columnOf('identity-wish'),
  };
};

const checkColumn = ({ column, field, attribute }: ColumnMapping, index: number, headings: readonly string[]): void => {
  const heading = headings[column];
  const wrong = (path: string, code: string) =>
    new Refused('invalid-input', { fields: [{ path: `mapping.${index}.${path}`, code }] });
  if (heading === undefined) throw wrong('column', 'column-unknown');
  if (isPrivate(heading) && !private_.has(field)) throw wrong('field', 'column-private');
  if (field === 'attribute' && attribute !== null && isPrivate(attribute)) throw wrong('attribute', 'column-private');
};

const missingIn = (mapping: readonly ColumnMapping[]): string[] => {
  const has = (field: ImportField) => mapping.some((each) => each.field === field);
  const missing: string[] = has('email') ? [] : ['email'];
  if (!has('full-name')) {
    if (!has('given-name') && !has('family-name')) missing.push('full-name');
    else if (!has('given-name')) missing.push('given-name');
    else if (!has('family-name')) missing.push('family-name');
  }
  if (mapping.some((each) => each.field === 'attribute' && !each.attribute)) missing.push('attribute');
  return missing;
};

const checkRepeated = (mapping: readonly ColumnMapping[], headings: readonly string[]): void => {
  const seen = new Set<string>();
  for (const { column, field, attribute } of mapping) {
    const keys = [`column ${column}`];
    if (!repeatable.has(field)) keys.push(field);
    if (field === 'attribute') keys.push(`attribute ${attribute ?? ''}`);
    if (keys.some((key) => seen.has(key))) {
      throw new Refused('mapping-repeated', { facts: { field: attribute ?? field, column: headings[column] ?? '' } });
    }
    for (const key of keys) seen.add(key);
  }
};
