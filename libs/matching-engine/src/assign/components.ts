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
  const { start, target } = graph;
  const nodes = start.length - 1;
  const of = new Int32Array(nodes).fill(-1);
  const index = new Int32Array(nodes);
  const low = new Int32Array(nodes);
  const nextArc = start.slice(0, nodes);
  const open = new Int32Array(nodes);
  const trail = new Int32Array(nodes);
  let openCount = 0;
  let visited = 0;
  let count = 0;
  for (let root = 0; root < nodes; root++) {
    if (index[root] !== 0) continue;
    let depth = 0;
    trail[0] = root;
    index[root] = low[root] = ++visited;
    open[openCount++] = root;
    while (depth >= 0) {
      const node = trail[depth]!;
      if (nextArc[node]! < start[node + 1]!) {
        const to = target[nextArc[node]!++]!;
        if (index[to] === 0) {
          index[to] = low[to] = ++visited;
          open[openCount++] = to;
          trail[++depth] = to;
        } else if (of[to] === -1 && index[to]! < low[node]!) {
          low[node] = index[to]!;
        }
        continue;
      }
      if (low[node] === index[node]) {
        for (;;) {
          const member = open[--openCount]!;
          of[member] = count;
          if (member === node) break;
        }
        count++;
      }
      if (--depth >= 0 && low[node]! < low[trail[depth]!]!) low[trail[depth]!] = low[node]!;
    }
  }
  return { of, count };
}
