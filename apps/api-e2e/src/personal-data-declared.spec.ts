import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { impersonalTables, migrate, personalTables } from '@waymark/api-app';
import {
  bindSubject,
  type CatalogueColumn,
  catalogueColumnsSql,
  declarationFaults,
  rowsOfPart,
} from '@waymark/api-platform';
import { type TestDatabase, testDatabase } from '@waymark/test-database';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Whatever could hold something of a person is declared: what they get of it, how long it is kept, what erasure does. */
describe('personal data', () => {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  let server: TestDatabase;
  let owner: pg.Client;
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await owner.query<Row>(text, values)).rows;
  const faults = async () =>
    declarationFaults(
      await sql<CatalogueColumn & Record<string, unknown>>(catalogueColumnsSql),
      personalTables,
      impersonalTables,
    );

  beforeAll(async () => {
    server = await testDatabase();
    const { ownerUrl } = await server.createDatabase(name);
    await migrate(ownerUrl);
    owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await server.dropDatabase(name);
    await server.stop();
  });

  it('is declared for every table and every column that could hold it', async () => {
    expect(await faults()).toEqual([]);
  });

  it('that is not declared is found: a new table, a new column, a table said to be impersonal', async () => {
    const before = new Set(await faults());
    await sql(`create table diary (institution_id uuid not null, id uuid, person_id uuid, words text,
      constraint diary_person foreign key (institution_id, person_id) references person (institution_id, id))`);
    await sql(`alter table person add column nickname text`);
    await sql(`alter table skill add column named_by uuid,
      add constraint skill_named_by foreign key (institution_id, named_by) references person (institution_id, id)`);
    const found = (await faults()).filter((fault) => !before.has(fault));
    await sql(`alter table skill drop column named_by; alter table person drop column nickname; drop table diary`);
    expect(found).toEqual([
      expect.stringMatching(
        /^diary: could hold something of a person \(person_id, words\)\. Declare it in its library/,
      ),
      'person (Yourself): say in shows or hides whether the person gets nickname',
      'person (Yourself): nickname is text and stays after an erasure: empty it, or say in stays what it holds',
      'person (Line manager of others): say in shows or hides whether the person gets nickname',
      'person (Line manager of others): nickname is text and stays after an erasure: empty it, or say in stays what it holds',
      'skill: listed as impersonal, but named_by refers to a person',
    ]);
  });

  it('has a sheet name of its own for each kind, which a workbook takes', () => {
    const titles = personalTables.map(({ title }) => title.toLowerCase());
    expect(titles.filter((title, at) => titles.indexOf(title) !== at || /[:\\/?*[\]]/.test(title))).toEqual([]);
  });

  it('is declared in SQL that the database takes', async () => {
    const nobody = {
      institution: '00000000-0000-7000-8000-000000000000',
      person: '00000000-0000-7000-8000-000000000001',
      accounts: [],
      addresses: [],
      staff: null,
      given: 'Nobody',
      family: 'Here',
      mention: 'nobody here',
      naming: null,
    };
    for (const table of personalTables) {
      for (const part of table.parts) {
        const columns = Object.entries(part.shows).map(([column, shows]) =>
          typeof shows === 'string' ? `t.${column}` : shows[1],
        );
        const { text, values } = bindSubject(`select ${columns.join(', ')} from ${rowsOfPart(table, part)}`, nobody);
        expect({ table: table.table, rows: await sql(text, values) }).toEqual({ table: table.table, rows: [] });
      }
    }
  });
});
