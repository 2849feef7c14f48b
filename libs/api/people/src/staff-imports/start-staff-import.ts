import { Injectable } from '@nestjs/common';
import { type Actor, Refused, type Scope, startJob, Transactions } from '@waymark/api-platform';
import { staffFileBytesMax, type StaffImportView, type StartStaffImport as Input } from '@waymark/contracts';
import { createHash, randomUUIDv7 } from 'node:crypto';
import { StaffImport, StaffImportChunk } from './entities';
import { staffImportViewIn } from './staff-import-view';
import { deleteChunks } from './stored-rows';

const chunkBytes = 1024 * 1024;
/** What comes beyond is read and thrown away up to here, so that whoever sends it gets the answer; then cut off. */
const drainedMost = 4 * staffFileBytesMax;

/**
 * Takes a file as it comes, a megabyte at a time into the database: neither the API nor a transaction holds more of it.
 * The import is there once all of it is; chunks of an upload that broke off are swept away later.
 */
@Injectable()
export class StartStaffImport {
  constructor(private readonly transactions: Transactions) {}

  async run(actor: Actor, { kind, fileName }: Input, body: AsyncIterable<Buffer>): Promise<StaffImportView> {
    const scope: Scope = { institutionId: actor.institutionId, personId: actor.personId, correlationId: null };
    const id = randomUUIDv7();
    try {
      const { bytes, digest } = await this.keep(scope, id, body);
      const view = await this.transactions.run(commandOf(actor, digest), async (tx) => {
        const jobId = await startJob(tx, 'people.read-staff-file', id);
        await tx.insert(StaffImport, {
          institutionId: actor.institutionId,
          id,
          kind,
          fileName,
          status: 'reading',
          bytes,
          rowCount: 0,
          headings: [],
          mapping: [],
          mappingRemembered: false,
          settings: settingsAtFirst,
          jobId,
          uploadedAt: tx.now,
          uploadedBy: actor.personId,
          version: 1,
        });
        await tx.audit('staff-import.upload', { kind: 'staff-import', id }, { kind, bytes });
        return staffImportViewIn(tx, id);
      });
      // A repeated command: the answer is that of the first, and this copy of the file is one too many.
      if (view.id !== id) await this.forget(scope, id);
      return view;
    } catch (error) {
      await this.forget(scope, id).catch(() => undefined);
      throw error;
    }
  }

  private async keep(
    scope: Scope,
    id: string,
    body: AsyncIterable<Buffer>,
  ): Promise<{ bytes: number; digest: Buffer }> {
    const hash = createHash('sha256');
    let bytes = 0;
    let n = 0;
    let pieces: Buffer[] = [];
    let held = 0;
    const flush = async () => {
      if (held === 0) return;
      const data = Buffer.concat(pieces);
      pieces = [];
      held = 0;
      n += 1;
      await this.transactions.run(scope, (tx) =>
        tx.insert(StaffImportChunk, { institutionId: scope.institutionId, importId: id, n, data, at: tx.now }),
      );
    };
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > drainedMost) break;
      if (bytes > staffFileBytesMax) continue;
      hash.update(piece);
      pieces.push(piece);
      held += piece.length;
      if (held >= chunkBytes) await flush();
    }
    if (bytes > staffFileBytesMax) throw new Refused('body-too-large', { facts: { most: staffFileBytesMax } });
    if (bytes === 0) throw new Refused('file-empty');
    await flush();
    return { bytes, digest: hash.digest() };
  }

  private forget(scope: Scope, id: string): Promise<void> {
    return this.transactions.run(scope, (tx) => deleteChunks(tx, id));
  }
}

/** The gate has not read the body: what makes two commands one is what was sent, so the file's digest is added here. */
const commandOf = (actor: Actor, digest: Buffer): Actor =>
  actor.command
    ? {
        ...actor,
        command: {
          ...actor.command,
          bodyHash: createHash('sha256').update(actor.command.bodyHash).update(digest).digest(),
        },
      }
    : actor;

/** Until the file is read; the technician's flag is never inferred. */
export const settingsAtFirst: StaffImport['settings'] = {
  dateOrder: 'day-first',
  newAreTechnicians: false,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: true,
  makeSkills: true,
};
