import { Transactions, type Tx } from '@waymark/api-platform';
import type { ApplicationDocument, CallLetters, EndorsementPurpose } from '@waymark/contracts';
import { askToEndorse } from '@waymark/api-funding';
import { randomUUIDv7 } from 'node:crypto';
import { arrange } from './canary';
import type { Harness, SignedIn } from './harness';

export const letterKinds: CallLetters = {
  awarded: '',
  'part-awarded': '',
  reserve: '',
  unsuccessful: '',
  ineligible: '',
  unendorsed: 'Speak to Tally Beaker if you are worried.',
  'call-cancelled': '',
};

export const documentOf = (facts: Partial<ApplicationDocument['event']> = {}): ApplicationDocument => ({
  event: {
    name: 'Glassblowers’ Summer School',
    place: 'Leeds',
    startsOn: '2027-06-03',
    endsOn: '2027-06-05',
    link: '',
    as: 'attending',
    onAbstract: false,
    ...facts,
  },
  costs: [
    { id: randomUUIDv7(), category: 'registration', what: 'Fee', note: '', amountPence: 40_000, foreign: null },
    { id: randomUUIDv7(), category: 'travel', what: 'Train', note: '', amountPence: 8_550, foreign: null },
  ],
  otherFunding: [],
  leastPence: 40_000,
  upFront: { amountPence: 40_000, by: 'department-card' },
  case: 'I would learn to make the manifolds that we buy in today.',
  objectives: ['Make a three-way manifold'],
  sharing: { way: 'workshop', how: 'A morning in our own shop' },
  answers: {},
});

export interface Submitted {
  applicationId: string;
  personId: string;
  callId: string;
}

/** Calls and applications as they stand when somebody has just sent one, written as the owner. */
export class EndorsementRecords {
  constructor(
    private readonly harness: Harness,
    readonly institutionId: string,
    private readonly by: string,
  ) {}

  async call(facts: Record<string, unknown> = {}): Promise<string> {
    const of = { institution_id: this.institutionId };
    const [code, pot, id] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    await arrange(this.harness, 'cost_code', { ...of, id: code, code: `C-${code.slice(-8)}` });
    await arrange(this.harness, 'pot', {
      ...of,
      id: pot,
      name: `Pot ${pot}`,
      financial_year: 2026,
      cost_code_id: code,
      status: 'open',
      created_by: this.by,
    });
    await arrange(this.harness, 'call', {
      ...of,
      id,
      name: `Conference Fund ${id.slice(-6)}`,
      kind: 'yearly',
      status: 'open',
      pot_id: pot,
      budget_pence: 1_000_000,
      opens_at: '2026-11-01T09:00:00Z',
      closes_at: '2026-12-11T17:00:00Z',
      return_grace_days: 7,
      endorse_by: '2026-12-23T17:00:00Z',
      decide_by: '2027-01-20',
      reserve_until: '2027-03-01',
      claim_by: '2027-09-01',
      letters: letterKinds,
      series_id: id,
      created_by: this.by,
      ...facts,
    });
    return id;
  }

  /** An application in its first submission; nobody is asked yet. */
  async submitted(
    callId: string,
    personId: string,
    facts: { status?: string; at?: Date; event?: Partial<ApplicationDocument['event']>; askedPence?: number } = {},
  ): Promise<Submitted> {
    const id = randomUUIDv7();
    const of = { institution_id: this.institutionId };
    const document = documentOf(facts.event);
    const at = facts.at ?? this.harness.clock.now();
    await arrange(this.harness, 'application', {
      ...of,
      id,
      call_id: callId,
      person_id: personId,
      reference: `CF-${id.slice(-8)}`,
      status: facts.status ?? 'submitted',
      draft: {},
      created_at: at,
      version: 1,
    });
    await arrange(this.harness, 'application_submission', {
      ...of,
      application_id: id,
      number: 1,
      document,
      asked_pence: facts.askedPence ?? 48_550,
      least_pence: 40_000,
      event_name: document.event.name,
      event_starts_on: document.event.startsOn,
      event_ends_on: document.event.endsOn,
      judged: '[]',
      submitted_at: at,
      submitted_by: personId,
    });
    await this.harness.sql(`update application set submission_number = 1 where id = $1`, [id]);
    return { applicationId: id, personId, callId };
  }

  inTransaction<T>(work: (tx: Tx) => Promise<T>, personId: string | null = null): Promise<T> {
    return this.harness.application
      .get(Transactions)
      .run({ institutionId: this.institutionId, personId, correlationId: null }, work);
  }

  ask({ applicationId, personId }: Submitted, purpose: EndorsementPurpose = 'application'): Promise<void> {
    return this.inTransaction((tx) => askToEndorse(tx, { applicationId, submissionNumber: 1, personId, purpose }));
  }

  /** An application that somebody is asked about; answers the endorsement. */
  async asked(callId: string, personId: string, facts: Parameters<EndorsementRecords['submitted']>[2] = {}) {
    const submitted = await this.submitted(callId, personId, facts);
    await this.ask(submitted);
    const [endorsement] = await this.of(submitted.applicationId);
    return { ...submitted, endorsementId: endorsement?.id ?? '' };
  }

  /** Endorsements of an application, the oldest first. */
  of(applicationId: string) {
    return this.harness.sql<{
      id: string;
      status: string;
      asked_of: string;
      asked_as: string;
      in_place_of: string | null;
      passes_on_at: Date;
      version: number;
      reason: string | null;
      answered_through: string | null;
    }>(`select * from endorsement where application_id = $1 order by asked_at, id`, [applicationId]);
  }

  async status(applicationId: string): Promise<string> {
    const [row] = await this.harness.sql<{ status: string }>(`select status from application where id = $1`, [
      applicationId,
    ]);
    return row?.status ?? '';
  }

  async timeline(applicationId: string): Promise<string[]> {
    const rows = await this.harness.sql<{ kind: string }>(
      `select kind from application_event where application_id = $1 order by id`,
      [applicationId],
    );
    return rows.map(({ kind }) => kind);
  }

  /** An award whose event has moved, and the manager is asked again. */
  async changed(callId: string, personId: string): Promise<Submitted & { endorsementId: string }> {
    const submitted = await this.submitted(callId, personId, { status: 'awarded' });
    const [pot] = await this.harness.sql<{ pot_id: string }>(`select pot_id from call where id = $1`, [callId]);
    await arrange(this.harness, 'award', {
      institution_id: this.institutionId,
      id: randomUUIDv7(),
      application_id: submitted.applicationId,
      call_id: callId,
      person_id: personId,
      pot_id: pot?.pot_id,
      status: 'changed',
      amount_pence: 45_000,
      abstract: 'none',
      event_name: 'Glassblowers’ Summer School',
      event_starts_on: '2027-06-03',
      event_ends_on: '2027-06-05',
      claim_by: '2027-09-01',
      change: {
        eventName: 'Glassblowers’ Autumn School',
        eventStartsOn: '2027-09-10',
        eventEndsOn: '2027-09-12',
        why: 'The hall flooded',
      },
    });
    await this.ask(submitted, 'changed-event');
    const [endorsement] = await this.of(submitted.applicationId);
    return { ...submitted, endorsementId: endorsement?.id ?? '' };
  }

  /** Delegates for somebody between two days. */
  async delegate(personId: string, delegateId: string, from: string, until: string): Promise<void> {
    await arrange(this.harness, 'delegation', {
      institution_id: this.institutionId,
      id: randomUUIDv7(),
      person_id: personId,
      delegate_id: delegateId,
      reason: 'other',
      starts_on: from,
      ends_on: until,
      created_by: personId,
    });
  }
}

export const mailTo = async (harness: Harness, who: SignedIn | string) =>
  harness.sql<{ subject: string; body: string }>(
    `select m.subject, m.body from mail_message m join person p on p.institution_id = m.institution_id and p.email = m.recipient
     where p.id = $1 order by m.created_at, m.id`,
    [typeof who === 'string' ? who : who.personId],
  );

/** The secrets of the links in a letter. */
export const secretsIn = (body: string): string[] =>
  [...body.matchAll(/\/endorse\/([A-Za-z0-9_-]{43})/g)].map(([, secret]) => secret ?? '');
