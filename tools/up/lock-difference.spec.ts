import { describe, expect, it } from '@jest/globals';
import { difference } from './lock-difference.cjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/only-for-another-machine': { version: '2.0.0', optional: true },
  },
};

describe('whether what is installed is what the lock file asks for', () => {
  it('is so without the optional packages of other machines', () => {
    expect(difference(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBeUndefined();
  });

  it('is not when a package is missing or of another version', () => {
    expect(difference(lock, { packages: {} })).toBe('node_modules/a is missing');
    expect(difference(lock, { packages: { 'node_modules/a': { version: '0.9.0' } } })).toBe(
      'node_modules/a is 0.9.0, not 1.0.0',
    );
  });
});
