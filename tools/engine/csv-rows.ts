import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { InputFault } from './input-fault.ts';
import { type PlainLine, PlainLines } from './plain-lines.ts';

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
 *
 * `takePlain`, where given, is offered the plain lines from the beginning of the file, their fields as bytes in the
 * order of `columns`, until it declines one; `take` gets the rest. For files of a million lines.
 */
export async function readCsvRows(
  file: string,
  columns: readonly string[],
  take: (row: CsvRow) => void,
  takePlain?: (line: PlainLine) => boolean,
): Promise<void> {
  let order: number[] | undefined;
  let linesBefore = 0;
  const plain = new PlainLines(columns, takePlain ?? (() => false));
  const onRecord = (record: string[], lines: number) => {
    const breaks = record.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);
    const line = (order ? plain.taken : 0) + Math.max(linesBefore + 1, lines - breaks);
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
    const passedOn = takePlain
      ? Readable.from(plain.passOn(chunksOf(file)), { objectMode: false })
      : createReadStream(file);
    await Promise.all([pipeline(passedOn, parser), finished(parser)]);
  } catch (error) {
    throw asFault(file, error, plain.taken);
  }
  if (!order) throw headerFault(file, 1, 1, `the file is empty; its first line must be ${columns.join(',')}`);
}

/** The file piece by piece, always in the same memory. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const memory = new Uint8Array(1 << 16);
    for (;;) {
      const { bytesRead } = await handle.read(memory, 0, memory.length, null);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
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

/** What csv-parse or the file system found wrong, as a fault of that file; anything else as it is. */
export function asFault(file: string, error: unknown, linesTaken = 0): unknown {
  if (error instanceof CsvError) {
    const lines = linesTaken + Number(error['lines'] ?? 1);
    const column = Number(error['column'] ?? 0) + 1;
    return new InputFault('csv-malformed', error.message, { file, line: lines, column });
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return new InputFault('file-unreadable', error.message, { file });
  }
  return error;
}
