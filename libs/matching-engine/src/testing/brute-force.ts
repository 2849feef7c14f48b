import type { AllowedPair, AssignInput } from '../assign/assign-types.ts';
import { drawLots } from '../lots.ts';

export interface Outcome {
  readonly pairs: readonly AllowedPair[];
  readonly count: number;
  readonly total: number;
  readonly floor: number;
  readonly lots: number;
}

/** Every allowed choice of pairs, one by one: for rounds of at most a dozen pairs. */
export function everyOutcome(input: AssignInput): Outcome[] {
  const places = new Map<string, number>();
  input.mentees.forEach((mentee) => places.set(`mentee ${mentee.id}`, mentee.places ?? 1));
  input.mentors.forEach((mentor) => places.set(`mentor ${mentor.id}`, mentor.places));
  const mentees = input.mentees.map((mentee) => mentee.id);
  const mentors = input.mentors.map((mentor) => mentor.id);
  const lotOf = drawLots(input.seed, mentees, mentors);
  const outcomes: Outcome[] = [];
  for (let subset = 0; subset < 2 ** input.pairs.length; subset++) {
    const pairs = input.pairs.filter((_, at) => subset & (1 << at));
    const used = new Map<string, number>();
    const use = (key: string) => used.set(key, (used.get(key) ?? 0) + 1);
    pairs.forEach((pair) => {
      use(`mentee ${pair.mentee}`);
      use(`mentor ${pair.mentor}`);
    });
    if ([...used].some(([key, times]) => times > (places.get(key) ?? 0))) continue;
    outcomes.push({
      pairs,
      count: pairs.length,
      total: pairs.reduce((sum, pair) => sum + pair.score, 0),
      floor: pairs.reduce((lowest, pair) => Math.min(lowest, pair.score), Infinity),
      lots: pairs.reduce((sum, pair) => sum + lotOf(mentees.indexOf(pair.mentee), mentors.indexOf(pair.mentor), 0), 0),
    });
  }
  return outcomes;
}

/** What the order compares, most important first; with a ceiling the least sum of squares in place of the total. */
export function rankOf(
  outcome: Omit<Outcome, 'lots'> & Partial<Pick<Outcome, 'lots'>>,
  order: AssignInput['order'],
  ceiling?: number,
): number[] {
  if (order === 'total') return [outcome.total, outcome.count];
  const worth =
    ceiling === undefined ? outcome.total : outcome.pairs.reduce((sum, { score }) => sum - (ceiling - score) ** 2, 0);
  if (order === 'pairs-total') return [outcome.count, worth];
  return [outcome.count, outcome.floor, worth];
}

export function compareRanks(first: readonly number[], second: readonly number[]): number {
  for (let at = 0; at < first.length; at++) {
    const [a, b] = [first[at] ?? 0, second[at] ?? 0];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** All outcomes that are best by the order, before lots. */
export function bestOutcomes(input: AssignInput, outcomes = everyOutcome(input)): Outcome[] {
  let best: Outcome[] = [];
  for (const outcome of outcomes) {
    const first = best[0];
    const sign = first
      ? compareRanks(rankOf(outcome, input.order, input.ceiling), rankOf(first, input.order, input.ceiling))
      : 1;
    if (sign > 0) best = [outcome];
    else if (sign === 0) best.push(outcome);
  }
  return best;
}
