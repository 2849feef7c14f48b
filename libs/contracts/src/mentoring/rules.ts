import { z } from 'zod';
import { requiredText } from '../platform/fields';

/** A round's rules: who is never put together, and what scores how much. Integer points only. */
const points = z.int().min(0).max(1000);
/** The mentor's grade less the mentee's, in steps of the institution's order. */
const gradeSteps = z.int().min(-20).max(20);

/** The name of an attribute that people of a round may share, as `profession`. */
export const attributeName = requiredText(40);

/**
 * By what a round is matched. The first three pair as many people as possible and differ in what comes next; `total` seeks
 * points alone; `stable` lets nobody have a better pair than theirs with somebody who would also be better off.
 */
export const matchingMethods = [
  'pairs-total',
  'pairs-floor-total',
  'pairs-dissatisfaction',
  'total',
  'stable',
] as const;
export type MatchingMethod = (typeof matchingMethods)[number];

export const roundRules = z.strictObject({
  /** The round's own; a run may be made by another. Rules from before there was a choice have none. */
  method: z.enum(matchingMethods).default('pairs-total'),
  /** To how many mentors one mentee is proposed; the first acceptance ends the others. */
  proposalsPerMentee: z.int().min(1).max(3),
  /** At most so many mentees for one mentor in this round, whatever their capacity; null: as their capacity says. */
  placesAtMost: z.int().min(1).max(10).nullable(),
  /** One's own management chain is always kept apart, and whoever either has excluded; neither is a setting. */
  never: z.strictObject({
    sameUnit: z.boolean(),
    earlierPairs: z.boolean(),
    /** Allowed difference in grade, from and to included; null: any, also where a grade is not known. */
    gradeSteps: z
      .strictObject({ from: gradeSteps, to: gradeSteps })
      .refine((range) => range.from <= range.to, { error: 'grade-range-reversed' })
      .nullable(),
  }),
  points: z.strictObject({
    grade: z
      .array(z.strictObject({ steps: gradeSteps, points }))
      .max(41)
      .refine((rows) => new Set(rows.map((row) => row.steps)).size === rows.length, { error: 'steps-repeated' }),
    /** Both have a value of this attribute in common. */
    shared: z
      .array(z.strictObject({ attribute: attributeName, points }))
      .max(20)
      .refine((rows) => new Set(rows.map((row) => row.attribute.toLowerCase())).size === rows.length, {
        error: 'attribute-repeated',
      }),
    /** The mentor has the identity that the mentee asked to be matched on. Used for matching alone, never shown. */
    identity: points,
    /** For each round waited. */
    waiting: points,
    /** After so many rounds waited each further one outweighs whatever else gives points; null: never. */
    patience: z.int().min(1).max(20).nullable().default(null),
  }),
});
export type RoundRules = z.infer<typeof roundRules>;

export const newRoundRules: RoundRules = {
  method: 'pairs-total',
  proposalsPerMentee: 1,
  placesAtMost: null,
  never: { sameUnit: true, earlierPairs: true, gradeSteps: null },
  points: { grade: [], shared: [{ attribute: 'skills', points: 10 }], identity: 0, waiting: 10, patience: null },
};

/** Waiting gives at most so many points, so that every score stays within what the engine takes. */
export const waitingMost = 500_000;

/** The most by which two people's points with the same mentor can differ, waiting left out. */
export const pointsSpread = ({ points: given, never }: RoundRules): number => {
  const reachable = given.grade.filter(
    ({ steps }) => never.gradeSteps === null || (steps >= never.gradeSteps.from && steps <= never.gradeSteps.to),
  );
  return (
    Math.max(0, ...reachable.map((row) => row.points)) +
    given.shared.reduce((sum, row) => sum + row.points, 0) +
    given.identity
  );
};

/**
 * What the rules promise to those who wait, against people with the same possibilities (allowed the same mentors), pins left
 * aside; see the engine's waiting rule for the proof. `after`: whoever has waited more than so many rounds goes before all
 * who asked later. `ahead`: whoever has waited more than so many rounds longer goes first. Null: nothing is promised.
 */
export type WaitingPromise = { kind: 'after' | 'ahead'; rounds: number } | null;
export const waitingPromise = (rules: RoundRules): WaitingPromise => {
  const { waiting, patience } = rules.points;
  const spread = pointsSpread(rules);
  if (waiting > spread) return { kind: 'after', rounds: 0 };
  if (patience !== null) return { kind: 'after', rounds: patience };
  return waiting === 0 ? null : { kind: 'ahead', rounds: Math.floor(spread / waiting) };
};
