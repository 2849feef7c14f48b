import { describe, expect, it } from '@jest/globals';
import { readTestArguments } from './test-arguments.ts';

const checks = ['build', 'lint', 'types'];

describe('the arguments of npm test', () => {
  it('are everything by default', () => {
    expect(readTestArguments([], checks)).toEqual({
      parts: ['build', 'lint', 'types', 'jest'],
      isPart: false,
      patterns: [],
    });
  });

  it('may name parts, and files for Jest', () => {
    expect(readTestArguments(['--only', 'jest', 'mentoring'], checks)).toEqual({
      parts: ['jest'],
      isPart: true,
      patterns: ['mentoring'],
    });
    expect(readTestArguments(['--only', 'lint,types'], checks).parts).toEqual(['lint', 'types']);
  });

  it.each([['--only'], ['--only', 'nothing'], ['lint'], ['--only', 'lint', 'mentoring']])(
    'are refused when they name no such part: %s %s %s',
    (...words) => {
      expect(() => readTestArguments(words, checks)).toThrow(/a part is one of build, lint, types, jest/);
    },
  );
});
