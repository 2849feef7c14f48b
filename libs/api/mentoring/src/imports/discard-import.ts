import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { ApplyImport as Input, ImportView } from '@waymark/contracts';
import { RoundImport } from '../entities';
import { importStatusTable } from './import-status';
import { importViewIn } from './import-view';
import { deleteRows } from './stored-rows';

/** Throws the rows of a file away that nobody will load. */
@Injectable()
export class DiscardImport {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: Input): Promise<ImportView> {
    return this.transactions.run(actor, async (tx) => {
      const file = await tx.lockAt(RoundImport, id, version);
      const status = move(importStatusTable, file.status, 'discarded');
      await deleteRows(tx, id);
      await tx.update(RoundImport, file, { status });
      await tx.audit('import.discard', { kind: 'round-import', id });
      return importViewIn(tx, id);
    });
  }
}
