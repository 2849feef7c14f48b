import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import type { Scope } from './actor';
import { OutboxEntry } from './entities';
import { Refused } from './refused';

let last = '';

/** A UUID of version 7, greater than every one that this process made before, also within one millisecond. */
const growingId = (): string => {
  const id = randomUUIDv7();
  last = id > last ? id : successorOf(last);
  return last;
};

/** The last 48 bits counted on by one; that they overflow is as unlikely as two random identifiers being alike. */
const successorOf = (id: string): string =>
  id.slice(0, -12) + ((BigInt(`0x${id.slice(-12)}`) + 1n) & 0xffff_ffff_ffffn).toString(16).padStart(12, '0');

/** A row of a tenant table. */
export interface TenantRow extends ObjectLiteral {
  institutionId: string;
  id: string;
}

/** What an act was done to; `details` never hold names, addresses or free text. */
export interface AuditLine {
  subject: { kind: string; id: string };
  details?: Record<string, string | number | boolean | null>;
}

/**
 * The handle of one transaction with the institution set inside it. Use cases work through it and through nothing else,
 * so a failure anywhere leaves nothing half-done.
 */
export class Tx {
  constructor(
    readonly manager: EntityManager,
    readonly scope: Scope,
    /** One instant for all that the transaction writes. */
    readonly now: Date,
    private readonly publicUrl: string,
  ) {}

  /** The address of a page, for a letter: `/funding/applications/…` as people open it. */
  link(path: string): string {
    return `${this.publicUrl}${path}`;
  }

  /** Identifiers grow with time, so that new rows lie together and those of one transaction keep their order. */
  newId(): string {
    return growingId();
  }

  /** The rows of any statement, also of an UPDATE or DELETE … RETURNING, which TypeORM answers as `[rows, count]`. */
  async query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const result = await this.manager.query<Row[] | [Row[], number]>(sql, values);
    const [first, second] = result;
    return Array.isArray(first) && typeof second === 'number' ? first : (result as Row[]);
  }

  /** Locks the row until the transaction ends. Refused with `not-found` where this institution has no such row. */
  async lock<Row extends TenantRow>(entity: EntityTarget<Row>, id: string): Promise<Row> {
    const row = await this.manager
      .getRepository(entity)
      .createQueryBuilder('row')
      .setLock('pessimistic_write')
      .where({ institutionId: this.scope.institutionId, id } as FindOptionsWhere<Row>)
      .getOne();
    if (!row) throw new Refused('not-found');
    return row;
  }

  /** The same, refusing a command that was given on an older revision. */
  async lockAt<Row extends TenantRow & { version: number }>(
    entity: EntityTarget<Row>,
    id: string,
    version: number,
  ): Promise<Row> {
    const row = await this.lock(entity, id);
    if (row.version !== version) throw new Refused('changed-meanwhile');
    return row;
  }

  find<Row extends ObjectLiteral>(entity: EntityTarget<Row>, where: FindOptionsWhere<Row>): Promise<Row[]> {
    return this.manager.find(entity, { where: { ...where, institutionId: this.scope.institutionId } });
  }

  async insert<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    rows: QueryDeepPartialEntity<Row> | QueryDeepPartialEntity<Row>[],
  ): Promise<void> {
    await this.manager.insert(entity, rows);
  }

  /** Changes a locked row, and the object with it; a revision counts up where the row has one. */
  async update<Row extends TenantRow>(entity: EntityTarget<Row>, row: Row, changes: Partial<Row>): Promise<void> {
    const version = (row as { version?: number }).version;
    const all = version === undefined ? changes : { ...changes, version: version + 1 };
    await this.manager.update(
      entity,
      { institutionId: this.scope.institutionId, id: row.id } as FindOptionsWhere<Row>,
      all as QueryDeepPartialEntity<Row>,
    );
    Object.assign(row, all);
  }

  /** A line of the audit. `details` never hold names, addresses or free text. */
  async audit(act: string, subject: AuditLine['subject'], details: AuditLine['details'] = {}): Promise<void> {
    await this.auditEach(act, [{ subject, details }]);
  }

  /** The same act done to many, in one statement. Where somebody acts for another, both stand in each line. */
  async auditEach(act: string, lines: readonly AuditLine[]): Promise<void> {
    const { institutionId, personId, byPersonId, correlationId } = this.scope;
    await this.query(
      `insert into audit_entry (institution_id, id, at, actor_person_id, on_behalf_of, act, subject_kind, subject_id, details,
         correlation_id)
       select $1, l.id, $2, $3, $4, $5, l.kind, l.about, l.details, $6
       from jsonb_to_recordset($7::jsonb) as l(id uuid, kind text, about uuid, details jsonb)`,
      [
        ...[institutionId, this.now, byPersonId ?? personId, byPersonId ? personId : null, act, correlationId],
        JSON.stringify(
          lines.map(({ subject, details }) => ({
            id: this.newId(),
            kind: subject.kind,
            about: subject.id,
            details: details ?? {},
          })),
        ),
      ],
    );
  }

  /** An event to be handled after the commit, once or more often: handlers are safe to repeat. */
  async emit(topic: string, payload: Record<string, unknown>): Promise<void> {
    await this.insert(OutboxEntry, {
      id: this.newId(),
      institutionId: this.scope.institutionId,
      topic,
      payload: payload as QueryDeepPartialEntity<Record<string, unknown>>,
      at: this.now,
    });
  }
}
