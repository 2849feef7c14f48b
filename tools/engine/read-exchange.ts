import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { InputFault } from './input-fault.ts';
import type { ExchangeInput, ExchangeRefused } from './matching-engine.ts';

export interface ExchangeFiles {
  readonly requests: string;
  readonly offers: string;
  readonly balances: string | undefined;
}

export interface ExchangeCycle {
  readonly input: Pick<ExchangeInput, 'requests' | 'offers' | 'balances'>;
  /** Turns the engine's refusal, which speaks of entries, into a fault with file, line and column. */
  locate(refused: ExchangeRefused): InputFault;
}

const COLUMNS = {
  requests: ['visitor', 'home', 'offer', 'days', 'score'],
  offers: ['offer', 'host', 'places'],
  balances: ['institution', 'balance'],
} as const;
type List = keyof typeof COLUMNS;

/** Reads a cycle from its files. What the engine refuses it refuses itself; here only what is no whole number at all. */
export async function readExchange(files: ExchangeFiles): Promise<ExchangeCycle> {
  const lineOf: Record<List, number[]> = { requests: [], offers: [], balances: [] };
  const read = async <Entry>(list: List, file: string | undefined, entryOf: (row: CsvRow) => Entry) => {
    const entries: Entry[] = [];
    if (file === undefined) return entries;
    await readCsvRows(file, COLUMNS[list], (row) => {
      entries.push(entryOf(row));
      lineOf[list].push(row.line);
    });
    return entries;
  };
  const offers = await read('offers', files.offers, (row) => {
    const [id = '', host = ''] = row.fields;
    return { id, host, places: number(row, 2, 'places') };
  });
  const balances = await read('balances', files.balances, (row) => {
    return { institution: row.fields[0] ?? '', balance: number(row, 1, 'balance') };
  });
  const requests = await read('requests', files.requests, (row) => {
    const [visitor = '', home = '', offer = ''] = row.fields;
    return { visitor, home, offer, days: number(row, 3, 'days'), score: number(row, 4, 'score') };
  });
  return {
    input: { requests, offers, balances },
    locate: ({ name, message, at }) => {
      const { list, field } = at;
      if (list === 'delta' || list === 'order') return new InputFault(name, `--${list}: ${message}`);
      const columnName = list === 'offers' && field === 'id' ? 'offer' : field;
      const first = at.firstIndex === undefined ? '' : `, first in line ${lineOf[list][at.firstIndex]}`;
      return new InputFault(name, message + first, {
        file: files[list] ?? list,
        line: lineOf[list][at.index] ?? 1,
        column: (COLUMNS[list] as readonly string[]).indexOf(columnName) + 1,
        columnName,
      });
    },
  };
}

function number(row: CsvRow, at: number, what: 'places' | 'balance' | 'days' | 'score'): number {
  const text = row.fields[at] ?? '';
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw row.fault(`${what}-not-whole`, at, `${what} must be a whole number, not ${JSON.stringify(text)}`);
}
