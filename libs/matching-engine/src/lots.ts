/**
 * Lots: numbers drawn from the round's seed and people's ids, to decide between results that are equally good.
 * They depend on nothing else: not on the listing, not on who else takes part, not on the options ticked.
 */

/** Lots are whole numbers from 0 up to, not including, this. */
export const LOT_RANGE = 2 ** 30;

/** The lot of a pair in the given draw; a further draw is needed only if sums of lots are themselves equal. */
export type LotDrawer = (mentee: number, mentor: number, draw: number) => number;

/** Ids by position; 64 bits of key are kept for each person, and mixed for each pair (murmur3's finaliser). */
export function drawLots(seed: string, menteeIds: readonly string[], mentorIds: readonly string[]): LotDrawer {
  const menteeKeys = keysOf(`${seed}\u0000mentee\u0000`, menteeIds);
  const mentorKeys = keysOf(`${seed}\u0000mentor\u0000`, mentorIds);
  return (mentee, mentor, draw) => {
    let lot = mix(menteeKeys[2 * mentee]! ^ Math.imul(draw + 1, 0x9e3779b1));
    lot = mix(Math.imul(lot, 0x85ebca6b) ^ mentorKeys[2 * mentor]!);
    lot = mix(Math.imul(lot, 0x27d4eb2f) ^ menteeKeys[2 * mentee + 1]!);
    lot = mix(Math.imul(lot, 0x165667b1) ^ mentorKeys[2 * mentor + 1]!);
    return lot >>> 2;
  };
}

function keysOf(prefix: string, ids: readonly string[]): Int32Array {
  const first = absorb(0x811c9dc5, prefix);
  const second = absorb(0x5bd1e995, prefix);
  const keys = new Int32Array(2 * ids.length);
  ids.forEach((id, at) => {
    keys[2 * at] = absorb(first, id);
    keys[2 * at + 1] = absorb(second, id);
  });
  return keys;
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
