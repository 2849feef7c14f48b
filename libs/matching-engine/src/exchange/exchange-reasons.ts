import { LISTED_AT_MOST } from '../assign/assign-types.ts';
import type { CirculationSolution } from './circulation.ts';
import { type ExchangeInstance, limitsOf } from './exchange-instance.ts';
import type { AtLimit, ExchangeResult, Lacking, NoVisitReason } from './exchange-types.ts';
import { Shortfalls } from './exchange-shortfalls.ts';

/** Why each visitor without a visit has none. `looser`: visits granted under looser limits, by visitor. */
export function explainExchange(
  instance: ExchangeInstance,
  granted: Uint8Array,
  solution: CirculationSolution | undefined,
  looser: Uint8Array | undefined,
): ExchangeResult['unmatched'] {
  const { visitorIds, visitorStart, offer, places, offerIds } = instance;
  const has = visitedBy(instance, granted);
  const taken = new Int32Array(offerIds.length);
  granted.forEach((is, at) => is && taken[offer[at]!]!++);
  const net = netDays(instance, granted);
  const askers = offerIds.map((): number[] => []);
  instance.visitor.forEach((v, at) => askers[offer[at]!]!.push(v));
  const shortfalls = solution && new Shortfalls(instance, solution);
  const unmatched: { visitor: string; reason: NoVisitReason }[] = [];
  visitorIds.forEach((visitor, v) => {
    if (has[v]) return;
    const requests = Array.from({ length: visitorStart[v + 1]! - visitorStart[v]! }, (_, k) => visitorStart[v]! + k);
    const withPlaces = requests.filter((at) => places[offer[at]!]! > 0);
    if (withPlaces.length === 0) {
      const offers = requests.slice(0, LISTED_AT_MOST).map((at) => offerIds[offer[at]!]!);
      unmatched.push({ visitor, reason: { kind: 'offers-have-no-places', offerCount: requests.length, offers } });
      return;
    }
    const lacking: Lacking = {
      ...shortfalls?.of(v, withPlaces),
      ...(looser ? { visitsIfLooser: looser[v] === 1 } : {}),
    };
    const free = withPlaces.filter((at) => taken[offer[at]!]! < places[offer[at]!]!);
    unmatched.push({ visitor, reason: reasonOf(instance, net, askers, withPlaces, free, lacking) });
  });
  return unmatched;
}

/** 1 for visitors with a visit. */
export function visitedBy({ visitorIds, visitor }: ExchangeInstance, granted: Uint8Array): Uint8Array {
  const has = new Uint8Array(visitorIds.length);
  granted.forEach((is, at) => is && (has[visitor[at]!] = 1));
  return has;
}

function reasonOf(
  instance: ExchangeInstance,
  net: Float64Array,
  askers: readonly (readonly number[])[],
  withPlaces: readonly number[],
  free: readonly number[],
  lacking: Lacking,
): NoVisitReason {
  const { offer, places, offerIds } = instance;
  const [first] = free;
  if (first === undefined) {
    const offers = withPlaces.map((at) => offer[at]!);
    const placeCount = offers.reduce((sum, o) => sum + places[o]!, 0);
    const askedBy = new Set(offers.flatMap((o) => askers[o]!)).size;
    return { kind: 'competition', offerCount: offers.length, placeCount, askedBy, ...lacking };
  }
  for (const at of free) {
    const atLimit = pastLimit(instance, net, at);
    if (atLimit.length === 0) return { kind: 'lower-total', offer: offerIds[offer[at]!]!, ...lacking };
  }
  return { kind: 'balance', offer: offerIds[offer[first]!]!, atLimit: pastLimit(instance, net, first), ...lacking };
}

/** Institutions that this visit, added to the others, would take past a limit. */
function pastLimit(instance: ExchangeInstance, net: Float64Array, at: number): AtLimit[] {
  const home = instance.home[instance.visitor[at]!]!;
  const host = instance.host[instance.offer[at]!]!;
  if (home === host) return [];
  const days = instance.days[at]!;
  const past: AtLimit[] = [];
  if (net[host]! + days > limitsOf(instance, host, instance.delta)[1]) {
    past.push({ institution: instance.institutionIds[host]!, side: 'hosts' });
  }
  if (net[home]! - days < limitsOf(instance, home, instance.delta)[0]) {
    past.push({ institution: instance.institutionIds[home]!, side: 'sends' });
  }
  return past;
}

/** Days hosted less days sent, by institution. */
function netDays({ institutionIds, home, host, visitor, offer, days }: ExchangeInstance, granted: Uint8Array) {
  const net = new Float64Array(institutionIds.length);
  granted.forEach((is, at) => {
    if (!is) return;
    net[host[offer[at]!]!]! += days[at]!;
    net[home[visitor[at]!]!]! -= days[at]!;
  });
  return net;
}
