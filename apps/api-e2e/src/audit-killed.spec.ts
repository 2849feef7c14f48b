import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KeptHeads, Reads, StoredChain, verifyChain } from '@waymark/api-platform';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Harness } from './harness';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of real sealing workers, two at a time, while people write. */
describe('a sealing worker killed', () => {
  let harness: Harness;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
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
  const seals = async () => (await harness.sql<{ n: number }>('select count(*)::int as n from audit_seal'))[0]?.n ?? 0;

  it('leaves every row sealed once, in one chain, and its heads right', async () => {
    const institutionId = await harness.institution();
    const rows = 60_000;
    await harness.sql(
      `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details)
       select $1, uuidv7(), now(), 'person.add', 'person', uuidv7(), '{}' from generate_series(1, $2::int)`,
      [institutionId, rows],
    );
    let kills = 0;
    const deadline = Date.now() + 60_000;
    for (let sealed = 0; sealed < rows && Date.now() < deadline; sealed = await seals()) {
      const pair = [startWorker(), startWorker()];
      const before = sealed;
      await harness.until(seals, (count) => count > before, 20);
      // Some moments into the work.
      await new Promise((resolve) => setTimeout(resolve, 20 + ((kills * 37) % 180)));
      await Promise.all(pair.map(killed));
      kills += 2;
    }
    expect(kills).toBeGreaterThanOrEqual(2);
    startWorker();
    const [head] = await harness.until(
      () => harness.sql<{ number: string; kept: string }>('select number, kept_number as kept from audit_head'),
      ([row]) => row?.number === String(rows) && Number(row.kept) > 0,
      30,
    );
    expect(head).toMatchObject({ number: String(rows) });
    const chain = new StoredChain(harness.application.get(Reads), harness.clock, institutionId, 0);
    const found = await verifyChain(institutionId, chain, new KeptHeads(harness.config).of(institutionId), () =>
      Promise.resolve(),
    );
    expect(found).toMatchObject({ entries: rows, fault: null });
    expect(found.heads).toBeGreaterThanOrEqual(1);
    expect(await harness.sql('select from audit_unsealed')).toEqual([]);
  }, 150_000);
});
