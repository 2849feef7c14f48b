import { digraph, stronglyConnected } from '../assign/components.ts';
import { drawLots } from '../lots.ts';
import { ExchangeRefused } from './exchange-refused.ts';
import { type ExchangeInstance, limitsOf } from './exchange-instance.ts';
import { type Network, NetworkSimplex } from './network-simplex.ts';

/** What a visit is worth: `scale * score + visitWorth`, so that the order of the result is one sum. */
export interface Worth {
  readonly scale: number;
  readonly visitWorth: number;
}

/**
 * Nodes: visitors, offers, institutions, and one for what institutions owe each other. Arcs, in this order: a
 * request (visitor to offer); a visitor (from home, one at most); an offer (to its host, its places); for each
 * institution what it hosts beyond what it sends, and what it sends beyond what it hosts, as far as its limits allow. What
 * goes out of a home comes back as hosting: a circulation.
 */
export interface ExchangeNetwork extends Network {
  readonly visitors: number;
  readonly offers: number;
  readonly institutions: number;
  readonly requests: number;
}

export interface CirculationSolution {
  readonly network: ExchangeNetwork;
  readonly worth: Worth;
  /** By request. */
  readonly granted: Uint8Array;
  readonly byLot: Uint8Array;
  /** By arc, with the lots decided. */
  readonly flow: Float64Array;
  /** Of the best worth, before lots; and each arc's reduced cost by them. */
  readonly potential: Float64Array;
  readonly reducedCost: Float64Array;
}

/**
 * The best visits where every visit between institutions takes `daysEach` days, so that limits are whole numbers of
 * visits: a circulation of least cost. `null`: without limits. Among equally good results the lots of seed and ids
 * decide, in a second stage over the arcs of reduced cost 0. Throws `ExchangeRefused` where sums might exceed 2^53.
 */
export function circulate(
  instance: ExchangeInstance,
  daysEach: number | null,
  delta: number,
  seed: string,
): CirculationSolution {
  const worth = worthOf(instance);
  const network = networkOf(instance, daysEach, delta);
  const { requests } = network;
  const arcs = network.tail.length;
  const simplex = new NetworkSimplex(network);
  simplex.optimise(circulationCosts(instance, network, worth));
  const potential = simplex.potential.slice();
  const reducedCost = Float64Array.from({ length: arcs }, (_, arc) => simplex.reducedCost(arc));
  const lotOf = drawLots(seed, instance.visitorIds, instance.offerIds);
  const lots = new Float64Array(arcs);
  for (let at = 0; at < requests; at++) lots[at] = -lotOf(instance.visitor[at]!, instance.offer[at]!, 0);
  const byLot = openToLots(network, simplex.flow, reducedCost);
  if (byLot.includes(1)) simplex.optimise(lots, Int32Array.from(tightArcs(reducedCost)));
  const flow = simplex.flow.slice(0, arcs);
  return {
    network,
    worth,
    granted: Uint8Array.from({ length: requests }, (_, at) => flow[at]!),
    byLot,
    flow,
    potential,
    reducedCost,
  };
}

/** What each arc costs: of requests less than 0, what the visit is worth; of others nothing. */
export function circulationCosts(
  { score }: ExchangeInstance,
  { tail, requests }: ExchangeNetwork,
  { scale, visitWorth }: Worth,
): Float64Array {
  const cost = new Float64Array(tail.length);
  for (let at = 0; at < requests; at++) cost[at] = -(scale * score[at]! + visitWorth);
  return cost;
}

/** By the order: a visit outweighs any loss of points, or a point outweighs any loss of visits. */
export function worthOf({ order, visitorStart, score, institutionIds }: ExchangeInstance): Worth {
  let mostPoints = 0;
  let highest = 0;
  for (let v = 0; v + 1 < visitorStart.length; v++) {
    let best = 0;
    for (let at = visitorStart[v]!; at < visitorStart[v + 1]!; at++) best = Math.max(best, score[at]!);
    mostPoints += best;
    highest = Math.max(highest, best);
  }
  const visitors = visitorStart.length - 1;
  const worth =
    order === 'visits-total' ? { scale: 1, visitWorth: 2 * mostPoints + 1 } : { scale: visitors + 1, visitWorth: 1 };
  // Along a path visits are added and taken away in turn, but for at most one at each institution.
  const mostOnPath =
    (institutionIds.length + 4) * (worth.scale * highest + worth.visitWorth) + 2 * worth.scale * mostPoints;
  if (mostOnPath < Number.MAX_SAFE_INTEGER / 4) return worth;
  throw new ExchangeRefused(
    'exchange-too-large',
    { list: 'requests', index: 0, field: 'score' },
    'visitors, institutions and scores together are too large for exact sums; smaller scores would do',
  );
}

/** How many visits an institution may host beyond those it sends, and send beyond those it hosts. */
export function visitLimits(
  instance: ExchangeInstance,
  h: number,
  daysEach: number | null,
  delta: number,
): [hosts: number, sends: number] {
  if (daysEach === null) return [Infinity, Infinity];
  const [lowest, highest] = limitsOf(instance, h, delta);
  return [Math.floor(highest / daysEach), Math.floor(-lowest / daysEach)];
}

function networkOf(instance: ExchangeInstance, daysEach: number | null, delta: number): ExchangeNetwork {
  const { visitor, offer, home, host, places, institutionIds } = instance;
  const [visitors, offers, institutions, requests] = [home.length, host.length, institutionIds.length, visitor.length];
  const arcs = requests + visitors + offers + 2 * institutions;
  const tail = new Int32Array(arcs);
  const head = new Int32Array(arcs);
  const capacity = new Float64Array(arcs).fill(1);
  const owed = visitors + offers + institutions;
  let arc = 0;
  for (let at = 0; at < requests; at++, arc++) {
    tail[arc] = visitor[at]!;
    head[arc] = visitors + offer[at]!;
  }
  for (let v = 0; v < visitors; v++, arc++) {
    tail[arc] = visitors + offers + home[v]!;
    head[arc] = v;
  }
  for (let o = 0; o < offers; o++, arc++) {
    tail[arc] = visitors + o;
    head[arc] = visitors + offers + host[o]!;
    capacity[arc] = places[o]!;
  }
  for (let h = 0; h < institutions; h++, arc += 2) {
    const [hosts, sends] = visitLimits(instance, h, daysEach, delta);
    tail[arc] = head[arc + 1] = visitors + offers + h;
    head[arc] = tail[arc + 1] = owed;
    // More than can be used where there is no limit, so that it is never reached and has no price.
    capacity[arc] = Math.min(hosts, visitors + 1);
    capacity[arc + 1] = Math.min(sends, visitors + 1);
  }
  return { nodes: owed + 1, tail, head, capacity, visitors, offers, institutions, requests };
}

function* tightArcs(reducedCost: Float64Array): Generator<number> {
  for (let arc = 0; arc < reducedCost.length; arc++) if (reducedCost[arc] === 0) yield arc;
}

/** Requests that some best results grant and others do not: those on a cycle of changes that costs nothing. */
function openToLots(
  { nodes, tail, head, capacity, requests }: ExchangeNetwork,
  flow: Float64Array,
  reducedCost: Float64Array,
): Uint8Array {
  const { of } = stronglyConnected(
    digraph(nodes, (arc) => {
      for (let at = 0; at < reducedCost.length; at++) {
        if (reducedCost[at] !== 0) continue;
        if (flow[at]! < capacity[at]!) arc(tail[at]!, head[at]!);
        if (flow[at]! > 0) arc(head[at]!, tail[at]!);
      }
    }),
  );
  const open = new Uint8Array(requests);
  for (let at = 0; at < requests; at++) {
    if (reducedCost[at] === 0 && of[tail[at]!] === of[head[at]!]) open[at] = 1;
  }
  return open;
}
