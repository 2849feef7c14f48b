import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';

/** Deletes files of exports whose time has run out. */
@Injectable()
export class EndOldExports implements ScheduledTask {
  readonly name = 'end-old-exports';
  readonly everySeconds = 600;

  async run(tx: Tx): Promise<boolean> {
    const ended = await tx.query<{ id: string }>(
      `update data_export set status = 'expired', version = version + 1
       where institution_id = $1 and status = 'ready' and kept_until <= $2 returning id`,
      [tx.scope.institutionId, tx.now],
    );
    if (ended.length > 0) {
      await tx.query(`delete from data_export_file where institution_id = $1 and export_id = any ($2::uuid[])`, [
        tx.scope.institutionId,
        ended.map(({ id }) => id),
      ]);
    }
    return false;
  }
}
