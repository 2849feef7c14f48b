import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { deleteRows } from './stored-rows';

/** So many files in one transaction; a file may have thousands of rows. */
const batch = 20;

/**
 * Throws away the rows of files that were loaded and never applied, once they have been kept as long as the institution says:
 * they hold what people say of themselves.
 */
@Injectable()
export class DiscardOldImports implements ScheduledTask {
  readonly name = 'discard-old-imports';
  readonly everySeconds = 3600;

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    const old = await tx.query<{ id: string }>(
      `select id from round_import where institution_id = $1 and status in ('uploaded', 'previewed', 'failed')
         and uploaded_at < $2::timestamptz - (select make_interval(days => import_files_kept_days) from institution where id = $1)
       order by uploaded_at, id limit ${batch} for update skip locked`,
      [institutionId, tx.now],
    );
    for (const { id } of old) {
      await deleteRows(tx, id);
      await tx.query(
        `update round_import set status = 'discarded', version = version + 1 where institution_id = $1 and id = $2`,
        [institutionId, id],
      );
      await tx.audit('import.discard', { kind: 'round-import', id }, { tooOld: true });
    }
    return old.length === batch;
  }
}
