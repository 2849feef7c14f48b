import { ENGINE_VERSION } from '../engine-version.ts';
import { circulate, type CirculationSolution } from './circulation.ts';
import { daysOfEach, exchangeInstance, type ExchangeInstance, hashExchange, limitsOf } from './exchange-instance.ts';
import { explainExchange, visitedBy } from './exchange-reasons.ts';
import type { ExchangeInput, ExchangeResult, GrantedVisit, InstitutionBalance } from './exchange-types.ts';
import { searchVisits } from './integer-program.ts';
import { faultsOf, provePrices } from './price-proof.ts';

/** The solved exchange: visits by request, and how they were found. */
export interface ExchangeSolution {
  readonly granted: Uint8Array;
  /** Undefined where days differ and the limits bind, so that visits were searched for. */
  readonly circulation: CirculationSolution | undefined;
  /** As `PriceProof.daysEach`. */
  readonly daysEach: number | null;
}

/**
 * Grants visit requests so that every institution's days hosted and days sent balance within delta: at most one visit
 * for each visitor, no offer beyond its places; by default the most visits, then the highest total (see
 * `ExchangeOrder`). Exact. A visit within one institution changes no balance. What was carried in from earlier counts; an
 * institution already past delta may go no further out, so making no visit is always allowed.
 *
 * Where all visits between institutions take equally many days, or the limits do not bind, a circulation of least cost
 * by the network simplex method; else an integer program for HiGHS, see `searchVisits`. After Dur and Unver, "Two-Sided
 * Matching via Balanced Exchange", J. Political Economy 127, 2019, who ask for balance in such exchanges.
 *
 * The same input and seed give the same bytes, whatever the listing order. Throws `ExchangeRefused`.
 */
export async function exchange(input: ExchangeInput): Promise<ExchangeResult> {
  const instance = exchangeInstance(input);
  return exchangeResultOf(instance, await solveExchange(instance, input.seed), input.seed);
}

/** The solving alone, without reasons and proof. */
export async function solveExchange(instance: ExchangeInstance, seed: string): Promise<ExchangeSolution> {
  const daysEach = daysOfEach(instance);
  const circulation = circulate(instance, daysEach, instance.delta, seed);
  if (daysEach !== null || faultsOf(instance, circulation.granted).length === 0) {
    return { granted: circulation.granted, circulation, daysEach };
  }
  return { granted: await searchVisits(instance, seed), circulation: undefined, daysEach };
}

/** The second half of `exchange`: balances, reasons, proof and hash for a solved instance. */
export function exchangeResultOf(instance: ExchangeInstance, solution: ExchangeSolution, seed: string): ExchangeResult {
  const { granted, circulation, daysEach } = solution;
  const [fault] = faultsOf(instance, granted);
  if (fault !== undefined) throw new Error(`the engine's own proof fails: ${fault}`);
  // What the prices of a circulation without limits say of other results does not hold within the limits.
  const within = daysEach === null ? undefined : circulation;
  const visits = visitsOf(instance, granted, within);
  const isLeftOut = visits.length < instance.visitorIds.length;
  const looser = daysEach !== null && isLeftOut ? loosened(instance, daysEach, seed) : undefined;
  const scores = visits.map(({ score }) => score);
  return {
    visits,
    count: visits.length,
    total: scores.reduce((sum, score) => sum + score, 0),
    floor: scores.length === 0 ? null : scores.reduce((lowest, score) => Math.min(lowest, score)),
    institutions: balancesOf(instance, granted),
    unmatched: explainExchange(instance, granted, within, looser && visitedBy(instance, looser.granted)),
    ...(looser ? { looser: looser.result } : {}),
    certificate: circulation
      ? provePrices(instance, circulation, daysEach)
      : { kind: 'search', solver: 'highs', gap: 0 },
    inputHash: hashExchange(instance),
    delta: instance.delta,
    order: instance.order,
    seed,
    engineVersion: ENGINE_VERSION,
  };
}

function visitsOf(
  { visitorIds, offerIds, visitor, offer, days, score }: ExchangeInstance,
  granted: Uint8Array,
  circulation: CirculationSolution | undefined,
): GrantedVisit[] {
  const visits: GrantedVisit[] = [];
  for (let at = 0; at < granted.length; at++) {
    if (!granted[at]) continue;
    visits.push({
      visitor: visitorIds[visitor[at]!]!,
      offer: offerIds[offer[at]!]!,
      days: days[at]!,
      score: score[at]!,
      ...(circulation ? { byLot: circulation.byLot[at] === 1 } : {}),
    });
  }
  return visits;
}

function balancesOf(instance: ExchangeInstance, granted: Uint8Array): InstitutionBalance[] {
  const { institutionIds, home, host, visitor, offer, days, carried } = instance;
  const hosted = new Float64Array(institutionIds.length);
  const sent = new Float64Array(institutionIds.length);
  for (let at = 0; at < granted.length; at++) {
    if (!granted[at]) continue;
    hosted[host[offer[at]!]!]! += days[at]!;
    sent[home[visitor[at]!]!]! += days[at]!;
  }
  return institutionIds.map((institution, h) => {
    const before = carried[h]!;
    const [lowest, highest] = limitsOf(instance, h, instance.delta);
    const [hostedDays, sentDays] = [hosted[h]!, sent[h]!];
    return {
      institution,
      carried: before,
      hosted: hostedDays,
      sent: sentDays,
      after: before + hostedDays - sentDays,
      limits: [before + lowest, before + highest],
    };
  });
}

/** The answer for the next delta that lets some institution host or send one visit more. */
function loosened(instance: ExchangeInstance, daysEach: number, seed: string) {
  let delta = Infinity;
  for (let h = 0; h < instance.carried.length; h++) {
    const [lowest, highest] = limitsOf(instance, h, instance.delta);
    const before = instance.carried[h]!;
    for (const [limit, sign] of [
      [highest, 1],
      [-lowest, -1],
    ] as const) {
      // One visit more needs this much on the institution's own side of 0.
      delta = Math.min(delta, daysEach * (Math.floor(limit / daysEach) + 1) + sign * before);
    }
  }
  if (delta === Infinity) return undefined;
  const { granted } = circulate(instance, daysEach, delta, seed);
  let total = 0;
  let count = 0;
  granted.forEach((is, at) => {
    if (!is) return;
    total += instance.score[at]!;
    count++;
  });
  return { granted, result: { delta, count, total } };
}
