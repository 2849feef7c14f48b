import { describe, expect, test } from '@jest/globals';
import { mailPieces } from './mail-text';

const origin = 'http://localhost:4200';
const links = (text: string): (string | null)[] =>
  mailPieces(text, origin).flatMap(({ path }) => (path === null ? [] : [path]));

describe('addresses in a message', () => {
  test('one of our own becomes a path, without the full stop behind it', () => {
    expect(links(`Answer here: ${origin}/password/abc?next=/people.`)).toEqual(['/password/abc?next=/people']);
  });

  test('one of another origin stays text', () => {
    expect(links('See https://example.org/a and http://localhost:4200.evil.example/')).toEqual([]);
  });

  test('nothing of the text is lost', () => {
    const text = `Hello,\n\n${origin}/a\n\n(https://example.org/b)`;
    expect(
      mailPieces(text, origin)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
