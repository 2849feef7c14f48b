import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { CallView, CancelCall as Input } from '@waymark/contracts';
import { endWithCall } from '../applications/end-with-call';
import { callTable } from '../statuses';
import { callViewIn } from './call-view';
import { lockCall } from './close-call';
import { Call } from './entities';

/** Before it is decided, a call can be given up: every application closes with it, with a letter that says why. */
@Injectable()
export class CancelCall {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, because }: Input): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      const from = call.status;
      await tx.update(Call, call, { status: move(callTable, from, 'cancelled'), cancelledBecause: because });
      await endWithCall(tx, id, because);
      await tx.audit('call.cancel', { kind: 'call', id }, { from });
      return callViewIn(tx, actor, id);
    });
  }
}
