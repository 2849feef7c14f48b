import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

/** A call in moderation at full size, and who is signed in. */
export interface LoadedCall {
  institutionId: string;
  callId: string;
  potId: string;
  unitIds: readonly string[];
  coordinator: string;
  lead: string;
}

const terms = {
  capPence: 200_000,
  audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
  rules: [],
  criteria: [{ id: '01890000-0000-7000-8000-000000000001', name: 'Benefit', guidance: '', weight: 100 }],
  questions: [],
  blind: true,
  reviewersEach: 3,
  partAwards: true,
  bar: 500,
  caseWordsMost: 300,
  objectivesLeast: 1,
};
const letters = {
  awarded: 'Have a good journey.',
  'part-awarded': '',
  reserve: '',
  unsuccessful: 'The next call opens in January.',
  ineligible: '',
  unendorsed: '',
  'call-cancelled': '',
};

/**
 * One institution with 8 faculties of 5 schools, 9 grades, a pot with money, and a call in moderation: so many applications by as
 * many people, three locked reviews each by a panel of 60. Scores and amounts are strewn, and the same each time. Set-based: a few
 * seconds for 6,000. `owner` connects as the owner of the database.
 */
export const loadFundCall = async (
  owner: Pick<pg.Pool, 'query'>,
  { applications, budgetPence, now = new Date() }: { applications: number; budgetPence: number; now?: Date },
): Promise<LoadedCall> => {
  const one = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> => {
    const { rows } = await owner.query<Row>(text, values);
    if (!rows[0]) throw new Error('nothing was made');
    return rows[0];
  };
  const { id: institutionId } = await one<{ id: string }>(
    `insert into institution (id, name, nation, time_zone, created_at)
     values (uuidv7(), 'Harbour University', 'england-and-wales', 'Europe/London', now()) returning id`,
  );
  await owner.query(
    `with root as (insert into unit (institution_id, id, name) values ($1, uuidv7(), 'University') returning id),
       faculties as (insert into unit (institution_id, id, parent_id, name)
         select $1, uuidv7(), root.id, 'Faculty ' || n from root, generate_series(1, 8) n returning id, name)
     insert into unit (institution_id, id, parent_id, name)
       select $1, uuidv7(), f.id, 'School ' || n || ' of ' || f.name from faculties f, generate_series(1, 5) n`,
    [institutionId],
  );
  await owner.query(
    `insert into grade (institution_id, id, name, position) select $1, uuidv7(), 'Grade ' || n, n from generate_series(0, 8) n`,
    [institutionId],
  );
  // Applicants, the panel, then the coordinator and the lead.
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, unit_id, grade_id, technician, created_at, version)
     select $1, uuidv7(), 'Given' || n % 97, 'Family' || n, 'p' || n || '@harbour.example',
       u.ids[1 + (n * 7 + n / 40) % cardinality(u.ids)], g.ids[1 + (n * 5 + n / 9) % cardinality(g.ids)], true, now(), 1
     from generate_series(1, $2::int + 62) n,
       (select array_agg(id order by name) as ids from unit where institution_id = $1 and name like 'School%') u,
       (select array_agg(id order by position) as ids from grade where institution_id = $1) g`,
    [institutionId, applications],
  );
  const { ids } = await one<{ ids: string[] }>(
    `select array_agg(id order by substr(split_part(email, '@', 1), 2)::int) as ids from person where institution_id = $1`,
    [institutionId],
  );
  const [applicants, panel] = [ids.slice(0, applications), ids.slice(applications, applications + 60)];
  const [coordinatorId = '', leadId = ''] = ids.slice(applications + 60);
  const { id: potId } = await one<{ id: string }>(
    `with code as (insert into cost_code (institution_id, id, code, name, active, version)
         values ($1, uuidv7(), 'TS-1042', 'Technical services', true, 1) returning id)
     insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
       select $1, uuidv7(), 'Conference fund', 2026, code.id, 'open', now(), $2, 1 from code returning id`,
    [institutionId, coordinatorId],
  );
  await owner.query(
    `with entry as (insert into ledger_entry (institution_id, id, kind, at, day, reason, made_by)
         values ($1, uuidv7(), 'fund', now(), current_date, 'From the faculties', $3) returning id)
     insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
       select $1, entry.id, l.number, $2, l.account, p.cost_code_id, l.pence
       from entry, pot p, (values (1, 'source', -$4::bigint), (2, 'available', $4::bigint)) l(number, account, pence)
       where p.institution_id = $1 and p.id = $2`,
    [institutionId, potId, coordinatorId, budgetPence],
  );
  const { id: callId } = await one<{ id: string }>(
    `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days, endorse_by,
       decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
     select $1, made.id, 'Conference fund 2026', 'yearly', 'moderation', $2, $3, $4::timestamptz - interval '90 days',
       $4::timestamptz - interval '60 days', 7, $4::timestamptz - interval '50 days', ($4::timestamptz + interval '7 days')::date,
       ($4::timestamptz + interval '120 days')::date, ($4::timestamptz + interval '240 days')::date, 1, $5, made.id, now(), $6, 1
     from (select uuidv7() as id) made returning id`,
    [institutionId, potId, budgetPence, now, JSON.stringify(letters), coordinatorId],
  );
  await owner.query(
    `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
    [institutionId, callId, JSON.stringify(terms), coordinatorId],
  );
  await owner.query(
    `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
     select $1, $2, p.id, p.n = 1, now(), $4 from unnest($3::uuid[]) with ordinality p(id, n)`,
    [institutionId, callId, panel, coordinatorId],
  );
  await owner.query(
    `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version, draft_saved_at,
       created_at, version)
     select $1, uuidv7(), $2, p.id, 'CF26-' || lpad(p.n::text, 5, '0'), 'scored', true, '{}', 1, now(), now(), 1
     from unnest($3::uuid[]) with ordinality p(id, n)`,
    [institutionId, callId, applicants],
  );
  await owner.query(
    `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
       event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
     select $1, a.id, 1, jsonb_build_object('event', jsonb_build_object('name', 'Meeting ' || a.reference, 'onAbstract', false),
         'case', repeat('What would be learned, and for whom. ', 40)), 1, 20000 + (h.n % 1800) * 100,
       round((20000 + (h.n % 1800) * 100) * (0.5 + (h.n / 1800 % 50) / 100.0)), 'Meeting ' || a.reference,
       current_date + 60, current_date + 63, '[]', now(), a.person_id
     from application a cross join lateral (select ('x' || substr(md5(a.reference), 1, 7))::bit(28)::int as n) h
     where a.institution_id = $1 and a.call_id = $2`,
    [institutionId, callId],
  );
  await owner.query(`update application set submission_number = 1 where institution_id = $1 and call_id = $2`, [
    institutionId,
    callId,
  ]);
  await owner.query(
    `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
       private_comment, assigned_at, submitted_at, version)
     select $1, uuidv7(), $2, a.id, ($3::uuid[])[1 + (a.n + r.n * 20) % 60], 'locked', '{}',
       least(1000, greatest(0, 350 + (('x' || substr(md5(a.reference), 1, 7))::bit(28)::int % 600)
         + (('x' || substr(md5(a.reference || r.n), 1, 7))::bit(28)::int % 121) - 60)),
       'A clear case.', '', now(), now(), 1
     from (select id, reference, row_number() over (order by reference) as n from application
       where institution_id = $1 and call_id = $2) a, generate_series(0, 2) r(n)`,
    [institutionId, callId, panel],
  );
  const signedIn = async (personId: string, role: string): Promise<string> => {
    const secret = randomBytes(24).toString('base64url');
    await owner.query(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, $3, current_date - 1)`,
      [institutionId, personId, role],
    );
    await owner.query(
      `insert into account (id, email, created_at) values ($1::uuid, $1::uuid || '@accounts.example', now())`,
      [personId],
    );
    await owner.query(`insert into account_person (account_id, institution_id, person_id) values ($2, $1, $2)`, [
      institutionId,
      personId,
    ]);
    await owner.query(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       values (uuidv7(), $3, $2, $1, $2, now(), now() + interval '1 day')`,
      [institutionId, personId, createHash('sha256').update(secret).digest()],
    );
    return `__Host-waymark=${secret}`;
  };
  const coordinator = await signedIn(coordinatorId, 'coordinator');
  const lead = await signedIn(leadId, 'programme-lead');
  const { ids: unitIds } = await one<{ ids: string[] }>(
    `select array_agg(id order by name) as ids from unit where institution_id = $1 and name like 'Faculty%'`,
    [institutionId],
  );
  await owner.query('analyze');
  return { institutionId, callId, potId, unitIds, coordinator, lead };
};
