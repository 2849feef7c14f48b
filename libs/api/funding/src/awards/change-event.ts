import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { ChangeEvent as Input, FundAwardView, OnAward } from '@waymark/contracts';
import { Application } from '../applications/entities';
import { record } from '../applications/timeline';
import { askToEndorse, withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { awardTable } from '../statuses';
import type { EventChange } from './answer-changed-event';
import { awardViewIn } from './award-view';
import { Award } from './entities';
import { lockOwn } from './own-award';

/** The event or its dates moved: the award waits for the manager, who is asked again. */
@Injectable()
export class ChangeEvent {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, ...change }: Input): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, id, version);
      const status = move(awardTable, award.status, 'changed');
      const { eventName, eventStartsOn, eventEndsOn } = change;
      if (eventName === award.eventName && eventStartsOn === award.eventStartsOn && eventEndsOn === award.eventEndsOn)
        throw new Refused('event-unchanged');
      const [application] = await tx.find(Application, { id: award.applicationId });
      if (!application?.submissionNumber) throw new Error('an award is of a submission');
      await tx.update(Award, award, { status, change: change satisfies EventChange });
      await askToEndorse(tx, {
        applicationId: award.applicationId,
        submissionNumber: application.submissionNumber,
        personId: award.personId,
        purpose: 'changed-event',
      });
      const facts = { asked: true, eventName, eventStartsOn, eventEndsOn };
      await record(tx, [{ applicationId: award.applicationId, kind: 'award-changed', facts }]);
      await tx.audit('fund-award.change', { kind: 'fund-award', id }, { eventStartsOn, eventEndsOn });
      return awardViewIn(tx, actor, id);
    });
  }
}

/** The applicant takes the change back: the award stands as it was, and the manager is asked nothing more. */
@Injectable()
export class WithdrawChange {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnAward): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, id, version);
      if (award.status !== 'changed')
        throw new Refused('status-refused', { facts: { from: award.status, to: 'accepted' } });
      await tx.update(Award, award, { status: move(awardTable, award.status, 'accepted'), change: null });
      await withdrawEndorsements(tx, [award.applicationId]);
      await record(tx, [{ applicationId: award.applicationId, kind: 'award-changed', facts: { answer: 'withdrawn' } }]);
      await tx.audit('fund-award.withdraw-change', { kind: 'fund-award', id });
      return awardViewIn(tx, actor, id);
    });
  }
}
