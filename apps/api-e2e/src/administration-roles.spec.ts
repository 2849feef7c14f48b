import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { type AlikeView, type PersonView, rolesPage, type SessionView } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';

const noon = new Date('2026-12-01T12:00:00Z');

describe('roles with dates', () => {
  const clock = new MovedClock(noon);
  let harness: Harness;
  let institutionId: string;
  let administrator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(noon);
    institutionId = await harness.institution();
    administrator = await harness.somebody(institutionId, ['institution-administrator']);
  });

  const grant = (personId: string, role: string, from: string | null, until: string | null, as = administrator) =>
    harness.post(`people/${personId}/roles`, as, { role, from, until });
  const rolesOf = async (as: SignedIn): Promise<string[]> => {
    const session = (await harness.get('session', as)).body as SessionView;
    return session.signedIn ? session.roles : ['signed out'];
  };

  it('begin on a later day and end with their last, at midnight where the institution is', async () => {
    // Auckland is thirteen hours ahead in December: its 2 December begins on 1 December at 11:00 UTC.
    await harness.sql(`update institution set time_zone = 'Pacific/Auckland' where id = $1`, [institutionId]);
    const somebody = await harness.somebody(institutionId);
    expect((await grant(somebody.personId, 'auditor', '2026-12-04', '2026-12-05')).status).toBe(200);
    for (const [at, holds] of [
      ['2026-12-01T12:00:00Z', false],
      ['2026-12-03T10:59:59Z', false],
      ['2026-12-03T11:00:00Z', true],
      ['2026-12-05T10:59:59Z', true],
      ['2026-12-05T11:00:00Z', false],
    ] as const) {
      clock.moveTo(new Date(at));
      const fresh = await harness.signIn(institutionId, somebody.personId);
      expect({ at, holds: (await rolesOf(fresh)).includes('auditor') }).toEqual({ at, holds });
    }
  });

  it('one that ends today counts today and not tomorrow, and the session stays open', async () => {
    const coordinator = await harness.somebody(institutionId);
    await grant(coordinator.personId, 'coordinator', null, '2026-12-01');
    expect((await harness.get('units/tree', coordinator)).status).toBe(200);
    clock.moveTo(new Date('2026-12-01T23:59:59Z'));
    expect((await harness.get('units/tree', coordinator)).status).toBe(200);
    clock.moveTo(new Date('2026-12-02T00:00:00Z'));
    expect(await harness.get('units/tree', coordinator)).toMatchObject({
      status: 403,
      body: { refusal: 'not-allowed' },
    });
    expect(await rolesOf(coordinator)).toEqual(['technician']);
  });

  it('given and ended count at the next request', async () => {
    const coordinator = await harness.somebody(institutionId);
    expect((await harness.get('units/tree', coordinator)).status).toBe(403);
    const granted = (await grant(coordinator.personId, 'coordinator', null, null)).body as PersonView;
    expect((await harness.get('units/tree', coordinator)).status).toBe(200);
    await harness.delete(`people/${coordinator.personId}/roles/${granted.rolesHeld[0]?.id}`, administrator);
    expect((await harness.get('units/tree', coordinator)).status).toBe(403);
  });

  it.each([
    ['2026-11-30', null, 'from', 'in-the-past'],
    ['2026-12-10', '2026-12-09', 'until', 'before-the-first'],
    [null, '2026-11-30', 'until', 'in-the-past'],
  ])('from %s until %s are refused', async (from, until, path, code) => {
    const somebody = await harness.somebody(institutionId);
    expect(await grant(somebody.personId, 'auditor', from, until)).toMatchObject({
      status: 422,
      body: { refusal: 'invalid-input', fields: [{ path, code }] },
    });
  });

  it('what overlaps gives way, what does not stays; the same again changes nothing', async () => {
    const { personId } = await harness.somebody(institutionId);
    await grant(personId, 'auditor', null, null);
    await grant(personId, 'auditor', '2026-12-10', '2026-12-20');
    await grant(personId, 'auditor', '2027-03-01', null);
    const held = () =>
      harness.sql(
        `select held_from::text as from, held_until::text as until from role_held where person_id = $1 order by held_from`,
        [personId],
      );
    const expected = [
      { from: '2026-12-01', until: '2026-12-09' },
      { from: '2026-12-10', until: '2026-12-20' },
      { from: '2027-03-01', until: null },
    ];
    expect(await held()).toEqual(expected);
    await grant(personId, 'auditor', '2027-04-01', null);
    expect(await held()).toEqual(expected);
    await grant(personId, 'auditor', '2026-12-15', null);
    expect(await held()).toEqual([
      expected[0],
      { from: '2026-12-10', until: '2026-12-14' },
      { from: '2026-12-15', until: null },
    ]);
  });

  it('are not given to oneself, nor to somebody who has left', async () => {
    expect(await grant(administrator.personId, 'auditor', '2026-12-24', null)).toMatchObject({
      status: 403,
      body: { refusal: 'grant-to-self' },
    });
    const gone = await harness.person(institutionId, { leftOn: '2026-11-30' });
    expect(await grant(gone, 'auditor', null, null)).toMatchObject({ status: 409, body: { refusal: 'person-left' } });
  });

  it('there is always an administrator without an end: the last is kept, whatever two do at once', async () => {
    const second = await harness.somebody(institutionId, ['institution-administrator']);
    const roleOf = async ({ personId }: SignedIn) => {
      const [row] = await harness.sql<{ id: string }>(
        `select id from role_held where person_id = $1 and held_until is null`,
        [personId],
      );
      return row?.id ?? '';
    };
    const end = async (who: SignedIn, as: SignedIn) =>
      harness.delete(`people/${who.personId}/roles/${await roleOf(who)}`, as);
    const raced = await Promise.all([end(second, administrator), end(administrator, second)]);
    // One of them may have lost the right meanwhile; at least one is an administrator still.
    expect(raced.filter(({ status }) => status === 200)).toHaveLength(1);
    const [left, gone] = raced[0]?.status === 200 ? [administrator, second] : [second, administrator];
    expect(await end(left, left)).toMatchObject({ status: 409, body: { refusal: 'last-administrator' } });
    // Somebody who comes later, or who comes with an end, does not count yet.
    await grant(gone.personId, 'institution-administrator', '2026-12-20', null, left);
    expect(await end(left, left)).toMatchObject({ status: 409, body: { refusal: 'last-administrator' } });
    await grant(gone.personId, 'institution-administrator', null, '2027-01-31', left);
    expect(await end(left, left)).toMatchObject({ status: 409, body: { refusal: 'last-administrator' } });
    // To give the other an end would leave nobody without one.
    await grant(gone.personId, 'institution-administrator', null, null, left);
    expect((await end(left, left)).status).toBe(200);
    // A refused grant leaves everything as it was.
    const third = await harness.somebody(institutionId);
    await grant(third.personId, 'institution-administrator', '2026-12-05', null, gone);
    expect(await end(gone, gone)).toMatchObject({ status: 409, body: { refusal: 'last-administrator' } });
    expect(await rolesOf(gone)).toContain('institution-administrator');
  });

  it('are listed: who holds what, filtered by role, person and state, and exported', async () => {
    const auditor = await harness.person(institutionId, { name: 'Ada =cmd()' });
    await grant(auditor, 'auditor', null, null);
    const later = await harness.person(institutionId, { name: 'Lee Later' });
    await grant(later, 'coordinator', '2027-01-01', null);
    const past = await harness.person(institutionId, { name: 'Pat Past' });
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from, held_until) values ($1, uuidv7(), $2, 'auditor', '2026-01-01', '2026-11-30')`,
      [institutionId, past],
    );
    const page = async (query: string) => rolesPage.parse((await harness.get(`roles?${query}`, administrator)).body);
    expect(await page('')).toMatchObject({ total: 4 });
    expect((await page('role=auditor')).rows.map(({ person, state }) => [person.name, state])).toEqual([
      ['Ada =cmd()', 'now'],
      ['Pat Past', 'past'],
    ]);
    expect((await page('state=later')).rows).toMatchObject([{ person: { name: 'Lee Later' }, from: '2027-01-01' }]);
    expect((await page('search=pat%20p')).rows.map(({ person }) => person.name)).toEqual(['Pat Past']);
    expect((await page('pageSize=1&page=2')).rows).toHaveLength(1);
    const granter = (await page('state=later')).rows[0]?.grantedBy;
    expect(granter).toMatch(/^Person /);
    const exported = await harness.get('roles/export?role=auditor', administrator);
    expect(exported.headers.get('content-disposition')).toContain('roles-2026-12-01.csv');
    expect(String(exported.body).split('\r\n')).toHaveLength(4);
  });

  describe('people by hand', () => {
    const somebody = {
      ...{ givenName: 'Ann', familyName: 'Flask', email: null, jobTitle: null, unitId: null },
      ...{ gradeId: null, lineManagerId: null, technician: true },
    };
    const add = (facts: object) => harness.post('people', administrator, { ...somebody, ...facts });

    it('have staff number, contract, funding and skills, which stay where a change does not name them', async () => {
      const added = await add({
        staffNumber: '0042',
        contractUntil: '2027-07-31',
        externallyFunded: true,
        skills: ['Vacuum systems', 'vacuum systems', 'Laser safety'],
      });
      expect(added).toMatchObject({
        status: 201,
        body: {
          staffNumber: '0042',
          contractUntil: '2027-07-31',
          externallyFunded: true,
          skills: ['Laser safety', 'Vacuum systems'],
        },
      });
      const { id, version } = added.body as PersonView;
      const renamed = await harness.put(`people/${id}`, administrator, {
        ...somebody,
        jobTitle: 'Technician',
        version,
      });
      expect(renamed).toMatchObject({
        status: 200,
        body: { staffNumber: '0042', externallyFunded: true, skills: ['Laser safety', 'Vacuum systems'] },
      });
      const emptied = await harness.put(`people/${id}`, administrator, {
        ...{ ...somebody, staffNumber: null, contractUntil: null, externallyFunded: false, skills: ['laser SAFETY'] },
        version: version + 1,
      });
      expect(emptied).toMatchObject({
        status: 200,
        body: { staffNumber: null, contractUntil: null, externallyFunded: false, skills: ['Laser safety'] },
      });
    });

    it('are invited in the same act, where they have an address; else nothing is added', async () => {
      expect((await add({ email: 'ann@college.example', invite: true })).status).toBe(201);
      expect(
        await harness.sql(`select subject from mail_message where recipient = 'ann@college.example'`),
      ).toHaveLength(1);
      expect(await add({ familyName: 'Nomail', invite: true })).toMatchObject({
        status: 422,
        body: { fields: [{ path: 'email', code: 'missing' }] },
      });
      expect(await harness.sql(`select from person where family_name = 'Nomail'`)).toHaveLength(0);
    });

    it('have a staff number of their own, whoever adds them at once', async () => {
      const raced = await Promise.all([1, 2, 3].map(() => add({ staffNumber: 'T-9' })));
      expect(raced.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(raced.find(({ status }) => status === 409)?.body).toMatchObject({ refusal: 'staff-number-taken' });
    });

    it('who may be here already are shown: the same name, a like address, a staff number without its zeros', async () => {
      await add({
        givenName: 'Mary-Jane',
        familyName: 'O’Hara',
        email: 'mj.ohara2@college.example',
        staffNumber: '00731',
      });
      const alike = async (query: Record<string, string>) => {
        const asked = new URLSearchParams({ givenName: 'X', familyName: 'Y', ...query });
        const { people } = (await harness.get(`people/alike?${asked}`, administrator)).body as AlikeView;
        return people.map(({ name, because }) => [name, because]);
      };
      const hers = (...because: string[]) => [['Mary-Jane O’Hara', because]];
      expect(await alike({ givenName: 'mary jane', familyName: "O'HARA" })).toEqual(hers('name'));
      expect(await alike({ givenName: 'Ohara', familyName: 'Maryjane' })).toEqual(hers('name'));
      expect(await alike({ email: 'MJOhara@elsewhere.example' })).toEqual(hers('email'));
      expect(await alike({ staffNumber: '731' })).toEqual(hers('staff-number'));
      expect(await alike({ givenName: 'Mary', familyName: 'Hara', email: 'ohara@college.example' })).toEqual([]);
      expect(await alike({ givenName: '', familyName: '' })).toEqual([]);
    });
  });
});
