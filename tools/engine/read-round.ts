import { stat } from 'node:fs/promises';
import { readCsvRows, type CsvRow } from './csv-rows.ts';
import { IdIndex } from './id-index.ts';
import { InputFault } from './input-fault.ts';
import { AssignRefused, type AssignTable, MAX_PLACES, MAX_SCORE } from './matching-engine.ts';
import { PairColumns } from './pair-columns.ts';

export interface RoundFiles {
  readonly pairs: string;
  readonly places: string;
  readonly menteePlaces?: string | undefined;
}

export interface Round {
  readonly table: AssignTable;
  /** Turns the engine's refusal, which speaks of entries, into a fault with file, line and column. */
  locate(refused: AssignRefused): InputFault;
}

interface People {
  readonly index: IdIndex;
  readonly places: number[];
}

/**
 * Reads a round from its files. Mentees are those in the pairs, and any others with places of their own. Pairs go from
 * the stream into typed arrays; of more than a million nothing else is kept.
 */
export async function readRound(files: RoundFiles): Promise<Round> {
  const mentors = await readPeople(files.places, 'mentor');
  const mentees: People = files.menteePlaces
    ? await readPeople(files.menteePlaces, 'mentee')
    : { index: new IdIndex(), places: [] };
  const pairs = new PairColumns(await linesAtMost(files.pairs));
  const menteeAt = (bytes: Uint8Array, from: number, to: number) => {
    const known = mentees.index.find(bytes, from, to);
    if (known >= 0) return known;
    mentees.places.push(1);
    return mentees.index.add(bytes, from, to);
  };
  await readCsvRows(
    files.pairs,
    ['mentee', 'mentor', 'score'],
    (row) => {
      const [mentee = '', mentor = '', score = ''] = row.fields;
      if (mentee === '') throw row.fault('id-empty', 0, 'the mentee is missing');
      if (mentor === '') throw row.fault('id-empty', 1, 'the mentor is missing');
      const mentorAt = mentors.index.findText(mentor);
      if (mentorAt < 0) {
        throw row.fault('mentor-unknown', 1, `${JSON.stringify(mentor)} has no line in ${files.places}`);
      }
      const bytes = Buffer.from(mentee);
      pairs.add(menteeAt(bytes, 0, bytes.length), mentorAt, wholeNumber(row, 2, 'score', score, MAX_SCORE), row.line);
    },
    ({ bytes, starts, ends, line }) => {
      const mentorAt = mentors.index.find(bytes, starts[1] ?? 0, ends[1] ?? 0);
      const score = digits(bytes, starts[2] ?? 0, ends[2] ?? 0);
      if (mentorAt < 0 || score < 0 || score > MAX_SCORE) return false;
      pairs.add(menteeAt(bytes, starts[0] ?? 0, ends[0] ?? 0), mentorAt, score, line);
      return true;
    },
  );
  return {
    table: {
      menteeIds: mentees.index.ids,
      menteePlaces: mentees.places,
      mentorIds: mentors.index.ids,
      mentorPlaces: mentors.places,
      ...pairs.columns(),
    },
    locate: ({ name, message, at }) => {
      if (at.list !== 'pairs') return new InputFault(name, message);
      const first = at.firstIndex === undefined ? '' : `, first in line ${pairs.lineOf(at.firstIndex)}`;
      const column = ['mentee', 'mentor', 'score'].indexOf(at.field) + 1;
      return new InputFault(name, message + first, {
        file: files.pairs,
        line: pairs.lineOf(at.index),
        column,
        columnName: at.field,
      });
    },
  };
}

/** From the file's size, if it is a file: the shortest line of a pair has six bytes, a usual one twice as many. */
async function linesAtMost(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  return Math.min(Math.ceil(size / 12), 1 << 24);
}

async function readPeople(file: string, kind: 'mentee' | 'mentor'): Promise<People> {
  const people: People = { index: new IdIndex(), places: [] };
  const lineOf: number[] = [];
  await readCsvRows(file, [kind, 'places'], (row) => {
    const [id = '', places = ''] = row.fields;
    if (id === '') throw row.fault('id-empty', 0, `the ${kind} is missing`);
    const earlier = people.index.findText(id);
    if (earlier >= 0) {
      throw row.fault(
        `${kind}-duplicate`,
        0,
        `${JSON.stringify(id)} is listed twice, first in line ${lineOf[earlier]}`,
      );
    }
    people.places.push(wholeNumber(row, 1, 'places', places, MAX_PLACES));
    people.index.addText(id);
    lineOf.push(row.line);
  });
  return people;
}

function wholeNumber(row: CsvRow, at: number, what: 'score' | 'places', text: string, highest: number): number {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    if (value <= highest) return value;
    throw row.fault(`${what}-too-high`, at, `${what} must be at most ${highest}, not ${text}`);
  }
  const isNegative = /^-\d+$/.test(text);
  throw row.fault(
    isNegative ? `${what}-negative` : `${what}-not-whole`,
    at,
    `${what} must be a whole number from 0 to ${highest}, not ${JSON.stringify(text)}`,
  );
}

/** The whole number that these bytes write in digits; -1 where they are anything else, or more than nine. */
function digits(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 9 || to === from) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value;
}
