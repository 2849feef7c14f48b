import type { Instance } from './instance.ts';
import { PriceHeap } from './price-heap.ts';
import type { Solution } from './solve.ts';

export interface Shortfalls {
  /** By mentee without a pair: what the best result that includes them is worth less; Infinity where there is none. */
  readonly loss: Float64Array;
  /** The pair by which they would come in at that loss; -1 where there is none. */
  readonly pair: Int32Array;
}

/**
 * For every mentee who is a column and has no pair: the least loss of any exchange that would bring them in. One
 * multi-source Dijkstra backwards over reduced costs, from the columns that could give up a place (at their price)
 * to the columns that could gain one. O(pairs log people), for all mentees together.
 */
export function shortfalls(instance: Instance, solution: Solution): Shortfalls {
  const { optimum, layout, choice } = solution;
  const { problem, rowOf, matched, rowPrice, columnPrice } = optimum;
  const { start, column, weight, capacity, need } = problem;
  const columns = capacity.length;
  const held = matchedByColumn(optimum);
  const distance = new Float64Array(columns + need.length).fill(Infinity);
  const reachedBy = new Int32Array(columns).fill(-1);
  const done = new Uint8Array(distance.length);
  const heap = new PriceHeap(distance);
  for (let c = 0; c < columns; c++) {
    if (held.start[c] === held.start[c + 1]) continue;
    distance[c] = columnPrice[c]!;
    heap.raise(c);
  }
  const reducedCost = (edge: number) => rowPrice[rowOf[edge]!]! + columnPrice[column[edge]!]! - weight[edge]!;
  const relax = (node: number, next: number, edge: number) => {
    if (done[node] || next >= distance[node]!) return;
    distance[node] = next;
    if (node < columns) reachedBy[node] = edge;
    heap.raise(node);
  };
  while (heap.size > 0) {
    const node = heap.takeLeast();
    done[node] = 1;
    if (node < columns) {
      for (let at = held.start[node]!; at < held.start[node + 1]!; at++) {
        const edge = held.edges[at]!;
        relax(columns + rowOf[edge]!, distance[node]! - reducedCost(edge), edge);
      }
    } else {
      const row = node - columns;
      for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
        if (!matched[edge]) relax(column[edge]!, distance[node]! + reducedCost(edge), edge);
      }
    }
  }
  const loss = new Float64Array(instance.menteeIds.length).fill(Infinity);
  const pair = new Int32Array(instance.menteeIds.length).fill(-1);
  layout.menteeColumn.forEach((c, i) => {
    if (c < 0 || choice.menteeFilled[i]! > 0 || reachedBy[c] === -1) return;
    loss[i] = distance[c]!;
    pair[i] = layout.pairOf[reachedBy[c]!]!;
  });
  return { loss, pair };
}

function matchedByColumn(optimum: Solution['optimum']) {
  const { problem, matched } = optimum;
  const { column, capacity } = problem;
  const start = new Int32Array(capacity.length + 1);
  matched.forEach((is, edge) => is && start[column[edge]! + 1]!++);
  for (let c = 0; c < capacity.length; c++) start[c + 1]! += start[c]!;
  const edges = new Int32Array(start[capacity.length]!);
  const next = start.slice(0, capacity.length);
  matched.forEach((is, edge) => is && (edges[next[column[edge]!]!++] = edge));
  return { start, edges };
}
