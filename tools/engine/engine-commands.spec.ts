import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assignCommand } from './assign-command.ts';
import type { Command } from './command.ts';
import { exchangeCommand } from './exchange-command.ts';
import { fundCommand } from './fund-command.ts';
import { InputFault } from './input-fault.ts';
import { stableCommand } from './stable-command.ts';

/** A command with files that are right, so that a case says only what is wrong in one of them. */
interface Asked {
  readonly name: string;
  readonly command: Command;
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, File>>;
}
/** Right lines, the header first, and what the columns hold: those not named here may hold any text, or none. */
interface File {
  readonly lines: readonly string[];
  /** Whole numbers; empty is wrong too, except in `optional`. */
  readonly numbers: readonly string[];
  readonly ids: readonly string[];
  /** Those of the ids that must be known from elsewhere. */
  readonly known?: readonly string[];
  readonly optional?: readonly string[];
}
type Answer = Record<string, unknown>;

const places: File = { lines: ['mentor,places', 'x,1', 'y,1'], numbers: ['places'], ids: ['mentor'] };
const applications: File = {
  lines: ['id,score,amount,least,group', 'p,9,4000,,g', 'q,7,3000,1000,h', 'r,5,2000,1500,h'],
  numbers: ['score', 'amount', 'least'],
  ids: ['id'],
  optional: ['least'],
};
const fund = (name: string, method: string, more: readonly string[] = [], files: Asked['files'] = {}): Asked => ({
  name,
  command: fundCommand,
  args: ['--method', method, '--budget', '7000', '--applications', 'applications.csv', ...more],
  files: { 'applications.csv': applications, ...files },
});
const asked: readonly Asked[] = [
  {
    name: 'assign',
    command: assignCommand,
    args: [
      '--pairs',
      'pairs.csv',
      '--places',
      'places.csv',
      '--mentee-places',
      'mentees.csv',
      '--order',
      'pairs-total',
    ],
    files: {
      'pairs.csv': {
        lines: ['mentee,mentor,score', 'a,x,5', 'b,x,9', 'b,y,2'],
        numbers: ['score'],
        ids: ['mentee', 'mentor'],
        known: ['mentor'],
      },
      'places.csv': places,
      'mentees.csv': { lines: ['mentee,places', 'a,1', 'b,1'], numbers: ['places'], ids: ['mentee'] },
    },
  },
  {
    name: 'stable',
    command: stableCommand,
    args: ['--mentees', 'mentees.csv', '--mentors', 'mentors.csv', '--places', 'places.csv'],
    files: {
      'mentees.csv': {
        lines: ['person,choice,rank', 'a,x,1', 'a,y,2', 'b,x,1'],
        numbers: ['rank'],
        ids: ['person', 'choice'],
        known: ['choice'],
      },
      'mentors.csv': {
        lines: ['person,choice,rank', 'x,a,2', 'x,b,1', 'y,a,1'],
        numbers: ['rank'],
        ids: ['person', 'choice'],
        known: ['person'],
      },
      'places.csv': places,
    },
  },
  {
    name: 'exchange',
    command: exchangeCommand,
    args: ['--requests', 'requests.csv', '--offers', 'offers.csv', '--delta', '2'],
    files: {
      'requests.csv': {
        lines: ['visitor,home,offer,days,score', 'a,north,s1,2,5', 'b,south,n1,2,4'],
        numbers: ['days', 'score'],
        ids: ['visitor', 'home', 'offer'],
        known: ['offer'],
      },
      'offers.csv': {
        lines: ['offer,host,places', 's1,south,1', 'n1,north,1'],
        numbers: ['places'],
        ids: ['offer', 'host'],
      },
    },
  },
  fund('fund by rank', 'rank'),
  fund('fund by total', 'total'),
  fund('fund by total within groups', 'total', ['--group-limits', 'groups.csv'], {
    'groups.csv': {
      lines: ['group,floor,cap', 'g,0,4000', 'h,1000,3000'],
      numbers: ['floor', 'cap'],
      ids: ['group'],
      known: ['group'],
      optional: ['floor', 'cap'],
    },
  }),
  fund('fund by equal shares', 'equal-shares', ['--ballots', 'ballots.csv', '--completion', 'add1'], {
    'ballots.csv': {
      lines: ['panellist,id,points', 'u,p,3', 'u,q,1', 'v,q,2'],
      numbers: ['points'],
      ids: ['panellist', 'id'],
      known: ['id'],
    },
  }),
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command on its right files, except those given. Paths are typed without a folder, as from that folder. */
function run(
  { command, args, files }: Asked,
  instead: Readonly<Record<string, readonly string[]>> = {},
): Promise<Answer> {
  for (const [name, { lines }] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), [...(instead[name] ?? lines), ''].join('\n'));
  }
  return command.run(
    args,
    () => 0,
    (typed) => path.join(folder, typed),
  ) as Promise<Answer>;
}

/** What the command line would print of the fault, without the folder. Fails where there is none. */
async function faultOf(answer: Promise<Answer>): Promise<string> {
  const outcome = await answer.catch((error: unknown) => error);
  if (!(outcome instanceof InputFault))
    throw new Error(`no fault, but ${outcome instanceof Error ? outcome.stack : JSON.stringify(outcome)}`);
  return `${outcome.name}: ${outcome.message}`.replaceAll(folder + path.sep, '');
}

/** The lines with another value in one column of the last. */
function withValue(lines: readonly string[], column: number, value: string): string[] {
  const fields = (lines.at(-1) ?? '').split(',');
  fields[column] = value;
  return [...lines.slice(0, -1), fields.join(',')];
}

const everyFile = asked.flatMap((each) =>
  Object.entries(each.files).map(([file, content]) => ({ each, file, content })),
);
const everyColumn = everyFile.flatMap(({ each, file, content }) =>
  (content.lines[0] ?? '').split(',').map((column, at) => ({ command: each.name, each, file, content, column, at })),
);
const numberColumns = everyColumn.filter(({ content, column }) => content.numbers.includes(column));

describe('every command', () => {
  it.each(asked)('$name: answers right files, with figures, the engine, the hash and the time', async (each) => {
    expect(await run(each)).toMatchObject({
      count: expect.any(Number),
      engine: expect.stringMatching(/^waymark-engine\//),
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      elapsedMs: expect.any(Number),
    });
  });

  it.each(asked)('$name: answers headers alone with nothing, and no fault', async (each) => {
    const headers = Object.fromEntries(
      Object.entries(each.files).map(([file, { lines }]) => [file, lines.slice(0, 1)]),
    );
    expect(await run(each, headers)).toMatchObject({ count: 0 });
  });

  it.each(asked)('$name: gives the same answer for lines and columns in another order', async (each) => {
    const turned = Object.entries(each.files).map(
      ([
        file,
        {
          lines: [header = '', ...lines],
        },
      ]): [string, string[]] => [
        file,
        [header, ...lines.toReversed()].map((line) => line.split(',').reverse().join(',')),
      ],
    );
    expect(await run(each, Object.fromEntries(turned))).toEqual(await run(each));
  });

  it.each(asked)('$name: with --repeat says the median, the first, and how often', async (each) => {
    const answer = await run({ ...each, args: [...each.args, '--repeat', '3'] });
    expect(answer).toMatchObject({ elapsedMs: expect.any(Number), firstMs: expect.any(Number), runs: 3 });
    expect({ ...answer, firstMs: 0, runs: 0 }).toEqual({ ...(await run(each)), firstMs: 0, runs: 0 });
  });

  it.each(asked)('$name: names an option that it does not know, and one that is missing', async (each) => {
    expect(await faultOf(run({ ...each, args: [...each.args, '--fast', '1'] }))).toMatch(/^option-wrong: .*--fast/);
    expect(await faultOf(run({ ...each, args: each.args.slice(2) }))).toMatch(/^option-missing: --/);
  });
});

describe('a fault in any file of any command is named with file, line and column', () => {
  it.each(numberColumns)('$command, $file: $column below zero, of a fraction, of words, or too high', async (one) => {
    const { each, file, content, column, at } = one;
    const wrong = ['-1', '1.5', 'many', '1e3', '0x10', '99999999999999999999'];
    if (!content.optional?.includes(column)) wrong.push('');
    for (const value of wrong) {
      const fault = await faultOf(run(each, { [file]: withValue(content.lines, at, value) }));
      expect(`${value}: ${fault}`).toMatch(
        new RegExp(`: ${column}-[a-z-]+: ${file}, line ${content.lines.length}, column ${at + 1} \\(${column}\\): `),
      );
    }
  });

  it.each(everyColumn.filter(({ content, column }) => content.ids.includes(column)))(
    '$command, $file: no $column',
    async ({ each, file, content, column, at }) => {
      const fault = await faultOf(run(each, { [file]: withValue(content.lines, at, '') }));
      expect(fault).toMatch(
        new RegExp(`^(id|group)-empty: ${file}, line ${content.lines.length}, column ${at + 1} \\(${column}\\): `),
      );
    },
  );

  it.each(everyColumn.filter(({ content, column }) => content.known?.includes(column)))(
    '$command, $file: $column that nobody knows',
    async ({ each, file, content, column, at }) => {
      const fault = await faultOf(run(each, { [file]: withValue(content.lines, at, 'nobody') }));
      expect(fault).toMatch(
        new RegExp(`^[a-z]+-unknown: ${file}, line ${content.lines.length}, column ${at + 1} \\(${column}\\): `),
      );
    },
  );

  it.each(everyFile)('$each.name, $file: a line twice', async ({ each, file, content: { lines } }) => {
    const fault = await faultOf(run(each, { [file]: [...lines, lines.at(-1) ?? ''] }));
    expect(fault).toMatch(
      new RegExp(
        `^[a-z]+-duplicate: ${file}, line ${lines.length + 1}, column \\d \\([a-z]+\\): .*line ${lines.length}`,
      ),
    );
  });

  it.each(everyFile)(
    '$each.name, $file: no header, another header, a field too few',
    async ({ each, file, content: { lines } }) => {
      expect(await faultOf(run(each, { [file]: [] }))).toMatch(
        new RegExp(`^header-wrong: ${file}, line 1, column 1: `),
      );
      expect(await faultOf(run(each, { [file]: [`${lines[0]}x`] }))).toMatch(
        new RegExp(`^header-wrong: ${file}, line 1, `),
      );
      expect(await faultOf(run(each, { [file]: [...lines, 'alone'] }))).toMatch(
        new RegExp(`^line-not-complete: ${file}, line ${lines.length + 1}, column 2: `),
      );
    },
  );
});

describe('the command line itself', () => {
  const tool = path.join(__dirname, 'engine.ts');
  const spawned = (args: readonly string[], env = {}) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [tool, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { stdout, stderr, status };
  };

  it('knows the commands of this file and no others', () => {
    const { stdout, stderr, status } = spawned(['constructor']);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toMatch(/^command-not-known: constructor; usage:/);
    const known = new Set([...stderr.matchAll(/engine -- (\S+)/g)].map(([, name]) => name));
    expect(known).toEqual(new Set(asked.map(({ name }) => name.split(' ')[0])));
  });

  it('finds files from where the person stands, whatever folder npm runs it in', async () => {
    const [first] = asked;
    if (!first) throw new Error('no command');
    await run(first);
    const { stdout, stderr, status } = spawned(['assign', ...first.args], {
      npm_lifecycle_event: 'engine',
      INIT_CWD: folder,
    });
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({ count: 2 });
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
  });

  it('is content with a reader who has seen enough', async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `mentee${at},x,1`);
    await run(asked[0] as Asked, { 'pairs.csv': ['mentee,mentor,score', ...lines] });
    const args = asked[0]?.args.map((each) => (each.endsWith('.csv') ? path.join(folder, each) : each)) ?? [];
    const child = spawn(process.execPath, [tool, 'assign', ...args]);
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect([stderr, status]).toEqual(['', 0]);
  });
});
