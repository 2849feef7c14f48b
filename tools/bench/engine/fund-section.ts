import {
  compressFund,
  type FundInput,
  rankResult,
  solveKnapsack,
  solvePlain,
  totalResult,
  walkRank,
} from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { draws } from './instances.ts';
import {
  KNAPSACK_FAMILIES,
  type KnapsackFamily,
  type KnapsackInstance,
  knapsackInstance,
} from './knapsack-instances.ts';
import { peerPrograms } from './peers/find-peers.ts';
import { solveWithHighs } from './peers/highs-knapsack.ts';
import { inTurn } from './rounds.ts';
import type { BenchContext, Figure, Section } from './section.ts';

const ITEMS = 5000;
const SEED = 1;
const WORK = 'knapsack 5,000 items, against HiGHS';
/** Solves of ours in one run: one alone is too short to time. */
const SOLVES = 5;
/** Runs before the first that counts: HiGHS comes compiled, ours is compiled as it runs. */
const WARM_UP = 4;

/** The knapsack against HiGHS in every family, and a round of 6,000 applications with all its reasons. */
export const fundSection: Section = {
  heading: 'Funding by total and by rank',
  async run(context) {
    const figures: Figure[] = [];
    const highs = peerPrograms(context).highs;
    const ranges = context.quick ? [1000] : [1000, 1_000_000];
    const families: readonly KnapsackFamily[] = context.quick
      ? ['uncorrelated', 'strongly correlated', 'subset sum']
      : KNAPSACK_FAMILIES;
    for (const range of ranges) {
      for (const family of families) figures.push(await familyFigure(context, family, range, highs?.version));
    }
    figures.push(...(await wholeRound(context)));
    return { figures, missing: highs ? [] : ['HiGHS (npm install)'] };
  },
};

async function familyFigure(
  context: BenchContext,
  family: KnapsackFamily,
  range: number,
  version: string | undefined,
): Promise<Figure> {
  const instance = knapsackInstance(family, ITEMS, range, SEED);
  context.log(`knapsack: ${family}, up to ${range.toLocaleString('en-GB')}`);
  for (let warm = 0; warm < WARM_UP; warm++) timeOf(instance);
  const [ours] = await inTurn(context.rounds, [{ who: 'waymark', run: () => timeOf(instance) }]);
  const named = `${family}, coefficients up to ${range.toLocaleString('en-GB')}`;
  const answer = solveKnapsack(instance.score, instance.amount, everyItem(), instance.capacity);
  if (!ours) throw new Error('nobody ran');
  if (version === undefined) {
    return { work: WORK, instance: named, unit: 'ms', value: median(ours.values), ours, agreesWith: [] };
  }
  const limitSeconds = context.quick ? 5 : 60;
  const values: number[] = [];
  let agrees = true;
  let isStopped = false;
  // Stopped once it is stopped again: there is nothing more to learn in another minute.
  for (let round = 0; round < (context.quick ? 1 : context.rounds) && !isStopped; round++) {
    const peer = await solveWithHighs(instance, limitSeconds);
    values.push(peer.elapsedMs);
    isStopped = !peer.isProven;
    agrees &&= peer.isProven ? peer.total === answer.total : peer.total <= answer.total && answer.total <= peer.bound;
  }
  const stopped = `HiGHS was stopped after ${limitSeconds} s without a proven answer: the ratio is at most this.`;
  const ties = 'So many choices are equally good that ties go to the first found, not by the rule.';
  const notes = [...(isStopped ? [stopped] : []), ...(answer.byRule ? [] : [ties])];
  return {
    work: WORK,
    instance: named,
    unit: 'ratio',
    value: median(ours.values) / median(values),
    aim: 1 / 1000,
    ours,
    peer: { who: `HiGHS ${version}`, values },
    agreesWith: [{ who: isStopped ? "HiGHS's bounds" : 'HiGHS', agrees }],
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}

function everyItem(): Uint8Array {
  return new Uint8Array(ITEMS).fill(1);
}

function timeOf({ score, amount, capacity }: KnapsackInstance): number {
  const usable = everyItem();
  const from = performance.now();
  for (let solve = 0; solve < SOLVES; solve++) solveKnapsack(score, amount, usable, capacity);
  return (performance.now() - from) / SOLVES;
}

async function wholeRound(context: BenchContext): Promise<Figure[]> {
  const size = context.quick ? 1000 : 6000;
  const below = draws(SEED);
  const applications = Array.from({ length: size }, (_, at) => ({
    id: `application-${at}`,
    score: 300 + below(700),
    amount: 5000 * (1 + below(40)) + below(100),
  }));
  const budget = Math.floor(applications.reduce((sum, { amount }) => sum + amount, 0) * 0.3);
  const input: FundInput = { applications, budget, seed: 'bench' };
  const instance = `${size.toLocaleString('en-GB')} applications, money for three tenths; checked, solved, reasons and hash`;
  const timed = (run: () => unknown) => () => {
    const from = performance.now();
    run();
    return performance.now() - from;
  };
  const runs = await inTurn(context.rounds, [
    {
      who: 'waymark',
      run: timed(() => {
        const checked = compressFund(input);
        totalResult(checked, solvePlain(checked));
      }),
    },
    {
      who: 'waymark',
      run: timed(() => {
        const checked = compressFund(input);
        rankResult(checked, walkRank(checked, { passOver: true }), { passOver: true });
      }),
    },
  ]);
  return ['a whole round by total, with the exact points each lacked', 'a whole round by rank'].flatMap((work, at) => {
    const ours = runs[at];
    return ours ? [{ work, instance, unit: 'ms' as const, value: median(ours.values), ours, agreesWith: [] }] : [];
  });
}
