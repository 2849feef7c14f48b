/** How long a crash counts against a service. */
const memoryMs = 120_000;
const longestDelayMs = 30_000;

/** The wait before the start after so many recent crashes: half a second, doubling, at most thirty. */
export function restartDelayMs(recentCrashes: number): number {
  return Math.min(500 * 2 ** Math.max(0, recentCrashes - 1), longestDelayMs);
}

/** Counts the crashes of the last two minutes. */
export class Crashes {
  private times: number[] = [];

  /** Notes one at `nowMs` and says how many there are. */
  add(nowMs: number): number {
    this.times = [...this.times.filter((time) => nowMs - time < memoryMs), nowMs];
    return this.times.length;
  }
}
