import { Injectable } from '@nestjs/common';
import { ReportBackFacade } from '@waymark/api-report-back';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  ApproveClaim as ApproveInput,
  ApproveClaims as ApproveAllInput,
  ClaimsApproved,
  ClaimView,
  ReturnClaim as ReturnInput,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { CostCode, Pot } from '../entities';
import { claimTable } from '../statuses';
import { tell } from './award-post';
import { moneyFor, mostOf, settledBy } from './claim-money';
import { claimViewIn } from './claim-view';
import { closeAward } from './close-award';
import { Claim, PaymentBatch } from './entities';
import * as letters from './letters';
import { type LockedClaim, lockToDecide } from './own-claim';

export const wordOf = ({ kind }: Claim): string => (kind === 'advance' ? 'advance' : 'claim');
export const toPay = (claim: Claim): number => Number(claim.claimedPence) - Number(claim.settlesPence);

/** A last claim waits while its person owes a report that is late: refused with the report named. */
export const refuseHeld = async (tx: Tx, reports: ReportBackFacade, locked: readonly LockedClaim[]): Promise<void> => {
  const last = locked.filter(({ claim }) => claim.last);
  const late = await reports.overdueOf(
    tx,
    last.map(({ award }) => award.personId),
  );
  for (const { award, claim } of last) {
    const [report] = late.get(award.personId) ?? [];
    if (report)
      throw new Refused('claim-held', {
        facts: { claimId: claim.id, subject: report.subject, dueOn: report.dueOn },
      });
  }
};

/** A finance officer approves, one claim or several at once: all, or none. Never their own, nor one they act for. */
@Injectable()
export class ApproveClaim {
  constructor(
    private readonly transactions: Transactions,
    private readonly reports: ReportBackFacade,
  ) {}

  run(actor: Actor, id: string, { version, costCodeId }: ApproveInput): Promise<ClaimView> {
    return this.transactions.run(actor, async (tx) => {
      await this.approve(tx, await lockToDecide(tx, actor, id, version), costCodeId);
      return claimViewIn(tx, actor, id);
    });
  }

  several(actor: Actor, { claims }: ApproveAllInput): Promise<ClaimsApproved> {
    return this.transactions.run(actor, async (tx) => {
      const ids = [...new Map(claims.map((claim) => [claim.id, claim])).values()];
      // Awards first, all of them in the order of their identifiers; then the claims in theirs.
      await tx.query(
        `select a.id from award a where a.institution_id = $1 and a.id in (
           select award_id from claim where institution_id = $1 and id = any ($2::uuid[])) order by a.id for update`,
        [actor.institutionId, ids.map(({ id }) => id)],
      );
      let pence = 0;
      for (const { id, version } of ids.sort((one, other) => (one.id < other.id ? -1 : 1))) {
        const locked = await lockToDecide(tx, actor, id, version);
        await this.approve(tx, locked, null);
        pence += toPay(locked.claim);
      }
      return { approved: ids.length, pence };
    });
  }

  private async approve(tx: Tx, locked: LockedClaim, costCodeId: string | null): Promise<void> {
    const { award, claim } = locked;
    const from = claim.status;
    const status = move(claimTable, from, 'approved');
    await refuseHeld(tx, this.reports, [locked]);
    const money = await moneyFor(tx, award.id, claim.id);
    const claimedPence = Number(claim.claimedPence);
    // What was left when it was sent may have been settled or released since.
    if (claimedPence > mostOf(money))
      throw new Refused('claim-over-award', { facts: { claimId: claim.id, leftPence: mostOf(money) } });
    const settlesPence = claim.kind === 'claim' ? settledBy(claimedPence, money) : 0;
    await tx.update(Claim, claim, {
      status,
      costCodeId: await this.costCode(tx, award.potId, costCodeId),
      settlesPence: String(settlesPence),
      decidedBy: tx.scope.personId,
      decidedAt: tx.now,
      reason: null,
    });
    const facts = {
      claimId: claim.id,
      number: claim.number,
      kind: claim.kind,
      amountPence: claimedPence,
      settlesPence,
    };
    await record(tx, [{ applicationId: award.applicationId, kind: 'claim-approved', facts }]);
    await tx.audit('claim.approve', { kind: 'claim', id: claim.id }, { claimedPence, settlesPence });
    await tell(tx, [
      {
        personId: award.personId,
        words: letters.approved(award.eventName, wordOf(claim), {
          claimedPence,
          toPayPence: toPay(claim),
          // Nothing comes after the last one that could settle it.
          owedPence: claim.last ? money.unsettledPence - settlesPence : 0,
        }),
        path: `/funding/awards/${award.id}`,
      },
    ]);
    // An advance has paid all of it, or it claims nothing: no payment run is waited for.
    if (toPay(claim) === 0) {
      await tx.update(Claim, claim, { status: move(claimTable, 'approved', 'paid'), paidAt: tx.now });
      await record(tx, [{ applicationId: award.applicationId, kind: 'claim-paid', facts: { ...facts, paidPence: 0 } }]);
      if (claim.last || award.status === 'closed') await closeAward(tx, award, 'last-claim');
    }
  }

  /** The pot's own where none is named; one out of use is not chosen, but a pot keeps its own. */
  private async costCode(tx: Tx, potId: string, wanted: string | null): Promise<string> {
    const [pot] = await tx.find(Pot, { id: potId });
    if (!pot) throw new Error('an award has a pot');
    if (wanted === null || wanted === pot.costCodeId) return pot.costCodeId;
    const [code] = await tx.find(CostCode, { id: wanted });
    if (!code) throw new Refused('invalid-input', { fields: [{ path: 'costCodeId', code: 'unknown-record' }] });
    if (!code.active) throw new Refused('cost-code-not-in-use');
    return code.id;
  }
}

/** Sent back with a reason, to be mended: from the list, or out of a batch that is not paid yet. */
@Injectable()
export class ReturnClaim {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, reason }: ReturnInput): Promise<ClaimView> {
    return this.transactions.run(actor, async (tx) => {
      const { award, claim } = await lockToDecide(tx, actor, id, version);
      const from = claim.status;
      const status = move(claimTable, from, 'returned');
      if (claim.batchId) await tx.update(PaymentBatch, await tx.lock(PaymentBatch, claim.batchId), {});
      await tx.update(Claim, claim, {
        status,
        reason,
        batchId: null,
        costCodeId: null,
        decidedBy: actor.personId,
        decidedAt: tx.now,
      });
      await record(tx, [
        {
          applicationId: award.applicationId,
          kind: 'claim-returned',
          facts: { claimId: id, number: claim.number, kind: claim.kind, amountPence: Number(claim.claimedPence) },
        },
      ]);
      await tx.audit('claim.return', { kind: 'claim', id }, { from });
      await tell(tx, [
        {
          personId: award.personId,
          words: letters.returned(award.eventName, wordOf(claim), reason),
          path: claim.kind === 'claim' ? `/funding/claims/${id}` : `/funding/awards/${award.id}`,
        },
      ]);
      return claimViewIn(tx, actor, id);
    });
  }
}
