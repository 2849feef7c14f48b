// `node tools/bench/bench-panel.ts`: a call of 6,000 applications and 18,000 reviews through the built API, from the preview of
// who reads what to moderation. Prints, and keeps the figures in docs/benchmarks/panel.md. Builds nothing: run `npx nx build api`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { thisMachine } from './machine.ts';
import { median } from './median.ts';

const applications = process.argv.includes('--quick') ? 600 : 6_000;
const panelists = process.argv.includes('--quick') ? 12 : 100;
const rounds = 3;
const before = loadavg()[0] ?? 0;
/** Another place than usual for the built programs. */
const built = process.env['WAYMARK_BUILT'] ?? 'dist/apps/api';

interface Call {
  callId: string;
  cookie: string;
}

/** People in 40 units with 3 of 60 skills each; one in a hundred pairs of panelist and applicant is kept apart. */
const load = async (owner: pg.Pool, count: number, readers: number): Promise<Call> => {
  const institution = randomUUID();
  const call = randomUUID();
  const coordinator = randomUUID();
  const account = randomUUID();
  const secret = randomBytes(24).toString('base64url');
  const criteria = [randomUUID(), randomUUID(), randomUUID()];
  const terms = {
    ...{ capPence: 100_000, audience: { techniciansOnly: true, unitIds: [], gradeIds: [] }, rules: [], questions: [] },
    criteria: criteria.map((id, at) => ({ id, name: `Criterion ${at}`, guidance: '', weight: [40, 35, 25][at] })),
    ...{ blind: true, reviewersEach: 3, partAwards: true, bar: 500, caseWordsMost: 300, objectivesLeast: 1 },
  };
  const document = {
    event: {
      name: 'Symposium',
      place: 'Leeds',
      startsOn: '2027-09-01',
      endsOn: '2027-09-02',
      link: '',
      as: 'talk',
      onAbstract: false,
    },
    costs: [{ id: randomUUID(), category: 'travel', what: 'Train', note: '', amountPence: 50_000, foreign: null }],
    ...{
      otherFunding: [],
      leastPence: 20_000,
      upFront: { amountPence: 0, by: 'nothing' },
      case: 'To learn. '.repeat(150),
    },
    ...{ objectives: ['Learn'], sharing: { way: 'report', how: '' }, answers: {} },
  };
  const run = (text: string, values: unknown[] = []) => owner.query(text, values);
  await run(
    `insert into institution (id, name, nation, time_zone, created_at) values ($1, 'Bench', 'england-and-wales', 'Europe/London', now())`,
    [institution],
  );
  await run(
    `insert into unit (institution_id, id, name) select $1, uuidv7(), 'Unit ' || n from generate_series(1, 40) n`,
    [institution],
  );
  await run(
    `insert into skill (institution_id, id, name) select $1, uuidv7(), 'Skill ' || n from generate_series(1, 60) n`,
    [institution],
  );
  await run(
    `with units as (select id, row_number() over (order by name) - 1 as n from unit where institution_id = $1)
     insert into person (institution_id, id, given_name, family_name, email, unit_id, technician, created_at, version)
     select $1, case when g.k = 0 then $2::uuid else uuidv7() end, 'P' || g.k, 'Q' || g.k, g.k || $4, u.id, true, now(), 1
     from generate_series(0, $3::int) g(k) join units u on u.n = g.k % 40`,
    [institution, coordinator, count + readers, `@${institution}.example`],
  );
  await run(
    `with skills as (select id, row_number() over (order by name) - 1 as n from skill where institution_id = $1)
     insert into person_skill (institution_id, person_id, skill_id)
     select distinct $1::uuid, p.id, s.id from person p cross join generate_series(1, 3) k
     join skills s on s.n = abs(hashtext(p.id::text || k)) % 60 where p.institution_id = $1`,
    [institution],
  );
  await run(
    `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'coordinator', '2020-01-01')`,
    [institution, coordinator],
  );
  await run(`insert into account (id, email, created_at) values ($1, $2, now())`, [
    account,
    `${account}@bench.example`,
  ]);
  await run(`insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`, [
    account,
    institution,
    coordinator,
  ]);
  await run(
    `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
     values (uuidv7(), $1, $2, $3, $4, now(), now() + interval '1 day')`,
    [createHash('sha256').update(secret).digest(), account, institution, coordinator],
  );
  const code = randomUUID();
  const pot = randomUUID();
  await run(
    `insert into cost_code (institution_id, id, code, name, active, version) values ($1, $2, 'B', 'Bench', true, 1)`,
    [institution, code],
  );
  await run(
    `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
     values ($1, $2, 'Bench', 2026, $3, 'open', now(), $4, 1)`,
    [institution, pot, code, coordinator],
  );
  await run(
    `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
       endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
     values ($1, $2, 'Bench', 'yearly', 'scoring', $3, 1000000, now() - interval '60 days', now() - interval '30 days', 7, now(),
       current_date + 30, current_date + 90, current_date + 200, 1, '{}', $2, now(), $4, 1)`,
    [institution, call, pot, coordinator],
  );
  await run(
    `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
    [institution, call, JSON.stringify(terms), coordinator],
  );
  await run(
    `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
     select $1, $2, id, false, now(), $3 from person where institution_id = $1 and id <> $3 order by id limit $4`,
    [institution, call, coordinator, readers],
  );
  await run(
    `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version, draft_saved_at,
       created_at, version)
     select $1, uuidv7(), $2, p.id, 'B-' || row_number() over (), 'eligible', true, '{}', 1, now(), now(), 1 from person p
     where p.institution_id = $1 and p.id <> $3 and not exists (select from call_panelist m where m.institution_id = $1
       and m.call_id = $2 and m.person_id = p.id)`,
    [institution, call, coordinator],
  );
  await run(
    `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
       event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
     select $1, id, 1, $3, 1, 50000, 20000, 'Symposium', '2027-09-01', '2027-09-02', '[]', now(), person_id from application
     where institution_id = $1 and call_id = $2`,
    [institution, call, JSON.stringify(document)],
  );
  await run(`update application set submission_number = 1 where institution_id = $1 and call_id = $2`, [
    institution,
    call,
  ]);
  await run(
    `insert into declaration_of_interest (institution_id, id, call_id, panelist_id, applicant_id, because, declared_at)
     select $1, uuidv7(), $2, m.person_id, a.person_id, 'Known', now() from call_panelist m join application a
       on a.institution_id = $1 and a.call_id = $2 where m.institution_id = $1 and m.call_id = $2
       and abs(hashtext(m.person_id::text || a.person_id)) % 100 = 0`,
    [institution, call],
  );
  await run('analyze');
  return { callId: call, cookie: `__Host-waymark=${secret}` };
};

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
    ...{ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, PORT: String(port), PUBLIC_URL: origin },
    ...{ LOG_LEVEL: 'silent', NODE_ENV: 'production' },
  };
  const migrated = spawnSync(process.execPath, [`${built}/migrate.js`], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated; run `npx nx build api` first');
  const calls = [await load(owner, 300, 12)];
  for (let round = 0; round < rounds; round += 1) calls.push(await load(owner, applications, panelists));
  children.push(spawn(process.execPath, [`${built}/main.js`], { env, stdio: ['ignore', 'ignore', 'inherit'] }));

  const ask = async <Body>({ cookie }: Call, method: string, path: string, body?: unknown): Promise<Body> => {
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
    return JSON.parse(text) as Body;
  };
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/api/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  const seconds = new Map<string, number[]>();
  const timed = async <Body>(what: string, keep: boolean, work: () => Promise<Body>): Promise<Body> => {
    const began = performance.now();
    const result = await work();
    if (keep) seconds.set(what, [...(seconds.get(what) ?? []), (performance.now() - began) / 1000]);
    return result;
  };
  const spreads: string[] = [];
  for (const [at, call] of calls.entries()) {
    const keep = at > 0;
    const path = `calls/${call.callId}`;
    await timed('panel page', keep, () => ask(call, 'GET', `${path}/panel`));
    const plan = await timed('preview', keep, () =>
      ask<{
        hash: string;
        added: number;
        shortReviews: number;
        sharingSkill: number;
        otherUnit: number;
        panelists: { added: number }[];
      }>(call, 'GET', `${path}/panel/assignment`),
    );
    await timed('assign', keep, () => ask(call, 'POST', `${path}/panel/assign`, { hash: plan.hash }));
    const loads = plan.panelists.map(({ added }) => added);
    if (keep)
      spreads.push(
        `${plan.added} reviews, ${Math.min(...loads)} to ${Math.max(...loads)} each, ${plan.shortReviews} short, ${plan.sharingSkill} sharing a skill, ${plan.otherUnit} across units`,
      );
    await timed('progress by application, first page', keep, () => ask(call, 'GET', `${path}/panel/applications`));
    await owner.query(
      `update review set status = 'submitted', submitted_at = now(), scores = '{}', score = (abs(hashtext(id::text)) % 26) * 40 where call_id = $1`,
      [call.callId],
    );
    await owner.query('analyze review');
    await timed('start moderation', keep, () => ask(call, 'POST', `${path}/start-moderation`, { version: 1 }));
    await timed('moderation page', keep, () => ask(call, 'GET', `${path}/moderation`));
  }
  const figure = (what: string): string => {
    const all = seconds.get(what) ?? [];
    return `${median(all).toFixed(2)} s (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})`;
  };
  const rows: readonly [string, string, string][] = [
    ['preview', 'who reads what, previewed: read, solved and shown; nothing written', '2 s'],
    ['assign', 'the same given out: read, solved, written with facts, audit and a letter to each panelist', '2 s'],
    ['panel page', 'the panel’s page', '1 s'],
    ['progress by application, first page', 'progress by application, a page of it', '1 s'],
    ['start moderation', 'scoring closed: reviews locked, applications scored, timelines written', '–'],
    ['moderation page', 'moderation: a page by spread, totals and calibration of all', '1 s'],
  ];
  const machine = thisMachine();
  const page = `# Figures of the panel

${applications.toLocaleString('en-GB')} applications, three readers each, ${panelists} panelists, one in a hundred pairs kept apart by a declared interest. Over HTTP through the
built API on a warm process, ${rounds} calls one after the other: the median, and from the quickest to the slowest. Written by
\`node tools/bench/bench-panel.ts\` on ${machine.date}. ${availableParallelism()} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}; PostgreSQL (in memory, without fsync), API and
the load share the cores. Load before the run: ${before.toFixed(1)}.

| what | figure | target |
|---|---|---|
${rows.map(([what, words, target]) => `| ${words} | ${figure(what)} | ${target} |`).join('\n')}

Plans: ${[...new Set(spreads)].join('; ')}.
`;
  if (!process.argv.includes('--quick')) {
    mkdirSync('docs/benchmarks', { recursive: true });
    writeFileSync('docs/benchmarks/panel.md', page);
  }
  console.log(page);
} finally {
  await Promise.all(
    children.map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once('exit', () => resolve());
          child.kill('SIGTERM');
        }),
    ),
  );
  await owner.end();
  await database.stop();
}
