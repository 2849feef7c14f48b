import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, startJob, Transactions } from '@waymark/api-platform';
import type { OnStaffImport, StaffImportView } from '@waymark/contracts';
import { refuseWhileAnotherWorks } from './apply-staff-import';
import { StaffImport } from './entities';
import { staffImportViewIn } from './staff-import-view';
import { staffImportStatusTable } from './status';

/** Has a job take back what the import that was applied last has changed. */
@Injectable()
export class UndoStaffImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnStaffImport): Promise<StaffImportView> {
    return this.transactions.run(actor, async (tx) => {
      await refuseWhileAnotherWorks(tx);
      const file = await tx.lockAt(StaffImport, id, version);
      const status = move(staffImportStatusTable, file.status, 'undoing');
      const { undoRefused } = await staffImportViewIn(tx, id);
      if (undoRefused === 'not-the-last') throw new Refused('undo-not-last');
      if (undoRefused === 'too-late') throw new Refused('undo-too-late');
      const jobId = await startJob(tx, 'people.undo-staff-import', id);
      await tx.update(StaffImport, file, { status, jobId });
      await tx.audit('staff-import.undo', { kind: 'staff-import', id }, { job: jobId });
      return staffImportViewIn(tx, id);
    });
  }
}
