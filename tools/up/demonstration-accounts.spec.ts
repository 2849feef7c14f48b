import { describe, expect, it } from '@jest/globals';
import { accountLines, accountsIn } from './demonstration-accounts.ts';

const ada = { role: 'technician', name: 'Ada', email: 'ada@north.example', password: 'waymark' };
const bo = { role: 'mentor', name: 'Bo Lind', email: 'bo@north.example', password: 'waymark' };

describe('who can sign in', () => {
  it('is said in columns, one password for all said once', () => {
    expect(accountLines([ada, bo])).toEqual([
      'Sign in as one of these, with the password waymark',
      'technician  Ada      ada@north.example',
      'mentor      Bo Lind  bo@north.example',
    ]);
  });

  it('names each password where they differ', () => {
    expect(accountLines([ada, { ...bo, password: 'other' }])[2]).toBe('mentor      Bo Lind  bo@north.example   other');
  });

  it('is read from an answer of the right shape alone', () => {
    expect(accountsIn({ accounts: [ada, { role: 1 }] })).toEqual([ada]);
    expect(accountsIn({ error: 'not found' })).toEqual([]);
    expect(accountLines([])).toEqual([]);
  });
});
