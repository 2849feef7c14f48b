import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, post, Refused, Transactions } from '@waymark/api-platform';
import type { ApplicationView, DecideEligibility as Input } from '@waymark/contracts';
import { shareCall } from '../calls/call-at';
import { applicationTable } from '../statuses';
import { ApplicationViews, eligibilityOpen } from './application-view';
import { Application } from './entities';
import { madeEligible, madeIneligible } from './letters';
import { othersApplication } from './own-application';
import { record } from './timeline';

/** A coordinator decides otherwise than the rules did, either way and with a reason, while the panel scores. */
@Injectable()
export class DecideEligibility {
  constructor(
    private readonly transactions: Transactions,
    private readonly views: ApplicationViews,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, eligible, reason }: Input): Promise<ApplicationView> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, personId } = await othersApplication(tx, actor, id);
      const call = await shareCall(tx, callId);
      const application = await tx.lockAt(Application, id, version);
      const to = eligible ? 'eligible' : 'ineligible';
      const status = move(applicationTable, application.status, to);
      if (!eligibilityOpen(call.status, application.status)) {
        throw new Refused('status-refused', { facts: { from: call.status, to } });
      }
      await tx.update(Application, application, {
        status,
        failedRules: eligible ? null : [],
        decidedReason: reason,
      });
      await record(tx, [
        { applicationId: id, kind: status === 'eligible' ? 'eligible' : 'ineligible', facts: { reason } },
      ]);
      await tx.audit('application.decide-eligibility', { kind: 'application', id }, { eligible });
      const [applicant] = await this.people.facts(tx, [personId]);
      if (applicant?.active && applicant.email) {
        const about = { person: applicant.givenName, call: call.name, reference: application.reference };
        const link = tx.link(`/funding/applications/${id}`);
        const words = eligible
          ? madeEligible(about, reason, link)
          : madeIneligible(about, reason, call.letters.ineligible, link);
        await post(tx, { to: applicant.email, ...words });
      }
      return this.views.in(tx, actor, id);
    });
  }
}
