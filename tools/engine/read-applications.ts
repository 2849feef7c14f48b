import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { InputFault } from './input-fault.ts';
import {
  type FundApplication,
  type FundRefused,
  type GroupLimit,
  MAX_AMOUNT_PENCE,
  MAX_BUDGET_PENCE,
  MAX_FUND_SCORE,
} from './matching-engine.ts';

const APPLICATION_COLUMNS = ['id', 'score', 'amount', 'least', 'group'];
const LIMIT_COLUMNS = ['group', 'floor', 'cap'];

export interface Applications {
  readonly applications: readonly FundApplication[];
  readonly lineOf: readonly number[];
}

export interface Limits {
  readonly limits: readonly GroupLimit[];
  readonly lineOf: readonly number[];
}

/** Reads `id,score,amount,least,group`; `least` and `group` may be empty. Throws InputFault with file, line, column. */
export async function readApplications(file: string): Promise<Applications> {
  const applications: FundApplication[] = [];
  const lineOf: number[] = [];
  const seen = new Map<string, number>();
  await readCsvRows(file, APPLICATION_COLUMNS, (row) => {
    const [id = '', score = '', amount = '', least = '', group = ''] = row.fields;
    if (id === '') throw row.fault('id-empty', 0, 'the application has no id');
    const first = seen.get(id);
    if (first !== undefined) {
      throw row.fault('application-duplicate', 0, `${JSON.stringify(id)} is listed twice, first in line ${first}`);
    }
    seen.set(id, row.line);
    const asked = wholeField(row, 2, 'amount', amount, 1, MAX_AMOUNT_PENCE);
    applications.push({
      id,
      score: wholeField(row, 1, 'score', score, 0, MAX_FUND_SCORE),
      amount: asked,
      least: least === '' ? undefined : leastField(row, least, asked),
      group: group === '' ? undefined : group,
    });
    lineOf.push(row.line);
  });
  return { applications, lineOf };
}

/** Reads `group,floor,cap`; either of the two may be empty. Throws InputFault with file, line, column. */
export async function readGroupLimits(file: string): Promise<Limits> {
  const limits: GroupLimit[] = [];
  const lineOf: number[] = [];
  await readCsvRows(file, LIMIT_COLUMNS, (row) => {
    const [group = '', floor = '', cap = ''] = row.fields;
    if (group === '') throw row.fault('group-empty', 0, 'the group is missing');
    limits.push({
      group,
      floor: floor === '' ? undefined : wholeField(row, 1, 'floor', floor, 0, MAX_BUDGET_PENCE),
      cap: cap === '' ? undefined : wholeField(row, 2, 'cap', cap, 0, MAX_BUDGET_PENCE),
    });
    lineOf.push(row.line);
  });
  return { limits, lineOf };
}

/** Turns the engine's refusal, which speaks of entries, into a fault with file, line and column. */
export function locateFund(
  { name, message, at }: FundRefused,
  applications: { readonly file: string; readonly lineOf: readonly number[] },
  limits: { readonly file: string; readonly lineOf: readonly number[] } | undefined,
): InputFault {
  if (at.list === 'parameters') return new InputFault(name, message);
  const [list, columns] = at.list === 'limits' ? [limits, LIMIT_COLUMNS] : [applications, APPLICATION_COLUMNS];
  const line = list?.lineOf[at.index];
  if (!list || line === undefined) return new InputFault(name, message);
  const first = at.firstIndex === undefined ? '' : `, first in line ${list.lineOf[at.firstIndex]}`;
  const column = columns.indexOf(at.field) + 1;
  return new InputFault(name, message + first, { file: list.file, line, column, columnName: at.field });
}

type Money = 'score' | 'amount' | 'floor' | 'cap';

function wholeField(row: CsvRow, at: number, what: Money, text: string, lowest: number, highest: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  const low = lowest > 0 ? 'not-positive' : 'negative';
  const name = value > highest ? 'too-high' : value < lowest || /^-\d+$/.test(text) ? low : 'not-whole';
  const unit = what === 'score' ? 'number' : 'number of pence';
  const what1 = `${what} must be a whole ${unit} from ${lowest} to ${highest}, not ${JSON.stringify(text)}`;
  throw row.fault(`${what}-${name}`, at, what1);
}

function leastField(row: CsvRow, text: string, amount: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= amount) return value;
  const isLow = value < 1 || /^-\d+$/.test(text);
  const name = value > amount ? 'least-above-amount' : isLow ? 'least-not-positive' : 'least-not-whole';
  const what = `least must be a whole number of pence from 1 to the amount of ${amount}, not ${JSON.stringify(text)}`;
  throw row.fault(name, 3, what);
}
