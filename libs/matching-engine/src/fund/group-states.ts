import { Departures } from './knapsack-states.ts';

/** States of one group, or of several together: what they spend and score, by ascending spend. */
export interface GroupStates {
  readonly spend: Float64Array;
  readonly score: Float64Array;
  /** What each loses against the bound. */
  readonly loss: Float64Array;
  /** Items of each state that differ from the line, through `departures`. */
  readonly node: Int32Array;
}

/** More states than this, and the caller turns to another solver. */
export const MOST_STATES = 400_000;

/** The items of a group and the line that its price draws. */
export interface GroupLine {
  /** Positions, nearest to the line first. */
  readonly items: Int32Array;
  readonly distance: Float64Array;
  readonly above: Uint8Array;
  readonly score: Float64Array;
  /** The least that each needs, and what it asks for. */
  readonly least: Float64Array;
  readonly amount: Float64Array;
  /** Sums over what is above. */
  readonly spent: number;
  readonly asked: number;
  readonly total: number;
  /** What the group may spend: it spends its floor where its leasts come to less, if enough is asked for. */
  readonly floor: number;
  readonly cap: number;
  /** The highest score less spending at the common price that the group can have, items in part allowed. */
  readonly value: number;
}

/**
 * Every choice of the group that loses at most `limit` against its bound, within floor and cap, the dominated left out.
 * Undefined where there are too many. A group with a floor keeps dearer states too while it grows: they may be what
 * meets the floor.
 */
export function statesOfGroup(
  line: GroupLine,
  commonPrice: number,
  limit: number,
  departures: Departures,
): GroupStates | undefined {
  const { items, distance, above, floor, cap } = line;
  // Whatever is left out within the limit, enough is asked for: then the floor asks for no dearer states.
  let surelyAsked = line.asked;
  for (const item of items) {
    if (distance[item]! <= limit && above[item] === 1) surelyAsked -= line.amount[item]!;
  }
  const isFloorSure = floor === 0 || surelyAsked >= floor;
  let list: Growing = {
    spend: Float64Array.of(0),
    gain: Float64Array.of(0),
    asked: Float64Array.of(0),
    lost: Float64Array.of(0),
    node: Int32Array.of(0),
  };
  for (const item of items) {
    if (distance[item]! > limit) break;
    list = depart(list, line, item, above[item] === 1 ? -1 : 1, limit, isFloorSure, departures);
    if (list.spend.length > MOST_STATES) return undefined;
  }
  const spendOf = (at: number) => Math.max(floor, line.spent + list.spend[at]!);
  const kept: number[] = [];
  let best = -Infinity;
  for (let at = 0; at < list.spend.length; at++) {
    const spend = spendOf(at);
    const total = line.total + list.gain[at]!;
    if (line.asked + list.asked[at]! < floor || spend > cap) continue;
    if (line.value - (total - commonPrice * spend) > limit) continue;
    // Ascending by spend, but several may spend just the floor: the last of them scores most.
    if (total <= best) continue;
    if (kept.length > 0 && spendOf(kept.at(-1)!) === spend) kept.pop();
    best = total;
    kept.push(at);
  }
  const spend = Float64Array.from(kept, spendOf);
  const totals = Float64Array.from(kept, (at) => line.total + list.gain[at]!);
  return {
    spend,
    score: totals,
    loss: spend.map((pence, at) => line.value - (totals[at]! - commonPrice * pence)),
    node: Int32Array.from(kept, (at) => list.node[at]!),
  };
}

interface Growing {
  readonly spend: Float64Array;
  readonly gain: Float64Array;
  readonly asked: Float64Array;
  readonly lost: Float64Array;
  readonly node: Int32Array;
}

function depart(
  list: Growing,
  { score, least, amount, distance }: GroupLine,
  item: number,
  sign: number,
  limit: number,
  isFloorSure: boolean,
  departures: Departures,
): Growing {
  const size = list.spend.length;
  const spend = new Float64Array(2 * size);
  const gain = new Float64Array(2 * size);
  const asked = new Float64Array(2 * size);
  const lost = new Float64Array(2 * size);
  const node = new Int32Array(2 * size);
  let [count, stay, move] = [0, 0, 0];
  let best = -Infinity;
  while (stay < size || move < size) {
    const staySpend = stay < size ? list.spend[stay]! : Infinity;
    const moveSpend = move < size ? list.spend[move]! + sign * least[item]! : Infinity;
    const isTied = moveSpend === staySpend;
    const moves = moveSpend < staySpend || (isTied && list.gain[move]! + sign * score[item]! > list.gain[stay]!);
    const from = moves ? move++ : stay++;
    const nowLost = list.lost[from]! + (moves ? distance[item]! : 0);
    if (nowLost > limit) continue;
    const nowSpend = moves ? moveSpend : staySpend;
    const nowGain = list.gain[from]! + (moves ? sign * score[item]! : 0);
    const nowAsked = list.asked[from]! + (moves ? sign * amount[item]! : 0);
    // Dominated by what spends no more and scores no less; where the floor is open, only if it asks for no less, too.
    const isSame = count > 0 && spend[count - 1] === nowSpend && gain[count - 1]! >= nowGain;
    if (isFloorSure ? nowGain <= best : isSame && asked[count - 1]! >= nowAsked) continue;
    best = Math.max(best, nowGain);
    spend[count] = nowSpend;
    gain[count] = nowGain;
    asked[count] = nowAsked;
    lost[count] = nowLost;
    node[count++] = moves ? departures.add(list.node[from]!, item) : list.node[from]!;
  }
  return {
    spend: spend.slice(0, count),
    gain: gain.slice(0, count),
    asked: asked.slice(0, count),
    lost: lost.slice(0, count),
    node: node.slice(0, count),
  };
}

/** Which states of the two make each combined one. */
export interface Combined {
  readonly states: GroupStates;
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Every pair within the limit and the budget, the dominated left out; undefined where there are too many. */
export function combine(first: GroupStates, second: GroupStates, limit: number, budget: number): Combined | undefined {
  const byLoss = Int32Array.from(second.loss.keys()).sort((a, b) => second.loss[a]! - second.loss[b]! || a - b);
  const pairs: number[] = [];
  const spend: number[] = [];
  for (let a = 0; a < first.spend.length; a++) {
    for (const b of byLoss) {
      if (first.loss[a]! + second.loss[b]! > limit) break;
      if (first.spend[a]! + second.spend[b]! > budget) continue;
      pairs.push(a, b);
      spend.push(first.spend[a]! + second.spend[b]!);
    }
    if (spend.length > 10 * MOST_STATES) return undefined;
  }
  const scoreOf = (pair: number) => first.score[pairs[2 * pair]!]! + second.score[pairs[2 * pair + 1]!]!;
  const order = Int32Array.from(spend.keys()).sort((a, b) => spend[a]! - spend[b]! || scoreOf(b) - scoreOf(a) || a - b);
  const kept: number[] = [];
  let best = -Infinity;
  for (const pair of order) {
    if (scoreOf(pair) <= best) continue;
    best = scoreOf(pair);
    kept.push(pair);
  }
  const [firsts, seconds] = [0, 1].map((side) => Int32Array.from(kept, (pair) => pairs[2 * pair + side]!));
  return {
    states: {
      spend: Float64Array.from(kept, (pair) => spend[pair]!),
      score: Float64Array.from(kept, scoreOf),
      loss: Float64Array.from(kept, (_, at) => first.loss[firsts![at]!]! + second.loss[seconds![at]!]!),
      node: new Int32Array(kept.length),
    },
    first: firsts!,
    second: seconds!,
  };
}
