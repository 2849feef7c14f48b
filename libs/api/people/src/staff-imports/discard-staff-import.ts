import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { OnStaffImport, StaffImportView } from '@waymark/contracts';
import { StaffImport } from './entities';
import { staffImportViewIn } from './staff-import-view';
import { staffImportStatusTable } from './status';
import { deleteChunks, deleteLines, deleteRows } from './stored-rows';

/** Throws away what a file holds that nobody will apply. */
@Injectable()
export class DiscardStaffImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnStaffImport): Promise<StaffImportView> {
    return this.transactions.run(actor, async (tx) => {
      const file = await tx.lockAt(StaffImport, id, version);
      const status = move(staffImportStatusTable, file.status, 'discarded');
      await deleteChunks(tx, id);
      await deleteLines(tx, id);
      await deleteRows(tx, id);
      await tx.update(StaffImport, file, { status });
      await tx.audit('staff-import.discard', { kind: 'staff-import', id });
      return staffImportViewIn(tx, id);
    });
  }
}
