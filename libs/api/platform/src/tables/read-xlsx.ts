import { Readable } from 'node:stream';
import { crc32, inflateRawSync } from 'node:zlib';
import type { CellValue } from 'exceljs';
import { Refused } from '../refused';
import { headingLinesMost, type ReadTableOptions, type Table, tableOf, type TableRow } from './read-table';

export interface XlsxTable extends Omit<Table, 'separator'> {
  sheet: string;
}

/** Of all parts that are read, unpacked: some 100,000 rows of 25 columns. */
const unpackedMost = 128 * 1024 * 1024;
const cellsMost = 400;

/** Whether the bytes begin as a ZIP does, which every XLSX is. */
export const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('hex') === '504b0304';

/**
 * Headings and rows of the first sheet in sight that has any, with lines as the sheet counts them. Formula cells give
 * what they last came to, or their text from `=` on where that is not kept; days come as `2026-05-01`; numbers shown
 * with leading zeros keep them. Refused with `file-not-xlsx`, `file-too-large` (unpacked), and as `tableOf` does.
 */
export const readXlsx = async (bytes: Buffer, options: ReadTableOptions): Promise<XlsxTable> => {
  const parts = unpackedParts(bytes, partsOf(bytes));
  // A large package that few jobs need.
  const { default: exceljs } = await import('exceljs');
  const reader = new exceljs.stream.xlsx.WorkbookReader(Readable.from(repacked(parts)), {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
    entries: 'ignore',
  });
  try {
    for await (const sheet of reader) {
      const { name, state } = sheet as unknown as { name: string; state: string };
      if (state === 'hidden' || state === 'veryHidden') continue;
      const records: TableRow[] = [];
      for await (const row of sheet) {
        const cells: string[] = [];
        row.eachCell((cell, column) => {
          if (column <= cellsMost) cells[column - 1] = textOf(cell.value, cell.numFmt).trim();
        });
        const all = Array.from(cells, (cell) => cell ?? '');
        if (all.some((cell) => cell !== '')) records.push({ line: row.number, cells: all });
        if (records.length > options.rowsMost + headingLinesMost) break;
      }
      if (records.length > 0) return { sheet: name, ...padded(tableOf(records, options)) };
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('file-not-xlsx');
  }
  throw new Refused('file-empty');
};

/** A sheet keeps no blank cells at the end of a row. */
const padded = ({ headings, rows }: Omit<Table, 'separator'>): Omit<Table, 'separator'> => ({
  headings,
  rows: rows.map(({ line, cells }) => ({
    line,
    cells:
      cells.length < headings.length ? [...cells, ...Array<string>(headings.length - cells.length).fill('')] : cells,
  })),
});

const textOf = (value: CellValue | undefined, format: string | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return numberText(value, format);
  if (value instanceof Date) return dayText(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('formula' in value || 'sharedFormula' in value) {
    if (value.result !== undefined) return textOf(value.result as CellValue, format);
    return `=${'formula' in value ? value.formula : value.sharedFormula}`;
  }
  if ('text' in value) return textOf(value.text as CellValue, format);
  return '';
};

/** A number format of zeros alone shows that many digits, which is how staff numbers keep their zeros. */
const numberText = (value: number, format: string | undefined): string =>
  format !== undefined && /^0+$/.test(format) && Number.isInteger(value) && value >= 0
    ? String(value).padStart(format.length, '0')
    : String(value);

const dayText = (value: Date): string => {
  if (Number.isNaN(value.getTime())) return '';
  const [day = '', time = ''] = value.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
};

interface Part {
  name: string;
  at: number;
  packed: number;
  method: number;
}

/** What is read of a workbook, in the order in which it is needed: sheets refer to the texts and styles before them. */
const order = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/workbook\.xml$/,
  /^xl\/styles\.xml$/,
  /^xl\/sharedStrings\.xml$/,
  /^xl\/worksheets\/sheet\d+\.xml$/,
];

/** The parts of the ZIP's directory that are read. Anything unusual is no workbook that a spreadsheet has saved. */
const partsOf = (bytes: Buffer): Part[] => {
  const end = bytes.lastIndexOf('PK\u0005\u0006', bytes.length, 'latin1');
  if (end < 0 || end + 22 > bytes.length) throw new Refused('file-not-xlsx');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const parts: (Part & { rank: number })[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new Refused('file-not-xlsx');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, '');
    const rank = order.findIndex((pattern) => pattern.test(name));
    if (rank >= 0) {
      parts.push({
        name,
        rank,
        at: bytes.readUInt32LE(at + 42),
        packed: bytes.readUInt32LE(at + 20),
        method: bytes.readUInt16LE(at + 10),
      });
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (!parts.some(({ name }) => name === 'xl/workbook.xml')) throw new Refused('file-not-xlsx');
  return parts.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
};

interface Unpacked {
  name: string;
  data: Buffer;
}

/** Unpacked before the reader sees them, and none past the bound, whatever its header says. */
const unpackedParts = (bytes: Buffer, parts: readonly Part[]): Unpacked[] => {
  let left = unpackedMost;
  return parts.map((part) => {
    const data = unpacked(bytes, part, left);
    left -= data.length;
    return { name: part.name, data };
  });
};

/** The same parts as a ZIP without compression; in the order of the file the reader would lay sheets aside on disk. */
function* repacked(parts: readonly Unpacked[]): Generator<Buffer> {
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name: partName, data } of parts) {
    const name = Buffer.from(partName);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(data), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(data.length, 8);
    const lengths = Buffer.from([name.length & 0xff, name.length >> 8, 0, 0]);
    const header = Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]),
      sizes,
      lengths,
      name,
    ]);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([
        Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]),
        sizes,
        lengths,
        offset,
        name,
      ]),
    );
    at += header.length + data.length;
    yield header;
    for (let from = 0; from < data.length; from += 65_536) yield data.subarray(from, from + 65_536);
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([entries, end]);
}

const unpacked = (bytes: Buffer, { at, packed, method }: Part, most: number): Buffer => {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) throw new Refused('file-not-xlsx');
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === 0 && data.length <= most) return data;
  if (method === 0 || most <= 0) throw new Refused('file-too-large');
  try {
    return inflateRawSync(data, { maxOutputLength: most });
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Refused(tooLarge ? 'file-too-large' : 'file-not-xlsx');
  }
};
