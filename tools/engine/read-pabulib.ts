import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { asFault, LINE_ENDS, MAX_LINE } from './csv-rows.ts';
import { type FaultPosition, InputFault } from './input-fault.ts';
import {
  type BallotLine,
  type EqualSharesUtility,
  type FundApplication,
  MAX_AMOUNT_PENCE,
  MAX_BALLOT_POINTS,
  MAX_BUDGET_PENCE,
} from './matching-engine.ts';
import { RecordLines } from './record-lines.ts';
import { textChunks } from './text-chunks.ts';

/** An election in Pabulib's format (pabulib.org/format), in the currency's own whole units. */
export interface PabulibElection {
  readonly budget: number;
  /** In the order of the file; the score is the approvals or points it got. */
  readonly applications: readonly FundApplication[];
  readonly ballots: readonly BallotLine[];
  /** Everyone with a line, also those who support nothing. */
  readonly voters: readonly string[];
  /** Approvals are worth the cost of what is built; points (`cumulative`, `scoring`) are worth themselves. */
  readonly utility: EqualSharesUtility;
}

const SECTIONS = ['META', 'PROJECTS', 'VOTES'] as const;
type SectionName = (typeof SECTIONS)[number];
const NEEDED: Record<SectionName, readonly string[]> = {
  META: ['key', 'value'],
  PROJECTS: ['project_id', 'cost'],
  VOTES: ['voter_id', 'vote'],
};
const VOTE_TYPES: Readonly<Record<string, EqualSharesUtility>> = {
  approval: 'cost',
  cumulative: 'points',
  scoring: 'points',
};

/** One line of a section: its fields by the section's own header. */
interface Row {
  readonly line: number;
  field(name: string): string;
  fault(name: string, column: string, what: string): InputFault;
}

/**
 * Reads META, PROJECTS and VOTES. Vote types approval, cumulative and scoring. Throws InputFault with file, line and
 * column; amounts with a fraction of a unit are refused rather than rounded.
 */
export async function readPabulib(file: string): Promise<PabulibElection> {
  const reader = new PabulibReader(file);
  const recordLines = new RecordLines();
  const parser = parse({
    bom: true,
    trim: true,
    delimiter: ';',
    record_delimiter: LINE_ENDS,
    max_record_size: MAX_LINE,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (record: string[], { lines }) => {
      reader.take(record, recordLines.startOf(record, lines));
      return null;
    },
  });
  parser.resume();
  try {
    await Promise.all([pipeline(Readable.from(copies(file)), parser), finished(parser)]);
  } catch (error) {
    throw asFault(file, error, recordLines);
  }
  return reader.election();
}

async function* copies(file: string): AsyncGenerator<Buffer> {
  for await (const chunk of textChunks(file, ';')) yield Buffer.from(chunk);
}

class PabulibReader {
  private readonly file: string;
  private section: SectionName | undefined;
  private header: readonly string[] | undefined;
  private readonly seen = new Set<SectionName>();
  private readonly meta = new Map<string, Row>();
  private readonly projects = new Map<string, { line: number; amount: number; score: number }>();
  private readonly voters = new Map<string, number>();
  private readonly ballots: BallotLine[] = [];

  constructor(file: string) {
    this.file = file;
  }

  take(record: readonly string[], line: number): void {
    const name = SECTIONS.find((known) => record[0] === known && record.slice(1).every((text) => text === ''));
    if (name) {
      if (this.seen.has(name)) throw this.at('section-duplicate', { line }, `the section ${name} is there twice`);
      this.seen.add(name);
      this.section = name;
      this.header = undefined;
    } else if (!this.section) {
      throw this.at('section-missing', { line, column: 1 }, 'the first line must be META');
    } else if (!this.header) this.takeHeader(this.section, record, line);
    else this.takeRow(this.section, this.rowOf(this.header, record, line));
  }

  election(): PabulibElection {
    for (const name of SECTIONS) {
      if (!this.seen.has(name)) throw this.at('section-missing', {}, `there is no section ${name}`);
    }
    const budget = this.meta.get('budget');
    if (!budget) throw this.at('budget-missing', {}, 'META has no line for the budget');
    return {
      budget: wholeAmount(budget, 'value', 'budget', 0, MAX_BUDGET_PENCE),
      applications: Array.from(this.projects, ([id, { amount, score }]) => ({ id, amount, score })),
      ballots: this.ballots,
      voters: [...this.voters.keys()],
      utility: this.utility(),
    };
  }

  private takeHeader(section: SectionName, record: readonly string[], line: number): void {
    for (const name of NEEDED[section]) {
      if (record.includes(name)) continue;
      throw this.at('header-wrong', { line }, `the header of ${section} must have ${NEEDED[section].join(', ')}`);
    }
    this.header = record;
    if (section === 'VOTES') this.refuseUnknownVotes();
  }

  /** The votes cannot be read without the projects and the kind of vote. */
  private refuseUnknownVotes(): void {
    if (!this.seen.has('PROJECTS')) throw this.at('section-missing', {}, 'VOTES comes before PROJECTS');
    if (this.utility() === 'points' && !this.header?.includes('points')) {
      throw this.at('header-wrong', {}, 'votes with points need a column named points');
    }
  }

  private utility(): EqualSharesUtility {
    const row = this.meta.get('vote_type');
    const utility = VOTE_TYPES[row?.field('value') ?? 'approval'];
    if (row && !utility) {
      const what = `vote_type must be one of ${Object.keys(VOTE_TYPES).join(', ')}, not ${row.field('value')}`;
      throw row.fault('vote-type-not-known', 'value', what);
    }
    return utility ?? 'cost';
  }

  private takeRow(section: SectionName, row: Row): void {
    if (section === 'META') this.meta.set(row.field('key'), row);
    else if (section === 'PROJECTS') this.takeProject(row);
    else this.takeVote(row);
  }

  private takeProject(row: Row): void {
    const id = row.field('project_id');
    if (id === '') throw row.fault('id-empty', 'project_id', 'the project has no id');
    const earlier = this.projects.get(id);
    if (earlier) {
      const what = `${JSON.stringify(id)} is listed twice, first in line ${earlier.line}`;
      throw row.fault('application-duplicate', 'project_id', what);
    }
    const amount = wholeAmount(row, 'cost', 'amount', 1, MAX_AMOUNT_PENCE);
    this.projects.set(id, { line: row.line, amount, score: 0 });
  }

  private takeVote(row: Row): void {
    const voter = row.field('voter_id');
    if (voter === '') throw row.fault('id-empty', 'voter_id', 'the voter has no id');
    const earlier = this.voters.get(voter);
    if (earlier !== undefined) {
      const what = `${JSON.stringify(voter)} is listed twice, first in line ${earlier}`;
      throw row.fault('voter-duplicate', 'voter_id', what);
    }
    this.voters.set(voter, row.line);
    const ids = listed(row.field('vote'));
    const points = this.utility() === 'cost' ? undefined : listed(row.field('points'));
    if (points && points.length !== ids.length) {
      throw row.fault('line-not-complete', 'points', `${ids.length} projects, but ${points.length} points`);
    }
    const own = new Set<string>();
    ids.forEach((id, at) => {
      const project = this.projects.get(id);
      if (!project) throw row.fault('application-unknown', 'vote', `${JSON.stringify(id)} is not among the projects`);
      if (own.has(id)) throw row.fault('ballot-duplicate', 'vote', `${JSON.stringify(id)} is in the vote twice`);
      own.add(id);
      const given = points ? wholePoints(row, points[at] ?? '') : 1;
      project.score += given;
      this.ballots.push({ panellist: voter, id, points: given });
    });
  }

  private rowOf(header: readonly string[], record: readonly string[], line: number): Row {
    return {
      line,
      field: (name) => record[header.indexOf(name)] ?? '',
      fault: (name, columnName, what) =>
        this.at(name, { line, column: header.indexOf(columnName) + 1, columnName }, what),
    };
  }

  private at(name: string, position: Omit<FaultPosition, 'file'>, what: string): InputFault {
    return new InputFault(name, what, { file: this.file, ...position });
  }
}

function listed(text: string): string[] {
  return text === '' ? [] : text.split(',').map((id) => id.trim());
}

/** Whole units; `12000.00` is whole too. */
function wholeAmount(row: Row, column: string, what: 'amount' | 'budget', least: number, highest: number): number {
  const text = row.field(column);
  const range = `the ${what} must be a whole number from ${least} to ${highest}, not ${JSON.stringify(text)}`;
  if (/^-\d/.test(text)) throw row.fault(`${what}-${least === 0 ? 'negative' : 'not-positive'}`, column, range);
  if (!/^\d+(\.0*)?$/.test(text)) throw row.fault(`${what}-not-whole`, column, range);
  const value = Number(text);
  if (value < least) throw row.fault(`${what}-not-positive`, column, range);
  if (value > highest) throw row.fault(`${what}-too-high`, column, range);
  return value;
}

function wholePoints(row: Row, text: string): number {
  const value = /^\d+(\.0*)?$/.test(text) ? Number(text) : NaN;
  if (value <= MAX_BALLOT_POINTS) return value;
  const name = /^-\d/.test(text) ? 'points-negative' : value > 0 ? 'points-too-high' : 'points-not-whole';
  throw row.fault(
    name,
    'points',
    `points must be whole numbers from 0 to ${MAX_BALLOT_POINTS}, not ${JSON.stringify(text)}`,
  );
}
