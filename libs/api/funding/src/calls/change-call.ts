import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { CallField, CallView, ChangeCall as Input } from '@waymark/contracts';
import { callAt, termsOf } from './call-at';
import { changedFields, faultsOf, fixedAt } from './call-rules';
import { callViewIn } from './call-view';
import { lockCall } from './close-call';
import { Call, TermsOfCall } from './entities';
import { knownAudience, usablePot } from './known-parts';
import { tellCloseMoved } from './tell-close-moved';

/**
 * Changes what may still be changed. Terms are never written over: a change is a new number, by which drafts are judged from
 * now on, and what was submitted keeps its own. A close that moves is told to everybody who has a draft.
 */
@Injectable()
export class ChangeCall {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, ...input }: Input): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      const moment = callAt(call, tx.now);
      const terms = await termsOf(tx, id, call.termsNumber);
      const changed = changedFields({ ...asWritten(call), terms }, input);
      const fixed = fixedAt(moment, changed);
      if (fixed) throw new Refused('call-part-fixed', { facts: { field: fixed, moment } });
      const fields = faultsOf(call.kind, input, actor.timeZone);
      if (fields.length > 0) throw new Refused('invalid-input', { fields });
      if (moment !== 'draft' && changed.includes('closesAt') && new Date(input.closesAt) <= tx.now) {
        throw new Refused('call-window-over');
      }
      if (changed.includes('budgetPence')) await this.coversCommitments(tx, id, input.budgetPence);
      if (changed.includes('potId')) await usablePot(tx, input.potId);
      if (changed.includes('terms')) await knownAudience(tx, input.terms);
      await this.save(tx, actor, call, input, changed);
      if (moment === 'open' && changed.includes('closesAt')) {
        await tellCloseMoved(tx, this.people, call, actor.timeZone);
      }
      return callViewIn(tx, actor, id);
    });
  }

  private async coversCommitments(tx: Tx, callId: string, budgetPence: number): Promise<void> {
    const [{ committedPence } = { committedPence: 0 }] = await tx.query<{ committedPence: number }>(
      `select coalesce(sum(f.committed_pence + f.spent_pence), 0)::float8 as "committedPence"
       from award a join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id
       where a.institution_id = $1 and a.call_id = $2`,
      [tx.scope.institutionId, callId],
    );
    if (budgetPence < committedPence) throw new Refused('budget-below-committed', { facts: { committedPence } });
  }

  private async save(
    tx: Tx,
    actor: Actor,
    call: Call,
    { terms, ...input }: Omit<Input, 'version'>,
    changed: readonly CallField[],
  ): Promise<void> {
    const newTerms = changed.includes('terms');
    const termsNumber = newTerms ? call.termsNumber + 1 : call.termsNumber;
    if (newTerms) {
      const { institutionId } = actor;
      const row = { institutionId, callId: call.id, number: termsNumber, createdAt: tx.now, createdBy: actor.personId };
      await tx.insert(TermsOfCall, { ...row, terms });
    }
    await tx.update(Call, call, {
      ...input,
      budgetPence: String(input.budgetPence),
      opensAt: new Date(input.opensAt),
      closesAt: new Date(input.closesAt),
      endorseBy: new Date(input.endorseBy),
      termsNumber,
    });
    await tx.audit('call.change', { kind: 'call', id: call.id }, { fields: changed.join(' '), termsNumber });
  }
}

const asWritten = (call: Call) => ({
  name: call.name,
  potId: call.potId,
  budgetPence: Number(call.budgetPence),
  opensAt: call.opensAt.toISOString(),
  closesAt: call.closesAt.toISOString(),
  returnGraceDays: call.returnGraceDays,
  endorseBy: call.endorseBy.toISOString(),
  decideBy: call.decideBy,
  reserveUntil: call.reserveUntil,
  claimBy: call.claimBy,
  nextOpensOn: call.nextOpensOn,
  nextClosesOn: call.nextClosesOn,
  rollsUntil: call.rollsUntil,
  letters: call.letters,
});
