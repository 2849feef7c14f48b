import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock';
import type { Reads } from '../reads';
import type { ScheduledTask } from '../scheduler';
import type { Tx } from '../tx';
import { KeptHeads } from './kept-heads';
import { entryText, genesis, hashOfSeal } from './seal-hash';

/** Rows sealed in one transaction. */
const batch = 2000;
/** A head is written outside the database at most so often, so that a busy institution's file stays small. */
const keepEveryMs = 60_000;

interface LockedHead {
  number: string;
  hash: string;
  sealedAt: Date;
  keptNumber: string;
  keptAt: Date | null;
}

/** Whether a head may be kept again. */
const isDue = ({ keptAt }: LockedHead, now: Date): boolean =>
  keptAt === null || keptAt.getTime() <= now.getTime() - keepEveryMs;

/**
 * Seals the audit's rows into the institution's hash chain, and keeps the head outside the database.
 *
 * Rows become visible in the order of their commits, which neither their identifiers nor their times follow. So the
 * chain has an order of its own, the order of sealing: whatever is committed and waits is next, and a row that shows up
 * late gets a later number. One transaction seals a batch under the lock of the head, which nobody else takes: two workers
 * never give one number twice, a kill leaves nothing half-sealed, and no writer waits.
 *
 * A head is written to its file in a transaction after the one that sealed it, never before: a file that is ahead of
 * the database would accuse an honest chain. A kill between writing and noting it writes the line again, which is harmless.
 */
@Injectable()
export class SealAudit implements ScheduledTask {
  readonly name = 'seal-audit';
  readonly everySeconds = 5;
  private readonly log = new Logger('audit');

  constructor(
    private readonly keptHeads: KeptHeads,
    private readonly clock: Clock,
  ) {}

  async owing(reads: Reads): Promise<string[]> {
    const rows = await reads.global<{ id: string }>({
      name: 'institutions-owing-seals',
      text: 'select id from institutions_owing_seals($1) as id',
      values: [this.clock.now()],
    });
    return rows.map(({ id }) => id);
  }

  async run(tx: Tx): Promise<boolean> {
    const head = await this.lockHead(tx);
    await this.keep(tx, head);
    const sealed = await this.seal(tx, head);
    return sealed === batch || (sealed > 0 && isDue(head, tx.now));
  }

  private async lockHead(tx: Tx): Promise<LockedHead> {
    const { institutionId } = tx.scope;
    await tx.query(
      `insert into audit_head (institution_id, number, hash, sealed_at, kept_number)
       values ($1, 0, decode($2, 'hex'), $3, 0) on conflict do nothing`,
      [institutionId, genesis, tx.now],
    );
    const [head] = await tx.query<LockedHead>(
      `select number, encode(hash, 'hex') as hash, sealed_at as "sealedAt", kept_number as "keptNumber", kept_at as "keptAt"
       from audit_head where institution_id = $1 for update`,
      [institutionId],
    );
    if (!head) throw new Error('the head of the chain is gone');
    return head;
  }

  /** What an earlier transaction sealed and committed. */
  private async keep(tx: Tx, head: LockedHead): Promise<void> {
    if (head.keptNumber === head.number || !isDue(head, tx.now)) return;
    const { institutionId } = tx.scope;
    const line = { institutionId, number: Number(head.number), hash: head.hash, at: head.sealedAt.toISOString() };
    try {
      await this.keptHeads.append(line);
    } catch (error) {
      // A full disk does not stop the sealing; it stays owed, and is written when there is room.
      const { name, code } = (error ?? {}) as { name?: string; code?: string };
      this.log.error({ head: 'not kept', institutionId, error: name, code });
      return;
    }
    await tx.query(`update audit_head set kept_number = $2, kept_at = $3 where institution_id = $1`, [
      institutionId,
      head.number,
      tx.now,
    ]);
    head.keptAt = tx.now;
  }

  private async seal(tx: Tx, head: LockedHead): Promise<number> {
    const { institutionId } = tx.scope;
    const waiting = await tx.query<{ entry_id: string }>(
      `select entry_id from audit_unsealed where institution_id = $1 order by entry_id limit ${batch}`,
      [institutionId],
    );
    const found = await tx.query<{ id: string; entry: string }>(
      `select e.id, ${entryText} as entry from audit_entry e where e.institution_id = $1 and e.id = any ($2::uuid[])`,
      [institutionId, waiting.map(({ entry_id }) => entry_id)],
    );
    if (found.length === 0) return 0;
    found.sort((a, b) => (a.id < b.id ? -1 : 1));
    let { hash } = head;
    const first = Number(head.number) + 1;
    const hashes = found.map(({ entry }, index) => (hash = hashOfSeal(hash, institutionId, first + index, entry)));
    const ids = found.map(({ id }) => id);
    await tx.query(
      `insert into audit_seal (institution_id, number, entry_id, hash)
       select $1, $2::bigint + s.place - 1, s.id, decode(s.hash, 'hex')
       from unnest($3::uuid[], $4::text[]) with ordinality as s(id, hash, place)`,
      [institutionId, first, ids, hashes],
    );
    await tx.query(`delete from audit_unsealed where institution_id = $1 and entry_id = any ($2::uuid[])`, [
      institutionId,
      ids,
    ]);
    await tx.query(
      `update audit_head set number = $2, hash = decode($3, 'hex'), sealed_at = $4 where institution_id = $1`,
      [institutionId, first + found.length - 1, hash, tx.now],
    );
    return found.length;
  }
}
