/**
 * Departures from a line, as lists of undominated states: how much more is spent (`spend`) and scored (`gain`) than on
 * the line. By ascending spend, with ascending gain (Nemhauser and Ullmann 1969). `node` leads to the items departed
 * in.
 */
export class States {
  size = 0;
  spend: Float64Array;
  gain: Float64Array;
  node: Int32Array;

  constructor(capacity = 256) {
    this.spend = new Float64Array(capacity);
    this.gain = new Float64Array(capacity);
    this.node = new Int32Array(capacity);
  }

  reserve(capacity: number): void {
    if (capacity <= this.spend.length) return;
    const room = Math.max(capacity, 2 * this.spend.length);
    const { spend, gain, node } = this;
    this.spend = new Float64Array(room);
    this.gain = new Float64Array(room);
    this.node = new Int32Array(room);
    this.spend.set(spend.subarray(0, this.size));
    this.gain.set(gain.subarray(0, this.size));
    this.node.set(node.subarray(0, this.size));
  }

  start(): this {
    this.size = 1;
    this.spend[0] = 0;
    this.gain[0] = 0;
    this.node[0] = 0;
    return this;
  }
}

/** The items in which each state departs, as chains: node 0 is the line itself. */
export class Departures {
  size = 1;
  private parent = new Int32Array(1024);
  private item = new Int32Array(1024);

  add(parent: number, item: number): number {
    if (this.size === this.parent.length) this.grow();
    this.parent[this.size] = parent;
    this.item[this.size] = item;
    return this.size++;
  }

  itemsOf(node: number): number[] {
    const items: number[] = [];
    for (let at = node; at > 0; at = this.parent[at]!) items.push(this.item[at]!);
    return items;
  }

  private grow(): void {
    for (const name of ['parent', 'item'] as const) {
      const grown = new Int32Array(2 * this[name].length);
      grown.set(this[name]);
      this[name] = grown;
    }
  }
}

/** What a search knows: the best so far, and how much a state may lose against the line and still be of use. */
export interface Best {
  /** Room left on the line: states up to this spend are feasible. */
  readonly room: number;
  /** `loss = spend * spendPrice - gain * gainPrice` plus a constant for the list: 0 on the line, never below. */
  readonly spendPrice: number;
  readonly gainPrice: number;
  /** The best gain of a feasible state, and its spend; the node is -1 while there is none. */
  gain: number;
  spend: number;
  node: number;
  /** A gain that is known to be possible, found elsewhere. */
  known: number;
  /** States that lose more than this can lead to nothing better. */
  limit: number;
  /** Sets `limit` after the best has improved. */
  tighten(): void;
}

/**
 * `into` becomes `stay` merged with `move`, every state of which departs in `item` (`spend` and `gain` more); of equal
 * states that of `stay` is kept. Feasible ones are held against the best where `isFeasible`. States that lose more than
 * the limit less `reserve` (what any further departure loses at least) are dropped.
 */
export function merge(
  into: States,
  stay: States,
  move: States,
  item: number,
  spend: number,
  gain: number,
  lossBase: number,
  reserve: number,
  isFeasible: boolean,
  best: Best,
  departures: Departures,
): void {
  into.size = 0;
  into.reserve(stay.size + move.size);
  const { spend: outSpend, gain: outGain, node: outNode } = into;
  const { spend: staySpend, gain: stayGain, node: stayNode, size: staySize } = stay;
  const { spend: moveSpend, gain: moveGain, node: moveNode, size: moveSize } = move;
  const { spendPrice, gainPrice, room } = best;
  let cut = best.limit - reserve - lossBase;
  let size = 0;
  let lastGain = -Infinity;
  let a = 0;
  let b = 0;
  let nextStay = staySize > 0 ? staySpend[0]! : Infinity;
  let nextMove = moveSize > 0 ? moveSpend[0]! + spend : Infinity;
  while (nextStay < Infinity || nextMove < Infinity) {
    if (nextStay < nextMove || (nextStay === nextMove && stayGain[a]! >= moveGain[b]! + gain)) {
      const value = stayGain[a]!;
      if (value > lastGain && nextStay * spendPrice - value * gainPrice <= cut) {
        outSpend[size] = nextStay;
        outGain[size] = value;
        outNode[size++] = stayNode[a]!;
        lastGain = value;
      }
      nextStay = ++a < staySize ? staySpend[a]! : Infinity;
      continue;
    }
    const value = moveGain[b]! + gain;
    if (value > lastGain) {
      let node = -1;
      if (isFeasible && nextMove <= room && (value > best.gain || (value === best.gain && nextMove < best.spend))) {
        node = departures.add(moveNode[b]!, item);
        best.gain = value;
        best.spend = nextMove;
        best.node = node;
        best.tighten();
        cut = best.limit - reserve - lossBase;
      }
      if (nextMove * spendPrice - value * gainPrice <= cut) {
        outSpend[size] = nextMove;
        outGain[size] = value;
        outNode[size++] = node >= 0 ? node : departures.add(moveNode[b]!, item);
        lastGain = value;
      }
    }
    nextMove = ++b < moveSize ? moveSpend[b]! + spend : Infinity;
  }
  into.size = size;
}
