import { weightOf } from './dissatisfaction.ts';
import { PriceHeap } from './price-heap.ts';
import type { Settled } from './settled.ts';

/** The steps of one exchange, in order: the pairs that are given up and those that are made, by edge. */
export interface Exchange {
  readonly given: readonly number[];
  readonly made: readonly number[];
}

/**
 * What can be exchanged in a settled round, as a graph (the residual network). A mentee leads to the mentors they
 * could take, a mentor to the mentees they have and could let go. A mentee who lets go of a pair without another
 * leads to `less`, from where someone else's free place can be taken up; a mentor with a free place leads to
 * `unused`, from where another mentor can let someone go instead.
 *
 * Steps cost what the prices leave of them, which is never negative; so the least exchange that closes a circle is a
 * shortest path, and what it costs is what the round loses (Ahuja, Magnanti and Orlin, Network Flows, chapter 9).
 */
export class Residual {
  private readonly settled: Settled;
  private readonly least: number;
  private readonly less: number;
  private readonly unused: number;
  private readonly mentees: number;

  /** Only pairs that score at least `least` can be taken up; below the floor the prices say nothing of the cost. */
  constructor(settled: Settled, least = settled.least) {
    this.settled = settled;
    this.least = least;
    this.mentees = settled.instance.menteeIds.length;
    this.less = this.mentees + settled.instance.mentorIds.length;
    this.unused = this.less + 1;
  }

  /**
   * The least exchange by which `mentor` makes room and `mentee` does too, apart from the pair of the two itself; of
   * those equally good, one with the fewest steps. Undefined where there is none. With `onePairLess` the round may
   * end with one pair fewer. O(pairs log people).
   */
  leastExchange(mentee: number, mentor: number, onePairLess: boolean): Exchange | undefined {
    const from = this.mentees + mentor;
    const distance = this.distances(from, mentee, onePairLess);
    if (distance[mentee] === Infinity) return undefined;
    return this.shortest(from, mentee, distance, onePairLess);
  }

  /** Whether some exchange, whatever it costs, makes room on both sides and keeps the number of pairs. O(pairs). */
  reaches(mentee: number, mentor: number): boolean {
    const seen = new Uint8Array(this.unused + 1);
    const stack = [this.mentees + mentor];
    seen[this.mentees + mentor] = 1;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node === mentee) return true;
      this.eachStep(node, false, (next) => {
        if (seen[next]) return;
        seen[next] = 1;
        stack.push(next);
      });
    }
    return false;
  }

  private distances(from: number, to: number, onePairLess: boolean): Float64Array {
    const distance = new Float64Array(this.unused + 1).fill(Infinity);
    const done = new Uint8Array(distance.length);
    const heap = new PriceHeap(distance);
    distance[from] = 0;
    heap.raise(from);
    const relax = (node: number, next: number) => {
      if (done[node] || next >= distance[node]! || next > distance[to]!) return;
      distance[node] = next;
      heap.raise(node);
    };
    while (heap.size > 0 && heap.leastKey() <= distance[to]!) {
      const node = heap.takeLeast();
      done[node] = 1;
      const base = distance[node]!;
      this.eachStep(node, onePairLess, (next, cost) => relax(next, base + cost));
    }
    return distance;
  }

  /** By breadth over the steps that keep to the distances, so that the fewest people move. */
  private shortest(from: number, to: number, distance: Float64Array, onePairLess: boolean): Exchange {
    const cameFrom = new Int32Array(distance.length).fill(-1);
    const cameBy = new Int32Array(distance.length).fill(-1);
    const queue = new Int32Array(distance.length);
    let tail = 0;
    queue[tail++] = from;
    cameFrom[from] = from;
    for (let head = 0; head < tail && cameFrom[to] === -1; head++) {
      const node = queue[head]!;
      const base = distance[node]!;
      this.eachStep(node, onePairLess, (next, cost, edge) => {
        if (cameFrom[next] !== -1 || base + cost !== distance[next]) return;
        cameFrom[next] = node;
        cameBy[next] = edge;
        queue[tail++] = next;
      });
    }
    const given: number[] = [];
    const made: number[] = [];
    for (let node = to; node !== from; node = cameFrom[node]!) {
      const edge = cameBy[node]!;
      if (edge >= 0) (node < this.mentees ? given : made).push(edge);
    }
    return { given: given.reverse(), made: made.reverse() };
  }

  /** `step(node, cost, edge)`, edge -1 where no pair is made or given up. */
  private eachStep(node: number, onePairLess: boolean, step: (next: number, cost: number, edge: number) => void): void {
    const { mentees, less, unused } = this;
    const { instance, choice, menteePrice, mentorPrice, order, pairPrice, scale, ceiling } = this.settled;
    const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
    const { chosen } = choice;
    if (node < mentees) {
      const own = pairPrice + menteePrice[node]!;
      for (let edge = menteeStart[node]!; edge < menteeStart[node + 1]!; edge++) {
        const points = score[edge]!;
        if (chosen[edge] || points < this.least) continue;
        const weight = scale > 1 ? scale * points + 1 : ceiling === undefined ? points : weightOf(points, ceiling);
        step(mentees + mentor[edge]!, own + mentorPrice[mentor[edge]!]! - weight, edge);
      }
      if (choice.menteeFilled[node]! > 0) step(less, menteePrice[node]!, -1);
    } else if (node < less) {
      const j = node - mentees;
      for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
        const edge = mentorEdges[at]!;
        if (chosen[edge]) step(mentee[edge]!, -costOf(this.settled, edge), edge);
      }
      if (choice.mentorFilled[j]! < mentorPlaces[j]!) step(unused, 0, -1);
    } else if (node === less) {
      for (let i = 0; i < mentees; i++) if (choice.menteeFilled[i]! < menteePlaces[i]!) step(i, 0, -1);
      if (onePairLess || order === 'total') step(unused, 0, -1);
    } else {
      for (let j = 0; j < mentorPlaces.length; j++) {
        if (choice.mentorFilled[j]! > 0) step(mentees + j, mentorPrice[j]!, -1);
      }
      // Without pairs first a pair more or fewer is one exchange among others.
      if (order === 'total') step(less, 0, -1);
    }
  }
}

/** What the prices leave of a pair's weight: not negative where the pair is usable and not chosen, not positive where chosen. */
export function costOf(settled: Settled, edge: number): number {
  const { instance, scale, ceiling, pairPrice, menteePrice, mentorPrice } = settled;
  const score = instance.score[edge]!;
  const weight = scale > 1 ? scale * score + 1 : weightOf(score, ceiling);
  return pairPrice + menteePrice[instance.mentee[edge]!]! + mentorPrice[instance.mentor[edge]!]! - weight;
}
