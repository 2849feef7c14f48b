// `node tools/bench/bench-audit.ts`: the audit's chain. Builds first. Writes its section of docs/benchmarks/people.md.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { ensureBuilt } from '../up/builds.ts';
import { writeSection } from './figures-page.ts';
import { median } from './median.ts';

const rows = Number(process.env['BENCH_AUDIT_ROWS'] ?? 1_000_000);
const writers = 16;
const seconds = 5;
const rounds = 3;

if (!process.argv.includes('--as-built')) await ensureBuilt(process.cwd(), (work) => work());
const database = await startTestDatabase();
const heads = mkdtempSync(join(tmpdir(), 'waymark-bench-heads-'));
const workers: ChildProcess[] = [];
const env = {
  ...process.env,
  DATABASE_URL: database.appUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  PUBLIC_URL: 'http://localhost:8700',
  AUDIT_HEADS_DIR: heads,
  LOG_LEVEL: 'silent',
  NODE_ENV: 'production',
};

const startWorker = () => {
  const worker = spawn(process.execPath, ['dist/apps/api/worker.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  workers.push(worker);
  return worker;
};
const stopped = (worker: ChildProcess) =>
  new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.kill('SIGTERM');
  });

/** The page's own route over the large institution, as its auditor, through the built API. */
const searched = async (owner: pg.Pool, institutionId: string) => {
  const secret = randomBytes(24).toString('base64url');
  const { rows: lines } = await owner.query<{ actor: string; subject: string }>(
    `select actor_person_id as actor, subject_id as subject from audit_entry where institution_id = $1 order by at offset $2::int / 2 limit 1`,
    [institutionId, rows],
  );
  const person = `(select id from person where institution_id = $1)`;
  for (const statement of [
    `insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
     values ($1, uuidv7(), 'Ada', 'Gauge', false, now(), 1)`,
    `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), ${person}, 'auditor', '2020-01-01')`,
    `with account as (insert into account (id, email, created_at) values (uuidv7(), 'ada@bench.example', now()) returning id)
     insert into account_person (account_id, institution_id, person_id) select id, $1, ${person} from account`,
  ])
    await owner.query(statement, [institutionId]);
  await owner.query(
    `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
     select uuidv7(), $2, account_id, $1, person_id, now(), now() + interval '1 day' from account_person where institution_id = $1`,
    [institutionId, createHash('sha256').update(secret).digest()],
  );
  const port = await freeDatabasePort();
  const api = spawn(process.execPath, ['dist/apps/api/main.js'], {
    env: { ...env, PORT: String(port), PUBLIC_URL: `http://localhost:${port}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(api);
  const address = `http://127.0.0.1:${port}/api`;
  const ready = () =>
    fetch(`${address}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; tries < 100 && !(await ready()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const filters = [
    '',
    'act=proposal.accept',
    'act=proposal.decline',
    'kind=proposal',
    `who=${lines[0]?.actor}`,
    `record=${lines[0]?.subject}`,
    'correlation=WM-7F3K-20B9',
    'onBehalf=true',
    'from=2020-01-01&to=2020-12-31',
    'from=2026-01-01&act=proposal.accept&kind=proposal',
  ];
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    for (const filter of filters) {
      const before = performance.now();
      const answer = await fetch(`${address}/audit/entries?${filter}`, {
        headers: { cookie: `__Host-waymark=${secret}` },
      });
      await answer.text();
      if (!answer.ok) throw new Error(`${filter}: ${answer.status}`);
      // The first round warms up.
      if (round > 0) times.push(performance.now() - before);
    }
  }
  await stopped(api);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), asked: times.length, filters: filters.length };
};

try {
  const migrated = spawnSync(process.execPath, ['dist/apps/api/migrate.js'], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated');
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  const institution = async (name: string): Promise<string> =>
    (
      await owner.query<{ id: string }>(
        `insert into institution (id, name, nation, time_zone, created_at)
         values (uuidv7(), $1, 'england-and-wales', 'Europe/London', now()) returning id`,
        [name],
      )
    ).rows[0]?.id ?? '';

  const large = await institution('A million rows');
  await owner.query(
    `insert into audit_entry (institution_id, id, at, actor_person_id, act, subject_kind, subject_id, details, correlation_id)
     select $1, uuidv7(interval '1 millisecond' * (n - $2::int)), now() - interval '1 day' + n * interval '1 millisecond', uuidv7(), 'proposal.accept', 'proposal', uuidv7(),
       jsonb_build_object('superseded', n % 4, 'paused', n % 7 = 0), 'WM-7F3K-20B9' from generate_series(1, $2::int) n`,
    [large, rows],
  );
  await owner.query('vacuum analyze audit_entry');
  const waiting = async (): Promise<number> =>
    (await owner.query<{ n: number }>('select count(*)::int as n from audit_unsealed')).rows[0]?.n ?? 0;
  console.log(`Sealing ${rows} rows …`);
  const began = performance.now();
  const sealer = startWorker();
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 250));
  const sealMs = performance.now() - began;
  await stopped(sealer);

  const verify = (): { ms: number; megabytes: number } => {
    const { status, stdout } = spawnSync(process.execPath, ['dist/apps/api/verify-audit.js', large], {
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the chain is not valid: ${stdout}`);
    const [, found, ms] = /; (\d+) rows and \d+ kept heads in ([\d.]+) s/.exec(stdout) ?? [];
    if (Number(found) !== rows) throw new Error(`${found} rows were verified, not ${rows}`);
    return { ms: Number(ms) * 1000, megabytes: Number(/at most (\d+) MB/.exec(stdout)?.[1]) };
  };
  console.log('Verifying …');
  const cold = verify();
  await owner.query('vacuum analyze');
  const verified = [cold, ...Array.from({ length: rounds }, verify)];

  console.log('Searching …');
  const search = await searched(owner, large);

  console.log('Writing …');
  const busy = await institution('Written to');
  const write = async (how: 'ours' | 'locked head'): Promise<number> => {
    const clients = await Promise.all(
      Array.from({ length: writers }, async () => {
        const client = new pg.Client({ connectionString: database.appUrl });
        await client.connect();
        return client;
      }),
    );
    const end = performance.now() + seconds * 1000;
    const counts = await Promise.all(
      clients.map(async (client) => {
        let count = 0;
        for (; performance.now() < end; count += 1) {
          await client.query('begin');
          await client.query({ name: 'i', text: `select set_config('app.institution_id', $1, true)`, values: [busy] });
          // The comparison: a chain whose head is locked by whoever writes, until their commit.
          if (how === 'locked head')
            await client.query({
              name: 'l',
              text: 'select hash from audit_head where institution_id = $1 for update',
              values: [busy],
            });
          await client.query({
            name: 'w',
            text: `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details, correlation_id)
              values ($1, uuidv7(), now(), 'proposal.accept', 'proposal', uuidv7(), '{"paused": false}', 'WM-7F3K-20B9')`,
            values: [busy],
          });
          await client.query('commit');
        }
        return count;
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    return counts.reduce((sum, count) => sum + count, 0) / seconds;
  };
  await owner.query(`insert into audit_head values ($1, 0, decode(repeat('00', 32), 'hex'), now(), 0)`, [busy]);
  await write('ours');
  const figures: Record<'off' | 'on' | 'locked', number[]> = { off: [], on: [], locked: [] };
  for (let round = 0; round < rounds; round += 1) {
    figures.off.push(await write('ours'));
    figures.locked.push(await write('locked head'));
    const worker = startWorker();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    figures.on.push(await write('ours'));
    while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 250));
    await stopped(worker);
  }

  console.log('A thousand institutions …');
  await owner.query(
    `insert into institution (id, name, nation, time_zone, created_at)
     select uuidv7(), 'Institution ' || n, 'england-and-wales', 'Europe/London', now() from generate_series(1, 1000) n`,
  );
  await owner.query(
    `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details)
     select i.id, uuidv7(), now(), 'person.add', 'person', uuidv7(), '{}' from institution i, generate_series(1, 5)
     where i.name like 'Institution %'`,
  );
  const manyBegan = performance.now();
  const many = startWorker();
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const manyMs = performance.now() - manyBegan;
  await stopped(many);
  const idle: number[] = [];
  for (let at = 0; at < 50; at += 1) {
    const before = performance.now();
    await owner.query('select institutions_owing_seals(now())');
    idle.push(performance.now() - before);
  }
  await owner.end();

  const times = verified.map(({ ms }) => ms);
  const worst = Math.max(...times);
  const figure = (value: number) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(value);
  writeSection(
    'Audit chain',
    `${figure(rows)} rows of one institution; ${availableParallelism()} cores, shared by PostgreSQL, the programs and the load.

| what | figure | target | |
|---|---|---|---|
| verified by \`npm run audit:verify\`, each row hashed anew, slowest of ${times.length} (the first right after sealing) | ${(worst / 1000).toFixed(2)} s | 10 s for 1,000,000 | ${worst < 10_000 ? 'met' : '**not met**'} |
| the same, median | ${(median(times) / 1000).toFixed(2)} s, ${figure(rows / (median(times) / 1000))} rows a second | – | |
| memory of the verifying process, at most | ${Math.max(...verified.map(({ megabytes }) => megabytes))} MB | constant | |
| sealed by one worker, from its start on | ${(sealMs / 1000).toFixed(1)} s, ${figure(rows / (sealMs / 1000))} rows a second | – | |
| a row in each of 1,000 institutions sealed, from the worker's start on | ${(manyMs / 1000).toFixed(1)} s | – | |
| finding out that none of 1,000 institutions owes anything, median | ${median(idle).toFixed(2)} ms | – | |
| the page searched, each line of it noted as read: ${search.asked} requests one after the other, over ${search.filters} sets of filters, p50 | ${search.p50.toFixed(1)} ms | – | |
| the same, p95 | ${search.p95.toFixed(1)} ms | – | |

Transactions a second that write one audit line, ${writers} writers to one institution, median of ${rounds} rounds of ${seconds} s in turn:

| | a second | of the first |
|---|---|---|
| no worker seals | ${figure(median(figures.off))} | |
| a worker seals meanwhile, on the same cores | ${figure(median(figures.on))} | ${(median(figures.on) / median(figures.off)).toFixed(2)} |
| for comparison: each writer locks the head until its commit | ${figure(median(figures.locked))} | ${(median(figures.locked) / median(figures.off)).toFixed(2)} |
`,
  );
} finally {
  for (const worker of workers) if (worker.exitCode === null && worker.signalCode === null) worker.kill('SIGKILL');
  await database.stop();
  rmSync(heads, { recursive: true, force: true });
}
