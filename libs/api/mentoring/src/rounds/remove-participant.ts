import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { RoundView, Side } from '@waymark/contracts';
import { Round } from '../entities';
import { lockChangeable } from './open-round';
import { roundViewIn } from './round-view';

const deletions: Readonly<Record<Side, string>> = {
  mentees: `delete from round_mentee rm using request r
    where rm.institution_id = $1 and rm.round_id = $2 and r.institution_id = $1 and r.id = rm.request_id and r.person_id = $3
    returning rm.request_id`,
  mentors: `delete from round_mentor rm using enrolment e
    where rm.institution_id = $1 and rm.round_id = $2 and e.institution_id = $1 and e.id = rm.enrolment_id and e.person_id = $3
    returning rm.enrolment_id`,
};

/** Takes somebody out of a round before it is released; their request or enrolment stays as it is. */
@Injectable()
export class RemoveParticipant {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, side: Side, personId: string): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await lockChangeable(tx, id);
      const [removed] = await tx.query<{ count: number }>(
        `with gone as (${deletions[side]}) select count(*)::int as count from gone`,
        [actor.institutionId, id, personId],
      );
      if (!removed?.count) throw new Refused('not-found');
      await tx.update(Round, round, {});
      await tx.audit('round.remove-participant', { kind: 'round', id }, { side, personId });
      return roundViewIn(tx, actor, id);
    });
  }
}
