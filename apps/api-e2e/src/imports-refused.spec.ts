import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Harness, type SignedIn } from './harness';
import { csv, ImportsOf, roundIn, seen } from './imports-file';

jest.setTimeout(60_000);

const mentors = csv(
  'First name,Last name,E-mail,Job title,Department,Grade,Places,Skills,Characteristics,About me',
  'Ann,Flask,Ann@College.example,Glassblower,Chemistry,G6,3,"glass, vacuum",Gay,I am Gay and like glass',
  'Bo,Retort,bo@college.example,=1+1,Physics,G5,,laser;optics,,"two',
  'lines"',
  'Cy,Still,cy@college.example,Technician,chemistry,g6,0,,Deaf,',
);

describe('a file for an import', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: ImportsOf;
  let roundId: string;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    imports = new ImportsOf(harness, coordinator);
    roundId = await roundIn(harness, coordinator);
  });

  const count = async (table: string): Promise<number> => {
    const [row] = await harness.sql<{ count: number }>(
      `select count(*)::int as count from ${table} where institution_id = $1`,
      [coordinator.institutionId],
    );
    return row?.count ?? -1;
  };

  it('refuses rows one by one, with line, heading and reason, and loads the others', async () => {
    await harness.person(coordinator.institutionId, { email: 'left@college.example', leftOn: '2020-01-31' });
    const file = csv(
      'Name;Email;Places;Skills;Characteristics',
      'Ann Flask;ann@college.example;1;glass;Gay',
      ';bo@college.example;1;x;Gay',
      'Cy Still;not an address;1;x;Gay',
      'Ann Flask;ANN@college.example;1;x;Gay',
      'Di Petri;di@college.example;many;x;Gay',
      'Ed Lathe;left@college.example;1;x;Gay',
      'Flo Weld;flo@college.example;1',
      'Gus;Bolt;gus@college.example;1;Gay;Gay',
      'Hal\u0000 Nut;hal@college.example;1;x;Gay',
      'Total;;9;;',
    );
    const preview = await imports.previewed(roundId, 'mentors', file);
    expect(preview).toMatchObject({ separator: ';', preview: { new: 1, refused: 9 } });
    const { rows, total } = await imports.rows(preview.id, '?outcome=refused&pageSize=100');
    expect(total).toBe(9);
    expect(
      rows.map(({ line, problems }) => [
        line,
        ...problems.map(({ code, heading }) => `${code} ${heading ?? ''}`.trim()),
      ]),
    ).toEqual([
      [3, 'name-missing Name'],
      [4, 'email-malformed Email'],
      [5, 'email-repeated Email'],
      [6, 'places-not-a-number Places'],
      [7, 'person-left Email'],
      [8, 'cells-missing'],
      [9, 'cells-too-many'],
      [10, 'text-with-nul Name'],
      [11, 'totals-line'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('Gay');
    expect(await imports.rows(preview.id, '?pageSize=4&page=3')).toMatchObject({
      page: 3,
      total: 10,
      rows: [{ line: 10 }, { line: 11 }],
    });
    await imports.applied(preview);
    expect([await count('enrolment'), await count('round_mentor')]).toEqual([1, 1]);
  });

  it('is refused before it was previewed, on an older revision, and with another mapping', async () => {
    const uploaded = seen(await imports.upload(roundId, 'mentors', mentors), 201);
    expect((await imports.apply(uploaded)).body).toMatchObject({ refusal: 'status-refused' });
    expect((await imports.preview({ ...uploaded, version: 7 })).body).toMatchObject({ refusal: 'changed-meanwhile' });
    expect(
      (await imports.preview(uploaded, { mapping: [{ column: 0, field: 'email', attribute: null }] })).body,
    ).toMatchObject({ refusal: 'mapping-incomplete', facts: { missing: 'full-name' } });
    const twice = uploaded.mapping.map((each) => (each.column === 3 ? { ...each, field: 'unit' } : each));
    expect((await imports.preview(uploaded, { mapping: twice })).body).toMatchObject({ refusal: 'mapping-repeated' });
    const shown = uploaded.mapping.map((each) =>
      each.column === 8 ? { ...each, field: 'attribute', attribute: 'x' } : each,
    );
    expect((await imports.preview(uploaded, { mapping: shown })).body).toMatchObject({
      refusal: 'invalid-input',
      fields: [{ path: 'mapping.8.field', code: 'column-private' }],
    });
    expect((await imports.preview(uploaded, { gradeOrder: ['G6'] })).body).toMatchObject({
      refusal: 'grades-unordered',
    });
    expect(await imports.see(uploaded.id)).toEqual(uploaded);
  });

  it('is taken for a round in review: whom a run leaves out is often why more mentors are found', async () => {
    const reviewed = await roundIn(harness, coordinator, 'review');
    expect(await imports.upload(reviewed, 'mentors', mentors)).toMatchObject({ status: 201 });
  });

  it.each(['matching', 'released', 'closed', 'cancelled'])('is refused for a round that is %s', async (status) => {
    const late = await roundIn(harness, coordinator, status);
    expect(await imports.upload(late, 'mentors', mentors)).toMatchObject({
      status: 409,
      body: { refusal: 'status-refused' },
    });
  });

  it.each<[string, Buffer, number, string]>([
    ['nothing', Buffer.alloc(0), 422, 'file-empty'],
    ['headings alone', csv('Name,Email'), 422, 'file-empty'],
    ['PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 422, 'file-not-csv'],
    ['XLSX', Buffer.from('504b030414000600080000002100', 'hex'), 422, 'file-not-csv'],
    ['PDF', Buffer.from('%PDF-1.7\n%,,,\n'), 422, 'file-not-csv'],
    ['HTML', Buffer.from('<!doctype html><title>a,b</title>\n'), 422, 'file-not-csv'],
    ['201 columns', csv(Array(201).fill('h').join(','), Array(201).fill('x').join(',')), 422, 'file-too-many-columns'],
    ['20,001 rows', csv('Name,Email', ...Array<string>(20_001).fill('A,a@b.example')), 422, 'file-too-many-rows'],
    ['5 MB', Buffer.alloc(5_000_000, 'a,b\n'), 413, 'body-too-large'],
  ])('is refused as a file of %s', async (_, content, status, refusal) => {
    expect(await imports.upload(roundId, 'mentors', content)).toMatchObject({ status, body: { refusal } });
    expect(await count('round_import')).toBe(0);
  });

  it.each<[string, Buffer, string]>([
    ['a byte-order mark', Buffer.from('\uFEFFName,Email\nZoë Café,zoe@college.example\n'), 'UTF-8'],
    ['Windows-1252', Buffer.from('Name,Email\r\nZoë Café,zoe@college.example\r\n', 'latin1'), 'Windows-1252'],
    ['UTF-16', Buffer.from('\uFEFFName\tEmail\nZoë Café\tzoe@college.example\n', 'utf16le'), 'UTF-16LE'],
  ])('is read with %s', async (_, content, encoding) => {
    const view = await imports.previewed(roundId, 'mentees', content);
    expect(view.encoding).toBe(encoding);
    expect((await imports.rows(view.id)).rows).toMatchObject([
      { name: 'Zoë Café', email: 'zoe@college.example', outcome: 'new' },
    ]);
  });
});
