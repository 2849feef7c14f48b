// `npm run bench:engine`: the engine beside solvers of others, on the same input in one run. Prints, and keeps the figures in
// docs/benchmarks/engine.{json,md,svg}. `-- --quick` takes under two minutes and keeps nothing unless `--write` is there too;
// `-- --only assign` runs the sections whose file's name begins so, and keeps nothing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { thisMachine } from '../machine.ts';
import { engineChart } from './engine-chart.ts';
import { enginePage, type EngineRun } from './engine-page.ts';
import { exitStatusOf, verdictOf, written } from './outcome.ts';
import { peerPrograms } from './peers/find-peers.ts';
import type { BenchContext, Figure } from './section.ts';
import { sections } from './sections.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, write: { type: 'boolean' }, only: { type: 'string' } },
});
const quick = options.quick ?? false;
const from = performance.now();
const loadBefore = loadavg()[0] ?? 0;
const elapsedSeconds = () => (performance.now() - from) / 1000;
const folder = mkdtempSync(join(tmpdir(), 'waymark-bench-engine-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => process.exit(status));

const context: BenchContext = {
  quick,
  rounds: quick ? 3 : 5,
  folder,
  log: (text) => console.log(`${elapsedSeconds().toFixed(0).padStart(4)} s  ${text}`),
};
const { missing: notHere, ...here } = peerPrograms(context);
for (const each of notHere) context.log(`missing: ${each}`);

const missing = new Set<string>(notHere);
const failures: string[] = [];
const results: { heading: string; figures: readonly Figure[] }[] = [];
for (const { heading, run } of await sections(options.only)) {
  context.log(`${heading} …`);
  const begun = elapsedSeconds();
  try {
    const result = await run(context);
    for (const each of result.missing) missing.add(each);
    results.push({ heading, figures: result.figures });
    for (const figure of result.figures) context.log(line(figure));
    context.log(`${heading}: ${(elapsedSeconds() - begun).toFixed(0)} s`);
  } catch (error) {
    failures.push(`${heading}: ${error instanceof Error ? error.message : String(error)}`);
    context.log(`failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

const figures = results.flatMap((section) => section.figures);
const run: EngineRun = {
  machine: thisMachine(),
  loadBefore,
  quick,
  rounds: context.rounds,
  elapsedSeconds: elapsedSeconds(),
  peers: peerNames(),
  missing: [...missing],
  failures,
  sections: results,
};
const page = enginePage(run);
console.log(`\n${page}`);
if (options.only === undefined && (!quick || options.write)) {
  const kept = 'docs/benchmarks/engine';
  mkdirSync('docs/benchmarks', { recursive: true });
  writeFileSync(`${kept}.json`, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(`${kept}.md`, page);
  writeFileSync(`${kept}.svg`, engineChart(figures));
  console.log(`Written: ${kept}.json, ${kept}.md, ${kept}.svg`);
}
process.exitCode = exitStatusOf(figures, failures);
if (process.exitCode !== 0) console.log('A section failed, or an answer differs from a peer’s: see above.');

function peerNames(): string[] {
  const named = { lemon: 'LEMON', scipy: 'SciPy', highs: 'HiGHS', matching: 'matching (Python)', compiler: 'g++' };
  return Object.entries(named).flatMap(([key, name]) => {
    const found = here[key as keyof typeof named];
    return found ? [`${name} ${found.version}`] : [];
  });
}

function line(figure: Figure): string {
  const aim = figure.aim === undefined ? '' : `, aim ${written(figure.aim, figure.unit)}: ${verdictOf(figure)}`;
  return `${figure.work}, ${figure.instance}: ${written(figure.value, figure.unit)}${aim}`;
}
