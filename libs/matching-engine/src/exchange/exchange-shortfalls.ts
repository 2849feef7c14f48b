import type { CirculationSolution } from './circulation.ts';
import type { ExchangeInstance } from './exchange-instance.ts';
import type { Lacking } from './exchange-types.ts';

/** Homes times arcs above which shortfalls are not worked out: it takes one search for each home of somebody left out. */
const MOST_WORK = 100_000_000;

/**
 * What a visit that was not granted lacks: with it forced in, everything else can be rearranged at the cost of a
 * cheapest path, in the network of possible changes, from its offer back to the visitor's home (the visitor has
 * no visit to give up). Reduced costs are >= 0 there, so one search back from each home serves all its visitors
 * (Dijkstra, Numer. Math. 1, 1959). O(arcs log nodes) for each home.
 */
export class Shortfalls {
  private readonly instance: ExchangeInstance;
  private readonly solution: CirculationSolution;
  private readonly arcsInto: { readonly start: Int32Array; readonly step: Int32Array } | undefined;
  private readonly byHome = new Map<number, Float64Array>();

  constructor(instance: ExchangeInstance, solution: CirculationSolution) {
    this.instance = instance;
    this.solution = solution;
    const isTooMuch = instance.institutionIds.length * solution.network.tail.length > MOST_WORK;
    this.arcsInto = isTooMuch ? undefined : stepsInto(solution);
  }

  of(v: number, requests: readonly number[]): Pick<Lacking, 'pointsShort' | 'for'> {
    const { instance, solution } = this;
    const { network, reducedCost, worth } = solution;
    const distance = this.distancesTo(instance.home[v]!);
    if (!distance) return {};
    const visitorArc = network.requests + v;
    let least = Infinity;
    let best = -1;
    for (const at of requests) {
      const loss = reducedCost[visitorArc]! + reducedCost[at]! + distance[network.visitors + instance.offer[at]!]!;
      if (loss >= least) continue;
      least = loss;
      best = at;
    }
    const pointsShort = Math.ceil(least / worth.scale);
    // A visit is worth more than twice all points: a loss of more than half of that is one of a visit.
    if (best === -1 || (instance.order === 'visits-total' && 2 * least > worth.visitWorth)) return {};
    return { pointsShort, for: instance.offerIds[instance.offer[best]!]! };
  }

  private distancesTo(home: number): Float64Array | undefined {
    if (!this.arcsInto) return undefined;
    const known = this.byHome.get(home);
    if (known) return known;
    const { network } = this.solution;
    const distance = searchBack(this.solution, this.arcsInto, network.visitors + network.offers + home);
    this.byHome.set(home, distance);
    return distance;
  }
}

/** Possible changes by the node they end in: `2 * arc` along an arc with room, `2 * arc + 1` against one with flow. */
function stepsInto({ network, flow }: CirculationSolution) {
  const { nodes, tail, head, capacity } = network;
  const start = new Int32Array(nodes + 1);
  for (let arc = 0; arc < tail.length; arc++) {
    if (flow[arc]! < capacity[arc]!) start[head[arc]! + 1]!++;
    if (flow[arc]! > 0) start[tail[arc]! + 1]!++;
  }
  for (let node = 0; node < nodes; node++) start[node + 1]! += start[node]!;
  const next = start.slice(0, nodes);
  const step = new Int32Array(start[nodes]!);
  for (let arc = 0; arc < tail.length; arc++) {
    if (flow[arc]! < capacity[arc]!) step[next[head[arc]!]!++] = 2 * arc;
    if (flow[arc]! > 0) step[next[tail[arc]!]!++] = 2 * arc + 1;
  }
  return { start, step };
}

function searchBack(
  { network, reducedCost }: CirculationSolution,
  { start, step }: { start: Int32Array; step: Int32Array },
  goal: number,
): Float64Array {
  const distance = new Float64Array(network.nodes).fill(Infinity);
  const heap = new NodeHeap(network.nodes, distance);
  distance[goal] = 0;
  heap.raise(goal);
  for (let node = heap.pop(); node !== -1; node = heap.pop()) {
    for (let at = start[node]!; at < start[node + 1]!; at++) {
      const arc = step[at]! >> 1;
      const isAgainst = (step[at]! & 1) === 1;
      const from = isAgainst ? network.head[arc]! : network.tail[arc]!;
      const through = distance[node]! + Math.abs(reducedCost[arc]!);
      if (through >= distance[from]!) continue;
      distance[from] = through;
      heap.raise(from);
    }
  }
  return distance;
}

/** Nodes by distance, the nearest first; a node is there once and rises as its distance falls. */
class NodeHeap {
  private readonly distance: Float64Array;
  private readonly heap: Int32Array;
  private readonly place: Int32Array;
  private size = 0;

  constructor(nodes: number, distance: Float64Array) {
    this.distance = distance;
    this.heap = new Int32Array(nodes);
    this.place = new Int32Array(nodes).fill(-1);
  }

  raise(node: number): void {
    const { distance, heap, place } = this;
    let at = place[node] === -1 ? this.size++ : place[node]!;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (distance[heap[above]!]! <= distance[node]!) break;
      heap[at] = heap[above]!;
      place[heap[at]!] = at;
      at = above;
    }
    heap[at] = node;
    place[node] = at;
  }

  pop(): number {
    if (this.size === 0) return -1;
    const { distance, heap, place } = this;
    const top = heap[0]!;
    const last = heap[--this.size]!;
    let at = 0;
    for (let below = 1; below < this.size; below = 2 * at + 1) {
      if (below + 1 < this.size && distance[heap[below + 1]!]! < distance[heap[below]!]!) below++;
      if (distance[heap[below]!]! >= distance[last]!) break;
      heap[at] = heap[below]!;
      place[heap[at]!] = at;
      at = below;
    }
    heap[at] = last;
    place[last] = at;
    return top;
  }
}
