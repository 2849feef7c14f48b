import { Injectable } from '@nestjs/common';
import { type Actor, Transactions } from '@waymark/api-platform';
import type { OnRound, RoundView } from '@waymark/contracts';
import { mentorsThatCouldJoin, requestsThatCouldJoin } from './could-join';
import { lockChangeable, openWithPeople } from './open-round';
import { roundViewIn } from './round-view';

/** All open requests and active mentors that are in no other round to be released come into this one. */
@Injectable()
export class JoinRound {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnRound): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await lockChangeable(tx, id, version);
      // Two rounds that people join at once would both find them free: one after the other, then.
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('round-join:' || $1, 0))`, [actor.institutionId]);
      const values = [actor.institutionId, id, tx.now];
      const mentees = await tx.query(
        `insert into round_mentee (institution_id, round_id, request_id)
         select $1, $2, could.id from (${requestsThatCouldJoin}) could on conflict do nothing returning request_id`,
        values,
      );
      const mentors = await tx.query(
        `insert into round_mentor (institution_id, round_id, enrolment_id)
         select $1, $2, could.id from (${mentorsThatCouldJoin}) could on conflict do nothing returning enrolment_id`,
        values,
      );
      if (mentees.length + mentors.length > 0) await openWithPeople(tx, round);
      await tx.audit('round.join', { kind: 'round', id }, { mentees: mentees.length, mentors: mentors.length });
      return roundViewIn(tx, actor, id);
    });
  }
}
