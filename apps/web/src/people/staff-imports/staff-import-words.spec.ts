import { describe, expect, it } from '@jest/globals';
import {
  staffFields,
  staffFileKinds,
  staffImportStatuses,
  staffNoteCodes,
  staffProblemCodes,
  staffRowOutcomes,
} from '@waymark/contracts';
import {
  type Counts,
  effectsOf,
  fieldWords,
  fileRefusal,
  importStatusWords,
  kindWords,
  noteWords,
  outcomeNotes,
  outcomeWords,
  problemWords,
  readingWords,
  sizeWords,
  undoRefusedWords,
  valueWords,
  waitWords,
} from './staff-import-words';

const counts = (given: Partial<Counts>): Counts => ({
  new: 0,
  changed: 0,
  unchanged: 0,
  leaver: 0,
  refused: 0,
  ...given,
});
const settings = {
  dateOrder: 'day-first' as const,
  newAreTechnicians: false,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: true,
  makeSkills: true,
};
const file = { kind: 'staff' as const, settings, newUnits: [], newSkills: [], grades: [], counts: counts({}) };
const plainly = (day: string) => day;

describe('words of a staff import', () => {
  it.each(staffProblemCodes)('problem %s says what is wrong and what would help', (code) => {
    const { what, help } = problemWords[code];
    expect(what).toMatch(/^[A-Z].{8,}[^.]$/u);
    expect(help).toMatch(/^[A-Z].{8,}\.$/u);
    expect(`${what} ${help}`).not.toMatch(/invalid|error|unfortunately|sorry|!/iu);
  });

  it('no two problems read the same', () => {
    expect(new Set(staffProblemCodes.map((code) => problemWords[code].what)).size).toBe(staffProblemCodes.length);
  });

  it.each(staffNoteCodes)('note %s reads with its value and without', (code) => {
    expect(noteWords[code]('').length).toBeGreaterThan(8);
    expect(noteWords[code]('17')).not.toMatch(/undefined|null/u);
  });

  it('every field, kind, status, outcome and reason has words', () => {
    for (const field of [...staffFields, 'manager' as const]) expect(fieldWords[field]).toMatch(/\w/u);
    for (const kind of staffFileKinds) expect(kindWords[kind].about).toMatch(/\.$/u);
    for (const status of staffImportStatuses) expect(importStatusWords[status].text).toMatch(/\w/u);
    for (const outcome of staffRowOutcomes) {
      expect(outcomeWords[outcome].text).toMatch(/\w/u);
      expect(outcomeNotes[outcome].before).not.toBe(outcomeNotes[outcome].after);
    }
    for (const reason of ['not-applied', 'not-the-last', 'too-late'] as const) {
      expect(undoRefusedWords[reason]).toMatch(/\.$/u);
    }
  });

  it('no two statuses and no two fields read the same', () => {
    expect(new Set(staffImportStatuses.map((each) => importStatusWords[each].text)).size).toBe(
      staffImportStatuses.length,
    );
    expect(new Set(staffFields.map((each) => fieldWords[each])).size).toBe(staffFields.length);
  });
});

describe('what loading does', () => {
  it('is said line by line, the refused last', () => {
    const lines = effectsOf(
      {
        ...file,
        counts: counts({ new: 12, changed: 1, unchanged: 1500, leaver: 2, refused: 3 }),
        settings: { ...settings, missingAreLeavers: true, lastDayOfMissing: '2026-11-30' },
        newUnits: ['Physics', 'Chemistry'],
        grades: [
          { name: 'Grade 4', fresh: false },
          { name: 'Grade 5', fresh: true },
        ],
      },
      plainly,
    );
    expect(lines).toEqual([
      '12 people added',
      '1 person changed',
      '2 leavers; the last day of whoever is missing in the file is 2026-11-30',
      '2 units made: Physics and Chemistry',
      '1 grade made: Grade 5',
      '1,500 people unchanged',
      '3 rows refused and left out',
    ]);
  });

  it('tells leavers by the file from those who are missing in it', () => {
    expect(effectsOf({ ...file, counts: counts({ leaver: 1 }) }, plainly)).toEqual([
      '1 leaver, by their last day in the file',
    ]);
  });

  it('is nothing before the rows are checked', () => {
    expect(effectsOf({ ...file, counts: null }, plainly)).toEqual([]);
  });

  it('names a few of many units and counts the rest', () => {
    const newUnits = Array.from({ length: 30 }, (_, at) => `U${at}`);
    expect(effectsOf({ ...file, newUnits }, plainly)[0]).toBe('30 units made: U0, U1, U2, U3, U4 and 25 others');
  });

  it('speaks of rows where a person may have several', () => {
    expect(effectsOf({ ...file, kind: 'skills', counts: counts({ changed: 4 }) }, plainly)).toEqual([
      'Skills added from 4 rows',
    ]);
  });
});

describe('loading waits', () => {
  const may = { preview: true, apply: true, undo: false, discard: true };
  const ready = { gradesToOrder: false, counts: counts({ new: 1 }), may };

  it('for nothing where somebody would come, change or go', () => {
    expect(waitWords(ready, false)).toBeNull();
    expect(waitWords({ ...ready, counts: counts({ leaver: 1 }) }, false)).toBeNull();
  });

  it('for the order of grades', () => {
    expect(waitWords({ ...ready, gradesToOrder: true }, false)).toBe('Put the grades in order first.');
    expect(waitWords(ready, true)).toContain('new order of grades');
  });

  it('where the file says nothing new, and where every row is refused', () => {
    expect(waitWords({ ...ready, counts: counts({ unchanged: 5 }) }, false)).toContain('here already');
    expect(waitWords({ ...ready, counts: counts({ refused: 5 }) }, false)).toContain('Correct the file');
  });
});

describe('a file in words', () => {
  it('says how it was read', () => {
    expect(readingWords({ separator: ';', encoding: 'Windows-1252', sheet: null })).toBe(
      'semicolons between cells, Windows-1252',
    );
    expect(readingWords({ separator: null, encoding: 'XLSX', sheet: 'Staff' })).toBe('sheet “Staff”, XLSX');
    expect(readingWords({ separator: null, encoding: null, sheet: null })).toBeNull();
  });

  it.each([
    [0, '0 bytes'],
    [12_400, '12 kB'],
    [4_194_304, '4.2 MB'],
  ])('says %i bytes as “%s”', (bytes, text) => expect(sizeWords(bytes)).toBe(text));

  it('is refused before it is sent where it could not be read', () => {
    expect(fileRefusal({ name: 'staff.csv', size: 9_000 })).toBeNull();
    expect(fileRefusal({ name: 'staff.xlsx', size: 9_000 })).toBeNull();
    expect(fileRefusal({ name: 'staff.csv', size: 0 })).toContain('is empty');
    expect(fileRefusal({ name: 'staff.XLS', size: 10 })).toContain('old kind');
    expect(fileRefusal({ name: 'staff.pdf', size: 10 })).toContain('neither CSV nor XLSX');
    expect(fileRefusal({ name: 'staff.csv', size: 70_000_000 })).toContain('70 MB');
  });

  it('says values as people read them', () => {
    expect(valueWords('grade', null, plainly)).toBe('nothing');
    expect(valueWords('technician', 'true', plainly)).toBe('yes');
    expect(valueWords('job-title', 'true', plainly)).toBe('true');
    expect(valueWords('left-on', '2026-02-28', (day) => `on ${day}`)).toBe('on 2026-02-28');
  });
});
