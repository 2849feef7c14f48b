import {
  applicationView,
  type ApplicationDraft,
  type ApplicationView,
  type CallTerms,
  letterKinds,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { CallRecords } from './call-records';
import type { Harness, SignedIn } from './harness';

/** Friday 10 April 2026, 10:42 in London. The calls of these tests close a week later, at 12:00. */
export const start = new Date('2026-04-10T09:42:00.000Z');
export const closesAt = new Date('2026-04-17T11:00:00.000Z');

export const question = '00000000-0000-7000-8000-00000000a001';

export const terms = (facts: Partial<CallTerms> = {}): CallTerms => ({
  capPence: 150_000,
  audience: { techniciansOnly: false, unitIds: [], gradeIds: [] },
  rules: [
    { rule: 'one-application' },
    { rule: 'not-retrospective', days: 14 },
    { rule: 'contract-outlasts-event' },
    { rule: 'no-overdue-report' },
    { rule: 'not-funded-lately', calls: 2 },
  ],
  criteria: [{ id: '00000000-0000-7000-8000-00000000c001', name: 'Learning', guidance: '', weight: 100 }],
  questions: [],
  blind: false,
  reviewersEach: 3,
  partAwards: true,
  bar: 0,
  caseWordsMost: 300,
  objectivesLeast: 1,
  ...facts,
});

/** A draft that can be sent: £1,020.00, £150.00 of it confirmed from others. */
export const complete = (facts: Partial<ApplicationDraft> = {}): ApplicationDraft => ({
  event: {
    name: 'National Glassblowers’ Symposium',
    place: 'Durham',
    startsOn: '2026-07-06',
    endsOn: '2026-07-08',
    link: '',
    as: 'talk',
    onAbstract: false,
  },
  costs: [
    { id: randomUUIDv7(), category: 'registration', what: 'Early rate', note: '', amount: '£1,020.00', foreign: null },
  ],
  otherFunding: [{ id: randomUUIDv7(), from: 'Society travel grant', amount: '150', confirmed: true }],
  least: '550',
  upFront: { amount: '', by: 'nothing' },
  case: 'I run the glass workshop for four research groups.',
  objectives: ['Join borosilicate to quartz'],
  sharing: { way: 'demonstration', how: '' },
  answers: {},
  ...facts,
});

export interface CallFacts {
  status?: string;
  kind?: string;
  opensAt?: string;
  closesAt?: Date;
  terms?: CallTerms;
  returnGraceDays?: number;
  letters?: Record<string, string>;
}

/** Calls and applications as their people make them: by the product's own routes where there are any. */
export class ApplicationsRecords {
  readonly calls: CallRecords;

  constructor(private readonly harness: Harness) {
    this.calls = new CallRecords(harness);
  }

  async call(institutionId: string, by: string, facts: CallFacts = {}): Promise<string> {
    const id = randomUUIDv7();
    const potId = await this.calls.pot(institutionId, by, 5_000_000);
    const closes = facts.closesAt ?? closesAt;
    await this.harness.sql(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, rolls_until, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, $3, $4, $5, $6, 1000000, $7, $8, $9, $8::timestamptz + interval '7 days', '2026-05-29', '2026-09-30', '2027-01-31',
         $10, 1, $11, $2, $7, $12, 1)`,
      [
        ...[
          institutionId,
          id,
          `Conference fund ${id.slice(-6)}`,
          facts.kind ?? 'yearly',
          facts.status ?? 'open',
          potId,
        ],
        ...[facts.opensAt ?? '2026-03-02T09:00:00Z', closes, facts.returnGraceDays ?? 5],
        facts.kind === 'rolling' ? '2027-12-31' : null,
        JSON.stringify({ ...Object.fromEntries(letterKinds.map((kind) => [kind, ''])), ...facts.letters }),
        by,
      ],
    );
    await this.newTerms(institutionId, id, by, 1, facts.terms ?? terms(), facts.opensAt ?? '2026-03-02T09:00:00Z');
    return id;
  }

  /** The terms of that number, which the call has from now on. */
  async newTerms(
    institutionId: string,
    callId: string,
    by: string,
    number: number,
    its: CallTerms,
    at: string,
  ): Promise<void> {
    await this.harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, $3, $4, $5, $6)`,
      [institutionId, callId, number, JSON.stringify(its), at, by],
    );
    await this.harness.sql(`update call set terms_number = $2 where id = $1`, [callId, number]);
  }

  async extension(institutionId: string, callId: string, personId: string, by: string, until: string): Promise<void> {
    await this.harness.sql(
      `insert into call_extension (institution_id, id, call_id, person_id, until, reason, granted_by, granted_at)
       values ($1, $2, $3, $4, $5, 'Away with the ship', $6, now())`,
      [institutionId, randomUUIDv7(), callId, personId, until, by],
    );
  }

  /** A report that somebody owes. */
  async obligation(
    institutionId: string,
    personId: string,
    dueOn: string,
    subject = 'Saltmarsh kiln day',
  ): Promise<void> {
    await this.harness.sql(
      `insert into obligation (institution_id, id, person_id, source_kind, source_id, subject, event_ends_on, due_on, status, created_at, version)
       values ($1, $2, $3, 'workshop', $2, $4, $5::date - 30, $5, 'due', now(), 1)`,
      [institutionId, randomUUIDv7(), personId, subject, dueOn],
    );
  }

  begin = async (callId: string, as: SignedIn): Promise<ApplicationView> => {
    const answer = await this.harness.post(`funding/calls/${callId}/applications`, as);
    if (answer.status !== 201) throw new Error(`beginning answers ${answer.status} ${JSON.stringify(answer.body)}`);
    return applicationView.parse(answer.body);
  };

  /** Begun and saved, ready to be sent; `draftVersion` 2. */
  written = async (callId: string, as: SignedIn, draft = complete()): Promise<ApplicationView> => {
    const { id, draftVersion } = await this.begin(callId, as);
    const saved = await this.harness.put(`funding/applications/${id}/draft`, as, { draftVersion, draft });
    if (saved.status !== 200) throw new Error(`saving answers ${saved.status} ${JSON.stringify(saved.body)}`);
    return this.see(id, as);
  };

  submitted = async (callId: string, as: SignedIn, draft = complete()): Promise<ApplicationView> => {
    const { id, draftVersion } = await this.written(callId, as, draft);
    const answer = await this.harness.post(`funding/applications/${id}/submit`, as, { draftVersion });
    if (answer.status !== 200) throw new Error(`sending answers ${answer.status} ${JSON.stringify(answer.body)}`);
    return applicationView.parse(answer.body);
  };

  see = async (id: string, as: SignedIn): Promise<ApplicationView> => {
    const answer = await this.harness.get(`funding/applications/${id}`, as);
    if (answer.status !== 200) throw new Error(`seeing answers ${answer.status} ${JSON.stringify(answer.body)}`);
    return applicationView.parse(answer.body);
  };

  /** As if the slice whose move it is had made it. */
  async at(id: string, status: string): Promise<void> {
    await this.harness.sql(`update application set status = $2, version = version + 1 where id = $1`, [id, status]);
  }

  /** So many people with an endorsed application of the same document each, written at once. */
  async endorsed(institutionId: string, callId: string, count: number, left = 0): Promise<void> {
    await this.harness.sql(
      `with people as (
         insert into person (institution_id, id, given_name, family_name, email, technician, contract_until, created_at, version)
         select $1, uuidv7(), 'Rowan', 'Pipette ' || n, 'r' || n || '.' || $2 || '@college.example', true,
           case when n <= $3 then '2026-05-01'::date end, now(), 1
         from generate_series(1, $4::int) n returning id, family_name)
       insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, created_at, version)
       select $1, uuidv7(), $2::uuid, p.id, 'CF26-' || substr(p.family_name, 9), 'endorsed', true, '{}', 1, now(), now(), 1 from people p`,
      [institutionId, callId, left, count],
    );
    await this.harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       select institution_id, id, 1, '{}', 1, 87000, 55000, 'Symposium', '2026-07-06', '2026-07-08', '[]', now(), person_id
       from application where institution_id = $1 and call_id = $2 and submission_number is null`,
      [institutionId, callId],
    );
    await this.harness.sql(
      `update application set submission_number = 1 where institution_id = $1 and call_id = $2 and status = 'endorsed'`,
      [institutionId, callId],
    );
    // As the database does by itself where they come in over weeks.
    await this.harness.sql(`analyze application, application_submission, person`);
  }
}
