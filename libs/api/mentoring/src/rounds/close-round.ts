import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { OnRound, RoundView } from '@waymark/contracts';
import { Round } from '../entities';
import { roundTable } from '../statuses';
import { roundViewIn } from './round-view';

/** Closes a released round. Proposals that are still open go on by their own dates. */
@Injectable()
export class CloseRound {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnRound): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await tx.lockAt(Round, id, version);
      await tx.update(Round, round, { status: move(roundTable, round.status, 'closed') });
      await tx.audit('round.close', { kind: 'round', id });
      return roundViewIn(tx, actor, id);
    });
  }
}
