/**
 * SQL of a `personCard` (contracts) as one JSON value, for the person under alias `person`, whose unit and grade are joined as
 * `<person>_unit` and `<person>_grade` by `cardJoins`.
 */
export const cardOf = (person: string): string => `json_build_object(
  'id', ${person}.id, 'name', trim(${person}.given_name || ' ' || ${person}.family_name),
  'unit', ${person}_unit.name, 'grade', ${person}_grade.name)`;

export const cardJoins = (person: string): string => `
  left join unit ${person}_unit on ${person}_unit.institution_id = ${person}.institution_id and ${person}_unit.id = ${person}.unit_id
  left join grade ${person}_grade on ${person}_grade.institution_id = ${person}.institution_id and ${person}_grade.id = ${person}.grade_id`;

/** An instant as contracts have it, from a timestamptz expression. */
export const instantOf = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The pattern of a search within text, with the wildcards that people type taken as they are. */
export const patternOf = (search: string): string => `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
