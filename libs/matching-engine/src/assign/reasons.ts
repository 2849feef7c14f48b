import { LISTED_AT_MOST, type LeftOutReason, type Underfilled, type Unlock } from './assign-types.ts';
import { ExchangeGraph } from './exchanges.ts';
import type { Instance } from './instance.ts';
import { ReachSets } from './reach-sets.ts';
import type { Settled } from './settled.ts';
import { shortfalls, type Shortfalls } from './shortfalls.ts';

export interface Reasons {
  readonly unmatched: { mentee: string; reason: LeftOutReason }[];
  readonly underfilled: Underfilled[];
  readonly unlocks: Unlock[];
}

/** Why each mentee without a pair has none, who has fewer than asked for, and where one more place would help. */
export function explain(settled: Settled): Reasons {
  const { instance, pinned } = settled;
  const { menteeIds, menteePlaces } = instance;
  const { menteeFilled } = settled.choice;
  const unmatched: Reasons['unmatched'] = [];
  const underfilled: Underfilled[] = [];
  const simple = menteeIds.map((_, i) => (menteeFilled[i] === 0 ? withoutRivals(settled, i) : undefined));
  const leftOut = [...menteeIds.keys()].filter((i) => menteeFilled[i] === 0 && wantsAndIsAllowed(instance, i));
  const isShort = menteeIds.some((_, i) => menteeFilled[i]! < menteePlaces[i]!);
  const graph = isShort ? new ExchangeGraph(instance, settled.choice) : undefined;
  const rivals = graph && new ReachSets(graph, leftOut, LISTED_AT_MOST);
  const short = leftOut.length > 0 ? shortfalls(settled, leftOut) : undefined;
  menteeIds.forEach((mentee, i) => {
    if (menteeFilled[i] === 0) {
      const reason = simple[i] ?? (rivals && short && rivalry(settled, rivals, short, i));
      if (reason) unmatched.push({ mentee, reason });
    } else if (menteeFilled[i]! < menteePlaces[i]!) {
      underfilled.push({ mentee, pairs: menteeFilled[i]!, places: menteePlaces[i]! });
    }
  });
  // Whoever is pinned has a pair, and may still compete for another.
  const hasPin = new Set(pinned.map(({ mentee }) => mentee));
  const alone = leftOut.filter((i) => !hasPin.has(menteeIds[i]!));
  const unlocks = graph && settled.order !== 'total' ? placesThatWouldHelp(settled, graph, alone) : [];
  return { unmatched, underfilled, unlocks };
}

function wantsAndIsAllowed({ menteePlaces, menteeStart }: Instance, i: number): boolean {
  return menteePlaces[i]! > 0 && menteeStart[i + 1]! > menteeStart[i]!;
}

function withoutRivals({ instance, pinned }: Settled, i: number): LeftOutReason | undefined {
  const { menteePlaces, menteeStart, mentor, mentorPlaces, mentorIds } = instance;
  if (menteePlaces[i] === 0) return { kind: 'asks-for-no-mentor' };
  const allowed = mentor.subarray(menteeStart[i]!, menteeStart[i + 1]!);
  if (allowed.length === 0) return { kind: 'no-allowed-mentor' };
  if (allowed.some((j) => mentorPlaces[j]! > 0)) return undefined;
  const mentors = Array.from(allowed.subarray(0, LISTED_AT_MOST), (j) => mentorIds[j]!);
  const taken = new Set(pinned.map(({ mentor: id }) => id));
  const takenByPins = allowed.filter((j) => taken.has(mentorIds[j]!)).length;
  return {
    kind: 'mentors-have-no-places',
    mentorCount: allowed.length,
    mentors,
    ...(takenByPins > 0 ? { takenByPins } : {}),
  };
}

function rivalry(settled: Settled, rivals: ReachSets, short: Shortfalls, i: number): LeftOutReason {
  const { instance, least } = settled;
  const best = bestPairWithPlaces(instance, i);
  const nearest =
    short.pair[i]! < 0
      ? undefined
      : { pointsShort: short.points[i]!, mentor: instance.mentorIds[instance.mentor[short.pair[i]!]!]! };
  if (instance.score[best]! < least) {
    const mentor = instance.mentorIds[instance.mentor[best]!]!;
    return {
      kind: 'below-floor',
      floor: least,
      bestScore: instance.score[best]!,
      mentor,
      ...(nearest ? { nearest } : {}),
    };
  }
  const reach = rivals.of(i);
  if (!reach) return { kind: 'lower-total', ...nearest };
  const { menteeCount, wanted, placeCount, mentorCount } = reach;
  const mentors = reach.mentors.map((j) => instance.mentorIds[j]!);
  return { kind: 'competition', menteeCount, wanted, placeCount, mentorCount, mentors, ...nearest };
}

function bestPairWithPlaces(instance: Instance, i: number): number {
  let best = -1;
  for (let edge = instance.menteeStart[i]!; edge < instance.menteeStart[i + 1]!; edge++) {
    if (instance.mentorPlaces[instance.mentor[edge]!] === 0) continue;
    if (best < 0 || instance.score[edge]! > instance.score[best]!) best = edge;
  }
  return best;
}

function placesThatWouldHelp(
  { instance, competition }: Settled,
  graph: ExchangeGraph,
  leftOut: readonly number[],
): Unlock[] {
  const served = graph.servedBy(leftOut, LISTED_AT_MOST);
  return instance.mentorIds.flatMap((mentor, j) =>
    competition?.mentors[j]
      ? [{ mentor, servesCount: served.count[j]!, serves: served.first[j]!.map((i) => instance.menteeIds[i]!) }]
      : [],
  );
}
