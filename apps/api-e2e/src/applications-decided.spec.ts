import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock, Transactions, type Tx } from '@waymark/api-platform';
import { endWithCall, judgeEligibility } from '@waymark/api-funding';
import {
  applicationFiles,
  applicationsPage,
  type ApplicationsPage,
  applicationStatuses,
  type ApplicationStatus,
  applicationView,
  type ApplicationView,
  type FileView,
  type HomeView,
  type ProblemView,
} from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { ApplicationsRecords, closesAt, complete, start, terms } from './applications-records';
import { type Answer, Harness, type SignedIn } from './harness';

describe('what becomes of applications', () => {
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
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    coordinator = await somebody('Ada Beaker', ['coordinator']);
    manager = await harness.person(institutionId, { name: 'Hazel Gasket' });
    rowan = await technician('Rowan Pipette');
  });

  const somebody = async (name: string, roles: Parameters<Harness['somebody']>[1]): Promise<SignedIn> => {
    const made = await harness.somebody(institutionId, roles, name);
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    return made;
  };
  const technician = async (name: string, facts: object = {}): Promise<SignedIn> =>
    harness.signIn(institutionId, await harness.person(institutionId, { name, lineManagerId: manager, ...facts }));
  const call = (facts: Parameters<ApplicationsRecords['call']>[2] = {}) =>
    records.call(institutionId, coordinator.personId, facts);
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    harness.application
      .get(Transactions)
      .run({ institutionId, personId: coordinator.personId, correlationId: null }, work);
  const refusal = (answer: Answer) => (answer.body as ProblemView).refusal;
  const facts = (answer: Answer) => (answer.body as ProblemView).facts;
  const view = (answer: Answer): ApplicationView => applicationView.parse(answer.body);
  const letters = (like: string) =>
    harness.sql<{ subject: string; body: string; recipient: string }>(
      `select subject, body, recipient from mail_message where institution_id = $1 and subject like $2 order by recipient`,
      [institutionId, like],
    );
  const statuses = async (callId: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await harness.sql<{ status: string; count: number }>(
          `select status, count(*)::int as count from application where call_id = $1 group by status`,
          [callId],
        )
      ).map(({ status, count }) => [status, count]),
    );

  describe('judged before scoring', () => {
    it('all that are endorsed, as things are now, by the terms each was sent under', async () => {
      const callId = await call();
      const sent = await records.submitted(callId, rowan);
      const reed = await technician('Reed Reagent');
      const late = await records.submitted(callId, reed);
      const waiting = await records.submitted(callId, await technician('Wren Lathe'));
      for (const { id } of [sent, late]) await records.at(id, 'endorsed');
      // A lower cap now binds nobody who has sent; a report that has come to be overdue does.
      await records.newTerms(
        institutionId,
        callId,
        coordinator.personId,
        2,
        terms({ capPence: 1 }),
        '2026-04-11T09:00:00Z',
      );
      await records.obligation(institutionId, reed.personId, '2026-04-09');
      await within((tx) => judgeEligibility(tx, callId));
      expect(await records.see(sent.id, rowan)).toMatchObject({ status: 'eligible', failedRules: [] });
      const failed = await records.see(late.id, reed);
      expect(failed).toMatchObject({
        status: 'ineligible',
        failedRules: ['no-overdue-report'],
        next: [],
        may: { appeal: ['feedback', 'review-of-process'] },
      });
      expect(failed.rules.find(({ rule }) => rule === 'no-overdue-report')).toMatchObject({
        verdict: 'fails',
        facts: { subject: 'Saltmarsh kiln day', dueOn: '2026-04-09' },
      });
      expect(failed.timeline.at(-1)).toMatchObject({ kind: 'ineligible', by: 'Ada Beaker' });
      expect(await records.see(waiting.id, coordinator)).toMatchObject({ status: 'submitted' });
      const [letter, ...more] = await letters('%cannot go on');
      expect(more).toEqual([]);
      expect(letter?.body).toContain(
        '- Your report on Saltmarsh kiln day was due on Thursday 9 April 2026 and has not been given.',
      );
      expect(letter?.body).toContain(`/funding/applications/${late.id}`);
    });

    it('from the close that was stated when it was sent: one that moved later takes nothing away', async () => {
      const callId = await call();
      // Fourteen days after the close, and not a day more.
      const event = { ...complete().event, startsOn: '2026-05-01', endsOn: '2026-05-02' };
      const sent = await records.submitted(callId, rowan, complete({ event }));
      const reed = await technician('Reed Reagent');
      const back = await records.submitted(callId, reed, complete({ event }));
      const wren = await technician('Wren Lathe');
      const late = await records.written(callId, wren, complete({ event }));
      await harness.sql(`update call set closes_at = '2026-04-20T11:00:00Z' where id = $1`, [callId]);
      // Who comes now is told of the new close; who was asked a question may still answer it.
      const tooLate = await harness.post(`funding/applications/${late.id}/submit`, wren, { draftVersion: 2 });
      expect([refusal(tooLate), facts(tooLate)]).toEqual(['rules-fail', { rules: 'not-retrospective' }]);
      await records.at(back.id, 'returned');
      expect((await harness.post(`funding/applications/${back.id}/submit`, reed, { draftVersion: 2 })).status).toBe(
        200,
      );
      for (const { id } of [sent, back]) await records.at(id, 'endorsed');
      await within((tx) => judgeEligibility(tx, callId));
      expect(await statuses(callId)).toEqual({ draft: 1, eligible: 2 });
    });

    it('a second one that later terms allow is no fault of the first', async () => {
      const callId = await call();
      const first = await records.submitted(callId, rowan);
      const open = terms({ rules: [] });
      await records.newTerms(institutionId, callId, coordinator.personId, 2, open, '2026-04-11T09:00:00Z');
      const second = await records.submitted(callId, rowan);
      expect(second.id).not.toBe(first.id);
      for (const { id } of [first, second]) await records.at(id, 'endorsed');
      await within((tx) => judgeEligibility(tx, callId));
      expect(await statuses(callId)).toEqual({ eligible: 2 });
    });

    it('with the paragraph of the call’s own, and once: done again it changes nothing', async () => {
      const callId = await call({ letters: { ineligible: 'Come to the drop-in on Tuesday.' } });
      await records.endorsed(institutionId, callId, 3, 1);
      await within((tx) => judgeEligibility(tx, callId));
      await within((tx) => judgeEligibility(tx, callId));
      expect(await statuses(callId)).toEqual({ eligible: 2, ineligible: 1 });
      const all = await letters('%cannot go on');
      expect(all).toHaveLength(1);
      expect(all[0]?.body).toContain(
        'Your contract ends on Friday 1 May 2026, before the event does on Wednesday 8 July 2026.',
      );
      expect(all[0]?.body).toContain('Come to the drop-in on Tuesday.');
    });

    it('six thousand within seconds, and all of it or nothing', async () => {
      const callId = await call();
      await records.endorsed(institutionId, callId, 6000, 600);
      await records.calls.failOn('mail_message', async () => {
        await expect(within((tx) => judgeEligibility(tx, callId))).rejects.toThrow();
      });
      expect(await statuses(callId)).toEqual({ endorsed: 6000 });
      const began = performance.now();
      await within((tx) => judgeEligibility(tx, callId));
      const judgedMs = performance.now() - began;
      expect(await statuses(callId)).toEqual({ eligible: 5400, ineligible: 600 });
      const cancelling = performance.now();
      await within((tx) => endWithCall(tx, callId, 'The money went elsewhere.'));
      const endedMs = performance.now() - cancelling;
      expect(await statuses(callId)).toEqual({ 'call-cancelled': 5400, ineligible: 600 });
      expect(await letters('%has been cancelled')).toHaveLength(5400);
      // A bound against a statement a row, far above what it takes.
      expect(judgedMs).toBeLessThan(15_000);
      expect(endedMs).toBeLessThan(15_000);
      process.stderr.write(`judged 6,000 in ${Math.round(judgedMs)} ms, ended 5,400 in ${Math.round(endedMs)} ms\n`);
    }, 120_000);
  });

  describe('decided by a coordinator', () => {
    const decide = (id: string, version: number, eligible: boolean, as = coordinator) =>
      harness.post(`funding/applications/${id}/eligibility`, as, { version, eligible, reason: 'The contract goes on' });
    const judged = async (status: ApplicationStatus, callStatus = 'scoring') => {
      const callId = await call();
      const { id } = await records.submitted(callId, rowan);
      await records.at(id, status);
      await harness.sql(`update call set status = $2 where id = $1`, [callId, callStatus]);
      return records.see(id, coordinator);
    };

    it.each([
      [true, 'ineligible', 'eligible', 'Your application to % goes on'],
      [false, 'eligible', 'ineligible', 'Your application to % cannot go on'],
    ] as const)('eligible %s, with a reason the applicant reads', async (eligible, from, to, subject) => {
      const before = await judged(from);
      expect(before.may.decideEligibility).toBe(true);
      const after = view(await decide(before.id, before.version, eligible));
      expect(after).toMatchObject({ status: to, decidedReason: 'The contract goes on', failedRules: [] });
      expect(after.timeline.at(-1)).toMatchObject({
        kind: to,
        by: 'Ada Beaker',
        facts: { reason: 'The contract goes on' },
      });
      const [letter] = await letters(subject);
      expect(letter?.body).toContain('The contract goes on');
    });

    it.each(applicationStatuses.filter((status) => status !== 'eligible' && status !== 'ineligible'))(
      'not from %s',
      async (status) => {
        const before = await judged(status);
        expect(before.may.decideEligibility).toBe(false);
        for (const eligible of [true, false])
          expect(refusal(await decide(before.id, before.version, eligible))).toBe('status-refused');
      },
    );

    it('not once the panel’s scores are locked, not on one’s own, not on an older version, not by others', async () => {
      const moderated = await judged('ineligible', 'moderation');
      expect(facts(await decide(moderated.id, moderated.version, true))).toEqual({
        from: 'moderation',
        to: 'eligible',
      });
      const { id, version } = await judged('ineligible');
      expect(refusal(await decide(id, version - 1, true))).toBe('changed-meanwhile');
      expect(refusal(await decide(randomUUID(), 1, true))).toBe('not-found');
      expect(refusal(await decide(id, version, true, await somebody('Fin Ance', ['finance-officer'])))).toBe(
        'not-allowed',
      );
      const own = await records.submitted(await call(), coordinator);
      expect(refusal(await decide(own.id, own.version, true))).toBe('own-application');
    });

    it('rolls back whole', async () => {
      const { id, version } = await judged('ineligible');
      await records.calls.failOn('audit_entry', async () => {
        expect((await decide(id, version, true)).status).toBe(500);
      });
      expect(await records.see(id, rowan)).toMatchObject({ status: 'ineligible', version, decidedReason: null });
    });
  });

  describe('ended with a cancelled call', () => {
    const closes: readonly ApplicationStatus[] = [
      'draft',
      'submitted',
      'returned',
      'endorsed',
      'unendorsed',
      'eligible',
      'scored',
    ];

    it.each(applicationStatuses)('%s as its table says', async (status) => {
      const callId = await call();
      const { id } = await records.submitted(callId, rowan);
      await records.at(id, status);
      await within((tx) => endWithCall(tx, callId, 'The faculty has withdrawn the money.'));
      const after = await records.see(id, rowan);
      expect(after.status).toBe(closes.includes(status) ? 'call-cancelled' : status);
      expect(await letters('%has been cancelled')).toHaveLength(closes.includes(status) ? 1 : 0);
    });

    it('with a letter that gives the reason, and nobody is asked any more', async () => {
      const callId = await call({ letters: { 'call-cancelled': 'Next year’s call opens in March.' } });
      const sent = await records.submitted(callId, rowan);
      const draft = await records.begin(callId, await technician('Reed Reagent'));
      await within((tx) => endWithCall(tx, callId, 'The faculty has withdrawn the money.'));
      expect(
        await harness.sql(`select id from endorsement where application_id = $1 and status = 'asked'`, [sent.id]),
      ).toEqual([]);
      const all = await letters('%has been cancelled');
      expect(all).toHaveLength(2);
      for (const { body } of all) {
        expect(body).toContain('The faculty has withdrawn the money.');
        expect(body).toContain('Next year’s call opens in March.');
      }
      expect(all.filter(({ body }) => body.includes('that you began'))).toHaveLength(1);
      expect(await records.see(draft.id, coordinator)).toMatchObject({
        status: 'call-cancelled',
        may: { save: false },
      });
    });
  });

  describe('raced', () => {
    it('sent or cancelled, never both: what was sent is closed with the call', async () => {
      for (let round = 0; round < 8; round += 1) {
        const callId = await call();
        const { id } = await records.written(callId, rowan);
        const cancel = () =>
          within(async (tx) => {
            await tx.query(`select id from call where id = $1 for update`, [callId]);
            await tx.query(`update call set status = 'cancelled', cancelled_because = 'No money' where id = $1`, [
              callId,
            ]);
            await endWithCall(tx, callId, 'No money');
          });
        const [sent] = await Promise.all([
          harness.post(`funding/applications/${id}/submit`, rowan, { draftVersion: 2 }),
          cancel(),
        ]);
        expect([200, 409]).toContain(sent.status);
        const after = await records.see(id, rowan);
        expect(after.status).toBe('call-cancelled');
        expect(after.submissions).toHaveLength(sent.status === 200 ? 1 : 0);
        expect(
          await harness.sql(`select id from endorsement where application_id = $1 and status = 'asked'`, [id]),
        ).toEqual([]);
      }
    });

    it('sent or closed: what came before the second counts, also where the worker closes at that moment', async () => {
      const callId = await call();
      const people = await Promise.all(Array.from({ length: 6 }, (_, n) => technician(`Reed Reagent${n}`)));
      const written = await Promise.all(people.map((as) => records.written(callId, as)));
      clock.moveTo(new Date(closesAt.getTime() - 1));
      await harness.sql(`update session set created_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [
        closesAt,
      ]);
      const close = within((tx) => tx.query(`update call set status = 'closed' where id = $1`, [callId]));
      const answers = await Promise.all([
        ...written.map(({ id }, n) =>
          harness.post(`funding/applications/${id}/submit`, people[n] ?? rowan, { draftVersion: 2 }),
        ),
        close,
      ]);
      expect(answers.slice(0, 6).map((answer) => (answer as Answer).status)).toEqual(Array(6).fill(200));
    });

    it('withdrawn by two windows at once: once', async () => {
      const { id, version } = await records.submitted(await call(), rowan);
      const withdraw = () => harness.post(`funding/applications/${id}/withdraw`, rowan, { version });
      const answers = await Promise.all([withdraw(), withdraw(), withdraw()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect((await records.see(id, rowan)).timeline.filter(({ kind }) => kind === 'withdrawn')).toHaveLength(1);
    });
  });

  describe('appealed', () => {
    const appeal = (id: string, kind: string, as = rowan) =>
      harness.post(`funding/applications/${id}/appeal`, as, { kind, text: 'Was my case read?' });
    const answer = (id: string, version = 1, as = coordinator) =>
      harness.post(`funding/applications/${id}/appeal/answer`, as, { version, answer: 'Yes, by three people.' });

    it.each(applicationStatuses)('from %s as far as it is open', async (status) => {
      const { id } = await records.submitted(await call(), rowan);
      await records.at(id, status);
      const may = {
        declined: ['review-of-process'],
        ineligible: ['feedback', 'review-of-process'],
        unsuccessful: ['feedback', 'review-of-process'],
      }[status as string];
      expect((await records.see(id, rowan)).may.appeal).toEqual(may ?? []);
      const feedback = await appeal(id, 'feedback');
      if (may?.includes('feedback')) expect(feedback.status).toBe(200);
      else expect(refusal(feedback)).toBe('status-refused');
    });

    it('once, and answered by a coordinator: the applicant is told and reads it', async () => {
      const { id } = await records.submitted(await call(), rowan);
      await records.at(id, 'unsuccessful');
      const asked = view(await appeal(id, 'review-of-process'));
      expect(asked).toMatchObject({
        appeal: { kind: 'review-of-process', asked: 'Was my case read?', answer: null },
        may: { appeal: [] },
      });
      expect(refusal(await appeal(id, 'feedback'))).toBe('appeal-made');
      const tasks = (await harness.get('home', coordinator)).body as HomeView;
      expect(tasks.tasks).toContainEqual(
        expect.objectContaining({ kind: 'answer-appeal', id, about: 'Rowan Pipette' }),
      );
      expect((await records.see(id, coordinator)).may.answerAppeal).toBe(true);
      expect(refusal(await answer(id, 2))).toBe('changed-meanwhile');
      const done = view(await answer(id));
      expect(done.appeal).toMatchObject({ answer: 'Yes, by three people.', answeredBy: 'Ada Beaker' });
      expect(done.timeline.slice(-2).map(({ kind }) => kind)).toEqual(['appeal-asked', 'appeal-answered']);
      expect(refusal(await answer(id, 2))).toBe('appeal-answered');
      expect((await letters('You asked for a review of process: here is the answer'))[0]?.body).toContain(id);
      expect((await records.see(id, rowan)).appeal?.answer).toBe('Yes, by three people.');
    });

    it('is refused to others, where nothing was asked, and on one’s own', async () => {
      const { id } = await records.submitted(await call(), rowan);
      await records.at(id, 'unsuccessful');
      expect(refusal(await appeal(id, 'feedback', coordinator))).toBe('not-found');
      expect(refusal(await answer(id))).toBe('not-found');
      expect(refusal(await answer(id, 1, rowan))).toBe('not-allowed');
      const own = await records.submitted(await call(), coordinator);
      await records.at(own.id, 'unsuccessful');
      expect((await appeal(own.id, 'feedback', coordinator)).status).toBe(200);
      expect(refusal(await answer(own.id))).toBe('own-application');
      const home = (await harness.get('home', coordinator)).body as HomeView;
      expect(home.tasks.some(({ kind }) => kind === 'answer-appeal')).toBe(false);
    });

    it('by two windows at once: once', async () => {
      const { id } = await records.submitted(await call(), rowan);
      await records.at(id, 'unsuccessful');
      const answers = await Promise.all([
        appeal(id, 'feedback'),
        appeal(id, 'review-of-process'),
        appeal(id, 'feedback'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });
  });

  it('what is open of somebody who has left is withdrawn, and nobody is asked any more', async () => {
    const sent = await records.submitted(await call(), rowan);
    const draft = await records.begin(await call(), rowan);
    const over = await records.submitted(await call(), rowan);
    await records.at(over.id, 'declined');
    const person = (await harness.get(`people/${rowan.personId}`, coordinator)).body as { version: number };
    const leaving = { version: person.version, lastDay: '2026-04-09' };
    expect((await harness.post(`people/${rowan.personId}/leaving`, coordinator, leaving)).status).toBe(200);
    await harness.until(
      () => records.see(sent.id, coordinator),
      ({ status }) => status === 'withdrawn',
    );
    expect((await records.see(draft.id, coordinator)).status).toBe('withdrawn');
    expect((await records.see(over.id, coordinator)).status).toBe('declined');
    const { timeline } = await records.see(sent.id, coordinator);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'withdrawn',
      by: null,
      facts: { from: 'submitted', because: 'left' },
    });
    expect(
      await harness.sql(`select id from endorsement where application_id = $1 and status = 'asked'`, [sent.id]),
    ).toEqual([]);
  });

  it('what is to be finished, or sent again, stands at home until it cannot be sent any more', async () => {
    const callId = await call();
    const { id } = await records.begin(callId, rowan);
    const tasks = async () =>
      ((await harness.get('home', rowan)).body as HomeView).tasks.filter((task) => task.id === id);
    expect(await tasks()).toEqual([
      expect.objectContaining({
        kind: 'finish-application',
        dueAt: closesAt.toISOString(),
        about: expect.stringContaining('Conference fund'),
      }),
    ]);
    await records.at(id, 'returned');
    expect(await tasks()).toEqual([
      expect.objectContaining({ kind: 'answer-returned-application', dueAt: '2026-04-22T11:00:00.000Z' }),
    ]);
    await records.at(id, 'submitted');
    expect(await tasks()).toEqual([]);
    await records.at(id, 'draft');
    clock.moveTo(closesAt);
    await harness.sql(`update session set created_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [
      closesAt,
    ]);
    expect(await tasks()).toEqual([]);
  });

  describe('seen by others', () => {
    it('by whoever may see calls, without the draft; to anybody else it is not there', async () => {
      const callId = await call();
      const draft = await records.written(callId, rowan);
      const auditor = await somebody('Una Auditor', ['auditor']);
      for (const as of [
        coordinator,
        auditor,
        await somebody('Pro Lead', ['programme-lead']),
        await somebody('Fin Ance', ['finance-officer']),
      ]) {
        const seen = await records.see(draft.id, as);
        expect(seen).toMatchObject({
          mine: false,
          draft: null,
          missing: [],
          money: { askedPence: null },
          may: { save: false, withdraw: false },
        });
      }
      const others = [await technician('Reed Reagent'), await harness.signIn(institutionId, manager)];
      for (const as of others)
        expect(refusal(await harness.get(`funding/applications/${draft.id}`, as))).toBe('not-found');
      expect(refusal(await harness.get(`funding/applications/${randomUUID()}`, coordinator))).toBe('not-found');
      const read = await harness.sql(`select details from audit_entry where act = 'audit.read' and subject_id = $1`, [
        draft.id,
      ]);
      expect(read).toHaveLength(1);
    });

    it('not by a panelist with an interest in the applicant, though they coordinate', async () => {
      const callId = await call();
      const { id } = await records.submitted(callId, rowan);
      await records.calls.panelist(callId, coordinator.personId, coordinator.personId);
      expect((await records.see(id, coordinator)).mine).toBe(false);
      await harness.sql(`update person set line_manager_id = $1 where id = $2`, [coordinator.personId, manager]);
      expect(refusal(await harness.get(`funding/applications/${id}`, coordinator))).toBe('not-found');
    });

    it('without a name by whoever of its panel sees calls, while they read it blind', async () => {
      const unitId = await harness.unit(institutionId, 'Glass');
      const callId = await call({ terms: terms({ blind: true }) });
      const wren = await technician('Wren Lathe', { unitId });
      const { id } = await records.submitted(callId, wren);
      await records.submitted(callId, rowan);
      await harness.sql(`update call set status = 'scoring' where id = $1`, [callId]);
      const lead = await somebody('Pro Lead', ['programme-lead']);
      const address = `funding/calls/${callId}/applications`;
      const list = async (query = '') =>
        applicationsPage
          .parse((await harness.get(`${address}${query}`, lead)).body)
          .rows.map(({ reference, applicant }) => [reference, applicant?.name ?? null]);
      const names = [
        ['CF26-0001', 'Wren Lathe'],
        ['CF26-0002', 'Rowan Pipette'],
      ];
      expect(await list('?sort=reference')).toEqual(names);
      await records.calls.panelist(callId, lead.personId, coordinator.personId);
      const hidden = [
        ['CF26-0001', null],
        ['CF26-0002', null],
      ];
      // Neither search nor order nor filter nor file tells them either.
      expect(await list('?sort=name')).toEqual(hidden);
      expect(await list('?search=Wren')).toEqual([]);
      expect(await list(`?unitId=${unitId}`)).toEqual(hidden);
      const exported = (await harness.get(`${address}/export?sort=name`, lead)).body as string;
      expect(exported).toContain('CF26-0001,,,,submitted,');
      expect(exported).not.toMatch(/Wren|Rowan|Glass,/);
      expect(refusal(await harness.get(`funding/applications/${id}`, lead))).toBe('not-found');
      for (const path of ['endorsements', 'endorsements/export']) {
        expect(refusal(await harness.get(`funding/calls/${callId}/${path}`, lead))).toBe('not-found');
      }
      // Once it is decided there are awards to be seen to.
      await harness.sql(`update call set status = 'decided' where id = $1`, [callId]);
      expect(await list('?sort=reference')).toEqual(names);
      expect((await harness.get(`funding/applications/${id}`, lead)).status).toBe(200);
    });

    it('nowhere in another institution', async () => {
      const callId = await call();
      const { id, version } = await records.submitted(callId, rowan);
      const theirs = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator'], 'Sam Stranger');
      await harness.sql(`update role_held set held_from = '2020-01-01'`);
      const asked = await Promise.all([
        harness.get(`funding/applications/${id}`, theirs),
        harness.get(`funding/calls/${callId}/applications`, theirs),
        harness.get(`funding/calls/${callId}/applications/export`, theirs),
        harness.post(`funding/calls/${callId}/applications`, theirs),
        harness.put(`funding/applications/${id}/draft`, theirs, { draftVersion: 2, draft: complete() }),
        harness.post(`funding/applications/${id}/submit`, theirs, { draftVersion: 2 }),
        harness.post(`funding/applications/${id}/withdraw`, theirs, { version }),
        harness.post(`funding/applications/${id}/eligibility`, theirs, { version, eligible: true, reason: 'x' }),
      ]);
      expect(asked.map(refusal)).toEqual(Array(8).fill('not-found'));
    });
  });

  describe('listed for a call', () => {
    const list = async (callId: string, query = ''): Promise<ApplicationsPage> =>
      applicationsPage.parse((await harness.get(`funding/calls/${callId}/applications?${query}`, coordinator)).body);

    it('by status, unit, name and what is asked, a page at a time, and as a file', async () => {
      const callId = await call();
      const science = await harness.unit(institutionId, 'Science');
      const glass = await harness.unit(institutionId, 'Glass');
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [science, glass]);
      const ivy = await technician('Ivy Crucible', { unitId: glass });
      const reed = await technician('Reed Anvil');
      const first = await records.submitted(callId, ivy);
      const second = await records.submitted(
        callId,
        reed,
        complete({ otherFunding: [], event: { ...complete().event, name: '=Kiln days', startsOn: '2026-06-01' } }),
      );
      await records.written(callId, rowan);
      await records.at(second.id, 'unsuccessful');
      await harness.post(`funding/applications/${second.id}/appeal`, reed, { kind: 'feedback', text: 'Why?' });
      const all = await list(callId);
      expect(all).toMatchObject({ total: 3, askedPence: 87_000 + 102_000 });
      expect(all.rows.map(({ applicant }) => applicant?.name)).toEqual(['Reed Anvil', 'Ivy Crucible', 'Rowan Pipette']);
      expect(all.rows[2]).toMatchObject({ status: 'draft', eventName: null, askedPence: null, submittedAt: null });
      expect(all.counts).toEqual([
        { status: 'draft', count: 1 },
        { status: 'submitted', count: 1 },
        { status: 'unsuccessful', count: 1 },
      ]);
      const ids = async (query: string) => (await list(callId, query)).rows.map(({ id }) => id);
      expect(await ids('status=submitted')).toEqual([first.id]);
      expect(await ids(`unitId=${science}`)).toEqual([first.id]);
      expect(await ids('search=kiln')).toEqual([second.id]);
      expect(await ids('search=crucible')).toEqual([first.id]);
      expect(await ids(`search=${first.reference}`)).toEqual([first.id]);
      expect(await ids('search=%25')).toEqual([]);
      expect(await ids('appeals=waiting')).toEqual([second.id]);
      expect((await ids('sort=-asked')).slice(0, 2)).toEqual([second.id, first.id]);
      expect((await ids('sort=event')).slice(0, 2)).toEqual([second.id, first.id]);
      expect(await ids('sort=reference&pageSize=1&page=2')).toEqual([second.id]);
      const csv = await harness.get(`funding/calls/${callId}/applications/export?sort=-asked`, coordinator);
      expect(csv.headers.get('content-disposition')).toBe('attachment; filename="applications.csv"');
      const lines = String(csv.body).trim().split('\r\n');
      expect(lines[0]).toContain('Reference,Name,Unit,Grade,Status,Event,Starts,Ends,Asked,Least,Awarded,Submitted');
      // A cell that a sheet would take for a formula is written as text.
      expect(lines[1]).toContain("'=Kiln days");
      expect(lines[1]).toContain(',1020,');
      expect(lines).toHaveLength(4);
      expect((await harness.get(`funding/calls/${callId}/applications/export?format=xlsx`, coordinator)).status).toBe(
        200,
      );
      expect(JSON.stringify(all)).not.toMatch(/score|mean/i);
    });

    it('is for whoever may see calls', async () => {
      const callId = await call();
      expect(refusal(await harness.get(`funding/calls/${callId}/applications`, rowan))).toBe('not-allowed');
      expect(refusal(await harness.get(`funding/calls/${randomUUID()}/applications`, coordinator))).toBe('not-found');
    });
  });

  describe('with files', () => {
    const handIn = async (as: SignedIn, purpose = 'application', word = 'Programme'): Promise<string> => {
      const answer = await harness.ask('POST', `funding/files?purpose=${purpose}&name=${word}.pdf`, {
        as,
        body: `%PDF-1.7\n1 0 obj\n<< /Title (${word}) >>\nendobj\n%%EOF\n`,
        headers: { 'content-type': 'application/octet-stream' },
      });
      if (answer.status !== 201) throw new Error(`handing in answers ${answer.status} ${JSON.stringify(answer.body)}`);
      return (answer.body as FileView).id;
    };
    const attach = (id: string, fileId: string, as = rowan) =>
      harness.post(`funding/applications/${id}/files`, as, { fileId });
    const file = (id: string, fileId: string, as: SignedIn) =>
      harness.get(`funding/applications/${id}/files/${fileId}`, as);

    it('of one’s own, at most ten, kept with what was sent also when they are taken off', async () => {
      const { id } = await records.written(await call(), rowan);
      const fileId = await handIn(rowan);
      const attached = applicationFiles.parse((await attach(id, fileId)).body);
      expect(attached.files).toMatchObject([{ id: fileId, name: 'Programme.pdf', mediaType: 'application/pdf' }]);
      expect(applicationFiles.parse((await attach(id, fileId)).body).files).toHaveLength(1);
      const sent = view(await harness.post(`funding/applications/${id}/submit`, rowan, { draftVersion: 2 }));
      expect(sent.submissions[0]?.files).toEqual(attached.files);
      expect(refusal(await harness.delete(`funding/applications/${id}/files/${fileId}`, rowan))).toBe('status-refused');
      await records.at(id, 'returned');
      const off = await harness.delete(`funding/applications/${id}/files/${fileId}`, rowan);
      expect(off.body).toEqual({ files: [] });
      expect((await records.see(id, rowan)).submissions[0]?.files).toHaveLength(1);
      expect((await file(id, fileId, rowan)).status).toBe(200);
      for (let n = 0; n < 10; n += 1) {
        expect((await attach(id, await handIn(rowan, 'application', `File ${n}`))).status).toBe(200);
      }
      const answer = await attach(id, await handIn(rowan, 'application', 'One more'));
      expect([refusal(answer), facts(answer)]).toEqual(['too-many-files', { most: 10 }]);
    }, 30_000);

    it('not somebody else’s, not a receipt, not to somebody else’s application, not once it is sent', async () => {
      const { id } = await records.written(await call(), rowan);
      const reed = await technician('Reed Reagent');
      const [receipt, theirs, own] = [await handIn(rowan, 'receipt'), await handIn(reed), await handIn(rowan)];
      expect(refusal(await attach(id, receipt))).toBe('not-found');
      expect(refusal(await attach(id, theirs))).toBe('not-found');
      expect(refusal(await attach(id, randomUUID()))).toBe('not-found');
      expect(refusal(await attach(id, theirs, reed))).toBe('not-found');
      await harness.post(`funding/applications/${id}/submit`, rowan, { draftVersion: 2 });
      expect(refusal(await attach(id, own))).toBe('status-refused');
    });

    it('are served as attachments, and only to those whom the application concerns', async () => {
      const callId = await call();
      const { id } = await records.written(callId, rowan);
      const fileId = await handIn(rowan);
      await attach(id, fileId);
      const hazel = await harness.signIn(institutionId, manager);
      const reader = await technician('Wren Lathe', { lineManagerId: null });
      const may = async () => ({
        rowan: (await file(id, fileId, rowan)).status,
        coordinator: (await file(id, fileId, coordinator)).status,
        manager: (await file(id, fileId, hazel)).status,
        reader: (await file(id, fileId, reader)).status,
      });
      const named = async (as: SignedIn) => (await records.see(id, as)).files.map(({ name }) => name);
      // Before it is sent it is the applicant's alone, and so is its name.
      expect(await may()).toEqual({ rowan: 200, coordinator: 404, manager: 404, reader: 404 });
      expect([await named(rowan), await named(coordinator)]).toEqual([['Programme.pdf'], []]);
      await harness.post(`funding/applications/${id}/submit`, rowan, { draftVersion: 2 });
      expect(await may()).toEqual({ rowan: 200, coordinator: 200, manager: 200, reader: 404 });
      expect([await named(rowan), await named(coordinator)]).toEqual([['Programme.pdf'], ['Programme.pdf']]);
      // Written on after a question: others go on seeing what was sent.
      await records.at(id, 'returned');
      await attach(id, await handIn(rowan, 'application', 'Afterthought'));
      await harness.delete(`funding/applications/${id}/files/${fileId}`, rowan);
      expect([await named(rowan), await named(coordinator)]).toEqual([['Afterthought.pdf'], ['Programme.pdf']]);
      await records.at(id, 'submitted');
      const served = await file(id, fileId, hazel);
      expect(served.headers.get('content-type')).toBe('application/pdf');
      expect(served.headers.get('content-disposition')).toContain('attachment; filename="Programme.pdf"');
      expect(served.headers.get('x-content-type-options')).toBe('nosniff');
      // Assigned to read it, in a call that is not blind.
      await harness.sql(`update call set status = 'scoring' where id = $1`, [callId]);
      await records.calls.panelist(callId, reader.personId, coordinator.personId);
      expect((await may()).reader).toBe(404);
      await records.calls.review({ id: callId }, id, reader.personId, 'assigned');
      expect((await may()).reader).toBe(200);
      await records.newTerms(
        institutionId,
        callId,
        coordinator.personId,
        2,
        terms({ blind: true }),
        '2026-04-11T09:00:00Z',
      );
      expect((await may()).reader).toBe(404);
      expect((await may()).coordinator).toBe(200);
      await records.calls.panelist(callId, coordinator.personId, coordinator.personId);
      expect((await may()).coordinator).toBe(404);
      expect(refusal(await file(id, randomUUID(), rowan))).toBe('not-found');
    });
  });
});
