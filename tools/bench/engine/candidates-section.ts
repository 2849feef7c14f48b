import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainProfilePair, indexProfiles, type ProfileTable } from '../../engine/matching-engine.ts';
import { median } from '../median.ts';
import { runAlone } from './child.ts';
import { compiled, peerPrograms } from './peers/find-peers.ts';
import { profileRound, VALUES } from './profile-rounds.ts';
import { inTurn, medianRatio } from './rounds.ts';
import type { BenchContext, Figure, Runs, Section } from './section.ts';

const TIMEOUT_MS = 240_000;
/** Runs of one process, of which the median counts, for ours and the peer's alike. */
const REPEATS = 7;
const nothing: Runs = { who: 'waymark', values: [] };
const alone = fileURLToPath(new URL('profiles-alone.ts', import.meta.url));

/** The best mentors of everybody against a scan in C++, and a whole round over all pairs. */
export const candidatesSection: Section = {
  heading: 'Candidates from profiles',
  async run(context) {
    const figures = [await againstScan(context), ...(await allPairs(context)), ...(await againstLemon(context))];
    const missing = peerPrograms(context).missing.filter((text) => /^(g\+\+|LEMON)/.test(text));
    return { figures, missing };
  },
};

async function againstScan(context: BenchContext): Promise<Figure> {
  const [mentees, mentors, placesEach, k] = [10_000, 3_000, 1.2, 32];
  context.log(`candidates: top ${k} of ${mentees} by ${mentors}`);
  const program = compiled(context, 'bitset-scan.cpp');
  const file = join(context.folder, 'profiles.txt');
  const digests = new Map<string, Set<number>>();
  const cold: number[] = [];
  const ran = (who: string, digest: number) => digests.set(who, (digests.get(who) ?? new Set()).add(digest));
  const scan = `bit-set scan in C++, g++ ${peerPrograms(context).compiler?.version ?? ''} -O2`;
  if (program) writeProfiles(profileRound({ seed: 1, mentees, mentors, placesEach }), file);
  const [ours = nothing, peer] = await inTurn(context.rounds, [
    {
      who: 'waymark',
      run: async () => {
        const args = ['best', mentees, mentors, placesEach, k, REPEATS].map(String);
        const answer = JSON.parse(await runAlone(alone, args, TIMEOUT_MS)) as Record<string, number>;
        ran('waymark', answer['digest'] ?? -1);
        cold.push(answer['firstMs'] ?? NaN);
        return answer['elapsedMs'] ?? NaN;
      },
    },
    ...(program
      ? [
          {
            who: scan,
            run: async () => {
              const answer = JSON.parse(await runAlone(program, [file, String(k), String(REPEATS)], TIMEOUT_MS)) as {
                digest: number;
                ms: number[];
              };
              ran(scan, answer.digest);
              return median(answer.ms);
            },
          },
        ]
      : []),
  ]);
  const own = digests.get('waymark') ?? new Set();
  return {
    work: 'scoring and top 32 of 10,000 × 3,000, against a C++ bit-set scan',
    instance: 'profiles of 10,000 mentees and 3,000 mentors: six attributes, grades, units kept apart',
    unit: peer ? 'ratio' : 'ms',
    value: peer ? medianRatio(ours, peer) : median(ours.values),
    aim: 0.5,
    ours,
    ...(peer ? { peer } : {}),
    agreesWith: [...digests]
      .slice(1)
      .map(([who, given]) => ({ who, agrees: own.size === 1 && [...given].every((digest) => own.has(digest)) })),
    note:
      'Ours checks, sorts and indexes the profiles too; the peer gets them checked and sorted. Medians of ' +
      `${REPEATS} runs in one process; our first, cold one takes ${Math.round(median(cold))} ms.`,
  };
}

async function allPairs(context: BenchContext): Promise<Figure[]> {
  const [mentees, mentors] = context.quick ? [10_000, 3_000] : [40_000, 12_000];
  const figures: Figure[] = [];
  for (const placesEach of context.quick ? [1.2] : [1.2, 0.6]) {
    context.log(`candidates: all pairs of ${mentees} by ${mentors}, ${placesEach} places a mentee`);
    const sizes = [mentees, mentors, placesEach].map(String);
    const answers: Record<string, number>[] = [];
    const [ours = nothing] = await inTurn(context.quick ? 1 : Math.min(5, context.rounds), [
      {
        who: 'waymark',
        run: async () => {
          const answer = JSON.parse(await runAlone(alone, ['all', ...sizes], TIMEOUT_MS)) as Record<string, number>;
          answers.push(answer);
          return answer['elapsedMs'] ?? NaN;
        },
      },
    ]);
    const proven = JSON.parse(await runAlone(alone, ['proven', ...sizes], TIMEOUT_MS)) as { faults: string[] };
    const { megabytes: bare = NaN } = JSON.parse(await runAlone(alone, ['bare', ...sizes], TIMEOUT_MS)) as Record<
      string,
      number
    >;
    const { count = 0, heldPairs = 0, additions = 0 } = answers[0] ?? {};
    const instance = `profiles of ${named(mentees)} × ${named(mentors)}, ${placesEach} places a mentee`;
    const megabytes = answers.map((answer) => answer['megabytes'] ?? NaN);
    const agreesWith = [{ who: 'its certificate, all pairs priced', agrees: proven.faults.length === 0 }];
    figures.push(
      {
        work: '40,000 × 12,000 all pairs: score, solve, price, exact',
        instance,
        unit: 'ms',
        value: median(ours.values),
        ...(context.quick ? {} : { aim: 3_500 }),
        ours,
        agreesWith,
        note:
          `${named(count)} pairs made; ${named(heldPairs)} of ${named(mentees * mentors)} held, added to ${additions} ` +
          'times. Cold: the first call of the process. Ties are decided by lot over all pairs too.',
      },
      {
        work: '40,000 × 12,000 all pairs: memory',
        instance,
        unit: 'MB',
        value: median(megabytes),
        ...(context.quick ? {} : { aim: 200 }),
        ours: { who: 'waymark', values: megabytes },
        agreesWith: [],
        note: `The most the whole process held; ${Math.round(bare)} MB of it with the profiles generated and nothing done.`,
      },
    );
  }
  return figures;
}

/** The same answer as LEMON gives on all allowed pairs, written out. */
async function againstLemon(context: BenchContext): Promise<Figure[]> {
  const [mentees, mentors, placesEach] = context.quick ? [1_000, 300, 1.2] : [4_000, 1_200, 1.2];
  const program = compiled(context, 'lemon-assign.cpp');
  if (!program) return [];
  const who = `LEMON ${peerPrograms(context).lemon?.version ?? ''} NetworkSimplex`;
  context.log(`candidates: all pairs of ${mentees} by ${mentors}, against LEMON`);
  const files = [join(context.folder, 'all-pairs.csv'), join(context.folder, 'all-places.csv')] as const;
  const pairs = writeAllPairs(profileRound({ seed: 1, mentees, mentors, placesEach }), files);
  const totals = new Map<string, Set<string>>();
  const run = async (name: string, file: string, args: readonly string[]) => {
    const answer = JSON.parse(await runAlone(file, args, TIMEOUT_MS)) as {
      count: number;
      total: number;
      elapsedMs?: number;
      ms?: number[];
    };
    totals.set(name, (totals.get(name) ?? new Set()).add(`${answer.count} ${answer.total}`));
    return answer.elapsedMs ?? median(answer.ms ?? []);
  };
  const [ours = nothing, peer = nothing] = await inTurn(context.quick ? 1 : Math.min(3, context.rounds), [
    { who: 'waymark', run: () => run('waymark', alone, ['all', mentees, mentors, placesEach].map(String)) },
    { who, run: () => run(who, program, [...files, '1']) },
  ]);
  const same = new Set([...totals.values()].flatMap((each) => [...each])).size === 1;
  return [
    {
      work: 'all pairs of profiles, against LEMON on the pairs written out',
      instance: `${named(mentees)} × ${named(mentors)}, ${named(pairs)} allowed pairs, ${placesEach} places a mentee`,
      unit: 'ratio',
      value: medianRatio(ours, peer),
      ours,
      peer,
      agreesWith: [{ who, agrees: same }],
      note: 'Ours scores the pairs too, cold; of LEMON run() alone is timed.',
    },
  ];
}

/** In the form that bitset-scan.cpp reads: mentees by id, mentors by seat. */
function writeProfiles(table: ProfileTable, file: string): void {
  const { rules, mentees, mentors } = table;
  const index = indexProfiles(table, '0');
  const scored = rules.attributes.slice(0, -1);
  const lines = [
    `${index.menteeIds.length} ${index.seatMentor.length}`,
    ...scored.map(({ pointsOnce }, attribute) => `${pointsOnce} ${VALUES[attribute]}`),
    `${rules.gradeSteps?.from ?? -31} ${rules.gradeSteps?.to ?? 31} ${rules.gradePoints.length}`,
    ...rules.gradePoints.map(({ steps, points }) => `${steps} ${points}`),
  ];
  const person = (side: ProfileTable['mentors'], at: number, points: number, seat: number, barred: number[]) => {
    const lists = side.values.map(
      ({ start, value }) => Array.prototype.slice.call(value, start[at], start[at + 1]) as number[],
    );
    const [unit = -1] = lists.pop() ?? [];
    const texts = [...lists, barred].map((list) => [list.length, ...list].join(' '));
    lines.push(`${side.grade[at]} ${points} ${seat} ${unit} ${texts.join(' ')}`);
  };
  index.menteeListed.forEach((at, i) => {
    const barred = index.barredSeat.slice(index.barredStart[i], index.barredStart[i + 1]);
    person(mentees, at, mentees.points[at] ?? 0, index.fromSeat[i] ?? 0, Array.from(barred));
  });
  index.seatMentor.forEach((j, seat) => person(mentors, index.mentorListed[j] ?? 0, 0, seat, []));
  writeFileSync(file, `${lines.join('\n')}\n`);
}

function writeAllPairs(table: ProfileTable, [pairsFile, placesFile]: readonly [string, string]): number {
  const { mentees, mentors, forbiddenMentee, forbiddenMentor } = table;
  const forbidden = new Set(Array.from(forbiddenMentee, (mentee, at) => `${mentee} ${forbiddenMentor[at]}`));
  const free = { ...table, forbiddenMentee: [], forbiddenMentor: [] };
  const lines = ['mentee,mentor,score'];
  mentees.ids.forEach((mentee, i) => {
    mentors.ids.forEach((mentor, j) => {
      const { apartBy, score } = explainProfilePair(free, i, j);
      if (!apartBy && !forbidden.has(`${i} ${j}`)) lines.push(`${mentee},${mentor},${score}`);
    });
  });
  writeFileSync(pairsFile, `${lines.join('\n')}\n`);
  const places = mentors.ids.map((mentor, at) => `${mentor},${mentors.places[at]}`);
  writeFileSync(placesFile, `${['mentor,places', ...places].join('\n')}\n`);
  return lines.length - 1;
}

function named(count: number): string {
  return count.toLocaleString('en-GB');
}
