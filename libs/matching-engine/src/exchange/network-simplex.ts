/** Arcs in parallel arrays: from `tail[a]` to `head[a]`, up to `capacity[a]` units, each worth `-cost[a]`. */
export interface Network {
  readonly nodes: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Whole numbers from 0; `Infinity` where there is no limit. */
  readonly capacity: Float64Array;
}

const LOWER = 1;
const TREE = 0;
const UPPER = -1;

/**
 * A circulation of least cost by the network simplex method, from no flow at all, with strongly feasible trees so that
 * it cannot cycle (Cunningham, Math. Programming 11, 1976), and entering arcs by block search. Costs are whole
 * numbers; all stays exact while sums along a path stay below 2^53. Everything follows from the order of the arcs.
 *
 * A further node, the root, joins all others at first, by arcs into it without limit. Nothing leaves the root, so
 * that they never carry anything and their cost is nothing to the result.
 */
export class NetworkSimplex {
  readonly flow: Float64Array;
  /** Where the flow is optimal: `cost + potential[tail] - potential[head]` is >= 0 at no flow, <= 0 at capacity. */
  readonly potential: Float64Array;
  private readonly nodes: number;
  private readonly arcs: number;
  private readonly tail: Int32Array;
  private readonly head: Int32Array;
  private readonly capacity: Float64Array;
  private readonly cost: Float64Array;
  private readonly state: Int8Array;
  private readonly parent: Int32Array;
  private readonly parentArc: Int32Array;
  private readonly depth: Int32Array;
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  private readonly previousSibling: Int32Array;
  private readonly stack: Int32Array;

  constructor(network: Network) {
    const { nodes } = network;
    const arcs = network.tail.length;
    this.nodes = nodes;
    this.arcs = arcs;
    this.tail = new Int32Array(arcs + nodes);
    this.head = new Int32Array(arcs + nodes).fill(nodes);
    this.capacity = new Float64Array(arcs + nodes).fill(Infinity);
    this.tail.set(network.tail);
    this.head.set(network.head);
    this.capacity.set(network.capacity);
    this.cost = new Float64Array(arcs + nodes);
    this.flow = new Float64Array(arcs + nodes);
    this.state = new Int8Array(arcs + nodes).fill(LOWER);
    this.potential = new Float64Array(nodes + 1);
    this.parent = new Int32Array(nodes + 1).fill(nodes);
    this.parentArc = new Int32Array(nodes + 1).fill(-1);
    this.depth = new Int32Array(nodes + 1).fill(1);
    this.firstChild = new Int32Array(nodes + 1).fill(-1);
    this.nextSibling = new Int32Array(nodes + 1).fill(-1);
    this.previousSibling = new Int32Array(nodes + 1).fill(-1);
    this.stack = new Int32Array(nodes + 1);
    this.parent[nodes] = -1;
    this.depth[nodes] = 0;
    for (let node = 0; node < nodes; node++) {
      this.tail[arcs + node] = node;
      this.parentArc[node] = arcs + node;
      this.state[arcs + node] = TREE;
      this.adopt(nodes, node);
    }
  }

  /**
   * Makes the flow one of least cost, going on from the one that is there. Only arcs in `among` may change (all, unless
   * given); they must hold every arc of the tree, as the arcs of reduced cost 0 do after an optimum.
   */
  optimise(cost: ArrayLike<number>, among?: Int32Array): void {
    for (let arc = 0; arc < this.arcs; arc++) this.cost[arc] = cost[arc]!;
    this.hang(this.nodes, 0);
    const candidates = among ?? Int32Array.from({ length: this.arcs }, (_, arc) => arc);
    const { tail, head, potential, state } = this;
    const costs = this.cost;
    const block = Math.max(32, Math.ceil(Math.sqrt(candidates.length)));
    let at = 0;
    for (let scanned = 0; scanned < candidates.length;) {
      let best = 0;
      let entering = -1;
      const upTo = Math.min(block, candidates.length - scanned);
      for (let count = 0; count < upTo; count++) {
        const arc = candidates[at]!;
        if (++at === candidates.length) at = 0;
        const price = state[arc]! * (costs[arc]! + potential[tail[arc]!]! - potential[head[arc]!]!);
        if (price >= best) continue;
        best = price;
        entering = arc;
      }
      if (entering === -1) scanned += upTo;
      else {
        this.pivot(entering);
        scanned = 0;
      }
    }
  }

  reducedCost(arc: number): number {
    return this.cost[arc]! + this.potential[this.tail[arc]!]! - this.potential[this.head[arc]!]!;
  }

  private pivot(entering: number): void {
    const { tail, head, capacity, flow, parent, parentArc, depth, state } = this;
    const isIncrease = state[entering] === LOWER;
    // The cycle runs from the join down to `first`, over the entering arc to `second`, and up to the join.
    const first = isIncrease ? tail[entering]! : head[entering]!;
    const second = isIncrease ? head[entering]! : tail[entering]!;
    let amount = capacity[entering]!;
    let leaving = -1;
    let isOnFirst = false;
    let below = first;
    let above = second;
    // The last blocking arc of the cycle leaves: on the way down the one nearest `first`, on the way up nearest the join.
    while (below !== above) {
      if (depth[below]! >= depth[above]!) {
        const arc = parentArc[below]!;
        const room = tail[arc] === below ? flow[arc]! : capacity[arc]! - flow[arc]!;
        if (room < amount) {
          amount = room;
          leaving = below;
          isOnFirst = true;
        }
        below = parent[below]!;
      } else above = parent[above]!;
    }
    const join = below;
    for (let node = second; node !== join; node = parent[node]!) {
      const arc = parentArc[node]!;
      const room = tail[arc] === node ? capacity[arc]! - flow[arc]! : flow[arc]!;
      if (room > amount) continue;
      amount = room;
      leaving = node;
      isOnFirst = false;
    }
    if (amount > 0) {
      flow[entering]! += isIncrease ? amount : -amount;
      for (let node = first; node !== join; node = parent[node]!) {
        const arc = parentArc[node]!;
        flow[arc]! += tail[arc] === node ? -amount : amount;
      }
      for (let node = second; node !== join; node = parent[node]!) {
        const arc = parentArc[node]!;
        flow[arc]! += tail[arc] === node ? amount : -amount;
      }
    }
    if (leaving === -1) {
      state[entering] = isIncrease ? UPPER : LOWER;
      return;
    }
    const leavingArc = parentArc[leaving]!;
    state[leavingArc] = flow[leavingArc] === 0 ? LOWER : UPPER;
    state[entering] = TREE;
    if (isOnFirst) this.rehang(first, second, entering, leaving);
    else this.rehang(second, first, entering, leaving);
  }

  /** Cuts off the part of the tree below `cut`, which has `node` in it, and hangs it by `node` from `under`. */
  private rehang(node: number, under: number, arc: number, cut: number): void {
    const { parent, parentArc, potential } = this;
    const reduced = this.reducedCost(arc);
    const shift = this.head[arc] === node ? reduced : -reduced;
    let at = node;
    let nextParent = under;
    let nextArc = arc;
    for (;;) {
      const oldParent = parent[at]!;
      const oldArc = parentArc[at]!;
      this.disown(oldParent, at);
      parent[at] = nextParent;
      parentArc[at] = nextArc;
      this.adopt(nextParent, at);
      if (at === cut) break;
      nextParent = at;
      nextArc = oldArc;
      at = oldParent;
    }
    this.shiftBelow(node, shift, potential);
  }

  private shiftBelow(top: number, shift: number, potential: Float64Array): void {
    const { depth, parent, firstChild, nextSibling, stack } = this;
    let size = 1;
    stack[0] = top;
    while (size > 0) {
      const node = stack[--size]!;
      potential[node]! += shift;
      depth[node] = depth[parent[node]!]! + 1;
      for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!) stack[size++] = child;
    }
  }

  /** Potentials of the whole tree from its arcs' costs. */
  private hang(root: number, from: number): void {
    const { potential, parent, parentArc, head, cost, firstChild, nextSibling, stack } = this;
    potential[root] = from;
    let size = 1;
    stack[0] = root;
    while (size > 0) {
      const node = stack[--size]!;
      if (node !== root) {
        const arc = parentArc[node]!;
        potential[node] = potential[parent[node]!]! + (head[arc] === node ? cost[arc]! : -cost[arc]!);
      }
      for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!) stack[size++] = child;
    }
  }

  private adopt(parent: number, child: number): void {
    const next = this.firstChild[parent]!;
    this.nextSibling[child] = next;
    this.previousSibling[child] = -1;
    if (next !== -1) this.previousSibling[next] = child;
    this.firstChild[parent] = child;
  }

  private disown(parent: number, child: number): void {
    const next = this.nextSibling[child]!;
    const previous = this.previousSibling[child]!;
    if (previous === -1) this.firstChild[parent] = next;
    else this.nextSibling[previous] = next;
    if (next !== -1) this.previousSibling[next] = previous;
  }
}
