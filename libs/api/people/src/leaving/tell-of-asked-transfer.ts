import { Injectable } from '@nestjs/common';
import { type EventHandler, type OutboxEvent, PlatformConfig, post, Transactions } from '@waymark/api-platform';
import { TRANSFER_ASKED, type TransferCard, transferAccepted } from '@waymark/contracts';
import { spokenDay } from './days';
import { transferAsked } from './letters';
import { timeZoneOf } from './time-zone';

/** Tells the administrators of the institution that is asked who would come, once, while it may still answer. */
@Injectable()
export class TellOfAskedTransfer implements EventHandler {
  readonly name = 'people-transfer-asked';
  readonly topic = TRANSFER_ASKED;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  async handle({ institutionId, payload }: OutboxEvent): Promise<void> {
    const { transferId } = transferAccepted.parse(payload);
    await this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      // Locked, so that an event that comes twice at once is told once.
      const [transfer] = await tx.query<{ card: Partial<TransferCard>; firstDay: string }>(
        `select card, first_day::text as "firstDay" from transfer
         where to_institution_id = $1 and id = $2 and status = 'asked' for update`,
        [institutionId, transferId],
      );
      const { givenName, familyName, institution } = transfer?.card ?? {};
      if (!transfer || givenName === undefined || institution === undefined) return;
      const [before] = await tx.query(
        `select from audit_entry where institution_id = $1 and subject_id = $2 and act = 'transfer.ask' limit 1`,
        [institutionId, transferId],
      );
      if (before) return;
      await tx.audit('transfer.ask', { kind: 'transfer', id: transferId });
      const administrators = await tx.query<{ name: string; email: string }>(
        `select distinct p.id, trim(p.given_name || ' ' || p.family_name) as name, p.email from role_held h
         join person p on p.institution_id = $1 and p.id = h.person_id
         join institution i on i.id = $1
         where h.institution_id = $1 and h.role = 'institution-administrator' and p.email is not null
           and h.held_from <= ($2 at time zone i.time_zone)::date
           and (h.held_until is null or h.held_until >= ($2 at time zone i.time_zone)::date)
           and (p.left_on is null or p.left_on >= ($2 at time zone i.time_zone)::date)
         order by p.id`,
        [institutionId, tx.now],
      );
      const person = `${givenName} ${familyName ?? ''}`.trim();
      const firstDay = spokenDay(transfer.firstDay, tx.now, await timeZoneOf(tx));
      const link = `${this.config.publicUrl}/people/transfers/${transferId}`;
      for (const { name, email } of administrators) {
        await post(tx, { to: email, ...transferAsked(name, person, institution, firstDay, link) });
      }
    });
  }
}
