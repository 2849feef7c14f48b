import {
  bindSubject,
  type PersonalPart,
  type PersonalTable,
  rowsOfPart,
  type Subject,
  type Tx,
} from '@waymark/api-platform';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** The rows of one part of a table, as the person gets them. */
export interface CollectedPart {
  readonly as: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export interface CollectedTable {
  readonly title: string;
  readonly for: string;
  readonly until: string;
  readonly leftOut: string | null;
  readonly parts: readonly CollectedPart[];
}

/** Everything that the declarations say is the person's, table by table; also those in which there is nothing. */
export const collect = async (
  tx: Tx,
  tables: readonly PersonalTable[],
  subject: Subject,
  until: (table: PersonalTable) => string,
): Promise<CollectedTable[]> => {
  await tx.query(`set local time zone 'UTC'`);
  const collected: CollectedTable[] = [];
  // Declared in the order of an erasure, the record itself last; read the other way round.
  for (const table of tables.toReversed()) {
    const parts: CollectedPart[] = [];
    for (const part of table.parts.filter(({ secret }) => !secret)) parts.push(await partOf(tx, table, part, subject));
    collected.push({
      title: table.title,
      for: table.kept.for,
      until: until(table),
      leftOut: table.leftOut ?? null,
      parts,
    });
  }
  return collected;
};

const partOf = async (tx: Tx, table: PersonalTable, part: PersonalPart, subject: Subject): Promise<CollectedPart> => {
  const shown = Object.entries(part.shows).map(([column, shows]) =>
    typeof shows === 'string' ? { heading: shows, sql: `t.${column}` } : { heading: shows[0], sql: shows[1] },
  );
  // Ordered as they read, so that two exports of the same facts are the same file.
  const { text, values } = bindSubject(
    `select jsonb_build_array(${shown.map(({ sql }) => sql).join(', ')}) as row from ${rowsOfPart(table, part)} order by row`,
    subject,
  );
  const rows = await tx.query<{ row: Value[] }>(text, values);
  return { as: part.as, headings: shown.map(({ heading }) => heading), rows: rows.map(({ row }) => row) };
};
