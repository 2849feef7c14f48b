import type { AssignCertificate } from './assign-types.ts';
import { weightOf } from './dissatisfaction.ts';
import type { Instance } from './instance.ts';
import type { Settled } from './settled.ts';
import type { Solution } from './solve.ts';

/** The proof that goes with a settled round, in terms of people. O(pairs). */
export function certify(settled: Settled): AssignCertificate {
  const { instance, order, scale, ceiling, choice, least, aboveFloor, competition } = settled;
  const { pairPrice, menteePrice, mentorPrice } = settled;
  let dual = BigInt(pairPrice) * BigInt(choice.count);
  instance.menteePlaces.forEach((places, i) => (dual += BigInt(places) * BigInt(menteePrice[i]!)));
  instance.mentorPlaces.forEach((places, j) => (dual += BigInt(places) * BigInt(mentorPrice[j]!)));
  let surplus = 0n;
  let primal = 0n;
  for (let edge = 0; edge < choice.chosen.length; edge++) {
    if (instance.score[edge]! < least) continue;
    const value = valueOf(instance.score[edge]!, scale, ceiling);
    const over = value - pairPrice - menteePrice[instance.mentee[edge]!]! - mentorPrice[instance.mentor[edge]!]!;
    if (over > 0) surplus += BigInt(over);
    if (choice.chosen[edge]) primal += BigInt(value);
  }
  dual += surplus;
  if (dual !== primal) throw new Error(`the engine's own proof fails: ${dual} is not ${primal}`);
  const line = (id: string, price: number, competes: number | undefined) => [id, price, competes ? 1 : 0] as const;
  return {
    order,
    ...(competition ? { pairsBound: competition.pairsBound } : {}),
    scale,
    ...(ceiling === undefined ? {} : { ceiling }),
    pairPrice,
    dualObjective: String(dual),
    primalObjective: String(primal),
    gap: 0,
    mentees: instance.menteeIds.map((id, i) => line(id, menteePrice[i]!, competition?.mentees[i])),
    mentors: instance.mentorIds.map((id, j) => line(id, mentorPrice[j]!, competition?.mentors[j])),
    ...(aboveFloor
      ? {
          aboveFloor: {
            pairsBound: aboveFloor.pairsBound,
            menteesCompeting: instance.menteeIds.filter((_, i) => aboveFloor.mentees[i]),
            mentorsCompeting: instance.mentorIds.filter((_, j) => aboveFloor.mentors[j]),
          },
        }
      : {}),
  };
}

/** What a pair of this score weighs in the certificate. */
export function valueOf(score: number, scale: number, ceiling: number | undefined): number {
  return scale > 1 ? scale * score + 1 : weightOf(score, ceiling);
}

/**
 * Rows have prices of any sign, since they must be full. Taking the same amount (the price of a pair) off every row's
 * price and adding it to every pair changes nothing where a pair has one row; pairs between two rows (never chosen)
 * and between two columns (always chosen) bound it from above. The highest that serves is taken.
 */
export function pricesOf(instance: Instance, solution: Solution) {
  const { layout, optimum, order, least, choice, ceiling } = solution;
  const { menteeRow, menteeColumn, mentorRow, mentorColumn } = layout;
  const { rowPrice, columnPrice } = optimum;
  const menteePrice = new Float64Array(menteeRow.length);
  const mentorPrice = new Float64Array(mentorRow.length);
  if (order === 'total') {
    const price = (row: number, column: number, hasFree: boolean) =>
      row < 0 ? columnPrice[column]! : hasFree ? 0 : rowPrice[row]!;
    menteePrice.forEach((_, i) => {
      const hasFree = choice.menteeFilled[i]! < instance.menteePlaces[i]!;
      menteePrice[i] = price(menteeRow[i]!, menteeColumn[i]!, hasFree);
    });
    mentorPrice.forEach((_, j) => {
      const hasFree = choice.mentorFilled[j]! < instance.mentorPlaces[j]!;
      mentorPrice[j] = price(mentorRow[j]!, mentorColumn[j]!, hasFree);
    });
    return { pairPrice: 0, menteePrice, mentorPrice };
  }
  let pairPrice = rowPrice.reduce((lowest, price) => Math.min(lowest, price), Infinity);
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    const i = instance.mentee[edge]!;
    const j = instance.mentor[edge]!;
    if (instance.score[edge]! < least) continue;
    const weight = weightOf(instance.score[edge]!, ceiling);
    if (menteeRow[i]! >= 0 && mentorRow[j]! >= 0) {
      pairPrice = Math.min(pairPrice, rowPrice[menteeRow[i]!]! + rowPrice[mentorRow[j]!]! - weight);
    } else if (menteeRow[i] === -1 && mentorRow[j] === -1) {
      pairPrice = Math.min(pairPrice, weight - columnPrice[menteeColumn[i]!]! - columnPrice[mentorColumn[j]!]!);
    }
  }
  if (pairPrice === Infinity) pairPrice = 0;
  const price = (row: number, column: number) => (row >= 0 ? rowPrice[row]! - pairPrice : columnPrice[column]!);
  menteePrice.forEach((_, i) => (menteePrice[i] = price(menteeRow[i]!, menteeColumn[i]!)));
  mentorPrice.forEach((_, j) => (mentorPrice[j] = price(mentorRow[j]!, mentorColumn[j]!)));
  return { pairPrice, menteePrice, mentorPrice };
}
