import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import type { GrantableRole, LeavingView } from '@waymark/contracts';

/** A last day lies at most so long back. */
const daysBackMost = 365;
const reportsMost = 100;

export const earliestLastDay = (today: string): string =>
  new Date(Date.parse(`${today}T12:00:00Z`) - daysBackMost * 86_400_000).toISOString().slice(0, 10);

interface Row {
  id: string;
  name: string;
  lastDay: string | null;
  version: number;
  roles: GrantableRole[];
  delegations: number;
  reports: LeavingView['follows']['reports'];
  reportsTotal: number;
  signsIn: boolean;
  lastAdministrator: boolean;
  transfer: LeavingView['transfer'];
}

/** What the person's own record, roles and reports say of their leaving; what mentoring says of it, mentoring answers. */
@Injectable()
export class LeavingViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<LeavingView> {
    const today = dayIn(actor.timeZone, this.clock.now());
    return viewOf(await this.reads.rows<Row>(actor, query(actor.institutionId, id, today)), actor, today);
  }
}

export const leavingViewIn = async (tx: Tx, actor: Actor, id: string): Promise<LeavingView> => {
  const today = dayIn(actor.timeZone, tx.now);
  const { text, values } = query(actor.institutionId, id, today);
  return viewOf(await tx.query<Row>(text, values), actor, today);
};

const viewOf = ([row]: readonly Row[], actor: Actor, today: string): LeavingView => {
  if (!row) throw new Refused('not-found');
  const { id, name, lastDay, version, transfer, lastAdministrator, ...follows } = row;
  const status = lastDay === null ? 'active' : lastDay >= today ? 'leaving' : 'left';
  const moving = transfer?.status === 'accepted' && status !== 'left';
  return {
    id,
    name,
    status,
    lastDay,
    today,
    earliest: earliestLastDay(today),
    follows,
    transfer,
    refused: status !== 'left' && lastAdministrator ? 'last-administrator' : null,
    may: {
      leave: status !== 'left' && !lastAdministrator && !moving && transfer?.status !== 'asked',
      undo: status === 'leaving' && !moving,
      comeBack: status === 'left',
      transfer:
        actor.permissions.has('people.transfer') &&
        status === 'active' &&
        !lastAdministrator &&
        transfer?.status !== 'asked',
    },
    version,
  };
};

/** `$3` is today. The next manager above is found as `activeManagersAbove` does it, past those who have left. */
const query = (institutionId: string, id: string, today: string): ReadQuery => ({
  name: 'leaving',
  text: `
    with recursive above as (
      select line_manager_id as manager, 1 as steps from person
      where institution_id = $1 and id = $2 and line_manager_id is not null
      union all
      select p.line_manager_id, a.steps + 1 from above a
      join person p on p.institution_id = $1 and p.id = a.manager
      where p.line_manager_id is not null and a.steps < 50
    ), next as (
      select m.id, trim(m.given_name || ' ' || m.family_name) as name from above a
      join person m on m.institution_id = $1 and m.id = a.manager
      where m.left_on is null or m.left_on >= $3::date order by a.steps limit 1
    ), report as (
      select r.id, trim(r.given_name || ' ' || r.family_name) as name, r.family_name from person r
      where r.institution_id = $1 and r.line_manager_id = $2 and (r.left_on is null or r.left_on >= $3::date)
    ), administrator as (
      select h.person_id, h.held_until, p.left_on from role_held h
      join person p on p.institution_id = h.institution_id and p.id = h.person_id
      where h.institution_id = $1 and h.role = 'institution-administrator' and h.held_from <= $3::date
        and (h.held_until is null or h.held_until >= $3::date)
    )
    select p.id, trim(p.given_name || ' ' || p.family_name) as name, p.left_on::text as "lastDay", p.version,
      array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
        and (h.held_until is null or h.held_until >= $3::date) order by h.role) as roles,
      (select count(*)::int from delegation d where d.institution_id = $1 and (d.person_id = p.id or d.delegate_id = p.id)
        and d.ends_on >= $3::date) as delegations,
      (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name,
          'passesTo', (select json_build_object('id', next.id, 'name', next.name) from next where next.id <> r.id))
          order by lower(r.family_name), r.id), '[]')
        from (select * from report order by lower(family_name), id limit ${reportsMost}) r) as reports,
      (select count(*)::int from report) as "reportsTotal",
      exists (select from account_person a where a.institution_id = $1 and a.person_id = p.id) as "signsIn",
      exists (select from administrator where person_id = p.id) and not exists (
        select from administrator where person_id <> p.id and held_until is null and left_on is null) as "lastAdministrator",
      (select json_build_object('id', t.id, 'status', t.status, 'institution', coalesce(t.to_card->>'institution', (
            select m.name from members_of_own_networks() m where m.institution_id = t.to_institution_id limit 1), ''),
          'lastDay', t.last_day, 'firstDay', t.first_day, 'version', t.version)
        from transfer t where t.institution_id = $1 and t.person_id = p.id and t.status in ('asked', 'accepted')
        order by t.started_at desc limit 1) as transfer
    from person p where p.institution_id = $1 and p.id = $2`,
  values: [institutionId, id, today],
});
