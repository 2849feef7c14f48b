import type { ApplicationStatus } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import type { Harness } from './harness';

/** What stands around a call, written as the owner: to arrange, never what is tested. */
export class CallRecords {
  constructor(private readonly harness: Harness) {}

  /** A pot with so much in it. */
  async pot(institutionId: string, by: string, pence: number, financialYear = 2026): Promise<string> {
    const id = randomUUIDv7();
    const code = randomUUIDv7();
    await this.harness.sql(
      `insert into cost_code (institution_id, id, code, name, active, version) values ($1, $2, $3, 'Technical services', true, 1)`,
      [institutionId, code, `TS-${id.slice(-8)}`],
    );
    await this.harness.sql(
      `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
       values ($1, $2, $3, $4, $5, 'open', now(), $6, 1)`,
      [institutionId, id, `Pot ${id.slice(-6)}`, financialYear, code, by],
    );
    await this.entry(institutionId, id, code, 'fund', 'source', 'available', pence, null);
    return id;
  }

  /** The pot is rolled over, empty, into next year's. */
  async rolledInto(institutionId: string, by: string, potId: string): Promise<string> {
    const id = randomUUIDv7();
    await this.harness.sql(
      `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, rolled_from, created_at, created_by, version)
       select institution_id, $2, name, financial_year + 1, cost_code_id, 'open', id, now(), $3, 1 from pot
       where institution_id = $1 and id = $4`,
      [institutionId, id, by, potId],
    );
    await this.harness.sql(`update pot set status = 'closed' where id = $1`, [potId]);
    return id;
  }

  private async entry(
    institutionId: string,
    potId: string,
    code: string,
    kind: string,
    from: string,
    to: string,
    pence: number,
    awardId: string | null,
  ): Promise<void> {
    const id = randomUUIDv7();
    await this.harness.owner.query(
      `do $$ begin
         insert into ledger_entry (institution_id, id, kind, at, day, reason, award_id)
           values ('${institutionId}', '${id}', '${kind}', now(), current_date, 'Arranged', ${awardId ? `'${awardId}'` : 'null'});
         insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence) values
           ('${institutionId}', '${id}', 1, '${potId}', '${from}', '${code}', ${-pence}),
           ('${institutionId}', '${id}', 2, '${potId}', '${to}', '${code}', ${pence});
       end $$`,
    );
  }

  /** An application at a status, with a submission unless it is a draft. */
  async application(
    call: { id: string },
    personId: string,
    status: ApplicationStatus,
    askedPence = 50_000,
    submittedAt: Date = this.harness.clock.now(),
  ): Promise<string> {
    const id = randomUUIDv7();
    const at = submittedAt;
    const institution = `(select institution_id from call where id = $1)`;
    await this.harness.sql(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, submission_number, reserve_rank, created_at, version)
       values (${institution}, $2, $1, $3, $4, $5, false, '{}', 1, $6, null, $7, $6, 1)`,
      [call.id, id, personId, `CF26-${id.slice(-8)}`, status, at, status === 'reserve' ? 1 : null],
    );
    if (status === 'draft') return id;
    await this.harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       values (${institution}, $2, 1, $5, 1, $3, 1, 'Glassblowers’ Symposium', '2026-09-01', '2026-09-02', '[]', $4, $6)`,
      [call.id, id, askedPence, at, JSON.stringify(document(askedPence)), personId],
    );
    await this.harness.sql(`update application set submission_number = 1 where id = $1`, [id]);
    return id;
  }

  /** So many endorsed applications over the last days before the close, each with so many reviews by a panel of twenty. */
  async manyApplications(call: { id: string }, count: number, reviewsEach: number): Promise<void> {
    const [row] = await this.harness.sql<{ institution: string }>(
      `select institution_id as institution from call where id = $1`,
      [call.id],
    );
    const institution = row?.institution;
    await this.harness.sql(
      `insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
       select $1, uuidv7(), 'Many', 'Person ' || i, 'many' || i || '@many.example', true, now(), 1 from generate_series(1, $2::int) i`,
      [institution, count + 20],
    );
    await this.harness.sql('analyze person');
    await this.harness.sql(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, created_at, version)
       select $1, uuidv7(), $2, id, 'MANY-' || n, 'endorsed', true, '{}', 1, now(), now(), 1
       from (select id, row_number() over (order by id) as n from person
         where institution_id = $1 and given_name = 'Many') p where n <= $3`,
      [institution, call.id, count],
    );
    // Foreign keys are checked by plans that follow what is known of a table.
    await this.harness.sql('analyze application');
    await this.harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       select $1, a.id, 1, $3, 1, 87000, 50000, 'Event', '2026-09-01', '2026-09-02', '[]',
         (select closes_at from call where id = $2) - make_interval(mins => (row_number() over (order by a.id) * 7)::int % 40000), a.person_id
       from application a where a.institution_id = $1 and a.call_id = $2`,
      [institution, call.id, JSON.stringify(document(87_000))],
    );
    await this.harness.sql('analyze application_submission');
    await this.harness.sql(`update application set submission_number = 1 where institution_id = $1 and call_id = $2`, [
      institution,
      call.id,
    ]);
    await this.harness.sql(
      `insert into application_event (institution_id, id, application_id, kind, at, facts)
       select $1, uuidv7(), a.id, k.kind, now(), '{}' from application a
       cross join (values ('begun'), ('submitted'), ('asked-to-endorse'), ('endorsed')) k(kind)
       where a.institution_id = $1 and a.call_id = $2`,
      [institution, call.id],
    );
    await this.harness.sql(
      `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
       select $1, $2, id, false, now(), id from (select id from person where institution_id = $1 and given_name = 'Many'
         order by id desc limit 20) p`,
      [institution, call.id],
    );
    await this.harness.sql(
      `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
         private_comment, assigned_at, submitted_at, version)
       select $1, uuidv7(), $2, a.id, p.person_id, 'submitted', '{}', 700, '', '', now(), now(), 1
       from (select id, row_number() over (order by id) as n from application where institution_id = $1 and call_id = $2) a
       cross join generate_series(1, $3::int) r
       join (select person_id, row_number() over (order by person_id) as n from call_panelist
         where institution_id = $1 and call_id = $2) p on p.n = 1 + (a.n + r) % 20`,
      [institution, call.id, reviewsEach],
    );
    await this.harness.sql('analyze application, application_submission, application_event, review');
  }

  async review(call: { id: string }, applicationId: string, panelistId: string, status: string): Promise<string> {
    const id = randomUUIDv7();
    const done = status === 'submitted' || status === 'locked';
    // Whoever reads sits on the panel.
    await this.harness.sql(
      `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
       values ((select institution_id from call where id = $1), $1, $2, false, now(), $2) on conflict do nothing`,
      [call.id, panelistId],
    );
    await this.panelist(call.id, panelistId, panelistId);
    await this.harness.sql(
      `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
         private_comment, assigned_at, submitted_at, version)
       values ((select institution_id from call where id = $1), $2, $1, $3, $4, $5, '{}', $6, '', '', $7, $8, 1)`,
      [
        ...[call.id, id, applicationId, panelistId, status, done ? 700 : null],
        ...[this.harness.clock.now(), done ? this.harness.clock.now() : null],
      ],
    );
    return id;
  }

  async panelist(callId: string, personId: string, by: string): Promise<void> {
    await this.harness.sql(
      `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by)
       values ((select institution_id from call where id = $1), $1, $2, false, now(), $3) on conflict do nothing`,
      [callId, personId, by],
    );
  }

  /** An award of an application of its own, with its money committed. */
  async award(call: { id: string; potId: string }, personId: string, pence: number): Promise<string> {
    const application = await this.application(call, personId, 'awarded', pence);
    const id = randomUUIDv7();
    const [row] = await this.harness.sql<{ institution: string; code: string }>(
      `select c.institution_id as institution, p.cost_code_id as code from call c
       join pot p on p.institution_id = c.institution_id and p.id = c.pot_id where c.id = $1`,
      [call.id],
    );
    await this.harness.sql(
      `insert into award (institution_id, id, application_id, call_id, person_id, pot_id, status, amount_pence, abstract, event_name,
         event_starts_on, event_ends_on, offered_at, answer_by, claim_by, version)
       values ($1, $2, $3, $4, $5, $6, 'accepted', $7, 'none', 'Glassblowers’ Symposium', '2026-09-01', '2026-09-02', now(), now(),
         '2027-01-01', 1)`,
      [row?.institution, id, application, call.id, personId, call.potId, pence],
    );
    await this.entry(
      row?.institution ?? '',
      call.potId,
      row?.code ?? '',
      'commit',
      'available',
      'committed',
      pence,
      id,
    );
    return id;
  }

  /** One statement as the application's own role, in its institution. */
  async asApplication(institutionId: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.harness.urls.appUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
      await client.query(statement);
    } finally {
      await client.query('rollback').catch(() => undefined);
      await client.end();
    }
  }

  /** Every insert into a table fails while `work` runs. */
  async failOn(table: string, work: () => Promise<void>): Promise<void> {
    await this.harness.sql(
      `create function always_fails() returns trigger language plpgsql as $$ begin raise exception 'arranged'; end $$`,
    );
    await this.harness.sql(
      `create trigger always_fails before insert on ${table} for each row execute function always_fails()`,
    );
    try {
      await work();
    } finally {
      await this.harness.sql(`drop trigger always_fails on ${table}`);
      await this.harness.sql(`drop function always_fails()`);
    }
  }
}

const document = (askedPence: number) => ({
  event: {
    name: 'Glassblowers’ Symposium',
    place: 'Leeds',
    startsOn: '2026-09-01',
    endsOn: '2026-09-02',
    link: '',
    as: 'attending',
    onAbstract: false,
  },
  costs: [
    { id: randomUUIDv7(), category: 'registration', what: 'Ticket', note: '', amountPence: askedPence, foreign: null },
  ],
  otherFunding: [],
  leastPence: 1,
  upFront: { amountPence: 0, by: 'nothing' },
  case: 'To learn.',
  objectives: ['Learn to blow glass'],
  sharing: { way: 'report', how: '' },
  answers: {},
});
