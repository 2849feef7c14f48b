import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchangeCommand } from './exchange-command.ts';
import { InputFault } from './input-fault.ts';

const REQUESTS = 'visitor,home,offer,days,score\n';
const OFFERS = 'offer,host,places\n';
interface Files {
  readonly requests: string;
  readonly offers: string;
  readonly balances?: string;
}
const RIGHT: Files = {
  requests: `${REQUESTS}ann,Ayr,lab,2,5\nann,Ayr,mill,2,9\nbob,Bath,shop,2,4\ncat,Bath,shop,2,6\n`,
  offers: `${OFFERS}lab,Bath,1\nmill,Bath,0\nshop,Ayr,2\n`,
};
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-exchange-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function argsFor(change: Partial<Files>, more: readonly string[]): string[] {
  const files = Object.entries({ ...RIGHT, ...change }).flatMap(([name, content]: [string, string]) => {
    const file = path.join(folder, `${name}.csv`);
    writeFileSync(file, content);
    return [`--${name}`, file];
  });
  return [...files, ...(more.includes('--delta') ? [] : ['--delta', '0']), ...more];
}

/** As a person runs it, in a process of its own. */
function run(change: Partial<Files>, ...more: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(__dirname, 'engine.ts'), 'exchange', ...argsFor(change, more)],
    { encoding: 'utf8' },
  );
  return { stdout, stderr: stderr.replaceAll(folder + path.sep, ''), status };
}

/** What it answers, or the fault that it ends with, without a process. */
async function answerOf(change: Partial<Files>, ...more: string[]) {
  try {
    return JSON.parse(
      JSON.stringify(
        await exchangeCommand.run(
          argsFor(change, more),
          () => 0,
          (typed) => typed,
        ),
      ),
    );
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return `${error.name}: ${error.message.replaceAll(folder + path.sep, '')}`;
  }
}

describe('exchange', () => {
  it('prints JSON alone: visits, balances, reasons, proof, engine and time', () => {
    const { stdout, stderr, status } = run({});
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      visits: [
        ['ann', 'lab'],
        ['cat', 'shop'],
      ],
      count: 2,
      total: 11,
      balance: { Ayr: 0, Bath: 0 },
      floor: 5,
      unmatched: [
        {
          visitor: 'bob',
          reason: {
            kind: 'balance',
            offer: 'shop',
            atLimit: [
              { institution: 'Ayr', side: 'hosts' },
              { institution: 'Bath', side: 'sends' },
            ],
            pointsShort: 2,
            visitsIfLooser: true,
          },
        },
      ],
      looser: { delta: 2, count: 3, total: 15 },
      certificate: { kind: 'prices', gap: 0 },
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      engine: expect.stringMatching(/^waymark-engine\//),
      elapsedMs: expect.any(Number),
    });
  });

  it('takes balances, an order, a seed and repetitions', async () => {
    const balances = 'institution,balance\nBath,2\nnot in this cycle,9\n';
    const answer = await answerOf({ balances }, '--order', 'total', '--seed', 's', '--repeat', '2');
    expect(answer).toMatchObject({ balance: { Ayr: 0, Bath: 0 }, order: 'total', seed: 's', runs: 2 });
    expect(answer.institutions).toMatchObject([{ carried: 0 }, { carried: 2, after: 2, limits: [0, 2] }]);
  });

  it('searches where days differ', async () => {
    const requests = `${REQUESTS}ann,Ayr,lab,3,5\nbob,Bath,shop,2,4\ncat,Bath,shop,1,6\ndan,Bath,shop,4,9\n`;
    expect(await answerOf({ requests, offers: `${OFFERS}lab,Bath,1\nshop,Ayr,3\n` })).toMatchObject({
      count: 3,
      certificate: { kind: 'search' },
    });
  });

  it('answers headers alone', async () => {
    expect(await answerOf({ requests: REQUESTS, offers: OFFERS })).toMatchObject({
      visits: [],
      count: 0,
      total: 0,
      balance: {},
      floor: null,
    });
  });

  it.each<[string, Partial<Files>, string]>([
    [
      'an unknown offer',
      { requests: `${REQUESTS}ann,Ayr,fab,1,1\n` },
      'offer-unknown: requests.csv, line 2, column 3 (offer)',
    ],
    [
      'a request twice',
      { requests: `${REQUESTS}ann,Ayr,lab,1,1\nbob,Ayr,lab,1,1\nann,Ayr,lab,2,2\n` },
      'request-duplicate: requests.csv, line 4, column 3 (offer): "ann" asks for "lab" twice, first in line 2',
    ],
    [
      'two homes',
      { requests: `${REQUESTS}ann,Ayr,lab,1,1\nann,Bath,shop,1,1\n` },
      'home-differs: requests.csv, line 3, column 2 (home)',
    ],
    ['no visitor', { requests: `${REQUESTS},Ayr,lab,1,1\n` }, 'id-empty: requests.csv, line 2, column 1 (visitor)'],
    ['no day', { requests: `${REQUESTS}ann,Ayr,lab,0,1\n` }, 'days-too-low: requests.csv, line 2, column 4 (days)'],
    [
      'half a day',
      { requests: `${REQUESTS}ann,Ayr,lab,.5,1\n` },
      'days-not-whole: requests.csv, line 2, column 4 (days)',
    ],
    [
      'a negative score',
      { requests: `${REQUESTS}ann,Ayr,lab,1,-1\n` },
      'score-negative: requests.csv, line 2, column 5 (score)',
    ],
    [
      'a fractional score',
      { requests: `${REQUESTS}ann,Ayr,lab,1,1.5\n` },
      'score-not-whole: requests.csv, line 2, column 5 (score)',
    ],
    ['places below 0', { offers: `${OFFERS}lab,Bath,-1\n` }, 'places-negative: offers.csv, line 2, column 3 (places)'],
    [
      'an offer twice',
      { offers: `${OFFERS}lab,Bath,1\nlab,Bath,1\n` },
      'offer-duplicate: offers.csv, line 3, column 1 (offer): "lab" is listed twice, first in line 2',
    ],
    [
      'half a balance',
      { balances: 'institution,balance\nAyr,0.5\n' },
      'balance-not-whole: balances.csv, line 2, column 2 (balance)',
    ],
    [
      'an institution twice',
      { balances: 'institution,balance\nAyr,1\nAyr,1\n' },
      'institution-duplicate: balances.csv, line 3, column 1 (institution)',
    ],
    ['another header', { offers: 'offer,host\n' }, 'header-wrong: offers.csv, line 1'],
  ])('%s is a fault with its place', async (_, change, message) => {
    expect(await answerOf(change)).toContain(message);
  });

  it('ends with status 2, nothing on stdout, and one line on stderr, where something is wrong', () => {
    const { stdout, stderr, status } = run({ offers: `${OFFERS}lab,Bath,-1\n` });
    expect(stderr.trim()).toMatch(/^places-negative: .*, line 2, column/);
    expect([stdout, status]).toEqual(['', 2]);
  });

  it.each([
    ['a delta below 0', ['--delta', '-1'], 'option-wrong'],
    ['a delta of words', ['--delta', 'wide'], 'option-wrong'],
    ['an unknown order', ['--order', 'best'], 'order-not-known'],
  ])('%s is a fault', async (_, more, message) => {
    expect(await answerOf({}, ...more)).toContain(message);
  });
});
