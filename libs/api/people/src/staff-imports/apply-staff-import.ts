import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, startJob, Transactions, type Tx } from '@waymark/api-platform';
import type { ApplyStaffImport as Input, StaffImportView } from '@waymark/contracts';
import { StaffImport } from './entities';
import { staffImportViewIn } from './staff-import-view';
import { staffImportStatusTable } from './status';

/** Has a previewed file applied by a job: one at a time in an institution. */
@Injectable()
export class ApplyStaffImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, leavers }: Input): Promise<StaffImportView> {
    return this.transactions.run(actor, async (tx) => {
      await refuseWhileAnotherWorks(tx);
      const file = await tx.lockAt(StaffImport, id, version);
      const status = move(staffImportStatusTable, file.status, 'applying');
      const view = await staffImportViewIn(tx, id);
      if (view.gradesToOrder) throw new Refused('grades-unordered');
      if (!view.may.apply) throw new Refused('nothing-to-apply');
      const told = view.counts?.leaver ?? 0;
      if (view.confirmLeavers && leavers !== told) {
        throw new Refused('leavers-unconfirmed', { facts: { leavers: told } });
      }
      const jobId = await startJob(tx, 'people.apply-staff-import', id);
      // Where nothing asks for the number it says nothing, and could be any.
      await tx.update(StaffImport, file, { status, jobId, leaversConfirmed: view.confirmLeavers ? leavers : null });
      await tx.audit('staff-import.apply', { kind: 'staff-import', id }, { job: jobId });
      return staffImportViewIn(tx, id);
    });
  }
}

/** The lock on the institution's row makes two who ask at once come one after the other; it blocks nobody else. */
export const refuseWhileAnotherWorks = async (tx: Tx): Promise<void> => {
  await tx.query(`select id from institution where id = $1 for no key update`, [tx.scope.institutionId]);
  const working = await tx.query(
    `select id from staff_import where institution_id = $1 and status in ('applying', 'undoing') limit 1`,
    [tx.scope.institutionId],
  );
  if (working.length > 0) throw new Refused('import-busy');
};
