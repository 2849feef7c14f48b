import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, post, Refused, Transactions } from '@waymark/api-platform';
import type { AnswerAppeal as AnswerInput, AppealApplication as AskInput, ApplicationView } from '@waymark/contracts';
import { Call } from '../calls/entities';
import { appealsOpen, ApplicationViews } from './application-view';
import { Application, ApplicationAppeal } from './entities';
import { appealAnswered } from './letters';
import { othersApplication, ownApplication } from './own-application';
import { record } from './timeline';

/** After a decision, once: feedback, or a look at how it came about. The decision stands meanwhile. */
@Injectable()
export class AskAppeal {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
  ) {}

  run(actor: Actor, id: string, { kind, text }: AskInput): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      await ownApplication(tx, actor, id);
      const { status } = await tx.lock(Application, id);
      if (!appealsOpen(status).includes(kind))
        throw new Refused('status-refused', { facts: { from: status, to: kind } });
      const [made] = await tx.find(ApplicationAppeal, { applicationId: id });
      if (made) throw new Refused('appeal-made');
      await tx.insert(ApplicationAppeal, {
        institutionId: actor.institutionId,
        applicationId: id,
        kind,
        asked: text,
        askedAt: tx.now,
        version: 1,
      });
      await record(tx, [{ applicationId: id, kind: 'appeal-asked', facts: { kind } }]);
      await tx.audit('application.appeal', { kind: 'application', id }, { kind });
      return this.views.in(tx, actor, id);
    });
  }
}

/** A coordinator answers it, never their own. The applicant is told, and reads the answer on the application's page. */
@Injectable()
export class AnswerAppeal {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, answer }: AnswerInput): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, personId } = await othersApplication(tx, actor, id);
      await tx.lock(Application, id);
      const [appeal] = await tx.find(ApplicationAppeal, { applicationId: id });
      if (!appeal) throw new Refused('not-found');
      if (appeal.answer !== null) throw new Refused('appeal-answered');
      if (appeal.version !== version) throw new Refused('changed-meanwhile');
      await tx.query(
        `update application_appeal set answer = $3, answered_at = $4, answered_by = $5, version = version + 1
         where institution_id = $1 and application_id = $2`,
        [actor.institutionId, id, answer, tx.now, actor.personId],
      );
      await record(tx, [{ applicationId: id, kind: 'appeal-answered', facts: { kind: appeal.kind } }]);
      await tx.audit('application.answer-appeal', { kind: 'application', id }, { kind: appeal.kind });
      const [applicant] = await this.people.facts(tx, [personId]);
      const [call] = await tx.find(Call, { id: callId });
      if (applicant?.active && applicant.email && call) {
        const link = tx.link(`/funding/applications/${id}`);
        await post(tx, { to: applicant.email, ...appealAnswered(applicant.givenName, call.name, appeal.kind, link) });
      }
      return this.views.in(tx, actor, id);
    });
  }
}
