// `npm run bench:fund`: a call of 6,000 applications and 18,000 reviews through the built API and worker, from the first look at
// the workbench to publication. Prints, and keeps the figures in docs/benchmarks/fund.md. Builds nothing: run `npx nx run-many -t build`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { writeSection } from './figures-page.ts';
import { loadFundCall, type LoadedCall } from './load-fund-call.ts';
import { thisMachine } from './machine.ts';
import { median } from './median.ts';
import { workbenchInBrowser } from './workbench-in-browser.ts';

const before = loadavg()[0] ?? 0;
const applications = process.argv.includes('--quick') ? 600 : 6_000;
const times = process.argv.includes('--quick') ? 2 : 5;
const budgetPence = applications * 30_000;
/** Another place than usual for the built programs. */
const built = process.env['WAYMARK_BUILT'] ?? 'dist/apps/api';

interface Row {
  id: string;
  version: number;
  computing: string;
  failure: string | null;
  totals: { people: number; awardedPence: number } | null;
}

const database = await startTestDatabase();
const children: ChildProcess[] = [];
const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
// Stopping the database ends what is still closing.
owner.on('error', () => undefined);
try {
  const port = await freeDatabasePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: String(port),
    PUBLIC_URL: origin,
    WEB_ROOT: 'dist/apps/web/browser',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  const migrated = spawnSync(process.execPath, [`${built}/migrate.js`], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated; run `npx nx build api` first');
  // The first warms the programs up, the second is measured.
  const warm = await loadFundCall(owner, { applications: 300, budgetPence: 300 * 30_000 });
  const call = await loadFundCall(owner, { applications, budgetPence });
  const start = (program: string): ChildProcess => {
    const child = spawn(process.execPath, [`${built}/${program}.js`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(child);
    return child;
  };
  const api = start('main');
  const worker = start('worker');

  const ask = async <Body>(cookie: string, method: string, path: string, body?: unknown): Promise<Body> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/funding/${path}`, {
      method,
      headers: {
        ...{ cookie, origin },
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return ((response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text) as Body;
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ask(warm.coordinator, 'GET', `calls/${warm.callId}/workbench`);
      break;
    } catch (error) {
      if (attempt > 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const seconds = new Map<string, number[]>();
  const timed = async <Body>(what: string, work: () => Promise<Body>): Promise<Body> => {
    const began = performance.now();
    const result = await work();
    seconds.set(what, [...(seconds.get(what) ?? []), (performance.now() - began) / 1000]);
    return result;
  };
  const made = { rank: null as Row | null, limited: null as Row | null };
  const walk = async (of: LoadedCall, repeat: number, pence: number): Promise<void> => {
    const parameters = {
      budgetPence: pence,
      partAwards: true,
      bar: 500,
      groups: [] as unknown[],
      shareBy: null,
      seed: 'any',
    };
    const make = (method: string, more: object = {}) =>
      ask<Row>(of.coordinator, 'POST', `calls/${of.callId}/scenarios`, {
        method,
        parameters: { ...parameters, ...more },
      });
    for (let time = 0; time < repeat; time += 1) {
      made.rank = await timed('by rank', () => make('by-rank'));
      await timed('by the best total', () => make('by-total'));
      await timed('equal shares between units', () => make('equal-shares', { shareBy: 'unit' }));
      await timed('workbench', () => ask(of.coordinator, 'GET', `calls/${of.callId}/workbench`));
      const { id } = made.rank;
      await timed('scenario', () => ask(of.coordinator, 'GET', `scenarios/${id}`));
      await timed('lines', () => ask(of.coordinator, 'GET', `scenarios/${id}/lines?pageSize=50`));
      const trial = {
        method: 'by-rank',
        parameters: { ...parameters, budgetPence: pence - 100 * time },
        against: id,
      };
      await timed('dragged', () => ask(of.coordinator, 'POST', `calls/${of.callId}/scenarios/preview`, trial));
      await timed('export', () => ask(of.coordinator, 'GET', `scenarios/${id}/lines/export`));
    }
    // A cap that binds on one faculty, a floor that binds on another.
    const [capped, floored] = of.unitIds;
    const limits = {
      groups: [
        { by: 'unit', groupId: capped, leastPence: null, mostPence: Math.floor(pence / 20) },
        { by: 'unit', groupId: floored, leastPence: Math.floor(pence / 5), mostPence: null },
      ],
    };
    made.limited = await timed('with group limits', async () => {
      const { id } = await make('by-total', limits);
      for (;;) {
        const row = await ask<Row>(of.coordinator, 'GET', `scenarios/${id}`);
        if (row.computing === 'failed') throw new Error(`the job failed: ${row.failure}`);
        if (row.computing === 'done') return row;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
    const step = (row: Row, deed: string, cookie: string) =>
      ask<Row>(cookie, 'POST', `scenarios/${row.id}/${deed}`, { version: row.version });
    const rank = made.rank;
    if (!rank) throw new Error('nothing was made');
    if (of === call) {
      const { firstVisit, again, fromWithin } = await workbenchInBrowser(origin, of.coordinator, of.callId, times);
      seconds.set('browser, first visit', firstVisit).set('browser, again', again).set('browser, within', fromWithin);
    }
    const proposed = await timed('propose', () => step(rank, 'propose', of.coordinator));
    const approved = await timed('approve', () => step(proposed, 'approve', of.lead));
    made.rank = await timed('publish', () => step(approved, 'publish', of.coordinator));
  };
  const idle = { api: memoryOf(api), worker: memoryOf(worker) };
  await walk(warm, 2, 300 * 30_000);
  seconds.clear();
  await walk(call, times, budgetPence);
  const peak = { api: memoryOf(api), worker: memoryOf(worker) };
  const { rows: counted } = await owner.query<{ awards: number; letters: number; highs: string | null }>(
    `select (select count(*)::int from award where call_id = $1) as awards,
       (select count(*)::int from mail_message where institution_id = $2 and body like '%Your reference is%') as letters,
       (select result->>'solver' from scenario where id = $3) as highs`,
    [call.callId, call.institutionId, made.limited?.id],
  );
  const [counts] = counted;

  const of = (what: string) => seconds.get(what) ?? [];
  const s = (value: number) => (value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`);
  const line = (what: string, name: string, target: number | null) => {
    const figures = of(name);
    const worst = Math.max(...figures);
    const verdict = target === null ? '' : worst < target ? 'met' : '**not met**';
    const middle = figures.length > 1 ? s(median(figures)) : '–';
    return `| ${what} | ${middle} | ${s(worst)} | ${target === null ? '–' : s(target)} | ${verdict} |`;
  };
  const { date, cores, processor, memoryGiB, system, node } = thisMachine();
  writeSection(
    'Allocation',
    `Written by \`npm run bench:fund\` on ${date}. ${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node ${node}; PostgreSQL, API and worker share the cores.
Load average of the machine before the start: ${before.toFixed(1)}; above the number of cores, other programs ran meanwhile and the figures are too high.

One call in moderation: ${applications.toLocaleString('en-GB')} applications, ${(applications * 3).toLocaleString('en-GB')} locked reviews, 40 schools in 8 faculties, ${(budgetPence / 100).toLocaleString('en-GB')} pounds, ${made.rank?.totals?.people.toLocaleString('en-GB') ?? 0} people funded by rank.
Each figure is a request from outside to its answer, everything kept in the database; the second column is the median of ${times}, the third the slowest,
which is held against the target.

| | median | slowest | target | |
|---|---|---|---|---|
${[
  line('the workbench opens', 'workbench', 1),
  line('in Chromium, to the first line of the ranking: from the call’s page, by its link', 'browser, within', 1),
  line('the page loaded again', 'browser, again', null),
  line('a first visit, nothing kept by the browser', 'browser, first visit', null),
  line('a scenario opens, with all its lines as a picture', 'scenario', 1),
  line('its first fifty lines', 'lines', null),
  line('the budget line dragged: by rank, kept nowhere', 'dragged', 0.3),
  line('a scenario by rank, with every reason', 'by rank', 2),
  line('by the best total, with every reason', 'by the best total', 2),
  line('by equal shares between faculties, in steps of a pound', 'equal shares between units', 2),
  line(
    `with a cap and a floor that bind, as a job, the queue’s wait included (solved by ${counts?.highs ?? '?'})`,
    'with group limits',
    15,
  ),
  line('proposed', 'propose', null),
  line('approved', 'approve', null),
  line(
    `published: ${counts?.awards.toLocaleString('en-GB')} awards in the ledger, ${counts?.letters.toLocaleString('en-GB')} letters, one transaction`,
    'publish',
    10,
  ),
  line('all lines as CSV', 'export', null),
].join('\n')}

| memory (resident, the highest) | idle | over all of it |
|---|---|---|
| API | ${idle.api} MB | ${peak.api} MB |
| worker | ${idle.worker} MB | ${peak.worker} MB |`,
    'docs/benchmarks/fund.md',
  );
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
  await owner.end();
  await database.stop();
}

/** The highest resident memory of a process so far, in MB. */
function memoryOf(child: ChildProcess): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? 0) / 1000);
}
