import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  callDashboard,
  type CallDashboard,
  callExtensions,
  type CallExtensions,
  callForApplicants,
  callMessages,
  callView,
  type CallView,
  letterKinds,
  letterPreview,
  messagePreview,
  type MessageFilter,
} from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { CallRecords } from './call-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2026-05-28T08:00:00.000Z');
const closesAt = '2026-05-29T16:00:00.000Z';

describe('people of a call', () => {
  const clock = new MovedClock(start);
  let harness: Harness;
  let records: CallRecords;
  let institutionId: string;
  let coordinator: SignedIn;
  let technician: SignedIn;
  let call: CallView;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    records = new CallRecords(harness);
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Ada Beaker');
    technician = await harness.somebody(institutionId, [], 'Rowan Pipette');
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    const potId = await records.pot(institutionId, coordinator.personId, 5_000_000);
    const added = await harness.post('funding/calls', coordinator, {
      ...{ name: 'Conference fund', kind: 'yearly', potId, budgetPence: 1_000_000, rollsUntil: null },
      ...{ opensAt: '2026-05-01T09:00:00.000Z', closesAt },
    });
    const draft = callView.parse(added.body);
    const published = await harness.post(`funding/calls/${draft.id}/publish`, coordinator, { version: 1 });
    call = callView.parse(published.body);
  });

  const mail = (personId: string) =>
    harness.sql<{ subject: string; body: string }>(
      `select m.subject, m.body from mail_message m join person p on p.email = m.recipient where p.id = $1 order by m.id`,
      [personId],
    );
  const refusalOf = ({ status, body }: { status: number; body: unknown }) => ({
    status,
    refusal: (body as { refusal?: string }).refusal,
  });
  const moveTo = async (at: Date): Promise<void> => {
    clock.moveTo(at);
    await harness.sql(`update session set created_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [at]);
  };

  describe('an extension', () => {
    const until = '2026-06-03T16:00:00.000Z';
    const grant = (personId: string, change: object = {}, as = coordinator) =>
      harness.post(`funding/calls/${call.id}/extensions`, as, { personId, until, reason: 'In hospital', ...change });
    const granted = async (personId: string): Promise<CallExtensions> => {
      const answer = await grant(personId);
      expect(answer.status).toBe(200);
      return callExtensions.parse(answer.body);
    };

    it('lets a named person, and nobody else, begin after the close, to the second; they are told', async () => {
      const { rows } = await granted(technician.personId);
      expect(rows).toMatchObject([
        {
          person: { name: 'Rowan Pipette' },
          until,
          reason: 'In hospital',
          grantedBy: 'Ada Beaker',
          over: false,
          application: null,
        },
      ]);
      const mayBegin = async (as: SignedIn) => {
        const { body } = await harness.get(`funding/calls/${call.id}/for-applicants`, as);
        const view = callForApplicants.parse(body);
        return [view.moment, view.mayBegin, view.extendedUntil];
      };
      const other = await harness.somebody(institutionId);
      await moveTo(new Date('2026-06-03T15:59:59.999Z'));
      expect(await mayBegin(technician)).toEqual(['closed', true, until]);
      expect(await mayBegin(other)).toEqual(['closed', false, null]);
      await moveTo(new Date(until));
      expect(await mayBegin(technician)).toEqual(['closed', false, until]);
      expect(await mail(technician.personId)).toMatchObject([
        { subject: 'You may hand in to Conference fund until Wednesday 3 June 2026 at 17:00' },
      ]);
    });

    it('granted again, it moves; its application’s timeline says so', async () => {
      const application = await records.application(call, technician.personId, 'draft');
      await granted(technician.personId);
      await grant(technician.personId, { until: '2026-06-05T16:00:00.000Z' });
      const { body } = await harness.get(`funding/calls/${call.id}/extensions`, coordinator);
      expect(callExtensions.parse(body).rows).toMatchObject([
        { until: '2026-06-05T16:00:00.000Z', application: { id: application } },
      ]);
      const events = await harness.sql(
        `select kind, facts from application_event where application_id = $1 order by id`,
        [application],
      );
      expect(events).toEqual([
        { kind: 'extension-granted', facts: { until } },
        { kind: 'extension-granted', facts: { until: '2026-06-05T16:00:00.000Z' } },
      ]);
    });

    it('is never granted to oneself, whatever the program says', async () => {
      expect(refusalOf(await grant(coordinator.personId))).toEqual({ status: 403, refusal: 'extension-to-self' });
      await expect(
        harness.sql(
          `insert into call_extension (institution_id, id, call_id, person_id, until, reason, granted_by, granted_at)
           values ($1, $2, $3, $4, now(), 'Mine', $4, now())`,
          [institutionId, randomUUID(), call.id, coordinator.personId],
        ),
      ).rejects.toThrow('call_extension_not_to_self');
    });

    it.each([
      ['as early as the close', { until: closesAt }, 422, 'extension-not-later'],
      ['after endorsing ends', { until: '2027-01-01T00:00:00.000Z' }, 422, 'invalid-input'],
      ['without a reason', { reason: ' ' }, 422, 'invalid-input'],
    ])('is refused %s', async (_, change, status, refusal) => {
      expect(refusalOf(await grant(technician.personId, change))).toEqual({ status, refusal });
    });

    it('is refused for who has left, who is elsewhere, and once the call is scored', async () => {
      const left = await harness.person(institutionId, { leftOn: '2026-01-01' });
      expect(refusalOf(await grant(left))).toEqual({ status: 409, refusal: 'person-left' });
      const foreign = await harness.person(await harness.institution('Elsewhere College'));
      expect(refusalOf(await grant(foreign))).toEqual({ status: 422, refusal: 'invalid-input' });
      await harness.sql(`update call set status = 'scoring' where id = $1`, [call.id]);
      expect(refusalOf(await grant(technician.personId))).toEqual({ status: 409, refusal: 'status-refused' });
    });

    it('is taken back, and the person is told', async () => {
      const [row] = (await granted(technician.personId)).rows;
      const other = await harness.post(`funding/calls/${call.id}/copy`, coordinator, { name: 'Another fund' });
      const { id, version } = callView.parse(other.body);
      await harness.post(`funding/calls/${id}/publish`, coordinator, { version });
      const elsewhere = await harness.delete(`funding/calls/${id}/extensions/${row?.id}`, coordinator);
      expect(refusalOf(elsewhere)).toEqual({ status: 404, refusal: 'not-found' });
      const answer = await harness.delete(`funding/calls/${call.id}/extensions/${row?.id}`, coordinator);
      expect(callExtensions.parse(answer.body).rows).toEqual([]);
      expect((await mail(technician.personId)).map(({ subject }) => subject)).toContain(
        'The extra time for Conference fund was taken back',
      );
    });

    it('granted twice at once, there is one', async () => {
      const answers = await Promise.all([grant(technician.personId), grant(technician.personId)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await harness.sql(`select id from call_extension where call_id = $1`, [call.id])).toHaveLength(1);
    });
  });

  describe('a letter to applicants', () => {
    const words = {
      subject: '{call} closes soon',
      body: 'Hello {given name},\n\n{reference} is unfinished. The call closes on {closes}.\n\n{link}',
    };
    const drafts: MessageFilter = { statuses: ['draft'], unitIds: [] };
    const preview = (filter: MessageFilter = drafts, change: object = {}) =>
      harness.post(`funding/calls/${call.id}/messages/preview`, coordinator, { ...words, filter, ...change });
    const send = (recipients: number, filter: MessageFilter = drafts, key?: string) =>
      harness.ask('POST', `funding/calls/${call.id}/messages`, {
        as: coordinator,
        body: { ...words, filter, recipients },
        ...(key ? { key } : {}),
      });

    it('is shown to how many it goes and how it reads, then goes out once', async () => {
      const application = await records.application(call, technician.personId, 'draft');
      await records.application(call, await harness.person(institutionId), 'submitted');
      await records.application(call, await harness.person(institutionId, { email: null }), 'draft');
      await records.application(call, await harness.person(institutionId, { leftOn: '2026-01-01' }), 'draft');
      const shown = messagePreview.parse((await preview()).body);
      expect(shown).toMatchObject({
        recipients: 1,
        withoutAddress: 1,
        example: { to: 'Rowan Pipette', subject: 'Conference fund closes soon' },
      });
      expect(shown.example?.body).toContain('Hello Rowan,');
      expect(shown.example?.body).toContain('closes on Friday 29 May 2026 at 17:00.');
      expect(shown.example?.body).toContain(`/funding/applications/${application}`);
      expect(await mail(technician.personId)).toEqual([]);
      const key = randomUUID();
      const answers = await Promise.all([1, 2].map(() => send(1, drafts, key)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await mail(technician.personId)).toHaveLength(1);
      expect(callMessages.parse(answers[0]?.body).rows).toMatchObject([
        { subject: words.subject, recipients: 1, sentBy: 'Ada Beaker', filter: drafts },
      ]);
    });

    it('goes to those of a unit and below it alone, where one is chosen', async () => {
      const faculty = await harness.unit(institutionId, 'Science');
      const lab = await harness.unit(institutionId, 'Wet lab');
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [faculty, lab]);
      await records.application(call, await harness.person(institutionId, { unitId: lab }), 'submitted');
      await records.application(call, technician.personId, 'submitted');
      const filter: MessageFilter = { statuses: ['submitted'], unitIds: [faculty] };
      expect(messagePreview.parse((await preview(filter)).body).recipients).toBe(1);
      expect(messagePreview.parse((await preview({ ...filter, unitIds: [] })).body).recipients).toBe(2);
    });

    it('is refused where the list has changed since it was shown, and where nobody is chosen', async () => {
      expect(refusalOf(await send(1))).toEqual({ status: 409, refusal: 'nobody-chosen' });
      await records.application(call, technician.personId, 'draft');
      expect(refusalOf(await send(2))).toEqual({ status: 409, refusal: 'recipients-changed' });
      expect(await mail(technician.personId)).toEqual([]);
    });

    it('is refused for a call that nobody knows of yet', async () => {
      await harness.sql(`update call set status = 'draft' where id = $1`, [call.id]);
      expect(refusalOf(await send(1))).toEqual({ status: 409, refusal: 'status-refused' });
    });

    it('a placeholder that is none is refused at its field', async () => {
      expect(await preview(drafts, { body: 'Dear {first name}' })).toMatchObject({
        status: 422,
        body: { refusal: 'invalid-input', fields: [{ path: 'body' }] },
      });
    });

    it('that fails half-way goes to nobody', async () => {
      await records.application(call, technician.personId, 'draft');
      await records.failOn('call_message', async () => {
        expect((await send(1)).status).toBe(500);
      });
      expect(await mail(technician.personId)).toEqual([]);
    });
  });

  it('each letter can be read whole before it is sent, with the coordinator’s paragraph', async () => {
    const says: Partial<Record<(typeof letterKinds)[number], string>> = {
      ineligible: 'It has to start at least 14 days after the close on',
      unendorsed: 'That is no fault of yours.',
      'call-cancelled': 'Nothing that you wrote is the cause.',
    };
    for (const kind of letterKinds) {
      const answer = await harness.post('funding/calls/letter-preview', coordinator, {
        ...{ kind, callName: 'Conference fund', paragraph: 'With thanks to the Gatsby trustees.' },
        ...{ decideBy: call.decideBy, reserveUntil: call.reserveUntil, claimBy: call.claimBy },
      });
      expect({ kind, status: answer.status }).toEqual({ kind, status: 200 });
      expect(letterPreview.parse(answer.body).body).toContain('With thanks to the Gatsby trustees.');
      expect(letterPreview.parse(answer.body).body).toContain(says[kind] ?? 'Hello Rowan,');
    }
  });

  describe('the dashboard', () => {
    const see = async (): Promise<CallDashboard> =>
      callDashboard.parse((await harness.get(`funding/calls/${call.id}/dashboard`, coordinator)).body);

    it('counts what is in by day and by hour before the close, and money against budget and pot', async () => {
      const at = (iso: string) => new Date(iso);
      const submitted = async (
        iso: string,
        status: 'submitted' | 'endorsed' | 'withdrawn' = 'submitted',
        pence = 10_000,
      ) => records.application(call, await harness.person(institutionId), status, pence, at(iso));
      // 23:30 UTC is the next day in London.
      await submitted('2026-05-20T23:30:00Z');
      await submitted('2026-05-29T15:59:59.999Z', 'endorsed', 87_050);
      await submitted('2026-05-29T15:00:00Z', 'withdrawn', 999);
      await submitted('2026-05-27T16:00:00Z');
      await submitted('2026-05-27T15:59:59Z');
      await records.application(call, technician.personId, 'draft');
      await moveTo(at('2026-05-30T08:00:00Z'));
      const view = await see();
      expect(view.days).toEqual([
        { day: '2026-05-21', received: 1, endorsed: 0, scored: 0 },
        { day: '2026-05-27', received: 2, endorsed: 0, scored: 0 },
        { day: '2026-05-29', received: 2, endorsed: 0, scored: 0 },
      ]);
      expect(view).toMatchObject({ received: 5, endorsed: 1, scored: 0, rushReceived: 3 });
      expect(view.rush).toHaveLength(48);
      expect(view.rush[0]).toEqual({ hour: '2026-05-27T16:00:00.000Z', received: 1 });
      expect(view.rush[47]).toEqual({ hour: '2026-05-29T15:00:00.000Z', received: 2 });
      expect(view.money).toEqual({
        askedPence: 117_050,
        eligiblePence: 0,
        budgetPence: 1_000_000,
        potAvailablePence: 5_000_000,
        committedPence: 0,
      });
      expect(view.counts).toEqual([
        { status: 'draft', count: 1 },
        { status: 'endorsed', count: 1 },
        { status: 'submitted', count: 3 },
        { status: 'withdrawn', count: 1 },
      ]);
    });

    it('one that the coordinator endorsed where nobody answered counts on the day on which they did', async () => {
      const application = await records.application(call, technician.personId, 'unendorsed');
      const answer = await harness.post(`funding/calls/${call.id}/endorsements/decide`, coordinator, {
        ...{ applicationId: application, version: 1, decision: 'endorsed', reason: 'Her manager is at sea' },
      });
      expect(answer.status).toBe(200);
      expect(await see()).toMatchObject({
        endorsed: 1,
        days: [{ day: '2026-05-28', received: 1, endorsed: 1 }],
      });
      await harness.sql(`update application set status = 'withdrawn' where id = $1`, [application]);
      expect((await see()).endorsed).toBe(1);
    });

    it('an application is scored once all its reviews are in', async () => {
      const application = await records.application(call, technician.personId, 'endorsed');
      await records.review(call, application, await harness.person(institutionId), 'submitted');
      const second = await records.review(call, application, await harness.person(institutionId), 'drafting');
      expect(await see()).toMatchObject({ scored: 0, reviews: { all: 2, submitted: 1 } });
      await harness.sql(`update review set status = 'submitted', score = 500, submitted_at = $2 where id = $1`, [
        second,
        start,
      ]);
      expect(await see()).toMatchObject({
        scored: 1,
        reviews: { all: 2, submitted: 2 },
        days: [{ day: '2026-05-28', received: 1, scored: 1 }],
      });
    });

    it('answers quickly over 6,000 applications and 18,000 reviews, and so does the list', async () => {
      await records.manyApplications(call, 6000, 3);
      const took: Record<string, number[]> = { dashboard: [], list: [], bySize: [], call: [] };
      const paths = {
        dashboard: `funding/calls/${call.id}/dashboard`,
        list: 'funding/calls',
        bySize: 'funding/calls?sort=-applications',
        call: `funding/calls/${call.id}`,
      };
      for (let turn = 0; turn < 6; turn += 1) {
        for (const [name, path] of Object.entries(paths)) {
          const from = performance.now();
          expect((await harness.get(path, coordinator)).status).toBe(200);
          took[name]?.push(Math.round(performance.now() - from));
        }
      }
      if (process.env['WAYMARK_SHOW_FIGURES']) process.stdout.write(`${JSON.stringify(took)}\n`);
      // 300 ms is aimed at. What is told from it here, on a machine however busy, is a plan that looks at all pairs.
      for (const [name, all] of Object.entries(took)) {
        expect({ name, quick: Math.min(...all) < 4000 }).toEqual({ name, quick: true });
      }
      expect((await see()).received).toBe(6000);
    }, 60_000);
  });
});
