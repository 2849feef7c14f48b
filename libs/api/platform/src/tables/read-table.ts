import { cut } from '@waymark/contracts';
import { parse } from 'csv-parse/sync';
import { Refused } from '../refused';

export type Separator = ',' | ';' | 'tab' | '|';

/** A row as the file has it; `line` is the one where it starts, counted from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

export interface Table {
  separator: Separator;
  headings: string[];
  rows: TableRow[];
}

export interface ReadTableOptions {
  /** A heading that whoever reads the file knows: the line of headings is the one with the most of these. */
  recognised: (heading: string) => boolean;
  rowsMost: number;
}

export const columnsMost = 200;
/** A row that is longer than the headings is kept no further: it is refused anyway. */
const cellsKept = columnsMost * 2;
const headingLongest = 120;

const separators: readonly Separator[] = [',', ';', 'tab', '|'];
const characterOf = (separator: Separator): string => (separator === 'tab' ? '\t' : separator);

/**
 * Headings and rows of a CSV text, its separator found out from the text. Blank lines, lines above the headings (a
 * title, a merged heading) and Excel's `sep=;` are passed over; lines are counted all the same.
 * Refused with `file-empty`, `file-not-csv`, `file-too-many-rows` or `file-too-many-columns`.
 */
export const readTable = (source: string, { recognised, rowsMost }: ReadTableOptions): Table => {
  // One kind of line end, so that lines within quotes count once whatever wrote them.
  const text = source.replaceAll(/\r\n?/g, '\n');
  const separator = separatorOf(text);
  const records = recordsOf(text, separator, rowsMost + headingLinesMost + 1).filter(
    ({ line, cells }) => !isDeclaration(line, cells),
  );
  return { separator, ...tableOf(records, { recognised, rowsMost }) };
};

/**
 * Headings and rows among the first records of any file, lines above the headings left out. Refused with `file-empty`,
 * `file-not-csv`, `file-too-many-rows` or `file-too-many-columns`.
 */
export const tableOf = (
  records: readonly TableRow[],
  { recognised, rowsMost }: ReadTableOptions,
): Omit<Table, 'separator'> => {
  const at = headingsAt(records, recognised);
  const headings = headingsFrom(records[at]?.cells ?? []);
  if (headings.length > columnsMost) throw new Refused('file-too-many-columns', { facts: { most: columnsMost } });
  const rows = records.slice(at + 1);
  if (rows.length === 0) throw new Refused('file-empty');
  if (rows.length > rowsMost) throw new Refused('file-too-many-rows', { facts: { most: rowsMost } });
  return { headings, rows: rows.map(({ line, cells }) => ({ line, cells: cells.slice(0, cellsKept) })) };
};

/** The separator that cuts the file's first records into rows of one length most consistently. */
const separatorOf = (text: string): Separator => {
  const declared = /^\s*sep=([,;|\t])\n/i.exec(text)?.[1];
  if (declared) return declared === '\t' ? 'tab' : (declared as Separator);
  let best: { separator: Separator; share: number; columns: number } | null = null;
  for (const separator of separators) {
    const lengths = lengthsWith(text, separator);
    const counts = new Map<number, number>();
    for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
    const [columns, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
    const share = count / lengths.length;
    if (columns < 2 || share < 0.5) continue;
    if (!best || share > best.share + 0.2 || (share > best.share - 0.2 && columns > best.columns))
      best = { separator, share, columns };
  }
  if (!best) throw new Refused('file-not-csv');
  return best.separator;
};

const sampled = 200;

const lengthsWith = (text: string, separator: Separator): number[] => {
  try {
    return recordsOf(text, separator, sampled).map(({ cells }) => cells.length);
  } catch {
    // With this separator the quotation marks do not pair.
    return [];
  }
};

interface RawRecord {
  record: string[];
  raw: string;
}

/** The first records that are not blank, at most so many. */
const recordsOf = (text: string, separator: Separator, most: number): TableRow[] => {
  const records: TableRow[] = [];
  const enough = new Error('enough');
  try {
    parse(text, {
      delimiter: characterOf(separator),
      record_delimiter: '\n',
      // Rows of another length and a quotation mark within plain text are read as they stand; lengths are checked by row.
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      // Millions of blank lines cost minutes unless the parser skips them; with `raw` their lines are counted all the same.
      skip_empty_lines: true,
      raw: true,
      on_record: (given: unknown, { lines }: { lines: number }) => {
        // With `raw` a record comes as this, which the parser's types do not say.
        const { record, raw } = given as RawRecord;
        if (record.some((cell) => cell !== '')) records.push({ line: lines - lineBreaksIn(raw), cells: record });
        if (records.length >= most) throw enough;
        return null;
      },
    });
  } catch (error) {
    if (error !== enough)
      throw new Refused('file-not-csv', { facts: { line: (error as { lines?: number }).lines ?? 0 } });
  }
  return records;
};

/** Within a record, without the blank lines above it and the end of its own. */
const lineBreaksIn = (raw: string): number => raw.trimStart().replace(/\n$/, '').split('\n').length - 1;

const isDeclaration = (line: number, cells: readonly string[]): boolean => line === 1 && /^sep=/i.test(cells[0] ?? '');

/** Headings stand at most so many lines below the top. */
export const headingLinesMost = 6;

/**
 * The first record whose headings are recognised best, where that is plain; else the first that is no mere title.
 * Without any heading (people from the first line on) columns could not be told apart: refused.
 */
const headingsAt = (records: readonly TableRow[], recognised: (heading: string) => boolean): number => {
  const widths = records.slice(0, sampled).map(({ cells }) => filled(cells));
  const usual = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  let at = -1;
  let most = 0;
  records.slice(0, headingLinesMost).some(({ cells }, index) => {
    if (cells.some(isAddress)) return true;
    if (filled(cells) < Math.max(2, usual / 2)) return false;
    const count = cells.filter((cell) => recognised(cell)).length;
    if (at < 0 || count >= most + 2) {
      at = index;
      most = count;
    }
    return false;
  });
  if (at < 0) throw new Refused('file-not-csv', { facts: { headings: false } });
  return at;
};

const filled = (cells: readonly string[]): number => cells.filter((cell) => cell !== '').length;
const isAddress = (cell: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell);

/** Without empty columns at the end; blank ones are numbered, and so are the second and third of a name. */
const headingsFrom = (cells: readonly string[]): string[] => {
  const last = cells.findLastIndex((cell) => cell !== '');
  const seen = new Map<string, number>();
  return cells.slice(0, last + 1).map((cell, column) => {
    const heading = cut(cell.replaceAll(/\s+/g, ' '), headingLongest) || `Column ${column + 1}`;
    const count = (seen.get(heading.toLowerCase()) ?? 0) + 1;
    seen.set(heading.toLowerCase(), count);
    return count === 1 ? heading : `${heading} (${count})`;
  });
};
