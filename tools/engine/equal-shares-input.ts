import { oneOf, timed, wholeOption } from './command.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { InputFault } from './input-fault.ts';
import {
  type BallotLine,
  ballotsOfGroups,
  compressEqualShares,
  EQUAL_SHARES_COMPLETIONS,
  EQUAL_SHARES_TIES,
  equalSharesAtBudgets,
  type EqualSharesInput,
  EqualSharesRefused,
  equalSharesResult,
  type EqualSharesResult,
  type EqualSharesTie,
  MAX_BALLOT_POINTS,
  MAX_BUDGET_PENCE,
  solveEqualShares,
} from './matching-engine.ts';
import { readApplications } from './read-applications.ts';
import { readPabulib } from './read-pabulib.ts';

/** Options of `fund --method equal-shares`, as typed. */
export interface EqualSharesOptions {
  readonly budget?: string | undefined;
  readonly applications?: string | undefined;
  /** `panellist,id,points`; without ballots and election, the groups of the applications are the voters. */
  readonly ballots?: string | undefined;
  /** Instead of budget, applications and ballots: an election in Pabulib's format. */
  readonly pb?: string | undefined;
  readonly completion?: string | undefined;
  readonly increment?: string | undefined;
  readonly tie?: string | undefined;
  readonly seed?: string | undefined;
  /** Pence more for which the outcome is recomputed. */
  readonly extras?: readonly number[] | undefined;
  readonly repeat: number;
}

type Election = Pick<EqualSharesInput, 'applications' | 'ballots' | 'voters' | 'utility' | 'budget'>;

interface Located {
  readonly election: Election;
  locate(refused: EqualSharesRefused): InputFault;
}

/** The answer of `fund --method equal-shares`. Only the solving is timed: not reading and sorting, nor the reasons. */
export async function equalSharesAnswer(
  options: EqualSharesOptions,
  clock: () => number,
  fileAt: (typed: string) => string,
): Promise<object> {
  const completion = oneOf(
    'completion',
    EQUAL_SHARES_COMPLETIONS,
    options.completion ?? 'none',
    'completion-not-known',
  );
  const increment = wholeOption('increment', options.increment ?? '1', MAX_BUDGET_PENCE);
  if (increment === 0) throw new InputFault('increment-wrong', '--increment must be 1 or more');
  const rules = { completion, increment, tie: tiesOf(options.tie ?? 'votes,cost'), seed: options.seed ?? '0' };
  const { election, locate } =
    options.pb === undefined ? await fromCsv(options, fileAt) : await fromPabulib(options, fileAt);
  const input: EqualSharesInput = { ...election, ...rules };
  try {
    const instance = compressEqualShares(input);
    const { result, times } = await timed(options.repeat, clock, () => solveEqualShares(instance, input));
    const extras = options.extras ?? [];
    const atBudgets = extras.length > 0 ? { atBudgets: equalSharesAtBudgets(input, extras) } : {};
    return { ...printable(equalSharesResult(instance, result, input)), ...atBudgets, ...times };
  } catch (error) {
    throw error instanceof EqualSharesRefused ? locate(error) : error;
  }
}

function printable({ funded, engineVersion, ...result }: EqualSharesResult): object {
  return { funded: funded.map(({ id, amount }) => ({ id, amount })), ...result, engine: engineVersion };
}

function tiesOf(typed: string): EqualSharesTie[] {
  const ties =
    typed === '' ? [] : typed.split(',').map((by) => oneOf('tie', EQUAL_SHARES_TIES, by.trim(), 'tie-not-known'));
  if (new Set(ties).size < ties.length) throw new InputFault('tie-not-known', `--tie names one twice: ${typed}`);
  return ties;
}

async function fromPabulib(
  { pb = '', budget, ...others }: EqualSharesOptions,
  fileAt: (typed: string) => string,
): Promise<Located> {
  for (const name of ['applications', 'ballots'] as const) {
    if (others[name] !== undefined)
      throw new InputFault('option-wrong', `--pb has its own projects: leave out --${name}`);
  }
  const file = fileAt(pb);
  const election = await readPabulib(file);
  return {
    election:
      budget === undefined ? election : { ...election, budget: wholeOption('budget', budget, MAX_BUDGET_PENCE) },
    locate: ({ name, message }) => new InputFault(name, message, { file }),
  };
}

async function fromCsv(options: EqualSharesOptions, fileAt: (typed: string) => string): Promise<Located> {
  if (options.applications === undefined) throw new InputFault('option-missing', '--applications (or --pb) is missing');
  if (options.budget === undefined) throw new InputFault('option-missing', '--budget is missing');
  const budget = wholeOption('budget', options.budget, MAX_BUDGET_PENCE);
  const file = fileAt(options.applications);
  const { applications, lineOf } = await readApplications(file);
  const ballots =
    options.ballots === undefined
      ? { lines: ballotsOfGroups(applications), lineOf, file }
      : {
          ...(await readBallotLines(fileAt(options.ballots), new Set(applications.map(({ id }) => id)))),
          file: fileAt(options.ballots),
        };
  return {
    election: { budget, applications, ballots: ballots.lines, utility: 'points' },
    locate: ({ name, message, at }) => {
      const lines = at.list === 'applications' ? { file, lineOf } : ballots;
      const first = at.firstIndex === undefined ? '' : `, first in line ${lines.lineOf[at.firstIndex]}`;
      const line = lines.lineOf[at.index];
      const position = line === undefined ? { file: lines.file } : { file: lines.file, line };
      return new InputFault(name, message + first, position);
    },
  };
}

async function readBallotLines(
  file: string,
  ids: ReadonlySet<string>,
): Promise<{ lines: BallotLine[]; lineOf: number[] }> {
  const lines: BallotLine[] = [];
  const lineOf: number[] = [];
  const seen = new Map<string, number>();
  await readCsvRows(file, ['panellist', 'id', 'points'], (row) => {
    const [panellist = '', id = '', points = ''] = row.fields;
    if (panellist === '') throw row.fault('id-empty', 0, 'the panellist is missing');
    if (id === '') throw row.fault('id-empty', 1, 'the application is missing');
    if (!ids.has(id)) throw row.fault('application-unknown', 1, `${JSON.stringify(id)} is not among the applications`);
    const key = `${panellist.length} ${panellist} ${id}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const what = `${JSON.stringify(panellist)} gives points to ${JSON.stringify(id)} twice, first in line ${first}`;
      throw row.fault('ballot-duplicate', 1, what);
    }
    seen.set(key, row.line);
    lines.push({ panellist, id, points: pointsField(row, points) });
    lineOf.push(row.line);
  });
  return { lines, lineOf };
}

function pointsField(row: CsvRow, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value <= MAX_BALLOT_POINTS) return value;
  const name =
    value > MAX_BALLOT_POINTS ? 'points-too-high' : /^-\d+$/.test(text) ? 'points-negative' : 'points-not-whole';
  const range = `points must be a whole number from 0 to ${MAX_BALLOT_POINTS}`;
  throw row.fault(name, 2, `${range}, not ${JSON.stringify(text)}`);
}
