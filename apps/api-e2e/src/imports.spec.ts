import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { importsPage } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { csv, ImportsOf, roundIn, seen } from './imports-file';

jest.setTimeout(60_000);

const mentors = csv(
  'First name,Last name,E-mail,Job title,Department,Grade,Places,Skills,Characteristics,About me',
  'Ann,Flask,Ann@College.example,Glassblower,Chemistry,G6,3,"glass, vacuum",Gay,I am Gay and like glass',
  'Bo,Retort,bo@college.example,=1+1,Physics,G5,,laser;optics,,"two',
  'lines"',
  'Cy,Still,cy@college.example,Technician,chemistry,g6,0,,Deaf,',
);
const gradeOrder = ['G5', 'G6'];

describe('an import of mentors or mentees', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: ImportsOf;
  let roundId: string;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    imports = new ImportsOf(harness, coordinator);
    roundId = await roundIn(harness, coordinator);
  });

  const count = async (table: string): Promise<number> => {
    const [row] = await harness.sql<{ count: number }>(
      `select count(*)::int as count from ${table} where institution_id = $1`,
      [coordinator.institutionId],
    );
    return row?.count ?? -1;
  };
  const all = async () => {
    const tables = [
      'person',
      'unit',
      'grade',
      'enrolment',
      'request',
      'identity_answer',
      'round_mentor',
      'round_mentee',
    ];
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table)])));
  };

  it('is uploaded: encoding, separator and columns are found out, nothing of identity is shown', async () => {
    const view = seen(await imports.upload(roundId, 'mentors', mentors), 201);
    expect(view).toMatchObject({
      status: 'uploaded',
      rows: 3,
      encoding: 'UTF-8',
      separator: ',',
      placesDefault: 2,
      preview: null,
      grades: [],
      gradesToOrder: false,
      job: null,
      version: 1,
    });
    expect(view.mapping.map(({ field }) => field)).toEqual([
      'given-name',
      'family-name',
      'email',
      'job-title',
      'unit',
      'grade',
      'places',
      'attribute',
      'identity',
      'leave-out',
    ]);
    expect(view.columns.map(({ samples }) => samples[0] ?? null)).toEqual([
      'Ann',
      'Flask',
      'Ann@College.example',
      'Glassblower',
      'Chemistry',
      'G6',
      '3',
      'glass, vacuum',
      null,
      null,
    ]);
    expect(view.columns.filter((column) => column.private).map(({ heading }) => heading)).toEqual([
      'Characteristics',
      'About me',
    ]);
    expect((await imports.rows(view.id)).total).toBe(0);
    const listed = await harness.get(`mentoring/rounds/${roundId}/imports`, coordinator);
    expect(importsPage.parse(listed.body)).toMatchObject({
      total: 1,
      rows: [{ id: view.id, side: 'mentors', fileName: 'mentors.csv', rows: 3 }],
    });
  });

  it('is previewed, its new grades put in order, and loaded', async () => {
    const preview = await imports.previewed(roundId, 'mentors', mentors);
    expect(preview).toMatchObject({
      status: 'previewed',
      preview: { new: 3, changed: 0, unchanged: 0, refused: 0, newUnits: ['Chemistry', 'Physics'] },
      grades: [
        { name: 'G6', fresh: true },
        { name: 'G5', fresh: true },
      ],
      gradesToOrder: true,
    });
    expect((await imports.apply(preview)).body).toMatchObject({ refusal: 'grades-unordered' });
    expect(await all()).toMatchObject({ person: 1, unit: 0, grade: 0, enrolment: 0 });

    const ordered = seen(await imports.preview(preview, { gradeOrder }));
    expect(ordered).toMatchObject({
      gradesToOrder: false,
      grades: [
        { name: 'G5', fresh: true },
        { name: 'G6', fresh: true },
      ],
      version: 3,
    });
    const { rows } = await imports.rows(ordered.id);
    expect(rows.map(({ line, outcome, name, email }) => [line, outcome, name, email])).toEqual([
      [2, 'new', 'Ann Flask', 'ann@college.example'],
      [3, 'new', 'Bo Retort', 'bo@college.example'],
      [5, 'new', 'Cy Still', 'cy@college.example'],
    ]);

    const done = await imports.applied(ordered);
    expect(done).toMatchObject({
      status: 'applied',
      job: { status: 'done', percent: 100 },
      gradesToOrder: false,
      grades: [
        { name: 'G5', fresh: false },
        { name: 'G6', fresh: false },
      ],
    });
    expect(await all()).toEqual({
      person: 4,
      unit: 2,
      grade: 2,
      enrolment: 3,
      request: 0,
      identity_answer: 2,
      round_mentor: 3,
      round_mentee: 0,
    });
    expect(await count('round_import_row')).toBe(0);
    const people = await harness.sql(
      `select p.given_name, p.job_title, p.technician, u.name as unit, g.name as grade, e.status, e.capacity, e.attributes, a.answers,
         exists (select from account_person ap where ap.person_id = p.id) as may_sign_in
       from person p join unit u on u.id = p.unit_id join grade g on g.id = p.grade_id join enrolment e on e.person_id = p.id
       left join identity_answer a on a.person_id = p.id and a.side = 'mentor'
       where p.institution_id = $1 order by p.given_name`,
      [coordinator.institutionId],
    );
    const common = { technician: true, status: 'active', may_sign_in: true };
    expect(people).toEqual([
      {
        ...common,
        given_name: 'Ann',
        job_title: 'Glassblower',
        unit: 'Chemistry',
        grade: 'G6',
        capacity: 3,
        attributes: { skills: ['glass', 'vacuum'] },
        answers: ['Gay'],
      },
      {
        ...common,
        given_name: 'Bo',
        job_title: '=1+1',
        unit: 'Physics',
        grade: 'G5',
        capacity: 2,
        attributes: { skills: ['laser', 'optics'] },
        answers: null,
      },
      {
        ...common,
        given_name: 'Cy',
        job_title: 'Technician',
        unit: 'Chemistry',
        grade: 'G6',
        capacity: 0,
        attributes: {},
        answers: ['Deaf'],
      },
    ]);
    expect(await harness.sql(`select status from round where id = $1`, [roundId])).toEqual([{ status: 'open' }]);
  });

  it('changes nothing the second time', async () => {
    await imports.loaded(roundId, 'mentors', mentors, { gradeOrder });
    const before = await harness.sql(`select * from enrolment where institution_id = $1 order by id`, [
      coordinator.institutionId,
    ]);
    const again = await imports.previewed(roundId, 'mentors', mentors);
    expect(again).toMatchObject({
      preview: { new: 0, changed: 0, unchanged: 3, refused: 0, newUnits: [] },
      gradesToOrder: false,
    });
    expect(await imports.applied(again)).toMatchObject({ status: 'applied' });
    expect(
      await harness.sql(`select * from enrolment where institution_id = $1 order by id`, [coordinator.institutionId]),
    ).toEqual(before);
    expect(await all()).toMatchObject({ person: 4, enrolment: 3, round_mentor: 3 });
    const withoutIdentity = again.mapping.filter(({ field }) => field !== 'identity');
    const plain = await imports.previewed(roundId, 'mentors', mentors, { mapping: withoutIdentity });
    expect(await imports.apply(plain)).toMatchObject({ status: 409, body: { refusal: 'nothing-to-apply' } });
  });

  it('changes people field by field, and takes identity back', async () => {
    await imports.loaded(roundId, 'mentors', mentors, { gradeOrder });
    const file = csv(
      'Name,Email,Department,Places,Skills,Characteristics',
      'Ann Flask,ann@college.example,Physics,1,,',
      'Bo Retort,bo@college.example,,2,laser;optics,Gay',
    );
    const preview = await imports.previewed(roundId, 'mentors', file);
    expect(preview.preview).toMatchObject({ changed: 1, unchanged: 1 });
    expect((await imports.rows(preview.id, '?outcome=changed')).rows).toEqual([
      {
        line: 2,
        outcome: 'changed',
        name: 'Ann Flask',
        email: 'ann@college.example',
        changes: [
          { field: 'unit', from: 'Chemistry', to: 'Physics' },
          { field: 'places', from: '3', to: '1' },
        ],
        problems: [],
      },
    ]);
    await imports.applied(preview);
    const answers = await harness.sql(
      `select p.given_name, a.answers from identity_answer a join person p on p.id = a.person_id where p.institution_id = $1 order by 1`,
      [coordinator.institutionId],
    );
    expect(answers).toEqual([
      { given_name: 'Bo', answers: ['Gay'] },
      { given_name: 'Cy', answers: ['Deaf'] },
    ]);
    const [ann] = await harness.sql(
      `select u.name as unit, e.capacity, e.attributes, p.version from person p join unit u on u.id = p.unit_id join enrolment e on e.person_id = p.id where p.email = 'ann@college.example' and p.institution_id = $1`,
      [coordinator.institutionId],
    );
    expect(ann).toEqual({ unit: 'Physics', capacity: 1, attributes: { skills: ['glass', 'vacuum'] }, version: 2 });
  });

  it('asks anew for mentees whose request has ended', async () => {
    const file = csv('Name,Email,Skills', 'Ann Flask,ann@college.example,glass');
    await imports.loaded(roundId, 'mentees', file);
    await harness.sql(`update request set status = 'closed' where institution_id = $1`, [coordinator.institutionId]);
    expect(await imports.loaded(roundId, 'mentees', file)).toMatchObject({ preview: { changed: 1 } });
    expect(
      await harness.sql(`select status from request where institution_id = $1 order by asked_at`, [
        coordinator.institutionId,
      ]),
    ).toEqual([{ status: 'closed' }, { status: 'open' }]);
    expect(await imports.previewed(roundId, 'mentees', file)).toMatchObject({ preview: { unchanged: 1 } });
    expect(await all()).toMatchObject({ person: 2, request: 2, round_mentee: 2 });
  });

  it('keeps what people say of their identity from every view, list and audit line', async () => {
    const view = await imports.previewed(roundId, 'mentors', mentors, { gradeOrder });
    const answers = [view, await imports.see(view.id), await imports.rows(view.id)];
    await imports.applied(view);
    answers.push(
      await imports.see(view.id),
      (await harness.get(`mentoring/rounds/${roundId}`, coordinator)).body as never,
    );
    const stored = await harness.sql(
      `select coalesce(json_agg(to_json(a))::text, '') || (select coalesce(json_agg(c.answer)::text, '') from command c)
         || (select coalesce(json_agg(o.payload)::text, '') from outbox o) as all from audit_entry a`,
    );
    expect(JSON.stringify([answers, stored])).not.toMatch(/\bGay\b|\bDeaf\b/);
  });

  it('is discarded, and its rows with it', async () => {
    const preview = await imports.previewed(roundId, 'mentors', mentors);
    const discarded = seen(await imports.discard(preview));
    expect(discarded.status).toBe('discarded');
    expect(discarded.columns.every(({ samples }) => samples.length === 0)).toBe(true);
    expect(await count('round_import_row')).toBe(0);
    expect((await imports.preview(discarded)).body).toMatchObject({ refusal: 'status-refused' });
    expect((await imports.apply(discarded)).body).toMatchObject({ refusal: 'status-refused' });
    expect((await imports.discard(discarded)).body).toMatchObject({ refusal: 'status-refused' });
  });
});
