import {
  type AssignCertificate,
  type AssignedPair,
  type AssignOrder,
  type AssignResult,
  type AssignTable,
} from './assign-types.ts';
import { certifiedFaults, edgeOf } from './verify.ts';
import { pricesOf } from './certificate.ts';
import { compressInstance, type Instance } from './instance.ts';
import { type Choice, type Competition, emptyChoice, whoCompetes } from './most-pairs.ts';
import { type SetAside, setPinsAside } from './pins.ts';
import type { Solution } from './solve.ts';

/**
 * A round as it came out, in terms of people alone: the choice, and the prices that prove it best. All that
 * explanations need; made from a solution just found (`settle`) or from a kept result (`restore`), without solving.
 *
 * With `value` of a score as in the certificate, every usable pair that is not chosen has
 * `pairPrice + both prices >= value`, every chosen one `<=`, and whoever has a price has all places taken.
 */
export interface Settled {
  readonly instance: Instance;
  readonly order: AssignOrder;
  readonly seed: string;
  readonly choice: Choice;
  /** Pairs below this score are not used: the floor under order `pairs-floor-total`, else 0. */
  readonly least: number;
  readonly scale: number;
  /** Convex dissatisfaction: the score from which what is given up counts; else undefined. */
  readonly ceiling: number | undefined;
  readonly pairPrice: number;
  readonly menteePrice: Float64Array;
  readonly mentorPrice: Float64Array;
  /** Orders with pairs first: mentees whom alternating paths from free places reach, over all allowed pairs. */
  readonly competition: Competition | undefined;
  /** Order `pairs-floor-total`: a cut that shows fewer pairs above the floor. */
  readonly aboveFloor: Competition | undefined;
  readonly pinned: readonly AssignedPair[];
  /** The lowest score of a pair made, pins too; null if there is none. */
  readonly floor: number | null;
}

type Aside = Pick<SetAside, 'pinned'>;

/** From a solution just found. O(pairs). */
export function settle(
  instance: Instance,
  solution: Solution,
  seed: string,
  { pinned }: Aside = { pinned: [] },
): Settled {
  const { order, choice, least, scale, ceiling, aboveFloor, competition } = solution;
  return {
    instance,
    order,
    seed,
    choice,
    least,
    scale,
    ceiling,
    ...pricesOf(instance, solution),
    competition: order === 'pairs-floor-total' ? whoCompetes(instance, choice) : competition,
    aboveFloor,
    pinned,
    floor: lowestScore({ instance, choice, pinned }),
  };
}

/** What of a kept result is needed to explain it. */
export type KeptResult = Pick<
  AssignResult,
  'pairs' | 'count' | 'total' | 'floor' | 'unmatched' | 'certificate' | 'inputHash' | 'order' | 'ceiling' | 'seed'
>;

/**
 * From the input and a kept result, checked as `verify` checks it and without solving. O(pairs).
 * Throws RangeError where the result is not that of this input or its certificate does not prove it.
 */
export function restore(table: AssignTable, kept: KeptResult): Settled {
  const aside = setPinsAside(table);
  const instance = compressInstance(aside.rest);
  const faults = certifiedFaults(instance, aside.pinned, kept);
  if (faults.length > 0) throw new RangeError(`the kept result does not stand: ${faults.slice(0, 3).join('; ')}`);
  const { certificate, order, seed } = kept;
  const choice = choiceOf(instance, kept.pairs);
  const above = certificate.aboveFloor;
  const chosenScores = kept.pairs.filter(({ pinned }) => !pinned).map(({ score }) => score);
  return {
    instance,
    order,
    seed,
    choice,
    least: order === 'pairs-floor-total' ? lowestOf(chosenScores) : 0,
    scale: certificate.scale,
    ceiling: certificate.ceiling,
    pairPrice: certificate.pairPrice,
    menteePrice: pricesIn(certificate.mentees),
    mentorPrice: pricesIn(certificate.mentors),
    competition: order === 'total' ? undefined : whoCompetes(instance, choice),
    aboveFloor: above && {
      mentees: marks(instance.menteeIds, above.menteesCompeting),
      mentors: marks(instance.mentorIds, above.mentorsCompeting),
      pairsBound: above.pairsBound,
    },
    pinned: aside.pinned,
    floor: kept.floor,
  };
}

/** The lowest score of the pairs chosen and pinned, some left out of account; null if there is none. O(pairs). */
export function lowestScore(
  { instance, choice, pinned }: Pick<Settled, 'instance' | 'choice' | 'pinned'>,
  without: ReadonlySet<number> = new Set(),
): number | null {
  let lowest = Infinity;
  for (let edge = 0; edge < choice.chosen.length; edge++) {
    if (choice.chosen[edge] && instance.score[edge]! < lowest && !without.has(edge)) lowest = instance.score[edge]!;
  }
  for (const { score } of pinned) lowest = Math.min(lowest, score);
  return lowest === Infinity ? null : lowest;
}

function choiceOf(instance: Instance, pairs: readonly AssignedPair[]): Choice {
  const menteeAt = new Map(instance.menteeIds.map((id, at) => [id, at]));
  const mentorAt = new Map(instance.mentorIds.map((id, at) => [id, at]));
  const choice = emptyChoice(instance);
  for (const { mentee, mentor, pinned } of pairs) {
    if (pinned) continue;
    const [i, j] = [menteeAt.get(mentee)!, mentorAt.get(mentor)!];
    choice.chosen[edgeOf(instance, i, j)] = 1;
    choice.menteeFilled[i]!++;
    choice.mentorFilled[j]!++;
    choice.count++;
  }
  return choice;
}

function lowestOf(scores: readonly number[]): number {
  return scores.length === 0 ? 0 : scores.reduce((least, score) => Math.min(least, score));
}

function pricesIn(people: AssignCertificate['mentees']): Float64Array {
  return Float64Array.from(people, ([, price]) => price);
}

function marks(ids: readonly string[], marked: readonly string[]): Uint8Array {
  const among = new Set(marked);
  return Uint8Array.from(ids, (id) => (among.has(id) ? 1 : 0));
}
