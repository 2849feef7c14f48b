import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { deflateRawSync } from 'node:zlib';
import { Refused } from '../refused';
import { isZip, readXlsx } from './read-xlsx';
import { xlsxBuffer } from './xlsx';

const options = { recognised: (heading: string) => /name|number|start/i.test(heading), rowsMost: 100 };
const refusalOf = async (bytes: Buffer): Promise<string> => {
  try {
    await readXlsx(bytes, options);
    return 'none';
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
};
const saved = async (fill: (workbook: exceljs.Workbook) => void): Promise<Buffer> => {
  const workbook = new exceljs.Workbook();
  fill(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

/** A ZIP of these packed entries, as a bomb is made. */
const zipOf = (...files: [name: string, data: Buffer | string][]): Buffer => {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, data] of files) {
    const packed = deflateRawSync(data);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    local.push(header, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += header.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
};

describe('an XLSX workbook', () => {
  it('gives the first sheet in sight that has rows, cells as they are shown', async () => {
    const bytes = await saved((workbook) => {
      workbook.addWorksheet('Empty');
      workbook.addWorksheet('Secret', { state: 'hidden' }).addRow(['Name', 'Number']);
      const sheet = workbook.addWorksheet('Staff');
      sheet.addRow(['Staff list of the college']);
      sheet.addRow(['Number', 'Name', 'Start', 'Sum', 'Link', 'Rich', 'Left']);
      sheet.addRow([
        42,
        ' Ann Flask ',
        new Date(Date.UTC(2026, 4, 1)),
        { formula: 'A3*2', result: 84 },
        { text: 'a@b.example', hyperlink: 'mailto:a@b.example' },
        { richText: [{ text: 'Bo' }, { text: 'ld' }] },
      ]);
      sheet.getCell('A3').numFmt = '000000';
    });
    expect(await readXlsx(bytes, options)).toEqual({
      sheet: 'Staff',
      headings: ['Number', 'Name', 'Start', 'Sum', 'Link', 'Rich', 'Left'],
      rows: [{ line: 3, cells: ['000042', 'Ann Flask', '2026-05-01', '84', 'a@b.example', 'Bold', ''] }],
    });
  });

  it('gives the text of a formula whose value is not kept', async () => {
    const bytes = await saved((workbook) => {
      const sheet = workbook.addWorksheet('Staff');
      sheet.addRow(['Number', 'Name']);
      sheet.addRow([{ formula: 'HYPERLINK("x")' }, 'Ann']);
    });
    expect((await readXlsx(bytes, options)).rows[0]?.cells[0]).toBe('=HYPERLINK("x")');
  });

  it('reads back what we write, texts that begin like formulas marked', async () => {
    const bytes = await xlsxBuffer(
      ['Name', 'Number'],
      [
        ['=1+1', 7],
        ['Ann\u0000', null],
      ],
    );
    expect(isZip(bytes)).toBe(true);
    expect((await readXlsx(bytes, options)).rows.map(({ cells }) => cells)).toEqual([
      ["'=1+1", '7'],
      ['Ann', ''],
    ]);
  });

  it('is refused by name where it is none, damaged, too long, empty or a bomb', async () => {
    const good = await xlsxBuffer(['Name', 'Number'], [['a', 1]]);
    expect(await refusalOf(zipOf(['word/document.xml', '<w/>']))).toBe('file-not-xlsx');
    expect(await refusalOf(good.subarray(0, good.length - 30))).toBe('file-not-xlsx');
    const broken = Buffer.from(good);
    broken.fill(0xff, 200, 900);
    expect(['file-not-xlsx', 'file-empty']).toContain(await refusalOf(broken));
    expect(await refusalOf(await saved((workbook) => void workbook.addWorksheet('Empty')))).toBe('file-empty');
    expect(await refusalOf(zipOf(['xl/workbook.xml', '<workbook><sheets><sh']))).toMatch(/file-(not-xlsx|empty)/);
    expect(await refusalOf(zipOf(['xl/workbook.xml', Buffer.alloc(200 * 1024 * 1024)]))).toBe('file-too-large');
    const torn = zipOf(
      [
        'xl/_rels/workbook.xml.rels',
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      ],
      ['xl/workbook.xml', '<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'],
      ['xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" <<'],
    );
    expect(await refusalOf(torn)).toMatch(/file-(not-xlsx|empty)/);
    const rows = Array.from({ length: 101 }, (_, n) => [`Ann ${n}`, n]);
    expect(await refusalOf(await xlsxBuffer(['Name', 'Number'], rows))).toBe('file-too-many-rows');
  });
});
