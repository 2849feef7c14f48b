import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  type RecuseReview as RecuseInput,
  type ReopenReview as ReopenInput,
  type ReviewSaved,
  type ReviewStatus,
  type SaveReview as SaveInput,
  weightedScore,
} from '@waymark/contracts';
import { reviewTable } from '../statuses';
import { conflictKeys, conflictsOf } from './conflicts';
import { Review } from './entities';
import * as letters from './letters';
import { whileScoring } from './panel-access';
import { PanelPost } from './panel-post';
import { applicationsToRead } from './read-application';
import { ownReview } from './review-view';

/** One's own review, locked while the call is held in scoring. */
const ownToChange = async (tx: Tx, actor: Actor, reviewId: string, version: number): Promise<Review> => {
  const { review: found } = await ownReview(tx, actor, reviewId);
  await whileScoring(tx, found.callId);
  return tx.lockAt(Review, reviewId, version);
};

const refusedMove = (from: ReviewStatus, to: ReviewStatus): Refused =>
  new Refused('status-refused', { facts: { from, to } });

const savedOf = ({ id, version, status, score }: Review): ReviewSaved => ({ id, version, status, score });

/** The review's content by the criteria that the application was submitted under. */
const written = async (tx: Tx, review: Review, { scores, commentToApplicant, privateComment }: SaveInput) => {
  const read = (await applicationsToRead(tx, [review.applicationId])).get(review.applicationId);
  // Taken back by the applicant, or found ineligible, at the same moment.
  if (read?.status !== 'eligible') throw new Refused('not-found');
  const { criteria } = read.terms;
  const known = new Set(criteria.map(({ id }) => id));
  if (Object.keys(scores).some((id) => !known.has(id))) throw new Refused('criterion-unknown');
  return { scores, score: weightedScore(criteria, scores), commentToApplicant, privateComment };
};

/** Saves what is typed; not audited, as any autosave. Refused with `changed-meanwhile` where another tab saved since. */
@Injectable()
export class SaveReview {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, reviewId: string, input: SaveInput): Promise<ReviewSaved> {
    return this.transactions.run(actor, async (tx) => {
      const review = await ownToChange(tx, actor, reviewId, input.version);
      // A submitted review is opened again on purpose, not by a late save.
      if (review.status === 'submitted') throw refusedMove(review.status, 'drafting');
      const status = review.status === 'drafting' ? review.status : move(reviewTable, review.status, 'drafting');
      await tx.update(Review, review, {
        ...(await written(tx, review, input)),
        status,
        openedAt: review.openedAt ?? tx.now,
      });
      return savedOf(review);
    });
  }
}

@Injectable()
export class SubmitReview {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, reviewId: string, input: SaveInput): Promise<ReviewSaved> {
    return this.transactions.run(actor, async (tx) => {
      const review = await ownToChange(tx, actor, reviewId, input.version);
      // Out of `locked` the chair alone sends it back.
      if (review.status === 'locked') throw refusedMove(review.status, 'submitted');
      const status = move(reviewTable, review.status, 'submitted');
      const content = await written(tx, review, input);
      if (content.score === null) throw new Refused('scores-missing');
      await tx.update(Review, review, {
        ...content,
        status,
        openedAt: review.openedAt ?? tx.now,
        submittedAt: tx.now,
      });
      await tx.audit('review.submit', { kind: 'review', id: review.id });
      return savedOf(review);
    });
  }
}

/** Takes a submitted review back to a draft, while the call is being scored. */
@Injectable()
export class ReopenReview {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, reviewId: string, { version }: ReopenInput): Promise<ReviewSaved> {
    return this.transactions.run(actor, async (tx) => {
      const review = await ownToChange(tx, actor, reviewId, version);
      // A draft is open already.
      if (review.status !== 'submitted') throw refusedMove(review.status, 'drafting');
      const status = move(reviewTable, review.status, 'drafting');
      await tx.update(Review, review, { status, submittedAt: null });
      await tx.audit('review.reopen', { kind: 'review', id: review.id });
      return savedOf(review);
    });
  }
}

/** Gives a review back for good, with a reason that the chair reads; the chairs hear of it. */
@Injectable()
export class RecuseReview {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  run(actor: Actor, reviewId: string, { version, because }: RecuseInput): Promise<ReviewSaved> {
    return this.transactions.run(actor, async (tx) => {
      const { call } = await ownReview(tx, actor, reviewId);
      const review = await ownToChange(tx, actor, reviewId, version);
      const status = move(reviewTable, review.status, 'recused');
      await tx.update(Review, review, { status, recusedBecause: because });
      await this.people.endRelationships(tx, review.id);
      await tx.audit('review.recuse', { kind: 'review', id: review.id });
      await tellChairs(tx, this.post, review, call);
      return savedOf(review);
    });
  }
}

/** Every chair but the reader, and but those with an interest in the applicant. */
export const tellChairs = async (
  tx: Tx,
  post: PanelPost,
  review: Pick<Review, 'applicationId' | 'panelistId'>,
  call: { id: string; name: string },
  about: 'given-back' | 'interest-since' = 'given-back',
): Promise<void> => {
  const [application] = await tx.query<{ reference: string; applicantId: string }>(
    `select reference, person_id as "applicantId" from application where institution_id = $1 and id = $2`,
    [tx.scope.institutionId, review.applicationId],
  );
  const chairs = await tx.query<{ id: string }>(
    `select person_id as id from call_panelist where institution_id = $1 and call_id = $2 and chair and person_id <> $3`,
    [tx.scope.institutionId, call.id, review.panelistId],
  );
  const interested = conflictKeys(await conflictsOf(tx, call.id));
  await post.send(
    tx,
    chairs.map(({ id }) => id).filter((id) => !interested.has(`${id} ${application?.applicantId ?? ''}`)),
    ({ givenName }) =>
      about === 'given-back'
        ? letters.recused(givenName, call.name, application?.reference ?? '', post.panel(call.id))
        : letters.interestSince(
            givenName,
            call.name,
            application?.reference ?? '',
            post.moderated(call.id, review.applicationId),
          ),
  );
};
