import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from '@waymark/api-app';
import { JobRunner, Scheduler } from '@waymark/api-platform';
import type { ErasurePreview, OwnExportView, PersonView } from '@waymark/contracts';
import { createHash } from 'node:crypto';
import {
  arrange,
  type Canary,
  eachPart,
  fillWithCanaries,
  fullName,
  newCanary,
  newId,
  rowsOfParts,
  subjectOfCanary,
  whereIs,
} from './canary';
import { Harness, type SignedIn } from './harness';

interface ExportFile {
  kinds: { title: string; parts: { as: string; rows: Record<string, unknown>[] }[] }[];
}

/** Somebody with their words in every table and field that can hold any: what they get of it, and what is left of them. */
describe('a canary person', () => {
  let harness: Harness;
  /** The worker's parts without its queue: what is about to be done stays where it is, to be looked at. */
  let worker: INestApplicationContext;
  let institutionId: string;
  let elsewhere: string;
  let administrator: SignedIn;
  let bystander: string;
  let stranger: string;

  beforeAll(async () => {
    harness = await Harness.start();
    // Makes the queues.
    await harness.startWorker();
    await harness.stopWorker();
    worker = await NestFactory.createApplicationContext(WorkerModule.with(harness.config, harness.clock), {
      logger: ['fatal'],
      abortOnError: false,
    });
    institutionId = await harness.institution();
    elsewhere = await harness.institution('Elsewhere');
    administrator = await harness.somebody(institutionId, ['institution-administrator', 'coordinator']);
  });
  beforeEach(async () => {
    bystander = await harness.person(institutionId, { name: 'Bo Bystander' });
    stranger = await harness.person(elsewhere, { name: 'Sam Stranger' });
  });
  afterAll(async () => {
    await worker.close();
    await harness.stop();
  });

  const runJob = async (jobId: string) => {
    await worker.get(JobRunner).handle({ id: newId(), institutionId, payload: { jobId } });
    const [job] = await harness.sql<{ status: string; failure: string | null }>(
      `select status, failure from job where id = $1`,
      [jobId],
    );
    return job;
  };

  /** Added, invited and signed in by the product's own routes. */
  const add = async (): Promise<Canary> => {
    const canary = newCanary();
    const added = await harness.post('people', administrator, {
      givenName: canary.given,
      familyName: canary.family,
      email: canary.email,
      jobTitle: `${canary.token} of glass`,
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      technician: true,
    });
    expect(added.status).toBe(201);
    const person = added.body as PersonView;
    expect((await harness.post(`people/${person.id}/invitation`, administrator)).status).toBe(204);
    const [account] = await harness.sql<{ id: string }>(`select id from account where email = $1`, [canary.email]);
    await harness.sql(`update person set staff_number = $2 where id = $1`, [person.id, `${canary.token}-7`]);
    return { ...canary, institutionId, personId: person.id, accountId: account?.id ?? '' };
  };

  const leave = (canary: Canary) =>
    harness.sql(`update person set left_on = current_date - 3 where id = $1`, [canary.personId]);

  const eraseCanary = async (canary: Canary) => {
    const preview = (await harness.get(`data-requests/people/${canary.personId}`, administrator))
      .body as ErasurePreview;
    const asked = await harness.post(`data-requests/people/${canary.personId}/erasure`, administrator, {
      version: preview.person.version,
      name: fullName(canary),
      reason: 'asked',
    });
    expect(asked).toMatchObject({ status: 200, body: { erasure: { status: 'erasing' } } });
    return (asked.body as ErasurePreview).erasure?.job?.id ?? '';
  };

  /** A row of theirs in every part that is declared. */
  const everywhere = async (canary: Canary): Promise<void> => {
    const { personId, accountId, email } = canary;
    const tenant = { institution_id: institutionId };
    const put = (table: string, values: Record<string, unknown>) => arrange(harness, table, { ...tenant, ...values });
    const naming = `About ${fullName(canary)}`;
    const [account] = await harness.sql<{ account_id: string }>(
      `select account_id from account_person where person_id = $1`,
      [administrator.personId],
    );

    // The platform
    await put('mail_message', { recipient: 'somebody@college.example', subject: naming, body: naming, status: 'kept' });
    await put('command', { account_id: accountId, body_hash: Buffer.alloc(32), answer: { name: naming } });
    await put('command', { account_id: account?.account_id, body_hash: Buffer.alloc(32), answer: { name: naming } });
    const job = newId();
    await put('job', { id: job, kind: 'people.export-own-data', status: 'done', percent: 100, requested_by: personId });
    await put('audit_entry', { actor_person_id: personId, act: 'session.open', subject_kind: 'round', details: {} });
    await put('audit_entry', {
      actor_person_id: administrator.personId,
      on_behalf_of: personId,
      act: 'proposal.accept',
      subject_kind: 'proposal',
      details: {},
    });
    await put('audit_verification', { asked_by: personId, status: 'valid' });
    await arrange(harness, 'rate_limit', {
      key: `sign-in:${createHash('sha256').update(email).digest('base64url')}`,
      attempts: 3,
    });
    await put('outbox', { topic: 'person.left', payload: { personId } });
    await arrange(harness, 'queue.job', {
      name: 'mail',
      data: { id: newId(), institutionId, payload: { personId } },
      output: { message: `Key (email)=(${email}) already exists.` },
    });

    // Funding: an entry and its lines come in one transaction.
    const [code, pot, entry] = Array.from({ length: 3 }, newId);
    await put('cost_code', { id: code, code: `C-${newId().slice(-12)}` });
    await put('pot', {
      id: pot,
      name: newId(),
      financial_year: 2026,
      cost_code_id: code,
      status: 'open',
      created_by: personId,
    });
    await harness.sql(`
      insert into ledger_entry (institution_id, id, kind, at, day, reason, made_by)
        values ('${institutionId}', '${entry}', 'fund', now(), current_date, 'x', '${personId}');
      insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
        values ('${institutionId}', '${entry}', 1, '${pot}', 'source', '${code}', -1),
          ('${institutionId}', '${entry}', 2, '${pot}', 'available', '${code}', 1)`);

    // Funding: an application of theirs and one that they were asked about; a file attached, and one attached to nothing.
    const [own, another, theCall, attachedFile] = Array.from({ length: 4 }, newId);
    await put('call', {
      ...{ id: theCall, name: newId(), kind: 'yearly', status: 'open', pot_id: pot, budget_pence: 1, letters: {} },
      ...{ opens_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z', endorse_by: '2026-03-01T00:00:00Z' },
      ...{ return_grace_days: 7, created_by: administrator.personId },
    });
    // Calls: made, with terms of theirs; more time for them and by them; letters of theirs, and one that names them.
    const ownCall = newId();
    await put('call', {
      ...{ id: ownCall, name: newId(), kind: 'yearly', status: 'open', pot_id: pot, budget_pence: 1, letters: {} },
      ...{ opens_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z', endorse_by: '2026-03-01T00:00:00Z' },
      ...{ return_grace_days: 7, created_by: personId },
    });
    await put('call_terms', { call_id: ownCall, number: 1, terms: {}, created_by: personId });
    await put('call_extension', { call_id: ownCall, person_id: personId, granted_by: bystander, reason: naming });
    await put('call_extension', { call_id: ownCall, person_id: bystander, granted_by: personId, reason: 'Why' });
    await put('call_message', {
      call_id: ownCall,
      sent_by: personId,
      subject: 'S',
      body: 'B',
      filter: {},
      recipients: 1,
    });
    await put('call_message', {
      ...{ call_id: ownCall, sent_by: administrator.personId, subject: 'S', body: naming, filter: {}, recipients: 1 },
    });
    const written = {
      document: { case: naming, event: { name: naming }, costs: [{ what: naming, note: naming }], answers: { naming } },
      event_name: naming,
    };
    for (const [id, person, askedOf] of [
      [own, personId, bystander],
      [another, bystander, personId],
    ] as const) {
      await put('application', {
        id,
        call_id: theCall,
        person_id: person,
        reference: id,
        status: 'returned',
        draft: {},
      });
      await put('application_submission', {
        ...{ application_id: id, number: 1, asked_pence: 1, least_pence: 1, submitted_by: person },
        ...(id === own ? written : { document: {} }),
        judged: JSON.stringify(id === own ? [{ rule: 'no-overdue-report', facts: { subject: naming } }] : []),
      });
      const endorsement = newId();
      await put('endorsement', {
        ...{ id: endorsement, application_id: id, submission_number: 1, purpose: 'application', status: 'returned' },
        ...{ asked_of: askedOf, asked_as: 'line-manager', answered_by: askedOf, reason: naming },
      });
      await put('endorsement_link', {
        ...{ token_hash: Buffer.from(endorsement), endorsement_id: endorsement, person_id: askedOf },
      });
    }
    // The panel: they read and are read, declared an interest and are the one it was declared in.
    for (const reader of [personId, bystander])
      await put('call_panelist', { call_id: theCall, person_id: reader, chair: false, added_by: reader });
    for (const [application, reader, read] of [
      [another, personId, bystander],
      [own, bystander, personId],
    ] as const) {
      await put('declaration_of_interest', {
        call_id: theCall,
        panelist_id: reader,
        applicant_id: read,
        because: naming,
        withdrawn_at: new Date(),
      });
      await put('review', {
        ...{
          call_id: theCall,
          application_id: application,
          panelist_id: reader,
          status: 'recused',
          scores: {},
          assigned_by: personId,
        },
        ...{
          comment_to_applicant: reader === personId ? 'Well argued' : naming,
          private_comment: naming,
          recused_because: naming,
        },
      });
      await put('moderation_note', {
        application_id: application,
        words: reader === personId ? 'Readers differ' : naming,
        written_by: reader,
      });
    }
    // A scenario that was published and one that was not: made, proposed and decided by them, and about them.
    const computed = { method: 'by-rank', parameters: {}, computing: 'done', input_hash: 'x' };
    for (const [status, facts] of [
      ['published', { made_by: personId, proposed_by: personId, decided_by: bystander, published_at: new Date() }],
      ['rejected', { made_by: bystander, proposed_by: bystander, decided_by: personId, rejected_because: naming }],
    ] as const) {
      const scenario = newId();
      await put('scenario', { ...computed, id: scenario, call_id: theCall, name: newId(), status, ...facts });
      await put('scenario_line', {
        ...{ scenario_id: scenario, application_id: own, rank: 1, score: 1, asked_pence: 1, least_pence: 1 },
        ...{ outcome: 'awarded', amount_pence: 1, reason: {}, overridden: false, below_bar: false },
      });
      for (const [application, madeBy] of [
        [own, bystander],
        [another, personId],
      ] as const)
        await put('scenario_override', {
          ...{ scenario_id: scenario, application_id: application, outcome: 'awarded', amount_pence: 1 },
          ...{ reason: application === own ? naming : 'x', made_by: madeBy },
        });
    }
    for (const id of [attachedFile, newId()]) {
      await put('stored_file', {
        ...{ id, purpose: 'receipt', name: naming, media_type: 'image/png', size_bytes: 1, content: Buffer.alloc(1) },
        ...{ sha256: Buffer.alloc(32), uploaded_by: personId },
      });
    }
    await put('application_file', { application_id: own, file_id: attachedFile });
    // Awards: theirs with a claim in a batch of theirs, and somebody else's claim on which they decided.
    const [awarded, judgedAward] = [newId(), newId()];
    await put('payment_batch', { number: Number.parseInt(newId().slice(-7), 16), status: 'open', made_by: personId });
    for (const [id, application, person, decider] of [
      [awarded, own, personId, administrator.personId],
      [judgedAward, another, bystander, personId],
    ] as const) {
      await put('award', {
        ...{ id, application_id: application, call_id: theCall, person_id: person, pot_id: pot, status: 'changed' },
        ...{ amount_pence: 1, abstract: 'none', event_name: id === awarded ? naming : 'Elsewhere' },
        ...{ event_starts_on: '2026-05-01', event_ends_on: '2026-05-02', claim_by: '2026-09-01' },
        change: {
          ...{ eventName: id === awarded ? naming : 'x', eventStartsOn: '2026-06-01', eventEndsOn: '2026-06-02' },
          why: id === awarded ? naming : 'x',
        },
      });
      await put('claim', {
        ...{
          award_id: id,
          number: 1,
          kind: 'claim',
          last: false,
          status: 'returned',
          claimed_pence: 1,
          settles_pence: 0,
        },
        ...{ decided_by: decider, reason: id === awarded ? naming : 'Mend it' },
        lines: JSON.stringify(
          [{ what: id === awarded ? naming : 'x', amountPence: 1, noReceiptBecause: naming }].slice(
            0,
            id === awarded ? 1 : 0,
          ),
        ),
      });
    }
    // And a claim that they sent for somebody they acted for.
    await put('claim', {
      ...{ award_id: judgedAward, number: 2, kind: 'claim', last: false, status: 'submitted', lines: '[]' },
      ...{ claimed_pence: 1, settles_pence: 0, submitted_by: personId },
    });
    for (const [id, by, words] of [
      [own, bystander, naming],
      [another, personId, 'why'],
    ] as const) {
      await put('application_event', {
        ...{ application_id: id, kind: 'withdrawn', by_person: personId, facts: { reason: words } },
      });
      await put('application_appeal', {
        ...{ application_id: id, kind: 'feedback', asked: words, answer: words },
        ...{ answered_at: new Date(), answered_by: by },
      });
    }

    // Report-back
    await put('obligation', {
      person_id: personId,
      source_kind: 'award',
      status: 'due',
      subject: naming,
    });

    // Mentoring
    const [mine, theirs, asked, other, round, run, trial] = Array.from({ length: 7 }, newId);
    await put('identity_answer', { person_id: personId, side: 'mentee', answers: ['said'] });
    await put('exclusion', { person_id: personId, excluded_person_id: bystander });
    await put('exclusion', { person_id: bystander, excluded_person_id: personId });
    await put('enrolment', { id: mine, person_id: personId, status: 'active', capacity: 2, attributes: {} });
    await put('enrolment', { id: theirs, person_id: bystander, status: 'active', capacity: 2, attributes: {} });
    await put('request', { id: asked, person_id: personId, status: 'open', attributes: {} });
    await put('request', { id: other, person_id: bystander, status: 'open', attributes: {} });
    await put('round', { id: round, name: 'Round', status: 'released', rules: {}, created_by: personId });
    await put('round_mentee', { round_id: round, request_id: asked });
    await put('round_mentor', { round_id: round, enrolment_id: mine });
    const choice = { round_id: round, kind: 'pin', reason: 'why' };
    await put('round_choice', { ...choice, request_id: other, enrolment_id: theirs, made_by: personId });
    await put('round_choice', { ...choice, request_id: asked, enrolment_id: theirs, made_by: administrator.personId });
    for (const [id, number] of [
      [run, 1],
      [trial, 2],
    ] as const) {
      await put('run', { id, round_id: round, number, status: 'done', rules: {}, job_id: job, started_by: personId });
      await put('run_pair', { run_id: id, request_id: asked, enrolment_id: theirs, parts: [] });
      await put('run_left_out', { run_id: id, request_id: asked, reason: { kind: 'no-places' }, blocked: {} });
      await put('run_unlock', { run_id: id, enrolment_id: mine, serves: [] });
      await put('run_new_mentor', {
        ...{
          run_id: id,
          position: 0,
          attribute: 'skills',
          value: 'what',
          grades: [],
          serves_count: 1,
          serves: [asked],
        },
      });
    }
    await harness.sql(`update round set released_run_id = $2 where id = $1`, [round, run]);
    const [asMentee, asMentor, pair, shared] = Array.from({ length: 4 }, newId);
    await put('proposal', {
      ...{ id: asMentee, round_id: round, request_id: asked, enrolment_id: theirs },
      ...{ mentee_id: personId, mentor_id: bystander, status: 'declined', decline_reason: 'time' },
      ...{
        decline_note: 'note',
        agreement: {},
        agreement_by: personId,
        parts: [],
        question: 'what',
        question_at: new Date(),
      },
      question_answer: 'this',
    });
    await put('proposal', {
      ...{ id: asMentor, round_id: round, request_id: other, enrolment_id: mine },
      ...{ mentee_id: bystander, mentor_id: personId, status: 'agreed', parts: [], agreement: {} },
      ...{ question: 'what', question_at: new Date(), question_answer: 'this' },
    });
    const pairing = { request_id: other, enrolment_id: mine, status: 'ended', goals: 'to learn', rhythm: 'weekly' };
    await put('pair', { id: pair, proposal_id: asMentor, mentee_id: bystander, mentor_id: personId, ...pairing });
    await put('pair', { id: shared, proposal_id: asMentee, mentee_id: personId, mentor_id: bystander, ...pairing });

    // Moves between institutions
    const moved = {
      to_institution_id: elsewhere,
      last_day: '2026-01-01',
      first_day: '2026-01-02',
      card: {},
      to_card: {},
    };
    const decided = { status: 'accepted', to_person_id: stranger, decided_by: stranger, decided_at: new Date() };
    const away = newId();
    await put('transfer', { id: away, person_id: personId, started_by: administrator.personId, ...moved, ...decided });
    await put('transfer', { person_id: bystander, started_by: personId, ...moved, ...decided });
    const came = newId();
    await arrange(harness, 'transfer', {
      ...{
        institution_id: elsewhere,
        id: came,
        person_id: stranger,
        to_institution_id: institutionId,
        started_by: stranger,
      },
      ...{ last_day: '2026-01-01', first_day: '2026-01-02', card: {}, to_card: {}, status: 'accepted' },
      ...{ to_person_id: personId, decided_by: administrator.personId, decided_at: new Date() },
    });
    await put('pair_going_on', { transfer_id: away, pair_id: pair });
    await put('pair_going_on', { transfer_id: away, pair_id: shared });
    const across = { status: 'active', goals: 'to go on', stays_card: {}, moved_card: {}, moved_side: 'mentee' };
    await put('shared_pair', {
      ...{ id: shared, transfer_id: away, other_institution_id: elsewhere, stays_id: personId, moved_id: stranger },
      ...across,
    });
    await sharedFromElsewhere(came, personId, across);

    // Files
    const file = newId();
    const roundFile = {
      round_id: round,
      side: 'mentees',
      status: 'uploaded',
      headings: [],
      mapping: {},
      uploaded_by: bystander,
    };
    await put('round_import', { ...roundFile, id: file, file_name: `${fullName(canary)}.csv` });
    await put('round_import', { ...roundFile, file_name: 'mine.csv', uploaded_by: personId });
    await put('round_import_row', { import_id: file, line: 2, cells: ['Somebody', email] });
    await put('round_import_row', { import_id: file, line: 3, cells: ['Nobody', 'nobody@college.example'] });
    const waiting = newId();
    const staffFile = { kind: 'staff', headings: [], mapping: {}, settings: {}, mapping_remembered: false };
    await put('staff_import', {
      ...staffFile,
      id: waiting,
      file_name: 'waiting.csv',
      status: 'previewed',
      uploaded_by: bystander,
    });
    const applied = newId();
    await put('staff_import', {
      ...staffFile,
      id: applied,
      file_name: 'mine.csv',
      status: 'applied',
      uploaded_by: personId,
    });
    await put('staff_import', {
      ...staffFile,
      file_name: `${fullName(canary)}.csv`,
      status: 'applied',
      uploaded_by: bystander,
    });
    await put('staff_import_line', { import_id: waiting, line: 2, cells: { words: email } });
    await harness.sql(`update staff_import_line set cells = json_build_array($2::text) where import_id = $1`, [
      waiting,
      email,
    ]);
    await put('staff_import_chunk', { import_id: newId(), data: Buffer.from(`Ann,${email}\n`) });
    const row = { import_id: applied, outcome: 'changed', fields: [], problems: [], detail: {} };
    await put('staff_import_row', { ...row, n: 1, name: fullName(canary), email, person_id: personId });
    await put('staff_import_row', {
      ...row,
      n: 2,
      name: 'Bo Bystander',
      person_id: bystander,
      detail: { manager: naming },
    });
    const effect = { import_id: applied, kind: 'changed', skill_ids: [], award_ids: [] };
    await put('staff_import_effect', { ...effect, person_id: personId, before: {}, after: {} });
    await put('staff_import_effect', {
      ...effect,
      person_id: bystander,
      before: { manager: naming },
      after: { manager: naming },
    });

    // People
    const skill = newId();
    await put('skill', { id: skill, name: `Glass ${skill}` });
    await put('person_skill', { person_id: personId, skill_id: skill });
    const award = { body: 'Body', award: 'RSci', status: 'verified', awarded_on: '2025-01-01' };
    await put('award_held', { ...award, person_id: personId, number: '1', decided_by: bystander });
    await put('award_held', { ...award, person_id: bystander, awarded_on: '2025-01-02', decided_by: personId });
    const away2 = { reason: 'holiday', created_by: administrator.personId };
    await put('delegation', { ...away2, person_id: personId, delegate_id: bystander });
    await put('delegation', { ...away2, person_id: bystander, delegate_id: personId });
    await put('published_profile', { person_id: personId, code: 'x'.repeat(43) });
    await put('relationship', { kind: 'declared', subject_id: bystander, object_id: personId });
    await put('role_held', {
      person_id: personId,
      role: 'coordinator',
      held_from: '2026-01-01',
      held_until: '2026-01-02',
    });
    await put('role_held', {
      person_id: bystander,
      role: 'auditor',
      granted_by: personId,
      held_from: '2026-01-01',
      held_until: '2026-01-02',
    });
    const correction = { field: 'unit', should_be: 'Glass', why: 'moved' };
    await put('correction', { ...correction, person_id: personId, status: 'open' });
    await put('correction', {
      ...{ ...correction, person_id: bystander, status: 'done' },
      ...{ answered_by: personId, answered_at: new Date(), answer: 'done' },
    });
    const exported = newId();
    await put('data_export', { id: exported, person_id: personId, requested_by: personId, status: 'replaced' });
    await put('data_export_file', { export_id: exported, format: 'json', content: Buffer.from('x') });
    await put('data_export', { person_id: bystander, requested_by: personId, status: 'expired' });
    await put('erasure', { person_id: bystander, asked_by: personId, reason: 'asked', status: 'failed' });
    await put('session', {
      account_id: accountId,
      person_id: personId,
      token_hash: Buffer.from(newId()),
      expires_at: new Date(Date.now() + 86_400_000),
    });
    await put('session', {
      ...{ account_id: account?.account_id, person_id: administrator.personId, token_hash: Buffer.from(newId()) },
      ...{ acting_for_id: personId, acting_until: new Date() },
    });
    await harness.sql(`update person set line_manager_id = $2 where id = $1`, [bystander, personId]);
  };

  /** A pair of the other institution, one of whom came to us: the canary. */
  const sharedFromElsewhere = async (transferId: string, personId: string, across: Record<string, unknown>) => {
    const there = { institution_id: elsewhere };
    const [friend, enrolment, request, round, proposal, pair] = Array.from({ length: 6 }, newId);
    const mentor = await harness.person(elsewhere, { name: 'Mo Mentor' });
    const put = (table: string, values: Record<string, unknown>) => arrange(harness, table, { ...there, ...values });
    void friend;
    await put('enrolment', { id: enrolment, person_id: mentor, status: 'active', attributes: {} });
    await put('request', { id: request, person_id: stranger, status: 'matched', attributes: {} });
    await put('round', { id: round, name: 'There', status: 'released', rules: {}, created_by: mentor });
    const both = { request_id: request, enrolment_id: enrolment, mentee_id: stranger, mentor_id: mentor };
    await put('proposal', { id: proposal, round_id: round, ...both, status: 'agreed', parts: [] });
    await put('pair', { id: pair, proposal_id: proposal, ...both, status: 'active' });
    await put('shared_pair', {
      ...{
        id: pair,
        transfer_id: transferId,
        other_institution_id: institutionId,
        stays_id: mentor,
        moved_id: personId,
      },
      ...across,
    });
  };

  it('gets every field that is declared as theirs, and nothing of anybody else’s', async () => {
    const canary = await add();
    await everywhere(canary);
    const taken = await fillWithCanaries(harness, canary);
    expect([...taken]).toEqual(
      expect.arrayContaining([
        ...['command.answer', 'correction.answer', 'enrolment.attributes', 'identity_answer.answers'],
        ...[
          'mail_message.body',
          'mail_message.subject',
          'pair.goals',
          'pair.rhythm',
          'person.job_title',
          'proposal.agreement',
        ],
        ...[
          'proposal.decline_note',
          'proposal.question',
          'request.attributes',
          'round_import.file_name',
          'transfer.card',
        ],
        ...['shared_pair.goals', 'shared_pair.stays_card', 'staff_import_effect.before', 'staff_import_row.detail'],
      ]),
    );
    const asked = await harness.post('account/exports', await signedIn(canary));
    expect(asked).toMatchObject({
      status: 200,
      body: { export: { status: 'collecting', job: { kind: 'people.export-own-data' } } },
    });
    const exported = (asked.body as OwnExportView).export;
    expect(await runJob(exported?.job?.id ?? '')).toEqual({ status: 'done', failure: null });
    const file = await harness.get(`account/exports/${exported?.id}/json`, await signedIn(canary));
    const { kinds } = file.body as ExportFile;

    const counts = await rowsOfParts(harness, subjectOfCanary(canary));
    const unshared = [...counts].filter(([name]) => name !== 'account: Of another institution too');
    // Whoever declares a part arranges a row of it in `everywhere`.
    expect(unshared.filter(([, rows]) => rows === 0)).toEqual([]);
    for (const { table, part, name } of eachPart()) {
      const kind = kinds.find(({ title }) => title === table.title);
      const given = kind?.parts.find(({ as }) => as === part.as);
      if (part.secret) {
        expect(given).toBeUndefined();
        continue;
      }
      const headings = Object.values(part.shows).map((shows) => (typeof shows === 'string' ? shows : shows[0]));
      for (const row of given?.rows ?? []) expect(Object.keys(row)).toEqual(headings);
      for (const [column, heading] of Object.entries(part.shows)) {
        if (typeof heading !== 'string' || part.erasure.does === 'keep' || !taken.has(`${name}.${column}`)) continue;
        expect({ part: part.as, column, words: JSON.stringify(given?.rows) }).toEqual({
          part: part.as,
          column,
          words: expect.stringContaining(canary.token),
        });
      }
    }
    expect(kinds.filter(({ parts }) => parts.some(({ rows }) => rows.length > 0)).length).toBeGreaterThan(35);
    // Who excluded them, and the other person's reasons, are not there in any form.
    const text = JSON.stringify(kinds);
    expect(text).not.toContain('Somebody excluded you');
    expect(text).not.toContain(bystander);
    await harness.sql(`delete from person_skill where person_id = $1`, [canary.personId]);
  });

  it('erased leaves none of their words in the whole database, and the pseudonym only where it is declared to stay', async () => {
    const canary = await add();
    await everywhere(canary);
    await fillWithCanaries(harness, canary);
    const before = await stateOf(bystander);
    await leave(canary);
    const words = [canary.token, canary.family, canary.email];
    expect((await whereIs(harness, words)).length).toBeGreaterThan(40);
    const declared = new Set(eachPart().map(({ table }) => table.table.replace('queue.job', 'queue.job_common')));
    const known = (await whereIs(harness, [canary.personId])).filter(
      (place) => !declared.has(place.slice(0, place.lastIndexOf('.'))),
    );
    expect(known).toEqual([]);

    const jobId = await eraseCanary(canary);
    expect(await runJob(jobId)).toEqual({ status: 'done', failure: null });

    expect(await whereIs(harness, words)).toEqual([]);
    const staying = new Set(
      eachPart()
        .filter(({ part }) => part.erasure.does !== 'delete')
        .map(({ table }) => table.table),
    );
    const left = await whereIs(harness, [canary.personId]);
    expect(left.filter((place) => !staying.has(place.slice(0, place.lastIndexOf('.'))))).toEqual([]);
    expect(
      await harness.sql(
        `select given_name, family_name, email, erased_at is not null as erased from person where id = $1`,
        [canary.personId],
      ),
    ).toEqual([{ given_name: 'Erased', family_name: 'person', email: null, erased: true }]);
    expect(await harness.sql(`select from account where id = $1`, [canary.accountId])).toEqual([]);
    expect(await stateOf(bystander)).toEqual({ ...before, line_manager_id: null });
    const [entry] = await harness.sql<{ details: Record<string, unknown> }>(
      `select details from audit_entry where act = 'person.erase' and subject_id = $1`,
      [canary.personId],
    );
    expect(entry?.details).toMatchObject({ reason: 'asked', deleted: expect.any(Number), kept: expect.any(Number) });
    // And again: there is nobody any more.
    expect(await harness.get(`data-requests/people/${canary.personId}`, administrator)).toMatchObject({
      status: 200,
      body: { obstacle: 'already-erased', kinds: [], mayExport: false },
    });
  });

  it('erased here stays as they are in another institution, where they sign in with the same account', async () => {
    const canary = await add();
    const admin = await harness.somebody(elsewhere, ['institution-administrator', 'coordinator']);
    const there = await harness.post('people', admin, {
      ...{ givenName: canary.given, familyName: canary.family, email: canary.email, jobTitle: 'Keeper of glass' },
      ...{ unitId: null, gradeId: null, lineManagerId: null, technician: true },
    });
    const personThere = (there.body as PersonView).id;
    const session = await harness.signIn(elsewhere, personThere);
    await leave(canary);
    expect(await runJob(await eraseCanary(canary))).toEqual({ status: 'done', failure: null });
    expect(await harness.get(`people/${personThere}`, admin)).toMatchObject({
      status: 200,
      body: { name: fullName(canary), email: canary.email, jobTitle: 'Keeper of glass' },
    });
    expect(await harness.sql(`select email from account where id = $1`, [canary.accountId])).toEqual([
      { email: canary.email },
    ]);
    expect((await harness.get('account', session)).status).toBe(200);
    const places = await whereIs(harness, [canary.token]);
    expect(places).toEqual([]);
    // What is left of the name is theirs, of the other institution alone.
    const names = await harness.sql(`select institution_id from person where family_name = $1`, [canary.family]);
    expect(names).toEqual([{ institution_id: elsewhere }]);
  });

  it('leaves a chain that verifies', async () => {
    const scheduler = worker.get(Scheduler);
    const seal = scheduler['tasks'].find(({ name }) => /seal/.test(name));
    if (!seal) throw new Error('no task seals the audit');
    const canary = await add();
    await scheduler.tick(seal.name);
    await leave(canary);
    expect(await runJob(await eraseCanary(canary))).toEqual({ status: 'done', failure: null });
    await scheduler.tick(seal.name);
    const auditor = await harness.somebody(institutionId, ['auditor']);
    const asked = await harness.post('audit/verifications', auditor);
    expect(asked.status).toBeLessThan(300);
    const [job] = await harness.sql<{ id: string }>(
      `select id from job where kind = 'audit.verify-chain' order by created_at desc limit 1`,
    );
    expect(await runJob(job?.id ?? '')).toEqual({ status: 'done', failure: null });
    expect(await harness.sql(`select status from audit_verification order by asked_at desc limit 1`)).toEqual([
      { status: 'valid' },
    ]);
  });

  const signedIn = (canary: Canary) => harness.signIn(institutionId, canary.personId);
  const stateOf = async (personId: string) =>
    (
      await harness.sql(
        `select p.given_name, p.family_name, p.email, p.job_title, p.line_manager_id,
           (select count(*)::int from award_held a where a.person_id = p.id) as awards,
           (select count(*)::int from role_held h where h.person_id = p.id) as roles,
           (select count(*)::int from pair where mentee_id = p.id or mentor_id = p.id) as pairs,
           (select count(*)::int from correction c where c.person_id = p.id and should_be = 'Glass') as corrections
         from person p where p.id = $1`,
        [personId],
      )
    )[0];
});
