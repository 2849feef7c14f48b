import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { CallView, ReopenCall as Input } from '@waymark/contracts';
import { callTable } from '../statuses';
import { faultsOf } from './call-rules';
import { callViewIn, standingQuery } from './call-view';
import type { Standing } from './call-may';
import { lockCall } from './close-call';
import { Call } from './entities';
import { tellCloseMoved } from './tell-close-moved';

/**
 * A closed call takes applications again until a later close, while nobody has scored and no next month has begun. Whoever has a
 * draft in it, and missed the close, is told.
 */
@Injectable()
export class ReopenCall {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  run(actor: Actor, id: string, { version, closesAt, endorseBy }: Input): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      if (call.status !== 'closed') throw new Refused('status-refused', { facts: { from: call.status, to: 'open' } });
      const { text, values } = standingQuery(actor.institutionId, id, tx.now);
      const [standing] = await tx.query<Standing>(text, values);
      if (standing?.reviews) throw new Refused('call-scored', { facts: { count: standing.reviews } });
      if (standing?.rolledOn) throw new Refused('call-rolled-on');
      if (new Date(closesAt) <= tx.now) throw new Refused('call-window-over');
      const dates = { ...call, opensAt: call.opensAt.toISOString(), closesAt, endorseBy };
      const fields = faultsOf(call.kind, dates, actor.timeZone);
      if (fields.length > 0) throw new Refused('invalid-input', { fields });
      await tx.update(Call, call, {
        status: move(callTable, call.status, 'open'),
        closesAt: new Date(closesAt),
        endorseBy: new Date(endorseBy),
      });
      await tellCloseMoved(tx, this.people, call, actor.timeZone);
      await tx.audit('call.reopen', { kind: 'call', id }, { closesAt });
      return callViewIn(tx, actor, id);
    });
  }
}
