import { describe, expect, it } from '@jest/globals';
import { growthExponent, inTurn, medianRatio, ratiosOf } from './rounds.ts';

const runs = (who: string, ...values: number[]) => ({ who, values });

describe('rounds in turn', () => {
  it('let everybody run once a round, each round beginning with another one, never two at once', async () => {
    const order: string[] = [];
    let running = 0;
    const contestant = (who: string) => ({
      who,
      run: async (round: number) => {
        expect(++running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${round}${who}`);
        running--;
        return round * 10 + who.length;
      },
    });
    const result = await inTurn(3, [contestant('a'), contestant('bb'), contestant('ccc')]);
    expect(order.join(' ')).toBe('0a 0bb 0ccc 1bb 1ccc 1a 2ccc 2a 2bb');
    expect(result).toEqual([runs('a', 1, 11, 21), runs('bb', 2, 12, 22), runs('ccc', 3, 13, 23)]);
  });
});

describe('the ratio', () => {
  it('is taken round by round, so that a slow minute of the machine is in both', () => {
    expect(ratiosOf(runs('ours', 1, 30, 2), runs('peer', 10, 100, 10))).toEqual([0.1, 0.3, 0.2]);
    expect(medianRatio(runs('ours', 1, 30, 2), runs('peer', 10, 100, 10))).toBe(0.2);
  });

  it('of an even number of rounds is the mean of the two in the middle', () => {
    expect(medianRatio(runs('ours', 1, 2, 3, 4), runs('peer', 1, 1, 1, 1))).toBe(2.5);
  });

  it('is refused where rounds are missing', () => {
    expect(() => medianRatio(runs('ours', 1, 2), runs('peer', 1))).toThrow(RangeError);
    expect(() => medianRatio(runs('ours'), runs('peer'))).toThrow(RangeError);
  });
});

describe('the growth exponent', () => {
  it('is 1 where four times the size takes four times as long, 2 where it takes sixteen times', () => {
    const at = (size: number, ...values: number[]) => ({ size, runs: runs('ours', ...values) });
    expect(growthExponent(at(10_000, 1, 2, 1), at(40_000, 4, 8, 4))).toBeCloseTo(1);
    expect(growthExponent(at(10_000, 1, 1, 1), at(40_000, 16, 4, 16))).toBeCloseTo(2);
  });
});
