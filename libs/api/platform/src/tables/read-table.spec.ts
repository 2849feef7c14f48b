import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { Refused } from '../refused';
import { decodeFile } from './decode-file';
import { readTable, type Table } from './read-table';

/** Some headings that a reader of people's files knows. */
const known =
  /^((first|last|family|given|full) ?name|name|e-?mail( address)?|role|grade|skills?|profession|department|campus|school|organi[sz]ation)$/i;
const options = { recognised: (heading: string) => known.test(heading), rowsMost: 20_000 };

const read = (content: string | Buffer): Table & { encoding: string } => {
  const { text, encoding } = decodeFile(Buffer.from(content));
  return { encoding, ...readTable(text, options) };
};
const refusalOf = (content: string | Buffer): string => {
  try {
    read(content);
    return 'none';
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
};
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

const people = 'Name,E-mail\nZoë Müller,zoe@college.example\n';

describe('a file that is no CSV', () => {
  it.each<[string, string | Buffer, string]>([
    ['nothing at all', '', 'file-empty'],
    ['a byte-order mark alone', Buffer.from([0xef, 0xbb, 0xbf]), 'file-empty'],
    ['blank lines', '\r\n  \n\n', 'file-empty'],
    ['headings alone', 'Name,E-mail\n', 'file-empty'],
    ['headings and blank rows', 'Name,E-mail\n,\n  , \n', 'file-empty'],
    ['PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-not-csv'],
    [
      'XLSX',
      Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from('xl/workbook.xml,a,b\n1,2,3\n')]),
      'file-not-csv',
    ],
    ['old Excel', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'file-not-csv'],
    ['PDF', '%PDF-1.7\n1 0 obj\n<< /Type, /Catalog >>\n', 'file-not-csv'],
    ['gzip', gzipSync(people), 'file-not-csv'],
    ['a web page', '<!DOCTYPE html>\n<html><body>Name,E-mail</body></html>\n', 'file-not-csv'],
    ['a table of a web page', ' <table><tr><td>a,b</td></tr></table>', 'file-not-csv'],
    ['XML', '<?xml version="1.0"?><a>1,2</a>', 'file-not-csv'],
    ['JSON', '[{"name":"Ann","email":"a@b.example"},\n{"name":"Bo","email":"b@b.example"}]', 'file-not-csv'],
    ['many control characters', Buffer.from(Array.from({ length: 300 }, (_, at) => at % 32)), 'file-not-csv'],
    ['prose', 'Dear all,\nplease find below\nthe list of mentors.\nKind regards\n', 'file-not-csv'],
    ['one word', 'mentors', 'file-not-csv'],
    ['quotation marks that do not pair', 'Name,E-mail\n"Ann,ann@college.example\n', 'file-not-csv'],
    ['people without headings', 'Ann Flask,ann@college.example\nBo Retort,bo@college.example\n', 'file-not-csv'],
    [
      '201 columns',
      `${Array.from({ length: 201 }, (_, at) => `h${at}`).join(',')}\n${'x,'.repeat(200)}x\n`,
      'file-too-many-columns',
    ],
    ['20,001 rows', `Name,E-mail\n${'Ann,a@b.example\n'.repeat(20_001)}`, 'file-too-many-rows'],
  ])('is refused: %s', (_, content, refusal) => expect(refusalOf(content)).toBe(refusal));

  it('never breaks the reading, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['none', 'file-empty', 'file-not-csv', 'file-too-many-columns']).toContain(
          refusalOf(Buffer.from(bytes)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, () => string]>([
    ['four million blank lines', () => `a,b\n${'\n'.repeat(4_000_000)}`],
    ['four million cells in a row', () => `a,b\n1,2\n${','.repeat(4_000_000)}`],
    ['four million quotation marks', () => `a,b\n${'"'.repeat(4_000_000)}`],
    ['two million blank rows', () => `a,b\n${',\n'.repeat(2_000_000)}`],
    ['four million spaces', () => `a,b\n${' '.repeat(4_000_000)}`],
    // Anything worse than linear would not end within the test's time.
  ])('is read to its end, whatever it repeats: %s', (_, content) => {
    expect(() => refusalOf(content())).not.toThrow();
  });
});

describe('encodings', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(people), 'UTF-8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${people}`), 'UTF-8'],
    ['UTF-16, least byte first', utf16(people), 'UTF-16LE'],
    ['UTF-16, greatest byte first', utf16(people, true), 'UTF-16BE'],
    ['Windows-1252', Buffer.from(people, 'latin1'), 'Windows-1252'],
  ])('are found out: %s', (_, content, encoding) => {
    const table = read(content);
    expect(table).toMatchObject({ encoding, headings: ['Name', 'E-mail'] });
    expect(table.rows).toEqual([{ line: 2, cells: ['Zoë Müller', 'zoe@college.example'] }]);
  });

  it('know the letters that Windows-1252 has and Latin-1 has not', () => {
    expect(read(Buffer.from('Name,E-mail\nBo\x92s \x80,b@b.example\n', 'latin1')).rows[0]?.cells[0]).toBe('Bo’s €');
  });

  it('stay UTF-8 where a few bytes are broken, and say in which cell', () => {
    const content = Buffer.concat([
      Buffer.from(`Name,E-mail\n${'Zoë,z@b.example\n'.repeat(20)}Bro`),
      Buffer.from([0xff]),
      Buffer.from('n,b@b.example\n'),
    ]);
    const table = read(content);
    expect(table.encoding).toBe('UTF-8');
    expect(table.rows.at(-1)?.cells[0]).toBe('Bro\uFFFDn');
  });

  it('keep a NUL as a sign that stands for it', () => {
    expect(read('Name,E-mail\nA\u0000nn,a@b.example\n').rows[0]?.cells[0]).toBe('A\u2400nn');
  });
});

describe('a table', () => {
  it.each([
    [',', ','],
    [';', ';'],
    ['tab', '\t'],
    ['|', '|'],
  ])('is cut at %s', (separator, character) => {
    const row = (...cells: string[]) => cells.join(character);
    const table = read(
      `${row('Name', 'E-mail', 'Skills')}\n${row('Ann', 'a@b.example', '"x, y; z"')}\n${row('Bo', 'b@b.example', separator === ';' ? '1,5' : '"1,5"')}\n`,
    );
    expect(table.separator).toBe(separator);
    expect(table.rows.map(({ cells }) => cells[2])).toEqual(['x, y; z', '1,5']);
  });

  it('is cut at the separator that it declares', () => {
    expect(read('sep=;\nName;E-mail\nAnn;a@b.example\n')).toMatchObject({ separator: ';', rows: [{ line: 3 }] });
  });

  it('counts lines as an editor does, also with line breaks within quotes', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        '',
        'Name,E-mail',
        '"',
        'Ann',
        'Flask",a@b.example',
        '',
        ' ',
        'Bo,b@b.example',
        ',',
        'Cy,"',
        '"',
        'Di,',
      ].join(end);
      expect(read(text).rows.map(({ line }) => line)).toEqual([3, 8, 10, 12]);
    }
  });

  it('keeps rows that are too short or too long', () => {
    expect(
      read('Name,E-mail\nAnn\nBo,b@b.example,x,y\nCy,c@b.example\nDi,d@b.example').rows.map(
        ({ cells }) => cells.length,
      ),
    ).toEqual([1, 4, 2, 2]);
  });

  it('trims cells, reads quotation marks within text, and formulas as text', () => {
    const table = read('Name , E-mail\n "Ann ""A."" Flask" , a@b.example \n5" Bo,=1+1\n@Cy,-2\n');
    expect(table.headings).toEqual(['Name', 'E-mail']);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['Ann "A." Flask', 'a@b.example'],
      ['5" Bo', '=1+1'],
      ['@Cy', '-2'],
    ]);
  });

  it('passes over titles, merged headings and blank lines above the headings', () => {
    const text =
      '\nMentors 2026,,,\nPerson,,Work,\nFirst name,Last name,E-mail,Grade\nAnn,Flask,a@b.example,G7\nBo,Retort,b@b.example,G6\n';
    expect(read(text)).toMatchObject({
      headings: ['First name', 'Last name', 'E-mail', 'Grade'],
      rows: [{ line: 5 }, { line: 6 }],
    });
  });

  it('numbers headings that are blank or stand twice', () => {
    expect(read('Name,,Skills,skills,E-mail,,\nAnn,x,y,z,a@b.example,,\n').headings).toEqual([
      'Name',
      'Column 2',
      'Skills',
      'skills (2)',
      'E-mail',
    ]);
  });

  it('reads back whatever a spreadsheet writes', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replaceAll(/[\r\u0000\u2400\ufffd]/g, '').trim());
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        const written = [
          ['Name', 'E-mail', 'Skills'],
          ...rows.map((cells, at) => [...cells, `p${at}@b.example`].slice(-3)),
        ];
        const text = stringify(written, { delimiter, quoted: true });
        expect(readTable(text, options).rows.map(({ cells }) => cells)).toEqual(written.slice(1));
      }),
    );
  });
});
