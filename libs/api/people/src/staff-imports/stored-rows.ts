import type { TableRow, Tx } from '@waymark/api-platform';
import type { JudgedRow } from './judge-rows';

/** Rows in one statement. */
const batch = 5000;

export const inBatches = async <Item>(
  items: readonly Item[],
  write: (some: Item[]) => Promise<unknown>,
): Promise<void> => {
  for (let at = 0; at < items.length; at += batch) await write(items.slice(at, at + batch));
};

export const storeLines = (tx: Tx, importId: string, rows: readonly TableRow[]): Promise<void> =>
  inBatches(rows, (some) =>
    tx.query(
      `insert into staff_import_line (institution_id, import_id, line, cells)
       select $1, $2, line, cells from json_to_recordset($3) as r (line integer, cells json)`,
      [tx.scope.institutionId, importId, JSON.stringify(some)],
    ),
  );

/** In the order of the file. */
export const linesOf = (tx: Tx, importId: string): Promise<TableRow[]> =>
  tx.query(`select line, cells from staff_import_line where institution_id = $1 and import_id = $2 order by line`, [
    tx.scope.institutionId,
    importId,
  ]);

export const deleteLines = async (tx: Tx, importId: string): Promise<void> => {
  await tx.query(`delete from staff_import_line where institution_id = $1 and import_id = $2`, [
    tx.scope.institutionId,
    importId,
  ]);
};

export const deleteChunks = async (tx: Tx, importId: string): Promise<void> => {
  await tx.query(`delete from staff_import_chunk where institution_id = $1 and import_id = $2`, [
    tx.scope.institutionId,
    importId,
  ]);
};

export const deleteRows = async (tx: Tx, importId: string): Promise<void> => {
  await tx.query(`delete from staff_import_row where institution_id = $1 and import_id = $2`, [
    tx.scope.institutionId,
    importId,
  ]);
};

/** Writes what each row comes to, in place of what was judged before. `idOf` names the person of a row, also a new one. */
export const storeRows = async (
  tx: Tx,
  importId: string,
  rows: readonly JudgedRow[],
  idOf: (row: JudgedRow) => string | null,
): Promise<void> => {
  await deleteRows(tx, importId);
  let n = 0;
  await inBatches(rows, (some) =>
    tx.query(
      `insert into staff_import_row (institution_id, import_id, n, line, outcome, name, email, staff_number, person_id,
         fields, problems, detail)
       select $1, $2, n, line, outcome, name, email, number, person, fields, problems, detail
       from json_to_recordset($3) as r (n integer, line integer, outcome text, name text, email text, number text,
         person uuid, fields text[], problems text[], detail json)`,
      [
        tx.scope.institutionId,
        importId,
        JSON.stringify(
          some.map((row) => ({
            n: (n += 1),
            line: row.line,
            outcome: row.outcome,
            name: row.name,
            email: row.email,
            number: row.staffNumber,
            person: idOf(row),
            fields: [...new Set(row.changes.map(({ field }) => field))],
            problems: [...new Set(row.problems.map(({ code }) => code))],
            detail: { changes: row.changes, problems: row.problems, notes: row.notes },
          })),
        ),
      ],
    ),
  );
};
