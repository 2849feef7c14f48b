import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonView, StaffImportView } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { csv, seen, StaffImportsOf } from './staff-imports-file';

/** Two at once, an edit meanwhile, stopping, faults, accounts, and other institutions. */
describe('a staff import', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: StaffImportsOf;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator'], 'Cora Ordinator');
    imports = new StaffImportsOf(harness, coordinator);
    await harness.startWorker();
  });
  afterEach(() => harness.stopWorker());

  const person = async (facts: Record<string, unknown>, name = 'Kay Known'): Promise<string> => {
    const id = await harness.person(coordinator.institutionId, { name, email: null });
    for (const [column, value] of Object.entries(facts)) {
      await harness.sql(`update person set ${column} = $2 where id = $1`, [id, value]);
    }
    return id;
  };
  const staff = () =>
    harness.sql<{ number: string; title: string | null; email: string | null }>(
      `select staff_number as number, job_title as title, email from person
       where institution_id = $1 and staff_number is not null order by staff_number`,
      [coordinator.institutionId],
    );

  it('runs one at a time in an institution: of two asked for at once one is told to wait', async () => {
    const views = [
      await imports.previewed('staff', csv('Staff number,Name', '1,Ann Flask')),
      await imports.previewed('staff', csv('Staff number,Name', '2,Bo Beaker')),
    ];
    await harness.stopWorker();
    const answers = await Promise.all(views.map((view) => imports.applying(view)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ refusal: 'import-busy' });
    await harness.startWorker();
    for (const view of views) await imports.settled(view.id);
    expect(await staff()).toHaveLength(1);
    for (const view of views) {
      const now = await imports.see(view.id);
      if (now.status === 'previewed') await imports.apply(now);
    }
    expect(await staff()).toHaveLength(2);
  });

  it('takes any number of leavers where nothing asks for it', async () => {
    const view = await imports.previewed('staff', csv('Staff number,Name', '1,Ann Flask'));
    expect(await imports.apply(view, Number.MAX_SAFE_INTEGER)).toMatchObject({ status: 'applied' });
  });

  it('of one file twice adds nobody twice: the second is judged anew', async () => {
    const file = csv('Staff number,Name', '1,Ann Flask', '2,Bo Beaker');
    const first = await imports.previewed('staff', file);
    const second = await imports.previewed('staff', file);
    await imports.apply(first);
    expect(await imports.apply(second)).toMatchObject({ status: 'applied', counts: { new: 0, unchanged: 2 } });
    expect(await staff()).toHaveLength(2);
  });

  it('takes both where an administrator edited meanwhile: the file its own columns, the edit everything else', async () => {
    const id = await person({ staff_number: '1', job_title: 'Old' });
    await person({ staff_number: '2', job_title: 'Old' }, 'Lee Other');
    const view = await imports.previewed(
      'staff',
      csv('Staff number,Name,Job title', '1,Kay Known,New', '2,Lee Other,New'),
    );
    const before = (await harness.get(`people/${id}`, coordinator)).body as PersonView;
    const edited = await harness.put(`people/${id}`, coordinator, {
      givenName: 'Katherine',
      familyName: before.familyName,
      email: before.email,
      jobTitle: 'Edited',
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      technician: before.technician,
      contractUntil: '2031-07-31',
      version: before.version,
    });
    expect(edited.status).toBe(200);
    await harness.sql(
      `update person set job_title = 'New', version = version + 1 where staff_number = '2' and institution_id = $1`,
      [coordinator.institutionId],
    );
    const applied = await imports.apply(view);
    // Judged anew: what the edit of the other one made right is no change any more.
    expect(applied.counts).toMatchObject({ changed: 1, unchanged: 1 });
    const [row] = await imports.rows(applied.id, '&outcome=changed');
    expect(row?.changes).toEqual([
      { field: 'given-name', from: 'Katherine', to: 'Kay' },
      { field: 'job-title', from: 'Edited', to: 'New' },
    ]);
    expect((await harness.get(`people/${id}`, coordinator)).body).toMatchObject({
      givenName: 'Kay',
      jobTitle: 'New',
      contractUntil: '2031-07-31',
    });
  });

  it('makes an edit wait while it writes, and the edit is told that the person has changed', async () => {
    const id = await person({ staff_number: '1', job_title: 'Old' });
    const view = await imports.previewed('staff', csv('Staff number,Name,Job title', '1,Kay Known,New'));
    // The applying transaction is held up at its last write.
    await harness.sql(
      `create function wait_a_little() returns trigger language plpgsql as $$ begin perform pg_sleep(1.5); return null; end $$`,
    );
    await harness.sql(
      `create trigger slow after insert on staff_import_effect for each statement execute function wait_a_little()`,
    );
    seen(await imports.applying(view));
    await harness.until(
      () =>
        harness.sql(
          `select from pg_locks where locktype = 'advisory' and granted
             and database = (select oid from pg_database where datname = current_database())`,
        ),
      (rows) => rows.length > 0,
    );
    const edit = await harness.put(`people/${id}`, coordinator, {
      givenName: 'Kay',
      familyName: 'Edited',
      email: null,
      jobTitle: 'Mine',
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      technician: true,
      version: 1,
    });
    expect(edit).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile' } });
    expect(await imports.settled(view.id)).toMatchObject({ status: 'applied' });
    await harness.sql(`drop trigger slow on staff_import_effect; drop function wait_a_little()`);
    expect(await staff()).toEqual([{ number: '1', title: 'New', email: null }]);
  });

  it('that fails at its last write leaves nothing, and can be applied again', async () => {
    const view = await imports.previewed(
      'staff',
      csv('Staff number,E-mail,Name,Unit', '1,a@college.example,Ann Flask,Chemistry'),
    );
    await harness.sql(
      `create function refuse_delete() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await harness.sql(`create trigger no_delete before delete on staff_import_line execute function refuse_delete()`);
    const failed = await imports.apply(view);
    await harness.sql(`drop trigger no_delete on staff_import_line; drop function refuse_delete()`);
    expect(failed).toMatchObject({ status: 'previewed', failure: 'unexpected', may: { apply: true } });
    expect(await staff()).toEqual([]);
    expect(await harness.sql(`select from unit where institution_id = $1`, [coordinator.institutionId])).toEqual([]);
    expect(await imports.apply(failed)).toMatchObject({ status: 'applied', failure: null });
    expect(await staff()).toHaveLength(1);
  });

  it('that is stopped before it is read, previewed, applied or undone leaves things as they were', async () => {
    const stop = async (view: StaffImportView) => {
      expect(await harness.post(`jobs/${view.job?.id ?? ''}/cancel`, coordinator)).toMatchObject({ status: 200 });
      await harness.startWorker();
      return imports.settled(view.id);
    };
    const file = csv('Staff number,Name', '1,Ann Flask');
    await harness.stopWorker();
    expect(await stop(seen(await imports.upload('staff', file), 201))).toMatchObject({ status: 'discarded' });
    const read = await imports.read('staff', file);
    await harness.stopWorker();
    const uploaded = await stop(seen(await imports.previewing(read)));
    expect(uploaded).toMatchObject({ status: 'uploaded', failure: null, job: { status: 'cancelled' } });
    const previewed = await imports.preview(uploaded);
    await harness.stopWorker();
    const stopped = await stop(seen(await imports.applying(previewed)));
    expect(stopped).toMatchObject({ status: 'previewed' });
    expect(await staff()).toEqual([]);
    const applied = await imports.apply(stopped);
    await harness.stopWorker();
    expect(await stop(seen(await imports.undoing(applied)))).toMatchObject({ status: 'applied', may: { undo: true } });
    expect(await staff()).toHaveLength(1);
    expect(await harness.sql(`select from staff_import_chunk`)).toEqual([]);
  });

  it('sent twice with one key is one import; another file under the same key is refused', async () => {
    const key = randomUUID();
    const file = csv('Staff number,Name', '1,Ann Flask');
    const first = seen(await imports.upload('staff', file, 'staff.csv', key), 201);
    const again = seen(await imports.upload('staff', file, 'staff.csv', key), 201);
    expect(again.id).toBe(first.id);
    const other = await imports.upload('staff', csv('Staff number,Name', '2,Bo Beaker'), 'staff.csv', key);
    expect(other).toMatchObject({ status: 422, body: { refusal: 'idempotency-key-reused' } });
    await imports.settled(first.id);
    expect(
      await harness.sql(`select from staff_import where institution_id = $1`, [coordinator.institutionId]),
    ).toHaveLength(1);
    expect(
      await harness.sql(`select from staff_import_chunk where institution_id = $1`, [coordinator.institutionId]),
    ).toEqual([]);
  });

  describe('and accounts', () => {
    const held = async (id: string) => {
      await harness.sql(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'institution-administrator', current_date)`,
        [coordinator.institutionId, id],
      );
    };
    const moving = csv(
      'Staff number,E-mail,Name',
      '1,mine@elsewhere.example,Ada Admin',
      '2,new@college.example,Kay Known',
    );

    it('a coordinator does not become the administrator by a file: the address of whoever holds a role stays', async () => {
      await held(await person({ staff_number: '1', email: `ada-${randomUUID()}@college.example` }, 'Ada Admin'));
      await person({ staff_number: '2', email: `kay-${randomUUID()}@college.example` });
      const applied = await imports.applied('staff', moving);
      expect(await imports.told(applied.id)).toEqual(['2: unchanged (email-kept)', '3: changed']);
      const [ada, kay] = await staff();
      expect(ada?.email).toMatch(/^ada-/);
      expect(kay?.email).toBe('new@college.example');
      const [link] = await harness.sql(
        `select a.email from account_person ap join account a on a.id = ap.account_id join person p on p.institution_id = ap.institution_id and p.id = ap.person_id
         where ap.institution_id = $1 and p.staff_number = '2'`,
        [coordinator.institutionId],
      );
      expect(link).toEqual({ email: 'new@college.example' });
    });

    it('an administrator may; whoever could sign in hears of it at the old address, and their sessions end', async () => {
      const administrator = await harness.somebody(coordinator.institutionId, ['institution-administrator']);
      const ada = await person({ staff_number: '1', email: `ada-${randomUUID()}@college.example` }, 'Ada Admin');
      const signedIn = await harness.signIn(coordinator.institutionId, ada);
      await harness.sql(
        `update account set password_hash = 'x' where id = (select account_id from account_person where person_id = $1)`,
        [ada],
      );
      const applied = await new StaffImportsOf(harness, administrator).applied('staff', moving);
      expect(applied.counts).toMatchObject({ changed: 1, new: 1 });
      expect((await staff())[0]?.email).toBe('mine@elsewhere.example');
      expect((await harness.get('home', signedIn)).status).toBe(401);
      expect(
        await harness.sql(`select subject from mail_message where institution_id = $1 and recipient like 'ada-%'`, [
          coordinator.institutionId,
        ]),
      ).toEqual([{ subject: 'Your address in Waymark was changed' }]);
      const undone = await new StaffImportsOf(harness, administrator).undo(applied);
      expect(undone.undo).toMatchObject({ putBack: 1, removed: 1 });
      expect((await staff())[0]?.email).toMatch(/^ada-/);
    });
  });

  it('whose leavers grew past a fifth since the preview asks for their number', async () => {
    for (let n = 1; n <= 6; n += 1) await person({ staff_number: String(n) }, `Person Number${n}`);
    const file = csv(
      'Staff number,Name',
      ...Array.from({ length: 6 }, (_, n) => `${n + 1},Person Number${n + 1}`),
      '9,New Person',
    );
    const view = await imports.previewed('staff', file, { settings: { missingAreLeavers: true } });
    expect(view).toMatchObject({ confirmLeavers: false, counts: { leaver: 0 } });
    for (let n = 11; n <= 14; n += 1) await person({ staff_number: String(n) }, `Fresh Person${n}`);
    expect(await imports.apply(view)).toMatchObject({ status: 'previewed', failure: 'leavers-unconfirmed' });
    expect(await staff()).toHaveLength(10);
  });

  it('is nobody’s business in another institution', async () => {
    const view = await imports.previewed('staff', csv('Staff number,Name', '1,Ann Flask'));
    const stranger = await harness.somebody(await harness.institution('Other College'), ['coordinator']);
    const path = `people/staff-imports/${view.id}`;
    for (const read of [path, `${path}/rows`, `${path}/rows/export`]) {
      expect(await harness.get(read, stranger)).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    }
    const { version } = view;
    const bodies: Record<string, unknown> = {
      apply: { version, leavers: null },
      undo: { version },
      discard: { version },
    };
    for (const [act, body] of Object.entries(bodies)) {
      expect(await harness.post(`${path}/${act}`, stranger, body)).toMatchObject({ status: 404 });
    }
    expect(await new StaffImportsOf(harness, stranger).previewing(view)).toMatchObject({ status: 404 });
    expect((await harness.get('people/staff-imports', stranger)).body).toMatchObject({ total: 0 });
    // One of theirs at the same time does not wait for ours.
    const theirs = new StaffImportsOf(harness, stranger);
    const other = await theirs.previewed('staff', csv('Staff number,Name', '1,Ann Flask'));
    expect(other.counts).toMatchObject({ new: 1 });
    await harness.stopWorker();
    expect((await imports.applying(view)).status).toBe(200);
    expect((await theirs.applying(other)).status).toBe(200);
    await harness.startWorker();
    await imports.settled(view.id);
    await theirs.settled(other.id);
    expect(await staff()).toHaveLength(1);
  });

  it('is swept away in time: broken uploads, what undoing needs, and rows', async () => {
    const applied = await imports.applied('staff', csv('Staff number,Name', '1,Ann Flask'));
    const waiting = await imports.previewed('staff', csv('Staff number,Name', '2,Bo Beaker'));
    await harness.sql(
      `insert into staff_import_chunk (institution_id, import_id, n, data, at) values ($1, uuidv7(), 1, 'x', now() - interval '2 days')`,
      [coordinator.institutionId],
    );
    const counts = async () =>
      (
        await harness.sql(
          `select (select count(*)::int from staff_import_chunk where institution_id = $1) as chunks,
             (select count(*)::int from staff_import_effect where institution_id = $1) as effects,
             (select count(*)::int from staff_import_line where institution_id = $1) as lines,
             (select count(*)::int from staff_import_row where institution_id = $1) as rows`,
          [coordinator.institutionId],
        )
      )[0];
    await harness.tick('sweep-staff-imports');
    expect(await counts()).toEqual({ chunks: 0, effects: 1, lines: 1, rows: 2 });
    await harness.sql(
      `update staff_import set uploaded_at = uploaded_at - interval '91 days', applied_at = applied_at - interval '31 days' where institution_id = $1`,
      [coordinator.institutionId],
    );
    await harness.tick('sweep-staff-imports');
    expect(await counts()).toEqual({ chunks: 0, effects: 0, lines: 0, rows: 1 });
    expect(await imports.see(waiting.id)).toMatchObject({ status: 'discarded' });
    expect(await imports.see(applied.id)).toMatchObject({ status: 'applied', undoRefused: 'too-late' });
  });
});
