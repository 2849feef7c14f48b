import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { DeclineProposal as Input, ProposalView } from '@waymark/contracts';
import { Enrolment, Proposal } from '../entities';
import { enrolmentTable, proposalTable } from '../statuses';
import { backToFront } from './back-to-front';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { refuseUnlessAnswerable } from './proposal-rules';
import { proposalViewIn } from './proposal-view';

/** A mentor says no. Reason and note are for the coordinator; the mentee is told kindly, and without them. */
@Injectable()
export class DeclineProposal {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, reason, note, pause }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { enrolment, proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentor']));
      refuseUnlessAnswerable(proposal, tx.now, null);
      refuseOlder(proposal, version);
      await tx.update(Proposal, proposal, {
        status: move(proposalTable, proposal.status, 'declined'),
        answeredAt: tx.now,
        declineReason: reason,
        declineNote: note === '' ? null : note,
      });
      const front = await backToFront(tx, [proposal.requestId]);
      const pauses = pause && enrolment.status === 'active';
      if (pauses) await tx.update(Enrolment, enrolment, { status: move(enrolmentTable, enrolment.status, 'paused') });
      await tx.audit('proposal.decline', { kind: 'proposal', id }, { paused: pauses });
      const { menteeId, mentorId, requestId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const words = letters.declined(name(menteeId), name(mentorId), !front.has(requestId), this.postRoom.link(id));
      await this.postRoom.post(tx, [{ personId: menteeId, words }]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
