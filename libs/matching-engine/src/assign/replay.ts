import { ENGINE_VERSION } from '../engine-version.ts';
import { assignTable, refuseUnknownOrder } from './assign.ts';
import type { AssignedPair, AssignResult, AssignTable } from './assign-types.ts';
import { compressInstance, hashInstance } from './instance.ts';
import { byPeople, setPinsAside } from './pins.ts';

/** What of a kept result a replay needs; the pairs may be kept without what explains them. */
export type ReplayedResult = Pick<
  AssignResult,
  'count' | 'total' | 'inputHash' | 'order' | 'dissatisfaction' | 'ceiling' | 'seed' | 'engineVersion'
> & { readonly pairs: readonly Pick<AssignedPair, 'mentee' | 'mentor' | 'score'>[] };

export interface Replay {
  /** Whether this engine was to give the same bytes: it is the version that made the result, and the input is the same. */
  readonly canReplay: boolean;
  /** Whether it did: the same pairs with the same scores, the same count and total. */
  readonly isSame: boolean;
  /** What differs; empty where the replay came out the same and was bound to. */
  readonly differences: readonly ReplayDifference[];
}

export type ReplayDifference =
  | { readonly kind: 'engine-version'; readonly kept: string; readonly now: string }
  | { readonly kind: 'input'; readonly kept: string; readonly now: string }
  | { readonly kind: 'count' | 'total'; readonly kept: number; readonly now: number }
  /** Pairs that only the one or the other has, or that score otherwise; sorted by people. */
  | {
      readonly kind: 'pairs';
      readonly onlyKept: readonly Pick<AssignedPair, 'mentee' | 'mentor' | 'score'>[];
      readonly onlyNow: readonly Pick<AssignedPair, 'mentee' | 'mentor' | 'score'>[];
    };

/**
 * Solves a kept round again, from its input and by the order, dissatisfaction and seed that the result carries, and says
 * whether it comes out the same and what differs. Another input or another version of the engine may still give the same
 * pairs: then `isSame` is true although nothing bound it to. Time as `assign`. Throws `AssignRefused`.
 */
export function replay(table: AssignTable, kept: ReplayedResult): Replay {
  refuseUnknownOrder(kept.order);
  const aside = setPinsAside(table);
  const differences: ReplayDifference[] = [];
  if (kept.engineVersion !== ENGINE_VERSION) {
    differences.push({ kind: 'engine-version', kept: kept.engineVersion, now: ENGINE_VERSION });
  }
  const inputHash = hashInstance(compressInstance(aside.rest), aside.pinned);
  if (kept.inputHash !== inputHash) differences.push({ kind: 'input', kept: kept.inputHash, now: inputHash });
  const canReplay = differences.length === 0;
  const { dissatisfaction, ceiling } = kept;
  const now = assignTable(table, kept.order, kept.seed, { dissatisfaction, ceiling });
  for (const kind of ['count', 'total'] as const) {
    if (kept[kind] !== now[kind]) differences.push({ kind, kept: kept[kind], now: now[kind] });
  }
  const [onlyKept, onlyNow] = [without(kept.pairs, now.pairs), without(now.pairs, kept.pairs)];
  if (onlyKept.length + onlyNow.length > 0) differences.push({ kind: 'pairs', onlyKept, onlyNow });
  const isSame = !differences.some(({ kind }) => kind === 'count' || kind === 'total' || kind === 'pairs');
  return { canReplay, isSame, differences };
}

type Scored = ReplayedResult['pairs'];

function without(pairs: Scored, others: Scored): Scored {
  const textOf = ({ mentee, mentor, score }: Scored[number]) => JSON.stringify([mentee, mentor, score]);
  const known = new Set(others.map(textOf));
  return pairs
    .filter((pair) => !known.has(textOf(pair)))
    .map(({ mentee, mentor, score }) => ({ mentee, mentor, score }))
    .sort(byPeople);
}
