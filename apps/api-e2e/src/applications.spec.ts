import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  type ApplicationDraft,
  applicationStatuses,
  type ApplicationStatus,
  applicationView,
  type ApplicationView,
  type CallTerms,
  draftSaved,
  type DraftSaved,
  myApplications,
  type ProblemView,
  type RuleResult,
} from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ApplicationsRecords, closesAt, complete, question, start, terms } from './applications-records';
import { type Answer, Harness, type SignedIn } from './harness';

describe('an application', () => {
  const clock = new MovedClock(start);
  let harness: Harness;
  let records: ApplicationsRecords;
  let institutionId: string;
  let coordinator: SignedIn;
  let manager: string;
  let rowan: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    records = new ApplicationsRecords(harness);
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Ada Beaker');
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    manager = await harness.person(institutionId, { name: 'Hazel Gasket' });
    rowan = await technician('Rowan Pipette');
  });

  /** Sessions last a day; the people of these tests stay signed in. */
  const moveTo = async (at: Date): Promise<void> => {
    clock.moveTo(at);
    await harness.sql(`update session set created_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [at]);
  };
  const technician = async (name: string, facts: object = {}): Promise<SignedIn> =>
    harness.signIn(institutionId, await harness.person(institutionId, { name, lineManagerId: manager, ...facts }));
  const call = (facts: Parameters<ApplicationsRecords['call']>[2] = {}) =>
    records.call(institutionId, coordinator.personId, facts);
  const begin = (callId: string, as = rowan) => harness.post(`funding/calls/${callId}/applications`, as);
  const save = (id: string, draftVersion: number, draft: ApplicationDraft = complete(), as = rowan) =>
    harness.put(`funding/applications/${id}/draft`, as, { draftVersion, draft });
  const submit = (id: string, draftVersion: number, as = rowan) =>
    harness.post(`funding/applications/${id}/submit`, as, { draftVersion });
  const withdraw = ({ id, version }: Pick<ApplicationView, 'id' | 'version'>, reason = '', as = rowan) =>
    harness.post(`funding/applications/${id}/withdraw`, as, { version, reason });
  const refusal = (answer: Answer) => (answer.body as ProblemView).refusal;
  const facts = (answer: Answer) => (answer.body as ProblemView).facts;
  const view = (answer: Answer): ApplicationView => applicationView.parse(answer.body);
  const rows = async (id: string) => ({
    submissions: (await harness.sql(`select number from application_submission where application_id = $1`, [id]))
      .length,
    asked: (await harness.sql(`select id from endorsement where application_id = $1 and status = 'asked'`, [id]))
      .length,
    mail: (await harness.sql(`select id from mail_message where institution_id = $1`, [institutionId])).length,
  });

  describe('is begun', () => {
    it('once: whoever begins again gets their draft', async () => {
      const callId = await call();
      const first = await begin(callId);
      expect(first.status).toBe(201);
      const made = view(first);
      expect(made).toMatchObject({
        status: 'draft',
        mine: true,
        draftVersion: 1,
        applicant: { name: 'Rowan Pipette' },
        endorser: { status: null, name: 'Hazel Gasket', as: 'line-manager' },
        sendBefore: closesAt.toISOString(),
        may: { save: true, submit: true, withdraw: true, appeal: [] },
      });
      expect(made.reference).toMatch(/^CF26-\d{4}$/);
      expect(made.timeline.map(({ kind }) => kind)).toEqual(['begun']);
      expect(made.next.map(({ step }) => step)).toEqual(['send', 'endorse', 'score', 'decide']);
      expect(made.missing.length).toBeGreaterThan(5);
      expect(view(await begin(callId)).id).toBe(made.id);
    });

    it('once also by ten who click at once, and references follow one another without a gap', async () => {
      const callId = await call();
      const answers = await Promise.all(Array.from({ length: 10 }, () => begin(callId)));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
      expect(new Set(answers.map((answer) => view(answer).id)).size).toBe(1);
      const others = await Promise.all(
        Array.from({ length: 12 }, async (_, n) => view(await begin(callId, await technician(`Reed Reagent${n}`)))),
      );
      const all = [view(answers[0] as Answer), ...others].map(({ reference }) => reference).sort();
      expect(all).toEqual(Array.from({ length: 13 }, (_, n) => `CF26-${String(n + 1).padStart(4, '0')}`));
    });

    it('again after a withdrawal, and a second time where the call takes more than one', async () => {
      const callId = await call();
      const first = await records.begin(callId, rowan);
      await withdraw(first);
      const second = await records.begin(callId, rowan);
      expect(second.id).not.toBe(first.id);
      const many = await call({ terms: terms({ rules: [] }) });
      const sent = await records.submitted(many, rowan);
      expect(view(await begin(many)).id).not.toBe(sent.id);
      const one = await call();
      const only = await records.submitted(one, rowan);
      expect(view(await begin(one))).toMatchObject({ id: only.id, status: 'submitted' });
    });

    it('is refused before the call opens, at its closing second, in a call that is over, and in one nobody knows of', async () => {
      const coming = await call({ opensAt: '2026-04-10T09:42:00.001Z' });
      expect(refusal(await begin(coming))).toBe('call-not-open');
      const open = await call();
      await moveTo(new Date(closesAt.getTime() - 1));
      expect((await begin(open)).status).toBe(201);
      await moveTo(closesAt);
      expect(refusal(await begin(open, await technician('Reed Reagent')))).toBe('call-not-open');
      await moveTo(start);
      for (const status of ['closed', 'scoring', 'moderation', 'decided', 'archived']) {
        expect(refusal(await begin(await call({ status })))).toBe('call-not-open');
      }
      expect(refusal(await begin(await call({ status: 'draft' })))).toBe('not-found');
      expect(refusal(await begin(randomUUID()))).toBe('not-found');
    });

    it('is refused to whom the call is not for, and leaves nothing behind', async () => {
      const callId = await call({ terms: terms({ audience: { techniciansOnly: true, unitIds: [], gradeIds: [] } }) });
      const lecturer = await technician('Lea Lecturer', { technician: false });
      const refused = await begin(callId, lecturer);
      expect([refusal(refused), facts(refused)]).toEqual(['rules-fail', { rules: 'in-audience' }]);
      expect(await harness.sql(`select id from application where call_id = $1`, [callId])).toEqual([]);
      expect(
        await harness.sql(`select last from application_reference_count where institution_id = $1`, [institutionId]),
      ).toEqual([]);
    });

    it('after the close by whom more time was granted, and by nobody else', async () => {
      const callId = await call();
      await records.extension(institutionId, callId, rowan.personId, coordinator.personId, '2026-04-20T11:00:00Z');
      await moveTo(new Date('2026-04-18T11:00:00Z'));
      const made = view(await begin(callId));
      expect(made).toMatchObject({
        sendBefore: '2026-04-20T11:00:00.000Z',
        extension: { until: '2026-04-20T11:00:00.000Z', reason: 'Away with the ship' },
      });
      expect(refusal(await begin(callId, await technician('Reed Reagent')))).toBe('call-not-open');
    });

    it('rolls back whole', async () => {
      const callId = await call();
      await records.calls.failOn('audit_entry', async () => {
        expect((await begin(callId)).status).toBe(500);
      });
      expect(await harness.sql(`select id from application where call_id = $1`, [callId])).toEqual([]);
      expect((await begin(callId)).status).toBe(201);
    });
  });

  describe('is saved', () => {
    it('with what it still lacks and how the rules stand', async () => {
      const { id } = await records.begin(await call(), rowan);
      const draft = complete({ case: '' });
      const saved = draftSaved.parse((await save(id, 1, draft)).body);
      expect(saved).toMatchObject({ draftVersion: 2, savedAt: start.toISOString() });
      expect(saved.missing).toEqual([{ field: 'case', fault: 'needed', limit: null }]);
      expect(saved.rules.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
        'one-application passes',
        'not-retrospective passes',
        'within-cap passes',
        'contract-outlasts-event passes',
        'no-overdue-report passes',
        'not-funded-lately passes',
      ]);
      expect(saved.rules[1]?.facts).toEqual({
        startsOn: '2026-07-06',
        closesOn: '2026-04-17',
        days: 14,
        daysAfter: 80,
      });
      const seen = await records.see(id, rowan);
      expect(seen).toMatchObject({ draft, draftVersion: 2, version: 1, rules: saved.rules, missing: saved.missing });
      expect(seen.money).toMatchObject({ askedPence: 87_000, leastPence: null, awardedPence: null });
      expect(await harness.sql(`select act from audit_entry where subject_id = $1`, [id])).toEqual([
        { act: 'application.begin' },
      ]);
    });

    it('as it was typed, whatever was typed', async () => {
      const { id } = await records.begin(await call(), rowan);
      const odd = complete({ least: '-5', upFront: { amount: '1e9', by: null } });
      expect((await save(id, 1, odd)).status).toBe(200);
      expect((await records.see(id, rowan)).draft).toEqual(odd);
      expect(refusal(await save(id, 2, complete({ case: 'x'.repeat(20_001) })))).toBe('invalid-input');
      expect(refusal(await save(id, 2, { ...complete(), more: 1 } as ApplicationDraft))).toBe('invalid-input');
    });

    it('never over what another tab has saved; the same once more counts once', async () => {
      const { id } = await records.begin(await call(), rowan);
      const [one, other] = [complete({ case: 'One' }), complete({ case: 'Other' })];
      expect((await save(id, 1, one)).status).toBe(200);
      const stale = await save(id, 1, other);
      expect([stale.status, refusal(stale), facts(stale)]).toEqual([409, 'changed-meanwhile', { draftVersion: 2 }]);
      expect(refusal(await save(id, Number.MAX_SAFE_INTEGER, other))).toBe('changed-meanwhile');
      // The answer was lost, and the same is sent again, whatever its key.
      const again = await save(id, 1, one);
      expect([again.status, (again.body as DraftSaved).draftVersion]).toEqual([200, 2]);
      expect(await records.see(id, rowan)).toMatchObject({ draft: { case: 'One' }, draftVersion: 2 });
    });

    it('by one of twenty tabs that save at once', async () => {
      const { id } = await records.begin(await call(), rowan);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => save(id, 1, complete({ case: `Tab ${n}` }))),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(new Set(answers.filter(({ status }) => status !== 200).map(refusal))).toEqual(
        new Set(['changed-meanwhile']),
      );
      expect((await records.see(id, rowan)).draftVersion).toBe(2);
    });

    it('by the applicant alone, and only while it is theirs to write', async () => {
      const callId = await call();
      const { id } = await records.begin(callId, rowan);
      for (const other of [await technician('Reed Reagent'), coordinator]) {
        expect(refusal(await save(id, 1, complete(), other))).toBe('not-found');
      }
      for (const status of applicationStatuses) {
        await records.at(id, status);
        const { draftVersion } = await records.see(id, rowan);
        const answer = await save(id, draftVersion, complete({ case: status }));
        if (status === 'draft' || status === 'returned') expect(answer.status).toBe(200);
        else expect([refusal(answer), facts(answer)]).toEqual(['status-refused', { from: status, to: 'draft' }]);
      }
    });

    it('also after the close: nothing typed is lost', async () => {
      const { id } = await records.begin(await call(), rowan);
      await moveTo(closesAt);
      expect((await save(id, 1)).status).toBe(200);
    });

    it('and judged by the call as it is now: terms that have changed count from the next save on', async () => {
      const callId = await call();
      const { id } = await records.begin(callId, rowan);
      const cap = (answer: Answer) =>
        draftSaved.parse(answer.body).rules.find(({ rule }) => rule === 'within-cap')?.verdict;
      expect(cap(await save(id, 1))).toBe('passes');
      const lower = terms({ capPence: 86_999 });
      await records.newTerms(institutionId, callId, coordinator.personId, 2, lower, '2026-04-10T09:50:00Z');
      expect(cap(await save(id, 2))).toBe('fails');
      expect(await records.see(id, rowan)).toMatchObject({
        termsNumber: 2,
        termsChangedAt: '2026-04-10T09:50:00.000Z',
      });
    });
  });

  describe('is judged live, by what the database knows of the applicant', () => {
    const rule = async (
      name: RuleResult['rule'],
      its: CallTerms = terms(),
      as = rowan,
    ): Promise<RuleResult | undefined> => {
      const { rules } = await records.written(await call({ terms: its }), as);
      return rules.find((each) => each.rule === name);
    };

    it('audience: a unit stands for itself and all below it', async () => {
      const science = await harness.unit(institutionId, 'Science');
      const glass = await harness.unit(institutionId, 'Glass workshop');
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [science, glass]);
      const inside = await technician('Ivy Crucible', { unitId: glass });
      const its = terms({ audience: { techniciansOnly: true, unitIds: [science], gradeIds: [] } });
      expect(await rule('in-audience', its, inside)).toMatchObject({ verdict: 'passes' });
    });

    it('a contract, and a last day, that end before the event does', async () => {
      await harness.sql(`update person set contract_until = '2026-07-07' where id = $1`, [rowan.personId]);
      expect(await rule('contract-outlasts-event')).toEqual({
        rule: 'contract-outlasts-event',
        verdict: 'fails',
        facts: { contractUntil: '2026-07-07', eventEndsOn: '2026-07-08' },
      });
      const leaving = await technician('Wren Lathe', { leftOn: '2026-06-30' });
      expect(await rule('contract-outlasts-event', terms(), leaving)).toMatchObject({ verdict: 'fails' });
    });

    it('a report: due today it warns, from midnight in the institution on it fails', async () => {
      await records.obligation(institutionId, rowan.personId, '2026-04-10');
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      const reports = async () =>
        (await records.see(id, rowan)).rules.find((each) => each.rule === 'no-overdue-report');
      expect(await reports()).toMatchObject({
        verdict: 'warns',
        facts: { subject: 'Saltmarsh kiln day', dueOn: '2026-04-10' },
      });
      // 00:30 in London, 23:30 in UTC.
      await moveTo(new Date('2026-04-10T22:59:59.999Z'));
      expect(await reports()).toMatchObject({ verdict: 'warns' });
      await moveTo(new Date('2026-04-10T23:00:00.000Z'));
      expect(await reports()).toMatchObject({ verdict: 'fails' });
      expect(refusal(await submit(id, 2))).toBe('rules-fail');
      await harness.sql(`update obligation set status = 'submitted' where person_id = $1`, [rowan.personId]);
      expect(await reports()).toMatchObject({ verdict: 'passes' });
    });

    it('awarded in one of the last two calls of the same kind: refused and lapsed awards do not count', async () => {
      const earlier = async (facts: Parameters<typeof call>[0], status: string, awardStatus?: string) => {
        const callId = await call({ status: 'decided', opensAt: '2025-01-06T09:00:00Z', ...facts });
        const [row] = await harness.sql<{ pot: string }>(`select pot_id as pot from call where id = $1`, [callId]);
        if (awardStatus) {
          const award = await records.calls.award({ id: callId, potId: row?.pot ?? '' }, rowan.personId, 10_000);
          await harness.sql(
            `update award set status = $2, closed_at = case when $2 = 'closed' then now() end where id = $1`,
            [award, awardStatus],
          );
        } else await records.calls.application({ id: callId }, rowan.personId, status as ApplicationStatus);
      };
      const lately = () => rule('not-funded-lately');
      await earlier({ closesAt: new Date('2025-02-01T12:00:00Z') }, 'awarded', 'accepted');
      expect(await lately()).toMatchObject({ verdict: 'fails', facts: { calls: 2, count: 1 } });
      // Two calls later the first is three ago.
      await earlier({ closesAt: new Date('2025-04-01T12:00:00Z') }, 'awarded', 'lapsed');
      expect(await lately()).toMatchObject({ verdict: 'fails' });
      await earlier({ closesAt: new Date('2025-05-01T12:00:00Z') }, 'unsuccessful');
      expect(await lately()).toMatchObject({ verdict: 'passes', facts: { ever: true } });
      // Of another kind, and one not decided yet.
      await earlier({ kind: 'rolling', closesAt: new Date('2025-06-01T12:00:00Z') }, 'awarded', 'closed');
      await earlier({ status: 'moderation', closesAt: new Date('2025-07-01T12:00:00Z') }, 'awarded');
      expect(await lately()).toMatchObject({ verdict: 'passes' });
      await earlier({ closesAt: new Date('2025-08-01T12:00:00Z') }, 'awarded', 'attended');
      expect(await lately()).toMatchObject({ verdict: 'fails' });
    });
  });

  describe('is submitted', () => {
    it('frozen, judged, put to the manager, and confirmed by mail', async () => {
      const callId = await call();
      const written = await records.written(callId, rowan);
      const sent = view(await submit(written.id, 2));
      expect(sent).toMatchObject({
        status: 'submitted',
        draft: null,
        money: { askedPence: 87_000, leastPence: 55_000, awardedPence: null, committedPence: 0 },
        endorser: { status: 'asked', name: 'Hazel Gasket', as: 'line-manager' },
        may: { save: false, submit: false, withdraw: true },
      });
      expect(sent.timeline.map(({ kind, by }) => [kind, by])).toEqual([
        ['begun', 'Rowan Pipette'],
        ['submitted', 'Rowan Pipette'],
        ['asked-to-endorse', 'Rowan Pipette'],
      ]);
      expect(sent.submissions).toHaveLength(1);
      expect(sent.submissions[0]).toMatchObject({
        number: 1,
        askedPence: 87_000,
        leastPence: 55_000,
        termsNumber: 1,
        submittedAt: start.toISOString(),
        submittedBy: 'Rowan Pipette',
        document: { event: { name: 'National Glassblowers’ Symposium' }, costs: [{ amountPence: 102_000 }] },
      });
      expect(sent.next.map(({ step, who }) => [step, who])).toEqual([
        ['endorse', 'Hazel Gasket'],
        ['score', null],
        ['decide', null],
      ]);
      const mail = await harness.sql<{ subject: string; body: string; recipient: string }>(
        `select subject, body, recipient from mail_message where institution_id = $1 and subject like 'Your application%'`,
        [institutionId],
      );
      expect(mail).toHaveLength(1);
      expect(mail[0]?.body).toContain('You ask for £870.00 for National Glassblowers’ Symposium.');
      expect(mail[0]?.body).toContain('Hazel Gasket is asked to endorse it');
      expect(mail[0]?.body).toContain('you hear by Friday 29 May 2026');
      expect(mail[0]?.body).toContain(`http://localhost:8700/funding/applications/${written.id}`);
    });

    it('only whole: what is missing is named, field by field', async () => {
      const its = terms({
        questions: [
          { id: question, label: 'Why?', help: '', kind: 'short', required: true, wordsMost: null, options: [] },
        ],
      });
      const { id } = await records.written(
        await call({ terms: its }),
        rowan,
        complete({ least: '870.01', objectives: [] }),
      );
      const answer = await submit(id, 2);
      expect([answer.status, refusal(answer)]).toEqual([422, 'application-incomplete']);
      expect((answer.body as ProblemView).fields).toEqual([
        { path: 'least', code: 'above-asked' },
        { path: 'objectives', code: 'too-few' },
        { path: `answers.${question}`, code: 'needed' },
      ]);
      expect(await rows(id)).toEqual({ submissions: 0, asked: 0, mail: 0 });
    });

    it.each<[string, ApplicationDraft | null, string, string]>([
      [
        'over the cap',
        complete({ otherFunding: [], costs: complete().costs.map((line) => ({ ...line, amount: '1,500.01' })) }),
        'within-cap',
        '',
      ],
      ['too soon', complete({ event: { ...complete().event, startsOn: '2026-04-30' } }), 'not-retrospective', ''],
      [
        'beyond the contract',
        null,
        'contract-outlasts-event',
        `update person set contract_until = '2026-07-01' where id = $1`,
      ],
    ])('is refused %s, by the name of the rule', async (_, draft, name, sql) => {
      if (sql) await harness.sql(sql, [rowan.personId]);
      const { id } = await records.written(await call(), rowan, draft ?? complete());
      const answer = await submit(id, 2);
      expect([answer.status, refusal(answer), facts(answer)]).toEqual([409, 'rules-fail', { rules: name }]);
      expect(await rows(id)).toMatchObject({ submissions: 0, asked: 0 });
    });

    it('until the closing second and not at it, whatever the worker has got to', async () => {
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      const late = await records.written(callId, await technician('Reed Reagent'));
      await moveTo(new Date(closesAt.getTime() - 1));
      expect((await submit(id, 2)).status).toBe(200);
      await moveTo(closesAt);
      const reed = await harness.signIn(institutionId, late.applicant.id);
      const answer = await submit(late.id, 2, reed);
      expect([answer.status, refusal(answer), facts(answer)]).toEqual([
        409,
        'submission-too-late',
        { before: closesAt.toISOString() },
      ]);
      expect(await records.see(late.id, reed)).toMatchObject({
        status: 'draft',
        may: { save: true, submit: false },
        next: [],
      });
    });

    it('in time where it came in time, however long it waited for its turn in the rush', async () => {
      const { id } = await records.written(await call(), rowan);
      const lastMoment = new Date(closesAt.getTime() - 1);
      await moveTo(lastMoment);
      // Every connection is taken by others.
      const dataSource = harness.application.get(DataSource);
      const { master } = dataSource.driver as unknown as { master: { waitingCount: number } };
      const others = Array.from({ length: 12 }, () => dataSource.createQueryRunner());
      for (const each of others) await each.connect();
      const sent = submit(id, 2);
      await harness.until(
        () => Promise.resolve(master.waitingCount),
        (waiting) => waiting > 0,
      );
      clock.moveTo(new Date(closesAt.getTime() + 2000));
      for (const each of others) await each.release();
      expect(view(await sent)).toMatchObject({
        status: 'submitted',
        submissions: [{ number: 1, submittedAt: lastMoment.toISOString() }],
      });
    });

    it('with more time granted, until its very end, also once the call is closed', async () => {
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      await records.extension(institutionId, callId, rowan.personId, coordinator.personId, '2026-04-20T11:00:00Z');
      await harness.sql(`update call set status = 'closed' where id = $1`, [callId]);
      await moveTo(new Date('2026-04-20T11:00:00.000Z'));
      expect(refusal(await submit(id, 2))).toBe('submission-too-late');
      await moveTo(new Date('2026-04-20T10:59:59.999Z'));
      expect((await submit(id, 2)).status).toBe(200);
    });

    it('again after it came back, within the days of grace; what was sent before stays as it was', async () => {
      const callId = await call();
      const first = await records.submitted(callId, rowan);
      await harness.sql(
        `update endorsement set status = 'returned', answered_at = now(), answered_by = asked_of, reason = 'Which days?' where application_id = $1`,
        [first.id],
      );
      await records.at(first.id, 'returned');
      const returned = await records.see(first.id, rowan);
      expect(returned).toMatchObject({
        status: 'returned',
        sendBefore: '2026-04-22T11:00:00.000Z',
        endorser: { status: 'returned', reason: 'Which days?' },
        may: { save: true, submit: true },
      });
      expect(returned.next[0]).toMatchObject({ step: 'send-again', at: '2026-04-22T11:00:00.000Z' });
      const changed = complete({ case: 'Monday to Wednesday.', least: '600' });
      expect((await save(first.id, 2, changed)).status).toBe(200);
      await harness.sql(`update call set status = 'closed' where id = $1`, [callId]);
      await moveTo(new Date('2026-04-22T11:00:00.000Z'));
      expect(refusal(await submit(first.id, 3))).toBe('submission-too-late');
      await moveTo(new Date('2026-04-22T10:59:59.999Z'));
      const again = view(await submit(first.id, 3));
      expect(again.submissions.map(({ number, leastPence, document }) => [number, leastPence, document.case])).toEqual([
        [2, 60_000, 'Monday to Wednesday.'],
        [1, 55_000, 'I run the glass workshop for four research groups.'],
      ]);
      expect(again).toMatchObject({ status: 'submitted', endorser: { status: 'asked' } });
      expect(again.submissions[1]).toEqual(first.submissions[0]);
    });

    it('after the endorsement deadline the receipt says until when this one can be answered', async () => {
      const callId = await call({ returnGraceDays: 30 });
      const { id } = await records.submitted(callId, rowan);
      await records.at(id, 'returned');
      await moveTo(new Date('2026-04-28T09:00:00.000Z'));
      expect((await submit(id, 2)).status).toBe(200);
      const receipts = await harness.sql<{ body: string }>(
        `select body from mail_message where institution_id = $1 and subject like 'Your% application to %' order by id`,
        [institutionId],
      );
      expect(receipts.map(({ body }) => /by (.*) the coordinator/.exec(body)?.[1])).toEqual([
        'Friday 24 April 2026 at 12:00',
        'Tuesday 5 May 2026 at 10:00',
      ]);
    });

    it('by the terms it was sent under, which later terms and edits change nothing of', async () => {
      const callId = await call();
      const sent = await records.submitted(callId, rowan);
      await records.newTerms(
        institutionId,
        callId,
        coordinator.personId,
        2,
        terms({ capPence: 1000 }),
        '2026-04-10T10:00:00Z',
      );
      await harness.sql(`update application set draft = draft || '{"case": "Another"}' where id = $1`, [sent.id]);
      const later = await records.see(sent.id, rowan);
      expect(later.submissions).toEqual(sent.submissions);
      expect(later.submissions[0]?.terms.capPence).toBe(150_000);
      expect(later.rules).toEqual(sent.rules);
    });

    it('and cannot be rewritten by the application itself', async () => {
      const { id } = await records.submitted(await call(), rowan);
      const attempt = (statement: string) => records.calls.asApplication(institutionId, statement);
      const of = `where application_id = '${id}'`;
      await expect(attempt(`update application_submission set asked_pence = 1 ${of}`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(
        attempt(`update application_submission set document = document || '{"case": "Better"}' ${of}`),
      ).rejects.toThrow(/what was submitted is not changed/);
      await expect(attempt(`update application_event set facts = '{"askedPence": 1}' ${of}`)).rejects.toThrow(
        /a timeline is not rewritten/,
      );
    });

    it('is refused on a draft that has moved on, from every other status, and to anybody else', async () => {
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      expect([refusal(await submit(id, 1)), facts(await submit(id, 1))]).toEqual([
        'changed-meanwhile',
        { draftVersion: 2 },
      ]);
      expect(refusal(await submit(id, 2, await technician('Reed Reagent')))).toBe('not-found');
      expect(refusal(await submit(id, 2, coordinator))).toBe('not-found');
      for (const status of applicationStatuses.filter((each) => each !== 'draft' && each !== 'returned')) {
        await records.at(id, status);
        const answer = await submit(id, 2);
        expect([refusal(answer), facts(answer)]).toEqual(['status-refused', { from: status, to: 'submitted' }]);
      }
    });

    it('has one effect, by a double click and by two windows at once', async () => {
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      const key = randomUUID();
      const click = () =>
        harness.ask('POST', `funding/applications/${id}/submit`, { as: rowan, body: { draftVersion: 2 }, key });
      const answers = await Promise.all([click(), click(), submit(id, 2), submit(id, 2), submit(id, 2)]);
      const done = answers.filter(({ status }) => status === 200);
      expect(done.length).toBeGreaterThanOrEqual(1);
      expect(done.length).toBeLessThanOrEqual(2);
      expect(new Set(answers.filter(({ status }) => status !== 200).map(refusal))).toEqual(new Set(['status-refused']));
      expect(await rows(id)).toMatchObject({ submissions: 1, asked: 1 });
      const letters = await harness.sql(
        `select id from mail_message where institution_id = $1 and subject like 'Your app%'`,
        [institutionId],
      );
      expect(letters).toHaveLength(1);
    });

    it('counts once where the call came to take one each after somebody had begun two', async () => {
      const callId = await call({ terms: terms({ rules: [] }) });
      const sent = await records.submitted(callId, rowan);
      const second = await records.written(callId, rowan);
      expect(second.id).not.toBe(sent.id);
      await records.newTerms(institutionId, callId, coordinator.personId, 2, terms(), '2026-04-10T09:00:00Z');
      const answer = await submit(second.id, 2);
      expect([refusal(answer), facts(answer)]).toEqual(['rules-fail', { rules: 'one-application' }]);
    });

    it('rolls back whole', async () => {
      const { id } = await records.written(await call(), rowan);
      await records.calls.failOn('mail_message', async () => {
        expect((await submit(id, 2)).status).toBe(500);
      });
      expect(await rows(id)).toEqual({ submissions: 0, asked: 0, mail: 0 });
      expect(await records.see(id, rowan)).toMatchObject({ status: 'draft', version: 1 });
      expect((await submit(id, 2)).status).toBe(200);
    });
  });

  describe('is withdrawn', () => {
    it('by the applicant, and nobody is asked any more', async () => {
      const sent = await records.submitted(await call(), rowan);
      const gone = view(await withdraw(sent, 'The symposium clashes with term'));
      expect(gone).toMatchObject({
        status: 'withdrawn',
        version: sent.version + 1,
        next: [],
        may: { withdraw: false },
      });
      expect(gone.timeline.at(-1)).toMatchObject({
        kind: 'withdrawn',
        facts: { from: 'submitted', reason: 'The symposium clashes with term' },
      });
      expect(await rows(sent.id)).toMatchObject({ asked: 0 });
    });

    const may: readonly ApplicationStatus[] = [
      ...(['draft', 'submitted', 'returned', 'endorsed', 'unendorsed', 'eligible', 'scored', 'reserve'] as const),
      ...(['awarded', 'part-awarded'] as const),
    ];
    it.each(applicationStatuses)('from %s as its table says', async (status) => {
      const { id } = await records.submitted(await call(), rowan);
      await records.at(id, status);
      const before = await records.see(id, rowan);
      expect(before.may.withdraw).toBe(may.includes(status));
      const answer = await withdraw(before);
      if (may.includes(status)) expect(view(answer)).toMatchObject({ status: 'withdrawn', reserveRank: null });
      else expect([refusal(answer), facts(answer)]).toEqual(['status-refused', { from: status, to: 'withdrawn' }]);
    });

    it('is refused on an older version, and to anybody else', async () => {
      const sent = await records.submitted(await call(), rowan);
      expect(refusal(await withdraw({ ...sent, version: sent.version - 1 }))).toBe('changed-meanwhile');
      expect(refusal(await withdraw(sent, '', await technician('Reed Reagent')))).toBe('not-found');
      expect(refusal(await withdraw(sent, '', coordinator))).toBe('not-found');
    });

    it('with an award its money is free again, until the first claim', async () => {
      const callId = await call({ status: 'decided' });
      const [row] = await harness.sql<{ pot: string }>(`select pot_id as pot from call where id = $1`, [callId]);
      const award = await records.calls.award({ id: callId, potId: row?.pot ?? '' }, rowan.personId, 30_000);
      const [{ id = '' } = {}] = await harness.sql<{ id: string }>(
        `select application_id as id from award where id = $1`,
        [award],
      );
      const before = await records.see(id, rowan);
      expect(before.money).toMatchObject({ awardedPence: 30_000, committedPence: 30_000, releasedPence: 0 });
      const gone = view(await withdraw(before));
      expect(gone.money).toMatchObject({ awardedPence: 30_000, committedPence: 0, releasedPence: 30_000 });
    });

    it('rolls back whole', async () => {
      const sent = await records.submitted(await call(), rowan);
      await records.calls.failOn('audit_entry', async () => {
        expect((await withdraw(sent)).status).toBe(500);
      });
      expect(await records.see(sent.id, rowan)).toMatchObject({ status: 'submitted', version: sent.version });
      expect(await rows(sent.id)).toMatchObject({ asked: 1 });
    });
  });

  it('one sees one’s own, newest first, with what each asks for', async () => {
    const [one, two] = [await call(), await call()];
    const sent = await records.submitted(one, rowan);
    await moveTo(new Date(start.getTime() + 1000));
    const draft = await records.written(two, rowan, complete({ costs: [], least: '' }));
    const page = myApplications.parse((await harness.get('funding/applications', rowan)).body);
    expect(page).toMatchObject({ total: 2, page: 1 });
    expect(page.rows.map((row) => [row.id, row.status, row.money.askedPence, row.eventName])).toEqual([
      [draft.id, 'draft', null, 'National Glassblowers’ Symposium'],
      [sent.id, 'submitted', 87_000, 'National Glassblowers’ Symposium'],
    ]);
    expect(page.rows[0]?.sendBefore).toBe(closesAt.toISOString());
    expect((await harness.get('funding/applications', await technician('Reed Reagent'))).body).toMatchObject({
      total: 0,
    });
  });
});
