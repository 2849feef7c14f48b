import { describe, expect, it } from '@jest/globals';
import type { ColumnMapping, Side } from '@waymark/contracts';
import fc from 'fast-check';
import { checkMapping } from './check-mapping';
import { readRow, valuesOf } from './read-row';

const headings = [
  'First name',
  'Last name',
  'E-mail',
  'Job title',
  'Department',
  'Grade',
  'Places',
  'Skills',
  'Characteristics',
];
const fields = [
  'given-name',
  'family-name',
  'email',
  'job-title',
  'unit',
  'grade',
  'places',
  'attribute',
  'identity',
] as const;
const mapping: ColumnMapping[] = fields.map((field, column) => ({
  column,
  field,
  attribute: field === 'attribute' ? 'skills' : null,
}));
const plan = checkMapping(mapping, headings);
const good = ['Ann', 'Flask', 'ann@college.example', 'Glassblower', 'Chemistry', 'G6', '3', 'glass, vacuum', 'Gay'];
const row = (changes: Record<number, string> = {}) => ({ line: 2, cells: good.map((cell, at) => changes[at] ?? cell) });
const read = (changes: Record<number, string> = {}, side: Side = 'mentors') => readRow(row(changes), plan, side);
const codes = (changes: Record<number, string>) => read(changes).problems.map(({ code, heading }) => [code, heading]);

describe('a row', () => {
  it('is read field by field', () => {
    expect(read()).toEqual({
      line: 2,
      givenName: 'Ann',
      familyName: 'Flask',
      nameInOne: false,
      email: 'ann@college.example',
      jobTitle: 'Glassblower',
      unit: 'Chemistry',
      grade: 'G6',
      places: 3,
      attributes: new Map([['skills', ['glass', 'vacuum']]]),
      identity: ['Gay'],
      problems: [],
    });
  });

  it('says nothing where its cells are blank, but takes identity back', () => {
    expect(read({ 3: '', 4: '', 5: '', 6: '', 7: '', 8: '' })).toMatchObject({
      jobTitle: null,
      unit: null,
      grade: null,
      places: null,
      attributes: new Map(),
      identity: [],
      problems: [],
    });
  });

  it.each<[string, Record<number, string>, unknown]>([
    ['first name missing', { 0: '' }, [['name-missing', 'First name']]],
    ['last name missing', { 1: ' ' }, [['name-missing', 'Last name']]],
    ['e-mail missing', { 2: '' }, [['email-missing', 'E-mail']]],
    ['e-mail malformed', { 2: 'ann at college' }, [['email-malformed', 'E-mail']]],
    ['places in words', { 6: 'two' }, [['places-not-a-number', 'Places']]],
    ['too many places', { 6: '11' }, [['places-not-a-number', 'Places']]],
    ['places below none', { 6: '-1' }, [['places-not-a-number', 'Places']]],
    ['half a place', { 6: '1.5' }, [['places-not-a-number', 'Places']]],
    ['a long name', { 0: 'x'.repeat(81) }, [['text-too-long', 'First name']]],
    ['a long job title', { 3: 'x'.repeat(121) }, [['text-too-long', 'Job title']]],
    ['a long unit', { 4: 'x'.repeat(121) }, [['text-too-long', 'Department']]],
    ['a long grade', { 5: 'x'.repeat(61) }, [['text-too-long', 'Grade']]],
    ['a long value', { 7: `glass, ${'x'.repeat(101)}` }, [['text-too-long', 'Skills']]],
    ['a NUL', { 3: 'Glass\u2400' }, [['text-with-nul', 'Job title']]],
    ['a lost letter', { 1: 'Fl\uFFFDsk' }, [['text-with-nul', 'Last name']]],
    [
      'several at once',
      { 0: '', 2: 'x', 6: 'x' },
      [
        ['name-missing', 'First name'],
        ['email-malformed', 'E-mail'],
        ['places-not-a-number', 'Places'],
      ],
    ],
    ['totals', { 0: 'Total', 2: '' }, [['totals-line', null]]],
    ['a grand total', { 0: '', 1: 'Grand total: 50', 2: '50' }, [['totals-line', null]]],
  ])('is refused: %s', (_, changes, expected) => expect(codes(changes)).toEqual(expected));

  it.each([
    ['ANN@College.Example ', 'ann@college.example'],
    ["o'hara+mentor@college.example", "o'hara+mentor@college.example"],
  ])('keeps the address “%s” in lower case', (cell, email) =>
    expect(read({ 2: cell })).toMatchObject({ email, problems: [] }),
  );

  it.each(['=SUM(A1:A9)', '+44 20', '-x', '@home'])('reads “%s” as text', (cell) => {
    expect(read({ 3: cell })).toMatchObject({ jobTitle: cell, problems: [] });
  });

  it.each([
    ['0', 0],
    ['10', 10],
    ['2.0', 2],
  ])('reads %s places', (cell, places) => expect(read({ 6: cell }).places).toBe(places));

  it('of a mentee offers no places, whatever stands there', () => {
    expect(read({ 6: 'many' }, 'mentees')).toMatchObject({ places: null, problems: [] });
  });

  it.each([
    ['Ann Flask', 'Ann', 'Flask'],
    ['Mary Ann  van Dyke', 'Mary Ann van', 'Dyke'],
    ['Plato', '', 'Plato'],
  ])('parts the full name “%s” at its last space', (cell, givenName, familyName) => {
    const full = checkMapping(
      [
        { column: 0, field: 'full-name', attribute: null },
        { column: 1, field: 'email', attribute: null },
      ],
      ['Name', 'E-mail'],
    );
    expect(readRow({ line: 2, cells: [cell, 'a@b.example'] }, full, 'mentors')).toMatchObject({
      givenName,
      familyName,
      problems: [],
    });
  });

  it('of another length shows no cell that may be identity', () => {
    const shifted = ['Ann', 'Flask', 'ann@college.example', 'Glass', 'blower', ...good.slice(4)];
    expect(readRow({ line: 2, cells: shifted }, plan, 'mentors')).toMatchObject({
      givenName: 'Ann',
      email: 'ann@college.example',
      unit: null,
      attributes: new Map(),
      identity: null,
      problems: [{ code: 'cells-too-many', heading: null, value: '10 / 9' }],
    });
    const rest = readRow({ line: 2, cells: ['Gay', 'and proud'] }, plan, 'mentors');
    expect(rest.problems).toEqual([{ code: 'cells-missing', heading: null, value: '2 / 9' }]);
    expect(JSON.stringify(rest)).not.toMatch(/Gay|proud/);
  });

  it('may have blank cells beyond the headings', () => {
    expect(readRow({ line: 2, cells: [...good, '', ''] }, plan, 'mentors').problems).toEqual([]);
  });

  it('shows nothing of identity in a problem', () => {
    for (const cell of [`${'Secret '.repeat(30)}`, 'Secret\u2400']) {
      const { problems, identity } = read({ 8: cell });
      expect(problems).toHaveLength(1);
      expect(identity).toEqual([]);
      expect(JSON.stringify(problems)).not.toContain('Secret');
    }
  });

  it.each([
    ['yes', ['Gay']],
    ['Y', ['Gay']],
    ['no', []],
    ['', []],
    ['maybe', []],
  ])('keeps identity, where the file asks for leave, at a plain yes alone: “%s”', (cell, identity) => {
    const withWish = checkMapping(
      [
        ...mapping.slice(0, 3),
        { column: 7, field: 'identity-wish', attribute: null },
        { column: 8, field: 'identity', attribute: null },
      ],
      headings,
    );
    expect(readRow(row({ 7: cell }), withWish, 'mentees').identity).toEqual(identity);
  });

  it('lists each value once, whatever separates them', () => {
    expect(valuesOf(' Glass;glass , Vacuum\nLaser  optics,,; ')).toEqual(['Glass', 'Vacuum', 'Laser optics']);
  });

  it('is read whatever its cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 12 }), (cells) => {
        const reading = readRow({ line: 2, cells }, plan, 'mentors');
        if (reading.problems.length > 0) return;
        expect(reading.email).toBe(reading.email?.toLowerCase());
        expect(reading.givenName.length * reading.familyName.length).toBeGreaterThan(0);
      }),
    );
  });
});
