import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import * as letters from './letters';
import { PostRoom } from './post-room';
import { workingDaysAfter } from './working-days';

/** A mentor is reminded when so many working days are left, which is when half of them have passed. */
const workingDaysLeft = 5;
const batch = 400;

/** Reminds mentors, once for each proposal, by one letter for all that wait for them. */
@Injectable()
export class RemindMentors implements ScheduledTask {
  readonly name = 'remind-mentors';
  readonly everySeconds = 300;

  constructor(private readonly postRoom: PostRoom) {}

  async run(tx: Tx): Promise<boolean> {
    const where = await whereaboutsOf(tx);
    const due = await tx.query<{ id: string; menteeId: string; mentorId: string; answerBy: Date; open: boolean }>(
      `with due as (
         select id from proposal
         where institution_id = $1 and status = 'proposed' and reminded_at is null
           and answer_by >= $2::timestamptz and answer_by <= $3::timestamptz
         order by mentor_id, id limit ${batch} for update skip locked
       )
       update proposal p set reminded_at = $2 from due where p.institution_id = $1 and p.id = due.id
       returning p.id, p.mentee_id as "menteeId", p.mentor_id as "mentorId", p.answer_by as "answerBy"`,
      [tx.scope.institutionId, tx.now, workingDaysAfter(tx.now, workingDaysLeft, where)],
    );
    if (due.length === 0) return false;
    const name = await this.postRoom.names(
      tx,
      due.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
    );
    const dates = { now: tx.now, timeZone: where.timeZone };
    await this.postRoom.post(
      tx,
      [...Map.groupBy(due, ({ mentorId }) => mentorId)].map(([personId, own]) => {
        const mentees = own.map(({ id, menteeId, answerBy }) => ({
          name: name(menteeId),
          link: this.postRoom.link(id),
          answerBy,
        }));
        return { personId, words: letters.reminder(name(personId), mentees, dates) };
      }),
    );
    return due.length === batch;
  }
}
