import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { AnswerQuestion as Input, ProposalView } from '@waymark/contracts';
import { Proposal } from '../entities';
import { proposalTable } from '../statuses';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { proposalViewIn } from './proposal-view';
import { workingDaysAfter } from './working-days';

/** The mentee answers what the mentor asked: it is the mentor's turn again, with the time that was left. */
@Injectable()
export class AnswerQuestion {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, answer }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentee']));
      if (proposal.status !== 'more-asked') {
        throw new Refused('status-refused', { facts: { from: proposal.status, to: 'proposed' } });
      }
      refuseOlder(proposal, version);
      const where = await whereaboutsOf(tx);
      const answerBy = workingDaysAfter(tx.now, Math.max(1, proposal.daysLeft ?? 1), where);
      await tx.update(Proposal, proposal, {
        status: move(proposalTable, proposal.status, 'proposed'),
        questionAnswer: answer,
        questionClosedAt: tx.now,
        answerBy,
      });
      await tx.audit('proposal.answer-question', { kind: 'proposal', id });
      const { menteeId, mentorId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const dates = { now: tx.now, timeZone: where.timeZone };
      const words = letters.questionAnswered(name(mentorId), name(menteeId), answerBy, this.postRoom.link(id), dates);
      await this.postRoom.post(tx, [{ personId: mentorId, words }]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
