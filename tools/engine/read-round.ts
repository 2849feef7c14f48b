import { readCsvRows, type CsvRow } from './csv-rows.ts';
import { InputFault } from './input-fault.ts';
import { AssignRefused, type AssignTable, MAX_PLACES, MAX_SCORE } from './matching-engine.ts';

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
  readonly ids: string[];
  readonly places: number[];
  readonly at: Map<string, number>;
}

/** Reads a round from its files. Mentees are those in the pairs, and any others with places of their own. */
export async function readRound(files: RoundFiles): Promise<Round> {
  const mentors = await readPeople(files.places, 'mentor');
  const mentees: People = files.menteePlaces
    ? await readPeople(files.menteePlaces, 'mentee')
    : { ids: [], places: [], at: new Map() };
  const pairMentee: number[] = [];
  const pairMentor: number[] = [];
  const pairScore: number[] = [];
  const lineOf: number[] = [];
  await readCsvRows(files.pairs, ['mentee', 'mentor', 'score'], (row) => {
    const [mentee = '', mentor = '', score = ''] = row.fields;
    if (mentee === '') throw row.fault('id-empty', 0, 'the mentee is missing');
    if (mentor === '') throw row.fault('id-empty', 1, 'the mentor is missing');
    const mentorAt = mentors.at.get(mentor);
    if (mentorAt === undefined) {
      throw row.fault('mentor-unknown', 1, `${JSON.stringify(mentor)} has no line in ${files.places}`);
    }
    pairMentee.push(mentees.at.get(mentee) ?? add(mentees, mentee, 1));
    pairMentor.push(mentorAt);
    pairScore.push(wholeNumber(row, 2, 'score', score, MAX_SCORE));
    lineOf.push(row.line);
  });
  return {
    table: {
      menteeIds: mentees.ids,
      menteePlaces: mentees.places,
      mentorIds: mentors.ids,
      mentorPlaces: mentors.places,
      pairMentee,
      pairMentor,
      pairScore,
    },
    locate: ({ name, message, at }) => {
      if (at.list !== 'pairs') return new InputFault(name, message);
      const first = at.firstIndex === undefined ? '' : `, first in line ${lineOf[at.firstIndex]}`;
      const column = ['mentee', 'mentor', 'score'].indexOf(at.field) + 1;
      return new InputFault(name, message + first, {
        file: files.pairs,
        line: lineOf[at.index] ?? 1,
        column,
        columnName: at.field,
      });
    },
  };
}

async function readPeople(file: string, kind: 'mentee' | 'mentor'): Promise<People> {
  const people: People = { ids: [], places: [], at: new Map() };
  const lineOf: number[] = [];
  await readCsvRows(file, [kind, 'places'], (row) => {
    const [id = '', places = ''] = row.fields;
    if (id === '') throw row.fault('id-empty', 0, `the ${kind} is missing`);
    const earlier = people.at.get(id);
    if (earlier !== undefined) {
      throw row.fault(
        `${kind}-duplicate`,
        0,
        `${JSON.stringify(id)} is listed twice, first in line ${lineOf[earlier]}`,
      );
    }
    add(people, id, wholeNumber(row, 1, 'places', places, MAX_PLACES));
    lineOf.push(row.line);
  });
  return people;
}

function add(people: People, id: string, places: number): number {
  const at = people.ids.push(id) - 1;
  people.places.push(places);
  people.at.set(id, at);
  return at;
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
