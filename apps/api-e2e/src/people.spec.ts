import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type GradesView, type PeoplePage, peoplePage, type PersonView, type RoundView } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';

describe('people', () => {
  let harness: Harness;
  let institutionId: string;
  let administrator: SignedIn;
  let coordinator: SignedIn;

  const somebody = {
    givenName: 'Ann',
    familyName: 'Flask',
    email: null,
    jobTitle: null,
    unitId: null,
    gradeId: null,
    lineManagerId: null,
    technician: true,
  };

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    administrator = await harness.somebody(institutionId, ['institution-administrator']);
    coordinator = await harness.somebody(institutionId, ['coordinator']);
  });

  const add = async (facts: object = {}): Promise<PersonView> =>
    (await harness.post('people', coordinator, { ...somebody, ...facts })).body as PersonView;
  const change = (person: PersonView, facts: object, as = coordinator) =>
    harness.put(`people/${person.id}`, as, {
      ...somebody,
      givenName: person.givenName,
      familyName: person.familyName,
      email: person.email,
      lineManagerId: person.lineManager?.id ?? null,
      version: person.version,
      ...facts,
    });

  it('are added by hand, with a way in where they have an address', async () => {
    const added = await add({ email: 'Ann.Flask@College.example' });
    expect(added).toMatchObject({ name: 'Ann Flask', email: 'ann.flask@college.example', active: true });
    expect(
      await harness.sql(
        `select a.password_hash from account a join account_person p on p.account_id = a.id where p.person_id = $1`,
        [added.id],
      ),
    ).toEqual([{ password_hash: null }]);
    expect(await harness.sql(`select act from audit_entry where subject_id = $1`, [added.id])).toEqual([
      { act: 'person.add' },
    ]);
  });

  it('have an address that nobody else of the institution has', async () => {
    await add({ email: 'one@college.example' });
    expect(await harness.post('people', coordinator, { ...somebody, email: 'one@college.example' })).toMatchObject({
      status: 409,
      body: { refusal: 'email-taken' },
    });
  });

  it('are changed at the revision that was seen, and not at an older one', async () => {
    const added = await add();
    expect((await change(added, { jobTitle: 'Technician' })).status).toBe(200);
    expect(await change(added, { jobTitle: 'Something else' })).toMatchObject({
      status: 409,
      body: { refusal: 'changed-meanwhile' },
    });
  });

  it('manage nobody who manages them, however long the chain, and whatever two people change at once', async () => {
    const [top, middle, bottom] = [await add(), await add(), await add()];
    await change(middle, { lineManagerId: top.id });
    await change(bottom, { lineManagerId: middle.id });
    for (const managerId of [top.id, middle.id, bottom.id]) {
      expect(await change(top, { lineManagerId: managerId })).toMatchObject({
        status: 409,
        body: { refusal: 'manager-cycle' },
      });
    }
    const [one, other] = [await add(), await add()];
    const raced = await Promise.all([
      change(one, { lineManagerId: other.id }),
      change(other, { lineManagerId: one.id }),
    ]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('who hold a role keep their address, unless somebody who may grant roles changes it', async () => {
    const holder = (await harness.get(`people/${administrator.personId}`, coordinator)).body as PersonView;
    expect(await change(holder, { email: 'mine.now@college.example' })).toMatchObject({
      status: 403,
      body: { refusal: 'not-allowed' },
    });
    const other = (await harness.get(`people/${coordinator.personId}`, administrator)).body as PersonView;
    expect((await change(other, { email: 'new.address@college.example' }, administrator)).status).toBe(200);
    // The old way in is closed, and the old address is told.
    expect((await harness.get('people', coordinator)).status).toBe(401);
    expect(await harness.sql(`select recipient from mail_message where recipient = $1`, [other.email])).toHaveLength(1);
  });

  it('who have signed in with their address keep it too: nobody answers for a mentor by taking their mail', async () => {
    const mentor = await add({ email: 'mentor@college.example' });
    expect((await change(mentor, { email: 'first.slip@college.example' })).status).toBe(200);
    await harness.sql(`update account set password_hash = 'set' where email = 'first.slip@college.example'`);
    const now = (await harness.get(`people/${mentor.id}`, coordinator)).body as PersonView;
    expect(await change(now, { email: 'mine@college.example' })).toMatchObject({
      status: 403,
      body: { refusal: 'not-allowed' },
    });
  });

  it('given an address that was somebody else’s are not opened by what that one knew', async () => {
    const former = await add({ email: 'reused@college.example' });
    await harness.sql(
      `update account set password_hash = 'known to the former' where email = 'reused@college.example'`,
    );
    expect((await change(former, { email: null }, administrator)).status).toBe(200);
    const next = await add({ email: 'reused@college.example', familyName: 'Namesake' });
    expect(
      await harness.sql(
        `select a.password_hash as hash from account a join account_person p on p.account_id = a.id where p.person_id = $1`,
        [next.id],
      ),
    ).toEqual([{ hash: null }]);
  });

  it('with the same address in another institution sign in where they always did', async () => {
    const ours = await add({ email: 'both@college.example' });
    const elsewhere = await harness.institution('Elsewhere');
    const stranger = await harness.somebody(elsewhere, ['coordinator']);
    await harness.post('people', stranger, { ...somebody, email: 'both@college.example', givenName: 'Planted' });
    const found = await harness.sql(
      `select person_id from people_of_account((select id from account where email = 'both@college.example'), now())`,
    );
    expect(found).toMatchObject([{ person_id: ours.id }, {}]);
  });

  it('always leave one administrator', async () => {
    const me = (await harness.get(`people/${administrator.personId}`, administrator)).body as PersonView;
    const end = () => harness.delete(`people/${administrator.personId}/roles/${me.rolesHeld[0]?.id}`, administrator);
    expect(await end()).toMatchObject({ status: 409, body: { refusal: 'last-administrator' } });
    await harness.somebody(institutionId, ['institution-administrator']);
    expect((await end()).status).toBe(200);
  });

  it('are refused by name where what they are given goes at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [grade] = await harness.grades(await Promise.resolve(institutionId), [`G${round}`]);
      const [, added] = await Promise.all([
        harness.put('grades', administrator, { grades: [] }),
        harness.post('people', coordinator, { ...somebody, gradeId: grade ?? null }),
      ]);
      expect([201, 409, 422]).toContain(added.status);
      await harness.sql(`update person set grade_id = null where institution_id = $1`, [institutionId]);
      await harness.sql(`delete from grade where institution_id = $1`, [institutionId]);
    }
  });

  it('grant no role to themselves, whatever the table allows', async () => {
    expect(
      await harness.post(`people/${administrator.personId}/roles`, administrator, { role: 'coordinator', until: null }),
    ).toMatchObject({
      status: 403,
      body: { refusal: 'grant-to-self' },
    });
    await expect(
      harness.sql(
        `insert into role_held (institution_id, id, person_id, role, held_from, granted_by) values ($1, uuidv7(), $2, 'auditor', now(), $2)`,
        [institutionId, administrator.personId],
      ),
    ).rejects.toThrow(/role_held_not_to_self/);
  });

  it('hold a role from the moment it is granted to the moment it ends', async () => {
    const technician = await harness.somebody(institutionId);
    expect((await harness.get('mentoring/rounds', technician)).status).toBe(403);
    const granted = await harness.post(`people/${technician.personId}/roles`, administrator, {
      role: 'coordinator',
      until: null,
    });
    expect(granted).toMatchObject({ status: 200, body: { roles: expect.arrayContaining(['coordinator']) } });
    const round = await harness.post('mentoring/rounds', technician, { name: 'Mine' });
    expect((round.body as RoundView).name).toBe('Mine');
    const held = (granted.body as PersonView).rolesHeld[0]?.id;
    expect((await harness.delete(`people/${technician.personId}/roles/${held}`, administrator)).status).toBe(200);
    expect((await harness.get('mentoring/rounds', technician)).status).toBe(403);
  });

  it('are listed page by page, found by part of a name, and exported without a cell that acts', async () => {
    for (const familyName of ['=cmd()', 'Zed_a', 'Zed%b', 'ZedXb']) await add({ familyName });
    const page = async (query: string) =>
      peoplePage.parse((await harness.get(`people?${query}`, coordinator)).body) satisfies PeoplePage;
    expect(await page('pageSize=2&page=2')).toMatchObject({ page: 2, pageSize: 2, total: 6, rows: [{}, {}] });
    expect((await page('search=zed_')).rows.map(({ name }) => name)).toEqual(['Ann Zed_a']);
    expect((await page('search=ann%20zed%25')).rows.map(({ name }) => name)).toEqual(['Ann Zed%b']);
    expect((await page('role=coordinator')).rows.map(({ id }) => id)).toEqual([coordinator.personId]);
    const exported = await harness.get('people/export?sort=name', coordinator);
    expect(exported.headers.get('content-disposition')).toContain('people.csv');
    expect(String(exported.body)).toContain('Ann =cmd()');
    expect(String(exported.body)).not.toMatch(/^[=+\-@]/m);
  });

  it('have grades in one order, changed as a whole; a grade that people hold cannot go', async () => {
    const put = (grades: { id: string | null; name: string }[]) => harness.put('grades', administrator, { grades });
    const first = (await put(['A', 'B', 'C'].map((name) => ({ id: null, name })))).body as GradesView;
    const [a, b, c] = first.grades.map(({ id, name }) => ({ id, name }));
    if (!a || !b || !c) throw new Error('three grades were put');
    await add({ gradeId: b.id });
    expect(await put([a, c])).toMatchObject({ status: 409, body: { refusal: 'grade-in-use', facts: { grade: 'B' } } });
    expect(await put([a, b, { id: null, name: 'a' }])).toMatchObject({ status: 409, body: { refusal: 'name-taken' } });
    // Two change names with each other, one goes, one comes.
    const swapped = await put([
      { id: b.id, name: 'A' },
      { id: a.id, name: 'B' },
      { id: null, name: 'D' },
    ]);
    expect((swapped.body as GradesView).grades.map(({ name, people }) => [name, people])).toEqual([
      ['A', 1],
      ['B', 0],
      ['D', 0],
    ]);
  });
});
