import { Injectable } from '@nestjs/common';
import { PeopleFacade, whereaboutsOf } from '@waymark/api-people';
import { dayIn, move, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { pairTable, requestTable } from '../statuses';
import * as letters from './letters';
import { PostRoom } from './post-room';

const batch = 200;
const over = `status = 'active' and ends_on < $2::date`;

/** A pair whose end date has passed is complete: the place is free, the request closed, and from now on they were paired. */
@Injectable()
export class CompletePairs implements ScheduledTask {
  readonly name = 'complete-pairs';
  readonly everySeconds = 600;

  constructor(
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
  ) {}

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    const { timeZone } = await whereaboutsOf(tx);
    const today = dayIn(timeZone, tx.now);
    const found = await tx.query<{ id: string; requestId: string }>(
      `select id, request_id as "requestId" from pair where institution_id = $1 and ${over} order by id limit ${batch}`,
      [institutionId, today],
    );
    if (found.length === 0) return false;
    // Requests before pairs, each by id: see statuses.ts.
    const requestIds = [...new Set(found.map(({ requestId }) => requestId))];
    await tx.query(
      `select id from request where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [institutionId, requestIds],
    );
    const pairs = await tx.query<{
      id: string;
      requestId: string;
      proposalId: string;
      menteeId: string;
      mentorId: string;
    }>(
      `select id, request_id as "requestId", proposal_id as "proposalId", mentee_id as "menteeId", mentor_id as "mentorId"
       from pair where institution_id = $1 and id = any ($3::uuid[]) and ${over} order by id for update`,
      [institutionId, today, found.map(({ id }) => id)],
    );
    const ids = pairs.map(({ id }) => id);
    await tx.query(
      `update pair set status = $3, version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`,
      [institutionId, ids, move(pairTable, 'active', 'completed')],
    );
    await tx.query(
      `update request set status = $3, version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status = 'matched'`,
      [institutionId, pairs.map(({ requestId }) => requestId), move(requestTable, 'matched', 'closed')],
    );
    for (const id of ids) await this.people.endRelationships(tx, id);
    await tx.auditEach(
      'pair.complete',
      ids.map((id) => ({ subject: { kind: 'pair', id } })),
    );
    const name = await this.postRoom.names(
      tx,
      pairs.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
    );
    await this.postRoom.post(
      tx,
      pairs.flatMap(({ proposalId, menteeId, mentorId }) =>
        [[menteeId, mentorId] as const, [mentorId, menteeId] as const].map(([one, other]) => ({
          personId: one,
          words: letters.pairCompleted(name(one), name(other), this.postRoom.link(proposalId)),
        })),
      ),
    );
    return found.length === batch;
  }
}
