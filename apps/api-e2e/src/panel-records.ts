import type { ApplicationStatus, CallStatus, CallTerms } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { CallRecords } from './call-records';
import type { Harness } from './harness';

export interface PanelCall {
  id: string;
  institutionId: string;
  criteria: readonly [string, string];
}

/** Calls with their panel and applications, written as the owner: to arrange, never what is tested. */
export class PanelRecords {
  constructor(private readonly harness: Harness) {}

  /** Two criteria, of 60 and 40. */
  async call(
    institutionId: string,
    by: string,
    facts: { status?: CallStatus; blind?: boolean; reviewersEach?: number; name?: string } = {},
  ): Promise<PanelCall> {
    const id = randomUUIDv7();
    const criteria = [randomUUIDv7(), randomUUIDv7()] as const;
    const potId = await new CallRecords(this.harness).pot(institutionId, by, 5_000_000);
    const terms: CallTerms = {
      capPence: 100_000,
      audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
      rules: [],
      criteria: [
        { id: criteria[0], name: 'What it brings', guidance: '5: much that is new to us', weight: 60 },
        { id: criteria[1], name: 'How it is shared', guidance: '', weight: 40 },
      ],
      questions: [],
      blind: facts.blind ?? false,
      reviewersEach: facts.reviewersEach ?? 3,
      partAwards: true,
      bar: 500,
      caseWordsMost: 300,
      objectivesLeast: 1,
    };
    const letters = Object.fromEntries(
      ['awarded', 'part-awarded', 'reserve', 'unsuccessful', 'ineligible', 'unendorsed', 'call-cancelled'].map(
        (kind) => [kind, ''],
      ),
    );
    await this.harness.sql(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, $3, 'yearly', $4, $5, 1000000, '2026-03-01', '2026-04-01', 7, '2026-04-15', '2026-06-30', '2026-09-30',
         '2027-03-31', 1, $6, $2, '2026-02-01', $7, 1)`,
      [
        institutionId,
        id,
        facts.name ?? `Fund ${id.slice(-6)}`,
        facts.status ?? 'scoring',
        potId,
        JSON.stringify(letters),
        by,
      ],
    );
    await this.harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, '2026-02-01', $4)`,
      [institutionId, id, JSON.stringify(terms), by],
    );
    return { id, institutionId, criteria };
  }

  async panelist(call: PanelCall, personId: string, facts: { chair?: boolean; most?: number } = {}): Promise<void> {
    await this.harness.sql(
      `insert into call_panelist (institution_id, call_id, person_id, chair, most_reviews, added_at, added_by)
       values ($1, $2, $3, $4, $5, now(), $3)`,
      [call.institutionId, call.id, personId, facts.chair ?? false, facts.most ?? null],
    );
  }

  async application(
    call: PanelCall,
    personId: string,
    facts: { status?: ApplicationStatus; reference?: string; case?: string; funder?: string } = {},
  ): Promise<string> {
    const id = randomUUIDv7();
    const document = {
      event: {
        name: 'Glassblowers’ Symposium',
        place: 'Leeds',
        startsOn: '2026-09-01',
        endsOn: '2026-09-02',
        link: '',
        as: 'poster',
        onAbstract: false,
      },
      costs: [
        { id: randomUUIDv7(), category: 'registration', what: 'Ticket', note: '', amountPence: 60_000, foreign: null },
      ],
      otherFunding: facts.funder
        ? [{ id: randomUUIDv7(), from: facts.funder, amountPence: 10_000, confirmed: true }]
        : [],
      leastPence: 20_000,
      upFront: { amountPence: 0, by: 'nothing' },
      case: facts.case ?? 'To learn how scientific glass is blown, and to teach it here.',
      objectives: ['Blow a cold finger'],
      sharing: { way: 'workshop', how: 'A morning in the glass shop' },
      answers: {},
    };
    await this.harness.sql(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, created_at, version) values ($1, $2, $3, $4, $5, $6, true, '{}', 1, now(), now(), 1)`,
      [
        call.institutionId,
        id,
        call.id,
        personId,
        facts.reference ?? `CF26-${id.slice(-8)}`,
        facts.status ?? 'eligible',
      ],
    );
    await this.harness.sql(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       values ($1, $2, 1, $3, 1, 50000, 20000, 'Glassblowers’ Symposium', '2026-09-01', '2026-09-02', '[]', now(), $4)`,
      [call.institutionId, id, JSON.stringify(document), personId],
    );
    await this.harness.sql(`update application set submission_number = 1 where id = $1`, [id]);
    return id;
  }

  async file(call: PanelCall, applicationId: string, personId: string, name: string): Promise<string> {
    const id = randomUUIDv7();
    await this.harness.sql(
      `insert into stored_file (institution_id, id, purpose, name, media_type, size_bytes, sha256, content, uploaded_by, uploaded_at)
       values ($1, $2, 'application', $3, 'application/pdf', 4, decode(repeat('00', 32), 'hex'), 'abcd', $4, now())`,
      [call.institutionId, id, name, personId],
    );
    await this.harness.sql(
      `insert into application_submission_file (institution_id, application_id, number, file_id) values ($1, $2, 1, $3)`,
      [call.institutionId, applicationId, id],
    );
    return id;
  }

  /** A review, as far as it is; submitted and locked ones with these two scores. */
  async review(
    call: PanelCall,
    applicationId: string,
    panelistId: string,
    status: string,
    [first, second]: readonly [number, number] = [4, 3],
    assignedAt: Date = this.harness.clock.now(),
  ): Promise<string> {
    const id = randomUUIDv7();
    const done = status === 'submitted' || status === 'locked';
    await this.harness.sql(
      `insert into review (institution_id, id, call_id, application_id, panelist_id, status, scores, score, comment_to_applicant,
         private_comment, recused_because, assigned_at, submitted_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, '', '', $9, $10, $11, 1)`,
      [
        ...[call.institutionId, id, call.id, applicationId, panelistId, status],
        done ? JSON.stringify({ [call.criteria[0]]: first, [call.criteria[1]]: second }) : '{}',
        done ? first * 120 + second * 80 : null,
        ...[status === 'recused' ? 'Arranged' : null, assignedAt, done ? assignedAt : null],
      ],
    );
    await this.harness.sql(
      `insert into relationship (institution_id, id, kind, subject_id, object_id, since, source_id)
       select institution_id, $3, 'reviews', $4, person_id, now(), $2 from application where id = $1`,
      [applicationId, id, randomUUIDv7(), panelistId],
    );
    return id;
  }
}
