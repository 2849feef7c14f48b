import { type RankedInstance, rankInstance } from './ranked-instance.ts';
import type { StableTable } from './stable-types.ts';

/**
 * Edges that block a choice of pairs: not chosen, and each of the two has a place free or holds somebody they rank
 * strictly lower. It knows only ranks and the choice, nothing of how it was found. O(edges).
 */
export function blockingEdges(instance: RankedInstance, chosen: Uint8Array): number[] {
  const { menteePlaces, mentorPlaces, mentee, menteeRank } = instance;
  const { mentor, mentorRank } = mentorSides(instance);
  const menteeBar = bars(menteePlaces, mentee, menteeRank, chosen);
  const mentorBar = bars(mentorPlaces, mentor, mentorRank, chosen);
  const blocking: number[] = [];
  for (let edge = 0; edge < chosen.length; edge++) {
    if (chosen[edge]) continue;
    if (menteeRank[edge]! < menteeBar[mentee[edge]!]! && mentorRank[edge]! < mentorBar[mentor[edge]!]!) {
      blocking.push(edge);
    }
  }
  return blocking;
}

/** Who ranks below (that is, better than) this is welcome: infinite with a free place, else the lowest-ranked one held. */
export function bars(places: Int32Array, person: Int32Array, rank: Int32Array, chosen: Uint8Array): Float64Array {
  const filled = new Int32Array(places.length);
  const bar = new Float64Array(places.length);
  for (let edge = 0; edge < chosen.length; edge++) {
    if (!chosen[edge]) continue;
    const one = person[edge]!;
    filled[one]!++;
    if (rank[edge]! > bar[one]!) bar[one] = rank[edge]!;
  }
  for (let one = 0; one < places.length; one++) if (filled[one]! < places[one]!) bar[one] = Infinity;
  return bar;
}

/** The two columns of `asks`, each by edge. */
export function mentorSides({ asks }: RankedInstance): { mentor: Int32Array; mentorRank: Int32Array } {
  const mentor = new Int32Array(asks.length >> 1);
  const mentorRank = new Int32Array(mentor.length);
  for (let edge = 0; edge < mentor.length; edge++) {
    mentor[edge] = asks[2 * edge]!;
    mentorRank[edge] = asks[2 * edge + 1]!;
  }
  return { mentor, mentorRank };
}

/**
 * What is wrong with pairs as an answer to the input, in words; none if they are stable. Reads the input anew and
 * solves nothing: pairs are of people who list each other, nobody has more than their places, no pair blocks.
 */
export function verifyStable(
  table: StableTable,
  pairs: readonly { readonly mentee: string; readonly mentor: string }[],
): string[] {
  const instance = rankInstance(table);
  const { mentor } = mentorSides(instance);
  const edgeOf = new Map<string, number>();
  const keyOf = (mentee: string, mentor: string) => JSON.stringify([mentee, mentor]);
  instance.mentee.forEach((i, edge) => {
    edgeOf.set(keyOf(instance.menteeIds[i]!, instance.mentorIds[mentor[edge]!]!), edge);
  });
  const faults: string[] = [];
  const chosen = new Uint8Array(instance.mentee.length);
  const menteeFilled = new Int32Array(instance.menteePlaces.length);
  const mentorFilled = new Int32Array(instance.mentorPlaces.length);
  for (const pair of pairs) {
    const edge = edgeOf.get(keyOf(pair.mentee, pair.mentor));
    if (edge === undefined) faults.push(`${pair.mentee} and ${pair.mentor} do not list each other`);
    else if (chosen[edge]) faults.push(`${pair.mentee} and ${pair.mentor} are paired twice`);
    else {
      chosen[edge] = 1;
      menteeFilled[instance.mentee[edge]!]!++;
      mentorFilled[mentor[edge]!]!++;
    }
  }
  menteeFilled.forEach((filled, i) => {
    if (filled > instance.menteePlaces[i]!) faults.push(`${instance.menteeIds[i]} has more mentors than places`);
  });
  mentorFilled.forEach((filled, j) => {
    if (filled > instance.mentorPlaces[j]!) faults.push(`${instance.mentorIds[j]} has more mentees than places`);
  });
  for (const edge of blockingEdges(instance, chosen)) {
    const mentee = instance.menteeIds[instance.mentee[edge]!];
    faults.push(`${mentee} and ${instance.mentorIds[mentor[edge]!]} would both rather have each other`);
  }
  return faults;
}
