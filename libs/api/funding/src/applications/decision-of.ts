import type { Tx } from '@waymark/api-platform';
import type { ApplicationDecision } from '@waymark/contracts';
import { type PublishedDecision, publishedDecisionQuery, reasonSentences } from '../allocation/published-decision';

/**
 * What was published about an application, and what its readers wrote for the applicant: in an order that says nothing of who
 * wrote what. Null before publication.
 */
export const decisionOf = async (tx: Tx, applicationId: string): Promise<ApplicationDecision | null> => {
  const { text, values } = publishedDecisionQuery(tx.scope.institutionId, applicationId);
  const [decision] = await tx.query<PublishedDecision>(text, values);
  if (!decision) return null;
  const comments = await tx.query<{ said: string }>(
    `select comment_to_applicant as said from review
     where institution_id = $1 and application_id = $2 and status = 'locked' and comment_to_applicant <> ''
     order by md5(id::text)`,
    [tx.scope.institutionId, applicationId],
  );
  return {
    outcome: decision.outcome,
    score: decision.score,
    because: reasonSentences(decision),
    comments: comments.map(({ said }) => said),
  };
};
