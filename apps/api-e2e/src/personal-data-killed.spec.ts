import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { arrange, newCanary, whereIs } from './canary';
import { Harness, type SignedIn } from './harness';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of a real worker process while it erases somebody: nobody is ever half erased. */
describe('a worker killed while it erases somebody', () => {
  let harness: Harness;
  let administrator: SignedIn;
  let institutionId: string;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
    institutionId = await harness.institution();
    administrator = await harness.somebody(institutionId, ['institution-administrator']);
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
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: 'http://localhost:8700',
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
    running.push(child);
    return child;
  };
  /** Holds a row that the erasure comes to after many others, until `release`: so it stands in the middle of its work. */
  const hold = async (personId: string) => {
    const client = await harness.owner.connect();
    await client.query('begin');
    await client.query('select from correction where person_id = $1 for update', [personId]);
    return {
      reached: async () =>
        (
          await client.query(
            'select from pg_locks l where not granted and pg_backend_pid() = any (pg_blocking_pids(l.pid))',
          )
        ).rows,
      release: async () => {
        await client.query('rollback');
        client.release();
      },
    };
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

  /** Somebody with many records. */
  const leaver = async () => {
    const canary = newCanary();
    const personId = await harness.person(institutionId, {
      name: `${canary.given} ${canary.family}`,
      email: canary.email,
      leftOn: '2026-01-31',
    });
    await harness.signIn(institutionId, personId);
    await arrange(harness, 'correction', {
      ...{ institution_id: institutionId, person_id: personId, field: 'unit', should_be: canary.token, status: 'open' },
    });
    await harness.sql(
      `insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
       select $1, uuidv7(), 'other.' || n || '@college.example', $2, repeat('words of no matter ', 60) || $2, 'kept', 0, now()
       from generate_series(1, 2000) n`,
      [institutionId, `About ${canary.given} ${canary.family}`],
    );
    return { ...canary, personId };
  };

  it.each(['at its beginning', 'while it writes'])(
    '%s leaves all of them or nothing, and the next worker ends it',
    async (moment) => {
      const { personId, token, family, given } = await leaver();
      const words = [token, family];
      const asked = await harness.post(`data-requests/people/${personId}/erasure`, administrator, {
        version: 1,
        name: `${given} ${family}`,
        reason: 'time-run-out',
      });
      expect(asked.status).toBe(200);
      const all = await whereIs(harness, words);
      const status = async () =>
        (
          await harness.sql<{ status: string; stage: string }>(
            `select j.status, j.stage from job j join erasure e on e.job_id = j.id where e.person_id = $1`,
            [personId],
          )
        )[0];
      const held = moment === 'while it writes' ? await hold(personId) : null;
      const first = startWorker();
      try {
        await harness.until(status, (job) => job?.status === 'running');
        if (held) await harness.until(held.reached, (waiting) => waiting.length === 1);
      } finally {
        await killed(first);
        await held?.release();
      }
      const [erasure] = await harness.sql<{ status: string }>(`select status from erasure where person_id = $1`, [
        personId,
      ]);
      expect(await whereIs(harness, words)).toEqual(erasure?.status === 'done' ? [] : all);
      startWorker();
      await harness.until(status, (job) => job?.status === 'done', 60);
      expect(await whereIs(harness, words)).toEqual([]);
      expect(
        await harness.sql(`select count(*)::int as n from audit_entry where act = 'person.erase' and subject_id = $1`, [
          personId,
        ]),
      ).toEqual([{ n: 1 }]);
    },
    120_000,
  );
});
