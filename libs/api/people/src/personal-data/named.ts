/** SQL in a declaration of personal data: the name of the person whose identifier is in the column. */
export const named = (column: string): string =>
  `(select trim(p.given_name || ' ' || p.family_name) from person p where p.institution_id = t.institution_id and p.id = ${column})`;
