import { AssignRefused } from './assign-refused.ts';
import { type AssignTable, MAX_SCORE } from './assign-types.ts';

/**
 * The rule by which earlier waiting raises priority: whole points for the rounds that somebody has waited, added to the
 * score of each of their pairs. `perRound` points for each of the first `patience` rounds; for each round after those
 * `spread + 1`, where `spread` is the most by which the scores of two people with one mentor can differ without
 * waiting. Without `patience` every round gives `perRound`.
 *
 * **What it guarantees.** Two people have the same possibilities where they are allowed the same mentors. Let their
 * scores with each differ by at most `spread`, and let A's points for waiting be more than `spread` above B's. Then
 * B is never served while A is left out, in any order and with either dissatisfaction.
 *
 * *Proof.* Let B have a pair with mentor M in the result, and A none. A may have M, asks for at least one pair and has
 * none, so giving B's place with M to A is a valid choice with as many pairs. The pair of A with M scores
 * `score(A, M) + waiting(A) >= score(B, M) - spread + waiting(A) > score(B, M) + waiting(B)`, so it scores more than
 * the pair it replaces. Then the total is higher; the lowest score is no lower; and the sum of weights is higher, as
 * weights rise with the score (`weightOf`: strictly, up to the ceiling). So the choice is better in every order,
 * against the result being best. The proof needs that the floor is judged, and the ceiling set, on scores with
 * waiting: judged without it, the pair of A with M could be below a floor that B's is not.
 *
 * So A, who has waited `waitingBound(rule, w)` rounds or more, goes before everyone with the same possibilities who has
 * waited at most w; with `patience` N, whoever has waited more than N rounds goes before everyone with the same
 * possibilities who asked later, by whatever number of rounds. Without it that holds from the first round where
 * `perRound` is above `spread`; else only against those who asked `floor(spread / perRound) + 1` rounds later or more,
 * however long both wait.
 *
 * It holds while the points stay below `most`, from where waiting on gives no more. Nobody is promised a place: where
 * too few come free, those who have waited longest go first, and others with other possibilities may be served
 * before them.
 */
export interface WaitingRule {
  readonly perRound: number;
  /** The most by which the scores of two people with the same mentor can differ, waiting left out. */
  readonly spread: number;
  /** Rounds after which each further one outweighs any score. */
  readonly patience?: number;
  /** Points for waiting are at most so many. */
  readonly most: number;
}

/** The points for so many rounds waited: whole, and never fewer for a longer wait. Throws RangeError. */
export function waitingPoints(rule: WaitingRule, rounds: number): number {
  checkRule(rule);
  if (!Number.isInteger(rounds) || rounds < 0) throw new RangeError(`rounds waited must be whole, not ${rounds}`);
  return Math.min(rule.most, uncapped(rule, rounds));
}

function uncapped({ perRound, spread, patience = Infinity }: WaitingRule, rounds: number): number {
  const early = Math.min(rounds, patience);
  return perRound * early + (spread + 1) * (rounds - early);
}

/**
 * The fewest rounds that somebody must have waited to go before everyone with the same possibilities who has waited
 * `other` rounds; null where the points that waiting can give do not suffice. Without `patience` and for `other` 0 it
 * is `floor(spread / perRound) + 1`. Throws RangeError.
 */
export function waitingBound(rule: WaitingRule, other = 0): number | null {
  const wanted = waitingPoints(rule, other) + rule.spread + 1;
  const { perRound, spread, patience, most } = rule;
  if (wanted > most) return null;
  const early = perRound > 0 ? Math.ceil(wanted / perRound) : Infinity;
  if (early <= (patience ?? Infinity)) return early === Infinity ? null : early;
  return (patience ?? 0) + Math.ceil((wanted - perRound * (patience ?? 0)) / (spread + 1));
}

/**
 * What a scheme can state: nobody waits more than `rounds` rounds while someone who asked later, be it one round, and
 * has the same possibilities is served; it holds for waits of up to `upTo` rounds, where the points reach their most.
 * Null where the rule gives no such number. Throws RangeError.
 */
export function laterNeverFirst(rule: WaitingRule): { readonly rounds: number; readonly upTo: number } | null {
  checkRule(rule);
  const { perRound, spread, patience, most } = rule;
  const rounds = perRound > spread ? 0 : patience;
  if (rounds === undefined) return null;
  const step = spread + 1;
  const early = patience ?? Infinity;
  const upTo =
    perRound > 0 && perRound * early >= most
      ? Math.floor(most / perRound)
      : early + Math.floor((most - perRound * early) / step);
  return upTo > rounds ? { rounds, upTo } : null;
}

/**
 * A table whose scores have the points for waiting in them: `waited[at]` rounds for the mentee at that position. The
 * input is not changed. Throws `AssignRefused` (`score-too-high`) where a score passes the engine's highest.
 */
export function withWaiting(table: AssignTable, waited: ArrayLike<number>, rule: WaitingRule): AssignTable {
  const points = Float64Array.from(table.menteeIds, (_, at) => waitingPoints(rule, waited[at] ?? 0));
  const pairScore = new Float64Array(table.pairScore.length);
  for (let pair = 0; pair < pairScore.length; pair++) {
    const score = table.pairScore[pair]! + (points[table.pairMentee[pair]!] ?? 0);
    if (score > MAX_SCORE) {
      throw new AssignRefused(
        'score-too-high',
        { list: 'pairs', index: pair, field: 'score' },
        `with its points for waiting a score would be ${score}, above ${MAX_SCORE}`,
      );
    }
    pairScore[pair] = score;
  }
  return { ...table, pairScore };
}

function checkRule({ perRound, spread, patience = 0, most }: WaitingRule): void {
  for (const [name, value] of Object.entries({ perRound, spread, patience, most })) {
    if (!Number.isInteger(value) || value < 0 || value > MAX_SCORE)
      throw new RangeError(`${name} must be a whole number from 0 to ${MAX_SCORE}, not ${value}`);
  }
}
