import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

export interface EngineFigures {
  file: string;
  places: number;
  count: number;
  total: number;
  expected: { count: number; total: number };
  /** The first solve of a fresh process, and the median of the solves after it. */
  firstMs: number;
  medianMs: number;
}

type Row = Record<string, string>;
const order = ['AA', 'AO', 'EO', 'HEO', 'SEO', 'Grade 7', 'Grade 6', 'SCS1', 'SCS2', 'SCS3', 'SCS4'];
/** Of the reference data's README: most pairs, then best total. */
const known = [
  { file: 'large', places: 1, count: 484, total: 11_480 },
  { file: 'large', places: 3, count: 1452, total: 34_033 },
];

/** The scheme's own points for two people; null where its rules keep them apart. */
const score = (mentee: Row, mentor: Row): number | null => {
  const steps = order.indexOf(mentor['grade'] ?? '') - order.indexOf(mentee['grade'] ?? '');
  if ((steps !== 1 && steps !== 2) || mentee['organisation'] === mentor['organisation']) return null;
  const identity = mentee['identity to match'];
  return (
    (steps === 2 ? 12 : 9) +
    (mentee['profession'] === mentor['profession'] ? 10 : 0) +
    (identity && mentor['characteristics']?.split(', ').includes(identity) ? 6 : 0)
  );
};

/** `assign` on the reference data through the command line, in a process of its own; empty where the data are absent. */
export const benchEngine = (): EngineFigures[] => {
  const data = resolve('../shared/data/mentoring');
  if (!existsSync(data)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'waymark-bench-'));
  try {
    return known.map(({ file, places, ...expected }) => {
      const read = (name: string): Row[] =>
        parse(readFileSync(join(data, file, `${name}.csv`)), { columns: true, bom: true });
      const [mentees, mentors] = [read('mentees'), read('mentors')];
      const id = (row: Row) => row['email address'] ?? '';
      const pairs = mentees.flatMap((mentee) =>
        mentors.flatMap((mentor) => {
          const points = score(mentee, mentor);
          return points === null ? [] : [`${id(mentee)},${id(mentor)},${points}`];
        }),
      );
      const write = (name: string, head: string, lines: string[]) => {
        writeFileSync(join(folder, name), [head, ...lines, ''].join('\n'));
        return join(folder, name);
      };
      const answer = JSON.parse(
        execFileSync(
          process.execPath,
          [
            'tools/engine/engine.ts',
            'assign',
            ...['--pairs', write('pairs.csv', 'mentee,mentor,score', pairs)],
            ...[
              '--places',
              write(
                'places.csv',
                'mentor,places',
                mentors.map((row) => `${id(row)},${places}`),
              ),
            ],
            ...[
              '--mentee-places',
              write(
                'mentees.csv',
                'mentee,places',
                mentees.map((row) => `${id(row)},${places}`),
              ),
            ],
            ...['--order', 'pairs-total', '--repeat', '15'],
          ],
          { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
        ),
      ) as { count: number; total: number; elapsedMs: number; firstMs: number };
      return {
        file,
        places,
        count: answer.count,
        total: answer.total,
        expected,
        firstMs: answer.firstMs,
        medianMs: answer.elapsedMs,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
