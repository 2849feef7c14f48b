import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, type Scope, type Tx } from '@waymark/api-platform';
import type { GradesView, PersonPageView, PersonView, UnitsView } from '@waymark/contracts';
import { awardJoins, awardOf } from '../awards/award-view';
import { cardJoins } from '../person-card';
import { seenAs, shownTo } from './person-policy';

/** Everything of one person, and what the policy asks; `$3` is the moment. */
const personQuery = (institutionId: string, id: string, at: Date, viewerId: string | null): ReadQuery => ({
  name: 'person',
  text: `
    select json_build_object(
      'seenAs', 'records', 'id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'givenName', p.given_name,
      'familyName', p.family_name, 'active', p.left_on is null or p.left_on >= days.today, 'leftOn', p.left_on,
      'unit', p_unit.name, 'unitId', p.unit_id,
      'unitPath', coalesce((
        with recursive above as (
          select u.id, u.name, u.parent_id, 1 as step from unit u where u.institution_id = $1 and u.id = p.unit_id
          union all
          select u.id, u.name, u.parent_id, a.step + 1 from above a
          join unit u on u.institution_id = $1 and u.id = a.parent_id where a.step < 50
        ) select json_agg(json_build_object('id', id, 'name', name) order by step desc) from above), '[]'::json),
      'jobTitle', p.job_title, 'email', p.email,
      'skills', array(select s.name from person_skill ps join skill s on s.institution_id = $1 and s.id = ps.skill_id
        where ps.institution_id = $1 and ps.person_id = p.id order by lower(s.name)),
      'away', (select json_build_object('until', d.ends_on,
          'ask', json_build_object('id', e.id, 'name', trim(e.given_name || ' ' || e.family_name)))
        from delegation d join person e on e.institution_id = $1 and e.id = d.delegate_id
        where d.institution_id = $1 and d.person_id = p.id and days.today between d.starts_on and d.ends_on
          and (e.left_on is null or e.left_on >= days.today) order by d.ends_on desc, d.id limit 1),
      'grade', p_grade.name, 'gradeId', p.grade_id, 'contractUntil', p.contract_until,
      'externallyFunded', p.externally_funded, 'staffNumber', p.staff_number, 'technician', p.technician,
      'lineManager', case when m.id is null then null
        else json_build_object('id', m.id, 'name', trim(m.given_name || ' ' || m.family_name)) end,
      'roles', array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
        and h.held_from <= days.today and (h.held_until is null or h.held_until >= days.today) order by h.role),
      'rolesHeld', coalesce((select json_agg(json_build_object('id', h.id, 'role', h.role, 'from', h.held_from, 'until', h.held_until)
        order by h.held_from, h.id) from role_held h where h.institution_id = $1 and h.person_id = p.id
        and (h.held_until is null or h.held_until >= days.today)), '[]'::json),
      'awards', coalesce((select json_agg(${awardOf('a', 'days.today')} order by a.awarded_on desc, a.id) from award_held a
        ${awardJoins('a')} where a.institution_id = $1 and a.person_id = p.id), '[]'::json),
      'delegations', coalesce((select json_agg(json_build_object('id', d.id, 'from', d.starts_on, 'until', d.ends_on,
          'delegate', json_build_object('id', e.id, 'name', trim(e.given_name || ' ' || e.family_name))) order by d.starts_on, d.id)
        from delegation d join person e on e.institution_id = $1 and e.id = d.delegate_id
        where d.institution_id = $1 and d.person_id = p.id and d.ends_on >= days.today), '[]'::json),
      'reports', coalesce((select json_agg(json_build_object('id', r.id, 'name', trim(r.given_name || ' ' || r.family_name),
          'unit', u.name) order by lower(r.family_name), r.id)
        from person r left join unit u on u.institution_id = $1 and u.id = r.unit_id
        where r.institution_id = $1 and r.line_manager_id = p.id and (r.left_on is null or r.left_on >= days.today)), '[]'::json),
      'version', p.version
    ) as view, p.line_manager_id as "lineManagerId", days.today::text as today,
    array(
      with recursive stands_in_for as (
        select $4::uuid as id
        union
        select d.person_id from stands_in_for f join delegation d on d.institution_id = $1 and d.delegate_id = f.id
          and days.today between d.starts_on and d.ends_on
      ) select id from stands_in_for where id is not null) as "standsInFor"
    from person p ${cardJoins('p')}
    left join person m on m.institution_id = $1 and m.id = p.line_manager_id
    join lateral (select ($3::timestamptz at time zone i.time_zone)::date as today from institution i where i.id = $1) days on true
    where p.institution_id = $1 and p.id = $2`,
  values: [institutionId, id, at, viewerId],
});

interface PersonRow {
  view: PersonView;
  lineManagerId: string | null;
  today: string;
  standsInFor: string[];
}

/** The changed person with their whole record, within the transaction that changed them. */
export const personViewIn = async (tx: Tx, id: string): Promise<PersonView> => {
  const { text, values } = personQuery(tx.scope.institutionId, id, tx.now, null);
  const [row] = await tx.query<PersonRow>(text, values);
  if (!row) throw new Refused('not-found');
  return row.view;
};

/** The same as the actor may see them; refused with `not-found` where they are not to be seen. */
export const personPageIn = async (tx: Tx, actor: Actor, id: string): Promise<PersonPageView> => {
  const { text, values } = personQuery(actor.institutionId, id, tx.now, actor.personId);
  return shown(actor, (await tx.query<PersonRow>(text, values))[0]);
};

const shown = (actor: Actor, row: PersonRow | undefined): PersonPageView => {
  if (!row) throw new Refused('not-found');
  const { view, lineManagerId, today, standsInFor } = row;
  const viewer = { personId: actor.personId, permissions: actor.permissions, standsInFor };
  const as = seenAs(viewer, { id: view.id, active: view.active, lineManagerId });
  if (as === null) throw new Refused('not-found');
  return shownTo(as, view, today);
};

const gradesQuery = (institutionId: string): ReadQuery => ({
  name: 'grades',
  text: `select g.id, g.name, count(p.id)::int as people from grade g
    left join person p on p.institution_id = $1 and p.grade_id = g.id
    where g.institution_id = $1 group by g.id, g.name, g.position order by g.position`,
  values: [institutionId],
});

export const gradesViewIn = async (tx: Tx): Promise<GradesView> => {
  const { text, values } = gradesQuery(tx.scope.institutionId);
  return { grades: await tx.query<GradesView['grades'][number]>(text, values) };
};

@Injectable()
export class PersonPage {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** A person as the actor may see them. */
  async person(actor: Actor, id: string): Promise<PersonPageView> {
    const query = personQuery(actor.institutionId, id, this.clock.now(), actor.personId);
    return shown(actor, (await this.reads.rows<PersonRow>(actor, query))[0]);
  }

  async units(actor: Actor): Promise<UnitsView> {
    const units = await this.reads.rows<UnitsView['units'][number]>(actor, {
      name: 'units',
      text: `select u.id, u.name, u.parent_id as "parentId", coalesce(c.people, 0)::int as people from unit u
        left join (
          select unit_id, count(*) as people from person
          where institution_id = $1 and (left_on is null or left_on >= $2::date) group by unit_id
        ) c on c.unit_id = u.id
        where u.institution_id = $1 order by lower(u.name), u.id limit 5000`,
      values: [actor.institutionId, dayIn(actor.timeZone, this.clock.now())],
    });
    return { units };
  }

  async grades(scope: Scope): Promise<GradesView> {
    return { grades: await this.reads.rows<GradesView['grades'][number]>(scope, gradesQuery(scope.institutionId)) };
  }
}
