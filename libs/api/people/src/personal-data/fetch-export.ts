import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ExportFormat } from '@waymark/contracts';
import { DataExport, DataExportFile } from './entities';

/** The bytes of a ready export; that it was fetched is recorded. */
@Injectable()
export class FetchExport {
  constructor(private readonly transactions: Transactions) {}

  /** One's own. Somebody else's is not there. */
  ofMyself(actor: Actor, exportId: string, format: ExportFormat): Promise<Buffer> {
    return this.transactions.run(actor, async (tx) => {
      const asked = await tx.lock(DataExport, exportId);
      if (asked.personId !== actor.personId) throw new Refused('not-found');
      return fileOf(tx, asked, format);
    });
  }

  /** One that an administrator asked for in a person's stead; an export that somebody asked for themself is theirs alone. */
  of(actor: Actor, exportId: string, format: ExportFormat): Promise<Buffer> {
    return this.transactions.run(actor, async (tx) => {
      const asked = await tx.lock(DataExport, exportId);
      if (asked.requestedBy === asked.personId) throw new Refused('not-found');
      return fileOf(tx, asked, format);
    });
  }
}

const fileOf = async (tx: Tx, asked: DataExport, format: ExportFormat): Promise<Buffer> => {
  const [file] = await tx.find(DataExportFile, { exportId: asked.id, format });
  if (asked.status !== 'ready' || !file || (asked.keptUntil && asked.keptUntil <= tx.now))
    throw new Refused('export-gone');
  await tx.update(DataExport, asked, { fetchedAt: tx.now });
  await tx.audit('data-export.fetch', { kind: 'person', id: asked.personId }, { format });
  return file.content;
};
