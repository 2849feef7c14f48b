import { dataSourceOptions, QUEUE_SCHEMA } from '@waymark/api-platform';
import { getConstructionPlans } from 'pg-boss';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import mentoring from '../migrations/0003-mentoring.sql';
import people from '../migrations/0002-people.sql';
import platform from '../migrations/0001-platform.sql';
import staff from '../migrations/0004-staff.sql';
import staffImports from '../migrations/0005-staff-imports.sql';
import directory from '../migrations/0006-directory.sql';
import administration from '../migrations/0007-administration.sql';
import leaving from '../migrations/0008-leaving.sql';
import personalData from '../migrations/0009-personal-data.sql';
import audit from '../migrations/0010-audit.sql';
import rounds from '../migrations/0011-rounds.sql';
import methods from '../migrations/0012-methods.sql';
import obligations from '../migrations/0013-obligations.sql';
import ledger from '../migrations/0014-ledger.sql';
import files from '../migrations/0015-files.sql';
import calls from '../migrations/0016-calls.sql';
import applications from '../migrations/0017-applications.sql';
import endorsements from '../migrations/0018-endorsements.sql';
import panel from '../migrations/0019-panel.sql';
import allocation from '../migrations/0020-allocation.sql';
import awards from '../migrations/0021-awards.sql';

type MigrationClass = new () => MigrationInterface;

/** Migrations are SQL; TypeORM keeps the list of those done. The name ends in a time stamp, as TypeORM wants it. */
const migration = (name: string, up: () => string): MigrationClass =>
  class implements MigrationInterface {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up());
    }
    down(): Promise<void> {
      throw new Error('Waymark migrates forward; to go back, restore a backup');
    }
  };

/** pg-boss's own tables, made by the owner; the application role only uses them. */
const queue = () =>
  `${withoutTransaction(getConstructionPlans(QUEUE_SCHEMA))}
   grant usage on schema ${QUEUE_SCHEMA} to waymark_app;
   grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to waymark_app;
   grant usage on all sequences in schema ${QUEUE_SCHEMA} to waymark_app;
   grant execute on all functions in schema ${QUEUE_SCHEMA} to waymark_app;`;

/** The plan brings its own BEGIN and COMMIT, and the migration runs in a transaction already. */
const withoutTransaction = (plan: string): string => plan.replace(/^\s*BEGIN;/i, '').replace(/COMMIT;\s*$/i, '');

const migrations: MigrationClass[] = [
  migration('Platform1763760000001', () => platform),
  migration('Queue1763760000002', queue),
  migration('People1763760000003', () => people),
  migration('Mentoring1763760000004', () => mentoring),
  migration('Staff1763760000101', () => staff),
  migration('StaffImports1763760000102', () => staffImports),
  migration('Directory1763760000103', () => directory),
  migration('Administration1763760000104', () => administration),
  migration('Leaving1763760000105', () => leaving),
  migration('PersonalData1763760000106', () => personalData),
  migration('Audit1763760000107', () => audit),
  migration('Rounds1763760000108', () => rounds),
  migration('Methods1763760000109', () => methods),
  migration('Obligations1763760000110', () => obligations),
  migration('Ledger1763760000111', () => ledger),
  migration('Files1763760000112', () => files),
  migration('Calls1763760000113', () => calls),
  migration('Applications1763760000114', () => applications),
  migration('Endorsements1763760000115', () => endorsements),
  migration('Panel1763760000116', () => panel),
  migration('Allocation1763760000117', () => allocation),
  migration('Awards1763760000118', () => awards),
];

/** One process migrates at a time. */
const lock = 8_701;

/** A database that cannot hold Waymark; `message` says why. */
export class UnfitDatabase extends Error {}

const refuseUnfit = async (runner: QueryRunner): Promise<void> => {
  const [found] = (await runner.query(
    `select current_setting('server_version_num')::int / 10000 as version,
       exists (select from pg_roles where rolname = 'waymark_app' and not rolsuper and not rolbypassrls) as role`,
  )) as { version: number; role: boolean }[];
  if ((found?.version ?? 0) < 18)
    throw new UnfitDatabase(`Waymark needs PostgreSQL 18 or newer; this is ${found?.version}.`);
  if (!found?.role) {
    throw new UnfitDatabase(
      'Waymark needs a role "waymark_app" that is no superuser and does not bypass row security.',
    );
  }
};

/** Brings the schema up to date, as the owner. Each migration is one transaction. Answers the names of those run. */
export const migrate = async (ownerUrl: string): Promise<string[]> => {
  const source = new DataSource({
    ...dataSourceOptions({ databaseUrl: ownerUrl, databaseConnections: 2 }, []),
    entities: [],
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
  } as ConstructorParameters<typeof DataSource>[0]);
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await refuseUnfit(runner);
    await runner.query('select pg_advisory_lock($1)', [lock]);
    const done = await source.runMigrations();
    return done.map(({ name }) => name);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined);
    await runner.release();
    await source.destroy();
  }
};
