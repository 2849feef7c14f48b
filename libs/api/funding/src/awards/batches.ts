import { Injectable } from '@nestjs/common';
import { ReportBackFacade } from '@waymark/api-report-back';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  batchClaimsMost,
  type BatchView,
  type ClaimView,
  type PayBatch as PayInput,
  type RemoveFromBatch as RemoveInput,
  type ReturnClaim as RejectInput,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { LedgerEntry } from '../entities';
import { between, type NewLine, post, postAll } from '../ledger/ledger';
import { batchTable, claimTable } from '../statuses';
import { tell } from './award-post';
import { batchViewIn } from './batch-views';
import { claimViewIn } from './claim-view';
import { closeAward } from './close-award';
import { refuseHeld, toPay, wordOf } from './decide-claim';
import { Award, Claim, Payment, PaymentBatch } from './entities';
import * as letters from './letters';
import { refuseOwn } from './own-award';
import { type LockedClaim, lockToDecide } from './own-claim';

/** Puts what is approved and in no batch into a new one, the longest approved first. Refused with `batch-empty`. */
@Injectable()
export class MakeBatch {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor): Promise<BatchView> {
    return this.transactions.run(actor, async (tx) => {
      // One after the other: batches are numbered without a gap, and no claim is taken twice.
      await tx.query(`select pg_advisory_xact_lock(hashtext('payment batches'), hashtext($1::text))`, [
        actor.institutionId,
      ]);
      const id = tx.newId();
      await tx.query(
        `insert into payment_batch (institution_id, id, number, status, made_by, made_at, version)
         select $1, $2, coalesce(max(number), 0) + 1, 'open', $3, $4, 1 from payment_batch where institution_id = $1`,
        [actor.institutionId, id, actor.personId, tx.now],
      );
      const taken = await tx.query<{ id: string }>(
        `update claim set batch_id = $2, version = version + 1 where institution_id = $1 and id in (
           select id from (select id from claim where institution_id = $1 and status = 'approved' and batch_id is null
             order by decided_at, id limit ${batchClaimsMost}) waiting order by id)
           and status = 'approved' and batch_id is null
         returning id`,
        [actor.institutionId, id],
      );
      if (taken.length === 0) throw new Refused('batch-empty');
      await tx.audit('batch.make', { kind: 'payment-batch', id }, { claims: taken.length });
      return batchViewIn(tx, actor, id);
    });
  }
}

/** The finance system has paid a batch: each claim is paid, its money goes from committed to spent under its cost code. */
@Injectable()
export class PayBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly reports: ReportBackFacade,
  ) {}

  run(actor: Actor, id: string, { version }: PayInput): Promise<BatchView> {
    return this.transactions.run(actor, async (tx) => {
      const locked = await this.lockClaims(tx, id);
      const batch = await tx.lockAt(PaymentBatch, id, version);
      const status = move(batchTable, batch.status, 'paid');
      if (locked.length === 0) throw new Refused('batch-empty');
      for (const { award } of locked) refuseOwn(actor, award.personId);
      await refuseHeld(tx, this.reports, locked);
      await this.pay(tx, batch, locked);
      await tx.update(PaymentBatch, batch, { status, paidAt: tx.now });
      await tx.audit('batch.pay', { kind: 'payment-batch', id }, { claims: locked.length });
      return batchViewIn(tx, actor, id);
    });
  }

  /** Awards, then claims, then the batch: see the order of locks. What leaves the batch meanwhile makes its version differ. */
  private async lockClaims(tx: Tx, batchId: string): Promise<LockedClaim[]> {
    const { institutionId } = tx.scope;
    await tx.query(
      `select a.id from award a where a.institution_id = $1 and a.id in (
         select award_id from claim where institution_id = $1 and batch_id = $2 and status = 'approved')
       order by a.id for update`,
      [institutionId, batchId],
    );
    await tx.query(
      `select id from claim where institution_id = $1 and batch_id = $2 and status = 'approved' order by id for update`,
      [institutionId, batchId],
    );
    const claims = await tx.find(Claim, { batchId, status: 'approved' });
    const awards = new Map<string, Award>();
    for (const { awardId } of claims) {
      const [award] = awards.has(awardId) ? [] : await tx.find(Award, { id: awardId });
      if (award) awards.set(awardId, award);
    }
    return claims.flatMap((claim) => {
      const award = awards.get(claim.awardId);
      return award ? [{ award, claim }] : [];
    });
  }

  private async pay(tx: Tx, batch: PaymentBatch, locked: readonly LockedClaim[]): Promise<void> {
    const paying = locked.map(({ award, claim }) => {
      if (claim.costCodeId === null) throw new Error('an approved claim has a cost code');
      move(claimTable, claim.status, 'paid');
      return { award, claim, costCodeId: claim.costCodeId, pence: toPay(claim) };
    });
    await postAll(
      tx,
      paying.map(({ award, claim, costCodeId, pence }) => ({
        kind: 'spend' as const,
        reason: `${claim.kind === 'advance' ? 'Advance' : 'Claim'} ${claim.number} of batch ${batch.number}`,
        awardId: award.id,
        claimId: claim.id,
        lines: between(
          pence,
          { potId: award.potId, account: 'committed' },
          { potId: award.potId, account: 'spent', costCodeId },
        ),
      })),
    );
    await tx.insert(
      Payment,
      paying.map(({ claim, costCodeId, pence }) => ({
        institutionId: tx.scope.institutionId,
        id: tx.newId(),
        batchId: batch.id,
        claimId: claim.id,
        costCodeId,
        amountPence: String(pence),
        paidAt: tx.now,
      })),
    );
    await tx.query(
      `update claim set status = 'paid', paid_at = $3, version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`,
      [tx.scope.institutionId, paying.map(({ claim }) => claim.id), tx.now],
    );
    await record(
      tx,
      paying.map(({ award, claim, pence }) => ({
        applicationId: award.applicationId,
        kind: 'claim-paid' as const,
        facts: { claimId: claim.id, number: claim.number, kind: claim.kind, paidPence: pence, batch: batch.number },
      })),
    );
    await tx.auditEach(
      'claim.pay',
      paying.map(({ claim, pence }) => ({
        subject: { kind: 'claim', id: claim.id },
        details: { pence, batch: batch.number },
      })),
    );
    await tell(
      tx,
      paying.map(({ award, claim, pence }) => ({
        personId: award.personId,
        words: letters.paid(award.eventName, wordOf(claim), pence),
        path: `/funding/awards/${award.id}`,
      })),
    );
    // A claim of a closed award came back from the bank, and may have come again with less.
    for (const { award, claim } of paying)
      if (claim.last || award.status === 'closed') await closeAward(tx, award, 'last-claim');
  }
}

/** A claim goes back to those that wait for a batch; it stays approved. */
@Injectable()
export class RemoveFromBatch {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, claimId }: RemoveInput): Promise<BatchView> {
    return this.transactions.run(actor, async (tx) => {
      const claim = await tx.lock(Claim, claimId);
      const batch = await tx.lockAt(PaymentBatch, id, version);
      if (claim.batchId !== id) throw new Refused('not-found');
      if (batch.status !== 'open' || claim.status !== 'approved')
        throw new Refused('status-refused', { facts: { from: batch.status, to: 'open' } });
      await tx.update(Claim, claim, { batchId: null });
      await tx.update(PaymentBatch, batch, {});
      await tx.audit('batch.remove', { kind: 'payment-batch', id }, { claimId });
      return batchViewIn(tx, actor, id);
    });
  }
}

/**
 * The bank, or the finance system, did not take a payment: the entry is taken back by a new one, the money is the award's again,
 * and the person mends the claim and sends it once more.
 */
@Injectable()
export class RejectPayment {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, reason }: RejectInput): Promise<ClaimView> {
    return this.transactions.run(actor, async (tx) => {
      const { award, claim } = await lockToDecide(tx, actor, id, version);
      const from = claim.status;
      const status = move(claimTable, from, 'payment-rejected');
      const pence = toPay(claim);
      // Settled by an advance: there was no payment to reject.
      if (pence === 0) throw new Refused('status-refused', { facts: { from, to: 'payment-rejected' } });
      if (from === 'paid') await this.takeBack(tx, claim, award.potId);
      else if (claim.batchId) await tx.update(PaymentBatch, await tx.lock(PaymentBatch, claim.batchId), {});
      await tx.update(Claim, claim, {
        status,
        reason,
        batchId: null,
        paidAt: null,
        decidedBy: actor.personId,
        decidedAt: tx.now,
      });
      await record(tx, [
        {
          applicationId: award.applicationId,
          kind: 'payment-rejected',
          facts: { claimId: id, number: claim.number, kind: claim.kind, amountPence: pence },
        },
      ]);
      await tx.audit('claim.reject-payment', { kind: 'claim', id }, { from, pence });
      await tell(tx, [
        {
          personId: award.personId,
          words: letters.paymentRejected(award.eventName, pence, reason),
          path: claim.kind === 'claim' ? `/funding/claims/${id}` : `/funding/awards/${award.id}`,
        },
      ]);
      return claimViewIn(tx, actor, id);
    });
  }

  private async takeBack(tx: Tx, claim: Claim, potId: string): Promise<void> {
    const { institutionId } = tx.scope;
    const [entry] = await tx.query<Pick<LedgerEntry, 'id'> & { lines: Required<NewLine>[] }>(
      `select e.id, (select json_agg(json_build_object('potId', l.pot_id, 'account', l.account, 'costCodeId', l.cost_code_id,
           'amountPence', -l.amount_pence) order by l.number)
         from ledger_line l where l.institution_id = e.institution_id and l.entry_id = e.id) as lines
       from ledger_entry e
       where e.institution_id = $1 and e.award_id = $2 and e.claim_id = $3 and e.kind = 'spend' and not exists (
         select from ledger_entry c where c.institution_id = e.institution_id and c.corrects = e.id)
       order by e.id desc limit 1`,
      [institutionId, claim.awardId, claim.id],
    );
    if (!entry) throw new Error('a paid claim has its entry');
    // Paid in a year that has been rolled over: its books are closed, and finance puts that right there.
    if (entry.lines.some((line) => line.potId !== potId)) throw new Refused('pot-closed');
    const [spent] = await tx.query<{ pence: number }>(
      `select coalesce(sum(l.amount_pence), 0)::float8 as pence
       from ledger_entry e join ledger_line l on l.institution_id = e.institution_id and l.entry_id = e.id and l.account = 'spent'
       where e.institution_id = $1 and e.award_id = $2 and e.claim_id = $3`,
      [institutionId, claim.awardId, claim.id],
    );
    // An advance of which something was paid back was paid: the bank did not send all of it back.
    if ((spent?.pence ?? 0) < toPay(claim)) throw new Refused('award-overdrawn');
    await post(tx, {
      kind: 'correct',
      reason: `The payment of claim ${claim.number} was rejected`,
      lines: entry.lines,
      corrects: entry.id,
      awardId: claim.awardId,
      claimId: claim.id,
    });
    await tx.query(
      `update payment set rejected_at = $3 where institution_id = $1 and claim_id = $2 and rejected_at is null`,
      [institutionId, claim.id, tx.now],
    );
  }
}
