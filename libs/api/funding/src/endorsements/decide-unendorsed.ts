import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { CallEndorsementChanged, DecideUnendorsed as Input } from '@waymark/contracts';
import { Application } from '../applications/entities';
import { record } from '../applications/timeline';
import { Call } from '../calls/entities';
import { applicationTable } from '../statuses';
import { callEndorsementIn } from './call-endorsements';
import { EndorsementPost } from './endorsement-post';
import * as letters from './letters';
import { lockApplications } from './locked-endorsements';

/** What nobody endorsed in time: the coordinator lets it go on, or not, and says why. Never one's own. */
@Injectable()
export class DecideUnendorsed {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: EndorsementPost,
  ) {}

  run(
    actor: Actor,
    callId: string,
    { applicationId, version, decision, reason }: Input,
  ): Promise<CallEndorsementChanged> {
    return this.transactions.run(actor, async (tx) => {
      await lockApplications(tx, [{ applicationId, callId }]);
      const [call] = await tx.find(Call, { id: callId });
      const application = await tx.lock(Application, applicationId);
      if (!call || application.callId !== callId) throw new Refused('not-found');
      if (application.personId === actor.personId) throw new Refused('own-application');
      if (application.version !== version) throw new Refused('changed-meanwhile');
      if (application.status !== 'unendorsed' || (call.status !== 'open' && call.status !== 'closed')) {
        throw new Refused('status-refused', {
          facts: { from: application.status === 'unendorsed' ? call.status : application.status, to: decision },
        });
      }
      await tx.update(Application, application, {
        status: move(applicationTable, application.status, decision),
        decidedReason: reason,
      });
      await record(tx, [{ applicationId, kind: 'endorsement-set', facts: { decision } }]);
      await tx.audit('endorsement.decide', { kind: 'application', id: applicationId }, { decision });
      const row = await callEndorsementIn(tx, callId, applicationId, 'application');
      const about = { event: row.event.name, call: call.name, link: this.postRoom.application(applicationId) };
      await this.postRoom.post(tx, [
        { personId: application.personId, words: (given) => letters.decided(given, decision, about, reason) },
      ]);
      return { row };
    });
  }
}
