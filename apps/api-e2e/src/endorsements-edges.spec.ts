import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { askToEndorse, withdrawEndorsements } from '@waymark/api-funding';
import { endorseLinkView, endorsementsPage, endorsementStatuses } from '@waymark/contracts';
import { EndorsementRecords, mailTo, secretsIn, type Submitted } from './endorsements-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2026-11-23T10:00:00.000Z');

/** Where an endorsement is most easily answered by the wrong person, at the wrong time, or twice. */
describe('endorsements at their edges', () => {
  let now = start;
  let harness: Harness;
  let institutionId: string;
  let records: EndorsementRecords;
  let coordinator: SignedIn;
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

  const reporting = async (to: { personId: string } | null, name: string, facts = {}): Promise<SignedIn> =>
    harness.signIn(
      institutionId,
      await harness.person(institutionId, { name, lineManagerId: to?.personId ?? null, ...facts }),
    );
  const moveTo = async (at: string): Promise<void> => {
    now = new Date(at);
    await harness.sql(`update session set expires_at = $1`, [new Date(now.getTime() + 86_400_000)]);
  };
  const answer = (id: string, as: SignedIn, body: object) =>
    harness.post(`funding/endorsements/${id}/answer`, as, { version: 1, reason: '', ...body });
  const byLink = (token: string, body: object) =>
    harness.post(`endorse/${token}/answer`, null, { reason: '', ...body });
  const open = async (token: string) => endorseLinkView.parse((await harness.get(`endorse/${token}`)).body);
  const list = async (as: SignedIn) => endorsementsPage.parse((await harness.get('funding/endorsements', as)).body);
  const linkOf = async (who: SignedIn, least = 1): Promise<string> => {
    const letters = await harness.until(
      () => mailTo(harness, who),
      (rows) => rows.length >= least,
    );
    return secretsIn(letters.at(-1)?.body ?? '')[0] ?? '';
  };
  const name = (applicationId: string, personId: string, as = coordinator, purpose = 'application') =>
    harness.post(`funding/calls/${callId}/endorsements/name`, as, { applicationId, purpose, personId });
  const refusal = ({ status, body }: { status: number; body: unknown }) => [
    status,
    (body as { refusal?: string }).refusal,
  ];
  /** It came back with a question, and is sent again with the answer. */
  const sentAgain = async ({ applicationId, personId }: Submitted): Promise<void> => {
    await harness.sql(
      `insert into application_submission select institution_id, application_id, 2, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, $2, submitted_by
       from application_submission where application_id = $1 and number = 1`,
      [applicationId, now],
    );
    await harness.sql(`update application set status = 'submitted', submission_number = 2 where id = $1`, [
      applicationId,
    ]);
    await records.inTransaction((tx) =>
      askToEndorse(tx, { applicationId, submissionNumber: 2, personId, purpose: 'application' }),
    );
  };

  describe('the link', () => {
    it('of a first sending answers nothing of the second; the second letter does', async () => {
      const asked = await records.asked(callId, applicant.personId);
      const old = await linkOf(manager);
      await answer(asked.endorsementId, manager, { answer: 'returned', reason: 'Who covers?' });
      expect((await open(old)).state).toBe('answered-elsewhere');
      await sentAgain(asked);
      const fresh = await linkOf(manager, 2);
      expect(await open(old)).toMatchObject({ state: 'answered-elsewhere', asked: null });
      expect(refusal(await byLink(old, { answer: 'endorsed' }))).toEqual([409, 'endorsement-answered']);
      expect(await records.status(asked.applicationId)).toBe('submitted');
      expect((await byLink(fresh, { answer: 'endorsed' })).status).toBe(200);
      expect(await records.status(asked.applicationId)).toBe('endorsed');
    });

    it('of a reminder and of the first letter answer once between them', async () => {
      const { applicationId } = await records.asked(callId, applicant.personId);
      const first = await linkOf(manager);
      await moveTo('2026-11-28T12:00:00.000Z');
      await harness.tick('remind-endorsers');
      const second = await linkOf(manager, 2);
      expect(second).not.toBe(first);
      const answers = await Promise.all([
        byLink(first, { answer: 'endorsed' }),
        byLink(second, { answer: 'declined', reason: 'No cover' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await records.timeline(applicationId)).toHaveLength(2);
      expect(
        await harness.sql(`select from endorsement_link where person_id = $1 and used_at is null`, [manager.personId]),
      ).toEqual([]);
    });

    it('ends to the millisecond with the time to answer', async () => {
      await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      await moveTo('2026-11-30T09:59:59.999Z');
      expect((await open(token)).state).toBe('open');
      await moveTo('2026-11-30T10:00:00.000Z');
      expect((await open(token)).state).toBe('expired');
      expect(refusal(await byLink(token, { answer: 'endorsed' }))).toEqual([410, 'link-expired']);
    });
  });

  describe('whose it is', () => {
    it('nobody endorses their own by acting for their manager', async () => {
      const own = await reporting(null, 'Olive Solder');
      await harness.sql(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'coordinator', '2020-01-01')`,
        [institutionId, own.personId],
      );
      const shopFloor = await harness.person(institutionId, { name: 'Jim Lathe', email: null });
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [own.personId, shopFloor]);
      const { applicationId, endorsementId } = await records.asked(callId, own.personId);
      const other = await reporting({ personId: shopFloor }, 'Ben Copper');
      const colleague = await records.asked(callId, other.personId);
      expect((await harness.post(`people/${shopFloor}/act`, own)).status).toBe(200);
      expect((await list(own)).rows.map(({ applicant: { name: who } }) => who)).toEqual(['Ben Copper']);
      expect(refusal(await harness.get(`funding/endorsements/${endorsementId}`, own))).toEqual([404, 'not-found']);
      expect(refusal(await answer(endorsementId, own, { answer: 'endorsed' }))).toEqual([403, 'own-application']);
      const several = await harness.post('funding/endorsements/answers', own, {
        endorsements: [endorsementId, colleague.endorsementId].map((id) => ({ id, version: 1 })),
        ...{ answer: 'endorsed', reason: '' },
      });
      expect((several.body as { results: object[] }).results).toEqual([
        { id: endorsementId, refusal: 'own-application' },
        { id: colleague.endorsementId, refusal: null },
      ]);
      expect(await records.status(applicationId)).toBe('submitted');
      expect(await records.status(colleague.applicationId)).toBe('endorsed');
    });

    it('a coordinator who applied does not choose who endorses them', async () => {
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [
        coordinator.personId,
        manager.personId,
      ]);
      const { applicationId } = await records.asked(callId, coordinator.personId);
      expect(refusal(await name(applicationId, head.personId))).toEqual([403, 'own-application']);
      expect(await records.of(applicationId)).toMatchObject([{ asked_of: manager.personId, status: 'asked' }]);
      const colleague = await harness.somebody(institutionId, ['coordinator']);
      expect((await name(applicationId, head.personId, colleague)).status).toBe(200);
    });

    it('delegates in a circle decide nothing, and a delegate who applied is passed over', async () => {
      const standIn = await reporting(head, 'Standin Lane');
      await records.delegate(manager.personId, standIn.personId, '2026-11-20', '2026-12-31');
      await records.delegate(standIn.personId, manager.personId, '2026-11-20', '2026-12-31');
      const one = await records.asked(callId, applicant.personId);
      expect(await records.of(one.applicationId)).toMatchObject([
        { asked_of: head.personId, asked_as: 'next-manager' },
      ]);
      for (const who of [manager, standIn]) {
        expect((await list(who)).rows).toEqual([]);
        expect(refusal(await answer(one.endorsementId, who, { answer: 'endorsed' }))).toEqual([404, 'not-found']);
      }
      const boss = await reporting(head, 'Bo Ss');
      const both = await reporting(boss, 'Ada Flask');
      await records.delegate(boss.personId, both.personId, '2026-11-20', '2026-12-31');
      const two = await records.asked(callId, both.personId);
      expect(await records.of(two.applicationId)).toMatchObject([
        { asked_of: head.personId, asked_as: 'next-manager' },
      ]);
      expect(refusal(await answer(two.endorsementId, both, { answer: 'endorsed' }))).toEqual([403, 'own-application']);
    });

    it('a delegate whose days are over may no longer answer for the manager, nor one whose days have not come', async () => {
      const standIn = await reporting(head, 'Standin Lane');
      const { endorsementId } = await records.asked(callId, applicant.personId);
      await records.delegate(manager.personId, standIn.personId, '2026-11-25', '2026-11-26');
      expect(refusal(await answer(endorsementId, standIn, { answer: 'endorsed' }))).toEqual([404, 'not-found']);
      await moveTo('2026-11-26T23:59:59.000Z');
      expect((await list(standIn)).rows).toMatchObject([{ id: endorsementId, mayAnswer: true }]);
      await moveTo('2026-11-27T00:00:00.000Z');
      expect((await list(standIn)).rows).toEqual([]);
      expect(refusal(await answer(endorsementId, standIn, { answer: 'endorsed' }))).toEqual([404, 'not-found']);
    });

    it('whoever asked a question hears its answer: named, or above a manager who was silent', async () => {
      const alone = await reporting(null, 'Solo Lab');
      const friend = await reporting(null, 'Friendly Face');
      const named = await records.asked(callId, alone.personId);
      await name(named.applicationId, friend.personId);
      const [first] = await records.of(named.applicationId);
      await answer(first?.id ?? '', friend, { answer: 'returned', reason: 'Who covers?' });
      await sentAgain(named);
      expect(await records.of(named.applicationId)).toMatchObject([
        { status: 'returned' },
        { status: 'asked', asked_of: friend.personId, asked_as: 'named' },
      ]);

      const silent = await records.asked(callId, applicant.personId);
      await moveTo('2026-11-30T10:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      const [, above] = await records.of(silent.applicationId);
      await answer(above?.id ?? '', head, { answer: 'returned', reason: 'Who covers?' });
      now = new Date(now.getTime() + 1000);
      await sentAgain(silent);
      expect((await records.of(silent.applicationId)).at(-1)).toMatchObject({
        ...{ status: 'asked', asked_of: head.personId, asked_as: 'next-manager' },
      });
    });

    it('but not where they have left since: it goes to whoever decides today, or to nobody', async () => {
      const alone = await reporting(null, 'Solo Lab');
      const friend = await reporting(null, 'Friendly Face');
      const named = await records.asked(callId, alone.personId);
      await name(named.applicationId, friend.personId);
      const [first] = await records.of(named.applicationId);
      await answer(first?.id ?? '', friend, { answer: 'returned', reason: 'Who covers?' });
      await harness.sql(`update person set left_on = '2026-11-20' where id = $1`, [friend.personId]);
      await sentAgain(named);
      expect((await records.of(named.applicationId)).map(({ status }) => status)).toEqual(['returned']);
    });

    it('to another institution none of it is there', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      const elsewhere = await harness.institution('Hilltop University');
      const stranger = await harness.somebody(elsewhere, ['coordinator', 'programme-lead']);
      for (const path of [
        `funding/endorsements/${endorsementId}`,
        `funding/calls/${callId}/endorsements`,
        `funding/calls/${callId}/endorsements/export`,
      ]) {
        expect({ path, answer: refusal(await harness.get(path, stranger)) }).toEqual({
          path,
          answer: [404, 'not-found'],
        });
      }
      const deeds: [string, object][] = [
        [`funding/endorsements/${endorsementId}/answer`, { version: 1, answer: 'endorsed', reason: '' }],
        [
          `funding/calls/${callId}/endorsements/name`,
          { applicationId, purpose: 'application', personId: stranger.personId },
        ],
        [
          `funding/calls/${callId}/endorsements/decide`,
          { applicationId, version: 1, decision: 'endorsed', reason: 'x' },
        ],
        [`funding/calls/${callId}/endorsements/remind`, { endorsementIds: [endorsementId] }],
      ];
      for (const [path, body] of deeds) {
        expect({ path, answer: refusal(await harness.post(path, stranger, body)) }).toEqual({
          path,
          answer: [404, 'not-found'],
        });
      }
      expect((await list(stranger)).rows).toEqual([]);
      expect(await records.of(applicationId)).toMatchObject([{ status: 'asked', version: 1 }]);
    });
  });

  describe('time', () => {
    it.each([
      ['spring', '2027-03-22T10:00:00.000Z', '2027-03-29T09:00:00.000Z'],
      ['autumn', '2027-10-25T10:00:00.000Z', '2027-11-01T11:00:00.000Z'],
    ])(
      'seven days end at the same time of day where the clocks go in %s, for whoever hands in late too',
      async (_, sent, end) => {
        await harness.sql(`update call set endorse_by = '2027-01-01T17:00:00Z' where id = $1`, [callId]);
        await moveTo(sent);
        const { applicationId } = await records.asked(callId, applicant.personId);
        const [endorsement] = await records.of(applicationId);
        expect(endorsement?.passes_on_at.toISOString()).toBe(end);
        await moveTo(new Date(Date.parse(end) - 1).toISOString());
        await harness.tick('end-unanswered-endorsements');
        await harness.tick('pass-on-endorsements');
        expect((await records.of(applicationId)).map(({ status }) => status)).toEqual(['asked']);
        await moveTo(end);
        await harness.tick('pass-on-endorsements');
        await harness.tick('end-unanswered-endorsements');
        // It is over, not put to the next with an hour to go.
        expect((await records.of(applicationId)).map(({ status }) => status)).toEqual(['unendorsed']);
        expect(await records.status(applicationId)).toBe('unendorsed');
      },
    );

    it('on bank holidays too: days are days, and who is asked at Christmas has seven', async () => {
      await harness.sql(`update call set endorse_by = '2027-01-15T17:00:00Z' where id = $1`, [callId]);
      await moveTo('2026-12-24T15:00:00.000Z');
      const { applicationId } = await records.asked(callId, applicant.personId);
      await moveTo('2026-12-31T14:59:59.999Z');
      await harness.tick('pass-on-endorsements');
      expect(await records.of(applicationId)).toHaveLength(1);
      await moveTo('2026-12-31T15:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      expect((await records.of(applicationId)).at(-1)).toMatchObject({ asked_of: head.personId, status: 'asked' });
    });

    it('asked shortly before the deadline it ends with it and is not passed on', async () => {
      await moveTo('2026-12-20T10:00:00.000Z');
      const { applicationId } = await records.asked(callId, applicant.personId);
      expect(await records.of(applicationId)).toMatchObject([{ passes_on_at: new Date('2026-12-23T17:00:00Z') }]);
      await moveTo('2026-12-23T17:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      expect(await records.of(applicationId)).toMatchObject([{ status: 'asked' }]);
      await harness.tick('end-unanswered-endorsements');
      expect(await records.of(applicationId)).toMatchObject([{ status: 'unendorsed' }]);
    });

    it('a question comes while it can be answered: to the millisecond of the grace, by page, link and several at once', async () => {
      const asked = await records.asked(callId, applicant.personId, { at: start });
      await harness.sql(`update endorsement set passes_on_at = '2026-12-23T17:00:00Z' where id = $1`, [
        asked.endorsementId,
      ]);
      const token = await linkOf(manager);
      await harness.sql(`update endorsement_link set expires_at = '2026-12-23T17:00:00Z' where endorsement_id = $1`, [
        asked.endorsementId,
      ]);
      const question = { answer: 'returned', reason: 'Who covers?' };
      await moveTo('2026-12-18T17:00:00.000Z');
      expect(refusal(await answer(asked.endorsementId, manager, question))).toEqual([409, 'return-too-late']);
      expect(refusal(await byLink(token, question))).toEqual([409, 'return-too-late']);
      const several = await harness.post('funding/endorsements/answers', manager, {
        endorsements: [{ id: asked.endorsementId, version: 1 }],
        ...question,
      });
      expect(several.body).toEqual({ results: [{ id: asked.endorsementId, refusal: 'return-too-late' }] });
      expect(await records.of(asked.applicationId)).toMatchObject([{ status: 'asked', version: 1 }]);
      // Whoever has an extension can still send it again.
      await harness.sql(
        `insert into call_extension (institution_id, id, call_id, person_id, until, reason, granted_at, granted_by)
         values ($1, uuidv7(), $2, $3, '2026-12-22T17:00:00Z', 'Ill', $4, $5)`,
        [institutionId, callId, applicant.personId, now, coordinator.personId],
      );
      expect((await byLink(token, question)).status).toBe(200);
      const other = await records.asked(callId, (await reporting(manager, 'Ben Copper')).personId, { at: start });
      await moveTo('2026-12-18T16:59:59.999Z');
      expect((await answer(other.endorsementId, manager, question)).status).toBe(200);
    });

    it('where the deadline is moved on, whoever was asked shortly before the old one has their seven days, and their link too', async () => {
      await moveTo('2026-12-20T10:00:00.000Z');
      const { applicationId } = await records.asked(callId, applicant.personId);
      const token = await linkOf(manager);
      await harness.sql(`update call set endorse_by = '2027-01-10T17:00:00Z' where id = $1`, [callId]);
      await moveTo('2026-12-23T17:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      expect(await records.of(applicationId)).toMatchObject([
        { status: 'asked', asked_of: manager.personId, passes_on_at: new Date('2026-12-27T10:00:00.000Z') },
      ]);
      expect((await open(token)).state).toBe('open');
      await moveTo('2026-12-27T10:00:00.000Z');
      await harness.tick('pass-on-endorsements');
      expect((await records.of(applicationId)).map(({ status, asked_of: of }) => [status, of])).toEqual([
        ['passed-on', manager.personId],
        ['asked', head.personId],
      ]);
    });

    it('at the deadline nobody is named any more, also before the worker has been there', async () => {
      const { applicationId } = await records.asked(callId, applicant.personId);
      await moveTo('2026-12-23T17:00:00.000Z');
      expect(refusal(await name(applicationId, head.personId))).toEqual([409, 'endorsement-over']);
      expect(await records.of(applicationId)).toMatchObject([{ asked_of: manager.personId, status: 'asked' }]);
    });
  });

  describe('several at once', () => {
    it('one that is stale is named; the others are answered, and nothing of the stale one is', async () => {
      const asked = [];
      for (const who of ['Ann Brass', 'Ben Copper', 'Cy Zinc'])
        asked.push(await records.asked(callId, (await reporting(manager, who)).personId));
      const [, stale] = asked;
      await harness.sql(`update endorsement set version = 2 where id = $1`, [stale?.endorsementId]);
      const given = await harness.post('funding/endorsements/answers', manager, {
        endorsements: asked.map(({ endorsementId: id }) => ({ id, version: 1 })),
        ...{ answer: 'endorsed', reason: '' },
      });
      expect((given.body as { results: { refusal: string | null }[] }).results.map((each) => each.refusal)).toEqual([
        null,
        'changed-meanwhile',
        null,
      ]);
      expect(await records.timeline(stale?.applicationId ?? '')).toEqual(['asked-to-endorse']);
      expect(await records.of(stale?.applicationId ?? '')).toMatchObject([{ status: 'asked', version: 2 }]);
      for (const at of [0, 2]) expect(await records.status(asked[at]?.applicationId ?? '')).toBe('endorsed');
    });

    it('the same one twice in a click is answered once', async () => {
      const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
      const given = await harness.post('funding/endorsements/answers', manager, {
        endorsements: [1, 1].map((version) => ({ id: endorsementId, version })),
        ...{ answer: 'endorsed', reason: '' },
      });
      expect((given.body as { results: { refusal: string | null }[] }).results.map((each) => each.refusal)).toEqual([
        null,
        null,
      ]);
      expect(await records.timeline(applicationId)).toEqual(['asked-to-endorse', 'endorsed']);
    });
  });

  const over = endorsementStatuses.filter((status) => status !== 'asked');
  it.each(over)('what is %s goes nowhere from there: not by page, link, task or withdrawal', async (status) => {
    const { applicationId, endorsementId } = await records.asked(callId, applicant.personId);
    const token = await linkOf(manager);
    const answered = ['endorsed', 'returned', 'declined'].includes(status);
    await harness.sql(
      `update endorsement set status = $2, answered_by = $3, answered_at = $4, answered_through = $5, reason = $6 where id = $1`,
      [endorsementId, status, ...(answered ? [manager.personId, now, 'page', 'Because'] : [null, null, null, null])],
    );
    const named = {
      ...{ endorsed: 'answered', returned: 'answered', declined: 'answered', 'passed-on': 'passed-on' },
      ...{ unendorsed: 'over', withdrawn: 'withdrawn' },
    }[status];
    for (const given of ['endorsed', 'returned', 'declined']) {
      const body = { answer: given, reason: 'Why not' };
      expect(refusal(await answer(endorsementId, manager, body))).toEqual([409, `endorsement-${named}`]);
      expect(refusal(await byLink(token, body))).toEqual([409, `endorsement-${named}`]);
    }
    await moveTo('2026-12-01T10:00:00.000Z');
    await harness.tick('remind-endorsers');
    await harness.tick('pass-on-endorsements');
    await records.inTransaction((tx) => withdrawEndorsements(tx, [applicationId]));
    expect(await records.of(applicationId)).toMatchObject([{ status, version: 1 }]);
    expect(await mailTo(harness, manager)).toHaveLength(1);
  });
});
