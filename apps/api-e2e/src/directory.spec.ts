import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type PeoplePage,
  peoplePage,
  type PersonPageView,
  personPage,
  type PersonView,
  recordFilters,
  type SkillsView,
  type UnitsView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { Harness, type SignedIn } from './harness';

describe('the directory', () => {
  let harness: Harness;
  let institutionId: string;
  let colleague: SignedIn;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    institutionId = await harness.institution();
    colleague = await harness.somebody(institutionId, [], 'Col League');
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Coo Rdinator');
  });
  afterAll(() => harness.stop());

  /** Somebody with what a test is about; the family name may hold spaces. */
  const person = async (
    givenName: string,
    familyName: string,
    facts: Record<string, string | boolean | null> = {},
    of = institutionId,
  ): Promise<string> => {
    const id = randomUUIDv7();
    const row = { given_name: givenName, family_name: familyName, technician: true, version: 1, ...facts };
    const columns = ['institution_id', 'id', 'created_at', ...Object.keys(row)];
    const values = [of, id, new Date(), ...Object.values(row)];
    await harness.sql(
      `insert into person (${columns.join(', ')}) values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    );
    return id;
  };
  const list = async (query: Record<string, string>, as: SignedIn = colleague): Promise<PeoplePage> => {
    const answer = await harness.get(`people?${new URLSearchParams(query).toString()}`, as);
    expect({ query, status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    return peoplePage.parse(answer.body);
  };
  const names = async (search: string, as: SignedIn = colleague) =>
    (await list({ search }, as)).rows.map(({ name }) => name);

  describe('search', () => {
    let searched: SignedIn;
    let manager: SignedIn;

    beforeAll(async () => {
      const id = await harness.institution('Searched');
      searched = await harness.somebody(id, [], 'Sea Rcher');
      manager = await harness.somebody(id, ['coordinator'], 'Mana Ger');
      for (const [given, family, facts] of [
        ['John', 'Smith', { email: 'j.smith@searched.example', staff_number: 'E0012345', job_title: 'Glass blower' }],
        ['Joan', 'Smithson', {}],
        ['Jürgen', 'Müller', { job_title: 'Microscopy technician' }],
        ['Siobhán', 'O’Brien', {}],
        ['Pat', "O'Brien-Łukasz", {}],
        ['Ann', 'Zed_a', {}],
        ['Ann', 'Zed%b', {}],
        ['Ann', 'ZedXb', {}],
        ['Gone', 'Smith', { left_on: '2020-01-31' }],
        ['Bo', 'Ng', {}],
        ['Smith', 'Anderson', {}],
        ['Maß', 'Straße', {}],
      ] as const) {
        await person(given, family, facts, id);
      }
    });
    const first = async (search: string) => (await names(search, searched))[0];

    it.each([
      ['Jonh Smiht', 'John Smith'],
      ['jhon smith', 'John Smith'],
      ['smth', 'Smith Anderson'],
      ['john smitj', 'John Smith'],
      ['muller', 'Jürgen Müller'],
      ['MÜLLER', 'Jürgen Müller'],
      ['mueller', 'Jürgen Müller'],
      ['micrsocopy', 'Jürgen Müller'],
      ['tecnhician mull', 'Jürgen Müller'],
      ["o'brien", "Pat O'Brien-Łukasz"],
      ['obrien siob', 'Siobhán O’Brien'],
      ['brien pat', "Pat O'Brien-Łukasz"],
      ['lukasz', "Pat O'Brien-Łukasz"],
      ['smith john', 'John Smith'],
      ['bo', 'Bo Ng'],
      ['ng', 'Bo Ng'],
      ['j.smith@searched', 'John Smith'],
      ['J.SMITH@SEARCHED.EXAMPLE', 'John Smith'],
      ['jonh.smiht@searched.example', 'John Smith'],
      ['glass', 'John Smith'],
      ['strasse', 'Maß Straße'],
    ])('“%s” finds %s', async (search, expected) => {
      expect(await first(search)).toBe(expected);
    });

    it('puts who is named exactly first, then beginnings, then what is only similar, and says which those are', async () => {
      const { rows } = await list({ search: 'john smith' }, searched);
      expect(rows[0]).toMatchObject({ name: 'John Smith', similar: false });
      const smiths = (await list({ search: 'smith' }, searched)).rows;
      expect(smiths.map(({ name, similar }) => [name, similar])).toEqual([
        ['Smith Anderson', false],
        ['John Smith', false],
        ['Joan Smithson', false],
      ]);
      const mistyped = (await list({ search: 'Jonh' }, searched)).rows;
      expect(mistyped.length).toBeGreaterThan(0);
      expect(mistyped.every(({ similar }) => similar)).toBe(true);
    });

    it.each([
      ['zed_', ['Ann Zed_a']],
      ['zed%', ['Ann Zed%b']],
      ['ann zed%', ['Ann Zed%b']],
      ['%', []],
      ['_', []],
      ["'", []],
      ["') or true --", []],
      ['\\', []],
      [':*', []],
      ['!smith', []],
      ['( & |', []],
    ])('takes what queries are made of as plain text: %s', async (search, expected) => {
      const { rows } = await list({ search }, searched);
      expect(rows.filter(({ similar }) => !similar).map(({ name }) => name)).toEqual(expected);
    });

    it('finds a staff number for those alone who may see one', async () => {
      expect(await names('E0012345', manager)).toEqual(['John Smith']);
      expect(await names('e00123', manager)).toEqual(['John Smith']);
      expect(await names('E0012345', searched)).toEqual([]);
    });

    it('finds nobody who has left, unless it is asked for by those who may', async () => {
      expect(await names('gone', searched)).toEqual([]);
      expect((await list({ search: 'gone', status: 'left' }, manager)).rows.map(({ name }) => name)).toEqual([
        'Gone Smith',
      ]);
      expect((await list({ search: 'smith', status: 'all' }, manager)).total).toBe(4);
    });

    it('follows who is changed, leaves or is removed, down to the words that were theirs alone', async () => {
      const id = await person('Quirinus', 'Xyzzylotl', {}, searched.institutionId);
      const words = () =>
        harness.sql(`select word from search_word where institution_id = $1 and word ~ 'quirin|xyzzy' order by 1`, [
          searched.institutionId,
        ]);
      expect(await names('xyzzylolt', searched)).toEqual(['Quirinus Xyzzylotl']);
      await harness.sql(`update person set family_name = 'Plain' where id = $1`, [id]);
      expect(await names('xyzzylotl', searched)).toEqual([]);
      expect(await words()).toEqual([{ word: 'quirinus' }]);
      expect(await names('quirinus', searched)).toEqual(['Quirinus Plain']);
      await harness.sql(`update person set left_on = '2020-01-01' where id = $1`, [id]);
      expect(await names('quirinus', searched)).toEqual([]);
      await harness.sql(`delete from person where id = $1`, [id]);
      expect(await words()).toEqual([]);
      expect(await harness.sql(`select from person_search where person_id = $1`, [id])).toEqual([]);
    });

    it('says that there are more than it shows, and with a filter looks through all of them', async () => {
      const id = await harness.institution('Many');
      const many = await harness.somebody(id, ['coordinator'], 'Man Y');
      const unit = await harness.unit(id, 'Last unit');
      await harness.sql(
        `insert into person (institution_id, id, given_name, family_name, unit_id, technician, created_at, version)
         select $1, uuidv7(), 'Common', 'Name' || n, case when n > 690 then $2::uuid end, true, now(), 1 from generate_series(1, 700) n`,
        [id, unit],
      );
      expect(await list({ search: 'common', pageSize: '10' }, many)).toMatchObject({ total: 200, more: true });
      expect((await list({ search: 'common', pageSize: '10', page: '20' }, many)).rows).toHaveLength(10);
      expect((await list({ search: 'common', pageSize: '10', page: '21' }, many)).rows).toHaveLength(0);
      expect(await list({ search: 'common', unit }, many)).toMatchObject({ total: 10, more: false });
    });

    it('sees nothing of another institution, whatever its function is asked', async () => {
      const client = new pg.Client({ connectionString: harness.urls.appUrl });
      await client.connect();
      try {
        const find = (institution: string) =>
          client.query(`select from find_people($1, 'smith', current_date, 'all', true, 100)`, [institution]);
        await client.query('begin');
        expect((await find(searched.institutionId)).rowCount).toBe(0);
        await client.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
        expect((await find(searched.institutionId)).rowCount).toBe(0);
        await client.query(`select set_config('app.institution_id', $1, true)`, [searched.institutionId]);
        expect((await find(searched.institutionId)).rowCount).toBe(4);
        await expect(
          client.query(`insert into search_word values ($1, 'planted')`, [searched.institutionId]),
        ).rejects.toThrow(/permission denied/);
      } finally {
        await client.end();
      }
      expect(await names('smith', coordinator)).toEqual([]);
    });
  });

  describe('lists', () => {
    let unit: { top: string; below: string; other: string };

    beforeAll(async () => {
      unit = {
        top: await harness.unit(institutionId, 'Engineering'),
        below: await harness.unit(institutionId, 'Workshops'),
        other: await harness.unit(institutionId, 'Sciences'),
      };
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [unit.top, unit.below]);
      const [low = '', high = ''] = await harness.grades(institutionId, ['Level 1', 'Level 2']);
      const boss = await person('Bea', 'Boss', { unit_id: unit.top, grade_id: high, technician: false });
      const ada = await person('Ada', 'Anvil', {
        unit_id: unit.below,
        grade_id: low,
        line_manager_id: boss,
        staff_number: '0071',
        contract_until: '2027-03-31',
        externally_funded: true,
        email: 'ada@college.example',
      });
      await person('Cy', 'Crucible', { unit_id: unit.other, line_manager_id: boss });
      await person('Del', 'Departed', { unit_id: unit.below, left_on: '2020-05-05' });
      await harness.put(`people/${ada}/skills`, coordinator, { skills: ['Welding', 'glass blowing', 'welding'] });
      await harness.sql(
        `insert into award_held (institution_id, id, person_id, body, award, number, awarded_on, valid_to, status) values
         ($1, uuidv7(), $2, 'Science Council', 'RSciTech', 'N-1', '2020-01-01', null, 'verified'),
         ($1, uuidv7(), $2, 'Science Council', 'RSci', 'N-2', '2021-01-01', '2021-12-31', 'verified'),
         ($1, uuidv7(), $2, 'Advance HE', 'AFHEA', 'N-3', '2022-01-01', null, 'declared')`,
        [institutionId, ada],
      );
    });
    const found = async (query: Record<string, string>, as = colleague) =>
      (await list({ ...query, pageSize: '100' }, as)).rows.map(({ name }) => name);

    it('show everybody name, unit, job title, address, skills and current verified awards, and nothing more', async () => {
      const [row] = (await list({ search: 'Ada Anvil' })).rows;
      expect(row).toEqual({
        id: expect.any(String),
        name: 'Ada Anvil',
        unit: 'Workshops',
        jobTitle: null,
        email: 'ada@college.example',
        skills: ['glass blowing', 'Welding'],
        awards: ['RSciTech'],
        similar: false,
      });
      // As it comes, too: the list's JSON is not stripped by a schema.
      expect(Object.keys((await harness.get('people?search=Ada', colleague)).body as object)).toEqual([
        'rows',
        'page',
        'pageSize',
        'total',
        'more',
      ]);
      expect(JSON.stringify((await harness.get('people?search=Ada', colleague)).body)).not.toMatch(
        /0071|Level|record|N-1/,
      );
    });

    it('show more to those who may see records', async () => {
      const [row] = (await list({ search: 'Ada Anvil' }, coordinator)).rows;
      expect(row?.record).toEqual({
        grade: 'Level 1',
        lineManager: { id: expect.any(String), name: 'Bea Boss' },
        technician: true,
        active: true,
        leftOn: null,
        roles: [],
        staffNumber: '0071',
        contractUntil: '2027-03-31',
        externallyFunded: true,
      });
    });

    it('hold the units below a unit too', async () => {
      expect(await found({ unit: unit.top })).toEqual(['Ada Anvil', 'Bea Boss']);
      expect(await found({ unit: unit.below })).toEqual(['Ada Anvil']);
      const { units } = (await harness.get('units', colleague)).body as UnitsView;
      expect(units.map(({ name, people, parentId }) => [name, people, parentId])).toEqual([
        ['Engineering', 1, null],
        ['Sciences', 1, null],
        ['Workshops', 1, unit.top],
      ]);
    });

    it('are sifted by skill and by an award in force', async () => {
      const { skills } = (await harness.get('skills?search=weld', colleague)).body as SkillsView;
      expect(skills).toEqual([{ id: expect.any(String), name: 'Welding', people: 1 }]);
      expect(await found({ skill: 'WELDING' })).toEqual(['Ada Anvil']);
      expect(await found({ award: 'rscitech' })).toEqual(['Ada Anvil']);
      expect(await found({ award: 'RSci' })).toEqual([]);
      expect(await found({ award: 'AFHEA' })).toEqual([]);
      expect((await harness.get('awards/names', colleague)).body).toEqual({
        awards: [{ award: 'RSciTech', people: 1 }],
      });
    });

    it('are sifted by what stands in the records for those who may see them', async () => {
      const manager = ((await list({ search: 'Bea Boss' })).rows[0] ?? { id: '' }).id;
      expect(await found({ manager }, coordinator)).toEqual(['Ada Anvil', 'Cy Crucible']);
      expect(await found({ status: 'left' }, coordinator)).toEqual(['Del Departed']);
      expect(await found({ contractBefore: '2027-03-31' }, coordinator)).toEqual(['Ada Anvil']);
      expect(await found({ contractBefore: '2027-03-30' }, coordinator)).toEqual([]);
      expect(await found({ externallyFunded: 'true' }, coordinator)).toEqual(['Ada Anvil']);
      expect(await found({ technician: 'false' }, coordinator)).toEqual(['Bea Boss']);
      expect(await found({ role: 'coordinator' }, coordinator)).toEqual(['Coo Rdinator']);
      expect(await found({ withoutEmail: 'true', unit: unit.top }, coordinator)).toEqual(['Bea Boss']);
      expect(await found({ search: 'anvil', technician: 'true', unit: unit.top }, coordinator)).toEqual(['Ada Anvil']);
      expect((await found({ sort: 'grade' }, coordinator)).slice(0, 2)).toEqual(['Ada Anvil', 'Bea Boss']);
    });

    it('are not sifted by them for anybody else', async () => {
      const value: Record<string, string> = {
        technician: 'true',
        status: 'left',
        role: 'auditor',
        contractBefore: '2027-01-01',
        externallyFunded: 'true',
        withoutEmail: 'true',
      };
      for (const name of recordFilters) {
        for (const path of ['people', 'people/export']) {
          const answer = await harness.get(`${path}?${name}=${value[name] ?? randomUUIDv7()}`, colleague);
          expect({ name, path, ...answer }).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
        }
      }
      expect((await harness.get('people?sort=grade', colleague)).status).toBe(403);
    });

    it('are exported as they are shown, to each with what they may see', async () => {
      const few = String((await harness.get(`people/export?unit=${unit.top}`, colleague)).body);
      expect(few).toContain('Ada Anvil,ada@college.example,Workshops,,glass blowing; Welding,RSciTech');
      expect(few).not.toMatch(/0071|Level|Crucible/);
      const all = String((await harness.get(`people/export?unit=${unit.top}&format=csv`, coordinator)).body);
      expect(all).toContain('0071,2027-03-31,yes');
      const workbook = await harness.get('people/export?format=xlsx', coordinator);
      expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
      expect(workbook.headers.get('content-disposition')).toContain('people.xlsx');
      expect(String(workbook.body).slice(0, 2)).toBe('PK');
    });
  });

  describe('a person’s page', () => {
    let ids: { boss: string; worker: string; report: string };
    const see = async (id: string, as: SignedIn): Promise<PersonPageView> => {
      const answer = await harness.get(`people/${id}`, as);
      expect(answer.status).toBe(200);
      return personPage.parse(answer.body);
    };
    const delegate = (personId: string, delegateId: string, from: string, until: string) =>
      harness.sql(
        `insert into delegation (institution_id, id, person_id, delegate_id, reason, starts_on, ends_on, created_by, created_at)
         values ($1, uuidv7(), $2, $3, 'holiday', current_date + $4::int, current_date + $5::int, $2, now())`,
        [institutionId, personId, delegateId, from, until],
      );

    beforeAll(async () => {
      const boss = await person('Mina', 'Manager');
      const worker = await person('Wil', 'Worker', {
        line_manager_id: boss,
        staff_number: 'S-9',
        contract_until: '2028-01-31',
      });
      const report = await person('Rae', 'Report', { line_manager_id: worker });
      ids = { boss, worker, report };
    });

    it('is a card to a colleague', async () => {
      const seen = await see(ids.worker, colleague);
      expect(seen).toMatchObject({ seenAs: 'colleague', name: 'Wil Worker', away: null });
      expect(Object.keys(seen).sort()).toEqual(
        [
          'active',
          'away',
          'awards',
          'email',
          'familyName',
          'givenName',
          'id',
          'jobTitle',
          'name',
          'seenAs',
          'skills',
          'unit',
          'unitId',
          'unitPath',
        ].sort(),
      );
      const raw = JSON.stringify((await harness.get(`people/${ids.worker}`, colleague)).body);
      expect(raw).not.toMatch(/S-9|2028|Manager|contract|version/);
    });

    it('tells the line manager of contract and reports, and who stands in for them while they do', async () => {
      const boss = await harness.signIn(institutionId, ids.boss);
      expect(await see(ids.worker, boss)).toMatchObject({
        seenAs: 'team',
        contractUntil: '2028-01-31',
        reports: [{ name: 'Rae Report' }],
      });
      expect(await see(ids.report, boss)).toMatchObject({ seenAs: 'colleague' });
      const standIn = await harness.somebody(institutionId, [], 'Stan Din');
      await delegate(ids.boss, standIn.personId, '-3', '-1');
      expect((await see(ids.worker, standIn)).seenAs).toBe('colleague');
      await delegate(ids.boss, standIn.personId, '0', '0');
      expect((await see(ids.worker, standIn)).seenAs).toBe('team');
      expect(await see(ids.boss, colleague)).toMatchObject({
        away: { ask: { name: 'Stan Din', id: standIn.personId } },
      });
    });

    it('is everything to the person themself and to those who may see records', async () => {
      const own = await see(ids.worker, await harness.signIn(institutionId, ids.worker));
      expect(own).toMatchObject({ seenAs: 'self', staffNumber: 'S-9', lineManager: { name: 'Mina Manager' } });
      const record = (await see(ids.worker, coordinator)) as PersonView;
      expect({ ...record, seenAs: 'self' }).toEqual(own);
    });

    it('of somebody who left is there for those alone who may see records', async () => {
      const left = await person('Lee', 'Left', { left_on: '2020-01-01', line_manager_id: ids.boss });
      expect((await see(left, coordinator)).active).toBe(false);
      for (const as of [colleague, await harness.signIn(institutionId, ids.boss)]) {
        expect((await harness.get(`people/${left}`, as)).status).toBe(404);
      }
    });

    it('shows the path of units from the top', async () => {
      const top = await harness.unit(institutionId, 'Faculty');
      const below = await harness.unit(institutionId, 'School');
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [top, below]);
      const id = await person('Una', 'Unit', { unit_id: below });
      expect((await see(id, colleague)).unitPath.map(({ name }) => name)).toEqual(['Faculty', 'School']);
    });

    it('has skills that the person changes, or who may edit people, and nobody else', async () => {
      const worker = await harness.signIn(institutionId, ids.worker);
      const put = (as: SignedIn, skills: string[], id = ids.worker) =>
        harness.put(`people/${id}/skills`, as, { skills });
      expect(await put(worker, ['Lathe', 'lathe', 'Vacuum'])).toMatchObject({
        status: 200,
        body: { seenAs: 'self', skills: ['Lathe', 'Vacuum'] },
      });
      expect(await put(coordinator, ['Vacuum'])).toMatchObject({ status: 200, body: { skills: ['Vacuum'] } });
      for (const as of [colleague, await harness.signIn(institutionId, ids.boss)]) {
        expect(await put(as, [])).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
      }
      expect(await put(coordinator, [], randomUUIDv7())).toMatchObject({ status: 404 });
      const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
      expect(await put(stranger, [])).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
      expect((await see(ids.worker, colleague)).skills).toEqual(['Vacuum']);
    });
  });
});
