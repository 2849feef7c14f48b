import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, move, type OutboxEvent, Transactions, type Tx } from '@waymark/api-platform';
import { PERSON_LEFT, personLeft } from '@waymark/contracts';
import { Application } from '../applications/entities';
import { reviewTable } from '../statuses';
import { Review } from './entities';
import * as letters from './letters';
import { PanelPost } from './panel-post';
import { freeFor, giveTo } from './reassign-review';

/**
 * A panelist who left: what they had not submitted goes to the best who is free, and what nobody is free for waits for the chair.
 * What they submitted stands. Done again it finds nothing to do.
 */
@Injectable()
export class ReassignOfLeaver implements EventHandler {
  readonly name = 'panel-person-left';
  readonly topic = PERSON_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly post: PanelPost,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { personId } = personLeft.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const [leaver] = await this.people.facts(tx, [personId]);
      if (!leaver || leaver.active) return;
      // Calls first, in the order of locks.
      const calls = await tx.query<{ id: string; name: string }>(
        `select c.id, c.name from call c where c.institution_id = $1 and c.status = 'scoring'
           and exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id and m.person_id = $2)
         order by c.id for share`,
        [institutionId, personId],
      );
      for (const call of calls) await this.inCall(tx, call, personId);
    });
  }

  private async inCall(tx: Tx, call: { id: string; name: string }, personId: string): Promise<void> {
    const rows = await tx.query<{ id: string; applicationId: string }>(
      `select id, application_id as "applicationId" from review
       where institution_id = $1 and call_id = $2 and panelist_id = $3 and status in ('assigned', 'drafting')
       order by application_id`,
      [tx.scope.institutionId, call.id, personId],
    );
    for (const { id, applicationId } of rows) {
      const application = await tx.lock(Application, applicationId);
      const review = await tx.lock(Review, id);
      if (review.status !== 'assigned' && review.status !== 'drafting') continue;
      const [best] =
        application.status === 'eligible'
          ? await freeFor(tx, call.id, { id: application.id, personId: application.personId })
          : [];
      const to = best ? 'reassigned' : 'recused';
      await tx.update(Review, review, {
        status: move(reviewTable, review.status, to),
        ...(best ? {} : { recusedBecause: 'Left the institution' }),
      });
      await this.people.endRelationships(tx, review.id);
      await tx.audit(best ? 'review.reassign' : 'review.recuse', { kind: 'review', id }, { left: true });
      if (!best) continue;
      await giveTo(tx, this.people, {
        callId: call.id,
        applicationId,
        applicantId: application.personId,
        panelistId: best.panelist.id,
        replaces: review.id,
      });
      await this.post.send(tx, [best.panelist.id], ({ givenName }) =>
        letters.givenToYou(givenName, call.name, application.reference, this.post.reading(call.id)),
      );
    }
  }
}
