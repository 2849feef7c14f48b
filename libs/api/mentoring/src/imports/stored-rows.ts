import type { TableRow, Tx } from '@waymark/api-platform';
import { type EvaluatedRow, storedReading } from './evaluate-rows';

/** Rows in one statement. */
const batch = 5000;

const inBatches = async <Item>(items: readonly Item[], write: (some: Item[]) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < items.length; at += batch) await write(items.slice(at, at + batch));
};

export const storeRows = (tx: Tx, importId: string, rows: readonly TableRow[]): Promise<void> =>
  inBatches(rows, (some) =>
    tx.query(
      `insert into round_import_row (institution_id, import_id, line, cells)
       select $1, $2, line, cells from json_to_recordset($3) as r (line integer, cells text[])`,
      [tx.scope.institutionId, importId, JSON.stringify(some)],
    ),
  );

/** In the order of the file. */
export const rowsOf = (tx: Tx, importId: string): Promise<TableRow[]> =>
  tx.query(`select line, cells from round_import_row where institution_id = $1 and import_id = $2 order by line`, [
    tx.scope.institutionId,
    importId,
  ]);

export const storeOutcomes = (tx: Tx, importId: string, rows: readonly EvaluatedRow[]): Promise<void> =>
  inBatches(rows, (some) =>
    tx.query(
      `update round_import_row set outcome = r.outcome, reading = r.reading
       from json_to_recordset($3) as r (line integer, outcome text, reading jsonb)
       where round_import_row.institution_id = $1 and round_import_row.import_id = $2 and round_import_row.line = r.line`,
      [
        tx.scope.institutionId,
        importId,
        JSON.stringify(
          some.map((row) => ({ line: row.reading.line, outcome: row.outcome, reading: storedReading(row) })),
        ),
      ],
    ),
  );

/** They hold what people say of themselves, so they go as soon as nobody needs them. */
export const deleteRows = async (tx: Tx, importId: string): Promise<void> => {
  await tx.query(`delete from round_import_row where institution_id = $1 and import_id = $2`, [
    tx.scope.institutionId,
    importId,
  ]);
};
