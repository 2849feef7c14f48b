import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const PLACES = 'mentor,places\nx,1\ny,2\n';
const PAIRS = 'mentee,mentor,score\na,x,5\nb,x,9\nb,y,2\nc,x,1\n';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-engine-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Runs the tool as `npm run -s engine` does, on files with the given contents. */
function run(content: { pairs?: string | Buffer; places?: string; menteePlaces?: string }, ...more: string[]) {
  const args = ['--pairs', fileOf('pairs.csv', content.pairs ?? PAIRS)];
  args.push('--places', fileOf('places.csv', content.places ?? PLACES));
  if (content.menteePlaces !== undefined) args.push('--mentee-places', fileOf('mentees.csv', content.menteePlaces));
  return runPlain('assign', ...args, ...(more.includes('--order') ? [] : ['--order', 'pairs-total']), ...more);
}

function runPlain(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, 'engine.ts'), ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr: stderr.replaceAll(folder + path.sep, ''), status };
}

describe('assign', () => {
  it('prints JSON alone: pairs, figures, reasons, certificate, engine and time', () => {
    const { stdout, stderr, status } = run({});
    expect([stderr, status]).toEqual(['', 0]);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      pairs: [
        ['a', 'x', 5],
        ['b', 'y', 2],
      ],
      count: 2,
      total: 7,
      floor: 2,
      unmatched: [{ mentee: 'c', reason: { kind: 'competition', menteeCount: 2, placeCount: 1, pointsShort: 4 } }],
      certificate: { pairsBound: 2, dualObjective: '7', gap: 0 },
      engine: expect.stringMatching(/^waymark-engine\//),
      elapsedMs: expect.any(Number),
    });
    expect(answer).not.toHaveProperty('firstMs');
  });

  it('takes orders, places of mentees, a seed and repetitions', () => {
    expect(JSON.parse(run({}, '--order', 'total').stdout)).toMatchObject({ count: 1, total: 9 });
    expect(JSON.parse(run({}, '--order', 'pairs-floor-total').stdout)).toMatchObject({ count: 2, floor: 2 });
    const answer = JSON.parse(
      run({ menteePlaces: 'mentee,places\nb,2\nd,1\n' }, '--seed', 's', '--repeat', '3').stdout,
    );
    expect(answer).toMatchObject({ count: 2, total: 11, seed: 's', runs: 3, firstMs: expect.any(Number) });
    expect(answer.unmatched).toContainEqual({ mentee: 'd', reason: { kind: 'no-allowed-mentor' } });
  });

  it('takes convex dissatisfaction from a ceiling, and names the line of a score above it', () => {
    const pairs = 'mentee,mentor,score\na,x,10\na,y,5\nb,x,6\nb,y,2\n';
    const convex = ['--dissatisfaction', 'convex'];
    const answer = JSON.parse(run({ pairs }, ...convex, '--ceiling', '10').stdout);
    expect(answer).toMatchObject({ count: 2, total: 11, dissatisfaction: 'convex', ceiling: 10 });
    expect(JSON.parse(run({ pairs }).stdout)).toMatchObject({ total: 12, dissatisfaction: 'linear' });
    const low = run({ pairs }, ...convex, '--ceiling', '9');
    expect([low.status, low.stdout]).toEqual([2, '']);
    expect(low.stderr).toContain('score-above-ceiling: pairs.csv, line 2, column 3 (score)');
    expect(run({ pairs }, ...convex).stderr).toContain('ceiling-wrong');
    expect(run({ pairs }, ...convex, '--ceiling', '-1').status).toBe(2);
    expect(run({ pairs }, ...convex, '--ceiling', '10', '--order', 'total').stderr).toContain(
      'dissatisfaction-not-with-total',
    );
  });

  it('reads columns in any order, a byte-order mark, quotes, blank lines and Windows line ends', () => {
    const { stdout } = run({ pairs: '\uFEFFscore,mentee,mentor\r\n\r\n5,"a, the first",x\r\n' });
    expect(JSON.parse(stdout).pairs).toEqual([['a, the first', 'x', 5]]);
  });

  it('gives the same pairs for lines in another order', () => {
    const tied = ['a,x,1', 'b,x,1', 'c,x,1', 'a,y,1', 'b,y,1', 'c,y,1', 'd,y,1'];
    const withLines = (lines: string[]) =>
      JSON.parse(run({ pairs: `mentee,mentor,score\n${lines.join('\n')}\n` }).stdout);
    const first = withLines(tied);
    const second = withLines(tied.toReversed());
    expect({ ...second, elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 });
  });

  it('answers a header without pairs, equal scores, and one mentor for everyone', () => {
    expect(JSON.parse(run({ pairs: 'mentee,mentor,score\n' }).stdout)).toMatchObject({ count: 0, pairs: [] });
    const everyone = Array.from({ length: 50 }, (_, at) => `p${at},x,4`).join('\n');
    expect(JSON.parse(run({ pairs: `mentee,mentor,score\n${everyone}\n` }).stdout)).toMatchObject({
      count: 1,
      total: 4,
      unlocks: [{ mentor: 'x', servesCount: 49 }],
    });
  });

  it('takes most pairs, then the floor, then the total, where no order is given', () => {
    const files = ['--pairs', fileOf('pairs.csv', PAIRS), '--places', fileOf('places.csv', PLACES)];
    expect(JSON.parse(runPlain('assign', ...files).stdout)).toMatchObject({ order: 'pairs-floor-total', floor: 2 });
  });

  it('keeps people apart whose names differ in a letter beyond ASCII, and reads letters across any chunk', () => {
    const names = Array.from({ length: 1500 }, (_, at) => `${at % 2 ? 'Zoë' : 'Zoé'} ${'😀'.repeat(20)} ${at >> 1}`);
    const pairs = `mentee,mentor,score\n${names.map((name) => `${name},x,1`).join('\n')}\n`;
    const { unmatched, count } = JSON.parse(run({ pairs }).stdout);
    expect(count + unmatched.length).toBe(names.length);
    expect(names).toContain(unmatched[1234].mentee);
  });

  it('answers with no mentor at all', () => {
    expect(JSON.parse(run({ pairs: 'mentee,mentor,score\n', places: 'mentor,places\n' }).stdout).count).toBe(0);
  });
});

describe('a fault in the input ends with status 2, nothing on stdout, and its place on stderr', () => {
  const header = 'mentee,mentor,score\n';
  const faults: [string, Parameters<typeof run>[0], string][] = [
    ['a negative score', { pairs: `${header}a,x,5\nb,x,-1\n` }, 'score-negative: pairs.csv, line 3, column 3 (score)'],
    ['a fractional score', { pairs: `${header}a,x,1.5\n` }, 'score-not-whole: pairs.csv, line 2, column 3 (score)'],
    ['a score in words', { pairs: `${header}a,x,high\n` }, 'score-not-whole: pairs.csv, line 2, column 3 (score)'],
    ['no score', { pairs: `${header}a,x,\n` }, 'score-not-whole: pairs.csv, line 2, column 3 (score)'],
    ['too high a score', { pairs: `${header}a,x,1000001\n` }, 'score-too-high: pairs.csv, line 2, column 3 (score)'],
    [
      'a mentor without places',
      { pairs: `${header}"a\na",x,1\nb,z,1\n` },
      'mentor-unknown: pairs.csv, line 4, column 2 (mentor)',
    ],
    ['no mentee', { pairs: `${header},x,1\n` }, 'id-empty: pairs.csv, line 2, column 1 (mentee)'],
    [
      'a pair listed twice',
      { pairs: `${header}a,x,1\nb,x,1\na,x,2\n` },
      'pair-duplicate: pairs.csv, line 4, column 2 (mentor)',
    ],
    ['a missing field', { pairs: `${header}a,x\n` }, 'line-not-complete: pairs.csv, line 2, column 3'],
    ['a field too many', { pairs: `${header}a,x,1,2\n` }, 'line-not-complete: pairs.csv, line 2, column 4'],
    ['an open quote', { pairs: `${header}a,x,1\nb,"x,1\nc,y,1\n` }, 'csv-malformed: pairs.csv, line 3, column 2'],
    ['a quote within a field', { pairs: `${header}a,x,1\nb,x"y,1\n` }, 'csv-malformed: pairs.csv, line 3, column 2'],
    [
      'a quote open for a million lines',
      { pairs: `${header}a,x,1\n"b,x,1\n${'c,x,1\n'.repeat(1_000_000)}` },
      'csv-malformed: pairs.csv, line 3, column 1',
    ],
    [
      'a line that does not end',
      { pairs: header + 'a'.repeat(4_000_000) },
      'csv-malformed: pairs.csv, line 2, column 1',
    ],
    [
      'a letter in another encoding than UTF-8',
      { pairs: Buffer.from(`${header}a,x,1\nb,y,1\n"c,d",Zo\xEB,1\n`, 'latin1') },
      'not-utf8: pairs.csv, line 4, column 2',
    ],
    [
      'a letter in half',
      { pairs: Buffer.from(`${header}a,x,1\n\xE2\x82`, 'latin1') },
      'not-utf8: pairs.csv, line 3, column 1',
    ],
    [
      'another fault below Windows line ends, which the header does not have, or which are in quotes',
      { pairs: `${header}"a\r\n",x,1\r\nb,x,1\r\n\r\nc,x,-1\r\n` },
      'score-negative: pairs.csv, line 6, column 3 (score)',
    ],
    [
      'another fault below line ends that are not those of the header',
      { places: 'mentor,places\r\nx,1\ny,-1\n' },
      'places-negative: places.csv, line 3, column 2 (places)',
    ],
    ['an empty file', { pairs: '' }, 'header-wrong: pairs.csv, line 1, column 1'],
    ['a wrong header', { pairs: 'mentee,mentor,points\n' }, 'header-wrong: pairs.csv, line 1, column 3'],
    ['no header', { places: 'x,1\n' }, 'header-wrong: places.csv, line 1, column 1'],
    [
      'places below zero',
      { places: 'mentor,places\nx,-1\n' },
      'places-negative: places.csv, line 2, column 2 (places)',
    ],
    [
      'fractional places',
      { places: 'mentor,places\nx,0.5\n' },
      'places-not-whole: places.csv, line 2, column 2 (places)',
    ],
    [
      'a mentor twice',
      { places: 'mentor,places\nx,1\ny,1\nx,2\n' },
      'mentor-duplicate: places.csv, line 4, column 1 (mentor)',
    ],
    [
      'a mentee twice',
      { menteePlaces: 'mentee,places\na,1\na,2\n' },
      'mentee-duplicate: mentees.csv, line 3, column 1 (mentee)',
    ],
  ];
  it.each(faults)('%s', (_, content, message) => {
    const { stdout, stderr, status } = run(content);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([stdout, status]).toEqual(['', 2]);
  });

  it.each([
    ['an unknown order', ['--order', 'best'], 'order-not-known'],
    ['an unknown option', ['--fast'], 'option-wrong'],
    ['no repetition', ['--repeat', '0'], 'option-wrong'],
    ['an option twice', ['--seed', 'a', '--seed', 'b'], 'option-wrong: --seed is given twice'],
    ['a number below zero', ['--repeat', '-2'], 'option-wrong: --repeat must be'],
    ['an option for a value', ['--seed', '--repeat', '2'], 'option-wrong'],
  ])('%s', (_, more, message) => {
    const { stdout, stderr, status } = run({}, ...more);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([stdout, status]).toEqual(['', 2]);
  });

  it.each([
    ['no command', [], 'command-not-known'],
    ['a missing option', ['assign', '--order', 'total'], 'option-missing'],
    [
      'a missing file',
      ['assign', '--pairs', 'none.csv', '--places', 'none.csv', '--order', 'total'],
      'file-unreadable: none.csv',
    ],
  ])('%s', (_, args, message) => {
    const { stdout, stderr, status } = runPlain(...args);
    expect(stderr).toContain(message);
    expect([stdout, status]).toEqual(['', 2]);
  });
});
