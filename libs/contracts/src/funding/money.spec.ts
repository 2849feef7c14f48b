import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { penceMost, poundsOf, readPounds } from './money';

describe('an amount of pounds as it is typed', () => {
  it.each([
    ['£1,200.00', 120_000],
    ['1200', 120_000],
    ['1 200.5', 120_050],
    [' £ 12.30 ', 1230],
    ['0.01', 1],
    ['007', 700],
    ['12.', 1200],
    ['12.300', 1230],
    ['1000000000', penceMost],
    ['1,000,000', 100_000_000],
  ])('%s is read to the penny', (typed, pence) => {
    expect(readPounds(typed)).toEqual({ pence });
  });

  it.each([
    ['', 'empty'],
    ['-5', 'negative'],
    ['\u22125', 'negative'],
    ['£-5', 'negative'],
    ['1e9', 'not-an-amount'],
    ['1,5', 'not-an-amount'],
    ['12,34,567', 'not-an-amount'],
    ['twelve', 'not-an-amount'],
    ['0x10', 'not-an-amount'],
    ['Infinity', 'not-an-amount'],
    ['1.2.3', 'not-an-amount'],
    ['12.345', 'fractions-of-a-penny'],
    ['12345678901234567890', 'too-large'],
    ['1000000000.01', 'too-large'],
    ['0', 'nothing'],
    ['0.00', 'nothing'],
  ])('%s is refused: %s', (typed, fault) => {
    expect(readPounds(typed)).toEqual({ fault });
  });

  it('comes back as it was, however many pence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: penceMost }), (pence) => {
        expect(readPounds(poundsOf(pence))).toEqual({ pence });
        expect(readPounds(poundsOf(pence, 'short'))).toEqual({ pence });
      }),
    );
  });
});
