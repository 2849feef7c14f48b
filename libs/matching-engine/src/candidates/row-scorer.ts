import { Features, featuresAtMost, type SeatPrices } from './features.ts';
import { GroupLayout } from './group-layout.ts';
import type { IndexedAttribute, ProfileIndex } from './profile-index.ts';

/** By how much the bound guessed for a mentee is below what the one before needed. */
const GUESS_BELOW = 4;
/** Counters for sorting what was found; wider ranges of points share counters. */
const COUNTERS = 1024;

/**
 * Scores one mentee with all mentors, looking at few of them. What a group of mentees has in common with each seat
 * (grade, pools, campus) is laid out once for the group, with bit sets of the seats that have so much or more. What a
 * mentee shares besides ("features": one attribute, or one value where each counts) is a bit set of seats each. A seat
 * reaches a bound only if it has in common what its two best features and all the others together leave: that is
 * found 32 seats at a time, and only what is left is added up (after MaxScore; Turtle and Flood, Inf. Process. Manag.
 * 31, 1995). Exact whatever the bound.
 */
export class RowScorer {
  /** Seats found, and their points less price, by entry. */
  readonly found: Int32Array;
  readonly value: Int32Array;
  private readonly index: ProfileIndex;
  private readonly words: number;
  private readonly bits: Int32Array;
  private readonly layout: GroupLayout;
  private readonly features: Features;
  private readonly scored: readonly IndexedAttribute[];
  private readonly differing: readonly IndexedAttribute[];
  /** Rows of `bits`: no seat, and the seats kept from the mentee loaded. */
  private readonly empty: number;
  private readonly barred: number;
  private readonly noted: Int32Array;
  private readonly notedValue: Int32Array;
  private readonly counter = new Int32Array(COUNTERS + 1);
  private guess = 0;

  /** O(seats * (levels + features) / 32) space. */
  constructor(index: ProfileIndex, prices?: SeatPrices) {
    const { words, attributes, sets } = index;
    const seats = index.seatMentor.length;
    this.index = index;
    this.words = words;
    this.scored = attributes.filter(({ use }) => use === 'scored');
    this.differing = attributes.filter(({ rule }) => rule.must === 'differ');
    const inGroup = featuresAtMost(attributes.filter(({ use }) => use === 'in-group'));
    const own = featuresAtMost(this.scored) + 2;
    this.empty = sets.length;
    this.barred = sets.length + words;
    this.bits = new Int32Array(sets.length + words * (2 + inGroup + own));
    this.bits.set(sets);
    const scratch = sets.length + 2 * words;
    this.layout = new GroupLayout(index, this.bits, scratch, prices);
    this.features = new Features(this.bits, words, scratch + inGroup * words, own);
    this.found = new Int32Array(seats);
    this.value = new Int32Array(seats);
    this.noted = new Int32Array(seats + 1);
    this.notedValue = new Int32Array(seats + 1);
  }

  /**
   * The best `k` seats in order: by points, and of equal points the first on the way round the circle from the
   * mentee's own place. Answers how many were found. For scorers without prices.
   */
  best(mentee: number, k: number): number {
    if (k < 1 || this.words === 0) return 0;
    this.load(mentee);
    let bound = Math.max(0, this.guess - GUESS_BELOW);
    let count = this.note(mentee, bound);
    for (let lower = GUESS_BELOW; count < k && bound > 0; lower *= 2) {
      bound = Math.max(0, bound - lower);
      count = this.note(mentee, bound);
    }
    const kept = this.sortNoted(count, k, bound);
    this.guess = kept > 0 ? this.value[kept - 1]! : 0;
    return kept;
  }

  /** All seats whose points less price are at least `bound`, in the mentee's order of seats; answers how many. */
  reaching(mentee: number, bound: number): number {
    if (this.words === 0) return 0;
    this.load(mentee);
    const count = this.note(mentee, bound);
    const { found, value, noted, notedValue } = this;
    for (let entry = 0; entry < count; entry++) {
      found[entry] = noted[entry]!;
      value[entry] = notedValue[entry]!;
    }
    return count;
  }

  private load(mentee: number): void {
    const { bits, index, features, words, barred } = this;
    this.layout.show(mentee);
    features.clear();
    features.add(0, this.empty);
    features.add(0, this.empty);
    for (const attribute of this.scored) features.addAll(attribute, mentee);
    bits.fill(0, barred, barred + words);
    for (const { start, value, postingStart, posting } of this.differing) {
      for (let at = start[mentee]!; at < start[mentee + 1]!; at++) {
        const end = postingStart[value[at]! + 1]!;
        for (let entry = postingStart[value[at]!]!; entry < end; entry++) {
          const seat = posting[entry]!;
          bits[barred + (seat >> 5)]! |= 1 << seat;
        }
      }
    }
    const { barredStart, barredSeat } = index;
    for (let at = barredStart[mentee]!; at < barredStart[mentee + 1]!; at++) {
      const seat = barredSeat[at]!;
      if (seat >= 0) bits[barred + (seat >> 5)]! |= 1 << seat;
    }
  }

  /** Notes every allowed seat that reaches `need`, once round the circle from the mentee's place. */
  private note(mentee: number, need: number): number {
    const from = this.index.fromSeat[mentee]!;
    const first = from >> 5;
    const before = (1 << from) - 1;
    let count = this.noteWords(first, first + 1, need, 0, ~before);
    count = this.noteWords(first + 1, this.words, need, count, -1);
    count = this.noteWords(0, first, need, count, -1);
    return this.noteWords(first, first + 1, need, count, before);
  }

  private noteWords(firstWord: number, endWord: number, need: number, noted: number, within: number): number {
    if (firstWord >= endWord || within === 0) return noted;
    const { bits, barred, noted: seats, notedValue } = this;
    const { base, levels } = this.layout;
    const { row, points: pointsOf, count: features } = this.features;
    const { row: groupRow, points: groupPoints, count: groupFeatures } = this.layout.features;
    const onePoints = pointsOf[0]!;
    const twoPoints = pointsOf[1]!;
    const oneRow = row[0]!;
    const twoRow = row[1]!;
    let others = 0;
    for (let at = 2; at < features; at++) others += pointsOf[at]!;
    const withNone = this.layout.levelOf(need - others);
    const withOne = this.layout.levelOf(need - others - onePoints);
    const withTwo = this.layout.levelOf(need - others - twoPoints);
    const withBoth = this.layout.levelOf(need - others - onePoints - twoPoints);
    const below = need - 1;
    let count = noted;
    for (let word = firstWord; word < endWord; word++) {
      const one = bits[oneRow + word]!;
      const two = bits[twoRow + word]!;
      let left =
        (levels[withNone + word]! |
          (one & levels[withOne + word]!) |
          (two & levels[withTwo + word]!) |
          (one & two & levels[withBoth + word]!)) &
        ~bits[barred + word]! &
        within;
      while (left !== 0) {
        const bit = 31 - Math.clz32(left & -left);
        left &= left - 1;
        const seat = (word << 5) + bit;
        let points = base[seat]! + (onePoints & -((one >>> bit) & 1)) + (twoPoints & -((two >>> bit) & 1));
        for (let at = 2; at < features; at++) points += pointsOf[at]! & -((bits[row[at]! + word]! >>> bit) & 1);
        for (let at = 0; at < groupFeatures; at++) {
          points += groupPoints[at]! & -((bits[groupRow[at]! + word]! >>> bit) & 1);
        }
        // Written in any case and kept if it reaches: no branch to mispredict.
        seats[count] = seat;
        notedValue[count] = points;
        count += (below - points) >>> 31;
      }
    }
    return count;
  }

  /** Counting sort, stable, highest first, cut at k. */
  private sortNoted(count: number, k: number, lowest: number): number {
    const { noted, notedValue, counter, found, value } = this;
    let highest = lowest;
    for (let entry = 0; entry < count; entry++) if (notedValue[entry]! > highest) highest = notedValue[entry]!;
    if (highest - lowest >= COUNTERS) return this.sortNotedWide(count, k);
    const classes = highest - lowest + 1;
    counter.fill(0, 0, classes + 1);
    for (let entry = 0; entry < count; entry++) counter[highest - notedValue[entry]! + 1]!++;
    let last = 0;
    for (let at = 0; at < classes; at++) {
      if (counter[at]! < k) last = at;
      counter[at + 1]! += counter[at]!;
    }
    for (let entry = 0; entry < count; entry++) {
      const behind = highest - notedValue[entry]!;
      if (behind > last) continue;
      const to = counter[behind]!++;
      if (to >= k) continue;
      found[to] = noted[entry]!;
      value[to] = notedValue[entry]!;
    }
    return Math.min(count, k);
  }

  /** For points too far apart to be counted. */
  private sortNotedWide(count: number, k: number): number {
    const { noted, notedValue, found, value } = this;
    const order = Float64Array.from({ length: count }, (_, entry) => entry - notedValue[entry]! * 2 ** 21).sort();
    const kept = Math.min(count, k);
    for (let to = 0; to < kept; to++) {
      const points = Math.ceil(-order[to]! / 2 ** 21);
      found[to] = noted[order[to]! + points * 2 ** 21]!;
      value[to] = points;
    }
    return kept;
  }
}
