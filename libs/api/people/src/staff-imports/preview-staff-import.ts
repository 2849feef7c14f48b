import { Injectable } from '@nestjs/common';
import { type Actor, move, startJob, Transactions } from '@waymark/api-platform';
import type { PreviewStaffImport as Input, StaffImportView } from '@waymark/contracts';
import { checkMapping, normalMapping } from './check-mapping';
import { StaffImport } from './entities';
import { staffImportViewIn } from './staff-import-view';
import { staffImportStatusTable } from './status';

/** Has a job say of each row what applying it would do, by the mapping and settings given. Changes nobody. */
@Injectable()
export class PreviewStaffImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, mapping, settings, gradeOrder }: Input): Promise<StaffImportView> {
    return this.transactions.run(actor, async (tx) => {
      const file = await tx.lockAt(StaffImport, id, version);
      const status = move(staffImportStatusTable, file.status, 'previewing');
      checkMapping(mapping, file.headings, file.kind);
      const jobId = await startJob(tx, 'people.preview-staff-import', id);
      await tx.update(StaffImport, file, {
        status,
        jobId,
        mapping: normalMapping(mapping, file.headings),
        settings,
        gradeOrder,
      });
      await tx.audit('staff-import.preview', { kind: 'staff-import', id }, { job: jobId });
      return staffImportViewIn(tx, id);
    });
  }
}
