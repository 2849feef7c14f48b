// `npm run bench:staff-import`: a messy file of 40,000 rows through the built API and worker. Prints, and keeps the figures
// in docs/benchmarks/people.md (the section "Staff import"). Builds nothing: run `npx nx build api` first.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import iconv from 'iconv-lite';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { writeSection } from './figures-page.ts';

const before = loadavg()[0] ?? 0;
const rows = process.argv.includes('--quick') ? 4_000 : 40_000;

interface View {
  id: string;
  version: number;
  status: string;
  mapping: { column: number; field: string | null }[];
  settings: Record<string, unknown>;
  counts: Record<string, number> | null;
  problems: { code: string; rows: number }[];
  failure: string | null;
  undo?: Record<string, number> | null;
}

const given = [
  'Zoë',
  'André',
  'Ann',
  'Siân',
  'Mohammed',
  'Grace',
  'Łukasz',
  'Priya',
  'Oisín',
  'Jürgen',
  'Mary-Jane',
  "D'Arcy",
];
const family = ['Müller', 'Ó Briain', 'Smith', 'Khan', 'Patel', 'Fernández', 'Jones', 'Van Dyke', 'Okafor', 'Lee'];

/** Nine in ten rows are as they should be; the rest is what real exports hold. `changed`: so many in a hundred differ. */
const messyFile = (changed: number, left: number): Buffer => {
  const lines = [
    'Staff list;;;;;;;;;;;;;;;;',
    'Person;;;;;;Post;;;;;;;;;;',
    'Employee Number;Work E-Mail;First Name;Surname;Home address;Date of birth;Job Title;Faculty;School;Department;Grade;Line Manager Number;Technician;Contract end;Skills;Cost code;Notes',
  ];
  for (let n = 0; n < rows; n += 1) {
    if (n >= rows - left) continue;
    const number = String(100_000 + n).padStart(7, '0');
    const first = given[n % given.length] ?? '';
    const last = `${family[n % family.length] ?? ''}${n % 977 === 0 ? '' : ` ${(n * 7919) % 9973}`}`;
    const manager = n === 0 ? '' : String(100_000 + Math.floor(n / 8)).padStart(7, '0');
    const cells = [
      n % 40 === 7 ? number.replace(/^0+/, '') : number,
      n % 30 === 4 ? '' : n % 90 === 5 ? `not an address ${n}` : `person.${n}@college.example`,
      first,
      n % 400 === 9 ? '=HYPERLINK("http://x")' : last,
      `${n} High Street, "The Cottage"`,
      '01/02/1980',
      n % 100 < changed ? `Head of Workshop ${n % 50}` : `Technician ${n % 50}`,
      `Faculty ${n % 6}`,
      `School ${n % 30}`,
      n % 50 === 3 ? `Workshop\n${n % 120}` : `Department ${n % 120}`,
      `Grade ${n % 9}`,
      n % 500 === 11 ? '9999999' : manager,
      n % 60 === 13 ? 'perhaps' : n % 2 ? 'Y' : 'N',
      n % 200 === 17 ? '29/02/2027' : n % 5 === 0 ? '30/09/2027' : n % 7 === 0 ? '30 Sept 2028' : '',
      n % 3 === 0 ? `Skill ${n % 300}; Skill ${(n * 3) % 200}` : '',
      '£1,200.00',
      n % 11 === 0 ? 'x'.repeat(60) : '',
    ].map((cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
    lines.push(cells.join(';'));
    // Another contract of the same person.
    if (n % 250 === 19) lines.push(cells.with(6, 'Demonstrator').join(';'));
  }
  lines.push(`Total;;;;;;${rows};;;;;;;;;;`);
  return iconv.encode(lines.join('\r\n'), 'win1252');
};

const database = await startTestDatabase();
const children: ChildProcess[] = [];
try {
  const port = await freeDatabasePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: String(port),
    PUBLIC_URL: origin,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  const migrated = spawnSync(process.execPath, ['dist/apps/api/migrate.js'], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated; run `npx nx build api` first');
  const cookie = await administrator(database.ownerUrl);
  const start = (program: string): ChildProcess => {
    const child = spawn(process.execPath, [`dist/apps/api/${program}.js`], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child;
  };
  const api = start('main');
  const worker = start('worker');
  const ask = async (method: string, path: string, body?: unknown): Promise<View> => {
    const raw = Buffer.isBuffer(body);
    const response = await fetch(`http://127.0.0.1:${port}/api/people/staff-imports${path}`, {
      method,
      headers: {
        cookie,
        origin,
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as View;
  };
  const listening = async () => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await ask('GET', '');
        return;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  await listening();

  const settled = async (id: string): Promise<View> => {
    for (;;) {
      const view = await ask('GET', `/${id}`);
      if (!['reading', 'previewing', 'applying', 'undoing'].includes(view.status)) {
        if (view.failure) throw new Error(`${view.status}: ${view.failure}`);
        return view;
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  /** Seconds from asking to the end, as somebody before the screen has them. */
  const timed = async (work: () => Promise<View>): Promise<[View, number]> => {
    const began = performance.now();
    const view = await work();
    return [await settled(view.id), (performance.now() - began) / 1000];
  };
  const settings = {
    dateOrder: 'day-first',
    newAreTechnicians: true,
    missingAreLeavers: true,
    lastDayOfMissing: '2026-01-31',
    makeUnits: true,
    makeSkills: true,
  };
  const gradeOrder = Array.from({ length: 9 }, (_, n) => `Grade ${n}`);
  const through = async (file: Buffer) => {
    const [read, readSeconds] = await timed(() => ask('POST', '?kind=staff&fileName=staff.csv', file));
    const body = { version: read.version, mapping: read.mapping, settings, gradeOrder };
    const [previewed, previewSeconds] = await timed(() => ask('PUT', `/${read.id}/preview`, body));
    const [applied, applySeconds] = await timed(() =>
      ask('POST', `/${read.id}/apply`, { version: previewed.version, leavers: previewed.counts?.['leaver'] ?? 0 }),
    );
    console.log({ readSeconds, previewSeconds, applySeconds, counts: applied.counts, problems: applied.problems });
    return { readSeconds, previewSeconds, applySeconds, applied };
  };
  const idle = { api: memoryOf(api), worker: memoryOf(worker) };
  const firstFile = messyFile(0, 0);
  const first = await through(firstFile);
  const second = await through(messyFile(10, Math.floor(rows / 80)));
  const [undone, undoSeconds] = await timed(() =>
    ask('POST', `/${second.applied.id}/undo`, { version: second.applied.version }),
  );
  const [undoneAll, undoAllSeconds] = await timed(async () => {
    const view = await ask('GET', `/${first.applied.id}`);
    return ask('POST', `/${view.id}/undo`, { version: view.version });
  });
  console.log({ undoSeconds, undo: undone.undo, undoAllSeconds, undoAll: undoneAll.undo });
  const peak = { api: memoryOf(api), worker: memoryOf(worker) };

  const met = (yes: boolean) => (yes ? 'met' : '**not met**');
  const s = (seconds: number) => `${seconds.toFixed(1)} s`;
  const told = (counts: Record<string, number> | null) =>
    Object.entries(counts ?? {})
      .map(([outcome, count]) => `${count.toLocaleString('en-GB')} ${outcome}`)
      .join(', ');
  writeSection(
    'Staff import',
    `Written by \`npm run bench:staff-import\` on ${new Date().toISOString().slice(0, 10)}. ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB, ${platform()} ${release()} ${arch()}, Node ${process.version}; PostgreSQL, API and worker share the cores.
Load average of the machine before the start: ${before.toFixed(1)}; above the number of cores, other programs ran meanwhile and the figures are too high.

One file of ${rows.toLocaleString('en-GB')} people, ${(firstFile.length / 1e6).toFixed(1)} MB, 17 columns: Windows-1252, semicolons, two lines above the headings, line breaks within cells, units as
paths, lost zeros, malformed addresses, formulas, unknown managers, 29 February, second contracts, a totals line. First into an
empty institution (${told(first.applied.counts)}), then with one job title in ten changed and the last
of the list left out (${told(second.applied.counts)}). Seconds are those from the click to the end, the queue's wait included.

| | into an empty institution | a month later | target | |
|---|---|---|---|---|
| uploaded and read | ${s(first.readSeconds)} | ${s(second.readSeconds)} | – | |
| previewed | ${s(first.previewSeconds)} | ${s(second.previewSeconds)} | 10 s | ${met(Math.max(first.previewSeconds, second.previewSeconds) < 10)} |
| applied | ${s(first.applySeconds)} | ${s(second.applySeconds)} | 20 s | ${met(Math.max(first.applySeconds, second.applySeconds) < 20)} |
| undone | ${s(undoAllSeconds)} | ${s(undoSeconds)} | – | |

| memory (resident, the highest) | idle | over all of it | target | |
|---|---|---|---|---|
| API | ${idle.api} MB | ${peak.api} MB | 400 MB | ${met(peak.api < 400)} |
| worker | ${idle.worker} MB | ${peak.worker} MB | – | |`,
  );
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
  await database.stop();
}

/** The highest resident memory of a process so far, in MB. */
function memoryOf(child: ChildProcess): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? 0) / 1000);
}

/** An institution with one administrator, signed in. Answers the cookie. */
async function administrator(ownerUrl: string): Promise<string> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const secret = randomBytes(32).toString('base64url');
  await owner.query(`
    insert into institution (id, name, nation, time_zone, created_at) values (uuidv7(), 'College', 'england-and-wales', 'Europe/London', now());
    insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
      select id, uuidv7(), 'Ada', 'Admin', 'ada@admin.example', false, now(), 1 from institution;
    insert into role_held (institution_id, id, person_id, role, held_from)
      select institution_id, uuidv7(), id, 'institution-administrator', current_date - 1 from person;
    insert into account (id, email, password_hash, created_at) select id, email, 'x', now() from person;
    insert into account_person (account_id, institution_id, person_id) select id, institution_id, id from person;`);
  await owner.query(
    `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
     select uuidv7(), $1, id, institution_id, id, now(), now() + interval '1 day' from person`,
    [createHash('sha256').update(secret).digest()],
  );
  await owner.end();
  return `__Host-waymark=${secret}`;
}
