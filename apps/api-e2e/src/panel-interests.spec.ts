import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  assignmentPreview,
  callDashboard,
  interestDeclared,
  ownExportView,
  panelView,
  type PanelView,
  readingView,
  replacements,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { type PanelCall, PanelRecords } from './panel-records';

/** What somebody with an interest, or somebody who reads blind, could still have worked out. */
describe('what the panel gives away', () => {
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
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    coordinator = await coordinating('Ada Beaker');
    chair = await harness.somebody(institutionId, [], 'Clementine Chair');
    panel = [];
    for (const name of ['Pip Reader', 'Quill Reader', 'Rhea Reader'])
      panel.push(await harness.somebody(institutionId, [], name));
    call = await sittingCall();
  });

  const coordinating = async (name: string): Promise<SignedIn> => {
    const who = await harness.somebody(institutionId, ['coordinator'], name);
    await harness.sql(`update role_held set held_from = '2020-01-01' where institution_id = $1`, [institutionId]);
    return who;
  };
  const sittingCall = async (facts: Parameters<PanelRecords['call']>[2] = {}): Promise<PanelCall> => {
    const made = await records.call(institutionId, coordinator.personId, facts);
    await records.panelist(made, chair.personId, { chair: true, most: 0 });
    for (const { personId } of panel) await records.panelist(made, personId);
    return made;
  };
  /** What the owner holds is let go of once so many wait for it, however the test ends. */
  const held = async <Answer>(
    {
      statement,
      values,
      end,
      waiting,
    }: { statement: string; values: unknown[]; end: 'commit' | 'rollback'; waiting: number },
    meanwhile: () => Promise<Answer>,
  ): Promise<Answer> => {
    const holder = await harness.owner.connect();
    try {
      await holder.query('begin');
      await holder.query(statement, values);
      const answer = meanwhile();
      await harness.until(
        () => harness.sql(`select from pg_locks where not granted`),
        (rows) => rows.length >= waiting,
      );
      await holder.query(end);
      return await answer;
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  };
  const reader = (at: number): SignedIn => panel[at] as SignedIn;
  const refusalOf = ({ body }: { body: unknown }) => (body as { refusal?: string }).refusal;
  const applied = async (reference: string, person?: string) => {
    const personId = person ?? (await harness.person(institutionId, { name: `Of ${reference}` }));
    return { personId, id: await records.application(call, personId, { reference }) };
  };
  const declare = (as: SignedIn, applicantId: string, because = 'We share a house') =>
    harness.post(`funding/reading/${call.id}/declarations`, as, { applicantId, because });
  const see = async (as: SignedIn): Promise<PanelView> =>
    panelView.strict().parse((await harness.get(`funding/calls/${call.id}/panel`, as)).body);
  const reading = async (as: SignedIn) => readingView.parse((await harness.get(`funding/reading/${call.id}`, as)).body);

  describe('declarations', () => {
    it('are told in confidence: whom they are of does not read them, nor does who has an interest there too', async () => {
      const own = await applied('CF26-0001', coordinator.personId);
      const report = await applied(
        'CF26-0002',
        await harness.person(institutionId, { name: 'Ren Port', lineManagerId: chair.personId }),
      );
      const other = await applied('CF26-0003', await harness.person(institutionId, { name: 'Rowan Pipette' }));
      for (const { personId } of [own, report, other]) expect((await declare(reader(0), personId)).status).toBe(201);
      const shown = async (as: SignedIn) => (await see(as)).declarations.map(({ applicant }) => applicant).sort();
      expect(await shown(coordinator)).toEqual(['Ren Port', 'Rowan Pipette']);
      expect(await shown(chair)).toEqual(['Ada Beaker', 'Rowan Pipette']);
      expect(await shown(await coordinating('Ben Copper'))).toEqual(['Ada Beaker', 'Ren Port', 'Rowan Pipette']);
    });

    it('in a blind call say to a chair who sits there that there is one, not of whom: beside what was given back it would be a name', async () => {
      call = await sittingCall({ blind: true });
      const { id, personId } = await applied(
        'CF26-0001',
        await harness.person(institutionId, { name: 'Kanarie Applicant' }),
      );
      await records.review(call, id, reader(0).personId, 'drafting');
      const other = await applied('CF26-0002');
      const byHand = await records.review(call, other.id, reader(1).personId, 'drafting');
      await declare(reader(0), personId, 'Kanarie is my cousin');
      await harness.post(`funding/reviews/${byHand}/recuse`, reader(1), { version: 1, because: 'No time' });
      const view = await see(chair);
      expect(view.declarations).toMatchObject([{ panelist: 'Pip Reader', applicant: null, because: null }]);
      expect(view.toReassign.map(({ reference, why, because }) => [reference, why, because]).sort()).toEqual([
        ['CF26-0001', 'recused', null],
        ['CF26-0002', 'recused', 'No time'],
      ]);
      expect(JSON.stringify(view)).not.toContain('Kanarie');
      const [, free] = [
        view,
        replacements.strict().parse((await harness.get(`funding/reviews/${byHand}/replacements`, chair)).body),
      ];
      // Whose unit is the applicant's own would name the unit.
      expect(free.rows.map(({ otherUnit }) => otherUnit)).toEqual(free.rows.map(() => null));
      const open = await see(coordinator);
      expect(open.declarations).toMatchObject([{ applicant: 'Kanarie Applicant', because: 'Kanarie is my cousin' }]);
      expect(open.toReassign.map(({ because }) => because).sort()).toEqual(['Kanarie is my cousin', 'No time']);
    });

    it('that give a review back tell the chairs, but not one who has an interest there too', async () => {
      const second = await harness.somebody(institutionId, [], 'Second Chair');
      await records.panelist(call, second.personId, { chair: true, most: 0 });
      const { id, personId } = await applied(
        'CF26-0001',
        await harness.person(institutionId, { name: 'Ren Port', lineManagerId: second.personId }),
      );
      await records.review(call, id, reader(0).personId, 'drafting');
      await declare(reader(0), personId);
      const letters = await harness.sql<{ recipient: string; subject: string; body: string }>(
        `select recipient, subject, body from mail_message where institution_id = $1`,
        [institutionId],
      );
      expect(letters).toMatchObject([
        {
          recipient: `${chair.personId}@college.example`,
          subject: expect.stringContaining('needs somebody else: CF26-0001'),
        },
      ]);
      expect(JSON.stringify(letters)).not.toMatch(/Ren Port|share a house/);
    });

    it('once scores are locked: theirs counts until the chair sends the review on, and the chair is told so', async () => {
      const { id, personId } = await applied('CF26-0001');
      const review = await records.review(call, id, reader(0).personId, 'locked');
      await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
      expect(interestDeclared.parse((await declare(reader(0), personId)).body).recused).toBe(0);
      expect(refusalOf(await harness.get(`funding/reviews/${review}`, reader(0)))).toBe('not-found');
      const letters = await harness.sql<{ recipient: string; body: string }>(
        `select recipient, body from mail_message where institution_id = $1`,
        [institutionId],
      );
      expect(letters.map(({ recipient }) => recipient)).toEqual([`${chair.personId}@college.example`]);
      expect(letters[0]?.body).toContain(`/funding/calls/${call.id}/moderation/${id}`);
      const { reviews } = (await harness.get(`funding/calls/${call.id}/moderation/${id}`, chair)).body as {
        reviews: { interest: boolean }[];
      };
      expect(reviews).toMatchObject([{ interest: true }]);
    });

    it('and a reassignment at the same moment: nobody reads of whom they have just declared', async () => {
      const { id, personId } = await applied('CF26-0001');
      const review = await records.review(call, id, reader(0).personId, 'assigned');
      const [given, declared] = await held(
        { statement: `select from application where id = $1 for update`, values: [id], end: 'rollback', waiting: 2 },
        () =>
          Promise.all([
            harness.post(`funding/reviews/${review}/reassign`, chair, { version: 1, panelistId: reader(1).personId }),
            declare(reader(1), personId),
          ]),
      );
      expect(declared.status).toBe(201);
      expect(given.status === 200 || refusalOf(given) === 'panelist-has-interest').toBe(true);
      expect(interestDeclared.parse(declared.body).recused).toBe(given.status === 200 ? 1 : 0);
      expect(
        await harness.sql(`select from review where panelist_id = $1 and status not in ('recused', 'reassigned')`, [
          reader(1).personId,
        ]),
      ).toEqual([]);
    });

    it('are not taken back at the moment when scores open', async () => {
      const { personId } = await applied('CF26-0001');
      const { id } = interestDeclared.parse((await declare(reader(0), personId)).body);
      const withdrawn = await held(
        {
          statement: `update call set status = 'moderation' where id = $1`,
          values: [call.id],
          end: 'commit',
          waiting: 1,
        },
        () => harness.post(`funding/declarations/${id}/withdraw`, reader(0)),
      );
      expect(refusalOf(withdrawn)).toBe('scoring-closed');
      expect(
        await harness.sql(`select from declaration_of_interest where id = $1 and withdrawn_at is null`, [id]),
      ).toHaveLength(1);
    });
  });

  it('what was sent while the call was blind stays so for a chair who sits there, whatever the call says today', async () => {
    call = await sittingCall({ blind: true });
    const { id } = await applied('CF26-0001', await harness.person(institutionId, { name: 'Kanarie Applicant' }));
    for (const at of [0, 1, 2]) await records.review(call, id, reader(at).personId, 'submitted');
    await harness.sql(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by)
       select institution_id, call_id, 2, jsonb_set(terms, '{blind}', 'false'), now(), created_by from call_terms where call_id = $1`,
      [call.id],
    );
    await harness.sql(`update call set terms_number = 2 where id = $1`, [call.id]);
    const base = `funding/calls/${call.id}`;
    const looks = async (paths: readonly string[]): Promise<string> => {
      const bodies = [];
      for (const path of paths) {
        const { status, body } = await harness.get(`${base}/${path}`, chair);
        expect({ path, status }).toEqual({ path, status: 200 });
        bodies.push(body);
      }
      return JSON.stringify(bodies);
    };
    const before = await looks(['panel', 'panel/applications', 'panel/applications/export', 'panel/assignment']);
    expect(before).toContain('CF26-0001');
    expect(before).not.toContain('Kanarie');
    await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
    const after = await looks(['moderation', 'moderation/export', `moderation/${id}`]);
    expect(after).toContain('CF26-0001');
    expect(after).not.toContain('Kanarie');
  });

  it('nobody is chased for what they have come to have an interest in', async () => {
    const report = await applied(
      'CF26-0001',
      await harness.person(institutionId, { name: 'Ren Port', lineManagerId: reader(0).personId }),
    );
    const other = await applied('CF26-0002');
    const weekAgo = new Date(clock.now().getTime() - 8 * 86_400_000);
    for (const { id } of [report, other])
      for (const at of [0, 1]) await records.review(call, id, reader(at).personId, 'assigned', [4, 3], weekAgo);
    await harness.tick('chase-reviews');
    const letters = await harness.sql<{ recipient: string; subject: string }>(
      `select recipient, subject from mail_message where institution_id = $1`,
      [institutionId],
    );
    const to = (at: number) =>
      letters
        .filter(({ recipient }) => recipient.startsWith(reader(at).personId))
        .map(({ subject }) => subject.slice(0, 14));
    expect([to(0), to(1)]).toEqual([['1 application '], ['2 applications']]);
  });

  it('how much somebody reads does not say who reads what is kept from the chair', async () => {
    const report = await applied(
      'CF26-0001',
      await harness.person(institutionId, { name: 'Ren Port', lineManagerId: chair.personId }),
    );
    const other = await applied('CF26-0002');
    await records.review(call, report.id, reader(1).personId, 'submitted');
    const review = await records.review(call, other.id, reader(0).personId, 'recused');
    const loads = async (as: SignedIn) =>
      replacements
        .parse((await harness.get(`funding/reviews/${review}/replacements`, as)).body)
        .rows.filter(({ name }) => name !== 'Clementine Chair')
        .map(({ name, load }) => [name, load])
        .sort();
    expect(await loads(chair)).toEqual([
      ['Quill Reader', 0],
      ['Rhea Reader', 0],
    ]);
    expect(await loads(coordinator)).toEqual([
      ['Quill Reader', 1],
      ['Rhea Reader', 0],
    ]);
  });

  it('the dashboard counts for a coordinator nothing of how far the readers of their own application are', async () => {
    const own = await applied('CF26-0001', coordinator.personId);
    const other = await applied('CF26-0002');
    for (const { id } of [own, other]) await records.review(call, id, reader(0).personId, 'submitted');
    await records.review(call, own.id, reader(1).personId, 'submitted');
    const seen = async (as: SignedIn) => {
      const { scored, reviews, days } = callDashboard.parse(
        (await harness.get(`funding/calls/${call.id}/dashboard`, as)).body,
      );
      return { scored, reviews, byDay: days.reduce((sum, day) => sum + day.scored, 0) };
    };
    expect(await seen(coordinator)).toEqual({ scored: 1, reviews: { all: 1, submitted: 1 }, byDay: 1 });
    expect(await seen(await coordinating('Ben Copper'))).toEqual({
      scored: 2,
      reviews: { all: 3, submitted: 3 },
      byDay: 2,
    });
  });

  it('nobody reads their own application through whomever they act for', async () => {
    const jim = await harness.person(institutionId, { name: 'Jim Lathe', email: null });
    await records.panelist(call, jim);
    const own = await applied('CF26-0001', coordinator.personId);
    const report = await applied(
      'CF26-0002',
      await harness.person(institutionId, { name: 'Ren Port', lineManagerId: coordinator.personId }),
    );
    const other = await applied('CF26-0003');
    const [first, second, third] = [
      await records.review(call, own.id, jim, 'assigned'),
      await records.review(call, report.id, jim, 'assigned'),
      await records.review(call, other.id, jim, 'assigned'),
    ];
    expect((await harness.post(`people/${jim}/act`, coordinator)).status).toBe(200);
    const list = await reading(coordinator);
    expect(list.rows.map(({ reference }) => reference)).toEqual(['CF26-0003']);
    expect(list.counts).toMatchObject({ assigned: 1 });
    const content = {
      ...{ version: 1, commentToApplicant: '', privateComment: '' },
      scores: { [call.criteria[0]]: 5, [call.criteria[1]]: 5 },
    };
    for (const id of [first, second]) {
      expect(refusalOf(await harness.get(`funding/reviews/${id}`, coordinator))).toBe('not-found');
      expect(refusalOf(await harness.put(`funding/reviews/${id}`, coordinator, content))).toBe('not-found');
      expect(refusalOf(await harness.post(`funding/reviews/${id}/submit`, coordinator, content))).toBe('not-found');
    }
    expect((await harness.post(`funding/reviews/${third}/submit`, coordinator, content)).status).toBe(200);
  });

  it.each(['withdrawn', 'ineligible', 'declined', 'unendorsed', 'returned'] as const)(
    'what is %s is no more the panel’s to open, by its identifier either',
    async (status) => {
      const gone = await applied('CF26-0001');
      for (const at of [0, 1, 2]) await records.review(call, gone.id, reader(at).personId, 'locked');
      await harness.sql(`update application set status = $2 where id = $1`, [gone.id, status]);
      await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
      const path = `funding/calls/${call.id}/moderation/${gone.id}`;
      expect(refusalOf(await harness.get(path, chair))).toBe('not-found');
      expect(refusalOf(await harness.put(`${path}/note`, chair, { version: 0, words: 'x' }))).toBe('not-found');
    },
  );

  it('an applicant’s copy of their data has what was written for them once it is decided, and no draft before', async () => {
    const rowan = await harness.somebody(institutionId, [], 'Rowan Pipette');
    const { id } = await applied('CF26-0001', rowan.personId);
    const written = await records.review(call, id, reader(0).personId, 'locked');
    const drafted = await records.review(call, id, reader(1).personId, 'drafting');
    for (const review of [written, drafted])
      await harness.sql(`update review set comment_to_applicant = $2, private_comment = 'Between us' where id = $1`, [
        review,
        review === written ? 'Well argued' : 'Half a thought',
      ]);
    const copy = async (): Promise<string> => {
      await harness.post('account/exports', rowan);
      const view = await harness.until(
        async () => ownExportView.parse((await harness.get('account/exports', rowan)).body).export,
        (shown) => shown?.status === 'ready',
      );
      return JSON.stringify((await harness.get(`account/exports/${view?.id}/json`, rowan)).body);
    };
    await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
    const before = await copy();
    expect(before).toContain('CF26-0001');
    expect(before).not.toMatch(/Well argued|Half a thought|Between us/);
    await harness.sql(`update call set status = 'decided' where id = $1`, [call.id]);
    await harness
      .sql(`update data_export set status = 'superseded' where person_id = $1`, [rowan.personId])
      .catch(() => undefined);
    const after = await copy();
    expect(after).toContain('Well argued');
    expect(after).not.toMatch(/Half a thought|Between us/);
  });

  describe('too few readers', () => {
    const preview = async () =>
      assignmentPreview.parse((await harness.get(`funding/calls/${call.id}/panel/assignment`, chair)).body);
    const assign = async () =>
      harness.post(`funding/calls/${call.id}/panel/assign`, chair, { hash: (await preview()).hash });
    const readers = async (id: string) =>
      (
        await harness.sql<{ name: string }>(
          `select p.given_name as name from review r join person p on p.id = r.panelist_id
           where r.application_id = $1 and r.status not in ('recused', 'reassigned') order by 1`,
          [id],
        )
      ).map(({ name }) => name);

    it('everybody has an interest: nobody reads it, it says why, and the others get theirs', async () => {
      const loved = await applied('CF26-0001');
      const other = await applied('CF26-0002');
      for (const who of panel) await declare(who, loved.personId);
      const seen = await preview();
      expect(seen.short).toMatchObject([{ reference: 'CF26-0001', missing: 3, because: 'interests' }]);
      expect((await assign()).status).toBe(200);
      expect(await readers(loved.id)).toEqual([]);
      expect(await readers(other.id)).toEqual(['Pip', 'Quill', 'Rhea']);
      // Again: nothing more to do, and nobody twice.
      expect((await preview()).added).toBe(0);
      expect((await assign()).status).toBe(200);
      expect(await readers(other.id)).toEqual(['Pip', 'Quill', 'Rhea']);
    });

    it('one reader for all: each application says how many it lacks', async () => {
      await harness.sql(`update call_panelist set most_reviews = 0 where call_id = $1 and person_id <> $2`, [
        call.id,
        reader(0).personId,
      ]);
      const [a, b] = [await applied('CF26-0001'), await applied('CF26-0002')];
      expect((await preview()).shortReviews).toBe(4);
      expect((await assign()).status).toBe(200);
      for (const { id } of [a, b]) expect(await readers(id)).toEqual(['Pip']);
      expect((await see(chair)).applications).toEqual({ total: 2, complete: 0, short: 2 });
    });

    it('a review goes on twice: who had it is left alone, the relationships follow, and the first cannot be written', async () => {
      const { id, personId } = await applied('CF26-0001');
      const first = await records.review(call, id, reader(0).personId, 'drafting');
      const give = (review: string, to: SignedIn, version = 1) =>
        harness.post(`funding/reviews/${review}/reassign`, chair, { version, panelistId: to.personId });
      expect((await give(first, reader(1))).status).toBe(200);
      expect(refusalOf(await give(first, reader(2), 2))).toBe('status-refused');
      const [second] = await harness.sql<{ id: string }>(`select id from review where replaces = $1`, [first]);
      expect((await give(second?.id ?? '', reader(2))).status).toBe(200);
      expect(await readers(id)).toEqual(['Rhea']);
      expect(
        await harness.sql(
          `select subject_id from relationship where kind = 'reviews' and object_id = $1 and until is null`,
          [personId],
        ),
      ).toEqual([{ subject_id: reader(2).personId }]);
      expect(refusalOf(await harness.get(`funding/reviews/${first}`, reader(0)))).toBe('not-found');
    });

    it('a panelist leaves and nobody is free: the review waits for the chair, and what they submitted counts', async () => {
      const { id } = await applied('CF26-0001');
      const review = await records.review(call, id, reader(0).personId, 'drafting');
      for (const at of [1, 2]) await records.review(call, id, reader(at).personId, 'submitted');
      await harness.sql(`update person set left_on = '2026-05-01' where id = $1`, [reader(0).personId]);
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at) values ($1, $2, 'person.left', $3, now())`,
        [randomUUIDv7(), institutionId, JSON.stringify({ personId: reader(0).personId, lastDay: '2026-05-01' })],
      );
      await harness.until(
        () => harness.sql<{ status: string }>(`select status from review where id = $1`, [review]),
        ([row]) => row?.status === 'recused',
      );
      expect((await see(chair)).toReassign).toMatchObject([{ reviewId: review, why: 'recused' }]);
      await harness.sql(`update person set left_on = '2026-05-01' where id = $1`, [reader(1).personId]);
      expect((await see(chair)).panelists.find(({ id: who }) => who === reader(1).personId)).toMatchObject({
        ...{ left: true, submitted: 1 },
      });
    });
  });

  describe('two windows', () => {
    const content = (version: number, first = 4) => ({
      ...{ version, commentToApplicant: 'A clear case.', privateComment: 'Between us' },
      scores: { [call.criteria[0]]: first, [call.criteria[1]]: 3 },
    });

    it('that save at once: one holds, the other is told, and nothing is mixed', async () => {
      const { id } = await applied('CF26-0001');
      const review = await records.review(call, id, reader(0).personId, 'drafting');
      const saves = await Promise.all(
        [5, 1].map((first) => harness.put(`funding/reviews/${review}`, reader(0), content(1, first))),
      );
      expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(refusalOf(saves.find(({ status }) => status === 409) ?? { body: {} })).toBe('changed-meanwhile');
    });

    it('one submits, the other saves late, also after the lock, a recusal and a substitution: nothing of it is taken', async () => {
      const { id } = await applied('CF26-0001');
      const review = await records.review(call, id, reader(0).personId, 'drafting');
      const late = () => harness.put(`funding/reviews/${review}`, reader(0), content(2, 0));
      expect((await harness.post(`funding/reviews/${review}/submit`, reader(0), content(1))).status).toBe(200);
      expect(refusalOf(await late())).toBe('status-refused');
      await harness.sql(`update review set status = 'locked' where id = $1`, [review]);
      expect(refusalOf(await late())).toBe('status-refused');
      await harness.sql(`update call set status = 'moderation' where id = $1`, [call.id]);
      expect(refusalOf(await late())).toBe('scoring-closed');
      await harness.sql(`update call set status = 'scoring' where id = $1`, [call.id]);
      for (const status of ['recused', 'reassigned']) {
        await harness.sql(`update review set status = $2, recused_because = 'Arranged' where id = $1`, [
          review,
          status,
        ]);
        expect(refusalOf(await late())).toBe('not-found');
      }
      expect(await harness.sql(`select score, version from review where id = $1`, [review])).toEqual([
        { score: 720, version: 2 },
      ]);
    });
  });
});
