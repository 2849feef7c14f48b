import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { CallStatus, ReviewView } from '@waymark/contracts';
import { reviewTable } from '../statuses';
import { keptFrom } from './conflicts';
import { Review } from './entities';
import { applicationsToRead } from './read-application';
import { ownReviews } from './reading-list';

export interface OwnReview {
  review: Review;
  call: { id: string; name: string; status: CallStatus };
}

/**
 * A panelist's own review of an application that is still in the running. For anybody else, where it went to somebody else, and
 * where they have an interest, there is none.
 */
export const ownReview = async (tx: Tx, actor: Actor, reviewId: string): Promise<OwnReview> => {
  const [review] = await tx.find(Review, { id: reviewId });
  if (!review || review.panelistId !== actor.personId) throw new Refused('not-found');
  const kept = await keptFrom(tx, review.callId, actor);
  const [call] = await tx.query<OwnReview['call']>(`select c.id, c.name, c.status from ${ownReviews} and r.id = $5`, [
    actor.institutionId,
    review.callId,
    actor.personId,
    [...kept],
    reviewId,
  ]);
  if (!call) throw new Refused('not-found');
  return { review, call };
};

/** What a panelist reads and writes. That it was opened is kept: an unread one is chased. */
@Injectable()
export class ReviewViews {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, reviewId: string): Promise<ReviewView> {
    return this.transactions.run(actor, async (tx) => {
      const { review, call } = await ownReview(tx, actor, reviewId);
      const read = (await applicationsToRead(tx, [review.applicationId])).get(review.applicationId);
      if (!read) throw new Refused('not-found');
      if (!review.openedAt && !actor.acting) {
        await tx.query(
          `update review set opened_at = $3 where institution_id = $1 and id = $2 and opened_at is null
             and status in ('assigned', 'drafting')`,
          [actor.institutionId, reviewId, tx.now],
        );
      }
      const kept = await keptFrom(tx, review.callId, actor);
      const list = await tx.query<{ id: string }>(`select r.id from ${ownReviews} order by a.reference, r.id`, [
        actor.institutionId,
        review.callId,
        actor.personId,
        [...kept],
      ]);
      const at = list.findIndex(({ id }) => id === reviewId);
      const scoring = call.status === 'scoring' && read.status === 'eligible';
      const { status } = review;
      return {
        id: review.id,
        version: review.version,
        status,
        call,
        application: read.application,
        scores: review.scores,
        score: review.score,
        commentToApplicant: review.commentToApplicant,
        privateComment: review.privateComment,
        position: at + 1,
        of: list.length,
        previousId: list[at - 1]?.id ?? null,
        nextId: list[at + 1]?.id ?? null,
        may: {
          score: scoring && reviewTable[status].includes('submitted') && status !== 'locked',
          reopen: scoring && reviewTable[status].includes('drafting') && status === 'submitted',
          recuse: scoring && reviewTable[status].includes('recused'),
        },
      };
    });
  }
}
