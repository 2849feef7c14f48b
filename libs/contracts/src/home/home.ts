import { z } from 'zod';
import { id, instant } from '../platform/fields';

/**
 * "What next": what waits for the person, most urgent first. Each task is one action on one screen; the web owns the
 * wording by kind.
 */
export const homeTask = z.object({
  kind: z.enum([
    'answer-proposal',
    'write-agreement',
    'confirm-agreement',
    'wait-for-mentor',
    'answer-question',
    'wait-for-reply',
    'resume-mentoring',
    'wait-for-confirmation',
    'load-round',
    'run-round',
    'review-round',
    'wait-for-answers',
    'mend-run',
    'finish-import',
    'appoint-coordinator',
    'verify-awards',
    'answer-network-invitation',
    'erase-leavers',
    'people-without-manager',
    'answer-transfer',
    'go-on-with-pair',
    'correct-person',
    'apply-to-call',
    'finish-application',
    'answer-returned-application',
    'endorse-application',
    'endorse-changed-event',
    'name-endorser',
    'decide-unendorsed',
    'open-call',
    'assign-panel',
    'review-application',
    'reassign-review',
    'moderate-call',
    'allocate-call',
    'approve-scenario',
    'publish-scenario',
    'answer-award',
    'say-abstract',
    'make-claim',
    'mend-claim',
    'decide-claim',
    'pay-claims',
    'answer-appeal',
  ]),
  /** The record the action opens: a proposal, a round or an import. */
  id,
  dueAt: instant.nullable(),
  /** Name of the other person, of the round, or of the file. */
  about: z.string(),
  /** What the task counts: free places, people loaded, people left out. */
  count: z.int().nullable(),
});
export type HomeTask = z.infer<typeof homeTask>;

export const homeView = z.object({
  today: z.string(),
  tasks: z.array(homeTask),
  pairs: z.array(
    z.object({
      id,
      side: z.enum(['mentor', 'mentee']),
      other: z.string(),
      endsOn: z.string(),
      proposalId: id.nullable(),
      /** A pair across two institutions, which is opened by this and has no proposal here. */
      sharedPairId: id.nullable(),
    }),
  ),
});
export type HomeView = z.infer<typeof homeView>;
