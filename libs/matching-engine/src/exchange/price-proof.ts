import type { CirculationSolution } from './circulation.ts';
import { visitLimits, worthOf } from './circulation.ts';
import { daysOfEach, exchangeInstance, type ExchangeInstance, limitsOf } from './exchange-instance.ts';
import type { ExchangeInput, ExchangeResult, PriceProof } from './exchange-types.ts';

/** The proof that goes with a circulation. O(requests + visitors + offers + institutions). */
export function provePrices(
  instance: ExchangeInstance,
  solution: CirculationSolution,
  daysEach: number | null,
): PriceProof {
  const { potential, network, granted, worth } = solution;
  const { visitors, offers } = network;
  const institution = (h: number) => potential[visitors + offers + h]!;
  const owed = potential[network.nodes - 1]!;
  const prices: Prices = {
    visitor: Float64Array.from(instance.home, (h, v) => Math.max(0, potential[v]! - institution(h))),
    offer: Float64Array.from(instance.host, (h, o) => Math.max(0, institution(h) - potential[visitors + o]!)),
    institution: Float64Array.from(instance.institutionIds, (_, h) => (daysEach === null ? 0 : owed - institution(h))),
  };
  const value = valueOf(instance, worth, granted);
  const bound = boundOf(instance, worth, prices, daysEach);
  if (bound !== value) throw new Error(`the engine's own proof fails: ${bound} is not ${value}`);
  const lines = (ids: readonly string[], price: Float64Array) => ids.map((id, at) => [id, price[at]!] as const);
  return {
    kind: 'prices',
    ...worth,
    daysEach,
    visitors: lines(instance.visitorIds, prices.visitor),
    offers: lines(instance.offerIds, prices.offer),
    institutions: lines(instance.institutionIds, prices.institution),
    bound: String(bound),
    value: String(value),
    gap: 0,
  };
}

/**
 * What is wrong with a result as an answer to the input, in words; none if nothing is. Reads the input anew and solves
 * nothing: visits are asked for, within places, one each, within the limits; sums are right; and a proof by prices
 * shows that nothing better exists. (A proof by search cannot be checked so.)
 */
export function verifyExchange(input: ExchangeInput, result: ExchangeResult): string[] {
  const instance = exchangeInstance(input);
  const faults: string[] = [];
  const granted = new Uint8Array(instance.visitor.length);
  const requestAt = new Map<string, number>();
  const keyOf = (visitor: string, offer: string) => JSON.stringify([visitor, offer]);
  instance.visitor.forEach((v, at) => {
    requestAt.set(keyOf(instance.visitorIds[v]!, instance.offerIds[instance.offer[at]!]!), at);
  });
  for (const { visitor, offer } of result.visits) {
    const at = requestAt.get(keyOf(visitor, offer));
    if (at === undefined || granted[at]) faults.push(`the visit of ${visitor} to ${offer} is not asked for, or twice`);
    else granted[at] = 1;
  }
  faults.push(...faultsOf(instance, granted));
  const total = granted.reduce((sum, is, at) => sum + (is ? instance.score[at]! : 0), 0);
  if (result.count !== result.visits.length) faults.push('the count is not that of the visits');
  if (result.total !== total) faults.push('the total is not that of the visits');
  if (result.certificate.kind === 'prices') faults.push(...proofFaults(instance, result.certificate, granted));
  return faults;
}

/** Places, one visit each, and limits, in whole numbers. */
export function faultsOf(instance: ExchangeInstance, granted: Uint8Array): string[] {
  const { visitor, offer, days, home, host, places, visitorIds, offerIds, institutionIds } = instance;
  const visits = new Int32Array(visitorIds.length);
  const guests = new Int32Array(offerIds.length);
  const net = new Float64Array(institutionIds.length);
  for (let at = 0; at < granted.length; at++) {
    if (!granted[at]) continue;
    visits[visitor[at]!]!++;
    guests[offer[at]!]!++;
    net[host[offer[at]!]!]! += days[at]!;
    net[home[visitor[at]!]!]! -= days[at]!;
  }
  const faults: string[] = [];
  visits.forEach((count, v) => count > 1 && faults.push(`${visitorIds[v]} has ${count} visits`));
  guests.forEach((count, o) => count > places[o]! && faults.push(`${offerIds[o]} has ${count} guests`));
  net.forEach((balance, h) => {
    const [lowest, highest] = limitsOf(instance, h, instance.delta);
    if (balance < lowest || balance > highest) faults.push(`${institutionIds[h]} is past its limit`);
  });
  return faults;
}

interface Prices {
  readonly visitor: Float64Array;
  readonly offer: Float64Array;
  readonly institution: Float64Array;
}

type Worth = Pick<PriceProof, 'scale' | 'visitWorth'>;

function proofFaults(instance: ExchangeInstance, proof: PriceProof, granted: Uint8Array): string[] {
  const faults: string[] = [];
  const pricesOf = (ids: readonly string[], lines: PriceProof['offers']) => {
    const price = new Map(lines);
    return Float64Array.from(ids, (id) => price.get(id) ?? NaN);
  };
  const prices: Prices = {
    visitor: pricesOf(instance.visitorIds, proof.visitors),
    offer: pricesOf(instance.offerIds, proof.offers),
    institution: pricesOf(instance.institutionIds, proof.institutions),
  };
  const { scale, visitWorth } = worthOf(instance);
  if (proof.scale !== scale || proof.visitWorth !== visitWorth) faults.push('the proof values visits in another way');
  const isWhole = (price: number) => Number.isSafeInteger(price);
  if (![prices.visitor, prices.offer].every((list) => list.every((price) => isWhole(price) && price >= 0))) {
    return [...faults, 'a price of the proof is missing, below 0 or not whole'];
  }
  if (!prices.institution.every(isWhole)) return [...faults, 'a price of an institution is missing or not whole'];
  if (proof.daysEach === null) {
    if (prices.institution.some((price) => price !== 0)) faults.push('the proof prices limits that it does not count');
  } else if (proof.daysEach !== daysOfEach(instance))
    return [...faults, 'the proof counts other days than are asked for'];
  const bound = boundOf(instance, proof, prices, proof.daysEach);
  const value = valueOf(instance, proof, granted);
  if (bound !== value) faults.push(`the proof bounds the worth by ${bound}, the visits are worth ${value}`);
  if (proof.bound !== String(bound) || proof.value !== String(value))
    faults.push('the sums of the proof are not right');
  return faults;
}

function valueOf(instance: ExchangeInstance, { scale, visitWorth }: Worth, granted: Uint8Array): bigint {
  let value = 0n;
  for (let at = 0; at < granted.length; at++) {
    if (granted[at]) value += BigInt(scale * instance.score[at]! + visitWorth);
  }
  return value;
}

/** See `PriceProof`. */
function boundOf(
  instance: ExchangeInstance,
  { scale, visitWorth }: Worth,
  prices: Prices,
  daysEach: number | null,
): bigint {
  const { visitor, offer, score, home, host, places } = instance;
  let bound = 0n;
  for (const price of prices.visitor) bound += BigInt(price);
  prices.offer.forEach((price, o) => (bound += BigInt(price) * BigInt(places[o]!)));
  if (daysEach !== null) {
    prices.institution.forEach((price, h) => {
      if (price === 0) return;
      const [hosts, sends] = visitLimits(instance, h, daysEach, instance.delta);
      bound += BigInt(Math.abs(price)) * BigInt(price > 0 ? hosts : sends);
    });
  }
  for (let at = 0; at < visitor.length; at++) {
    const [v, o] = [visitor[at]!, offer[at]!];
    const between = prices.institution[host[o]!]! - prices.institution[home[v]!]!;
    const surplus = scale * score[at]! + visitWorth - prices.visitor[v]! - prices.offer[o]! - between;
    if (surplus > 0) bound += BigInt(surplus);
  }
  return bound;
}
