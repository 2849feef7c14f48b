import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { identify, pidOf, stillRuns } from '../up/process-table.ts';
import { projectRoot } from '../up/project-root.ts';
import { newAccess, readAccess, writeAccess } from './access.ts';
import type { Access } from './access.ts';
import { createDatabase, dropDatabase, ensureDatabase, ensureRoles, inDatabase, urlsOf } from './databases.ts';
import type { CreateDatabaseOptions, DatabaseUrls } from './databases.ts';
import { freeDatabasePort } from './free-port.ts';
import { findLodging } from './lodging.ts';
import type { Lodging, Means } from './lodging.ts';
import { clear, initialise, runningServer, ServerNotStarted, startServer, stopServer } from './server.ts';
import type { RunningServer } from './server.ts';

export interface LocalDatabaseOptions {
  /** Holds the data, the passwords and the log. Made if it is not there. */
  readonly directory: string;
  readonly port?: number;
  /** False for data that nobody will miss after a crash of the machine: many times quicker. */
  readonly lasting?: boolean;
  readonly means?: Means;
}

/** A PostgreSQL of our own on loopback, with the database `waymark` and its two roles. */
export interface LocalDatabase extends DatabaseUrls {
  readonly port: number;
  /** The server's process, for trials that kill it. */
  readonly pid: number;
  createDatabase(name: string, options?: CreateDatabaseOptions): Promise<DatabaseUrls>;
  dropDatabase(name: string): Promise<void>;
  /** Calls back once if the server ends without `stop`. */
  whenGone(callback: () => void): void;
  /** Ends the server and waits until it has gone; leaves it alone if another process keeps it. */
  stop(): Promise<void>;
}

/** Quick and careless on purpose: a test's database is thrown away with its machine's memory. */
const careless = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  checkpoint_timeout: '1h',
  max_wal_size: '4GB',
};

/**
 * Starts the database in `directory`, or joins the one that another living process keeps there. What
 * a kill left behind is mended: a server without its keeper is stopped and started again.
 */
export async function startLocalDatabase(options: LocalDatabaseOptions): Promise<LocalDatabase> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lodging = findLodging(projectRoot(), directory, options.means);
  const hasData = existsSync(join(lodging.place, 'data', 'PG_VERSION'));
  const remembered = readAccess(directory);
  if (hasData && remembered === undefined) {
    throw new Error(
      `The local database in ${directory} is there, its passwords are not. "npm start -- --reset" throws it away and begins anew.`,
    );
  }
  const access = remembered ?? newAccess();
  if (remembered === undefined) writeAccess(directory, access);

  const joined = access.keeper !== undefined && stillRuns(access.keeper) && runningServer(lodging);
  if (joined) return localDatabase(access, joined, { kept: false });

  await clear(lodging);
  await initialise(lodging, access.secrets.admin, options.lasting ?? true);
  const server = await startOnFreePort(directory, lodging, access, options);
  const database = localDatabase(access, server, { kept: true, child: server.child });
  try {
    await ensureRoles(inDatabase(database.adminUrl, 'postgres'), access.secrets);
    await ensureDatabase(inDatabase(database.adminUrl, 'postgres'), 'waymark');
  } catch (error) {
    await database.stop();
    throw error;
  }
  return database;
}

/** Throws a local database away, its server first. */
export async function removeLocalDatabase(directory: string, means?: Means): Promise<void> {
  const folder = resolve(directory);
  if (!existsSync(folder)) return;
  const lodging = findLodging(projectRoot(), folder, means);
  await clear(lodging);
  rmSync(lodging.place, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

async function startOnFreePort(
  directory: string,
  lodging: Lodging,
  access: Access,
  { port: wanted, lasting = true }: LocalDatabaseOptions,
) {
  const log = join(directory, 'postgres.log');
  for (let tries = 1; ; tries++) {
    const port = await freeDatabasePort(wanted ?? access.port);
    writeAccess(directory, { ...access, port, keeper: identify(process.pid) });
    try {
      const server = await startServer(lodging, port, lasting ? {} : careless, log);
      chmodSync(log, 0o600);
      return server;
    } catch (error) {
      const again = error instanceof ServerNotStarted && error.portTaken && tries < 5;
      if (!again) throw error;
    }
  }
}

function localDatabase(
  { secrets }: Access,
  server: RunningServer,
  { kept, child }: { kept: boolean; child?: { once(event: 'exit', listener: () => void): unknown } },
): LocalDatabase {
  const urls = urlsOf(server.port, secrets, 'waymark');
  const adminUrl = inDatabase(urls.adminUrl, 'postgres');
  let stopping = false;
  return {
    ...urls,
    port: server.port,
    pid: pidOf(server.identity),
    async createDatabase(name, options) {
      await createDatabase(adminUrl, name, options);
      return urlsOf(server.port, secrets, name);
    },
    dropDatabase: (name) => dropDatabase(adminUrl, name),
    whenGone(callback) {
      child?.once('exit', () => {
        if (!stopping) callback();
      });
    },
    async stop() {
      stopping = true;
      if (kept) await stopServer(server.identity);
    },
  };
}
