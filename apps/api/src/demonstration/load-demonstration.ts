import { NestFactory } from '@nestjs/core';
import { MovedClock } from '@waymark/api-platform';
import pg from 'pg';
import { ApiModule } from '../api-module';
import type { Config } from '../config';
import { jsonLogger } from '../request-log';
import { WorkerModule } from '../worker-module';
import { openAccounts, playRegion } from './play-region';
import { region } from './region';
import { Stage } from './stage';

/** A demonstration is loaded by one process at a time. */
const lock = 8_702;

/**
 * Loads the demonstration network into an empty installation, by the product's own use cases on a moved clock. What a killed
 * process left half-done is thrown away first, which only the owner of the tables may do; any other installation is left
 * alone. True if it made anything.
 */
export const loadDemonstration = async (config: Config, ownerUrl: string, today: Date): Promise<boolean> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [lock]);
    const { rows } = await owner.query<{ empty: boolean; unfinished: boolean }>(
      `select not exists (select from institution) as empty,
         exists (select from demonstration_load where finished_at is null) as unfinished`,
    );
    if (rows[0]?.unfinished) await empty(owner);
    else if (!rows[0]?.empty) return false;
    await owner.query(`insert into demonstration_load (started_at) values ($1)`, [today]);
    await play(config, today);
    await owner.query(`update institution set demonstration = true where name = $1`, [region[0].name]);
    await owner.query(`update demonstration_load set finished_at = now() where finished_at is null`);
    // Figures of tables that grew from nothing: without them the first lists are planned badly.
    await owner.query('analyze');
    return true;
  } finally {
    await owner.end();
  }
};

/** All rows of all tables but the list of migrations. */
const empty = async (owner: pg.Client): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
  );
  await owner.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
};

const play = async (config: Config, today: Date): Promise<void> => {
  const clock = new MovedClock(new Date(today.getTime() - 3 * 365 * 86_400_000));
  // No letter leaves a demonstration; and a commit need not wait for the disk, since a lost load is made anew.
  const quiet: Config = { ...config, smtpUrl: null, databaseUrl: withoutWaiting(config.databaseUrl) };
  const logger = jsonLogger('demonstration');
  const api = await NestFactory.createApplicationContext(ApiModule.with(quiet, clock), { logger, abortOnError: false });
  const worker = await NestFactory.createApplicationContext(WorkerModule.with(quiet, clock), {
    logger,
    abortOnError: false,
  });
  try {
    const stage = new Stage(api, worker, clock, today);
    await playRegion(stage);
    await openAccounts(stage);
    await stage.settle();
  } finally {
    await worker.close();
    await api.close();
  }
};

const withoutWaiting = (url: string): string => {
  const changed = new URL(url);
  changed.searchParams.set('options', '-c synchronous_commit=off');
  return changed.toString();
};
