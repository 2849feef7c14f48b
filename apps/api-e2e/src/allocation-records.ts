import { randomUUIDv7 } from 'node:crypto';
import type { Harness, SignedIn } from './harness';

/** The call of the allocation workbench's mockup; amounts in pounds, scores in tenths of a percent. */
export const mockupRows: readonly [name: string, unit: string, score: number, asked: number, least: number][] = [
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

export const letters = {
  awarded: 'Have a good journey.',
  'part-awarded': 'We hope that this helps.',
  reserve: 'Last year two places came free.',
  unsuccessful: 'The next call opens in January.',
  ineligible: '',
  unendorsed: '',
  'call-cancelled': '',
};
export const terms = {
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

/** What each of them sent, but for the amounts, which stand beside it. */
const document = {
  event: {
    ...{ name: 'Glass Week', place: 'Fellmouth', startsOn: '2026-07-06', endsOn: '2026-07-08', link: '' },
    ...{ as: 'attending', onAbstract: false },
  },
  costs: [
    {
      ...{ id: randomUUIDv7(), category: 'registration', what: 'Full meeting', note: '' },
      ...{ amountPence: 82_000, foreign: null },
    },
  ],
  otherFunding: [],
  leastPence: 54_000,
  upFront: { amountPence: 0, by: 'nothing' },
  case: 'I look after the workshop for four research groups.',
  objectives: ['Learn the method well enough to teach it'],
  sharing: { way: 'staff-meeting', how: '' },
  answers: {},
};

export interface ModeratedCall {
  callId: string;
  potId: string;
  /** By name. */
  applications: ReadonlyMap<string, { id: string; personId: string }>;
  panel: readonly string[];
}

/** Calls in moderation, every review locked, as E's moderation leaves them. */
export class AllocationRecords {
  private count = 0;

  constructor(
    private readonly harness: Harness,
    readonly institutionId: string,
    readonly officer: SignedIn,
  ) {}

  async pot(pence: number): Promise<string> {
    this.count += 1;
    const code = `TS-${randomUUIDv7().slice(-8)}`;
    const codes = await this.harness.post('funding/cost-codes', this.officer, { code, name: 'Technical services' });
    const { rows } = codes.body as { rows: { id: string; code: string }[] };
    const costCodeId = rows.find((row) => row.code === code)?.id;
    const made = await this.harness.post('funding/pots', this.officer, {
      ...{ name: `Conference fund ${this.count}`, financialYear: 2026, costCodeId },
    });
    const { id } = made.body as { id: string };
    if (pence > 0)
      await this.harness.post(`funding/pots/${id}/fund`, this.officer, {
        amountPence: pence,
        reason: 'From the faculty',
      });
    return id;
  }

  /** Each application has three reviews that add up to three times its score. */
  async call(
    facts: {
      rows?: typeof mockupRows;
      budgetPence?: number;
      potPence?: number;
      potId?: string;
      status?: string;
      terms?: Partial<typeof terms>;
    } = {},
  ): Promise<ModeratedCall> {
    const { harness, institutionId, officer } = this;
    const rows = facts.rows ?? mockupRows;
    const potId = facts.potId ?? (await this.pot(facts.potPence ?? 1_840_000));
    this.count += 1;
    const callId = randomUUIDv7();
    await harness.sql(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, $3, 'yearly', $4, $5, $6, '2026-01-05T09:00:00Z', '2026-02-27T17:00:00Z', 7, '2026-03-06T17:00:00Z',
         '2026-05-29', '2026-09-30', '2027-02-01', 1, $7, $2, '2026-01-05T09:00:00Z', $8, 1)`,
      [
        ...[institutionId, callId, `Conference fund 2026 ${this.count}`, facts.status ?? 'moderation', potId],
        ...[facts.budgetPence ?? 1_500_000, JSON.stringify(letters), officer.personId],
      ],
    );
    await harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
      [institutionId, callId, JSON.stringify({ ...terms, ...facts.terms }), officer.personId],
    );
    const panel = [];
    for (let at = 0; at < 3; at += 1) panel.push(await harness.person(institutionId, { name: `Reader Number${at}` }));
    await harness.sql(
      `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
       select $1, $2, p.id, p.n = 1, now(), $4 from unnest($3::uuid[]) with ordinality as p(id, n)`,
      [institutionId, callId, panel, officer.personId],
    );
    const units = new Map<string, string>();
    for (const { id, name } of await harness.sql<{ id: string; name: string }>(
      `select id, name from unit where institution_id = $1`,
      [institutionId],
    ))
      units.set(name, id);
    for (const [, unit] of rows) if (!units.has(unit)) units.set(unit, await harness.unit(institutionId, unit));
    const made = rows.map(([name, unit, score, asked, least], at) => ({
      ...{ id: randomUUIDv7(), person: randomUUIDv7(), given: name.split(' ')[0], family: name.split(' ')[1] },
      reference: `CF${this.count}-${String(at + 1).padStart(4, '0')}`,
      ...{ unit: units.get(unit), score, asked: asked * 100, least: least * 100 },
    }));
    const json = JSON.stringify(made);
    await harness.sql(
      `insert into person (institution_id, id, given_name, family_name, email, unit_id, technician, created_at, version)
       select $1, r.person, r.given, r.family, r.person || '@college.example', r.unit, true, now(), 1
       from jsonb_to_recordset($2::jsonb) as r(person uuid, given text, family text, unit uuid)`,
      [institutionId, json],
    );
    await harness.sql(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, created_at, version)
       select $1, r.id, $2, r.person, r.reference, 'scored', true, '{}', 1, now(), now(), 1
       from jsonb_to_recordset($3::jsonb) as r(id uuid, person uuid, reference text)`,
      [institutionId, callId, json],
    );
    await harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       select $1, r.id, 1, $3, 1, r.asked, r.least, 'Glass Week', '2026-07-06', '2026-07-08', '[]', now(),
         r.person from jsonb_to_recordset($2::jsonb) as r(id uuid, person uuid, asked bigint, least bigint)`,
      [institutionId, json, JSON.stringify(document)],
    );
    await harness.sql(`update application set submission_number = 1 where institution_id = $1 and call_id = $2`, [
      ...[institutionId, callId],
    ]);
    await harness.sql(
      `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
         private_comment, assigned_at, submitted_at, version)
       select $1, uuidv7(), $2, r.id, p.id, 'locked', '{}', r.score + case p.n when 1 then -1 when 2 then 1 else 0 end, '', '', now(),
         now(), 1
       from jsonb_to_recordset($3::jsonb) as r(id uuid, score int) cross join unnest($4::uuid[]) with ordinality as p(id, n)`,
      [institutionId, callId, json, panel],
    );
    return {
      ...{ callId, potId, panel },
      applications: new Map(
        rows.map(([name], at) => [name, { id: made[at]?.id ?? '', personId: made[at]?.person ?? '' }]),
      ),
    };
  }
}
