import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type Actor, type EventHandler, type OutboxEvent, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  SHARED_PAIR_ENDED,
  sharedPairEnded,
  type EndSharedPair as Input,
  type SharedPairView,
} from '@waymark/contracts';
import { Enrolment, Pair, Proposal, Request } from '../entities';
import { PostRoom } from '../proposals/post-room';
import { endPairs } from './end-pairs';
import * as letters from './letters';
import { sharedPairViewIn } from './shared-pair-view';
import { SharedPairs } from './shared-pairs';

/** Either of the two ends a pair across institutions, at one click and without giving a reason. */
@Injectable()
export class EndSharedPair {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly shared: SharedPairs,
  ) {}

  run(actor: Actor, id: string, { version }: Input): Promise<SharedPairView> {
    return this.transactions.run(actor, async (tx) => {
      const [found] = await tx.query<{ stays: boolean }>(
        `select institution_id = $2 as stays from shared_pair
         where id = $1 and ((institution_id = $2 and stays_id = $3) or (other_institution_id = $2 and moved_id = $3))`,
        [id, actor.institutionId, actor.personId],
      );
      if (!found) throw new Refused('not-found');
      const pair = found.stays ? await lockPair(tx, id) : null;
      const [shared] = await tx.query<{ status: string; version: number; movedSide: string }>(
        `select status, version, moved_side as "movedSide" from shared_pair where id = $1 for update`,
        [id],
      );
      if (shared?.status !== 'active') throw new Refused('status-refused', { facts: { from: 'ended', to: 'ended' } });
      if (shared.version !== version) throw new Refused('changed-meanwhile');
      if (pair) {
        const running = pair.status === 'agreed' || pair.status === 'active';
        await endPairs(tx, this.people, running ? [pair] : [], 'chosen', () => shared.movedSide === 'mentor');
        await this.shared.endWith(tx, [id]);
      } else {
        await this.shared.endOfMoved(tx, actor.personId, id);
      }
      return sharedPairViewIn(tx, actor, id);
    });
  }
}

/** Ends the pair itself, where it was agreed, after the one who had moved has ended it. */
@Injectable()
export class EndPairEndedElsewhere implements EventHandler {
  readonly name = 'mentoring-shared-pair-ended';
  readonly topic = SHARED_PAIR_ENDED;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
    private readonly shared: SharedPairs,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { pairId } = sharedPairEnded.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const pair = await lockPair(tx, pairId);
      if (pair.status !== 'agreed' && pair.status !== 'active') return;
      const [shared] = await tx.query<{ staysId: string; movedSide: string; movedCard: { name: string } }>(
        `select stays_id as "staysId", moved_side as "movedSide", moved_card as "movedCard" from shared_pair
         where institution_id = $1 and id = $2 and status = 'ended'`,
        [institutionId, pairId],
      );
      if (!shared) return;
      await endPairs(tx, this.people, [pair], 'chosen', () => shared.movedSide === 'mentor');
      const name = await this.postRoom.names(tx, [shared.staysId]);
      const words = letters.sharedPairEnded(name(shared.staysId), shared.movedCard.name, this.shared.link(pairId));
      await this.postRoom.post(tx, [{ personId: shared.staysId, words }]);
    });
  }
}

/** In the order of statuses.ts. */
const lockPair = async (tx: Tx, id: string): Promise<Pair> => {
  const [pair] = await tx.find(Pair, { id });
  if (!pair) throw new Refused('not-found');
  await tx.lock(Enrolment, pair.enrolmentId);
  await tx.lock(Request, pair.requestId);
  await tx.lock(Proposal, pair.proposalId);
  return tx.lock(Pair, id);
};
