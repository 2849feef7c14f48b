/** A directed graph in compressed rows: arcs of node x are `target[start[x] ... start[x + 1] - 1]`. */
export interface Digraph {
  readonly start: Int32Array;
  readonly target: Int32Array;
}

/** Builds rows from a generator that is run twice (to count, then to fill) and must give the same arcs. */
export function digraph(nodes: number, eachArc: (arc: (from: number, to: number) => void) => void): Digraph {
  const start = new Int32Array(nodes + 1);
  eachArc((from) => start[from + 1]!++);
  for (let node = 0; node < nodes; node++) start[node + 1]! += start[node]!;
  const target = new Int32Array(start[nodes]!);
  const next = start.slice(0, nodes);
  eachArc((from, to) => (target[next[from]!++] = to));
  return { start, target };
}

export interface Components {
  /** Component by node. An arc between components goes from the higher number to the lower. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Strongly connected components (Tarjan, SIAM J. Comput. 1, 1972), without recursion. O(nodes + arcs). */
export function stronglyConnected(graph: Digraph): Components {
  return new ComponentSearch(graph).run();
}

class ComponentSearch {
  private readonly start: Int32Array;
  private readonly target: Int32Array;
  private readonly of: Int32Array;
  private readonly index: Int32Array;
  private readonly low: Int32Array;
  private readonly nextArc: Int32Array;
  private readonly open: Int32Array;
  private readonly trail: Int32Array;
  private openCount = 0;
  private visited = 0;
  private count = 0;

  constructor({ start, target }: Digraph) {
    const nodes = start.length - 1;
    this.start = start;
    this.target = target;
    this.of = new Int32Array(nodes).fill(-1);
    this.index = new Int32Array(nodes);
    this.low = new Int32Array(nodes);
    this.nextArc = start.slice(0, nodes);
    this.open = new Int32Array(nodes);
    this.trail = new Int32Array(nodes);
  }

  run(): Components {
    const { start, of, index } = this;
    for (let root = 0; root < of.length; root++) {
      if (index[root] !== 0) continue;
      if (start[root] === start[root + 1]) {
        index[root] = ++this.visited;
        of[root] = this.count++;
      } else {
        this.explore(root);
      }
    }
    return { of, count: this.count };
  }

  private explore(root: number): void {
    const { start, nextArc, trail, low } = this;
    let depth = 0;
    trail[0] = root;
    this.enter(root);
    while (depth >= 0) {
      const node = trail[depth]!;
      const below = nextArc[node]! < start[node + 1]! ? this.follow(node) : -1;
      if (below >= 0) {
        trail[++depth] = below;
      } else if (nextArc[node] === start[node + 1]) {
        this.close(node);
        depth--;
        if (depth >= 0 && low[node]! < low[trail[depth]!]!) low[trail[depth]!] = low[node]!;
      }
    }
  }

  private enter(node: number): void {
    this.index[node] = this.low[node] = ++this.visited;
    this.open[this.openCount++] = node;
  }

  /** Takes up the arcs of the node until one leads to a new node, which it enters; -1 at the last. */
  private follow(node: number): number {
    const { start, target, nextArc, index, low, of } = this;
    for (let arc = nextArc[node]!, end = start[node + 1]!; arc < end; arc++) {
      const to = target[arc]!;
      if (index[to] === 0) {
        nextArc[node] = arc + 1;
        this.enter(to);
        return to;
      }
      if (of[to] === -1 && index[to]! < low[node]!) low[node] = index[to]!;
    }
    nextArc[node] = start[node + 1]!;
    return -1;
  }

  /** Everything opened after the first node of a component belongs to it. */
  private close(node: number): void {
    const { low, index, open, of } = this;
    if (low[node] !== index[node]) return;
    let member: number;
    do {
      member = open[--this.openCount]!;
      of[member] = this.count;
    } while (member !== node);
    this.count++;
  }
}
