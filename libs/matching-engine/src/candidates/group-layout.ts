import { Features, featuresAtMost, gradeBase, type SeatPrices } from './features.ts';
import type { IndexedAttribute, ProfileIndex } from './profile-index.ts';

/** At most about so many levels of points are told apart; a wider range shares levels. */
const LEVELS = 256;

interface GradeLevels {
  readonly base: Int32Array;
  readonly bits: Int32Array;
  readonly highest: number;
  readonly rows: number;
  readonly shift: number;
}

/**
 * What a group of mentees has in common with each seat: points for grade less the seat's price, and points of the
 * attributes that the group shares; kept as levels, which are bit sets of the seats that have so much or more.
 */
export class GroupLayout {
  /** Points for grade less price, by seat, for the group shown. */
  base: Int32Array = new Int32Array(0);
  /** What the group shares besides: counted in the levels, not in `base`. */
  readonly features: Features;
  /** Row by row; row 0 is empty. */
  readonly levels: Int32Array;
  private readonly index: ProfileIndex;
  private readonly words: number;
  private readonly bits: Int32Array;
  private readonly prices: SeatPrices | undefined;
  private readonly attributes: readonly IndexedAttribute[];
  private readonly mostShared: number;
  private readonly byGrade = new Map<number, GradeLevels>();
  private group = -1;
  private highest = 0;
  private rows = 0;
  private shift = 0;

  /** O(seats * levels / 32) space for each grade. */
  constructor(index: ProfileIndex, bits: Int32Array, scratch: number, prices?: SeatPrices) {
    this.index = index;
    this.prices = prices;
    this.words = index.words;
    this.bits = bits;
    this.attributes = index.attributes.filter(({ use }) => use === 'in-group');
    this.mostShared = this.attributes.reduce(
      (sum, { rule, mostValues }) => sum + rule.pointsOnce + mostValues * (rule.pointsEach ?? 0),
      0,
    );
    this.features = new Features(bits, this.words, scratch, featuresAtMost(this.attributes));
    this.levels = new Int32Array((LEVELS + 2) * this.words);
  }

  /** Lays out the mentee's group, unless it is there already. O(levels * features * seats / 32). */
  show(mentee: number): void {
    const { index, features, levels, words, bits } = this;
    if (index.groupOf[mentee] === this.group) return;
    this.group = index.groupOf[mentee]!;
    const grade = index.menteeGrade[mentee]!;
    let known = this.byGrade.get(grade);
    if (!known) this.byGrade.set(grade, (known = this.layOutGrade(grade)));
    this.base = known.base;
    this.highest = known.highest;
    this.rows = known.rows;
    this.shift = known.shift;
    levels.set(known.bits, words);
    features.clear();
    for (const attribute of this.attributes) {
      if (attribute.rule.must === 'share') {
        const pool = features.union(attribute, attribute.start[mentee]!, attribute.start[mentee + 1]!);
        for (let row = 1; row <= this.rows; row++) {
          for (let word = 0; word < words; word++) levels[row * words + word]! &= bits[pool + word]!;
        }
      }
      features.addAll(attribute, mentee);
    }
    for (let at = 0; at < features.count; at++) this.raise(features.row[at]!, features.points[at]!);
  }

  /** Where in `levels` the row begins that holds all seats with at least so many points in common. */
  levelOf(points: number): number {
    if (points > this.highest) return 0;
    return Math.min(this.rows, ((this.highest - points) >> this.shift) + 1) * this.words;
  }

  /** Seats in the set come up by `points`; rows are gone through from the lowest, so that those above are still old. */
  private raise(set: number, points: number): void {
    const { levels, words, bits, rows } = this;
    const steps = points >> this.shift;
    for (let row = rows + steps; row > 0; row--) {
      const own = Math.min(row, rows) * words;
      const less = Math.max(0, row - steps) * words;
      const to = row * words;
      for (let word = 0; word < words; word++) {
        levels[to + word] = (levels[own + word]! & bits[set + word]!) | levels[less + word]!;
      }
    }
    this.rows += steps;
    this.highest += points;
  }

  private layOutGrade(grade: number): GradeLevels {
    const { index, words } = this;
    const { base, isOut } = gradeBase(index, grade, this.prices);
    let highest = -(2 ** 30);
    let lowest = 2 ** 30;
    for (let seat = 0; seat < base.length; seat++) {
      if (isOut[seat]) continue;
      if (base[seat]! > highest) highest = base[seat]!;
      if (base[seat]! < lowest) lowest = base[seat]!;
    }
    if (highest < lowest) return { base, bits: new Int32Array(0), highest: -(2 ** 30), rows: 0, shift: 0 };
    let shift = 0;
    while ((highest - lowest + this.mostShared) >> shift >= LEVELS) shift++;
    const rows = ((highest - lowest) >> shift) + 1;
    const bits = new Int32Array(rows * words);
    for (let seat = 0; seat < base.length; seat++) {
      if (!isOut[seat]) bits[((highest - base[seat]!) >> shift) * words + (seat >> 5)]! |= 1 << seat;
    }
    for (let at = words; at < bits.length; at++) bits[at]! |= bits[at - words]!;
    return { base, bits, highest, rows, shift };
  }
}
