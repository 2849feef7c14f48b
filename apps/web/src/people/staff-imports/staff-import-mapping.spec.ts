import { describe, expect, it } from '@jest/globals';
import { type StaffColumn, type StaffField, staffFields, staffFileKinds } from '@waymark/contracts';
import {
  byNumberInName,
  dateExample,
  eitherFields,
  fieldsOf,
  mappingOf,
  mappingProblems,
  neededFields,
  settingsProblem,
  settingsShown,
  withField,
} from './staff-import-mapping';
import { stepOf } from './step-of';

const mapped = (...fields: (StaffField | null)[]): StaffColumn[] => fields.map((field, column) => ({ column, field }));
const columnsOf = (mapping: readonly StaffColumn[]) =>
  mapping.map(({ column }) => ({ column, heading: `h${column}`, samples: [] }));
const problems = (kind: (typeof staffFileKinds)[number], ...fields: (StaffField | null)[]) => {
  const mapping = mapped(...fields);
  return mappingProblems(kind, columnsOf(mapping), mapping);
};
const texts = (...given: Parameters<typeof problems>) => problems(...given).map((problem) => problem.text);
const settings = {
  dateOrder: 'day-first' as const,
  newAreTechnicians: false,
  missingAreLeavers: true,
  lastDayOfMissing: '2026-11-30',
  makeUnits: true,
  makeSkills: true,
};

describe('what a mapping of a staff file still misses', () => {
  it('is nothing with a key and a name', () => {
    expect(problems('staff', 'staff-number', 'full-name', null)).toEqual([]);
    expect(problems('staff', 'email', 'given-name', 'family-name', 'unit-1', 'unit-2')).toEqual([]);
  });

  it('is what finds a person again', () => {
    expect(texts('staff', 'full-name')).toEqual([
      'Say which column is the staff number or the e-mail. One of them finds a person again.',
    ]);
  });

  it('is the last name, or a full one', () => {
    expect(texts('staff', 'email', 'given-name')).toEqual(['Say which column is the last name.']);
    expect(texts('staff', 'email')).toHaveLength(1);
    expect(texts('staff', 'email', 'family-name')).toEqual([]);
  });

  it('is what the other kinds of file are for', () => {
    expect(problems('managers', 'email', 'manager-email')).toEqual([]);
    expect(texts('managers', 'email')).toEqual(["Say which column is the manager's staff number or e-mail."]);
    expect(texts('skills', 'email')).toEqual(['Say which column holds the skills.']);
    expect(texts('awards', 'email', 'award')).toEqual([
      'For awards say also which columns are: Awarding body and Awarded on.',
    ]);
  });

  it('is the rest of an award, where a staff file has a part of one', () => {
    expect(texts('staff', 'email', 'full-name', 'award-number')).toHaveLength(1);
    expect(problems('staff', 'email', 'full-name', 'award-body', 'award', 'awarded-on')).toEqual([]);
  });
});

describe('a field that stands twice', () => {
  it('is named at the second column, with the heading of the first', () => {
    expect(problems('staff', 'full-name', 'email', 'grade', null, 'grade')).toEqual([
      { column: 4, text: '“Grade” is chosen for the column “h2” already.' },
    ]);
  });

  it('is named at each further column', () => {
    expect(problems('skills', 'email', 'skills', 'skills', 'skills').map(({ column }) => column)).toEqual([2, 3]);
  });
});

describe('leavers', () => {
  it('are looked for by staff number alone, and have a last day', () => {
    expect(settingsProblem('staff', mapped('staff-number'), settings)).toBeNull();
    expect(settingsProblem('staff', mapped('email'), settings)).toContain('staff number');
    expect(settingsProblem('staff', mapped('staff-number'), { ...settings, lastDayOfMissing: null })).toContain(
      'last day',
    );
    expect(settingsProblem('staff', mapped('email'), { ...settings, missingAreLeavers: false })).toBeNull();
    expect(settingsProblem('skills', mapped('email'), settings)).toBeNull();
  });
});

describe('a mapping', () => {
  it('completes what the server guessed', () => {
    const columns = columnsOf(mapped(null, null));
    expect(mappingOf({ columns, mapping: mapped('email') })).toEqual(mapped('email', null));
  });

  it('changes one column', () => {
    expect(withField(mapped('email', 'grade'), 1, null)).toEqual(mapped('email', null));
  });

  it.each(staffFileKinds)('of %s needs only what it offers', (kind) => {
    for (const field of [...neededFields(kind), ...eitherFields(kind).flat()]) expect(fieldsOf(kind)).toContain(field);
    expect(staffFields).toEqual(expect.arrayContaining([...fieldsOf(kind)]));
  });

  it('shows the settings that mean something', () => {
    expect(settingsShown('staff', mapped('email', 'full-name'))).toEqual({
      dateOrder: false,
      technicians: true,
      leavers: true,
      makeUnits: false,
      makeSkills: false,
    });
    expect(settingsShown('staff', mapped('technician', 'left-on', 'unit-1', 'skills'))).toEqual({
      dateOrder: true,
      technicians: false,
      leavers: true,
      makeUnits: true,
      makeSkills: true,
    });
    expect(settingsShown('skills', mapped('email', 'skills')).leavers).toBe(false);
  });
});

describe('an example of the order of dates', () => {
  const mapping = mapped('email', 'contract-until');
  const columns = (...samples: string[]) => [
    { column: 0, heading: 'Mail', samples: ['01/02/2026'] },
    { column: 1, heading: 'Until', samples },
  ];

  it('is the first date that the order decides', () => {
    expect(dateExample(columns('2026-04-03', '05.05.2026', '03/04/2026'), mapping, 'day-first')).toEqual({
      heading: 'Until',
      sample: '03/04/2026',
      day: '2026-04-03',
    });
    expect(dateExample(columns('03/04/2026'), mapping, 'month-first')?.day).toBe('2026-03-04');
  });

  it('says where the order gives no day', () => {
    expect(dateExample(columns('31/12/2026'), mapping, 'month-first')?.day).toBeNull();
  });

  it('is none where every date reads one way', () => {
    expect(dateExample(columns('2026-04-03', '3 April 2026'), mapping, 'day-first')).toBeNull();
  });
});

describe('a staff file on its way', () => {
  it('goes back to its columns while choices are not sent', () => {
    expect(stepOf('previewed', false)).toBe('check');
    expect(stepOf('previewed', true)).toBe('columns');
    expect(stepOf('previewing', false)).toBe('columns');
    expect(stepOf('unreadable', false)).toBe('file');
    expect(stepOf('applying', false)).toBe('loaded');
  });
});

describe('grades by the numbers in their names', () => {
  it('put 10 after 2', () => {
    const named = ['Grade 10', 'Grade 2', 'Apprentice'].map((name) => ({ name }));
    expect(byNumberInName(named).map(({ name }) => name)).toEqual(['Apprentice', 'Grade 2', 'Grade 10']);
  });
});
