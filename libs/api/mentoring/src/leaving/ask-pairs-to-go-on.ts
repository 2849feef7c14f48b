import { Injectable } from '@nestjs/common';
import { PeopleFacade } from '@waymark/api-people';
import { type EventHandler, type OutboxEvent, PlatformConfig, Transactions, type Tx } from '@waymark/api-platform';
import { TRANSFER_ACCEPTED, transferAccepted } from '@waymark/contracts';
import { PostRoom } from '../proposals/post-room';
import { whereaboutsOf } from '../proposals/whereabouts';
import { dayOf, spokenDay } from '../proposals/working-days';
import * as letters from './letters';

/** Asks both of every pair of somebody who moves whether they wish to go on; each is asked once. */
@Injectable()
export class AskPairsToGoOn implements EventHandler {
  readonly name = 'mentoring-transfer-accepted';
  readonly topic = TRANSFER_ACCEPTED;

  constructor(
    private readonly transactions: Transactions,
    private readonly people: PeopleFacade,
    private readonly postRoom: PostRoom,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { transferId } = transferAccepted.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, (tx) =>
      this.ask(tx, transferId),
    );
  }

  private async ask(tx: Tx, transferId: string): Promise<void> {
    const transfer = await this.people.acceptedTransfer(tx, transferId);
    const { timeZone } = await whereaboutsOf(tx);
    // After the last day there is nobody here to ask.
    if (!transfer || transfer.lastDay < dayOf(tx.now, timeZone)) return;
    const asked = await tx.query<{ id: string; menteeId: string; mentorId: string }>(
      `with asked as (
         insert into pair_going_on (institution_id, transfer_id, pair_id, asked_at)
         select institution_id, $2, id, $4 from pair
         where institution_id = $1 and (mentor_id = $3 or mentee_id = $3) and status in ('agreed', 'active')
           and not exists (select from shared_pair s where s.institution_id = pair.institution_id and s.id = pair.id)
         order by id on conflict do nothing returning pair_id
       ) select pair.id, mentee_id as "menteeId", mentor_id as "mentorId" from asked
         join pair on pair.institution_id = $1 and pair.id = asked.pair_id order by pair.id`,
      [tx.scope.institutionId, transferId, transfer.personId, tx.now],
    );
    const name = await this.postRoom.names(
      tx,
      asked.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
    );
    const by = spokenDay(transfer.lastDay, tx.now, timeZone);
    await this.postRoom.post(
      tx,
      asked.flatMap(({ id, menteeId, mentorId }) =>
        [[menteeId, mentorId] as const, [mentorId, menteeId] as const].map(([personId, other]) => ({
          personId,
          words: letters.goOn(
            name(personId),
            name(other),
            personId === transfer.personId ? 'me' : 'other',
            transfer.toCard.institution,
            by,
            `${this.config.publicUrl}/mentoring/going-on/${id}`,
          ),
        })),
      ),
    );
  }
}
