import { Refused } from '@waymark/api-platform';
import { type StaffColumn, type StaffField, type StaffFileKind, staffFields } from '@waymark/contracts';
import { fieldsOfKind } from './column-guess';

/** The columns that hold what. */
export interface StaffPlan {
  kind: StaffFileKind;
  headings: readonly string[];
  /** The column of a field; null where the file has none. */
  at: Readonly<Record<StaffField, number | null>>;
}

/** One of each is needed. */
const neededOf: Readonly<Record<StaffFileKind, readonly (readonly StaffField[])[]>> = {
  staff: [
    ['staff-number', 'email'],
    ['full-name', 'family-name'],
  ],
  managers: [
    ['staff-number', 'email'],
    ['manager-staff-number', 'manager-email'],
  ],
  skills: [['staff-number', 'email'], ['skills']],
  awards: [['staff-number', 'email'], ['award-body'], ['award'], ['awarded-on']],
};

/**
 * Columns that are not named are not read. Refused with `mapping-incomplete` where something needed is missing, with
 * `mapping-repeated` where something stands twice, and with `invalid-input` where a column does not exist or holds what
 * files of this kind do not.
 */
export const checkMapping = (
  mapping: readonly StaffColumn[],
  headings: readonly string[],
  kind: StaffFileKind,
): StaffPlan => {
  const allowed = fieldsOfKind[kind];
  const at: Partial<Record<StaffField, number>> = {};
  const seen = new Set<number>();
  mapping.forEach(({ column, field }, index) => {
    const wrong = (path: string, code: string) =>
      new Refused('invalid-input', { fields: [{ path: `mapping.${index}.${path}`, code }] });
    const heading = headings[column];
    if (heading === undefined) throw wrong('column', 'column-unknown');
    if (field !== null && allowed && !allowed.includes(field)) throw wrong('field', 'not-in-this-kind');
    if (seen.has(column) || (field !== null && at[field] !== undefined)) {
      throw new Refused('mapping-repeated', { facts: { field: field ?? 'column', column: heading } });
    }
    seen.add(column);
    if (field !== null) at[field] = column;
  });
  const has = (field: StaffField) => at[field] !== undefined;
  const missing = neededOf[kind].filter((fields) => !fields.some(has)).map(([first]) => first);
  if (has('given-name') && !has('family-name') && !has('full-name')) missing.push('family-name');
  if (has('award-number') || has('awarded-on') || has('award') || has('award-body')) {
    for (const field of ['award-body', 'award', 'awarded-on'] as const) if (!has(field)) missing.push(field);
  }
  if (missing.length > 0) {
    throw new Refused('mapping-incomplete', { facts: { missing: [...new Set(missing)].join(', ') } });
  }
  return {
    kind,
    headings,
    at: Object.fromEntries(staffFields.map((field) => [field, at[field] ?? null])) as StaffPlan['at'],
  };
};

/** Every column once, in order; those not named are not read. */
export const normalMapping = (mapping: readonly StaffColumn[], headings: readonly string[]): StaffColumn[] => {
  const fields = new Map(mapping.map(({ column, field }) => [column, field]));
  return headings.map((_, column) => ({ column, field: fields.get(column) ?? null }));
};
