import { Injectable } from '@nestjs/common';
import { type Actor, Transactions } from '@waymark/api-platform';
import { newRoundRules, type RoundView, type StartRound as Input } from '@waymark/contracts';
import { Round } from '../entities';
import { roundViewIn } from './round-view';

@Injectable()
export class StartRound {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, input: Input): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const id = tx.newId();
      await tx.insert(Round, {
        institutionId: actor.institutionId,
        id,
        name: input.name,
        status: 'draft',
        rules: newRoundRules,
        releasedRunId: null,
        releasedAt: null,
        createdAt: tx.now,
        createdBy: actor.personId,
        version: 1,
      });
      await tx.audit('round.start', { kind: 'round', id });
      return roundViewIn(tx, actor, id);
    });
  }
}
