import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newRoundRules, replayView, type RoundView, whyNotView } from '@waymark/contracts';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';
import { Records } from './rounds-records';

const api = join(__dirname, '../../../dist/apps/api/main.js');
if (!existsSync(api)) throw new Error('the API is not built: npm test builds it first, or run `npx nx build api`');

/** The built API answers questions about a large round in a thread: everybody else is served meanwhile. */
describe('a question about a round of a million pairs', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let child: ChildProcess;
  let address: string;
  let runId: string;
  let roundId: string;
  let two: string;

  beforeAll(async () => {
    harness = await Harness.start();
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    const { id } = (await harness.post('mentoring/rounds', coordinator, { name: 'Large' })).body as RoundView;
    await new Records(harness, coordinator.institutionId).crowd(id, 2000, 500);
    roundId = id;
    runId = await finishedRun(id);
    const [pair] = await harness.sql<{ menteeId: string; mentorId: string }>(
      `select (select r.person_id from round_mentee rm join request r on r.id = rm.request_id where rm.round_id = $1 limit 1) as "menteeId",
         (select e.person_id from round_mentor rm join enrolment e on e.id = rm.enrolment_id where rm.round_id = $1 limit 1) as "mentorId"`,
      [id],
    );
    two = `menteeId=${pair?.menteeId ?? ''}&mentorId=${pair?.mentorId ?? ''}`;
    const port = await freePort();
    address = `http://localhost:${port}/api`;
    child = spawn(process.execPath, [api], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: `http://localhost:${port}`,
        PORT: String(port),
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
    await harness.until(
      () =>
        fetch(`${address}/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      (ready) => ready,
      60,
    );
  }, 120_000);
  afterAll(async () => {
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
    await harness.stop();
  });

  /** Without its pairs, which the question does not read. */
  const finishedRun = async (roundId: string): Promise<string> => {
    const [id, jobId] = [randomUUIDv7(), randomUUIDv7()];
    const institution = coordinator.institutionId;
    await harness.sql(
      `insert into job (institution_id, id, kind, status, stage, percent, subject_id, requested_by, cancel_asked, created_at)
       values ($1, $2, 'mentoring.match-round', 'done', 'finished', 100, $3, $4, false, now())`,
      [institution, jobId, id, coordinator.personId],
    );
    const rules = { ...newRoundRules, never: { ...newRoundRules.never, sameUnit: false } };
    const summary = { inputHash: 'of another time', engineVersion: 'an earlier one' };
    await harness.sql(
      `insert into run (institution_id, id, round_id, number, status, rules, job_id, summary, started_at, started_by)
       values ($1, $2, $3, 1, 'done', $4, $5, $6, now(), $7)`,
      [institution, id, roundId, rules, jobId, summary, coordinator.personId],
    );
    return id;
  };

  const ask = async (path: string) => {
    const answer = await fetch(`${address}/${path}`, { headers: { cookie: coordinator.cookie } });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };

  /** Asks something small again and again until the work is done, and tells the longest anybody waited. */
  const whileAskingElse = async <Result>(work: Promise<Result>): Promise<{ result: Result; longestMs: number }> => {
    let over = false;
    const watched = work.finally(() => (over = true));
    let longestMs = 0;
    while (!over) {
      const asked = performance.now();
      expect((await ask('session')).status).toBe(200);
      longestMs = Math.max(longestMs, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { result: await watched, longestMs };
  };

  it('is answered, while others are served without waiting for it', async () => {
    const { result, longestMs } = await whileAskingElse(ask(`mentoring/runs/${runId}/why-not?${two}`));
    expect(result.status).toBe(200);
    const view = whyNotView.parse(result.body);
    expect(view.asRun).toBe(false);
    expect(view.answer).toMatchObject({ kind: expect.stringMatching(/^(allowed|paired)$/) });
    // Reading the people takes a moment of the API's own; scoring and solving would take far more.
    expect(longestMs).toBeLessThan(700);
  });

  it('is answered again from what the thread remembers, and when many ask at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(`mentoring/runs/${runId}/why-not?${two}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('a replay is computed there too', async () => {
    const { result, longestMs } = await whileAskingElse(ask(`mentoring/runs/${runId}/replay`));
    expect(replayView.parse(result.body)).toMatchObject({
      ...{ sameInput: false, sameResult: null, engineVersion: { run: 'an earlier one' } },
    });
    expect(longestMs).toBeLessThan(700);
  });

  it('ends with the API: who waits for an answer is told, and nothing keeps the process', async () => {
    // Another input than the thread remembers, and one that takes it a while.
    await new Records(harness, coordinator.institutionId).crowd(roundId, 4000, 1000);
    const asked = ask(`mentoring/runs/${runId}/why-not?${two}`);
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGTERM');
    const { status, body } = await asked;
    // Where the machine was quick enough the answer came before the stop.
    expect([200, 503]).toContain(status);
    if (status === 503) expect(body).toMatchObject({ refusal: 'not-ready' });
    expect(
      await Promise.race([exited, new Promise((resolve) => setTimeout(() => resolve('still there'), 15_000))]),
    ).not.toBe('still there');
  }, 60_000);
});

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
