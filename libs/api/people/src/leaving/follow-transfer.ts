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
import { TRANSFER_ACCEPTED, TRANSFER_DECLINED, transferAccepted } from '@waymark/contracts';
import { lockAdministrators } from '../directory/roles-held';
import { Person } from '../entities';
import { spokenDay } from './days';
import { anyAdministers, leave } from './leave';
import { transferDecided } from './letters';
import { timeZoneOf } from './time-zone';
import { Transfer } from './transfer-entity';

/** Sets the last day of somebody whom the other institution has accepted, once, and tells who began the transfer. */
@Injectable()
export class MarkTransferred implements EventHandler {
  readonly name = 'people-transfer-accepted';
  readonly topic = TRANSFER_ACCEPTED;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { transferId } = transferAccepted.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const transfer = await tx.lock(Transfer, transferId);
      if (transfer.status !== 'accepted' || transfer.markedAt !== null) return;
      // Before the person, as MarkLeaving does.
      const today = dayIn(await timeZoneOf(tx), tx.now);
      if (await anyAdministers(tx, [transfer.personId], today)) await lockAdministrators(tx);
      const { leftOn } = await tx.lock(Person, transfer.personId);
      // Whoever left before that day has left: the transfer brings nobody back.
      const stays = leftOn === null || leftOn > transfer.lastDay;
      if (stays) {
        await leave(tx, [transfer.personId], transfer.lastDay);
        await tx.audit(
          'person.leave',
          { kind: 'person', id: transfer.personId },
          { lastDay: transfer.lastDay, transferId },
        );
      }
      await tx.update(Transfer, transfer, { markedAt: tx.now });
      const lastDay = stays ? transfer.lastDay : leftOn;
      await tellStarter(tx, transfer, this.config, transfer.toCard?.institution ?? '', lastDay);
    });
  }
}

/** Tells who began a transfer that the other institution declined it. */
@Injectable()
export class TellOfDecline implements EventHandler {
  readonly name = 'people-transfer-declined';
  readonly topic = TRANSFER_DECLINED;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { transferId } = transferAccepted.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const transfer = await tx.lock(Transfer, transferId);
      if (transfer.status !== 'declined' || transfer.markedAt !== null) return;
      await tx.update(Transfer, transfer, { markedAt: tx.now });
      const [to] = await tx.query<{ name: string }>(
        `select name from members_of_own_networks() where institution_id = $1 limit 1`,
        [transfer.toInstitutionId],
      );
      await tellStarter(tx, transfer, this.config, to?.name ?? 'The other institution', transfer.lastDay);
    });
  }
}

const tellStarter = async (
  tx: Tx,
  transfer: Transfer,
  config: PlatformConfig,
  to: string,
  day: string,
): Promise<void> => {
  const [starter] = await tx.query<{ name: string; email: string | null }>(
    `select trim(p.given_name || ' ' || p.family_name) as name, p.email from person p
     where p.institution_id = $1 and p.id = $2 and p.left_on is null`,
    [transfer.institutionId, transfer.startedBy],
  );
  if (!starter?.email) return;
  const person = `${transfer.card.givenName} ${transfer.card.familyName}`.trim();
  const lastDay = spokenDay(day, tx.now, await timeZoneOf(tx));
  const link = `${config.publicUrl}/people/${transfer.personId}`;
  await post(tx, {
    to: starter.email,
    ...transferDecided(starter.name, person, to, transfer.status === 'accepted', lastDay, link),
  });
};
