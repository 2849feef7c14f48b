import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agreement, homeView, myProposals, proposalsPage, proposalView } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { type Mentee, type Mentor, proposalOf, Records, refusalOf } from './rounds-records';

describe('proposals', () => {
  let harness: Harness;
  let records: Records;
  let coordinator: SignedIn;
  let roundId: string;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    records = new Records(harness, await harness.institution());
    coordinator = await harness.somebody(records.institutionId, ['coordinator'], 'Olive Solder');
    roundId = await records.releasedRound(coordinator.personId);
  });

  const signIn = ({ personId }: Mentee | Mentor) => harness.signIn(records.institutionId, personId);
  const answer = (deed: string, id: string, as: SignedIn, body: object = {}) =>
    harness.post(`mentoring/proposals/${id}/${deed}`, as, { version: 1, ...body });
  const accept = (id: string, as: SignedIn, body: object = {}) => answer('accept', id, as, { pause: false, ...body });
  const decline = (id: string, as: SignedIn, body: object = {}) =>
    answer('decline', id, as, { reason: 'no-time', note: '', pause: false, ...body });
  const statuses = async () =>
    (
      await harness.sql<{ status: string }>(`select status from proposal where institution_id = $1 order by status`, [
        records.institutionId,
      ])
    ).map(({ status }) => status);
  const mailTo = async ({ personId }: Mentee | Mentor) =>
    harness.sql<{ subject: string; body: string }>(
      `select m.subject, m.body from mail_message m join person p on p.institution_id = m.institution_id and p.email = m.recipient
       where p.id = $1 order by m.id`,
      [personId],
    );
  const requestOf = async ({ requestId }: Mentee) =>
    (
      await harness.sql<{ status: string; waited: number }>(
        `select status, rounds_waited as waited from request where id = $1`,
        [requestId],
      )
    )[0];
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const agreement: Agreement = { goals: 'Learn to weld', rhythm: 'monthly', mode: 'in-person', endsOn: inDays(180) };

  const two = async (places = 1) => {
    const mentee = await records.mentee({ name: 'Anjali Anode' });
    const mentor = await records.mentor({ name: 'Mabel Mandrel', places });
    const id = await records.proposal(roundId, mentee, mentor);
    return { mentee, mentor, id, asMentor: await signIn(mentor), asMentee: await signIn(mentee) };
  };

  it('mentor and mentee see it, each their own side; the address comes with the acceptance', async () => {
    const { id, asMentor, asMentee } = await two(2);
    const mentor = proposalView.parse(await proposalOf(harness, id, asMentor));
    expect(mentor).toMatchObject({
      side: 'mentor',
      other: { name: 'Anjali Anode', email: null },
      status: 'proposed',
      places: { left: 2, of: 2 },
    });
    expect(mentor.may).toMatchObject({ accept: true, decline: true, withdraw: false });
    const mentee = proposalView.parse(await proposalOf(harness, id, asMentee));
    expect(mentee).toMatchObject({
      side: 'mentee',
      other: { name: 'Mabel Mandrel', email: null },
      places: null,
      version: 1,
    });
    expect(mentee.may).toMatchObject({ accept: false, withdraw: true });
    expect(myProposals.parse((await harness.get('mentoring/proposals', asMentee)).body).proposals).toMatchObject([
      { id, side: 'mentee', status: 'proposed' },
    ]);
    const accepted = proposalView.parse((await accept(id, asMentor)).body);
    expect(accepted).toMatchObject({
      status: 'accepted',
      version: 2,
      places: { left: 1, of: 2 },
      other: { email: expect.stringContaining('@') },
    });
    expect(accepted.timeline.map(({ what, who }) => [what, who])).toEqual([
      ['proposed', null],
      ['accepted', 'Mabel Mandrel'],
    ]);
  });

  it('nobody else finds it: not a colleague, not the coordinator, not another institution', async () => {
    const { id } = await two();
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
    for (const other of [await harness.somebody(records.institutionId), coordinator, stranger]) {
      expect(refusalOf(await harness.get(`mentoring/proposals/${id}`, other))).toEqual([404, 'not-found']);
      expect(refusalOf(await accept(id, other))).toEqual([404, 'not-found']);
      expect(refusalOf(await decline(id, other))).toEqual([404, 'not-found']);
      expect(refusalOf(await answer('withdraw', id, other))).toEqual([404, 'not-found']);
      expect(
        refusalOf(await harness.put(`mentoring/proposals/${id}/agreement`, other, { version: 1, ...agreement })),
      ).toEqual([404, 'not-found']);
      expect(refusalOf(await answer('agreement/confirm', id, other))).toEqual([404, 'not-found']);
    }
    expect(await statuses()).toEqual(['proposed']);
  });

  it('a mentee cannot accept, nor a mentor withdraw', async () => {
    const { id, asMentor, asMentee } = await two();
    expect(refusalOf(await accept(id, asMentee))).toEqual([403, 'not-allowed']);
    expect(refusalOf(await answer('withdraw', id, asMentor))).toEqual([403, 'not-allowed']);
  });

  it('of fifty acceptances of one place at once exactly one succeeds, and the others are refused by name', async () => {
    const mentor = await records.mentor();
    const asMentor = await signIn(mentor);
    const mentees = await Promise.all(Array.from({ length: 50 }, () => records.mentee()));
    const ids = await Promise.all(mentees.map((mentee) => records.proposal(roundId, mentee, mentor)));
    const answers = await Promise.all(ids.map((id) => accept(id, asMentor)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map((refused) => refusalOf(refused).join()))).toEqual(
      new Set(['409,mentor-full']),
    );
    expect(await statuses()).toEqual(['accepted', ...Array<string>(49).fill('superseded')]);
    const requests = await harness.sql(
      `select status, rounds_waited, count(*)::int from request where institution_id = $1 group by 1, 2 order by 1`,
      [records.institutionId],
    );
    expect(requests).toEqual([
      { status: 'matched', rounds_waited: 0, count: 1 },
      { status: 'open', rounds_waited: 1, count: 49 },
    ]);
  });

  it('of three mentors who accept one mentee at once one succeeds, and the others are told kindly', async () => {
    const mentee = await records.mentee({ name: 'Anjali Anode' });
    const mentors = await Promise.all([1, 2, 3].map(() => records.mentor({ places: 2 })));
    const ids = await Promise.all(mentors.map((mentor) => records.proposal(roundId, mentee, mentor)));
    const answers = await Promise.all(mentors.map(async (mentor, at) => accept(ids[at] ?? '', await signIn(mentor))));
    expect(answers.map((each) => refusalOf(each)[1]).sort()).toEqual([
      'none',
      'proposal-answered',
      'proposal-answered',
    ]);
    expect(await statuses()).toEqual(['accepted', 'superseded', 'superseded']);
    const letters = (await Promise.all(mentors.map(mailTo))).flat();
    expect(letters.map(({ subject }) => subject)).toEqual([
      'Anjali Anode has found a mentor',
      'Anjali Anode has found a mentor',
    ]);
  });

  it('many mentors and mentees who cross each other come to no deadlock and no place too many', async () => {
    const mentors = await Promise.all([1, 2, 3, 4].map(() => records.mentor({ places: 2 })));
    const mentees = await Promise.all(Array.from({ length: 10 }, () => records.mentee()));
    const asking = await Promise.all(
      mentees.flatMap((mentee) =>
        mentors.map(async (mentor) => ({ id: await records.proposal(roundId, mentee, mentor), mentor })),
      ),
    );
    const signedIn = new Map(await Promise.all(mentors.map(async (mentor) => [mentor, await signIn(mentor)] as const)));
    const answers = await Promise.all(
      asking.map(({ id, mentor }, at) => {
        const as = signedIn.get(mentor);
        if (!as) throw new Error('a mentor without a session');
        return at % 5 === 4 ? decline(id, as) : accept(id, as);
      }),
    );
    for (const each of answers)
      expect(['none', 'mentor-full', 'proposal-answered', 'changed-meanwhile']).toContain(refusalOf(each)[1]);
    const taken = await harness.sql<{ mentor: string; count: number }>(
      `select enrolment_id as mentor, count(*)::int from proposal where institution_id = $1 and status = 'accepted' group by 1`,
      [records.institutionId],
    );
    expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(Math.max(...taken.map(({ count }) => count))).toBe(2);
  });

  it('the database itself refuses one place too many and a second acceptance', async () => {
    const { id, mentor, mentee, asMentor } = await two();
    const other = await records.proposal(roundId, await records.mentee(), mentor);
    const elsewhere = await records.proposal(roundId, mentee, await records.mentor());
    await accept(id, asMentor);
    await harness.sql(`update proposal set status = 'proposed' where id = any ($1)`, [[other, elsewhere]]);
    await expect(harness.sql(`update proposal set status = 'accepted' where id = $1`, [other])).rejects.toThrow(
      'mentor-full',
    );
    await expect(harness.sql(`update proposal set status = 'accepted' where id = $1`, [elsewhere])).rejects.toThrow(
      'proposal_one_acceptance',
    );
  });

  it('an answer is given once, on the version that was seen, in time, and to an open request', async () => {
    const { id, mentee, mentor, asMentor } = await two(3);
    expect(refusalOf(await accept(id, asMentor, { version: 7 }))).toEqual([409, 'changed-meanwhile']);
    expect((await accept(id, asMentor)).status).toBe(200);
    expect(refusalOf(await accept(id, asMentor, { version: 2 }))).toEqual([409, 'proposal-answered']);
    expect(refusalOf(await decline(id, asMentor, { version: 2 }))).toEqual([409, 'proposal-answered']);
    const late = await records.proposal(roundId, await records.mentee(), mentor, "now() - interval '1 minute'");
    expect(refusalOf(await accept(late, asMentor))).toEqual([409, 'proposal-expired']);
    expect(await proposalOf(harness, late, asMentor)).toMatchObject({ status: 'expired', may: { accept: false } });
    const matchedElsewhere = await records.proposal(
      await records.releasedRound(coordinator.personId),
      mentee,
      await records.mentor({ name: 'Reed Reagent' }),
    );
    const [{ mentor_id: reed } = { mentor_id: '' }] = await harness.sql<{ mentor_id: string }>(
      `select mentor_id from proposal where id = $1`,
      [matchedElsewhere],
    );
    expect(refusalOf(await accept(matchedElsewhere, await harness.signIn(records.institutionId, reed)))).toEqual([
      409,
      'proposal-answered',
    ]);
  });

  it('a mentor may pause in the same act, and is not asked in the next round', async () => {
    const { id, mentor, asMentor } = await two(3);
    await accept(id, asMentor, { pause: true });
    const [enrolment] = await harness.sql(`select status from enrolment where id = $1`, [mentor.enrolmentId]);
    expect(enrolment).toEqual({ status: 'paused' });
  });

  it('a mentor declines in private: the mentee is told kindly, without reason or note, and comes to the front', async () => {
    const { id, mentee, asMentor, asMentee } = await two();
    const answered = await decline(id, asMentor, { reason: 'know-each-other', note: 'We shared a bench.' });
    expect(proposalView.parse(answered.body).status).toBe('declined');
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 1 });
    const [letter] = await mailTo(mentee);
    expect(letter?.subject).toBe('Mabel Mandrel cannot take this on');
    expect(letter?.body).toContain('you are at the front of the next round');
    const seen = JSON.stringify([await proposalOf(harness, id, asMentee), letter]);
    expect(seen).not.toMatch(/know-each-other|bench/);
    const rowsFor = async (as: SignedIn) =>
      proposalsPage.parse((await harness.get(`mentoring/rounds/${roundId}/proposals`, as)).body).rows;
    expect(await rowsFor(coordinator)).toMatchObject([
      { declineReason: 'know-each-other', declineNote: 'We shared a bench.' },
    ]);
    expect(await rowsFor(await harness.somebody(records.institutionId, ['auditor']))).toMatchObject([
      { declineReason: null, declineNote: null },
    ]);
    const audits = await harness.sql<{ all: string }>(
      `select details::text as all from audit_entry where subject_id = $1`,
      [id],
    );
    expect(JSON.stringify(audits)).not.toContain('bench');
  });

  it('a mentee who is still being asked for does not count as waiting when one declines', async () => {
    const { id, mentee, asMentor } = await two();
    await records.proposal(roundId, mentee, await records.mentor());
    await decline(id, asMentor);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
  });

  it('a mentee withdraws after the acceptance: the place is free and the request open', async () => {
    const { id, mentee, mentor, asMentor, asMentee } = await two();
    await accept(id, asMentor);
    const withdrawn = await answer('withdraw', id, asMentee, { version: 2 });
    expect(proposalView.parse(withdrawn.body)).toMatchObject({ status: 'withdrawn', may: { withdraw: false } });
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
    const next = await records.proposal(roundId, await records.mentee(), mentor);
    expect((await accept(next, asMentor)).status).toBe(200);
    expect(refusalOf(await answer('withdraw', id, asMentee, { version: 3 }))).toEqual([409, 'status-refused']);
  });

  it('one writes the agreement, the other confirms it, and the pair begins', async () => {
    const { id, mentee, mentor, asMentor, asMentee } = await two();
    const path = `mentoring/proposals/${id}/agreement`;
    expect(refusalOf(await harness.put(path, asMentee, { version: 1, ...agreement }))).toEqual([409, 'status-refused']);
    await accept(id, asMentor);
    for (const endsOn of [inDays(0), inDays(2 * 366 + 1)]) {
      const refused = await harness.put(path, asMentee, { version: 2, ...agreement, endsOn });
      expect(refusalOf(refused)).toEqual([422, 'invalid-input']);
      expect(refused.body).toMatchObject({ fields: [{ path: 'endsOn' }] });
    }
    expect(refusalOf(await answer('agreement/confirm', id, asMentee, { version: 2 }))).toEqual([409, 'status-refused']);
    const written = proposalView.parse((await harness.put(path, asMentee, { version: 2, ...agreement })).body);
    expect(written).toMatchObject({
      agreement: { ...agreement, writtenBy: 'me' },
      may: { confirmAgreement: false, writeAgreement: true },
    });
    expect(refusalOf(await answer('agreement/confirm', id, asMentee, { version: 3 }))).toEqual([409, 'own-agreement']);
    const tasks = async (as: SignedIn) =>
      homeView.parse((await harness.get('home', as)).body).tasks.map(({ kind, about }) => [kind, about]);
    expect(await tasks(asMentee)).toEqual([['wait-for-confirmation', 'Mabel Mandrel']]);
    expect(await tasks(asMentor)).toEqual([['confirm-agreement', 'Anjali Anode']]);

    const agreed = proposalView.parse((await answer('agreement/confirm', id, asMentor, { version: 3 })).body);
    expect(agreed).toMatchObject({
      status: 'agreed',
      answerBy: null,
      pair: { status: 'active', endsOn: agreement.endsOn },
    });
    expect(agreed.timeline.map(({ what }) => what)).toEqual([
      'proposed',
      'accepted',
      'agreement-written',
      'agreed',
      'pair-begun',
    ]);
    expect(await requestOf(mentee)).toEqual({ status: 'matched', waited: 0 });
    const facts = await harness.sql(
      `select kind, subject_id, object_id, until from relationship where institution_id = $1`,
      [records.institutionId],
    );
    expect(facts).toEqual([
      { kind: 'paired-with', subject_id: mentor.personId, object_id: mentee.personId, until: null },
    ]);
    expect((await mailTo(mentor)).at(-1)?.subject).toBe('You and Anjali Anode begin');
    const { pairs } = homeView.parse((await harness.get('home', asMentee)).body);
    expect(pairs).toMatchObject([{ side: 'mentee', other: 'Mabel Mandrel', endsOn: agreement.endsOn, proposalId: id }]);
    const next = await records.proposal(roundId, await records.mentee(), mentor);
    expect(refusalOf(await accept(next, asMentor))).toEqual([409, 'mentor-full']);
  });

  it('of two confirmations at once one begins the pair', async () => {
    const { id, asMentor, asMentee } = await two();
    await accept(id, asMentor);
    await harness.put(`mentoring/proposals/${id}/agreement`, asMentor, { version: 2, ...agreement });
    const answers = await Promise.all([1, 2].map(() => answer('agreement/confirm', id, asMentee, { version: 3 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await harness.sql(`select from pair where institution_id = $1`, [records.institutionId])).toHaveLength(1);
  });

  it('an acceptance that fails late leaves nothing behind', async () => {
    const { id, mentee, asMentor } = await two();
    const other = await records.proposal(roundId, mentee, await records.mentor());
    await harness.sql(`alter table mail_message add constraint no_mail check (subject not like '%glad%') not valid`);
    try {
      expect(refusalOf(await accept(id, asMentor))).toEqual([500, 'unexpected']);
    } finally {
      await harness.sql(`alter table mail_message drop constraint no_mail`);
    }
    expect(await statuses()).toEqual(['proposed', 'proposed']);
    expect(await requestOf(mentee)).toEqual({ status: 'open', waited: 0 });
    const rows = await harness.sql(`select from audit_entry where subject_id = any ($1)`, [[id, other]]);
    expect([rows.length, (await mailTo(mentee)).length]).toEqual([0, 0]);
  });

  it('a repeated acceptance with the same key is answered alike and done once', async () => {
    const { id, asMentor } = await two();
    const key = '4b1c2a52-6d53-4c09-8a8b-0d7f3f1f9e11';
    const ask = () =>
      harness.ask('POST', `mentoring/proposals/${id}/accept`, {
        as: asMentor,
        body: { version: 1, pause: false },
        key,
      });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body).toEqual(one.body);
  });

  it('home says what waits: the mentor answers, the mentee waits, then the agreement is written', async () => {
    const { id, asMentor, asMentee } = await two(2);
    const tasks = async (as: SignedIn) => homeView.parse((await harness.get('home', as)).body).tasks;
    expect(await tasks(asMentor)).toMatchObject([{ kind: 'answer-proposal', id, about: 'Anjali Anode', count: 2 }]);
    expect(await tasks(asMentee)).toMatchObject([{ kind: 'wait-for-mentor', id, about: 'Mabel Mandrel', count: null }]);
    await accept(id, asMentor);
    expect(await tasks(asMentor)).toMatchObject([{ kind: 'write-agreement', id }]);
  });
});
