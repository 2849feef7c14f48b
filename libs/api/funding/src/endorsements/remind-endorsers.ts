import { Injectable } from '@nestjs/common';
import { type Actor, Refused, type ScheduledTask, Transactions, type Tx } from '@waymark/api-platform';
import { remindBeforeDays, type RemindedEndorsers, type RemindEndorsers as Input } from '@waymark/contracts';
import { AskedLetters } from './asked-letters';
import { answerByOf, fromEndorsement } from './endorsement-sql';

const batch = 200;

const markReminded = (tx: Tx, ids: readonly string[]) =>
  tx.query(`update endorsement set reminded_at = $2 where institution_id = $1 and id = any ($3::uuid[])`, [
    tx.scope.institutionId,
    tx.now,
    ids,
  ]);

/** Two days before it goes on, whoever has not answered is reminded, once. */
@Injectable()
export class RemindOfEndorsements implements ScheduledTask {
  readonly name = 'remind-endorsers';
  readonly everySeconds = 300;

  constructor(private readonly letters: AskedLetters) {}

  async run(tx: Tx): Promise<boolean> {
    const soon = await tx.query<{ id: string }>(
      `select n.id from ${fromEndorsement}
       where n.institution_id = $1 and n.status = 'asked' and n.reminded_at is null
         and (${answerByOf}) > $2 and (${answerByOf}) <= $2::timestamptz + interval '1 day' * $3
         and n.asked_at <= $2::timestamptz - interval '1 day'
       order by n.passes_on_at, n.id limit $4 for update of n skip locked`,
      [tx.scope.institutionId, tx.now, remindBeforeDays, batch],
    );
    if (soon.length === 0) return false;
    const ids = soon.map(({ id }) => id);
    await markReminded(tx, ids);
    await this.letters.write(tx, ids, true);
    return soon.length === batch;
  }
}

/** The coordinator reminds whoever is asked; nobody twice within a day. */
@Injectable()
export class RemindEndorsers {
  constructor(
    private readonly transactions: Transactions,
    private readonly letters: AskedLetters,
  ) {}

  run(actor: Actor, callId: string, { endorsementIds }: Input): Promise<RemindedEndorsers> {
    return this.transactions.run(actor, async (tx) => {
      const rows = await tx.query<{ id: string; lately: boolean }>(
        `select n.id, greatest(n.asked_at, n.reminded_at) > $4::timestamptz - interval '1 day' as lately
         from ${fromEndorsement}
         where n.institution_id = $1 and c.id = $2 and n.id = any ($3::uuid[]) and n.status = 'asked' and (${answerByOf}) > $4
         order by n.id for update of n`,
        [actor.institutionId, callId, endorsementIds, tx.now],
      );
      if (rows.length === 0) {
        const [call] = await tx.query(`select id from call where institution_id = $1 and id = $2`, [
          actor.institutionId,
          callId,
        ]);
        throw new Refused(call ? 'changed-meanwhile' : 'not-found');
      }
      const ids = rows.filter(({ lately }) => !lately).map(({ id }) => id);
      await markReminded(tx, ids);
      await this.letters.write(tx, ids, true);
      if (ids.length > 0) await tx.audit('endorsement.remind', { kind: 'call', id: callId }, { reminded: ids.length });
      return { reminded: ids.length, lately: rows.length - ids.length };
    });
  }
}
