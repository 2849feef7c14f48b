import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { runAlone } from './child.ts';
import { inTurn } from './rounds.ts';
import type { BenchContext, Figure, Section } from './section.ts';

type Row = Record<string, string>;
interface Answer {
  readonly count: number;
  readonly total: number;
  readonly elapsedMs: number;
}

const data = resolve('../shared/data/mentoring');
const gradeOrder = 'AA,AO,EO,HEO,SEO,Grade 7,Grade 6,SCS1,SCS2,SCS3,SCS4'.split(',');
/** Of the reference data's README: most pairs, then the best total; checked there by an independent solver. */
const known = [
  { file: 'large', places: 1, count: 484, total: 11_480 },
  { file: 'large', places: 3, count: 1452, total: 34_033 },
];

/** `assign` on the scheme of the reference data, from the command line, cold: each run is a process of its own. */
export const referenceSection: Section = {
  heading: 'Reference data',
  async run(context) {
    if (!existsSync(data)) {
      return { figures: [], missing: ['the reference data (../shared/data) are not beside this clone'] };
    }
    const figures: Figure[] = [];
    for (const round of known) figures.push(await figureOf(context, round));
    return { figures, missing: [] };
  },
};

async function figureOf(
  context: BenchContext,
  { file, places, count, total }: (typeof known)[number],
): Promise<Figure> {
  const args = writeRound(context, file, places);
  const answers: Answer[] = [];
  const [ours] = await inTurn(context.rounds, [
    {
      who: 'waymark',
      run: async () => {
        const answer = JSON.parse(await runAlone('tools/engine/engine.ts', args, 60_000)) as Answer;
        answers.push(answer);
        return answer.elapsedMs;
      },
    },
  ]);
  return {
    work: 'first solve of the reference data',
    instance: `mentoring/${file}, ${places} ${places === 1 ? 'place' : 'places'} each way`,
    unit: 'ms',
    value: Math.max(...(ours?.values ?? [])),
    aim: 1000,
    ours: ours ?? { who: 'waymark', values: [] },
    agreesWith: [
      {
        who: `the known ${count} pairs, ${total}`,
        agrees: answers.every((answer) => answer.count === count && answer.total === total),
      },
    ],
  };
}

/** Writes the files of the command line, and gives its arguments. */
function writeRound(context: BenchContext, file: string, places: number): string[] {
  const read = (name: string): Row[] =>
    parse(readFileSync(join(data, file, `${name}.csv`)), { columns: true, bom: true });
  const [mentees, mentors] = [read('mentees'), read('mentors')];
  const id = (row: Row) => row['email address'] ?? '';
  const write = (name: string, lines: string[]) => {
    const path = join(context.folder, `reference-${name}.csv`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const pairs = mentees.flatMap((mentee) =>
    mentors.flatMap((mentor) => {
      const points = pointsOf(mentee, mentor);
      return points === undefined ? [] : [`${id(mentee)},${id(mentor)},${points}`];
    }),
  );
  const placesOf = (rows: Row[]) => rows.map((row) => `${id(row)},${places}`);
  return [
    ...['assign', '--order', 'pairs-total'],
    ...['--pairs', write('pairs', ['mentee,mentor,score', ...pairs])],
    ...['--places', write('places', ['mentor,places', ...placesOf(mentors)])],
    ...['--mentee-places', write('mentees', ['mentee,places', ...placesOf(mentees)])],
  ];
}

/** The scheme's own points for two people; undefined where its rules keep them apart. */
function pointsOf(mentee: Row, mentor: Row): number | undefined {
  const steps = gradeOrder.indexOf(mentor['grade'] ?? '') - gradeOrder.indexOf(mentee['grade'] ?? '');
  if ((steps !== 1 && steps !== 2) || mentee['organisation'] === mentor['organisation']) return undefined;
  const identity = mentee['identity to match'];
  return (
    (steps === 2 ? 12 : 9) +
    (mentee['profession'] === mentor['profession'] ? 10 : 0) +
    (identity && mentor['characteristics']?.split(', ').includes(identity) ? 6 : 0)
  );
}
