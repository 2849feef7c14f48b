import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { equalSharesAnswer, type EqualSharesOptions } from './equal-shares-input.ts';

const reference = path.resolve(__dirname, '../../../shared/data/equal-shares');
const APPLICATIONS = 'id,score,amount,least,group\na,5,100,,x\nb,7,50,,x\nc,9,100,,y\nd,3,10,,\n';
const BALLOTS = 'panellist,id,points\nu,a,3\nv,a,1\nv,b,2\n';
const ELECTION = [
  'META',
  'key;value',
  'budget;13.00',
  'vote_type;approval',
  'PROJECTS',
  'project_id;cost;name',
  'a;7;"Trees; and benches"',
  'b;2;Swings',
  'VOTES',
  'voter_id;age;vote',
  'x;30;a',
  'y;;a,b',
  'z;41;a',
].join('\n');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-equal-shares-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Buffer): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

async function answer(options: Partial<EqualSharesOptions>): Promise<Record<string, unknown>> {
  const given = await equalSharesAnswer(
    { repeat: 1, ...options },
    () => 0,
    (typed) => path.join(folder, typed),
  );
  return JSON.parse(JSON.stringify(given));
}

const fromCsv = (options: Partial<EqualSharesOptions>, content: { applications?: string; ballots?: string } = {}) =>
  answer({
    budget: '250',
    applications: fileOf('a.csv', content.applications ?? APPLICATIONS),
    ...(content.ballots === undefined ? {} : { ballots: fileOf('b.csv', content.ballots) }),
    ...options,
  });

const fromElection = (text: string | Buffer, options: Partial<EqualSharesOptions> = {}) =>
  answer({ pb: fileOf('e.pb', text), ...options });

/** The fault's name and message, without the folder. */
async function faultOf(asked: Promise<unknown>): Promise<string> {
  const fault = await asked.then(
    () => new Error('was answered'),
    (error: Error) => error,
  );
  return `${fault.name}: ${fault.message.replaceAll(folder + path.sep, '')}`;
}

describe('equal shares from files', () => {
  it('takes score ballots: awards, rounds as exact fractions, reasons, share and engine', async () => {
    expect(await fromCsv({ completion: 'add1' }, { ballots: BALLOTS })).toMatchObject({
      funded: [
        { id: 'a', amount: 100 },
        { id: 'b', amount: 50 },
      ],
      count: 2,
      total: 12,
      spent: 150,
      voters: 2,
      rounds: [
        { id: 'a', amount: 100, rho: '25' },
        { id: 'b', amount: 50, rho: '25' },
      ],
      reasons: [
        { id: 'a', kind: 'bought' },
        { id: 'b', kind: 'bought' },
        { id: 'c', kind: 'no-supporter' },
        { id: 'd', kind: 'no-supporter' },
      ],
      engine: expect.stringMatching(/^waymark-engine\//),
      elapsedMs: expect.any(Number),
    });
  });

  it('makes voters of the groups where there are no ballots', async () => {
    expect(await fromCsv({})).toMatchObject({ voters: 2, share: '125', funded: [{ id: 'b' }, { id: 'c' }] });
  });

  it('recomputes the outcome with more money', async () => {
    const { atBudgets } = await fromCsv({ extras: [50] });
    expect(atBudgets).toEqual([{ extra: 50, count: 3, total: 21, spent: 250, share: '150', gains: ['a'], loses: [] }]);
  });

  it('takes an election, and another budget for it', async () => {
    const shown = {
      funded: [
        { id: 'a', amount: 7 },
        { id: 'b', amount: 2 },
      ],
      voters: 3,
      share: '13/3',
      total: 4,
    };
    expect(await fromElection(ELECTION)).toMatchObject(shown);
    expect(await fromElection(`\uFEFF${ELECTION.replaceAll('\n', '\r\n')}\r\n`)).toMatchObject(shown);
    expect(await fromElection(ELECTION, { budget: '6' })).toMatchObject({ funded: [{ id: 'b' }], share: '2' });
  });

  it('takes points where the election has them, and voters who support nothing', async () => {
    const scored = ELECTION.replace('approval', 'cumulative')
      .replace('voter_id;age;vote', 'voter_id;vote;points')
      .replace('x;30;a', 'x;a;5')
      .replace('y;;a,b', 'y;a,b;1,4')
      .replace('z;41;a', 'z;;');
    const parameters = { utility: 'points', tie: ['votes', 'cost'] };
    expect(await fromElection(scored)).toMatchObject({ voters: 3, parameters, rounds: [{ id: 'b', rho: '1/2' }] });
  });

  it('answers headers without lines', async () => {
    expect(await fromCsv({}, { applications: 'id,score,amount,least,group\n' })).toMatchObject({
      count: 0,
      funded: [],
    });
    expect(await fromCsv({}, { ballots: 'panellist,id,points\n' })).toMatchObject({ count: 0, voters: 0 });
    const nothing = ['META', 'key;value', 'budget;5', 'PROJECTS', 'project_id;cost', 'VOTES', 'voter_id;vote'];
    expect(await fromElection(nothing.join('\n'))).toMatchObject({ count: 0, left: 5 });
  });

  (existsSync(reference) ? it : it.skip)(
    'finds the known winners of the reference election (../shared/data)',
    async () => {
      const expected: Record<string, { completion: string; increment: number; winners: string[]; totalCost: number }> =
        JSON.parse(readFileSync(path.join(reference, 'expected.json'), 'utf8'));
      const pb = path.relative(folder, path.join(reference, 'netherlands_amsterdam_2022_west.pb'));
      for (const { completion, increment, winners, totalCost } of Object.values(expected)) {
        const { funded, spent } = await answer({ pb, completion, increment: `${increment}`, tie: 'votes,cost' });
        expect((funded as { id: string }[]).map(({ id }) => id)).toEqual(winners.toSorted());
        expect(spent).toBe(totalCost);
      }
    },
  );
});

describe('a fault names file, line and column', () => {
  const ballots = (line: string) => fromCsv({}, { ballots: `${BALLOTS}${line}\n` });
  const election = (from: string, to: string) => fromElection(ELECTION.replace(from, to));
  it.each<[string, () => Promise<unknown>, string]>([
    ['an unknown application', () => ballots('u,q,1'), 'application-unknown: b.csv, line 5, column 2 (id)'],
    ['a line twice', () => ballots('u,a,9'), 'ballot-duplicate: b.csv, line 5, column 2 (id)'],
    ['points below zero', () => ballots('u,b,-1'), 'points-negative: b.csv, line 5, column 3 (points)'],
    ['half a point', () => ballots('u,b,0.5'), 'points-not-whole: b.csv, line 5, column 3 (points)'],
    ['too many points', () => ballots('u,b,1000000001'), 'points-too-high: b.csv, line 5, column 3 (points)'],
    ['no panellist', () => ballots(',b,1'), 'id-empty: b.csv, line 5, column 1 (panellist)'],
    ['no application', () => ballots('u,,1'), 'id-empty: b.csv, line 5, column 2 (id)'],
    ['no budget', () => fromCsv({ budget: undefined }), 'option-missing: --budget is missing'],
    ['no applications', () => answer({ budget: '1' }), 'option-missing: --applications (or --pb) is missing'],
    ['an unknown completion', () => fromCsv({ completion: 'best' }), 'completion-not-known'],
    ['an unknown tie', () => fromCsv({ tie: 'votes,lot' }), 'tie-not-known'],
    ['a tie twice', () => fromCsv({ tie: 'votes,votes' }), 'tie-not-known'],
    ['no increment', () => fromCsv({ increment: '0' }), 'increment-wrong'],
    ['a budget beyond reach', () => fromCsv({ extras: [-300] }), 'budget-wrong'],
    [
      'both kinds of file',
      () => fromElection(ELECTION, { ballots: 'b.csv' }),
      'option-wrong: --pb has its own projects',
    ],
    ['an unknown project', () => election('y;;a,b', 'y;;a,q'), 'application-unknown: e.pb, line 12, column 3 (vote)'],
    ['a project twice in a vote', () => election('a,b', 'a,a'), 'ballot-duplicate: e.pb, line 12, column 3 (vote)'],
    ['a project twice', () => election('b;2;', 'a;2;'), 'application-duplicate: e.pb, line 8, column 1 (project_id)'],
    ['a voter twice', () => election('z;41', 'x;41'), 'voter-duplicate: e.pb, line 13, column 1 (voter_id)'],
    ['no budget', () => election('budget;13.00', 'unit;x'), 'budget-missing: e.pb'],
    ['a budget of parts', () => election('13.00', '13.50'), 'budget-not-whole: e.pb, line 3, column 2 (value)'],
    ['a cost of parts', () => election('b;2;', 'b;2.25;'), 'amount-not-whole: e.pb, line 8, column 2 (cost)'],
    ['a cost of nothing', () => election('b;2;', 'b;0;'), 'amount-not-positive: e.pb, line 8, column 2 (cost)'],
    ['a cost below zero', () => election('b;2;', 'b;-2;'), 'amount-not-positive: e.pb, line 8, column 2 (cost)'],
    ['a cost too high', () => election('b;2;', 'b;20000000000;'), 'amount-too-high: e.pb, line 8, column 2 (cost)'],
    ['ordinal votes', () => election('approval', 'ordinal'), 'vote-type-not-known: e.pb, line 4, column 2 (value)'],
    ['votes without points', () => election('approval', 'scoring'), 'header-wrong: e.pb'],
    ['a section missing', () => fromElection(ELECTION.split('VOTES')[0] ?? ''), 'section-missing: e.pb'],
    ['a section twice', () => election('VOTES', 'META'), 'section-duplicate: e.pb, line 9'],
    ['no section', () => fromElection('a;b\n'), 'section-missing: e.pb, line 1, column 1'],
    [
      'a letter in another encoding than UTF-8',
      () => fromElection(Buffer.from(ELECTION.replace('b;2;', 'b\xEB;2;'), 'latin1')),
      'not-utf8: e.pb, line 8, column 1',
    ],
    ['an open quote', () => election('benches"', 'benches'), 'csv-malformed: e.pb, line 7, column 3'],
    [
      'a fault below Windows line ends in quotes',
      () => fromElection(ELECTION.replace('Trees;', 'Trees;\r\n\r\n').replace('b;2;', 'b;0;')),
      'amount-not-positive: e.pb, line 10, column 2 (cost)',
    ],
    ['a header without its columns', () => election('project_id;cost', 'id;cost'), 'header-wrong: e.pb, line 6'],
  ])('%s', async (_, asked, message) => {
    expect(await faultOf(asked())).toContain(message);
  });
});
