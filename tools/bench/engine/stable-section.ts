import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deferAcceptance, rankInstance, stableResultOf, type StableTable } from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { AIMED_WORKS } from './aims.ts';
import { runAlone } from './child.ts';
import { peerPrograms } from './peers/find-peers.ts';
import { growthExponent, inTurn, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Runs, Section } from './section.ts';

const WORK = AIMED_WORKS.find((each) => each.startsWith('deferred acceptance')) ?? '';
const SEED = 'bench';
const CHOICES = 10;
const PLACES = 3;
/** Solves of one round of the page: one takes milliseconds. */
const SOLVES = 15;
const PYTHON = 'python3';

/** Deferred acceptance: against Python, and how it grows. */
export const stableSection: Section = {
  heading: 'Stable pairs',
  async run(context) {
    const sizes = context.quick ? { small: 20_000, large: 60_000 } : { small: 20_000, large: 200_000 };
    const growth = await growthOf(context, sizes.small, sizes.large);
    const { figures, missing } = await againstPython(context, sizes.small);
    return { figures: [growth, ...figures], missing };
  },
};

async function growthOf({ rounds, log }: BenchContext, small: number, large: number): Promise<Figure> {
  log(`stable: ${small} and ${large} mentees`);
  const rounded = (mentees: number) => {
    const instance = rankInstance(rankedRound(mentees));
    return {
      instance,
      who: 'waymark',
      run: () => median(Array.from({ length: SOLVES }, () => timeOf(() => deferAcceptance(instance, SEED)))),
    };
  };
  const [first, second] = [rounded(small), rounded(large)];
  deferAcceptance(first.instance, SEED);
  const [smallRuns, largeRuns] = (await inTurn(rounds, [first, second])) as [Runs, Runs];
  const blocking = [first, second].map(
    ({ instance }) => stableResultOf(instance, deferAcceptance(instance, SEED), SEED).blockingPairs,
  );
  const times = `${median(smallRuns.values).toFixed(1)} ms and ${median(largeRuns.values).toFixed(1)} ms`;
  return {
    work: WORK,
    instance: `growth from ${named(small)} to ${named(large)} mentees, ${CHOICES} choices each, ${PLACES} places a mentor`,
    unit: 'exponent',
    value: growthExponent({ size: small, runs: smallRuns }, { size: large, runs: largeRuns }),
    aim: 1.1,
    ours: largeRuns,
    agreesWith: [{ who: 'a check that counts blocking pairs', agrees: blocking.every((count) => count === 0) }],
    note: `${times}. The steps grow linearly; the time a step takes grows as the lists outgrow the processor's caches.`,
  };
}

async function againstPython(context: BenchContext, mentees: number) {
  const table = rankedRound(mentees);
  const instance = rankInstance(table);
  const files = write(context.folder, table);
  const script = fileURLToPath(new URL('peers/deferred-acceptance.py', import.meta.url));
  const { matching, missing } = peerPrograms(context);
  const hasPython = spawnSync(PYTHON, ['--version']).status === 0;
  const notHere = [
    ...missing.filter((text) => text.includes('matching')),
    ...(hasPython ? [] : ['Python 3 (Debian: apt-get install python3)']),
  ];
  const { pairs } = stableResultOf(instance, deferAcceptance(instance, SEED), SEED);
  const expected = JSON.stringify(pairs.map(({ mentee, mentor }) => [mentee, mentor]));
  const figures: Figure[] = [];
  for (const { method, who, aim, command } of [
    ...(matching
      ? [{ method: 'matching', who: `matching ${matching.version}`, aim: 1 / 200, command: matching.command }]
      : []),
    ...(hasPython ? [{ method: 'plain', who: 'deferred acceptance in plain Python', command: PYTHON }] : []),
  ] as { method: string; who: string; aim?: number; command: string }[]) {
    context.log(`stable: ${named(mentees)} mentees against ${who}`);
    let agrees = true;
    const [ours, peer] = (await inTurn(context.rounds, [
      {
        who: 'waymark',
        run: () => median(Array.from({ length: SOLVES }, () => timeOf(() => deferAcceptance(instance, SEED)))),
      },
      {
        who,
        run: async () => {
          const answer = JSON.parse(await runAlone(command, [script, method, ...files], 600_000)) as {
            ms: number;
            pairs: [string, string][];
          };
          agrees &&= JSON.stringify(answer.pairs) === expected;
          return answer.ms;
        },
      },
    ])) as [Runs, Runs];
    figures.push({
      work: method === 'matching' ? WORK : 'deferred acceptance, 20,000, against plain Python written for this page',
      instance: `${named(mentees)} mentees, ${CHOICES} choices each, ${PLACES} places a mentor; solving alone`,
      unit: 'ratio',
      value: medianRatio(ours, peer),
      ...(aim === undefined ? {} : { aim }),
      ours,
      peer,
      agreesWith: [{ who: `${who}, pair by pair`, agrees }],
      ...(method === 'plain'
        ? {
            note:
              'A textbook loop over lists, ranks in dictionaries; not the library matching, which keeps an object for ' +
              'each person and deletes from their lists as it goes.',
          }
        : {}),
    });
  }
  return { figures, missing: notHere };
}

/** Strict lists: each mentee ranks a few mentors at random, a mentor ranks everyone who named them. */
function rankedRound(mentees: number): StableTable {
  const mentors = Math.floor(mentees / PLACES);
  let state = 7;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const count = mentees * CHOICES;
  const columns = () => ({
    person: new Int32Array(count),
    choice: new Int32Array(count),
    rank: new Int32Array(count),
  });
  const [menteeChoices, mentorChoices] = [columns(), columns()];
  const named: number[][] = Array.from({ length: mentors }, () => []);
  let at = 0;
  for (let i = 0; i < mentees; i++) {
    const chosen = new Set<number>();
    while (chosen.size < CHOICES) chosen.add(below(mentors));
    let rank = 0;
    for (const j of chosen) {
      menteeChoices.person[at] = i;
      menteeChoices.choice[at] = j;
      menteeChoices.rank[at++] = ++rank;
      named[j]?.splice(below((named[j]?.length ?? 0) + 1), 0, i);
    }
  }
  at = 0;
  named.forEach((list, j) =>
    list.forEach((i, rank) => {
      mentorChoices.person[at] = j;
      mentorChoices.choice[at] = i;
      mentorChoices.rank[at++] = rank + 1;
    }),
  );
  return {
    menteeIds: Array.from({ length: mentees }, (_, i) => `e${String(i).padStart(6, '0')}`),
    menteePlaces: new Int32Array(mentees).fill(1),
    mentorIds: Array.from({ length: mentors }, (_, j) => `r${String(j).padStart(6, '0')}`),
    mentorPlaces: new Int32Array(mentors).fill(PLACES),
    menteeChoices,
    mentorChoices,
  };
}

function write(folder: string, table: StableTable): string[] {
  const lists = (choices: StableTable['menteeChoices'], people: readonly string[], others: readonly string[]) =>
    Array.from(choices.person, (person, at) =>
      [people[person], others[choices.choice[at] ?? 0], choices.rank[at]].join(','),
    );
  const files = [
    ['stable-mentees.csv', 'person,choice,rank', lists(table.menteeChoices, table.menteeIds, table.mentorIds)],
    ['stable-mentors.csv', 'person,choice,rank', lists(table.mentorChoices, table.mentorIds, table.menteeIds)],
    ['stable-places.csv', 'mentor,places', table.mentorIds.map((id, j) => `${id},${table.mentorPlaces[j]}`)],
  ] as const;
  return files.map(([name, header, lines]) => {
    const file = join(folder, name);
    writeFileSync(file, [header, ...lines, ''].join('\n'));
    return file;
  });
}

function named(count: number): string {
  return count.toLocaleString('en-GB');
}

function timeOf(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
