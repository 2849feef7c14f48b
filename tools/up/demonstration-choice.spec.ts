import { describe, expect, it } from '@jest/globals';
import { demonstrationChoice } from './demonstration-choice.ts';

const plain = { empty: false, reset: false };

describe('whether the demonstration network is there', () => {
  it('is at the first start, unless it was not wanted', () => {
    expect(demonstrationChoice(plain, undefined)).toBe(true);
    expect(demonstrationChoice({ ...plain, empty: true }, undefined)).toBe(false);
  });

  it('stays as it was chosen', () => {
    expect(demonstrationChoice(plain, true)).toBe(true);
    expect(demonstrationChoice(plain, false)).toBe(false);
    expect(demonstrationChoice({ ...plain, empty: true }, false)).toBe(false);
  });

  it('is chosen anew when the database is thrown away', () => {
    expect(demonstrationChoice({ empty: false, reset: true }, false)).toBe(true);
    expect(demonstrationChoice({ empty: true, reset: true }, true)).toBe(false);
  });

  it('cannot be wished away from a database that holds it', () => {
    expect(() => demonstrationChoice({ ...plain, empty: true }, true)).toThrow(/--reset --empty/);
  });
});
