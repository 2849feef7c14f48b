import autocannon from 'autocannon';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { startTestDatabase } from '../database/test-database.ts';
import { freeDatabasePort } from '../database/free-port.ts';
import { loadPeople } from './load-people.ts';
import { median } from './median.ts';

export interface ListFigures {
  seconds: number;
  connections: number;
  rounds: number;
  bytes: number;
  /** Requests a second, one figure a round. */
  perSecond: Record<Contestant, number[]>;
  medians: Record<Contestant, number>;
  /** Ours divided by the peer, round by round, then the median. */
  ratios: Record<Exclude<Contestant, 'waymark'>, number>;
}

const contestants = ['waymark', 'rows-tenancy', 'text-tenancy', 'rows'] as const;
type Contestant = (typeof contestants)[number];

/** GET of 50 people: ours, with sign-in, permission and checks, against Fastify and pg alone, in turn, in one run. */
export const benchList = async ({ rounds, seconds }: { rounds: number; seconds: number }): Promise<ListFigures> => {
  const connections = 32;
  const database = await startTestDatabase();
  const children: ChildProcess[] = [];
  try {
    const env = {
      ...process.env,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
    };
    const migrated = spawnSync(process.execPath, ['dist/apps/api/migrate.js'], { env, stdio: 'inherit' });
    if (migrated.status !== 0) throw new Error('the benchmark database was not migrated; run `npx nx build api` first');
    const { institutionId, cookie } = await loadPeople(database.ownerUrl);
    const textSql = await ourSql(institutionId);
    const urls = {} as Record<Contestant, string>;
    for (const contestant of contestants) {
      const port = await freeDatabasePort();
      const ours = contestant === 'waymark';
      children.push(
        spawn(
          process.execPath,
          ours ? ['dist/apps/api/main.js'] : ['tools/bench/bare-peer.ts', contestant, String(port)],
          {
            // Without the institution set a policy shows nothing: that peer connects as the owner, whom none binds.
            env: {
              ...env,
              ...(contestant === 'rows' ? { DATABASE_URL: database.ownerUrl } : {}),
              PORT: String(port),
              PUBLIC_URL: `http://localhost:${port}`,
              BENCH_INSTITUTION: institutionId,
              BENCH_TEXT_SQL: textSql,
            },
            stdio: ['ignore', 'ignore', 'inherit'],
          },
        ),
      );
      urls[contestant] = `http://127.0.0.1:${port}${ours ? '/api' : ''}/people?page=3&pageSize=50`;
    }
    const headers = { cookie };
    const bodies = await Promise.all(contestants.map((contestant) => firstBody(urls[contestant], headers)));
    const [expected] = bodies;
    for (const [index, body] of bodies.entries()) {
      if (JSON.stringify(body.json) !== JSON.stringify(expected?.json))
        throw new Error(`${contestants[index]} answers another body than ours`);
    }
    const perSecond = Object.fromEntries(
      contestants.map((contestant) => [contestant, [] as number[]]),
    ) as ListFigures['perSecond'];
    for (const contestant of contestants) await shoot(urls[contestant], headers, 3, connections);
    for (let round = 0; round < rounds; round += 1) {
      // Each round begins with another contestant, so that none always follows the same one.
      for (let turn = 0; turn < contestants.length; turn += 1) {
        const contestant = contestants[(round + turn) % contestants.length] ?? 'waymark';
        perSecond[contestant].push(await shoot(urls[contestant], headers, seconds, connections));
      }
    }
    const ratio = (peer: Contestant) =>
      median(perSecond.waymark.map((ours, round) => ours / (perSecond[peer][round] ?? 1)));
    return {
      seconds,
      connections,
      rounds,
      bytes: expected?.bytes ?? 0,
      perSecond,
      medians: Object.fromEntries(contestants.map((each) => [each, median(perSecond[each])])) as ListFigures['medians'],
      ratios: { 'rows-tenancy': ratio('rows-tenancy'), 'text-tenancy': ratio('text-tenancy'), rows: ratio('rows') },
    };
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
    await database.stop();
  }
};

/** The statement that our own list sends, taken from PostgreSQL after one request would be guesswork: it is exported. */
const ourSql = async (institutionId: string): Promise<string> => {
  const { peoplePageQuery } = (await import(`${process.cwd()}/dist/apps/api/people-page-query.js`)) as {
    peoplePageQuery: (
      institutionId: string,
      day: string,
      query: { page: number; pageSize: number; sort: 'name' },
    ) => { text: string };
  };
  return peoplePageQuery(institutionId, '2026-01-01', { page: 1, pageSize: 50, sort: 'name' }).text;
};

const firstBody = async (url: string, headers: Record<string, string>): Promise<{ json: unknown; bytes: number }> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(url, { headers });
      if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
      const text = await response.text();
      return { json: sorted(JSON.parse(text)), bytes: Buffer.byteLength(text) };
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

/** Equal whatever the order of keys. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;

const shoot = async (
  url: string,
  headers: Record<string, string>,
  duration: number,
  connections: number,
): Promise<number> => {
  const result = await autocannon({ url, headers, duration, connections });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
};
