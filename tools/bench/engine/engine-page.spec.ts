import { describe, expect, it } from '@jest/globals';
import { AIMED_WORKS } from './aims.ts';
import { engineChart } from './engine-chart.ts';
import { enginePage, type EngineRun } from './engine-page.ts';
import { exitStatusOf, spreadOf, verdictOf, written } from './outcome.ts';
import type { Figure } from './section.ts';

const figureOf = (some: Partial<Figure> = {}): Figure => ({
  work: AIMED_WORKS[0],
  instance: 'clustered',
  unit: 'ratio',
  value: 0.08,
  aim: 0.1,
  ours: { who: 'waymark', values: [80, 90, 70] },
  peer: { who: 'LEMON', values: [1000, 1000, 1000] },
  agreesWith: [{ who: 'LEMON', agrees: true }],
  ...some,
});
const disagreeing = {
  agreesWith: [
    { who: 'LEMON', agrees: true },
    { who: 'SciPy', agrees: false },
  ],
};

const pageOf = (figures: Figure[], some: Partial<EngineRun> = {}): string =>
  enginePage({
    machine: { date: '2026-11-22', cores: 2, processor: 'P', memoryGiB: 8, system: 'linux', node: 'v26' },
    loadBefore: 0.5,
    quick: false,
    rounds: 5,
    elapsedSeconds: 61.2,
    peers: ['LEMON 1.3.1'],
    missing: [],
    failures: [],
    sections: [{ heading: 'Assign', figures }],
    ...some,
  });
const rowOf = (page: string, work: string) => page.split('\n').find((line) => line.startsWith(`| ${work} |`));

describe('the page', () => {
  it('gives each line of the design its medians, ratio with spread, aim, verdict and agreement', () => {
    expect(rowOf(pageOf([figureOf()]), AIMED_WORKS[0])).toBe(
      `| ${AIMED_WORKS[0]} | clustered | 80 ms | 1.00 s LEMON | 0.08 (0.07 – 0.09) | ≤ 0.10 | met | LEMON |`,
    );
  });

  it('says not met, and keeps the note that says why', () => {
    const page = pageOf([figureOf({ value: 0.13, note: 'Plateaus take the time.' })]);
    expect(rowOf(page, AIMED_WORKS[0])).toContain('| **not met** |');
    expect(page).toContain(`- **${AIMED_WORKS[0]}** (clustered): Plateaus take the time.`);
  });

  it('says of a work that misses its aim what was tried', () => {
    const work = 'dense 2,000 × 600, against LEMON';
    expect(pageOf([figureOf({ work, value: 0.13 })])).toContain(
      `## Where an aim is missed\n\n- **${work}**: Profiles put`,
    );
    expect(pageOf([figureOf({ work, value: 0.07 })])).not.toContain('Where an aim is missed');
  });

  it('gives a note once for all the instances it is about', () => {
    const note = 'The reasons are not in it.';
    const page = pageOf([figureOf({ note }), figureOf({ note, instance: 'random' })]);
    expect(page).toContain(`- **${AIMED_WORKS[0]}** (clustered; random): ${note}\n`);
    expect(page.split(note)).toHaveLength(2);
  });

  it('says not measured for every line of the design without a figure', () => {
    const page = pageOf([figureOf()]);
    for (const work of AIMED_WORKS.slice(1)) expect(rowOf(page, work)).toContain('**not measured**');
  });

  it('says which peer is missing and what would bring it, and which section failed', () => {
    const page = pageOf([], { peers: [], missing: ['SciPy (Debian: python3-scipy)'], failures: ['Fund: it broke'] });
    expect(page).toContain('Beside ours: nobody.\n');
    expect(page).toContain('- Missing: SciPy (Debian: python3-scipy).\n- **Failed:** Fund: it broke\n\n');
  });

  it('names whose answer differs, and calls nothing met that is wrong', () => {
    const row = rowOf(pageOf([figureOf(disagreeing)]), AIMED_WORKS[0]);
    expect(row).toContain('| **not met** | LEMON, **not SciPy** |');
    expect(verdictOf(figureOf(disagreeing))).toBe('not met');
  });

  it('lists figures beyond the design after it, and says of a quick run that it is one', () => {
    const page = pageOf(
      [figureOf({ work: 'something else', peer: undefined, unit: 'ms', value: 80, aim: undefined })],
      {
        quick: true,
      },
    );
    expect(page.indexOf('| something else |')).toBeGreaterThan(page.indexOf('## Also measured'));
    expect(rowOf(page, 'something else')).toContain('| 80 ms | – | 80 ms (70 ms – 90 ms) | – |  | LEMON |');
    expect(page).toContain('A quick run');
  });
});

describe('a figure', () => {
  it('is met at its aim and not above it', () => {
    expect(verdictOf(figureOf({ value: 0.1 }))).toBe('met');
    expect(verdictOf(figureOf({ value: 0.1001 }))).toBe('not met');
    expect(verdictOf(figureOf({ value: NaN }))).toBe('not met');
    expect(verdictOf({ ...figureOf(), aim: undefined })).toBe('no aim');
  });

  it('has the spread of its ratios, not of its times', () => {
    expect(spreadOf(figureOf())).toEqual({ lowest: 0.07, highest: 0.09 });
    expect(spreadOf(figureOf({ unit: 'ms', value: 80, peer: undefined }))).toEqual({ lowest: 70, highest: 90 });
    expect(spreadOf(figureOf({ unit: 'exponent' }))).toBeUndefined();
    // Made of other things: memory above that of bare Node.
    expect(spreadOf(figureOf({ unit: 'MB', value: 40, ours: { who: 'waymark', values: [139, 143] } }))).toBeUndefined();
  });

  it('is written so that it can be read', () => {
    expect(written(1 / 320, 'ratio')).toBe('1/320');
    expect(written(1 / 4321, 'ratio')).toBe('1/4,321');
    expect(written(0.125, 'ratio')).toBe('0.13');
    expect(written(3456, 'ms')).toBe('3.46 s');
    expect(written(3.456, 'ms')).toBe('3.5 ms');
    expect(written(59.6, 'MB')).toBe('60 MB');
  });
});

describe('the run', () => {
  it('ends with status 1 where one answer differs or one section failed, and not because an aim is missed', () => {
    expect(exitStatusOf([figureOf({ value: 9 })], [])).toBe(0);
    expect(exitStatusOf([figureOf(), figureOf(disagreeing)], [])).toBe(1);
    expect(exitStatusOf([figureOf()], ['Fund: it broke'])).toBe(1);
  });
});

describe('the chart', () => {
  it('shows every figure with an aim, in words too, in light and dark', () => {
    const svg = engineChart([figureOf(), figureOf({ work: 'without aim', aim: undefined })]);
    expect(svg).toMatch(
      /^<svg [^>]*role="img"><title>[^<]*0\.08 \(aim 0\.10\)<\/title><style>@media \(prefers-color-scheme:dark\)/,
    );
    expect(svg).not.toContain('without aim');
    expect(engineChart([])).toBe('');
  });
});
