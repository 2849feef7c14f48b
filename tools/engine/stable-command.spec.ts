import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InputFault } from './input-fault.ts';
import { stableCommand } from './stable-command.ts';

const HEADER = 'person,choice,rank\n';
const RIGHT = {
  mentees: `${HEADER}a,x,1\na,y,2\nb,x,1\nb,y,1\nc,x,1\n`,
  mentors: `${HEADER}x,a,2\nx,b,1\nx,c,3\ny,a,1\ny,b,1\nz,late,1\n`,
  places: 'mentor,places\nx,1\ny,1\nz,0\n',
};
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-stable-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function argsFor(change: Partial<typeof RIGHT>, more: readonly string[]): string[] {
  const files = Object.entries({ ...RIGHT, ...change }).flatMap(([name, content]) => {
    const file = path.join(folder, `${name}.csv`);
    writeFileSync(file, content);
    return [`--${name}`, file];
  });
  return [...files, ...more];
}

/** As a person runs it, in a process of its own. */
function run(change: Partial<typeof RIGHT>, ...more: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(__dirname, 'engine.ts'), 'stable', ...argsFor(change, more)],
    { encoding: 'utf8' },
  );
  return { stdout, stderr: stderr.replaceAll(folder + path.sep, ''), status };
}

/** What it answers, or the fault that it ends with, without a process. */
async function answerOf(change: Partial<typeof RIGHT>, ...more: string[]) {
  try {
    return JSON.parse(
      JSON.stringify(
        await stableCommand.run(
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

describe('stable', () => {
  it('prints JSON alone: pairs, that none block, ranks, reasons, cost, engine and time', () => {
    const { stdout, stderr, status } = run({});
    expect([stderr, status]).toEqual(['', 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      count: 2,
      blockingPairs: 0,
      unmatched: [
        { mentee: 'c', reason: { kind: 'others-preferred', mentorCount: 1 } },
        { mentee: 'late', reason: { kind: 'listed-nobody' } },
      ],
      cost: { pairsLost: 0 },
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      seed: '0',
      engine: expect.stringMatching(/^waymark-engine\//),
      elapsedMs: expect.any(Number),
    });
  });

  it('gives the same answer for lines in another order, and leaves the cost out where told', async () => {
    const turned = (text: string) => {
      const [header, ...lines] = text.trim().split('\n');
      return [header, ...lines.toReversed(), ''].join('\n');
    };
    const first = await answerOf({}, '--seed', 's', '--repeat', '2', '--cost', 'none');
    const changed = { mentees: turned(RIGHT.mentees), mentors: turned(RIGHT.mentors), places: turned(RIGHT.places) };
    const second = await answerOf(changed, '--seed', 's', '--repeat', '2', '--cost', 'none');
    const timeless = { elapsedMs: 0, firstMs: 0 };
    expect({ ...second, ...timeless }).toEqual({ ...first, ...timeless });
    expect(first).toMatchObject({ cost: null, seed: 's', runs: 2 });
  });

  it('answers headers alone', async () => {
    expect(await answerOf({ mentees: HEADER, mentors: HEADER, places: 'mentor,places\n' })).toMatchObject({
      pairs: [],
      count: 0,
      blockingPairs: 0,
      unmatched: [],
    });
  });

  it.each<[string, Partial<typeof RIGHT>, string]>([
    [
      'a chosen mentor without a line of places',
      { mentees: `${HEADER}a,w,1\n` },
      'mentor-unknown: mentees.csv, line 2, column 2 (choice)',
    ],
    [
      'a choosing mentor without a line of places',
      { mentors: `${HEADER}x,a,1\nw,a,1\n` },
      'mentor-unknown: mentors.csv, line 3, column 1 (person)',
    ],
    [
      'a choice listed twice',
      { mentors: `${HEADER}x,a,1\nx,b,1\nx,a,2\n` },
      'choice-duplicate: mentors.csv, line 4, column 2 (choice): "x" lists "a" twice, first in line 2',
    ],
    ['no rank', { mentees: `${HEADER}a,x,\n` }, 'rank-not-whole: mentees.csv, line 2, column 3 (rank)'],
    ['half a rank', { mentees: `${HEADER}a,x,1.5\n` }, 'rank-not-whole: mentees.csv, line 2, column 3 (rank)'],
    ['rank 0', { mentees: `${HEADER}a,x,0\n` }, 'rank-too-low: mentees.csv, line 2, column 3 (rank)'],
    ['too high a rank', { mentees: `${HEADER}a,x,1000002\n` }, 'rank-too-high: mentees.csv, line 2, column 3 (rank)'],
    ['no person', { mentees: `${HEADER},x,1\n` }, 'id-empty: mentees.csv, line 2, column 1 (person)'],
    ['no choice', { mentees: `${HEADER}a,,1\n` }, 'id-empty: mentees.csv, line 2, column 2 (choice)'],
    ['places below 0', { places: 'mentor,places\nx,-1\n' }, 'places-negative: places.csv, line 2, column 2 (places)'],
    ['half a place', { places: 'mentor,places\nx,.5\n' }, 'places-not-whole: places.csv, line 2, column 2 (places)'],
    [
      'a mentor twice',
      { places: 'mentor,places\nx,1\ny,1\nx,1\n' },
      'mentor-duplicate: places.csv, line 4, column 1 (mentor)',
    ],
    ['another header', { mentors: 'mentor,choice,rank\n' }, 'header-wrong: mentors.csv, line 1, column 1'],
  ])('%s is a fault with its place', async (_, change, message) => {
    expect(await answerOf(change)).toContain(message);
  });

  it('ends with status 2, nothing on stdout, and one line on stderr, where something is wrong', () => {
    const { stdout, stderr, status } = run({ places: 'mentor,places\nx,-1\n' });
    expect(stderr.trim()).toMatch(/^places-negative: .*, line 2, column/);
    expect([stdout, status]).toEqual(['', 2]);
  });
});
