import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, type OutboxEvent, Transactions } from '@waymark/api-platform';
import { type ApplicationStatus, PERSON_LEFT, personLeft } from '@waymark/contracts';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { applicationTable } from '../statuses';
import { record } from './timeline';

/** What is still open; an award closes at what is claimed, which is awards' own to see to. */
const open = (Object.keys(applicationTable) as ApplicationStatus[]).filter(
  (status) => applicationTable[status].includes('withdrawn') && status !== 'awarded' && status !== 'part-awarded',
);

/** Whoever has left applies for nothing any more. Done again it finds nothing to do. */
@Injectable()
export class WithdrawOfLeaver implements EventHandler {
  readonly name = 'applications-person-left';
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
      await tx.query(
        `select id from application where institution_id = $1 and person_id = $2 and status = any ($3::text[]) order by id for update`,
        [institutionId, personId, open],
      );
      const gone = await tx.query<{ id: string; from: string }>(
        `update application set status = 'withdrawn', reserve_rank = null, version = version + 1
         where institution_id = $1 and person_id = $2 and status = any ($3::text[]) returning id, old.status as "from"`,
        [institutionId, personId, open],
      );
      await withdrawEndorsements(
        tx,
        gone.map(({ id }) => id),
      );
      await record(
        tx,
        gone.map(({ id, from }) => ({
          applicationId: id,
          kind: 'withdrawn' as const,
          facts: { from, because: 'left' },
        })),
      );
      await tx.auditEach(
        'application.withdraw',
        gone.map(({ id, from }) => ({ subject: { kind: 'application', id }, details: { from, because: 'left' } })),
      );
    });
  }
}
