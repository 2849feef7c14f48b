import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guessMapping, headingsKey, recognised } from './column-guess';
import { cyclesOf } from './manager-lines';
import { restoreZeros, usualWidth } from './staff-numbers';
import { pathOf, UnitTree } from './unit-tree';

describe('staff numbers', () => {
  const sequence = (to: number) => Array.from({ length: to }, (_, n) => String(n + 1));

  it.each<[string, string[], string[], number | null]>([
    ['that kept their zeros tell the width', ['0012', '13', '0400'], [], 4],
    ['that are known with zeros tell the width', ['12', '13'], ['0012', '0400'], 4],
    ['of several padded widths tell nothing', ['0012', '00013'], [], null],
    ['given out one by one from 1 are of several widths by nature', sequence(9999), [], null],
    ['nearly all of one width show the few that are short', [...sequence(99_999).slice(9_999), '77'], [], 5],
    ['of few rows: more than half', ['12345', '12346', '999'], [], 5],
    ['that are no figures tell nothing', ['AB1', 'AB12', 'C'], [], null],
  ])('%s', (_, inFile, known, width) => {
    expect(usualWidth(inFile, known)).toBe(width);
  });

  it('get their zeros back where that makes them somebody’s, and only then', () => {
    const isKnown = (number: string) => ['0012', '77'].includes(number);
    expect(restoreZeros('12', 4, isKnown)).toEqual({ number: '0012', restored: true });
    expect(restoreZeros('77', 4, isKnown)).toEqual({ number: '77', restored: false });
    expect(restoreZeros('13', 4, isKnown)).toBe('shortened');
    expect(restoreZeros('13', null, isKnown)).toEqual({ number: '13', restored: false });
    expect(restoreZeros('A3', 4, isKnown)).toEqual({ number: 'A3', restored: false });
  });
});

describe('units', () => {
  const units = [
    { id: 's', parentId: null, name: 'Science' },
    { id: 'c', parentId: 's', name: 'Chemistry' },
    { id: 'h', parentId: null, name: 'Finance/HR' },
    { id: 'l1', parentId: 's', name: 'Labs' },
    { id: 'l2', parentId: 'c', name: 'Labs' },
  ];
  it.each<[string, string[], string | null, string | null]>([
    ['by path, whatever the case', ['science', 'CHEMISTRY'], 'science > CHEMISTRY', 'c'],
    ['by name alone, where there is one', ['Chemistry'], 'Chemistry', 'c'],
    ['by the end of a path', ['Chemistry', 'Labs'], 'Chemistry/Labs', 'l2'],
    ['by a name that holds a stroke', ['Finance', 'HR'], 'Finance/HR', 'h'],
    ['not by a name that stands twice', ['Labs'], 'Labs', null],
    ['not where there is none', ['Physics'], 'Physics', null],
  ])('are found %s', (_, path, cell, id) => {
    expect(new UnitTree(units).find(path, cell, false)?.id ?? null).toBe(id);
  });

  it('that a row makes are there for the next', () => {
    const tree = new UnitTree(units);
    const made = tree.find(['Science', 'Physics', 'Optics'], null, true);
    expect(made && pathOf(made)).toBe('Science > Physics > Optics');
    expect(tree.find(['Optics'], 'Optics', true)).toBe(made);
    expect(tree.find(['Science', 'Physics'], null, true)).toBe(made?.parent);
  });
});

describe('cycles of managers', () => {
  it('are found whole, once each, and nothing else is', () => {
    const managers: Record<string, string> = { a: 'b', b: 'c', c: 'a', d: 'a', e: 'f', g: 'g' };
    const cycles = cyclesOf([...'abcdefg'], (person) => managers[person] ?? null);
    expect(cycles.map((cycle) => [...cycle].sort())).toEqual([['a', 'b', 'c'], ['g']]);
  });

  it('are none once a member of each has no manager any more, whatever the lines', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 31, maxLength: 31 }), (managers) => {
        const cut = new Set<string>();
        const managerOf = (person: string) => (cut.has(person) ? null : String(managers[Number(person)]));
        const people = managers.map((_, n) => String(n));
        for (const cycle of cyclesOf(people, managerOf)) cut.add(cycle[0] ?? '');
        expect(cyclesOf(people, managerOf)).toEqual([]);
      }),
    );
  });
});

describe('headings', () => {
  it.each([
    ['Employee Number', 'staff-number'],
    ['EMPLOYEE_ID', 'staff-number'],
    ['PersonnelNo', 'staff-number'],
    ['Payroll ref', 'staff-number'],
    ['Work E-Mail Address', 'email'],
    ['Forename(s)', 'given-name'],
    ['Surname', 'family-name'],
    ['Display name', 'full-name'],
    ['Position Title', 'job-title'],
    ['Department', 'unit'],
    ['Grade name', 'grade'],
    ["Line Manager's Employee Number", 'manager-staff-number'],
    ['Manager e-mail', 'manager-email'],
    ['Is technician', 'technician'],
    ['Externally funded', 'externally-funded'],
    ['Contract end date', 'contract-until'],
    ['Leaving date', 'left-on'],
    ['Expertise', 'skills'],
    ['Awarding body', 'award-body'],
    ['Registration number', 'award-number'],
    ['Date awarded', 'awarded-on'],
    ['Valid until', 'award-valid-to'],
    ['Date of birth', null],
    ['Salary', null],
    ['Emergency contact e-mail', null],
  ])('%s is %s', (heading, field) => {
    expect(guessMapping([heading], 'staff')[0]?.field).toBe(field);
    expect(recognised(heading)).toBe(field !== null);
  });

  it('of a faculty, a school and a department are a path; of a department alone a unit', () => {
    const fields = guessMapping(['Faculty', 'School', 'Department'], 'staff').map(({ field }) => field);
    expect(fields).toEqual(['unit-1', 'unit-2', 'unit-3']);
    expect(guessMapping(['School'], 'staff')[0]?.field).toBe('unit');
  });

  it('stand for one field once, and for those alone that files of the kind hold', () => {
    const fields = guessMapping(['E-mail', 'Work e-mail', 'Name', 'First name', 'Last name'], 'staff');
    expect(fields.map(({ field }) => field)).toEqual(['email', null, null, 'given-name', 'family-name']);
    expect(guessMapping(['Staff number', 'Grade', 'Skills'], 'skills').map(({ field }) => field)).toEqual([
      'staff-number',
      null,
      'skills',
    ]);
    expect(headingsKey(['E-Mail', 'NAME'])).toBe(headingsKey(['e mail', 'name']));
  });
});
