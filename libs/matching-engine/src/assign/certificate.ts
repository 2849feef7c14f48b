import type { AssignCertificate } from './assign-types.ts';
import type { Instance } from './instance.ts';
import { whoCompetes } from './most-pairs.ts';
import type { Solution } from './solve.ts';

/** The proof that goes with a solution, in terms of people. O(pairs). */
export function certify(instance: Instance, solution: Solution): AssignCertificate {
  const { order, scale, choice, least, aboveFloor } = solution;
  const competition = order === 'pairs-floor-total' ? whoCompetes(instance, choice) : solution.competition;
  const { pairPrice, menteePrice, mentorPrice } = pricesOf(instance, solution);
  let dual = BigInt(pairPrice) * BigInt(choice.count);
  instance.menteePlaces.forEach((places, i) => (dual += BigInt(places) * BigInt(menteePrice[i]!)));
  instance.mentorPlaces.forEach((places, j) => (dual += BigInt(places) * BigInt(mentorPrice[j]!)));
  let surplus = 0n;
  let primal = 0n;
  for (let edge = 0; edge < choice.chosen.length; edge++) {
    if (instance.score[edge]! < least) continue;
    const value = valueOf(instance.score[edge]!, scale);
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

export function valueOf(score: number, scale: number): number {
  return scale > 1 ? scale * score + 1 : score;
}

/**
 * Rows have prices of any sign, since they must be full. Taking the same amount (the price of a pair) off every row's
 * price and adding it to every pair changes nothing where a pair has one row; pairs between two rows (never chosen)
 * and between two columns (always chosen) bound it from above. The highest that serves is taken.
 */
function pricesOf(instance: Instance, solution: Solution) {
  const { layout, optimum, order, least, choice } = solution;
  const { menteeRow, menteeColumn, mentorRow, mentorColumn } = layout;
  const { rowPrice, columnPrice } = optimum;
  const menteePrice = new Float64Array(menteeRow.length);
  const mentorPrice = new Float64Array(mentorRow.length);
  if (order === 'total') {
    menteePrice.forEach((_, i) => (menteePrice[i] = columnPrice[menteeColumn[i]!]!));
    mentorPrice.forEach((_, j) => {
      mentorPrice[j] = choice.mentorFilled[j]! < instance.mentorPlaces[j]! ? 0 : rowPrice[mentorRow[j]!]!;
    });
    return { pairPrice: 0, menteePrice, mentorPrice };
  }
  let pairPrice = rowPrice.reduce((lowest, price) => Math.min(lowest, price), Infinity);
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    const score = instance.score[edge]!;
    const i = instance.mentee[edge]!;
    const j = instance.mentor[edge]!;
    if (score < least) continue;
    if (menteeRow[i]! >= 0 && mentorRow[j]! >= 0) {
      pairPrice = Math.min(pairPrice, rowPrice[menteeRow[i]!]! + rowPrice[mentorRow[j]!]! - score);
    } else if (menteeRow[i] === -1 && mentorRow[j] === -1) {
      pairPrice = Math.min(pairPrice, score - columnPrice[menteeColumn[i]!]! - columnPrice[mentorColumn[j]!]!);
    }
  }
  if (pairPrice === Infinity) pairPrice = 0;
  const price = (row: number, column: number) => (row >= 0 ? rowPrice[row]! - pairPrice : columnPrice[column]!);
  menteePrice.forEach((_, i) => (menteePrice[i] = price(menteeRow[i]!, menteeColumn[i]!)));
  mentorPrice.forEach((_, j) => (mentorPrice[j] = price(mentorRow[j]!, mentorColumn[j]!)));
  return { pairPrice, menteePrice, mentorPrice };
}
