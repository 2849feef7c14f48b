import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportView, JobView, RoundView } from '@waymark/contracts';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of a real worker process in the middle of real work: nothing half-done, and the job goes on. */
describe('a worker killed', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((child) => killed(child)));
  });
  afterAll(() => harness.stop());

  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        PUBLIC_URL: 'http://localhost:8700',
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
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

  const csvOf = (people: number) =>
    [
      'first name,last name,email address,organisation,grade,profession',
      ...Array.from(
        { length: people },
        (_, n) => `Mentee,Number${n},mentee.${n}@college.example,Unit ${n % 7},Grade ${n % 5},Profession ${n % 3}`,
      ),
    ].join('\n');

  const previewed = async (people: number): Promise<ImportView> => {
    const round = (await harness.post('mentoring/rounds', coordinator, { name: `Round of ${people}` }))
      .body as RoundView;
    const started = await harness.post('mentoring/imports', coordinator, {
      roundId: round.id,
      side: 'mentees',
      fileName: 'mentees.csv',
      content: Buffer.from(csvOf(people)).toString('base64'),
    });
    expect(started.status).toBe(201);
    const uploaded = started.body as ImportView;
    const body = {
      mapping: uploaded.mapping,
      placesDefault: 2,
      gradeOrder: ['Grade 0', 'Grade 1', 'Grade 2', 'Grade 3', 'Grade 4'],
    };
    const preview = await harness.put(`mentoring/imports/${uploaded.id}/preview`, coordinator, {
      ...body,
      version: uploaded.version,
    });
    expect(preview).toMatchObject({ status: 200, body: { status: 'previewed', preview: { new: people, refused: 0 } } });
    return preview.body as ImportView;
  };

  const jobOf = async (importId: string) =>
    (
      await harness.sql<Pick<JobView, 'status' | 'stage'>>(
        `select j.status, j.stage from job j join round_import i on i.job_id = j.id where i.id = $1`,
        [importId],
      )
    )[0];
  const peopleLoaded = async () =>
    Number((await harness.sql<{ n: string }>(`select count(*) as n from person where email like 'mentee.%'`))[0]?.n);

  it('in the middle of an import leaves nobody half-loaded, and the next worker loads everybody once', async () => {
    const people = 8_000;
    const preview = await previewed(people);
    const applied = await harness.post(`mentoring/imports/${preview.id}/apply`, coordinator, {
      version: preview.version,
    });
    expect(applied).toMatchObject({ status: 200, body: { status: 'applying' } });
    const first = startWorker();
    await harness.until(
      () => jobOf(preview.id),
      (job) => job?.status === 'running',
    );
    // Some moments into the work, long before its end.
    await new Promise((resolve) => setTimeout(resolve, 150));
    await killed(first);
    const [whileDead] = await harness.sql<{ status: string }>(`select status from round_import where id = $1`, [
      preview.id,
    ]);
    const loadedBefore = await peopleLoaded();
    expect(['applying', 'applied']).toContain(whileDead?.status);
    expect(loadedBefore).toBe(whileDead?.status === 'applied' ? people : 0);
    startWorker();
    await harness.until(
      () => jobOf(preview.id),
      (job) => job?.status === 'done',
      60,
    );
    expect(await peopleLoaded()).toBe(people);
    const [counts] = await harness.sql(
      `select (select count(*) from round_mentee)::int as joined, (select count(*) from request)::int as requests,
         (select count(*) from account where email like 'mentee.%')::int as accounts, (select count(*) from round_import_row)::int as rows`,
    );
    expect(counts).toEqual({ joined: people, requests: people, accounts: people, rows: 0 });
  }, 120_000);

  it('in the middle of a run leaves no result, and the next worker brings the whole of it', async () => {
    const [round] = await harness.sql<{ id: string }>(`select id from round`);
    const roundId = round?.id ?? '';
    // As many mentors as make the run last some seconds.
    await harness.sql(
      `with mentor as (
         insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
         select $1, uuidv7(), 'Mentor', 'Number' || n, true, now(), 1 from generate_series(1, 300) n returning id
       ), enrolled as (
         insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
         select $1, uuidv7(), id, 'active', 2, '{"profession": ["Profession 1"]}', now(), 1 from mentor returning id
       ) insert into round_mentor (institution_id, round_id, enrolment_id) select $1, $2, id from enrolled`,
      [coordinator.institutionId, roundId],
    );
    const read = async () => (await harness.get(`mentoring/rounds/${roundId}`, coordinator)).body as RoundView;
    const open = await read();
    const rules = {
      ...open.rules,
      never: { ...open.rules.never, sameUnit: false },
      points: { ...open.rules.points, shared: [{ attribute: 'profession', points: 10 }] },
    };
    const changed = await harness.put(`mentoring/rounds/${roundId}`, coordinator, {
      version: open.version,
      name: open.name,
      rules,
    });
    expect(changed.status).toBe(200);
    const started = await harness.post(`mentoring/rounds/${roundId}/runs`, coordinator, {
      version: (changed.body as RoundView).version,
    });
    expect(started.status).toBeLessThan(300);
    const first = startWorker();
    const job = async () =>
      (
        await harness.sql<{ status: string; stage: string }>(
          `select status, stage from job where kind = 'mentoring.match-round'`,
        )
      )[0];
    await harness.until(job, (row) => row?.status === 'running' && row.stage !== 'waiting');
    await killed(first);
    expect(await job()).toMatchObject({ status: 'running' });
    expect(await harness.sql(`select from run_pair`)).toEqual([]);
    expect(await read()).toMatchObject({
      status: 'matching',
      runs: [{ status: expect.stringMatching(/queued|matching/), count: null }],
    });
    startWorker();
    const review = await harness.until(read, ({ status }) => status === 'review', 90);
    expect(review.runs).toMatchObject([{ status: 'done', count: 600 }]);
    expect((await harness.sql(`select from run_pair`)).length).toBe(600);
  }, 180_000);
});
