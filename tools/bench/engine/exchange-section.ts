import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
// The bench looks inside the engine: the network as it is, for the peer to solve.
/* eslint-disable @nx/enforce-module-boundaries */
import { circulate, circulationCosts } from '../../../libs/matching-engine/src/exchange/circulation.ts';
import { daysOfEach } from '../../../libs/matching-engine/src/exchange/exchange-instance.ts';
/* eslint-enable @nx/enforce-module-boundaries */
import {
  type ExchangeInput,
  exchangeInstance,
  exchangeResultOf,
  solveExchange,
  verifyExchange,
} from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { runAlone } from './child.ts';
import { compiled, peerPrograms } from './peers/find-peers.ts';
import { inTurn, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Runs, Section } from './section.ts';

const SEED = 'bench';
const INSTITUTIONS = 40;

/** The balanced exchange: a circulation against LEMON, and the search where days differ. */
export const exchangeSection: Section = {
  heading: 'Balanced exchange',
  async run(context) {
    const visitors = context.quick ? 2_000 : 5_000;
    const figures = [await equalDays(context, visitors), await unequalDays(context, context.quick ? 100 : 200)];
    const missing = peerPrograms(context).missing.filter((text) => text.startsWith('LEMON'));
    return { figures, missing };
  },
};

async function equalDays(context: BenchContext, visitors: number): Promise<Figure> {
  const input = cycleOf(visitors, INSTITUTIONS, () => 2);
  const instance = exchangeInstance(input);
  const solution = await solveExchange(instance, SEED);
  const result = exchangeResultOf(instance, solution, SEED);
  const instanceName = `${named(visitors)} visitors × 4 requests of 2 days, ${INSTITUTIONS} institutions, delta ${input.delta}`;
  const program = compiled(context, 'lemon-circulation.cpp');
  const { network, worth } = circulate(instance, daysOfEach(instance), input.delta, SEED);
  const cost = circulationCosts(instance, network, worth);
  const file = join(context.folder, 'exchange-network.txt');
  const lines = Array.from(cost, (each, arc) =>
    [network.tail[arc], network.head[arc], network.capacity[arc], each].join(' '),
  );
  writeFileSync(file, [`${network.nodes} ${cost.length}`, ...lines, ''].join('\n'));
  const best = result.certificate.kind === 'prices' ? Number(result.certificate.value) : NaN;
  let agrees = true;
  context.log(`exchange: ${instanceName}`);
  const [ours, peer] = (await inTurn(context.rounds, [
    { who: 'waymark', run: () => timeOf(() => solveExchange(instance, SEED)) },
    ...(program === undefined
      ? []
      : [
          {
            who: `LEMON ${peerPrograms(context).lemon?.version} NetworkSimplex`,
            run: async () => {
              const [least = NaN, ms = NaN] = (await runAlone(program, [file], 120_000)).trim().split(' ').map(Number);
              agrees &&= -least === best;
              return ms;
            },
          },
        ]),
  ])) as [Runs, Runs | undefined];
  return {
    work: 'balanced exchange, equal days, against LEMON NetworkSimplex',
    instance: instanceName,
    unit: peer ? 'ratio' : 'ms',
    value: peer ? medianRatio(ours, peer) : median(ours.values),
    ours,
    ...(peer ? { peer } : {}),
    agreesWith: [
      { who: 'the check of its proof', agrees: verifyExchange(input, result).length === 0 },
      ...(peer ? [{ who: peer.who, agrees }] : []),
    ],
    note: 'Ours draws the lots among equally good results besides, which LEMON does not.',
  };
}

async function unequalDays(context: BenchContext, visitors: number): Promise<Figure> {
  const institutions = 12;
  const input = cycleOf(visitors, institutions, (below) => 1 + below(5));
  const instance = exchangeInstance(input);
  const solution = await solveExchange(instance, SEED);
  const result = exchangeResultOf(instance, solution, SEED);
  context.log(`exchange: ${visitors} visitors, unequal days`);
  const [ours] = (await inTurn(context.rounds, [
    { who: 'waymark, by HiGHS', run: () => timeOf(() => solveExchange(instance, SEED)) },
  ])) as [Runs];
  return {
    work: 'balanced exchange, unequal days',
    instance: `${visitors} visitors × 4 requests of 1 to 5 days, ${institutions} institutions, delta ${input.delta}`,
    unit: 'ms',
    value: median(ours.values),
    ours,
    agreesWith: [{ who: 'a check in whole numbers', agrees: verifyExchange(input, result).length === 0 }],
    note: 'An integer program, and so of no polynomial bound: 600 visitors of 40 institutions were not proven within a minute.',
  };
}

/** Requests at random; some institutions have many more people than others, so that the limits bind. */
function cycleOf(visitors: number, institutions: number, daysOf: (below: (limit: number) => number) => number) {
  let state = 5;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const offerCount = Math.floor(visitors / 4);
  const offers = Array.from({ length: offerCount }, (_, o) => ({
    id: `o${o}`,
    host: `h${below(institutions)}`,
    places: 1 + below(5),
  }));
  const requests = Array.from({ length: visitors }, (_, v) => {
    const home = `h${Math.floor((below(institutions) * below(institutions)) / institutions)}`;
    const chosen = new Set<number>();
    while (chosen.size < 4) chosen.add(below(offerCount));
    return Array.from(chosen, (o) => ({
      visitor: `v${v}`,
      home,
      offer: `o${o}`,
      days: daysOf(below),
      score: below(100),
    }));
  }).flat();
  return { requests, offers, delta: 10, seed: SEED } satisfies ExchangeInput;
}

function named(count: number): string {
  return count.toLocaleString('en-GB');
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
