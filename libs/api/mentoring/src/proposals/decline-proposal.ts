import { Injectable } from '@nestjs/common';
import { type Actor, move, Transactions } from '@waymark/api-platform';
import type { DeclineProposal as Input, ProposalView } from '@waymark/contracts';
import { Enrolment, Proposal } from '../entities';
import { enrolmentTable, proposalTable } from '../statuses';
import { AskNext } from './ask-next';
import { backToFront } from './back-to-front';
import { Forwarding } from './forwarding';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { refuseUnlessAnswerable } from './proposal-rules';
import { proposalViewIn } from './proposal-view';

/**
 * A mentor says no. Reason and note are for the coordinator; the mentee is told kindly, and without them. In the same
 * transaction the next mentor with a free place is asked.
 */
@Injectable()
export class DeclineProposal {
  constructor(
    private readonly transactions: Transactions,
    private readonly forwarding: Forwarding,
    private readonly asking: AskNext,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, reason, note, pause }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const own = await findOwn(tx, actor, id, ['mentor']);
      // Before the rows are locked, since the next mentor is locked with this one. What cannot be declined goes nowhere.
      const planned =
        own.status === 'proposed'
          ? await this.forwarding.plan(tx, [own], { lock: [own.enrolmentId], resting: [own.enrolmentId] })
          : [];
      const { enrolment, proposal } = await lockWhole(tx, own);
      refuseUnlessAnswerable(proposal, tx.now, null);
      refuseOlder(proposal, version);
      await tx.update(Proposal, proposal, {
        status: move(proposalTable, proposal.status, 'declined'),
        answeredAt: tx.now,
        declineReason: reason,
        declineNote: note === '' ? null : note,
      });
      const pauses = pause && enrolment.status === 'active';
      if (pauses) {
        const status = move(enrolmentTable, enrolment.status, 'paused');
        await tx.update(Enrolment, enrolment, { status, pausedForSilence: false });
      }
      await tx.audit('proposal.decline', { kind: 'proposal', id }, { paused: pauses });
      const [next] = await this.forwarding.write(tx, planned, [proposal]);
      const front = await backToFront(tx, [proposal.requestId]);
      const { menteeId, mentorId, requestId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId, ...(next ? [next.mentorId] : [])]);
      const dates = { now: tx.now, timeZone: actor.timeZone };
      const then = next
        ? { mentor: name(next.mentorId), answerBy: next.answerBy, link: this.postRoom.link(next.id) }
        : front.has(requestId)
          ? 'front'
          : 'others-asked';
      const words = letters.declined(name(menteeId), name(mentorId), then, this.postRoom.link(id), dates);
      await this.postRoom.post(tx, [
        { personId: menteeId, words },
        ...this.asking.letters(next ? [next] : [], name, dates),
      ]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
