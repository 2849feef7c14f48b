import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Reads } from '@waymark/api-platform';
import type { PeopleExportQuery, PeopleQuery } from '@waymark/contracts';
import { refuseRecordFilters } from './person-policy';

type Filters = Omit<PeopleQuery, 'page' | 'pageSize'>;
type Order = NonNullable<PeopleQuery['sort']>;

/** A search without filters tells so many and that there are more; with filters all that fit are looked through. */
const searchMost = 200;
const siftMost = 100_000;
/** Rows of an export, at the most. */
const exportMost = 50_000;

const orders: Readonly<Record<Order, string>> = {
  match: 'f.place',
  name: 'lower(p.family_name), lower(p.given_name), p.id',
  unit: 'lower(u.name) nulls last, lower(p.family_name), p.id',
  grade: 'g.position nulls last, lower(p.family_name), p.id',
};

const joins = `
  left join unit u on u.institution_id = $1 and u.id = p.unit_id
  left join grade g on g.institution_id = $1 and g.id = p.grade_id`;

const rolesOf = `array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
  and h.held_from <= $2::date and (h.held_until is null or h.held_until >= $2::date) order by h.role)`;
const skillsOf = `array(select s.name from person_skill ps join skill s on s.institution_id = $1 and s.id = ps.skill_id
  where ps.institution_id = $1 and ps.person_id = p.id order by lower(s.name))`;
/** In force on `$2`: verified and not lapsed. */
const inForce = (award: string) =>
  `${award}.status = 'verified' and (${award}.valid_to is null or ${award}.valid_to >= $2::date)`;
const awardsOf = `array(select a.award from award_held a where a.institution_id = $1 and a.person_id = p.id
  and ${inForce('a')} order by a.awarded_on desc, a.id)`;

/** Days are judged in the institution's time zone; `$2` is today. */
const standing = {
  active: '(p.left_on is null or p.left_on >= $2::date)',
  left: 'p.left_on < $2::date',
  all: 'true',
} as const;

/** What names the people: conditions beside the search, the values they bind, and a name for their shape. */
interface Sieve {
  search: string | null;
  status: keyof typeof standing;
  /** Beside institution, standing and search. */
  conditions: string[];
  values: unknown[];
  shape: string;
}

const sieveOf = (query: Filters): Sieve => {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value) + 2}`;
  const conditions: string[] = [];
  let shape = '';
  const add = (letter: string, condition: string) => {
    shape += letter;
    conditions.push(condition);
  };
  const search = query.search?.trim() || null;
  const status = query.status ?? 'active';
  if (search !== null) {
    shape += 's';
    bind(search);
  }
  shape += status === 'active' ? '' : `-${status}-`;
  if (query.unit) {
    add(
      'u',
      `p.unit_id in (with recursive below as (
        select id from unit where institution_id = $1 and id = ${bind(query.unit)}
        union select c.id from below b join unit c on c.institution_id = $1 and c.parent_id = b.id
      ) select id from below)`,
    );
  }
  if (query.skill) {
    add(
      'k',
      `exists (select from person_skill ps join skill s on s.institution_id = $1 and s.id = ps.skill_id
        where ps.institution_id = $1 and ps.person_id = p.id and lower(s.name) = lower(${bind(query.skill)}))`,
    );
  }
  if (query.award) {
    add(
      'a',
      `exists (select from award_held a where a.institution_id = $1 and a.person_id = p.id
        and lower(a.award) = lower(${bind(query.award)}) and ${inForce('a')})`,
    );
  }
  if (query.grade) add('g', `p.grade_id = ${bind(query.grade)}`);
  if (query.manager) add('m', `p.line_manager_id = ${bind(query.manager)}`);
  if (query.role) {
    add(
      'r',
      `exists (select from role_held h where h.institution_id = $1 and h.person_id = p.id
        and h.role = ${bind(query.role)} and h.held_from <= $2::date and (h.held_until is null or h.held_until >= $2::date))`,
    );
  }
  if (query.technician !== undefined) add('t', `p.technician = ${bind(query.technician)}`);
  if (query.contractBefore) add('c', `p.contract_until <= ${bind(query.contractBefore)}::date`);
  if (query.externallyFunded !== undefined) add('x', `p.externally_funded = ${bind(query.externallyFunded)}`);
  if (query.withoutEmail !== undefined) add(`e${query.withoutEmail}`, `(p.email is null) = ${query.withoutEmail}`);
  return { search, status, conditions, values, shape };
};

/** Where the people come from: the search's function, whose answer row-level security is then laid over, or the table. */
const source = ({ search, status, conditions }: Sieve, numbers: boolean, most: number) =>
  search === null
    ? {
        found: '',
        from: 'person p',
        where: ['p.institution_id = $1', standing[status], ...conditions].join(' and '),
      }
    : {
        found: `found as materialized (select * from find_people($1, $3, $2::date, '${status}', ${numbers}, ${most})),`,
        from: 'found f join person p on p.institution_id = $1 and p.id = f.person_id',
        where: [standing[status], ...conditions].join(' and '),
      };

/**
 * The page's JSON text, built by PostgreSQL. The rows are chosen first and only those of the page are joined further.
 * The name tells the shape apart, so that each is prepared once a connection. `records`: with what only those see who may
 * see records.
 */
export const peoplePageQuery = (institutionId: string, day: string, query: PeopleQuery, records = true): ReadQuery => {
  const sieve = sieveOf(query);
  const { search, conditions, values, shape } = sieve;
  const order = query.sort ?? (search === null ? 'name' : 'match');
  const sort: Order = order === 'match' && search === null ? 'name' : order;
  const bounded = search !== null && conditions.length === 0;
  const most = bounded ? searchMost : siftMost;
  const { found, from, where } = source(sieve, records, most);
  const sortJoins = sort === 'unit' || sort === 'grade' ? joins : '';
  const limit = `$${values.length + 3}`;
  const offset = `$${values.length + 4}`;
  // Of a search alone the function's answer is counted and cut before any person is read.
  const page =
    bounded && sort === 'match'
      ? `select f.person_id as id, f.place as n, f.similar from found f where f.place <= ${most} order by f.place limit ${limit} offset ${offset}`
      : `select p.id, row_number() over (order by ${orders[sort]}) as n, ${search === null ? 'false' : 'f.similar'} as similar
         from ${from} ${sortJoins} where ${where} order by ${orders[sort]} limit ${limit} offset ${offset}`;
  const total = bounded
    ? `(select least(count(*), ${most}) from found)`
    : `(select count(*) from ${from} where ${where})`;
  return {
    name: `people-${records ? 'all' : 'few'}-${sort}-${shape}`,
    text: `
      with ${found} page as materialized (${page})
      select json_build_object(
        'rows', coalesce((
          select json_agg(json_build_object(
            'id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', u.name, 'jobTitle', p.job_title,
            'email', p.email, 'skills', ${skillsOf}, 'awards', ${awardsOf}, 'similar', page.similar${
              records
                ? `, 'record', json_build_object(
              'grade', g.name,
              'lineManager', case when m.id is null then null
                else json_build_object('id', m.id, 'name', trim(m.given_name || ' ' || m.family_name)) end,
              'technician', p.technician, 'active', p.left_on is null or p.left_on >= $2::date, 'leftOn', p.left_on,
              'roles', ${rolesOf}, 'staffNumber', p.staff_number, 'contractUntil', p.contract_until,
              'externallyFunded', p.externally_funded)`
                : ''
            }) order by page.n)
          from page join person p on p.institution_id = $1 and p.id = page.id ${joins}
          ${records ? 'left join person m on m.institution_id = $1 and m.id = p.line_manager_id' : ''}
        ), '[]'::json),
        'page', (${offset}::int / ${limit}::int) + 1, 'pageSize', ${limit}::int,
        'total', ${total}, 'more', ${bounded ? `(select count(*) > ${most} from found)` : 'false'}
      )::text as body`,
    values: [institutionId, day, ...values, query.pageSize, (query.page - 1) * query.pageSize],
  };
};

export interface PersonExportRow {
  name: string;
  email: string | null;
  unit: string | null;
  jobTitle: string | null;
  skills: string[];
  awards: string[];
  grade: string | null;
  lineManager: string | null;
  technician: boolean;
  roles: string[];
  staffNumber: string | null;
  contractUntil: string | null;
  externallyFunded: boolean;
  leftOn: string | null;
}

@Injectable()
export class PeopleList {
  constructor(private readonly reads: Reads) {}

  /** JSON text of a `peoplePage`. Refused where somebody sifts by what they may not see. */
  async page(actor: Actor, day: string, query: PeopleQuery): Promise<string> {
    refuseRecordFilters(actor.permissions, query);
    const records = actor.permissions.has('people.see');
    const [row] = await this.reads.rows<{ body: string }>(
      actor,
      peoplePageQuery(actor.institutionId, day, query, records),
    );
    return row?.body ?? '';
  }

  /** Headings and rows of everybody the filters name, at most 50,000, with what the actor may see. */
  async table(
    actor: Actor,
    day: string,
    query: PeopleExportQuery,
  ): Promise<{ headings: string[]; rows: (string | null)[][] }> {
    refuseRecordFilters(actor.permissions, query);
    const records = actor.permissions.has('people.see');
    const people = await this.all(actor, day, query, records);
    const columns = records ? [...columnsForAll, ...columnsOfRecords] : columnsForAll;
    return {
      headings: columns.map(([heading]) => heading),
      rows: people.map((person) => columns.map(([, cell]) => cell(person))),
    };
  }

  private all(actor: Actor, day: string, query: Filters, records: boolean): Promise<PersonExportRow[]> {
    const sieve = sieveOf(query);
    const { from, found, where } = source(sieve, records, siftMost);
    const sort: Order = query.sort ?? (sieve.search === null ? 'name' : 'match');
    const order = sort === 'match' && sieve.search === null ? orders.name : orders[sort];
    return this.reads.rows(actor, {
      name: `people-export-${records ? 'all' : 'few'}-${sort}-${sieve.shape}`,
      text: `${found ? `with ${found.replace(/,$/, '')}` : ''}
        select trim(p.given_name || ' ' || p.family_name) as name, p.email, u.name as unit, p.job_title as "jobTitle",
          ${skillsOf} as skills, ${awardsOf} as awards${
            records
              ? `, g.name as grade, trim(m.given_name || ' ' || m.family_name) as "lineManager", p.technician, ${rolesOf} as roles,
          p.staff_number as "staffNumber", p.contract_until::text as "contractUntil", p.externally_funded as "externallyFunded",
          p.left_on::text as "leftOn"`
              : ''
          }
        from ${from} ${joins}
        ${records ? 'left join person m on m.institution_id = $1 and m.id = p.line_manager_id' : ''}
        where ${where} order by ${order} limit ${exportMost}`,
      values: [actor.institutionId, day, ...sieve.values],
    });
  }
}

type Column = [heading: string, cell: (person: PersonExportRow) => string | null];
const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

const columnsForAll: Column[] = [
  ['Name', ({ name }) => name],
  ['E-mail', ({ email }) => email],
  ['Unit', ({ unit }) => unit],
  ['Job title', ({ jobTitle }) => jobTitle],
  ['Skills', ({ skills }) => skills.join('; ')],
  ['Verified awards', ({ awards }) => awards.join('; ')],
];
const columnsOfRecords: Column[] = [
  ['Grade', ({ grade }) => grade],
  ['Line manager', ({ lineManager }) => lineManager],
  ['Technician', ({ technician }) => yesOrNo(technician)],
  ['Roles', ({ roles }) => roles.join(', ')],
  ['Staff number', ({ staffNumber }) => staffNumber],
  ['Contract until', ({ contractUntil }) => contractUntil],
  ['Externally funded', ({ externallyFunded }) => yesOrNo(externallyFunded)],
  ['Last day', ({ leftOn }) => leftOn],
];
