import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { unattachedFileDays } from '@waymark/contracts';
import { attached } from './attached';

const batch = 100;

/** Lets go of what was handed in and never attached to anything: somebody chose another picture, or never came back. */
@Injectable()
export class SweepFiles implements ScheduledTask {
  readonly name = 'sweep-files';
  readonly everySeconds = 3600;

  async run(tx: Tx): Promise<boolean> {
    // Whoever attaches one at this moment holds its row: it is left to them.
    const swept = await tx.query<{ id: string }>(
      `delete from stored_file where institution_id = $1 and id in (
         select f.id from stored_file f
         where f.institution_id = $1 and f.uploaded_at < $2::timestamptz - interval '1 day' * $3 and not ${attached('f')}
         order by f.uploaded_at limit $4 for update skip locked) returning id`,
      [tx.scope.institutionId, tx.now, unattachedFileDays, batch],
    );
    return swept.length === batch;
  }
}
