import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss, type ConnectionOptions, type JobResult } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { PlatformConfig } from './platform-config';
import { Transactions } from './transactions';

export const QUEUE_SCHEMA = 'queue';

/** An event as a handler gets it. Handlers are safe to repeat: an event may come twice. */
export interface OutboxEvent {
  id: string;
  institutionId: string;
  payload: Record<string, unknown>;
}

/** Handles one topic. `name` is its queue, so that several handlers of a topic succeed or fail apart. */
export interface EventHandler {
  readonly name: string;
  readonly topic: string;
  /** Handled by itself, one event at a time: long work. Others are fetched many together. */
  readonly long?: boolean;
  handle(event: OutboxEvent): Promise<void>;
  /** After the last retry: says that it failed, where somebody waits for it. */
  giveUp?(event: OutboxEvent): Promise<void>;
}

/** Provide an array of handlers under this token to have them called by the worker. */
export const EVENT_HANDLERS = Symbol('event handlers');

/** A worker that is silent for ten seconds is taken for dead, and its event goes to another, five times at most. */
const patience = { retryLimit: 5, retryDelay: 1, retryBackoff: true, expireInSeconds: 900, heartbeatSeconds: 10 };

/** Events of short work that are fetched together; each succeeds or fails by itself. */
const together = 50;

const relayPauseMs = 200;
const relayBatch = 200;

/** The caller's transaction, as pg-boss wants it. */
export const inTransaction = (manager: EntityManager): NonNullable<ConnectionOptions['db']> => ({
  executeSql: async (text, values) => ({ rows: await manager.query<unknown[]>(text, values as unknown[]) }),
});

/**
 * The worker's engine: a relay moves outbox rows to pg-boss queues, and handlers take them from there. A worker that
 * dies leaves its events to the others: a heartbeat that stops puts them back.
 */
@Injectable()
export class Queue implements OnApplicationShutdown {
  private readonly log = new Logger('queue');
  private readonly boss: PgBoss;
  private stopping = false;
  private relaying: Promise<void> = Promise.resolve();

  constructor(
    config: PlatformConfig,
    private readonly transactions: Transactions,
    @Inject(EVENT_HANDLERS) private readonly handlers: EventHandler[],
  ) {
    this.boss = new PgBoss({
      connectionString: config.databaseUrl,
      schema: QUEUE_SCHEMA,
      application_name: 'waymark-queue',
      max: 4,
      migrate: false,
      createSchema: false,
      schedule: false,
      superviseIntervalSeconds: 2,
      monitorIntervalSeconds: 2,
      reindex: false,
      monitorVacuum: false,
    });
    this.boss.on('error', (error) => this.log.error(`queue: ${error.name}`));
  }

  async start(): Promise<void> {
    await this.boss.start();
    for (const handler of this.handlers) {
      const deadLetter = `${handler.name}-given-up`;
      await this.make(deadLetter, { retryLimit: 5, retryDelay: 5, expireInSeconds: 60 });
      await this.make(handler.name, { ...patience, deadLetter });
      await this.take(handler.name, handler.long ? 1 : together, (event) => handler.handle(event));
      await this.take(deadLetter, 1, async (event) => {
        this.log.error({ queue: handler.name, event: event.id, givenUp: true });
        await handler.giveUp?.(event);
      });
    }
    this.relaying = this.relay();
  }

  private async make(name: string, options: Parameters<PgBoss['createQueue']>[1]): Promise<void> {
    if (!(await this.boss.getQueue(name))) await this.boss.createQueue(name, options);
  }

  private async take(name: string, batchSize: number, handle: (event: OutboxEvent) => Promise<void>): Promise<void> {
    const options = { pollingIntervalSeconds: 0.5, batchSize, localConcurrency: 2, heartbeatRefreshSeconds: 3 };
    await this.boss.work<OutboxEvent>(name, { ...options, perJobResults: true }, async (jobs) => {
      const results: JobResult[] = [];
      for (const { id, data } of jobs) {
        try {
          await handle(data);
          results.push({ id, status: 'completed' });
        } catch (error) {
          // Not the error's text, which can hold what people typed.
          results.push({ id, status: 'failed', output: { error: error instanceof Error ? error.name : 'unknown' } });
        }
      }
      return results;
    });
  }

  /** Lets running handlers end, for at most eight seconds; what is left goes on elsewhere. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.relaying;
    await this.boss.stop({ graceful: true, timeout: 8000 });
  }

  private async relay(): Promise<void> {
    while (!this.stopping) {
      const moved = await this.moveSome().catch((error: unknown) => {
        const { name, code } = (error ?? {}) as { name?: string; code?: string };
        this.log.error({ relay: 'failed', error: name, code });
        return null;
      });
      const pause = moved === null ? relayPauseMs * 10 : moved < relayBatch ? relayPauseMs : 0;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Moves outbox rows to the queues of their topic's handlers, in one transaction: none is lost, none doubled. */
  private moveSome(): Promise<number> {
    return this.transactions.runGlobal(async (manager) => {
      const rows = await manager.query<
        { id: string; institution_id: string; topic: string; payload: Record<string, unknown> }[]
      >(
        `with taken as (select id from outbox order by id for update skip locked limit ${relayBatch})
         select o.id, o.institution_id, o.topic, o.payload from outbox o join taken using (id) order by o.id`,
      );
      if (rows.length === 0) return 0;
      for (const handler of this.handlers) {
        const jobs = rows
          .filter((row) => row.topic === handler.topic)
          .map((row) => ({ data: { id: row.id, institutionId: row.institution_id, payload: row.payload } }));
        if (jobs.length > 0) await this.boss.insert(handler.name, jobs, { db: inTransaction(manager) });
      }
      await manager.query(`delete from outbox where id = any ($1)`, [rows.map((row) => row.id)]);
      return rows.length;
    });
  }
}
