import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';

/** What a command of the API answered. */
export interface Answer {
  status: number;
  body: unknown;
}
export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>;

interface Pot {
  id: string;
  version: number;
  status: string;
  costCodeId: string;
  figures: { availablePence: number; committedPence: number };
}

/** Names and reasons that would break a journal were they written as they are. */
const awkward = [
  'Travel: north; and south',
  'Travel* north; and south',
  '(unclosed',
  '! not yet',
  '* Star  two  spaces',
  '= 2026-01-01',
  'Tab\tand "quotes", ’ and £5',
  '| a | pipe |',
  '~ monthly',
  '; only a comment',
  'Ünïcödé — ﷽ 💷',
];

/** A generator of whole numbers that a seed repeats: mulberry32. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/**
 * Does `acts` acts of a finance officer over the API, by chance: money in, between pots, taken back, years rolled over; among
 * them transfers of more than there is, which are to be refused. What awards and claims will post has no command yet: it is
 * posted as the application role posts, under the database's own rules. Answers what was done and refused, by kind.
 */
export const postAtRandom = async (
  ask: Ask,
  application: pg.Client,
  institutionId: string,
  { acts, seed }: { acts: number; seed: number },
): Promise<Map<string, number>> => {
  const below = numbersFrom(seed);
  const done = new Map<string, number>();
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[below(from.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  };
  const reason = () =>
    pick(awkward)
      .padEnd(1 + below(60), '.')
      .trim();
  const expectDone = (what: string, { status, body }: Answer): unknown => {
    if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
    count(what);
    return body;
  };

  const codes: string[] = [];
  for (const code of ['P-1', 'P-2/26', 'p.3']) {
    const body = expectDone('cost code', await ask('POST', 'cost-codes', { code, name: reason() })) as {
      rows: { id: string; code: string }[];
    };
    codes.push(body.rows.find((row) => row.code === code)?.id ?? '');
  }
  const pots: string[] = [];
  for (const [at, name] of awkward.entries()) {
    const body = { name, financialYear: 2024 + (at % 2), costCodeId: pick(codes) };
    pots.push((expectDone('pot', await ask('POST', 'pots', body)) as Pot).id);
  }
  const see = async (id: string): Promise<Pot> => (await ask('GET', `pots/${id}`)).body as Pot;

  for (let act = 0; act < acts; act += 1) {
    const pot = await see(pick(pots));
    const { availablePence: available, committedPence: committed } = pot.figures;
    const chance = below(100);
    if (chance < 30) {
      const amountPence = 1 + below(chance === 0 ? 100_000_000_00 : 5_000_00);
      expectDone('put in', await ask('POST', `pots/${pot.id}/fund`, { amountPence, reason: reason() }));
    } else if (chance < 55) {
      const toPotId = pick(pots.filter((id) => id !== pot.id));
      const amountPence = 1 + below(Math.max(1, Math.floor(available * 1.2)));
      const answer = await ask('POST', `pots/${pot.id}/transfer`, { toPotId, amountPence, reason: reason() });
      if (amountPence <= available) expectDone('transfer', answer);
      else if (answer.status === 409) count('transfer of too much, refused');
      else throw new Error(`a transfer of too much was answered ${answer.status}`);
    } else if (chance < 65) {
      const { body } = await ask('GET', `pots/${pot.id}/entries?pageSize=10`);
      const found = (body as { rows: { id: string; mayCorrect: boolean }[] }).rows.find(({ mayCorrect }) => mayCorrect);
      if (!found) continue;
      const answer = await ask('POST', `entries/${found.id}/correct`, { reason: reason() });
      if (answer.status === 409) count('taking back what is gone, refused');
      else expectDone('taken back', answer);
    } else if (chance < 97) {
      const kind = chance < 80 ? 'commit' : chance < 92 ? 'spend' : 'release';
      const most = kind === 'commit' ? available : committed;
      if (most === 0) continue;
      const [from, to] = ways[kind];
      const amount = 1 + below(most);
      await post(application, institutionId, kind, reason(), pot, pick(codes), { from, to, amount });
      count(kind);
    } else {
      const next = expectDone('rolled over', await ask('POST', `pots/${pot.id}/roll-over`, { version: pot.version }));
      pots.splice(pots.indexOf(pot.id), 1, (next as Pot).id);
    }
  }
  return done;
};

/** Out of which account a kind of entry takes money, and into which. */
const ways = {
  commit: ['available', 'committed'],
  spend: ['committed', 'spent'],
  release: ['committed', 'available'],
} as const;

const post = async (
  application: pg.Client,
  institutionId: string,
  kind: string,
  reason: string,
  pot: Pot,
  spentCodeId: string,
  { from, to, amount }: { from: string; to: string; amount: number },
): Promise<void> => {
  const id = randomUUIDv7();
  await application.query('begin');
  await application.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
  await application.query(
    `insert into ledger_entry (institution_id, id, kind, at, day, reason) values ($1, $2, $3, now(), current_date, $4)`,
    [institutionId, id, kind, reason],
  );
  await application.query(
    `insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
     values ($1, $2, 1, $3, $4, $6, -($8::bigint)), ($1, $2, 2, $3, $5, $7, $8::bigint)`,
    [institutionId, id, pot.id, from, to, pot.costCodeId, to === 'spent' ? spentCodeId : pot.costCodeId, amount],
  );
  await application.query('commit');
};
