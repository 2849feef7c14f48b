import { describe, expect, it } from '@jest/globals';
import { readArguments } from './up-arguments.ts';

describe('the arguments of npm start', () => {
  it('are none by default', () => {
    expect(readArguments([])).toEqual({ empty: false, reset: false, port: undefined, help: false });
  });

  it('may be given in any order', () => {
    expect(readArguments(['--port', '9000', '--reset', '--empty'])).toEqual({
      empty: true,
      reset: true,
      port: 9000,
      help: false,
    });
  });

  it('take a port after a space or an equals sign', () => {
    expect(readArguments(['--port=9000']).port).toBe(9000);
  });

  it.each([['--port'], ['--port', 'x'], ['--port', '0'], ['--port', '65536'], ['--port', '1e3']])(
    'refuse a port that is none: %s %s',
    (...words) => {
      expect(() => readArguments(words)).toThrow(/A port is a number/);
    },
  );

  it('refuse what they do not know, and say what there is', () => {
    expect(() => readArguments(['--rest'])).toThrow(/"--rest" is not understood[^]*--reset/);
  });
});
