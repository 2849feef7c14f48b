import { describe, expect, it } from '@jest/globals';
import { balancesOf, figuresOf, potOfAccount } from './hledger.ts';

describe('the books as hledger has them', () => {
  it('reads its balances to the penny, below nothing too', () => {
    const csv =
      '"account","balance"\n"assets:A ""one"" 2026/27:available","£1000.05"\n"income:A","£-1000.05"\n"x","0"\n';
    expect([...balancesOf(csv)]).toEqual([
      ['assets:A "one" 2026/27:available', 100_005],
      ['income:A', -100_005],
      ['x', 0],
    ]);
    expect(() => balancesOf('"account","balance"\n"a","1 EUR"')).toThrow('1 EUR');
  });

  it('adds up a pot’s accounts, whatever cost codes its money was spent under', () => {
    const pots = potOfAccount(
      ['income:A 2026/27', 'assets:A 2026/27:available', 'assets:A 2026/27:committed', 'expenses:T1:A 2026/27']
        .concat('expenses:T2:A 2026/27')
        .map((account) => `account ${account}  ; pot:p1`)
        .join('\n'),
    );
    const balances = new Map([
      ['income:A 2026/27', -1000],
      ['assets:A 2026/27:available', 400],
      ['assets:A 2026/27:committed', 300],
      ['expenses:T1:A 2026/27', 200],
      ['expenses:T2:A 2026/27', 100],
    ]);
    expect(figuresOf(balances, pots).get('p1')).toEqual({ putIn: 1000, available: 400, committed: 300, spent: 300 });
    expect(() => figuresOf(new Map([['assets:B:available', 1]]), pots)).toThrow('assets:B');
  });
});
