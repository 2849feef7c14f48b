import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  homeView,
  leavingView,
  mentoringFollows,
  peopleWithoutManager,
  personView,
  type RoundView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { leaveOn, leavingOf, mailTo, pairUp, settled, takeBack } from './leaving-records';
import { proposalOf, Records, refusalOf } from './rounds-records';

const dayMs = 86_400_000;

describe('leaving', () => {
  let harness: Harness;
  const clock = new MovedClock(new Date());
  let records: Records;
  let coordinator: SignedIn;
  let roundId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date());
    records = new Records(harness, await harness.institution());
    coordinator = await harness.somebody(records.institutionId, ['coordinator'], 'Olive Solder');
    roundId = await records.releasedRound(coordinator.personId);
  });

  const inDays = (days: number) => new Date(clock.now().getTime() + days * dayMs).toISOString().slice(0, 10);
  const one = async <Row extends object>(sql: string, values: unknown[]): Promise<Row> => {
    const [row] = await harness.sql<Row & Record<string, unknown>>(sql, values);
    if (!row) throw new Error(`nothing for ${sql}`);
    return row;
  };
  const statusOf = async (table: string, id: string) =>
    (await one<{ status: string }>(`select status from ${table} where id = $1`, [id])).status;
  const acts = async (act: string) =>
    (
      await one<{ n: number }>(`select count(*)::int as n from audit_entry where institution_id = $1 and act = $2`, [
        records.institutionId,
        act,
      ])
    ).n;

  /** A mentor with everything: a pair, an open proposal, a report, a role, a delegation, and a round to be released. */
  const mentorWithEverything = async () => {
    const head = await harness.person(records.institutionId, { name: 'Harriet Head' });
    const mentor = await records.mentor({ name: 'Mabel Mandrel', places: 3, lineManagerId: head });
    const report = await harness.person(records.institutionId, { name: 'Rory Report', lineManagerId: mentor.personId });
    const paired = await records.mentee({ name: 'Anjali Anode' });
    const asking = await records.mentee({ name: 'Bo Beaker', waited: 1 });
    const { pairId } = await pairUp(harness, records, roundId, paired, mentor);
    const proposalId = await records.proposal(roundId, asking, mentor);
    const ours = records.institutionId;
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'auditor', current_date - 100)`,
      [ours, randomUUIDv7(), mentor.personId],
    );
    await harness.sql(
      `insert into delegation (institution_id, id, person_id, delegate_id, reason, starts_on, ends_on, created_by, created_at)
       values ($1, $2, $3, $4, 'holiday', current_date - 10, current_date + 30, $3, now())`,
      [ours, randomUUIDv7(), report, mentor.personId],
    );
    const open = (await harness.post('mentoring/rounds', coordinator, { name: 'Next' })).body as RoundView;
    await harness.post(`mentoring/rounds/${open.id}/join`, coordinator, { version: open.version });
    return { head, mentor, report, paired, asking, pairId, proposalId, openRoundId: open.id };
  };

  it('says beforehand what follows', async () => {
    const { head, mentor, report } = await mentorWithEverything();
    const view = leavingView.parse(await leavingOf(harness, mentor.personId, coordinator));
    expect(view).toMatchObject({
      status: 'active',
      lastDay: null,
      refused: null,
      may: { leave: true, undo: false, comeBack: false, transfer: false },
      follows: {
        roles: ['auditor'],
        delegations: 1,
        reportsTotal: 1,
        reports: [{ id: report, passesTo: { id: head, name: 'Harriet Head' } }],
      },
    });
    const follows = await harness.get(`mentoring/leaving/${mentor.personId}`, coordinator);
    expect(mentoringFollows.parse(follows.body)).toMatchObject({
      pairs: [{ side: 'mentor', other: 'Anjali Anode' }],
      proposals: 1,
      requests: 0,
      rounds: 1,
      enrolled: true,
    });
  });

  it('ends everything once the last day has passed, tells those concerned, and keeps the person', async () => {
    const all = await mentorWithEverything();
    const { head, mentor, report, paired, asking, pairId, proposalId, openRoundId } = all;
    const asMentor = await harness.signIn(records.institutionId, mentor.personId);
    expect(await leaveOn(harness, mentor.personId, inDays(-1), coordinator)).toMatchObject({
      status: 200,
      body: { status: 'left', may: { leave: false, comeBack: true } },
    });
    // At once, before any worker: the next click is refused.
    expect((await harness.get('home', asMentor)).status).toBe(401);
    await settled(harness);
    expect(
      await one(`select status, end_reason, ended_at is not null as ended from pair where id = $1`, [pairId]),
    ).toEqual({ status: 'ended', end_reason: 'left', ended: true });
    expect(await one(`select until is not null as over from relationship where source_id = $1`, [pairId])).toEqual({
      over: true,
    });
    expect(await statusOf('proposal', proposalId)).toBe('withdrawn');
    expect(await statusOf('enrolment', mentor.enrolmentId)).toBe('retired');
    // The mentee of the pair and the one who was asking both stand at the front of the next round.
    const request = (id: string) => one(`select status, rounds_waited from request where id = $1`, [id]);
    expect(await request(paired.requestId)).toEqual({ status: 'open', rounds_waited: 1 });
    expect(await request(asking.requestId)).toEqual({ status: 'open', rounds_waited: 2 });
    expect(await harness.sql(`select from round_mentor where round_id = $1`, [openRoundId])).toEqual([]);
    expect(await one(`select line_manager_id from person where id = $1`, [report])).toEqual({ line_manager_id: head });
    expect(await harness.sql(`select from session where person_id = $1`, [mentor.personId])).toEqual([]);
    expect(
      await one(`select (held_until = $2::date) as ended from role_held where person_id = $1`, [
        mentor.personId,
        inDays(-1),
      ]),
    ).toEqual({ ended: true });
    expect(
      await one(`select (ends_on = $2::date) as ended from delegation where delegate_id = $1`, [
        mentor.personId,
        inDays(-1),
      ]),
    ).toEqual({ ended: true });
    expect((await mailTo(harness, paired.personId)).map(({ subject }) => subject)).toEqual([
      'You and Mabel Mandrel end here',
    ]);
    expect((await mailTo(harness, asking.personId)).map(({ subject }) => subject)).toEqual([
      'Mabel Mandrel cannot be your mentor',
    ]);
    expect((await mailTo(harness, report)).map(({ subject }) => subject)).toEqual([
      'Harriet Head is now your line manager',
    ]);
    expect((await mailTo(harness, head)).map(({ subject }) => subject)).toEqual(['Rory Report now reports to you']);
    expect(await mailTo(harness, mentor.personId)).toEqual([]);
    expect(
      await one(`select given_name, left_on is not null as left from person where id = $1`, [mentor.personId]),
    ).toEqual({ given_name: 'Mabel', left: true });
  });

  it('of a mentee frees the mentor’s place and withdraws what they asked for', async () => {
    const mentor = await records.mentor({ name: 'Mabel Mandrel', places: 1 });
    const mentee = await records.mentee({ name: 'Anjali Anode' });
    const { pairId } = await pairUp(harness, records, roundId, mentee, mentor);
    const other = await records.mentor({ name: 'Otto Otter' });
    const second = { personId: mentee.personId, requestId: randomUUIDv7() };
    await harness.sql(
      `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
       values ($1, $2, $3, 'open', '{}', 0, now(), 1)`,
      [records.institutionId, second.requestId, second.personId],
    );
    const asked = await records.proposal(roundId, second, other);
    await leaveOn(harness, mentee.personId, inDays(-3), coordinator);
    await settled(harness);
    expect(await statusOf('pair', pairId)).toBe('ended');
    expect(await statusOf('proposal', asked)).toBe('withdrawn');
    expect(await statusOf('request', mentee.requestId)).toBe('withdrawn');
    expect(await statusOf('request', second.requestId)).toBe('withdrawn');
    expect((await mailTo(harness, mentor.personId)).map(({ subject }) => subject)).toEqual([
      'You and Anjali Anode end here',
    ]);
    expect((await mailTo(harness, other.personId)).map(({ subject }) => subject)).toEqual([
      'You need not answer Anjali Anode any more',
    ]);
    // The one place is free: somebody else is accepted into it.
    const next = await records.mentee({ name: 'Bo Beaker' });
    const proposalId = await records.proposal(roundId, next, mentor);
    const asMentor = await harness.signIn(records.institutionId, mentor.personId);
    expect(
      await harness.post(`mentoring/proposals/${proposalId}/accept`, asMentor, { version: 1, pause: false }),
    ).toMatchObject({ status: 200, body: { status: 'accepted' } });
  });

  it('waits for the end of the last day, by the institution’s own midnight', async () => {
    // Noon in London on a summer's day is past midnight in Auckland.
    clock.moveTo(new Date('2027-06-10T12:30:00Z'));
    const auckland = await harness.institution('Harbour South');
    await harness.sql(`update institution set time_zone = 'Pacific/Auckland' where id = $1`, [auckland]);
    const there = await harness.somebody(auckland, ['coordinator']);
    const here = await harness.somebody(records.institutionId, ['coordinator']);
    const people: [string, SignedIn][] = [
      [await harness.person(auckland), there],
      [await harness.person(records.institutionId), here],
    ];
    const sessions: SignedIn[] = [];
    for (const [personId, as] of people) {
      expect((await leaveOn(harness, personId, '2027-06-11', as)).body).toMatchObject({ status: 'leaving' });
      sessions.push(await harness.signIn(as.institutionId, personId));
    }
    const admitted = async () =>
      Promise.all(sessions.map(async (session) => (await harness.get('home', session)).status));
    const told = async () =>
      Promise.all(
        people.map(
          async ([id]) =>
            (await one<{ told: boolean }>(`select left_told is not null as told from person where id = $1`, [id])).told,
        ),
      );
    clock.moveTo(new Date('2027-06-11T11:59:00Z'));
    await harness.tick('leavers');
    expect([await admitted(), await told()]).toEqual([
      [200, 200],
      [false, false],
    ]);
    clock.moveTo(new Date('2027-06-11T12:00:00Z'));
    expect(await admitted()).toEqual([401, 200]);
    await harness.tick('leavers');
    expect(await told()).toEqual([true, false]);
    clock.moveTo(new Date('2027-06-11T23:00:00Z'));
    expect(await admitted()).toEqual([401, 401]);
    await harness.tick('leavers');
    expect(await told()).toEqual([true, true]);
  });

  it('is told once, also after nights when nothing ran, and however often the task runs', async () => {
    const { mentor, pairId, paired } = await mentorWithEverything();
    await leaveOn(harness, mentor.personId, inDays(2), coordinator);
    await harness.tick('leavers');
    await settled(harness);
    expect(await statusOf('pair', pairId)).toBe('active');
    clock.moveTo(new Date(clock.now().getTime() + 9 * dayMs));
    await Promise.all([harness.tick('leavers'), harness.tick('leavers'), harness.tick('leavers')]);
    await harness.tick('leavers');
    await settled(harness);
    expect(await statusOf('pair', pairId)).toBe('ended');
    expect(await acts('pair.end')).toBe(1);
    expect((await mailTo(harness, paired.personId)).length).toBe(1);
  });

  it('does nothing more when the event comes again, and nothing at all to somebody who is back', async () => {
    const { mentor, pairId, report } = await mentorWithEverything();
    await leaveOn(harness, mentor.personId, inDays(-1), coordinator);
    await settled(harness);
    const state = async () =>
      one(
        `select (select count(*)::int from mail_message where institution_id = $1) as mails,
           (select count(*)::int from audit_entry where institution_id = $1) as lines,
           (select md5(string_agg(r::text, '|' order by r.id)) from request r where institution_id = $1) as requests,
           (select md5(string_agg(p::text, '|' order by p.id)) from person p where institution_id = $1) as people`,
        [records.institutionId],
      );
    const again = async () => {
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at)
         select uuidv7(), $1, 'person.left', jsonb_build_object('personId', $2::text, 'lastDay', $3::text), now() from generate_series(1, 3)`,
        [records.institutionId, mentor.personId, inDays(-1)],
      );
      await settled(harness);
    };
    const before = await state();
    await again();
    expect(await state()).toEqual(before);

    // Back: active, and can sign in; what ended does not return.
    expect(await takeBack(harness, mentor.personId, coordinator)).toMatchObject({
      status: 200,
      body: { status: 'active', lastDay: null },
    });
    const back = await harness.signIn(records.institutionId, mentor.personId);
    expect((await harness.get('session', back)).body).toMatchObject({ signedIn: true, roles: ['technician'] });
    expect(await statusOf('pair', pairId)).toBe('ended');
    expect(
      await one(`select line_manager_id = $2 as still from person where id = $1`, [report, mentor.personId]),
    ).toEqual({
      still: false,
    });
    await harness.post('mentoring/rounds', coordinator, { name: 'After' });
    const withSession = await state();
    await again();
    expect(await state()).toEqual(withSession);
    expect((await harness.get('home', back)).status).toBe(200);
    // And leaves again, on the very same day: told again.
    await leaveOn(harness, mentor.personId, inDays(-1), coordinator);
    expect((await harness.get('home', back)).status).toBe(401);
  });

  it('is taken back while the day has not passed, and leaves nothing behind', async () => {
    const { mentor, pairId } = await mentorWithEverything();
    const asMentor = await harness.signIn(records.institutionId, mentor.personId);
    await leaveOn(harness, mentor.personId, inDays(0), coordinator);
    // Today is still worked.
    expect((await harness.get('home', asMentor)).status).toBe(200);
    expect(await takeBack(harness, mentor.personId, coordinator)).toMatchObject({
      status: 200,
      body: { status: 'active', lastDay: null, may: { leave: true } },
    });
    clock.moveTo(new Date(clock.now().getTime() + 3 * dayMs));
    await harness.tick('leavers');
    await settled(harness);
    expect(await statusOf('pair', pairId)).toBe('active');
    expect((await acts('person.leave')) + (await acts('person.stay'))).toBe(2);
  });

  it('with nobody above leaves the reports where they are, and tells the coordinator', async () => {
    const top = await harness.person(records.institutionId, { name: 'Tess Top' });
    const gone = await harness.person(records.institutionId, { name: 'Gus Gone', lineManagerId: top });
    const reports = [];
    for (const name of ['Rory Report', 'Sam Second'])
      reports.push(await harness.person(records.institutionId, { name, lineManagerId: gone }));
    await leaveOn(harness, top, inDays(-2), coordinator);
    await leaveOn(harness, gone, inDays(-1), coordinator);
    await settled(harness);
    const { tasks } = homeView.parse((await harness.get('home', coordinator)).body);
    expect(tasks.filter(({ kind }) => kind === 'people-without-manager')).toMatchObject([{ count: 2 }]);
    const page = peopleWithoutManager.parse((await harness.get('people/without-manager', coordinator)).body);
    expect(page.rows.map(({ name, manager }) => [name, manager])).toEqual([
      ['Rory Report', 'Gus Gone'],
      ['Sam Second', 'Gus Gone'],
    ]);
    expect((await harness.get('people/without-manager', await harness.somebody(records.institutionId))).status).toBe(
      403,
    );
  });

  it('passes reports over managers who have left as well', async () => {
    const top = await harness.person(records.institutionId, { name: 'Tess Top' });
    const middle = await harness.person(records.institutionId, { name: 'Mia Middle', lineManagerId: top });
    const low = await harness.person(records.institutionId, { name: 'Leo Low', lineManagerId: middle });
    const report = await harness.person(records.institutionId, { name: 'Rory Report', lineManagerId: low });
    await harness.sql(`update person set left_on = current_date - 5, left_told = current_date - 5 where id = $1`, [
      middle,
    ]);
    await leaveOn(harness, low, inDays(-1), coordinator);
    await settled(harness);
    expect(await one(`select line_manager_id from person where id = $1`, [report])).toEqual({ line_manager_id: top });
  });

  it('is refused of the last administrator; of two who mark each other at once, one stays', async () => {
    const administrators = [
      await harness.somebody(records.institutionId, ['institution-administrator']),
      await harness.somebody(records.institutionId, ['institution-administrator']),
    ] as const;
    const [first, second] = administrators;
    const views = [
      await leavingOf(harness, first.personId, coordinator),
      await leavingOf(harness, second.personId, coordinator),
    ] as const;
    const answers = await Promise.all([
      harness.post(`people/${second.personId}/leaving`, first, { lastDay: inDays(5), version: views[1].version }),
      harness.post(`people/${first.personId}/leaving`, second, { lastDay: inDays(5), version: views[0].version }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.map((answer) => refusalOf(answer)[1]).sort()).toEqual(['last-administrator', 'none']);
    // Somebody whose last day is set does not count as the one who stays.
    const stays = answers[0].status === 200 ? first : second;
    expect(refusalOf(await leaveOn(harness, stays.personId, inDays(30), coordinator))).toEqual([
      409,
      'last-administrator',
    ]);
    expect(await leavingOf(harness, stays.personId, coordinator)).toMatchObject({
      refused: 'last-administrator',
      may: { leave: false },
    });
  });

  it('is refused more than a year back, on an older revision, twice, and to whoever may not', async () => {
    const personId = await harness.person(records.institutionId);
    const post = (body: object, as = coordinator) => harness.post(`people/${personId}/leaving`, as, body);
    expect(await post({ lastDay: inDays(-400), version: 1 })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'lastDay', code: 'too-long-ago' }] },
    });
    expect(refusalOf(await post({ lastDay: inDays(1), version: 7 }))).toEqual([409, 'changed-meanwhile']);
    const technician = await harness.somebody(records.institutionId);
    expect(refusalOf(await post({ lastDay: inDays(1), version: 1 }, technician))).toEqual([403, 'not-allowed']);
    const elsewhere = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
    expect(refusalOf(await post({ lastDay: inDays(1), version: 1 }, elsewhere))).toEqual([404, 'not-found']);
    expect(refusalOf(await harness.get(`people/${personId}/leaving`, elsewhere))).toEqual([404, 'not-found']);
    expect((await post({ lastDay: inDays(-1), version: 1 })).status).toBe(200);
    expect(refusalOf(await post({ lastDay: inDays(-1), version: 2 }))).toEqual([409, 'person-left']);
    expect(personView.parse((await harness.get(`people/${personId}`, coordinator)).body).active).toBe(false);
  });

  it('in the moment a mentor accepts ends with nobody accepted by, or waiting for, the one who left', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const mentor = await records.mentor({ places: 2 });
      const mentees = [await records.mentee(), await records.mentee()];
      const proposals = [];
      for (const mentee of mentees) proposals.push(await records.proposal(roundId, mentee, mentor));
      const asMentor = await harness.signIn(records.institutionId, mentor.personId);
      const leaver = turn % 2 === 0 ? mentor.personId : (mentees[0]?.personId ?? '');
      await Promise.all([
        leaveOn(harness, leaver, inDays(-1), coordinator),
        ...proposals.map((id) =>
          harness.post(`mentoring/proposals/${id}/accept`, asMentor, { version: 1, pause: false }),
        ),
      ]);
      await settled(harness);
      expect(
        await harness.sql(
          `select status from proposal where institution_id = $1 and (mentor_id = $2 or mentee_id = $2) and status <> 'withdrawn'`,
          [records.institutionId, leaver],
        ),
      ).toEqual([]);
      expect(
        await harness.sql(
          `select r.status from request r join proposal p on p.request_id = r.id and p.institution_id = r.institution_id
           where r.institution_id = $1 and p.mentor_id = $2 and r.status = 'matched' and p.status <> 'accepted'`,
          [records.institutionId, mentor.personId],
        ),
      ).toEqual([]);
      if (turn % 2 === 1) expect((await proposalOf(harness, proposals[1] ?? '', asMentor)).status).toBe('accepted');
    }
  }, 60_000);
});
