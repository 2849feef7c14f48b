import type { MatchingMethod } from '@waymark/contracts';
import type { RunSummary } from '../entities';

/** Fewer people than this are hidden. */
export const fewest = 8;

export interface FinishedRun {
  number: number;
  method: MatchingMethod;
  identityPointsInRules: number;
  summary: Pick<RunSummary, 'count' | 'identityPairs' | 'inputHash'>;
}

/**
 * The numbers of the runs whose `total` may be shown.
 *
 * From `total - shownTotal` one reads how many pairs had the identity points. So it is hidden where fewer than 8 pairs
 * had them, none included, or all but fewer than 8 (`shownTotal` stands beside it, and `count`). And because runs of a
 * round are compared, two totals from nearly the same people would tell what the one person has said who was removed
 * in between, or of the one whom another method pairs with somebody else: a later total on another input or by another
 * method is hidden unless it differs from each one shown by 8 pairs or more. Where
 * the rules give no points for identity, total and shown total are the same number and nothing can be read from it.
 */
export const runsWithShownTotal = (runs: readonly FinishedRun[]): Set<number> => {
  const shown: FinishedRun[] = [];
  const numbers = new Set<number>();
  for (const run of [...runs].sort((one, other) => one.number - other.number)) {
    if (run.identityPointsInRules === 0) {
      numbers.add(run.number);
      continue;
    }
    const { count, identityPairs, inputHash } = run.summary;
    const enough = identityPairs >= fewest && count - identityPairs >= fewest;
    const comparable = shown.every(
      ({ summary, method }) =>
        (summary.inputHash === inputHash && method === run.method) ||
        Math.abs(summary.identityPairs - identityPairs) >= fewest,
    );
    if (!enough || !comparable) continue;
    shown.push(run);
    numbers.add(run.number);
  }
  return numbers;
};
