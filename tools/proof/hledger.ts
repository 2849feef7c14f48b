import { spawnSync } from 'node:child_process';

/** Where hledger is missing: what to do. */
export class HledgerMissing extends Error {
  constructor() {
    super('hledger is not installed. It is the Debian package "hledger": sudo apt-get install hledger');
  }
}

/** Runs hledger on a journal; answers what it printed. Throws what it complained of. */
export const hledger = (args: readonly string[], journal: string): string => {
  const { status, stdout, stderr, error } = spawnSync('hledger', ['-f', '-', ...args], {
    input: journal,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // It reads and writes pounds in UTF-8 only where the locale says so.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (error && 'code' in error && error.code === 'ENOENT') throw new HledgerMissing();
  if (error) throw error;
  if (status !== 0) throw new Error(`hledger ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
};

/** What `hledger balance --flat --output-format=csv` prints, as whole pence by account; its heading and total left out. */
export const balancesOf = (csv: string): Map<string, number> => {
  const balances = new Map<string, number>();
  for (const line of csv.split('\n').slice(1)) {
    const parts = /^"((?:[^"]|"")*)","((?:[^"]|"")*)"$/.exec(line.trim());
    if (!parts) continue;
    const [account, amount] = [parts[1]?.replaceAll('""', '"') ?? '', parts[2] ?? ''];
    balances.set(account, penceOf(amount));
  }
  return balances;
};

/** `£-1000.05` or `0`, as whole pence, digit by digit. */
const penceOf = (amount: string): number => {
  const parts = /^(-?)£?(-?)(\d+)(?:\.(\d\d))?$/.exec(amount);
  if (!parts) throw new Error(`hledger printed an amount that is none: ${amount}`);
  const pence = Number(parts[3]) * 100 + Number(parts[4] ?? 0);
  return parts[1] || parts[2] ? 0 - pence : pence;
};

/** The accounts that a journal declares, with the pot that each is of. */
export const potOfAccount = (journal: string): Map<string, string> =>
  new Map([...journal.matchAll(/^account (.+) {2}; pot:(\S+)$/gm)].map(([, account = '', pot = '']) => [account, pot]));

export interface Figures {
  putIn: number;
  available: number;
  committed: number;
  spent: number;
}

/** What hledger's balances come to, pot by pot. Throws where it knows of an account that no pot declared. */
export const figuresOf = (
  balances: ReadonlyMap<string, number>,
  pots: ReadonlyMap<string, string>,
): Map<string, Figures> => {
  const figures = new Map<string, Figures>();
  for (const [account, pence] of balances) {
    const pot = pots.get(account);
    if (pot === undefined) throw new Error(`hledger knows an account that no pot has: ${account}`);
    const of = figures.get(pot) ?? { putIn: 0, available: 0, committed: 0, spent: 0 };
    if (account.startsWith('income:')) of.putIn -= pence;
    else if (account.startsWith('expenses:')) of.spent += pence;
    else if (account.endsWith(':available')) of.available += pence;
    else if (account.endsWith(':committed')) of.committed += pence;
    else throw new Error(`an account of no kind: ${account}`);
    figures.set(pot, of);
  }
  return figures;
};
