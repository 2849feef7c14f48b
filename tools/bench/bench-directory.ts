// `node tools/bench/bench-directory.ts`: the directory's search over 40,000 people of one institution. Prints, and keeps the
// figures in docs/benchmarks/people.md (the section "Directory search"). Builds nothing: run `npx nx build api` first.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { loadDirectory, type LoadedDirectory } from './load-directory.ts';

const people = 40_000;
const connections = 16;
const quick = process.argv.includes('--quick');
const seconds = quick ? 4 : 20;
const rounds = quick ? 1 : 3;

type Kind = 'exact' | 'beginning' | 'two letters' | 'staff number' | 'job title' | 'misspelt';
interface Query {
  kind: Kind;
  search: string;
}

/** A slip in a word: two letters changed over, one left out, one doubled or one wrong, in turn. */
const mistyped = (word: string, turn: number): string => {
  const at = 1 + (turn % Math.max(1, word.length - 2));
  switch (turn % 4) {
    case 0:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
    default:
      return `${word.slice(0, at)}x${word.slice(at + 1)}`;
  }
};

const queriesOf = (samples: LoadedDirectory['samples']): Query[] =>
  samples.flatMap(({ given, family, staffNumber, jobTitle }, index): Query[] => [
    { kind: 'exact', search: `${given} ${family}` },
    { kind: 'exact', search: family },
    { kind: 'beginning', search: `${given.slice(0, 3)} ${family.slice(0, 4)}` },
    { kind: 'beginning', search: family.slice(0, 3 + (index % 3)) },
    { kind: index % 2 ? 'two letters' : 'staff number', search: index % 2 ? family.slice(0, 2) : staffNumber },
    { kind: index % 4 ? 'beginning' : 'job title', search: index % 4 ? `${family} ${given.slice(0, 1)}` : jobTitle },
    { kind: 'misspelt', search: `${mistyped(given, index)} ${mistyped(family, index + 1)}` },
    { kind: 'misspelt', search: mistyped(family, index) },
    { kind: 'misspelt', search: `${given} ${mistyped(family, index + 2)}` },
  ]);

interface Shot {
  kind: Kind;
  ms: number;
}

/** `connections` ask one after the other for `seconds`, each query in its turn. */
const shoot = async (
  base: string,
  headers: Record<string, string>,
  queries: readonly Query[],
  duration: number,
): Promise<Shot[]> => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const shots: Shot[] = [];
  const until = performance.now() + duration * 1000;
  let next = 0;
  const one = (search: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      http
        .get(`${base}/people?pageSize=25&search=${encodeURIComponent(search)}`, { agent, headers }, (response) => {
          response.resume();
          response.once('end', () => {
            if (response.statusCode === 200) resolve(performance.now() - started);
            else reject(new Error(`${base} answers ${response.statusCode} to ${search}`));
          });
        })
        .once('error', reject);
    });
  const connection = async () => {
    while (performance.now() < until) {
      const query = queries[next++ % queries.length];
      if (query) shots.push({ kind: query.kind, ms: await one(query.search) });
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return shots;
};

const share = (shots: readonly Shot[], quantile: number): number => {
  const sorted = shots.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0;
};

const ready = async (url: string, headers: Record<string, string>): Promise<string> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(url, { headers });
      if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
      return await response.text();
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

const database = await startTestDatabase();
const children: ChildProcess[] = [];
try {
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    // As `npm start` sets it, for both contestants.
    DATABASE_READ_CONNECTIONS: String(availableParallelism() + 1),
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  const migrated = spawnSync(process.execPath, ['dist/apps/api/migrate.js'], { env, stdio: 'inherit' });
  if (migrated.status !== 0) throw new Error('the benchmark database was not migrated; run `npx nx build api` first');
  const loading = performance.now();
  const { institutionId, cookie, samples } = await loadDirectory(database.ownerUrl, people);
  console.log(`${people} people loaded in ${((performance.now() - loading) / 1000).toFixed(1)} s`);
  const { peoplePageQuery } = (await import(`${process.cwd()}/dist/apps/api/people-page-query.js`)) as {
    peoplePageQuery: (
      institutionId: string,
      day: string,
      query: { page: number; pageSize: number; search: string },
    ) => { text: string };
  };
  const textSql = peoplePageQuery(institutionId, '2026-01-01', { page: 1, pageSize: 50, search: 'x' }).text;
  const contestants = ['waymark', 'peer'] as const;
  const bases: Record<string, string> = {};
  for (const contestant of contestants) {
    const port = await freeDatabasePort();
    const ours = contestant === 'waymark';
    children.push(
      spawn(
        process.execPath,
        ours ? ['dist/apps/api/main.js'] : ['tools/bench/bare-peer.ts', 'search-tenancy', String(port)],
        {
          env: {
            ...env,
            PORT: String(port),
            PUBLIC_URL: `http://localhost:${port}`,
            BENCH_INSTITUTION: institutionId,
            BENCH_TEXT_SQL: textSql,
          },
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      ),
    );
    bases[contestant] = `http://127.0.0.1:${port}${ours ? '/api' : ''}`;
  }
  const headers = { cookie };
  const queries = queriesOf(samples);
  const bodies = await Promise.all(
    contestants.map((each) => ready(`${bases[each]}/people?pageSize=25&search=smith`, headers)),
  );
  if (bodies[0] !== bodies[1]) throw new Error('the peer answers another body than ours');
  // Of the misspelt names, how many lead back to somebody of the name that was meant.
  const misspelt = samples.slice(0, 200).map(({ given, family }, index) => ({
    search: `${mistyped(given, index)} ${mistyped(family, index + 1)}`,
    name: `${given} ${family}`,
  }));
  let recalled = 0;
  for (const { search, name } of misspelt) {
    const body = JSON.parse(
      await ready(`${bases['waymark']}/people?pageSize=25&search=${encodeURIComponent(search)}`, headers),
    ) as { rows: { name: string }[] };
    if (body.rows.some((row) => row.name === name)) recalled += 1;
  }
  const shots: Record<string, Shot[]> = { waymark: [], peer: [] };
  for (const each of contestants) await shoot(bases[each] ?? '', headers, queries, 3);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const each = contestants[(round + turn) % contestants.length] ?? 'waymark';
      shots[each]?.push(...(await shoot(bases[each] ?? '', headers, queries, seconds)));
    }
  }
  const figures = (each: string, kind?: Kind) => {
    const of = (shots[each] ?? []).filter((shot) => !kind || shot.kind === kind);
    return { count: of.length, p50: share(of, 0.5), p95: share(of, 0.95), p99: share(of, 0.99) };
  };
  const line = (name: string, { count, p50, p95, p99 }: ReturnType<typeof figures>) =>
    `| ${name} | ${count} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${p99.toFixed(1)} |`;
  const kinds: Kind[] = ['exact', 'beginning', 'two letters', 'staff number', 'job title', 'misspelt'];
  const all = figures('waymark');
  const section = `## Directory search

Measured by \`npm run bench:directory\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB,
linux ${release()}, Node ${process.version}. The load generator, PostgreSQL and the server share the cores.

\`GET /api/people?search=…&pageSize=25\` as a signed-in coordinator, over ${people.toLocaleString('en-GB')} people of one institution (and 18,000 of nine others),
${connections} connections, ${rounds} rounds of ${seconds} s each in turn with the peer: Fastify and pg alone, one handler that sends the same SQL in the
same transaction, without session, permission or checks. Milliseconds:

| | searches | p50 | p95 | p99 |
|---|---|---|---|---|
${line('**Waymark, the whole mix**', all)}
${kinds.map((kind) => line(kind, figures('waymark', kind))).join('\n')}
${line('bare peer, the whole mix', figures('peer'))}

Aim: p95 under 50 ms: ${all.p95 < 50 ? 'met' : '**not met**'}. Of ${misspelt.length} names with a slip in both words, ${recalled} led back to the name that was meant on the first page.
`;
  console.log(`\n${section}`);
  if (!quick) {
    const file = 'docs/benchmarks/people.md';
    const page = existsSync(file) ? readFileSync(file, 'utf8') : '# Figures of people\n';
    const parts = page.split(/^(?=## )/m).filter((part) => !part.startsWith('## Directory search'));
    writeFileSync(file, `${parts.join('').trimEnd()}\n\n${section}`);
  }
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
  await database.stop();
}
