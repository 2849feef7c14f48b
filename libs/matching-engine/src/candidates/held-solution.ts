import type { Instance } from '../assign/instance.ts';
import { type Layout, layOutParts } from '../assign/layout.ts';
import { type Competition, mostPairs, whoCompetes } from '../assign/most-pairs.ts';
import { type PhasedOptimum, saturateInPhases } from './phases.ts';

/** A solution over the pairs held, most pairs first and then the highest total, before any lots. */
export interface HeldSolution {
  readonly layout: Layout;
  readonly optimum: PhasedOptimum;
  readonly competition: Competition;
  /** By pair. */
  readonly chosen: Uint8Array;
  /** Pairs that every choice with the most pairs has. */
  readonly forced: Uint8Array;
}

/**
 * As `solve` does it, order `pairs-total`, but with a search made for plateaus, and without lots. `before`, where given,
 * is the solution with fewer pairs held: its prices are begun with where the same people take rows.
 */
export function solveHeld(instance: Instance, before?: HeldSolution): HeldSolution {
  const competition = whoCompetes(instance, mostPairs(instance));
  const forced = new Uint8Array(instance.mentee.length);
  const layout = layOutParts(instance, competition, 0, forced, undefined);
  const optimum = saturateInPhases(layout.problem, before && pricesFrom(before, layout));
  const chosen = forced.slice();
  for (let edge = 0; edge < optimum.matched.length; edge++) {
    if (optimum.matched[edge]) chosen[layout.pairAt(edge)] = 1;
  }
  return { layout, optimum, competition, chosen, forced };
}

/** Undefined where many who took columns now take rows, or the other way about. */
function pricesFrom({ layout, optimum }: HeldSolution, next: Layout): Float64Array | undefined {
  const prices = new Float64Array(next.problem.capacity.length);
  let known = 0;
  for (const side of ['menteeColumn', 'mentorColumn'] as const) {
    next[side].forEach((column, at) => {
      const earlier = layout[side][at]!;
      if (column < 0 || earlier < 0) return;
      prices[column] = optimum.columnPrice[earlier]!;
      known++;
    });
  }
  return known * 10 >= prices.length * 9 ? prices : undefined;
}
