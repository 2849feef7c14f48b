import { describe, expect, it } from '@jest/globals';
import { foreignMoney, penceByRate } from './foreign-money';

describe('an amount in another currency', () => {
  it.each([
    ['340.00', '1.1628', 29_240],
    ['340', '1.1628', 29_240],
    ['1', '3', 33],
    ['0.01', '2', 1],
    ['0.01', '2.01', null],
    ['1,200.00', '1.1', null],
    ['1e9', '1.1', null],
    ['340', '0', null],
    ['999999999', '0.000001', null],
    ['', '1.1', null],
  ])('%s at %s to the pound', (amount, rate, pence) => {
    expect(penceByRate({ amount, rate })).toBe(pence);
  });

  it('has its sign, or its letters', () => {
    expect(foreignMoney('EUR', '340.00')).toBe('€340.00');
    expect(foreignMoney('CHF', '340.00')).toBe('CHF 340.00');
  });
});
