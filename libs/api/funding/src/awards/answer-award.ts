import { Injectable } from '@nestjs/common';
import { ReportBackFacade } from '@waymark/api-report-back';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { FundAwardStatus, FundAwardView, OnAward } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { awardTable } from '../statuses';
import { awardViewIn } from './award-view';
import { endUnclaimed } from './end-award';
import { Award } from './entities';
import { lockOwn } from './own-award';

/** Answered too late it has lapsed, whether the scheduler has come by or not. */
const lockOffer = async (tx: Tx, actor: Actor, id: string, version: number, to: FundAwardStatus): Promise<Award> => {
  const award = await lockOwn(tx, actor, id, version);
  // A change that waits for the manager leads back to `accepted` as well, and is nothing to accept.
  if (award.status !== 'offered') throw new Refused('status-refused', { facts: { from: award.status, to } });
  if (award.answerBy < tx.now) throw new Refused('offer-expired');
  return award;
};

/** The person takes the award: the money stays committed, and a report will be owed on the event. */
@Injectable()
export class AcceptAward {
  constructor(
    private readonly transactions: Transactions,
    private readonly reports: ReportBackFacade,
  ) {}

  run(actor: Actor, id: string, { version }: OnAward): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOffer(tx, actor, id, version, 'accepted');
      await tx.update(Award, award, { status: move(awardTable, award.status, 'accepted'), answeredAt: tx.now });
      await this.reports.oblige(tx, {
        personId: award.personId,
        sourceKind: 'award',
        sourceId: id,
        subject: award.eventName,
        eventEndsOn: award.eventEndsOn,
      });
      await record(tx, [{ applicationId: award.applicationId, kind: 'award-accepted' }]);
      await tx.audit('fund-award.accept', { kind: 'fund-award', id });
      return awardViewIn(tx, actor, id);
    });
  }
}

/** The person does not take it: the money is released and goes to the reserve list. */
@Injectable()
export class RefuseAward {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnAward): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOffer(tx, actor, id, version, 'refused');
      const releasedPence = await endUnclaimed(tx, award, 'refused', 'refused');
      await record(tx, [{ applicationId: award.applicationId, kind: 'award-refused' }]);
      await tx.audit('fund-award.refuse', { kind: 'fund-award', id }, { releasedPence });
      return awardViewIn(tx, actor, id);
    });
  }
}
