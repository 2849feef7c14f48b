import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { homeView, myMentoring, participantsPage, proposalsPage, proposalView, roundView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import {
  joinedRound,
  matched,
  type Mentee,
  type Mentor,
  proposalOf,
  Records,
  refusalOf,
  rules,
} from './rounds-records';

/** What happens to proposals by themselves: reminders, expiry, the next mentor, silence, questions, the end of a pair. */
describe('proposals passed on', () => {
  let harness: Harness;
  let records: Records;
  let coordinator: SignedIn;
  // A Monday.
  const monday = new Date('2026-06-01T09:00:00Z');
  const clock = new MovedClock(monday);

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(monday);
    records = new Records(harness, await harness.institution());
    coordinator = await coordinating();
  });

  const coordinating = async (): Promise<SignedIn> => {
    const personId = await harness.person(records.institutionId, { name: 'Olive Solder' });
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'coordinator', '2026-01-01')`,
      [records.institutionId, randomUUIDv7(), personId],
    );
    return harness.signIn(records.institutionId, personId);
  };
  const signIn = ({ personId }: Mentee | Mentor) => harness.signIn(records.institutionId, personId);
  /** Everybody joins, is matched and released. */
  const released = async (changes: Parameters<typeof rules>[0] = {}) => {
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, rules(changes)));
    const answer = await harness.post(`mentoring/rounds/${round.id}/release`, coordinator, {
      version: round.version,
      runId: run.id,
    });
    return roundView.parse(answer.body);
  };
  const rows = async () =>
    harness.sql<{ id: string; mentee: string; mentor: string; status: string; from: string | null; by: Date | null }>(
      `select p.id, a.family_name as mentee, b.family_name as mentor, p.status, p.forwarded_from as from, p.answer_by as by
       from proposal p join person a on a.id = p.mentee_id join person b on b.id = p.mentor_id
       where p.institution_id = $1 order by p.proposed_at, p.id`,
      [records.institutionId],
    );
  const standing = async () => (await rows()).map(({ mentee, mentor, status }) => [mentee, mentor, status]);
  const only = async () => {
    const [row] = await rows();
    if (!row) throw new Error('no proposal');
    return row;
  };
  const idOf = async (mentor: string) => (await rows()).find((row) => row.mentor === mentor)?.id ?? '';
  const decline = (id: string, as: SignedIn, body: object = {}) =>
    harness.post(`mentoring/proposals/${id}/decline`, as, {
      ...{ version: 1, reason: 'no-time', note: '', pause: false },
      ...body,
    });
  const accept = (id: string, as: SignedIn, version = 1) =>
    harness.post(`mentoring/proposals/${id}/accept`, as, { version, pause: false });
  const mailTo = ({ personId }: Mentee | Mentor) =>
    harness.sql<{ subject: string; body: string }>(
      `select m.subject, m.body from mail_message m join person p on p.institution_id = m.institution_id and p.email = m.recipient
       where p.id = $1 order by m.created_at, m.id`,
      [personId],
    );
  const subjects = async (person: Mentee | Mentor) => (await mailTo(person)).map(({ subject }) => subject);
  const requestOf = async ({ requestId }: Mentee) =>
    (
      await harness.sql<{ status: string; waited: number }>(
        `select status, rounds_waited as waited from request where id = $1`,
        [requestId],
      )
    )[0];
  const enrolmentOf = async ({ enrolmentId }: Mentor) =>
    (
      await harness.sql<{ status: string; silence: boolean }>(
        `select status, paused_for_silence as silence from enrolment where id = $1`,
        [enrolmentId],
      )
    )[0];
  const skills = (...list: string[]) => ({ attributes: { skills: list } });

  /** One mentee and two mentors, of whom Mabel fits best. */
  const three = async () => {
    const mentee = await records.mentee({ name: 'Anjali Anode', ...skills('glass', 'lasers') });
    const first = await records.mentor({ name: 'Mabel Mandrel', ...skills('glass') });
    const second = await records.mentor({ name: 'Reed Reagent', ...skills('wood') });
    return { mentee, first, second, round: await released() };
  };

  it('a decline goes to the next mentor at once, with ten working days of their own, and everybody is told', async () => {
    const { mentee, first, second, round } = await three();
    clock.moveTo(new Date('2026-06-03T09:00:00Z'));
    const answered = await decline((await only()).id, await signIn(first));
    expect(proposalView.parse(answered.body)).toMatchObject({ status: 'declined', forwarded: null });
    expect(await standing()).toEqual([
      ['Anode', 'Mandrel', 'declined'],
      ['Anode', 'Reagent', 'proposed'],
    ]);
    const [from, next] = await rows();
    expect(next?.from).toBe(from?.id);
    expect(next?.by).toEqual(new Date('2026-06-17T22:59:59.999Z'));
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
    const letter = (await mailTo(mentee)).at(-1);
    expect(letter?.subject).toBe('Mabel Mandrel cannot take this on');
    expect(letter?.body).toContain('It goes on: Reed Reagent has been asked now, and answers by Wednesday 17 June.');
    expect(letter?.body).toContain(`/mentoring/proposals/${next?.id}`);
    expect(await subjects(second)).toEqual(['Anjali Anode would like you as a mentor']);
    // The mentee sees where it went; the mentor who said no does not.
    const seen = await proposalOf(harness, from?.id ?? '', await signIn(mentee));
    expect(seen.forwarded).toEqual({ fromId: null, toId: next?.id, to: 'Reed Reagent' });
    expect(seen.timeline.map(({ what }) => what)).toEqual(['proposed', 'declined', 'forwarded']);
    const hidden = await harness.get(`mentoring/proposals/${from?.id}`, await signIn(first));
    expect(JSON.stringify(hidden.body)).not.toContain('Reagent');
    coordinator = await coordinating();
    const { rows: listed } = proposalsPage.parse(
      (await harness.get(`mentoring/rounds/${round.id}/proposals`, coordinator)).body,
    );
    expect(listed.map((row) => [row.mentor.name, row.forwardedFrom, row.forwardedTo]).sort()).toEqual([
      ['Mabel Mandrel', null, 'Reed Reagent'],
      ['Reed Reagent', 'Mabel Mandrel', null],
    ]);
    expect((await accept(next?.id ?? '', await signIn(second))).status).toBe(200);
  });

  it('with nobody left the mentee comes to the front; a mentor who said no is not asked again', async () => {
    const { mentee, first, second } = await three();
    await decline((await only()).id, await signIn(first));
    await decline(await idOf('Reagent'), await signIn(second));
    expect((await rows()).length).toBe(2);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 1 });
    expect((await mailTo(mentee)).at(-1)?.body).toContain('you are at the front of the next round');
  });

  it('it goes only to whom it may: nobody excluded, paused, gone, full, asked by as many as they have places, or forbidden', async () => {
    const mentee = await records.mentee({ name: 'Anjali Anode', ...skills('glass') });
    const first = await records.mentor({ name: 'Mabel Mandrel', ...skills('glass') });
    const [excluded, paused, gone, full, asked, forbidden] = await Promise.all(
      ['Xena', 'Pia', 'Gus', 'Fay', 'Asa', 'Fox'].map((name) => records.mentor({ name: `${name} Other` })),
    );
    const other = await records.mentee({ name: 'Zed Zinc' });
    const round = await joinedRound(harness, coordinator, rules());
    const forbid = await harness.post(`mentoring/rounds/${round.id}/choices`, coordinator, {
      version: round.version,
      kind: 'forbid',
      menteeId: mentee.personId,
      mentorId: forbidden?.personId,
      reason: 'They share a grant',
    });
    const { round: review, run } = await matched(harness, coordinator, roundView.parse(forbid.body));
    await harness.post(`mentoring/rounds/${review.id}/release`, coordinator, {
      version: review.version,
      runId: run.id,
    });
    await harness.sql(`delete from proposal where mentee_id = $1`, [other.personId]);
    await harness.sql(`insert into exclusion (institution_id, person_id, excluded_person_id) values ($1, $2, $3)`, [
      records.institutionId,
      excluded?.personId,
      mentee.personId,
    ]);
    await harness.sql(`update enrolment set status = 'paused' where id = $1`, [paused?.enrolmentId]);
    await harness.sql(`update person set left_on = '2026-01-01' where id = $1`, [gone?.personId]);
    await harness.sql(`update enrolment set capacity = 0 where id = $1`, [full?.enrolmentId]);
    if (asked) await records.proposal(round.id, other, asked, `'2026-06-20'`);
    await decline(await idOf('Mandrel'), await signIn(first));
    expect((await rows()).filter(({ mentee: name }) => name === 'Anode')).toHaveLength(1);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 1 });
  });

  it('of two declines at once for the last place of one mentor, one goes there and the other to the front', async () => {
    const mentees = await Promise.all(
      ['Anode', 'Lathe'].map((name) => records.mentee({ name: `Some ${name}`, ...skills('glass') })),
    );
    const mentors = await Promise.all(
      ['Mandrel', 'Reagent'].map((name) => records.mentor({ name: `A ${name}`, ...skills('glass') })),
    );
    await records.mentor({ name: 'Last Place' });
    await released();
    const answers = await Promise.all(
      mentors.map(async (mentor, at) =>
        decline(await idOf(at === 0 ? 'Mandrel' : 'Reagent'), await signIn(mentor), { pause: true }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await rows()).filter(({ mentor }) => mentor === 'Place')).toHaveLength(1);
    const waited = await Promise.all(mentees.map(async (mentee) => (await requestOf(mentee))?.waited));
    expect(waited.sort()).toEqual([0, 1]);
  });

  it('a decline and an acceptance of the last place at once: nobody waits for a mentor who is full', async () => {
    for (let count = 0; count < 5; count += 1) {
      records = new Records(harness, await harness.institution());
      coordinator = await coordinating();
      await records.mentee({ name: 'Anjali Anode', ...skills('glass') });
      const wren = await records.mentee({ name: 'Wren Lathe' });
      const first = await records.mentor({ name: 'Mabel Mandrel', ...skills('glass') });
      const second = await records.mentor({ name: 'Reed Reagent', places: 2 });
      const round = await released();
      // Reed has one place left, and is asked for it by somebody else: the decline finds no room, or the acceptance made it.
      await harness.sql(`update enrolment set capacity = 1 where id = $1`, [second.enrolmentId]);
      await harness.sql(`delete from proposal where mentee_id = $1`, [wren.personId]);
      const other = await records.proposal(round.id, wren, second, `'2026-06-20'`);
      const [accepted, declined] = await Promise.all([
        accept(other, await signIn(second)),
        decline(await idOf('Mandrel'), await signIn(first)),
      ]);
      expect([accepted.status, declined.status]).toEqual([200, 200]);
      const open = (await rows()).filter(({ mentor, status }) => mentor === 'Reagent' && status === 'proposed');
      expect(open).toEqual([]);
    }
  });

  it('many who decline at once come to no deadlock, and no mentor is asked for more than their places', async () => {
    const mentees = await Promise.all(Array.from({ length: 12 }, (_, at) => records.mentee({ name: `Mentee N${at}` })));
    await Promise.all(Array.from({ length: 6 }, (_, at) => records.mentor({ name: `Mentor M${at}`, places: 2 })));
    await Promise.all(Array.from({ length: 3 }, (_, at) => records.mentor({ name: `Spare S${at}`, places: 2 })));
    await released();
    const asked = await rows();
    const people = await harness.sql<{ id: string; mentor: string }>(
      `select id, mentor_id as mentor from proposal where institution_id = $1`,
      [records.institutionId],
    );
    const answers = await Promise.all(
      people.map(async ({ id, mentor }) => decline(id, await harness.signIn(records.institutionId, mentor))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const most = await harness.sql<{ open: number; capacity: number }>(
      `select count(*) filter (where p.status = 'proposed')::int as open, e.capacity from enrolment e
       left join proposal p on p.enrolment_id = e.id where e.institution_id = $1 group by e.id, e.capacity`,
      [records.institutionId],
    );
    expect(most.every(({ open, capacity }) => open <= capacity)).toBe(true);
    expect(asked).toHaveLength(12);
    const [{ count } = { count: 0 }] = await harness.sql<{ count: number }>(
      `select count(*)::int from proposal where institution_id = $1 and status = 'proposed'`,
      [records.institutionId],
    );
    const waiting = await Promise.all(mentees.map(async (mentee) => (await requestOf(mentee))?.waited ?? 0));
    expect(count + waiting.filter((waited) => waited > 0).length).toBe(12);
  });

  it('a decline that fails late leaves nothing behind', async () => {
    const { first, mentee } = await three();
    await harness.sql(
      `alter table mail_message add constraint no_mail check (subject not like '%cannot take%') not valid`,
    );
    try {
      expect(refusalOf(await decline((await only()).id, await signIn(first)))).toEqual([500, 'unexpected']);
    } finally {
      await harness.sql(`alter table mail_message drop constraint no_mail`);
    }
    expect(await standing()).toEqual([['Anode', 'Mandrel', 'proposed']]);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
  });

  it('the scheduler expires after ten working days, and not a minute before', async () => {
    const { first, second } = await three();
    clock.moveTo(new Date('2026-06-15T22:59:00Z'));
    await harness.tick('expire-proposals');
    expect(await standing()).toEqual([['Anode', 'Mandrel', 'proposed']]);
    clock.moveTo(new Date('2026-06-15T23:00:00Z'));
    await harness.tick('expire-proposals');
    await harness.tick('expire-proposals');
    expect(await standing()).toEqual([
      ['Anode', 'Mandrel', 'expired'],
      ['Anode', 'Reagent', 'proposed'],
    ]);
    // One silence is no reason to pause.
    expect(await enrolmentOf(first)).toEqual({ status: 'active', silence: false });
    expect(await subjects(second)).toEqual(['Anjali Anode would like you as a mentor']);
  });

  it('bank holidays and closure days put the day off', async () => {
    clock.moveTo(new Date('2026-12-21T09:00:00Z'));
    coordinator = await coordinating();
    await harness.sql(
      `insert into closure_day (institution_id, day, name) values ($1, '2026-12-29', 'Closed'), ($1, '2026-12-30', 'Closed')`,
      [records.institutionId],
    );
    await records.mentee({ name: 'Anjali Anode' });
    await records.mentor({ name: 'Mabel Mandrel' });
    await released();
    // 22, 23, 24, 31 December, 4 to 8 and 11 January: Christmas, the day in lieu of Boxing Day and New Year lie between.
    expect((await only()).by).toEqual(new Date('2027-01-11T23:59:59.999Z'));
    clock.moveTo(new Date('2027-01-11T12:00:00Z'));
    await harness.tick('expire-proposals');
    expect((await only()).status).toBe('proposed');
    clock.moveTo(new Date('2027-01-12T00:00:01Z'));
    await harness.tick('expire-proposals');
    expect((await only()).status).toBe('expired');
  });

  it('a mentor is reminded once, when five working days are left', async () => {
    const { first } = await three();
    clock.moveTo(new Date('2026-06-05T09:00:00Z'));
    await harness.tick('remind-mentors');
    expect(await subjects(first)).toEqual(['Anjali Anode would like you as a mentor']);
    clock.moveTo(new Date('2026-06-08T09:00:00Z'));
    await harness.tick('remind-mentors');
    await harness.tick('remind-mentors');
    expect(await subjects(first)).toEqual([
      'Anjali Anode would like you as a mentor',
      'Anjali Anode waits for your answer',
    ]);
    expect((await mailTo(first)).at(-1)?.body).toContain('by Monday 15 June');
  });

  it('a mentor silent twice in a row is paused and told, the coordinator sees it, and one click brings them back', async () => {
    await records.mentee({ name: 'Anjali Anode' });
    await records.mentee({ name: 'Wren Lathe' });
    const mentor = await records.mentor({ name: 'Mabel Mandrel', places: 2 });
    const round = await released();
    clock.moveTo(new Date('2026-06-16T09:00:00Z'));
    await harness.tick('expire-proposals');
    expect(await enrolmentOf(mentor)).toEqual({ status: 'paused', silence: true });
    const letter = (await mailTo(mentor)).at(-1);
    expect(letter?.subject).toBe('We have paused you as a mentor');
    expect(letter?.body).toContain('/mentoring/mine');
    coordinator = await coordinating();
    const people = participantsPage.parse(
      (await harness.get(`mentoring/rounds/${round.id}/mentors`, coordinator)).body,
    );
    expect(people.rows).toMatchObject([{ name: 'Mabel Mandrel', paused: 'silence', count: 0 }]);
    const as = await signIn(mentor);
    const { tasks } = homeView.parse((await harness.get('home', as)).body);
    expect(tasks.map(({ kind }) => kind)).toEqual(['resume-mentoring']);
    const { mentor: mine } = myMentoring.parse((await harness.get('mentoring/mentor', as)).body);
    expect(mine).toMatchObject({ status: 'paused', pausedForSilence: true, capacity: 2, taken: 0 });
    const back = await harness.post('mentoring/mentor/resume', as, { version: mine?.version });
    expect(myMentoring.parse(back.body).mentor).toMatchObject({ status: 'active', pausedForSilence: false });
    expect(refusalOf(await harness.post('mentoring/mentor/resume', as, { version: (mine?.version ?? 0) + 1 }))).toEqual(
      [409, 'status-refused'],
    );
  });

  it('an answer in between starts the count anew, and so does coming back', async () => {
    const mentor = await records.mentor({ name: 'Mabel Mandrel', places: 5 });
    const roundId = await records.releasedRound(coordinator.personId);
    const lapse = async (days: number) => {
      await records.proposal(
        roundId,
        await records.mentee(),
        mentor,
        `'${new Date(clock.now().getTime() + 60_000).toISOString()}'`,
      );
      clock.moveTo(new Date(clock.now().getTime() + days * 86_400_000));
      await harness.tick('expire-proposals');
    };
    await lapse(1);
    const answered = await records.proposal(roundId, await records.mentee(), mentor, `'2026-06-30'`);
    await decline(answered, await signIn(mentor));
    await lapse(1);
    expect(await enrolmentOf(mentor)).toEqual({ status: 'active', silence: false });
    await lapse(1);
    expect(await enrolmentOf(mentor)).toEqual({ status: 'paused', silence: true });
    const as = await signIn(mentor);
    const { mentor: mine } = myMentoring.parse((await harness.get('mentoring/mentor', as)).body);
    await harness.post('mentoring/mentor/resume', as, { version: mine?.version });
    await lapse(1);
    expect(await enrolmentOf(mentor)).toEqual({ status: 'active', silence: false });
  });

  it('a mentor says how many they take, and pauses; nobody else has such a page', async () => {
    const mentor = await records.mentor({ places: 2 });
    const as = await signIn(mentor);
    const changed = await harness.put('mentoring/mentor', as, { version: 1, capacity: 4 });
    expect(myMentoring.parse(changed.body).mentor).toMatchObject({ capacity: 4, version: 2 });
    expect(refusalOf(await harness.put('mentoring/mentor', as, { version: 1, capacity: 3 }))).toEqual([
      409,
      'changed-meanwhile',
    ]);
    expect(refusalOf(await harness.put('mentoring/mentor', as, { version: 2, capacity: 11 }))).toEqual([
      422,
      'invalid-input',
    ]);
    const paused = await harness.post('mentoring/mentor/pause', as, { version: 2 });
    expect(myMentoring.parse(paused.body).mentor).toMatchObject({ status: 'paused', pausedForSilence: false });
    const nobody = await harness.somebody(records.institutionId);
    expect(myMentoring.parse((await harness.get('mentoring/mentor', nobody)).body)).toEqual({ mentor: null });
    expect(refusalOf(await harness.put('mentoring/mentor', nobody, { version: 1, capacity: 3 }))).toEqual([
      404,
      'not-found',
    ]);
  });

  it('what was accepted and never agreed goes on too, and frees the place', async () => {
    const { mentee, first, second } = await three();
    await accept((await only()).id, await signIn(first));
    expect(await requestOf(mentee)).toEqual({ status: 'matched', waited: 0 });
    clock.moveTo(new Date('2026-06-16T09:00:00Z'));
    await harness.tick('expire-proposals');
    expect(await standing()).toEqual([
      ['Anode', 'Mandrel', 'expired'],
      ['Anode', 'Reagent', 'proposed'],
    ]);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
    expect(await subjects(first)).toContain('You and Anjali Anode have not agreed in time');
    expect((await accept(await idOf('Reagent'), await signIn(second))).status).toBe(200);
  });

  it('an answer at the very moment of expiry: one of the two, never both', async () => {
    const { first } = await three();
    const { id } = await only();
    const as = await signIn(first);
    clock.moveTo(new Date('2026-06-15T22:59:59.500Z'));
    const answering = accept(id, as);
    clock.moveTo(new Date('2026-06-15T23:00:00Z'));
    const [answer] = await Promise.all([answering, harness.tick('expire-proposals')]);
    await harness.tick('expire-proposals');
    const accepted = answer.status === 200;
    expect((await standing())[0]?.[2]).toBe(accepted ? 'accepted' : 'expired');
    expect(await rows()).toHaveLength(accepted ? 1 : 2);
  });

  it('a night when nothing ran is made good, once, and who waits for the next round already is not asked for again', async () => {
    const { mentee } = await three();
    clock.moveTo(new Date('2026-07-20T09:00:00Z'));
    coordinator = await coordinating();
    const next = await joinedRound(harness, coordinator, rules());
    expect(next.mentees).toBe(1);
    await harness.tick('expire-proposals');
    await harness.tick('expire-proposals');
    expect(await standing()).toEqual([['Anode', 'Mandrel', 'expired']]);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 1 });
    const expired = await harness.sql(`select from audit_entry where institution_id = $1 and act = 'proposal.expire'`, [
      records.institutionId,
    ]);
    expect(expired).toHaveLength(1);
  });

  it('after the round is closed nothing is passed on', async () => {
    const { first, mentee, round } = await three();
    await harness.post(`mentoring/rounds/${round.id}/close`, coordinator, { version: round.version });
    await decline((await only()).id, await signIn(first));
    expect(await rows()).toHaveLength(1);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 1 });
  });

  it('a mentor asks for more: the clock stops, the mentee answers, and the time that was left goes on', async () => {
    const { mentee, first } = await three();
    const { id } = await only();
    clock.moveTo(new Date('2026-06-08T09:00:00Z'));
    let [asMentor, asMentee] = [await signIn(first), await signIn(mentee)];
    const ask = (as: SignedIn, version: number) =>
      harness.post(`mentoring/proposals/${id}/question`, as, { version, question: 'Which workshop do you work in?' });
    expect(refusalOf(await ask(asMentee, 1))).toEqual([403, 'not-allowed']);
    const asked = proposalView.parse((await ask(asMentor, 1)).body);
    expect(asked).toMatchObject({ status: 'more-asked', may: { accept: false, askMore: false } });
    // Five days, whatever the weekend: Saturday.
    expect(asked.answerBy).toBe('2026-06-13T22:59:59.999Z');
    expect((await mailTo(mentee)).at(-1)?.subject).toBe('Mabel Mandrel would like to know more before answering');
    expect(refusalOf(await accept(id, asMentor, 2))).toEqual([409, 'status-refused']);
    const tasks = homeView.parse((await harness.get('home', asMentee)).body).tasks;
    expect(tasks).toMatchObject([{ kind: 'answer-question', id }]);
    // The day on which it would have lapsed passes.
    clock.moveTo(new Date('2026-06-12T09:00:00Z'));
    await harness.tick('expire-proposals');
    [asMentor, asMentee] = [await signIn(first), await signIn(mentee)];
    const answer = (as: SignedIn, version: number) =>
      harness.post(`mentoring/proposals/${id}/question/answer`, as, { version, answer: 'In the glass shop.' });
    expect(refusalOf(await answer(asMentor, 2))).toEqual([403, 'not-allowed']);
    const answered = proposalView.parse((await answer(asMentee, 2)).body);
    expect(answered).toMatchObject({
      status: 'proposed',
      question: { text: 'Which workshop do you work in?', answer: 'In the glass shop.' },
      // Five working days were left.
      answerBy: '2026-06-19T22:59:59.999Z',
    });
    expect(answered.timeline.map(({ what }) => what)).toEqual(['proposed', 'more-asked', 'question-answered']);
    expect((await mailTo(first)).at(-1)?.subject).toBe('Anjali Anode has answered your question');
    expect(refusalOf(await ask(asMentor, 3))).toEqual([409, 'question-asked']);
    expect((await accept(id, asMentor, 3)).status).toBe(200);
    const audits = await harness.sql<{ details: object }>(`select details from audit_entry where subject_id = $1`, [
      id,
    ]);
    expect(JSON.stringify(audits)).not.toMatch(/workshop|glass/);
  });

  it('a question that nobody answers comes back to the mentor after five days', async () => {
    const { mentee, first } = await three();
    const { id } = await only();
    await harness.post(`mentoring/proposals/${id}/question`, await signIn(first), { version: 1, question: 'Why?' });
    clock.moveTo(new Date('2026-06-06T22:00:00Z'));
    await harness.tick('resume-unanswered');
    expect((await only()).status).toBe('more-asked');
    clock.moveTo(new Date('2026-06-07T09:00:00Z'));
    await harness.tick('resume-unanswered');
    await harness.tick('resume-unanswered');
    // All ten working days were left, from the Sunday on.
    expect(await only()).toMatchObject({ status: 'proposed', by: new Date('2026-06-19T22:59:59.999Z') });
    expect((await subjects(mentee)).at(-1)).toBe('Mabel Mandrel answers without your reply');
    expect((await subjects(first)).at(-1)).toBe('Anjali Anode has not answered your question');
    expect((await accept(id, await signIn(first), 3)).status).toBe(200);
  });

  it('a pair is complete once its last day has passed: the place is free, the request closed, the fact past', async () => {
    const { mentee, first } = await three();
    const { id } = await only();
    const [asMentor, asMentee] = [await signIn(first), await signIn(mentee)];
    await accept(id, asMentor);
    const agreement = { goals: 'Weld', rhythm: 'monthly', mode: 'online', endsOn: '2026-06-10' };
    await harness.put(`mentoring/proposals/${id}/agreement`, asMentor, { version: 2, ...agreement });
    await harness.post(`mentoring/proposals/${id}/agreement/confirm`, asMentee, { version: 3 });
    const pair = async () =>
      (
        await harness.sql<{ status: string; past: boolean }>(
          `select p.status, r.until is not null as past from pair p join relationship r on r.source_id = p.id where p.institution_id = $1`,
          [records.institutionId],
        )
      )[0];
    clock.moveTo(new Date('2026-06-10T22:59:00Z'));
    await harness.tick('complete-pairs');
    expect(await pair()).toEqual({ status: 'active', past: false });
    clock.moveTo(new Date('2026-06-10T23:00:00Z'));
    await harness.tick('complete-pairs');
    await harness.tick('complete-pairs');
    expect(await pair()).toEqual({ status: 'completed', past: true });
    expect(await requestOf(mentee)).toEqual({ status: 'closed', waited: 0 });
    expect((await subjects(mentee)).filter((subject) => subject.includes('complete'))).toHaveLength(1);
    const again = await signIn(first);
    expect(myMentoring.parse((await harness.get('mentoring/mentor', again)).body).mentor).toMatchObject({ taken: 0 });
  });

  it('a whole large round that lapses in one night is done in a few turns, each mentee asked for once or at the front', async () => {
    const [mentees, mentors, fresh] = [1452, 500, 200];
    const roundId = await records.releasedRound(coordinator.personId);
    const values = [records.institutionId, roundId];
    await harness.sql(
      `with someone as (
         insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
         select $1, uuidv7(), 'Mentee', 'N' || n, 'mentee' || n || '@x.example', true, now(), 1 from generate_series(1, ${mentees}) n returning id
       ), asked as (
         insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
         select $1, uuidv7(), id, 'open', jsonb_build_object('skills', array['s' || (random() * 30)::int]), 0, now(), 1 from someone returning id
       ) insert into round_mentee (institution_id, round_id, request_id) select $1, $2, id from asked`,
      values,
    );
    await harness.sql(
      `with someone as (
         insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
         select $1, uuidv7(), 'Mentor', 'N' || n, 'mentor' || n || '@x.example', true, now(), 1 from generate_series(1, ${mentors + fresh}) n returning id
       ), enrolled as (
         insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
         select $1, uuidv7(), id, 'active', 3, jsonb_build_object('skills', array['s' || (random() * 30)::int]), now(), 1 from someone returning id
       ) insert into round_mentor (institution_id, round_id, enrolment_id) select $1, $2, id from enrolled`,
      values,
    );
    await harness.sql(
      `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
         proposed_at, answer_by, version)
       select $1, uuidv7(), $2, r.id, e.id, r.person_id, e.person_id, 'proposed', '[]', '2026-06-01', '2026-06-15', 1
       from (select *, row_number() over (order by id) as n from request where institution_id = $1) r
       join (select *, row_number() over (order by id) as n from enrolment where institution_id = $1) e on e.n = (r.n % ${mentors}) + 1`,
      values,
    );
    clock.moveTo(new Date('2026-06-16T09:00:00Z'));
    const started = Date.now();
    await harness.tick('expire-proposals');
    const elapsed = Date.now() - started;
    const counts = await harness.sql<{ status: string; count: number }>(
      `select status, count(*)::int from proposal where institution_id = $1 group by 1 order by 1`,
      [records.institutionId],
    );
    expect(counts).toEqual([
      { status: 'expired', count: mentees },
      { status: 'proposed', count: fresh * 3 },
    ]);
    const [{ front } = { front: 0 }] = await harness.sql<{ front: number }>(
      `select count(*)::int as front from request where institution_id = $1 and rounds_waited = 1`,
      [records.institutionId],
    );
    expect(front).toBe(mentees - fresh * 3);
    const [{ paused } = { paused: 0 }] = await harness.sql<{ paused: number }>(
      `select count(*)::int as paused from enrolment where institution_id = $1 and paused_for_silence`,
      [records.institutionId],
    );
    expect(paused).toBe(mentors);
    expect(elapsed).toBeLessThan(30_000);
  });

  it('nothing of it touches another institution', async () => {
    const { first } = await three();
    const ours = await rows();
    const theirs = new Records(harness, await harness.institution('Theirs'));
    const stranger = await harness.somebody(theirs.institutionId, ['coordinator']);
    const id = ours[0]?.id ?? '';
    expect(
      refusalOf(await harness.post(`mentoring/proposals/${id}/question`, stranger, { version: 1, question: 'Who?' })),
    ).toEqual([404, 'not-found']);
    await records.mentor({ name: 'Not In' });
    await theirs.mentor({ name: 'Theirs Only', ...skills('glass') });
    await decline(id, await signIn(first));
    expect(await standing()).toEqual([
      ['Anode', 'Mandrel', 'declined'],
      ['Anode', 'Reagent', 'proposed'],
    ]);
  });
});
