import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, startJob, Transactions, type Tx } from '@waymark/api-platform';
import type { ApplyImport as Input, ImportView } from '@waymark/contracts';
import { RoundImport } from '../entities';
import { importStatusTable } from './import-status';
import { importViewIn } from './import-view';
import { lockRoundForImport } from './round-for-import';

/** Has the previewed file loaded by a job: one at a time in an institution. */
@Injectable()
export class ApplyImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: Input): Promise<ImportView> {
    return this.transactions.run(actor, async (tx) => {
      await refuseWhileAnotherLoads(tx);
      const file = await tx.lockAt(RoundImport, id, version);
      const status = move(importStatusTable, file.status, 'applying');
      await lockRoundForImport(tx, file.roundId);
      const view = await importViewIn(tx, id);
      if (view.gradesToOrder) throw new Refused('grades-unordered');
      if (!hasSomethingToLoad(view)) throw new Refused('nothing-to-apply');
      const jobId = await startJob(tx, 'mentoring.apply-import', id);
      await tx.update(RoundImport, file, { status, jobId });
      await tx.audit('import.apply', { kind: 'round-import', id }, { job: jobId });
      return importViewIn(tx, id);
    });
  }
}

/**
 * Rows that differ in what they say of identity alone read as unchanged. With such a column the file may be loaded
 * whether they differ or not, so that nobody learns an earlier answer from a refusal.
 */
const hasSomethingToLoad = ({ preview, mapping }: ImportView): boolean => {
  if (!preview) return false;
  if (preview.new + preview.changed > 0) return true;
  return preview.unchanged > 0 && mapping.some(({ field }) => field === 'identity');
};

/** The lock on the institution's row makes two who ask at once come one after the other; it blocks nobody else. */
const refuseWhileAnotherLoads = async (tx: Tx): Promise<void> => {
  await tx.query(`select id from institution where id = $1 for no key update`, [tx.scope.institutionId]);
  const running = await tx.query(
    `select id from round_import where institution_id = $1 and status = 'applying' limit 1`,
    [tx.scope.institutionId],
  );
  if (running.length > 0) throw new Refused('import-busy');
};
