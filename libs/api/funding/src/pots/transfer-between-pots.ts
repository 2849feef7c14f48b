import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { PotView, TransferBetweenPots as Input } from '@waymark/contracts';
import { Pot } from '../entities';
import { between, post } from '../ledger/ledger';
import { potViewIn } from './pot-view';

/** What is available in one pot goes to another. Answers the pot it left. */
@Injectable()
export class TransferBetweenPots {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, potId: string, { toPotId, amountPence, reason }: Input): Promise<PotView> {
    if (potId === toPotId) throw new Refused('same-pot');
    return this.transactions.run(actor, async (tx) => {
      for (const id of [potId, toPotId].sort()) await tx.lock(Pot, id);
      const lines = between(amountPence, { potId, account: 'available' }, { potId: toPotId, account: 'available' });
      const entryId = await post(tx, { kind: 'transfer', reason, lines });
      await tx.audit('pot.transfer', { kind: 'pot', id: potId }, { toPotId, amountPence, entryId });
      return potViewIn(tx, actor, potId);
    });
  }
}
