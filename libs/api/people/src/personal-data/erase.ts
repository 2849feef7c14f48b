import {
  bindSubject,
  type PersonalPart,
  type PersonalTable,
  rowsOfPart,
  type Subject,
  type Tx,
} from '@waymark/api-platform';

/** What an erasure does with one kind of row, and with how many. */
export interface Effect {
  readonly table: string;
  readonly title: string;
  readonly as: string;
  readonly does: 'delete' | 'empty' | 'keep';
  readonly why: string;
  readonly rows: number;
}

/**
 * What an erasure would do, where there is anything. Parts that are nobody's to see are left out: that somebody
 * excluded them is not for the administrator either.
 */
export const effectsOf = async (tx: Tx, tables: readonly PersonalTable[], subject: Subject): Promise<Effect[]> => {
  const effects: Effect[] = [];
  for (const table of tables.toReversed()) {
    for (const part of table.parts.filter(({ secret }) => !secret)) {
      const { text, values } = bindSubject(`select count(*)::int as rows from ${rowsOfPart(table, part)}`, subject);
      const [counted] = await tx.query<{ rows: number }>(text, values);
      const { does, why } = part.erasure;
      const { table: name, title } = table;
      if (counted?.rows) effects.push({ table: name, title, as: part.as, does, why, rows: counted.rows });
    }
  }
  return effects;
};

/** Erases by the declarations, in their order, within the caller's transaction. */
export const erase = async (tx: Tx, tables: readonly PersonalTable[], subject: Subject): Promise<void> => {
  for (const table of tables) {
    for (const part of table.parts) {
      const statement = statementOf(table, part);
      if (!statement) continue;
      const { text, values } = bindSubject(statement, subject);
      await tx.query(text, values);
    }
  }
};

const statementOf = (table: PersonalTable, part: PersonalPart): string | null => {
  switch (part.erasure.does) {
    case 'delete':
      return `delete from ${rowsOfPart(table, part)}`;
    case 'empty': {
      const set = Object.entries(part.erasure.set).map(([column, sql]) => `${column} = ${sql}`);
      const [from, ...where] = rowsOfPart(table, part).split(' t where ');
      return `update ${from} t set ${set.join(', ')} where ${where.join(' t where ')}`;
    }
    case 'keep':
      return null;
  }
};
