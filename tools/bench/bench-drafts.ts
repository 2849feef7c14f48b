// `node tools/bench/bench-drafts.ts`: 200 people who save the draft of their application every second, on one API process.
// Builds first. Writes docs/benchmarks/drafts.md.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { availableParallelism } from 'node:os';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { ensureBuilt } from '../up/builds.ts';
import { thisMachine } from './machine.ts';

const people = 200;
/** The call's other applications, so that what is saved stands among as many as there will be. */
const others = 5800;
const quick = process.argv.includes('--quick');
const seconds = quick ? 5 : 30;
const flatOutSeconds = quick ? 3 : 10;
const aimMs = 100;

if (!process.argv.includes('--as-built')) await ensureBuilt(process.cwd(), (work) => work());

/** A case of some 300 words and ten lines of costs: about 5 kB, as a form nearly done is. */
const words =
  'I run the glass workshop for four research groups and have taught myself most of what I do there so far '.split(' ');
const draftAt = (turn: number) => ({
  event: {
    name: 'National Glassblowers’ Symposium',
    place: 'Durham',
    startsOn: '2027-07-06',
    endsOn: '2027-07-08',
    link: 'https://symposium.example/2027',
    as: 'talk',
    onAbstract: false,
  },
  costs: Array.from({ length: 10 }, (_, line) => ({
    id: `00000000-0000-7000-8000-00000000000${line}`,
    category: 'travel',
    what: 'Train, Bath to Durham, return',
    note: 'Advance fare, booked by 1 May',
    amount: `£${100 + line}.60`,
    foreign: null,
  })),
  otherFunding: [
    { id: '00000000-0000-7000-8000-0000000000ff', from: 'Society travel grant', amount: '150', confirmed: true },
  ],
  least: '550',
  upFront: { amount: '292.40', by: 'advance' },
  case: `${Array.from({ length: 290 }, (_, n) => words[n % words.length]).join(' ')} ${turn}`,
  objectives: ['Join borosilicate to quartz', 'Keep a log of repairs'],
  sharing: { way: 'demonstration', how: 'A demonstration at a staff meeting' },
  answers: {},
});

const terms = {
  capPence: 150_000,
  audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
  rules: [
    { rule: 'one-application' },
    { rule: 'not-retrospective', days: 14 },
    { rule: 'contract-outlasts-event' },
    { rule: 'no-overdue-report' },
    { rule: 'not-funded-lately', calls: 2 },
  ],
  criteria: [{ id: randomUUID(), name: 'Learning', guidance: '', weight: 100 }],
  questions: [],
  blind: true,
  reviewersEach: 3,
  partAwards: true,
  bar: 0,
  caseWordsMost: 300,
  objectivesLeast: 2,
};

interface Writer {
  applicationId: string;
  cookie: string;
  draftVersion: number;
  saves: number;
}

/** One open call with 6,000 applications, two decided ones before it, reports that people owe, and 200 of them signed in. */
const load = async (ownerUrl: string): Promise<Writer[]> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const one = async (sql: string, values: unknown[] = []): Promise<string> =>
    (await owner.query<{ id: string }>(sql, values)).rows[0]?.id ?? '';
  const institution = await one(
    `insert into institution (id, name, nation, time_zone, created_at)
     values (uuidv7(), 'Harbour College', 'england-and-wales', 'Europe/London', now()) returning id`,
  );
  const manager = await one(
    `insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
     values ($1, uuidv7(), 'Hazel', 'Gasket', false, now(), 1) returning id`,
    [institution],
  );
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
     select $1, uuidv7(), 'Rowan', 'Pipette ' || n, 'rowan' || n || '@bench.example', $2, true, now(), 1 from generate_series(1, $3::int) n`,
    [institution, manager, people + others],
  );
  await owner.query(
    `insert into obligation (institution_id, id, person_id, source_kind, source_id, subject, event_ends_on, due_on, status, created_at, version)
     select $1, uuidv7(), p.id, 'workshop', uuidv7(), 'Saltmarsh kiln day', '2026-01-01', '2026-02-02',
       case when n % 3 = 0 then 'due' else 'discharged' end, now(), 1
     from person p, generate_series(1, 3) n where p.institution_id = $1 and p.technician`,
    [institution],
  );
  const code = await one(
    `insert into cost_code (institution_id, id, code, name, active, version) values ($1, uuidv7(), 'TS-1', 'Technical services', true, 1) returning id`,
    [institution],
  );
  const pot = await one(
    `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
     values ($1, uuidv7(), 'Conference fund', 2026, $2, 'open', now(), $3, 1) returning id`,
    [institution, code, manager],
  );
  const call = (name: string, status: string, months: number): Promise<string> =>
    one(
      `with made as (select uuidv7() as id, date_trunc('day', now()) + make_interval(months => $5::int) as closes)
       insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days, endorse_by,
         decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       select $1, id, $2, 'yearly', $3, $4, 5000000, closes - interval '3 months', closes, 5, closes + interval '7 days',
         (closes + interval '30 days')::date, (closes + interval '60 days')::date, (closes + interval '300 days')::date, 1, '{}', id, now(), $6, 1
       from made returning id`,
      [institution, name, status, pot, months, manager],
    );
  const open = await call('Conference fund 2027', 'open', 2);
  const earlier = [
    await call('Conference fund 2026', 'decided', -10),
    await call('Conference fund 2025', 'archived', -22),
  ];
  for (const id of [open, ...earlier]) {
    await owner.query(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
      [institution, id, JSON.stringify(terms), manager],
    );
  }
  const apply = (id: string, status: string): Promise<unknown> =>
    owner.query(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version, draft_saved_at,
         created_at, version)
       select $1, uuidv7(), $2::uuid, p.id, substr($2::text, 30) || row_number() over (), $3, true, $4, 1, now(), now(), 1
       from person p where p.institution_id = $1 and p.technician`,
      [institution, id, status, JSON.stringify(draftAt(0))],
    );
  await apply(open, 'draft');
  await apply(earlier[0] ?? '', 'unsuccessful');
  await apply(earlier[1] ?? '', 'awarded');
  const secrets = Array.from({ length: people }, () => randomBytes(24).toString('base64url'));
  const { rows } = await owner.query<{ applicationId: string; at: number }>(
    `with wanted as (
       select a.id, a.person_id, row_number() over (order by a.id)::int as at from application a
       where a.institution_id = $1 and a.call_id = $2 order by a.id limit $3
     ), accounts as (
       insert into account (id, email, created_at) select uuidv7(), 'account' || at || '@bench.example', now() from wanted returning id, email
     ), linked as (
       insert into account_person (account_id, institution_id, person_id)
       select c.id, $1, w.person_id from wanted w join accounts c on c.email = 'account' || w.at || '@bench.example' returning account_id, person_id
     ), opened as (
       insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       select uuidv7(), ($4::bytea[])[w.at], l.account_id, $1, l.person_id, now(), now() + interval '1 day'
       from linked l join wanted w on w.person_id = l.person_id
     ) select id as "applicationId", at from wanted`,
    [institution, open, people, secrets.map((secret) => createHash('sha256').update(secret).digest())],
  );
  await owner.query('analyze');
  await owner.end();
  return rows.map(({ applicationId, at }) => ({
    applicationId,
    cookie: `__Host-waymark=${secrets[at - 1]}`,
    draftVersion: 1,
    saves: 0,
  }));
};

const agent = new http.Agent({ keepAlive: true, maxSockets: people });

/** Saves as the form does, and answers the status; the draft's version follows. */
const save = (base: string, writer: Writer): Promise<number> =>
  new Promise((resolve, reject) => {
    writer.saves += 1;
    const body = JSON.stringify({ draftVersion: writer.draftVersion, draft: draftAt(writer.saves) });
    const request = http.request(
      `${base}/api/funding/applications/${writer.applicationId}/draft`,
      {
        method: 'PUT',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': randomUUID(),
          origin: origin(base),
          cookie: writer.cookie,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.once('end', () => {
          if (response.statusCode === 200) {
            const saved = JSON.parse(text) as { draftVersion: number; rules: unknown[]; missing: unknown[] };
            if (saved.rules.length !== 7 || saved.missing.length !== 0) reject(new Error(`not judged: ${text}`));
            writer.draftVersion = saved.draftVersion;
          }
          resolve(response.statusCode ?? 0);
        });
      },
    );
    request.once('error', reject);
    request.end(body);
  });

const origin = (base: string): string => base.replace('127.0.0.1', 'localhost');
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, Math.max(0, ms)));
const share = (sorted: readonly number[], quantile: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0;

/**
 * Everybody saves once a second, each at a moment of their own, for so long. A save is timed from when it was due: one that waits
 * for the one before counts its waiting.
 */
const everySecond = async (base: string, writers: readonly Writer[], duration: number): Promise<number[]> => {
  const began = performance.now() + 100;
  const shots = await Promise.all(
    writers.map(async (writer, index) => {
      const taken: number[] = [];
      for (let turn = 0; turn < duration; turn += 1) {
        const due = began + turn * 1000 + (index * 1000) / writers.length;
        await pause(due - performance.now());
        const status = await save(base, writer);
        if (status !== 200) throw new Error(`a save answers ${status}`);
        taken.push(performance.now() - due);
      }
      return taken;
    }),
  );
  return shots.flat().sort((a, b) => a - b);
};

/** Sixteen at a time, each the next as soon as one is answered: what the process can do at most. */
const flatOut = async (base: string, writers: readonly Writer[], duration: number): Promise<number> => {
  const until = performance.now() + duration * 1000;
  let saves = 0;
  const lane = async (first: number) => {
    for (let at = first; performance.now() < until; at = (at + 16) % writers.length) {
      const writer = writers[at];
      if (writer && (await save(base, writer)) === 200) saves += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, first) => lane(first)));
  return saves / duration;
};

const database = await startTestDatabase();
let api: ChildProcess | null = null;
try {
  const port = await freeDatabasePort();
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    // As `npm start` sets it.
    DATABASE_READ_CONNECTIONS: String(availableParallelism() + 1),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  const migrated = spawnSync(process.execPath, ['dist/apps/api/migrate.js'], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated');
  const writers = await load(database.ownerUrl);
  api = spawn(process.execPath, ['dist/apps/api/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt += 1) {
    const ready = await fetch(`${base}/api/ready`).catch(() => null);
    if (ready?.ok) break;
    if (attempt > 100) throw new Error('the API did not start');
    await pause(100);
  }
  await everySecond(base, writers, 3);
  const times = await everySecond(base, writers, seconds);
  const atMost = await flatOut(base, writers, flatOutSeconds);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows: kept } = await owner.query<{ id: string; version: number; words: string }>(
    `select id, draft_version as version, draft->>'case' as words from application where id = any ($1::uuid[])`,
    [writers.map(({ applicationId }) => applicationId)],
  );
  await owner.end();
  // Nothing that was acknowledged is lost, and nothing is there twice.
  const lost = writers.filter(({ applicationId, draftVersion, saves }) => {
    const row = kept.find(({ id }) => id === applicationId);
    return row?.version !== draftVersion || draftVersion !== saves + 1 || !row.words.endsWith(` ${saves}`);
  });
  if (lost.length > 0) throw new Error(`${lost.length} drafts are not as they were last saved`);
  const machine = thisMachine();
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const p99 = share(times, 0.99);
  const bytes = Buffer.byteLength(JSON.stringify(draftAt(0)));
  const page = `# Figures of drafts that are being written

\`npm run bench:drafts\` on ${machine.date}: ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}.
The load generator, PostgreSQL and the one API process share the cores.

${people} people, each with a session and an application of their own in a call of ${(people + others).toLocaleString('en-GB')}, save a draft of ${(bytes / 1000).toFixed(1)} kB once a second for
${seconds} s. Each save is answered with the rules as they stand and what is missing, and is timed from the moment at which it was due.

| what | figure | aim | |
|---|---|---|---|
| saves in all, none refused, none lost | ${times.length.toLocaleString('en-GB')} | – | |
| p50 | ${ms(share(times, 0.5))} | – | |
| p95 | ${ms(share(times, 0.95))} | – | |
| p99 | ${ms(p99)} | under ${aimMs} ms | ${p99 < aimMs ? 'met' : '**not met**'} |
| slowest | ${ms(times.at(-1) ?? 0)} | – | |
| saves a second with sixteen always under way | ${Math.round(atMost).toLocaleString('en-GB')} | – | |
`;
  console.log(`\n${page}`);
  if (!quick) writeFileSync('docs/benchmarks/drafts.md', page);
} finally {
  agent.destroy();
  if (api && api.exitCode === null) {
    const ended = new Promise((resolve) => api?.once('exit', resolve));
    api.kill('SIGTERM');
    await ended;
  }
  await database.stop();
}
