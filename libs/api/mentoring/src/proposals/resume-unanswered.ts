import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { move, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { Proposal } from '../entities';
import { proposalTable } from '../statuses';
import * as letters from './letters';
import { PostRoom } from './post-room';
import { workingDaysAfter } from './working-days';

const batch = 50;

/** A mentor's question that nobody answered within five days: the mentor answers without, with the time that was left. */
@Injectable()
export class ResumeUnanswered implements ScheduledTask {
  readonly name = 'resume-unanswered';
  readonly everySeconds = 300;

  constructor(private readonly postRoom: PostRoom) {}

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    const late = `status = 'more-asked' and answer_by < $2::timestamptz`;
    const found = await tx.query<{ id: string; requestId: string }>(
      `select id, request_id as "requestId" from proposal where institution_id = $1 and ${late} order by id limit ${batch}`,
      [institutionId, tx.now],
    );
    if (found.length === 0) return false;
    await tx.query(
      `select id from request where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [institutionId, found.map(({ requestId }) => requestId)],
    );
    const where = await whereaboutsOf(tx);
    const dates = { now: tx.now, timeZone: where.timeZone };
    for (const { id } of found) {
      const proposal = await tx.lock(Proposal, id);
      if (proposal.status !== 'more-asked' || proposal.answerBy === null || proposal.answerBy >= tx.now) continue;
      const answerBy = workingDaysAfter(tx.now, Math.max(1, proposal.daysLeft ?? 1), where);
      const status = move(proposalTable, proposal.status, 'proposed');
      await tx.update(Proposal, proposal, { status, questionClosedAt: tx.now, answerBy });
      await tx.audit('proposal.resume', { kind: 'proposal', id });
      const { menteeId, mentorId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const two = { mentee: name(menteeId), mentor: name(mentorId) };
      await this.postRoom.post(
        tx,
        [menteeId, mentorId].map((personId) => ({
          personId,
          words: letters.questionUnanswered(personId === mentorId, two, answerBy, this.postRoom.link(id), dates),
        })),
      );
    }
    return found.length === batch;
  }
}
