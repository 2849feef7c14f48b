import { Injectable } from '@nestjs/common';
import { permissionsOf, type Role } from '@waymark/contracts';
import DataLoader from 'dataloader';
import { createHash } from 'node:crypto';
import type { Actor } from './actor';
import { Clock } from './clock';
import { Reads } from './reads';
import { Transactions } from './transactions';

/** Only the hash of a session's token is stored, so that a copy of the database opens no session. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** How long somebody acts for another without using it, in milliseconds. */
export const actingMs = 30 * 60_000;
const renewAfterMs = 5 * 60_000;

interface ActorRow {
  token_hash: Buffer;
  session_id: string;
  account_id: string;
  institution_id: string;
  person_id: string;
  given_name: string;
  family_name: string;
  institution_name: string;
  time_zone: string;
  roles: Role[];
  by_person_id: string | null;
  by_name: string | null;
  acting_until: Date | null;
  acting_ended: boolean;
}

/** Both or neither, as the database says. */
const actingOf = ({ by_person_id: id, by_name: name, acting_until: until }: ActorRow) =>
  id !== null && name !== null && until !== null ? { byPersonId: id, acting: { by: { id, name }, until } } : {};

/**
 * Who is asking, read from the database at each request, so that a role that ended or a person who left counts at once.
 * Requests that arrive in the same turn of the event loop are looked up together; nothing is remembered between turns.
 */
@Injectable()
export class Actors {
  private readonly loader: DataLoader<string, Omit<Actor, 'correlationId'> | null>;

  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {
    this.loader = new DataLoader((tokens) => this.load(tokens), { cache: false, maxBatchSize: 100 });
  }

  async ofToken(token: string, correlationId: string): Promise<Actor | null> {
    const cameAt = this.clock.now();
    const actor = await this.loader.load(token);
    return actor && { ...actor, correlationId, cameAt };
  }

  /** Acting for somebody ends half an hour after its last use. Noted every few minutes, not at each request. */
  async renewActing({ sessionId, acting }: Actor): Promise<void> {
    const now = this.clock.now().getTime();
    if (!acting || acting.until.getTime() - now > actingMs - renewAfterMs) return;
    await this.transactions.runGlobal((manager) =>
      manager.query(`update session set acting_until = $2 where id = $1 and acting_for_id is not null`, [
        sessionId,
        new Date(now + actingMs),
      ]),
    );
  }

  private async load(tokens: readonly string[]): Promise<(Omit<Actor, 'correlationId'> | null)[]> {
    const hashes = tokens.map(hashOfToken);
    const rows = await this.reads.global<ActorRow>({
      name: 'actors-of-sessions',
      text: 'select * from actors_of_sessions($1, $2)',
      values: [hashes, this.clock.now()],
    });
    const byHash = new Map(rows.map((row) => [row.token_hash.toString('base64'), row]));
    return hashes.map((hash) => {
      const row = byHash.get(hash.toString('base64'));
      return row
        ? {
            institutionId: row.institution_id,
            personId: row.person_id,
            accountId: row.account_id,
            sessionId: row.session_id,
            givenName: row.given_name,
            name: `${row.given_name} ${row.family_name}`.trim(),
            institutionName: row.institution_name,
            timeZone: row.time_zone,
            roles: row.roles,
            permissions: permissionsOf(row.roles),
            ...actingOf(row),
            ...(row.acting_ended ? { actingEnded: true } : {}),
          }
        : null;
    });
  }
}
