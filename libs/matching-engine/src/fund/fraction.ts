/** An exact rational: `numerator / denominator`, the denominator above 0; in lowest terms where `reduced` made it. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The same value in lowest terms. Throws RangeError for a denominator of 0. */
export function reduced(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction has no denominator of 0');
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator < 0n ? -denominator : denominator;
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = denominator < 0n ? -a : a;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Below 0, 0 or above 0 as the first is less than, equal to or more than the second. */
export function compareFractions(first: Fraction, second: Fraction): number {
  const left = first.numerator * second.denominator;
  const right = second.numerator * first.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `n/d` in lowest terms, or `n` alone for a whole number. */
export function fractionText(numerator: bigint, denominator: bigint): string {
  const { numerator: n, denominator: d } = reduced(numerator, denominator);
  return d === 1n ? `${n}` : `${n}/${d}`;
}

/** The greatest whole number that is not above; for values from 0 up. */
export function wholeBelow(numerator: bigint, denominator: bigint): number {
  return Number(numerator / denominator);
}

/** The nearest double or one beside it: the relative error is at most 2^-52. For values from 0 up, below 2^1000. */
export function nearestNumber(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const shift = bitsOf(denominator) - bitsOf(numerator) + 66;
  const quotient =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  return Number(quotient) * 2 ** -shift;
}

/** The greatest common divisor of two whole numbers from 0 to 2^53. */
export function commonDivisor(first: number, second: number): number {
  let a = first;
  let b = second;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** At most 3 more than the bits of a value above 0. */
function bitsOf(value: bigint): number {
  return 4 * value.toString(16).length;
}
