import { ColumnMapping, ImportField } from '@waymark/contracts';
import {
  fieldsFor,
  fieldsForColumn,
  mappingOf,
  mappingProblems,
  mappingToSend,
  moved,
  privateProblems,
  withField,
} from './mapping';

const columns = (...fields: (ImportField | [ImportField, string])[]): ColumnMapping[] =>
  fields.map((each, column) =>
    typeof each === 'string'
      ? { column, field: each, attribute: null }
      : { column, field: each[0], attribute: each[1] },
  );
const texts = (mapping: ColumnMapping[]) => mappingProblems(mapping).map((problem) => problem.text);

describe('what a mapping still misses', () => {
  it('is nothing with an e-mail and a name', () => {
    expect(mappingProblems(columns('full-name', 'email', 'leave-out', 'leave-out'))).toEqual([]);
    expect(mappingProblems(columns('given-name', 'family-name', 'email', 'identity', 'identity'))).toEqual([]);
  });

  it('is the e-mail', () =>
    expect(texts(columns('full-name'))).toEqual(['Say which column is the e-mail. It tells people apart.']));

  it('is the other half of the name', () => {
    expect(texts(columns('given-name', 'email'))).toEqual(['Say which column is the last name.']);
    expect(texts(columns('family-name', 'email'))).toEqual(['Say which column is the first name.']);
    expect(texts(columns('email'))).toHaveLength(1);
  });

  it('names a field that stands twice, at the second column', () => {
    expect(mappingProblems(columns('full-name', 'email', 'grade', 'grade'))).toEqual([
      { column: 3, text: '“Grade” is chosen for two columns.' },
    ]);
  });

  it('asks for the name of what people share, once each', () => {
    expect(mappingProblems(columns('full-name', 'email', ['attribute', ' ']))[0]?.column).toBe(2);
    expect(
      mappingProblems(columns('full-name', 'email', ['attribute', 'skills'], ['attribute', 'Skills ']))[0]?.column,
    ).toBe(3);
  });
});

describe('a mapping', () => {
  it('completes what the server suggests', () => {
    const column = (at: number) => ({ column: at, heading: `h${at}`, samples: [], private: false });
    expect(mappingOf({ columns: [column(0), column(1)], mapping: columns('email') })).toEqual(
      columns('email', 'leave-out'),
    );
  });

  it('takes the heading as the first name of what people share', () => {
    expect(withField(columns('leave-out'), 0, 'attribute', ' Profession ')).toEqual(
      columns(['attribute', 'profession']),
    );
    expect(withField(columns(['attribute', 'profession']), 0, 'unit', 'x')).toEqual(columns('unit'));
  });

  it('is sent with names trimmed', () => {
    expect(mappingToSend(columns(['attribute', ' skills ']))).toEqual(columns(['attribute', 'skills']));
  });

  it('offers places to mentors alone and wishes to mentees alone', () => {
    expect(fieldsFor('mentors')).not.toContain('identity-wish');
    expect(fieldsFor('mentees')).not.toContain('places');
  });
});

describe('a column about identity', () => {
  it('can be used for identity alone or left out', () => {
    expect(fieldsForColumn('mentors', true, 'leave-out')).toEqual(['leave-out', 'identity']);
    expect(fieldsForColumn('mentees', false, 'leave-out')).toContain('attribute');
  });

  it('can be given another meaning again where it was made so by choice', () => {
    expect(fieldsForColumn('mentors', true, 'identity')).toContain('attribute');
  });

  it('is named where the server refuses another use, until the choice is another', () => {
    const fields = [{ path: 'mapping.1.field', code: 'column-private' }];
    expect(privateProblems(fields, columns('email', 'unit'))[0]?.column).toBe(1);
    expect(privateProblems(fields, columns('email', 'identity'))).toEqual([]);
  });
});

describe('moving a grade', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [0, 9, 'bca'],
    [1, -1, 'bac'],
    [7, 0, 'abc'],
  ])('from %i to %i', (from, to, result) => {
    expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(result);
  });
});
