import { Injectable } from '@nestjs/common';
import type { Tx } from '@waymark/api-platform';
import { backToFront } from './back-to-front';
import { type EndedProposal, endedColumns, endProposals } from './end-proposals';
import * as letters from './letters';
import { PostRoom } from './post-room';

const overdue = `status in ('proposed', 'accepted') and answer_by < $2::timestamptz`;

/**
 * Ends what nobody answered, or agreed, in time: the place is free, the request is open and at the front, and the people
 * are told. Done where it begins to matter, before a round is matched; an overdue proposal counts as expired everywhere
 * from its moment on.
 */
@Injectable()
export class ExpireProposals {
  constructor(private readonly postRoom: PostRoom) {}

  async within(tx: Tx): Promise<void> {
    const values = [tx.scope.institutionId, tx.now];
    // The requests first, by id; then what is still overdue under their locks.
    await tx.query(
      `select id from request where institution_id = $1
         and id in (select request_id from proposal where institution_id = $1 and ${overdue}) order by id for update`,
      values,
    );
    const ended = await tx.query<EndedProposal & { status: 'proposed' | 'accepted' }>(
      `select ${endedColumns}, status from proposal where institution_id = $1 and ${overdue} order by id for update`,
      values,
    );
    if (ended.length === 0) return;
    await endProposals(tx, 'expired', ended);
    await tx.query(
      `update request set status = 'open', version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status = 'matched'`,
      [tx.scope.institutionId, ended.filter(({ status }) => status === 'accepted').map(({ requestId }) => requestId)],
    );
    const front = await backToFront(
      tx,
      ended.map(({ requestId }) => requestId),
    );
    const name = await this.postRoom.names(
      tx,
      ended.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
    );
    await this.postRoom.post(
      tx,
      ended.flatMap(({ id, status, requestId, menteeId, mentorId }) => {
        const [mentee, mentor, link] = [name(menteeId), name(mentorId), this.postRoom.link(id)] as const;
        return status === 'proposed'
          ? [{ personId: menteeId, words: letters.unanswered(mentee, mentor, !front.has(requestId), link) }]
          : [
              { personId: menteeId, words: letters.notAgreed(mentee, mentor, link) },
              { personId: mentorId, words: letters.notAgreed(mentor, mentee, link) },
            ];
      }),
    );
  }
}
