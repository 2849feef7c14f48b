import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, move, type OutboxEvent, Transactions } from '@waymark/api-platform';
import { PERSON_LEFT, personLeft } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { awardTable } from '../statuses';
import { closeAward } from './close-award';
import { Award } from './entities';

/** Whoever has left is paid what they have claimed; all else of their awards goes back. Done again it finds nothing to do. */
@Injectable()
export class CloseOfLeaver implements EventHandler {
  readonly name = 'awards-person-left';
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
      const open = await tx.query<{ id: string }>(
        `select id from award where institution_id = $1 and person_id = $2
           and status in ('offered', 'accepted', 'changed', 'attended', 'cancelled') order by id for update`,
        [institutionId, personId],
      );
      for (const { id } of open) {
        const award = await tx.lock(Award, id);
        // An offer that nobody is there to take is cancelled first: it was neither refused nor left to lapse.
        if (award.status === 'offered') {
          await tx.update(Award, award, { status: move(awardTable, 'offered', 'cancelled'), cancelledBecause: 'left' });
          await record(tx, [
            { applicationId: award.applicationId, kind: 'award-cancelled', facts: { because: 'left' } },
          ]);
        }
        await closeAward(tx, award, 'left');
      }
    });
  }
}
