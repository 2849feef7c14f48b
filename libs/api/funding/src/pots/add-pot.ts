import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AddPot as AddInput, ChangePot as ChangeInput, PotView } from '@waymark/contracts';
import { CostCode, Pot } from '../entities';
import { potViewIn } from './pot-view';

/** Locked, so that a code is not put out of use at the same moment. */
const usable = async (tx: Tx, costCodeId: string): Promise<void> => {
  const code = await tx.lock(CostCode, costCodeId);
  if (!code.active) throw new Refused('cost-code-not-in-use');
};

@Injectable()
export class AddPot {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { name, financialYear, costCodeId }: AddInput): Promise<PotView> {
    return this.transactions.run(actor, async (tx) => {
      await usable(tx, costCodeId);
      const id = tx.newId();
      await tx.insert(Pot, {
        institutionId: actor.institutionId,
        id,
        name,
        financialYear,
        costCodeId,
        status: 'open',
        rolledFrom: null,
        createdAt: tx.now,
        createdBy: actor.personId,
        version: 1,
      });
      await tx.audit('pot.add', { kind: 'pot', id }, { financialYear });
      return potViewIn(tx, actor, id);
    });
  }
}

/** Another name or cost code; what was posted keeps the code it was posted under. */
@Injectable()
export class ChangePot {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, potId: string, { version, name, costCodeId }: ChangeInput): Promise<PotView> {
    return this.transactions.run(actor, async (tx) => {
      const pot = await tx.lockAt(Pot, potId, version);
      if (pot.status === 'closed') throw new Refused('pot-closed');
      if (costCodeId !== pot.costCodeId) await usable(tx, costCodeId);
      await tx.update(Pot, pot, { name, costCodeId });
      await tx.audit('pot.change', { kind: 'pot', id: potId });
      return potViewIn(tx, actor, potId);
    });
  }
}
