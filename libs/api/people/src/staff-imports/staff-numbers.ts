const allDigits = /^\d+$/;

/** Numbers are one whatever their case. */
export const numberKey = (number: string): string => number.toLowerCase();

/**
 * How many digits the numbers of this file have where it can be told, so that a shorter one has lost its zeros to a
 * spreadsheet; null where numbers of several lengths are usual.
 *
 * It can be told from numbers that have kept their zeros, in the file or known; or where nearly all of the file are of
 * one length. More than nine in ten: numbers given out one by one from 1 are nine in ten of one length at most.
 */
export const usualWidth = (inFile: readonly string[], known: readonly string[]): number | null => {
  const padded = [...inFile, ...known].filter((number) => allDigits.test(number) && number.startsWith('0'));
  const knownWidths = countByWidth(known);
  if (padded.length > 0) {
    const widths = countByWidth(padded);
    if (widths.size === 1) {
      const [width = 0] = widths.keys();
      // Padded numbers are all of one length, so longer ones are of another kind.
      if ([...knownWidths.keys()].every((other) => other <= width)) return width;
    }
    return null;
  }
  const widths = countByWidth(inFile);
  const all = [...widths.values()].reduce((sum, count) => sum + count, 0);
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  const share = count / Math.max(1, all);
  const longest = Math.max(0, ...widths.keys());
  return width >= 4 && width === longest && (share > 0.905 || (all <= 20 && share > 0.5)) ? width : null;
};

const countByWidth = (numbers: readonly string[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    if (allDigits.test(number)) counts.set(number.length, (counts.get(number.length) ?? 0) + 1);
  }
  return counts;
};

export type NumberReading = { number: string; restored: boolean } | 'shortened';

/**
 * A number as it was meant: as it stands where somebody has it, with its zeros where that makes it somebody's. A short one
 * that is nobody's cannot be taken: another of the same digits may be meant.
 */
export const restoreZeros = (
  number: string,
  width: number | null,
  isKnown: (number: string) => boolean,
): NumberReading => {
  if (!allDigits.test(number) || width === null || number.length >= width || isKnown(number)) {
    return { number, restored: false };
  }
  const padded = number.padStart(width, '0');
  return isKnown(padded) ? { number: padded, restored: true } : 'shortened';
};
