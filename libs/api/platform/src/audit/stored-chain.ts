import type { Clock } from '../clock';
import type { Reads } from '../reads';
import { entryText } from './seal-hash';
import type { ChainSource, SealRow } from './verify-chain';

/** A row may wait so long for its seal; and where one is found that does, it is looked at again for a while. */
const sealedWithinMs = 60_000;

/** An institution's chain as it stands in the database, read through short transactions. */
export class StoredChain implements ChainSource {
  private readonly scope: { institutionId: string };

  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    institutionId: string,
    /** A long transaction's rows become visible when they are minutes old: the sealing worker gets so long to see them. */
    private readonly patienceMs = 15_000,
  ) {
    this.scope = { institutionId };
  }

  async head(): Promise<{ head: { number: number; hash: string } | null; last: number }> {
    const [row] = await this.reads.rows<{ number: string | null; hash: string; last: string | null }>(this.scope, {
      name: 'audit-head-and-last',
      text: `select h.number, encode(h.hash, 'hex') as hash,
          (select max(s.number) from audit_seal s where s.institution_id = $1) as last
        from (select $1::uuid as id) i left join audit_head h on h.institution_id = i.id`,
      values: [this.scope.institutionId],
    });
    const head = row && row.number !== null ? { number: Number(row.number), hash: row.hash } : null;
    return { head, last: Number(row?.last ?? 0) };
  }

  async seals(first: number, last: number): Promise<SealRow[]> {
    // Two statements: joined, they are planned for a whole table right after a load, and asked row by row otherwise.
    const seals = await this.reads.rows<{ number: string; hash: string; entryId: string }>(this.scope, {
      name: 'audit-seals',
      text: `select s.number, encode(s.hash, 'hex') as hash, s.entry_id as "entryId"
        from audit_seal s where s.institution_id = $1 and s.number between $2 and $3 order by s.number`,
      values: [this.scope.institutionId, first, last],
    });
    const entries = await this.reads.rows<{ id: string; entry: string }>(this.scope, {
      name: 'audit-sealed-entries',
      text: `select e.id, ${entryText} as entry from audit_entry e where e.institution_id = $1 and e.id = any ($2::uuid[])`,
      values: [this.scope.institutionId, seals.map(({ entryId }) => entryId)],
    });
    const byId = new Map(entries.map(({ id, entry }) => [id, entry]));
    return seals.map(({ number, hash, entryId }) => ({
      number: Number(number),
      hash,
      entryId,
      entry: byId.get(entryId) ?? null,
    }));
  }

  async hashOf(number: number): Promise<string | null> {
    const [row] = await this.reads.rows<{ hash: string }>(this.scope, {
      name: 'audit-seal-hash',
      text: `select encode(hash, 'hex') as hash from audit_seal where institution_id = $1 and number = $2`,
      values: [this.scope.institutionId, number],
    });
    return row?.hash ?? null;
  }

  async unsealed(): Promise<string | null> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const found = await this.unsealedNow();
      if (found === null || Date.now() > deadline) return found;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** The difference of the two tables themselves, not the list that the worker goes by. */
  private async unsealedNow(): Promise<string | null> {
    const [row] = await this.reads.rows<{ id: string }>(this.scope, {
      name: 'audit-unsealed',
      text: `select e.id from audit_entry e
        where e.institution_id = $1 and e.at < $2
          and not exists (select from audit_seal s where s.institution_id = $1 and s.entry_id = e.id)
        order by e.id limit 1`,
      values: [this.scope.institutionId, new Date(this.clock.now().getTime() - sealedWithinMs)],
    });
    return row?.id ?? null;
  }
}
