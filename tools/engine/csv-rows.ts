import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { InputFault } from './input-fault.ts';
import { type PlainLine, PlainLines } from './plain-lines.ts';
import { RecordLines } from './record-lines.ts';
import { textChunks } from './text-chunks.ts';

/** Whichever comes first: a file may mix them. */
export const LINE_ENDS = ['\r\n', '\n', '\r'];
/** Bytes of one line's fields, beyond which it is no line but a fault: what must not fill the memory. */
export const MAX_LINE = 1 << 20;

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
  const recordLines = new RecordLines();
  const plain = new PlainLines(columns, takePlain ?? (() => false));
  const onRecord = (record: string[], lines: number) => {
    const line = (order ? plain.taken : 0) + recordLines.startOf(record, lines);
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
    record_delimiter: LINE_ENDS,
    max_record_size: MAX_LINE,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[], context) => {
      onRecord(record, context.lines);
      return null;
    },
  });
  parser.resume();
  try {
    const passedOn = Readable.from(plain.passOn(textChunks(file, ',')), { objectMode: false });
    await Promise.all([pipeline(passedOn, parser), finished(parser)]);
  } catch (error) {
    throw asFault(file, error, recordLines, plain.taken);
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

/** What csv-parse or the file system found wrong, as a fault of that file; anything else as it is. */
export function asFault(file: string, error: unknown, recordLines: RecordLines, linesTaken = 0): unknown {
  if (error instanceof CsvError) {
    const isEndless = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error.code);
    const line = linesTaken + (isEndless ? recordLines.next() : recordLines.lineOf(Number(error['lines'] ?? 1)));
    const column = Number(error['column'] ?? 0) + 1;
    return new InputFault('csv-malformed', FORMAT_FAULTS[error.code] ?? error.message, { file, line, column });
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return new InputFault('file-unreadable', error.message, { file });
  }
  return error;
}

/** In our own words, as csv-parse counts only the lines that it was given. */
const FORMAT_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote opens here and is never closed',
  CSV_MAX_RECORD_SIZE: `the line has more than ${MAX_LINE} bytes; is a quote never closed?`,
  CSV_INVALID_CLOSING_QUOTE: 'only a separator or the end of the line may follow a closing quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'only a separator or the end of the line may follow a closing quote',
  INVALID_OPENING_QUOTE: 'there is a quote within a field; put the whole field in quotes, and each quote in it twice',
};
