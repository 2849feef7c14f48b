/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(400_000);

/** Where pictures of every step go, if anywhere: `WAYMARK_STEPS=folder`. */
const pictures = process.env['WAYMARK_STEPS'];
const looks = [
  { width: 360, dark: true },
  { width: 768, dark: false },
  { width: 1440, dark: false },
];
const places = '/administration/staff-imports';

/**
 * What HR sends: semicolons, Windows-1252, a title above the headings and a total below, and most of what can be wrong
 * with rows. `\x96` is that encoding's dash.
 */
const at = (name: string) => `${name}@saltmarsh.example`;
const title = ['Saltmarsh College \x96 staff list, 22 November 2026;;;;;;;;;;;', ''];
const headings = [
  'Staff No;Surname;Forename;E-mail;Faculty;Department;Grade;Job title;Line manager no.;Technician;Contract until;Skills',
];
const sound = [
  `0001000;Inkwell;Iris;${at('iris.inkwell')};Science;Chemistry;Grade 10;Head of technical services;;no;;`,
  `0001001;Flask;Anna;${at('anna.flask')};Science;Chemistry;Grade 8;Technical manager;0001000;no;;`,
  `0001002;Châtelier;Aimée;${at('aimee.chatelier')};Science;Chemistry;Grade 6;Senior technician;0001001;yes;;HPLC`,
  `0001003;Bunsen;Bo;${at('bo.bunsen')};Science;Physics;Grade 4;Technician;0001002;yes;31/07/2027;vacuum systems`,
];
const secondContract = `0001003;Bunsen;Bo;${at('bo.bunsen')};Arts;Design;Grade 4;Workshop technician;0001001;yes;31/07/2027;`;
const messy = [
  `0001004;Lathe;Lowen;${at('workshop')};Arts;Design;Grade 6;Technician;0001001;yes;;`,
  `0001005;Loom;Lily;${at('workshop')};Arts;Design;Grade 4;Technician;0001001;yes;;`,
  `0001006;Torque;Tam;${at('tam.torque')};Science;Physics;Grade 6;Technician;0001007;yes;;`,
  `0001007;Spindle;Sam;${at('sam.spindle')};Science;Physics;Grade 6;Technician;0001006;yes;;`,
  `0001008;Gauge;Gwen;${at('gwen.gauge')};Arts;Design;Grade 4;Technician;0001001;yes;29/02/2027;`,
  `0001009;Valve;Vic;${at('vic.valve')};Arts;Design;Grade 4;"=HYPERLINK(""http://x.example"";""Vic"")";0001001;yes;;`,
];
const total = 'Total;;;;;;;;;;;11';
const corrected = messy.map((row) =>
  row
    .replace(`Lowen;${at('workshop')}`, `Lowen;${at('lowen.lathe')}`)
    .replace(`Lily;${at('workshop')}`, `Lily;${at('lily.loom')}`)
    .replace('0001007;yes', '0001001;yes')
    .replace('29/02/2027', '28/02/2027')
    .replace(/"=HYPERLINK.*?\)"/, 'Technician'),
);
const fileOf = (name: string, lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
});
const firstFile = fileOf('HR staff list.csv', [...title, ...headings, ...sound, secondContract, ...messy, total]);
const secondFile = fileOf('HR staff list, corrected.csv', [...headings, ...sound, secondContract, ...corrected]);

describe('an administrator of an empty installation reaches a working department from a messy staff file', () => {
  let product: Product;
  let visitor: Visitor;
  let page: Page;
  const faults: { step: string; look: string; what: string }[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    visitor = await product.visitor();
    page = visitor.page;
    await page.goto(String(product.setUpLink));
    await page.getByLabel('Name of the institution').fill('Saltmarsh College');
    await page.getByRole('button', { name: 'Go on to yourself' }).click();
    await page.getByLabel('First name').fill('Iris');
    await page.getByLabel('Last name').fill('Inkwell');
    await page.getByLabel('E-mail address').fill(at('iris.inkwell'));
    await page.getByRole('textbox', { name: 'Password' }).fill('a password long enough');
    await page.getByRole('checkbox').setChecked(true);
    await page.locator('form button[type=submit]').click();
    await page.getByRole('heading', { name: 'What next, Iris' }).waitFor();
  });
  afterAll(() => product.stop());

  /** Looks at what is on screen in each width, as axe and as a person who cannot scroll sideways. */
  const look = async (step: string, loading = false): Promise<void> => {
    for (const { width, dark } of looks) {
      const label = `${width} ${dark ? 'dark' : 'light'}`;
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      if (!loading) await page.waitForFunction(() => document.querySelectorAll('.skel').length === 0);
      const [content, height] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      if ((content ?? 0) > width)
        faults.push({ step, look: label, what: `runs ${(content ?? 0) - width} px over the edge` });
      await page.setViewportSize({ width, height: Math.min(Math.max((height ?? 0) + 80, 780), 8000) });
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({
          path: join(pictures, `${step}-${label.replace(' ', '-')}.png`),
          animations: 'disabled',
        });
      }
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      for (const { id, nodes } of violations) {
        const where = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
        faults.push({ step, look: label, what: `${id}: ${where.join(' | ')}` });
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const what of visitor.faults.splice(0)) faults.push({ step, look: 'console', what });
  };

  /** The steps build on each other: after one that failed the others say so at once. */
  let failed: string | null = null;
  const step = (name: string, work: () => Promise<void>) =>
    it(name, async () => {
      if (failed) throw new Error(`not reached: “${failed}” failed`);
      try {
        await work();
      } catch (error) {
        failed = name;
        if (pictures) await page.screenshot({ path: join(pictures, 'failed.png'), fullPage: true });
        throw error;
      }
    });

  const choose = (file: { name: string; mimeType: string; buffer: Buffer }) =>
    page.locator('input[type=file]').setInputFiles(file);
  const means = (heading: string) => page.getByRole('row', { name: new RegExp(`^${heading}`) }).getByRole('combobox');
  const tally = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });
  const count = async (name: string) => Number((await tally(name).locator('b').innerText()).replaceAll(',', ''));
  const rows = () => page.getByRole('table', { name: 'Rows of the file' });
  const query = async <Row extends object>(sql: string) => (await product.owner.query<Row>(sql)).rows;

  step('finds the place, which explains itself while it is empty', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('link', { name: /^Staff files/ }).click();
    await page.getByRole('heading', { name: 'No file has been loaded yet' }).waitFor();
    for (const format of ['CSV', 'XLSX']) {
      const link = page.getByRole('link', { name: new RegExp(`^${format}`) });
      const answer = await page.request.get((await link.getAttribute('href')) ?? '');
      expect(answer.status()).toBe(200);
      expect((await answer.body()).byteLength).toBeGreaterThan(100);
    }
    await look('1-empty');
    await page.getByRole('link', { name: 'Load the first file' }).click();
    await page.getByRole('heading', { name: 'What the file needs' }).waitFor();
    await page.getByText('Columns that are understood').click();
    await look('2-new');
  });

  step('is told why a file cannot be read, and what would help', async () => {
    await choose({ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    await page.getByText('is neither CSV nor XLSX').waitFor();
    // Sending can be stopped: here the server never answers.
    await visitor.context.route('**/api/people/staff-imports?*', () => undefined);
    await choose(firstFile);
    await page.getByRole('progressbar').waitFor();
    await look('2-sending');
    await page.getByRole('button', { name: 'Stop sending' }).click();
    await page.getByText('Stopped. Nothing was kept of the file.').waitFor();
    await visitor.context.unroute('**/api/people/staff-imports?*');
    // No workbook, whatever its name says.
    await choose({
      name: 'staff.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('PK\x03\x04 broken', 'latin1'),
    });
    await page.getByRole('heading', { name: 'This file cannot be read' }).waitFor();
    await look('3-unreadable');
    await page.getByRole('button', { name: 'Discard this file' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard the file' }).click();
    await page.getByRole('heading', { name: 'This file was discarded' }).waitFor();
    await look('4-discarded');
    await page.getByRole('link', { name: 'Load another file' }).click();
  });

  step('says what the columns mean, most of which are guessed', async () => {
    await choose(firstFile);
    await page.getByRole('heading', { name: 'What each column means' }).waitFor();
    await page.getByText('semicolons between cells, Windows-1252').waitFor();
    for (const [heading, field] of [
      ['Staff No', 'Staff number'],
      ['Surname', 'Last name'],
      ['Forename', 'First name'],
      ['E-mail', 'E-mail'],
      ['Grade', 'Grade'],
      ['Job title', 'Job title'],
      ['Technician', 'Technician, yes or no'],
      ['Contract until', 'Contract until'],
      ['Skills', 'Skills'],
    ] as const) {
      expect(await means(heading).locator('option:checked').innerText()).toBe(field);
    }
    await means('Faculty').selectOption({ label: 'Unit, top level' });
    await means('Department').selectOption({ label: 'Unit, second level' });
    await means('Line manager no').selectOption({ label: "Manager's staff number" });
    await page.getByText('Châtelier').waitFor();

    // Nothing is sent while something is missing or stands twice.
    await means('Job title').selectOption({ label: 'Grade' });
    await page.getByText('“Grade” is chosen for the column “Grade” already.').waitFor();
    await means('Surname').selectOption({ label: 'Not read' });
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByText('Say which column is the last name.').waitFor();
    await look('5-columns-incomplete');
    await means('Surname').selectOption({ label: 'Last name' });
    await means('Job title').selectOption({ label: 'Job title' });
    await look('6-columns');
  });

  step('sees every refused row with its line, its cell and what would help', async () => {
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'The order of grades' }).waitFor();
    await page.getByText('Put the grades in order first.').waitFor();
    // The button that was pressed is gone: keyboard and screen reader go on at the next heading.
    await page.waitForFunction(() => document.activeElement?.id === 'grades-h');
    expect(await page.getByRole('button', { name: 'Load this file' }).isDisabled()).toBe(true);
    await look('7-grades');
    await page.getByRole('button', { name: 'Sort by the numbers in their names' }).click();
    await page.getByRole('button', { name: 'Move Grade 10 lower' }).click();
    await page.getByText('Grade 10 is now 3 of 4').waitFor();
    await page.getByRole('button', { name: 'Move Grade 10 higher' }).click();
    await page.getByText('Grade 10 is now 4 of 4').waitFor();
    await page.getByRole('button', { name: 'This order is right' }).click();
    await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
    await page.getByText('Grade 4 < Grade 6 < Grade 8 < Grade 10').waitFor();

    expect(await count('New')).toBe(3);
    expect(await count('Changed')).toBe(1);
    expect(await count('Leavers')).toBe(0);
    expect(await tally('Refused').getAttribute('aria-pressed')).toBe('true');
    const refused = await rows().innerText();
    for (const words of [
      'Another row has this e-mail, for somebody else',
      at('workshop'),
      'These managers form a circle',
      'The calendar has no such day',
      '29/02/2027',
      'This cell begins like a formula',
      'in “Job title”',
      'This looks like a line of totals, not a person',
    ]) {
      expect(refused).toContain(words);
    }
    // Lines as in the file: a title, a blank line and the headings stand above.
    expect(
      await rows()
        .getByRole('row', { name: /Gwen Gauge/ })
        .innerText(),
    ).toMatch(/^\s*(Line )?13\b/);
    await look('8-refused');
    await page.getByRole('button', { name: /^The calendar has no such day/ }).click();
    await rows()
      .getByRole('row', { name: /Gwen Gauge/ })
      .waitFor();
    await rows().getByText(at('tam.torque')).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toContain('problem=date-not-real');

    await tally('Changed').click();
    const iris = rows().getByRole('row', { name: /Iris Inkwell/ });
    await iris.waitFor();
    expect(await iris.innerText()).toMatch(/Grade\s*:\s*nothing\s*→\s*becomes\s*Grade 10/);
    await page.getByRole('button', { name: 'All rows' }).click();
    await page.getByLabel('Search in the rows').fill('bunsen');
    await rows().getByText('Another contract').first().waitFor();
    await look('9-all-rows');
    const exported = await page.request.get(
      (await page.getByRole('link', { name: 'Export these rows as CSV' }).getAttribute('href')) ?? '',
    );
    expect(await exported.text()).toContain('Bunsen');
  });

  step('loads it after reading what will happen, and can leave and come back', async () => {
    const address = page.url().split('?')[0] ?? '';
    await page.goto('/');
    await page.getByRole('heading', { name: /^What next/ }).waitFor();
    await page.goto(address);
    await page.getByRole('button', { name: 'Load this file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Load this file?' });
    await dialog.getByText('3 people added').waitFor();
    await dialog.getByText('1 person changed').waitFor();
    await dialog.getByText(/grades made: Grade 4, Grade 6, Grade 8 and Grade 10/).waitFor();
    await look('10-confirm');
    await dialog.getByRole('button', { name: 'Load it now' }).click();
    await page.getByRole('heading', { name: 'The file is loaded' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'done-h');
    await look('11-loaded');
    expect(await query(`select name from grade order by position`)).toEqual(
      ['Grade 4', 'Grade 6', 'Grade 8', 'Grade 10'].map((name) => ({ name })),
    );
    expect(await query(`select 1 from person where staff_number is not null`)).toHaveLength(4);
  });

  step('loads the corrected file over it: the columns are remembered, and nobody is doubled', async () => {
    await page.getByRole('link', { name: 'Load a corrected file' }).click();
    await choose(secondFile);
    await page.getByText('Remembered from the last file with these headings').waitFor();
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
    expect(await count('New')).toBe(6);
    expect(await count('Changed')).toBe(0);
    expect(await count('Refused')).toBe(0);
    await page.getByRole('button', { name: 'Load this file' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Load it now' }).click();
    await page.getByRole('heading', { name: 'The file is loaded' }).waitFor();
  });

  step('has a working department: units as a tree, managers, technicians', async () => {
    expect(
      await query(
        `select u.name, p.name as above from unit u left join unit p on p.institution_id = u.institution_id and p.id = u.parent_id
         order by p.name nulls first, u.name`,
      ),
    ).toEqual([
      { name: 'Arts', above: null },
      { name: 'Science', above: null },
      { name: 'Design', above: 'Arts' },
      { name: 'Chemistry', above: 'Science' },
      { name: 'Physics', above: 'Science' },
    ]);
    expect(
      await query(
        `select count(*)::int as people, count(*) filter (where technician)::int as technicians from person where left_on is null`,
      ),
    ).toEqual([{ people: 10, technicians: 8 }]);
    expect(
      await query(
        `select p.family_name as person, m.family_name as manager from person p
         join person m on m.institution_id = p.institution_id and m.id = p.line_manager_id order by p.staff_number`,
      ),
    ).toEqual([
      { person: 'Flask', manager: 'Inkwell' },
      { person: 'Châtelier', manager: 'Flask' },
      { person: 'Bunsen', manager: 'Châtelier' },
      { person: 'Lathe', manager: 'Flask' },
      { person: 'Loom', manager: 'Flask' },
      { person: 'Torque', manager: 'Flask' },
      { person: 'Spindle', manager: 'Torque' },
      { person: 'Gauge', manager: 'Flask' },
      { person: 'Valve', manager: 'Flask' },
    ]);
  });

  step('finds them in the directory: units as a tree, technicians, managers', async () => {
    await page.goto('/people');
    const units = page.getByRole('navigation', { name: 'Units' });
    await units.getByRole('button', { name: 'Arts , 4 people' }).waitFor();
    // Choosing a unit means those below it too.
    await units.getByRole('button', { name: 'Science , 6 people' }).click();
    await units.getByRole('button', { name: 'Physics , 3 people' }).waitFor();
    await page.getByText('6 people', { exact: true }).waitFor();
    await page.goto('/people?technician=true');
    await page.getByText('8 people', { exact: true }).waitFor();
    await page.getByRole('link', { name: /Bo Bunsen/ }).click();
    await page.getByRole('heading', { name: 'Bo Bunsen', level: 1 }).waitFor();
    await page
      .getByRole('link', { name: /Aimée Châtelier/ })
      .first()
      .waitFor();
    await page.getByText('Physics').first().waitFor();
    await page.getByText('vacuum systems').first().waitFor();
  });

  step('sees in the history what each file did, and undoes the last', async () => {
    await page.goto(places);
    const history = page.getByRole('table', { name: /Staff files/ });
    await history.getByRole('row', { name: /corrected.*Loaded.*6 new/s }).waitFor();
    await history.getByRole('row', { name: /staff\.xlsx.*Discarded/s }).waitFor();
    await look('12-history');
    await page.getByLabel('Status').selectOption({ label: 'Loaded' });
    await history.getByRole('row', { name: /Discarded/ }).waitFor({ state: 'detached' });

    // The earlier one cannot be undone while a later one builds on it.
    await history.getByRole('link', { name: 'HR staff list.csv' }).click();
    await page.getByText('Only the file loaded last can be undone').waitFor();
    expect(await page.getByRole('button', { name: 'Undo this file' }).count()).toBe(0);

    await page.goto(places);
    await history.getByRole('link', { name: /corrected/ }).click();
    await page.getByRole('button', { name: 'Undo this file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo this file?' });
    await look('13-undo');
    await dialog.getByRole('button', { name: 'Undo the file' }).click();
    await page.getByRole('heading', { name: 'This file was loaded and undone' }).waitFor();
    await page.getByText('6 people taken out again').waitFor();
    await look('14-undone');
    expect(await query(`select 1 from person where left_on is null`)).toHaveLength(4);
    expect(await query(`select 1 from person where family_name in ('Lathe', 'Loom', 'Valve')`)).toHaveLength(0);
  });

  step('adds skills from a file of their own, where a person may have several rows', async () => {
    await page.goto(`${places}/new`);
    await page.getByRole('radio', { name: /^Skills/ }).check();
    await page.getByRole('heading', { name: 'Load skills' }).waitFor();
    const lines = ['E-mail;Skills', `${at('bo.bunsen')};leak testing, HPLC`, `${at('nobody')};HPLC`];
    await choose(fileOf('skills.csv', [...lines, `${at('bo.bunsen')};HPLC`]));
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
    expect(await count('Refused')).toBe(1);
    await rows().getByText('Nobody here has this staff number or e-mail').waitFor();
    await look('15-skills');
    await page.getByRole('button', { name: 'Load this file' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Load it now' }).click();
    await page.getByRole('heading', { name: 'The file is loaded' }).waitFor();
    expect(
      await query(
        `select k.name from person_skill s
         join skill k on k.institution_id = s.institution_id and k.id = s.skill_id
         join person p on p.institution_id = s.institution_id and p.id = s.person_id
         where p.family_name = 'Bunsen' order by lower(k.name)`,
      ),
    ).toEqual([{ name: 'HPLC' }, { name: 'leak testing' }, { name: 'vacuum systems' }]);
  });

  step('types the number of leavers where many would leave', async () => {
    await page.goto(`${places}/new`);
    await choose(fileOf('one department.csv', [...headings, sound[0] ?? '', sound[1] ?? '']));
    await page.getByLabel(/This file lists everybody/).check();
    await page.getByLabel('Their last day').waitFor();
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
    expect(await count('Leavers')).toBe(2);
    await page.getByRole('button', { name: 'Load this file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Load this file?' });
    await dialog.getByLabel('Type the number of leavers').fill('1');
    await dialog.getByRole('button', { name: 'Load it now' }).click();
    await dialog.getByText('That is not the number of leavers in this file').waitFor();
    await look('15-leavers');
    await dialog.getByRole('button', { name: 'Not now' }).click();
    expect(await query(`select 1 from person where left_on is null`)).toHaveLength(4);
  });

  step('keeps what was chosen where the same file went on in another window', async () => {
    await page.getByRole('button', { name: 'Change columns or settings' }).click();
    await page.getByLabel(/This file lists everybody/).uncheck();
    const other = await visitor.context.newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Change columns or settings' }).click();
    await other.getByRole('button', { name: 'Check the rows again' }).click();
    await other.getByRole('heading', { name: 'Ready to load' }).waitFor();
    await other.close();
    await page.getByRole('button', { name: 'Check the rows again' }).click();
    await page.getByRole('heading', { name: 'This file went on meanwhile' }).waitFor();
    expect(await page.getByLabel(/This file lists everybody/).isChecked()).toBe(false);
    await look('16-meanwhile');
    await page.getByRole('button', { name: 'Keep my choices' }).click();
    await page.getByRole('button', { name: 'Check the rows again' }).click();
    await page.getByText('There is nothing to load.').waitFor();
    expect(await count('Leavers')).toBe(0);
  });

  step('sees each page while it loads, and when it cannot', async () => {
    const data = /\/api\/(?!session)/;
    for (const path of [places, new URL(page.url()).pathname]) {
      await visitor.context.route(data, () => undefined);
      await page.goto(path);
      await page.locator('.skel').first().waitFor();
      await look('17-loading', true);
      await visitor.context.unroute(data);
      await visitor.context.route(data, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: 'urn:waymark:refusal:unexpected',
            title: 'unexpected',
            status: 500,
            refusal: 'unexpected',
            correlationId: 'WM-7F3K-20B9',
          }),
        }),
      );
      await page.goto(`${path}?again=1`);
      await page.getByText('WM-7F3K-20B9').first().waitFor();
      await look('18-our-mistake');
      await visitor.context.unroute(data);
    }
  });

  it('met nothing on the way that axe, an edge or the console would tell of', () => {
    expect(faults).toEqual([]);
  });
});
