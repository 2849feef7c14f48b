import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { undoWithinDays } from './staff-import-view';

/** An upload that broke off, or whose import never came to be. */
const chunksKeptHours = 24;

/**
 * Lets go of what files of staff hold of people once it is not needed: uploads that broke off after a day, what undoing
 * needs when the time for it is over, lines and rows after the institution's own time for import files.
 */
@Injectable()
export class SweepStaffImports implements ScheduledTask {
  readonly name = 'sweep-staff-imports';
  readonly everySeconds = 3600;

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    await tx.query(
      `delete from staff_import_chunk c where c.institution_id = $1 and c.at < $2::timestamptz - $3 * interval '1 hour'
         and not exists (select from staff_import i where i.institution_id = $1 and i.id = c.import_id and i.status = 'reading')`,
      [institutionId, tx.now, chunksKeptHours],
    );
    await tx.query(
      `delete from staff_import_effect e using staff_import i
       where e.institution_id = $1 and i.institution_id = $1 and i.id = e.import_id and i.status <> 'undoing'
         and i.applied_at < $2::timestamptz - $3 * interval '1 day'`,
      [institutionId, tx.now, undoWithinDays],
    );
    const old = await tx.query<{ id: string; status: string }>(
      `select i.id, i.status from staff_import i join institution n on n.id = i.institution_id
       where i.institution_id = $1 and i.status not in ('reading', 'previewing', 'applying', 'undoing')
         and coalesce(i.undone_at, i.applied_at, i.uploaded_at) < $2::timestamptz - n.import_files_kept_days * interval '1 day'
         and (exists (select from staff_import_row r where r.institution_id = $1 and r.import_id = i.id)
           or exists (select from staff_import_line l where l.institution_id = $1 and l.import_id = i.id))
       order by i.uploaded_at limit 20`,
      [institutionId, tx.now],
    );
    if (old.length === 0) return false;
    const ids = old.map(({ id }) => id);
    for (const table of ['staff_import_line', 'staff_import_row']) {
      await tx.query(`delete from ${table} where institution_id = $1 and import_id = any ($2::uuid[])`, [
        institutionId,
        ids,
      ]);
    }
    // What nobody applied in all that time cannot be applied any more.
    await tx.query(
      `update staff_import set status = 'discarded', version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status in ('uploaded', 'previewed', 'unreadable')`,
      [institutionId, ids],
    );
    return true;
  }
}
