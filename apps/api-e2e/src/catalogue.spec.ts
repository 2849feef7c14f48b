import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities, migrate } from '@waymark/api-app';
import { type Catalogue, catalogueSql, dataSourceOptions, tenancyFaults } from '@waymark/api-platform';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Harness } from './harness';

describe('the schema', () => {
  let harness: Harness;
  const read = async () =>
    (await harness.sql<{ catalogue: Catalogue }>(catalogueSql))[0]?.catalogue ?? {
      tables: [],
      functions: [],
      views: [],
    };

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  it('keeps the rules of tenancy: institution in every key, a policy on every table, no definer function unlisted', async () => {
    const catalogue = await read();
    expect(catalogue.tables.length).toBeGreaterThan(25);
    expect(tenancyFaults(catalogue)).toEqual([]);
  });

  it('is seen to break them by the lint', async () => {
    await harness.sql(`create table leak (id uuid primary key, institution_id uuid not null, person_id uuid, name text unique,
      constraint leak_account foreign key (id) references account (id))`);
    await harness.sql(`create function leaking() returns int language sql security definer as 'select 1'`);
    await harness.sql(`create view leaky as select * from person`);
    await harness.sql(`create policy leak on transfer for select using (true)`);
    await harness.sql(`drop trigger shared_pair_sides on shared_pair`);
    const faults = tenancyFaults(await read());
    await harness.sql(`drop policy leak on transfer`);
    await harness.sql(
      `create trigger shared_pair_sides before update on shared_pair for each row execute function keep_shared_pair_to_its_sides()`,
    );
    await harness.sql(`drop view leaky; drop function leaking(); drop table leak`);
    expect(faults).toEqual([
      'leak: primary key does not start with institution_id',
      'leak: row-level security is off',
      'leak: no policy',
      'leak_name_key: unique over all institutions',
      'leak_account: a foreign key without the institution',
      'shared_pair: no trigger keeps each side to its part',
      'transfer: policy leak lets other institutions in than its two',
      'leaking(): runs as the owner but is not listed',
      'leaking(): no fixed search path',
      'leaking(): open to PUBLIC',
      'leaky: a view must be security_invoker',
    ]);
  });

  it('is the committed snapshot: a change of tables, keys, checks, policies or grants shows in review', async () => {
    const file = join(__dirname, '../../api/migrations/catalogue.snapshot.json');
    const now = `${JSON.stringify(await read(), null, 1)}\n`;
    if (process.env['WAYMARK_WRITE_SNAPSHOT'] === 'true') writeFileSync(file, now);
    expect(existsSync(file)).toBe(true);
    expect(now).toBe(readFileSync(file, 'utf8'));
  });

  it('has the columns, types and primary keys that the entities say', async () => {
    const source = new DataSource(
      dataSourceOptions({ databaseUrl: harness.urls.ownerUrl, databaseConnections: 2 }, entities),
    );
    await source.initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    // Keys, checks and indexes stand in the migrations alone (and in the snapshot): what TypeORM would drop of them is no drift.
    const ours = /^(ALTER TABLE "\w+" DROP CONSTRAINT "\w+"|DROP INDEX "public"\."\w+")$/;
    expect(upQueries.map(({ query }) => query).filter((query) => !ours.test(query))).toEqual([]);
  });

  it('has an entity for every table', async () => {
    const source = new DataSource(
      dataSourceOptions({ databaseUrl: harness.urls.ownerUrl, databaseConnections: 2 }, entities),
    );
    await source.initialize();
    const names = source.entityMetadatas.map(({ tableName }) => tableName).sort();
    await source.destroy();
    expect(names).toEqual((await read()).tables.map(({ name }) => name).sort());
  });

  it('is migrated once: a second time does nothing', async () => {
    expect(await migrate(harness.urls.ownerUrl)).toEqual([]);
  });

  it('gives the application no way round a policy', async () => {
    const [role] = await harness.sql(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'waymark_app'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  });
});
