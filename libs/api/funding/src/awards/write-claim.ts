import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  ClaimLineDraft,
  ClaimSaved,
  ClaimView,
  SaveClaim as SaveInput,
  SubmitClaim as SubmitInput,
} from '@waymark/contracts';
import { record } from '../applications/timeline';
import { claimTable } from '../statuses';
import { faultsOf, readLines, totalOf } from './claim-lines';
import { type ClaimMoney, moneyFor, mostOf, settledBy } from './claim-money';
import { claimViewIn } from './claim-view';
import { type Award, Claim } from './entities';
import { lockOwn } from './own-award';
import { lockOwnClaim, sender } from './own-claim';

/** An award of which money can be claimed today. What is cancelled may still have costs that cannot be got back. */
export const refuseUnclaimable = (award: Award, today: string): void => {
  if (award.status !== 'accepted' && award.status !== 'attended' && award.status !== 'cancelled')
    throw new Refused('status-refused', { facts: { from: award.status, to: 'claimed' } });
  if (award.abstract === 'waiting' && award.status !== 'cancelled') throw new Refused('abstract-waiting');
  if (today > award.claimBy) throw new Refused('claim-by-passed', { facts: { claimBy: award.claimBy } });
};

export const nextNumber = async (tx: Tx, awardId: string): Promise<number> => {
  const [row] = await tx.query<{ next: number }>(
    `select coalesce(max(number), 0) + 1 as next from claim where institution_id = $1 and award_id = $2`,
    [tx.scope.institutionId, awardId],
  );
  return row?.next ?? 1;
};

/** Begins a claim, or answers the one that was begun or came back, the first of them. One is looked at at a time. */
@Injectable()
export class BeginClaim {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, awardId: string): Promise<ClaimView> {
    return this.transactions.run(actor, async (tx) => {
      const award = await lockOwn(tx, actor, awardId);
      const claims = (await tx.find(Claim, { awardId }))
        .filter(({ kind }) => kind === 'claim')
        .sort((one, other) => one.number - other.number);
      const open = claims.find(({ status }) => writable.includes(status));
      if (open) return claimViewIn(tx, actor, open.id);
      refuseUnclaimable(award, dayIn(actor.timeZone, tx.now));
      if (claims.some(({ last }) => last)) throw new Refused('last-claim-sent');
      if (claims.some(({ status }) => status === 'submitted')) throw new Refused('claim-open');
      const id = tx.newId();
      await tx.insert(Claim, {
        institutionId: actor.institutionId,
        id,
        awardId,
        number: await nextNumber(tx, awardId),
        kind: 'claim',
        last: false,
        status: 'draft',
        lines: [],
        claimedPence: '0',
        settlesPence: '0',
        createdAt: tx.now,
        version: 1,
      });
      await tx.audit('claim.begin', { kind: 'claim', id });
      return claimViewIn(tx, actor, id);
    });
  }
}

/** May be written on. */
const writable: readonly Claim['status'][] = ['draft', 'returned', 'payment-rejected'];

/** Saves by itself what is being written: nothing is refused but an older revision and a file that is not one's own receipt. */
@Injectable()
export class SaveClaim {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, lines, last }: SaveInput): Promise<ClaimSaved> {
    return this.transactions.run(actor, async (tx) => {
      const { claim } = await lockOwnClaim(tx, actor, id, version);
      const money = await write(tx, claim, lines, last);
      const claimedPence = Number(claim.claimedPence);
      return {
        version: claim.version,
        claimedPence,
        settlesPence: settledBy(claimedPence, money),
        savedAt: tx.now.toISOString(),
      };
    });
  }
}

/**
 * Sends a claim to finance: complete, each line with a receipt or why there is none, and no more than the award has left. The last
 * one may be of nothing: then what is left goes back once it is approved.
 */
@Injectable()
export class SubmitClaim {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, lines, last }: SubmitInput): Promise<ClaimView> {
    return this.transactions.run(actor, async (tx) => {
      const { award, claim } = await lockOwnClaim(tx, actor, id, version);
      const from = claim.status;
      const status = move(claimTable, from, 'submitted');
      // It is asked for anew, with the bounds of an advance.
      if (claim.kind === 'advance' && from === 'returned')
        throw new Refused('status-refused', { facts: { from, to: 'submitted' } });
      // What was sent in time and came back may be mended after the date; for as long as its money is held.
      if (from === 'draft') refuseUnclaimable(award, dayIn(actor.timeZone, tx.now));
      const money = await write(tx, claim, lines, last);
      if (claim.kind === 'claim') {
        if (lines.length === 0 && !last) throw new Refused('claim-empty');
        refuseFaulty(lines);
      }
      const claimedPence = Number(claim.claimedPence);
      if (claimedPence > mostOf(money)) throw new Refused('claim-over-award', { facts: { leftPence: mostOf(money) } });
      const settlesPence = claim.kind === 'claim' ? settledBy(claimedPence, money) : 0;
      await tx.update(Claim, claim, {
        status,
        settlesPence: String(settlesPence),
        submittedAt: tx.now,
        submittedBy: sender(tx),
        decidedBy: null,
        decidedAt: null,
        reason: null,
        costCodeId: null,
        batchId: null,
        paidAt: null,
      });
      await record(tx, [
        {
          applicationId: award.applicationId,
          kind: 'claim-submitted',
          facts: { claimId: id, number: claim.number, kind: claim.kind, amountPence: claimedPence, last: claim.last },
        },
      ]);
      await tx.audit('claim.submit', { kind: 'claim', id }, { from, claimedPence, settlesPence });
      return claimViewIn(tx, actor, id);
    });
  }
}

const refuseFaulty = (typed: readonly ClaimLineDraft[]): void => {
  const lines = readLines(typed);
  const faults = faultsOf(lines);
  if (faults.length === 0) return;
  const at = (lineId: string | null) => lines.findIndex((line) => line.id === lineId);
  throw new Refused(faults.every(({ fault }) => fault === 'receipt') ? 'receipt-missing' : 'invalid-input', {
    fields: faults.map(({ lineId, fault }) => ({ path: `lines.${at(lineId)}.${fault}`, code: 'missing' })),
  });
};

/** Writes lines and receipts. An advance has an amount alone, which its first sending fixed. */
const write = async (tx: Tx, claim: Claim, typed: readonly ClaimLineDraft[], last: boolean): Promise<ClaimMoney> => {
  if (!writable.includes(claim.status))
    throw new Refused('status-refused', { facts: { from: claim.status, to: 'draft' } });
  if (claim.kind === 'claim') {
    const lines = readLines(typed);
    await attach(tx, claim, [...new Set(lines.flatMap(({ fileIds }) => fileIds))]);
    await tx.update(Claim, claim, { lines, last, claimedPence: String(totalOf(lines)), settlesPence: '0' });
  } else await tx.update(Claim, claim, {});
  return moneyFor(tx, claim.awardId, claim.id);
};

/** The claim's files are those that its lines name: receipts that the transaction's person handed in. */
const attach = async (tx: Tx, claim: Claim, fileIds: readonly string[]): Promise<void> => {
  const values = [tx.scope.institutionId, claim.id, fileIds];
  await tx.query(
    `delete from claim_file where institution_id = $1 and claim_id = $2 and not file_id = any ($3::uuid[])`,
    values,
  );
  const added = await tx.query<{ id: string }>(
    `insert into claim_file (institution_id, claim_id, file_id, added_at)
     select f.institution_id, $2, f.id, $4 from stored_file f
     join claim c on c.institution_id = f.institution_id and c.id = $2
     join award a on a.institution_id = c.institution_id and a.id = c.award_id
     where f.institution_id = $1 and f.id = any ($3::uuid[]) and f.purpose = 'receipt' and f.uploaded_by = a.person_id
     on conflict do nothing returning file_id as id`,
    [...values, tx.now],
  );
  if (added.length === fileIds.length) return;
  const [known] = await tx.query<{ count: number }>(
    `select count(*)::int as count from claim_file where institution_id = $1 and claim_id = $2`,
    values.slice(0, 2),
  );
  if (known?.count !== fileIds.length) throw new Refused('receipt-unknown');
};
