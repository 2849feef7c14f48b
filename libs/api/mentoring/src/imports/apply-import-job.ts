import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type JobContext, type JobHandler, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { RoundImport } from '../entities';
import { openWithPeople } from '../rounds/open-round';
import { emailsOf, evaluateImport, type ReadImport, readRows } from './evaluate-import';
import { isLoadable } from './evaluate-rows';
import { importStatusTable } from './import-status';
import { lockParts } from './known-people';
import { LoadPeople } from './load-people';
import { lockRoundForImport } from './round-for-import';
import { deleteRows, rowsOf } from './stored-rows';

/**
 * Loads a previewed file in one transaction together with the job's end: a worker that dies has left nothing, and the
 * next one begins again. The rows are judged anew, for people may have changed since the preview.
 */
@Injectable()
export class ApplyImportJob implements JobHandler {
  readonly kind = 'mentoring.apply-import';

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly loading: LoadPeople,
  ) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('reading', 10);
    const read = await this.transactions.run(context.scope, async (tx) => {
      const file = await tx.lock(RoundImport, context.subjectId);
      return readRows(await rowsOf(tx, file.id), file);
    });
    await context.progress('writing', 40);
    await context.finish((tx) => this.load(tx, context.subjectId, read));
  }

  /** A load that was stopped can be asked for again; one that failed is checked again first. */
  async ended(tx: Tx, importId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const file = await tx.lock(RoundImport, importId);
    const status = move(importStatusTable, file.status, end === 'failed' ? 'failed' : 'previewed');
    await tx.update(RoundImport, file, { status });
    await tx.audit('import.end', { kind: 'round-import', id: importId }, { end });
  }

  private async load(tx: Tx, importId: string, read: ReadImport): Promise<void> {
    const file = await tx.lock(RoundImport, importId);
    const status = move(importStatusTable, file.status, 'applied');
    const round = await lockRoundForImport(tx, file.roundId);
    await lockParts(tx, file.side, emailsOf(read.readings));
    const { evaluation, order } = await evaluateImport(tx, this.people, file, round, read);
    if (order.toOrder) throw new Refused('grades-unordered');
    const rows = evaluation.rows.filter(isLoadable);
    if (evaluation.freshGrades.length > 0) await this.people.addGrades(tx, order.grades);
    await this.loading.run(tx, file.side, round.id, rows);
    if (rows.length > 0) await openWithPeople(tx, round);
    await deleteRows(tx, importId);
    const { counts, newUnits, freshGrades } = evaluation;
    await tx.update(RoundImport, file, { status, preview: { ...counts, newUnits, freshGrades } });
    await tx.audit('import.applied', { kind: 'round-import', id: importId }, { ...counts, round: round.id });
  }
}
