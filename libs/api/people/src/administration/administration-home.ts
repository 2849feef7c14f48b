import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads } from '@waymark/api-platform';
import type { HomeTask } from '@waymark/contracts';
import { instantOf } from '../person-card';
import { receivedSql } from './networks';

/** What of administration waits for a person. */
@Injectable()
export class AdministrationHome {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async tasks(actor: Actor): Promise<HomeTask[]> {
    const queries = [
      ...(actor.permissions.has('people.grant-role') ? [this.appointCoordinator(actor)] : []),
      ...(actor.permissions.has('networks.edit') ? [this.invitations(actor)] : []),
      ...(actor.permissions.has('people.erase') ? [this.longGone(actor)] : []),
    ];
    return queries.length === 0 ? [] : (await this.reads.all<HomeTask[]>(actor, queries)).flat();
  }

  /** An institution without a coordinator cannot begin: its administrator is told. */
  private appointCoordinator(actor: Actor): ReadQuery {
    return {
      name: 'home-appoint-coordinator',
      text: `select 'appoint-coordinator' as kind, i.id, null as "dueAt", i.name as about, null::int as count
        from institution i where i.id = $1 and not exists (select from role_held h
          join person p on p.institution_id = h.institution_id and p.id = h.person_id and (p.left_on is null or p.left_on >= $2::date)
          where h.institution_id = $1 and h.role = 'coordinator' and (h.held_until is null or h.held_until >= $2::date))`,
      values: [actor.institutionId, this.today(actor)],
    };
  }

  /** Invitations into a network. */
  private invitations(actor: Actor): ReadQuery {
    return {
      name: 'home-network-invitations',
      text: `select 'answer-network-invitation' as kind, v.id, ${instantOf('v.expires_at')} as "dueAt", n.name as about,
          null::int as count from ${receivedSql} order by v.expires_at, v.id limit 20`,
      values: [actor.institutionId, this.clock.now()],
    };
  }

  /** People who left longer ago than the institution keeps what it knows of them. */
  private longGone(actor: Actor): ReadQuery {
    return {
      name: 'home-erase-leavers',
      text: `select 'erase-leavers' as kind, i.id, null as "dueAt", i.name as about, gone.count
        from institution i cross join lateral (select count(*)::int as count from person p
          where p.institution_id = i.id and p.erased_at is null and p.left_on < $2::date - i.leavers_kept_days) gone
        where i.id = $1 and gone.count > 0`,
      values: [actor.institutionId, this.today(actor)],
    };
  }

  private today(actor: Actor): string {
    return dayIn(actor.timeZone, this.clock.now());
  }
}
