import { type Components, type Digraph, digraph, stronglyConnected } from './components.ts';
import type { Instance } from './instance.ts';
import type { Choice } from './most-pairs.ts';

/** Left-out mentees whose reach is carried at once, 32 to a word. */
const WORDS = 16;

/** Who can exchange among themselves, and who leads to whom. */
export interface ExchangeGroups {
  readonly instance: Instance;
  readonly choice: Choice;
  /** Nodes: mentees, then mentors. */
  readonly components: Components;
  readonly condensed: Digraph;
  readonly members: Digraph;
}

/**
 * Who could take whose place: mentees lead to mentors they are allowed but do not have, mentors to the mentees they
 * have. Groups that can exchange among themselves (strong components) are taken as one.
 */
export class ExchangeGraph implements ExchangeGroups {
  readonly instance: Instance;
  readonly choice: Choice;
  readonly components: Components;
  readonly condensed: Digraph;
  readonly members: Digraph;

  constructor(instance: Instance, choice: Choice) {
    this.instance = instance;
    this.choice = choice;
    const mentees = instance.menteeIds.length;
    const nodes = mentees + instance.mentorIds.length;
    const graph = digraph(nodes, (arc) => {
      for (let edge = 0; edge < choice.chosen.length; edge++) {
        const j = instance.mentor[edge]!;
        if (choice.chosen[edge]) arc(mentees + j, instance.mentee[edge]!);
        else arc(instance.mentee[edge]!, mentees + j);
      }
    });
    this.components = stronglyConnected(graph);
    const { of, count } = this.components;
    this.members = digraph(count, (arc) => of.forEach((component, node) => arc(component, node)));
    this.condensed = condense(graph, this.components, this.members);
  }

  /** By mentor, who of those left out could be served if that mentor had one more place; see `servedByAny`. */
  servedBy(leftOut: readonly number[], listAtMost: number): Served {
    const mentees = this.instance.menteeIds.length;
    const mentors = this.instance.mentorIds.length;
    return this.servedByAny(
      {
        start: Int32Array.from({ length: mentors + 1 }, (_, j) => j),
        node: Int32Array.from({ length: mentors }, (_, j) => mentees + j),
      },
      leftOut,
      listAtMost,
    );
  }

  /**
   * By set of nodes (mentees first, then mentors), which of `waiting` reach one of them by exchanges: how many, and
   * the first few by position. Bit sets carried along the condensed graph, O((arcs + nodes in sets) * waiting / 32).
   */
  servedByAny(sets: NodeSets, waiting: readonly number[], listAtMost: number): Served {
    const { of, count: components } = this.components;
    const { start, target } = this.condensed;
    const setCount = sets.start.length - 1;
    const count = new Int32Array(setCount);
    const first: number[][] = Array.from({ length: setCount }, () => []);
    const bits = new Int32Array(components * WORDS);
    const reached = new Int32Array(WORDS);
    for (let from = 0; from < waiting.length; from += 32 * WORDS) {
      const batch = waiting.slice(from, from + 32 * WORDS);
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
      for (let set = 0; set < setCount; set++) {
        reached.fill(0);
        for (let at = sets.start[set]!; at < sets.start[set + 1]!; at++) {
          const base = of[sets.node[at]!]! * WORDS;
          for (let word = 0; word < WORDS; word++) reached[word]! |= bits[base + word]!;
        }
        for (let word = 0; word < WORDS; word++) {
          const own = reached[word]!;
          if (own === 0) continue;
          count[set]! += bitsIn(own);
          for (let left = own; left !== 0 && first[set]!.length < listAtMost; left &= left - 1) {
            first[set]!.push(batch[32 * word + 31 - Math.clz32(left & -left)]!);
          }
        }
      }
    }
    return { count, first };
  }
}

/** Sets of nodes in compressed rows. */
export interface NodeSets {
  readonly start: Int32Array;
  readonly node: Int32Array;
}

/** By set: how many are served, and the first few by position. */
export interface Served {
  readonly count: Int32Array;
  readonly first: readonly (readonly number[])[];
}

function bitsIn(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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
