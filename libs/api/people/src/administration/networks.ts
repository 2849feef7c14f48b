import { Injectable } from '@nestjs/common';
import {
  type Actor,
  Clock,
  Membership,
  Network,
  NetworkInvitation,
  OutboxEntry,
  PlatformConfig,
  post,
  RateLimits,
  type ReadQuery,
  Reads,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import {
  type CreateNetwork as CreateNetworkInput,
  type InviteToNetwork as InviteToNetworkInput,
  NETWORK_JOINED,
  NETWORK_LEFT,
  networkActs,
  type NetworkMemberChanged,
  type NetworksView,
} from '@waymark/contracts';
import { instantOf } from '../person-card';

/** An invitation is answered within so many days. */
const invitationDays = 30;
/** The last so many lines of the audit are shown. */
const historyMost = 50;

/**
 * Invitations that wait for this institution: open ones to the address of somebody who administers it today. An address that
 * opens another institution is not this one's to answer for, whoever wrote it into a record here. `$1` is the institution,
 * `$2` the moment.
 */
export const receivedSql = `
  network_invitation v join network n on n.id = v.network_id
  where v.status = 'open' and v.expires_at > $2 and v.email in (
    select p.email from person p
    join role_held h on h.institution_id = $1 and h.person_id = p.id and h.role = 'institution-administrator'
    join institution i on i.id = $1
    where p.institution_id = $1 and p.email is not null
      and h.held_from <= ($2 at time zone i.time_zone)::date
      and (h.held_until is null or h.held_until >= ($2 at time zone i.time_zone)::date)
      and (p.left_on is null or p.left_on >= ($2 at time zone i.time_zone)::date))
  and not exists (select from account a where a.email = v.email
    and (select o.institution_id from people_of_account(a.id, $2) o limit 1) <> $1)
  and not exists (select from membership m where m.network_id = v.network_id and m.institution_id = $1)`;

/** Membership and invitations are global tables: every part names the own institution. */
const networksQuery = (institutionId: string, now: Date): ReadQuery => ({
  name: 'networks',
  text: `select json_build_object(
    'networks', coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name, 'joinedAt', ${instantOf('own.joined_at')},
        'members', (select json_agg(json_build_object('id', m.institution_id, 'name', m.name,
            'joinedAt', ${instantOf('m.joined_at')}, 'own', m.institution_id = $1) order by m.joined_at, m.institution_id)
          from members_of_own_networks() m where m.network_id = n.id),
        'invitations', coalesce((select json_agg(json_build_object('id', v.id, 'email', v.email,
            'createdAt', ${instantOf('v.created_at')}, 'expiresAt', ${instantOf('v.expires_at')}) order by v.created_at, v.id)
          from network_invitation v where v.network_id = n.id and v.institution_id = $1 and v.status = 'open'
            and v.expires_at > $2), '[]'::json)) order by lower(n.name), n.id)
      from membership own join network n on n.id = own.network_id where own.institution_id = $1), '[]'::json),
    'received', coalesce((select json_agg(json_build_object('id', v.id, 'network', n.name, 'from', v.institution_name,
        'email', v.email, 'createdAt', ${instantOf('v.created_at')}, 'expiresAt', ${instantOf('v.expires_at')})
        order by v.created_at, v.id) from ${receivedSql}), '[]'::json),
    'history', coalesce((select json_agg(json_build_object('at', ${instantOf('e.at')}, 'act', e.act,
        'by', trim(p.given_name || ' ' || p.family_name), 'network', n.name) order by e.at desc, e.id desc)
      from (select * from audit_entry where institution_id = $1 and subject_kind = 'network' and act = any ($3::text[])
        order by at desc, id desc limit ${historyMost}) e
      left join person p on p.institution_id = $1 and p.id = e.actor_person_id
      left join network n on n.id = e.subject_id
        and exists (select from membership m where m.network_id = n.id and m.institution_id = $1)), '[]'::json)
    ) as view`,
  values: [institutionId, now, [...networkActs]],
});

const networksIn = async (tx: Tx): Promise<NetworksView> => {
  const { text, values } = networksQuery(tx.scope.institutionId, tx.now);
  const [row] = await tx.query<{ view: NetworksView }>(text, values);
  if (!row) throw new Refused('not-found');
  return row.view;
};

/** Locks a network that the institution belongs to; one that it does not is not there for it. */
const lockOwn = async (tx: Tx, networkId: string): Promise<{ id: string; name: string }> => {
  const [network] = await tx.query<{ id: string; name: string }>(
    `select n.id, n.name from network n
     where n.id = $2 and exists (select from membership m where m.network_id = n.id and m.institution_id = $1) for update of n`,
    [tx.scope.institutionId, networkId],
  );
  if (!network) throw new Refused('not-found');
  return network;
};

const ownName = async (tx: Tx): Promise<string> => {
  const [row] = await tx.query<{ name: string }>(`select name from institution where id = $1`, [
    tx.scope.institutionId,
  ]);
  return row?.name ?? '';
};

/** An event to be handled in each of these institutions, after the commit. */
const emitTo = async (
  tx: Tx,
  topic: string,
  institutionIds: readonly string[],
  payload: NetworkMemberChanged,
): Promise<void> => {
  for (const institutionId of institutionIds) {
    await tx.insert(OutboxEntry, { id: tx.newId(), institutionId, topic, payload, at: tx.now });
  }
};

const membersOf = async (tx: Tx, networkId: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select institution_id as id from membership where network_id = $1 order by institution_id`,
    [networkId],
  );
  return rows.map(({ id }) => id);
};

@Injectable()
export class Networks {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor): Promise<NetworksView> {
    const [row] = await this.reads.rows<{ view: NetworksView }>(
      actor,
      networksQuery(actor.institutionId, this.clock.now()),
    );
    if (!row) throw new Refused('not-found');
    return row.view;
  }
}

@Injectable()
export class CreateNetwork {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { name }: CreateNetworkInput): Promise<NetworksView> {
    return this.transactions.run(actor, async (tx) => {
      const id = tx.newId();
      await tx.insert(Network, { id, name, createdAt: tx.now });
      await tx.insert(Membership, { networkId: id, institutionId: actor.institutionId, joinedAt: tx.now });
      await tx.audit('network.create', { kind: 'network', id });
      return networksIn(tx);
    });
  }
}

@Injectable()
export class InviteToNetwork {
  constructor(
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly config: PlatformConfig,
  ) {}

  /**
   * Posts an invitation to an address. It is answered alike whether somebody in this installation has it or not, and whoever
   * administers an institution under it finds it there: nobody learns from asking who else is here.
   */
  async run(actor: Actor, networkId: string, { email }: InviteToNetworkInput): Promise<NetworksView> {
    await this.limits.count(`network-invitation:${actor.institutionId}`, 30, 60);
    return this.transactions.run(actor, async (tx) => {
      const network = await lockOwn(tx, networkId);
      // One that ran out makes room for another.
      await tx.query(
        `update network_invitation set status = 'withdrawn' where network_id = $1 and email = $2 and status = 'open'
           and expires_at <= $3`,
        [networkId, email, tx.now],
      );
      const from = await ownName(tx);
      const id = tx.newId();
      await tx.insert(NetworkInvitation, {
        id,
        networkId,
        institutionId: actor.institutionId,
        institutionName: from,
        email,
        status: 'open',
        createdAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + invitationDays * 86_400_000),
      });
      await post(tx, {
        to: email,
        subject: `${from} asks your institution into the network ${network.name}`,
        body: `Hello,\n\n${from} asks your institution to share in the network “${network.name}” in Waymark. Institutions of a network see each other's names; what else they share, each decides for itself.\n\nIf you administer your institution in Waymark with this address, accept or decline within ${invitationDays} days:\n\n${this.config.publicUrl}/administration/networks\n\nOpening the page changes nothing. If you have nothing to do with it, leave this message alone.\n`,
      });
      await tx.audit('network.invite', { kind: 'network', id: networkId }, { invitation: id });
      return networksIn(tx);
    });
  }
}

@Injectable()
export class WithdrawInvitation {
  constructor(private readonly transactions: Transactions) {}

  /** One that this institution sent. */
  run(actor: Actor, networkId: string, invitationId: string): Promise<NetworksView> {
    return this.transactions.run(actor, async (tx) => {
      await lockOwn(tx, networkId);
      const [invitation] = await tx.query<{ status: string }>(
        `select status from network_invitation where id = $3 and network_id = $2 and institution_id = $1 for update`,
        [actor.institutionId, networkId, invitationId],
      );
      if (!invitation) throw new Refused('not-found');
      if (invitation.status !== 'open') throw new Refused('invitation-over');
      await tx.query(`update network_invitation set status = 'withdrawn', answered_at = $2 where id = $1`, [
        invitationId,
        tx.now,
      ]);
      await tx.audit('network.withdraw-invitation', { kind: 'network', id: networkId }, { invitation: invitationId });
      return networksIn(tx);
    });
  }
}

@Injectable()
export class AnswerInvitation {
  constructor(private readonly transactions: Transactions) {}

  /** For the whole institution. An invitation that is not to one of its administrators is not there for it. */
  run(actor: Actor, invitationId: string, answer: 'accepted' | 'declined'): Promise<NetworksView> {
    return this.transactions.run(actor, async (tx) => {
      const [invitation] = await tx.query<{ networkId: string; networkName: string }>(
        `select v.network_id as "networkId", n.name as "networkName" from ${receivedSql} and v.id = $3`,
        [actor.institutionId, tx.now, invitationId],
      );
      if (!invitation) throw await this.whyNot(tx, actor, invitationId);
      const { networkId } = invitation;
      // The network first, as whoever leaves does; then it is known whether anybody is left to join.
      const [network] = await tx.query(`select from network where id = $1 for update`, [networkId]);
      const [open] = await tx.query(
        `select from network_invitation where id = $1 and status = 'open' and expires_at > $2 for update`,
        [invitationId, tx.now],
      );
      if (!network || !open) throw new Refused('invitation-over');
      await tx.query(
        `update network_invitation set status = $2, answered_at = $3, answered_by_institution_id = $4 where id = $1`,
        [invitationId, answer, tx.now, actor.institutionId],
      );
      if (answer === 'accepted') {
        const others = await membersOf(tx, networkId);
        await tx.insert(Membership, { networkId, institutionId: actor.institutionId, joinedAt: tx.now });
        await emitTo(tx, NETWORK_JOINED, others, {
          networkId,
          networkName: invitation.networkName,
          institutionId: actor.institutionId,
          institutionName: await ownName(tx),
        });
      }
      await tx.audit(answer === 'accepted' ? 'network.join' : 'network.decline', { kind: 'network', id: networkId });
      return networksIn(tx);
    });
  }

  /** One that this institution has answered, or is a member by now, is over for it; any other was never there. */
  private async whyNot(tx: Tx, actor: Actor, invitationId: string): Promise<Refused> {
    const [mine] = await tx.query(
      `select from network_invitation v where v.id = $2 and (v.answered_by_institution_id = $1
         or exists (select from person p where p.institution_id = $1 and p.email = v.email))`,
      [actor.institutionId, invitationId],
    );
    return new Refused(mine ? 'invitation-over' : 'not-found');
  }
}

@Injectable()
export class LeaveNetwork {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Nothing is shared through the network from now on; each domain hears of it, here and in the institutions that stay, and
   * ends what it must with notice. The last one to leave closes the network. The institution's own rounds go on.
   */
  run(actor: Actor, networkId: string): Promise<NetworksView> {
    return this.transactions.run(actor, async (tx) => {
      const network = await lockOwn(tx, networkId);
      const all = await membersOf(tx, networkId);
      await tx.query(`delete from membership where network_id = $2 and institution_id = $1`, [
        actor.institutionId,
        networkId,
      ]);
      await tx.query(
        `update network_invitation set status = 'withdrawn', answered_at = $3
         where network_id = $2 and institution_id = $1 and status = 'open'`,
        [actor.institutionId, networkId, tx.now],
      );
      await emitTo(tx, NETWORK_LEFT, all, {
        networkId,
        networkName: network.name,
        institutionId: actor.institutionId,
        institutionName: await ownName(tx),
      });
      await tx.audit('network.leave', { kind: 'network', id: networkId });
      if (all.length === 1) {
        await tx.query(`delete from network where id = $1`, [networkId]);
        await tx.audit('network.close', { kind: 'network', id: networkId });
      }
      return networksIn(tx);
    });
  }
}
