import { Injectable } from '@nestjs/common';
import {
  decodeFile,
  isZip,
  type JobContext,
  type JobHandler,
  move,
  readTable,
  readXlsx,
  type TableRow,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { type StaffColumn, staffFileRowsMost, type StaffImportSettings } from '@waymark/contracts';
import { createHash } from 'node:crypto';
import { guessMapping, headingsKey, recognised } from './column-guess';
import { StaffImport, StaffImportMapping } from './entities';
import { dateOrderOf } from './read-cells';
import { settingsAtFirst } from './start-staff-import';
import { staffImportStatusTable } from './status';
import { deleteChunks, storeLines } from './stored-rows';

type FileRead = Pick<StaffImport, 'encoding' | 'separator' | 'sheet' | 'headings'> & { rows: TableRow[] };

const options = { recognised, rowsMost: staffFileRowsMost };

/**
 * Finds out how a file is written and keeps its rows. What is no file of people is refused by name, on its first megabyte
 * where that shows it.
 */
@Injectable()
export class ReadStaffFileJob implements JobHandler {
  readonly kind = 'people.read-staff-file';

  constructor(private readonly transactions: Transactions) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('reading', 5);
    const file = await fileOf(await this.bytesOf(context));
    await context.progress('writing', 60);
    await context.finish((tx) => this.keep(tx, context.subjectId, file));
  }

  async ended(tx: Tx, importId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, end === 'failed' ? 'unreadable' : 'discarded');
    await deleteChunks(tx, importId);
    await tx.update(StaffImport, row, { status });
    await tx.audit('staff-import.end', { kind: 'staff-import', id: importId }, { work: 'read', end });
  }

  private async bytesOf({ scope, subjectId }: JobContext): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let n = 1; ; n += 1) {
      const [chunk] = await this.transactions.run(scope, (tx) =>
        tx.query<{ data: Buffer }>(
          `select data from staff_import_chunk where institution_id = $1 and import_id = $2 and n = $3`,
          [scope.institutionId, subjectId, n],
        ),
      );
      if (!chunk) return Buffer.concat(chunks);
      // The whole of a film need not be fetched to see that it is one.
      if (n === 1 && !isZip(chunk.data)) decodeFile(chunk.data);
      chunks.push(chunk.data);
    }
  }

  private async keep(tx: Tx, importId: string, { rows, ...read }: FileRead): Promise<void> {
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'uploaded');
    const [remembered] = await tx.query<{ mapping: StaffColumn[]; settings: StaffImportSettings }>(
      `select mapping, settings from staff_import_mapping where institution_id = $1 and kind = $2 and headings_hash = $3`,
      [tx.scope.institutionId, row.kind, headingsHash(read.headings)],
    );
    const mapping = remembered?.mapping ?? guessMapping(read.headings, row.kind);
    await deleteChunks(tx, importId);
    await storeLines(tx, importId, rows);
    await tx.update(StaffImport, row, {
      ...read,
      status,
      rowCount: rows.length,
      mapping,
      mappingRemembered: remembered !== undefined,
      settings: {
        ...settingsAtFirst,
        ...remembered?.settings,
        dateOrder: remembered?.settings.dateOrder ?? dateOrderOf(datesIn(rows, mapping)),
        // Asked anew each time: nobody should leave because a tick was remembered.
        missingAreLeavers: false,
        lastDayOfMissing: null,
      },
    });
    await tx.audit('staff-import.read', { kind: 'staff-import', id: importId }, { rows: rows.length });
  }
}

const fileOf = async (bytes: Buffer): Promise<FileRead> => {
  if (isZip(bytes)) {
    const { sheet, headings, rows } = await readXlsx(bytes, options);
    return { encoding: 'XLSX', separator: null, sheet, headings, rows };
  }
  const { text, encoding } = decodeFile(bytes);
  const { separator, headings, rows } = readTable(text, options);
  return { encoding, separator, sheet: null, headings, rows };
};

const dates: ReadonlySet<string | null> = new Set(['contract-until', 'left-on', 'awarded-on', 'award-valid-to']);

function* datesIn(rows: readonly TableRow[], mapping: readonly StaffColumn[]): Generator<string> {
  const columns = mapping.filter(({ field }) => dates.has(field)).map(({ column }) => column);
  for (const { cells } of rows.slice(0, 5000)) for (const column of columns) yield cells[column] ?? '';
}

const headingsHash = (headings: readonly string[]): Buffer =>
  createHash('sha256').update(headingsKey(headings)).digest();

/** The next file with these headings is mapped in the same way. */
export const rememberMapping = (tx: Tx, { kind, headings, mapping, settings }: StaffImport): Promise<unknown> =>
  tx.manager.upsert(
    StaffImportMapping,
    {
      institutionId: tx.scope.institutionId,
      kind,
      headingsHash: headingsHash(headings),
      mapping,
      settings,
      at: tx.now,
    },
    ['institutionId', 'kind', 'headingsHash'],
  );
