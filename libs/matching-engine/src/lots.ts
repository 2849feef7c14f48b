/**
 * Lots: numbers drawn from the round's seed and people's ids, to decide between results that are equally good.
 * They depend on nothing else: not on the listing, not on who else takes part, not on the options ticked.
 */

/** Lots are whole numbers from 0 up to, not including, this. */
export const LOT_RANGE = 2 ** 30;

/** The lot of a pair in the given draw; a further draw is needed only if sums of lots are themselves equal. */
export type LotDrawer = (mentee: number, mentor: number, draw: number) => number;

/**
 * Ids by position; 64 bits of key are kept for each person, and mixed for each pair (murmur3's finaliser). A person's
 * key is made when first asked for: in most rounds few pairs are tied.
 */
export function drawLots(seed: string, menteeIds: readonly string[], mentorIds: readonly string[]): LotDrawer {
  const mentees = new LotKeys(`${seed}\u0000mentee\u0000`, menteeIds);
  const mentors = new LotKeys(`${seed}\u0000mentor\u0000`, mentorIds);
  return (mentee, mentor, draw) => {
    mentees.make(mentee);
    mentors.make(mentor);
    let lot = mix(mentees.first[mentee]! ^ Math.imul(draw + 1, 0x9e3779b1));
    lot = mix(Math.imul(lot, 0x85ebca6b) ^ mentors.first[mentor]!);
    lot = mix(Math.imul(lot, 0x27d4eb2f) ^ mentees.second[mentee]!);
    lot = mix(Math.imul(lot, 0x165667b1) ^ mentors.second[mentor]!);
    return lot >>> 2;
  };
}

class LotKeys {
  readonly first: Int32Array;
  readonly second: Int32Array;
  private readonly made: Uint8Array;
  private readonly ids: readonly string[];
  private readonly firstSeed: number;
  private readonly secondSeed: number;

  constructor(prefix: string, ids: readonly string[]) {
    this.ids = ids;
    this.first = new Int32Array(ids.length);
    this.second = new Int32Array(ids.length);
    this.made = new Uint8Array(ids.length);
    this.firstSeed = absorb(0x811c9dc5, prefix);
    this.secondSeed = absorb(0x5bd1e995, prefix);
  }

  make(at: number): void {
    if (this.made[at]) return;
    this.made[at] = 1;
    this.first[at] = absorb(this.firstSeed, this.ids[at]!);
    this.second[at] = absorb(this.secondSeed, this.ids[at]!);
  }
}

function absorb(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) {
    hash = mix(Math.imul(hash, 0x01000193) ^ text.charCodeAt(at));
  }
  return hash;
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
