import type { SeatPrices } from './features.ts';
import type { HeldSolution } from './held-solution.ts';
import { AddedPairs, type PairSet } from './pair-set.ts';
import type { ProfileIndex } from './profile-index.ts';
import { RowScorer } from './row-scorer.ts';

/** A price no pair can pay, and a bound that every allowed pair reaches. */
const ANY = -(2 ** 27);

/** Tight pairs kept at most: 12 bytes each. */
const KEPT_AT_MOST = 2_000_000;

/** What prices say about pairs that were left out; see `forEachReaching`. */
export type LeftOut = (mentee: number, mentor: number, score: number, over: number) => void;

/**
 * Goes through the pairs left out of `held` that the prices of `solution` would let in. Where mentees take rows and
 * mentors columns, or the other way about: those whose score is at least their two prices (`over` is what is above).
 * From mentees who compete to mentors who are not contested: every allowed pair, for each would be made (`over` is
 * infinite). Pairs the other way across are never made, whatever they score. Mentees follow one another by group.
 *
 * O(mentees * mentors / 32 * features + pairs found).
 */
export function forEachReaching(
  index: ProfileIndex,
  held: PairSet,
  { layout, optimum }: HeldSolution,
  visit: LeftOut,
): void {
  const { menteeRow, menteeColumn, mentorRow, mentorColumn } = layout;
  const { rowPrice, columnPrice } = optimum;
  const pricesBy = (numbers: Int32Array, prices: Float64Array): SeatPrices => ({
    price: index.seatMentor.map((mentor) => (numbers[mentor]! >= 0 ? prices[numbers[mentor]!]! : 0)),
    open: Uint8Array.from(index.seatMentor, (mentor) => (numbers[mentor]! >= 0 ? 1 : 0)),
  });
  const contested = pricesBy(mentorRow, rowPrice);
  const others = pricesBy(mentorColumn, columnPrice);
  const free: SeatPrices = { price: new Int32Array(index.seatMentor.length), open: others.open };
  const isOpen = ({ open }: SeatPrices) => open.includes(1);
  const sweep = (prices: SeatPrices, numbers: Int32Array, boundOf: (mentee: number) => number) => {
    if (!isOpen(prices)) return;
    const scorer = new RowScorer(index, prices);
    const { found, value } = scorer;
    const isHeld = new Int32Array(index.mentorIds.length).fill(-1);
    for (const mentee of index.byGroup) {
      if (numbers[mentee]! < 0 || index.menteePlaces[mentee] === 0) continue;
      const points = index.menteePoints[mentee]!;
      const bound = boundOf(mentee) - points;
      const count = scorer.reaching(mentee, bound);
      if (count === 0) continue;
      for (let pair = held.start[mentee]!; pair < held.start[mentee + 1]!; pair++) isHeld[held.mentor[pair]!] = mentee;
      for (let at = 0; at < count; at++) {
        const mentor = index.seatMentor[found[at]!]!;
        if (isHeld[mentor] === mentee) continue;
        const over = boundOf === everything ? Infinity : value[at]! - bound;
        visit(mentee, mentor, value[at]! + prices.price[found[at]!]! + points, over);
      }
    }
  };
  sweep(others, menteeRow, (mentee) => rowPrice[menteeRow[mentee]!]!);
  sweep(contested, menteeColumn, (mentee) => columnPrice[menteeColumn[mentee]!]!);
  sweep(free, menteeColumn, everything);
}

function everything(): number {
  return ANY;
}

/**
 * The pairs whose score is exactly their two prices, of which the lots choose. They are found once and kept, unless they
 * are too many: then they are found again each time.
 */
export class TightPairs {
  private readonly index: ProfileIndex;
  private readonly solution: HeldSolution;
  private kept: AddedPairs | undefined;

  constructor(index: ProfileIndex, solution: HeldSolution) {
    this.index = index;
    this.solution = solution;
  }

  /** Those left out of `held`, mentee after mentee. */
  forEachLeftOut(held: PairSet, visit: LeftOutTight): void {
    const { kept } = this;
    if (kept) {
      this.forEachKept(kept, held, visit);
      return;
    }
    const found = new AddedPairs();
    forEachReaching(this.index, held, this.solution, (mentee, mentor, score, over) => {
      if (over !== 0) return;
      if (found.count <= KEPT_AT_MOST) found.push(mentee, mentor, score);
      visit(mentee, mentor, score);
    });
    if (found.count <= KEPT_AT_MOST) this.kept = found;
  }

  private forEachKept({ count, mentee, mentor, score }: AddedPairs, held: PairSet, visit: LeftOutTight): void {
    const isHeld = new Int32Array(this.index.mentorIds.length).fill(-1);
    let shown = -1;
    for (let at = 0; at < count; at++) {
      const i = mentee[at]!;
      if (i !== shown) {
        for (let pair = held.start[i]!; pair < held.start[i + 1]!; pair++) isHeld[held.mentor[pair]!] = i;
        shown = i;
      }
      if (isHeld[mentor[at]!] !== i) visit(i, mentor[at]!, score[at]!);
    }
  }
}

type LeftOutTight = (mentee: number, mentor: number, score: number) => void;

/** Collects pairs mentee by mentee, of each only the few that are furthest over. */
export class BestOver {
  readonly added = new AddedPairs();
  private readonly most: number;
  private readonly mentor: Int32Array;
  private readonly score: Int32Array;
  private readonly over: Float64Array;
  private count = 0;
  private mentee = -1;

  constructor(most: number) {
    this.most = most;
    this.mentor = new Int32Array(most);
    this.score = new Int32Array(most);
    this.over = new Float64Array(most);
  }

  take(mentee: number, mentor: number, score: number, over: number): void {
    if (mentee !== this.mentee) this.finish();
    this.mentee = mentee;
    if (this.count === this.most && over <= this.over[this.count - 1]!) return;
    let to = this.count < this.most ? this.count++ : this.most - 1;
    for (; to > 0 && this.over[to - 1]! < over; to--) {
      this.over[to] = this.over[to - 1]!;
      this.mentor[to] = this.mentor[to - 1]!;
      this.score[to] = this.score[to - 1]!;
    }
    this.over[to] = over;
    this.mentor[to] = mentor;
    this.score[to] = score;
  }

  finish(): AddedPairs {
    for (let at = 0; at < this.count; at++) this.added.push(this.mentee, this.mentor[at]!, this.score[at]!);
    this.count = 0;
    return this.added;
  }
}
