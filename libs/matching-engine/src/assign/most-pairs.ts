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
 * mentees with free places at once, then a maximal set of shortest alternating paths. O(pairs * sqrt(people)).
 * `from`, where given, must be a valid choice; it is grown in place.
 */
export function mostPairs(instance: Instance, least = 0, from: Choice = emptyChoice(instance)): Choice {
  takeFreePlaces(instance, least, from);
  const search = new LayeredSearch(instance, least, from);
  while (search.layOut()) search.augmentAll();
  return from;
}

function takeFreePlaces(instance: Instance, least: number, choice: Choice): void {
  const { menteeStart, mentor, score, menteePlaces, mentorPlaces } = instance;
  const { chosen, menteeFilled, mentorFilled } = choice;
  for (let mentee = 0; mentee < menteePlaces.length; mentee++) {
    for (let edge = menteeStart[mentee]!; edge < menteeStart[mentee + 1]!; edge++) {
      if (menteeFilled[mentee]! >= menteePlaces[mentee]!) break;
      const other = mentor[edge]!;
      if (chosen[edge] || score[edge]! < least || mentorFilled[other]! >= mentorPlaces[other]!) continue;
      chosen[edge] = 1;
      menteeFilled[mentee]!++;
      mentorFilled[other]!++;
      choice.count++;
    }
  }
}

class LayeredSearch {
  private readonly instance: Instance;
  private readonly least: number;
  private readonly choice: Choice;
  private readonly menteeLayer: Int32Array;
  private readonly mentorLayer: Int32Array;
  private readonly menteeNext: Int32Array;
  private readonly mentorNext: Int32Array;
  private readonly queue: Int32Array;
  private readonly path: number[] = [];

  constructor(instance: Instance, least: number, choice: Choice) {
    this.instance = instance;
    this.least = least;
    this.choice = choice;
    this.menteeLayer = new Int32Array(instance.menteeIds.length);
    this.mentorLayer = new Int32Array(instance.mentorIds.length);
    this.menteeNext = new Int32Array(instance.menteeIds.length);
    this.mentorNext = new Int32Array(instance.mentorIds.length);
    this.queue = new Int32Array(instance.menteeIds.length);
  }

  /** Layers by breadth; false if no mentor with a free place can be reached. */
  layOut(): boolean {
    const { menteeLayer, mentorLayer, queue, choice, least } = this;
    const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = this.instance;
    mentorLayer.fill(-1);
    let tail = 0;
    for (let i = 0; i < menteePlaces.length; i++) {
      const free = choice.menteeFilled[i]! < menteePlaces[i]!;
      menteeLayer[i] = free ? 0 : -1;
      if (free) queue[tail++] = i;
    }
    let reachedLayer = Infinity;
    for (let head = 0; head < tail; head++) {
      const i = queue[head]!;
      const layer = menteeLayer[i]! + 1;
      if (layer > reachedLayer) break;
      for (let edge = menteeStart[i]!; edge < menteeStart[i + 1]!; edge++) {
        const j = mentor[edge]!;
        if (choice.chosen[edge] || mentorLayer[j] !== -1 || score[edge]! < least) continue;
        mentorLayer[j] = layer;
        if (choice.mentorFilled[j]! < mentorPlaces[j]!) {
          reachedLayer = layer;
          continue;
        }
        for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
          const held = mentorEdges[at]!;
          if (!choice.chosen[held] || menteeLayer[mentee[held]!] !== -1) continue;
          menteeLayer[mentee[held]!] = layer + 1;
          queue[tail++] = mentee[held]!;
        }
      }
    }
    return reachedLayer !== Infinity;
  }

  augmentAll(): void {
    const { menteePlaces } = this.instance;
    this.menteeNext.set(this.instance.menteeStart.subarray(0, menteePlaces.length));
    this.mentorNext.set(this.instance.mentorStart.subarray(0, this.mentorNext.length));
    for (let i = 0; i < menteePlaces.length; i++) {
      if (this.menteeLayer[i] !== 0) continue;
      while (this.choice.menteeFilled[i]! < menteePlaces[i]! && this.augment(i));
    }
  }

  /** One path from mentee `source`, by depth, without recursion; each edge is looked at once a phase. */
  private augment(source: number): boolean {
    const { path, choice, menteeNext, mentorNext, menteeLayer, mentorLayer, least } = this;
    const { menteeStart, mentorStart, mentorEdges, mentorPlaces, mentee, mentor, score } = this.instance;
    path.length = 0;
    let i = source;
    for (;;) {
      let onward = -1;
      while (menteeNext[i]! < menteeStart[i + 1]!) {
        const edge = menteeNext[i]!;
        const j = mentor[edge]!;
        if (!choice.chosen[edge] && mentorLayer[j] === menteeLayer[i]! + 1 && score[edge]! >= least) {
          if (choice.mentorFilled[j]! < mentorPlaces[j]!) {
            path.push(edge);
            this.flip(source, j);
            return true;
          }
          while (mentorNext[j]! < mentorStart[j + 1]!) {
            const held = mentorEdges[mentorNext[j]!]!;
            if (choice.chosen[held] && menteeLayer[mentee[held]!] === mentorLayer[j]! + 1) {
              onward = held;
              break;
            }
            mentorNext[j]!++;
          }
          if (onward >= 0) {
            path.push(edge, onward);
            break;
          }
        }
        menteeNext[i]!++;
      }
      if (onward >= 0) {
        i = mentee[onward]!;
      } else if (path.length === 0) {
        return false;
      } else {
        const held = path.pop()!;
        const edge = path.pop()!;
        mentorNext[mentor[held]!]!++;
        i = mentee[edge]!;
      }
    }
  }

  private flip(source: number, target: number): void {
    this.path.forEach((edge, step) => {
      this.choice.chosen[edge] = step % 2 === 0 ? 1 : 0;
    });
    this.choice.menteeFilled[source]!++;
    this.choice.mentorFilled[target]!++;
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
  const { menteePlaces, mentorPlaces, menteeStart, mentorStart, mentorEdges, mentee, mentor, score } = instance;
  const mentees = new Uint8Array(menteePlaces.length);
  const mentors = new Uint8Array(mentorPlaces.length);
  const stack: number[] = [];
  for (let i = 0; i < menteePlaces.length; i++) {
    if (choice.menteeFilled[i]! < menteePlaces[i]!) {
      mentees[i] = 1;
      stack.push(i);
    }
  }
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    for (let edge = menteeStart[i]!; edge < menteeStart[i + 1]!; edge++) {
      const j = mentor[edge]!;
      if (choice.chosen[edge] || mentors[j] || score[edge]! < least) continue;
      mentors[j] = 1;
      for (let at = mentorStart[j]!; at < mentorStart[j + 1]!; at++) {
        const held = mentorEdges[at]!;
        const holder = mentee[held]!;
        if (!choice.chosen[held] || mentees[holder]) continue;
        mentees[holder] = 1;
        stack.push(holder);
      }
    }
  }
  return { mentees, mentors, pairsBound: cutValue(instance, mentees, mentors, least) };
}

/** Places of mentees outside the cut, places of mentors inside, and pairs from mentees inside to mentors outside. */
export function cutValue(instance: Instance, mentees: Uint8Array, mentors: Uint8Array, least: number): number {
  let value = 0;
  instance.menteePlaces.forEach((places, i) => (value += mentees[i] ? 0 : places));
  instance.mentorPlaces.forEach((places, j) => (value += mentors[j] ? places : 0));
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    if (instance.score[edge]! >= least && mentees[instance.mentee[edge]!] && !mentors[instance.mentor[edge]!]) value++;
  }
  return value;
}
