import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const HEADER = 'id,score,amount,least,group\n';
const RIGHT = `${HEADER}a,10,600,,p\nb,7,400,300,p\nc,6,400,,q\n`;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-fund-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function runPlain(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, 'engine.ts'), 'fund', ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr: stderr.replaceAll(folder + path.sep, ''), status };
}

function run(method: string, content: { applications?: string; limits?: string }, budget: string, ...more: string[]) {
  const args = ['--method', method, '--budget', budget];
  args.push('--applications', fileOf('a.csv', content.applications ?? RIGHT));
  if (content.limits !== undefined) args.push('--group-limits', fileOf('g.csv', `group,floor,cap\n${content.limits}`));
  return runPlain(...args, ...more);
}

describe('fund', () => {
  it('prints JSON alone: awards, figures, reasons, engine and time, by rank', () => {
    const { stdout, stderr, status } = run('rank', {}, '950');
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      funded: [
        { id: 'a', amount: 600 },
        { id: 'b', amount: 350 },
      ],
      count: 2,
      total: 17,
      spent: 950,
      reasons: [
        { id: 'a', kind: 'in-full' },
        { id: 'b', kind: 'in-part' },
        { id: 'c', kind: 'rest-too-little' },
      ],
      engine: expect.stringMatching(/^waymark-engine\//),
      elapsedMs: expect.any(Number),
    });
  });

  it('funds by total, with the outcome at other budgets, a seed and repetitions', () => {
    const answer = JSON.parse(run('total', {}, '800', '--extra', '200,-800', '--seed', 's', '--repeat', '3').stdout);
    expect(answer).toMatchObject({
      funded: [
        { id: 'b', amount: 400 },
        { id: 'c', amount: 400 },
      ],
      total: 13,
      spent: 800,
      solver: 'core',
      seed: 's',
      runs: 3,
      firstMs: expect.any(Number),
      atBudgets: [
        { extra: 200, total: 17 },
        { extra: -800, count: 0 },
      ],
    });
  });

  it('keeps to floors and caps of groups, either of which may be empty', () => {
    const answer = JSON.parse(run('total', { limits: 'p,,600\nq,400,\n' }, '1000').stdout);
    expect(answer).toMatchObject({ count: 2, total: 16, spent: 1000 });
    expect(answer.funded).toEqual([
      { id: 'a', amount: 600 },
      { id: 'c', amount: 400 },
    ]);
  });

  it('answers a header without applications', () => {
    for (const method of ['rank', 'total']) {
      expect(JSON.parse(run(method, { applications: HEADER }, '5').stdout)).toMatchObject({ count: 0, spent: 0 });
    }
  });

  it('passes over or ends, as asked', () => {
    expect(JSON.parse(run('rank', {}, '500', '--pass-over', 'no').stdout)).toMatchObject({ count: 0 });
    expect(JSON.parse(run('rank', {}, '500').stdout)).toMatchObject({ count: 1, spent: 400 });
  });
});

describe('a fault in the input ends with status 2, nothing on stdout, and its place on stderr', () => {
  const of = (line: string) => ({ applications: `${HEADER}a,1,10,,\n${line}\n` });
  it.each<[string, Parameters<typeof run>[1], string]>([
    ['a negative score', of('b,-1,5,,'), 'score-negative: a.csv, line 3, column 2 (score)'],
    ['a fractional score', of('b,1.5,5,,'), 'score-not-whole: a.csv, line 3, column 2 (score)'],
    ['a negative amount', of('b,1,-5,,'), 'amount-not-positive: a.csv, line 3, column 3 (amount)'],
    ['no money', of('b,1,0,,'), 'amount-not-positive: a.csv, line 3, column 3 (amount)'],
    ['pounds and pence', of('b,1,12.50,,'), 'amount-not-whole: a.csv, line 3, column 3 (amount)'],
    ['money as written by hand', of('b,1,"£1,200.00",,'), 'amount-not-whole: a.csv, line 3, column 3 (amount)'],
    ['money cut by a comma', of('b,1,£1,200.00,,'), 'line-not-complete: a.csv, line 3'],
    ['an exponent', of('b,1,1e9,,'), 'amount-not-whole: a.csv, line 3, column 3 (amount)'],
    ['twenty digits', of('b,1,12345678901234567890,,'), 'amount-too-high: a.csv, line 3, column 3 (amount)'],
    ['a least above the amount', of('b,1,5,6,'), 'least-above-amount: a.csv, line 3, column 4 (least)'],
    ['a least of nothing', of('b,1,5,0,'), 'least-not-positive: a.csv, line 3, column 4 (least)'],
    ['an application listed twice', of('a,1,5,,'), 'application-duplicate: a.csv, line 3, column 1 (id)'],
    ['no id', of(',1,5,,'), 'id-empty: a.csv, line 3, column 1 (id)'],
    ['a limit on an unknown group', { limits: 'p,,5\nz,1,\n' }, 'group-unknown: g.csv, line 3, column 1 (group)'],
    ['a floor above the cap', { limits: 'p,6,5\n' }, 'floor-above-cap: g.csv, line 2, column 2 (floor)'],
    ['floors above the budget', { limits: 'p,600,\nq,300,\n' }, 'floors-above-budget: g.csv, line 3, column 2 (floor)'],
    ['a fractional floor', { limits: 'p,0.5,\n' }, 'floor-not-whole: g.csv, line 2, column 2 (floor)'],
    ['a negative cap', { limits: 'p,,-5\n' }, 'cap-negative: g.csv, line 2, column 3 (cap)'],
    ['a group limited twice', { limits: 'p,1,\np,2,\n' }, 'group-duplicate: g.csv, line 3, column 1 (group)'],
    ['a floor out of reach', { limits: 'q,401,\n' }, 'floor-out-of-reach: g.csv, line 2, column 2 (floor)'],
  ])('%s', (_, content, fault) => {
    const { stdout, stderr, status } = run('total', content, '800');
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toContain(fault);
  });

  it('a budget, with what is asked for more or less, that no choice meets: named', () => {
    const { stdout, stderr, status } = run('total', { limits: 'p,300,\n' }, '800', '--extra', '100,-600');
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toMatch(/^floor-out-of-reach: g.csv, line 2, column 2 \(floor\): with -600 more in the budget: /);
  });

  it.each<[string, string[], string]>([
    ['an unknown method', ['--method', 'luck'], 'method-not-known'],
    ['no method', ['--budget', '5'], 'option-missing'],
    ['no budget', ['--method', 'rank', '--applications', 'x.csv'], 'option-missing: --budget'],
    ['a negative budget', ['--method', 'rank', '--applications', 'x.csv', '--budget=-5'], 'option-wrong: --budget'],
    ['limits by rank', ['--method', 'rank', '--group-limits', 'x.csv'], 'option-wrong: --group-limits goes with'],
    ['a file that is not there', ['--method', 'rank', '--budget', '5', '--applications', 'no.csv'], 'file-unreadable'],
  ])('%s', (_, args, fault) => {
    const { stdout, stderr, status } = runPlain(...args);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toContain(fault);
  });
});
