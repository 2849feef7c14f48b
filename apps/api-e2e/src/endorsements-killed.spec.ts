import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EndorsementRecords, mailTo, secretsIn, type Submitted } from './endorsements-records';
import { Harness } from './harness';

const worker = join(__dirname, '../../..', process.env['WAYMARK_BUILT'] ?? 'dist/apps/api', 'worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/**
 * kill -9 of a real worker in the middle of what endorsements owe: it is held at a table that it writes late, killed, and
 * let go. Nothing of it is left, and the next worker does the whole of it, once.
 */
describe('workers killed over endorsements', () => {
  let harness: Harness;
  let institutionId: string;
  let records: EndorsementRecords;
  let head: string;
  let manager: string;
  let callId: string;
  const running: ChildProcess[] = [];
  const several = 25;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  beforeEach(async () => {
    // The scheduler goes through every institution: those of the tests before owe nothing any more.
    institutionId = await harness.institution();
    const coordinator = await harness.person(institutionId, { name: 'Cora Dinator' });
    head = await harness.person(institutionId, { name: 'Heddy Crown' });
    manager = await harness.person(institutionId, { name: 'Mana Ger', lineManagerId: head });
    records = new EndorsementRecords(harness, institutionId, coordinator);
    callId = await records.call({
      ...{ opens_at: inDays(-60), closes_at: inDays(-20), endorse_by: inDays(30) },
      ...{ decide_by: inDays(60), reserve_until: inDays(90), claim_by: inDays(300), status: 'closed' },
    });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(killed));
  });
  afterAll(() => harness.stop());

  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: harness.config.publicUrl,
        LOG_LEVEL: 'silent',
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
    running.push(child);
    return child;
  };
  const killed = (child: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        resolve();
        return;
      }
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  /** A worker comes as far as this table, with what it wrote before and nothing committed, and is killed there. */
  const killedAt = async (table: 'application_event' | 'mail_message'): Promise<void> => {
    const holder = await harness.owner.connect();
    await holder.query('begin');
    await holder.query(`lock table ${table} in exclusive mode`);
    const child = startWorker();
    const waiting = () =>
      harness.sql<{ pid: number }>(`select pid from pg_locks where not granted and relation = $1::regclass`, [table]);
    await harness.until(waiting, (rows) => rows.length > 0, 60);
    await killed(child);
    await holder.query('rollback');
    holder.release();
    // What its connections still did, they have undone.
    await harness.until(
      () =>
        harness.sql(
          `select from pg_locks where mode = 'RowExclusiveLock' and relation in ('endorsement'::regclass, 'endorsement_link'::regclass)`,
        ),
      (rows) => rows.length === 0,
    );
  };
  const applications = async (): Promise<Submitted[]> => {
    const made: Submitted[] = [];
    for (let at = 0; at < several; at += 1) {
      const person = await harness.person(institutionId, { name: `Tech Nician${at}`, lineManagerId: manager });
      made.push(await records.submitted(callId, person, { at: new Date(inDays(-10)) }));
    }
    return made;
  };
  /** The manager was asked so many days ago, and their letter is written. */
  const askedDaysAgo = (days: number) =>
    harness.sql(
      `with asked as (
         insert into endorsement (institution_id, id, application_id, submission_number, purpose, status, asked_of, asked_as,
           asked_at, passes_on_at, version)
         select institution_id, uuidv7(), id, 1, 'application', 'asked', $2, 'line-manager', now() - make_interval(days => $3),
           now() + make_interval(days => 7 - $3), 1
         from application where call_id = $1 returning institution_id, id)
       insert into endorsement_link (token_hash, institution_id, endorsement_id, person_id, created_at, expires_at)
       select sha256(id::text::bytea), institution_id, id, $2, now(), now() from asked`,
      [callId, manager, days],
    );
  const endorsements = () =>
    harness.sql<{ status: string; asked_as: string; n: number; of: number }>(
      `select n.status, n.asked_as, count(*)::int as n, count(distinct n.application_id)::int as of
       from endorsement n join application a on a.id = n.application_id where a.call_id = $1 group by 1, 2 order by 1, 2`,
      [callId],
    );
  const events = async () =>
    (
      await harness.sql<{ kind: string; n: number }>(
        `select e.kind, count(*)::int as n from application_event e join application a on a.id = e.application_id
         where a.call_id = $1 group by 1 order by 1`,
        [callId],
      )
    ).map(({ kind, n }) => `${kind} ${n}`);
  const untouched = [{ status: 'asked', asked_as: 'line-manager', n: several, of: several }];

  it('in the middle of passing on: everything still waits for the manager, then each goes on once, with one link', async () => {
    await applications();
    await askedDaysAgo(8);
    await killedAt('application_event');
    expect(await endorsements()).toEqual(untouched);
    expect(await events()).toEqual([]);
    startWorker();
    await harness.until(
      () => mailTo(harness, head),
      (rows) => rows.flatMap(({ body }) => secretsIn(body)).length >= several,
      60,
    );
    expect(await endorsements()).toEqual([
      { status: 'asked', asked_as: 'next-manager', n: several, of: several },
      { status: 'passed-on', asked_as: 'line-manager', n: several, of: several },
    ]);
    expect(await events()).toEqual([`asked-to-endorse ${several}`, `passed-on ${several}`]);
    expect((await mailTo(harness, head)).flatMap(({ body }) => secretsIn(body))).toHaveLength(several);
  }, 120_000);

  it('in the middle of the letters to those asked: no link is left that nobody has, then each is written once', async () => {
    for (const submitted of await applications()) await records.ask(submitted);
    await killedAt('mail_message');
    const links = () =>
      harness.sql<{ of: string; n: number }>(
        `select l.endorsement_id as of, count(*)::int as n from endorsement_link l where l.person_id = $1 group by 1`,
        [manager],
      );
    // Some may have been told of in an event before, whole; none is half told.
    const told = (await mailTo(harness, manager)).flatMap(({ body }) => secretsIn(body)).length;
    expect(await links()).toHaveLength(told);
    expect(told).toBeLessThan(several);
    startWorker();
    await harness.until(
      () => mailTo(harness, manager),
      (rows) => rows.flatMap(({ body }) => secretsIn(body)).length >= several,
      60,
    );
    const each = await links();
    expect(each).toHaveLength(several);
    expect(each.every(({ n }) => n === 1)).toBe(true);
    const secrets = (await mailTo(harness, manager)).flatMap(({ body }) => secretsIn(body));
    expect(new Set(secrets).size).toBe(several);
    expect(secrets).toHaveLength(several);
  }, 120_000);

  it('in the middle of reminding: nobody counts as reminded who was not, then each is, once', async () => {
    await applications();
    await askedDaysAgo(6);
    const reminded = async () =>
      (
        await harness.sql<{ n: number }>(
          `select count(*)::int as n from endorsement where institution_id = $1 and reminded_at is not null`,
          [institutionId],
        )
      )[0]?.n;
    await killedAt('mail_message');
    expect(await reminded()).toBe(0);
    expect(await mailTo(harness, manager)).toEqual([]);
    startWorker();
    const letters = await harness.until(
      () => mailTo(harness, manager),
      (rows) => rows.flatMap(({ body }) => secretsIn(body)).length >= several,
      60,
    );
    expect(letters.flatMap(({ body }) => secretsIn(body))).toHaveLength(several);
    expect(letters.every(({ subject }) => subject.startsWith('Reminder:'))).toBe(true);
    expect(await reminded()).toBe(several);
    expect(await endorsements()).toEqual(untouched);
  }, 120_000);

  it('in the middle of the deadline: nothing is unendorsed, then everything is, with one letter each', async () => {
    await applications();
    await askedDaysAgo(2);
    await harness.sql(`update call set endorse_by = now() - interval '1 minute' where id = $1`, [callId]);
    const standing = async () => ({
      applications: await harness.sql(
        `select status, count(*)::int as n from application where call_id = $1 group by 1`,
        [callId],
      ),
      endorsements: await endorsements(),
      events: await events(),
      letters: await harness.sql(
        `select count(*)::int as n, count(distinct m.recipient)::int as of from mail_message m
         where m.institution_id = $1 and m.subject = 'Nobody has answered on your application in time'`,
        [institutionId],
      ),
    });
    await killedAt('mail_message');
    expect(await standing()).toEqual({
      applications: [{ status: 'submitted', n: several }],
      endorsements: untouched,
      ...{ events: [], letters: [{ n: 0, of: 0 }] },
    });
    startWorker();
    const done = await harness.until(standing, (now) => now.applications[0]?.['status'] === 'unendorsed', 60);
    expect(done).toEqual({
      applications: [{ status: 'unendorsed', n: several }],
      endorsements: [{ status: 'unendorsed', asked_as: 'line-manager', n: several, of: several }],
      events: [`unendorsed ${several}`],
      letters: [{ n: several, of: several }],
    });
  }, 120_000);
});
