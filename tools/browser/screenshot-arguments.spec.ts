import { describe, expect, it } from '@jest/globals';
import { readScreenshotArguments } from './screenshot-arguments.ts';

describe('the arguments of a screenshot', () => {
  it('are an address and a file; the rest has defaults', () => {
    expect(readScreenshotArguments(['http://localhost:8700/', 'home.png'])).toEqual({
      url: 'http://localhost:8700/',
      file: 'home.png',
      width: 1440,
      dark: false,
      full: false,
      signIn: undefined,
    });
  });

  it('may ask for a width, the dark scheme, the whole page and somebody signed in', () => {
    const words = ['--width', '360', 'http://x/', '--dark', '--full', '--sign-in', 'a@b.example:pass:word', 'o.png'];
    expect(readScreenshotArguments(words)).toEqual({
      url: 'http://x/',
      file: 'o.png',
      width: 360,
      dark: true,
      full: true,
      signIn: { email: 'a@b.example', password: 'pass:word' },
    });
  });

  it.each([[], ['http://x/'], ['nowhere', 'o.png'], ['http://x/', 'o.png', 'more'], ['http://x/', 'o.png', '--wide']])(
    'are refused when incomplete or unknown: %s %s %s',
    (...words) => {
      expect(() => readScreenshotArguments(words.filter((word) => word !== undefined))).toThrow(/screenshot\.ts URL/);
    },
  );
});
