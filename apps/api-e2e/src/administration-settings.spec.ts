import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { whereaboutsOf } from '@waymark/api-people';
import { Transactions, workingDaysAfter } from '@waymark/api-platform';
import {
  type ClosureDaysView,
  closureDaysView,
  type SettingsView,
  settingsView,
  type TimeZonesView,
} from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';

describe('settings of an institution', () => {
  let harness: Harness;
  let administrator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    administrator = await harness.somebody(await harness.institution('Harbour College'), ['institution-administrator']);
  });

  /** What a change sends of what was read. */
  const editable = ({ name, nation, timeZone, retention, version }: SettingsView) => ({
    ...{ name, nation, timeZone, retention, version },
  });
  const read = async () => settingsView.parse((await harness.get('settings', administrator)).body);
  const change = async (facts: object, as = administrator) => {
    return harness.put('settings', as, { ...editable(await read()), ...facts });
  };

  it('begin with sensible times, and are changed at the revision that was seen', async () => {
    const before = await read();
    expect(before).toMatchObject({
      name: 'Harbour College',
      nation: 'england-and-wales',
      timeZone: 'Europe/London',
      retention: { mail: 365, importFiles: 90, commands: 30, sessions: 30, jobs: 180, leavers: 730 },
    });
    const known = editable(before);
    const next = { ...known, name: 'Harbour University', nation: 'scotland', timeZone: 'Europe/Dublin' };
    const changed = await harness.put('settings', administrator, next);
    expect(changed).toMatchObject({ status: 200, body: { name: 'Harbour University', version: before.version + 1 } });
    // Another administrator who had the page open is told, and nothing of theirs goes through.
    expect(await harness.put('settings', administrator, { ...next, name: 'Late' })).toMatchObject({
      status: 409,
      body: { refusal: 'changed-meanwhile' },
    });
    expect((await read()).name).toBe('Harbour University');
    expect(
      await harness.sql(`select details from audit_entry where act = 'settings.change' and institution_id = $1`, [
        administrator.institutionId,
      ]),
    ).toEqual([{ details: { fields: 'name nation timeZone', nation: 'scotland', timeZone: 'Europe/Dublin' } }]);
  });

  it('of two changes at once one is taken', async () => {
    const known = editable(await read());
    const raced = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((name) => harness.put('settings', administrator, { ...known, name })),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it.each([
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ timeZone: `Europe/London'; drop table person; --` }, 'timeZone'],
    [{ name: '   ' }, 'name'],
    [{ nation: 'wales' }, 'nation'],
    [
      { retention: { mail: 29, importFiles: 90, commands: 30, sessions: 30, jobs: 180, leavers: 730 } },
      'retention.mail',
    ],
    [
      { retention: { mail: 365, importFiles: 90, commands: 30, sessions: 366, jobs: 180, leavers: 730 } },
      'retention.sessions',
    ],
  ])('are refused where they cannot be: %j', async (facts, path) => {
    expect(await change(facts)).toMatchObject({
      status: 422,
      body: { refusal: 'invalid-input', fields: [{ path }] },
    });
  });

  it('take any of the time zones that are offered', async () => {
    const { timeZones } = (await harness.get('settings/time-zones', administrator)).body as TimeZonesView;
    expect(timeZones.length).toBeGreaterThan(300);
    expect(timeZones).toEqual(expect.arrayContaining(['Europe/London', 'Pacific/Auckland', 'UTC']));
    for (const timeZone of ['Pacific/Auckland', 'America/Argentina/Buenos_Aires']) {
      expect((await change({ timeZone })).status).toBe(200);
    }
  });

  it('are an administrator’s, not a coordinator’s', async () => {
    const coordinator = await harness.somebody(administrator.institutionId, ['coordinator']);
    for (const [method, path] of [
      ['GET', 'settings'],
      ['PUT', 'settings'],
      ['GET', 'settings/time-zones'],
      ['GET', 'settings/closure-days?year=2026'],
      ['POST', 'settings/closure-days'],
    ] as const) {
      const { status } = await harness.ask(method, path, {
        as: coordinator,
        ...(method === 'GET' ? {} : { body: {} }),
      });
      expect({ method, path, status }).toEqual({ method, path, status: 403 });
    }
  });

  describe('closure days', () => {
    const ofYear = async (year: number): Promise<ClosureDaysView> =>
      closureDaysView.parse((await harness.get(`settings/closure-days?year=${year}`, administrator)).body);
    const add = (from: string, until: string, name = 'Winter closure') =>
      harness.post('settings/closure-days', administrator, { from, until, name });
    const remove = (from: string, until: string) =>
      harness.post('settings/closure-days/remove', administrator, { from, until });

    it('are added as a range and shown by year, with the nation’s bank holidays', async () => {
      expect((await add('2026-12-24', '2027-01-03')).status).toBe(200);
      await add('2026-06-08', '2026-06-08', 'Founders’ day');
      expect(await ofYear(2026)).toMatchObject({
        closures: [
          { name: 'Founders’ day', from: '2026-06-08', until: '2026-06-08', days: 1 },
          { name: 'Winter closure', from: '2026-12-24', until: '2026-12-31', days: 8 },
        ],
      });
      expect((await ofYear(2027)).closures).toEqual([
        { name: 'Winter closure', from: '2027-01-01', until: '2027-01-03', days: 3 },
      ]);
      expect((await ofYear(2026)).bankHolidays).toContain('2026-08-31');
      await change({ nation: 'scotland' });
      expect((await ofYear(2026)).bankHolidays).not.toContain('2026-08-31');
      expect((await ofYear(2026)).bankHolidays).toContain('2026-11-30');
    });

    it('that overlap with known ones are refused, naming them, and none is added; a removed range is free again', async () => {
      await add('2026-12-24', '2026-12-31');
      expect(await add('2026-12-20', '2026-12-24', 'Other')).toMatchObject({
        status: 409,
        body: { refusal: 'closure-days-overlap', facts: { name: 'Winter closure', day: '2026-12-24' } },
      });
      expect((await ofYear(2026)).closures).toHaveLength(1);
      expect((await remove('2026-12-28', '2026-12-31')).status).toBe(200);
      expect((await ofYear(2026)).closures).toEqual([
        { name: 'Winter closure', from: '2026-12-24', until: '2026-12-27', days: 4 },
      ]);
      expect(await remove('2026-12-28', '2026-12-31')).toMatchObject({
        status: 409,
        body: { refusal: 'changed-meanwhile' },
      });
    });

    it('do not count where something is due within working days', async () => {
      const from = new Date('2026-12-18T09:00:00Z');
      const due = () =>
        harness.application
          .get(Transactions)
          .run({ institutionId: administrator.institutionId, personId: null, correlationId: null }, async (tx) =>
            workingDaysAfter(from, 10, await whereaboutsOf(tx)).toISOString(),
          );
      expect(await due()).toBe('2027-01-06T23:59:59.999Z');
      // Of these, 29 to 31 December are working days without it.
      await add('2026-12-24', '2026-12-31');
      expect(await due()).toBe('2027-01-12T23:59:59.999Z');
      await change({ nation: 'scotland', timeZone: 'Pacific/Auckland' });
      expect(await due()).toBe('2027-01-13T10:59:59.999Z');
    });

    it('added twice at once are there once', async () => {
      const raced = await Promise.all([1, 2, 3, 4].map(() => add('2026-12-24', '2026-12-31')));
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      expect(raced.find(({ status }) => status === 409)?.body).toMatchObject({ refusal: 'closure-days-overlap' });
    });

    it.each([
      ['2026-12-24', '2026-12-23'],
      ['2026-01-01', '2026-03-31'],
      ['2026-02-30', '2026-03-01'],
    ])('from %s to %s are no range', async (from, until) => {
      expect(await add(from, until)).toMatchObject({ status: 422, body: { refusal: 'invalid-input' } });
    });
  });

  it('suggest the erasure of those who left longer ago than they say, on the administrator’s home too', async () => {
    const long = await harness.person(administrator.institutionId, { leftOn: '2024-01-01' });
    await harness.person(administrator.institutionId, { leftOn: '2026-11-01' });
    expect((await read()).erasureSuggested).toBe(1);
    const home = (await harness.get('home', administrator)).body as { tasks: unknown[] };
    expect(home.tasks).toContainEqual(expect.objectContaining({ kind: 'erase-leavers', count: 1 }));
    await harness.sql(`update person set erased_at = now() where id = $1`, [long]);
    expect((await read()).erasureSuggested).toBe(0);
    const changed = (
      await change({
        retention: { mail: 365, importFiles: 90, commands: 30, sessions: 30, jobs: 180, leavers: 30 },
      })
    ).body as SettingsView;
    expect(changed.retention.leavers).toBe(30);
  });
});
