/**
 * SQL: whether a person sits on the panel of the call under this alias, which is read blind and not decided yet. Whatever else they
 * are, who wrote what is not theirs to see meanwhile: neither page nor file, and in lists no name, since references stand on what
 * they read.
 */
export const readsBlind = (
  call: string,
  person: string,
): string => `(${call}.status not in ('decided', 'archived', 'cancelled')
  and exists (select from call_panelist m where m.institution_id = ${call}.institution_id and m.call_id = ${call}.id
    and m.person_id = ${person})
  and exists (select from call_terms b where b.institution_id = ${call}.institution_id and b.call_id = ${call}.id
    and (b.terms->>'blind')::boolean))`;
