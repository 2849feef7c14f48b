import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import type { Scope } from './actor';
import { PlatformConfig } from './platform-config';

/** A named query is prepared once a connection. Values are always bound, never written into the text. */
export interface ReadQuery {
  name: string;
  text: string;
  values: unknown[];
}

/**
 * The read path: each read is its own short transaction with the institution set, and `begin`, the setting, the queries
 * and `commit` travel together in one round trip (`pipeline`). A pool of its own, since pipelined clients cannot stream.
 */
@Injectable()
export class Reads implements OnModuleDestroy {
  private readonly pool: pg.Pool;

  constructor(config: PlatformConfig) {
    this.pool = new pg.Pool({
      connectionString: config.databaseUrl,
      max: config.readConnections,
      application_name: 'waymark-reads',
      pipeline: true,
    } as pg.PoolConfig);
    // A connection that breaks while idle is replaced at the next read.
    this.pool.on('error', () => undefined);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }

  /** Rows of one query in the scope's institution. */
  async rows<Row>(scope: Pick<Scope, 'institutionId'>, query: ReadQuery): Promise<Row[]> {
    const [rows] = await this.all<[Row]>(scope, [query]);
    return rows;
  }

  /** Rows of several queries, all of one moment's transaction. */
  async all<Rows extends unknown[]>(
    scope: Pick<Scope, 'institutionId'>,
    queries: ReadQuery[],
  ): Promise<{ [Key in keyof Rows]: Rows[Key][] }> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const [, , ...results] = await Promise.all([
        client.query('begin read only'),
        client.query({
          name: 'institution',
          text: `select set_config('app.institution_id', $1, true)`,
          values: [scope.institutionId],
        }),
        ...queries.map((query) => client.query(query)),
        client.query('commit'),
      ]);
      const end = results.pop();
      if (end?.command !== 'COMMIT') throw new Error('a read transaction was rolled back');
      return results.map((result) => result.rows) as { [Key in keyof Rows]: Rows[Key][] };
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      // A client whose pipeline failed midway is not used again.
      client.release(broken);
    }
  }

  /** A query outside any institution, on the listed global tables and functions alone. */
  async global<Row>(query: ReadQuery): Promise<Row[]> {
    const { rows } = await this.pool.query(query);
    return rows as Row[];
  }
}
