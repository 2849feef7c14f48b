import { z } from 'zod';
import { refusals } from './refusals';

/** RFC 9457 problem details, as `application/problem+json`. The web owns the wording of each refusal. */
export const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  refusal: z.enum(refusals),
  /** Quoted by people to their administrator; the same number stands in the log. */
  correlationId: z.string(),
  /** What in the request is wrong: a path as `rules.points.grade.0.steps` and a code. */
  fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  /** Figures and names that the wording needs. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type ProblemView = z.infer<typeof problemView>;
