import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

/** A made-up institution as large as they come, and somebody who is signed in to it. */
export interface LoadedDirectory {
  institutionId: string;
  cookie: string;
  /** Made-up people of it, for queries that find somebody. */
  samples: { given: string; family: string; staffNumber: string; jobTitle: string }[];
}

const given =
  `John Mary James Sarah David Anna Peter Laura Michael Emma Andrew Claire Robert Helen Thomas Joanna Stephen Kate Mark
  Jane Paul Lucy Simon Susan Richard Rachel Daniel Karen Matthew Alice Martin Julia Adam Nicola Jonathan Priya Mohammed Wei Olga
  Fatima Siobhan Dylan Rhys Megan Ewan Isla Callum Niamh Liam Zara`.split(/\s+/);
const common =
  `Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Hughes Hall Green Lewis Wood Harris
  Clarke O'Brien Müller`.split(/\s+/);
const syllables =
  `ba ca de fo gu hi ka lo mi na po ra sa te vo wi ster man ton ley ford son well ing er ock ham wood field by`.split(
    ' ',
  );
const jobs = [
  'Technician',
  'Senior technician',
  'Laboratory manager',
  'Teaching fellow',
  'Research associate',
  'Lecturer',
  'Professor of engineering',
  'Administrator',
  'Finance officer',
  'Specialist technician, microscopy',
  'Workshop supervisor',
  'IT support analyst',
];

/** `people` of one institution and 2,000 of each of nine others: common names are common, and most surnames rare. */
export const loadDirectory = async (ownerUrl: string, people: number): Promise<LoadedDirectory> => {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const secret = randomBytes(32).toString('base64url');
  await owner.query(`
    insert into institution (id, name, nation, time_zone, created_at)
      select uuidv7(), 'Institution ' || n, 'england-and-wales', 'Europe/London', now() + n * interval '1 second' from generate_series(1, 10) n;
    insert into unit (institution_id, id, name) select i.id, uuidv7(), 'Unit ' || n from institution i, generate_series(1, 60) n;
    insert into grade (institution_id, id, name, position) select i.id, uuidv7(), 'Grade ' || n, n from institution i, generate_series(0, 8) n;
    select setseed(0.42);`);
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, staff_number, job_title, unit_id, grade_id, technician, created_at, version)
     select of.id, uuidv7(), m.given, m.family, 'p' || m.n || '.' || lower(regexp_replace(m.family, '[^A-Za-z]', '', 'g')) || '@' || of.number || '.example',
       'E' || lpad((m.n * 7)::text, 7, '0'), ($4::text[])[1 + floor(power(m.c, 2) * cardinality($4::text[]))::int],
       of.units[1 + m.n % 60], of.grades[1 + m.n % 9], m.n % 3 > 0, now(), 1
     from (
       select i.id, row_number() over (order by i.created_at) as number,
         array(select u.id from unit u where u.institution_id = i.id order by u.id) as units,
         array(select g.id from grade g where g.institution_id = i.id order by g.id) as grades
       from institution i
     ) of
     cross join lateral (
       select n, c, ($1::text[])[1 + floor(power(a, 1.8) * cardinality($1::text[]))::int] as given,
         case when b < 0.25 then ($2::text[])[1 + floor(power(c, 1.5) * cardinality($2::text[]))::int]
           else initcap(($3::text[])[1 + h % 16] || ($3::text[])[1 + (h / 16) % 30] || ($3::text[])[1 + (h / 480) % 30]) end as family
       from (
         select n, random() as a, random() as b, random() as c, floor(power(random(), 2) * 14000)::int as h
         from generate_series(1, case when of.number = 1 then $5::int else 2000 end) n
       ) dice
     ) m`,
    [given, common, syllables, jobs, people],
  );
  await owner.query(`
    insert into skill (institution_id, id, name) select i.id, uuidv7(), 'Skill ' || n from institution i, generate_series(1, 200) n;
    insert into person_skill (institution_id, person_id, skill_id)
      select p.institution_id, p.id, s.skills[1 + (p.n + k) % 200]
      from (select institution_id, id, row_number() over (partition by institution_id order by id) as n from person) p
      join (select institution_id, array_agg(id) as skills from skill group by 1) s on s.institution_id = p.institution_id
      cross join generate_series(0, 1) k;`);
  const { rows } = await owner.query<{ institution_id: string; id: string }>(
    `select p.institution_id, p.id from person p join institution i on i.id = p.institution_id order by i.created_at, p.id limit 1`,
  );
  const [me] = rows;
  if (!me) throw new Error('nobody was made');
  await owner.query(
    `with made as (insert into account (id, email, created_at) values (uuidv7(), 'bench@one.example', now()) returning id),
     linked as (insert into account_person (account_id, institution_id, person_id) select id, $2, $3 from made)
     insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
     select uuidv7(), $1, id, $2, $3, now(), now() + interval '1 day' from made`,
    [createHash('sha256').update(secret).digest(), me.institution_id, me.id],
  );
  await owner.query(
    `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'coordinator', current_date - 1)`,
    [me.institution_id, me.id],
  );
  const samples = await owner.query<LoadedDirectory['samples'][number]>(
    `select given_name as given, family_name as family, staff_number as "staffNumber", job_title as "jobTitle"
     from person where institution_id = $1 order by md5(id::text) limit 2000`,
    [me.institution_id],
  );
  await owner.query('vacuum analyze');
  await owner.end();
  return { institutionId: me.institution_id, cookie: `__Host-waymark=${secret}`, samples: samples.rows };
};
