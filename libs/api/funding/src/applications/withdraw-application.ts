import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { ApplicationView, WithdrawApplication as Input } from '@waymark/contracts';
import { withdrawAward } from '../awards/withdraw-award';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { applicationTable } from '../statuses';
import { ApplicationViews } from './application-view';
import { Application } from './entities';
import { ownApplication } from './own-application';
import { record } from './timeline';

/** The applicant takes it back, until the first claim: nobody is asked any more, and the money of an award is free again. */
@Injectable()
export class WithdrawApplication {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
  ) {}

  run(actor: Actor, id: string, { version, reason }: Input): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      await ownApplication(tx, actor, id);
      const application = await tx.lockAt(Application, id, version);
      const from = application.status;
      const status = move(applicationTable, from, 'withdrawn');
      if (from === 'awarded' || from === 'part-awarded') await withdrawAward(tx, id);
      await withdrawEndorsements(tx, [id]);
      await tx.update(Application, application, { status, reserveRank: null });
      await record(tx, [
        { applicationId: id, kind: 'withdrawn', facts: { from, ...(reason === '' ? {} : { reason }) } },
      ]);
      await tx.audit('application.withdraw', { kind: 'application', id }, { from });
      return this.views.in(tx, actor, id);
    });
  }
}
