import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { CallView, OnCall } from '@waymark/contracts';
import { judgeEligibility } from '../applications/judge-eligibility';
import { callTable } from '../statuses';
import { hindrancesOf, type Standing } from './call-may';
import { callViewIn, standingQuery } from './call-view';
import { lockCall } from './close-call';
import { Call } from './entities';

/**
 * Everything is in: eligibility is judged, and the panel may read. Refused while somebody may still hand in or endorse, while
 * the coordinator has not decided on what nobody endorsed, and where there is nothing to score.
 */
@Injectable()
export class StartScoring {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnCall): Promise<CallView> {
    return this.transactions.run(actor, async (tx) => {
      const call = await lockCall(tx, id, version);
      const status = move(callTable, call.status, 'scoring');
      // Back from moderation is the chair's.
      if (call.status !== 'closed')
        throw new Refused('status-refused', { facts: { from: call.status, to: 'scoring' } });
      const { text, values } = standingQuery(actor.institutionId, id, tx.now);
      const [standing] = await tx.query<Standing>(text, values);
      if (!standing) throw new Refused('not-found');
      const [hindrance] = hindrancesOf('closed', standing, true);
      if (hindrance) throw new Refused(hindrance.by, { facts: { count: hindrance.count } });
      await tx.update(Call, call, { status });
      await judgeEligibility(tx, id);
      await tx.audit('call.start-scoring', { kind: 'call', id }, { applications: standing.endorsed });
      return callViewIn(tx, actor, id);
    });
  }
}
