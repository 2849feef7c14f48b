import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newRoundRules, type RoundView } from '@waymark/contracts';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';
import { Records } from './rounds-records';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** The built worker matches in a thread: its heartbeat goes on, and a run that is stopped stops in the middle. */
describe('a run in a thread of its own', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    harness = await Harness.start();
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
  });
  afterEach(
    () =>
      new Promise<void>((resolve) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  );
  afterAll(() => harness.stop());

  const startWorker = () => {
    child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: 'http://localhost:8700',
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
  };

  const begun = async (name: string, mentees: number, mentors: number) => {
    const { id } = (await harness.post('mentoring/rounds', coordinator, { name })).body as RoundView;
    await new Records(harness, coordinator.institutionId).crowd(id, mentees, mentors);
    const read = async () => (await harness.get(`mentoring/rounds/${id}`, coordinator)).body as RoundView;
    const rules = { ...newRoundRules, never: { ...newRoundRules.never, sameUnit: false } };
    const open = await read();
    const changed = await harness.put(`mentoring/rounds/${id}`, coordinator, { version: open.version, name, rules });
    startWorker();
    await harness.post(`mentoring/rounds/${id}/runs`, coordinator, { version: (changed.body as RoundView).version });
    return read;
  };

  it('comes to the same end as in place', async () => {
    const read = await begun('Small', 40, 30);
    const review = await harness.until(read, ({ status }) => status === 'review', 60);
    expect(review.runs).toMatchObject([{ status: 'done', count: 30, leftOut: 10 }]);
  }, 90_000);

  it('stops within seconds of being asked, in the middle of its work, and leaves nothing', async () => {
    const read = await begun('Large', 3500, 3000);
    const working = await harness.until(
      read,
      ({ runs }) => ['scoring', 'matching'].includes(runs[0]?.job?.stage ?? ''),
      60,
    );
    expect((await harness.post(`jobs/${working.runs[0]?.job?.id ?? ''}/cancel`, coordinator)).status).toBe(200);
    const after = await harness.until(read, ({ status }) => status !== 'matching', 60);
    expect(after).toMatchObject({ status: 'open', runs: [{ status: 'cancelled' }] });
    // It never came to the stage after: what was under way was stopped, not waited for.
    expect(['scoring', 'matching']).toContain(after.runs[0]?.job?.stage);
    expect(
      await harness.sql(`select from run_pair r join run on run.id = r.run_id where run.round_id = $1`, [after.id]),
    ).toEqual([]);
  }, 120_000);
});
