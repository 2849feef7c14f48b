import { describe, expect, it } from '@jest/globals';
import { Refused } from '@waymark/api-platform';
import type { ColumnMapping, ImportField } from '@waymark/contracts';
import { checkMapping } from './check-mapping';

const headings = ['First name', 'Last name', 'E-mail', 'Grade', 'Gender', 'Skills', 'Tools'];
const mapping = (...fields: (ImportField | `attribute ${string}`)[]): ColumnMapping[] =>
  fields.map((field, column) =>
    field.startsWith('attribute')
      ? { column, field: 'attribute', attribute: field.slice(10) || null }
      : { column, field: field as ImportField, attribute: null },
  );
const refused = (columns: ColumnMapping[]) => {
  try {
    checkMapping(columns, headings);
    return null;
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal, ...error.about };
    throw error;
  }
};

describe('a mapping', () => {
  it('needs an e-mail and a name', () => {
    expect(refused(mapping('given-name', 'family-name', 'email'))).toBeNull();
    expect(refused(mapping('full-name', 'leave-out', 'email'))).toBeNull();
    expect(refused(mapping('given-name', 'family-name'))).toEqual({
      refusal: 'mapping-incomplete',
      facts: { missing: 'email' },
    });
    expect(refused(mapping('given-name', 'leave-out', 'email'))).toMatchObject({ facts: { missing: 'family-name' } });
    expect(refused(mapping('leave-out'))).toMatchObject({ facts: { missing: 'email, full-name' } });
  });

  it('gives a field to one column; attributes have names, each once', () => {
    expect(refused(mapping('full-name', 'full-name', 'email'))).toMatchObject({
      refusal: 'mapping-repeated',
      facts: { field: 'full-name', column: 'Last name' },
    });
    expect(
      refused([...mapping('full-name', 'leave-out', 'email'), { column: 0, field: 'unit', attribute: null }]),
    ).toMatchObject({ refusal: 'mapping-repeated' });
    const rest = ['full-name', 'leave-out', 'email', 'leave-out', 'identity'] as const;
    expect(refused(mapping(...rest, 'attribute skills', 'attribute tools'))).toBeNull();
    expect(refused(mapping(...rest, 'attribute skills', 'attribute skills'))).toMatchObject({
      refusal: 'mapping-repeated',
    });
    expect(refused(mapping(...rest, 'attribute '))).toMatchObject({
      refusal: 'mapping-incomplete',
      facts: { missing: 'attribute' },
    });
    expect(refused(mapping(...rest, 'identity', 'identity'))).toBeNull();
  });

  it('shows nothing of identity under another name', () => {
    const rest = ['full-name', 'leave-out', 'email', 'leave-out'] as const;
    expect(refused(mapping(...rest, 'attribute skills'))).toEqual({
      refusal: 'invalid-input',
      fields: [{ path: 'mapping.4.field', code: 'column-private' }],
    });
    expect(refused(mapping(...rest, 'unit'))).toMatchObject({ refusal: 'invalid-input' });
    expect(refused(mapping(...rest, 'identity', 'attribute ethnicity'))).toMatchObject({
      fields: [{ path: 'mapping.5.attribute', code: 'column-private' }],
    });
  });

  it('names no column that the file has not', () => {
    expect(
      refused([...mapping('full-name', 'leave-out', 'email'), { column: 7, field: 'unit', attribute: null }]),
    ).toMatchObject({
      fields: [{ path: 'mapping.3.column', code: 'column-unknown' }],
    });
  });
});
