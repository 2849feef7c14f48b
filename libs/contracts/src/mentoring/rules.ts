import { z } from 'zod';
import { requiredText } from '../platform/fields';

/** A round's rules: who is never put together, and what scores how much. Integer points only. */
const points = z.int().min(0).max(1000);
/** The mentor's grade less the mentee's, in steps of the institution's order. */
const gradeSteps = z.int().min(-20).max(20);

/** The name of an attribute that people of a round may share, as `profession`. */
export const attributeName = requiredText(40);

export const roundRules = z.strictObject({
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
  }),
});
export type RoundRules = z.infer<typeof roundRules>;

export const newRoundRules: RoundRules = {
  proposalsPerMentee: 1,
  placesAtMost: null,
  never: { sameUnit: true, earlierPairs: true, gradeSteps: null },
  points: { grade: [], shared: [{ attribute: 'skills', points: 10 }], identity: 0, waiting: 10 },
};
