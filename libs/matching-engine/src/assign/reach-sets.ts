import type { Digraph } from './components.ts';
import type { ExchangeGroups } from './exchanges.ts';

/** Steps that the search for reach sets may take before it settles for one larger, still true, set for all. */
const STEP_BUDGET = 20_000_000;

/** Mentees who compete with each other for the same full mentors. */
export interface ReachSet {
  readonly menteeCount: number;
  readonly wanted: number;
  readonly placeCount: number;
  readonly mentorCount: number;
  /** The first mentors by position, at most as many as asked for. */
  readonly mentors: readonly number[];
}

/** Left-out mentees who are allowed mentors in the same groups. */
interface Alike {
  readonly entries: readonly number[];
  menteeCount: number;
  wanted: number;
}

/**
 * For each left-out mentee the people who compete with them: all whom they could set in motion, and with them the
 * left-out who could move nobody else. No one in the set is allowed a mentor with places outside it, so if all its
 * mentors are full it is a Hall violator. Mentors without places are left out of account.
 */
export class ReachSets {
  private readonly groups: ExchangeGroups;
  private readonly listAtMost: number;
  private readonly condensed: Digraph;
  /** By group: some mentor in it, or whom exchanges from it reach, has a free place. */
  private readonly reachesFree: Uint8Array;
  /** By group: a mentor without places, who is nobody's way to a place. */
  private readonly isEmpty: Uint8Array;
  private readonly alike = new Map<string, Alike>();
  private readonly alikeByTop = new Map<number, Alike[]>();
  private readonly sets = new Map<string, ReachSet>();
  private readonly seen: Int32Array;
  private stamp = 0;
  private stepsLeft: number;
  private largest: ReachSet | undefined;

  constructor(groups: ExchangeGroups, leftOut: readonly number[], listAtMost: number, stepBudget = STEP_BUDGET) {
    const { instance, choice, components, condensed } = groups;
    this.groups = groups;
    this.listAtMost = listAtMost;
    this.condensed = condensed;
    this.stepsLeft = stepBudget;
    this.seen = new Int32Array(components.count);
    this.reachesFree = new Uint8Array(components.count);
    this.isEmpty = new Uint8Array(components.count);
    const mentees = instance.menteeIds.length;
    instance.mentorPlaces.forEach((places, j) => {
      const group = components.of[mentees + j]!;
      if (places === 0) this.isEmpty[group] = 1;
      if (choice.mentorFilled[j]! < places) this.reachesFree[group] = 1;
    });
    // An arc goes from the higher number to the lower: what is reached is known before what reaches it.
    for (let group = 0; group < components.count; group++) {
      for (let at = condensed.start[group]!; at < condensed.start[group + 1]!; at++) {
        if (this.reachesFree[condensed.target[at]!]) this.reachesFree[group] = 1;
      }
    }
    for (const mentee of leftOut) this.addAlike(mentee);
  }

  /** The set of a left-out mentee; undefined where exchanges reach a free place, so that nothing is too scarce. */
  of(mentee: number): ReachSet | undefined {
    if (this.reachesFree[this.groups.components.of[mentee]!]) return undefined;
    const entries = this.entriesOf(mentee);
    const key = entries.join(' ');
    const known = this.sets.get(key);
    if (known) return known;
    if (this.stepsLeft < 0) {
      this.largest ??= this.gather([...this.alike.values()].flatMap((some) => some.entries));
      return this.largest;
    }
    const found = this.gather(entries);
    this.sets.set(key, found);
    return found;
  }

  /** Sorted, the highest first. */
  private entriesOf(mentee: number): number[] {
    const { start, target } = this.condensed;
    const own = this.groups.components.of[mentee]!;
    const entries: number[] = [];
    for (let at = start[own]!; at < start[own + 1]!; at++) {
      if (!this.isEmpty[target[at]!]) entries.push(target[at]!);
    }
    return entries.sort((one, other) => other - one);
  }

  private addAlike(mentee: number): void {
    const places = this.groups.instance.menteePlaces[mentee]!;
    if (this.reachesFree[this.groups.components.of[mentee]!]) return;
    const entries = this.entriesOf(mentee);
    const [top] = entries;
    if (top === undefined) return;
    const key = entries.join(' ');
    let known = this.alike.get(key);
    if (!known) {
      known = { entries, menteeCount: 0, wanted: 0 };
      this.alike.set(key, known);
      const beside = this.alikeByTop.get(top);
      if (beside) beside.push(known);
      else this.alikeByTop.set(top, [known]);
    }
    known.menteeCount++;
    known.wanted += places;
  }

  private gather(entries: readonly number[]): ReachSet {
    const reached = this.reachedFrom(entries);
    const { instance, choice, members } = this.groups;
    const mentees = instance.menteeIds.length;
    const mentors: number[] = [];
    let menteeCount = 0;
    let wanted = 0;
    let placeCount = 0;
    for (const group of reached) {
      for (let at = members.start[group]!; at < members.start[group + 1]!; at++) {
        const node = members.target[at]!;
        if (node < mentees) {
          menteeCount++;
          wanted += instance.menteePlaces[node]! - choice.menteeFilled[node]!;
        } else {
          placeCount += instance.mentorPlaces[node - mentees]!;
          mentors.push(node - mentees);
        }
      }
      for (const alike of this.alikeByTop.get(group) ?? []) {
        this.stepsLeft -= alike.entries.length;
        if (!alike.entries.every((entry) => this.seen[entry] === this.stamp)) continue;
        menteeCount += alike.menteeCount;
        wanted += alike.wanted;
      }
    }
    mentors.sort((a, b) => a - b);
    return {
      menteeCount,
      // Every place in the set is held from within it, so what its mentees want of it is that plus what they lack.
      wanted: wanted + placeCount,
      placeCount,
      mentorCount: mentors.length,
      mentors: mentors.slice(0, this.listAtMost),
    };
  }

  /** The groups that exchanges lead to from these, marked `seen` with the present stamp. */
  private reachedFrom(entries: readonly number[]): number[] {
    const { seen, isEmpty } = this;
    const { start, target } = this.condensed;
    const { members } = this.groups;
    const stamp = ++this.stamp;
    const reached: number[] = [];
    const visit = (group: number) => {
      if (seen[group] === stamp || isEmpty[group]) return;
      seen[group] = stamp;
      reached.push(group);
    };
    entries.forEach(visit);
    // It grows while it is gone through.
    for (const group of reached) {
      for (let at = start[group]!; at < start[group + 1]!; at++) visit(target[at]!);
      this.stepsLeft -= members.start[group + 1]! - members.start[group]! + start[group + 1]! - start[group]!;
    }
    return reached;
  }
}
