import { describe, expect, it } from '@jest/globals';
import { percentOf, shareName, shareWords } from './share-words';

describe('shares', () => {
  it.each([
    [423, '42.3%'],
    [1000, '100.0%'],
    [0, '0.0%'],
    [null, '–'],
  ])('%p tenths of a percent are %s', (tenths, text) => expect(percentOf(tenths)).toBe(text));

  it('names what is shown together, with a star', () => {
    expect(shareName({ groups: ['Engineering'] }, 'unit')).toBe('Engineering');
    expect(shareName({ groups: ['Life sciences', 'Arts and digital'] }, 'unit')).toBe(
      'Life sciences; Arts and digital*',
    );
    expect(shareName({ groups: [null] }, 'grade')).toBe('No grade');
  });

  it('says bar and mark in words', () => {
    expect(shareWords({ moneyShare: 423, staffShare: 380 })).toBe('42.3% of the money, 38.0% of technicians');
    expect(shareWords({ moneyShare: 423, staffShare: null })).toBe('42.3% of the money');
  });
});
