import {
  type AssignTable,
  compressInstance,
  type Instance,
  type PairCost,
  restore,
  resultOf,
  setPinsAside,
  settle,
  type Settled,
  type Solution,
  solve,
  verify,
  whyNot,
} from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { generate, type InstanceSpec } from './instances.ts';
import { inTurn, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Runs, Section } from './section.ts';

const SEED = 'bench';
const ORDER = 'pairs-total';
/** Questions asked of each round: pairs that are not made, evenly over the listing. */
const QUESTIONS = 12;

const small = { mentees: 10_000, mentors: 3_000, pairsEach: 30, seed: 5 };
const large = { mentees: 40_000, mentors: 12_000, pairsEach: 30, seed: 5 };
const quick: InstanceSpec[] = [{ ...small, family: 'clustered', placesEach: 0.9 }];
const full: InstanceSpec[] = [
  ...quick,
  { ...small, family: 'clustered', placesEach: 0.5 },
  { ...small, family: 'plateau', placesEach: 0.7 },
  { ...small, family: 'clustered', placesEach: 0.7 },
  { ...small, family: 'plateau', placesEach: 0.9 },
  { ...small, family: 'plateau', placesEach: 0.5 },
  { ...large, family: 'clustered', placesEach: 0.9 },
  { ...large, family: 'plateau', placesEach: 0.5 },
];

/** What it takes to explain a round to everyone, and to answer "why not her?" without solving again. */
export const reasonsSection: Section = {
  heading: 'Reasons and certificates',
  async run(context) {
    const figures: Figure[] = [];
    for (const spec of context.quick ? quick : full) {
      context.log(`reasons: ${instanceOf(spec)}`);
      figures.push(...(await figuresOf(context, spec)));
    }
    return { figures, missing: [] };
  },
};

async function figuresOf({ rounds }: BenchContext, spec: InstanceSpec): Promise<Figure[]> {
  const table = generate(spec);
  const instance = compressInstance(table);
  let solution = solve(instance, ORDER, SEED);
  let result = resultOf(instance, solution, SEED);
  const settled = settle(instance, solution, SEED);
  const questions = questionsFor(settled);
  let answers: PairCost[] = [];
  let solved: Made[] = [];
  const isAsked = spec.mentees <= small.mentees;
  const [solving, explaining, restoring, asking, solvingAgain] = (await inTurn(rounds, [
    { who: 'solving', run: () => timed(() => (solution = solve(instance, ORDER, SEED))) },
    { who: 'waymark', run: () => timed(() => (result = resultOf(instance, solution, SEED))) },
    { who: 'waymark', run: () => timed(() => restore(table, result)) },
    {
      who: 'waymark',
      run: () => timed(() => (answers = questions.map((edge) => answerOf(settled, edge)))) / questions.length,
    },
    {
      who: 'solving again with the pair pinned',
      run: () =>
        isAsked
          ? timed(() => (solved = questions.map((edge) => solvedWith(table, instance, edge)))) / questions.length
          : 0,
    },
  ])) as [Runs, Runs, Runs, Runs, Runs];
  const unmatched = result.unmatched.length;
  const instanceName = `${instanceOf(spec)}, ${unmatched.toLocaleString('en-GB')} left out`;
  const solveMs = `the solving alone takes ${Math.round(median(solving.values))} ms`;
  const figures: Figure[] = [
    {
      work: 'reasons for everyone, certificate and hash',
      instance: instanceName,
      unit: 'ms',
      value: median(explaining.values),
      ...(isAsked ? { aim: 1000 } : {}),
      ours: explaining,
      agreesWith: [{ who: 'the check of its certificate', agrees: verify(table, result).length === 0 }],
      note: solveMs,
    },
    {
      work: 'a kept result checked and restored, for questions about it',
      instance: instanceName,
      unit: 'ms',
      value: median(restoring.values),
      ours: restoring,
      agreesWith: [],
      note: `reading by columns, sorting, hash and check of the certificate; ${solveMs}`,
    },
  ];
  if (!isAsked) return figures;
  const agrees = answers.every(
    (answer, at) =>
      result.count - answer.pairsLost === solved[at]?.count && result.total - answer.pointsLost === solved[at]?.total,
  );
  figures.push({
    work: '"why not her?", one question, against solving again',
    instance: instanceName,
    unit: 'ratio',
    value: medianRatio(asking, solvingAgain),
    ours: asking,
    peer: solvingAgain,
    agreesWith: [{ who: 'solving again with the pair pinned', agrees }],
    note: `${median(asking.values).toFixed(1)} ms a question, over ${questions.length} pairs`,
  });
  return figures;
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function instanceOf({ family, mentees, mentors, pairsEach, placesEach }: InstanceSpec): string {
  const grouped = (count: number) => count.toLocaleString('en-GB');
  return `${family}, ${grouped(mentees)} × ${grouped(mentors)}, ${grouped(mentees * pairsEach)} pairs, ${placesEach} places a mentee`;
}

function questionsFor({ instance, choice }: Settled): number[] {
  const step = Math.floor(instance.mentee.length / (4 * QUESTIONS));
  const edges: number[] = [];
  for (let edge = 7; edge < instance.mentee.length && edges.length < QUESTIONS; edge += step) {
    if (!choice.chosen[edge] && instance.mentorPlaces[instance.mentor[edge] ?? 0] !== 0) edges.push(edge);
  }
  return edges;
}

const peopleOf = ({ menteeIds, mentorIds, mentee, mentor }: Instance, edge: number) =>
  [menteeIds[mentee[edge] ?? 0] ?? '', mentorIds[mentor[edge] ?? 0] ?? ''] as const;

function answerOf(settled: Settled, edge: number): PairCost {
  const answer = whyNot(settled, ...peopleOf(settled.instance, edge));
  if (answer.kind !== 'costs') throw new Error(`a pair that is not made answers ${answer.kind}`);
  return answer;
}

interface Made {
  readonly count: number;
  readonly total: number;
}

function solvedWith(table: AssignTable, instance: Instance, edge: number): Made {
  const [mentee, mentor] = peopleOf(instance, edge);
  const [i, j] = [table.menteeIds.indexOf(mentee), table.mentorIds.indexOf(mentor)];
  let pair = 0;
  while (table.pairMentee[pair] !== i || table.pairMentor[pair] !== j) pair++;
  const { rest, pinned } = setPinsAside({ ...table, pinned: [pair] });
  const left = compressInstance(rest);
  const { choice }: Solution = solve(left, ORDER, SEED);
  let total = pinned[0]?.score ?? 0;
  choice.chosen.forEach((is, other) => (total += is ? (left.score[other] ?? 0) : 0));
  return { count: choice.count + 1, total };
}
