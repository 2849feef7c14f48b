import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { AskNext } from './ask-next';
import { backToFront } from './back-to-front';
import { type EndedProposal, endedColumns, endProposals } from './end-proposals';
import { type Forward, Forwarding } from './forwarding';
import * as letters from './letters';
import { PostRoom } from './post-room';
import { pauseForSilence, silentMentors } from './silences';

type Overdue = EndedProposal & { roundId: string; status: 'proposed' | 'accepted' };

const overdue = `status in ('proposed', 'accepted') and answer_by < $2::timestamptz`;
const columns = `${endedColumns}, round_id as "roundId", status`;

/** Proposals of one transaction; a mentor's own lie together. */
const batch = 400;

/**
 * Ends what nobody answered, or agreed, in time: the place is free, the request is open, and the next mentor is asked or the
 * mentee comes to the front. Mentors who were silent twice are paused and told. By the scheduler, and before a round is
 * matched; an overdue proposal counts as expired everywhere from its moment on.
 */
@Injectable()
export class ExpireProposals implements ScheduledTask {
  readonly name = 'expire-proposals';
  readonly everySeconds = 60;

  constructor(
    private readonly forwarding: Forwarding,
    private readonly asking: AskNext,
    private readonly postRoom: PostRoom,
  ) {}

  async run(tx: Tx): Promise<boolean> {
    return (await this.expire(tx, batch)) === batch;
  }

  /** All at once, in the transaction of somebody who has the institution's turn. */
  async within(tx: Tx): Promise<void> {
    await this.expire(tx, null);
  }

  private async expire(tx: Tx, most: number | null): Promise<number> {
    const { institutionId } = tx.scope;
    const found = await tx.query<Overdue>(
      `select ${columns} from proposal where institution_id = $1 and ${overdue} order by enrolment_id, id limit $3`,
      [institutionId, tx.now, most],
    );
    if (found.length === 0) return 0;
    const lapsing = found.filter(({ status }) => status === 'proposed');
    const silent = await silentMentors(tx, lapsing);
    const planned = await this.forwarding.plan(tx, found, {
      lock: [...new Set(found.map(({ enrolmentId }) => enrolmentId))],
      resting: silent.map(({ enrolmentId }) => enrolmentId),
    });
    // The requests by id; then what is still overdue under their locks.
    await tx.query(
      `select id from request where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [institutionId, [...new Set(found.map(({ requestId }) => requestId))]],
    );
    const ended = await tx.query<Overdue>(
      `select ${columns} from proposal where institution_id = $1 and id = any ($3::uuid[]) and ${overdue} order by id for update`,
      [institutionId, tx.now, found.map(({ id }) => id)],
    );
    const unanswered = ended.filter(({ status }) => status === 'proposed');
    const paused = await silentMentors(tx, unanswered);
    await endProposals(tx, 'expired', ended, unanswered);
    await tx.query(
      `update request set status = 'open', version = version + 1
       where institution_id = $1 and id = any ($2::uuid[]) and status = 'matched'`,
      [institutionId, ended.filter(({ status }) => status === 'accepted').map(({ requestId }) => requestId)],
    );
    await pauseForSilence(
      tx,
      paused.map(({ enrolmentId }) => enrolmentId),
    );
    const forwards = await this.forwarding.write(tx, planned, ended);
    const front = await backToFront(tx, [...new Set(ended.map(({ requestId }) => requestId))]);
    await this.tell(tx, ended, forwards, front, paused);
    return found.length;
  }

  private async tell(
    tx: Tx,
    ended: readonly Overdue[],
    forwards: readonly Forward[],
    front: ReadonlySet<string>,
    paused: readonly { personId: string }[],
  ): Promise<void> {
    const { timeZone } = await whereaboutsOf(tx);
    const dates = { now: tx.now, timeZone };
    const name = await this.postRoom.names(tx, [
      ...[...ended, ...forwards].flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
      ...paused.map(({ personId }) => personId),
    ]);
    const nextOf = new Map(forwards.map((next) => [next.fromId, next]));
    await this.postRoom.post(tx, [
      ...ended.flatMap(({ id, status, requestId, menteeId, mentorId }) => {
        const [mentee, mentor, link] = [name(menteeId), name(mentorId), this.postRoom.link(id)] as const;
        const next = nextOf.get(id);
        const then: letters.Afterwards = next
          ? { mentor: name(next.mentorId), answerBy: next.answerBy, link: this.postRoom.link(next.id) }
          : front.has(requestId)
            ? 'front'
            : 'others-asked';
        return status === 'proposed'
          ? [{ personId: menteeId, words: letters.unanswered(mentee, mentor, then, link, dates) }]
          : [
              { personId: menteeId, words: letters.notAgreed(mentee, mentor, then, link, dates) },
              { personId: mentorId, words: letters.notAgreed(mentor, mentee, null, link, dates) },
            ];
      }),
      ...this.asking.letters(forwards, name, dates),
      ...paused.map(({ personId }) => ({
        personId,
        words: letters.pausedForSilence(name(personId), this.postRoom.mine()),
      })),
    ]);
  }
}
