import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

/** What the list benchmark asks for, and as whom. */
export interface LoadedPeople {
  institutionId: string;
  cookie: string;
}

/** Ten institutions of 2,000 people each, with units, grades, managers and roles; a coordinator signed in to the first. */
export const loadPeople = async (ownerUrl: string): Promise<LoadedPeople> => {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const secret = randomBytes(32).toString('base64url');
  await owner.query(`
    insert into institution (id, name, nation, time_zone, created_at)
      select uuidv7(), 'Institution ' || n, 'england-and-wales', 'Europe/London', now() + n * interval '1 second' from generate_series(1, 10) n;
    insert into unit (institution_id, id, name) select i.id, uuidv7(), 'Unit ' || n from institution i, generate_series(1, 20) n;
    insert into grade (institution_id, id, name, position) select i.id, uuidv7(), 'Grade ' || n, n from institution i, generate_series(0, 8) n;
    insert into person (institution_id, id, given_name, family_name, email, job_title, unit_id, grade_id, technician, created_at, version)
      select i.id, uuidv7(), 'Given' || n % 97, 'Family' || md5(n::text), 'p' || n || '@' || right(i.id::text, 6) || '.example', 'Technician',
        (array(select u.id from unit u where u.institution_id = i.id order by u.id))[1 + n % 20],
        (array(select g.id from grade g where g.institution_id = i.id order by g.id))[1 + n % 9], true, now(), 1
      from institution i, generate_series(1, 2000) n;
    update person p set line_manager_id = m.id from (
        select institution_id, id, row_number() over (partition by institution_id order by id) as n from person) m,
      (select institution_id, id, row_number() over (partition by institution_id order by id) as n from person) x
      where p.institution_id = x.institution_id and p.id = x.id and m.institution_id = x.institution_id and m.n = 1 + x.n % 50 and m.id <> p.id;
    insert into role_held (institution_id, id, person_id, role, held_from)
      select institution_id, uuidv7(), id, 'coordinator', current_date - 30 from (
        select institution_id, id, row_number() over (partition by institution_id order by id) as n from person) x where n % 100 = 1;
    insert into account (id, email, created_at) select p.id, p.email, now() from person p;
    insert into account_person (account_id, institution_id, person_id) select id, institution_id, id from person;
    insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
      select uuidv7(), sha256(id::text::bytea), id, institution_id, id, now(), now() + interval '1 day' from person;
  `);
  const { rows } = await owner.query<{ institution_id: string; person_id: string }>(
    `select h.institution_id, h.person_id from role_held h join institution i on i.id = h.institution_id order by i.created_at, h.person_id limit 1`,
  );
  const coordinator = rows[0];
  if (!coordinator) throw new Error('no coordinator was made');
  await owner.query(
    `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
     values (uuidv7(), $1, $3, $2, $3, now(), now() + interval '1 day')`,
    [createHash('sha256').update(secret).digest(), coordinator.institution_id, coordinator.person_id],
  );
  await owner.query('vacuum analyze');
  await owner.end();
  return { institutionId: coordinator.institution_id, cookie: `__Host-waymark=${secret}` };
};
