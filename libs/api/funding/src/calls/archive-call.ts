import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { CallView, OnCall } from '@waymark/contracts';
import { callTable } from '../statuses';
import type { Standing } from './call-may';
import { callViewIn, standingQuery } from './call-view';
import { lockCall } from './close-call';
import { Call } from './entities';

/** Nothing more happens in it: every award is closed, and nobody is on the reserve list. */
@Injectable()
export class ArchiveCall {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnCall): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      const status = move(callTable, call.status, 'archived');
      const { text, values } = standingQuery(actor.institutionId, id, tx.now);
      const [standing] = await tx.query<Standing>(text, values);
      if (standing?.awardsOpen) throw new Refused('awards-open', { facts: { count: standing.awardsOpen } });
      await tx.update(Call, call, { status });
      await tx.audit('call.archive', { kind: 'call', id });
      return callViewIn(tx, actor, id);
    });
  }
}
