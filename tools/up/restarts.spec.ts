import { describe, expect, it } from '@jest/globals';
import { Crashes, restartDelayMs } from './restarts.ts';

describe('starting a crashed service again', () => {
  it('waits longer after each crash, up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map(restartDelayMs)).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
  });

  it('forgets a crash after two quiet minutes', () => {
    const crashes = new Crashes();
    expect(crashes.add(0)).toBe(1);
    expect(crashes.add(60_000)).toBe(2);
    expect(crashes.add(119_999)).toBe(3);
    expect(crashes.add(240_000)).toBe(1);
  });
});
