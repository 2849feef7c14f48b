import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  type AccountView,
  accountView,
  type CorrectionView,
  dataRequestsPage,
  type ErasurePreview,
  erasurePreview,
  type HomeView,
  keptView,
  type OwnExportView,
  ownExportView,
  suggestedPage,
} from '@waymark/contracts';
import exceljs from 'exceljs';
import { hashPassword } from '@waymark/api-people';
import { Harness, type SignedIn } from './harness';

const days = 86_400_000;

describe('one’s own data', () => {
  const clock = new MovedClock(new Date());
  let harness: Harness;
  let institutionId: string;
  let administrator: SignedIn;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    institutionId = await harness.institution();
    administrator = await harness.somebody(institutionId, ['institution-administrator'], 'Ada Admin');
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Cora Coordinator');
    await harness.startWorker();
  });
  afterAll(() => harness.stop());

  const newest = async (as: SignedIn) => ownExportView.parse((await harness.get('account/exports', as)).body).export;
  const ready = async (as: SignedIn) => {
    const view = await harness.until(
      () => newest(as),
      (shown) => shown?.status === 'ready',
    );
    if (!view) throw new Error('there is an export');
    return view;
  };
  const fetchFile = async (path: string, as: SignedIn) => {
    const response = await fetch(`${await harness.application.getUrl()}/api/${path}`, {
      headers: { cookie: as.cookie },
    });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('is collected by a job, told by mail, and given as a workbook and as JSON to its owner alone', async () => {
    const person = await harness.somebody(institutionId, [], 'Nell Nitrogen');
    expect(await newest(person)).toBeNull();
    const asked = await harness.post('account/exports', person);
    expect(asked).toMatchObject({ status: 200, body: { export: { status: 'collecting', files: [] } } });
    const view = await ready(person);
    expect(view.files.map(({ format }) => format)).toEqual(['xlsx', 'json']);
    expect(view.job).toMatchObject({ status: 'done', percent: 100 });
    expect(
      await harness.sql(`select recipient, body from mail_message where subject = 'Your data is ready'`),
    ).toMatchObject([
      { recipient: `${person.personId}@college.example`, body: expect.stringContaining('/account/data') },
    ]);

    const json = await fetchFile(`account/exports/${view.id}/json`, person);
    expect(json.headers.get('content-disposition')).toBe('attachment; filename="my-waymark-data.json"');
    expect(json.headers.get('cache-control')).toBe('no-store');
    const { kinds } = JSON.parse(json.bytes.toString()) as {
      kinds: { title: string; keptUntil: string; parts: { rows: Record<string, unknown>[] }[] }[];
    };
    expect(kinds.find(({ title }) => title === 'Record')?.parts[0]?.rows).toMatchObject([
      { 'First name': 'Nell', 'Last name': 'Nitrogen', Technician: true },
    ]);
    expect(kinds.find(({ title }) => title === 'Record')?.keptUntil).toContain('2 years');

    const workbook = new exceljs.Workbook();
    const xlsx = await fetchFile(`account/exports/${view.id}/xlsx`, person);
    await workbook.xlsx.load(xlsx.bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    expect(workbook.worksheets[0]?.name).toBe('What is in this file');
    expect(workbook.getWorksheet('Record')?.getRow(2).values).toEqual(
      expect.arrayContaining(['Nell', 'Nitrogen', 'yes']),
    );

    const [otherAdmin, stranger] = [administrator, await harness.somebody(await harness.institution('Elsewhere'))];
    for (const other of [coordinator, otherAdmin, stranger]) {
      expect((await harness.get(`account/exports/${view.id}/json`, other)).status).toBe(404);
    }
    expect((await harness.get(`data-requests/exports/${view.id}/json`, administrator)).status).toBe(404);
    expect((await harness.get(`data-requests/exports/${view.id}/json`, coordinator)).status).toBe(403);
    expect(await harness.sql(`select count(*)::int as n from audit_entry where act = 'data-export.fetch'`)).toEqual([
      { n: 2 },
    ]);
  });

  it('is collected once at a time; the next replaces it, and its files end with their time', async () => {
    const person = await harness.somebody(institutionId);
    const [one, other] = await Promise.all([
      harness.post('account/exports', person),
      harness.post('account/exports', person),
    ]);
    expect((one.body as OwnExportView).export?.id).toBe((other.body as OwnExportView).export?.id);
    const first = await ready(person);
    clock.moveTo(new Date(clock.now().getTime() + 1000));
    await harness.post('account/exports', person);
    const second = await harness.until(
      () => newest(person),
      (shown) => shown?.status === 'ready' && shown.id !== first.id,
    );
    expect(await harness.get(`account/exports/${first.id}/json`, person)).toMatchObject({
      status: 410,
      body: { refusal: 'export-gone' },
    });
    expect((await harness.get(`account/exports/${second?.id}/json`, person)).status).toBe(200);
    expect(
      await harness.sql(`select status from data_export where person_id = $1 order by asked_at`, [person.personId]),
    ).toEqual([{ status: 'replaced' }, { status: 'ready' }]);
    const now = clock.now();
    clock.moveTo(new Date(now.getTime() + 8 * days));
    await harness.tick('end-old-exports');
    clock.moveTo(now);
    expect(await newest(person)).toMatchObject({ status: 'expired', files: [] });
    expect(await harness.get(`account/exports/${second?.id}/json`, person)).toMatchObject({ status: 410 });
  });

  it('is asked for by an administrator for those alone who cannot ask themself, and that is recorded', async () => {
    const signsIn = await harness.somebody(institutionId);
    await harness.sql(
      `update account set password_hash = 'set' where id = (select account_id from account_person where person_id = $1)`,
      [signsIn.personId],
    );
    expect(await harness.post(`data-requests/people/${signsIn.personId}/export`, administrator)).toMatchObject({
      status: 409,
      body: { refusal: 'asks-themself' },
    });
    const without = await harness.person(institutionId, { name: 'Will Without', email: null });
    const asked = await harness.post(`data-requests/people/${without}/export`, administrator);
    expect(asked.status).toBe(200);
    const preview = await harness.until(
      async () => erasurePreview.parse((await harness.get(`data-requests/people/${without}`, administrator)).body),
      (view) => view.export?.status === 'ready',
    );
    const path = `data-requests/exports/${preview.export?.id}/json`;
    expect((await harness.get(path, coordinator)).status).toBe(403);
    expect(JSON.stringify((await harness.get(path, administrator)).body)).toContain('Without');
    expect(
      await harness.sql(`select actor_person_id as by, act from audit_entry where subject_id = $1 order by at, id`, [
        without,
      ]),
    ).toEqual([
      { by: administrator.personId, act: 'data-export.ask' },
      { by: administrator.personId, act: 'data-export.ready' },
      { by: administrator.personId, act: 'data-export.fetch' },
    ]);
    expect(
      await harness.sql(`select body from mail_message where subject = 'The data you asked for is ready'`),
    ).toMatchObject([{ body: expect.not.stringContaining('Without') }]);
  });

  it('says of every kind what it is for and until when it is kept, in the institution’s own figures', async () => {
    await harness.sql(`update institution set mail_kept_days = 90 where id = $1`, [institutionId]);
    const { kinds } = keptView.parse((await harness.get('account/kept', coordinator)).body);
    expect(kinds.length).toBeGreaterThan(30);
    expect(kinds.find(({ title }) => title === 'Messages received')?.until).toBe(
      'Deleted 90 days after it was written.',
    );
    expect(JSON.stringify(kinds)).not.toContain('{days}');
  });

  it('is put right by somebody else on request, who answers with words; a no has a reason', async () => {
    const person = await harness.somebody(institutionId, [], 'Mia Misspelt');
    const body = { field: 'family-name', shouldBe: 'Missspelt', why: 'three of them' };
    const asked = (await harness.post('account/corrections', person, body)).body as CorrectionView;
    expect(asked).toMatchObject({ status: 'open', person: { name: 'Mia Misspelt' } });
    const home = (await harness.get('home', coordinator)).body as HomeView;
    expect(home.tasks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'correct-person', id: asked.id, about: 'Mia Misspelt' }),
      ]),
    );
    const answer = (as: SignedIn, outcome: string, words: string, version = asked.version) =>
      harness.post(`corrections/${asked.id}/answer`, as, { version, outcome, answer: words });
    expect(await answer(person, 'done', '')).toMatchObject({ status: 403 });
    expect(await answer(coordinator, 'declined', '')).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'answer', code: 'reason-missing' }] },
    });
    const raced = await Promise.all([answer(coordinator, 'done', 'It was.'), answer(administrator, 'declined', 'No.')]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
    const seen = accountView.parse((await harness.get('account', person)).body) satisfies AccountView;
    expect(seen.corrections).toMatchObject([{ id: asked.id, answer: expect.stringMatching(/It was\.|No\./) }]);
    expect(
      await harness.sql(`select from mail_message where recipient = $1 and subject like 'Your record %'`, [
        `${person.personId}@college.example`,
      ]),
    ).toHaveLength(1);
    // Their own is for somebody else to answer, and only they take it back.
    const own = (await harness.post('account/corrections', coordinator, body)).body as CorrectionView;
    expect(
      await harness.post(`corrections/${own.id}/answer`, coordinator, { version: 1, outcome: 'done', answer: '' }),
    ).toMatchObject({
      status: 403,
      body: { refusal: 'own-correction' },
    });
    expect((await harness.post(`account/corrections/${own.id}/withdraw`, person, { version: 1 })).status).toBe(404);
    expect((await harness.post(`account/corrections/${own.id}/withdraw`, coordinator, { version: 1 })).status).toBe(
      200,
    );
    for (let count = 0; count < 20; count += 1) await harness.post('account/corrections', person, body);
    expect(await harness.post('account/corrections', person, body)).toMatchObject({
      status: 409,
      body: { refusal: 'too-many-corrections' },
    });
  });

  it('keeps a password that one changes knowing the present one, and ends the other sessions', async () => {
    const person = await harness.somebody(institutionId);
    const elsewhere = await harness.signIn(institutionId, person.personId);
    await harness.sql(
      `update account set password_hash = $2 where id = (select account_id from account_person where person_id = $1)`,
      [person.personId, await hashPassword('the present password')],
    );
    const change = (current: string) =>
      harness.post('account/password', person, { current, password: 'another long password' });
    expect(await change('not the present one')).toMatchObject({ status: 403, body: { refusal: 'password-wrong' } });
    expect((await harness.get('account', elsewhere)).status).toBe(200);
    expect((await change('the present password')).status).toBe(204);
    expect((await harness.get('account', elsewhere)).status).toBe(401);
    expect((await harness.get('account', person)).status).toBe(200);
    for (let tries = 0; tries < 10; tries += 1) await change('a guess');
    expect(await change('another long password')).toMatchObject({
      status: 429,
      body: { refusal: 'too-many-attempts' },
    });
  });

  it('shows where one is signed in, and ends the others, one or all, and nobody else’s', async () => {
    const person = await harness.somebody(institutionId);
    const others = [
      await harness.signIn(institutionId, person.personId),
      await harness.signIn(institutionId, person.personId),
    ];
    const sessions = async () =>
      (accountView.parse((await harness.get('account', person)).body) satisfies AccountView).sessions;
    const shown = await sessions();
    expect(shown.map(({ thisOne }) => thisOne)).toEqual([true, false, false]);
    await harness.delete(`account/sessions/${shown[1]?.id}`, coordinator);
    expect(await sessions()).toHaveLength(3);
    expect((await harness.delete(`account/sessions/${shown[1]?.id}`, person)).status).toBe(204);
    expect(await sessions()).toHaveLength(2);
    expect((await harness.delete('account/sessions', person)).status).toBe(204);
    expect(await sessions()).toHaveLength(1);
    expect((await harness.get('account', others[0] ?? null)).status).toBe(401);
    expect((await harness.get('account', coordinator)).status).toBe(200);
  });

  describe('erased', () => {
    const preview = async (personId: string) =>
      erasurePreview.parse(
        (await harness.get(`data-requests/people/${personId}`, administrator)).body,
      ) satisfies ErasurePreview;
    const erase = async (personId: string, name: string, as: SignedIn = administrator) =>
      harness.post(`data-requests/people/${personId}/erasure`, as, {
        version: (await preview(personId)).person.version,
        name,
        reason: 'time-run-out',
      });

    it('are people who have left, never who is here, by who may, with the name typed', async () => {
      const here = await harness.person(institutionId, { name: 'Hal Here' });
      expect(await preview(here)).toMatchObject({ obstacle: 'still-active' });
      expect(await erase(here, 'Hal Here')).toMatchObject({ status: 409, body: { refusal: 'still-active' } });
      const left = await harness.person(institutionId, { name: 'Lea Left', leftOn: '2026-01-31' });
      expect(await erase(left, 'Lea Left', coordinator)).toMatchObject({ status: 403 });
      expect(await erase(left, 'Lea Lift')).toMatchObject({ status: 422, body: { refusal: 'name-differs' } });
      expect((await preview(left)).kinds).toEqual(
        expect.arrayContaining([expect.objectContaining({ title: 'Record', does: 'empty', rows: 1 })]),
      );
      const raced = await Promise.all([erase(left, ' lea  LEFT '), erase(left, 'Lea Left')]);
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
      await harness.until(
        () => preview(left),
        ({ erasure }) => erasure?.status === 'done',
      );
      expect(await preview(left)).toMatchObject({ obstacle: 'already-erased', person: { name: 'Erased person' } });
      expect(await erase(left, 'Erased person')).toMatchObject({ status: 409, body: { refusal: 'already-erased' } });
    });

    it('stay so: nothing is written into a record that could never be erased again', async () => {
      const gone = await harness.person(institutionId, { name: 'Wes Written', leftOn: '2026-01-31' });
      expect((await erase(gone, 'Wes Written')).status).toBe(200);
      await harness.until(
        () => preview(gone),
        ({ erasure }) => erasure?.status === 'done',
      );
      const { person } = await preview(gone);
      const changed = await harness.put(`people/${gone}`, coordinator, {
        ...{ givenName: 'Wes', familyName: 'Written', email: 'wes@college.example', jobTitle: null },
        ...{ unitId: null, gradeId: null, lineManagerId: null, technician: true, version: person.version },
      });
      const skilled = await harness.put(`people/${gone}/skills`, coordinator, { skills: ['Glassblowing'] });
      for (const answer of [changed, skilled])
        expect(answer).toMatchObject({ status: 409, body: { refusal: 'already-erased' } });
      expect(await harness.sql(`select email from person where id = $1`, [gone])).toEqual([{ email: null }]);
    });

    it('is never the last administrator: who asked lost the role before the job began', async () => {
      await harness.stopWorker();
      const elsewhere = await harness.institution('Small College');
      const asking = await harness.somebody(elsewhere, ['institution-administrator']);
      const alone = await harness.person(elsewhere, {
        name: 'Al Alone',
        leftOn: '2026-01-31',
        roles: ['institution-administrator'],
      });
      const asked = await harness.post(`data-requests/people/${alone}/erasure`, asking, {
        version: 1,
        name: 'Al Alone',
        reason: 'asked',
      });
      expect(asked.status).toBe(200);
      await harness.sql(
        `update role_held set held_from = current_date - 9, held_until = current_date - 5 where person_id = $1`,
        [asking.personId],
      );
      await harness.startWorker();
      const [job] = await harness.until(
        () =>
          harness.sql(
            `select j.status, j.failure from job j join erasure e on e.job_id = j.id where e.person_id = $1`,
            [alone],
          ),
        ([row]) => row?.['status'] === 'failed',
      );
      expect(job).toEqual({ status: 'failed', failure: 'last-administrator' });
      expect(await harness.sql(`select given_name, erased_at from person where id = $1`, [alone])).toEqual([
        { given_name: 'Al', erased_at: null },
      ]);
    });

    it('fails whole where they came back before the job began, and can be asked for again', async () => {
      await harness.stopWorker();
      const back = await harness.person(institutionId, { name: 'Bea Back', leftOn: '2026-01-31' });
      expect((await erase(back, 'Bea Back')).status).toBe(200);
      await harness.sql(`update person set left_on = null where id = $1`, [back]);
      await harness.startWorker();
      const after = await harness.until(
        () => preview(back),
        ({ erasure }) => erasure?.status === 'failed',
      );
      expect(after).toMatchObject({ person: { name: 'Bea Back' }, erasure: { job: { failure: 'still-active' } } });
      await harness.sql(`update person set left_on = '2026-01-31' where id = $1`, [back]);
      expect((await erase(back, 'Bea Back')).status).toBe(200);
      await harness.until(
        () => preview(back),
        ({ erasure }) => erasure?.status === 'done',
      );
    });

    it('come back as somebody new where a later file or hand names their number again', async () => {
      const gone = await harness.person(institutionId, {
        name: 'Rob Return',
        leftOn: '2026-01-31',
        email: 'rob@college.example',
      });
      await harness.sql(`update person set staff_number = '4711' where id = $1`, [gone]);
      expect((await erase(gone, 'Rob Return')).status).toBe(200);
      await harness.until(
        () => preview(gone),
        ({ erasure }) => erasure?.status === 'done',
      );
      const again = await harness.post('people', administrator, {
        ...{ givenName: 'Rob', familyName: 'Return', email: 'rob@college.example', jobTitle: null },
        ...{ unitId: null, gradeId: null, lineManagerId: null, technician: true },
      });
      expect(again.status).toBe(201);
      expect((again.body as { id: string }).id).not.toBe(gone);
    });

    it('are suggested when their time has run out, and listed with every export', async () => {
      await harness.person(institutionId, { name: 'Olga Overdue', leftOn: '2020-01-31' });
      await harness.person(institutionId, { name: 'Fred Fresh', leftOn: '2026-11-01' });
      const suggested = suggestedPage.parse((await harness.get('data-requests/suggested', administrator)).body);
      expect(suggested).toMatchObject({ days: 730, total: 1, rows: [{ name: 'Olga Overdue', leftOn: '2020-01-31' }] });
      const page = dataRequestsPage.parse(
        (await harness.get('data-requests?kind=erasure&pageSize=2', administrator)).body,
      );
      expect(page.rows).toHaveLength(2);
      expect(page.rows[0]).toMatchObject({
        kind: 'erasure',
        name: 'Erased person',
        status: 'done',
        reason: 'time-run-out',
      });
      const file = await harness.get('data-requests/list?kind=export', administrator);
      expect(file.headers.get('content-disposition')).toContain('data-requests.csv');
      expect(String(file.body)).toContain('administrator');
      expect((await harness.get('data-requests', coordinator)).status).toBe(403);
    });
  });
});
