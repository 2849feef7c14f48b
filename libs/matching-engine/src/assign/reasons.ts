import { LISTED_AT_MOST, type LeftOutReason, type Underfilled, type Unlock } from './assign-types.ts';
import { ExchangeGraph } from './exchanges.ts';
import type { Instance } from './instance.ts';
import { whoCompetes } from './most-pairs.ts';
import { shortfalls, type Shortfalls } from './shortfalls.ts';
import type { Solution } from './solve.ts';

export interface Reasons {
  readonly unmatched: { mentee: string; reason: LeftOutReason }[];
  readonly underfilled: Underfilled[];
  readonly unlocks: Unlock[];
}

/** Why each mentee without a pair has none, who has fewer than asked for, and where one more place would help. */
export function explain(instance: Instance, solution: Solution): Reasons {
  const { menteeIds, menteePlaces } = instance;
  const { menteeFilled } = solution.choice;
  const unmatched: Reasons['unmatched'] = [];
  const underfilled: Underfilled[] = [];
  const simple = menteeIds.map((_, i) => (menteeFilled[i] === 0 ? withoutRivals(instance, i) : undefined));
  const leftOut = [...menteeIds.keys()].filter((i) => menteeFilled[i] === 0 && wantsAndIsAllowed(instance, i));
  const isShort = menteeIds.some((_, i) => menteeFilled[i]! < menteePlaces[i]!);
  const graph = isShort ? new ExchangeGraph(instance, solution.choice, leftOut) : undefined;
  const short = leftOut.length > 0 ? shortfalls(instance, solution) : undefined;
  menteeIds.forEach((mentee, i) => {
    if (menteeFilled[i] === 0) {
      const reason = simple[i] ?? (graph && short && rivalry(instance, solution, graph, short, i));
      if (reason) unmatched.push({ mentee, reason });
    } else if (menteeFilled[i]! < menteePlaces[i]!) {
      underfilled.push({ mentee, pairs: menteeFilled[i]!, places: menteePlaces[i]! });
    }
  });
  const unlocks = graph && solution.order !== 'total' ? placesThatWouldHelp(instance, solution, graph) : [];
  return { unmatched, underfilled, unlocks };
}

function wantsAndIsAllowed({ menteePlaces, menteeStart }: Instance, i: number): boolean {
  return menteePlaces[i]! > 0 && menteeStart[i + 1]! > menteeStart[i]!;
}

function withoutRivals(instance: Instance, i: number): LeftOutReason | undefined {
  const { menteePlaces, menteeStart, mentor, mentorPlaces, mentorIds } = instance;
  if (menteePlaces[i] === 0) return { kind: 'asks-for-no-mentor' };
  const allowed = mentor.subarray(menteeStart[i]!, menteeStart[i + 1]!);
  if (allowed.length === 0) return { kind: 'no-allowed-mentor' };
  if (allowed.some((j) => mentorPlaces[j]! > 0)) return undefined;
  const mentors = Array.from(allowed.subarray(0, LISTED_AT_MOST), (j) => mentorIds[j]!);
  return { kind: 'mentors-have-no-places', mentorCount: allowed.length, mentors };
}

function rivalry(
  instance: Instance,
  solution: Solution,
  graph: ExchangeGraph,
  short: Shortfalls,
  i: number,
): LeftOutReason {
  const best = bestPairWithPlaces(instance, i);
  if (instance.score[best]! < solution.least) {
    const mentor = instance.mentorIds[instance.mentor[best]!]!;
    return { kind: 'below-floor', floor: solution.least, bestScore: instance.score[best]!, mentor };
  }
  const shortfall =
    short.pair[i]! < 0
      ? {}
      : {
          pointsShort: Math.ceil(short.loss[i]! / solution.scale),
          mentor: instance.mentorIds[instance.mentor[short.pair[i]!]!]!,
        };
  const reach = graph.reachOf(i, LISTED_AT_MOST);
  if (!reach.allFull) return { kind: 'lower-total', ...shortfall };
  const { menteeCount, wanted, placeCount, mentorCount } = reach;
  const mentors = reach.mentors.map((j) => instance.mentorIds[j]!);
  return { kind: 'competition', menteeCount, wanted, placeCount, mentorCount, mentors, ...shortfall };
}

function bestPairWithPlaces(instance: Instance, i: number): number {
  let best = -1;
  for (let edge = instance.menteeStart[i]!; edge < instance.menteeStart[i + 1]!; edge++) {
    if (instance.mentorPlaces[instance.mentor[edge]!] === 0) continue;
    if (best < 0 || instance.score[edge]! > instance.score[best]!) best = edge;
  }
  return best;
}

function placesThatWouldHelp(instance: Instance, solution: Solution, graph: ExchangeGraph): Unlock[] {
  // Over all allowed pairs, also under a floor: the number of pairs comes first.
  const competition =
    solution.competition && solution.order === 'pairs-total'
      ? solution.competition
      : whoCompetes(instance, solution.choice);
  const served = graph.servedBy(LISTED_AT_MOST);
  return instance.mentorIds.flatMap((mentor, j) =>
    competition.mentors[j]
      ? [{ mentor, servesCount: served.count[j]!, serves: served.first[j]!.map((i) => instance.menteeIds[i]!) }]
      : [],
  );
}
