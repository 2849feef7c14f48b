import { Injectable } from '@nestjs/common';
import { ReportBackFacade } from '@waymark/api-report-back';
import { type Actor, dayIn, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  CancelAward as Input,
  CancelledBecause,
  FundAwardView,
  OnAward,
  SayAbstract as SayInput,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { awardTable } from '../statuses';
import { awardViewIn } from './award-view';
import { endUnclaimed, refuseClaimed } from './end-award';
import { Award } from './entities';
import { lockOwn } from './own-award';

const reports = new ReportBackFacade();

/**
 * The person does not go: nobody owes a report. What cannot be got back may still be claimed, so the money stays until the last
 * claim or the claim-by date. The caller holds the award.
 */
export const cancel = async (tx: Tx, award: Award, because: CancelledBecause): Promise<void> => {
  if (award.status === 'changed') await withdrawEndorsements(tx, [award.applicationId]);
  await tx.update(Award, award, {
    status: move(awardTable, award.status, 'cancelled'),
    cancelledBecause: because,
    change: null,
  });
  await reports.cancel(tx, 'award', award.id);
  await record(tx, [{ applicationId: award.applicationId, kind: 'award-cancelled', facts: { because } }]);
};

/** The event is off, or the person cannot go. With nothing to claim the award is closed at once and its money released. */
@Injectable()
export class CancelAward {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, nothingToClaim }: Input): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, id, version);
      // An offer is refused, not cancelled.
      if (award.status === 'offered')
        throw new Refused('status-refused', { facts: { from: 'offered', to: 'cancelled' } });
      if (nothingToClaim) await refuseClaimed(tx, id);
      await cancel(tx, award, 'event-off');
      if (nothingToClaim) {
        await endUnclaimed(tx, award, 'closed', 'event-off');
        await record(tx, [
          { applicationId: award.applicationId, kind: 'award-closed', facts: { because: 'event-off' } },
        ]);
      }
      await tx.audit('fund-award.cancel', { kind: 'fund-award', id }, { nothingToClaim });
      return awardViewIn(tx, actor, id);
    });
  }
}

/** The organisers have answered on the abstract: accepted, the award stands; declined, it is cancelled. */
@Injectable()
export class SayAbstract {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, abstract }: SayInput): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, id, version);
      if (award.abstract !== 'waiting' || (award.status !== 'accepted' && award.status !== 'changed'))
        throw new Refused('status-refused', { facts: { from: award.abstract, to: abstract } });
      await tx.update(Award, award, { abstract });
      await record(tx, [{ applicationId: award.applicationId, kind: `abstract-${abstract}` }]);
      if (abstract === 'declined') await cancel(tx, award, 'abstract-declined');
      await tx.audit('fund-award.say-abstract', { kind: 'fund-award', id }, { abstract });
      return awardViewIn(tx, actor, id);
    });
  }
}

/** The person was there: from the event's last day on. The day after, Waymark takes it for granted. */
@Injectable()
export class AttendAward {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnAward): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, id, version);
      const status = move(awardTable, award.status, 'attended');
      if (award.abstract === 'waiting') throw new Refused('abstract-waiting');
      if (dayIn(actor.timeZone, tx.now) < award.eventEndsOn)
        throw new Refused('event-not-over', { facts: { endsOn: award.eventEndsOn } });
      await tx.update(Award, award, { status });
      await record(tx, [{ applicationId: award.applicationId, kind: 'award-attended' }]);
      await tx.audit('fund-award.attend', { kind: 'fund-award', id });
      return awardViewIn(tx, actor, id);
    });
  }
}
