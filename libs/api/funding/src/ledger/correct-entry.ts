import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { CorrectEntry as Input, EntryRow } from '@waymark/contracts';
import { LedgerEntry } from '../entities';
import { correctedByHand } from './corrected-by-hand';
import { entryRowIn } from './entries';
import { type NewLine, post } from './ledger';

/** Takes an entry back by a new one with the opposite lines; once. Answers the new entry. */
@Injectable()
export class CorrectEntry {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, entryId: string, { reason }: Input): Promise<EntryRow> {
    return this.transactions.run(actor, async (tx) => {
      const [entry] = await tx.find(LedgerEntry, { id: entryId });
      if (!entry) throw new Refused('not-found');
      if (!correctedByHand.includes(entry.kind)) throw new Refused('entry-not-corrected-by-hand');
      const lines = await tx.query<Required<NewLine>>(
        `select pot_id as "potId", account, cost_code_id as "costCodeId", (-amount_pence)::float8 as "amountPence"
         from ledger_line where institution_id = $1 and entry_id = $2 order by number`,
        [actor.institutionId, entryId],
      );
      const id = await post(tx, { kind: 'correct', reason, lines, corrects: entryId });
      await tx.audit('ledger-entry.correct', { kind: 'ledger-entry', id: entryId }, { by: id });
      return entryRowIn(tx, actor, id, lines[0]?.potId ?? '');
    });
  }
}
