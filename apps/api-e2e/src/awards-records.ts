import { offerAwards } from '@waymark/api-funding';
import { Transactions, type Tx } from '@waymark/api-platform';
import type { ApplicationStatus } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import type { Harness, SignedIn } from './harness';

/** A call that has decided, with its pot. */
export interface CallRecord {
  institutionId: string;
  callId: string;
  potId: string;
  costCodeId: string;
}

export interface CallFacts {
  budgetPence?: number;
  fundedPence?: number;
  partAwards?: boolean;
  reserveUntil?: string;
  claimBy?: string;
  status?: string;
}

export interface ApplicationFacts {
  personId?: string;
  status?: ApplicationStatus;
  askedPence?: number;
  leastPence?: number;
  reserveRank?: number;
  onAbstract?: boolean;
  startsOn?: string;
  endsOn?: string;
  upFrontPence?: number;
  upFrontBy?: string;
}

/** As the system itself, in an institution: what other slices do with what awards give them. */
export const within = <T>(harness: Harness, institutionId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  harness.application.get(Transactions).run({ institutionId, personId: null, correlationId: null }, work);

/** Calls, applications and awards as they stand after a decision; what does not matter to a test has a value that is right. */
export class AwardsRecords {
  private count = 0;

  constructor(
    private readonly harness: Harness,
    readonly institutionId: string,
    readonly officer: SignedIn,
  ) {}

  async call(facts: CallFacts = {}): Promise<CallRecord> {
    const { harness, institutionId, officer } = this;
    this.count += 1;
    const name = `Awards fund ${this.count}`;
    const code = `TS-${randomUUIDv7().slice(-8)}`;
    const codes = await harness.post('funding/cost-codes', officer, { code, name: 'Technical services' });
    const costCodeId =
      (codes.body as { rows: { id: string; code: string }[] }).rows.find((row) => row.code === code)?.id ?? '';
    const pot = await harness.post('funding/pots', officer, { name, financialYear: 2026, costCodeId });
    const potId = (pot.body as { id: string }).id;
    const fundedPence = facts.fundedPence ?? 1_000_000;
    if (fundedPence > 0)
      await harness.post(`funding/pots/${potId}/fund`, officer, {
        amountPence: fundedPence,
        reason: 'From the faculty',
      });
    const callId = randomUUIDv7();
    await harness.sql(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, $3, 'yearly', $4, $5, $6, '2027-01-05T09:00:00Z', '2027-02-27T17:00:00Z', 7, '2027-03-06T17:00:00Z',
         '2027-03-31', $7, $8, 1, $9, $2, '2027-01-05T09:00:00Z', $10, 1)`,
      [
        ...[institutionId, callId, name, facts.status ?? 'decided', potId, facts.budgetPence ?? 1_000_000],
        ...[
          facts.reserveUntil ?? '2027-09-30',
          facts.claimBy ?? '2028-01-31',
          JSON.stringify(letters),
          officer.personId,
        ],
      ],
    );
    await harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
      [institutionId, callId, JSON.stringify({ ...terms, partAwards: facts.partAwards ?? true }), officer.personId],
    );
    return { institutionId, callId, potId, costCodeId };
  }

  /** Applications, submitted and judged; each by a person of their own where none is named. */
  async applications(callId: string, all: readonly ApplicationFacts[]): Promise<{ id: string; personId: string }[]> {
    const { harness, institutionId } = this;
    const rows = all.map((facts) => {
      this.count += 1;
      const asked = facts.askedPence ?? 50_000;
      return {
        id: randomUUIDv7(),
        person: facts.personId ?? randomUUIDv7(),
        made: facts.personId === undefined,
        reference: `CF26-${String(this.count).padStart(4, '0')}`,
        status: facts.status ?? 'awarded',
        rank: facts.reserveRank ?? null,
        asked,
        least: facts.leastPence ?? asked,
        starts: facts.startsOn ?? '2027-06-08',
        ends: facts.endsOn ?? facts.startsOn ?? '2027-06-10',
        document: documentOf(facts, asked),
      };
    });
    const json = JSON.stringify(rows);
    await harness.sql(
      `insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
       select $1, r.person, 'Rowan', 'Pipette ' || r.reference, r.person || '@college.example', true, now(), 1
       from jsonb_to_recordset($2::jsonb) as r(person uuid, made boolean, reference text) where r.made`,
      [institutionId, json],
    );
    await harness.sql(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, reserve_rank, created_at, version)
       select $1, r.id, $2, r.person, r.reference, r.status, false, '{}', 1, now(), r.rank, now(), 1
       from jsonb_to_recordset($3::jsonb) as r(id uuid, person uuid, reference text, status text, rank int)`,
      [institutionId, callId, json],
    );
    await harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       select $1, r.id, 1, r.document, 1, r.asked, r.least, 'Society for Glass', r.starts, r.ends, '[]', now(), r.person
       from jsonb_to_recordset($2::jsonb) as r(id uuid, person uuid, document jsonb, asked bigint, least bigint, starts date, ends date)`,
      [institutionId, json],
    );
    await harness.sql(
      `update application set submission_number = 1 where institution_id = $1 and id = any ($2::uuid[])`,
      [institutionId, rows.map(({ id }) => id)],
    );
    return rows.map(({ id, person }) => ({ id, personId: person }));
  }

  /** The published scenario in which those of the reserve list stand. */
  async published(callId: string): Promise<void> {
    const { harness, institutionId, officer } = this;
    const [scenarioId, other] = [randomUUIDv7(), await harness.person(institutionId)];
    await harness.sql(
      `insert into scenario (institution_id, id, call_id, name, status, method, parameters, computing, made_by, made_at, proposed_by,
         proposed_at, decided_by, decided_at, published_at, version)
       values ($1, $2, $3, 'A', 'published', 'by-rank', '{}', 'done', $4, now(), $4, now(), $5, now(), now(), 1)`,
      [institutionId, scenarioId, callId, officer.personId, other],
    );
    await harness.sql(
      `insert into scenario_line (institution_id, scenario_id, application_id, rank, score, asked_pence, least_pence, outcome,
         amount_pence, reserve_rank, reason, overridden)
       select a.institution_id, $2, a.id, row_number() over (order by a.reserve_rank nulls first, a.id), 745, s.asked_pence,
         s.least_pence, case a.status when 'reserve' then 'reserve' else 'awarded' end,
         case a.status when 'reserve' then 0 else s.asked_pence end, a.reserve_rank, $4, false
       from application a join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
       where a.institution_id = $1 and a.call_id = $3 and a.status in ('awarded', 'reserve')`,
      [
        ...[institutionId, scenarioId, callId],
        JSON.stringify({
          decidedBy: 'budget-spent',
          facts: {},
          score: { needed: 810, awardPence: 50_000 },
          budget: { needed: 50_000, awardPence: 50_000 },
          least: null,
        }),
      ],
    );
  }

  /** An application with an award offered on it, and its person signed in. */
  async award(
    call: CallRecord,
    facts: ApplicationFacts & { amountPence?: number } = {},
  ): Promise<{ awardId: string; applicationId: string; person: SignedIn }> {
    const [application] = await this.applications(call.callId, [facts]);
    if (!application) throw new Error('an application was made');
    const amountPence = facts.amountPence ?? facts.askedPence ?? 50_000;
    await this.offer(call.callId, [{ applicationId: application.id, amountPence }]);
    const [row] = await this.harness.sql<{ id: string }>('select id from award where application_id = $1', [
      application.id,
    ]);
    return {
      awardId: row?.id ?? '',
      applicationId: application.id,
      person: await this.harness.signIn(this.institutionId, application.personId),
    };
  }

  /** An accepted award of somebody, with an approved claim in an open batch. */
  async underWay(personId: string): Promise<{ fundAward: string; claim: string; batch: string }> {
    const { harness, institutionId } = this;
    const call = await this.call();
    const { awardId } = await this.award(call, { personId });
    const [claim, batch] = [randomUUIDv7(), randomUUIDv7()];
    const decider = await harness.person(institutionId);
    await harness.sql(`update award set status = 'accepted' where id = $1`, [awardId]);
    await harness.sql(
      `insert into payment_batch (institution_id, id, number, status, made_by, made_at, version) values ($1, $2, 900, 'open', $3, now(), 1)`,
      [institutionId, batch, decider],
    );
    await harness.sql(
      `insert into claim (institution_id, id, award_id, number, kind, last, status, lines, claimed_pence, settles_pence, cost_code_id,
         submitted_at, decided_by, decided_at, batch_id, created_at, version)
       values ($1, $2, $3, 1, 'claim', false, 'approved', '[]', 100, 0, $4, now(), $5, now(), $6, now(), 1)`,
      [institutionId, claim, awardId, call.costCodeId, decider, batch],
    );
    return { fundAward: awardId, claim, batch };
  }

  offer(callId: string, offers: readonly { applicationId: string; amountPence: number }[]): Promise<void> {
    return within(this.harness, this.institutionId, (tx) => offerAwards(tx, callId, offers));
  }
}

/**
 * What must hold of the books whatever happened: balances that a trigger keeps are what the ledger adds up to, every entry adds up
 * to nothing, an award's figures add up, and no call gave away more than its budget.
 */
export const faultsOfBooks = async (harness: Harness): Promise<unknown[]> =>
  (
    await Promise.all([
      harness.sql(
        `select p.id as pot from pot p join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
         where (p.available_pence, p.committed_pence, p.spent_pence) <> (f.available_pence, f.committed_pence, f.spent_pence)
           or f.funded_pence <> f.available_pence + f.committed_pence + f.spent_pence`,
      ),
      harness.sql(
        `select entry_id as entry from ledger_line group by entry_id having sum(amount_pence) <> 0 or count(*) < 2`,
      ),
      harness.sql(
        `select award_id as award from award_figures where awarded_pence <> committed_pence + spent_pence + released_pence
           or least(committed_pence, spent_pence, released_pence, advanced_pence) < 0`,
      ),
      harness.sql(
        `select c.id as call from call c join award a on a.institution_id = c.institution_id and a.call_id = c.id
         join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id
         group by c.institution_id, c.id, c.budget_pence having sum(f.committed_pence + f.spent_pence) > c.budget_pence`,
      ),
    ])
  ).flat();

const letters = Object.fromEntries(
  ['awarded', 'part-awarded', 'reserve', 'unsuccessful', 'ineligible', 'unendorsed', 'call-cancelled'].map((kind) => [
    kind,
    '',
  ]),
);

const criterionId = '019a0000-0000-7000-8000-000000000001';
const terms = {
  capPence: 100_000_000,
  audience: { techniciansOnly: false, unitIds: [], gradeIds: [] },
  rules: [],
  criteria: [{ id: criterionId, name: 'Benefit', guidance: 'What it brings.', weight: 100 }],
  questions: [],
  blind: true,
  reviewersEach: 3,
  partAwards: true,
  bar: 500,
  caseWordsMost: 300,
  objectivesLeast: 1,
};

const documentOf = (facts: ApplicationFacts, askedPence: number) => ({
  event: {
    name: 'Society for Glass',
    place: 'Leeds',
    startsOn: facts.startsOn ?? '2027-06-08',
    endsOn: facts.endsOn ?? facts.startsOn ?? '2027-06-10',
    link: '',
    as: 'poster',
    onAbstract: facts.onAbstract ?? false,
  },
  costs: [
    {
      id: '019a0000-0000-7000-8000-000000000002',
      category: 'travel',
      what: 'Train',
      note: '',
      amountPence: askedPence,
      foreign: null,
    },
  ],
  otherFunding: [],
  leastPence: facts.leastPence ?? askedPence,
  upFront: { amountPence: facts.upFrontPence ?? 0, by: facts.upFrontBy ?? 'nothing' },
  case: 'It matters.',
  objectives: ['To learn'],
  sharing: { way: 'staff-meeting', how: '' },
  answers: {},
});
