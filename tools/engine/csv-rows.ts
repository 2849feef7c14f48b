import { createReadStream } from 'node:fs';
import { finished, pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { InputFault } from './input-fault.ts';

/** One line of a file: its fields in the order of the columns asked for, and where it begins. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  /** A fault at the field that was asked for as number `at`. */
  fault(name: string, at: number, what: string): InputFault;
}

/**
 * Streams a comma-separated file whose header must name exactly `columns`, in any order. Blank lines are skipped,
 * spaces around fields and a byte-order mark dropped. Throws InputFault with file, line and column.
 */
export async function readCsvRows(
  file: string,
  columns: readonly string[],
  take: (row: CsvRow) => void,
): Promise<void> {
  let order: number[] | undefined;
  let linesBefore = 0;
  const onRecord = (record: string[], lines: number) => {
    const breaks = record.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);
    const line = Math.max(linesBefore + 1, lines - breaks);
    linesBefore = lines;
    if (!order) {
      order = columnOrder(file, line, record, columns);
      return;
    }
    if (record.length !== columns.length) {
      const column = Math.min(record.length, columns.length) + 1;
      throw new InputFault(
        'line-not-complete',
        `the line has ${record.length} fields, the header has ${columns.length}`,
        {
          file,
          line,
          column,
        },
      );
    }
    const positions = order;
    take({
      line,
      fields: positions.map((at) => record[at] ?? ''),
      fault: (name, at, what) =>
        new InputFault(name, what, { file, line, column: (positions[at] ?? 0) + 1, columnName: columns[at] ?? '' }),
    });
  };
  const parser = parse({
    bom: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[], context) => {
      onRecord(record, context.lines);
      return null;
    },
  });
  parser.resume();
  try {
    await Promise.all([pipeline(createReadStream(file), parser), finished(parser)]);
  } catch (error) {
    throw asFault(file, error);
  }
  if (!order) throw headerFault(file, 1, 1, `the file is empty; its first line must be ${columns.join(',')}`);
}

function columnOrder(file: string, line: number, header: readonly string[], columns: readonly string[]): number[] {
  const expected = `the first line must be ${columns.join(',')}`;
  header.forEach((name, at) => {
    if (!columns.includes(name))
      throw headerFault(file, line, at + 1, `${expected}; ${JSON.stringify(name)} is not among them`);
    if (header.indexOf(name) !== at) throw headerFault(file, line, at + 1, `${expected}; ${name} is there twice`);
  });
  return columns.map((name) => {
    const at = header.indexOf(name);
    if (at < 0) throw headerFault(file, line, header.length + 1, `${expected}; ${name} is missing`);
    return at;
  });
}

function headerFault(file: string, line: number, column: number, what: string): InputFault {
  return new InputFault('header-wrong', what, { file, line, column });
}

function asFault(file: string, error: unknown): unknown {
  if (error instanceof CsvError) {
    const lines = Number(error['lines'] ?? 1);
    const column = Number(error['column'] ?? 0) + 1;
    return new InputFault('csv-malformed', error.message, { file, line: lines, column });
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return new InputFault('file-unreadable', error.message, { file });
  }
  return error;
}
