import fc from 'fast-check';
import type { ExchangeInput, VisitRequest } from '../exchange/exchange-types.ts';
import { drawLots } from '../lots.ts';

/** Small cycles: few institutions and scores (so that limits bind and ties abound), balances carried in, zero places. */
export function smallCycle({ daysEqual }: { daysEqual: boolean }): fc.Arbitrary<ExchangeInput> {
  return fc
    .record({
      hosts: fc.array(fc.record({ host: fc.nat({ max: 2 }), places: fc.nat({ max: 2 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      homes: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
      daysEach: fc.integer({ min: 1, max: 3 }),
      highest: fc.constantFrom(0, 2, 20, 1_000_000),
      delta: fc.nat({ max: 5 }),
      carried: fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 3 }),
      order: fc.constantFrom('visits-total' as const, 'total' as const, undefined),
      seed: fc.string({ maxLength: 3 }),
    })
    .chain(({ hosts, homes, daysEach, highest, delta, carried, order, seed }) =>
      fc
        .uniqueArray(
          fc.record({
            visitor: fc.nat({ max: homes.length - 1 }),
            offer: fc.nat({ max: hosts.length - 1 }),
            days: daysEqual ? fc.constant(daysEach) : fc.integer({ min: 1, max: 4 }),
            score: fc.integer({ min: 0, max: highest }),
          }),
          { maxLength: 9, selector: ({ visitor, offer }) => 10 * visitor + offer },
        )
        .map((requests) => ({
          requests: requests.map(({ visitor, offer, days, score }) => ({
            visitor: `v${visitor}`,
            home: `i${homes[visitor]!}`,
            offer: `o${offer}`,
            days,
            score,
          })),
          offers: hosts.map(({ host, places }, at) => ({ id: `o${at}`, host: `i${host}`, places })),
          balances: carried.map((balance, at) => ({ institution: `i${at}`, balance })),
          delta,
          ...(order ? { order } : {}),
          seed,
        })),
    );
}

export interface CycleOutcome {
  readonly visits: readonly VisitRequest[];
  /** What the order compares, most important first, then the sum of lots. */
  readonly rank: readonly [number, number, number];
}

/** Every allowed choice of visits, best first: for cycles of at most nine requests. */
export function everyCycle(input: ExchangeInput): CycleOutcome[] {
  const { requests, offers, delta, balances = [], order = 'visits-total', seed } = input;
  const visitors = [...new Set(requests.map(({ visitor }) => visitor))];
  const lotOf = drawLots(
    seed,
    visitors,
    offers.map(({ id }) => id),
  );
  const hostOf = new Map(offers.map(({ id, host }) => [id, host]));
  const outcomes: CycleOutcome[] = [];
  for (let subset = 0; subset < 2 ** requests.length; subset++) {
    const visits = requests.filter((_, at) => subset & (1 << at));
    if (new Set(visits.map(({ visitor }) => visitor)).size < visits.length) continue;
    if (offers.some(({ id, places }) => visits.filter(({ offer }) => offer === id).length > places)) continue;
    const after = new Map(balances.map(({ institution, balance }) => [institution, balance]));
    const before = new Map(after);
    for (const { home, offer, days } of visits) {
      const host = hostOf.get(offer)!;
      after.set(host, (after.get(host) ?? 0) + days);
      after.set(home, (after.get(home) ?? 0) - days);
    }
    const isWithin = [...after].every(([institution, balance]) => {
      const carried = before.get(institution) ?? 0;
      return balance <= Math.max(delta, carried) && balance >= Math.min(-delta, carried);
    });
    if (!isWithin) continue;
    const total = visits.reduce((sum, { score }) => sum + score, 0);
    const lots = visits.reduce(
      (sum, { visitor, offer }) =>
        sum +
        lotOf(
          visitors.indexOf(visitor),
          offers.findIndex(({ id }) => id === offer),
          0,
        ),
      0,
    );
    const rank = order === 'total' ? ([total, visits.length, lots] as const) : ([visits.length, total, lots] as const);
    outcomes.push({ visits, rank: [...rank] });
  }
  return outcomes.sort((one, other) => {
    const at = one.rank.findIndex((value, place) => value !== other.rank[place]);
    return at === -1 ? 0 : other.rank[at]! - one.rank[at]!;
  });
}
