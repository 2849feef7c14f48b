import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startLocalDatabase } from './local-database.ts';
import { temporaryDatabaseDirectory, testDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

const slow = 60_000;

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, ssl: false });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a database of our own', () => {
  const name = `local_database_spec_${process.pid}`;
  const copy = `${name}_copy`;
  let server: TestDatabase;

  beforeAll(async () => {
    server = await testDatabase();
    await server.createDatabase(name);
  }, slow);

  afterAll(async () => {
    await server.dropDatabase(copy);
    await server.dropDatabase(name);
    await server.stop();
  }, slow);

  it('has two roles, neither of which passes row-level security', async () => {
    const roles = await rows(
      server.adminUrl,
      `select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin
       from pg_roles where rolname like 'waymark%' order by 1`,
    );
    const nothing = { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false };
    expect(roles).toEqual([
      { rolname: 'waymark_app', ...nothing, rolcanlogin: true },
      { rolname: 'waymark_owner', ...nothing, rolcanlogin: true },
    ]);
  });

  it(
    'is copied with its contents and its owner',
    async () => {
      const original = await server.createDatabase(`${name}_template`);
      await rows(original.ownerUrl, 'create table kept (id int primary key)');
      await rows(original.ownerUrl, 'insert into kept values (1); grant select on kept to waymark_app');
      const copied = await server.createDatabase(copy, { template: original.name });
      await server.dropDatabase(original.name);
      expect(await rows(copied.appUrl, 'select id from kept')).toEqual([{ id: 1 }]);
      await expect(rows(copied.appUrl, 'create table mine (id int)')).rejects.toThrow(/permission denied for schema/);
      await expect(rows(copied.appUrl, 'drop table kept')).rejects.toThrow(/must be owner/);
    },
    slow,
  );

  it('takes no password but the right one', async () => {
    const wrong = server.appUrl.replace(/:[^:@/]+@/, ':wrong@');
    await expect(rows(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
  });
});

describe('a local database whose server was killed', () => {
  let directory: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ directory, remove } = await temporaryDatabaseDirectory());
  }, slow);

  afterAll(() => remove(), slow);

  it(
    'starts again on the same port with all that was committed',
    async () => {
      const before = await startLocalDatabase({ directory });
      await rows(before.ownerUrl, 'create table kept (id int primary key)');
      await rows(before.ownerUrl, 'insert into kept values (1)');
      const ended = new Promise<void>((resolve) => before.whenGone(resolve));
      process.kill(before.pid, 'SIGKILL');
      await ended;

      const after = await startLocalDatabase({ directory });
      try {
        expect(after.ownerUrl).toBe(before.ownerUrl);
        expect(await rows(after.ownerUrl, 'select id from kept')).toEqual([{ id: 1 }]);
      } finally {
        await after.stop();
      }
    },
    slow,
  );
});
