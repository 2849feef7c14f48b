import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { ConfirmAgreement as Input, ProposalView } from '@waymark/contracts';
import { Pair, Proposal } from '../entities';
import { pairTable, proposalTable } from '../statuses';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { isOverdue } from './proposal-rules';
import { proposalViewIn } from './proposal-view';

/** The other one confirms, and the pair begins. That they are paired is a fact of people, which every conflict check reads. */
@Injectable()
export class ConfirmAgreement {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentor', 'mentee']));
      const { agreement, menteeId, mentorId } = proposal;
      const status = move(proposalTable, proposal.status, 'agreed');
      if (isOverdue(proposal, tx.now)) throw new Refused('proposal-expired');
      if (!agreement) throw new Refused('status-refused', { facts: { from: proposal.status, to: 'agreed' } });
      if (proposal.agreementBy === actor.personId) throw new Refused('own-agreement');
      // After the question whose turn it is: what is confirmed is the text as it was read.
      refuseOlder(proposal, version);
      await tx.update(Proposal, proposal, { status, answerBy: null });

      const pairId = tx.newId();
      await tx.insert(Pair, {
        institutionId: actor.institutionId,
        id: pairId,
        proposalId: id,
        requestId: proposal.requestId,
        enrolmentId: proposal.enrolmentId,
        menteeId,
        mentorId,
        // Agreed and begun are one moment as long as nothing has to happen in between.
        status: move(pairTable, 'agreed', 'active'),
        goals: agreement.goals,
        rhythm: agreement.rhythm,
        mode: agreement.mode,
        agreedAt: tx.now,
        endsOn: agreement.endsOn,
        version: 1,
      });
      await this.people.relate(tx, { kind: 'paired-with', subjectId: mentorId, objectId: menteeId, sourceId: pairId });
      await tx.audit('proposal.confirm-agreement', { kind: 'proposal', id }, { pairId });
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const dates = { now: tx.now, timeZone: actor.timeZone };
      await this.postRoom.post(
        tx,
        [[menteeId, mentorId] as const, [mentorId, menteeId] as const].map(([personId, other]) => ({
          personId,
          words: letters.pairBegun(name(personId), name(other), agreement.endsOn, this.postRoom.link(id), dates),
        })),
      );
      return proposalViewIn(tx, actor, id);
    });
  }
}
