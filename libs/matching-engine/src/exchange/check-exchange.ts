import { MAX_PLACES, MAX_SCORE } from '../assign/assign-types.ts';
import { type ExchangePosition, ExchangeRefused, type ExchangeRefusal } from './exchange-refused.ts';
import { EXCHANGE_ORDERS, type ExchangeInput, MAX_BALANCE, MAX_DAYS } from './exchange-types.ts';

/** Throws `ExchangeRefused` at the first fault but repeated requests. O(lines). */
export function checkExchange(input: ExchangeInput): void {
  const { delta, order = 'visits-total' } = input;
  whole('delta', delta, 0, MAX_BALANCE, { list: 'delta', index: 0, field: 'delta' });
  if (!EXCHANGE_ORDERS.includes(order)) {
    const known = EXCHANGE_ORDERS.join(', ');
    throw new ExchangeRefused(
      'order-not-known',
      { list: 'order', index: 0, field: 'order' },
      `the order must be one of ${known}`,
    );
  }
  const offers = checkOffers(input.offers);
  checkRequests(input.requests, offers);
  checkBalances(input.balances ?? []);
}

function checkOffers(offers: ExchangeInput['offers']): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  offers.forEach(({ id, host, places }, index) => {
    named(id, { list: 'offers', index, field: 'id' });
    named(host, { list: 'offers', index, field: 'host' });
    once(seen, id, 'offer-duplicate', { list: 'offers', index, field: 'id' });
    whole('places', places, 0, MAX_PLACES, { list: 'offers', index, field: 'places' });
  });
  return seen;
}

function checkRequests(requests: ExchangeInput['requests'], offers: ReadonlyMap<string, number>): void {
  const homes = new Map<string, { home: string; index: number }>();
  requests.forEach(({ visitor, home, offer, days, score }, index) => {
    named(visitor, { list: 'requests', index, field: 'visitor' });
    named(home, { list: 'requests', index, field: 'home' });
    named(offer, { list: 'requests', index, field: 'offer' });
    if (!offers.has(offer)) {
      const what = `${JSON.stringify(offer)} is not among the offers`;
      throw new ExchangeRefused('offer-unknown', { list: 'requests', index, field: 'offer' }, what);
    }
    const first = homes.get(visitor);
    if (!first) homes.set(visitor, { home, index });
    else if (first.home !== home) {
      throw new ExchangeRefused(
        'home-differs',
        { list: 'requests', index, field: 'home', firstIndex: first.index },
        `${JSON.stringify(visitor)} is of ${JSON.stringify(first.home)} elsewhere, not of ${JSON.stringify(home)}`,
      );
    }
    whole('days', days, 1, MAX_DAYS, { list: 'requests', index, field: 'days' });
    whole('score', score, 0, MAX_SCORE, { list: 'requests', index, field: 'score' });
  });
}

function checkBalances(balances: NonNullable<ExchangeInput['balances']>): void {
  const seen = new Map<string, number>();
  balances.forEach(({ institution, balance }, index) => {
    named(institution, { list: 'balances', index, field: 'institution' });
    once(seen, institution, 'institution-duplicate', { list: 'balances', index, field: 'institution' });
    const at = { list: 'balances', index, field: 'balance' } as const;
    if (Number.isInteger(balance) && Math.abs(balance) <= MAX_BALANCE) return;
    throw new ExchangeRefused(
      Number.isInteger(balance) ? 'balance-too-high' : 'balance-not-whole',
      at,
      `a balance must be a whole number from -${MAX_BALANCE} to ${MAX_BALANCE}, not ${balance}`,
    );
  });
}

function named(id: string, at: ExchangePosition): void {
  if (typeof id === 'string' && id !== '') return;
  throw new ExchangeRefused('id-empty', at, `an entry of ${at.list} has no ${at.field}`);
}

function once(seen: Map<string, number>, id: string, refusal: ExchangeRefusal, at: ExchangePosition): void {
  const firstIndex = seen.get(id);
  if (firstIndex !== undefined) {
    throw new ExchangeRefused(refusal, { ...at, firstIndex }, `${JSON.stringify(id)} is listed twice`);
  }
  seen.set(id, at.index);
}

function whole(
  what: 'days' | 'score' | 'places' | 'delta',
  value: number,
  lowest: 0 | 1,
  highest: number,
  at: ExchangePosition,
): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  const low = what === 'days' ? 'days-too-low' : (`${what}-negative` as const);
  throw new ExchangeRefused(
    !Number.isInteger(value) ? `${what}-not-whole` : value < lowest ? low : `${what}-too-high`,
    at,
    `${what} must be a whole number from ${lowest} to ${highest}, not ${value}`,
  );
}
