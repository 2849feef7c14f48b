import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import type { Scope } from './actor';
import { PlatformConfig } from './platform-config';
import type { ReadQuery } from './reads';

/**
 * For the one kind of write that comes every second from everybody who is typing: `begin`, the setting, a few statements that
 * need no answer of one another, and `commit` travel together in one round trip. Nothing else belongs here: no locks held while
 * something is thought over, no idempotency key (the statement itself is safe to repeat), no audit. All or nothing, as ever.
 */
@Injectable()
export class PipelinedWrites implements OnModuleDestroy {
  private readonly pool: pg.Pool;

  constructor(config: PlatformConfig) {
    this.pool = new pg.Pool({
      connectionString: config.databaseUrl,
      max: config.readConnections,
      application_name: 'waymark-pipelined-writes',
      pipeline: true,
    } as pg.PoolConfig);
    // A connection that breaks while idle is replaced at the next write.
    this.pool.on('error', () => undefined);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }

  /** Rows of each statement, all of one transaction that has been committed. */
  async all<Rows extends unknown[]>(
    scope: Pick<Scope, 'institutionId'>,
    statements: ReadQuery[],
  ): Promise<{ [Key in keyof Rows]: Rows[Key][] }> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const [, , ...results] = await Promise.all([
        client.query('begin'),
        // These statements are about one record by its key: to plan them anew each time costs several times what they do.
        client.query({
          name: 'institution',
          text: `select set_config('app.institution_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
          values: [scope.institutionId],
        }),
        ...statements.map((statement) => client.query(statement)),
        client.query('commit'),
      ]);
      const end = results.pop();
      if (end?.command !== 'COMMIT') throw new Error('a write was rolled back');
      return results.map((result) => result.rows) as { [Key in keyof Rows]: Rows[Key][] };
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      // A client whose pipeline failed midway is not used again.
      client.release(broken);
    }
  }
}
