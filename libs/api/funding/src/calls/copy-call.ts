import { Injectable } from '@nestjs/common';
import { type Actor, dayIn, Transactions } from '@waymark/api-platform';
import type { CallView, CopyCall as Input } from '@waymark/contracts';
import { termsOf } from './call-at';
import { atThatTimeOn, dayLater, later, movedWith, nameOfMonth } from './call-rules';
import { callViewIn } from './call-view';
import { openPotAfter } from './close-call';
import { Call, TermsOfCall } from './entities';

/**
 * Last year's once more: a draft with the same terms and letters, of the same series. Its window is the one announced for next
 * year where there is one, else a year on; all other dates move with the close. Its pot is the one that last year's was rolled
 * over into, else the same: a closed one has to be changed before it can be published.
 */
@Injectable()
export class CopyCall {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { name }: Input): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await tx.lock(Call, id);
      const terms = await termsOf(tx, id, call.termsNumber);
      const { timeZone } = actor;
      const onOr = (day: string | null, at: Date): Date =>
        day === null ? later(at, timeZone, { years: 1 }) : atThatTimeOn(day, at, timeZone);
      const opensAt = onOr(call.nextOpensOn, call.opensAt);
      const announced = onOr(call.nextClosesOn, call.closesAt);
      // Announced dates may leave the close of an ordinary year before the opening.
      const closesAt =
        announced > opensAt
          ? announced
          : new Date(opensAt.getTime() + call.closesAt.getTime() - call.opensAt.getTime());
      const days = Math.round(
        (Date.parse(dayIn(timeZone, closesAt)) - Date.parse(dayIn(timeZone, call.closesAt))) / 86_400_000,
      );
      const window = { opensAt, closesAt };
      // It rolls a year longer, and through its first month at least, where that was announced for later.
      const lastDay = dayIn(timeZone, new Date(closesAt.getTime() - 1));
      const copyId = tx.newId();
      await tx.insert(Call, {
        ...call,
        ...window,
        id: copyId,
        name: call.kind === 'rolling' ? nameOfMonth(name, window, timeZone) : name,
        status: 'draft',
        potId: (await openPotAfter(tx, call.potId)) ?? call.potId,
        ...movedWith(call, closesAt, timeZone, days),
        rollsUntil: call.rollsUntil === null ? null : laterDay(dayLater(call.rollsUntil, { years: 1 }), lastDay),
        nextOpensOn: null,
        nextClosesOn: null,
        termsNumber: 1,
        copiedFrom: id,
        cancelledBecause: null,
        createdAt: tx.now,
        createdBy: actor.personId,
        version: 1,
      });
      await tx.insert(TermsOfCall, {
        institutionId: actor.institutionId,
        callId: copyId,
        number: 1,
        terms,
        createdAt: tx.now,
        createdBy: actor.personId,
      });
      await tx.audit('call.copy', { kind: 'call', id: copyId }, { from: id });
      return callViewIn(tx, actor, copyId);
    });
  }
}

const laterDay = (one: string, other: string): string => (one > other ? one : other);
