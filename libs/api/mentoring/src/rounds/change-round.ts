import { Injectable } from '@nestjs/common';
import { type Actor, Transactions } from '@waymark/api-platform';
import type { ChangeRound as Input, RoundView } from '@waymark/contracts';
import { Round } from '../entities';
import { lockChangeable } from './open-round';
import { roundViewIn } from './round-view';

/** Name and rules. Runs keep the rules they were made with, so a result stays what it was. */
@Injectable()
export class ChangeRound {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, name, rules }: Input): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await lockChangeable(tx, id, version);
      await tx.update(Round, round, { name, rules });
      await tx.audit('round.change', { kind: 'round', id }, { version: round.version });
      return roundViewIn(tx, actor, id);
    });
  }
}
