import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { xlsxBuffer } from '@waymark/api-platform';
import type { StaffProblemCode } from '@waymark/contracts';
import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { Harness, type SignedIn } from './harness';
import { type Changes, csv, seen, StaffImportsOf } from './staff-imports-file';

/** Bytes held outside the heap after a collection. */
const held = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
};

/** A file for each problem that real ones hold: a clear row error or a right reading. */
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

  const known = async (facts: Record<string, unknown>, name = 'Kay Known'): Promise<string> => {
    const id = await harness.person(coordinator.institutionId, { name, email: null });
    for (const [column, value] of Object.entries(facts)) {
      await harness.sql(`update person set ${column} = $3 where institution_id = $1 and id = $2`, [
        coordinator.institutionId,
        id,
        value,
      ]);
    }
    return id;
  };
  const told = async (content: Buffer, changes: Changes = {}) => {
    const view = await imports.previewed('staff', content, changes);
    expect(view).toMatchObject({ status: 'previewed', failure: null });
    return imports.told(view.id);
  };

  describe('however it is written', () => {
    const people = 'Staff no;Name;E-mail\n1;Zoë Müller;zoe@college.example\n2;"Bo\nBeaker";bo@college.example\n';

    it.each<[string, Buffer, string, string | null]>([
      ['in UTF-8 with a byte-order mark', Buffer.from(`\ufeff${people}`), 'UTF-8', ';'],
      ['in Windows-1252', Buffer.from(people, 'latin1'), 'Windows-1252', ';'],
      ['in UTF-16', Buffer.from(`\ufeff${people}`, 'utf16le'), 'UTF-16LE', ';'],
      ['with tabs', Buffer.from(people.replaceAll(';', '\t')), 'UTF-8', 'tab'],
      ['with lines of Windows', Buffer.from(people.replaceAll('\n', '\r\n')), 'UTF-8', ';'],
      ['below a title and a merged heading', Buffer.from(`Staff;;\n;Person;\n${people}`), 'UTF-8', ';'],
    ])('%s', async (_, content, encoding, separator) => {
      const view = await imports.previewed('staff', content);
      expect(view).toMatchObject({ encoding, separator, counts: { new: 2, refused: 0 } });
      const rows = await imports.rows(view.id);
      expect(rows.map(({ name }) => name)).toEqual(['Zoë Müller', 'Bo Beaker']);
      expect((rows[1]?.line ?? 0) - (rows[0]?.line ?? 0)).toBe(1);
    });

    it('as a workbook, its dates, zeros and formula cells as they are shown', async () => {
      const content = await xlsxBuffer(
        ['Staff number', 'Name', 'Contract until', 'Job title'],
        [
          ['00012', 'Ann Flask', '2028-02-29', 'Technician'],
          ['00013', 'Bo Beaker', '', '=1+1'],
        ],
      );
      const view = await imports.preview(await imports.read('staff', content, 'staff.xlsx'));
      expect(view).toMatchObject({ encoding: 'XLSX', sheet: 'Waymark' });
      const rows = await imports.rows(view.id);
      expect(rows[0]).toMatchObject({
        staffNumber: '00012',
        outcome: 'new',
        changes: expect.arrayContaining([{ field: 'contract-until', from: null, to: '2028-02-29' }]),
      });
      // A text that our own files mark as text is that text; read-xlsx.spec has cells that compute.
      expect(rows[1]).toMatchObject({ staffNumber: '00013', outcome: 'new', problems: [] });
    });

    it.each<[string, () => Buffer, string]>([
      ['nothing', () => Buffer.from(' \n \n'), 'file-empty'],
      ['headings alone', () => csv('Staff number,Name'), 'file-empty'],
      ['a picture', () => Buffer.from('89504e470d0a1a0a0000', 'hex'), 'file-not-csv'],
      ['a packed file', () => gzipSync(Buffer.from('a,b\n1,2\n')), 'file-not-csv'],
      ['a web page', () => Buffer.from('<!doctype html><table><tr><td>Name'), 'file-not-csv'],
      ['another ZIP', () => Buffer.concat([Buffer.from('504b0304', 'hex'), randomBytes(500)]), 'file-not-xlsx'],
      ['people without headings', () => csv('1,ann@college.example', '2,bo@college.example'), 'file-not-csv'],
      ['too many rows', () => Buffer.from(`Staff number,Name\n${'1,A B\n'.repeat(100_001)}`), 'file-too-many-rows'],
    ])('but holding %s it is refused by name', async (_, content, refusal) => {
      const view = await imports.read('staff', content());
      expect(view).toMatchObject({
        status: 'unreadable',
        failure: refusal,
        rows: 0,
        may: { preview: false, discard: true },
      });
      expect(await harness.sql(`select from staff_import_chunk`)).toEqual([]);
      expect(seen(await imports.discard(view))).toMatchObject({ status: 'discarded' });
    });
  });

  describe('gives each row that cannot be taken a clear reason', () => {
    const good = '2001,ok@college.example,Olive Kay';
    const at = (code: StaffProblemCode) => [`2: refused ${code}`, '3: new'];

    it.each<[StaffProblemCode, string, string, string?, Changes?]>([
      ['name-missing', 'Staff number,E-mail,Name', '2002,a@college.example,'],
      ['key-missing', 'Staff number,E-mail,Name', ',,Ann Flask'],
      ['email-malformed', 'Staff number,E-mail,Name', '2002,ann at college,Ann Flask'],
      ['staff-number-rounded', 'Staff number,E-mail,Name', '1.2E+10,a@college.example,Ann Flask'],
      ['formula', 'Staff number,E-mail,Name', '2002,a@college.example,=HYPERLINK(1)'],
      ['formula', 'Staff number,E-mail,Name', '2002,@college.example,Ann Flask'],
      ['formula', 'Staff number,E-mail,Name', '+2002,a@college.example,Ann Flask'],
      ['formula', 'Staff number,E-mail,Name', '2002,a@college.example,-Ann Flask'],
      ['text-too-long', 'Staff number,E-mail,Name', `2002,a@college.example,Ann ${'x'.repeat(90)}`],
      ['text-damaged', 'Staff number,E-mail,Name', '2002,a@college.example,Ann\u0000 Flask'],
      ['cells-missing', 'Staff number,E-mail,Name', '2002,a@college.example'],
      ['cells-too-many', 'Staff number,E-mail,Name', '2002,a@college.example,Ann,Flask'],
      ['totals-line', 'Staff number,E-mail,Name', 'Total,,2'],
      ['headings-repeated', 'Staff number,E-mail,Name', 'Staff number,E-mail,Name'],
      ['manager-unknown', 'Staff number,E-mail,Name,Manager number', '2002,a@college.example,Ann Flask,999', ','],
      ['manager-self', 'Staff number,E-mail,Name,Manager number', '2002,a@college.example,Ann Flask,2002', ','],
      [
        'unit-unknown',
        'Staff number,E-mail,Name,Unit',
        '2002,a@college.example,Ann Flask,Nowhere',
        ',',
        { settings: { makeUnits: false } },
      ],
      [
        'skill-unknown',
        'Staff number,E-mail,Name,Skills',
        '2002,a@college.example,Ann Flask,Alchemy',
        ',',
        { settings: { makeSkills: false } },
      ],
      ['date-malformed', 'Staff number,E-mail,Name,Contract until', '2002,a@college.example,Ann Flask,soon', ','],
      ['date-not-real', 'Staff number,E-mail,Name,Contract until', '2002,a@college.example,Ann Flask,29/02/2027', ','],
      ['date-not-real', 'Staff number,E-mail,Name,Contract until', '2002,a@college.example,Ann Flask,12/25/2027', ','],
      [
        'date-ambiguous',
        'Staff number,E-mail,Name,Awarded on,Award,Body',
        '2002,a@college.example,Ann Flask,01/02/44,RSci,SC',
        ',,,',
      ],
      [
        'dates-reversed',
        'Staff number,E-mail,Name,Awarded on,Award,Body,Valid to',
        '2002,a@college.example,Ann Flask,2024-01-02,RSci,SC,2023-01-01',
        ',,,,',
      ],
      [
        'award-incomplete',
        'Staff number,E-mail,Name,Awarded on,Award,Body',
        '2002,a@college.example,Ann Flask,,RSci,SC',
        ',,,',
      ],
      ['yes-or-no-expected', 'Staff number,E-mail,Name,Technician', '2002,a@college.example,Ann Flask,perhaps', ','],
      ['person-left', 'Staff number,E-mail,Name,Last day', '2002,a@college.example,Ann Flask,2020-01-31', ','],
    ])('%s (%s: %s)', async (code, headings, row, rest = '', changes = {}) => {
      expect(await told(csv(headings, row, good + rest), changes)).toEqual(at(code));
    });

    it('email-repeated and staff-number-repeated, both rows each, where they are not one person', async () => {
      expect(
        await told(
          csv(
            'Staff number,E-mail,Name',
            '1,one@college.example,Ann Flask',
            '2,one@college.example,Bo Beaker',
            '3,c@college.example,Cy Pipette',
            '3,d@college.example,Di Glass',
          ),
        ),
      ).toEqual([
        '2: refused email-repeated',
        '3: refused email-repeated',
        '4: refused staff-number-repeated',
        '5: refused staff-number-repeated',
      ]);
    });

    it('email-taken, naming whose they are', async () => {
      await known({ staff_number: '1', email: 'kay@college.example' });
      await known({ staff_number: '2', email: 'lee@college.example' }, 'Lee Other');
      const view = await imports.previewed('staff', csv('Staff number,E-mail,Name', '1,lee@college.example,Kay Known'));
      expect((await imports.rows(view.id))[0]).toMatchObject({
        outcome: 'refused',
        problems: [{ code: 'email-taken', heading: 'E-mail', value: 'Kay Known (1), Lee Other (2)' }],
      });
    });

    it('manager-cycle, found over file and database together, with the circle in words', async () => {
      const boss = await known({ staff_number: '1' }, 'Bea Boss');
      await known({ staff_number: '2', line_manager_id: boss }, 'Sam Staff');
      const view = await imports.previewed(
        'staff',
        csv('Staff number,Name,Manager number', '1,Bea Boss,3', '3,New Head,2', '4,Ann Flask,1'),
      );
      const rows = await imports.rows(view.id);
      expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'new']);
      expect(rows[0]?.problems[0]).toMatchObject({ code: 'manager-cycle', heading: 'Manager number' });
      expect(rows[0]?.problems[0]?.value).toContain('→');
    });

    it('manager-ambiguous and manager-left', async () => {
      await known({ staff_number: '1', email: 'one@college.example' }, 'Bea Boss');
      await known({ staff_number: '2', left_on: '2024-01-31' }, 'Gone Boss');
      await known({ email: 'two@college.example' }, 'Second Boss');
      expect(
        await told(
          csv(
            'Staff number,Name,Manager number,Manager e-mail',
            '5,Ann Flask,1,two@college.example',
            '6,Bo Beaker,2,',
            '7,Cy Pipette,1,one@college.example',
          ),
        ),
      ).toEqual(['2: refused manager-ambiguous', '3: refused manager-left', '4: new']);
    });

    it('grade-unknown where there are more grades than anybody could put in order', async () => {
      const rows = Array.from({ length: 61 }, (_, n) => `${n + 10},Ann Flask${n},Code ${n}`);
      const view = await imports.previewed('staff', csv('Staff number,Name,Grade', ...rows));
      expect(view.problems).toEqual([{ code: 'grade-unknown', rows: 61 }]);
    });

    it('person-unknown and person-left in files of managers, skills and awards alone', async () => {
      await known({ staff_number: '1' });
      await known({ staff_number: '2', left_on: '2024-01-31' }, 'Gone Person');
      const view = await imports.previewed(
        'skills',
        csv('Staff number,Skills', '1,NMR', '1,nmr; Welding', '2,NMR', '3,NMR'),
      );
      expect(await imports.told(view.id)).toEqual([
        '2: changed (skill-new)',
        '3: changed (skill-new)',
        '4: refused person-left',
        '5: refused person-unknown',
      ]);
      const applied = await imports.apply(view);
      expect(applied).toMatchObject({ status: 'applied', counts: { changed: 2, refused: 2 } });
      expect(
        await harness.sql(`select name from skill where institution_id = $1 order by name`, [
          coordinator.institutionId,
        ]),
      ).toEqual([{ name: 'NMR' }, { name: 'Welding' }]);
      const awards = await imports.applied(
        'awards',
        csv(
          'Staff number,Body,Award,Awarded on',
          '1,Science Council,RSci,1 May 2024',
          '1,Advance HE,AFHEA,03/04/2025',
          '1,science council,rsci,2024-05-01',
        ),
      );
      expect(await imports.told(awards.id)).toEqual(['2: changed', '3: changed', '4: unchanged']);
      expect(
        await harness.sql(
          `select award, awarded_on::text as on, status from award_held where institution_id = $1 order by 1`,
          [coordinator.institutionId],
        ),
      ).toEqual([
        { award: 'AFHEA', on: '2025-04-03', status: 'declared' },
        { award: 'RSci', on: '2024-05-01', status: 'declared' },
      ]);
      const boss = await known({ staff_number: '9' }, 'Bea Boss');
      const managers = await imports.previewed('managers', csv('Staff number,Manager number', '1,9', '9,1'));
      expect(managers).toMatchObject({ status: 'previewed', counts: { refused: 2 } });
      await imports.applied('managers', csv('Staff number,Manager number', '1,9'));
      expect(
        await harness.sql(`select line_manager_id as id from person where staff_number = '1' and institution_id = $1`, [
          coordinator.institutionId,
        ]),
      ).toEqual([{ id: boss }]);
    });

    it('last-administrator: nobody could grant a role any more', async () => {
      const admin = await known({ staff_number: '1' }, 'Ada Admin');
      await harness.sql(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, 'institution-administrator', current_date)`,
        [coordinator.institutionId, admin],
      );
      expect(await told(csv('Staff number,Name,Last day', '1,Ada Admin,2026-01-31', '2,Bo Beaker,'))).toEqual([
        '2: refused last-administrator',
        '3: new',
      ]);
      expect(await told(csv('Staff number,Name', '2,Bo Beaker'), { settings: { missingAreLeavers: true } })).toEqual([
        '2: new',
        '–: refused last-administrator',
      ]);
    });
  });

  describe('reads rightly', () => {
    it('zeros that a spreadsheet took, where a known person makes it certain', async () => {
      await known({ staff_number: '0012345' });
      await known({ staff_number: '0099999' }, 'Lee Other');
      const view = await imports.previewed(
        'staff',
        csv('Staff number,Name,Manager number', '12345,Kay Known,99999', '77,Ann Flask,', '0055555,Bo Beaker,'),
      );
      expect(await imports.told(view.id)).toEqual([
        '2: changed (zeros-restored)',
        '3: refused staff-number-shortened',
        '4: new',
      ]);
      expect((await imports.rows(view.id))[0]).toMatchObject({
        staffNumber: '0012345',
        changes: [{ field: 'manager', from: null, to: 'Lee Other' }],
      });
    });

    it('two contracts of one person, and a row that stands twice', async () => {
      const view = await imports.applied(
        'staff',
        csv(
          'Staff number,E-mail,Name,Job title,Unit,Skills',
          '1,ann@college.example,Ann Flask,Technician,Chemistry,NMR',
          '1,ann@college.example,Ann Flask,Demonstrator,Physics,Welding',
          '7,ann@college.example,Ann Flask,Tutor,Biology,',
          '2,,Bo Beaker,,,',
          '2,,Bo Beaker,,,',
        ),
      );
      expect(await imports.told(view.id)).toEqual([
        '2: new (unit-new) (skill-new)',
        '3: changed (second-contract) (skill-new)',
        '4: unchanged (second-contract)',
        '5: new',
        '6: unchanged (repeated-row)',
      ]);
      expect(
        await harness.sql(
          `select p.staff_number as number, p.job_title as title, u.name as unit,
             (select count(*)::int from person_skill s where s.institution_id = p.institution_id and s.person_id = p.id) as skills
           from person p left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
           where p.institution_id = $1 and p.staff_number is not null order by 1`,
          [coordinator.institutionId],
        ),
      ).toEqual([
        { number: '1', title: 'Technician', unit: 'Chemistry', skills: 2 },
        { number: '2', title: null, unit: null, skills: 0 },
      ]);
      const again = await imports.previewed(
        'staff',
        csv(
          'Staff number,E-mail,Name,Job title',
          '7,ann@college.example,Ann Flask,Technician',
          '1,ann@college.example,Ann Flask,Technician',
        ),
      );
      expect(again.counts).toMatchObject({ unchanged: 2, refused: 0 });
    });

    it('dates of several forms, money, blanks that are signs, and names of both kinds', async () => {
      const view = await imports.applied(
        'staff',
        csv(
          'Staff number,E-mail,Name,Contract until,Salary',
          '1,-,"Flask, Ann",03/04/2027,"£1,200.00"',
          '2,n/a,Bo Van Beaker,3 April 2027,',
          '3,,Cy Pipette,2027-04-03T00:00:00,',
          '4,#N/A,Di Null,03-Apr-27,',
          '5,"=""x""",Ed Glass,03.04.27,',
        ),
        { settings: { dateOrder: 'day-first' } },
      );
      expect(view).toMatchObject({ counts: { new: 4, refused: 1 } });
      expect(
        await harness.sql(
          `select given_name as given, family_name as family, contract_until::text as until from person
           where institution_id = $1 and staff_number is not null order by staff_number`,
          [coordinator.institutionId],
        ),
      ).toEqual([
        { given: 'Ann', family: 'Flask', until: '2027-04-03' },
        { given: 'Bo Van', family: 'Beaker', until: '2027-04-03' },
        { given: 'Cy', family: 'Pipette', until: '2027-04-03' },
        { given: 'Di', family: 'Null', until: '2027-04-03' },
      ]);
      const american = await imports.read('staff', csv('Staff number,Name,Contract until', '8,Ann Flask,12/25/2027'));
      expect(american.settings.dateOrder).toBe('month-first');
    });

    it('leavers by absence: only those with a staff number, not externally funded, and nobody whose row is refused', async () => {
      await known({ staff_number: '1' }, 'Stays Here');
      await known({ staff_number: '2' }, 'Goes Away');
      await known({ staff_number: '3', externally_funded: true }, 'Paid Elsewhere');
      await known({}, 'By Hand');
      await known({ staff_number: '4' }, 'Bad Row');
      await known({ staff_number: '5', left_on: '2027-12-31' }, 'Leaving Anyway');
      expect(
        await told(csv('Staff number,Name,Contract until', '1,Stays Here,', '4,Bad Row,29/02/2027'), {
          settings: { missingAreLeavers: true, lastDayOfMissing: '2026-01-31' },
        }),
      ).toEqual(['2: unchanged', '3: refused date-not-real', '–: leaver']);
    });

    it('a last day in the file, and none for somebody with another contract that goes on', async () => {
      await known({ staff_number: '1' }, 'Ann Flask');
      await known({ staff_number: '2' }, 'Bo Beaker');
      await imports.applied(
        'staff',
        csv('Staff number,Name,Last day', '1,Ann Flask,2026-01-31', '2,Bo Beaker,2026-01-31', '2,Bo Beaker,'),
        { leavers: 1 },
      );
      expect(
        await harness.sql(
          `select left_on::text as left from person where institution_id = $1 and staff_number is not null order by staff_number`,
          [coordinator.institutionId],
        ),
      ).toEqual([{ left: '2026-01-31' }, { left: null }]);
    });

    it('a row whose new manager is refused: taken without one, and said so', async () => {
      expect(
        await told(
          csv(
            'Staff number,E-mail,Name,Manager number',
            '1,not an address,Bea Boss,',
            '2,,Ann Flask,1',
            '3,,Bo Beaker,2',
          ),
        ),
      ).toEqual(['2: refused email-malformed', '3: new (manager-later)', '4: new']);
    });
  });

  it('of fifty megabytes that are another kind of file is refused at once, and the API does not grow by it', async () => {
    const big = randomBytes(50 * 1024 * 1024);
    const before = held();
    const began = Date.now();
    const view = await imports.read('staff', big);
    expect(view).toMatchObject({ status: 'unreadable', failure: 'file-not-csv', bytes: big.length });
    expect(Date.now() - began).toBeLessThan(20_000);
    // API, worker and this test are one process here: nothing of the file is held once it is read (bench:staff-import has the peak).
    // What client and reader let go of is counted down a little later than they do.
    await harness.until(
      () => Promise.resolve(held() - before),
      (bytes) => bytes < big.length / 2,
    );
    const tooLarge = await imports.upload('staff', Buffer.alloc(64 * 1024 * 1024 + 1, 'a'));
    expect(tooLarge).toMatchObject({ status: 413, body: { refusal: 'body-too-large' } });
    expect(await harness.sql(`select from staff_import_chunk`)).toEqual([]);
  });

  it('cannot be sent as anything but the file itself', async () => {
    const answer = await harness.post('people/staff-imports?kind=staff&fileName=a.csv', coordinator, { content: 'x' });
    expect(answer).toMatchObject({ status: 415, body: { refusal: 'unsupported-media-type' } });
    const elsewhere = await harness.ask('POST', 'people', {
      as: coordinator,
      body: 'x',
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(elsewhere).toMatchObject({ status: 415 });
    expect(await imports.upload('staff', Buffer.alloc(0))).toMatchObject({
      status: 422,
      body: { refusal: 'file-empty' },
    });
  });
});
