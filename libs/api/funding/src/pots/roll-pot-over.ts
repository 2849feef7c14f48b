import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import { penceMost, type PotView, type RollPotOver as Input } from '@waymark/contracts';
import { Pot } from '../entities';
import { between, type NewLine, post } from '../ledger/ledger';
import { financialYearWords } from './financial-year';
import { potViewIn } from './pot-view';

/**
 * The year ends: what is available and what is committed go into a new pot of the same name in the next financial year, and
 * this one closes. What was spent stays where it was spent. Refused (`pot-name-taken`) where that year has a pot of the name
 * already. Answers the new pot.
 */
@Injectable()
export class RollPotOver {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, potId: string, { version }: Input): Promise<PotView> {
    return this.transactions.run(actor, async (tx) => {
      // See the order of locks: what goes along comes before the pot.
      for (const table of ['call', 'award'])
        await tx.query(`select id from ${table} where institution_id = $1 and pot_id = $2 order by id for update`, [
          actor.institutionId,
          potId,
        ]);
      const pot = await tx.lockAt(Pot, potId, version);
      if (pot.status === 'closed') throw new Refused('pot-closed');
      const into = tx.newId();
      const financialYear = pot.financialYear + 1;
      await tx.insert(Pot, {
        institutionId: actor.institutionId,
        id: into,
        name: pot.name,
        financialYear,
        costCodeId: pot.costCodeId,
        status: 'open',
        rolledFrom: potId,
        createdAt: tx.now,
        createdBy: actor.personId,
        version: 1,
      });
      const lines = (['available', 'committed'] as const).flatMap((account): NewLine[] => {
        const amounts = linesOf(Number(pot[`${account}Pence`]));
        return amounts.flatMap((amountPence) => between(amountPence, { potId, account }, { potId: into, account }));
      });
      if (lines.length > 0) {
        const reason = `Rolled over from ${financialYearWords(pot.financialYear)} to ${financialYearWords(financialYear)}`;
        await post(tx, { kind: 'transfer', reason, lines });
      }
      // What is committed is the awards': they and their calls go with it.
      for (const table of ['award', 'call'])
        await tx.query(`update ${table} set pot_id = $3 where institution_id = $1 and pot_id = $2`, [
          actor.institutionId,
          potId,
          into,
        ]);
      await tx.update(Pot, pot, { status: 'closed' });
      await tx.audit('pot.roll-over', { kind: 'pot', id: potId }, { into });
      return potViewIn(tx, actor, into);
    });
  }
}

/** A line takes so much and no more; a pot may have been funded several times. */
const linesOf = (pence: number): number[] =>
  pence === 0 ? [] : pence <= penceMost ? [pence] : [penceMost, ...linesOf(pence - penceMost)];
