import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  applicantsPage,
  type AssignmentPreview,
  assignmentPreview,
  homeView,
  interestDeclared,
  panelApplicationsPage,
  type PanelView,
  panelView,
  readingView,
  type ReadingView,
  replacements,
  reviewSaved,
  type ReviewStatus,
  reviewStatuses,
  type ReviewView,
  reviewView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { type PanelCall, PanelRecords } from './panel-records';

const start = new Date('2026-05-04T08:00:00.000Z');
const days = (count: number) => new Date(start.getTime() + count * 86_400_000);

describe('the panel of a call', () => {
  const clock = new MovedClock(start);
  let harness: Harness;
  let records: PanelRecords;
  let institutionId: string;
  let coordinator: SignedIn;
  let chair: SignedIn;
  let panel: SignedIn[];
  let call: PanelCall;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    records = new PanelRecords(harness);
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(start);
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Ada Beaker');
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    chair = await harness.somebody(institutionId, [], 'Clementine Chair');
    panel = [];
    for (const name of ['Pip Reader', 'Quill Reader', 'Rhea Reader', 'Silas Reader']) {
      panel.push(await harness.somebody(institutionId, [], name));
    }
    call = await sittingCall();
  });

  const sittingCall = async (facts: Parameters<PanelRecords['call']>[2] = {}): Promise<PanelCall> => {
    const made = await records.call(institutionId, coordinator.personId, facts);
    await records.panelist(made, chair.personId, { chair: true, most: 0 });
    for (const { personId } of panel) await records.panelist(made, personId);
    return made;
  };
  const applicant = (name = 'Rowan Pipette', facts: object = {}) => harness.person(institutionId, { name, ...facts });
  const refusalOf = ({ status, body }: { status: number; body: unknown }) => {
    const { refusal, facts } = body as { refusal: string; facts?: object };
    return { status, refusal, ...(facts ? { facts } : {}) };
  };
  const see = async (as = chair, of = call): Promise<PanelView> =>
    panelView.parse((await harness.get(`funding/calls/${of.id}/panel`, as)).body);
  const preview = async (as = chair, of = call): Promise<AssignmentPreview> =>
    assignmentPreview.parse((await harness.get(`funding/calls/${of.id}/panel/assignment`, as)).body);
  const assign = async (as = chair, of = call) =>
    harness.post(`funding/calls/${of.id}/panel/assign`, as, { hash: (await preview(as, of)).hash });
  const reading = async (as: SignedIn, of = call): Promise<ReadingView> =>
    readingView.parse((await harness.get(`funding/reading/${of.id}`, as)).body);
  const open = async (id: string, as: SignedIn): Promise<ReviewView> => {
    const answer = await harness.get(`funding/reviews/${id}`, as);
    expect(answer.status).toBe(200);
    return reviewView.parse(answer.body);
  };
  const content = (version: number, scores: readonly [number, number] | null = [4, 3], of = call) => ({
    version,
    scores: scores ? { [of.criteria[0]]: scores[0], [of.criteria[1]]: scores[1] } : {},
    commentToApplicant: 'A clear case.',
    privateComment: 'I would have liked more on cost.',
  });
  const stored = async (id: string) =>
    (
      await harness.sql<{
        status: ReviewStatus;
        score: number | null;
        version: number;
        recused_because: string | null;
      }>(`select status, score, version, recused_because from review where id = $1`, [id])
    )[0];
  const reviewers = (applicationId: string) =>
    harness.sql<{ id: string; panelist_id: string; status: ReviewStatus; replaces: string | null }>(
      `select r.id, r.panelist_id, r.status, r.replaces from review r join person p on p.id = r.panelist_id
       where r.application_id = $1 order by p.given_name, r.id`,
      [applicationId],
    );
  const mail = (personId: string) =>
    harness.sql<{ subject: string; body: string }>(
      `select m.subject, m.body from mail_message m join person p on p.email = m.recipient where p.id = $1 order by m.id`,
      [personId],
    );
  const [pip, quill, rhea, silas] = [0, 1, 2, 3].map((at) => () => panel[at] as SignedIn) as [
    () => SignedIn,
    () => SignedIn,
    () => SignedIn,
    () => SignedIn,
  ];

  describe('who sits on it', () => {
    const addTo = (personId: string, as = coordinator, of = call) =>
      harness.post(`funding/calls/${of.id}/panel/panelists`, as, { personId, chair: false, mostReviews: 12 });

    it('a coordinator adds a panelist, changes what they read and takes them off again', async () => {
      const personId = await applicant('Tamsin Torch');
      const added = await addTo(personId);
      expect(added.status).toBe(201);
      expect(panelView.parse(added.body).panelists).toContainEqual(
        expect.objectContaining({ id: personId, name: 'Tamsin Torch', chair: false, mostReviews: 12 }),
      );
      expect(refusalOf(await addTo(personId)).refusal).toBe('panelist-known');
      const path = `funding/calls/${call.id}/panel/panelists/${personId}`;
      const changed = await harness.put(path, coordinator, { chair: true, mostReviews: null });
      expect(panelView.parse(changed.body).panelists).toContainEqual(
        expect.objectContaining({ id: personId, chair: true, mostReviews: null }),
      );
      const removed = await harness.delete(path, coordinator);
      expect(panelView.parse(removed.body).panelists.map(({ id }) => id)).not.toContain(personId);
      expect(refusalOf(await harness.delete(path, coordinator)).refusal).toBe('not-found');
      const acts = await harness.sql<{ act: string }>(
        `select act from audit_entry where subject_id = $1 and act like 'panelist.%' order by id`,
        [call.id],
      );
      expect(acts.map(({ act }) => act)).toEqual(['panelist.add', 'panelist.change', 'panelist.remove']);
    });

    it('a chair runs the panel and does not make it up; a panelist and a stranger find no such page', async () => {
      const personId = await applicant();
      expect(refusalOf(await addTo(personId, chair))).toMatchObject({ status: 403, refusal: 'not-allowed' });
      expect(refusalOf(await addTo(personId, pip())).refusal).toBe('not-found');
      for (const as of [
        pip(),
        await harness.somebody(institutionId, []),
        await harness.somebody(institutionId, ['award-verifier']),
      ]) {
        expect(refusalOf(await harness.get(`funding/calls/${call.id}/panel`, as)).refusal).toBe('not-found');
      }
    });

    it('an auditor reads it, which is recorded, and does nothing', async () => {
      const auditor = await harness.somebody(institutionId, ['auditor']);
      await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
      const view = await see(auditor);
      expect(view.may).toMatchObject({ change: false, assign: false, reassign: false, startModeration: false });
      expect(view.declarations).toEqual([]);
      expect(refusalOf(await harness.get(`funding/calls/${call.id}/panel/assignment`, auditor)).refusal).toBe(
        'not-allowed',
      );
      expect(
        await harness.sql(`select 1 from audit_entry where act = 'audit.read' and subject_id = $1`, [call.id]),
      ).not.toEqual([]);
    });

    it('nobody who has left, is unknown or of another institution is added', async () => {
      expect(refusalOf(await addTo(await applicant('Left Already', { leftOn: '2026-04-01' }))).refusal).toBe(
        'person-left',
      );
      expect(refusalOf(await addTo(randomUUIDv7())).refusal).toBe('not-found');
      const elsewhere = await harness.institution('Hilltop University');
      expect(refusalOf(await addTo(await harness.person(elsewhere))).refusal).toBe('not-found');
    });

    it('who was given reviews stays, and so does the panel of a call whose scoring is over', async () => {
      const application = await records.application(call, await applicant());
      await records.review(call, application, pip().personId, 'reassigned');
      expect(
        refusalOf(await harness.delete(`funding/calls/${call.id}/panel/panelists/${pip().personId}`, coordinator))
          .refusal,
      ).toBe('panelist-has-reviews');
      const over = await records.call(institutionId, coordinator.personId, { status: 'moderation' });
      expect(refusalOf(await addTo(await applicant(), coordinator, over)).refusal).toBe('panel-settled');
    });
  });

  describe('assignment', () => {
    it('is previewed, then gives each application its readers evenly, with the facts of it and a letter to each', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, (_, at) => applicant(`Rowan Pipette${at}`)));
      for (const person of people) await records.application(call, person);
      const seen = await preview();
      expect(seen).toMatchObject({ kept: 0, added: 24, movedOn: 0, shortReviews: 0, short: [] });
      expect(seen.panelists.map(({ added }) => added).sort()).toEqual([0, 6, 6, 6, 6]);
      expect((await see()).applications).toEqual({ total: 8, complete: 0, short: 8 });
      const answer = await assign();
      expect(answer.status).toBe(200);
      const view = panelView.parse(answer.body);
      expect(view.applications).toEqual({ total: 8, complete: 0, short: 0 });
      expect(
        view.panelists.filter(({ chair: chairs }) => !chairs).map(({ assigned, unread }) => [assigned, unread]),
      ).toEqual(panel.map(() => [6, 6]));
      const facts = await harness.sql<{ count: number }>(
        `select count(*)::int as count from relationship l join review r on r.id = l.source_id
         where l.kind = 'reviews' and r.call_id = $1 and l.subject_id = r.panelist_id and l.until is null`,
        [call.id],
      );
      expect(facts[0]?.count).toBe(24);
      const letters = await mail(pip().personId);
      expect(letters).toHaveLength(1);
      expect(letters[0]?.subject).toContain('6 applications');
      expect(letters[0]?.body).toContain(`/funding/reading/${call.id}`);
      expect(await mail(chair.personId)).toEqual([]);
      const tasks = homeView.parse((await harness.get('home', pip())).body).tasks;
      expect(tasks).toContainEqual(expect.objectContaining({ kind: 'review-application', id: call.id, count: 6 }));
    });

    it('gives nobody themself, their manager, their reports, their pair or whom they declared', async () => {
      const head = await applicant('Head Above');
      await harness.sql(`update person set line_manager_id = $1 where id = $2`, [head, quill().personId]);
      const below = await applicant('Under Silas', { lineManagerId: silas().personId });
      const deeper = await applicant('Deeper Still', { lineManagerId: below });
      const mentee = await applicant('Former Mentee');
      const declared = await applicant('Old Friend');
      await harness.sql(
        `insert into relationship (institution_id, id, kind, subject_id, object_id, since, until, source_id)
         values ($1, $2, 'paired-with', $3, $4, now() - interval '3 years', now() - interval '2 years', $2)`,
        [institutionId, randomUUIDv7(), mentee, rhea().personId],
      );
      const kept: [string, string][] = [
        [pip().personId, pip().personId],
        [quill().personId, head],
        [silas().personId, below],
        [silas().personId, deeper],
        [rhea().personId, mentee],
        [pip().personId, declared],
      ];
      for (const id of new Set(kept.map(([, person]) => person))) await records.application(call, id);
      const declaring = await harness.post(`funding/reading/${call.id}/declarations`, pip(), {
        applicantId: declared,
        because: 'We share a house',
      });
      expect(declaring.status).toBe(201);
      await records.panelist(call, (await harness.somebody(institutionId, [], 'Extra Reader')).personId);
      const answer = await assign();
      expect(answer.status).toBe(200);
      expect(panelView.parse(answer.body).applications.short).toBe(0);
      for (const [panelistId, person] of kept) {
        const given = await harness.sql(
          `select 1 from review r join application a on a.id = r.application_id where r.panelist_id = $1 and a.person_id = $2`,
          [panelistId, person],
        );
        expect(given).toEqual([]);
      }
    });

    it('the database refuses a review of one’s own application, or of whom one declared', async () => {
      const own = await records.application(call, pip().personId);
      await expect(records.review(call, own, pip().personId, 'assigned')).rejects.toThrow(/interest/);
    });

    it('says who is short and why, and a later run fills what is missing and keeps what was begun', async () => {
      const small = await records.call(institutionId, coordinator.personId);
      for (const { personId } of panel.slice(0, 3)) await records.panelist(small, personId);
      const application = await records.application(
        small,
        await applicant('Rowan Pipette', { lineManagerId: pip().personId }),
      );
      const other = await records.application(small, await applicant('Sorrel Flask'));
      const seen = await preview(coordinator, small);
      expect(seen).toMatchObject({
        added: 5,
        shortReviews: 1,
        short: [
          {
            applicationId: application,
            applicant: 'Rowan Pipette',
            missing: 1,
            because: 'interests',
            couldRead: 2,
            inConflict: 1,
          },
        ],
      });
      expect((await assign(coordinator, small)).status).toBe(200);
      const [begun] = await reviewers(other);
      const reader = panel.find(({ personId }) => personId === begun?.panelist_id) as SignedIn;
      await harness.put(`funding/reviews/${begun?.id}`, reader, content(1, null, small));
      await records.panelist(small, silas().personId);
      const again = await preview(coordinator, small);
      expect(again).toMatchObject({ shortReviews: 0, short: [] });
      expect((await assign(coordinator, small)).status).toBe(200);
      expect(await stored(begun?.id ?? '')).toMatchObject({ status: 'drafting' });
      for (const id of [application, other]) {
        expect((await reviewers(id)).filter(({ status }) => status !== 'reassigned')).toHaveLength(3);
      }
    });

    it('what is confirmed is what was seen', async () => {
      await records.application(call, await applicant());
      const { hash } = await preview();
      await records.application(call, await applicant('Sorrel Flask'));
      expect(refusalOf(await harness.post(`funding/calls/${call.id}/panel/assign`, chair, { hash })).refusal).toBe(
        'changed-meanwhile',
      );
      expect((await see()).applications.short).toBe(2);
    });

    it('two at once assign once', async () => {
      for (let at = 0; at < 6; at += 1) await records.application(call, await applicant(`Rowan Pipette${at}`));
      const { hash } = await preview();
      const path = `funding/calls/${call.id}/panel/assign`;
      const answers = await Promise.all([
        harness.post(path, chair, { hash }),
        harness.post(path, coordinator, { hash }),
      ]);
      // The second finds the plan of the first, as readers to keep.
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
      const rows = await harness.sql<{ count: number }>(
        `select count(*)::int as count from review where call_id = $1`,
        [call.id],
      );
      expect(rows[0]?.count).toBe(18);
    });

    it('is refused without a panel, and unless the call is scoring', async () => {
      const bare = await records.call(institutionId, coordinator.personId);
      expect(refusalOf(await harness.get(`funding/calls/${bare.id}/panel/assignment`, coordinator)).refusal).toBe(
        'panel-empty',
      );
      const closed = await sittingCall({ status: 'closed' });
      expect(refusalOf(await harness.get(`funding/calls/${closed.id}/panel/assignment`, chair))).toMatchObject({
        refusal: 'scoring-closed',
        facts: { status: 'closed' },
      });
      const { hash } = await preview();
      expect(refusalOf(await harness.post(`funding/calls/${closed.id}/panel/assign`, chair, { hash })).refusal).toBe(
        'scoring-closed',
      );
    });
  });

  describe('a review', () => {
    let applicationId: string;
    let reviewId: string;
    beforeEach(async () => {
      applicationId = await records.application(call, await applicant());
      reviewId = await records.review(call, applicationId, pip().personId, 'assigned');
    });
    const deeds = ['submit', 'reopen', 'recuse', 'reassign'] as const;
    const move = async (deed: 'save' | (typeof deeds)[number], version = 1, as = pip()) => {
      if (deed === 'save') return harness.put(`funding/reviews/${reviewId}`, as, content(version));
      if (deed === 'submit') return harness.post(`funding/reviews/${reviewId}/submit`, as, content(version));
      if (deed === 'reopen') return harness.post(`funding/reviews/${reviewId}/reopen`, as, { version });
      if (deed === 'recuse') {
        return harness.post(`funding/reviews/${reviewId}/recuse`, as, { version, because: 'I taught them' });
      }
      return harness.post(`funding/reviews/${reviewId}/reassign`, chair, { version, panelistId: silas().personId });
    };

    it('drafts save themselves, the weighted score is exact, and submitting makes it count', async () => {
      const view = await open(reviewId, pip());
      expect(view).toMatchObject({
        status: 'assigned',
        position: 1,
        of: 1,
        may: { score: true, reopen: false, recuse: true },
      });
      const half = await harness.put(`funding/reviews/${reviewId}`, pip(), {
        ...content(view.version),
        scores: { [call.criteria[0]]: 5 },
      });
      expect(reviewSaved.parse(half.body)).toMatchObject({
        status: 'drafting',
        score: null,
        version: view.version + 1,
      });
      const saved = reviewSaved.parse(
        (await harness.put(`funding/reviews/${reviewId}`, pip(), content(view.version + 1))).body,
      );
      // 60 × 4/5 + 40 × 3/5 = 72.0
      expect(saved.score).toBe(720);
      expect(refusalOf(await move('save', view.version)).refusal).toBe('changed-meanwhile');
      const submitted = reviewSaved.parse((await move('submit', saved.version)).body);
      expect(submitted).toMatchObject({ status: 'submitted', score: 720 });
      const again = reviewSaved.parse((await move('reopen', submitted.version)).body);
      expect(again.status).toBe('drafting');
      expect(await open(reviewId, pip())).toMatchObject({
        scores: { [call.criteria[0]]: 4, [call.criteria[1]]: 3 },
        commentToApplicant: 'A clear case.',
        privateComment: 'I would have liked more on cost.',
      });
    });

    it('is not submitted with a criterion unscored, or scored by another rubric', async () => {
      const half = { ...content(1), scores: { [call.criteria[0]]: 5 } };
      expect(refusalOf(await harness.post(`funding/reviews/${reviewId}/submit`, pip(), half)).refusal).toBe(
        'scores-missing',
      );
      const strange = { ...content(1), scores: { [randomUUIDv7()]: 5 } };
      expect(refusalOf(await harness.put(`funding/reviews/${reviewId}`, pip(), strange)).refusal).toBe(
        'criterion-unknown',
      );
      for (const score of [6, -1, 2.5]) {
        const wrong = { ...content(1), scores: { [call.criteria[0]]: score } };
        expect(refusalOf(await harness.put(`funding/reviews/${reviewId}`, pip(), wrong)).refusal).toBe('invalid-input');
      }
      expect(await stored(reviewId)).toMatchObject({ status: 'assigned', version: 1 });
    });

    it.each<[ReviewStatus, Partial<Record<'save' | (typeof deeds)[number], ReviewStatus>>]>([
      ['assigned', { save: 'drafting', submit: 'submitted', recuse: 'recused', reassign: 'reassigned' }],
      ['drafting', { save: 'drafting', submit: 'submitted', recuse: 'recused', reassign: 'reassigned' }],
      ['submitted', { reopen: 'drafting', recuse: 'recused', reassign: 'reassigned' }],
      ['locked', {}],
      ['recused', { reassign: 'reassigned' }],
      ['reassigned', {}],
    ])('from %s goes only along its table', async (from, ways) => {
      expect(reviewStatuses).toContain(from);
      for (const deed of ['save', ...deeds] as const) {
        await harness.sql(`delete from review where application_id = $1`, [applicationId]);
        reviewId = await records.review(call, applicationId, pip().personId, from);
        const answer = await move(deed);
        const to = ways[deed];
        if (to)
          expect({ deed, status: answer.status, now: (await stored(reviewId))?.status }).toEqual({
            deed,
            status: 200,
            now: to,
          });
        else {
          // What is no longer theirs is not there for them.
          expect(['status-refused', 'not-found']).toContain(refusalOf(answer).refusal);
          expect(await stored(reviewId)).toMatchObject({ status: from, version: 1 });
        }
      }
    });

    it('nobody reads or writes somebody else’s, nor once the application is out of the running', async () => {
      for (const as of [quill(), chair, coordinator, await harness.somebody(institutionId, [])]) {
        expect(refusalOf(await harness.get(`funding/reviews/${reviewId}`, as)).refusal).toBe('not-found');
        expect(refusalOf(await move('save', 1, as)).refusal).toBe('not-found');
        expect(refusalOf(await move('submit', 1, as)).refusal).toBe('not-found');
        expect(refusalOf(await move('recuse', 1, as)).refusal).toBe('not-found');
      }
      await harness.sql(`update application set status = 'withdrawn' where id = $1`, [applicationId]);
      expect(refusalOf(await harness.get(`funding/reviews/${reviewId}`, pip())).refusal).toBe('not-found');
      expect((await reading(pip())).total).toBe(0);
    });

    it('is closed to writing once the call is no longer scoring, and to reading once it is decided', async () => {
      await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
      for (const deed of ['save', 'submit', 'recuse', 'reassign'] as const) {
        expect(refusalOf(await move(deed)).refusal).toBe('scoring-closed');
      }
      expect((await open(reviewId, pip())).may).toEqual({ score: false, reopen: false, recuse: false });
      await harness.sql(`update call set status = 'decided' where id = $1`, [call.id]);
      expect(refusalOf(await harness.get(`funding/reviews/${reviewId}`, pip())).refusal).toBe('not-found');
    });

    it('given back midway, the chair is told and gives it to the best who is free', async () => {
      await records.review(call, applicationId, quill().personId, 'assigned');
      expect((await move('recuse')).status).toBe(200);
      expect(await stored(reviewId)).toMatchObject({ status: 'recused', recused_because: 'I taught them' });
      expect((await mail(chair.personId)).map(({ subject }) => subject).join()).toContain('needs somebody else');
      const view = await see();
      expect(view.toReassign).toMatchObject([
        { reviewId, why: 'recused', because: 'I taught them', panelist: 'Pip Reader' },
      ]);
      const tasks = homeView.parse((await harness.get('home', chair)).body).tasks;
      expect(tasks).toContainEqual(expect.objectContaining({ kind: 'reassign-review', id: call.id, count: 1 }));
      const free = replacements.parse((await harness.get(`funding/reviews/${reviewId}/replacements`, chair)).body);
      expect(free.rows.map(({ name }) => name).sort()).toEqual(['Rhea Reader', 'Silas Reader']);
      for (const [panelistId, refusal] of [
        [pip().personId, 'panelist-reads-already'],
        [quill().personId, 'panelist-reads-already'],
        [chair.personId, 'panelist-full'],
        [coordinator.personId, 'not-on-panel'],
      ] as const) {
        const answer = await harness.post(`funding/reviews/${reviewId}/reassign`, chair, { version: 2, panelistId });
        expect(refusalOf(answer).refusal).toBe(refusal);
      }
      const done = await harness.post(`funding/reviews/${reviewId}/reassign`, chair, {
        version: 2,
        panelistId: silas().personId,
      });
      expect(panelView.parse(done.body).toReassign).toEqual([]);
      expect(await reviewers(applicationId)).toMatchObject([
        { status: 'reassigned' },
        { status: 'assigned', panelist_id: quill().personId },
        { status: 'assigned', panelist_id: silas().personId, replaces: reviewId },
      ]);
      expect((await mail(silas().personId)).map(({ subject }) => subject).join()).toContain('One more application');
      expect((await mail(pip().personId)).map(({ subject }) => subject)).toEqual([]);
    });

    it('is not given to who has an interest', async () => {
      await harness.sql(
        `update person set line_manager_id = $1 where id = (select person_id from application where id = $2)`,
        [silas().personId, applicationId],
      );
      expect(refusalOf(await move('reassign')).refusal).toBe('panelist-has-interest');
    });

    it('two reassignments at once: one holds', async () => {
      const path = `funding/reviews/${reviewId}/reassign`;
      const answers = await Promise.all(
        [rhea(), silas()].map(({ personId }) => harness.post(path, chair, { version: 1, panelistId: personId })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect((await reviewers(applicationId)).filter(({ status }) => status === 'assigned')).toHaveLength(1);
    });

    it('given back and submitted at once: one holds', async () => {
      const answers = await Promise.all([move('recuse'), move('submit')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(['recused', 'submitted']).toContain((await stored(reviewId))?.status);
    });

    it('a double click submits once', async () => {
      const key = '0198a000-0000-7000-8000-000000000001';
      const twice = () =>
        harness.ask('POST', `funding/reviews/${reviewId}/submit`, { as: pip(), body: content(1), key });
      const answers = await Promise.all([twice(), twice()]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await stored(reviewId)).toMatchObject({ status: 'submitted', version: 2 });
    });

    it('rolls back whole: no letter, no reader, no mark of it', async () => {
      await harness.sql(
        `create function fails() returns trigger language plpgsql as $$ begin raise exception 'arranged'; end $$`,
      );
      await harness.sql(`create trigger fails before insert on mail_message for each row execute function fails()`);
      try {
        expect((await move('reassign')).status).toBe(500);
      } finally {
        await harness.sql(`drop trigger fails on mail_message`);
        await harness.sql(`drop function fails()`);
      }
      expect(await reviewers(applicationId)).toMatchObject([{ id: reviewId, status: 'assigned' }]);
    });

    it('unread for a week it is chased once, and after a fortnight the chair is told', async () => {
      await records.review(call, applicationId, quill().personId, 'assigned');
      await open(await records.review(call, applicationId, rhea().personId, 'assigned'), rhea());
      clock.moveTo(days(6.9));
      await harness.tick('chase-reviews');
      expect(await mail(pip().personId)).toEqual([]);
      clock.moveTo(days(7.1));
      await harness.tick('chase-reviews');
      await harness.tick('chase-reviews');
      expect((await mail(pip().personId)).map(({ subject }) => subject)).toEqual([
        expect.stringContaining('not opened yet'),
      ]);
      expect(await mail(rhea().personId)).toEqual([]);
      expect((await see(await harness.signIn(institutionId, chair.personId))).toReassign).toEqual([]);
      clock.moveTo(days(14.1));
      const late = await harness.signIn(institutionId, chair.personId);
      expect((await see(late)).toReassign.map(({ why }) => why)).toEqual(['unread', 'unread']);
      const tasks = homeView.parse((await harness.get('home', late)).body).tasks;
      expect(tasks).toContainEqual(expect.objectContaining({ kind: 'reassign-review', count: 2 }));
    });

    it('a panelist who leaves: what they had not submitted goes to somebody else', async () => {
      const second = await records.application(call, await applicant('Sorrel Flask'));
      const done = await records.review(call, second, pip().personId, 'submitted');
      await harness.sql(`update person set left_on = '2026-05-01' where id = $1`, [pip().personId]);
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at) values ($1, $2, 'person.left', $3, now())`,
        [randomUUIDv7(), institutionId, JSON.stringify({ personId: pip().personId, lastDay: '2026-05-01' })],
      );
      await harness.until(
        () => stored(reviewId),
        (row) => row?.status === 'reassigned',
      );
      expect((await reviewers(applicationId)).filter(({ status }) => status === 'assigned')).toHaveLength(1);
      expect(await stored(done)).toMatchObject({ status: 'submitted' });
    });
  });

  describe('interests', () => {
    const declare = (applicantId: string, as = pip(), of = call) =>
      harness.post(`funding/reading/${of.id}/declarations`, as, { applicantId, because: 'We share a house' });
    const list = async (as = pip(), of = call, query = '') =>
      applicantsPage.parse((await harness.get(`funding/reading/${of.id}/applicants?${query}`, as)).body);

    it('are declared against people by name, found by search, and taken back', async () => {
      const rowan = await applicant('Rowan Pipette');
      const under = await applicant('Under Pip', { lineManagerId: pip().personId });
      for (const id of [rowan, under]) await records.application(call, id, { status: 'submitted' });
      await records.application(call, await applicant('Still Writing'), { status: 'draft' });
      expect((await list()).rows.map(({ name, interest }) => [name, interest])).toEqual([
        ['Under Pip', 'manager'],
        ['Rowan Pipette', null],
      ]);
      expect((await list(pip(), call, 'search=pipet')).rows.map(({ name }) => name)).toEqual(['Rowan Pipette']);
      const { id } = interestDeclared.parse((await declare(rowan)).body);
      expect(refusalOf(await declare(rowan)).refusal).toBe('interest-declared');
      expect((await list()).rows.find(({ id: person }) => person === rowan)).toMatchObject({
        interest: 'declared',
        declarationId: id,
        because: 'We share a house',
      });
      expect(
        await harness.sql(`select 1 from relationship where kind = 'declared' and source_id = $1 and until is null`, [
          id,
        ]),
      ).toHaveLength(1);
      expect((await see()).declarations).toMatchObject([
        { panelist: 'Pip Reader', applicant: 'Rowan Pipette', because: 'We share a house', withdrawnAt: null },
      ]);
      expect(refusalOf(await harness.post(`funding/declarations/${id}/withdraw`, quill())).refusal).toBe('not-found');
      expect((await harness.post(`funding/declarations/${id}/withdraw`, pip())).status).toBe(200);
      expect(refusalOf(await harness.post(`funding/declarations/${id}/withdraw`, pip())).refusal).toBe(
        'changed-meanwhile',
      );
      expect(await harness.sql(`select 1 from relationship where source_id = $1 and until is null`, [id])).toEqual([]);
      expect((await see()).declarations[0]?.withdrawnAt).not.toBeNull();
    });

    it('during reading give the review back at once, and it is not theirs to read any more', async () => {
      const rowan = await applicant('Rowan Pipette');
      const application = await records.application(call, rowan);
      const review = await records.review(call, application, pip().personId, 'submitted');
      const answer = interestDeclared.parse((await declare(rowan)).body);
      expect(answer.recused).toBe(1);
      expect(await stored(review)).toMatchObject({ status: 'recused', recused_because: 'We share a house' });
      expect(refusalOf(await harness.get(`funding/reviews/${review}`, pip())).refusal).toBe('not-found');
      expect((await see()).toReassign).toMatchObject([{ why: 'recused' }]);
      // Taking the declaration back does not give the review back.
      await harness.post(`funding/declarations/${answer.id}/withdraw`, pip());
      expect((await reading(pip())).total).toBe(0);
    });

    it('are refused of oneself, of who did not apply, by who does not sit, and once it is decided', async () => {
      const rowan = await applicant();
      await records.application(call, rowan);
      await records.application(call, pip().personId);
      expect(refusalOf(await declare(pip().personId)).refusal).toBe('interest-known');
      expect(refusalOf(await declare(await applicant('Nobody Here'))).refusal).toBe('not-found');
      expect(refusalOf(await declare(rowan, coordinator)).refusal).toBe('not-found');
      expect(refusalOf(await harness.get(`funding/reading/${call.id}/applicants`, coordinator)).refusal).toBe(
        'not-found',
      );
      await harness.sql(`update call set status = 'decided' where id = $1`, [call.id]);
      expect(refusalOf(await declare(rowan)).refusal).toBe('scoring-closed');
    });

    it('are not taken back once scores are open', async () => {
      const rowan = await applicant();
      await records.application(call, rowan);
      const { id } = interestDeclared.parse((await declare(rowan)).body);
      await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
      expect(refusalOf(await harness.post(`funding/declarations/${id}/withdraw`, pip())).refusal).toBe(
        'scoring-closed',
      );
    });
  });

  it('progress by application: filtered by how far it is, and kept as a file', async () => {
    const short = await records.application(call, await applicant('Ash Short'), { reference: 'CF26-0001' });
    const waiting = await records.application(call, await applicant('Birch Waiting'), { reference: 'CF26-0002' });
    const complete = await records.application(call, await applicant('Cedar Complete'), { reference: 'CF26-0003' });
    await records.review(call, short, pip().personId, 'drafting');
    for (const at of [0, 1, 2]) {
      await records.review(call, waiting, panel[at]?.personId ?? '', at === 0 ? 'assigned' : 'submitted');
      await records.review(call, complete, panel[at]?.personId ?? '', 'submitted');
    }
    const list = async (query: string) =>
      panelApplicationsPage.parse(
        (await harness.get(`funding/calls/${call.id}/panel/applications?${query}`, chair)).body,
      );
    for (const [state, reference] of [
      ['short', 'CF26-0001'],
      ['waiting', 'CF26-0002'],
      ['complete', 'CF26-0003'],
    ]) {
      expect((await list(`state=${state}`)).rows.map((row) => row.reference)).toEqual([reference]);
    }
    expect((await list('search=0003')).rows).toMatchObject([{ applicant: 'Cedar Complete', wanted: 3, submitted: 3 }]);
    expect((await list(`panelistId=${silas().personId}`)).total).toBe(0);
    const file = await harness.get(`funding/calls/${call.id}/panel/applications/export?format=csv`, chair);
    expect(String(file.body)).toContain('CF26-0002,Birch Waiting,3,2,');
    expect(String(file.body)).not.toMatch(/\b72\b/);
  });
});
