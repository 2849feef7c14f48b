import { median } from '../median.ts';
import { runAlone } from './child.ts';
import { type Family, generate, type InstanceFiles, writeInstance } from './instances.ts';
import { compiled, peerPrograms } from './peers/find-peers.ts';
import { fileURLToPath } from 'node:url';
import { inTurn, growthExponent, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Runs, Section } from './section.ts';

interface Answer {
  readonly count: number;
  readonly total: number;
}
/** Ours prints `elapsedMs`, the peers `ms`. */
interface Printed extends Answer {
  readonly elapsedMs?: number;
  readonly ms?: number | readonly number[];
}
interface Round extends InstanceFiles {
  readonly name: string;
  readonly mentees: number;
}

/** Solves of one process, of which the median counts: a server that has solved before is as quick. */
const REPEATS = 7;
const TIMEOUT_MS = 240_000;
const HOT = 'Ours also draws the lots among equally good results, and is the median of 7 solves in one process.';

/** `assign` through the command line, against LEMON, SciPy and HiGHS on the same files. */
export const assignSection: Section = {
  heading: 'Assignment',
  async run(context) {
    const { quick } = context;
    const families: Family[] = quick ? ['clustered'] : ['clustered', 'random', 'plateau'];
    const figures: Figure[] = [];
    for (const family of families) {
      const work = 'sparse 40,000 × 12,000, 1.2 M pairs, against LEMON NetworkSimplex';
      const round = written(context, family, 40_000, 30, 1.2);
      figures.push(await againstLemon(context, round, { work, aim: 0.1, note: HOT }));
    }
    for (const family of families) {
      const work = 'the same, 0.9 places a mentee';
      const round = written(context, family, 40_000, 30, 0.9);
      figures.push(await againstLemon(context, round, { work, aim: 0.2, note: HOT }));
    }
    for (const placesEach of quick ? [1.2] : [1.2, 0.9]) {
      const work = 'dense 2,000 × 600, against LEMON';
      const round = written(context, 'dense', 2_000, 600, placesEach);
      figures.push(await againstLemon(context, round, { work, aim: 0.1, note: HOT, scipy: true }));
    }
    const first = { work: 'first call at 2,000, against LEMON', aim: 0.7, repeats: 1, scipy: true };
    figures.push(await againstLemon(context, written(context, 'clustered', 2_000, 30, 1.2), first));
    figures.push(await againstHighs(context, written(context, 'clustered', quick ? 2_000 : 10_000, 30, 1.2)));
    figures.push(await growth(context), await memory(context, 1.2));
    if (!quick) figures.push(await memory(context, 0.9), await memoryOfCommand(context));
    const missing = peerPrograms(context).missing.filter((text) => /^(LEMON|SciPy|HiGHS)/.test(text));
    return { figures: figures.filter((figure) => figure.ours.values.length > 0), missing };
  },
};

function written(context: BenchContext, family: Family, mentees: number, pairsEach: number, placesEach: number): Round {
  const mentors = (mentees * 3) / 10;
  const round = generate({ family, mentees, mentors, pairsEach, placesEach, seed: mentees + 10 * placesEach });
  const name = `${family}-${mentees}-${placesEach}`;
  return {
    ...writeInstance(round, context.folder, name),
    name: `${family}, ${named(mentees)} × ${named(mentors)}, ${named(round.pairScore.length)} pairs, ${placesEach} places a mentee`,
    mentees,
  };
}

async function againstLemon(
  context: BenchContext,
  round: Round,
  {
    work,
    aim,
    note,
    repeats = REPEATS,
    scipy = false,
  }: Pick<Figure, 'work' | 'aim' | 'note'> & { repeats?: number; scipy?: boolean },
): Promise<Figure> {
  context.log(`assign: ${round.name}`);
  const program = compiled(context, 'lemon-assign.cpp');
  const answers: Answers = new Map();
  const [ours = nothing, peer] = await inTurn(context.quick && round.mentees > 2_000 ? 2 : context.rounds, [
    oursOn(round, answers, repeats),
    ...(program === undefined
      ? []
      : [
          contestant(`LEMON ${peerPrograms(context).lemon?.version} NetworkSimplex`, answers, program, [
            round.pairs,
            round.places,
            '1',
          ]),
        ]),
  ]);
  const others = scipy && peerPrograms(context).scipy ? [await askSciPy(context, round, answers)] : [];
  return {
    work,
    ...(aim === undefined ? {} : { aim }),
    ...figureOf(round, ours, peer, answers),
    ...(note || others.length ? { note: [note, ...others].filter(Boolean).join(' ') } : {}),
  };
}

async function againstHighs(context: BenchContext, round: Round): Promise<Figure> {
  context.log(`assign: ${round.name}, against HiGHS`);
  const { highs, scipy } = peerPrograms(context);
  const answers: Answers = new Map();
  const file = fileURLToPath(new URL('peers/highs-assign.ts', import.meta.url));
  const [ours = nothing, peer] = await inTurn(context.quick ? 1 : context.rounds, [
    oursOn(round, answers, REPEATS),
    ...(highs
      ? [contestant(`HiGHS ${highs.version}, linear program`, answers, file, [round.pairs, round.places])]
      : []),
  ]);
  const other = scipy ? ` ${await askSciPy(context, round, answers)}` : '';
  return {
    work: 'sparse 10,000, against HiGHS',
    aim: 1 / 300,
    ...figureOf(round, ours, peer, answers),
    note: `HiGHS is told that every mentee can have a mentor; run() alone is timed.${other}`,
  };
}

async function growth(context: BenchContext): Promise<Figure> {
  const [few, many] = context.quick ? [2_500, 10_000] : [10_000, 40_000];
  const small = written(context, 'clustered', few, 30, 1.2);
  const large = written(context, 'clustered', many, 30, 1.2);
  const answers: Answers = new Map();
  const [ofSmall = nothing, ofLarge = nothing] = await inTurn(context.rounds, [
    { ...oursOn(small, answers, REPEATS), who: `waymark, ${named(few)}` },
    { ...oursOn(large, answers, REPEATS), who: `waymark, ${named(many)}` },
  ]);
  return {
    work: 'growth exponent from 10,000 to 40,000, clustered',
    instance: `${named(few)} to ${named(many)} mentees with 30 options each, 1.2 places a mentee`,
    unit: 'exponent',
    value: growthExponent({ size: few, runs: ofSmall }, { size: many, runs: ofLarge }),
    aim: 1.4,
    ours: ofLarge,
    peer: ofSmall,
    agreesWith: [],
  };
}

async function memory(context: BenchContext, placesEach: number): Promise<Figure> {
  const mentees = 40_000;
  const file = fileURLToPath(new URL('memory-assign.ts', import.meta.url));
  const run = async (kind: string) => {
    const args = [kind, String(mentees), String((mentees * 3) / 10), String(placesEach)];
    return (JSON.parse(await runAlone(file, args, TIMEOUT_MS)) as { megabytes: number }).megabytes;
  };
  const [full = nothing, bare = nothing] = await inTurn(context.rounds, [
    { who: 'waymark', run: () => run('solve') },
    { who: 'Node with the engine loaded', run: () => run('bare') },
  ]);
  return {
    work: 'memory above bare Node at 1.2 M pairs',
    instance: `generated and solved in one process: clustered, 40,000 × 12,000, ${placesEach} places a mentee`,
    unit: 'MB',
    value: median(full.values) - median(bare.values),
    aim: 60,
    ours: full,
    peer: bare,
    agreesWith: [],
    note: 'The highest the process ever held, the generated input with it.',
  };
}

async function memoryOfCommand(context: BenchContext): Promise<Figure> {
  const round = written(context, 'clustered', 40_000, 30, 1.2);
  const file = fileURLToPath(new URL('memory-command.ts', import.meta.url));
  const run = async (args: readonly string[]) =>
    (JSON.parse(await runAlone(file, args, TIMEOUT_MS)) as { megabytes: number }).megabytes;
  const [full = nothing, bare = nothing] = await inTurn(Math.min(3, context.rounds), [
    { who: 'waymark', run: () => run(['--pairs', round.pairs, '--places', round.places, '--order', 'pairs-total']) },
    { who: 'Node with the command loaded', run: () => run([]) },
  ]);
  return {
    work: 'memory of the command line at 1.2 M pairs, reasons and proof made',
    instance: `read from files: ${round.name}`,
    unit: 'MB',
    value: median(full.values) - median(bare.values),
    ours: full,
    peer: bare,
    agreesWith: [],
    note: 'Above a process that has loaded the command and read nothing.',
  };
}

type Answers = Map<string, Answer[]>;
const nothing: Runs = { who: 'waymark', values: [] };

function oursOn(round: Round, answers: Answers, repeats: number) {
  const args = ['assign', '--pairs', round.pairs, '--places', round.places, '--order', 'pairs-total'];
  return contestant('waymark', answers, 'tools/engine/engine.ts', [...args, '--repeat', String(repeats)]);
}

/** Runs a program that prints its answer and its time as JSON, and keeps the answers by who gave them. */
function contestant(who: string, answers: Answers, file: string, args: readonly string[]) {
  return {
    who,
    run: async () => {
      const { count, total, elapsedMs, ms } = JSON.parse(await runAlone(file, args, TIMEOUT_MS)) as Printed;
      answers.set(who, [...(answers.get(who) ?? []), { count, total }]);
      return elapsedMs ?? (typeof ms === 'number' ? ms : median(ms ?? []));
    },
  };
}

/** Once, for its answer; its time is told in words. */
async function askSciPy(context: BenchContext, round: Round, answers: Answers): Promise<string> {
  const { scipy } = peerPrograms(context);
  const file = fileURLToPath(new URL('peers/scipy_assign.py', import.meta.url));
  const who = `SciPy ${scipy?.version}`;
  const ms = await contestant(who, answers, scipy?.command ?? 'python3', [file, round.pairs, round.places]).run();
  return `SciPy took ${Math.round(ms)} ms.`;
}

function figureOf(
  round: Round,
  ours: Runs,
  peer: Runs | undefined,
  answers: Answers,
): Pick<Figure, 'instance' | 'unit' | 'value' | 'ours' | 'peer' | 'agreesWith'> {
  const own = answers.get('waymark') ?? [];
  const isSame = (one: Answer) => own.every((other) => one.count === other.count && one.total === other.total);
  return {
    instance: round.name,
    unit: peer ? 'ratio' : 'ms',
    value: peer ? medianRatio(ours, peer) : median(ours.values),
    ours,
    ...(peer ? { peer } : {}),
    agreesWith: [...answers]
      .filter(([who]) => who !== 'waymark')
      .map(([who, given]) => ({ who, agrees: given.every(isSame) })),
  };
}

function named(count: number): string {
  return count.toLocaleString('en-GB');
}
