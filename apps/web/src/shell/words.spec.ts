import { counted, listed, sentenceCase, someNames } from './words';

describe('words', () => {
  it.each([
    [0, '0 pairs'],
    [1, '1 pair'],
    [1500, '1,500 pairs'],
  ])('counts %i as “%s”', (count, text) => {
    expect(counted(count, 'pair', 'pairs')).toBe(text);
  });

  it('lists as people do', () => {
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });

  it('names the first few and counts the rest', () => {
    expect(someNames(['Ann', 'Ben'])).toBe('Ann and Ben');
    expect(someNames(['Ann', 'Ben', 'Cy'], 4)).toBe('Ann, Ben, Cy and 1 other');
    expect(someNames(['Ann', 'Ben', 'Cy', 'Di', 'Ed'])).toBe('Ann, Ben, Cy and 2 others');
  });

  it('begins a line with a large letter', () => {
    expect(sentenceCase('profession')).toBe('Profession');
    expect(sentenceCase('')).toBe('');
  });
});
