import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  type CallForApplicants,
  callForApplicants,
  callsPage,
  callView,
  type CallStatus,
  callStatuses,
  type CallView,
  type ChangeCall,
  type OpenCalls,
  openCalls,
} from '@waymark/contracts';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { CallRecords } from './call-records';
import { Harness, type SignedIn } from './harness';

/** 1 May 2026, 09:00 in London: the call of these tests opens an hour later and closes on 29 May at 17:00. */
const start = new Date('2026-05-01T08:00:00.000Z');
const opensAt = '2026-05-01T09:00:00.000Z';
const closesAt = '2026-05-29T16:00:00.000Z';

describe('calls', () => {
  const clock = new MovedClock(start);
  let harness: Harness;
  let records: CallRecords;
  let institutionId: string;
  let coordinator: SignedIn;
  let technician: SignedIn;
  let potId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    records = new CallRecords(harness);
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Ada Beaker');
    technician = await harness.somebody(institutionId, [], 'Rowan Pipette');
    // The clock of these tests stands before today.
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    potId = await records.pot(institutionId, coordinator.personId, 5_000_000);
  });

  /** Sessions last a day; the people of these tests stay signed in for weeks. */
  const moveTo = async (at: Date): Promise<void> => {
    clock.moveTo(at);
    await harness.sql(`update session set created_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [at]);
  };
  const body = (facts: object = {}) => ({
    name: `Conference fund ${randomUUIDv7().slice(-6)}`,
    kind: 'yearly',
    potId,
    budgetPence: 1_000_000,
    opensAt,
    closesAt,
    rollsUntil: null,
    ...facts,
  });
  const add = async (facts: object = {}): Promise<CallView> => {
    const answer = await harness.post('funding/calls', coordinator, body(facts));
    expect(answer.status).toBe(201);
    return callView.parse(answer.body);
  };
  const see = async (id: string, as = coordinator): Promise<CallView> =>
    callView.parse((await harness.get(`funding/calls/${id}`, as)).body);
  const deed = (call: Pick<CallView, 'id' | 'version'>, name: string, rest: object = {}) =>
    harness.post(`funding/calls/${call.id}/${name}`, coordinator, { version: call.version, ...rest });
  const done = async (call: Pick<CallView, 'id' | 'version'>, name: string, rest: object = {}): Promise<CallView> => {
    const answer = await deed(call, name, rest);
    expect({ status: answer.status, body: answer.status === 200 ? null : answer.body }).toEqual({
      status: 200,
      body: null,
    });
    return callView.parse(answer.body);
  };
  const published = async (facts: object = {}): Promise<CallView> => done(await add(facts), 'publish');
  const input = (call: CallView, change: Partial<ChangeCall> = {}): ChangeCall => ({
    version: call.version,
    name: call.name,
    potId: call.potId,
    budgetPence: call.budgetPence,
    opensAt: call.opensAt,
    closesAt: call.closesAt,
    returnGraceDays: call.returnGraceDays,
    endorseBy: call.endorseBy,
    decideBy: call.decideBy,
    reserveUntil: call.reserveUntil,
    claimBy: call.claimBy,
    nextOpensOn: call.nextOpensOn,
    nextClosesOn: call.nextClosesOn,
    rollsUntil: call.rollsUntil,
    terms: call.terms,
    letters: call.letters,
    ...change,
  });
  const change = (call: CallView, changes: Partial<ChangeCall>) =>
    harness.put(`funding/calls/${call.id}`, coordinator, input(call, changes));
  const refusalOf = ({ status, body: answered }: { status: number; body: unknown }) => {
    const { refusal, facts, fields } = answered as { refusal: string; facts?: object; fields?: object };
    return { status, refusal, ...(facts ? { facts } : {}), ...(fields ? { fields } : {}) };
  };
  /** At a status of the table without the way there, which is tested elsewhere. */
  const at = async (status: CallStatus, facts: object = {}): Promise<CallView> => {
    const { id } = await add(facts);
    const because = status === 'cancelled' ? `'No money'` : 'null';
    await harness.sql(`update call set status = $1, cancelled_because = ${because} where id = $2`, [status, id]);
    return see(id);
  };
  const forApplicants = async (id: string, as = technician): Promise<CallForApplicants> =>
    callForApplicants.parse((await harness.get(`funding/calls/${id}/for-applicants`, as)).body);
  const openNow = async (as = technician): Promise<OpenCalls> =>
    openCalls.parse((await harness.get('funding/calls/open', as)).body);
  const mail = (personId: string) =>
    harness.sql<{ subject: string; body: string }>(
      `select m.subject, m.body from mail_message m join person p on p.email = m.recipient where p.id = $1 order by m.id`,
      [personId],
    );

  describe('a draft', () => {
    it('has sound defaults for all that was not said, and weights that make a hundred', async () => {
      const call = await add();
      expect(call).toMatchObject({
        status: 'draft',
        moment: 'draft',
        termsNumber: 1,
        version: 1,
        budgetPence: 1_000_000,
      });
      expect(call.terms.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
      expect(call.endorseBy).toBe('2026-06-12T16:00:00.000Z');
      expect(call.pot).toMatchObject({ id: potId, open: true, availablePence: 5_000_000 });
      expect(call.timeline).toMatchObject([{ act: 'call.add', by: 'Ada Beaker' }]);
      expect(call.may).toMatchObject({ change: true, publish: true, cancel: true, reopen: false, startScoring: false });
    });

    it.each([
      ['-5', -5],
      ['1e9 pounds and more', 1e12],
      ['twenty digits', 12_345_678_901_234_567_890],
      ['text', '£1,200.00'],
      ['nothing', 0],
    ])('a budget of %s is refused at its field', async (_, budgetPence) => {
      const answer = await harness.post('funding/calls', coordinator, body({ budgetPence }));
      expect(answer).toMatchObject({ status: 422, body: { refusal: 'invalid-input' } });
      expect(JSON.stringify(answer.body)).toContain('budgetPence');
    });

    it('a close that is not after the opening is refused at its field', async () => {
      expect(refusalOf(await harness.post('funding/calls', coordinator, body({ closesAt: opensAt })))).toMatchObject({
        refusal: 'invalid-input',
        fields: [{ path: 'closesAt', code: 'before-opens' }],
      });
    });

    it('a window from which its other dates could not be counted is refused at its field', async () => {
      for (const window of [
        { opensAt: '9999-01-01T00:00:00Z', closesAt: '9999-12-31T23:59:59Z' },
        { opensAt: '0000-01-01T00:00:00Z', closesAt: '0001-12-31T23:59:59Z' },
      ]) {
        const answer = await harness.post('funding/calls', coordinator, body(window));
        expect(refusalOf(answer)).toMatchObject({ refusal: 'invalid-input' });
        expect((answer.body as { fields: { path: string }[] }).fields.map(({ path }) => path)).toEqual([
          'opensAt',
          'closesAt',
        ]);
      }
    });

    it('a pot that is closed, or of another institution, is refused by name', async () => {
      const elsewhere = await harness.institution('Elsewhere College');
      const foreign = await records.pot(elsewhere, await harness.person(elsewhere), 100);
      expect(refusalOf(await harness.post('funding/calls', coordinator, body({ potId: foreign })))).toMatchObject({
        refusal: 'invalid-input',
        fields: [{ path: 'potId', code: 'unknown-record' }],
      });
      await harness.sql(`update pot set status = 'closed' where id = $1`, [potId]);
      expect(refusalOf(await harness.post('funding/calls', coordinator, body()))).toEqual({
        status: 409,
        refusal: 'pot-closed',
      });
    });

    it('a name that another call has is refused; that of a cancelled one is free again', async () => {
      const call = await add({ name: 'Travel fund' });
      expect(refusalOf(await harness.post('funding/calls', coordinator, body({ name: 'travel fund' })))).toEqual({
        status: 409,
        refusal: 'call-name-taken',
      });
      await done(call, 'cancel', { because: 'A mistake' });
      await add({ name: 'Travel fund' });
    });

    it('a double click makes one', async () => {
      const key = randomUUID();
      const asked = body();
      await Promise.all(
        [1, 2, 3].map(() => harness.ask('POST', 'funding/calls', { as: coordinator, body: asked, key })),
      );
      expect(await harness.sql(`select id from call where institution_id = $1`, [institutionId])).toHaveLength(1);
    });

    it('is changed as a whole, and its terms get a new number only where they changed', async () => {
      const call = await add();
      const renamed = callView.parse((await change(call, { name: 'Renamed' })).body);
      expect(renamed).toMatchObject({ name: 'Renamed', version: 2, termsNumber: 1 });
      const capped = callView.parse((await change(renamed, { terms: { ...renamed.terms, capPence: 90_000 } })).body);
      expect(capped).toMatchObject({ version: 3, termsNumber: 2 });
      expect(capped.terms.capPence).toBe(90_000);
    });

    it('a change on an older revision, and weights that do not make a hundred, are refused', async () => {
      const call = await add();
      await change(call, { name: 'First' });
      expect(refusalOf(await change(call, { name: 'Second' }))).toEqual({ status: 409, refusal: 'changed-meanwhile' });
      const criteria = call.terms.criteria.map((one, i) => (i === 0 ? { ...one, weight: one.weight - 1 } : one));
      const answer = await change(await see(call.id), { terms: { ...call.terms, criteria } });
      expect(answer).toMatchObject({ status: 422, body: { refusal: 'invalid-input' } });
      expect(JSON.stringify(answer.body)).toContain('terms.criteria');
    });

    it('an audience of units and grades that are not the institution’s is refused at its field', async () => {
      const call = await add();
      const unit = await harness.unit(await harness.institution('Elsewhere College'), 'Secret unit');
      const audience = { techniciansOnly: true, unitIds: [unit], gradeIds: [] };
      expect(refusalOf(await change(call, { terms: { ...call.terms, audience } }))).toMatchObject({
        fields: [{ path: 'terms.audience.unitIds', code: 'unknown-record' }],
      });
    });

    it('is there for nobody but those who see calls', async () => {
      const { id } = await add();
      expect((await harness.get(`funding/calls/${id}/for-applicants`, technician)).status).toBe(404);
      expect((await openNow()).calls).toEqual([]);
      expect((await forApplicants(id, coordinator)).moment).toBe('draft');
    });

    it('on its first day, still a draft, its coordinator is asked to open it', async () => {
      const { id, name } = await add();
      await moveTo(new Date(opensAt));
      const home = (await harness.get('home', coordinator)).body as {
        tasks: { kind: string; id: string; about: string }[];
      };
      expect(home.tasks.find(({ kind }) => kind === 'open-call')).toMatchObject({ id, about: name });
    });
  });

  describe('the window', () => {
    it('published, it shows when it opens; it is open from that second, and closed from its closing second', async () => {
      const call = await published();
      expect(call).toMatchObject({ status: 'open', moment: 'coming' });
      const moments: string[] = [];
      for (const at of [
        new Date(Date.parse(opensAt) - 1),
        new Date(opensAt),
        new Date(Date.parse(closesAt) - 1),
        new Date(closesAt),
      ]) {
        await moveTo(at);
        const { moment, mayBegin } = await forApplicants(call.id);
        moments.push(`${moment} ${String(mayBegin)}`);
      }
      expect(moments).toEqual(['coming false', 'open true', 'open true', 'closed false']);
      // The worker has not come by: the row still says open, and nobody is let in.
      expect((await see(call.id)).status).toBe('open');
      await harness.tick('close-calls');
      expect((await see(call.id)).status).toBe('closed');
    });

    it('is in the list of everybody from its publication, with whether it is for them', async () => {
      const call = await published();
      const { calls } = await openNow();
      expect(calls).toMatchObject([{ id: call.id, moment: 'coming', inAudience: true, mine: [], capPence: 150_000 }]);
      const office = await harness.signIn(institutionId, await harness.person(institutionId, { technician: false }));
      expect((await openNow(office)).calls[0]?.inAudience).toBe(false);
      await moveTo(new Date(opensAt));
      const tasks = async (as: SignedIn) =>
        ((await harness.get('home', as)).body as { tasks: { kind: string; id: string }[] }).tasks.filter(
          ({ kind }) => kind === 'apply-to-call',
        );
      expect(await tasks(technician)).toMatchObject([{ id: call.id }]);
      expect(await tasks(office)).toEqual([]);
      await records.application(call, technician.personId, 'draft');
      expect(await tasks(technician)).toEqual([]);
    });

    it('an audience of a unit takes in those below it, and of a grade those who have it', async () => {
      const faculty = await harness.unit(institutionId, 'Science');
      const lab = await harness.unit(institutionId, 'Wet lab');
      await harness.sql(`update unit set parent_id = $1 where id = $2`, [faculty, lab]);
      const [low, high] = await harness.grades(institutionId, ['Grade 4', 'Grade 6']);
      const draft = await add();
      const audience = { techniciansOnly: false, unitIds: [faculty], gradeIds: [high ?? ''] };
      const changed = callView.parse((await change(draft, { terms: { ...draft.terms, audience } })).body);
      expect(changed.audience).toEqual({
        units: [{ id: faculty, name: 'Science' }],
        grades: [{ id: high, name: 'Grade 6' }],
      });
      const call = await done(changed, 'publish');
      const sees = async (unitId: string | null, gradeId: string | null | undefined) => {
        const person = await harness.person(institutionId, { unitId, gradeId: gradeId ?? null });
        return (await forApplicants(call.id, await harness.signIn(institutionId, person))).inAudience;
      };
      expect(await sees(lab, high)).toBe(true);
      expect(await sees(lab, low)).toBe(false);
      expect(await sees(null, high)).toBe(false);
    });

    it('next year’s dates are shown to everybody once this year’s is over', async () => {
      const call = await published();
      const dated = callView.parse(
        (await change(call, { nextOpensOn: '2027-05-04', nextClosesOn: '2027-05-28' })).body,
      );
      expect((await openNow()).next).toEqual([
        { callId: call.id, name: dated.name, opensOn: '2027-05-04', closesOn: '2027-05-28' },
      ]);
      const copy = await done(
        callView.parse((await harness.post(`funding/calls/${call.id}/copy`, coordinator, { name: 'Next' })).body),
        'publish',
      );
      expect(copy.opensAt).toBe('2027-05-04T09:00:00.000Z');
      expect((await openNow()).next).toEqual([]);
    });

    it('cannot be published once its close has passed, nor from a closed pot', async () => {
      const call = await add();
      await harness.sql(`update pot set status = 'closed' where id = $1`, [potId]);
      expect(refusalOf(await deed(call, 'publish'))).toEqual({ status: 409, refusal: 'pot-closed' });
      expect((await see(call.id)).hindered).toEqual([{ by: 'pot-closed', count: 1 }]);
      await harness.sql(`update pot set status = 'open' where id = $1`, [potId]);
      await moveTo(new Date(closesAt));
      expect(refusalOf(await deed(call, 'publish'))).toEqual({ status: 409, refusal: 'call-window-over' });
    });
  });

  describe('changed while open', () => {
    it('its opening is fixed, its close may move but not into the past, and those with a draft are told', async () => {
      const call = await published();
      await moveTo(new Date('2026-05-10T12:00:00Z'));
      await records.application(call, technician.personId, 'draft');
      expect(refusalOf(await change(call, { opensAt: '2026-05-02T09:00:00.000Z' }))).toMatchObject({
        refusal: 'call-part-fixed',
        facts: { field: 'opensAt', moment: 'open' },
      });
      expect(refusalOf(await change(call, { closesAt: '2026-05-10T12:00:00.000Z' }))).toEqual({
        status: 409,
        refusal: 'call-window-over',
      });
      // Who was granted more time still has it, and is told so.
      const extended = await harness.person(institutionId);
      await records.application(call, extended, 'draft');
      const until = '2026-06-03T16:00:00.000Z';
      await harness.post(`funding/calls/${call.id}/extensions`, coordinator, {
        ...{ personId: extended, until, reason: 'Away with the ship' },
      });
      expect((await change(call, { closesAt: '2026-05-22T16:00:00.000Z' })).status).toBe(200);
      const subject = `${call.name} now closes on Friday 22 May 2026 at 17:00`;
      expect(await mail(technician.personId)).toMatchObject([
        { subject, body: expect.stringContaining('handed in until Friday 22 May 2026 at 17:00.') },
      ]);
      expect((await mail(extended)).at(-1)).toMatchObject({
        ...{ subject, body: expect.stringContaining('handed in until Wednesday 3 June 2026 at 17:00.') },
      });
    });

    it('new terms get a number of their own; what was submitted keeps the one it was submitted under', async () => {
      const call = await published();
      await moveTo(new Date(opensAt));
      const application = await records.application(call, technician.personId, 'submitted');
      const changed = callView.parse((await change(call, { terms: { ...call.terms, capPence: 50_000 } })).body);
      expect(changed.termsNumber).toBe(2);
      const rows = await harness.sql<{ number: number; cap: string }>(
        `select number, terms->>'capPence' as cap from call_terms where call_id = $1 order by number`,
        [call.id],
      );
      expect(rows).toEqual([
        { number: 1, cap: '150000' },
        { number: 2, cap: '50000' },
      ]);
      expect(
        await harness.sql(`select terms_number from application_submission where application_id = $1`, [application]),
      ).toEqual([{ terms_number: 1 }]);
    });

    it('terms can be neither written over nor taken away, even by the application’s own role', async () => {
      const call = await published();
      for (const statement of [
        `update call_terms set terms = '{}'`,
        `delete from call_terms where call_id = '${call.id}'`,
      ]) {
        await expect(records.asApplication(institutionId, statement)).rejects.toThrow(/permission denied/);
      }
    });

    it('once closed, neither window nor terms change; once decided, neither pot nor dates; once archived, nothing', async () => {
      const tries: [CallStatus, Partial<ChangeCall>, string][] = [
        ['closed', { closesAt: '2026-06-05T16:00:00.000Z' }, 'closesAt'],
        ['scoring', { endorseBy: '2026-06-20T16:00:00.000Z' }, 'endorseBy'],
        ['moderation', { returnGraceDays: 1 }, 'returnGraceDays'],
        ['decided', { claimBy: '2028-01-01' }, 'claimBy'],
        ['archived', { nextOpensOn: '2027-05-01' }, 'nextOpensOn'],
        ['cancelled', { name: 'Again' }, 'name'],
      ];
      for (const [status, changes, field] of tries) {
        const call = await at(status);
        expect(refusalOf(await change(call, changes))).toMatchObject({ refusal: 'call-part-fixed', facts: { field } });
      }
      expect((await change(await at('decided'), { nextOpensOn: '2027-05-01' })).status).toBe(200);
    });

    it('a budget below what its awards have committed is refused', async () => {
      const call = await at('decided');
      await records.award(call, technician.personId, 87_000);
      expect((await see(call.id)).committedPence).toBe(87_000);
      expect(refusalOf(await change(call, { budgetPence: 86_999 }))).toMatchObject({
        refusal: 'budget-below-committed',
        facts: { committedPence: 87_000 },
      });
      expect((await change(call, { budgetPence: 87_000 })).status).toBe(200);
    });
  });

  describe('opened again', () => {
    const reopening = { closesAt: '2026-06-12T16:00:00.000Z', endorseBy: '2026-06-26T16:00:00.000Z' };

    it('a closed call takes applications until the later close', async () => {
      const call = await at('closed');
      await moveTo(new Date('2026-06-01T08:00:00Z'));
      const again = await done(call, 'reopen', reopening);
      expect(again).toMatchObject({ status: 'open', moment: 'open', ...reopening });
    });

    it('tells those who have a draft in it, and missed the close', async () => {
      const call = await at('closed');
      const late = await harness.person(institutionId);
      await records.application(call, technician.personId, 'draft');
      await records.application(call, late, 'endorsed');
      await moveTo(new Date('2026-06-01T08:00:00Z'));
      await done(call, 'reopen', reopening);
      expect(await mail(technician.personId)).toMatchObject([
        { subject: `${call.name} now closes on Friday 12 June 2026 at 17:00` },
      ]);
      expect(await mail(late)).toEqual([]);
    });

    it('also where the worker has not closed it yet', async () => {
      const call = await published();
      await moveTo(new Date('2026-06-01T08:00:00Z'));
      expect(await done(call, 'reopen', reopening)).toMatchObject({ status: 'open', moment: 'open' });
    });

    it('is refused into the past, once somebody has scored, and while it is not closed', async () => {
      const call = await at('closed');
      await moveTo(new Date('2026-06-13T08:00:00Z'));
      expect(refusalOf(await deed(call, 'reopen', reopening))).toEqual({ status: 409, refusal: 'call-window-over' });
      await moveTo(new Date('2026-06-01T08:00:00Z'));
      const application = await records.application(call, technician.personId, 'endorsed');
      await records.review(call, application, await harness.person(institutionId), 'drafting');
      expect(refusalOf(await deed(call, 'reopen', reopening))).toMatchObject({
        refusal: 'call-scored',
        facts: { count: 1 },
      });
      expect((await see(call.id)).may.reopen).toBe(false);
      await moveTo(start);
      expect(refusalOf(await deed(await published(), 'reopen', reopening))).toMatchObject({
        refusal: 'status-refused',
      });
    });
  });

  describe('scoring', () => {
    const afterClose = new Date('2026-06-13T08:00:00Z');

    it('begins with eligibility judged', async () => {
      const call = await at('closed');
      await moveTo(afterClose);
      const application = await records.application(call, technician.personId, 'endorsed');
      expect(await done(call, 'start-scoring')).toMatchObject({ status: 'scoring', version: call.version + 1 });
      const [row] = await harness.sql<{ status: string }>(`select status from application where id = $1`, [
        application,
      ]);
      expect(['eligible', 'ineligible']).toContain(row?.status);
    });

    it.each([
      ['an endorser has not answered', 'submitted', 'endorsements-pending'],
      ['somebody was asked to change theirs', 'returned', 'endorsements-pending'],
      ['the coordinator has not decided on what nobody endorsed', 'unendorsed', 'unendorsed-undecided'],
    ] as const)('is refused while %s', async (_, status, refusal) => {
      const call = await at('closed');
      await moveTo(afterClose);
      await records.application(call, technician.personId, 'endorsed');
      await records.application(call, await harness.person(institutionId), status);
      expect(refusalOf(await deed(call, 'start-scoring'))).toMatchObject({ refusal, facts: { count: 1 } });
      expect((await see(call.id)).hindered).toEqual([{ by: refusal, count: 1 }]);
    });

    it('is refused while somebody’s extension runs, and where nothing is endorsed', async () => {
      const call = await at('closed');
      await moveTo(new Date('2026-05-30T08:00:00Z'));
      await records.application(call, technician.personId, 'endorsed');
      const late = await harness.person(institutionId);
      await harness.post(`funding/calls/${call.id}/extensions`, coordinator, {
        personId: late,
        until: '2026-06-05T16:00:00.000Z',
        reason: 'Ill',
      });
      expect(refusalOf(await deed(call, 'start-scoring'))).toMatchObject({ refusal: 'extensions-running' });
      const empty = await at('closed');
      expect(refusalOf(await deed(empty, 'start-scoring'))).toMatchObject({ refusal: 'call-empty' });
      // Nobody waits for somebody who has left.
      await harness.sql(`update person set left_on = '2026-05-29' where id = $1`, [late]);
      expect((await done(call, 'start-scoring')).status).toBe('scoring');
    });

    it('of cancelling and beginning to score at once, one is done', async () => {
      for (let round = 0; round < 5; round += 1) {
        const call = await at('closed');
        await moveTo(afterClose);
        await records.application(call, await harness.person(institutionId), 'endorsed');
        const answers = await Promise.all([deed(call, 'cancel', { because: 'No money' }), deed(call, 'start-scoring')]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        const { status } = await see(call.id);
        expect(status).toBe(answers[0]?.status === 200 ? 'cancelled' : 'scoring');
        await moveTo(start);
      }
    });
  });

  describe('cancelled', () => {
    it.each(['draft', 'open', 'closed', 'scoring', 'moderation'] as const)(
      'a call that is %s, with its applications',
      async (status) => {
        const call = await at(status);
        const application = await records.application(
          call,
          technician.personId,
          status === 'open' ? 'submitted' : 'endorsed',
        );
        const cancelled = await done(call, 'cancel', { because: 'The faculty took the money back.' });
        expect(cancelled).toMatchObject({ status: 'cancelled', cancelledBecause: 'The faculty took the money back.' });
        expect(await harness.sql(`select status from application where id = $1`, [application])).toEqual([
          { status: 'call-cancelled' },
        ]);
        expect((await mail(technician.personId)).map((one) => one.body).join('')).toContain(
          'The faculty took the money back.',
        );
        expect(
          await harness.sql(`select kind from application_event where application_id = $1`, [application]),
        ).toEqual([{ kind: 'call-cancelled' }]);
      },
    );

    it('a cancellation that fails late leaves nothing behind', async () => {
      const call = await at('open');
      const application = await records.application(call, technician.personId, 'submitted');
      await records.failOn('audit_entry', async () => {
        expect((await deed(call, 'cancel', { because: 'No money' })).status).toBe(500);
      });
      expect((await see(call.id)).status).toBe('open');
      expect(await harness.sql(`select status from application where id = $1`, [application])).toEqual([
        { status: 'submitted' },
      ]);
      expect(await mail(technician.personId)).toEqual([]);
    });
  });

  describe('archived', () => {
    it('once decided, with every award closed and nobody in reserve', async () => {
      const call = await at('decided');
      const award = await records.award(call, technician.personId, 1000);
      expect(refusalOf(await deed(call, 'archive'))).toMatchObject({ refusal: 'awards-open', facts: { count: 1 } });
      await harness.sql(`update award set status = 'closed', closed_at = now() where id = $1`, [award]);
      const reserve = await records.application(call, await harness.person(institutionId), 'reserve');
      expect(refusalOf(await deed(call, 'archive'))).toMatchObject({ refusal: 'awards-open' });
      await harness.sql(`update application set status = 'unsuccessful', reserve_rank = null where id = $1`, [reserve]);
      expect((await done(call, 'archive')).status).toBe('archived');
    });
  });

  describe('every other move is refused by name', () => {
    const deeds = {
      publish: [{}, ['draft']],
      reopen: [{ closesAt: '2027-06-12T16:00:00.000Z', endorseBy: '2027-06-26T16:00:00.000Z' }, ['closed']],
      'start-scoring': [{}, ['closed']],
      cancel: [{ because: 'Why' }, ['draft', 'open', 'closed', 'scoring', 'moderation']],
      archive: [{}, ['decided']],
    } as const;
    const wrong = Object.entries(deeds).flatMap(([name, [rest, from]]) =>
      callStatuses
        .filter((status) => !(from as readonly string[]).includes(status))
        .map((status) => [name, status, rest] as const),
    );
    it.each(wrong)('%s from %s', async (name, status, rest) => {
      const call = await at(status);
      expect(await deed(call, name, rest)).toMatchObject({
        status: 409,
        body: { refusal: 'status-refused', facts: { from: status } },
      });
      expect((await see(call.id)).status).toBe(status);
    });
  });

  describe('a copy', () => {
    it('of last year’s has its terms and its dates a year on, and the pot that its pot was rolled into', async () => {
      const call = await published();
      const into = await records.rolledInto(institutionId, coordinator.personId, potId);
      const copied = await harness.post(`funding/calls/${call.id}/copy`, coordinator, { name: 'Conference fund 2027' });
      expect(copied.status).toBe(201);
      const copy = callView.parse(copied.body);
      expect(copy).toMatchObject({
        status: 'draft',
        name: 'Conference fund 2027',
        opensAt: '2027-05-01T09:00:00.000Z',
        closesAt: '2027-05-29T16:00:00.000Z',
        endorseBy: '2027-06-12T16:00:00.000Z',
        potId: into,
        terms: call.terms,
        termsNumber: 1,
        copiedFrom: { id: call.id, name: call.name },
      });
      expect(copy.series.map(({ id }) => id)).toEqual([copy.id, call.id]);
    });

    it('of a rolling call that is announced for years on rolls through its first month at least', async () => {
      const may = await add({ kind: 'rolling', closesAt: '2026-05-31T09:00:00.000Z', rollsUntil: '2026-06-30' });
      const changed = await change(may, { nextOpensOn: '2029-01-01', nextClosesOn: '2029-02-01' });
      expect(changed.status).toBe(200);
      const copied = await harness.post(`funding/calls/${may.id}/copy`, coordinator, { name: 'Small grants' });
      expect(callView.parse(copied.body)).toMatchObject({
        closesAt: '2029-02-01T10:00:00.000Z',
        rollsUntil: '2029-02-01',
      });
    });

    it('of a call that is endorsed until its very close stays so where the clocks change between', async () => {
      const autumn = await add({ opensAt: '2026-09-01T09:00:00.000Z', closesAt: '2026-11-20T09:00:00.000Z' });
      // Next year's is announced for after its ordinary close: it then stands open as long as this year's.
      const changed = await change(autumn, { endorseBy: autumn.closesAt, nextOpensOn: '2028-01-05' });
      expect(changed.status).toBe(200);
      const copied = await harness.post(`funding/calls/${autumn.id}/copy`, coordinator, {
        name: 'Conference fund 2028',
      });
      const copy = callView.parse(copied.body);
      expect([copy.opensAt, copy.closesAt, copy.endorseBy]).toEqual([
        '2028-01-05T10:00:00.000Z',
        '2028-03-25T10:00:00.000Z',
        '2028-03-25T10:00:00.000Z',
      ]);
    });
  });

  describe('a rolling call', () => {
    const month = {
      kind: 'rolling',
      opensAt: '2026-04-30T23:00:00.000Z',
      closesAt: '2026-05-31T23:00:00.000Z',
      rollsUntil: '2026-07-31',
    };
    const ofSeries = () =>
      harness.sql<{ name: string; status: string; opens: Date; closes: Date }>(
        `select name, status, opens_at as opens, closes_at as closes from call where institution_id = $1 order by opens_at`,
        [institutionId],
      );

    it('is named after its month, and at its close the next month opens with its terms and panel', async () => {
      const call = await published({ ...month, name: 'Small grants' });
      expect(call.name).toBe('Small grants, May 2026');
      const reader = await harness.person(institutionId);
      const leaver = await harness.person(institutionId, { leftOn: '2026-05-02' });
      await records.panelist(call.id, reader, coordinator.personId);
      await records.panelist(call.id, leaver, coordinator.personId);
      await moveTo(new Date('2026-05-31T23:00:00Z'));
      await harness.tick('close-calls');
      await harness.tick('close-calls');
      const rows = await ofSeries();
      expect(rows).toMatchObject([
        { name: 'Small grants, May 2026', status: 'closed' },
        {
          name: 'Small grants, June 2026',
          status: 'open',
          opens: new Date('2026-05-31T23:00:00Z'),
          closes: new Date('2026-06-30T23:00:00Z'),
        },
      ]);
      const [june] = callsPage.parse((await harness.get('funding/calls?moment=open', coordinator)).body).rows;
      const next = await see(june?.id ?? '');
      expect(next).toMatchObject({ terms: call.terms, panelists: 1, decideBy: '2026-07-29' });
      // The next month has begun: people apply there.
      const may = await see(call.id);
      expect(may.may.reopen).toBe(false);
      const closes = { closesAt: '2026-06-05T16:00:00.000Z', endorseBy: '2026-06-15T16:00:00.000Z' };
      expect(refusalOf(await deed(may, 'reopen', closes))).toEqual({ status: 409, refusal: 'call-rolled-on' });
    });

    it('ends with its last month, and makes good a month in which nothing ran', async () => {
      await published({ ...month, name: 'Small grants' });
      await moveTo(new Date('2026-07-10T12:00:00Z'));
      await harness.tick('close-calls');
      expect((await ofSeries()).map(({ name, status }) => [name, status])).toEqual([
        ['Small grants, May 2026', 'closed'],
        ['Small grants, July 2026', 'open'],
      ]);
      await moveTo(new Date('2026-07-31T23:00:00Z'));
      await harness.tick('close-calls');
      expect((await ofSeries()).map(({ status }) => status)).toEqual(['closed', 'closed']);
    });

    it('that is endorsed until its very close goes on through the hour that comes twice', async () => {
      await moveTo(new Date('2027-08-01T08:00:00Z'));
      // Half past one on 31 October 2027 in London comes twice; the clock of a winter's day means the second.
      const winter = { opensAt: '2027-01-01T01:30:00.000Z', closesAt: '2027-01-31T01:30:00.000Z' };
      const draft = await add({ ...month, ...winter, name: 'Small grants', rollsUntil: '2027-12-31' });
      const same = callView.parse((await change(draft, { endorseBy: draft.closesAt })).body);
      await moveTo(new Date('2027-01-01T01:30:00Z'));
      await done(same, 'publish');
      for (let turn = 0; turn < 9; turn += 1) {
        const { closes } = (await ofSeries()).at(-1) ?? { closes: start };
        await moveTo(closes);
        await harness.tick('close-calls');
      }
      expect((await ofSeries()).at(-1)).toEqual({
        name: 'Small grants, October 2027',
        status: 'open',
        opens: new Date('2027-09-30T00:30:00Z'),
        closes: new Date('2027-10-31T01:30:00Z'),
      });
    });

    it('stops where its pot is closed and was rolled over into none', async () => {
      const call = await published({ ...month, name: 'Small grants' });
      await harness.sql(`update pot set status = 'closed' where id = $1`, [potId]);
      await moveTo(new Date('2026-06-01T00:00:00Z'));
      await harness.tick('close-calls');
      expect(await ofSeries()).toHaveLength(1);
      expect((await see(call.id)).timeline[0]).toMatchObject({
        act: 'call.roll-out',
        facts: { because: 'pot-closed' },
      });
    });
  });

  it('the list is filtered, sorted, paged and exported', async () => {
    const first = await published({ name: 'Alpha fund', budgetPence: 100 });
    await add({ name: 'Beta fund', budgetPence: 300 });
    await moveTo(new Date(opensAt));
    await records.application(first, technician.personId, 'submitted', 87_050);
    const list = async (query: string) =>
      callsPage.parse((await harness.get(`funding/calls?${query}`, coordinator)).body);
    expect((await list('sort=name')).rows.map(({ name }) => name)).toEqual(['Alpha fund', 'Beta fund']);
    expect((await list('sort=-budget')).rows.map(({ name }) => name)).toEqual(['Beta fund', 'Alpha fund']);
    expect((await list('sort=-applications')).rows[0]).toMatchObject({
      name: 'Alpha fund',
      applications: 1,
      askedPence: 87_050,
    });
    expect((await list('moment=draft')).rows.map(({ name }) => name)).toEqual(['Beta fund']);
    expect((await list('moment=open&search=alph')).total).toBe(1);
    expect((await list('kind=rolling')).total).toBe(0);
    expect((await list('pageSize=1&page=2&sort=name')).rows.map(({ name }) => name)).toEqual(['Beta fund']);
    const csv = await harness.get('funding/calls/export?sort=name&format=csv', coordinator);
    expect(String(csv.body)).toContain('870.5');
    expect((await harness.get('funding/calls/export?format=xlsx', coordinator)).status).toBe(200);
  });
});
