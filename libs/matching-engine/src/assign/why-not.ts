import { AssignRefused } from './assign-refused.ts';
import { weightOf } from './dissatisfaction.ts';
import type { Instance } from './instance.ts';
import { type Choice, emptyChoice, mostPairs } from './most-pairs.ts';
import { type Exchange, Residual } from './residual.ts';
import { lowestScore, type Settled } from './settled.ts';
import { solve } from './solve.ts';
import { edgeOf } from './verify.ts';

/** What somebody's mentors would change from and to, where a pair were made. Without those that stay. */
export interface Move {
  readonly mentee: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What the round would be with the pair made, against what it is: exactly what `assign` gives with the pair pinned. */
export interface PairCost {
  readonly kind: 'costs';
  readonly score: number;
  /** Pairs fewer: 0 or 1; under order `total` also -1, where a higher total went before a further pair. */
  readonly pairsLost: number;
  /** The total falls by so many points; below 0 where it rises (a pair fewer, or another floor, may leave more). */
  readonly pointsLost: number;
  readonly floorNow: number | null;
  readonly floorThen: number;
  /** Convex dissatisfaction: the sum of squares rises by so much, by the pairs made; a pair lost is not counted. */
  readonly dissatisfactionAdded?: number;
  /** True where the round loses nothing: the pair was as good, and the seed's lots decided. */
  readonly byLot: boolean;
  /**
   * Who would move, the one who asks first. With `isChain` in order: each takes the place that the one before gave up.
   * One of the ways where there are several equally good ones; the fewest people move.
   */
  readonly moves: readonly Move[];
  readonly isChain: boolean;
  /** Who would have no pair any more, and who would have one that has none now; by id. */
  readonly leftOut: readonly string[];
  readonly broughtIn: readonly string[];
}

export type WhyNot =
  /** The two are together, by the choice or by a pin. */
  | { readonly kind: 'together'; readonly pinned: boolean }
  | { readonly kind: 'not-allowed' }
  /** Asks for nobody, or offers no place, or (`pinned`) all are taken by pins. */
  | { readonly kind: 'no-place'; readonly side: 'mentee' | 'mentor'; readonly pinned: boolean }
  | PairCost;

/**
 * "Why not her?": what the whole round would lose by having the pair, and who would move. The answer is exact: that of
 * `assign` with the pair pinned beside the other pins. Under `pairs-floor-total` the floor is sought for the pairs that
 * are not pinned, and `floorThen` is the lowest of all.
 *
 * Found on the settled round by one or two shortest paths, O(pairs log people), without solving. Only under
 * `pairs-floor-total`, and only where the pair changes the floor of the others, is the round solved again.
 *
 * Throws `AssignRefused` (`mentee-unknown`, `mentor-unknown`).
 */
export function whyNot(settled: Settled, mentee: string, mentor: string): WhyNot {
  const { instance, choice, pinned } = settled;
  const i = positionOf(instance.menteeIds, mentee, 'mentee');
  const j = positionOf(instance.mentorIds, mentor, 'mentor');
  const isPinned = (side: 'mentee' | 'mentor', id: string) => pinned.some((pair) => pair[side] === id);
  if (pinned.some((pair) => pair.mentee === mentee && pair.mentor === mentor))
    return { kind: 'together', pinned: true };
  const edge = edgeOf(instance, i, j);
  if (edge < 0) return { kind: 'not-allowed' };
  if (choice.chosen[edge]) return { kind: 'together', pinned: false };
  if (instance.menteePlaces[i] === 0) return { kind: 'no-place', side: 'mentee', pinned: isPinned('mentee', mentee) };
  if (instance.mentorPlaces[j] === 0) return { kind: 'no-place', side: 'mentor', pinned: isPinned('mentor', mentor) };
  const exchange = settled.order === 'pairs-floor-total' ? underFloor(settled, edge) : leastOf(settled, edge);
  return exchange ? pairCost(settled, edge, exchange, true) : pairCost(settled, edge, solvedWith(settled, edge), false);
}

function leastOf(settled: Settled, edge: number): Exchange {
  const { mentee, mentor } = settled.instance;
  const residual = new Residual(settled);
  const [i, j] = [mentee[edge]!, mentor[edge]!];
  const exchange = residual.leastExchange(i, j, false) ?? residual.leastExchange(i, j, true);
  if (!exchange) throw new Error('a pair with places on both sides finds no exchange');
  return exchange;
}

/** The least exchange where the others keep their floor; undefined where they would have another. */
function underFloor(settled: Settled, edge: number): Exchange | undefined {
  const { instance, choice, aboveFloor, least } = settled;
  const [i, j] = [instance.mentee[edge]!, instance.mentor[edge]!];
  const keepsPairs = new Residual(settled, 0).reaches(i, j);
  const others = choice.count - (keepsPairs ? 1 : 2);
  if (aboveFloor && others > 0 && mayRise(settled, edge, others)) return undefined;
  const exchange = new Residual(settled).leastExchange(i, j, !keepsPairs);
  if (!exchange && least === 0) throw new Error('a pair with places on both sides finds no exchange');
  return exchange;
}

/** Whether the others could all score above the floor, if the pair were made beside them. */
function mayRise({ instance, choice, aboveFloor, least }: Settled, edge: number, others: number): boolean {
  if (!aboveFloor) return false;
  const above = least + 1;
  const isInside = aboveFloor.mentees[instance.mentee[edge]!] === 1;
  const isContested = aboveFloor.mentors[instance.mentor[edge]!] === 1;
  // The cut that shows the floor is highest, less what the pair takes out of it, mostly shows it here too.
  const isAcross = isInside && !isContested && instance.score[edge]! >= above;
  const bound = aboveFloor.pairsBound - (isInside ? 0 : 1) - (isContested ? 1 : 0) - (isAcross ? 1 : 0);
  if (bound < others) return false;
  // Else it takes a few augmenting paths to tell.
  const rest = withoutPair(instance, edge);
  return mostPairs(rest, above, keptIn(rest, edge, choice, above)).count >= others;
}

/** The instance that is left when the pair is made beforehand: its places taken, and the pair gone. */
function withoutPair(instance: Instance, edge: number): Instance {
  const [i, j] = [instance.mentee[edge]!, instance.mentor[edge]!];
  const menteePlaces = instance.menteePlaces.slice();
  const mentorPlaces = instance.mentorPlaces.slice();
  menteePlaces[i]!--;
  mentorPlaces[j]!--;
  const others = (_: number, at: number) => at !== edge;
  return {
    ...instance,
    menteePlaces,
    mentorPlaces,
    menteeStart: instance.menteeStart.map((start, at) => (at > i ? start - 1 : start)),
    mentee: instance.mentee.filter(others),
    mentor: instance.mentor.filter(others),
    score: instance.score.filter(others),
    mentorStart: instance.mentorStart.map((start, at) => (at > j ? start - 1 : start)),
    mentorEdges: instance.mentorEdges
      .filter((other) => other !== edge)
      .map((other) => (other > edge ? other - 1 : other)),
  };
}

function keptIn(rest: Instance, without: number, from: Choice, least: number): Choice {
  const kept = emptyChoice(rest);
  for (let edge = 0; edge < rest.mentee.length; edge++) {
    const [i, j] = [rest.mentee[edge]!, rest.mentor[edge]!];
    if (!from.chosen[edge < without ? edge : edge + 1] || rest.score[edge]! < least) continue;
    if (kept.menteeFilled[i]! >= rest.menteePlaces[i]! || kept.mentorFilled[j]! >= rest.mentorPlaces[j]!) continue;
    kept.chosen[edge] = 1;
    kept.menteeFilled[i]!++;
    kept.mentorFilled[j]!++;
    kept.count++;
  }
  return kept;
}

/** By solving the round again beside the pair: what is given up and made then. */
function solvedWith(settled: Settled, edge: number): Exchange {
  const { instance, order, seed, ceiling, choice } = settled;
  const dissatisfaction = ceiling === undefined ? 'linear' : 'convex';
  const { chosen } = solve(withoutPair(instance, edge), order, seed, { dissatisfaction, ceiling }).choice;
  const given: number[] = [];
  const made: number[] = [];
  for (let other = 0; other < instance.mentee.length; other++) {
    if (other === edge) continue;
    const is = chosen[other < edge ? other : other - 1]!;
    if (is === choice.chosen[other]) continue;
    (is ? made : given).push(other);
  }
  return { given, made };
}

function pairCost(settled: Settled, edge: number, { given, made }: Exchange, isChain: boolean): PairCost {
  const { instance, ceiling } = settled;
  const { score } = instance;
  const all = [edge, ...made];
  const sum = (edges: readonly number[], of: (points: number) => number) =>
    edges.reduce((total, other) => total + of(score[other]!), 0);
  const lost = (of: (points: number) => number) => sum(given, of) - sum(all, of);
  const pairsLost = given.length - all.length;
  const floorNow = settled.floor;
  const floorThen = floorWith(settled, given, all);
  const keepsFloor = settled.order !== 'pairs-floor-total' || floorThen === floorNow;
  return {
    kind: 'costs',
    score: score[edge]!,
    pairsLost,
    pointsLost: lost((points) => points),
    floorNow,
    floorThen,
    ...(ceiling === undefined ? {} : { dissatisfactionAdded: lost((points) => -((ceiling - points) ** 2)) }),
    byLot: pairsLost === 0 && keepsFloor && lost((points) => weightOf(points, ceiling)) === 0,
    ...peopleMoved(settled, given, all),
    isChain,
  };
}

/** The lowest score of all pairs, pins too, with some given up and some made. */
function floorWith(settled: Settled, given: readonly number[], made: readonly number[]): number {
  const { score } = settled.instance;
  const lowestMade = made.reduce((lowest, edge) => Math.min(lowest, score[edge]!), Infinity);
  const kept = given.some((edge) => score[edge] === settled.floor)
    ? lowestScore(settled, new Set(given))
    : settled.floor;
  return kept === null ? lowestMade : Math.min(kept, lowestMade);
}

/** Moves by mentee in the order in which the exchange comes to them, who asks first; who loses all, who has a first. */
function peopleMoved(
  { instance, choice, pinned }: Settled,
  given: readonly number[],
  made: readonly number[],
): Pick<PairCost, 'moves' | 'leftOut' | 'broughtIn'> {
  const moves = new Map<number, { from: string[]; to: string[] }>();
  const moveOf = (edge: number) => {
    const i = instance.mentee[edge]!;
    const known = moves.get(i) ?? { from: [], to: [] };
    moves.set(i, known);
    return known;
  };
  moveOf(made[0]!);
  // Along a chain whoever lets go comes before whoever takes up; who takes a free place up gave nothing.
  given.forEach((edge) => moveOf(edge).from.push(instance.mentorIds[instance.mentor[edge]!]!));
  made.forEach((edge) => moveOf(edge).to.push(instance.mentorIds[instance.mentor[edge]!]!));
  const idOf = (i: number) => instance.menteeIds[i]!;
  const whoWould = (test: (now: number, then: number) => boolean) =>
    [...moves]
      .filter(([i, { from, to }]) => {
        const now = choice.menteeFilled[i]! + pinned.filter(({ mentee }) => mentee === idOf(i)).length;
        return test(now, now - from.length + to.length);
      })
      .map(([i]) => idOf(i))
      .sort((one, other) => (one < other ? -1 : 1));
  return {
    moves: [...moves].map(([i, { from, to }]) => ({ mentee: idOf(i), from, to })),
    leftOut: whoWould((now, then) => now > 0 && then === 0),
    broughtIn: whoWould((now, then) => now === 0 && then > 0),
  };
}

function positionOf(ids: readonly string[], id: string, side: 'mentee' | 'mentor'): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (ids[middle] === id) return middle;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle - 1;
  }
  const text = `${JSON.stringify(id)} is not among the ${side}s`;
  throw new AssignRefused(`${side}-unknown`, { list: 'pairs', index: 0, field: side }, text);
}
