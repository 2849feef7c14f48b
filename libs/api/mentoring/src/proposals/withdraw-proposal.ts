import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions } from '@waymark/api-platform';
import type { ProposalView, WithdrawProposal as Input } from '@waymark/contracts';
import { Proposal, Request } from '../entities';
import { proposalTable, requestTable } from '../statuses';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { isOverdue } from './proposal-rules';
import { proposalViewIn } from './proposal-view';

/** A mentee steps back, also after the mentor has accepted: the place is free again and the request stays open. */
@Injectable()
export class WithdrawProposal {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { request, proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentee']));
      if (isOverdue(proposal, tx.now)) throw new Refused('proposal-expired');
      refuseOlder(proposal, version);
      const from = proposal.status;
      await tx.update(Proposal, proposal, { status: move(proposalTable, from, 'withdrawn'), answeredAt: tx.now });
      if (from === 'accepted')
        await tx.update(Request, request, { status: move(requestTable, request.status, 'open') });
      await tx.audit('proposal.withdraw', { kind: 'proposal', id }, { from });
      const { menteeId, mentorId } = proposal;
      const name = await this.postRoom.names(tx, [menteeId, mentorId]);
      const words = letters.withdrawn(name(mentorId), name(menteeId), this.postRoom.link(id));
      await this.postRoom.post(tx, [{ personId: mentorId, words }]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
