import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { InputFault } from './input-fault.ts';
import { MAX_PLACES, MAX_RANK, type StableRefused, type StableTable } from './matching-engine.ts';

export interface RankedFiles {
  readonly mentees: string;
  readonly mentors: string;
  readonly places: string;
}

export interface RankedRound {
  readonly table: StableTable;
  /** Turns the engine's refusal, which speaks of entries, into a fault with file, line and column. */
  locate(refused: StableRefused): InputFault;
}

interface People {
  readonly ids: string[];
  readonly at: Map<string, number>;
}

interface Choices {
  readonly person: number[];
  readonly choice: number[];
  readonly rank: number[];
  readonly lineOf: number[];
}

/**
 * Reads both sides' lists. Mentors are those with a line of places, and nobody else may be named as one; mentees are
 * those who rank somebody, and those whom a mentor ranks (who then rank nobody, so that nobody is acceptable to them).
 */
export async function readRanked(files: RankedFiles): Promise<RankedRound> {
  const mentors = people();
  const mentees = people();
  const places: number[] = [];
  const placesLine: number[] = [];
  await readCsvRows(files.places, ['mentor', 'places'], (row) => {
    const [id = '', text = ''] = row.fields;
    if (id === '') throw row.fault('id-empty', 0, 'the mentor is missing');
    const earlier = mentors.at.get(id);
    if (earlier !== undefined) {
      const line = placesLine[earlier];
      throw row.fault('mentor-duplicate', 0, `${JSON.stringify(id)} is listed twice, first in line ${line}`);
    }
    numbered(mentors, id);
    places.push(wholeNumber(row, 1, 'places', text, 0, MAX_PLACES));
    placesLine.push(row.line);
  });
  const known = (row: CsvRow, at: number) => {
    const mentor = mentors.at.get(row.fields[at] ?? '');
    if (mentor !== undefined) return mentor;
    throw row.fault('mentor-unknown', at, `${JSON.stringify(row.fields[at])} has no line in ${files.places}`);
  };
  const mentee = (row: CsvRow, at: number) => numbered(mentees, row.fields[at] ?? '');
  const menteeChoices = await readChoices(files.mentees, mentee, known);
  const mentorChoices = await readChoices(files.mentors, known, mentee);
  return {
    table: {
      menteeIds: mentees.ids,
      menteePlaces: new Int32Array(mentees.ids.length).fill(1),
      mentorIds: mentors.ids,
      mentorPlaces: places,
      menteeChoices,
      mentorChoices,
    },
    locate: ({ name, message, at }) => {
      if (at.list !== 'menteeChoices' && at.list !== 'mentorChoices') return new InputFault(name, message);
      const { lineOf } = at.list === 'menteeChoices' ? menteeChoices : mentorChoices;
      const first = at.firstIndex === undefined ? '' : `, first in line ${lineOf[at.firstIndex]}`;
      return new InputFault(name, message + first, {
        file: at.list === 'menteeChoices' ? files.mentees : files.mentors,
        line: lineOf[at.index] ?? 1,
        column: ['person', 'choice', 'rank'].indexOf(at.field) + 1,
        columnName: at.field,
      });
    },
  };
}

async function readChoices(
  file: string,
  personOf: (row: CsvRow, at: number) => number,
  choiceOf: (row: CsvRow, at: number) => number,
): Promise<Choices> {
  const choices: Choices = { person: [], choice: [], rank: [], lineOf: [] };
  await readCsvRows(file, ['person', 'choice', 'rank'], (row) => {
    if (row.fields[0] === '') throw row.fault('id-empty', 0, 'the person is missing');
    if (row.fields[1] === '') throw row.fault('id-empty', 1, 'the choice is missing');
    choices.person.push(personOf(row, 0));
    choices.choice.push(choiceOf(row, 1));
    choices.rank.push(wholeNumber(row, 2, 'rank', row.fields[2] ?? '', 1, MAX_RANK));
    choices.lineOf.push(row.line);
  });
  return choices;
}

function people(): People {
  return { ids: [], at: new Map() };
}

function numbered({ ids, at }: People, id: string): number {
  const known = at.get(id);
  if (known !== undefined) return known;
  at.set(id, ids.length);
  return ids.push(id) - 1;
}

function wholeNumber(
  row: CsvRow,
  at: number,
  what: 'rank' | 'places',
  text: string,
  lowest: number,
  highest: number,
): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  const fault = Number.isNaN(value)
    ? 'not-whole'
    : value > highest
      ? 'too-high'
      : what === 'rank'
        ? 'too-low'
        : 'negative';
  const meant = `${what} must be a whole number from ${lowest} to ${highest}, not ${JSON.stringify(text)}`;
  throw row.fault(`${what}-${fault}`, at, meant);
}
