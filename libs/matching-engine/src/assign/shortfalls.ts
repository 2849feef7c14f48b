import { pointsFor } from './dissatisfaction.ts';
import type { Instance } from './instance.ts';
import { type Choice, emptyChoice, mostPairs } from './most-pairs.ts';
import { PriceHeap } from './price-heap.ts';
import { costOf } from './residual.ts';
import type { Settled } from './settled.ts';

/** By mentee without a pair: how many points they lack, and on which pair. */
export interface Shortfalls {
  /** The least whole number of points more, on one pair, at which a best result has the pair; Infinity: none would do. */
  readonly points: Float64Array;
  /** The pair by which they would come in with so many; -1 where there is none. */
  readonly pair: Int32Array;
}

/**
 * For all mentees without a pair at once. A pair comes in once it weighs as much more as the least exchange loses that
 * makes room for it: one Dijkstra backwards over what the prices leave of each step, from all who could give up a
 * pair. Under order `pairs-floor-total` the pair must reach the floor as well, unless with it the floor of all rises.
 * O(pairs log people), and for the floor a few augmenting paths.
 */
export function shortfalls(settled: Settled, leftOut: readonly number[]): Shortfalls {
  const { instance, scale, ceiling, least } = settled;
  const loss = lossByMentor(settled);
  const lifts = liftsFloor(settled);
  const points = new Float64Array(instance.menteeIds.length).fill(Infinity);
  const pair = new Int32Array(instance.menteeIds.length).fill(-1);
  for (const i of leftOut) {
    for (let edge = instance.menteeStart[i]!; edge < instance.menteeStart[i + 1]!; edge++) {
      const j = instance.mentor[edge]!;
      if (instance.mentorPlaces[j] === 0) continue;
      const score = instance.score[edge]!;
      const gain = Math.ceil((costOf(settled, edge) + loss[j]!) / scale);
      let lacking = Math.max(0, least - score, pointsFor(gain, score, ceiling) ?? Infinity);
      if (lifts?.mentees[i] && lifts.mentors[j] && !(least + 1 > (ceiling ?? Infinity)))
        lacking = Math.min(lacking, least + 1 - score);
      if (lacking >= points[i]!) continue;
      points[i] = lacking;
      pair[i] = edge;
    }
  }
  return { points, pair };
}

/** By mentor: the least that is lost where they let one mentee go, and somebody, perhaps another, has a pair fewer. */
function lossByMentor(settled: Settled): Float64Array {
  const { instance, choice, menteePrice, mentorPrice, order, least } = settled;
  const { menteeStart, mentorStart, mentorEdges, mentorPlaces, mentee, mentor, score } = instance;
  const mentees = instance.menteeIds.length;
  const unused = mentees + mentorPlaces.length;
  const distance = new Float64Array(unused + 1).fill(Infinity);
  const done = new Uint8Array(distance.length);
  const heap = new PriceHeap(distance);
  const relax = (node: number, next: number) => {
    if (done[node] || next >= distance[node]!) return;
    distance[node] = next;
    heap.raise(node);
  };
  for (let i = 0; i < mentees; i++) if (choice.menteeFilled[i]! > 0) relax(i, menteePrice[i]!);
  if (order === 'total') relax(unused, 0);
  while (heap.size > 0) {
    const node = heap.takeLeast();
    done[node] = 1;
    const base = distance[node]!;
    if (node < mentees) {
      for (let edge = menteeStart[node]!; edge < menteeStart[node + 1]!; edge++) {
        if (choice.chosen[edge]) relax(mentees + mentor[edge]!, base - costOf(settled, edge));
      }
    } else if (node < unused) {
      const j = node - mentees;
      for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
        const edge = mentorEdges[at]!;
        if (choice.chosen[edge] || done[mentee[edge]!] || score[edge]! < least) continue;
        relax(mentee[edge]!, base + costOf(settled, edge));
      }
      if (choice.mentorFilled[j]! > 0) relax(unused, base + mentorPrice[j]!);
    } else {
      for (let j = 0; j < mentorPlaces.length; j++) {
        if (choice.mentorFilled[j]! < mentorPlaces[j]!) relax(mentees + j, base);
      }
    }
  }
  return distance.subarray(mentees, unused);
}

interface Lifts {
  readonly mentees: Uint8Array;
  readonly mentors: Uint8Array;
}

/**
 * Order `pairs-floor-total`: a further pair above the floor, from such a mentee to such a mentor, would let everyone
 * score above it. Only where above the floor just one pair is missing: then it is any pair from whom a free place
 * reaches, by exchanges above the floor, to who reaches one.
 */
function liftsFloor({ instance, choice, least, aboveFloor }: Settled): Lifts | undefined {
  if (!aboveFloor || aboveFloor.pairsBound !== choice.count - 1) return undefined;
  const above = mostPairs(instance, least + 1, keptAbove(instance, choice, least + 1));
  return { mentees: aboveFloor.mentees, mentors: whoReachesFreePlaces(instance, above, least + 1) };
}

function keptAbove(instance: Instance, from: Choice, least: number): Choice {
  const kept = emptyChoice(instance);
  from.chosen.forEach((is, edge) => {
    if (!is || instance.score[edge]! < least) return;
    kept.chosen[edge] = 1;
    kept.menteeFilled[instance.mentee[edge]!]!++;
    kept.mentorFilled[instance.mentor[edge]!]!++;
    kept.count++;
  });
  return kept;
}

function whoReachesFreePlaces(instance: Instance, choice: Choice, least: number): Uint8Array {
  const { mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
  const mentors = new Uint8Array(mentorPlaces.length);
  const mentees = new Uint8Array(instance.menteeIds.length);
  const stack: number[] = [];
  for (let j = 0; j < mentorPlaces.length; j++) {
    if (choice.mentorFilled[j]! >= mentorPlaces[j]!) continue;
    mentors[j] = 1;
    stack.push(j);
  }
  for (let j = stack.pop(); j !== undefined; j = stack.pop()) {
    for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
      const edge = mentorEdges[at]!;
      const i = mentee[edge]!;
      if (choice.chosen[edge] || score[edge]! < least || mentees[i]) continue;
      mentees[i] = 1;
      for (let held = menteeStart[i]!; held < menteeStart[i + 1]!; held++) {
        if (!choice.chosen[held] || mentors[mentor[held]!]) continue;
        mentors[mentor[held]!] = 1;
        stack.push(mentor[held]!);
      }
    }
  }
  return mentors;
}
