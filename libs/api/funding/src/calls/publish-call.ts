import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { CallView, OnCall } from '@waymark/contracts';
import { callTable } from '../statuses';
import { callViewIn } from './call-view';
import { lockCall } from './close-call';
import { Call } from './entities';
import { usablePot } from './known-parts';

/** Everybody sees it from now on, with its dates; it takes applications within its window alone, to the second. */
@Injectable()
export class PublishCall {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnCall): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      const status = move(callTable, call.status, 'open');
      // From closed it is opened again by another deed, which asks for the new close.
      if (call.status !== 'draft') throw new Refused('status-refused', { facts: { from: call.status, to: 'open' } });
      if (call.closesAt <= tx.now) throw new Refused('call-window-over');
      await usablePot(tx, call.potId);
      await tx.update(Call, call, { status });
      await tx.audit('call.publish', { kind: 'call', id });
      return callViewIn(tx, actor, id);
    });
  }
}
