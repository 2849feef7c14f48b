import { Inject, Injectable } from '@nestjs/common';
import {
  type JobContext,
  type JobHandler,
  move,
  PERSONAL_TABLES,
  type PersonalTable,
  PlatformConfig,
  post,
  Transactions,
  type Tx,
  workbookBuffer,
} from '@waymark/api-platform';
import { collect } from './collect';
import { DataExport, DataExportFile } from './entities';
import { type ExportOf, jsonOf, sheetsOf } from './export-files';
import { exportStatusTable } from './statuses';
import { subjectOf } from './subject';
import { retentionIn, untilOf } from './until';

/** The files are kept so long; then they are deleted, and can be asked for anew. */
export const exportDays = 7;

/** Collects a person's data in one transaction, writes the files in another, together with the job's end and the letter. */
@Injectable()
export class CollectDataJob implements JobHandler {
  readonly kind = 'people.export-own-data';

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
    @Inject(PERSONAL_TABLES) private readonly tables: readonly PersonalTable[],
  ) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('collecting', 10);
    const collected = await this.transactions.run(context.scope, (tx) => this.collect(tx, context.subjectId));
    await context.progress('writing', 60);
    const files = [
      { format: 'xlsx' as const, content: await workbookBuffer(sheetsOf(collected)) },
      { format: 'json' as const, content: jsonOf(collected) },
    ];
    await context.finish(async (tx) => {
      const asked = await tx.lock(DataExport, context.subjectId);
      await this.replaceEarlier(tx, asked);
      await tx.update(DataExport, asked, {
        status: move(exportStatusTable, asked.status, 'ready'),
        readyAt: tx.now,
        keptUntil: new Date(tx.now.getTime() + exportDays * 86_400_000),
      });
      await tx.insert(
        DataExportFile,
        files.map((file) => ({ ...file, institutionId: asked.institutionId, exportId: asked.id })),
      );
      await this.tell(tx, asked);
      await tx.audit('data-export.ready', { kind: 'person', id: asked.personId });
    });
  }

  /** Whoever is erased meanwhile has no export any more. */
  async ended(tx: Tx, exportId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const [asked] = await tx.find(DataExport, { id: exportId });
    if (asked?.status !== 'collecting') return;
    await tx.update(DataExport, asked, { status: move(exportStatusTable, asked.status, end) });
    await tx.audit('data-export.end', { kind: 'person', id: asked.personId }, { end });
  }

  private async collect(tx: Tx, exportId: string): Promise<ExportOf> {
    const asked = await tx.lock(DataExport, exportId);
    const subject = await subjectOf(tx, asked.personId);
    const days = await retentionIn(tx);
    const [institution] = await tx.query<{ name: string; timeZone: string }>(
      `select name, time_zone as "timeZone" from institution where id = $1`,
      [tx.scope.institutionId],
    );
    return {
      institution: institution?.name ?? '',
      timeZone: institution?.timeZone ?? 'UTC',
      madeAt: tx.now,
      tables: await collect(tx, this.tables, subject, (table) => untilOf(table, days)),
    };
  }

  private async replaceEarlier(tx: Tx, asked: DataExport): Promise<void> {
    for (const earlier of await tx.find(DataExport, { personId: asked.personId, status: 'ready' })) {
      await tx.update(DataExport, earlier, { status: move(exportStatusTable, earlier.status, 'replaced') });
      await tx.manager.delete(DataExportFile, { institutionId: earlier.institutionId, exportId: earlier.id });
    }
  }

  /** Told are those who asked: the person, or the administrator who asked for them. */
  private async tell(tx: Tx, { personId, requestedBy }: DataExport): Promise<void> {
    const [to] = await tx.query<{ email: string | null; given_name: string }>(
      `select email, given_name from person where institution_id = $1 and id = $2`,
      [tx.scope.institutionId, requestedBy],
    );
    if (!to?.email) return;
    const own = personId === requestedBy;
    const link = own
      ? `${this.config.publicUrl}/account/data`
      : `${this.config.publicUrl}/administration/data-requests/people/${personId}`;
    await post(tx, {
      to: to.email,
      subject: own ? 'Your data is ready' : 'The data you asked for is ready',
      body: `Hello ${to.given_name},\n\n${own ? 'Everything that Waymark holds about you' : 'What Waymark holds about the person you asked for'} is ready to be fetched for ${exportDays} days, as a workbook and as a file for machines:\n\n${link}\n\nIf you did not ask for it, tell your institution's administrator.\n`,
    });
  }
}
