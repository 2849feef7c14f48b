import { Injectable } from '@nestjs/common';
import {
  dayIn,
  type EventHandler,
  type OutboxEvent,
  PlatformConfig,
  post,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { NETWORK_LEFT } from '@waymark/contracts';
import { transferOver } from './letters';
import { timeZoneOf } from './time-zone';
import type { Transfer } from './transfer-entity';

/**
 * Calls off what this institution asked of others with which it shares no network any more. The event comes to both sides,
 * and each calls off its own; done again it finds nothing.
 */
@Injectable()
export class EndTransfersOfNetwork implements EventHandler {
  readonly name = 'people-network-left';
  readonly topic = NETWORK_LEFT;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId }: OutboxEvent): Promise<void> {
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const over = await tx.query<Cancelled>(
        `update transfer t set status = 'cancelled', version = version + 1
         where t.institution_id = $1 and t.status = 'asked' and not exists (
           select from members_of_own_networks() m where m.institution_id = t.to_institution_id)
         returning ${cancelled}`,
        [institutionId],
      );
      await tellOfEnd(
        tx,
        this.config,
        over,
        ({ card }) => `You share no network with ${card.to ?? 'the institution that was asked'} any more`,
      );
    });
  }
}

/** Calls off what was asked for somebody who has left; answers how many. */
export const endTransfersOfLeaver = async (tx: Tx, config: PlatformConfig, personId: string): Promise<number> => {
  const over = await tx.query<Cancelled>(
    `update transfer t set status = 'cancelled', version = version + 1
     where t.institution_id = $1 and t.person_id = $2 and t.status = 'asked' returning ${cancelled}`,
    [tx.scope.institutionId, personId],
  );
  await tellOfEnd(tx, config, over, ({ name }) => `${name} left before the other institution answered`);
  return over.length;
};

interface Cancelled {
  id: string;
  personId: string;
  startedBy: string;
  card: Partial<Transfer['card']>;
}

const cancelled = `t.id, t.person_id as "personId", t.started_by as "startedBy", t.card`;

/** An audit line for each as CancelTransfer writes it, and a letter to whoever began it, if they are still here. */
const tellOfEnd = async (
  tx: Tx,
  config: PlatformConfig,
  over: readonly Cancelled[],
  why: (about: { name: string; card: Cancelled['card'] }) => string,
): Promise<void> => {
  if (over.length === 0) return;
  await tx.auditEach(
    'transfer.cancel',
    over.map(({ id, personId }) => ({ subject: { kind: 'person', id: personId }, details: { transferId: id } })),
  );
  const starters = await tx.query<{ id: string; name: string; email: string }>(
    `select id, trim(given_name || ' ' || family_name) as name, email from person
     where institution_id = $1 and id = any ($2::uuid[]) and email is not null and (left_on is null or left_on >= $3::date)`,
    [tx.scope.institutionId, over.map(({ startedBy }) => startedBy), dayIn(await timeZoneOf(tx), tx.now)],
  );
  for (const { id, startedBy, card } of over) {
    const starter = starters.find((each) => each.id === startedBy);
    if (!starter) continue;
    const name = `${card.givenName ?? ''} ${card.familyName ?? ''}`.trim() || 'Somebody not named any more';
    const link = `${config.publicUrl}/people/transfers/${id}`;
    await post(tx, {
      to: starter.email,
      ...transferOver(starter.name, name, why({ name, card }), link),
    });
  }
};
