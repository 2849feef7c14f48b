import { CanonicalHash } from '../canonical-hash.ts';
import { canonicalOrder } from '../canonical-order.ts';
import { countingSort } from '../counting-sort.ts';
import { checkExchange } from './check-exchange.ts';
import { ExchangeRefused } from './exchange-refused.ts';
import type { ExchangeInput, ExchangeOrder } from './exchange-types.ts';

/**
 * A checked input in compressed rows and canonical order: visitors, offers and institutions sorted by id (code units);
 * a visitor's requests from `visitorStart[v]` up to `visitorStart[v + 1]`, sorted by offer.
 */
export interface ExchangeInstance {
  readonly visitorIds: readonly string[];
  /** Institution by visitor. */
  readonly home: Int32Array;
  readonly offerIds: readonly string[];
  readonly host: Int32Array;
  readonly places: Int32Array;
  readonly institutionIds: readonly string[];
  readonly carried: Float64Array;
  readonly visitorStart: Int32Array;
  readonly visitor: Int32Array;
  readonly offer: Int32Array;
  readonly days: Int32Array;
  readonly score: Int32Array;
  readonly delta: number;
  readonly order: ExchangeOrder;
}

/** Checks and sorts. O(requests + ids log ids). Throws `ExchangeRefused`. */
export function exchangeInstance(input: ExchangeInput): ExchangeInstance {
  checkExchange(input);
  const { requests, offers, balances = [] } = input;
  const sortedOffers = canonicalOrder(offers.map(({ id }) => id));
  const offerAt = new Map(sortedOffers.ids.map((id, at) => [id, at]));
  const visitorIds = canonicalOrder([...new Set(requests.map(({ visitor }) => visitor))]).ids;
  const visitorAt = new Map(visitorIds.map((id, at) => [id, at]));
  const named = new Set([...offers.map(({ host }) => host), ...requests.map(({ home }) => home)]);
  const institutionIds = canonicalOrder([...named]).ids;
  const institutionAt = new Map(institutionIds.map((id, at) => [id, at]));
  const home = new Int32Array(visitorIds.length);
  const listedVisitor = new Int32Array(requests.length);
  const listedOffer = new Int32Array(requests.length);
  requests.forEach((request, at) => {
    listedVisitor[at] = visitorAt.get(request.visitor)!;
    listedOffer[at] = offerAt.get(request.offer)!;
    home[listedVisitor[at]!] = institutionAt.get(request.home)!;
  });
  const byOffer = countingSort(listedOffer, offers.length).order;
  const { order, start } = countingSort(listedVisitor, visitorIds.length, byOffer);
  const visitor = Int32Array.from(order, (at) => listedVisitor[at]!);
  const offer = Int32Array.from(order, (at) => listedOffer[at]!);
  refuseRepetition(input, order, visitor, offer);
  const carried = new Float64Array(institutionIds.length);
  balances.forEach(({ institution, balance }) => {
    const at = institutionAt.get(institution);
    if (at !== undefined) carried[at] = balance;
  });
  return {
    visitorIds,
    home,
    offerIds: sortedOffers.ids,
    host: Int32Array.from(sortedOffers.order, (listed) => institutionAt.get(offers[listed]!.host)!),
    places: Int32Array.from(sortedOffers.order, (listed) => offers[listed]!.places),
    institutionIds,
    carried,
    visitorStart: start,
    visitor,
    offer,
    days: Int32Array.from(order, (at) => requests[at]!.days),
    score: Int32Array.from(order, (at) => requests[at]!.score),
    delta: input.delta,
    order: input.order ?? 'visits-total',
  };
}

/**
 * How far days hosted less days sent may go in this cycle, below 0 and above. Afterwards the balance lies within delta of 0;
 * where what was carried in already lies outside, it may go no further out. So no visit at all is always possible.
 */
export function limitsOf({ carried }: ExchangeInstance, h: number, delta: number): [lowest: number, highest: number] {
  const before = carried[h]!;
  return [Math.min(-delta, before) - before, Math.max(delta, before) - before];
}

/** Days of every request between two institutions, if they are all equal (1 if there is none); else null. */
export function daysOfEach({ home, host, visitor, offer, days }: ExchangeInstance): number | null {
  let each = 0;
  for (let at = 0; at < days.length; at++) {
    if (home[visitor[at]!] === host[offer[at]!] || days[at] === each) continue;
    if (each !== 0) return null;
    each = days[at]!;
  }
  return each === 0 ? 1 : each;
}

/** SHA-256 of the canonical input: delta; institutions with balances; offers; visitors; requests. Numbers as in `CanonicalHash`. */
export function hashExchange(instance: ExchangeInstance): string {
  const { institutionIds, carried, offerIds, host, places, visitorIds, home } = instance;
  const hash = new CanonicalHash('waymark-exchange-input/1').numbers([instance.delta, institutionIds.length]);
  institutionIds.forEach((id, h) => hash.text(id).numbers([carried[h]!]));
  hash.numbers([offerIds.length]);
  offerIds.forEach((id, o) => hash.text(id).numbers([host[o]!, places[o]!]));
  hash.numbers([visitorIds.length]);
  visitorIds.forEach((id, v) => hash.text(id).numbers([home[v]!]));
  hash.numbers([instance.visitor.length]);
  for (const column of [instance.visitor, instance.offer, instance.days, instance.score]) hash.numbers(column);
  return hash.digest();
}

function refuseRepetition(
  { requests }: ExchangeInput,
  order: Int32Array,
  visitor: Int32Array,
  offer: Int32Array,
): void {
  let index = Infinity;
  let firstIndex = 0;
  for (let at = 1; at < order.length; at++) {
    if (visitor[at] !== visitor[at - 1] || offer[at] !== offer[at - 1] || order[at]! >= index) continue;
    index = order[at]!;
    firstIndex = order[at - 1]!;
  }
  const repeated = requests[index];
  if (!repeated) return;
  throw new ExchangeRefused(
    'request-duplicate',
    { list: 'requests', index, field: 'offer', firstIndex },
    `${JSON.stringify(repeated.visitor)} asks for ${JSON.stringify(repeated.offer)} twice`,
  );
}
