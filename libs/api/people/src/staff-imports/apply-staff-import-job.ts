import { Injectable } from '@nestjs/common';
import { type JobContext, type JobHandler, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { StaffImport } from './entities';
import { judgeFile, readRows, type ReadFile, summaryOf } from './judge-file';
import { isActive } from './known-institution';
import { planForMany } from './people-rows';
import { lockManagers, todayOf } from './read-institution';
import { mustConfirm } from './staff-import-view';
import { staffImportStatusTable } from './status';
import { deleteLines, linesOf, storeRows } from './stored-rows';
import { WriteStaff } from './write-staff';

/** So often somebody else may take an address in the very moment in which it is written. */
const attempts = 3;

/**
 * Applies a previewed file in one transaction together with the job's end: a worker that dies has left nothing, and the
 * next one begins again. The rows are judged anew over locked people, for they may have changed since the preview.
 */
@Injectable()
export class ApplyStaffImportJob implements JobHandler {
  readonly kind = 'people.apply-staff-import';

  constructor(
    private readonly transactions: Transactions,
    private readonly writing: WriteStaff,
  ) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('reading', 5);
    const { file, lines, today } = await this.transactions.run(context.scope, async (tx) => ({
      file: await tx.lock(StaffImport, context.subjectId),
      lines: await linesOf(tx, context.subjectId),
      today: await todayOf(tx),
    }));
    const read = await readRows(lines, file, today);
    for (let count = 1; ; count += 1) {
      await context.progress('writing', 30);
      try {
        await context.finish((tx) => this.apply(tx, context.subjectId, read));
        return;
      } catch (error) {
        if (!(error instanceof Refused && meanwhile.has(error.refusal) && count < attempts)) throw error;
      }
    }
  }

  /** An import that was stopped or failed can be applied again; what the rows come to is judged anew then too. */
  async ended(tx: Tx, importId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'previewed');
    await tx.update(StaffImport, row, { status, leaversConfirmed: null });
    await tx.audit('staff-import.end', { kind: 'staff-import', id: importId }, { work: 'apply', end });
  }

  private async apply(tx: Tx, importId: string, read: ReadFile): Promise<void> {
    await planForMany(tx);
    await lockManagers(tx);
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'applied');
    const judged = await judgeFile(tx, read, row, { lock: true });
    const { judgement, institution } = judged;
    if (judged.order.toOrder) throw new Refused('grades-unordered');
    const active = institution.people.filter((person) => isActive(person, institution.today)).length;
    const { leaver } = judgement.counts;
    if (mustConfirm(judgement.counts, active) && leaver > (row.leaversConfirmed ?? 0)) {
      throw new Refused('leavers-unconfirmed', { facts: { leavers: leaver } });
    }
    const { made, idOf } = await this.writing.run(tx, importId, judged);
    await storeRows(tx, importId, judgement.rows, idOf);
    // What the file said beyond what was read of it, and what was read: neither is needed any more.
    await deleteLines(tx, importId);
    await tx.update(StaffImport, row, { status, made, summary: summaryOf(judgement), appliedAt: tx.now });
    await tx.audit('staff-import.applied', { kind: 'staff-import', id: importId }, { ...judgement.counts });
  }
}

/** Somebody wrote the same a moment before; judged anew, the row says so. */
const meanwhile: ReadonlySet<string> = new Set(['email-taken', 'changed-meanwhile', 'grades-unordered', 'name-taken']);
