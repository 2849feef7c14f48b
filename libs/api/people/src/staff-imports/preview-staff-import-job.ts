import { Injectable } from '@nestjs/common';
import { type JobContext, type JobHandler, move, Transactions, type Tx } from '@waymark/api-platform';
import { StaffImport } from './entities';
import { judgeFile, readRows, summaryOf } from './judge-file';
import { todayOf } from './read-institution';
import { rememberMapping } from './read-staff-file-job';
import { staffImportStatusTable } from './status';
import { deleteRows, linesOf, storeRows } from './stored-rows';

/** Judges every row and keeps what it would come to; the mapping is remembered for the next file with these headings. */
@Injectable()
export class PreviewStaffImportJob implements JobHandler {
  readonly kind = 'people.preview-staff-import';

  constructor(private readonly transactions: Transactions) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('reading', 5);
    const { file, lines, today } = await this.transactions.run(context.scope, async (tx) => ({
      file: await tx.lock(StaffImport, context.subjectId),
      lines: await linesOf(tx, context.subjectId),
      today: await todayOf(tx),
    }));
    const read = await readRows(lines, file, today);
    await context.progress('checking', 35);
    const judged = await this.transactions.run(context.scope, (tx) => judgeFile(tx, read, file, { lock: false }));
    await context.progress('writing', 70);
    await context.finish(async (tx) => {
      const row = await tx.lock(StaffImport, context.subjectId);
      const status = move(staffImportStatusTable, row.status, 'previewed');
      const { judgement, order } = judged;
      await storeRows(tx, row.id, judgement.rows, ({ known }) => known?.id ?? null);
      await tx.update(StaffImport, row, {
        status,
        summary: summaryOf(judgement),
        gradeOrder: row.gradeOrder === null ? null : order.grades,
      });
      await rememberMapping(tx, row);
      await tx.audit('staff-import.previewed', { kind: 'staff-import', id: row.id }, { ...judgement.counts });
    });
  }

  async ended(tx: Tx, importId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'uploaded');
    await deleteRows(tx, importId);
    await tx.update(StaffImport, row, { status, summary: null });
    await tx.audit('staff-import.end', { kind: 'staff-import', id: importId }, { work: 'preview', end });
  }
}
