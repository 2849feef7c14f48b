const attaching = ['application_file', 'application_submission_file', 'claim_file'];

/** SQL: whether a row of `stored_file` is attached to anything. Whoever attaches files adds their table above. */
export const attached = (file: string): string =>
  `(${attaching
    .map(
      (table) =>
        `exists (select from ${table} x where x.institution_id = ${file}.institution_id and x.file_id = ${file}.id)`,
    )
    .join(' or ')})`;
