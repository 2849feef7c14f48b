import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import exceljs from 'exceljs';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { signInAs } from './coordinating';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

const looks = [
  { width: 360, dark: true },
  { width: 768, dark: false },
  { width: 1440, dark: false },
];

/** One's own data, by hand in a real browser: asked for, fetched and opened; put right by somebody else; erased at the end. */
describe('my account', () => {
  let product: Product;

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
  });
  afterAll(() => product.stop());

  const one = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row> => {
    const { rows } = await product.owner.query<Row>(sql, values);
    if (!rows[0]) throw new Error(`nothing for: ${sql}`);
    return rows[0];
  };

  /** The page as it is now, at each width: nothing over the edge, nothing that axe finds. */
  const looked = async ({ page, faults }: Visitor, name: string): Promise<void> => {
    const found: string[] = [];
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
      const { content, window } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) found.push(`${name} at ${width}: runs ${content - window} px over the edge`);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(Math.max(height + 80, 780), 8000) });
      await pictured(page, `${name}-${width}`);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      for (const { id, nodes } of violations) found.push(`${name} at ${width}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect([...found, ...faults.splice(0)]).toEqual([]);
  };

  /** Kept where `WAYMARK_LOOK` names a folder, to be looked at. */
  const pictured = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['WAYMARK_LOOK'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, animations: 'disabled' });
  };

  it('gives a copy of one’s data, asks for a correction, and changes how one signs in', async () => {
    const visitor = await product.visitor();
    const { page, context } = visitor;
    await signInAs(page, 'Technician');
    await page.getByRole('button', { name: /menu$/ }).click();
    await page.getByRole('link', { name: 'My account' }).click();
    await page.getByRole('heading', { name: 'My details', level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText('Choose what is wrong.').waitFor();
    await looked(visitor, 'my-details');
    await page.getByLabel('What is wrong').selectOption({ label: 'Job title' });
    await page.getByLabel('What it should be').fill('Keeper of the kiln');
    await page.getByLabel('Why, if it helps').fill('I changed posts in spring.');
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText('You asked for a correction').waitFor();
    await page.getByText('Keeper of the kiln').waitFor();

    await page.getByRole('link', { name: 'My data', exact: true }).click();
    await page.getByText('You have not asked for a copy yet.').waitFor();
    await page.getByRole('button', { name: 'Ask for a copy' }).click();
    await page.getByText('Workbook to read').first().waitFor();
    await looked(visitor, 'my-data');
    const fetched = async (name: RegExp) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      return readFileSync(await download.path());
    };
    const workbook = new exceljs.Workbook();
    const bytes = await fetched(/Download.*Workbook/);
    await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['What is in this file', 'Record', 'Corrections asked for']),
    );
    expect(JSON.stringify(workbook.getWorksheet('Corrections asked for')?.getRow(2).values)).toContain(
      'Keeper of the kiln',
    );
    expect((await fetched(/Download.*machines/)).toString()).toContain('I changed posts in spring.');

    await page.getByRole('link', { name: 'How long things are kept' }).first().click();
    await page.getByRole('heading', { name: 'How long things are kept', level: 1 }).waitFor();
    await page.getByText('Messages received').waitFor();
    await looked(visitor, 'kept');

    await page.getByRole('link', { name: 'Signing in' }).click();
    await page.getByRole('heading', { name: 'Signing in', level: 1 }).waitFor();
    await page.getByText('Where I am signed in').waitFor();
    await page.getByRole('textbox', { name: 'Password now' }).fill('not my password');
    await page.getByRole('textbox', { name: 'New password' }).fill('three unrelated words');
    await page.getByRole('button', { name: 'Change my password' }).click();
    await page.getByText('That is not your password').waitFor();
    await looked(visitor, 'signing-in');
    await context.close();
  });

  it('has a correction answered from home by a coordinator', async () => {
    const visitor = await product.visitor();
    const { page, context } = visitor;
    await signInAs(page, 'Coordinator');
    await page
      .getByText(/says that something in their record is wrong/)
      .first()
      .waitFor();
    await page.goto('/administration/corrections');
    await page.getByText('Keeper of the kiln').waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Keeper of the kiln' })
      .getByRole('button', { name: /^Answer/ })
      .click();
    await page.getByRole('button', { name: 'It stays as it is' }).click();
    await page.getByText('Say why it is not changed.').waitFor();
    await looked(visitor, 'corrections');
    await page.getByLabel('Your words to them').fill('It is on your record now.');
    await page.getByRole('button', { name: 'It is put right' }).click();
    await page.getByText('is told by e-mail').waitFor();
    expect(await one(`select status, answer from correction where should_be = 'Keeper of the kiln'`)).toEqual({
      status: 'done',
      answer: 'It is on your record now.',
    });
    await context.close();
  });

  it('ends in an erasure by the administrator, who sees first what goes and types the name', async () => {
    const leaver = await one<{ id: string; name: string }>(
      `update person set left_on = '2020-01-31' where id = (
         select p.id from person p join mail_message m on m.person_id = p.id
         union all select id from person where technician limit 1)
       returning id, trim(given_name || ' ' || family_name) as name`,
    );
    const visitor = await product.visitor();
    const { page, context } = visitor;
    await signInAs(page, 'Institution administrator');
    await page.goto('/administration/data-requests');
    await page.getByRole('heading', { name: 'Time has run out' }).waitFor();
    await page.getByRole('link', { name: leaver.name }).waitFor();
    await looked(visitor, 'data-requests');
    await page.getByRole('link', { name: leaver.name }).click();
    await page.getByRole('heading', { name: leaver.name, level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Collect their data' }).click();
    await page.getByText('Workbook to read').first().waitFor();
    await looked(visitor, 'data-request');
    await page.getByRole('button', { name: 'Erase this person' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText(/Type the name as it stands above/).waitFor();
    await page.getByLabel(/To be sure, type the name/).fill('Somebody Else');
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText(/Type the name as it stands above/).waitFor();
    await looked(visitor, 'erase');
    await page.getByLabel(/To be sure, type the name/).fill(leaver.name);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('This person is erased').waitFor();
    await page.getByRole('heading', { name: 'Erased person', level: 1 }).waitFor();
    await looked(visitor, 'erased');
    expect(
      await one('select given_name, erased_at is not null as erased from person where id = $1', [leaver.id]),
    ).toEqual({
      given_name: 'Erased',
      erased: true,
    });
    await context.close();
  });
});
