import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AskAdvance as AskInput, FundAwardView, RecordRepayment as RepayInput } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { between, postAll } from '../ledger/ledger';
import { claimTable } from '../statuses';
import { awardViewIn } from './award-view';
import { Award, Claim } from './entities';
import { lockOwn, refuseOwn } from './own-award';
import { sender } from './own-claim';
import { AWARD_MONEY_FREED } from './release-money';
import { nextNumber } from './write-claim';

type Asked = Pick<Claim, 'id' | 'number'>;

/**
 * Asks for money before it is spent: what has to be paid up front, as the application said, and no more than the award. Finance
 * pays it like a claim; the claims that follow settle it. Neither after the first claim nor after the last day to claim, when
 * nothing could settle it.
 */
@Injectable()
export class AskAdvance {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, awardId: string, { version, amountPence }: AskInput): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, awardId, version);
      if (award.status !== 'accepted')
        throw new Refused('status-refused', { facts: { from: award.status, to: 'advance' } });
      if (dayIn(actor.timeZone, tx.now) > award.claimBy)
        throw new Refused('claim-by-passed', { facts: { claimBy: award.claimBy } });
      const { advanceMostPence } = await awardViewIn(tx, actor, awardId);
      const before = (await tx.find(Claim, { awardId })).filter(({ kind }) => kind === 'advance');
      if (before.some(({ status }) => status === 'submitted' || status === 'payment-rejected'))
        throw new Refused('advance-asked');
      if (amountPence > advanceMostPence)
        throw new Refused('advance-over-limit', { facts: { mostPence: advanceMostPence } });
      const { id, number } = await this.ask(
        tx,
        awardId,
        before.find(({ status }) => status === 'returned'),
        amountPence,
      );
      await tx.update(Award, award, {});
      await record(tx, [
        {
          applicationId: award.applicationId,
          kind: 'claim-submitted',
          facts: { claimId: id, number, kind: 'advance', amountPence, last: false },
        },
      ]);
      await tx.audit('claim.ask-advance', { kind: 'claim', id }, { amountPence });
      return awardViewIn(tx, actor, awardId);
    });
  }

  /** One that came back is asked for anew: it may have been paid and sent back by the bank before, and the books name it. */
  private async ask(tx: Tx, awardId: string, returned: Claim | undefined, amountPence: number): Promise<Asked> {
    const asked = {
      status: returned ? move(claimTable, returned.status, 'submitted') : ('submitted' as const),
      claimedPence: String(amountPence),
      submittedAt: tx.now,
      submittedBy: sender(tx),
    };
    if (returned) {
      const claim = await tx.lock(Claim, returned.id);
      await tx.update(Claim, claim, { ...asked, decidedBy: null, decidedAt: null, reason: null });
      return claim;
    }
    const [id, number] = [tx.newId(), await nextNumber(tx, awardId)];
    await tx.insert(Claim, {
      ...{ institutionId: tx.scope.institutionId, id, awardId, number, kind: 'advance', last: false, lines: [] },
      ...{ ...asked, settlesPence: '0', createdAt: tx.now, version: 1 },
    });
    return { id, number };
  }
}

/**
 * What came back of an advance that the claims did not use up: it goes to the pot again, and to the reserve list. Never one's own.
 * Of a year that was rolled over its books are closed (`pot-closed`), and finance puts that right there.
 */
@Injectable()
export class RecordRepayment {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, awardId: string, { version, amountPence }: RepayInput): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await tx.lockAt(Award, awardId, version);
      refuseOwn(actor, award.personId);
      const { figures, reference } = await awardViewIn(tx, actor, awardId);
      const unsettled = figures.advancedPence - figures.settledPence;
      if (amountPence > unsettled)
        throw new Refused('repayment-over-owed', { facts: { owedPence: Math.max(0, unsettled) } });
      const advances = await tx.query<{ id: string; pence: number; costCodeId: string; potId: string }>(
        `select c.id, sum(l.amount_pence)::float8 as pence, l.cost_code_id as "costCodeId", l.pot_id as "potId" from claim c
         join ledger_entry e on e.institution_id = c.institution_id and e.award_id = c.award_id and e.claim_id = c.id
         join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account = 'spent'
         where c.institution_id = $1 and c.award_id = $2 and c.kind = 'advance'
         group by c.id, l.cost_code_id, l.pot_id having sum(l.amount_pence) > 0 order by c.id desc`,
        [actor.institutionId, awardId],
      );
      const { potId } = award;
      if (advances.some((advance) => advance.potId !== potId)) throw new Refused('pot-closed');
      let rest = amountPence;
      const parts = advances.flatMap(({ id, pence, costCodeId }) => {
        const part = Math.min(rest, pence);
        rest -= part;
        return part === 0 ? [] : [{ id, part, costCodeId }];
      });
      await postAll(
        tx,
        parts.map(({ id, part, costCodeId }) => ({
          kind: 'release' as const,
          reason: `Paid back of the advance of award ${reference}`,
          awardId,
          claimId: id,
          lines: between(part, { potId, account: 'spent', costCodeId }, { potId, account: 'available' }),
        })),
      );
      await tx.update(Award, award, {});
      await record(tx, [
        { applicationId: award.applicationId, kind: 'released', facts: { amountPence, because: 'repaid' } },
      ]);
      await tx.emit(AWARD_MONEY_FREED, { callId: award.callId });
      await tx.audit('fund-award.repay', { kind: 'fund-award', id: awardId }, { amountPence });
      return awardViewIn(tx, actor, awardId);
    });
  }
}
