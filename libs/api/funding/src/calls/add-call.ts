import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { AddCall as Input, CallView } from '@waymark/contracts';
import { faultsOf, nameOfMonth } from './call-rules';
import { callViewIn } from './call-view';
import { Call, TermsOfCall } from './entities';
import { usablePot } from './known-parts';
import { datesAfter, newTerms, noLetters } from './new-call';

/** A draft, with sound defaults for all that is not said yet. Nobody but those who see calls knows of it. */
@Injectable()
export class AddCall {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { name, kind, potId, budgetPence, opensAt, closesAt, rollsUntil }: Input): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const window = { opensAt: new Date(opensAt), closesAt: new Date(closesAt) };
      const dates = datesAfter(kind, window.closesAt, actor.timeZone);
      const rest = { nextOpensOn: null, nextClosesOn: null, rollsUntil };
      const written = { opensAt, closesAt, ...dates, ...rest, endorseBy: dates.endorseBy.toISOString() };
      const fields = faultsOf(kind, written, actor.timeZone);
      if (fields.length > 0) throw new Refused('invalid-input', { fields });
      await usablePot(tx, potId);
      const id = tx.newId();
      await tx.insert(Call, {
        institutionId: actor.institutionId,
        id,
        name: kind === 'rolling' ? nameOfMonth(name, window, actor.timeZone) : name,
        kind,
        status: 'draft',
        potId,
        budgetPence: String(budgetPence),
        ...window,
        ...dates,
        ...rest,
        termsNumber: 1,
        letters: noLetters(),
        seriesId: id,
        copiedFrom: null,
        cancelledBecause: null,
        createdAt: tx.now,
        createdBy: actor.personId,
        version: 1,
      });
      await tx.insert(TermsOfCall, {
        institutionId: actor.institutionId,
        callId: id,
        number: 1,
        terms: newTerms(() => tx.newId()),
        createdAt: tx.now,
        createdBy: actor.personId,
      });
      await tx.audit('call.add', { kind: 'call', id }, { kind });
      return callViewIn(tx, actor, id);
    });
  }
}
