/** Positions in order of their key, and where each key begins: `order[start[key] ... start[key + 1] - 1]`. */
export interface Sorted {
  readonly order: Int32Array;
  readonly start: Int32Array;
}

/**
 * Sorts positions by key, stably: positions with equal keys stay in the order of `from` (all positions ascending unless
 * given). Keys are whole numbers from 0 up to, not including, `keyCount`. O(positions + keyCount).
 */
export function countingSort(keys: Int32Array, keyCount: number, from?: Int32Array): Sorted {
  const start = new Int32Array(keyCount + 1);
  for (const key of keys) start[key + 1]!++;
  for (let key = 0; key < keyCount; key++) start[key + 1]! += start[key]!;
  const next = start.slice(0, keyCount);
  const order = new Int32Array(keys.length);
  if (from) {
    for (const position of from) order[next[keys[position]!]!++] = position;
  } else {
    for (let position = 0; position < keys.length; position++) order[next[keys[position]!]!++] = position;
  }
  return { order, start };
}

/**
 * Positions in ascending order of number (whole, from 0), stably as in `countingSort`: by one count where the numbers
 * are few, else by two. O(numbers + square root of the highest).
 */
export function byNumber(numbers: Int32Array, from?: Int32Array): Int32Array {
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0);
  if (highest <= Math.max(4096, numbers.length >> 2)) return countingSort(numbers, highest + 1, from).order;
  const low = numbers.map((number) => number & 1023);
  const high = numbers.map((number) => number >> 10);
  return countingSort(high, (highest >> 10) + 1, countingSort(low, 1024, from).order).order;
}
