import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { AskMore as Input, ProposalView } from '@waymark/contracts';
import { Proposal } from '../entities';
import { proposalTable } from '../statuses';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { refuseUnlessAnswerable } from './proposal-rules';
import { proposalViewIn } from './proposal-view';
import { daysToAnswerQuestion, endOfDayIn, workingDaysLeft } from './working-days';

/** A mentor asks something before answering. Once: the clock stands still until the mentee has answered, for five days at most. */
@Injectable()
export class AskMore {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, question }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentor']));
      refuseUnlessAnswerable(proposal, tx.now, null);
      if (proposal.question !== null) throw new Refused('question-asked');
      refuseOlder(proposal, version);
      const where = await whereaboutsOf(tx);
      const answerBy = endOfDayIn(tx.now, daysToAnswerQuestion, where.timeZone);
      await tx.update(Proposal, proposal, {
        status: move(proposalTable, proposal.status, 'more-asked'),
        question,
        questionAt: tx.now,
        daysLeft: workingDaysLeft(tx.now, proposal.answerBy ?? tx.now, where),
        answerBy,
      });
      await tx.audit('proposal.ask-more', { kind: 'proposal', id });
      const { menteeId, mentorId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const dates = { now: tx.now, timeZone: where.timeZone };
      const words = letters.moreAsked(name(menteeId), name(mentorId), answerBy, this.postRoom.link(id), dates);
      await this.postRoom.post(tx, [{ personId: menteeId, words }]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
