import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { BackToScoring as Input, PanelView } from '@waymark/contracts';
import { Application } from '../applications/entities';
import { record } from '../applications/timeline';
import { Call } from '../calls/entities';
import { applicationTable, callTable, reviewTable } from '../statuses';
import { Review } from './entities';
import * as letters from './letters';
import { mayRunPanel, type PanelAccess } from './panel-access';
import { PanelPost } from './panel-post';
import { panelViewIn } from './panel-view';
import { freeFor, giveTo } from './reassign-review';

/**
 * Moderation goes back to scoring for some reviews: each is opened for its reader again, or goes to a substitute. The others stay
 * locked; the applications concerned are to be scored anew.
 */
@Injectable()
export class BackToScoring {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  run(actor: Actor, callId: string, { version, because, reviews: chosen }: Input): Promise<PanelView> {
    return this.transactions.run(actor, async (tx) => {
      const access = await mayRunPanel(tx, actor, callId);
      const call = await tx.lockAt(Call, callId, version);
      const status = move(callTable, call.status, 'scoring');
      const substituteOf = new Map(chosen.map(({ id, substituteId }) => [id, substituteId]));
      const { reviews, applications } = await hold(tx, callId, [...substituteOf.keys()], access);
      for (const application of applications.values()) {
        await tx.update(Application, application, { status: move(applicationTable, application.status, 'eligible') });
      }
      await record(
        tx,
        [...applications.keys()].map((applicationId) => ({
          applicationId,
          kind: 'eligible' as const,
          facts: { backToScoring: true },
        })),
      );
      for (const review of reviews) {
        const application = applications.get(review.applicationId);
        if (!application) throw new Error('a review without its application');
        const unlocked = move(reviewTable, review.status, 'submitted');
        const substituteId = substituteOf.get(review.id) ?? null;
        const to = move(reviewTable, unlocked, substituteId ? 'reassigned' : 'drafting');
        await tx.update(Review, review, { status: to, submittedAt: substituteId ? review.submittedAt : null });
        await tx.audit('review.send-back', { kind: 'review', id: review.id }, { substituteId });
        if (substituteId) await this.substitute(tx, access, application, review, substituteId);
        else {
          await this.post.send(tx, [review.panelistId], ({ givenName }) =>
            letters.lookAgain(givenName, call.name, application.reference, because, this.post.review(review.id)),
          );
        }
      }
      await tx.update(Call, call, { status });
      await tx.audit('call.back-to-scoring', { kind: 'call', id: callId }, { reviews: reviews.length });
      return panelViewIn(tx, actor, callId);
    });
  }

  private async substitute(
    tx: Tx,
    { call }: PanelAccess,
    application: Application,
    review: Review,
    substituteId: string,
  ): Promise<void> {
    const applicant = { id: application.id, personId: application.personId };
    const free = await freeFor(tx, call.id, applicant);
    if (substituteId === review.panelistId || !free.some(({ panelist }) => panelist.id === substituteId)) {
      throw new Refused('panelist-not-free');
    }
    await giveTo(tx, this.people, {
      callId: call.id,
      applicationId: application.id,
      applicantId: application.personId,
      panelistId: substituteId,
      replaces: review.id,
    });
    await this.post.send(tx, [substituteId], ({ givenName }) =>
      letters.givenToYou(givenName, call.name, application.reference, this.post.reading(call.id)),
    );
  }
}

/** The chosen reviews and their applications, locked in the order of locks; what the actor has an interest in is not there. */
const hold = async (
  tx: Tx,
  callId: string,
  ids: readonly string[],
  { kept }: PanelAccess,
): Promise<{ reviews: Review[]; applications: Map<string, Application> }> => {
  const found = await tx.query<{ applicationId: string; applicantId: string }>(
    `select r.application_id as "applicationId", a.person_id as "applicantId" from review r
     join application a on a.institution_id = r.institution_id and a.id = r.application_id
     where r.institution_id = $1 and r.call_id = $2 and r.id = any ($3::uuid[])`,
    [tx.scope.institutionId, callId, ids],
  );
  if (found.length !== ids.length || found.some(({ applicantId }) => kept.has(applicantId))) {
    throw new Refused('not-found');
  }
  const applications = new Map<string, Application>();
  for (const id of [...new Set(found.map(({ applicationId }) => applicationId))].sort()) {
    applications.set(id, await tx.lock(Application, id));
  }
  const reviews: Review[] = [];
  for (const id of [...ids].sort()) reviews.push(await tx.lock(Review, id));
  return { reviews, applications };
};
