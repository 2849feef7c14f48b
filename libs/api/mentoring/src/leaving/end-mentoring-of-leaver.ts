import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, move, type OutboxEvent, Transactions, type Tx } from '@waymark/api-platform';
import { PERSON_LEFT, personLeft } from '@waymark/contracts';
import { backToFront } from '../proposals/back-to-front';
import { endProposals } from '../proposals/end-proposals';
import { PostRoom } from '../proposals/post-room';
import { enrolmentTable, requestTable } from '../statuses';
import { endPairs, reopenRequests } from './end-pairs';
import { SharedPairs } from './shared-pairs';
import { type LeaverRecords, lockRecordsOf } from './leaver-records';
import * as letters from './letters';

/**
 * What ends in mentoring when somebody has left: pairs, unless both wished to go on across two institutions; open proposals and
 * requests are withdrawn, the enrolment is retired, and rounds that are not released go on without them. The others are
 * told, without a reason beyond that. All in one transaction; done again it finds nothing to do.
 */
@Injectable()
export class EndMentoringOfLeaver implements EventHandler {
  readonly name = 'mentoring-person-left';
  readonly topic = PERSON_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
    private readonly shared: SharedPairs,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { personId } = personLeft.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const [leaver] = await this.people.facts(tx, [personId]);
      if (!leaver || leaver.active) return;
      const records = await lockRecordsOf(tx, personId);
      const goOn = await this.shared.goOn(tx, personId, records.pairs);
      const ending = { ...records, pairs: records.pairs.filter(({ id }) => !goOn.has(id)) };
      await this.leaveRounds(tx, personId, records.rounds);
      await this.withdrawProposals(tx, personId, ending);
      await endPairs(tx, this.people, ending.pairs, 'left', (pair) => pair.mentorId === personId);
      await this.shared.endWith(
        tx,
        ending.pairs.map(({ id }) => id),
      );
      await this.shared.endOfMoved(tx, personId);
      await this.endRequests(tx, personId, records, goOn);
      await this.retire(tx, records);
      await this.tell(tx, personId, ending);
    });
  }

  private async leaveRounds(tx: Tx, personId: string, rounds: readonly string[]): Promise<void> {
    if (rounds.length === 0) return;
    const values = [tx.scope.institutionId, rounds, personId];
    await tx.query(
      `delete from round_mentee rm using request r where rm.institution_id = $1 and rm.round_id = any ($2::uuid[])
         and r.institution_id = $1 and r.id = rm.request_id and r.person_id = $3`,
      values,
    );
    await tx.query(
      `delete from round_mentor rm using enrolment e where rm.institution_id = $1 and rm.round_id = any ($2::uuid[])
         and e.institution_id = $1 and e.id = rm.enrolment_id and e.person_id = $3`,
      values,
    );
    // What a coordinator looks at, to release it, has changed under them.
    await tx.query(`update round set version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`, [
      tx.scope.institutionId,
      rounds,
    ]);
    for (const id of rounds) await tx.audit('round.leave', { kind: 'round', id }, { personId });
  }

  /** Whoever had been accepted by a mentor who left is open again; whoever waits for nobody else comes to the front. */
  private async withdrawProposals(tx: Tx, personId: string, { proposals }: LeaverRecords): Promise<void> {
    await endProposals(tx, 'withdrawn', proposals);
    const asking = proposals.filter(({ mentorId }) => mentorId === personId);
    await reopenRequests(
      tx,
      asking.filter(({ status }) => status === 'accepted').map(({ requestId }) => requestId),
    );
    await backToFront(
      tx,
      asking.map(({ requestId }) => requestId),
    );
  }

  /** Whose pair goes on elsewhere has been served; all else is withdrawn. */
  private async endRequests(
    tx: Tx,
    personId: string,
    { requests, pairs }: LeaverRecords,
    goOn: ReadonlySet<string>,
  ): Promise<void> {
    const served = new Set(pairs.filter(({ id }) => goOn.has(id)).map(({ requestId }) => requestId));
    for (const { id, status } of requests.filter((request) => request.personId === personId)) {
      if (status !== 'open' && status !== 'matched') continue;
      const end = served.has(id) ? 'closed' : 'withdrawn';
      // A matched request whose pair ends is open again for a moment: it goes along its table.
      move(requestTable, end === 'withdrawn' ? 'open' : status, end);
      await tx.query(`update request set status = $3, version = version + 1 where institution_id = $1 and id = $2`, [
        tx.scope.institutionId,
        id,
        end,
      ]);
      await tx.audit(end === 'closed' ? 'request.close' : 'request.withdraw', { kind: 'request', id });
    }
  }

  /** A draft offers nobody and stays; what is retired can be taken up again by whoever comes back. */
  private async retire(tx: Tx, { enrolment }: LeaverRecords): Promise<void> {
    if (!enrolment || !enrolmentTable[enrolment.status].includes('retired')) return;
    await tx.query(`update enrolment set status = $3, version = version + 1 where institution_id = $1 and id = $2`, [
      tx.scope.institutionId,
      enrolment.id,
      move(enrolmentTable, enrolment.status, 'retired'),
    ]);
    await tx.audit('enrolment.retire', { kind: 'enrolment', id: enrolment.id });
  }

  private async tell(tx: Tx, personId: string, { proposals, pairs }: LeaverRecords): Promise<void> {
    const concerned = [...proposals, ...pairs];
    const name = await this.postRoom.names(
      tx,
      concerned.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
    );
    const leaver = name(personId);
    await this.postRoom.post(tx, [
      ...proposals.map(({ id, menteeId, mentorId }) => {
        const link = this.postRoom.link(id);
        return mentorId === personId
          ? { personId: menteeId, words: letters.mentorLeft(name(menteeId), leaver, link) }
          : { personId: mentorId, words: letters.menteeLeft(name(mentorId), leaver, link) };
      }),
      ...pairs.map(({ proposalId, menteeId, mentorId }) => {
        const link = this.postRoom.link(proposalId);
        return mentorId === personId
          ? { personId: menteeId, words: letters.pairEndedMentorLeft(name(menteeId), leaver, link) }
          : { personId: mentorId, words: letters.pairEndedMenteeLeft(name(mentorId), leaver, link) };
      }),
    ]);
  }
}
