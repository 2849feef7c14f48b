import { z } from 'zod';
import { day, id, version } from '../platform/fields';

/* What leaving and moving mean for mentoring. */

const side = z.enum(['mentor', 'mentee']);

/** GET /api/mentoring/leaving/:id: what of a person's mentoring ends when they leave. */
export const mentoringFollows = z.object({
  pairs: z.array(z.object({ id, side, other: z.string() })),
  /** Open proposals, on either side. */
  proposals: z.int(),
  /** Requests still open or matched. */
  requests: z.int(),
  /** Rounds not released yet in which the person takes part. */
  rounds: z.int(),
  /** Enrolled as a mentor. */
  enrolled: z.boolean(),
});
export type MentoringFollows = z.infer<typeof mentoringFollows>;

/** Somebody in a pair across institutions, as the other one knows them. */
export const sharedCard = z.object({
  name: z.string(),
  institution: z.string(),
  unit: z.string().nullable(),
  grade: z.string().nullable(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
});
export type SharedCard = z.infer<typeof sharedCard>;

/** GET /api/mentoring/going-on/:id, by the pair: whether the two wish to go on although one of them moves. */
export const goingOnView = z.object({
  id,
  side,
  other: z.string(),
  /** Which of the two moves. */
  moves: z.enum(['me', 'other']),
  institution: z.string(),
  lastDay: day,
  endsOn: day,
  mine: z.boolean().nullable(),
  /** Whether the other has answered; what they said is told when both have. */
  otherAnswered: z.boolean(),
  goesOn: z.boolean().nullable(),
  may: z.object({ answer: z.boolean() }),
});
export type GoingOnView = z.infer<typeof goingOnView>;
export const answerGoingOn = z.strictObject({ goOn: z.boolean() });
export type AnswerGoingOn = z.infer<typeof answerGoingOn>;

/** A pair across two institutions, as one of the two sees it. */
export const sharedPairView = z.object({
  id,
  side,
  other: sharedCard,
  goals: z.string(),
  endsOn: day,
  status: z.enum(['active', 'completed', 'ended']),
  may: z.object({ end: z.boolean() }),
  version: z.int(),
});
export type SharedPairView = z.infer<typeof sharedPairView>;
export const sharedPairs = z.object({ pairs: z.array(sharedPairView) });
export type SharedPairs = z.infer<typeof sharedPairs>;
export const endSharedPair = z.strictObject({ version });
export type EndSharedPair = z.infer<typeof endSharedPair>;

/** Topic `shared-pair.ended`, in the institution where the pair was agreed: the one who had moved ended it. */
export const SHARED_PAIR_ENDED = 'shared-pair.ended';
export const sharedPairEnded = z.object({ pairId: id });
