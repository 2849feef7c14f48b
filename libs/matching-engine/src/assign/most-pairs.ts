import type { Instance } from './instance.ts';

/** A choice of pairs: by edge, and how many each person has. */
export interface Choice {
  readonly chosen: Uint8Array;
  readonly menteeFilled: Int32Array;
  readonly mentorFilled: Int32Array;
  count: number;
}

export function emptyChoice(instance: Instance): Choice {
  return {
    chosen: new Uint8Array(instance.mentee.length),
    menteeFilled: new Int32Array(instance.menteeIds.length),
    mentorFilled: new Int32Array(instance.mentorIds.length),
    count: 0,
  };
}

/**
 * The most pairs that places on both sides allow, using only pairs that score at least `least`.
 *
 * Hopcroft and Karp (SIAM J. Comput. 2, 1973) with places, which is Dinic's method on unit edges: layers from all
 * free places of one side at once, then a maximal set of shortest alternating paths. O(pairs * sqrt(people)). The
 * search starts from the side that has fewer places free.
 * `from`, where given, must be a valid choice; it is grown in place.
 */
export function mostPairs(instance: Instance, least = 0, from: Choice = emptyChoice(instance)): Choice {
  takeFreePlaces(instance, least, from);
  const fromMentees = freePlaces(instance.menteePlaces, from.menteeFilled, instance.menteeStart);
  const fromMentors = freePlaces(instance.mentorPlaces, from.mentorFilled, instance.mentorStart);
  if (fromMentees === 0 || fromMentors === 0) return from;
  const search = new LayeredSearch(instance, least, from, fromMentees <= fromMentors);
  while (search.layOut()) search.augmentAll();
  return from;
}

function takeFreePlaces(instance: Instance, least: number, choice: Choice): void {
  const { menteeStart, mentor, score, menteePlaces, mentorPlaces } = instance;
  const { chosen, menteeFilled, mentorFilled } = choice;
  let count = choice.count;
  for (let mentee = 0; mentee < menteePlaces.length; mentee++) {
    let lacks = menteePlaces[mentee]! - menteeFilled[mentee]!;
    const start = menteeStart[mentee]!;
    const end = menteeStart[mentee + 1]!;
    // From another place in each row, lest all ask the same mentors first.
    let edge = start + ((97 * mentee) % Math.max(1, end - start));
    for (let left = end - start; left > 0 && lacks > 0; left--, edge = edge + 1 < end ? edge + 1 : start) {
      const other = mentor[edge]!;
      if (mentorFilled[other]! >= mentorPlaces[other]! || chosen[edge] || score[edge]! < least) continue;
      chosen[edge] = 1;
      lacks--;
      menteeFilled[mentee]!++;
      mentorFilled[other]!++;
      count++;
    }
  }
  choice.count = count;
}

/** Places that are free, of those that there are pairs for. */
function freePlaces(places: Int32Array, filled: Int32Array, start: Int32Array): number {
  let free = 0;
  for (let at = 0; at < places.length; at++) {
    free += Math.min(places[at]!, start[at + 1]! - start[at]!) - filled[at]!;
  }
  return free;
}

/** One side of the round as the search sees it. */
interface Side {
  readonly start: Int32Array;
  /** Edges of this side's people, from `start`; undefined where the edges themselves are in this order. */
  readonly edges: Int32Array | undefined;
  /** This side's person by edge. */
  readonly person: Int32Array;
  readonly places: Int32Array;
  readonly filled: Int32Array;
}

function sides(instance: Instance, choice: Choice): { mentees: Side; mentors: Side } {
  const { menteeStart, mentorStart, mentorEdges, mentee, mentor, menteePlaces, mentorPlaces } = instance;
  return {
    mentees: {
      start: menteeStart,
      edges: undefined,
      person: mentee,
      places: menteePlaces,
      filled: choice.menteeFilled,
    },
    mentors: {
      start: mentorStart,
      edges: mentorEdges,
      person: mentor,
      places: mentorPlaces,
      filled: choice.mentorFilled,
    },
  };
}

/** The chosen edges of each person of one side: `edges[start[x] ...]`, `filled[x]` of them. */
interface Held {
  readonly start: Int32Array;
  readonly edges: Int32Array;
}

function heldBy({ person, places, filled, start }: Side, chosen: Uint8Array): Held {
  const heldStart = new Int32Array(places.length + 1);
  for (let at = 0; at < places.length; at++) {
    const most = Math.min(places[at]!, start[at + 1]! - start[at]!);
    heldStart[at + 1] = heldStart[at]! + Math.max(most, filled[at]!);
  }
  const edges = new Int32Array(heldStart[places.length]!);
  const next = heldStart.slice(0, places.length);
  for (let edge = 0; edge < chosen.length; edge++) {
    if (chosen[edge]) edges[next[person[edge]!]!++] = edge;
  }
  return { start: heldStart, edges };
}

/** Searches from people of side A with free places, over edges not chosen to side B, and back over chosen ones. */
class LayeredSearch {
  private readonly least: number;
  private readonly score: Int32Array;
  private readonly choice: Choice;
  private readonly a: Side;
  private readonly b: Side;
  private readonly held: Held;
  private readonly layerA: Int32Array;
  private readonly layerB: Int32Array;
  private readonly nextA: Int32Array;
  private readonly nextB: Int32Array;
  private readonly queue: Int32Array;
  private readonly pathEdge: Int32Array;
  private readonly pathSlot: Int32Array;

  constructor(instance: Instance, least: number, choice: Choice, fromMentees: boolean) {
    const { mentees, mentors } = sides(instance, choice);
    this.least = least;
    this.score = instance.score;
    this.choice = choice;
    this.a = fromMentees ? mentees : mentors;
    this.b = fromMentees ? mentors : mentees;
    this.held = heldBy(this.b, choice.chosen);
    const [sizeA, sizeB] = [this.a.places.length, this.b.places.length];
    this.layerA = new Int32Array(sizeA);
    this.layerB = new Int32Array(sizeB);
    this.nextA = new Int32Array(sizeA);
    this.nextB = new Int32Array(sizeB);
    this.queue = new Int32Array(sizeA);
    this.pathEdge = new Int32Array(sizeA + 1);
    this.pathSlot = new Int32Array(sizeA + 1);
  }

  /** Layers by breadth; false if nobody of side B with a free place can be reached. */
  layOut(): boolean {
    const { layerA, layerB, queue, least, score, a, b, held } = this;
    const { chosen } = this.choice;
    layerB.fill(-1);
    let tail = 0;
    for (let i = 0; i < a.places.length; i++) {
      const free = a.filled[i]! < a.places[i]!;
      layerA[i] = free ? 0 : -1;
      if (free) queue[tail++] = i;
    }
    let reachedLayer = Infinity;
    for (let head = 0; head < tail; head++) {
      const i = queue[head]!;
      const layer = layerA[i]! + 1;
      if (layer > reachedLayer) break;
      for (let at = a.start[i]!, end = a.start[i + 1]!; at < end; at++) {
        const edge = a.edges ? a.edges[at]! : at;
        const j = b.person[edge]!;
        if (layerB[j] !== -1 || score[edge]! < least || chosen[edge]) continue;
        layerB[j] = layer;
        if (b.filled[j]! < b.places[j]!) {
          reachedLayer = layer;
          continue;
        }
        for (let slot = held.start[j]!, last = slot + b.filled[j]!; slot < last; slot++) {
          const holder = a.person[held.edges[slot]!]!;
          if (layerA[holder] !== -1) continue;
          layerA[holder] = layer + 1;
          queue[tail++] = holder;
        }
      }
    }
    return reachedLayer !== Infinity;
  }

  augmentAll(): void {
    const { a, nextA, nextB, layerA } = this;
    nextA.set(a.start.subarray(0, nextA.length));
    nextB.fill(0);
    for (let i = 0; i < layerA.length; i++) {
      if (layerA[i] !== 0) continue;
      while (a.filled[i]! < a.places[i]! && this.augment(i));
    }
  }

  /** One path from `source`, by depth, without recursion; each edge is looked at once a phase. */
  private augment(source: number): boolean {
    const { nextA, nextB, layerA, layerB, least, score, a, b, held, pathEdge, pathSlot } = this;
    const { chosen } = this.choice;
    let depth = 0;
    let i = source;
    for (;;) {
      let onward = -1;
      const end = a.start[i + 1]!;
      while (nextA[i]! < end) {
        const at = nextA[i]!;
        const edge = a.edges ? a.edges[at]! : at;
        const j = b.person[edge]!;
        if (layerB[j] === layerA[i]! + 1 && score[edge]! >= least && !chosen[edge]) {
          pathEdge[depth] = edge;
          if (b.filled[j]! < b.places[j]!) {
            this.flip(source, j, depth);
            return true;
          }
          while (nextB[j]! < b.filled[j]!) {
            const slot = held.start[j]! + nextB[j]!;
            if (layerA[a.person[held.edges[slot]!]!] === layerB[j]! + 1) {
              onward = slot;
              break;
            }
            nextB[j]!++;
          }
          if (onward >= 0) break;
        }
        nextA[i]!++;
      }
      if (onward >= 0) {
        pathSlot[depth++] = onward;
        i = a.person[held.edges[onward]!]!;
      } else if (depth === 0) {
        return false;
      } else {
        depth--;
        nextB[b.person[pathEdge[depth]!]!]!++;
        i = a.person[pathEdge[depth]!]!;
      }
    }
  }

  /** Whoever is full on the path keeps the slot and changes the edge; the last one gains a slot. */
  private flip(source: number, target: number, depth: number): void {
    const { held, pathEdge, pathSlot, a, b } = this;
    const { chosen } = this.choice;
    for (let step = 0; step < depth; step++) {
      const slot = pathSlot[step]!;
      chosen[held.edges[slot]!] = 0;
      held.edges[slot] = pathEdge[step]!;
    }
    for (let step = 0; step <= depth; step++) chosen[pathEdge[step]!] = 1;
    held.edges[held.start[target]! + b.filled[target]!++] = pathEdge[depth]!;
    a.filled[source]!++;
    this.choice.count++;
  }
}

/** Who competes: mentees with free places, and all whom alternating paths from them reach. */
export interface Competition {
  readonly mentees: Uint8Array;
  readonly mentors: Uint8Array;
  /** The most pairs possible, as the cut between those reached and the rest adds it up. */
  readonly pairsBound: number;
}

/**
 * The Dulmage and Mendelsohn part in which mentees compete for too few places (Canad. J. Math. 10, 1958), from a
 * choice with the most pairs: there every mentor is full, and elsewhere every mentee is. O(pairs).
 */
export function whoCompetes(instance: Instance, choice: Choice, least = 0): Competition {
  const { menteePlaces, mentorPlaces, menteeStart, mentee, mentor, score } = instance;
  const { chosen, menteeFilled, mentorFilled } = choice;
  const mentees = new Uint8Array(menteePlaces.length);
  const mentors = new Uint8Array(mentorPlaces.length);
  const stack = new Int32Array(menteePlaces.length);
  let depth = 0;
  for (let i = 0; i < menteePlaces.length; i++) {
    if (menteeFilled[i]! >= menteePlaces[i]!) continue;
    mentees[i] = 1;
    stack[depth++] = i;
  }
  // Once every mentor is reached there is nobody else to find.
  let unreached = mentors.length;
  if (depth > 0) {
    const held = heldBy(sides(instance, choice).mentors, chosen);
    while (depth > 0 && unreached > 0) {
      const i = stack[--depth]!;
      for (let edge = menteeStart[i]!, end = menteeStart[i + 1]!; edge < end; edge++) {
        const j = mentor[edge]!;
        if (mentors[j] || score[edge]! < least || chosen[edge]) continue;
        mentors[j] = 1;
        unreached--;
        for (let slot = held.start[j]!, last = slot + mentorFilled[j]!; slot < last; slot++) {
          const holder = mentee[held.edges[slot]!]!;
          if (mentees[holder]) continue;
          mentees[holder] = 1;
          stack[depth++] = holder;
        }
      }
    }
  }
  // Of the pairs across the cut all are chosen, else their mentors would have been reached.
  let pairsBound = placesAcross(instance, mentees, mentors);
  for (let i = 0; i < mentees.length; i++) {
    if (!mentees[i] || menteeFilled[i] === 0) continue;
    for (let edge = menteeStart[i]!, end = menteeStart[i + 1]!; edge < end; edge++) {
      if (chosen[edge] && !mentors[mentor[edge]!]) pairsBound++;
    }
  }
  return { mentees, mentors, pairsBound };
}

/** Places of mentees outside the cut, places of mentors inside, and pairs from mentees inside to mentors outside. */
export function cutValue(instance: Instance, mentees: Uint8Array, mentors: Uint8Array, least: number): number {
  let value = placesAcross(instance, mentees, mentors);
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    if (instance.score[edge]! >= least && mentees[instance.mentee[edge]!] && !mentors[instance.mentor[edge]!]) value++;
  }
  return value;
}

function placesAcross({ menteePlaces, mentorPlaces }: Instance, mentees: Uint8Array, mentors: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < mentees.length; i++) if (!mentees[i]) value += menteePlaces[i]!;
  for (let j = 0; j < mentors.length; j++) if (mentors[j]) value += mentorPlaces[j]!;
  return value;
}
