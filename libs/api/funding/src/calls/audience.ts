/**
 * SQL: whether the person under this alias is somebody whom terms are for: a technician where only they are meant, of one of the
 * units or any below it, of one of the grades. Empty lists are for everybody.
 */
export const inAudience = (terms: string, person: string): string => `(
  (not (${terms}->'audience'->>'techniciansOnly')::boolean or ${person}.technician)
  and (jsonb_array_length(${terms}->'audience'->'gradeIds') = 0
    or coalesce(${terms}->'audience'->'gradeIds' ? ${person}.grade_id::text, false))
  and (jsonb_array_length(${terms}->'audience'->'unitIds') = 0 or exists (
    with recursive above as (
      select u.id, u.parent_id, 1 as steps from unit u
      where u.institution_id = ${person}.institution_id and u.id = ${person}.unit_id
      union all
      select u.id, u.parent_id, above.steps + 1 from above
      join unit u on u.institution_id = ${person}.institution_id and u.id = above.parent_id where above.steps < 50
    ) select from above where ${terms}->'audience'->'unitIds' ? above.id::text)))`;

/** SQL: the person's own applications to a call, newest first, as contracts have them. */
export const mineIn = (call: string, person: string): string => `coalesce((
  select json_agg(json_build_object('id', a.id, 'reference', a.reference, 'status', a.status) order by a.created_at desc, a.id desc)
  from application a where a.institution_id = ${call}.institution_id and a.call_id = ${call}.id and a.person_id = ${person}), '[]'::json)`;

/** SQL: until when an extension lets this person hand in, later than the close; null without one. */
export const extendedUntil = (call: string, person: string): string => `(
  select e.until from call_extension e where e.institution_id = ${call}.institution_id and e.call_id = ${call}.id
    and e.person_id = ${person} and e.until > ${call}.closes_at)`;
