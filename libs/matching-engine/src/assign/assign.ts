import { AssignRefused } from './assign-refused.ts';
import {
  ASSIGN_ORDERS,
  type AssignedPair,
  type AssignInput,
  type AssignOrder,
  type AssignResult,
  type AssignTable,
  type Dissatisfaction,
  LINEAR,
} from './assign-types.ts';
import { certify } from './certificate.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import { refuseAboveCeiling } from './dissatisfaction.ts';
import { compressInstance, hashInstance, type Instance, tableOf } from './instance.ts';
import { explain } from './reasons.ts';
import { byPeople, type SetAside, setPinsAside } from './pins.ts';
import { settle } from './settled.ts';
import { solve, type Solution } from './solve.ts';

/**
 * Assigns mentees to mentors with places on both sides, over the allowed pairs, exactly and in the stated order.
 *
 * Among results that are equally good, the lots drawn from `seed` and the ids decide, so that the result is the same
 * whatever the listing order. Every pair and everyone without one gets a reason; `verify` checks the certificate.
 *
 * Scores are whole points from 0 to 1,000,000; totals are exact. Throws `AssignRefused`, which says what is wrong and
 * where. At worst O(places * (pairs + people log people)) time and O(pairs + people) space.
 */
export function assign(input: AssignInput): AssignResult {
  refuseUnknownOrder(input.order);
  const { order, seed, dissatisfaction = 'linear', ceiling } = input;
  return assignTable(tableOf(input), order, seed, { dissatisfaction, ceiling });
}

/** `assign` for input by columns, for large rounds. */
export function assignTable(
  table: AssignTable,
  order: AssignOrder,
  seed: string,
  dissatisfaction: Dissatisfaction = LINEAR,
): AssignResult {
  refuseUnknownOrder(order);
  const aside = setPinsAside(table);
  const instance = compressInstance(aside.rest);
  refuseAboveCeiling(table, order, dissatisfaction);
  return resultOf(instance, solve(instance, order, seed, dissatisfaction), seed, aside);
}

/**
 * The second half of `assign`: reasons, proof and hash for a solved instance, the pins put back. Split so that solving
 * can be timed.
 */
export function resultOf(
  instance: Instance,
  solution: Solution,
  seed: string,
  aside: Pick<SetAside, 'pinned' | 'placesOf'> = { pinned: [], placesOf: new Map() },
): AssignResult {
  const { choice, order, ceiling } = solution;
  const settled = settle(instance, solution, seed, aside);
  const pairs = [...pairsOf(instance, solution), ...aside.pinned];
  if (aside.pinned.length > 0) pairs.sort(byPeople);
  let total = 0;
  for (const { score } of pairs) total += score;
  return {
    pairs,
    count: choice.count + aside.pinned.length,
    total,
    floor: settled.floor,
    ...withPins(explain(settled), pairs, aside),
    certificate: certify(settled),
    inputHash: hashInstance(instance, aside.pinned),
    order,
    dissatisfaction: ceiling === undefined ? 'linear' : 'convex',
    ...(ceiling === undefined ? {} : { ceiling }),
    seed,
    engineVersion: ENGINE_VERSION,
  };
}

/** Whoever is pinned has a pair: they are not left out, and lack at most the further ones they asked for. */
function withPins(
  reasons: Pick<AssignResult, 'unmatched' | 'underfilled' | 'unlocks'>,
  pairs: readonly AssignedPair[],
  { pinned, placesOf }: Pick<SetAside, 'pinned' | 'placesOf'>,
): Pick<AssignResult, 'unmatched' | 'underfilled' | 'unlocks'> {
  if (pinned.length === 0) return reasons;
  const has = new Map<string, number>();
  for (const { mentee } of pairs) if (placesOf.has(mentee)) has.set(mentee, (has.get(mentee) ?? 0) + 1);
  const lacking = [...has].map(([mentee, count]) => ({ mentee, pairs: count, places: placesOf.get(mentee) ?? 0 }));
  return {
    ...reasons,
    unmatched: reasons.unmatched.filter(({ mentee }) => !has.has(mentee)),
    underfilled: [
      ...reasons.underfilled.filter(({ mentee }) => !has.has(mentee)),
      ...lacking.filter((one) => one.pairs < one.places),
    ].sort((one, other) => (one.mentee < other.mentee ? -1 : 1)),
  };
}

export function refuseUnknownOrder(order: string): asserts order is AssignOrder {
  if ((ASSIGN_ORDERS as readonly string[]).includes(order)) return;
  throw new AssignRefused(
    'order-not-known',
    { list: 'order', index: 0, field: 'order' },
    `the order must be one of ${ASSIGN_ORDERS.join(', ')}`,
  );
}

function pairsOf(instance: Instance, { choice, byLot }: Solution): AssignedPair[] {
  const { menteeIds, mentorIds, menteeStart, mentor, score } = instance;
  const pairs: AssignedPair[] = [];
  for (let i = 0; i < menteeIds.length; i++) {
    if (choice.menteeFilled[i] === 0) continue;
    let bestScore = 0;
    for (let edge = menteeStart[i]!; edge < menteeStart[i + 1]!; edge++) bestScore = Math.max(bestScore, score[edge]!);
    for (let edge = menteeStart[i]!; edge < menteeStart[i + 1]!; edge++) {
      if (!choice.chosen[edge]) continue;
      pairs.push({
        mentee: menteeIds[i]!,
        mentor: mentorIds[mentor[edge]!]!,
        score: score[edge]!,
        bestScore,
        byLot: byLot[edge] === 1,
      });
    }
  }
  return pairs;
}
