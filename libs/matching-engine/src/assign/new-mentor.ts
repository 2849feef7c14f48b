import { LISTED_AT_MOST } from './assign-types.ts';
import { ExchangeGraph } from './exchanges.ts';
import type { Settled } from './settled.ts';

/** A mentor who might be won, with one place: the mentees whom the rules would allow them, by id. */
export interface NewMentor {
  /** Whatever the caller knows it by: a campus, a skill, a person. */
  readonly name: string;
  readonly mentees: readonly string[];
}

/** What one more mentor with one place would do for those without a pair. */
export interface NewMentorServes {
  readonly name: string;
  /** Whether the number of pairs rises, by one. */
  readonly addsPair: boolean;
  /** Mentees without a pair of whom any one could then have one, everyone else keeping as many as now. */
  readonly servesCount: number;
  /** The first of them by id, at most `LISTED_AT_MOST`. */
  readonly serves: readonly string[];
}

/**
 * What each of several mentors, who do not take part, would do for the round if they alone did: who of those without a
 * pair could then be served, also through others changing over to the new mentor. Those who have no allowed mentor at
 * all are counted where the new one is allowed. Most served first; equal ones in the order given.
 *
 * Empty under order `total`, which does not seek the most pairs. Mentees who are not in the round are passed over.
 * O(pairs + (arcs between groups who can exchange + mentees listed) * left out / 32).
 */
export function servedByNewMentor(settled: Settled, mentors: readonly NewMentor[]): NewMentorServes[] {
  const { instance, choice, order, competition, pinned } = settled;
  if (order === 'total' || !competition) return [];
  const isPinned = new Set(pinned.map(({ mentee }) => mentee));
  const waiting: number[] = [];
  instance.menteeIds.forEach((id, i) => {
    if (choice.menteeFilled[i] === 0 && instance.menteePlaces[i]! > 0 && !isPinned.has(id)) waiting.push(i);
  });
  const positionOf = new Map(instance.menteeIds.map((id, at) => [id, at]));
  const start = new Int32Array(mentors.length + 1);
  const node: number[] = [];
  const adds = mentors.map(({ mentees }, at) => {
    let addsPair = false;
    for (const id of mentees) {
      const i = positionOf.get(id);
      if (i === undefined || instance.menteePlaces[i] === 0) continue;
      node.push(i);
      if (competition.mentees[i]) addsPair = true;
    }
    start[at + 1] = node.length;
    return addsPair;
  });
  const graph = new ExchangeGraph(instance, choice);
  const served = graph.servedByAny({ start, node: Int32Array.from(node) }, waiting, LISTED_AT_MOST);
  return mentors
    .map(({ name }, at) => ({
      name,
      addsPair: adds[at]!,
      servesCount: served.count[at]!,
      serves: served.first[at]!.map((i) => instance.menteeIds[i]!),
    }))
    .sort((one, other) => other.servesCount - one.servesCount);
}
