import { courseByCount } from './knapsack-count.ts';
import { type Course, Hunt } from './knapsack-hunt.ts';
import { drawLine, type Line } from './knapsack-line.ts';
import type { Best } from './knapsack-states.ts';

export interface Knapsack {
  /** 1: taken, by position. */
  readonly taken: Uint8Array;
  readonly total: number;
  readonly spent: number;
  /** False where too many choices are equally good to keep to the rule: then the first that was found. */
  readonly byRule: boolean;
  /** States looked at: the same for the same items. */
  readonly work: number;
}

/** The search gave up: the states it would have to keep exceed what is allowed. */
export class KnapsackTooHard extends Error {
  override readonly name = 'knapsack-too-hard';
}

/** How long to go on before another way is tried; every further round is allowed four times the work. */
export interface Patience {
  /** States looked at from the plain line at first, and how many may be kept before lists are joined. */
  readonly work: number;
  readonly states: number;
  /** Once the total is proven: for choosing by rule among the equally good. */
  readonly forRule: number;
}

const PATIENCE: Patience = { work: 150_000, states: 40_000, forRule: 60_000 };
/** States looked at in all: some seconds, and 250 MB at worst. */
export const MOST_WORK = 100_000_000;

/**
 * The 0-1 knapsack, exactly: which of the usable items score most in all within the capacity.
 *
 * Among equal totals the least spent. Among those that are equal in both: items are put in the order of their distance
 * from the line (|score - amount * ratio of the marginal item|, ties in turn by position, see `FromTheLine`); the
 * furthest item in which two choices differ is as on the line. Positions are lots, so that equal items are decided by
 * lot. Where a huge number of choices is equally good (wide ranges of amounts, all in one proportion to the scores),
 * it takes the first found that is proven best, and says so by `byRule`.
 *
 * Scores whole from 1, amounts whole from 1, all sums below 2^53; `usable[i]` 0 leaves an item aside. Expected
 * O(n + states): a core that grows from the line by reduced cost (Pisinger 1997, "A minimal algorithm for the 0-1
 * knapsack problem"; Balas and Zemel 1980), lists of undominated states with bounds, and where those grow too long a
 * relaxation with a price on the number of items (Martello, Pisinger and Toth 1999, "Dynamic programming and strong
 * bounds", whose aim it shares). Throws `KnapsackTooHard`.
 */
export function solveKnapsack(
  score: Float64Array,
  amount: Float64Array,
  usable: Uint8Array,
  money: number,
  patience: Patience = PATIENCE,
): Knapsack {
  // Where all amounts are multiples of a sum, what is left of the money beyond such multiples can never be spent.
  const capacity = money - (money % unitOf(amount, usable));
  const line = drawLine(score, amount, usable, capacity);
  if (line.margin < 0) return { taken: line.above, total: line.total, spent: line.spent, byRule: true, work: 0 };
  const plain = new Hunt(plainCourse(line, score, amount, usable, capacity));
  let done = plain.run(patience.work, patience.states);
  let best: Knapsack | undefined;
  let branches: Hunt[] | undefined;
  const lines = new Map<Hunt, Line>([[plain, line]]);
  const adopt = (hunt: Hunt, byRule: boolean) => {
    const departed = hunt.departed();
    const from = lines.get(hunt);
    if (!departed || !from) return;
    const found = choiceOf(from, departed, score, amount, byRule);
    if (!best || found.total > best.total || byRule) best = found;
  };
  let work = plain.work;
  for (let round = 0; !done; round++) {
    if (plain.widest > patience.states << round) plain.join();
    adopt(plain, false);
    if (best && plain.isProven(best.total - line.total)) {
      done = plain.run(patience.forRule, Infinity);
      break;
    }
    if (!branches) {
      branches = [];
      for (const limit of [
        { kind: 'at-most', items: line.count },
        { kind: 'at-least', items: line.count + 1 },
      ] as const) {
        const course = courseByCount(score, amount, usable, capacity, limit, best?.total ?? line.total);
        if (!course) continue;
        const hunt = new Hunt(course);
        lines.set(hunt, course.line);
        branches.push(hunt);
        adopt(hunt, false);
      }
    }
    const open: Hunt[] = [];
    for (const hunt of branches) {
      hunt.learn((best?.total ?? 0) - (lines.get(hunt)?.total ?? 0));
      let finished = hunt.run(patience.work * 4 ** round, patience.states << round);
      if (!finished && hunt.widest > patience.states << round) {
        hunt.join();
        finished = hunt.run(patience.work * 4 ** round, Infinity);
      }
      adopt(hunt, false);
      if (!finished) open.push(hunt);
    }
    branches = open;
    plain.learn((best?.total ?? 0) - line.total);
    if (open.length === 0) {
      done = plain.run(patience.forRule, Infinity);
      break;
    }
    work = plain.work + branches.reduce((sum, hunt) => sum + hunt.work, 0);
    if (work > MOST_WORK) throw new KnapsackTooHard(`more than ${MOST_WORK} states`);
    done = plain.run(2 * patience.work * 4 ** round, patience.states << (round + 1));
  }
  if (done) adopt(plain, true);
  if (!best) throw new KnapsackTooHard('no choice was found');
  return { ...best, work };
}

/** The largest sum of which all usable amounts are multiples; 1 if there are none. */
export function unitOf(amount: Float64Array, usable: Uint8Array): number {
  let unit = 0;
  for (let at = 0; at < amount.length && unit !== 1; at++) {
    if (usable[at] === 0) continue;
    let [a, b] = [unit, amount[at]!];
    while (b > 0) [a, b] = [b, a % b];
    unit = a;
  }
  return Math.max(1, unit);
}

function choiceOf(
  line: Line,
  departed: readonly number[],
  score: Float64Array,
  amount: Float64Array,
  byRule: boolean,
): Knapsack {
  const taken = line.above.slice();
  let { total, spent } = line;
  for (const item of departed) {
    const sign = taken[item] === 1 ? -1 : 1;
    taken[item] = 1 - taken[item]!;
    total += sign * score[item]!;
    spent += sign * amount[item]!;
  }
  return { taken, total, spent, byRule, work: 0 };
}

/** What to add to a limit where products of score and amount are too large to be exact: a thousandth of a point. */
export function guardOf(price: number, unit: number): number {
  return price * unit > 2 ** 45 ? unit / 1024 : 0;
}

/** The plain course: one price, points per penny of the marginal item, scaled by its amount to stay whole. */
function plainCourse(
  line: Line,
  score: Float64Array,
  amount: Float64Array,
  usable: Uint8Array,
  capacity: number,
): Course {
  const price = score[line.margin]!;
  const unit = amount[line.margin]!;
  const room = capacity - line.spent;
  const over = unit - room;
  const distance = new Float64Array(score.length);
  // What one departure alone achieves, to keep the core small from the start.
  let known = 0;
  let lightest = Infinity;
  for (let at = 0; at < score.length; at++) {
    if (usable[at] === 0) continue;
    const gain = score[at]!;
    const spend = amount[at]!;
    const lead = gain * unit - spend * price;
    if (line.above[at] === 1) {
      distance[at] = lead > 0 ? lead : 0;
      if (spend >= over && gain < lightest) lightest = gain;
    } else {
      distance[at] = lead < 0 ? -lead : 0;
      if (spend <= room && gain > known) known = gain;
    }
  }
  const guard = guardOf(price, unit);
  const best: Best = {
    room,
    spendPrice: price,
    gainPrice: unit,
    gain: 0,
    spend: 0,
    node: 0,
    known: Math.max(known, price - lightest),
    limit: 0,
    // Worth keeping: what could still score a point more, or as much for a penny less; or reach what is known.
    tighten() {
      const gap = room * price - Math.max(this.known, this.gain) * unit;
      this.limit = guard + (this.gain < this.known ? gap : Math.max(gap - unit, gap - price * (room - this.spend + 1)));
    },
  };
  best.tighten();
  return { line, usable, score, amount, distance, countPrice: 0, counts: false, isFeasible: () => true, best };
}
