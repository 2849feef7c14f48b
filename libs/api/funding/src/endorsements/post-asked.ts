import { Injectable } from '@nestjs/common';
import { type EventHandler, type OutboxEvent, Transactions } from '@waymark/api-platform';
import { z } from 'zod';
import { ENDORSEMENT_ASKED } from './ask-to-endorse';
import { AskedLetters } from './asked-letters';

const payload = z.object({ endorsementIds: z.array(z.uuid()) });

/** Writes to whoever was asked. Done again it finds the links made, and writes to nobody twice. */
@Injectable()
export class PostAsked implements EventHandler {
  readonly name = 'funding-endorsement-asked';
  readonly topic = ENDORSEMENT_ASKED;

  constructor(
    private readonly transactions: Transactions,
    private readonly letters: AskedLetters,
  ) {}

  async handle(event: OutboxEvent): Promise<void> {
    const { endorsementIds } = payload.parse(event.payload);
    const scope = { institutionId: event.institutionId, personId: null, correlationId: null };
    await this.transactions.run(scope, async (tx) => {
      const fresh = await tx.query<{ id: string }>(
        `select n.id from endorsement n where n.institution_id = $1 and n.id = any ($2::uuid[]) and n.status = 'asked'
           and not exists (select from endorsement_link l where l.institution_id = n.institution_id and l.endorsement_id = n.id)
         order by n.id for update`,
        [event.institutionId, endorsementIds],
      );
      await this.letters.write(
        tx,
        fresh.map(({ id }) => id),
        false,
      );
    });
  }
}
