import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/* A call in moderation, every review locked: what the allocation workbench begins with. */

/** Amounts in pounds, scores in tenths of a percent: the call of the workbench's design, worked out there by hand. */
export const scored: readonly [name: string, unit: string, score: number, asked: number, least: number][] = [
  ['Rowan Pipette', 'Sciences', 912, 780, 500],
  ['Tamsin Torque', 'Engineering', 897, 640, 640],
  ['Anjali Anode', 'Sciences', 889, 1480, 900],
  ['Dai Spanner', 'Engineering', 874, 520, 380],
  ['Wren Lathe', 'Engineering', 866, 910, 600],
  ['Perry Petri', 'Life sciences', 851, 460, 460],
  ['Ivy Crucible', 'Sciences', 843, 870, 550],
  ['Kwame Kiln', 'Arts and digital', 838, 690, 450],
  ['Juniper Calliper', 'Engineering', 829, 730, 500],
  ['Linnet Lens', 'Sciences', 821, 1240, 800],
  ['Glen Gauge', 'Engineering', 814, 1390, 950],
  ['Mei Manometer', 'Sciences', 806, 980, 620],
  ['Clover Cuvette', 'Life sciences', 797, 850, 520],
  ['Heath Fixture', 'Engineering', 788, 560, 400],
  ['Zofia Zener', 'Engineering', 779, 740, 480],
  ['Reed Reagent', 'Sciences', 772, 612, 420],
  ['Bay Bobbin', 'Arts and digital', 761, 690, 430],
  ['Marsh Manifold', 'Engineering', 753, 1310, 700],
  ['Skye Stirrer', 'Life sciences', 746, 820, 540],
  ['Ash Micrometer', 'Sciences', 731, 960, 600],
  ['Fern Beaker', 'Life sciences', 702, 430, 300],
  ['Yusuf Yoke', 'Sciences', 688, 1050, 700],
  ['Idris Incubator', 'Life sciences', 654, 580, 400],
  ['Jasper Jig', 'Arts and digital', 471, 720, 450],
];

const terms = {
  capPence: 200_000,
  audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
  rules: [],
  criteria: [{ id: '01890000-0000-7000-8000-000000000001', name: 'Benefit', guidance: '', weight: 100 }],
  questions: [],
  blind: false,
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
  unsuccessful: '',
  ineligible: '',
  unendorsed: '',
  'call-cancelled': '',
};

/** The institution of the demonstration that the sign-in page's people belong to. */
export const institutionOf = async (owner: pg.Pool, role: string): Promise<string> => {
  const { rows } = await owner.query<{ id: string }>(
    `select h.institution_id as id from role_held h join institution i on i.id = h.institution_id
     where i.demonstration and h.role = $1 order by i.name limit 1`,
    [role],
  );
  return rows[0]?.id ?? '';
};

/** A call with so many scored applications out of a pot; with no rows, a call that nobody has scored. */
export const callToAllocate = async (
  owner: pg.Pool,
  {
    institutionId,
    potId,
    name,
    budgetPence,
  }: { institutionId: string; potId: string; name: string; budgetPence: number },
  rows: typeof scored = scored,
  status = 'moderation',
): Promise<string> => {
  const callId = randomUUID();
  const { rows: found } = await owner.query<{ id: string }>(
    `select person_id as id from role_held where institution_id = $1 and role = 'coordinator' limit 1`,
    [institutionId],
  );
  const coordinator = found[0]?.id;
  await owner.query(
    `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
       endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
     values ($1, $2, $3, 'yearly', $4, $5, $6, now() - interval '60 days', now() - interval '30 days', 7,
       now() - interval '20 days', current_date + 7, current_date + 90, current_date + 200, 1, $7, $2, now(), $8, 1)`,
    [institutionId, callId, name, status, potId, budgetPence, JSON.stringify(letters), coordinator],
  );
  await owner.query(
    `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
    [institutionId, callId, JSON.stringify(terms), coordinator],
  );
  if (rows.length === 0) return callId;
  for (const unit of new Set(rows.map(([, each]) => each)))
    await owner.query(`insert into unit (institution_id, id, name) values ($1, $2, $3) on conflict do nothing`, [
      ...[institutionId, randomUUID(), unit],
    ]);
  const made = JSON.stringify(
    rows.map(([who, unit, score, asked, least], at) => ({
      ...{
        id: randomUUID(),
        person: randomUUID(),
        given: who.split(' ')[0],
        family: who.split(' ').slice(1).join(' '),
      },
      reference: `${callId.slice(0, 6)}-${String(at + 1).padStart(4, '0')}`,
      ...{ unit, score, asked: asked * 100, least: least * 100 },
    })),
  );
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, unit_id, technician, created_at, version)
     select $1, r.person, r.given, r.family, r.person || '@college.example',
       (select u.id from unit u where u.institution_id = $1 and u.name = r.unit and u.parent_id is null), true, now(), 1
     from jsonb_to_recordset($2::jsonb) as r(person uuid, given text, family text, unit text)`,
    [institutionId, made],
  );
  await owner.query(
    `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
       draft_saved_at, created_at, version)
     select $1, r.id, $2, r.person, r.reference, 'scored', true, '{}', 1, now(), now(), 1
     from jsonb_to_recordset($3::jsonb) as r(id uuid, person uuid, reference text)`,
    [institutionId, callId, made],
  );
  await owner.query(
    `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
       event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
     select $1, r.id, 1, '{"event": {"onAbstract": false}}', 1, r.asked, r.least, 'Zebrafish Facilities Meeting',
       current_date + 60, current_date + 62, '[]', now(), r.person
     from jsonb_to_recordset($2::jsonb) as r(id uuid, person uuid, asked bigint, least bigint)`,
    [institutionId, made],
  );
  await owner.query(`update application set submission_number = 1 where institution_id = $1 and call_id = $2`, [
    ...[institutionId, callId],
  ]);
  const panel = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
     select $1, p.id, 'Reader', 'Number' || p.n, p.id || '@college.example', false, now(), 1
     from unnest($2::uuid[]) with ordinality as p(id, n)`,
    [institutionId, panel],
  );
  await owner.query(
    `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
     select $1, $2, p.id, p.n = 1, now(), $4 from unnest($3::uuid[]) with ordinality as p(id, n)`,
    [institutionId, callId, panel, coordinator],
  );
  // Three reviews that add up to three times the score.
  await owner.query(
    `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
       private_comment, assigned_at, submitted_at, version)
     select $1, uuidv7(), $2, r.id, p.id, 'locked', '{}', r.score + case p.n when 1 then -1 when 2 then 1 else 0 end, '', '',
       now(), now(), 1
     from jsonb_to_recordset($3::jsonb) as r(id uuid, score int) cross join unnest($4::uuid[]) with ordinality as p(id, n)`,
    [institutionId, callId, made, panel],
  );
  return callId;
};
