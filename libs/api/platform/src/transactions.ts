import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { Command, Scope } from './actor';
import { Clock } from './clock';
import { refusalOfConstraint } from './constraints';
import { PlatformConfig } from './platform-config';
import { Refused } from './refused';
import { Tx } from './tx';

/** Deadlocks and serialisation failures: PostgreSQL asks to try again. */
const worthRepeating = new Set(['40P01', '40001']);
const attempts = 5;
/** Before each repetition, up to so long and by chance: those who met would meet again. */
const pauseMs = 60;

@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
  ) {}

  /**
   * Runs `work` in one transaction of the scope's institution and commits; anything thrown rolls all of it back.
   * A command with an idempotency key is done once: its answer is stored in the same transaction, a repetition waits for
   * the first and gets its answer, and another body under the same key is refused.
   */
  run<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.repeated(async () => {
      const runner = this.dataSource.createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.query(`select set_config('app.institution_id', $1, true)`, [scope.institutionId]);
        const tx = new Tx(runner.manager, scope, this.clock.now(), this.config.publicUrl);
        const answer = scope.command ? await this.once(tx, scope.command, work) : await work(tx);
        // An error that somebody caught leaves an aborted transaction, whose COMMIT would quietly roll back: this throws.
        await runner.query('select 1');
        await runner.commitTransaction();
        return answer;
      } catch (error) {
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      } finally {
        await runner.release();
      }
    });
  }

  /** Before any institution is known: sign-in, links in mail, the relay. Sees the listed global tables alone. */
  runGlobal<T>(work: (manager: EntityManager, now: Date) => Promise<T>): Promise<T> {
    return this.repeated(() => this.dataSource.transaction((manager) => work(manager, this.clock.now())));
  }

  private async once<T>(tx: Tx, command: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
    const key = [tx.scope.institutionId, command.accountId, command.key];
    const claimed = await tx.query(
      `insert into command (institution_id, account_id, key, body_hash, at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning key`,
      [...key, command.bodyHash, tx.now],
    );
    if (claimed.length === 0) {
      const [earlier] = await tx.query<{ body_hash: Buffer; answer: T; erased: boolean }>(
        `select body_hash, answer, answer is null as erased from command where institution_id = $1 and account_id = $2 and key = $3`,
        key,
      );
      if (!earlier?.body_hash.equals(command.bodyHash)) throw new Refused('idempotency-key-reused');
      // It was done, and what it answered was erased with somebody it named.
      if (earlier.erased) throw new Refused('changed-meanwhile');
      return earlier.answer;
    }
    const answer = await work(tx);
    await tx.query(`update command set answer = $4 where institution_id = $1 and account_id = $2 and key = $3`, [
      ...key,
      JSON.stringify(answer ?? null),
    ]);
    return answer;
  }

  private async repeated<T>(attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await attempt();
      } catch (error) {
        const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
        if (!code || !worthRepeating.has(code) || count >= attempts) throw refusalOfConstraint(error) ?? error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs * count));
      }
    }
  }
}
