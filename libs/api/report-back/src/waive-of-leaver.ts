import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, type OutboxEvent, Transactions } from '@waymark/api-platform';
import { PERSON_LEFT, personLeft } from '@waymark/contracts';
import { openObligation } from './obligation-status';

/** Whoever has left owes no report any more. Done again it finds nothing to do. */
@Injectable()
export class WaiveOfLeaver implements EventHandler {
  readonly name = 'report-back-person-left';
  readonly topic = PERSON_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { personId } = personLeft.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const [leaver] = await this.people.facts(tx, [personId]);
      if (!leaver || leaver.active) return;
      const waived = await tx.query<{ id: string }>(
        `update obligation set status = 'waived', waived_because = 'left', version = version + 1
         where institution_id = $1 and person_id = $2 and status = any ($3) returning id`,
        [institutionId, personId, openObligation],
      );
      await tx.auditEach(
        'obligation.waive',
        waived.map(({ id }) => ({ subject: { kind: 'obligation', id }, details: { because: 'left' } })),
      );
    });
  }
}
