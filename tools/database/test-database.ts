import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, stillRuns } from '../up/process-table.ts';
import { copyDatabase, createDatabase, dropDatabase, inDatabase } from './databases.ts';
import type { CreateDatabaseOptions, DatabaseUrls } from './databases.ts';
import { removeLocalDatabase, startLocalDatabase } from './local-database.ts';
import type { Means } from './lodging.ts';

/** A server for tests: made new, quick, gone at the end. */
export interface TestDatabase extends DatabaseUrls {
  createDatabase(name: string, options?: CreateDatabaseOptions): Promise<DatabaseUrls>;
  /** A database like the one that `build` makes, which is built once on this server and copied. */
  copyDatabase(name: string, model: string, build: (urls: DatabaseUrls) => Promise<void>): Promise<DatabaseUrls>;
  dropDatabase(name: string): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const prefix = 'waymark-test-';
/** Linux keeps this folder in memory. */
const memory = '/dev/shm';

export async function startTestDatabase(means?: Means): Promise<TestDatabase> {
  const { directory, remove } = await temporaryDatabaseDirectory(means);
  try {
    const database = await startLocalDatabase({
      directory,
      lasting: false,
      ...(means === undefined ? {} : { means }),
    });
    return {
      ...database,
      async copyDatabase(name, model, build) {
        const urls = urlsOn(database);
        await copyDatabase(urls('postgres').adminUrl, name, model, (built) => build(urls(built)));
        return urls(name);
      },
      async stop() {
        await database.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A directory for a passing database: should this process be killed, the next one clears it away. */
export async function temporaryDatabaseDirectory(
  means?: Means,
): Promise<{ readonly directory: string; remove(): Promise<void> }> {
  await removeOrphans(means);
  const folder = mkdtempSync(join(roomiest(), prefix));
  writeFileSync(join(folder, 'keeper'), `${hostname()} ${identify(process.pid)}`);
  chmodSync(folder, 0o711); // as root the server may run as somebody else, who has to get through
  const directory = join(folder, 'database');
  mkdirSync(directory);
  return {
    directory,
    async remove() {
      await removeLocalDatabase(directory, means);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The names by which `npm test` hands its one server to the tests' processes. */
export function testDatabaseEnvironment(database: DatabaseUrls): Record<string, string> {
  return {
    TEST_DATABASE_ADMIN_URL: database.adminUrl,
    TEST_DATABASE_OWNER_URL: database.ownerUrl,
    TEST_DATABASE_APP_URL: database.appUrl,
  };
}

/**
 * The server that `npm test` started, or one of its own where there is none (a test file run alone).
 * `stop` ends only one of its own.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const [adminUrl, ownerUrl, appUrl] = ['ADMIN', 'OWNER', 'APP'].map(
    (role) => process.env[`TEST_DATABASE_${role}_URL`] ?? '',
  );
  if (!adminUrl || !ownerUrl || !appUrl) return startTestDatabase();
  const maintenance = inDatabase(adminUrl, 'postgres');
  const urlsOf = urlsOn({ adminUrl, ownerUrl, appUrl });
  return {
    ...urlsOf('waymark'),
    async createDatabase(name, options) {
      await createDatabase(maintenance, name, options);
      return urlsOf(name);
    },
    async copyDatabase(name, model, build) {
      await copyDatabase(maintenance, name, model, (built) => build(urlsOf(built)));
      return urlsOf(name);
    },
    dropDatabase: (name) => dropDatabase(maintenance, name),
    stop: () => Promise.resolve(),
  };
}

/** The addresses of another database of the same server. */
const urlsOn =
  ({ adminUrl, ownerUrl, appUrl }: Omit<DatabaseUrls, 'name'>) =>
  (name: string): DatabaseUrls => ({
    name,
    adminUrl: inDatabase(adminUrl, name),
    ownerUrl: inDatabase(ownerUrl, name),
    appUrl: inDatabase(appUrl, name),
  });

/**
 * In memory where the machine has such a folder with room to spare: copying a database of a hundred
 * tables took 20 ms there, and up to 700 ms on a busy disk.
 */
function roomiest(): string {
  return hasRoom(memory) ? memory : tmpdir();
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 3 * 1024 ** 3;
  } catch {
    return false;
  }
}

/** A run that was killed leaves its server and its folder; the next run clears them away. */
async function removeOrphans(means?: Means): Promise<void> {
  for (const directory of [memory, tmpdir()].flatMap(testFoldersIn)) {
    try {
      const [host, keeper] = readFileSync(join(directory, 'keeper'), 'utf8').split(' ');
      if (host !== hostname() || keeper === undefined || stillRuns(keeper)) continue;
      await removeLocalDatabase(join(directory, 'database'), means);
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // Another user's, or another run is at it already.
    }
  }
}

function testFoldersIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
