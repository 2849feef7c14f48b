import { AssignRefused } from './assign-refused.ts';
import { type AssignOrder, type AssignTable, type Dissatisfaction, MAX_SCORE } from './assign-types.ts';
import type { Instance } from './instance.ts';

/**
 * How what people give up is counted.
 *
 * - `linear`: every point counts the same, so the highest total is sought.
 * - `convex`: what somebody gives up, `ceiling - score`, counts by its square, so that one who gives up much weighs more
 *   than several who give up little: among the results with the most pairs (and the highest floor, where the order says
 *   so) the one with the least sum of squares is sought.
 *
 * The ceiling is one number for the round, given by the caller: the most points that its rules can give. It must not
 * be each person's own best score: whoever dropped their best option would then change what their other options weigh
 * and could so be placed. With one ceiling the weight of a pair depends on its own score alone, and rises with it.
 */
export function checkDissatisfaction(instance: Instance, order: AssignOrder, dissatisfaction: Dissatisfaction): void {
  const ceiling = ceilingOf(order, dissatisfaction);
  if (ceiling === undefined) return;
  let least = Infinity;
  let most = -Infinity;
  for (const score of instance.score) {
    if (score < least) least = score;
    if (score > most) most = score;
  }
  if (most > ceiling) refuse('score-above-ceiling', 'ceiling', `a score of ${most} is above the ceiling of ${ceiling}`);
  if (instance.score.length === 0) return;
  // An exchange goes through everyone at most once, and sums of lots or prices along it must stay exact.
  const people = Math.min(instance.menteeIds.length, instance.mentorIds.length) + 1;
  const spread = weightOf(most, ceiling) - weightOf(least, ceiling);
  if (weightOf(most, ceiling) + 2 * people * spread >= 2 ** 53) {
    refuse(
      'scores-too-far-apart',
      'ceiling',
      `squares of up to ${ceiling - least} points over ${people} people pass 2^53: fewer points, or linear`,
    );
  }
}

/**
 * The same before anything is sorted, so that the first listed score above the ceiling is refused with its position
 * (`score-above-ceiling`). O(pairs).
 */
export function refuseAboveCeiling(
  { pairScore }: Pick<AssignTable, 'pairScore'>,
  order: AssignOrder,
  dissatisfaction: Dissatisfaction,
): void {
  const ceiling = ceilingOf(order, dissatisfaction);
  if (ceiling === undefined) return;
  for (let index = 0; index < pairScore.length; index++) {
    if (!(pairScore[index]! > ceiling)) continue;
    throw new AssignRefused(
      'score-above-ceiling',
      { list: 'pairs', index, field: 'score' },
      `a score of ${pairScore[index]} is above the ceiling of ${ceiling}`,
    );
  }
}

/** The ceiling, undefined where dissatisfaction is linear. */
function ceilingOf(order: AssignOrder, { dissatisfaction, ceiling }: Dissatisfaction): number | undefined {
  if (dissatisfaction !== 'linear' && dissatisfaction !== 'convex') {
    refuse('dissatisfaction-not-known', 'dissatisfaction', 'dissatisfaction must be linear or convex');
  }
  if (dissatisfaction === 'linear') {
    if (ceiling !== undefined) refuse('ceiling-not-wanted', 'ceiling', 'a ceiling belongs to convex dissatisfaction');
    return undefined;
  }
  if (order === 'total') {
    // Least dissatisfaction without the most pairs first would be to pair nobody.
    refuse(
      'dissatisfaction-not-with-total',
      'dissatisfaction',
      'convex dissatisfaction needs an order with pairs first',
    );
  }
  if (ceiling === undefined || !Number.isInteger(ceiling) || ceiling < 0 || ceiling > MAX_SCORE) {
    refuse('ceiling-wrong', 'ceiling', `the ceiling must be a whole number from 0 to ${MAX_SCORE}, not ${ceiling}`);
  }
  return ceiling;
}

/**
 * What a pair weighs: its score, or under convex dissatisfaction `ceiling^2 - (ceiling - score)^2`, which is whole, not
 * negative, and rises with the score. With the number of pairs given, the highest sum is the least sum of squares.
 */
export function weightOf(score: number, ceiling: number | undefined): number {
  return ceiling === undefined ? score : score * (2 * ceiling - score);
}

/**
 * The least whole number of points more at which a pair of this score weighs at least `gain` more; undefined where not
 * even the ceiling would do.
 */
export function pointsFor(gain: number, score: number, ceiling: number | undefined): number | undefined {
  if (ceiling === undefined) return gain;
  const own = ceiling - score;
  // (own - points)^2 <= own^2 - gain
  const left = own * own - gain;
  if (left < 0) return undefined;
  let root = Math.floor(Math.sqrt(left));
  while (root * root > left) root--;
  while ((root + 1) * (root + 1) <= left) root++;
  return Math.max(0, own - root);
}

function refuse(
  name: ConstructorParameters<typeof AssignRefused>[0],
  field: 'dissatisfaction' | 'ceiling',
  text: string,
): never {
  throw new AssignRefused(name, { list: field, index: 0, field }, text);
}
