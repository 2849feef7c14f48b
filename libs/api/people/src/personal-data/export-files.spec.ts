import { describe, expect, it } from '@jest/globals';
import type { CollectedTable } from './collect';
import { cellOf, jsonOf, sheetsOf } from './export-files';

const table: CollectedTable = {
  title: 'Proposals',
  for: 'To bring people together.',
  until: 'Two years.',
  leftOut: 'Private words.',
  parts: [
    { as: 'Mentee', headings: ['Mentor', 'Status'], rows: [['Bo', 'agreed']] },
    { as: 'Mentor', headings: ['Mentee', 'Status'], rows: [['Cy', 'declined']] },
  ],
};
const empty: CollectedTable = {
  ...table,
  title: 'Pairs',
  leftOut: null,
  parts: [{ as: 'Mentor', headings: [], rows: [] }],
};
const exported = {
  institution: 'Harbour',
  timeZone: 'Europe/London',
  madeAt: new Date('2026-07-01T11:30:00Z'),
  tables: [table, empty],
};

describe('an export', () => {
  it('has a first sheet that lists every kind, also those in which there is nothing, and a sheet for each other', () => {
    const [contents, proposals, ...rest] = sheetsOf(exported);
    expect(rest).toEqual([]);
    expect(contents?.rows[0]?.join(' ')).toContain('2026-07-01 12:30');
    expect(contents?.rows.slice(1).map(([kind, rows]) => [kind, rows])).toEqual([
      ['Proposals', 2],
      ['Pairs', 0],
    ]);
    expect(proposals).toEqual({
      name: 'Proposals',
      headings: ['As', 'Mentor', 'Status', 'Mentee'],
      rows: [
        ['Mentee', 'Bo', 'agreed', null],
        ['Mentor', null, 'declined', 'Cy'],
      ],
    });
  });

  it('for machines has each row by heading', () => {
    const { kinds } = JSON.parse(jsonOf(exported).toString()) as { kinds: { parts: { rows: unknown[] }[] }[] };
    expect(kinds[0]?.parts[0]?.rows).toEqual([{ Mentor: 'Bo', Status: 'agreed' }]);
  });

  it.each([
    ['2026-07-01T11:30:00+00:00', '2026-07-01 12:30'],
    ['2026-07-01', '2026-07-01'],
    [true, 'yes'],
    [7, 7],
    [null, null],
    [['a', 'b'], 'a, b'],
    [{ profession: ['Glass', 'Metal'], other: null }, 'profession: Glass, Metal; other: '],
  ])('shows %j as %j', (value, shown) => {
    expect(cellOf(value, 'Europe/London')).toBe(shown);
  });
});
