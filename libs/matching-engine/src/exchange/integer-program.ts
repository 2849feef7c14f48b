import { drawLots } from '../lots.ts';
import { type ExchangeInstance, limitsOf } from './exchange-instance.ts';
import { faultsOf } from './price-proof.ts';

/** Loaded once, when first needed; each `solve` starts afresh. */
let loaded: Promise<{ solve: Awaited<ReturnType<typeof import('highs').default>>['solve'] }> | undefined;

/**
 * The best visits where days differ: an integer program, since limits in days then are sums of unlike numbers (as in a
 * knapsack), which no circulation describes. HiGHS (loaded when first needed; default seed, gap 0) finds the best by
 * what comes first, then, that held fast, by what comes second. Its answers are rounded and checked in whole numbers.
 *
 * Which of several equally good results comes out follows from the order of the columns, which is that of their lots: the
 * same for the same input and seed, whatever the listing. At worst exponential time: seconds for some hundreds of visitors
 * of a dozen institutions, minutes and more for many more.
 */
export async function searchVisits(instance: ExchangeInstance, seed: string): Promise<Uint8Array> {
  const columns = columnsByLot(instance, seed);
  if (columns.length === 0) return new Uint8Array(instance.visitor.length);
  const highs = await (loaded ??= import('highs').then(({ default: load }) => load()));
  const counts = columns.map(() => 1);
  const points = columns.map((request) => instance.score[request]!);
  const [first, second] = instance.order === 'visits-total' ? [counts, points] : [points, counts];
  const rows = rowsOf(instance, columns);
  const solve = (objective: number[], held: string[]) => {
    const solution = highs.solve(programOf(objective, [...rows, ...held]), { mip_rel_gap: 0, mip_abs_gap: 0 });
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS ended with ${solution.Status}`);
    return columns.map((_, at) => {
      const column = solution.Columns[`x${at}`];
      return column && 'Primal' in column ? Math.round(column.Primal) : 0;
    });
  };
  const best = solve(first, []);
  const reached = sumOf(first, best);
  const answer =
    new Set(second).size === 1 && first === counts ? best : solve(second, [row('held', first, '>=', reached)]);
  if (sumOf(first, answer) !== reached)
    throw new Error('HiGHS lost in its second search what it had found in its first');
  const granted = new Uint8Array(instance.visitor.length);
  columns.forEach((request, at) => (granted[request] = answer[at]!));
  const [fault] = faultsOf(instance, granted);
  if (fault !== undefined) throw new Error(`the answer of HiGHS fails in whole numbers: ${fault}`);
  return granted;
}

/** Requests for offers with places, by the lot of visitor and offer. */
function columnsByLot({ visitor, offer, places, visitorIds, offerIds }: ExchangeInstance, seed: string): number[] {
  const lotOf = drawLots(seed, visitorIds, offerIds);
  const lots = Float64Array.from(visitor, (v, at) => lotOf(v, offer[at]!, 0));
  return [...visitor.keys()]
    .filter((at) => places[offer[at]!]! > 0)
    .sort((one, other) => lots[one]! - lots[other]! || one - other);
}

function rowsOf(instance: ExchangeInstance, columns: readonly number[]): string[] {
  const { visitor, offer, days, home, host, places, visitorIds, offerIds, institutionIds } = instance;
  const perVisitor = visitorIds.map((): Term[] => []);
  const perOffer = offerIds.map((): Term[] => []);
  const perInstitution = institutionIds.map((): Term[] => []);
  columns.forEach((request, column) => {
    const [v, o] = [visitor[request]!, offer[request]!];
    perVisitor[v]!.push([column, 1]);
    perOffer[o]!.push([column, 1]);
    if (home[v] === host[o]) return;
    perInstitution[host[o]!]!.push([column, days[request]!]);
    perInstitution[home[v]!]!.push([column, -days[request]!]);
  });
  return [
    ...perVisitor.flatMap((terms, v) => (terms.length > 1 ? [rowText(`v${v}`, terms, '<=', 1)] : [])),
    ...perOffer.flatMap((terms, o) => (terms.length > places[o]! ? [rowText(`o${o}`, terms, '<=', places[o]!)] : [])),
    ...perInstitution.flatMap((terms, h) => {
      const [lowest, highest] = limitsOf(instance, h, instance.delta);
      const most = terms.reduce((sum, [, each]) => sum + Math.max(0, each), 0);
      const least = terms.reduce((sum, [, each]) => sum + Math.min(0, each), 0);
      return [
        ...(most > highest ? [rowText(`h${h}`, terms, '<=', highest)] : []),
        ...(least < lowest ? [rowText(`s${h}`, terms, '>=', lowest)] : []),
      ];
    }),
  ];
}

type Term = readonly [column: number, each: number];

/** CPLEX's LP format; a term a line, since lines have a greatest length. */
function programOf(objective: readonly number[], rows: readonly string[]): string {
  const names = objective.map((_, at) => `x${at}`);
  return ['Maximize', row('best', objective), 'Subject To', ...rows, 'Binary', ...names, 'End', ''].join('\n');
}

function row(name: string, each: readonly number[], sign = '', bound = 0): string {
  return rowText(
    name,
    each.map((value, column) => [column, value]),
    sign,
    bound,
  );
}

function rowText(name: string, terms: readonly Term[], sign: string, bound: number): string {
  const text = terms.map(([column, each]) => `${each < 0 ? '-' : '+'} ${Math.abs(each)} x${column}`).join('\n');
  return sign === '' ? `${name}: ${text}` : `${name}: ${text}\n${sign} ${bound}`;
}

function sumOf(each: readonly number[], chosen: readonly number[]): number {
  return each.reduce((sum, value, at) => sum + (chosen[at] ? value : 0), 0);
}
