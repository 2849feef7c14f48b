import type { IndexedAttribute, ProfileIndex } from './profile-index.ts';

/**
 * What one mentee may share with a seat, each as a bit set of seats with its points, highest first: one feature for an
 * attribute, and one for each value where each counts. Bit sets are rows of `bits`: those that the index keeps for
 * common values, and after them scratch rows.
 */
export class Features {
  readonly row: Int32Array;
  readonly points: Int32Array;
  count = 0;
  private readonly bits: Int32Array;
  private readonly words: number;
  private readonly scratch: number;
  private used = 0;

  /** `scratch` is where the rows of its own begin, `most` of them; see `featuresAtMost`. */
  constructor(bits: Int32Array, words: number, scratch: number, most: number) {
    this.bits = bits;
    this.words = words;
    this.scratch = scratch;
    this.row = new Int32Array(most);
    this.points = new Int32Array(most);
  }

  clear(): void {
    this.count = 0;
    this.used = 0;
  }

  /** Features of the mentee by this attribute. */
  addAll(attribute: IndexedAttribute, mentee: number): void {
    const { start, rule } = attribute;
    const { pointsOnce, pointsEach = 0 } = rule;
    const from = start[mentee]!;
    const end = start[mentee + 1]!;
    if (from === end) return;
    if (end - from === 1) {
      if (pointsOnce + pointsEach > 0) this.add(pointsOnce + pointsEach, this.union(attribute, from, end));
      return;
    }
    if (pointsEach > 0) for (let at = from; at < end; at++) this.add(pointsEach, this.union(attribute, at, at + 1));
    if (pointsOnce > 0) this.add(pointsOnce, this.union(attribute, from, end));
  }

  add(points: number, row: number): void {
    let to = this.count++;
    for (; to > 0 && this.points[to - 1]! < points; to--) {
      this.points[to] = this.points[to - 1]!;
      this.row[to] = this.row[to - 1]!;
    }
    this.points[to] = points;
    this.row[to] = row;
  }

  /** The seats with any of the values from entry `from` up to `end`: where its row begins. */
  union({ value, setOf, postingStart, posting }: IndexedAttribute, from: number, end: number): number {
    const { bits, words } = this;
    if (end - from === 1 && setOf[value[from]!]! >= 0) return setOf[value[from]!]!;
    const row = this.scratch + this.used++ * words;
    let at = from;
    const one = at < end ? setOf[value[at]!]! : -1;
    const two = at + 1 < end ? setOf[value[at + 1]!]! : -1;
    if (one >= 0 && two >= 0) {
      for (let word = 0; word < words; word++) bits[row + word] = bits[one + word]! | bits[two + word]!;
      at += 2;
    } else {
      bits.fill(0, row, row + words);
    }
    for (; at < end; at++) {
      const own = value[at]!;
      const set = setOf[own]!;
      if (set >= 0) {
        for (let word = 0; word < words; word++) bits[row + word]! |= bits[set + word]!;
        continue;
      }
      const last = postingStart[own + 1]!;
      for (let entry = postingStart[own]!; entry < last; entry++) {
        const seat = posting[entry]!;
        bits[row + (seat >> 5)]! |= 1 << seat;
      }
    }
    return row;
  }
}

/** The most features, and scratch rows, that a mentee may need for these attributes. */
export function featuresAtMost(attributes: readonly IndexedAttribute[]): number {
  return attributes.reduce((sum, { rule, mostValues }) => sum + 2 + (rule.pointsEach ? mostValues : 0), 0);
}

/** What is taken off every pair of a seat, and which seats take part; without it, nothing and all. */
export interface SeatPrices {
  /** Whole numbers, at most 2^28 either way. */
  readonly price: Int32Array;
  /** 1: takes part. */
  readonly open: Uint8Array;
}

/** Points for grade less price, by seat, and where grade or price keeps a seat out. */
export function gradeBase(index: ProfileIndex, grade: number, prices?: SeatPrices) {
  const { gradePoints, gradeSteps } = index.table.rules;
  const pointsOf = new Map(gradePoints.map(({ steps, points }) => [steps, points]));
  const base = new Int32Array(index.seatGrade.length);
  const isOut = new Uint8Array(base.length);
  for (let seat = 0; seat < base.length; seat++) {
    const above = index.seatGrade[seat]!;
    const isKnown = grade >= 0 && above >= 0;
    const steps = above - grade;
    base[seat] = (isKnown ? (pointsOf.get(steps) ?? 0) : 0) - (prices ? prices.price[seat]! : 0);
    const isWithin = !gradeSteps || (isKnown && steps >= gradeSteps.from && steps <= gradeSteps.to);
    if (!isWithin || (prices && !prices.open[seat])) isOut[seat] = 1;
  }
  return { base, isOut };
}
