import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answeredEndorsements,
  callEndorsementChanged,
  callEndorsementsPage,
  type EndorseLinkView,
  endorseLinkView,
  endorsementsPage,
  endorsementView,
  homeView,
} from '@waymark/contracts';
import { withdrawEndorsements } from '@waymark/api-funding';
import { EndorsementRecords, mailTo, secretsIn } from './endorsements-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2026-11-23T10:00:00.000Z');
const dayMs = 86_400_000;

describe('endorsements', () => {
  let now = start;
  let harness: Harness;
  let institutionId: string;
  let records: EndorsementRecords;
  let coordinator: SignedIn;
  /** Above the manager. */
  let head: SignedIn;
  let manager: SignedIn;
  let applicant: SignedIn;
  let callId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock: { now: () => now } });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    now = start;
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Cora Dinator');
    head = await harness.somebody(institutionId, [], 'Heddy Crown');
    manager = await reporting(head, 'Mana Ger');
    applicant = await reporting(manager, 'Rowan Pipette');
    records = new EndorsementRecords(harness, institutionId, coordinator.personId);
    callId = await records.call();
  });

  const reporting = async (to: SignedIn | null, name: string, facts = {}): Promise<SignedIn> =>
    harness.signIn(
      institutionId,
      await harness.person(institutionId, { name, lineManagerId: to?.personId ?? null, ...facts }),
    );
  const pass = async (days: number): Promise<void> => {
    now = new Date(now.getTime() + days * dayMs);
    await harness.sql(`update session set expires_at = $1`, [new Date(now.getTime() + dayMs)]);
  };
  const answer = (id: string, as: SignedIn, body: object) =>
    harness.post(`funding/endorsements/${id}/answer`, as, { version: 1, reason: '', ...body });
  const list = async (as: SignedIn, query = '') =>
    endorsementsPage.strict().parse((await harness.get(`funding/endorsements?${query}`, as)).body);
  const ofCall = async (query = '', as = coordinator) =>
    callEndorsementsPage.strict().parse((await harness.get(`funding/calls/${callId}/endorsements?${query}`, as)).body);
  const tasks = async (as: SignedIn) =>
    homeView
      .parse((await harness.get('home', as)).body)
      .tasks.filter(({ kind }) => /endors/.test(kind))
      .map(({ kind, count, about }) => ({ kind, count, about }));
  const mail = (who: SignedIn, least = 1) =>
    harness.until(
      () => mailTo(harness, who),
      (rows) => rows.length >= least,
    );
  const linkOf = async (who: SignedIn, least = 1): Promise<string> =>
    secretsIn((await mail(who, least)).at(-1)?.body ?? '')[0] ?? '';
  const open = async (token: string): Promise<EndorseLinkView> =>
    endorseLinkView.strict().parse((await harness.get(`endorse/${token}`)).body);
  const byLink = (token: string, body: object) =>
    harness.post(`endorse/${token}/answer`, null, { reason: '', ...body });
  const refusal = ({ status, body }: { status: number; body: unknown }) => [
    status,
    (body as { refusal?: string }).refusal,
  ];

  describe('asking', () => {
    it('the line manager is asked, by mail and on their home, with what is asked and by when', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      expect(await records.of(applicationId)).toMatchObject([
        {
          status: 'asked',
          asked_of: manager.personId,
          asked_as: 'line-manager',
          passes_on_at: new Date('2026-11-30T10:00:00Z'),
        },
      ]);
      expect(await tasks(manager)).toEqual([{ kind: 'endorse-application', count: null, about: 'Rowan Pipette' }]);
      const [letter] = await mail(manager);
      expect(letter?.subject).toBe('Can Rowan Pipette go to Glassblowers’ Summer School?');
      for (const part of [
        '3–5 June 2027',
        '£485.50',
        'Monday 30 November 2026 at 10:00',
        'No answer is not a yes',
        '/endorse/',
      ]) {
        expect(letter?.body).toContain(part);
      }
      const kept = await harness.sql<{ token_hash: Buffer }>(
        `select * from endorsement_link where endorsement_id = $1`,
        [endorsementId],
      );
      expect(kept).toHaveLength(1);
      expect(JSON.stringify(kept)).not.toContain(secretsIn(letter?.body ?? '')[0]);
      expect(await records.timeline(applicationId)).toEqual(['asked-to-endorse']);
    });

    it('asking again, also at once, asks nobody twice', async () => {
      const submitted = await records.submitted(callId, applicant.personId);
      await Promise.all([records.ask(submitted), records.ask(submitted), records.ask(submitted)]);
      expect(await records.of(submitted.applicationId)).toHaveLength(1);
      expect(await records.timeline(submitted.applicationId)).toEqual(['asked-to-endorse']);
    });

    it('a manager who is away is passed over for whoever stands in, and one who left for the next above', async () => {
      const standIn = await reporting(head, 'Standin Lane');
      await records.delegate(manager.personId, standIn.personId, '2026-11-20', '2026-11-30');
      const one = await records.asked(callId, applicant.personId);
      expect(await records.of(one.applicationId)).toMatchObject([
        { asked_of: standIn.personId, asked_as: 'delegate', in_place_of: manager.personId },
      ]);
      const gone = await reporting(head, 'Gone Away', { leftOn: '2026-11-01' });
      const other = await reporting(gone, 'Ada Flask');
      const two = await records.asked(callId, other.personId);
      expect(await records.of(two.applicationId)).toMatchObject([
        { asked_of: head.personId, asked_as: 'next-manager' },
      ]);
    });

    it('with nobody to ask the coordinator is to name somebody', async () => {
      const alone = await reporting(null, 'Solo Lab');
      const { applicationId } = await records.asked(callId, alone.personId);
      expect(await records.of(applicationId)).toEqual([]);
      expect(await tasks(coordinator)).toEqual([{ kind: 'name-endorser', count: 1, about: expect.any(String) }]);
      expect((await ofCall('state=nobody')).rows).toMatchObject([
        { applicationId, state: 'nobody', askedOf: null, timesAsked: 0 },
      ]);
    });

    it('what fails after somebody was asked leaves nobody asked', async () => {
      const submitted = await records.submitted(callId, applicant.personId);
      await expect(
        records.inTransaction(async (tx) => {
          await tx.audit('test.fails', { kind: 'application', id: submitted.applicationId });
          await records.ask(submitted).catch(() => undefined);
          throw new Error('late');
        }),
      ).rejects.toThrow('late');
      await harness.sql(`delete from endorsement where application_id = $1`, [submitted.applicationId]);
    });
  });

  describe('answering', () => {
    it.each([
      ['endorsed', '', 'endorsed', null, 'Mana Ger has endorsed your application'],
      [
        'returned',
        'Who covers the Thursday class?',
        'returned',
        'Who covers the Thursday class?',
        'Mana Ger has a question about your application',
      ],
      [
        'declined',
        'We cannot spare anybody in June.',
        'declined',
        'We cannot spare anybody in June.',
        'Mana Ger could not endorse your application',
      ],
    ])(
      '%s: the application moves, its timeline says so, and the applicant hears',
      async (given, reason, status, kept, subject) => {
        const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
        const answered = await answer(endorsementId, manager, { answer: given, reason });
        expect(answered.status).toBe(200);
        expect(endorsementView.strict().parse(answered.body)).toMatchObject({ status, reason: kept, mayAnswer: false });
        expect(await records.status(applicationId)).toBe(status);
        expect(await records.timeline(applicationId)).toEqual(['asked-to-endorse', status]);
        const [letter] = await mail(applicant);
        expect(letter?.subject).toBe(subject);
        if (kept) expect(letter?.body).toContain(kept);
        if (given === 'returned') expect(letter?.body).toContain('until Friday 18 December 2026 at 17:00');
        expect((await list(manager)).rows).toEqual([]);
        expect((await list(manager, 'show=answered')).rows).toMatchObject([{ id: endorsementId, status }]);
        expect(
          await harness.sql(`select act from audit_entry where subject_id = $1 and act = 'endorsement.answer'`, [
            applicationId,
          ]),
        ).toHaveLength(1);
      },
    );

    it('a question and a decline say something', async () => {
      const { endorsementId } = await records.asked(callId, applicant.personId);
      for (const given of ['returned', 'declined']) {
        expect(await answer(endorsementId, manager, { answer: given, reason: '  ' })).toMatchObject({
          status: 422,
          body: { refusal: 'invalid-input', fields: [{ path: 'reason', code: 'reason-missing' }] },
        });
      }
    });

    it('nobody answers on their own, and to everybody else it is not there', async () => {
      const { endorsementId, applicationId } = await records.asked(callId, applicant.personId);
      const elsewhere = await harness.somebody(await harness.institution('Elsewhere'));
      const stranger = await reporting(null, 'Stran Ger');
      expect(refusal(await answer(endorsementId, applicant, { answer: 'endorsed' }))).toEqual([403, 'own-application']);
      for (const who of [coordinator, stranger, head, elsewhere]) {
        expect(refusal(await answer(endorsementId, who, { answer: 'endorsed' }))).toEqual([404, 'not-found']);
        expect(refusal(await harness.get(`funding/endorsements/${endorsementId}`, who))).toEqual([404, 'not-found']);
      }
      expect(refusal(await harness.get(`funding/endorsements/${endorsementId}`, applicant))).toEqual([
        404,
        'not-found',
      ]);
      expect(await records.status(applicationId)).toBe('submitted');
    });

    it('a manager who became the applicant’s since may answer, and so may the one who was asked', async () => {
      const since = await reporting(head, 'New Boss');
      const one = await records.asked(callId, applicant.personId);
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [applicant.personId, since.personId]);
      expect((await list(since)).rows).toMatchObject([{ id: one.endorsementId, mayAnswer: true }]);
      expect((await answer(one.endorsementId, since, { answer: 'endorsed' })).status).toBe(200);
      const second = await records.asked(callId, (await reporting(manager, 'Ben Copper')).personId);
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [second.personId, since.personId]);
      expect((await answer(second.endorsementId, manager, { answer: 'endorsed' })).status).toBe(200);
    });

    it('a second answer is refused and names the first; so is one on an older revision', async () => {
      const { endorsementId } = await records.asked(callId, applicant.personId);
      expect(refusal(await answer(endorsementId, manager, { answer: 'endorsed', version: 7 }))).toEqual([
        409,
        'changed-meanwhile',
      ]);
      await answer(endorsementId, manager, { answer: 'endorsed' });
      expect(await answer(endorsementId, manager, { answer: 'declined', reason: 'No' })).toMatchObject({
        status: 409,
        body: { refusal: 'endorsement-answered', facts: { answer: 'endorsed' } },
      });
    });

    it('after the deadline nothing is answered any more, even before the worker has been there', async () => {
      const { endorsementId, applicationId } = await records.asked(callId, applicant.personId, { at: start });
      await harness.sql(`update call set endorse_by = '2026-12-11T17:00:00Z' where id = $1`, [callId]);
      const token = await linkOf(manager);
      now = new Date('2026-12-11T17:00:00.000Z');
      await pass(0);
      expect(refusal(await answer(endorsementId, manager, { answer: 'endorsed' }))).toEqual([409, 'endorsement-over']);
      expect((await open(token)).state).toBe('over');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([409, 'endorsement-over']);
      expect((await list(manager)).rows).toEqual([]);
      expect(await records.status(applicationId)).toBe('submitted');
    });

    it('of two managers at once one answers, and of an answer and a withdrawal the first', async () => {
      const since = await reporting(head, 'New Boss');
      const { endorsementId, applicationId } = await records.asked(callId, applicant.personId);
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [applicant.personId, since.personId]);
      const answers = await Promise.all([
        answer(endorsementId, manager, { answer: 'endorsed' }),
        answer(endorsementId, since, { answer: 'declined', reason: 'No cover' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.filter(({ status }) => status === 409).map(refusal)).toEqual([[409, 'endorsement-answered']]);
      expect((await records.timeline(applicationId)).length).toBe(2);

      const other = await records.asked(callId, (await reporting(manager, 'Ben Copper')).personId);
      const [answered] = await Promise.all([
        answer(other.endorsementId, manager, { answer: 'endorsed' }),
        records.inTransaction(async (tx) => {
          const [row] = await tx.query<{ status: string }>(`select status from application where id = $1 for update`, [
            other.applicationId,
          ]);
          if (row?.status !== 'submitted') return;
          await tx.query(`update application set status = 'withdrawn' where id = $1`, [other.applicationId]);
          await withdrawEndorsements(tx, [other.applicationId]);
        }),
      ]);
      const [left] = await records.of(other.applicationId);
      expect([`${await records.status(other.applicationId)} ${left?.status}`, answered.status]).toEqual(
        answered.status === 200 ? ['endorsed endorsed', 200] : ['withdrawn withdrawn', 409],
      );
    });

    it('a double click is one answer', async () => {
      const { endorsementId, applicationId } = await records.asked(callId, applicant.personId);
      const body = { version: 1, answer: 'endorsed', reason: '' };
      const key = crypto.randomUUID();
      const both = await Promise.all(
        [1, 2].map(() =>
          harness.ask('POST', `funding/endorsements/${endorsementId}/answer`, { as: manager, body, key }),
        ),
      );
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
      expect(await records.timeline(applicationId)).toEqual(['asked-to-endorse', 'endorsed']);
    });
  });

  describe('several at once', () => {
    it('each has its own result, in the order given; what fails is named and holds up nothing', async () => {
      const team = await Promise.all(['Ann Brass', 'Ben Copper', 'Cy Zinc'].map((name) => reporting(manager, name)));
      const asked = [];
      for (const { personId } of team) asked.push(await records.asked(callId, personId));
      const foreign = await records.asked(callId, (await reporting(head, 'Other Team')).personId);
      await answer(asked[1]?.endorsementId ?? '', manager, { answer: 'declined', reason: 'No' });
      const ids = [...asked.map(({ endorsementId }) => endorsementId), foreign.endorsementId, crypto.randomUUID()];
      const answered = await harness.post('funding/endorsements/answers', manager, {
        endorsements: ids.map((id) => ({ id, version: 1 })),
        answer: 'returned',
        reason: 'Who covers the practicals?',
      });
      expect(answeredEndorsements.parse(answered.body).results).toEqual([
        { id: ids[0], refusal: null },
        { id: ids[1], refusal: 'endorsement-answered' },
        { id: ids[2], refusal: null },
        { id: ids[3], refusal: 'not-found' },
        { id: ids[4], refusal: 'not-found' },
      ]);
      expect(await Promise.all(asked.map(({ applicationId }) => records.status(applicationId)))).toEqual([
        'returned',
        'declined',
        'returned',
      ]);
      expect((await mail(team[0] as SignedIn))[0]?.body).toContain('Who covers the practicals?');
    });

    it('declining is for one alone, and a question is asked', async () => {
      const { endorsementId } = await records.asked(callId, applicant.personId);
      const endorsements = [{ id: endorsementId, version: 1 }];
      for (const body of [
        { answer: 'declined', reason: 'No' },
        { answer: 'returned', reason: '' },
      ]) {
        expect(refusal(await harness.post('funding/endorsements/answers', manager, { endorsements, ...body }))).toEqual(
          [422, 'invalid-input'],
        );
      }
    });

    it('two people with the same several in opposite orders do not wait for one another', async () => {
      const since = await reporting(head, 'New Boss');
      const asked = [];
      for (let at = 0; at < 12; at += 1) {
        const one = await records.asked(callId, (await reporting(manager, `Person ${at}`)).personId);
        await harness.sql(`update person set line_manager_id = $2 where id = $1`, [one.personId, since.personId]);
        asked.push({ id: one.endorsementId, version: 1 });
      }
      const answers = await Promise.all([
        harness.post('funding/endorsements/answers', manager, { endorsements: asked, answer: 'endorsed', reason: '' }),
        harness.post('funding/endorsements/answers', since, {
          endorsements: asked.toReversed(),
          answer: 'endorsed',
          reason: '',
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const done = answers
        .flatMap(({ body }) => answeredEndorsements.parse(body).results)
        .filter((each) => each.refusal === null);
      expect(done).toHaveLength(12);
    });
  });

  describe('what the team page shows', () => {
    it('dates, cost, who else would be away, and what was funded before', async () => {
      const colleague = await reporting(manager, 'Ben Copper');
      await records.asked(callId, colleague.personId, {
        event: { startsOn: '2027-06-05', endsOn: '2027-06-09', name: 'Valve Days' },
      });
      await records.asked(callId, (await reporting(head, 'Other Team')).personId);
      const { endorsementId } = await records.asked(callId, applicant.personId);
      const old = await records.call({ status: 'archived' });
      await records.changed(old, applicant.personId);
      const page = await list(manager, 'sort=name');
      expect(page.rows.map(({ applicant: { name }, clashes }) => [name, clashes])).toEqual([
        ['Ben Copper', 1],
        ['Rowan Pipette', 1],
        ['Rowan Pipette', 0],
      ]);
      const view = endorsementView
        .strict()
        .parse((await harness.get(`funding/endorsements/${endorsementId}`, manager)).body);
      expect(view).toMatchObject({
        askedPence: 48_550,
        leastPence: 40_000,
        mayAnswer: true,
        clashesWith: [
          { name: 'Ben Copper', event: 'Valve Days', startsOn: '2027-06-05', endsOn: '2027-06-09', awarded: false },
        ],
        fundedBefore: { count: 1, amountPence: 45_000 },
        funded: [{ event: 'Glassblowers’ Summer School', startsOn: '2027-06-03', amountPence: 45_000 }],
        document: { case: expect.stringContaining('manifolds') },
      });
      expect((await list(manager, 'search=valve')).total).toBe(1);
      const file = await harness.get('funding/endorsements/export', manager);
      expect(file.body).toContain('Ben Copper');
      expect(file.body).toContain(',485.5,400,1,');
    });
  });

  describe('silence', () => {
    it('after five days a reminder, once; after seven it goes to the delegate, then above, then the coordinator names; silence never endorses', async () => {
      const { applicationId } = await records.asked(callId, applicant.personId);
      await mail(manager);
      await pass(4.9);
      await harness.tick('remind-endorsers');
      expect(await mailTo(harness, manager)).toHaveLength(1);
      await pass(0.2);
      await harness.tick('remind-endorsers');
      await harness.tick('remind-endorsers');
      expect((await mailTo(harness, manager)).map(({ subject }) => subject)).toEqual([
        'Can Rowan Pipette go to Glassblowers’ Summer School?',
        'Reminder: Can Rowan Pipette go to Glassblowers’ Summer School?',
      ]);
      const standIn = await reporting(null, 'Standin Lane');
      await records.delegate(manager.personId, standIn.personId, '2026-11-29', '2026-12-31');
      await pass(2);
      const token = await linkOf(manager, 2);
      await harness.tick('pass-on-endorsements');
      expect(await records.of(applicationId)).toMatchObject([
        { asked_of: manager.personId, status: 'passed-on' },
        { asked_of: standIn.personId, asked_as: 'delegate', in_place_of: manager.personId, status: 'asked' },
      ]);
      expect((await open(token)).state).toBe('passed-on');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([409, 'endorsement-passed-on']);
      expect((await mail(standIn))[0]?.body).toContain('You are asked because you stand in for Mana Ger.');
      await pass(7.1);
      await harness.tick('pass-on-endorsements');
      expect(await records.of(applicationId)).toMatchObject([
        {},
        { status: 'passed-on' },
        { asked_of: head.personId, asked_as: 'next-manager' },
      ]);
      await pass(7.1);
      await harness.tick('pass-on-endorsements');
      expect((await records.of(applicationId)).map(({ status }) => status)).toEqual([
        'passed-on',
        'passed-on',
        'passed-on',
      ]);
      expect(await records.status(applicationId)).toBe('submitted');
      expect(await tasks(coordinator)).toMatchObject([{ kind: 'name-endorser', count: 1 }]);
      expect(await records.timeline(applicationId)).toEqual([
        'asked-to-endorse',
        ...['passed-on', 'asked-to-endorse', 'passed-on', 'asked-to-endorse', 'passed-on', 'asked-to-endorse'],
      ]);
    });

    it('five hundred in one night are each passed on once, by two workers too, and whoever gets many gets few letters', async () => {
      await harness.sql(
        `with people as (
           insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
           select $1, uuidv7(), 'Tech', 'Nician ' || n, 't' || n || '.' || $3::text || '@college.example', $2, true, now(), 1
           from generate_series(1, 500) n returning id
         ), applications as (
           insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version, draft_saved_at, created_at, version)
           select $1, uuidv7(), $3::uuid, id, 'N-' || id, 'submitted', false, '{}', 1, now(), now(), 1 from people returning id, person_id
         )
         select count(*) from applications`,
        [institutionId, manager.personId, callId],
      );
      const sample = await records.submitted(callId, applicant.personId);
      await harness.sql(
        `insert into application_submission select institution_id, a.id, 1, s.document, s.terms_number, s.asked_pence, s.least_pence,
           s.event_name, s.event_starts_on, s.event_ends_on, s.judged, s.submitted_at, a.person_id
         from application a cross join lateral (select document, terms_number, asked_pence, least_pence, event_name, event_starts_on,
           event_ends_on, judged, submitted_at from application_submission where application_id = $2) s
         where a.call_id = $1 and a.id <> $2`,
        [callId, sample.applicationId],
      );
      await harness.sql(`update application set submission_number = 1 where call_id = $1`, [callId]);
      await harness.sql(
        `insert into endorsement (institution_id, id, application_id, submission_number, purpose, status, asked_of, asked_as, asked_at, passes_on_at, version)
         select institution_id, uuidv7(), id, 1, 'application', 'asked', $2, 'line-manager', $3, $3::timestamptz + interval '7 days', 1
         from application where call_id = $1 and id <> $4`,
        [callId, manager.personId, start, sample.applicationId],
      );
      await pass(7.1);
      const began = Date.now();
      await Promise.all([harness.tick('pass-on-endorsements'), harness.tick('pass-on-endorsements')]);
      await harness.tick('pass-on-endorsements');
      const tookMs = Date.now() - began;
      const counts = await harness.sql(
        `select n.status, n.asked_as, count(*)::int as n, count(distinct n.application_id)::int as applications
         from endorsement n join application a on a.id = n.application_id where a.call_id = $1 group by 1, 2 order by 1, 2`,
        [callId],
      );
      expect(counts).toEqual([
        { status: 'asked', asked_as: 'next-manager', n: 500, applications: 500 },
        { status: 'passed-on', asked_as: 'line-manager', n: 500, applications: 500 },
      ]);
      const letters = await harness.until(
        () => mailTo(harness, head),
        (rows) => rows.flatMap(({ body }) => secretsIn(body)).length >= 500,
      );
      expect(letters.flatMap(({ body }) => secretsIn(body))).toHaveLength(500);
      expect(letters.length).toBeLessThanOrEqual(30);
      process.stdout.write(`500 endorsements passed on in ${tookMs} ms\n`);
      const listed = Date.now();
      expect((await list(head)).waiting).toBe(500);
      process.stdout.write(`a list of 500 in ${Date.now() - listed} ms\n`);
    });

    it('an answer and a passing on at once: one of them', async () => {
      const asked = [];
      for (let at = 0; at < 10; at += 1)
        asked.push(await records.asked(callId, (await reporting(manager, `Person ${at}`)).personId));
      await pass(7.1);
      const [, ...answers] = await Promise.all([
        harness.tick('pass-on-endorsements'),
        ...asked.map(({ endorsementId }) => answer(endorsementId, manager, { answer: 'endorsed' })),
      ]);
      for (const [at, { applicationId }] of asked.entries()) {
        const statuses = (await records.of(applicationId)).map(({ status }) => status).join(' ');
        const { status } = answers[at] as { status: number };
        expect([status, statuses]).toEqual(status === 200 ? [200, 'endorsed'] : [409, 'passed-on asked']);
      }
    });

    it('at the deadline it is unendorsed, with a letter, and the coordinator decides', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      const alone = await records.asked(callId, (await reporting(null, 'Solo Lab')).personId);
      now = new Date('2026-12-23T16:59:59.999Z');
      await pass(0);
      await harness.tick('end-unanswered-endorsements');
      expect(await records.status(applicationId)).toBe('submitted');
      now = new Date('2026-12-23T17:00:00.000Z');
      await Promise.all([harness.tick('end-unanswered-endorsements'), harness.tick('end-unanswered-endorsements')]);
      await harness.tick('pass-on-endorsements');
      expect(await records.status(applicationId)).toBe('unendorsed');
      expect(await records.status(alone.applicationId)).toBe('unendorsed');
      expect((await records.of(applicationId)).map(({ id, status }) => [id, status])).toEqual([
        [endorsementId, 'unendorsed'],
      ]);
      const letters = await mail(applicant);
      expect(letters).toHaveLength(1);
      expect(letters[0]?.body).toContain('Speak to Tally Beaker');
      expect(refusal(await answer(endorsementId, manager, { answer: 'endorsed' }))).toEqual([409, 'endorsement-over']);
      expect(await tasks(coordinator)).toMatchObject([{ kind: 'decide-unendorsed', count: 2 }]);
    });

    it('a returned one that is not sent again is unendorsed when its grace ends', async () => {
      await harness.sql(`update call set endorse_by = closes_at where id = $1`, [callId]);
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      await answer(endorsementId, manager, { answer: 'returned', reason: 'Who covers?' });
      now = new Date('2026-12-18T16:59:59.000Z');
      await harness.tick('end-unanswered-endorsements');
      expect(await records.status(applicationId)).toBe('returned');
      now = new Date('2026-12-18T17:00:00.000Z');
      await harness.tick('end-unanswered-endorsements');
      expect(await records.status(applicationId)).toBe('unendorsed');
      expect((await records.of(applicationId)).map(({ status }) => status)).toEqual(['returned']);
    });

    it('one handed in after the deadline, by an extension, has seven days', async () => {
      now = new Date('2026-12-28T10:00:00.000Z');
      const { applicationId } = await records.asked(callId, applicant.personId);
      await harness.tick('end-unanswered-endorsements');
      expect(await records.status(applicationId)).toBe('submitted');
      await pass(7);
      await harness.tick('end-unanswered-endorsements');
      expect(await records.status(applicationId)).toBe('unendorsed');
    });

    it('whoever leaves is asked no more: it goes on at once, and their link says so', async () => {
      const { applicationId } = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      await harness.sql(`update person set left_on = '2026-11-22' where id = $1`, [manager.personId]);
      expect((await open(token)).state).toBe('left');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([410, 'link-expired']);
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at) values (uuidv7(), $1, 'person.left', $2, now())`,
        [institutionId, JSON.stringify({ personId: manager.personId, lastDay: '2026-11-22' })],
      );
      await harness.until(
        () => records.of(applicationId),
        (rows) => rows.length === 2,
      );
      expect(await records.of(applicationId)).toMatchObject([
        { status: 'passed-on' },
        { status: 'asked', asked_of: head.personId },
      ]);
      expect((await open(token)).state).toBe('left');
    });
  });

  describe('the link in the mail', () => {
    it('opened a hundred times it changes nothing; its button answers, and then it says so', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      const before = await harness.sql(`select * from endorsement where id = $1`, [endorsementId]);
      const links = await harness.sql(`select * from endorsement_link where endorsement_id = $1`, [endorsementId]);
      for (let at = 0; at < 100; at += 1) await open(token);
      await harness.ask('HEAD', `endorse/${token}`).catch(() => undefined);
      expect(await harness.sql(`select * from endorsement where id = $1`, [endorsementId])).toEqual(before);
      expect(await harness.sql(`select * from endorsement_link where endorsement_id = $1`, [endorsementId])).toEqual(
        links,
      );
      expect(await open(token)).toMatchObject({
        state: 'open',
        applicant: 'Rowan Pipette',
        event: 'Glassblowers’ Summer School',
        asked: { askedPence: 48_550, startsOn: '2027-06-03', answerBy: '2026-11-30T10:00:00.000Z', costs: [{}, {}] },
      });
      const answered = await byLink(token, { answer: 'endorsed' });
      expect(answered).toMatchObject({ status: 200, body: { state: 'answered', answer: 'endorsed', asked: null } });
      expect(await records.status(applicationId)).toBe('endorsed');
      expect(await records.of(applicationId)).toMatchObject([{ answered_through: 'mail' }]);
      expect(await open(token)).toMatchObject({ state: 'answered', answer: 'endorsed', asked: null });
      // The answer was lost on its way; another answer is refused.
      expect((await byLink(token, { answer: 'endorsed' })).status).toBe(200);
      expect(refusal(await byLink(token, { answer: 'declined', reason: 'No' }))).toEqual([409, 'endorsement-answered']);
      expect(await records.timeline(applicationId)).toEqual(['asked-to-endorse', 'endorsed']);
    });

    it('returns with a question and declines with a reason, and says what is missing', async () => {
      const one = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      expect(refusal(await byLink(token, { answer: 'returned' }))).toEqual([422, 'invalid-input']);
      expect((await byLink(token, { answer: 'declined', reason: 'No cover' })).status).toBe(200);
      expect(await records.status(one.applicationId)).toBe('declined');
    });

    it('of the link and the page at once one answers; the link then says that it was answered elsewhere', async () => {
      const { endorsementId, applicationId } = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      const answers = await Promise.all([
        byLink(token, { answer: 'endorsed' }),
        answer(endorsementId, manager, { answer: 'declined', reason: 'No cover' }),
        byLink(token, { answer: 'endorsed' }),
      ]);
      const page = answers[1];
      expect(
        page?.status === 200 ? answers.map(({ status }) => status) : [answers[0]?.status, answers[2]?.status],
      ).toEqual(page?.status === 200 ? [409, 200, 409] : [200, 200]);
      expect((await records.timeline(applicationId)).length).toBe(2);
      const other = await records.asked(callId, (await reporting(manager, 'Ben Copper')).personId);
      const second = await linkOf(manager, 2);
      await answer(other.endorsementId, manager, { answer: 'endorsed' });
      expect(await open(second)).toMatchObject({ state: 'answered-elsewhere', answer: 'endorsed' });
      expect(refusal(await byLink(second, { answer: 'declined', reason: 'No' }))).toEqual([
        409,
        'endorsement-answered',
      ]);
    });

    it('ends with its time, with a withdrawal, and is nothing where it was never made', async () => {
      const { applicationId } = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      await pass(7.1);
      expect((await open(token)).state).toBe('expired');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([410, 'link-expired']);
      await records.inTransaction((tx) => withdrawEndorsements(tx, [applicationId]));
      expect((await open(token)).state).toBe('withdrawn');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([409, 'endorsement-withdrawn']);
      expect(refusal(await harness.get(`endorse/${'x'.repeat(43)}`))).toEqual([404, 'not-found']);
      expect(refusal(await harness.get('endorse/short'))).toEqual([422, 'invalid-input']);
    });

    it('is looked at so often and no more from one address', async () => {
      await harness.sql(`delete from rate_limit`);
      const many = await Promise.all(Array.from({ length: 310 }, () => harness.get(`endorse/${'y'.repeat(43)}`)));
      expect(many.filter(({ status }) => status === 429)).toHaveLength(10);
      await harness.sql(`delete from rate_limit`);
    });

    it('its letter is written once, also where the event comes twice', async () => {
      const { endorsementId } = await records.asked(callId, applicant.personId);
      await mail(manager);
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at) values (uuidv7(), $1, 'funding.endorsement-asked', $2, now())`,
        [institutionId, JSON.stringify({ endorsementIds: [endorsementId] })],
      );
      await harness.until(
        () => harness.sql(`select from outbox`),
        (rows) => rows.length === 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await mailTo(harness, manager)).toHaveLength(1);
    });
  });

  describe('the coordinator', () => {
    const name = (applicationId: string, personId: string, purpose = 'application', as = coordinator) =>
      harness.post(`funding/calls/${callId}/endorsements/name`, as, { applicationId, purpose, personId });
    const decide = (applicationId: string, body: object, as = coordinator) =>
      harness.post(`funding/calls/${callId}/endorsements/decide`, as, {
        applicationId,
        version: 1,
        decision: 'endorsed',
        reason: 'The event fits',
        ...body,
      });

    it('names somebody where nobody is left, who then answers', async () => {
      const alone = await reporting(null, 'Solo Lab');
      const friend = await reporting(null, 'Friendly Face');
      const { applicationId } = await records.asked(callId, alone.personId);
      const answered = await name(applicationId, friend.personId);
      expect(callEndorsementChanged.strict().parse(answered.body).row).toMatchObject({
        state: 'waiting',
        askedOf: { name: 'Friendly Face' },
        askedAs: 'named',
      });
      expect((await mail(friend))[0]?.body).toContain('the coordinator of the fund named you');
      const [endorsement] = await records.of(applicationId);
      expect((await answer(endorsement?.id ?? '', friend, { answer: 'endorsed' })).status).toBe(200);
      expect(await records.status(applicationId)).toBe('endorsed');
    });

    it('names somebody in the place of whoever is asked; when that one is silent, names again', async () => {
      const friend = await reporting(null, 'Friendly Face');
      const { applicationId } = await records.asked(callId, applicant.personId);
      expect((await name(applicationId, friend.personId)).status).toBe(200);
      expect(refusal(await name(applicationId, friend.personId))).toEqual([409, 'endorser-asked']);
      await pass(7.1);
      await harness.tick('pass-on-endorsements');
      expect((await records.of(applicationId)).map(({ status }) => status)).toEqual(['passed-on', 'passed-on']);
      expect((await ofCall()).counts).toEqual({ waiting: 0, nobody: 1, unendorsed: 0, answered: 0 });
    });

    it('names neither the applicant, nor who has left, nor who is not there, nor for what waits for nobody', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      const gone = await reporting(null, 'Gone Away', { leftOn: '2026-11-01' });
      const foreign = await harness.person(await harness.institution('Elsewhere'));
      expect(refusal(await name(applicationId, applicant.personId))).toEqual([403, 'own-application']);
      expect(refusal(await name(applicationId, gone.personId))).toEqual([409, 'person-left']);
      expect(refusal(await name(applicationId, foreign))).toEqual([422, 'invalid-input']);
      expect(refusal(await name(crypto.randomUUID(), head.personId))).toEqual([404, 'not-found']);
      expect(refusal(await name(applicationId, head.personId, 'changed-event'))).toEqual([409, 'status-refused']);
      expect(refusal(await name(applicationId, head.personId, 'application', manager))).toEqual([403, 'not-allowed']);
      await answer(endorsementId, manager, { answer: 'endorsed' });
      expect(refusal(await name(applicationId, head.personId))).toEqual([409, 'status-refused']);
    });

    it.each(['endorsed', 'declined'] as const)(
      'decides on what nobody endorsed: %s, with a reason that the applicant reads',
      async (decision) => {
        const { applicationId } = await records.submitted(callId, applicant.personId, { status: 'unendorsed' });
        const answered = await decide(applicationId, { decision, reason: 'The school confirmed cover.' });
        expect(callEndorsementChanged.parse(answered.body).row).toMatchObject({
          state: 'answered',
          applicationStatus: decision,
          reason: 'The school confirmed cover.',
        });
        expect(await records.timeline(applicationId)).toEqual(['endorsement-set']);
        expect((await mail(applicant))[0]?.body).toContain('The school confirmed cover.');
        expect(refusal(await decide(applicationId, { version: 2, decision }))).toEqual([409, 'status-refused']);
      },
    );

    it('decides not on their own, nor without a reason, nor on what is still waiting, nor twice', async () => {
      const own = await records.submitted(callId, coordinator.personId, { status: 'unendorsed' });
      const waiting = await records.submitted(callId, applicant.personId);
      const late = await records.submitted(callId, (await reporting(null, 'Ada Flask')).personId, {
        status: 'unendorsed',
      });
      expect(refusal(await decide(own.applicationId, {}))).toEqual([403, 'own-application']);
      expect(refusal(await decide(waiting.applicationId, {}))).toEqual([409, 'status-refused']);
      expect(refusal(await decide(late.applicationId, { reason: '' }))).toEqual([422, 'invalid-input']);
      expect(refusal(await decide(late.applicationId, { version: 4 }))).toEqual([409, 'changed-meanwhile']);
      expect(refusal(await decide(crypto.randomUUID(), {}))).toEqual([404, 'not-found']);
      const other = await harness.somebody(institutionId, ['coordinator']);
      const both = await Promise.all([
        decide(late.applicationId, {}),
        decide(late.applicationId, { decision: 'declined' }, other),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    it('reminds whoever is asked, nobody twice within a day, and the new link works', async () => {
      const { endorsementId } = await records.asked(callId, applicant.personId);
      await mail(manager);
      const remind = () =>
        harness.post(`funding/calls/${callId}/endorsements/remind`, coordinator, { endorsementIds: [endorsementId] });
      expect((await remind()).body).toEqual({ reminded: 0, lately: 1 });
      await pass(1.1);
      const both = await Promise.all([remind(), remind()]);
      expect(both.map(({ body }) => (body as { reminded: number }).reminded).sort()).toEqual([0, 1]);
      expect((await open(await linkOf(manager, 2))).state).toBe('open');
      await answer(endorsementId, manager, { answer: 'endorsed' });
      expect(refusal(await remind())).toEqual([409, 'changed-meanwhile']);
    });

    it('sees them by age, by state and as a file; an auditor too, and may change nothing', async () => {
      const auditor = await harness.somebody(institutionId, ['auditor']);
      await records.asked(callId, applicant.personId, { at: new Date(start.getTime() - 3 * dayMs) });
      await records.asked(callId, (await reporting(null, 'Solo Lab')).personId);
      const page = await ofCall('', auditor);
      expect(page).toMatchObject({ mayManage: false, total: 2, counts: { waiting: 1, nobody: 1 } });
      expect(page.rows.map(({ applicant: { name: each } }) => each)).toEqual(['Rowan Pipette', 'Solo Lab']);
      expect((await ofCall('state=nobody')).rows).toHaveLength(1);
      const file = await harness.get(`funding/calls/${callId}/endorsements/export?state=waiting`, coordinator);
      expect(file.body).toContain('Rowan Pipette');
      expect(file.body).not.toContain('Solo Lab');
      expect(refusal(await harness.get(`funding/calls/${callId}/endorsements`, manager))).toEqual([403, 'not-allowed']);
      expect(refusal(await harness.get(`funding/calls/${crypto.randomUUID()}/endorsements`, coordinator))).toEqual([
        404,
        'not-found',
      ]);
    });
  });

  describe('an event that has moved', () => {
    it('is asked of the manager with both dates; endorsed, the award stands with the new ones', async () => {
      const { applicationId, endorsementId } = await records.changed(callId, applicant.personId);
      expect(await tasks(manager)).toMatchObject([{ kind: 'endorse-changed-event' }]);
      const token = await linkOf(manager);
      expect(await open(token)).toMatchObject({
        event: 'Glassblowers’ Autumn School',
        asked: {
          purpose: 'changed-event',
          startsOn: '2027-09-10',
          askedPence: 45_000,
          before: { startsOn: '2027-06-03' },
        },
      });
      expect((await answer(endorsementId, manager, { answer: 'endorsed' })).status).toBe(200);
      const [award] = await harness.sql(
        `select status, event_starts_on::text as starts from award where application_id = $1`,
        [applicationId],
      );
      expect(award).toEqual({ status: 'accepted', starts: '2027-09-10' });
      expect(await records.status(applicationId)).toBe('awarded');
    });

    it('passes on in silence, past the deadline of its call too, and the coordinator names somebody', async () => {
      await harness.sql(`update call set status = 'decided' where id = $1`, [callId]);
      const alone = await reporting(null, 'Solo Lab');
      const friend = await reporting(null, 'Friendly Face');
      const { applicationId } = await records.changed(callId, alone.personId);
      expect(await tasks(coordinator)).toMatchObject([{ kind: 'name-endorser', count: 1 }]);
      expect((await ofCall('state=nobody')).rows).toMatchObject([{ applicationId, purpose: 'changed-event' }]);
      const named = await harness.post(`funding/calls/${callId}/endorsements/name`, coordinator, {
        applicationId,
        purpose: 'changed-event',
        personId: friend.personId,
      });
      expect(named.status).toBe(200);
      now = new Date('2027-01-10T10:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      expect((await records.of(applicationId)).map(({ status }) => status)).toEqual(['passed-on']);
    });
  });
});
