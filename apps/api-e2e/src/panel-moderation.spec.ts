import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  homeView,
  moderatedApplication,
  type ModeratedApplication,
  moderationStarted,
  moderationView,
  type ModerationView,
  panelApplicationsPage,
  panelView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { type PanelCall, PanelRecords } from './panel-records';

describe('moderation', () => {
  const clock = new MovedClock(new Date('2026-05-04T08:00:00.000Z'));
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
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Ada Beaker');
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    chair = await harness.somebody(institutionId, [], 'Clementine Chair');
    panel = [];
    for (const name of ['Pip Reader', 'Quill Reader', 'Rhea Reader', 'Silas Reader']) {
      panel.push(await harness.somebody(institutionId, [], name));
    }
    call = await records.call(institutionId, coordinator.personId);
    await records.panelist(call, chair.personId, { chair: true, most: 0 });
    for (const { personId } of panel) await records.panelist(call, personId);
  });

  const refusalOf = ({ status, body }: { status: number; body: unknown }) => {
    const { refusal, facts } = body as { refusal: string; facts?: object };
    return { status, refusal, ...(facts ? { facts } : {}) };
  };
  const reader = (at: number): SignedIn => panel[at] as SignedIn;
  type Scores = readonly (readonly [number, number] | 'assigned')[];
  /** An application with a review of each of the first panelists. */
  const scored = async (reference: string, scores: Scores, person?: string) => {
    const personId = person ?? (await harness.person(institutionId, { name: `Of ${reference}` }));
    const id = await records.application(call, personId, { reference });
    const reviews: string[] = [];
    for (const [at, score] of scores.entries()) {
      reviews.push(
        score === 'assigned'
          ? await records.review(call, id, reader(at).personId, 'assigned')
          : await records.review(call, id, reader(at).personId, 'submitted', score),
      );
    }
    return { id, personId, reviews };
  };
  const version = async (): Promise<number> =>
    (await harness.sql<{ version: number }>(`select version from call where id = $1`, [call.id]))[0]?.version ?? 0;
  const start = async (as = chair) =>
    harness.post(`funding/calls/${call.id}/start-moderation`, as, { version: await version() });
  const started = async (as = chair) => {
    const answer = await start(as);
    expect(answer.status).toBe(200);
    return moderationStarted.parse(answer.body);
  };
  const see = async (query = '', as = chair): Promise<ModerationView> =>
    moderationView.parse((await harness.get(`funding/calls/${call.id}/moderation?${query}`, as)).body);
  const one = async (id: string, as = chair): Promise<ModeratedApplication> =>
    moderatedApplication.parse((await harness.get(`funding/calls/${call.id}/moderation/${id}`, as)).body);
  const statuses = async () => ({
    call: (await harness.sql<{ status: string }>(`select status from call where id = $1`, [call.id]))[0]?.status,
    applications: (
      await harness.sql<{ status: string }>(`select status from application where call_id = $1 order by reference`, [
        call.id,
      ])
    ).map(({ status }) => status),
    reviews: (
      await harness.sql<{ status: string }>(
        `select r.status from review r join application a on a.id = r.application_id join person p on p.id = r.panelist_id
         where r.call_id = $1 order by a.reference, p.given_name`,
        [call.id],
      )
    ).map(({ status }) => status),
  });
  const events = (applicationId: string) =>
    harness.sql<{ kind: string; by_person: string }>(
      `select kind, by_person from application_event where application_id = $1 order by id`,
      [applicationId],
    );

  const full = [
    [4, 3],
    [5, 5],
    [2, 1],
  ] as const;

  it('begins when every application has its reviews: they are locked, applications are scored, timelines say so', async () => {
    const a = await scored('CF26-0001', full);
    const b = await scored('CF26-0002', [...full, 'assigned']);
    expect(await started()).toEqual({ callId: call.id, applications: 2, reviews: 6 });
    expect(await statuses()).toEqual({
      call: 'moderation',
      applications: ['scored', 'scored'],
      reviews: ['locked', 'locked', 'locked', 'locked', 'locked', 'locked', 'reassigned'],
    });
    expect(await events(a.id)).toMatchObject([{ kind: 'scored', by_person: chair.personId }]);
    const stillReviews = await harness.sql(`select 1 from relationship where source_id = $1 and until is null`, [
      b.reviews[3],
    ]);
    expect(stillReviews).toEqual([]);
    const tasks = homeView.parse((await harness.get('home', chair)).body).tasks;
    expect(tasks).toContainEqual(expect.objectContaining({ kind: 'moderate-call', id: call.id }));
  });

  it('is refused while reviews are missing, with how many; and with nothing to moderate', async () => {
    expect(refusalOf(await start()).refusal).toBe('nothing-to-moderate');
    await scored('CF26-0001', full);
    await scored('CF26-0002', [[1, 1], [2, 2], 'assigned']);
    await scored('CF26-0003', [[1, 1]]);
    expect(refusalOf(await start())).toEqual({ status: 409, refusal: 'reviews-missing', facts: { applications: 2 } });
    expect((await statuses()).call).toBe('scoring');
    const view = panelView.parse((await harness.get(`funding/calls/${call.id}/panel`, chair)).body);
    expect(view.applications).toEqual({ total: 3, complete: 1, short: 1 });
    expect(view.may.startModeration).toBe(false);
  });

  it('is for chair and coordinator, on the call as they saw it, and from scoring alone', async () => {
    await scored('CF26-0001', full);
    expect(refusalOf(await start(reader(0))).refusal).toBe('not-found');
    const auditor = await harness.somebody(institutionId, ['auditor']);
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    expect(refusalOf(await start(auditor)).refusal).toBe('not-allowed');
    expect(
      refusalOf(await harness.post(`funding/calls/${call.id}/start-moderation`, chair, { version: 99 })).refusal,
    ).toBe('changed-meanwhile');
    for (const status of ['draft', 'open', 'closed', 'moderation', 'decided', 'archived']) {
      await harness.sql(`update call set status = $1 where id = $2`, [status, call.id]);
      expect(refusalOf(await start(coordinator))).toMatchObject({ refusal: 'status-refused', facts: { from: status } });
    }
  });

  it('scoring closes once under two who close it, and a review submitted at that moment is in or out, never half', async () => {
    const { reviews, id } = await scored('CF26-0001', [...full, 'assigned']);
    const late = {
      version: 1,
      scores: { [call.criteria[0]]: 5, [call.criteria[1]]: 5 },
      commentToApplicant: '',
      privateComment: '',
    };
    const [first, second, submitted] = await Promise.all([
      start(),
      start(coordinator),
      harness.post(`funding/reviews/${reviews[3]}/submit`, reader(3), late),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const [row] = await harness.sql<{ status: string }>(`select status from review where id = $1`, [reviews[3]]);
    expect(row?.status).toBe(submitted.status === 200 ? 'locked' : 'reassigned');
    expect(await events(id)).toHaveLength(1);
  });

  it('rolls back whole where the timeline cannot be written', async () => {
    await scored('CF26-0001', full);
    await harness.sql(
      `create function fails() returns trigger language plpgsql as $$ begin raise exception 'arranged'; end $$`,
    );
    await harness.sql(`create trigger fails before insert on application_event for each row execute function fails()`);
    try {
      expect((await start()).status).toBe(500);
    } finally {
      await harness.sql(`drop trigger fails on application_event`);
      await harness.sql(`drop function fails()`);
    }
    expect(await statuses()).toEqual({
      call: 'scoring',
      applications: ['eligible'],
      reviews: ['submitted', 'submitted', 'submitted'],
    });
  });

  it('before the close nobody sees scores but their own: neither chair nor coordinator, on any route', async () => {
    const { id, reviews } = await scored('CF26-0001', full);
    for (const as of [chair, coordinator, reader(1)]) {
      for (const path of [
        `funding/calls/${call.id}/moderation`,
        `funding/calls/${call.id}/moderation/export`,
        `funding/calls/${call.id}/moderation/${id}`,
      ]) {
        expect(['scores-not-open', 'not-found']).toContain(refusalOf(await harness.get(path, as)).refusal);
      }
      for (const path of [
        `funding/calls/${call.id}/panel`,
        `funding/calls/${call.id}/panel/applications`,
        `funding/calls/${call.id}/panel/applications/export`,
        `funding/reviews/${reviews[0]}/replacements`,
        `funding/reviews/${reviews[0]}`,
      ]) {
        const { body } = await harness.get(path, as);
        expect(JSON.stringify(body)).not.toMatch(/\b720\b|"score|72\.0/);
      }
    }
  });

  it('shows mean, spread and every review, the widest first, by filter, page and as a file', async () => {
    await scored('CF26-0001', full); // 720, 1000, 320
    await scored('CF26-0002', [
      [3, 3],
      [3, 3],
      [3, 4],
    ]); // 600, 600, 680
    await started();
    const view = await see();
    expect(view.rows.map(({ reference, mean, spread }) => [reference, mean, spread])).toEqual([
      ['CF26-0001', 680, 680],
      // 626.66…, cut as the workbench and the letters cut it.
      ['CF26-0002', 626, 80],
    ]);
    expect(view.rows[0]?.reviews.map(({ panelist, score }) => [panelist, score])).toEqual([
      ['Pip Reader', 720],
      ['Quill Reader', 1000],
      ['Rhea Reader', 320],
    ]);
    expect(view.totals).toEqual({ applications: 2, mean: 653, widest: 680 });
    expect(view.call.bar).toBe(500);
    // Pip: (720 − 660 + 600 − 640) / 2 = 10; Quill: (1000 − 520 + 600 − 640) / 2 = 220; Rhea: (320 − 860 + 680 − 600) / 2 = −230
    expect(view.calibration.map(({ name, reviews, offset }) => [name, reviews, offset])).toEqual([
      ['Rhea Reader', 2, -230],
      ['Quill Reader', 2, 220],
      ['Pip Reader', 2, 10],
    ]);
    expect((await see('spreadAtLeast=100')).rows.map(({ reference }) => reference)).toEqual(['CF26-0001']);
    expect((await see('sort=mean&pageSize=1')).rows.map(({ reference }) => reference)).toEqual(['CF26-0002']);
    expect((await see(`panelistId=${reader(3).personId}`)).total).toBe(0);
    expect((await see('search=0002')).total).toBe(1);
    const file = await harness.get(`funding/calls/${call.id}/moderation/export?sort=reference`, chair);
    expect(String(file.body).split(/\r?\n/)[1]).toContain('CF26-0001,Of CF26-0001,£500.00,68,68,Pip Reader,72');
  });

  it('the application with each review, its comments apart, and a note that two tabs do not overwrite', async () => {
    const { id } = await scored('CF26-0001', full);
    await harness.sql(
      `update review set private_comment = 'Between us', comment_to_applicant = 'Well argued' where call_id = $1`,
      [call.id],
    );
    await started();
    const view = await one(id);
    expect(view).toMatchObject({ mean: 680, spread: 680, note: { words: '', version: 0 }, may: { note: true } });
    expect(view.reviews[0]).toMatchObject({
      panelist: 'Pip Reader',
      score: 720,
      commentToApplicant: 'Well argued',
      privateComment: 'Between us',
    });
    expect(view.substitutes.map(({ name }) => name)).toEqual(['Silas Reader']);
    const path = `funding/calls/${call.id}/moderation/${id}/note`;
    const written = await harness.put(path, chair, { version: 0, words: 'Readers differ on novelty' });
    expect(moderatedApplication.parse(written.body).note).toMatchObject({
      words: 'Readers differ on novelty',
      version: 1,
      by: 'Clementine Chair',
    });
    expect(refusalOf(await harness.put(path, coordinator, { version: 0, words: 'Mine' })).refusal).toBe(
      'changed-meanwhile',
    );
    expect((await harness.put(path, coordinator, { version: 1, words: 'Ours' })).status).toBe(200);
    expect((await see()).rows[0]?.noted).toBe(true);
    expect(refusalOf(await harness.put(path, reader(0), { version: 2, words: 'x' })).refusal).toBe('not-found');
    await harness.sql(`update call set status = 'decided' where id = $1`, [call.id]);
    expect(refusalOf(await harness.put(path, chair, { version: 2, words: 'x' })).refusal).toBe('scoring-closed');
    expect((await one(id)).may.note).toBe(false);
  });

  describe('back to scoring', () => {
    const back = async (reviews: { id: string; substituteId: string | null }[], as = chair) =>
      harness.post(`funding/calls/${call.id}/back-to-scoring`, as, {
        version: await version(),
        because: 'Please read the costs again',
        reviews,
      });

    it('opens the chosen review for its reader again, keeps the others locked, and scores anew afterwards', async () => {
      const a = await scored('CF26-0001', full);
      await scored('CF26-0002', full);
      await started();
      const answer = await back([{ id: a.reviews[2] ?? '', substituteId: null }]);
      expect(answer.status).toBe(200);
      expect(await statuses()).toEqual({
        call: 'scoring',
        applications: ['eligible', 'scored'],
        reviews: ['locked', 'locked', 'drafting', 'locked', 'locked', 'locked'],
      });
      expect(await events(a.id)).toMatchObject([{ kind: 'scored' }, { kind: 'eligible' }]);
      const letters = await harness.sql<{ body: string }>(
        `select m.body from mail_message m join person p on p.email = m.recipient where p.id = $1`,
        [reader(2).personId],
      );
      expect(letters[0]?.body).toContain('Please read the costs again');
      expect(refusalOf(await start())).toMatchObject({ refusal: 'reviews-missing', facts: { applications: 1 } });
      const [row] = await harness.sql<{ version: number }>(`select version from review where id = $1`, [a.reviews[2]]);
      const again = await harness.post(`funding/reviews/${a.reviews[2]}/submit`, reader(2), {
        version: row?.version,
        scores: { [call.criteria[0]]: 4, [call.criteria[1]]: 4 },
        commentToApplicant: '',
        privateComment: '',
      });
      expect(again.status).toBe(200);
      // The others were never open.
      expect(
        refusalOf(await harness.post(`funding/reviews/${a.reviews[0]}/reopen`, reader(0), { version: 2 })).refusal,
      ).toBe('status-refused');
      await started();
      expect((await one(a.id)).reviews.map(({ score }) => score)).toEqual([720, 1000, 800]);
    });

    it('or gives it to a substitute', async () => {
      const a = await scored('CF26-0001', full);
      await started();
      const answer = await back([{ id: a.reviews[2] ?? '', substituteId: reader(3).personId }]);
      expect(answer.status).toBe(200);
      const rows = await harness.sql<{ status: string; panelist_id: string; replaces: string | null }>(
        `select r.status, r.panelist_id, r.replaces from review r join person p on p.id = r.panelist_id
         where r.application_id = $1 order by p.given_name`,
        [a.id],
      );
      expect(rows).toMatchObject([
        { status: 'locked' },
        { status: 'locked' },
        { status: 'reassigned' },
        { status: 'assigned', panelist_id: reader(3).personId, replaces: a.reviews[2] },
      ]);
    });

    it('is refused whole for a substitute who may not, a review elsewhere, and from any other status', async () => {
      const a = await scored('CF26-0001', full);
      await started();
      expect(refusalOf(await back([{ id: a.reviews[2] ?? '', substituteId: reader(0).personId }])).refusal).toBe(
        'panelist-not-free',
      );
      expect(refusalOf(await back([{ id: randomUUIDv7(), substituteId: null }])).refusal).toBe('not-found');
      expect(refusalOf(await back([{ id: a.reviews[2] ?? '', substituteId: null }], reader(0))).refusal).toBe(
        'not-found',
      );
      expect((await statuses()).reviews).toEqual(['locked', 'locked', 'locked']);
      for (const status of ['scoring', 'decided', 'archived']) {
        await harness.sql(`update call set status = $1 where id = $2`, [status, call.id]);
        expect(refusalOf(await back([{ id: a.reviews[2] ?? '', substituteId: null }]))).toMatchObject({
          refusal: 'status-refused',
          facts: { from: status },
        });
      }
    });

    it('twice at once goes back once', async () => {
      const a = await scored('CF26-0001', full);
      await started();
      const at = await version();
      const body = { version: at, because: 'Again', reviews: [{ id: a.reviews[0], substituteId: null }] };
      const answers = await Promise.all([
        harness.post(`funding/calls/${call.id}/back-to-scoring`, chair, body),
        harness.post(`funding/calls/${call.id}/back-to-scoring`, coordinator, body),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('whoever has an interest', () => {
    /** Three applications; the chair manages the applicant of the second, the coordinator sits on the panel and is paired with them. */
    const kept = async () => {
      const theirs = await harness.person(institutionId, { name: 'Kanarie Applicant', lineManagerId: chair.personId });
      await harness.sql(
        `insert into relationship (institution_id, id, kind, subject_id, object_id, since, source_id)
         values ($1, $2, 'buddy-of', $3, $4, now(), $2)`,
        [institutionId, randomUUIDv7(), coordinator.personId, theirs],
      );
      await records.panelist(call, coordinator.personId, { most: 0 });
      const a = await scored('CF26-0001', full);
      const b = await scored(
        'CF26-0777',
        [
          [5, 5],
          [5, 5],
          [0, 0],
        ],
        theirs,
      );
      const c = await scored('CF26-0003', [
        [3, 3],
        [3, 3],
        [3, 4],
      ]);
      return { a, b, c };
    };
    /** Every way there is to look at a call’s panel, with what it answers. */
    const looks = async (as: SignedIn, hidden: { id: string; reviews: string[] }) => {
      const call_ = `funding/calls/${call.id}`;
      const paths = [
        `${call_}/panel`,
        `${call_}/panel/applications`,
        `${call_}/panel/applications?search=0777`,
        `${call_}/panel/applications?panelistId=${reader(0).personId}`,
        `${call_}/panel/applications/export`,
        `${call_}/panel/applications/export?format=csv&state=complete`,
        `${call_}/panel/assignment`,
        `${call_}/moderation`,
        `${call_}/moderation?sort=-mean`,
        `${call_}/moderation?spreadAtLeast=900`,
        `${call_}/moderation?search=0777`,
        `${call_}/moderation?panelistId=${reader(2).personId}`,
        `${call_}/moderation/export`,
        `${call_}/moderation/export?spreadAtLeast=900`,
        `${call_}/moderation/${hidden.id}`,
        `funding/reviews/${hidden.reviews[0]}`,
        `funding/reviews/${hidden.reviews[0]}/replacements`,
        'home',
      ];
      const answers: unknown[] = [];
      for (const path of paths) {
        const { status, body } = await harness.get(path, as);
        answers.push({ status, body });
      }
      return answers;
    };
    const scrub = (answers: readonly unknown[]): string =>
      JSON.stringify(answers).replaceAll(/"(correlationId|hash|version)":("[^"]*"|\d+)/g, '');

    it('nothing in any list, count, export, rank or average changes with what the kept application scores', async () => {
      const { a, b } = await kept();
      for (const [who, as] of [
        ['chair', chair],
        ['coordinator', coordinator],
      ] as const) {
        await harness.sql(`update call set status = 'scoring' where id = $1`, [call.id]);
        await harness.sql(`update application set status = 'eligible' where call_id = $1`, [call.id]);
        await harness.sql(`update review set status = 'submitted' where call_id = $1 and score is not null`, [call.id]);
        const progress = scrub(await looks(as, b));
        expect({ who, seen: progress.includes('CF26-0001') }).toEqual({ who, seen: true });
        expect(progress).not.toMatch(/CF26-0777|Kanarie/);
        expect(progress).not.toContain(b.id);
        for (const review of b.reviews) expect(progress).not.toContain(review);
        // How far its readers are shows nowhere either.
        await harness.sql(`update review set status = 'drafting' where id = $1`, [b.reviews[1]]);
        expect(scrub(await looks(as, b))).toBe(progress);
        await harness.sql(`update review set status = 'submitted' where id = $1`, [b.reviews[1]]);

        await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
        await harness.sql(`update application set status = 'scored' where call_id = $1`, [call.id]);
        await harness.sql(`update review set status = 'locked' where call_id = $1 and status = 'submitted'`, [call.id]);
        const before = scrub(await looks(as, b));
        expect(before).toContain('"mean":680');
        expect(before).not.toMatch(/CF26-0777|Kanarie/);
        // Two looks, or two exports, with other scores between them: their difference says nothing.
        await harness.sql(`update review set score = 40, scores = '{}' where application_id = $1`, [b.id]);
        expect(scrub(await looks(as, b))).toBe(before);
        await harness.sql(`update review set score = 1000 where id = $1`, [b.reviews[2]]);
        expect(scrub(await looks(as, b))).toBe(before);
        // Of what they may see it does show, so the look is no blank.
        await harness.sql(`update review set score = score - 120 where id = $1`, [a.reviews[0]]);
        expect(scrub(await looks(as, b))).not.toBe(before);
        await harness.sql(`update review set score = score + 120 where id = $1`, [a.reviews[0]]);
      }
    });

    it('reaches none of its deeds', async () => {
      const { b } = await kept();
      const deed = (path: string, body: object) => harness.post(path, chair, body);
      expect(
        refusalOf(
          await deed(`funding/reviews/${b.reviews[0]}/reassign`, { version: 1, panelistId: reader(3).personId }),
        ).refusal,
      ).toBe('not-found');
      await started(
        await harness.somebody(institutionId, ['coordinator']).then(async (other) => {
          await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
          return other;
        }),
      );
      expect(
        refusalOf(
          await deed(`funding/calls/${call.id}/back-to-scoring`, {
            version: await version(),
            because: 'x',
            reviews: [{ id: b.reviews[0], substituteId: null }],
          }),
        ).refusal,
      ).toBe('not-found');
      expect(
        refusalOf(
          await harness.put(`funding/calls/${call.id}/moderation/${b.id}/note`, chair, { version: 0, words: 'x' }),
        ).refusal,
      ).toBe('not-found');
    });

    it('is told that something they may not see lacks reviews, without how much', async () => {
      const { b } = await kept();
      await harness.sql(`update review set status = 'drafting' where id = any ($1)`, [[b.reviews[0], b.reviews[1]]]);
      expect(refusalOf(await start())).toEqual({ status: 409, refusal: 'reviews-missing-elsewhere' });
    });

    it('a reader with an interest that came later finds neither the application nor their own review of it', async () => {
      const { a } = await kept();
      await harness.sql(`update person set line_manager_id = $1 where id = $2`, [reader(0).personId, a.personId]);
      for (const path of [`funding/reviews/${a.reviews[0]}`, `funding/reading/${call.id}/pack?part=2`]) {
        expect(refusalOf(await harness.get(path, reader(0))).refusal).toBe('not-found');
      }
      const list = JSON.stringify((await harness.get(`funding/reading/${call.id}`, reader(0))).body);
      expect(list).not.toContain('CF26-0001');
      expect(list).toContain('CF26-0003');
      const file = String((await harness.get(`funding/reading/${call.id}/export`, reader(0))).body);
      expect(file).not.toContain('CF26-0001');
    });
  });

  it('another institution finds none of it', async () => {
    const { id, reviews } = await scored('CF26-0001', full);
    const elsewhere = await harness.institution('Hilltop University');
    const stranger = await harness.somebody(elsewhere, ['coordinator']);
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [elsewhere]);
    const base = `funding/calls/${call.id}`;
    for (const path of [
      `${base}/panel`,
      `${base}/panel/applications`,
      `${base}/panel/applications/export`,
      `${base}/panel/assignment`,
      `${base}/moderation`,
      `${base}/moderation/export`,
      `${base}/moderation/${id}`,
      `funding/reading/${call.id}`,
      `funding/reading/${call.id}/export`,
      `funding/reading/${call.id}/pack`,
      `funding/reading/${call.id}/applicants`,
      `funding/reviews/${reviews[0]}`,
      `funding/reviews/${reviews[0]}/replacements`,
    ]) {
      expect({ path, ...refusalOf(await harness.get(path, stranger)) }).toMatchObject({ path, refusal: 'not-found' });
    }
    const posts: [string, object][] = [
      [`${base}/panel/panelists`, { personId: stranger.personId, chair: true, mostReviews: null }],
      [`${base}/panel/assign`, { hash: '0'.repeat(64) }],
      [`${base}/start-moderation`, { version: 1 }],
      [`${base}/back-to-scoring`, { version: 1, because: 'x', reviews: [{ id: reviews[0], substituteId: null }] }],
      [`funding/reviews/${reviews[0]}/reassign`, { version: 1, panelistId: stranger.personId }],
      [`funding/reading/${call.id}/declarations`, { applicantId: stranger.personId, because: 'x' }],
    ];
    for (const [path, body] of posts) {
      expect({ path, ...refusalOf(await harness.post(path, stranger, body)) }).toMatchObject({
        path,
        refusal: 'not-found',
      });
    }
  });

  it('in a blind call a chair who sits on the panel sees no names; a coordinator who does not, does', async () => {
    call = await records.call(institutionId, coordinator.personId, { blind: true });
    await records.panelist(call, chair.personId, { chair: true, most: 0 });
    for (const { personId } of panel) await records.panelist(call, personId);
    const { id } = await scored('CF26-0001', full, await harness.person(institutionId, { name: 'Kanarie Applicant' }));
    const panelPath = `funding/calls/${call.id}/panel/applications`;
    expect(JSON.stringify((await harness.get(panelPath, chair)).body)).not.toContain('Kanarie');
    expect(panelApplicationsPage.parse((await harness.get(panelPath, coordinator)).body).rows[0]?.applicant).toBe(
      'Kanarie Applicant',
    );
    await started();
    for (const path of ['', '/export', `/${id}`]) {
      const { body } = await harness.get(`funding/calls/${call.id}/moderation${path}`, chair);
      expect(JSON.stringify(body)).not.toContain('Kanarie');
    }
    expect((await one(id, coordinator)).application.applicant?.name).toBe('Kanarie Applicant');
  });
});
