import { Injectable } from '@nestjs/common';
import {
  type EventHandler,
  type OutboxEvent,
  PlatformConfig,
  post,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { NETWORK_JOINED, NETWORK_LEFT, networkMemberChanged, type NetworkMemberChanged } from '@waymark/contracts';

/** Writes into the records of an institution, and to its administrators, that another joined its network or left it. */
@Injectable()
abstract class TellOfNetwork implements EventHandler {
  abstract readonly name: string;
  abstract readonly topic: string;
  protected abstract readonly act: string;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  handle(event: OutboxEvent): Promise<void> {
    const { institutionId } = event;
    const changed = networkMemberChanged.parse(event.payload);
    // Whoever left or joined knows.
    if (changed.institutionId === institutionId) return Promise.resolve();
    return this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      if (await this.toldBefore(tx, event.id)) return;
      await tx.audit(
        this.act,
        { kind: 'network', id: changed.networkId },
        { institution: changed.institutionId, event: event.id },
      );
      const administrators = await tx.query<{ email: string; given_name: string }>(
        `select distinct p.email, p.given_name from role_held h
         join person p on p.institution_id = $1 and p.id = h.person_id
         join institution i on i.id = $1
         where h.institution_id = $1 and h.role = 'institution-administrator' and p.email is not null
           and h.held_from <= ($2 at time zone i.time_zone)::date
           and (h.held_until is null or h.held_until >= ($2 at time zone i.time_zone)::date)
           and (p.left_on is null or p.left_on >= ($2 at time zone i.time_zone)::date)
         order by p.email`,
        [institutionId, tx.now],
      );
      for (const { email, given_name } of administrators) {
        await post(tx, {
          to: email,
          subject: this.subject(changed),
          body: `Hello ${given_name},\n\n${this.sentence(changed)}\n\n${this.config.publicUrl}/administration/networks\n`,
        });
      }
    });
  }

  protected abstract subject(changed: NetworkMemberChanged): string;
  protected abstract sentence(changed: NetworkMemberChanged): string;

  /** An event may come twice: the audit line names it. */
  private async toldBefore(tx: Tx, eventId: string): Promise<boolean> {
    await tx.query(`select pg_advisory_xact_lock(hashtext($1))`, [eventId]);
    const found = await tx.query(
      `select from audit_entry where institution_id = $1 and subject_kind = 'network' and act = $2
         and details ->> 'event' = $3 limit 1`,
      [tx.scope.institutionId, this.act, eventId],
    );
    return found.length > 0;
  }
}

@Injectable()
export class TellOfNetworkJoined extends TellOfNetwork {
  readonly name = 'tell-network-joined';
  readonly topic = NETWORK_JOINED;
  protected readonly act = 'network.member-joined';

  protected subject({ institutionName, networkName }: NetworkMemberChanged): string {
    return `${institutionName} joined the network ${networkName}`;
  }

  protected sentence({ institutionName, networkName }: NetworkMemberChanged): string {
    return `${institutionName} accepted the invitation and belongs to the network “${networkName}” from now on. Nothing is wanted of you; here you see who belongs to it:`;
  }
}

@Injectable()
export class TellOfNetworkLeft extends TellOfNetwork {
  readonly name = 'tell-network-left';
  readonly topic = NETWORK_LEFT;
  protected readonly act = 'network.member-left';

  protected subject({ institutionName, networkName }: NetworkMemberChanged): string {
    return `${institutionName} left the network ${networkName}`;
  }

  protected sentence({ institutionName, networkName }: NetworkMemberChanged): string {
    return `${institutionName} left the network “${networkName}”. Nothing new is shared with it through this network. Your own rounds and records are as they were; here you see who still belongs to it:`;
  }
}
