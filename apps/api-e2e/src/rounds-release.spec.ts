import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { homeView, proposalsPage, roundView, type RoundView, type RunView } from '@waymark/contracts';
import { MovedClock } from '@waymark/api-platform';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { joinedRound, matched, Records, refusalOf, rules } from './rounds-records';

describe('the release of a round', () => {
  let harness: Harness;
  let records: Records;
  let coordinator: SignedIn;
  // A Monday: ten working days later is Monday 15 June.
  const clock = new MovedClock(new Date('2026-06-01T09:00:00Z'));

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date('2026-06-01T09:00:00Z'));
    records = new Records(harness, await harness.institution());
    const personId = await harness.person(records.institutionId, { name: 'Olive Solder' });
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'coordinator', '2026-01-01')`,
      [...[records.institutionId, randomUUIDv7(), personId]],
    );
    coordinator = await harness.signIn(records.institutionId, personId);
  });

  const release = (round: RoundView, run: Pick<RunView, 'id'>, version = round.version) =>
    harness.post(`mentoring/rounds/${round.id}/release`, coordinator, { version, runId: run.id });
  const proposals = async (round: RoundView) =>
    proposalsPage.parse((await harness.get(`mentoring/rounds/${round.id}/proposals`, coordinator)).body).rows;
  const letters = () =>
    harness.sql<{ recipient: string; subject: string; body: string }>(
      `select recipient, subject, body from mail_message where institution_id = $1 order by recipient`,
      [records.institutionId],
    );

  it('publishes all proposals together, with ten working days to answer, and a letter to everybody', async () => {
    const [one, other, left] = await Promise.all([
      records.mentee({ name: 'Anjali Anode', email: 'anode@a.example' }),
      records.mentee({ name: 'Wren Lathe', email: null }),
      records.mentee({ name: 'Zed Zinc', email: 'zinc@a.example', attributes: { skills: [] } }),
    ]);
    const mentor = await records.mentor({ name: 'Mabel Mandrel', email: 'mandrel@a.example', places: 2 });
    await harness.sql(`update request set rounds_waited = 1 where id = any ($1)`, [[one.requestId, other.requestId]]);
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    const released = roundView.parse((await release(round, run)).body);
    expect(released).toMatchObject({
      ...{ status: 'released', releasedRunId: run.id, releasedAt: '2026-06-01T09:00:00.000Z' },
      proposals: { proposed: 2, accepted: 0, agreed: 0, declined: 0, other: 0 },
      may: { change: false, load: false, run: false, release: false, cancel: false, close: true },
    });
    expect(await proposals(round)).toMatchObject([
      {
        mentee: { name: 'Anjali Anode' },
        mentor: { name: 'Mabel Mandrel' },
        status: 'proposed',
        answerBy: '2026-06-15T22:59:59.999Z',
      },
      { mentee: { name: 'Wren Lathe' } },
    ]);
    const posted = await letters();
    expect(posted.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      ['anode@a.example', 'Mabel Mandrel has been asked to be your mentor'],
      ['mandrel@a.example', '2 people would like you as a mentor'],
      ['zinc@a.example', 'No mentor for you yet: you are at the front of the next round'],
    ]);
    expect(posted[1]?.body).toContain('by Monday 15 June');
    expect(posted[1]?.body.match(/http:\/\/localhost:8700\/mentoring\/proposals\/[0-9a-f-]{36}/g)).toHaveLength(2);
    const waited = await harness.sql<{ id: string; waited: number }>(
      `select id, rounds_waited as waited from request where institution_id = $1`,
      [records.institutionId],
    );
    expect(new Map(waited.map((row) => [row.id, row.waited]))).toEqual(
      new Map([
        [one.requestId, 1],
        [other.requestId, 1],
        [left.requestId, 1],
      ]),
    );
    const tasks = homeView.parse(
      (await harness.get('home', await harness.signIn(records.institutionId, mentor.personId))).body,
    ).tasks;
    expect(tasks).toMatchObject([
      { kind: 'answer-proposal', dueAt: '2026-06-15T22:59:59.999Z', count: 2 },
      { kind: 'answer-proposal' },
    ]);
    expect(
      roundView.parse(
        (await harness.post(`mentoring/rounds/${round.id}/close`, coordinator, { version: released.version })).body,
      ).status,
    ).toBe('closed');
  });

  it('of two releases at once one wins, and nobody is asked twice', async () => {
    await records.mentee();
    await records.mentor();
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    const answers = await Promise.all([release(round, run), release(round, run), release(round, run)]);
    expect(answers.map((answer) => refusalOf(answer)[1]).sort()).toEqual([
      'changed-meanwhile',
      'changed-meanwhile',
      'none',
    ]);
    expect(await proposals(round)).toHaveLength(1);
    expect(await letters()).toHaveLength(2);
  });

  it('a release and a cancellation at once: one of them', async () => {
    await records.mentee();
    await records.mentor();
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    const answers = await Promise.all([
      release(round, run),
      harness.post(`mentoring/rounds/${round.id}/cancel`, coordinator, { version: round.version }),
    ]);
    expect(answers.map((answer) => refusalOf(answer)[1]).sort()).toEqual(['changed-meanwhile', 'none']);
    const { status } = roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body);
    expect((await proposals(round)).length).toBe(status === 'released' ? 1 : 0);
  });

  it('only a finished run of this round is released', async () => {
    await records.mentee();
    await records.mentor();
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    const other = (await harness.post('mentoring/rounds', coordinator, { name: 'Other' })).body as RoundView;
    expect(refusalOf(await release(other, run))).toEqual([409, 'status-refused']);
    expect(refusalOf(await release(round, { id: other.id }))).toEqual([404, 'not-found']);
    await harness.sql(`update run set status = 'failed' where id = $1`, [run.id]);
    expect(refusalOf(await release(round, run))).toEqual([409, 'run-not-finished']);
    expect(await proposals(round)).toEqual([]);
  });

  it('what is no longer right is skipped: a leaver, a new manager, an excluded colleague; their mentees wait', async () => {
    const mentees = await Promise.all([1, 2, 3, 4].map(() => records.mentee()));
    const mentors = await Promise.all([1, 2, 3, 4].map(() => records.mentor()));
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    const pairs = await harness.sql<{ mentee: string; mentor: string }>(
      `select r.person_id as mentee, e.person_id as mentor from run_pair p
       join request r on r.id = p.request_id join enrolment e on e.id = p.enrolment_id where p.run_id = $1`,
      [run.id],
    );
    const [leaver, managed, excluded, fine] = pairs;
    await harness.sql(`update person set left_on = '2026-05-31' where id = $1`, [leaver?.mentor]);
    await harness.sql(`update person set line_manager_id = $2 where id = $1`, [managed?.mentee, managed?.mentor]);
    await harness.sql(`insert into exclusion (institution_id, person_id, excluded_person_id) values ($1, $2, $3)`, [
      records.institutionId,
      excluded?.mentor,
      excluded?.mentee,
    ]);
    expect((await release(round, run)).status).toBe(200);
    expect((await proposals(round)).map(({ mentee }) => mentee.id)).toEqual([fine?.mentee]);
    const [audit] = await harness.sql<{ details: object }>(
      `select details from audit_entry where act = 'round.release' and subject_id = $1`,
      [round.id],
    );
    expect(audit?.details).toMatchObject({ proposals: 1, skipped: 3, leftOut: 3 });
    expect([mentees.length, mentors.length]).toEqual([4, 4]);
  });

  it('nobody waits for more than three answers, over all rounds together', async () => {
    const mentee = await records.mentee();
    await Promise.all([1, 2, 3].map(() => records.mentor()));
    const first = await matched(
      harness,
      coordinator,
      await joinedRound(harness, coordinator, rules({ proposalsPerMentee: 3 })),
    );
    expect(first.run).toMatchObject({ count: 3, menteesPaired: 1 });
    // Meanwhile two others have been asked, in another round.
    const elsewhere = await records.releasedRound(coordinator.personId);
    for (let count = 0; count < 2; count += 1) {
      await records.proposal(elsewhere, mentee, await records.mentor(), `'2026-06-10'`);
    }
    expect((await release(first.round, first.run)).status).toBe(200);
    expect(await proposals(first.round)).toHaveLength(1);
  });

  it('who is unanswered after ten working days is at the front of the next round and asked anew', async () => {
    const mentee = await records.mentee({ name: 'Anjali Anode' });
    await records.mentor();
    const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    await release(first.round, first.run);
    clock.moveTo(new Date('2026-06-16T09:00:00Z'));
    const again = await harness.signIn(records.institutionId, coordinator.personId);
    expect((await proposalsOf(first.round, again))[0]?.status).toBe('expired');
    const second = await matched(harness, again, await joinedRound(harness, again));
    expect(second.run).toMatchObject({ count: 1, shownTotal: 10 });
    const [request] = await harness.sql(`select rounds_waited from request where id = $1`, [mentee.requestId]);
    expect(request).toEqual({ rounds_waited: 1 });
    expect((await letters()).some(({ subject }) => subject.startsWith('No answer from'))).toBe(true);
  });

  it('a release that fails late leaves nothing behind', async () => {
    await records.mentee();
    await records.mentor();
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    await harness.sql(
      `alter table mail_message add constraint no_mail check (subject not like '%as a mentor') not valid`,
    );
    try {
      expect(refusalOf(await release(round, run))).toEqual([500, 'unexpected']);
    } finally {
      await harness.sql(`alter table mail_message drop constraint no_mail`);
    }
    expect(await proposals(round)).toEqual([]);
    expect(roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body)).toEqual(round);
    expect((await release(round, run)).status).toBe(200);
  });

  const proposalsOf = async (round: RoundView, as: SignedIn) =>
    proposalsPage.parse((await harness.get(`mentoring/rounds/${round.id}/proposals`, as)).body).rows;
});
