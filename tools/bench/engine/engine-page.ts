import { median } from '../median.ts';
import type { Machine } from '../machine.ts';
import { AIMED_WORKS, WHY_MISSED } from './aims.ts';
import { disagreementsOf, spreadOf, verdictOf, written } from './outcome.ts';
import type { Figure, Runs } from './section.ts';

/** Everything one run of the benchmark found, as it stands in engine.json. */
export interface EngineRun {
  readonly machine: Machine;
  /** Of the machine before the start: above its number of cores other programs ran meanwhile. */
  readonly loadBefore: number;
  readonly quick: boolean;
  readonly rounds: number;
  readonly elapsedSeconds: number;
  /** Who ran beside ours, with versions. */
  readonly peers: readonly string[];
  /** What was not on the machine, and what would bring it. */
  readonly missing: readonly string[];
  /** Sections that ended with an error, with its message. */
  readonly failures: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly figures: readonly Figure[] }[];
}

/** The page docs/benchmarks/engine.md: the design's aims in their order, then every other figure, then notes. */
export function enginePage(run: EngineRun): string {
  const figures = run.sections.flatMap((section) => section.figures);
  const aimed = AIMED_WORKS.map((work) => ({ work, found: figures.filter((figure) => figure.work === work) }));
  const others = figures.filter(({ work }) => !AIMED_WORKS.some((known) => known === work));
  const { machine } = run;
  return [
    '# Figures of the engine',
    `Written by \`npm run bench:engine${run.quick ? ' -- --quick' : ''}\` on ${machine.date}, in ${Math.round(run.elapsedSeconds)} s. ` +
      `${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}. ` +
      `Load average before the start: ${run.loadBefore.toFixed(1)}.`,
    ...(run.quick
      ? ['A quick run: some instances are smaller and rounds fewer, so read it as a check, not as the figures.']
      : []),
    `Beside ours: ${run.peers.join(', ') || 'nobody'}.` + (run.missing.length === 0 ? ' Nobody is missing.' : ''),
    ...run.missing.map((each) => `- Missing: ${each}.`),
    ...run.failures.map((each) => `- **Failed:** ${each}`),
    'Everybody has the same input and runs in turn, each round beginning with another one. A ratio is ours divided by the ' +
      "peer's of the same round, the median over the rounds; in brackets lowest and highest. Lower is better.",
    '![Each figure as a share of its aim; a point left of the line has met it](engine.svg)',
    '## Against the aims',
    table(aimed.flatMap(({ work, found }) => (found.length === 0 ? [notMeasured(work)] : found.map(row)))),
    ...whyMissed(figures),
    ...(others.length === 0 ? [] : ['## Also measured', table(others.map(row))]),
    ...notes([...aimed.flatMap(({ found }) => found), ...others]),
  ]
    .join('\n\n')
    .replaceAll(/(?<=\n- .*)\n\n(?=- )/g, '\n')
    .concat('\n');
}

function table(rows: readonly (readonly string[])[]): string {
  const head = ['work', 'instance', 'ours', 'peer', 'figure', 'aim', '', 'same answer as'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row(figure: Figure): string[] {
  const { work, instance, unit, value, aim, ours, peer } = figure;
  const spread = spreadOf(figure);
  const range = spread ? ` (${written(spread.lowest, unit)} – ${written(spread.highest, unit)})` : '';
  return [
    work,
    instance,
    middle(ours, unit),
    peer ? `${middle(peer, unit)} ${peer.who}` : '–',
    written(value, unit) + range,
    aim === undefined ? '–' : `≤ ${written(aim, unit)}`,
    { met: 'met', 'not met': '**not met**', 'no aim': '' }[verdictOf(figure)],
    agreement(figure),
  ];
}

function notMeasured(work: string): string[] {
  return [work, '', '', '', '', '', '**not measured**', ''];
}

/** Runs are in milliseconds, except where the figure is in megabytes. */
function middle(runs: Runs, unit: Figure['unit']): string {
  return runs.values.length === 0 ? '–' : written(median(runs.values), unit === 'MB' ? 'MB' : 'ms');
}

function agreement(figure: Figure): string {
  if (figure.agreesWith.length === 0) return 'not compared';
  const disagree = disagreementsOf(figure);
  const agree = figure.agreesWith.filter(({ agrees }) => agrees).map(({ who }) => who);
  return [...agree, ...disagree.map((who) => `**not ${who}**`)].join(', ');
}

/** What was tried where an aim was missed. */
function whyMissed(figures: readonly Figure[]): string[] {
  const missed = AIMED_WORKS.filter((work) =>
    figures.some((figure) => figure.work === work && verdictOf(figure) === 'not met'),
  );
  const lines = missed.map((work) => `- **${work}**: ${WHY_MISSED[work] ?? 'Nothing is known of why yet.'}`);
  return lines.length === 0 ? [] : ['## Where an aim is missed', ...lines];
}

/** A note once, with all the instances it is about. */
function notes(figures: readonly Figure[]): string[] {
  const about = new Map<string, string[]>();
  for (const { work, instance, note } of figures) {
    if (note === undefined) continue;
    const key = `${work}\n${note}`;
    about.set(key, [...(about.get(key) ?? []), instance]);
  }
  if (about.size === 0) return [];
  const lines = [...about].map(([key, instances]) => {
    const [work, note] = key.split('\n');
    return `- **${work}** (${instances.join('; ')}): ${note}`;
  });
  return ['## Notes', ...lines];
}
