import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { AskAdvance as AskInput, FundAwardView, RecordRepayment as RepayInput } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { between, postAll } from '../ledger/ledger';
import { awardViewIn } from './award-view';
import { Award, Claim } from './entities';
import { lockOwn, refuseOwn } from './own-award';
import { nextNumber } from './write-claim';

/**
 * Asks for money before it is spent: what has to be paid up front, as the application said, and no more than the award. Finance
 * pays it like a claim; the claims that follow settle it. Not after the first claim.
 */
@Injectable()
export class AskAdvance {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, awardId: string, { version, amountPence }: AskInput): Promise<FundAwardView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, awardId, version);
      if (award.status !== 'accepted')
        throw new Refused('status-refused', { facts: { from: award.status, to: 'advance' } });
      const { advanceMostPence, claims } = await awardViewIn(tx, actor, awardId);
      if (claims.some(({ kind, status }) => kind === 'advance' && status === 'submitted'))
        throw new Refused('advance-asked');
      if (amountPence > advanceMostPence)
        throw new Refused('advance-over-limit', { facts: { mostPence: advanceMostPence } });
      const id = tx.newId();
      const number = await nextNumber(tx, awardId);
      // Of an advance that came back only the newest counts: it is asked for anew.
      await tx.query(
        `delete from claim where institution_id = $1 and award_id = $2 and kind = 'advance' and status = 'returned'`,
        [actor.institutionId, awardId],
      );
      await tx.insert(Claim, {
        institutionId: actor.institutionId,
        id,
        awardId,
        number,
        kind: 'advance',
        last: false,
        status: 'submitted',
        lines: [],
        claimedPence: String(amountPence),
        settlesPence: '0',
        submittedAt: tx.now,
        createdAt: tx.now,
        version: 1,
      });
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
}

/** What came back of an advance that the claims did not use up: it goes to the pot again. Never one's own. */
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
      const advances = await tx.query<{ id: string; pence: number; costCodeId: string }>(
        `select c.id, sum(l.amount_pence)::float8 as pence, max(l.cost_code_id::text) as "costCodeId" from claim c
         join ledger_entry e on e.institution_id = c.institution_id and e.award_id = c.award_id and e.claim_id = c.id
         join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account = 'spent'
         where c.institution_id = $1 and c.award_id = $2 and c.kind = 'advance'
         group by c.id having sum(l.amount_pence) > 0 order by c.id desc`,
        [actor.institutionId, awardId],
      );
      let rest = amountPence;
      const parts = advances.flatMap(({ id, pence, costCodeId }) => {
        const part = Math.min(rest, pence);
        rest -= part;
        return part === 0 ? [] : [{ id, part, costCodeId }];
      });
      const { potId } = award;
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
      await tx.audit('fund-award.repay', { kind: 'fund-award', id: awardId }, { amountPence });
      return awardViewIn(tx, actor, awardId);
    });
  }
}
