import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { importRowsPage } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { csv, ImportsOf, roundIn, seen } from './imports-file';

jest.setTimeout(60_000);

const file = csv(
  'Name,Email,Department,Grade',
  'Ann Flask,ann@college.example,Chemistry,G6',
  'Bo Retort,bo@college.example,Physics,G6',
);
const gradeOrder = ['G6'];

describe('an import', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: ImportsOf;
  let roundId: string;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    imports = new ImportsOf(harness, coordinator);
    roundId = await roundIn(harness, coordinator);
  });

  const people = () =>
    harness.sql(`select id from person where institution_id = $1 and email like '%@college.example' and id <> $2`, [
      coordinator.institutionId,
      coordinator.personId,
    ]);
  const ended = (id: string) =>
    harness.until(
      () => imports.see(id),
      ({ status }) => status !== 'applying',
    );

  it('of another institution cannot be told from one that is not there', async () => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
    const theirs = new ImportsOf(harness, stranger);
    const answers = [
      await theirs.upload(roundId, 'mentors', file),
      await theirs.preview(view),
      await theirs.apply(view),
      await theirs.discard(view),
      await harness.get(`mentoring/imports/${view.id}`, stranger),
      await harness.get(`mentoring/imports/${view.id}/rows`, stranger),
      await harness.get(`mentoring/rounds/${roundId}/imports`, stranger),
      await harness.get(`mentoring/imports/${randomUUID()}`, coordinator),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    expect(await imports.see(view.id)).toEqual(view);
  });

  it('is for coordinators; others who see rounds see the list of files alone', async () => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    for (const roles of [[], ['programme-lead'], ['institution-administrator'], ['auditor']] as const) {
      const other = await harness.somebody(coordinator.institutionId, [...roles]);
      const theirs = new ImportsOf(harness, other);
      const answers = [
        await theirs.upload(roundId, 'mentors', file),
        await theirs.preview(view),
        await theirs.apply(view),
        await theirs.discard(view),
        await harness.get(`mentoring/imports/${view.id}`, other),
        await harness.get(`mentoring/imports/${view.id}/rows`, other),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
      const list = await harness.get(`mentoring/rounds/${roundId}/imports`, other);
      expect(list.status).toBe(roles[0] === 'programme-lead' || roles[0] === 'auditor' ? 200 : 403);
    }
  });

  it('is uploaded once, however often the command comes', async () => {
    const key = randomUUID();
    const body = { roundId, side: 'mentors', fileName: 'm.csv', content: file.toString('base64') };
    const answers = await Promise.all(
      [1, 2, 3].map(() => harness.ask('POST', 'mentoring/imports', { as: coordinator, body, key })),
    );
    expect(new Set(answers.map((answer) => seen(answer, 201).id)).size).toBe(1);
    expect(await harness.sql(`select id from round_import where round_id = $1`, [roundId])).toHaveLength(1);
  });

  it('is loaded by one of many who ask at once', async () => {
    const views = [
      await imports.previewed(roundId, 'mentors', file, { gradeOrder }),
      await imports.previewed(roundId, 'mentees', file, { gradeOrder }),
    ];
    const answers = await Promise.all([...views, ...views, ...views].map((view) => imports.apply(view)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(
      answers
        .filter(({ status }) => status === 409)
        .every(({ body }) => (body as { refusal: string }).refusal === 'import-busy'),
    ).toBe(true);
    const [running] = await harness.sql<{ id: string }>(
      `select id from round_import where status = 'applying' and round_id = $1`,
      [roundId],
    );
    await harness.startWorker();
    expect(await ended(running?.id ?? '')).toMatchObject({ status: 'applied' });
    await harness.stopWorker();
    expect(await people()).toHaveLength(2);
  });

  it('judges by what is true when it is loaded', async () => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    await imports.apply(view);
    // Meanwhile: Ann is added by hand, Bo's unit is made, and the grade.
    await harness.person(coordinator.institutionId, { name: 'Ann Flask', email: 'ann@college.example' });
    await harness.unit(coordinator.institutionId, 'PHYSICS');
    await harness.grades(coordinator.institutionId, ['g6']);
    await harness.startWorker();
    expect(await ended(view.id)).toMatchObject({
      status: 'applied',
      preview: { new: 1, changed: 1, newUnits: ['Chemistry'] },
    });
    await harness.stopWorker();
    expect(await people()).toHaveLength(2);
    expect(
      await harness.sql(`select name from unit where institution_id = $1 order by name`, [coordinator.institutionId]),
    ).toEqual([{ name: 'Chemistry' }, { name: 'PHYSICS' }]);
    expect(await harness.sql(`select name from grade where institution_id = $1`, [coordinator.institutionId])).toEqual([
      { name: 'g6' },
    ]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'grades were put in another order',
      () => harness.grades(coordinator.institutionId, ['G1', 'G2']),
      'grades-unordered',
    ],
    [
      'the round was matched',
      () => harness.sql(`update round set status = 'matching' where id = $1`, [roundId]),
      'status-refused',
    ],
  ])('fails whole, and by name, where %s meanwhile', async (_, meanwhile, refusal) => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    await imports.apply(view);
    await meanwhile();
    await harness.startWorker();
    const failed = await ended(view.id);
    await harness.stopWorker();
    expect(failed).toMatchObject({ status: 'failed', job: { status: 'failed', failure: refusal } });
    expect(await people()).toHaveLength(0);
    expect((await imports.rows(view.id)).total).toBe(2);
    if (refusal === 'grades-unordered') {
      expect(seen(await imports.preview(failed, { gradeOrder: ['G1', 'G6', 'G2'] }))).toMatchObject({
        status: 'previewed',
        job: null,
        gradesToOrder: false,
      });
    }
  });

  it('leaves nothing when the last of its writes fails', async () => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    await imports.apply(view);
    await harness.sql(
      `create function refuse_delete() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await harness.sql(`create trigger no_delete before delete on round_import_row execute function refuse_delete()`);
    await harness.startWorker();
    const failed = await ended(view.id);
    await harness.stopWorker();
    await harness.sql(`drop trigger no_delete on round_import_row; drop function refuse_delete()`);
    expect(failed).toMatchObject({ status: 'failed', job: { failure: 'unexpected' } });
    expect(await people()).toHaveLength(0);
    for (const table of ['unit', 'grade', 'enrolment', 'round_mentor']) {
      expect(
        await harness.sql(`select from ${table} where institution_id = $1`, [coordinator.institutionId]),
      ).toHaveLength(0);
    }
    expect(await harness.sql(`select status from round where id = $1`, [roundId])).toEqual([{ status: 'draft' }]);
  });

  it('that is stopped before it is loaded can be loaded later', async () => {
    const view = await imports.previewed(roundId, 'mentors', file, { gradeOrder });
    const applying = seen(await imports.apply(view));
    await harness.post(`jobs/${applying.job?.id ?? ''}/cancel`, coordinator);
    await harness.startWorker();
    const stopped = await ended(view.id);
    expect(stopped).toMatchObject({ status: 'previewed', job: { status: 'cancelled' } });
    expect(await people()).toHaveLength(0);
    seen(await imports.apply(stopped));
    expect(await ended(view.id)).toMatchObject({ status: 'applied' });
    await harness.stopWorker();
    expect(await people()).toHaveLength(2);
  });

  it('of twenty thousand rows, the most there may be, is loaded whole', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) =>
        `Given${at},Family${at},p${at}@college.example,Role,Dept ${at % 40},G${at % 8},"a${at % 90}, b${at % 70}",Gay`,
    );
    const view = seen(
      await imports.upload(
        roundId,
        'mentees',
        csv('First name,Last name,Email,Role,Department,Grade,Skills,Identity', ...rows),
      ),
      201,
    );
    const preview = seen(await imports.preview(view, { gradeOrder: Array.from({ length: 8 }, (_, at) => `G${at}`) }));
    expect(preview.preview).toMatchObject({ new: 20_000, refused: 0 });
    await harness.startWorker();
    seen(await imports.apply(preview));
    expect(
      await harness.until(
        () => imports.see(view.id),
        ({ status }) => status !== 'applying',
        120,
      ),
    ).toMatchObject({ status: 'applied' });
    await harness.stopWorker();
    const again = await imports.previewed(
      roundId,
      'mentees',
      csv('First name,Last name,Email,Role,Department,Grade,Skills,Identity', ...rows),
    );
    expect(again.preview).toMatchObject({ unchanged: 20_000 });
    const page = await harness.get(`mentoring/imports/${again.id}/rows?page=400&outcome=unchanged`, coordinator);
    expect(importRowsPage.parse(page.body)).toMatchObject({
      total: 20_000,
      rows: expect.arrayContaining([expect.objectContaining({ line: 20_001 })]),
    });
  }, 120_000);
});
