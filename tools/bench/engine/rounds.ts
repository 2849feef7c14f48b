import { median } from '../median.ts';
import type { Runs } from './section.ts';

/** One of those who are measured side by side. */
export interface Contestant {
  readonly who: string;
  /** One run of round `round` (from 0); gives its milliseconds or megabytes. */
  run(round: number): number | Promise<number>;
}

/**
 * Lets every contestant run once a round, one after the other, never two at once; each round begins with another one, so
 * that nobody always runs first or last. Runs of each in the order of `contestants`, values by round.
 */
export async function inTurn(rounds: number, contestants: readonly Contestant[]): Promise<Runs[]> {
  const values: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < contestants.length; step++) {
      const at = (round + step) % contestants.length;
      const value = await contestants[at]?.run(round);
      if (value !== undefined) values[at]?.push(value);
    }
  }
  return contestants.map(({ who }, at) => ({ who, values: values[at] ?? [] }));
}

/** Ours divided by the peer's, round by round. Throws RangeError where the rounds differ in number or there is none. */
export function ratiosOf(ours: Runs, peer: Runs): number[] {
  if (ours.values.length !== peer.values.length || ours.values.length === 0) {
    throw new RangeError(`${ours.values.length} runs of ${ours.who}, ${peer.values.length} of ${peer.who}`);
  }
  return ours.values.map((value, round) => value / (peer.values[round] ?? NaN));
}

/** The median over rounds of ours divided by the peer's of the same round: what a machine's busy minute changes least. */
export function medianRatio(ours: Runs, peer: Runs): number {
  return median(ratiosOf(ours, peer));
}

/**
 * The exponent e of "time grows as size to the power e" between two sizes: log of the times' ratio over log of the sizes'
 * ratio, the median over rounds.
 */
export function growthExponent(small: { size: number; runs: Runs }, large: { size: number; runs: Runs }): number {
  const growth = Math.log(large.size / small.size);
  return median(ratiosOf(large.runs, small.runs).map((ratio) => Math.log(ratio) / growth));
}
