import { Injectable } from '@nestjs/common';
import { type ReadQuery, Reads, Refused, type Scope, type Tx } from '@waymark/api-platform';
import type { GradesView, PersonView, UnitsView } from '@waymark/contracts';
import { cardJoins, cardOf } from '../person-card';

const personQuery = (institutionId: string, id: string): ReadQuery => ({
  name: 'person',
  text: `
    select json_build_object(
      'id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', p_unit.name, 'grade', p_grade.name,
      'email', p.email, 'jobTitle', p.job_title,
      'lineManager', case when m.id is null then null
        else json_build_object('id', m.id, 'name', trim(m.given_name || ' ' || m.family_name)) end,
      'technician', p.technician, 'active', p.left_on is null or p.left_on >= days.today,
      'roles', array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
        and h.held_from <= days.today and (h.held_until is null or h.held_until >= days.today) order by h.role),
      'givenName', p.given_name, 'familyName', p.family_name, 'unitId', p.unit_id, 'gradeId', p.grade_id,
      'staffNumber', p.staff_number, 'version', p.version,
      'rolesHeld', coalesce((select json_agg(json_build_object('id', h.id, 'role', h.role, 'from', h.held_from, 'until', h.held_until)
        order by h.held_from, h.id) from role_held h where h.institution_id = $1 and h.person_id = p.id
        and (h.held_until is null or h.held_until >= days.today)), '[]'::json),
      'awards', coalesce((select json_agg(json_build_object('award', a.award, 'body', a.body, 'awardedOn', a.awarded_on,
        'validTo', a.valid_to, 'status', a.status) order by a.awarded_on desc) from award_held a
        where a.institution_id = $1 and a.person_id = p.id), '[]'::json),
      'reports', coalesce((select json_agg(${cardOf('r')} order by lower(r.family_name), r.id) from person r ${cardJoins('r')}
        where r.institution_id = $1 and r.line_manager_id = p.id and (r.left_on is null or r.left_on >= days.today)), '[]'::json)
    ) as view
    from person p ${cardJoins('p')}
    left join person m on m.institution_id = $1 and m.id = p.line_manager_id
    join lateral (select (now() at time zone i.time_zone)::date as today from institution i where i.id = $1) days on true
    where p.institution_id = $1 and p.id = $2`,
  values: [institutionId, id],
});

/** The changed person, within the transaction that changed them. */
export const personViewIn = async (tx: Tx, id: string): Promise<PersonView> => {
  const { text, values } = personQuery(tx.scope.institutionId, id);
  const [row] = await tx.query<{ view: PersonView }>(text, values);
  if (!row) throw new Refused('not-found');
  return row.view;
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
  constructor(private readonly reads: Reads) {}

  async person(scope: Scope, id: string): Promise<PersonView> {
    const [row] = await this.reads.rows<{ view: PersonView }>(scope, personQuery(scope.institutionId, id));
    if (!row) throw new Refused('not-found');
    return row.view;
  }

  async units(scope: Scope): Promise<UnitsView> {
    const units = await this.reads.rows<UnitsView['units'][number]>(scope, {
      name: 'units',
      text: `select u.id, u.name, u.parent_id as "parentId", count(p.id)::int as people from unit u
        left join person p on p.institution_id = $1 and p.unit_id = u.id
        where u.institution_id = $1 group by u.id, u.name, u.parent_id order by lower(u.name), u.id limit 5000`,
      values: [scope.institutionId],
    });
    return { units };
  }

  async grades(scope: Scope): Promise<GradesView> {
    return { grades: await this.reads.rows<GradesView['grades'][number]>(scope, gradesQuery(scope.institutionId)) };
  }
}
