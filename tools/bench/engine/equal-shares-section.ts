// The bench looks inside the engine: the floating twin is for tests and for this page alone.
/* eslint-disable @nx/enforce-module-boundaries */
import { existsSync, readFileSync } from 'node:fs';
import { complete } from '../../../libs/matching-engine/src/fund/equal-shares-completion.ts';
import { FloatingRun } from '../../../libs/matching-engine/src/testing/equal-shares-floating.ts';
/* eslint-enable @nx/enforce-module-boundaries */
import {
  ballotsOfGroups,
  compressEqualShares,
  type EqualSharesCompletion,
  type EqualSharesInput,
  type EqualSharesInstance,
  fundByEqualShares,
  solveEqualShares,
} from '../../engine/matching-engine.ts';
import { readPabulib } from '../../engine/read-pabulib.ts';
import { median } from '../median.ts';
import { AIMED_WORKS } from './aims.ts';
import { panelCall, townElection } from './election-instances.ts';
import { inTurn, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Section } from './section.ts';

const reference = '../shared/data/equal-shares';
const election = `${reference}/netherlands_amsterdam_2022_west.pb`;
const FLOATING = 'the same code in floating point';

/** Exact equal shares against doubles, on a town's election, on a real one, and on calls with panels and groups. */
export const equalSharesSection: Section = {
  heading: 'Equal shares',
  async run(context) {
    const figures = [await town(context)];
    const missing: string[] = [];
    if (existsSync(election)) figures.push(await known(context));
    else missing.push('the reference election (../shared/data) is not beside this clone');
    figures.push(await call(context, 'panel'), await call(context, 'groups'));
    return { figures, missing };
  },
};

async function town(context: BenchContext): Promise<Figure> {
  const work = AIMED_WORKS.find((each) => each.startsWith('equal shares')) ?? '';
  const instance = compressEqualShares(townElection(6586, 64, 1));
  const { exact, floating, answers } = await sideBySide(context, instance, 'add1', 1);
  return {
    work,
    instance: `6,586 approval ballots × 64 projects of a town, generated; ${answers.runs} runs of the method`,
    unit: 'ratio',
    value: medianRatio(exact, floating),
    aim: 1.5,
    ours: exact,
    peer: floating,
    agreesWith: [{ who: 'floating point, whose rounding does no harm here', agrees: answers.agree }],
    note: wrongWinners(context.quick ? 5_000 : 20_000),
  };
}

async function known(context: BenchContext): Promise<Figure> {
  const expected: { completion: EqualSharesCompletion; increment: number; winners: string[] }[] = Object.values(
    JSON.parse(readFileSync(`${reference}/expected.json`, 'utf8')),
  );
  const rules = { tie: ['votes', 'cost'], seed: '0' } as const;
  const input = await readPabulib(election);
  const agrees = expected.map(({ completion, increment, winners }) => {
    const { rounds, filledUp } = fundByEqualShares({ ...input, ...rules, completion, increment });
    return [...rounds.map(({ id }) => id), ...filledUp].join() === winners.join();
  });
  const instance = compressEqualShares({ ...input, ...rules, completion: 'add1u', increment: 1 });
  const { exact, floating, answers } = await sideBySide(context, instance, 'add1u', 1);
  return {
    work: 'equal shares with add1u on a real election, against the same code in floating point',
    instance: `Amsterdam West 2022: 412 ballots × 62 projects; ${answers.runs} runs of the method`,
    unit: 'ratio',
    value: medianRatio(exact, floating),
    ours: exact,
    peer: floating,
    agreesWith: [{ who: 'the known winners, in their order, with every completion', agrees: agrees.every(Boolean) }],
  };
}

async function call(context: BenchContext, voters: 'panel' | 'groups'): Promise<Figure> {
  const panel = panelCall(6000, 200, 1);
  const input: EqualSharesInput =
    voters === 'panel' ? panel : { ...panel, increment: 1, ballots: ballotsOfGroups(panel.applications) };
  const answers = new Set<number>();
  const [ours = { who: 'waymark', values: [] }] = await inTurn(context.rounds, [
    { who: 'waymark', run: () => timeOf(() => answers.add(fundByEqualShares(input).spent)) },
  ]);
  return {
    work: `equal shares with add1 between ${voters === 'panel' ? 'panellists' : 'groups'}, 6,000 applications, with reasons`,
    instance:
      voters === 'panel'
        ? '200 panellists × 90 reviews, shares raised by a pound at a time'
        : '12 groups, shares raised by a penny at a time',
    unit: 'ms',
    value: median(ours.values),
    aim: 2000,
    ours,
    agreesWith: [{ who: 'itself, in every round', agrees: answers.size === 1 }],
    note: 'Everything: checking and sorting the input, add1, exact rounds, reasons and hash.',
  };
}

/** Solving alone, in turn; a solve takes tens of milliseconds, so each round of the page is five here. */
async function sideBySide(
  context: BenchContext,
  instance: EqualSharesInstance,
  completion: EqualSharesCompletion,
  increment: number,
) {
  const answers = { exact: '', floating: '', runs: 0 };
  const idsOf = (bought: Int32Array, count: number, more: readonly number[]) =>
    [...bought.subarray(0, count), ...more].map((at) => instance.ids[at]).join();
  const exact = () => {
    const { run, filledUp, runs } = solveEqualShares(instance, { completion, increment });
    answers.exact = idsOf(run.bought, run.boughtCount, filledUp);
    answers.runs = runs;
  };
  const floating = () => {
    const run = new FloatingRun(instance);
    const { filledUp } = complete(instance, completion, increment, run);
    answers.floating = idsOf(run.bought, run.boughtCount, filledUp);
  };
  for (let warmUp = 0; warmUp < 3; warmUp++) {
    exact();
    floating();
  }
  const [ours, peer] = await inTurn(5 * context.rounds, [
    { who: 'waymark', run: () => timeOf(exact) },
    { who: FLOATING, run: () => timeOf(floating) },
  ]);
  if (!ours || !peer) throw new RangeError('both must have run');
  return {
    exact: ours,
    floating: peer,
    answers: { agree: answers.exact === answers.floating, runs: answers.runs },
  };
}

/** Among small elections drawn from seeds, how many in which floating point funds others than exact arithmetic does. */
function wrongWinners(elections: number): string {
  let wrong = 0;
  for (let seed = 1; seed <= elections; seed++) {
    const town = townElection(3 + (seed % 5), 3 + (seed % 3), seed);
    const applications = town.applications.map((one) => ({ ...one, amount: 1 + (one.amount % 13) }));
    const instance = compressEqualShares({ ...town, applications, budget: 5 + (seed % 23) });
    const { run } = solveEqualShares(instance, { completion: 'none', increment: 1 });
    const doubles = new FloatingRun(instance);
    complete(instance, 'none', 1, doubles);
    const sorted = (bought: Int32Array, count: number) => bought.slice(0, count).sort().join();
    if (sorted(run.bought, run.boughtCount) !== sorted(doubles.bought, doubles.boughtCount)) wrong++;
  }
  const count = (value: number) => value.toLocaleString('en-GB');
  return `In ${count(wrong)} of ${count(elections)} small generated elections floating point funds the wrong ones.`;
}

function timeOf(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
