import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withdrawAward } from '@waymark/api-funding';
import { MovedClock } from '@waymark/api-platform';
import { type FundAwardStatus, fundAwardStatuses, fundAwardView, type FundAwardView } from '@waymark/contracts';
import { type ApplicationFacts, AwardsRecords, type CallRecord, faultsOfBooks, within } from './awards-records';
import { Harness, type SignedIn } from './harness';

const start = new Date('2027-04-01T10:00:00Z');
const daysOn = (days: number): Date => new Date(start.getTime() + days * 86_400_000);

describe('the money of awards', () => {
  let harness: Harness;
  let clock: MovedClock;
  let institutionId: string;
  let officer: SignedIn;
  let records: AwardsRecords;

  beforeAll(async () => {
    clock = new MovedClock(start);
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
    records = new AwardsRecords(harness, institutionId, officer);
  });

  /** A session lasts a day, so whoever comes back later signs in again. */
  const later = async (days: number, ...people: SignedIn[]): Promise<void> => {
    clock.moveTo(daysOn(days));
    for (const person of people) person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
  };
  const see = async (id: string, as: SignedIn): Promise<FundAwardView> =>
    fundAwardView.parse((await harness.get(`funding/awards/${id}`, as)).body);
  const act = async (id: string, as: SignedIn, deed: string, more: object = {}) => {
    const { version } = await see(id, as);
    return harness.post(`funding/awards/${id}/${deed}`, as, { version, ...more });
  };
  const statusOf = async (table: 'award' | 'application', id: string): Promise<string | undefined> =>
    (await harness.sql<{ status: string }>(`select status from ${table} where id = $1`, [id]))[0]?.status;
  const kindsOf = async (applicationId: string): Promise<string[]> =>
    (
      await harness.sql<{ kind: string }>(`select kind from application_event where application_id = $1 order by id`, [
        applicationId,
      ])
    ).map(({ kind }) => kind);
  const figuresOf = async ({ potId }: CallRecord) => {
    const [row] = await harness.sql<{ available: number; committed: number; spent: number }>(
      `select available_pence::float8 as available, committed_pence::float8 as committed, spent_pence::float8 as spent
       from pot_figures where pot_id = $1`,
      [potId],
    );
    return row;
  };
  const lettersTo = async (personId: string): Promise<string[]> =>
    (
      await harness.sql<{ subject: string }>(
        `select m.subject from mail_message m join person p on p.email = m.recipient where p.id = $1 order by m.id`,
        [personId],
      )
    ).map(({ subject }) => subject);
  const obligation = async (awardId: string) =>
    (
      await harness.sql<{ status: string; due_on: string; subject: string }>(
        `select status, due_on::text, subject from obligation where source_kind = 'award' and source_id = $1`,
        [awardId],
      )
    )[0];
  const accepted = async (call: CallRecord, facts: ApplicationFacts & { amountPence?: number } = {}) => {
    const award = await records.award(call, facts);
    expect(await act(award.awardId, award.person, 'accept')).toMatchObject({ status: 200 });
    return award;
  };
  const reserve = (call: CallRecord, all: readonly ApplicationFacts[]) =>
    records.applications(
      call.callId,
      all.map((facts, at) => ({ status: 'reserve' as const, reserveRank: at + 1, ...facts })),
    );
  const quiet = () =>
    harness.until(
      async () =>
        Number(
          (
            await harness.sql<{ n: string }>(
              `select (select count(*) from outbox where topic = 'funding.money-freed')
                 + (select count(*) from queue.job where name = 'funding-promote-reserve' and state < 'completed') as n`,
            )
          )[0]?.n,
        ),
      (n) => n === 0,
    );

  describe('offered', () => {
    it('thousands at once commit to the penny, an entry each, in little time', async () => {
      const call = await records.call({ budgetPence: 100_000_000, fundedPence: 100_000_000 });
      const applications = await records.applications(
        call.callId,
        Array.from({ length: 2_000 }, (_, at) => ({ askedPence: 20_000 + at })),
      );
      const before = performance.now();
      await records.offer(
        call.callId,
        applications.map(({ id }, at) => ({ applicationId: id, amountPence: 20_000 + at })),
      );
      expect(performance.now() - before).toBeLessThan(10_000);
      const committed = 2_000 * 20_000 + (2_000 * 1_999) / 2;
      expect(await figuresOf(call)).toEqual({ available: 100_000_000 - committed, committed, spent: 0 });
      expect(
        await harness.sql('select from ledger_entry where institution_id = $1 and award_id is not null', [
          institutionId,
        ]),
      ).toHaveLength(2_000);
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('more than the pot has, or than the budget of the call, is refused whole', async () => {
      const poor = await records.call({ fundedPence: 99_999 });
      const two = await records.applications(poor.callId, [{}, {}]);
      const offers = two.map(({ id }) => ({ applicationId: id, amountPence: 50_000 }));
      await expect(records.offer(poor.callId, offers)).rejects.toMatchObject({ refusal: 'pot-overdrawn' });
      const bound = await records.call({ budgetPence: 99_999 });
      const three = await records.applications(bound.callId, [{}, {}]);
      const more = three.map(({ id }) => ({ applicationId: id, amountPence: 50_000 }));
      await expect(records.offer(bound.callId, more)).rejects.toMatchObject({ refusal: 'call-budget-spent' });
      expect(await harness.sql('select from award where institution_id = $1', [institutionId])).toEqual([]);
      await records.offer(bound.callId, more.slice(0, 1));
      await expect(records.offer(bound.callId, more.slice(0, 1))).rejects.toMatchObject({
        refusal: 'changed-meanwhile',
      });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('of 300 that race for money for ten exactly ten are there', async () => {
      const call = await records.call({ fundedPence: 500_000, budgetPence: 600_000 });
      const applications = await records.applications(
        call.callId,
        Array.from({ length: 300 }, () => ({})),
      );
      const results = await Promise.allSettled(
        applications.map(({ id }) => records.offer(call.callId, [{ applicationId: id, amountPence: 50_000 }])),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      expect(
        results.every(
          (result) =>
            result.status === 'fulfilled' || (result.reason as { refusal: string }).refusal === 'pot-overdrawn',
        ),
      ).toBe(true);
      expect(await figuresOf(call)).toEqual({ available: 0, committed: 500_000, spent: 0 });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('the budget of the call binds where the pot has more, also among many at once', async () => {
      const call = await records.call({ fundedPence: 1_000_000, budgetPence: 100_000 });
      const applications = await records.applications(
        call.callId,
        Array.from({ length: 40 }, () => ({})),
      );
      const results = await Promise.allSettled(
        applications.map(({ id }) => records.offer(call.callId, [{ applicationId: id, amountPence: 50_000 }])),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(await figuresOf(call)).toMatchObject({ committed: 100_000 });
    });
  });

  describe('answered', () => {
    it('accepted, it stays committed, and a report is owed on the event', async () => {
      const call = await records.call();
      const { awardId, applicationId, person } = await records.award(call, {
        askedPence: 60_000,
        leastPence: 40_000,
        amountPence: 50_000,
      });
      const offer = await see(awardId, person);
      expect(offer).toMatchObject({
        status: 'offered',
        part: true,
        answerBy: '2027-04-15',
        figures: { askedPence: 60_000, awardedPence: 50_000, committedPence: 50_000, leftPence: 50_000 },
        may: { answer: true, claim: false, change: false },
      });
      const answer = await act(awardId, person, 'accept');
      expect(fundAwardView.parse(answer.body)).toMatchObject({
        status: 'accepted',
        report: { dueOn: '2027-07-12', done: false },
      });
      expect(await obligation(awardId)).toMatchObject({ status: 'due', subject: 'Society for Glass' });
      expect(await kindsOf(applicationId)).toEqual(['award-accepted']);
      expect(await act(awardId, person, 'accept')).toMatchObject({ status: 409, body: { refusal: 'status-refused' } });
      expect(await harness.post(`funding/awards/${awardId}/refuse`, person, { version: 1 })).toMatchObject({
        status: 409,
        body: { refusal: 'changed-meanwhile' },
      });
    });

    it('by its person alone', async () => {
      const call = await records.call();
      const { awardId } = await records.award(call);
      const other = await harness.somebody(institutionId);
      const coordinator = await harness.somebody(institutionId, ['coordinator']);
      const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['finance-officer']);
      for (const deed of ['accept', 'refuse', 'attend', 'withdraw-change']) {
        const path = `funding/awards/${awardId}/${deed}`;
        expect(await harness.post(path, other, { version: 1 })).toMatchObject({ status: 404 });
        expect(await harness.post(path, coordinator, { version: 1 })).toMatchObject({
          status: 403,
          body: { refusal: 'not-allowed' },
        });
        expect(await harness.post(path, stranger, { version: 1 })).toMatchObject({ status: 404 });
      }
      expect((await harness.get(`funding/awards/${awardId}`, other)).status).toBe(404);
      expect((await harness.get(`funding/awards/${awardId}`, stranger)).status).toBe(404);
      expect((await see(awardId, coordinator)).may).toMatchObject({ answer: false, claim: false });
    });

    it('refused, its money goes to the reserve list by rank, with a letter and fourteen days', async () => {
      const call = await records.call({ fundedPence: 50_000 });
      const { awardId, applicationId, person } = await records.award(call);
      const [first, second] = await reserve(call, [{ askedPence: 50_000 }, { askedPence: 10_000 }]);
      await records.published(call.callId);
      const answer = await act(awardId, person, 'refuse');
      expect(fundAwardView.parse(answer.body)).toMatchObject({
        status: 'refused',
        figures: { awardedPence: 50_000, committedPence: 0, releasedPence: 50_000, leftPence: 0 },
      });
      await harness.until(
        () => statusOf('application', first?.id ?? ''),
        (status) => status === 'awarded',
      );
      await quiet();
      expect(await statusOf('application', second?.id ?? '')).toBe('reserve');
      expect(await kindsOf(first?.id ?? '')).toEqual(['promoted']);
      expect(await kindsOf(applicationId)).toEqual(['released', 'award-refused']);
      expect(await lettersTo(first?.personId ?? '')).toHaveLength(1);
      expect(await figuresOf(call)).toEqual({ available: 0, committed: 50_000, spent: 0 });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('the rest is a part-award where it does and the terms allow it; whom it does not do for keeps their place', async () => {
      const call = await records.call({ fundedPence: 50_000 });
      const { awardId, person } = await records.award(call);
      const [dear, whole, part] = await reserve(call, [
        { askedPence: 90_000, leastPence: 80_000 },
        { askedPence: 30_000 },
        { askedPence: 40_000, leastPence: 15_000 },
      ]);
      await records.published(call.callId);
      await act(awardId, person, 'refuse');
      await harness.until(
        () => statusOf('application', part?.id ?? ''),
        (status) => status === 'part-awarded',
      );
      expect(await statusOf('application', whole?.id ?? '')).toBe('awarded');
      expect(await statusOf('application', dear?.id ?? '')).toBe('reserve');
      const amounts = await harness.sql<{ pence: number }>(
        `select amount_pence::float8 as pence from award where institution_id = $1 and status = 'offered' order by 1`,
        [institutionId],
      );
      expect(amounts).toEqual([{ pence: 20_000 }, { pence: 30_000 }]);
    });

    it('where the terms allow no part-awards nobody gets a part', async () => {
      const call = await records.call({ fundedPence: 50_000, partAwards: false });
      const { awardId, person } = await records.award(call);
      const [only] = await reserve(call, [{ askedPence: 90_000, leastPence: 10_000 }]);
      await records.published(call.callId);
      await act(awardId, person, 'refuse');
      await quiet();
      expect(await statusOf('application', only?.id ?? '')).toBe('reserve');
      expect(await figuresOf(call)).toMatchObject({ available: 50_000 });
    });

    it('is reminded of once, lapses after fourteen days by the clock there, and cannot be answered then', async () => {
      const call = await records.call({ fundedPence: 50_000 });
      const { awardId, applicationId, person } = await records.award(call);
      const [next] = await reserve(call, [{}]);
      await records.published(call.callId);
      await later(9, person);
      await harness.tick('remind-of-offers');
      expect(await lettersTo(person.personId)).toEqual([]);
      await later(11, person);
      await harness.tick('remind-of-offers');
      await harness.tick('remind-of-offers');
      expect(await lettersTo(person.personId)).toHaveLength(1);
      // The fifteenth, a minute before midnight in summer time.
      clock.moveTo(new Date('2027-04-15T22:59:00Z'));
      await harness.tick('lapse-offers');
      expect(await statusOf('award', awardId)).toBe('offered');
      clock.moveTo(new Date('2027-04-15T23:00:00Z'));
      person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
      expect(await act(awardId, person, 'accept')).toMatchObject({ status: 409, body: { refusal: 'offer-expired' } });
      expect(await act(awardId, person, 'refuse')).toMatchObject({ status: 409, body: { refusal: 'offer-expired' } });
      await harness.tick('lapse-offers');
      await harness.tick('lapse-offers');
      expect(await statusOf('award', awardId)).toBe('lapsed');
      expect(await kindsOf(applicationId)).toEqual(['released', 'award-lapsed']);
      expect(await lettersTo(person.personId)).toHaveLength(2);
      await harness.until(
        () => statusOf('application', next?.id ?? ''),
        (status) => status === 'awarded',
      );
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('accepted and lapsed at once, one of them happens', async () => {
      const call = await records.call();
      const awards = await Promise.all(Array.from({ length: 8 }, () => records.award(call)));
      clock.moveTo(new Date('2027-04-15T22:59:59.999Z'));
      for (const { person } of awards) person.cookie = (await harness.signIn(institutionId, person.personId)).cookie;
      const [answers] = await Promise.all([
        Promise.all(
          awards.map(({ awardId, person }) => harness.post(`funding/awards/${awardId}/accept`, person, { version: 1 })),
        ),
        (async () => {
          clock.moveTo(new Date('2027-04-15T23:00:00Z'));
          await harness.tick('lapse-offers');
        })(),
      ]);
      for (const [at, answer] of answers.entries()) {
        const now = await statusOf('award', awards[at]?.awardId ?? '');
        expect(now).toBe(answer.status === 200 ? 'accepted' : 'lapsed');
      }
      expect(await faultsOfBooks(harness)).toEqual([]);
    });

    it('a command repeated under its key answers once', async () => {
      const call = await records.call();
      const { awardId, person, applicationId } = await records.award(call);
      const asks = [1, 2, 3].map(() =>
        harness.ask('POST', `funding/awards/${awardId}/accept`, {
          as: person,
          body: { version: 1 },
          key: '0d1f6c58-6d0b-4a0e-9d52-1d2f3a4b5c6d',
        }),
      );
      expect((await Promise.all(asks)).map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await kindsOf(applicationId)).toEqual(['award-accepted']);
    });
  });

  describe('that hangs on an abstract', () => {
    it('stands once it is accepted', async () => {
      const { awardId, person } = await accepted(await records.call(), { onAbstract: true });
      expect(await see(awardId, person)).toMatchObject({
        abstract: 'waiting',
        may: { sayAbstract: true, claim: false, attend: false },
      });
      expect(await harness.post(`funding/awards/${awardId}/claims`, person)).toMatchObject({
        body: { refusal: 'abstract-waiting' },
      });
      expect(await act(awardId, person, 'attend')).toMatchObject({ body: { refusal: 'abstract-waiting' } });
      expect(await act(awardId, person, 'abstract', { abstract: 'accepted' })).toMatchObject({
        status: 200,
        body: { abstract: 'accepted', status: 'accepted', may: { claim: true } },
      });
      expect(await act(awardId, person, 'abstract', { abstract: 'declined' })).toMatchObject({
        body: { refusal: 'status-refused' },
      });
    });

    it('is cancelled once it is declined; nobody owes a report, and what cannot be got back is claimed', async () => {
      const { awardId, person, applicationId } = await accepted(await records.call(), { onAbstract: true });
      expect(await act(awardId, person, 'abstract', { abstract: 'declined' })).toMatchObject({
        status: 200,
        body: {
          status: 'cancelled',
          cancelledBecause: 'abstract-declined',
          may: { claim: true },
          figures: { leftPence: 50_000 },
        },
      });
      expect(await obligation(awardId)).toMatchObject({ status: 'cancelled' });
      expect(await kindsOf(applicationId)).toEqual(['award-accepted', 'abstract-declined', 'award-cancelled']);
    });
  });

  describe('whose event moves', () => {
    const moved = {
      eventName: 'Society for Glass',
      eventStartsOn: '2028-01-10',
      eventEndsOn: '2028-01-12',
      why: 'The organisers moved it.',
    };
    const withManager = async () => {
      const managerId = await harness.person(institutionId, { name: 'Mana Ger' });
      const personId = await harness.person(institutionId, { lineManagerId: managerId });
      const award = await accepted(await records.call(), { personId });
      return { ...award, manager: await harness.signIn(institutionId, managerId) };
    };
    const answer = async (applicationId: string, manager: SignedIn, how: string) => {
      const [row] = await harness.sql<{ id: string; version: number }>(
        `select id, version from endorsement where application_id = $1 and purpose = 'changed-event' and status = 'asked'`,
        [applicationId],
      );
      return harness.post(`funding/endorsements/${row?.id}/answer`, manager, {
        version: row?.version,
        answer: how,
        reason: how === 'endorsed' ? '' : 'Not in that week.',
      });
    };

    it('waits for the manager, and stands with the new dates once endorsed: report and claim-by date move', async () => {
      const { awardId, applicationId, person, manager } = await withManager();
      expect(
        await act(awardId, person, 'change', { ...moved, eventStartsOn: '2027-06-08', eventEndsOn: '2027-06-10' }),
      ).toMatchObject({
        status: 422,
        body: { refusal: 'event-unchanged' },
      });
      expect(await act(awardId, person, 'change', { ...moved, eventEndsOn: '2028-01-09' })).toMatchObject({
        status: 422,
      });
      expect(await act(awardId, person, 'change', moved)).toMatchObject({
        status: 200,
        body: {
          status: 'changed',
          change: { startsOn: '2028-01-10' },
          event: { startsOn: '2027-06-08' },
          may: { withdrawChange: true, claim: false },
        },
      });
      expect(await answer(applicationId, manager, 'endorsed')).toMatchObject({ status: 200 });
      expect(await see(awardId, person)).toMatchObject({
        status: 'accepted',
        change: null,
        event: { startsOn: '2028-01-10', endsOn: '2028-01-12' },
        claimBy: '2028-02-11',
      });
      expect(await obligation(awardId)).toMatchObject({ status: 'due', due_on: '2028-02-11' });
      expect(await lettersTo(person.personId)).toHaveLength(1);
    });

    it.each(['declined', 'returned'])('%s, it stands as it was', async (how) => {
      const { awardId, applicationId, person, manager } = await withManager();
      await act(awardId, person, 'change', moved);
      expect(await answer(applicationId, manager, how)).toMatchObject({ status: 200 });
      expect(await see(awardId, person)).toMatchObject({
        status: 'accepted',
        event: { startsOn: '2027-06-08' },
        claimBy: '2028-01-31',
      });
      expect(await lettersTo(person.personId)).toHaveLength(1);
    });

    it('taken back, nobody is asked any more', async () => {
      const { awardId, applicationId, person, manager } = await withManager();
      await act(awardId, person, 'change', moved);
      expect(await act(awardId, person, 'withdraw-change')).toMatchObject({
        status: 200,
        body: { status: 'accepted', change: null },
      });
      expect(
        await harness.sql(`select from endorsement where application_id = $1 and status = 'asked'`, [applicationId]),
      ).toEqual([]);
      expect((await answer(applicationId, manager, 'endorsed')).status).toBeGreaterThanOrEqual(400);
      expect(await act(awardId, person, 'withdraw-change')).toMatchObject({ body: { refusal: 'status-refused' } });
    });
  });

  describe('whose event is off', () => {
    it('keeps its money for what cannot be got back', async () => {
      const { awardId, person } = await accepted(await records.call());
      expect(await act(awardId, person, 'cancel', { nothingToClaim: false })).toMatchObject({
        status: 200,
        body: { status: 'cancelled', cancelledBecause: 'event-off', may: { claim: true } },
      });
      expect(await obligation(awardId)).toMatchObject({ status: 'cancelled' });
    });

    it('with nothing to claim is closed, and its money free', async () => {
      const call = await records.call();
      const { awardId, person, applicationId } = await accepted(call);
      expect(await act(awardId, person, 'cancel', { nothingToClaim: true })).toMatchObject({
        status: 200,
        body: { status: 'closed', figures: { releasedPence: 50_000, leftPence: 0 } },
      });
      expect(await kindsOf(applicationId)).toEqual(['award-accepted', 'award-cancelled', 'released', 'award-closed']);
      expect(await figuresOf(call)).toMatchObject({ available: 1_000_000 });
    });
  });

  it('attended is said from the last day on, or by the day after', async () => {
    const call = await records.call();
    const said = await accepted(call);
    const silent = await accepted(call);
    const waiting = await accepted(call, { onAbstract: true });
    expect(await act(said.awardId, said.person, 'attend')).toMatchObject({
      status: 409,
      body: { refusal: 'event-not-over' },
    });
    await later(70, said.person, silent.person);
    expect(await act(said.awardId, said.person, 'attend')).toMatchObject({ status: 200, body: { status: 'attended' } });
    await harness.tick('attend-after-events');
    expect(await statusOf('award', silent.awardId)).toBe('accepted');
    await later(71);
    await harness.tick('attend-after-events');
    await harness.tick('attend-after-events');
    expect(await statusOf('award', silent.awardId)).toBe('attended');
    expect(await statusOf('award', waiting.awardId)).toBe('accepted');
    expect(await kindsOf(silent.applicationId)).toEqual(['award-accepted', 'award-attended']);
  });

  describe('withdrawn', () => {
    const withdraw = (applicationId: string) =>
      within(harness, institutionId, (tx) => withdrawAward(tx, applicationId));

    it.each([
      ['offered', 'refused'],
      ['accepted', 'closed'],
    ])('before the first claim, %s becomes %s and its money is free', async (from, to) => {
      const call = await records.call();
      const { awardId, applicationId } = from === 'offered' ? await records.award(call) : await accepted(call);
      await withdraw(applicationId);
      await withdraw(applicationId);
      expect(await statusOf('award', awardId)).toBe(to);
      expect(await figuresOf(call)).toEqual({ available: 1_000_000, committed: 0, spent: 0 });
      expect((await obligation(awardId))?.status ?? 'cancelled').toBe('cancelled');
    });

    it('not from the first claim on; an advance asked for is one', async () => {
      const { awardId, applicationId, person } = await accepted(await records.call(), { upFrontPence: 20_000 });
      expect(await act(awardId, person, 'advance', { amountPence: 20_000 })).toMatchObject({ status: 200 });
      await expect(withdraw(applicationId)).rejects.toMatchObject({ refusal: 'award-claimed' });
      expect(await act(awardId, person, 'cancel', { nothingToClaim: true })).toMatchObject({
        body: { refusal: 'award-claimed' },
      });
      expect(await statusOf('award', awardId)).toBe('accepted');
    });

    it('of those promoted and withdrawn at once every penny is where it should be', async () => {
      const call = await records.call({ fundedPence: 200_000, budgetPence: 200_000 });
      const awards = await Promise.all(Array.from({ length: 4 }, () => records.award(call)));
      const waiting = await reserve(
        call,
        Array.from({ length: 6 }, () => ({})),
      );
      await records.published(call.callId);
      await Promise.all(awards.map(({ applicationId }) => withdraw(applicationId)));
      await Promise.all(
        waiting.map(({ id }) =>
          harness.until(
            () => statusOf('application', id),
            (status) => status !== undefined,
          ),
        ),
      );
      await quiet();
      const promoted = await harness.sql(`select from award where institution_id = $1 and status = 'offered'`, [
        institutionId,
      ]);
      expect(promoted).toHaveLength(4);
      expect(await figuresOf(call)).toEqual({ available: 0, committed: 200_000, spent: 0 });
      expect(await faultsOfBooks(harness)).toEqual([]);
    });
  });

  it('at its date the reserve list ends, with a letter, and nobody is promoted after', async () => {
    const call = await records.call({ fundedPence: 50_000, reserveUntil: '2027-04-10' });
    const { awardId, person } = await accepted(call);
    const [waiting] = await reserve(call, [{}]);
    await records.published(call.callId);
    await later(9);
    await harness.tick('end-reserve');
    expect(await statusOf('application', waiting?.id ?? '')).toBe('reserve');
    await later(10, person);
    await act(awardId, person, 'cancel', { nothingToClaim: true });
    await quiet();
    expect(await statusOf('application', waiting?.id ?? '')).toBe('reserve');
    await harness.tick('end-reserve');
    await harness.tick('end-reserve');
    expect(await statusOf('application', waiting?.id ?? '')).toBe('unsuccessful');
    expect(await kindsOf(waiting?.id ?? '')).toEqual(['unsuccessful']);
    expect(await lettersTo(waiting?.personId ?? '')).toHaveLength(1);
  });

  it('of whoever has left closes at what is claimed', async () => {
    const call = await records.call();
    const offered = await records.award(call);
    const gone = await accepted(call);
    for (const { person } of [offered, gone]) {
      await harness.sql(`update person set left_on = '2027-03-01' where id = $1`, [person.personId]);
      await within(harness, institutionId, (tx) =>
        tx.emit('person.left', { personId: person.personId, lastDay: '2027-03-01' }),
      );
    }
    for (const { awardId } of [offered, gone])
      await harness.until(
        () => statusOf('award', awardId),
        (status) => status === 'closed',
      );
    expect(await kindsOf(offered.applicationId)).toEqual(['award-cancelled', 'released', 'award-closed']);
    expect(await figuresOf(call)).toEqual({ available: 1_000_000, committed: 0, spent: 0 });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('what nobody claimed is released after the claim-by date, with reminders thirty and seven days before', async () => {
    const call = await records.call({ claimBy: '2027-07-31' });
    const { awardId, person, applicationId } = await accepted(call);
    const letters = () => lettersTo(person.personId);
    const on = async (day: string) => {
      clock.moveTo(new Date(`${day}T09:00:00Z`));
      await harness.tick('remind-to-claim');
      await harness.tick('remind-to-claim');
      await harness.tick('release-unclaimed');
    };
    await on('2027-06-30');
    expect(await letters()).toHaveLength(0);
    await on('2027-07-01');
    expect(await letters()).toHaveLength(1);
    await on('2027-07-20');
    expect(await letters()).toHaveLength(1);
    await on('2027-07-24');
    expect(await letters()).toHaveLength(2);
    await on('2027-07-31');
    expect(await statusOf('award', awardId)).toBe('accepted');
    await on('2027-08-01');
    expect(await statusOf('award', awardId)).toBe('closed');
    expect(await letters()).toHaveLength(3);
    expect(await kindsOf(applicationId)).toEqual(['award-accepted', 'released', 'award-closed']);
    expect(await figuresOf(call)).toEqual({ available: 1_000_000, committed: 0, spent: 0 });
  });

  it('goes with its pot into the next year, and is claimed from there', async () => {
    const call = await records.call();
    const { awardId, person } = await accepted(call);
    const answer = await harness.post(`funding/pots/${call.potId}/roll-over`, officer, { version: 1 });
    expect(answer.status).toBe(200);
    expect(await act(awardId, person, 'cancel', { nothingToClaim: true })).toMatchObject({ status: 200 });
    expect(await figuresOf({ ...call, potId: (answer.body as { id: string }).id })).toEqual({
      available: 1_000_000,
      committed: 0,
      spent: 0,
    });
    expect(await faultsOfBooks(harness)).toEqual([]);
  });

  it('moves along its table alone: every other step is refused by name, and changes nothing', async () => {
    const call = await records.call();
    const { awardId, person, applicationId } = await records.award(call);
    const deeds: Readonly<Record<string, { from: FundAwardStatus[]; more?: object }>> = {
      accept: { from: ['offered'] },
      refuse: { from: ['offered'] },
      change: {
        from: ['accepted'],
        more: { eventName: 'Other', eventStartsOn: '2027-06-08', eventEndsOn: '2027-06-10', why: 'Because' },
      },
      'withdraw-change': { from: ['changed'] },
      cancel: { from: ['accepted', 'changed'], more: { nothingToClaim: false } },
      attend: { from: ['accepted'] },
      advance: { from: ['accepted'], more: { amountPence: 100 } },
    };
    for (const status of fundAwardStatuses) {
      await harness.sql(
        `update award set status = $2, change = case when $2 = 'changed' then '{"eventName": "x", "eventStartsOn": "2027-06-08",
           "eventEndsOn": "2027-06-09", "why": "x"}'::jsonb end, closed_at = case when $2 = 'closed' then now() end,
           cancelled_because = case when $2 = 'cancelled' then 'event-off' end where id = $1`,
        [awardId, status],
      );
      for (const [deed, { from, more }] of Object.entries(deeds)) {
        if (from.includes(status)) continue;
        const answer = await act(awardId, person, deed, more);
        const { refusal } = answer.body as { refusal?: string };
        expect(`${deed} while ${status}: ${refusal}`).toBe(`${deed} while ${status}: status-refused`);
      }
    }
    expect(await kindsOf(applicationId)).toEqual([]);
  });

  it('a deed that fails late leaves nothing behind', async () => {
    const call = await records.call({ fundedPence: 50_000 });
    const { awardId, person, applicationId } = await records.award(call);
    await harness.sql(`alter table audit_entry add constraint late check (act <> 'fund-award.refuse') not valid`);
    try {
      expect((await act(awardId, person, 'refuse')).status).toBe(500);
    } finally {
      await harness.sql(`alter table audit_entry drop constraint late`);
    }
    expect(await see(awardId, person)).toMatchObject({
      status: 'offered',
      version: 1,
      figures: { committedPence: 50_000, releasedPence: 0 },
    });
    expect(await kindsOf(applicationId)).toEqual([]);
    expect(
      await harness.sql(`select from outbox where topic = 'funding.money-freed' and institution_id = $1`, [
        institutionId,
      ]),
    ).toEqual([]);
  });

  it('the coordinator’s list adds up what its filters leave, and the file says the same', async () => {
    const call = await records.call();
    const one = await records.award(call, { askedPence: 12_345 });
    await accepted(call, { askedPence: 20_000 });
    const coordinator = await harness.somebody(institutionId, ['coordinator']);
    const list = async (query: string) =>
      (await harness.get(`funding/calls/${call.callId}/awards?${query}`, coordinator)).body;
    expect(await list('')).toMatchObject({
      total: 2,
      figures: { awardedPence: 32_345, committedPence: 32_345 },
      reserve: 0,
    });
    expect(await list('status=offered')).toMatchObject({ total: 1, rows: [{ id: one.awardId, awardedPence: 12_345 }] });
    expect(await list('search=none')).toMatchObject({ total: 0, figures: { awardedPence: 0 } });
    for (const sort of ['name', '-awarded', '-committed', 'claim-by'])
      expect(await list(`sort=${sort}`)).toMatchObject({ total: 2 });
    const file = await harness.get(`funding/calls/${call.callId}/awards/export?status=offered`, coordinator);
    expect(String(file.body)).toContain(',123.45,');
    const mine = await harness.get('funding/awards', one.person);
    expect(mine.body).toMatchObject({ rows: [{ id: one.awardId, status: 'offered' }] });
  });

  it('waits on its person’s home until it is answered, and then to be claimed', async () => {
    const call = await records.call();
    const { awardId, person } = await records.award(call, { onAbstract: true });
    const kinds = async () =>
      ((await harness.get('home', person)).body as { tasks: { kind: string; id: string }[] }).tasks
        .filter(({ id }) => id === awardId)
        .map(({ kind }) => kind);
    expect(await kinds()).toEqual(['answer-award']);
    await act(awardId, person, 'accept');
    expect(await kinds()).toEqual(['say-abstract']);
    await act(awardId, person, 'abstract', { abstract: 'accepted' });
    expect(await kinds()).toEqual([]);
    await later(71, person);
    await harness.tick('attend-after-events');
    expect(await kinds()).toEqual(['make-claim']);
  });
});
