import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Refused, startJob, Transactions, type Tx } from '@waymark/api-platform';
import type { OwnExportView } from '@waymark/contracts';
import { Person } from '../entities';
import { newestExportIn } from './data-export-view';
import { DataExport } from './entities';
import { canSignIn } from './can-sign-in';

/** Has a person's data collected by a job. While one is being collected it is that one; a finished one is replaced. */
@Injectable()
export class StartExport {
  constructor(private readonly transactions: Transactions) {}

  /** One's own. The guard lets nobody ask for it while they act for somebody. */
  ofMyself(actor: Actor): Promise<OwnExportView> {
    return this.transactions.run(actor, async (tx) => {
      await tx.lock(Person, actor.personId);
      await start(tx, actor.personId);
      return newestExportIn(tx, actor.personId);
    });
  }

  /** For somebody who cannot ask themself: who has left, or has no way to sign in. */
  of(actor: Actor, personId: string): Promise<OwnExportView> {
    return this.transactions.run(actor, async (tx) => {
      const person = await tx.lock(Person, personId);
      if (person.erasedAt) throw new Refused('already-erased');
      if (await canSignIn(tx, person, dayIn(actor.timeZone, tx.now))) throw new Refused('asks-themself');
      await start(tx, personId);
      return newestExportIn(tx, personId);
    });
  }
}

const start = async (tx: Tx, personId: string): Promise<void> => {
  const [running] = await tx.find(DataExport, { personId, status: 'collecting' });
  if (running) return;
  const id = tx.newId();
  const jobId = await startJob(tx, 'people.export-own-data', id);
  await tx.insert(DataExport, {
    institutionId: tx.scope.institutionId,
    id,
    personId,
    requestedBy: tx.scope.personId ?? personId,
    status: 'collecting',
    jobId,
    askedAt: tx.now,
    readyAt: null,
    keptUntil: null,
    fetchedAt: null,
    version: 1,
  });
  await tx.audit('data-export.ask', { kind: 'person', id: personId });
};
