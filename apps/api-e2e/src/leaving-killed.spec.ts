import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Harness } from './harness';
import { settled } from './leaving-records';
import { Records } from './rounds-records';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of real workers while many people leave: each leaving is told and followed once, whole or not at all. */
describe('workers killed while people leave', () => {
  let harness: Harness;
  const running: ChildProcess[] = [];
  const leavers = 40;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(killed));
  });
  afterAll(() => harness.stop());

  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: 'http://localhost:8700',
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

  /** Each leaver mentors one person, has one who reports to them, and all report to one head. */
  const fill = async () => {
    const institutionId = await harness.institution();
    const head = await harness.person(institutionId, { name: 'Harriet Head' });
    const records = new Records(harness, institutionId);
    const roundId = await records.releasedRound(head);
    await harness.sql(
      `with mentor as (
         insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
         select $1, uuidv7(), 'Mentor', 'Number' || n, 'mentor.' || n || '@college.example', $2, true, now(), 1
         from generate_series(1, $4::int) n returning id, family_name, institution_id
       ), mentee as (
         insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
         select m.institution_id, uuidv7(), 'Mentee', m.family_name, 'mentee.' || lower(m.family_name) || '@college.example', null, true, now(), 1
         from mentor m returning id, family_name
       ), enrolled as (
         insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
         select institution_id, uuidv7(), id, 'active', 2, '{}', now(), 1 from mentor returning id, person_id
       ), asked as (
         insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
         select $1, uuidv7(), id, 'matched', '{}', 0, now(), 1 from mentee returning id, person_id
       ), two as (
         select uuidv7() as proposal_id, uuidv7() as pair_id, e.id as enrolment_id, m.id as mentor_id, a.id as request_id, t.id as mentee_id
         from mentor m join mentee t on t.family_name = m.family_name
         join enrolled e on e.person_id = m.id join asked a on a.person_id = t.id
       ), proposed as (
         insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
           proposed_at, version)
         select $1, proposal_id, $3, request_id, enrolment_id, mentee_id, mentor_id, 'agreed', '[]', now(), 1 from two returning id
       ), paired as (
         insert into pair (institution_id, id, proposal_id, request_id, enrolment_id, mentee_id, mentor_id, status, goals, rhythm,
           mode, agreed_at, ends_on, version)
         select $1, pair_id, proposal_id, request_id, enrolment_id, mentee_id, mentor_id, 'active', 'Learn', 'monthly', 'either',
           now(), current_date + 100, 1 from two returning id
       ) insert into relationship (institution_id, id, kind, subject_id, object_id, since, source_id)
         select $1, uuidv7(), 'paired-with', mentor_id, mentee_id, now(), pair_id from two`,
      [institutionId, head, roundId, leavers],
    );
    await harness.sql(
      `insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
       select institution_id, uuidv7(), 'Report', family_name, 'report.' || lower(family_name) || '@college.example', id, true, now(), 1
       from person where institution_id = $1 and given_name = 'Mentor'`,
      [institutionId],
    );
    return { institutionId, head };
  };

  const state = async (institutionId: string) =>
    (
      await harness.sql<Record<string, number>>(
        `select
           (select count(*) from pair where institution_id = $1 and status = 'ended')::int as ended,
           (select count(*) from relationship where institution_id = $1 and until is not null)::int as over,
           (select count(*) from enrolment where institution_id = $1 and status = 'retired')::int as retired,
           (select count(*) from request where institution_id = $1 and status = 'open' and rounds_waited = 1)::int as front,
           (select count(*) from audit_entry where institution_id = $1 and act = 'pair.end')::int as lines,
           (select count(*) from mail_message where institution_id = $1 and recipient like 'mentee.%')::int as letters`,
        [institutionId],
      )
    )[0];

  it('ends each pair once, whole or not at all, and passes every report on', async () => {
    const { institutionId, head } = await fill();
    await harness.sql(
      `update person set left_on = current_date - 1 where institution_id = $1 and given_name = 'Mentor'`,
      [institutionId],
    );
    for (let kills = 0; kills < 4; kills += 1) {
      const before = (await state(institutionId))?.['ended'] ?? 0;
      const child = startWorker();
      await harness.until(
        () => state(institutionId),
        (now) => (now?.['ended'] ?? 0) > before,
      );
      await new Promise((resolve) => setTimeout(resolve, kills * 130));
      await killed(child);
      const now = await state(institutionId);
      // Whatever has ended has ended as a whole.
      const { ended } = now ?? {};
      expect(now).toEqual({ ended, over: ended, retired: ended, front: ended, lines: ended, letters: ended });
      expect(ended).toBeLessThan(leavers);
    }
    startWorker();
    const all = { ended: leavers, over: leavers, retired: leavers, front: leavers, lines: leavers, letters: leavers };
    await harness.until(
      () => state(institutionId),
      (now) => now?.['ended'] === leavers,
      90,
    );
    await settled(harness);
    expect(await state(institutionId)).toEqual(all);
    const [reports] = await harness.sql(
      `select count(*) filter (where line_manager_id = $2)::int as passed, count(*)::int as all from person
       where institution_id = $1 and given_name = 'Report'`,
      [institutionId, head],
    );
    expect(reports).toEqual({ passed: leavers, all: leavers });
    const letters = await harness.sql(
      `select count(*)::int as n, count(distinct recipient)::int as people from mail_message
       where institution_id = $1 and recipient like 'report.%'`,
      [institutionId],
    );
    expect(letters).toEqual([{ n: leavers, people: leavers }]);
  }, 240_000);
});
