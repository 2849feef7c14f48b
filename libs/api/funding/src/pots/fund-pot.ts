import { Injectable } from '@nestjs/common';
import { type Actor, Transactions } from '@waymark/api-platform';
import type { FundPot as Input, PotView } from '@waymark/contracts';
import { Pot } from '../entities';
import { between, post } from '../ledger/ledger';
import { potViewIn } from './pot-view';

/** Money from outside comes into a pot. */
@Injectable()
export class FundPot {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, potId: string, { amountPence, reason }: Input): Promise<PotView> {
    return this.transactions.run(actor, async (tx) => {
      await tx.lock(Pot, potId);
      const lines = between(amountPence, { potId, account: 'source' }, { potId, account: 'available' });
      const entryId = await post(tx, { kind: 'fund', reason, lines });
      await tx.audit('pot.fund', { kind: 'pot', id: potId }, { amountPence, entryId });
      return potViewIn(tx, actor, potId);
    });
  }
}
