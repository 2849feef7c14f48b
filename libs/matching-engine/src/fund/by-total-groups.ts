import type { FundInstance } from './fund-instance.ts';
import { combine, type Combined, type GroupLine, type GroupStates, statesOfGroup } from './group-states.ts';
import { drawLine } from './knapsack-line.ts';
import { Departures } from './knapsack-states.ts';

/** The first loss against the bound that is searched, and how it is raised: too far, and the lists grow long. */
const FIRST_LIMIT = 2;
const GROWTH = 1.2;
/** Prices are fractions: what rounding may cost, in points. */
const ROUNDING = 1e-4;
const HALVINGS = 60;

/**
 * The highest total with floors and caps, exactly: a common price per penny and one for
 * each group draw a line (Lagrangian relaxation); every choice of a group within a stated loss against the bound is
 * listed, and the groups' lists are combined. What is found within the loss is best, as all choices within it are
 * there; where nothing is, the loss is raised. Undefined where the lists grow too long.
 */
export function solveByGroups(instance: FundInstance): Uint8Array | undefined {
  const lines = linesOf(instance);
  if (!lines) return undefined;
  const { groups, commonPrice, bound } = lines;
  for (let limit = FIRST_LIMIT; limit < bound + FIRST_LIMIT; limit *= GROWTH) {
    const taken = within(instance, groups, commonPrice, limit + ROUNDING);
    if (taken !== null) return taken;
  }
  return undefined;
}

/** The best choice that loses at most `limit`; null if there is none, undefined if there are too many to list. */
function within(
  { score, budget }: FundInstance,
  lines: readonly GroupLine[],
  commonPrice: number,
  limit: number,
): Uint8Array | null | undefined {
  const departures = new Departures();
  const lists: GroupStates[] = [];
  let least = 0;
  for (const line of lines) {
    const states = statesOfGroup(line, commonPrice, limit - least, departures);
    if (!states) return undefined;
    if (states.spend.length === 0) return null;
    least += states.loss.reduce((lowest, loss) => Math.min(lowest, loss), Infinity);
    lists.push(states);
    if (least > limit) return null;
  }
  const spendLeast = lists.map(({ spend }) => spend[0]!);
  let together: GroupStates = lists[0]!;
  const steps: Combined[] = [];
  let rest = least - lowest(together);
  let restSpend = spendLeast.reduce((sum, spend) => sum + spend, 0) - spendLeast[0]!;
  for (const [at, next] of lists.entries()) {
    if (at === 0) continue;
    rest -= lowest(next);
    restSpend -= spendLeast[at]!;
    const combined = combine(together, next, limit - rest, budget - restSpend);
    if (!combined) return undefined;
    if (combined.states.spend.length === 0) return null;
    steps.push(combined);
    together = combined.states;
  }
  // By ascending spend with ascending score: the last within the budget is the best.
  let last = together.spend.length - 1;
  while (last >= 0 && (together.spend[last]! > budget || lossOf(together, last, commonPrice, budget) > limit)) last--;
  if (last < 0) return null;
  const taken = new Uint8Array(score.length);
  for (const { above } of lines) for (let at = 0; at < taken.length; at++) taken[at]! |= above[at]!;
  for (let step = steps.length - 1; step >= 0; step--) {
    flip(taken, departures, lists[step + 1]!.node[steps[step]!.second[last]!]!);
    last = steps[step]!.first[last]!;
  }
  flip(taken, departures, lists[0]!.node[last]!);
  return taken;
}

/** Of a whole choice: what is not spent is lost at the common price, too. */
function lossOf({ loss, spend }: GroupStates, at: number, commonPrice: number, budget: number): number {
  return loss[at]! + commonPrice * (budget - spend[at]!);
}

function lowest({ loss }: GroupStates): number {
  return loss.reduce((least, each) => Math.min(least, each), Infinity);
}

function flip(taken: Uint8Array, departures: Departures, node: number): void {
  for (const item of departures.itemsOf(node)) taken[item] = 1 - taken[item]!;
}

interface Lines {
  readonly groups: readonly GroupLine[];
  readonly commonPrice: number;
  /** No choice scores more. */
  readonly bound: number;
}

function linesOf(instance: FundInstance): Lines | undefined {
  const { score, least, group, limits, budget } = instance;
  const limitOf = new Map(limits.map((limit) => [limit.group, limit]));
  const members = new Map<number, Uint8Array>();
  for (let at = 0; at < score.length; at++) {
    const limit = limitOf.get(group[at]!);
    if (least[at]! > Math.min(budget, limit?.cap ?? Infinity)) continue;
    if (score[at] === 0 && (limit?.floor ?? 0) === 0) continue;
    // What has no points and may be needed for a floor alone is left to the other solver.
    if (score[at] === 0) return undefined;
    const key = limit ? group[at]! : -1;
    const own = members.get(key) ?? new Uint8Array(score.length);
    members.set(key, own);
    own[at] = 1;
  }
  if (members.size === 0) return undefined;
  const drawn = [...members]
    .sort(([a], [b]) => a - b)
    .map(([key, usable]) => {
      const { floor, cap } = limitOf.get(key) ?? { floor: 0, cap: Infinity };
      return {
        usable,
        floor,
        cap,
        atCap: priceAt(instance, usable, cap),
        atFloor: floor > 0 ? priceAt(instance, usable, floor) : Infinity,
      };
    });
  const priced = (common: number) => drawn.map((each) => Math.min(each.atFloor, Math.max(common, each.atCap)));
  let [low, high] = [0, 1];
  for (let at = 0; at < score.length; at++) high = Math.max(high, score[at]! / least[at]!);
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const prices = priced(middle);
    const spent = drawn.reduce(
      (sum, each, at) => sum + clamped(spentAbove(instance, each.usable, prices[at]!), each),
      0,
    );
    if (spent > budget) low = middle;
    else high = middle;
  }
  const commonPrice = high;
  const prices = priced(commonPrice);
  const groups = drawn.map((each, at) => groupLine(instance, each, prices[at]!, commonPrice));
  return { groups, commonPrice, bound: groups.reduce((sum, { value }) => sum + value, commonPrice * budget) };
}

function clamped(spent: number, { floor, cap }: { floor: number; cap: number }): number {
  return Math.max(floor, Math.min(cap, spent));
}

/** The price at which the group alone spends just so much; 0 where it cannot. */
function priceAt({ score, least }: FundInstance, usable: Uint8Array, money: number): number {
  const { margin } = drawLine(score, least, usable, money);
  return margin < 0 ? 0 : score[margin]! / least[margin]!;
}

function spentAbove({ score, least }: FundInstance, usable: Uint8Array, price: number): number {
  let spent = 0;
  for (let at = 0; at < usable.length; at++) {
    if (usable[at] === 1 && score[at]! - price * least[at]! > 0) spent += least[at]!;
  }
  return spent;
}

function groupLine(
  { score, least, amount }: FundInstance,
  { usable, floor, cap }: { usable: Uint8Array; floor: number; cap: number },
  price: number,
  commonPrice: number,
): GroupLine {
  const above = new Uint8Array(score.length);
  const distance = new Float64Array(score.length);
  const items: number[] = [];
  let [spent, asked, total, value] = [0, 0, 0, 0];
  for (let at = 0; at < score.length; at++) {
    if (usable[at] === 0) continue;
    items.push(at);
    const lead = score[at]! - price * least[at]!;
    distance[at] = Math.abs(lead);
    if (lead <= 0) continue;
    above[at] = 1;
    spent += least[at]!;
    asked += amount[at]!;
    total += score[at]!;
    value += lead;
  }
  items.sort((a, b) => distance[a]! - distance[b]! || a - b);
  // Dearer than the common price: the cap binds. Cheaper: the floor does.
  if (price > commonPrice) value += (price - commonPrice) * cap;
  if (price < commonPrice) value += (price - commonPrice) * floor;
  return {
    items: Int32Array.from(items),
    distance,
    above,
    score,
    least,
    amount,
    spent,
    asked,
    total,
    floor,
    cap,
    value,
  };
}
