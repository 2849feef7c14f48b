import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { ProposalView, WriteAgreement as Input } from '@waymark/contracts';
import { Proposal } from '../entities';
import * as letters from './letters';
import { findOwn, lockWhole, refuseOlder } from './own-proposal';
import { PostRoom } from './post-room';
import { isOverdue } from './proposal-rules';
import { proposalViewIn } from './proposal-view';
import { mayEndOn } from './working-days';

/** Either of the two writes what they will do; writing again makes it theirs, and the other one confirms. */
@Injectable()
export class WriteAgreement {
  constructor(
    private readonly transactions: Transactions,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, ...agreement }: Input): Promise<ProposalView> {
    return this.transactions.run(actor, async (tx) => {
      const { proposal } = await lockWhole(tx, await findOwn(tx, actor, id, ['mentor', 'mentee']));
      if (proposal.status !== 'accepted')
        throw new Refused('status-refused', { facts: { from: proposal.status, to: 'agreed' } });
      if (isOverdue(proposal, tx.now)) throw new Refused('proposal-expired');
      refuseOlder(proposal, version);
      if (!mayEndOn(agreement.endsOn, tx.now, actor.timeZone)) {
        throw new Refused('invalid-input', { fields: [{ path: 'endsOn', code: 'day-out-of-range' }] });
      }
      await tx.update(Proposal, proposal, { agreement, agreementBy: actor.personId, agreementAt: tx.now });
      await tx.audit('proposal.write-agreement', { kind: 'proposal', id });
      const other = proposal.mentorId === actor.personId ? proposal.menteeId : proposal.mentorId;
      const name = await this.postRoom.names(tx, [other]);
      const words = letters.agreementWritten(name(other), actor.name, this.postRoom.link(id));
      await this.postRoom.post(tx, [{ personId: other, words }]);
      return proposalViewIn(tx, actor, id);
    });
  }
}
