// `npm run proof:ledger`: an outside program, hledger, adds up the journal that Waymark exports, and finds in every pot what
// Waymark shows, to the penny. On the demonstration's books and on random ones, through the built API on a database of its
// own. `--acts 2000` and `--seed 1` say how much is posted at random. Builds nothing: run `npx nx build api` first.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freeDatabasePort } from '../database/free-port.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { projectRoot } from '../up/project-root.ts';
import { balancesOf, figuresOf, type Figures, hledger, HledgerMissing, potOfAccount } from './hledger.ts';
import { type Answer, postAtRandom } from './post-at-random.ts';

const root = projectRoot();
const program = (name: string) => join(root, `dist/apps/api/${name}.js`);
const { values } = parseArgs({ options: { acts: { type: 'string' }, seed: { type: 'string' } } });
const [acts, seed] = [Number(values.acts ?? 2000), Number(values.seed ?? 1)];

const refuse = (words: string): never => {
  console.error(words);
  process.exit(2);
};

const comparedWith = (shown: readonly (Figures & { id: string })[], found: ReadonlyMap<string, Figures>): string[] => {
  const nothing: Figures = { putIn: 0, available: 0, committed: 0, spent: 0 };
  const known = new Set(shown.map(({ id }) => id));
  return [
    ...shown.flatMap(({ id, ...ours }) =>
      (['putIn', 'available', 'committed', 'spent'] as const).flatMap((figure) => {
        const theirs = (found.get(id) ?? nothing)[figure];
        return ours[figure] === theirs
          ? []
          : [`pot ${id}, ${figure}: Waymark ${ours[figure]}, hledger ${theirs} pence`];
      }),
    ),
    ...[...found.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `hledger has a pot that Waymark does not show: ${id}`),
  ];
};

const prove = async (): Promise<boolean> => {
  const database = await startTestDatabase();
  let api: ChildProcess | undefined;
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  const application = new pg.Client({ connectionString: database.appUrl });
  try {
    const port = await freeDatabasePort();
    const origin = `http://localhost:${port}`;
    const env = {
      ...process.env,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      PORT: String(port),
      PUBLIC_URL: origin,
      WAYMARK_DEMONSTRATION: 'true',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
    };
    for (const step of ['migrate', 'demonstration']) {
      const { status, stderr } = spawnSync(process.execPath, [program(step)], { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${step} ended with ${status}: ${stderr}`);
    }
    api = spawn(process.execPath, [program('main')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await owner.connect();
    await application.connect();

    let cookie = '';
    const send = async (method: string, path: string, body?: unknown): Promise<Answer & { text: string }> => {
      const response = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
        method,
        headers: {
          cookie,
          origin,
          ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : null, text };
    };
    await until(async () => (await send('GET', 'ready')).status === 200);
    const accounts = (await send('GET', 'demonstration/accounts')).body as {
      accounts: { role: string; email: string; password: string }[];
    };
    const officer = accounts.accounts.find(({ role }) => role === 'finance-officer');
    if (!officer) throw new Error('the demonstration has no finance officer');
    const session = await send('POST', 'session', { email: officer.email, password: officer.password });
    if (session.status !== 200)
      throw new Error(`the finance officer does not get in: ${session.status} ${session.text}`);
    const { rows } = await owner.query<{ id: string }>('select id from institution where demonstration');
    const institutionId = rows[0]?.id ?? '';

    let right = await compare('the demonstration', send, owner, institutionId);
    const ask = (method: 'GET' | 'POST', path: string, body?: unknown) => send(method, `funding/${path}`, body);
    const done = await postAtRandom(ask, application, institutionId, { acts, seed });
    console.log(`posted (seed ${seed}): ${[...done].map(([what, times]) => `${times} ${what}`).join(', ')}`);
    right = (await compare('the demonstration and what was posted at random', send, owner, institutionId)) && right;
    return right;
  } finally {
    api?.kill('SIGTERM');
    await application.end().catch(() => undefined);
    await owner.end().catch(() => undefined);
    await database.stop();
  }
};

/** Has hledger check and add up the journal, and compares every pot with the figures of the database and of the screen. */
const compare = async (
  name: string,
  send: (method: string, path: string) => Promise<Answer & { text: string }>,
  owner: pg.Client,
  institutionId: string,
): Promise<boolean> => {
  const { status, text: journal } = await send('GET', 'funding/journal');
  if (status !== 200) throw new Error(`the journal was answered ${status}`);
  hledger(['check', '--strict'], journal);
  const balances = balancesOf(hledger(['balance', '--flat', '--no-total', '--empty', '--output-format=csv'], journal));
  const found = figuresOf(balances, potOfAccount(journal));
  // Owners of the tables pass the policies by: the institution is named.
  const { rows } = await owner.query<Record<'id' | keyof Figures, string>>(
    `select pot_id as id, put_in_pence as "putIn", available_pence as available, committed_pence as committed, spent_pence as spent
     from pot_figures where institution_id = $1`,
    [institutionId],
  );
  const ledger = rows.map((row) => ({
    id: row.id,
    putIn: Number(row.putIn),
    available: Number(row.available),
    committed: Number(row.committed),
    spent: Number(row.spent),
  }));
  const shown = await shownPots(send);
  const wrong = [...comparedWith(ledger, found), ...comparedWith(shown, found)];
  const total = [...balances.values()].reduce((sum, pence) => sum + pence, 0);
  if (total !== 0) wrong.push(`all accounts together come to ${total} pence, not to nothing`);
  const entries = journal.match(/^\d{4}-\d\d-\d\d /gm)?.length ?? 0;
  for (const each of wrong) console.error(each);
  console.log(
    `${name}: ${entries} entries, ${balances.size} accounts, ${ledger.length} pots: hledger ${wrong.length === 0 ? 'agrees to the penny' : `differs in ${wrong.length} figures`}`,
  );
  return wrong.length === 0;
};

/** The pots as the screen gets them, page by page. */
const shownPots = async (
  send: (method: string, path: string) => Promise<Answer>,
): Promise<(Figures & { id: string })[]> => {
  const pots: (Figures & { id: string })[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await send('GET', `funding/pots?page=${page}&pageSize=100`);
    const { rows, total } = body as { rows: { id: string; figures: Record<string, number> }[]; total: number };
    pots.push(
      ...rows.map(({ id, figures }) => ({
        id,
        putIn: figures['putInPence'] ?? NaN,
        available: figures['availablePence'] ?? NaN,
        committed: figures['committedPence'] ?? NaN,
        spent: figures['spentPence'] ?? NaN,
      })),
    );
    if (pots.length >= total || rows.length === 0) return pots;
  }
};

const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 0; !(await done().catch(() => false)); attempt += 1) {
    if (attempt > 300) throw new Error('Waymark did not become ready within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

if (!existsSync(program('main'))) refuse('Waymark is not built: run `npx nx build api` first.');
if (![acts, seed].every(Number.isSafeInteger) || acts < 0) refuse('--acts and --seed are whole numbers.');
try {
  console.log(hledger(['--version'], '').trim());
} catch (error) {
  if (error instanceof HledgerMissing) refuse(error.message);
  throw error;
}
process.exitCode = (await prove()) ? 0 : 1;
