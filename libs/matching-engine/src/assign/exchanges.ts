import { type Components, type Digraph, digraph, stronglyConnected } from './components.ts';
import type { Instance } from './instance.ts';
import type { Choice } from './most-pairs.ts';

/** Steps that the search for reach sets may take before it settles for one larger, still true, set for all. */
const STEP_BUDGET = 40_000_000;
/** Left-out mentees whose reach is carried at once, 32 to a word. */
const WORDS = 16;

/** Mentees who compete with each other for the same full mentors. */
export interface ReachSet {
  readonly menteeCount: number;
  readonly wanted: number;
  readonly placeCount: number;
  readonly mentorCount: number;
  /** The first mentors by position, at most as many as asked for. */
  readonly mentors: readonly number[];
  /** False if some mentor in the set has a free place: then it is no proof of scarcity. */
  readonly allFull: boolean;
}

/**
 * Who could take whose place: mentees lead to mentors they are allowed but do not have, mentors to the mentees they
 * have. Groups that can exchange among themselves (strong components) are taken as one.
 */
export class ExchangeGraph {
  private readonly instance: Instance;
  private readonly choice: Choice;
  private readonly components: Components;
  private readonly condensed: Digraph;
  private readonly members: Digraph;
  private readonly setByEntry = new Map<string, ReachSet>();
  private readonly seen: Int32Array;
  private readonly leftOut: readonly number[];
  private stamp = 0;
  private stepsLeft = STEP_BUDGET;
  private largest: ReachSet | undefined;

  /** `leftOut`: the mentees, by position, who want a pair, are allowed some and have none. */
  constructor(instance: Instance, choice: Choice, leftOut: readonly number[]) {
    this.instance = instance;
    this.choice = choice;
    this.leftOut = leftOut;
    const mentees = instance.menteeIds.length;
    const nodes = mentees + instance.mentorIds.length;
    const graph = digraph(nodes, (arc) => {
      for (let edge = 0; edge < choice.chosen.length; edge++) {
        if (choice.chosen[edge]) arc(mentees + instance.mentor[edge]!, instance.mentee[edge]!);
        else arc(instance.mentee[edge]!, mentees + instance.mentor[edge]!);
      }
    });
    this.components = stronglyConnected(graph);
    const { of, count } = this.components;
    this.members = digraph(count, (arc) => of.forEach((component, node) => arc(component, node)));
    this.condensed = condense(graph, this.components, this.members);
    this.seen = new Int32Array(count);
  }

  /**
   * All whom left-out mentee `mentee` could set in motion, and with them the left-out who could move nobody else.
   * No one in the set is allowed a mentor outside it.
   */
  reachOf(mentee: number, listAtMost: number): ReachSet {
    const entries = this.entriesOf(mentee);
    const key = entries.toSorted().join(' ');
    const known = this.setByEntry.get(key);
    if (known) return known;
    if (this.stepsLeft < 0) {
      this.largest ??= this.gather(
        this.leftOut.map((other) => this.entriesOf(other)),
        listAtMost,
      );
      return this.largest;
    }
    const found = this.gather([entries], listAtMost);
    this.setByEntry.set(key, found);
    return found;
  }

  private entriesOf(mentee: number): Int32Array {
    const { start, target } = this.condensed;
    const own = this.components.of[mentee]!;
    return target.subarray(start[own]!, start[own + 1]!);
  }

  private gather(entries: readonly Int32Array[], listAtMost: number): ReachSet {
    const { instance, choice, seen } = this;
    const { start, target } = this.condensed;
    const mentees = instance.menteeIds.length;
    const stamp = ++this.stamp;
    const stack: number[] = [];
    const mentors: number[] = [];
    const sum = { menteeCount: 0, wanted: 0, placeCount: 0, allFull: true };
    const visit = (component: number) => {
      if (seen[component] === stamp) return;
      seen[component] = stamp;
      stack.push(component);
    };
    entries.forEach((some) => some.forEach(visit));
    for (let component = stack.pop(); component !== undefined; component = stack.pop()) {
      for (let at = this.members.start[component]!; at < this.members.start[component + 1]!; at++) {
        const node = this.members.target[at]!;
        if (node < mentees) {
          sum.menteeCount++;
          sum.wanted += instance.menteePlaces[node]! - choice.menteeFilled[node]!;
        } else {
          const places = instance.mentorPlaces[node - mentees]!;
          sum.placeCount += places;
          if (choice.mentorFilled[node - mentees]! < places) sum.allFull = false;
          mentors.push(node - mentees);
        }
      }
      for (let at = start[component]!; at < start[component + 1]!; at++) visit(target[at]!);
      this.stepsLeft -= start[component + 1]! - start[component]!;
    }
    for (const mentee of this.leftOut) {
      const own = this.entriesOf(mentee);
      this.stepsLeft -= own.length;
      if (!own.every((component) => seen[component] === stamp)) continue;
      sum.menteeCount++;
      sum.wanted += instance.menteePlaces[mentee]!;
    }
    mentors.sort((a, b) => a - b);
    // Every place in the set is held from within it, so what its mentees want of it is that plus what they lack.
    return {
      ...sum,
      wanted: sum.wanted + sum.placeCount,
      mentorCount: mentors.length,
      mentors: mentors.slice(0, listAtMost),
    };
  }

  /**
   * By mentor, which of the left-out could be served if that mentor had one more place: how many, and the first few
   * by position. Bit sets carried along the condensed graph, O(arcs * left-out / 32).
   */
  servedBy(listAtMost: number): { count: Int32Array; first: number[][] } {
    const { of, count: components } = this.components;
    const { start, target } = this.condensed;
    const menteeTotal = this.instance.menteeIds.length;
    const mentorTotal = this.instance.mentorIds.length;
    const count = new Int32Array(mentorTotal);
    const first: number[][] = Array.from({ length: mentorTotal }, () => []);
    const bits = new Int32Array(components * WORDS);
    for (let from = 0; from < this.leftOut.length; from += 32 * WORDS) {
      const batch = this.leftOut.slice(from, from + 32 * WORDS);
      bits.fill(0);
      batch.forEach((mentee, at) => (bits[of[mentee]! * WORDS + (at >> 5)]! |= 1 << (at & 31)));
      for (let component = components - 1; component >= 0; component--) {
        const base = component * WORDS;
        if (!hasBits(bits, base)) continue;
        for (let at = start[component]!; at < start[component + 1]!; at++) {
          const to = target[at]! * WORDS;
          for (let word = 0; word < WORDS; word++) bits[to + word]! |= bits[base + word]!;
        }
      }
      for (let mentor = 0; mentor < mentorTotal; mentor++) {
        const base = of[menteeTotal + mentor]! * WORDS;
        for (let word = 0; word < WORDS; word++) {
          for (let left = bits[base + word]!; left !== 0; left &= left - 1) {
            count[mentor]!++;
            if (first[mentor]!.length >= listAtMost) continue;
            first[mentor]!.push(batch[32 * word + 31 - Math.clz32(left & -left)]!);
          }
        }
      }
    }
    return { count, first };
  }
}

function hasBits(bits: Int32Array, base: number): boolean {
  for (let word = 0; word < WORDS; word++) if (bits[base + word] !== 0) return true;
  return false;
}

/** One arc at most between two components. */
function condense(graph: Digraph, components: Components, members: Digraph): Digraph {
  const seenFrom = new Int32Array(components.count);
  let sweep = 0;
  return digraph(components.count, (arc) => {
    for (let component = 0; component < components.count; component++) {
      sweep++;
      for (let at = members.start[component]!; at < members.start[component + 1]!; at++) {
        const node = members.target[at]!;
        for (let next = graph.start[node]!; next < graph.start[node + 1]!; next++) {
          const to = components.of[graph.target[next]!]!;
          if (to === component || seenFrom[to] === sweep) continue;
          seenFrom[to] = sweep;
          arc(component, to);
        }
      }
    }
  });
}
