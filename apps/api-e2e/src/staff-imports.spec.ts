import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Harness, type SignedIn } from './harness';
import { csv, seen, StaffImportsOf } from './staff-imports-file';

/** The way of a staff file from upload to undo. */
describe('a staff file', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: StaffImportsOf;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator'], 'Cora Ordinator');
    imports = new StaffImportsOf(harness, coordinator);
  });

  const headings =
    'Staff number,E-mail,First name,Last name,Job title,Unit,Grade,Manager staff number,Technician,Skills,Awarding body,Award,Awarded on';
  const file = csv(
    headings,
    '1001,ann@college.example,Ann,Flask,Technician,Science > Chemistry,G6,1002,yes,NMR; Glass blowing,Science Council,RSci,2024-05-01',
    '1002,bo@college.example,Bo,Beaker,Manager,Science,G7,,no,nmr,,,',
    '1003,,Cy,Pipette,Technician,Science/Chemistry,G6,1002,,,,,',
  );
  const gradeOrder = ['G6', 'G7'];

  const people = () =>
    harness.sql<Record<string, unknown>>(
      `select p.given_name as given, p.family_name as family, p.email, p.staff_number as number, p.job_title as title,
         u.name as unit, t.name as above, g.name as grade, m.given_name as manager, p.technician, p.left_on::text as left
       from person p left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
       left join unit t on t.institution_id = u.institution_id and t.id = u.parent_id
       left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id
       left join person m on m.institution_id = p.institution_id and m.id = p.line_manager_id
       where p.institution_id = $1 and p.id <> $2 order by p.staff_number`,
      [coordinator.institutionId, coordinator.personId],
    );

  it('is read, previewed and applied: people with units, grades, managers, skills and awards', async () => {
    const uploaded = await imports.read('staff', file);
    expect(uploaded).toMatchObject({
      status: 'uploaded',
      encoding: 'UTF-8',
      separator: ',',
      rows: 3,
      mappingRemembered: false,
      uploadedBy: 'Cora Ordinator',
      may: { preview: true, apply: false, undo: false, discard: true },
    });
    expect(uploaded.mapping.map(({ field }) => field)).toEqual([
      'staff-number',
      'email',
      'given-name',
      'family-name',
      'job-title',
      'unit',
      'grade',
      'manager-staff-number',
      'technician',
      'skills',
      'award-body',
      'award',
      'awarded-on',
    ]);
    const unordered = await imports.preview(uploaded);
    expect(unordered).toMatchObject({
      status: 'previewed',
      counts: { new: 3, changed: 0, unchanged: 0, leaver: 0, refused: 0 },
      newUnits: ['Science > Chemistry', 'Science'],
      newSkills: ['NMR', 'Glass blowing'],
      gradesToOrder: true,
      may: { apply: false },
    });
    expect((await imports.applying(unordered)).body).toMatchObject({ refusal: 'grades-unordered' });
    const previewed = await imports.preview(unordered, { gradeOrder });
    expect(previewed).toMatchObject({ gradesToOrder: false, may: { apply: true } });
    expect(await people()).toEqual([]);
    const applied = await imports.apply(previewed);
    expect(applied).toMatchObject({ status: 'applied', may: { undo: true, preview: false }, failure: null });
    expect(await people()).toEqual([
      expect.objectContaining({
        given: 'Ann',
        unit: 'Chemistry',
        above: 'Science',
        grade: 'G6',
        manager: 'Bo',
        technician: true,
      }),
      expect.objectContaining({
        given: 'Bo',
        unit: 'Science',
        above: null,
        grade: 'G7',
        manager: null,
        technician: false,
      }),
      expect.objectContaining({ given: 'Cy', email: null, unit: 'Chemistry', manager: 'Bo', technician: true }),
    ]);
    const records = await harness.sql(
      `select (select count(*)::int from skill where institution_id = $1) as skills,
         (select count(*)::int from person_skill where institution_id = $1) as held,
         (select array_agg(status || ' ' || award) from award_held where institution_id = $1) as awards,
         (select count(*)::int from account_person where institution_id = $1) as accounts,
         (select count(*)::int from staff_import_line where institution_id = $1) as lines,
         (select count(*)::int from staff_import_chunk where institution_id = $1) as chunks`,
      [coordinator.institutionId],
    );
    expect(records).toEqual([{ skills: 2, held: 3, awards: ['declared RSci'], accounts: 3, lines: 0, chunks: 0 }]);
    const audit = await harness.sql<{ act: string; n: number }>(
      `select act, count(*)::int as n from audit_entry where institution_id = $1 and act ~ 'applied|person' group by 1 order by 1`,
      [coordinator.institutionId],
    );
    expect(audit).toEqual([
      { act: 'person.add', n: 3 },
      { act: 'staff-import.applied', n: 1 },
    ]);
  });

  it('changes nothing the second time, and its mapping is remembered', async () => {
    await imports.applied('staff', file, { gradeOrder });
    const before = await people();
    const again = await imports.read('staff', file);
    expect(again).toMatchObject({ mappingRemembered: true });
    const previewed = await imports.preview(again);
    expect(previewed).toMatchObject({
      counts: { new: 0, changed: 0, unchanged: 3, refused: 0 },
      may: { apply: false },
    });
    expect((await imports.applying(previewed)).body).toMatchObject({ refusal: 'nothing-to-apply' });
    expect(await people()).toEqual(before);
  });

  it('changes what it says and leaves what it leaves blank', async () => {
    await imports.applied('staff', file, { gradeOrder });
    const changed = await imports.applied(
      'staff',
      csv(
        headings,
        '1001,ann@college.example,Ann,Beaker,,Science > Physics,G7,1003,,Welding,Science Council,RSci,2024-05-01',
        '1002,bo@college.example,Bo,Beaker,Manager,,,,,,,,',
      ),
    );
    expect(changed).toMatchObject({ status: 'applied', counts: { changed: 1, unchanged: 1 } });
    const [row] = await imports.rows(changed.id, '&outcome=changed');
    expect(row?.changes).toEqual([
      { field: 'family-name', from: 'Flask', to: 'Beaker' },
      { field: 'unit', from: 'Science > Chemistry', to: 'Science > Physics' },
      { field: 'grade', from: 'G6', to: 'G7' },
      { field: 'manager', from: 'Bo Beaker', to: 'Cy Pipette' },
      { field: 'skills', from: null, to: 'Welding' },
    ]);
    expect((await people())[0]).toMatchObject({
      family: 'Beaker',
      title: 'Technician',
      unit: 'Physics',
      grade: 'G7',
      manager: 'Cy',
    });
    expect(await imports.rows(changed.id, '&field=manager')).toHaveLength(1);
    expect(await imports.rows(changed.id, '&search=cy')).toHaveLength(0);
  });

  it('is undone: the added are removed with all that was made for them', async () => {
    const applied = await imports.applied('staff', file, { gradeOrder });
    const undone = await imports.undo(applied);
    expect(undone).toMatchObject({
      status: 'undone',
      undo: { removed: 3, deactivated: 0, putBack: 0, leftAlone: 0 },
      undoRefused: 'not-applied',
    });
    expect(await people()).toEqual([]);
    const left = await harness.sql(
      `select (select count(*)::int from unit where institution_id = $1) as units,
         (select count(*)::int from skill where institution_id = $1) as skills,
         (select count(*)::int from grade where institution_id = $1) as grades,
         (select count(*)::int from award_held where institution_id = $1) as awards,
         (select count(*)::int from account_person where institution_id = $1) as accounts,
         (select count(*)::int from staff_import_row where institution_id = $1) as rows`,
      [coordinator.institutionId],
    );
    expect(left).toEqual([{ units: 0, skills: 0, grades: 0, awards: 0, accounts: 1, rows: 3 }]);
  });

  it('is undone field by field where nobody has changed it since, and says what was left alone', async () => {
    await imports.applied('staff', file, { gradeOrder });
    const second = await imports.applied(
      'staff',
      csv(
        headings,
        '1001,anna@college.example,Ann,Beaker,Senior,Science > Physics,G7,1003,no,Welding,,,',
        '1004,,Di,Glass,,Science,G6,1001,,,,,',
      ),
    );
    const [ann] = await harness.sql<{ id: string; version: number }>(
      `update person set job_title = 'Head', version = version + 1 where institution_id = $1 and staff_number = '1001' returning id, version`,
      [coordinator.institutionId],
    );
    // Di has a record of her own by now.
    const [di] = await harness.sql<{ id: string }>(
      `select id from person where institution_id = $1 and staff_number = '1004'`,
      [coordinator.institutionId],
    );
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'auditor', current_date)`,
      [coordinator.institutionId, di?.id],
    );
    const undone = await imports.undo(second);
    expect(undone).toMatchObject({ undo: { removed: 0, deactivated: 1, putBack: 1, leftAlone: 1 } });
    const [first, , , fourth] = await people();
    expect(first).toMatchObject({
      email: 'ann@college.example',
      family: 'Flask',
      title: 'Head',
      unit: 'Chemistry',
      grade: 'G6',
      manager: 'Bo',
      technician: true,
    });
    expect(fourth).toMatchObject({ given: 'Di', left: expect.any(String) });
    expect(ann?.version).toBeGreaterThan(1);
    expect(await imports.told(second.id)).toEqual([
      '2: changed (unit-new) (skill-new) (left-alone)',
      '3: new (deactivated)',
    ]);
    expect((await imports.rows(second.id))[0]?.notes).toContainEqual({ code: 'left-alone', value: 'job-title' });
    const skills = await harness.sql(`select name from skill where institution_id = $1 order by 1`, [
      coordinator.institutionId,
    ]);
    expect(skills).toEqual([{ name: 'Glass blowing' }, { name: 'NMR' }]);
  });

  it('is undone in the order of applying alone, and not after thirty days', async () => {
    const first = await imports.applied('staff', file, { gradeOrder });
    const second = await imports.applied('staff', csv(headings, '1001,,Ann,Flask,Head,,,,,,,,'));
    const seenFirst = await imports.see(first.id);
    expect(seenFirst).toMatchObject({ undoRefused: 'not-the-last', may: { undo: false } });
    expect((await imports.undoing(seenFirst)).body).toMatchObject({ refusal: 'undo-not-last' });
    await imports.undo(second);
    await harness.sql(`update staff_import set applied_at = applied_at - interval '31 days' where id = $1`, [first.id]);
    const late = await imports.see(first.id);
    expect(late).toMatchObject({ undoRefused: 'too-late' });
    expect((await imports.undoing(late)).body).toMatchObject({ refusal: 'undo-too-late' });
    await harness.sql(`update staff_import set applied_at = applied_at + interval '31 days' where id = $1`, [first.id]);
    expect(await imports.undo(await imports.see(first.id))).toMatchObject({ status: 'undone' });
    expect(await people()).toEqual([]);
  });

  it('makes leavers of those who are missing in it, asks for their number where they are many, and undoing brings them back', async () => {
    await imports.applied('staff', file, { gradeOrder });
    const di = await harness.person(coordinator.institutionId, { name: 'Di Byhand' });
    const shorter = csv(headings, '1002,bo@college.example,Bo,Beaker,,,,,,,,,');
    const previewed = await imports.previewed('staff', shorter, {
      settings: { missingAreLeavers: true, lastDayOfMissing: '2026-01-31' },
    });
    expect(previewed).toMatchObject({ counts: { unchanged: 1, leaver: 2 }, confirmLeavers: true });
    expect((await imports.applying(previewed, 1)).body).toMatchObject({
      refusal: 'leavers-unconfirmed',
      facts: { leavers: 2 },
    });
    const applied = await imports.apply(previewed, 2);
    expect(applied.status).toBe('applied');
    expect((await people()).map(({ given, left }) => [given, left])).toEqual([
      ['Ann', '2026-01-31'],
      ['Bo', null],
      ['Cy', '2026-01-31'],
      ['Di', null],
    ]);
    expect(
      await harness.sql(`select act from audit_entry where institution_id = $1 and act = 'person.leave'`, [
        coordinator.institutionId,
      ]),
    ).toHaveLength(2);
    expect(di).toBeTruthy();
    // The same list again: nobody leaves twice.
    const again = await imports.previewed('staff', shorter, {
      settings: { missingAreLeavers: true, lastDayOfMissing: '2026-02-28' },
    });
    expect(again.counts).toMatchObject({ unchanged: 1, leaver: 0, changed: 0 });
    expect(seen(await imports.discard(again))).toMatchObject({ status: 'discarded', counts: { leaver: 0 } });
    const undone = await imports.undo(await imports.see(applied.id));
    expect(undone).toMatchObject({ undo: { putBack: 2 } });
    expect((await people()).every(({ left }) => left === null)).toBe(true);
  });

  it('brings leavers back who are on the list again', async () => {
    await imports.applied('staff', file, { gradeOrder });
    await harness.sql(`update person set left_on = '2025-12-31' where institution_id = $1 and staff_number = '1003'`, [
      coordinator.institutionId,
    ]);
    const applied = await imports.applied('staff', csv(headings, '1003,,Cy,Pipette,,,,,,,,,'));
    expect(await imports.told(applied.id)).toEqual(['2: changed (returns)']);
    expect((await people())[2]).toMatchObject({ given: 'Cy', left: null });
  });

  it('says what it takes: template, exports in words, filters, and history', async () => {
    const template = await harness.get('people/staff-imports/template?kind=staff', coordinator);
    expect(template.headers.get('content-type')).toContain('text/csv');
    const fromTemplate = await imports.read('staff', Buffer.from(String(template.body)));
    expect(fromTemplate.mapping.every(({ field }) => field !== null)).toBe(true);
    const response = await fetch(
      `${await harness.application.getUrl()}/api/people/staff-imports/template?kind=awards&format=xlsx`,
      {
        headers: { cookie: coordinator.cookie },
      },
    );
    const xlsx = await imports.read('awards', Buffer.from(await response.arrayBuffer()), 'awards.xlsx');
    expect(xlsx).toMatchObject({ status: 'uploaded', encoding: 'XLSX', sheet: 'Waymark', separator: null });
    expect(xlsx.mapping.map(({ field }) => field)).toEqual([
      'staff-number',
      'email',
      'award-body',
      'award',
      'award-number',
      'awarded-on',
      'award-valid-to',
    ]);
    const previewed = await imports.previewed(
      'staff',
      csv(headings, '1,=cmd()@x,Ann,Flask,,,,,,,,,', '12,,Bo,Beaker,,,,,,,,,'),
    );
    const exported = await harness.get(`people/staff-imports/${previewed.id}/rows/export?outcome=refused`, coordinator);
    expect(exported.body).toContain('This cell begins like a formula (E-mail: =cmd()@x)');
    expect(String(exported.body).split('\r\n')).toHaveLength(3);
    const list = await harness.get('people/staff-imports?status=previewed', coordinator);
    expect(list.body).toMatchObject({
      total: 1,
      rows: [{ id: previewed.id, counts: { refused: 1 }, uploadedBy: 'Cora Ordinator' }],
    });
  });
});
