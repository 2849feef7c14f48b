import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AcceptProposal as Input, ProposalView } from '@waymark/contracts';
import { Enrolment, Proposal, Request } from '../entities';
import { placesTaken } from '../places';
import { enrolmentTable, proposalTable, requestTable } from '../statuses';
import { backToFront } from './back-to-front';
import { type EndedProposal, endedColumns, endProposals } from './end-proposals';
import * as letters from './letters';
import { findOwn, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { refuseUnlessAnswerable } from './proposal-rules';
import { proposalViewIn } from './proposal-view';
import { whereaboutsOf } from './whereabouts';
import { workingDaysAfter, workingDaysToAnswer } from './working-days';

/**
 * A mentor takes somebody on. The enrolment is locked before its places are counted, so of fifty acceptances of the last
 * place one succeeds; the database's own count (proposal_place) stands behind it. The first acceptance ends the
 * mentee's other proposals, and the last place those of the others who waited for this mentor.
 */
@Injectable()
export class AcceptProposal {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, pause }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const own = await findOwn(tx, actor, id, ['mentor']);
      const enrolment = await tx.lock(Enrolment, own.enrolmentId);
      const placesLeft = await this.placesLeft(tx, enrolment);
      const others = await this.lockWithOthers(tx, own, placesLeft === 1);
      const request = await tx.lock(Request, own.requestId);
      const proposal = await tx.lock(Proposal, id);
      refuseUnlessAnswerable(proposal, tx.now, placesLeft);
      refuseOlder(proposal, version);
      const [mentee] = await this.people.facts(tx, [proposal.menteeId]);
      if (request.status !== 'open' || !mentee?.active) throw new Refused('proposal-answered');

      const where = await whereaboutsOf(tx);
      const answerBy = workingDaysAfter(tx.now, workingDaysToAnswer, where);
      await tx.update(Proposal, proposal, {
        status: move(proposalTable, proposal.status, 'accepted'),
        answeredAt: tx.now,
        answerBy,
      });
      await tx.update(Request, request, { status: move(requestTable, request.status, 'matched') });
      await endProposals(tx, 'superseded', others);
      const front = await backToFront(
        tx,
        others.map((other) => other.requestId),
      );
      const pauses = pause && enrolment.status === 'active';
      if (pauses) {
        const status = move(enrolmentTable, enrolment.status, 'paused');
        await tx.update(Enrolment, enrolment, { status, pausedForSilence: false });
      }
      await tx.audit('proposal.accept', { kind: 'proposal', id }, { superseded: others.length, paused: pauses });
      await this.tell(tx, proposal, others, front, { answerBy, timeZone: where.timeZone });
      return proposalViewIn(tx, actor, id);
    });
  }

  private async placesLeft(tx: Tx, enrolment: Enrolment): Promise<number> {
    const [row] = await tx.query<{ left: number }>(
      `select e.capacity - ${placesTaken('e')} as left from enrolment e where e.institution_id = $1 and e.id = $2`,
      [tx.scope.institutionId, enrolment.id],
    );
    return row?.left ?? 0;
  }

  /**
   * Locks, requests before proposals and each by id, this proposal and all that its acceptance would end: those of the
   * same request, and with the last place those of the same mentor. Answers those to be ended.
   */
  private async lockWithOthers(tx: Tx, own: Proposal, lastPlace: boolean): Promise<EndedProposal[]> {
    const { institutionId } = tx.scope;
    const values = [institutionId, own.requestId, own.enrolmentId, lastPlace];
    const concerned = `institution_id = $1 and status in ('proposed', 'more-asked') and (request_id = $2 or ($4 and enrolment_id = $3))`;
    await tx.query(
      `select id from request where institution_id = $1
         and (id = $2 or id in (select request_id from proposal where ${concerned})) order by id for update`,
      values,
    );
    const locked = await tx.query<EndedProposal>(
      `select ${endedColumns} from proposal where id = $5 and institution_id = $1 or (${concerned}) order by id for update`,
      [...values, own.id],
    );
    return locked.filter((proposal) => proposal.id !== own.id);
  }

  private async tell(
    tx: Tx,
    proposal: Proposal,
    others: readonly EndedProposal[],
    front: ReadonlySet<string>,
    { answerBy, timeZone }: { answerBy: Date; timeZone: string },
  ): Promise<void> {
    const people = [proposal, ...others].flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]);
    const name = await this.postRoom.names(tx, people);
    const [mentee, mentor] = [name(proposal.menteeId), name(proposal.mentorId)];
    const link = (id: string) => this.postRoom.link(id);
    await this.postRoom.post(tx, [
      {
        personId: proposal.menteeId,
        words: letters.accepted(mentee, mentor, link(proposal.id), answerBy, { now: tx.now, timeZone }),
      },
      ...others.map((other) =>
        other.requestId === proposal.requestId
          ? { personId: other.mentorId, words: letters.overtaken(name(other.mentorId), mentee, link(other.id)) }
          : {
              personId: other.menteeId,
              words: letters.mentorFull(
                name(other.menteeId),
                mentor,
                front.has(other.requestId) ? 'front' : 'others-asked',
                link(other.id),
                { now: tx.now, timeZone },
              ),
            },
      ),
    ]);
  }
}
