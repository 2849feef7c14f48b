import { describe, expect, it } from '@jest/globals';
import { closingLine, hasPassed, sum } from './tally.ts';

describe('the closing line', () => {
  it('says what passed and failed, and what was skipped only when something was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 12, failed: 3, skipped: 1 })).toBe('12 passed, 3 failed, 1 skipped');
  });

  it('adds checks and tests together', () => {
    const all = sum([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 10, failed: 2, skipped: 1 },
    ]);
    expect(all).toEqual({ passed: 11, failed: 2, skipped: 1 });
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('is good only when something passed and nothing failed', () => {
    expect(hasPassed({ passed: 1, failed: 0, skipped: 5 })).toBe(true);
    expect(hasPassed({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
    expect(hasPassed({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
  });
});
