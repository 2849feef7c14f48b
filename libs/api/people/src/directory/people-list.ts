import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Reads } from '@waymark/api-platform';
import type { PeopleQuery } from '@waymark/contracts';
import { patternOf } from '../person-card';

const orders = {
  name: 'lower(p.family_name), lower(p.given_name), p.id',
  unit: 'lower(u.name) nulls last, lower(p.family_name), p.id',
  grade: 'g.position nulls last, lower(p.family_name), p.id',
} as const;

/** Days are judged in the institution's time zone; `$2` is today. */
const activeOn = (person: string) => `(${person}.left_on is null or ${person}.left_on >= $2::date)`;

const filter = (query: PeopleQuery): { where: string; values: unknown[] } => {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value) + 2}`;
  const conditions = [activeOn('p')];
  if (query.search) {
    const pattern = bind(patternOf(query.search));
    conditions.push(`(p.given_name || ' ' || p.family_name ilike ${pattern} or p.email ilike ${pattern})`);
  }
  if (query.unit) conditions.push(`p.unit_id = ${bind(query.unit)}`);
  if (query.role) {
    conditions.push(`exists (select from role_held h where h.institution_id = $1 and h.person_id = p.id
      and h.role = ${bind(query.role)} and h.held_from <= $2::date and (h.held_until is null or h.held_until >= $2::date))`);
  }
  return { where: conditions.join(' and '), values };
};

const joins = `
  left join unit u on u.institution_id = $1 and u.id = p.unit_id
  left join grade g on g.institution_id = $1 and g.id = p.grade_id`;

const rolesOf = `array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
  and h.held_from <= $2::date and (h.held_until is null or h.held_until >= $2::date) order by h.role)`;

/**
 * The page's JSON text, built by PostgreSQL. The rows are chosen first and only those of the page are joined further.
 * The name tells the shape apart, so that each is prepared once a connection.
 */
export const peoplePageQuery = (institutionId: string, day: string, query: PeopleQuery): ReadQuery => {
  const { where, values } = filter(query);
  const sortJoins = query.sort === 'unit' || query.sort === 'grade' ? joins : '';
  const limit = `$${values.length + 3}`;
  const offset = `$${values.length + 4}`;
  return {
    name: `people-${query.sort}-${query.search ? 's' : ''}${query.unit ? 'u' : ''}${query.role ? 'r' : ''}`,
    text: `
      with page as materialized (
        select p.id, row_number() over (order by ${orders[query.sort]}) as n
        from person p ${sortJoins} where p.institution_id = $1 and ${where}
        order by ${orders[query.sort]} limit ${limit} offset ${offset}
      )
      select json_build_object(
        'rows', coalesce((
          select json_agg(json_build_object(
            'id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', u.name, 'grade', g.name,
            'email', p.email, 'jobTitle', p.job_title,
            'lineManager', case when m.id is null then null
              else json_build_object('id', m.id, 'name', trim(m.given_name || ' ' || m.family_name)) end,
            'technician', p.technician, 'active', true, 'roles', ${rolesOf}) order by page.n)
          from page join person p on p.institution_id = $1 and p.id = page.id ${joins}
          left join person m on m.institution_id = $1 and m.id = p.line_manager_id
        ), '[]'::json),
        'page', (${offset}::int / ${limit}::int) + 1, 'pageSize', ${limit}::int,
        'total', (select count(*) from person p where p.institution_id = $1 and ${where})
      )::text as body`,
    values: [institutionId, day, ...values, query.pageSize, (query.page - 1) * query.pageSize],
  };
};

export interface PersonExportRow {
  name: string;
  email: string | null;
  unit: string | null;
  grade: string | null;
  jobTitle: string | null;
  lineManager: string | null;
  technician: boolean;
  roles: string[];
}

@Injectable()
export class PeopleList {
  constructor(private readonly reads: Reads) {}

  /** JSON text of a `peoplePage`. */
  async page(actor: Actor, day: string, query: PeopleQuery): Promise<string> {
    const [row] = await this.reads.rows<{ body: string }>(actor, peoplePageQuery(actor.institutionId, day, query));
    return row?.body ?? '';
  }

  /** Everybody the filters name, for an export; at most 50,000. */
  all(actor: Actor, day: string, query: PeopleQuery): Promise<PersonExportRow[]> {
    const { where, values } = filter(query);
    return this.reads.rows(actor, {
      name: `people-export-${query.sort}-${query.search ? 's' : ''}${query.unit ? 'u' : ''}${query.role ? 'r' : ''}`,
      text: `select trim(p.given_name || ' ' || p.family_name) as name, p.email, u.name as unit, g.name as grade,
          p.job_title as "jobTitle", trim(m.given_name || ' ' || m.family_name) as "lineManager", p.technician, ${rolesOf} as roles
        from person p ${joins} left join person m on m.institution_id = $1 and m.id = p.line_manager_id
        where p.institution_id = $1 and ${where} order by ${orders[query.sort]} limit 50000`,
      values: [actor.institutionId, day, ...values],
    });
  }
}
