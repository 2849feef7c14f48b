/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

/** Phones in light, tablets in dark, desks in light; all of them in both where pictures are asked for. */
const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** An administrator sets up their institution: settings, closure days, units, people by hand, roles, delegates, networks. */
describe('administration', () => {
  let product: Product;
  let visitor: Visitor;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    visitor = await product.visitor();
    page = visitor.page;
    await page.goto(String(product.setUpLink));
    await page.getByLabel('Name of the institution').fill('Saltmarsh College');
    await page.getByRole('button', { name: 'Go on to yourself' }).click();
    await page.getByLabel('First name').fill('Iris');
    await page.getByLabel('Last name').fill('Inkwell');
    await page.getByLabel('E-mail address').fill('iris.inkwell@saltmarsh.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('a password long enough');
    await page.locator('form button[type=submit]').click();
    await page.getByRole('heading', { name: 'What next, Iris' }).waitFor();
  });
  afterAll(() => product.stop());

  /** The page as it stands, at each width and in both themes: axe finds nothing, nothing runs over the edge. */
  const look = async (name: string): Promise<void> => {
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
      await page.evaluate(axeSource);
      const found = await page.evaluate(async () =>
        (await (globalThis as unknown as { axe: typeof axe }).axe.run(document)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      );
      wrong.push(...found.map((each) => `${label}: ${each}`));
      const folder = process.env['WAYMARK_LOOK'];
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${label.replaceAll(' ', '-')}.png`), fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };
  const one = async (sql: string): Promise<unknown> =>
    Object.values(((await product.owner.query(sql)).rows[0] ?? {}) as Record<string, unknown>)[0];

  it('leads to every page from one place', async () => {
    await page.goto('/administration');
    for (const name of ['Roles', 'Units', 'Grades', 'Settings', 'Closure days', 'Networks']) {
      await page
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .first()
        .waitFor();
    }
    await look('hub');
  });

  it('settings are changed; another time zone says first what follows', async () => {
    await page.goto('/administration/settings');
    await page.getByLabel('Time zone').selectOption('Europe/Dublin');
    await page.getByLabel('Nation').selectOption('northern-ireland');
    await page.getByLabel('Messages', { exact: true }).fill('20');
    await page.getByRole('button', { name: 'Save the settings' }).first().click();
    await page.getByRole('heading', { name: 'One thing needs your attention' }).waitFor();
    await look('settings-refused');
    await page.getByLabel('Messages', { exact: true }).fill('90');
    await page.getByRole('button', { name: 'Save the settings' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'This changes how days are counted' });
    await dialog.getByText(/bank holidays of Northern Ireland/).waitFor();
    await look('settings-confirm');
    await dialog.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('The settings are saved').waitFor();
    expect(await one('select time_zone from institution')).toBe('Europe/Dublin');
    expect(await one('select mail_kept_days from institution')).toBe(90);
    await look('settings');
  });

  it('closure days are added and removed, beside the bank holidays', async () => {
    await page.goto('/administration/closure-days?year=2026');
    await page.getByLabel('What they are called').fill('Winter closure');
    await page.getByLabel('First day').fill('2026-12-24');
    await page.getByLabel('Last day').fill('2026-12-31');
    await page.getByRole('button', { name: 'Add the days' }).click();
    await page.getByText(/take 4 working days off/).waitFor();
    await page.getByText(/^Thu 24 December to Thu 31 December/).waitFor();
    await look('closure-days');
    await page.getByLabel('What they are called').fill('Once more');
    await page.getByLabel('First day').fill('2026-12-30');
    await page.getByRole('button', { name: 'Add the days' }).click();
    await page.getByText(/They overlap with “Winter closure”/).waitFor();
    await page.getByRole('button', { name: /^Remove.*Winter closure/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the days' }).click();
    await page.getByText(/take 0 working days off/).waitFor();
    await page.getByRole('button', { name: '2027' }).click();
    await page.getByRole('heading', { name: '2027' }).waitFor();
  });

  it('units are built, moved, merged and removed', async () => {
    await page.goto('/administration/units');
    await page.getByText('No units yet').waitFor();
    await look('units-empty');
    const add = async (name: string, below: string | null) => {
      const button = { name: below ? new RegExp(`^Add below.*${below}`) : 'Add a unit' };
      await page.getByRole('button', button).first().click();
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Add the unit' }).click();
      await page.getByText(`${name} is saved`).waitFor();
    };
    await add('Faculty of Science', null);
    await add('Chemistry', 'Faculty of Science');
    await add('Organic and Analytical Laboratories', 'Chemistry');
    await add('Old laboratories', null);
    await look('units');
    await page.getByRole('button', { name: /^Change.*Faculty of Science/ }).click();
    // Never below itself: what lies below is not offered.
    const offered = await page.getByLabel('Lies below').locator('option').allInnerTexts();
    expect(offered.map((words) => words.trim())).toEqual(['Nothing: at the top', 'Old laboratories']);
    await look('unit-change');
    await page.getByRole('button', { name: 'Not now' }).first().click();
    await page.getByRole('button', { name: /^Change.*Old laboratories/ }).click();
    await page.getByRole('button', { name: 'Merge into another unit' }).click();
    await page.getByLabel('The unit that stays').selectOption({ label: '\u2003Chemistry' });
    await look('unit-merge');
    await page.getByRole('button', { name: 'Merge the units' }).click();
    await page.getByText('Old laboratories is merged into Chemistry').waitFor();
    expect(await one('select count(*)::int from unit')).toBe(3);
  });

  it('a person is added by hand, and somebody who may be the same is shown first', async () => {
    await page.goto('/people/new');
    const fill = async () => {
      await page.getByLabel('First name').fill('Reed');
      await page.getByLabel('Last name').fill('Reagent');
      await page.getByLabel('Staff number').fill('0042');
    };
    await fill();
    await page.getByText('This person cannot sign in and gets no mail').waitFor();
    await page.getByRole('combobox', { name: 'Skills' }).fill('Glass blowing');
    await page.getByRole('combobox', { name: 'Skills' }).press('Enter');
    await page.getByRole('button', { name: 'Remove Glass blowing' }).waitFor();
    await page.getByText('Is paid by somebody else').click();
    await look('person-add');
    await page.getByRole('button', { name: 'Add the person', exact: true }).click();
    await page.getByRole('heading', { name: 'Reed Reagent', level: 1 }).waitFor();
    expect(await one(`select externally_funded from person where staff_number = '0042'`)).toBe(true);
    await page.goto('/people/new');
    await fill();
    await page.getByLabel('Staff number').fill('42');
    await page.getByLabel('E-mail address').fill('reed@saltmarsh.example');
    await page.getByText('Send the invitation at once').click();
    await page.getByRole('button', { name: 'Add the person', exact: true }).click();
    await page.getByText('Is this person here already?').waitFor();
    await page.getByText('the same name and the same staff number').waitFor();
    await look('person-alike');
    await page.getByRole('button', { name: 'None of these: add the person' }).click();
    await page.getByRole('heading', { name: 'Reed Reagent', level: 1 }).waitFor();
    expect(await one(`select count(*)::int from mail_message where recipient = 'reed@saltmarsh.example'`)).toBe(1);
  });

  it('a role begins later and is listed', async () => {
    const id = await one(`select id from person where email = 'reed@saltmarsh.example'`);
    await page.goto(`/people/${String(id)}`);
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Give a role').selectOption('auditor');
    await page.getByLabel('From', { exact: true }).fill(later);
    await page.getByRole('button', { name: 'Give the role' }).click();
    await page.getByRole('button', { name: /^End.*Auditor/ }).waitFor();
    await look('person-roles');
    await page.goto('/administration/roles');
    await page
      .getByRole('row', { name: /Reed Reagent/ })
      .getByText('Begins later')
      .waitFor();
    await look('roles');
    await page.getByLabel('When').selectOption('now');
    await page.getByRole('row', { name: /Reed Reagent/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?state=now');
  });

  it('somebody stands in while the administrator is away', async () => {
    const id = await one(`select id from person where family_name = 'Inkwell'`);
    await page.goto(`/people/${String(id)}`);
    await page.getByRole('button', { name: 'Add days away' }).click();
    await page.getByLabel('Who stands in').fill('Reed');
    await page
      .getByRole('option', { name: /Reed Reagent/ })
      .first()
      .click();
    const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('First day').fill(day);
    await look('delegates-form');
    await page.getByRole('button', { name: 'Save the days' }).click();
    await page.getByText('Reed Reagent stands in').waitFor();
    await page.getByText('No line manager is recorded.').waitFor();
    await look('delegates');
  });

  it('a network is made, another institution is asked, and joins', async () => {
    await page.goto('/administration/networks');
    await page.getByText('Your institution belongs to no network').waitFor();
    await look('networks-empty');
    await page.getByRole('button', { name: 'Make a network' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Coastal technicians');
    await page.getByRole('button', { name: 'Make the network' }).click();
    await page.getByRole('heading', { name: 'Coastal technicians', exact: true }).waitFor();
    await page.getByLabel('E-mail address of its administrator').fill('nobody@elsewhere.example');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByText('The invitation to nobody@elsewhere.example is in the post').waitFor();
    await look('networks');
    // Another institution asks: it was added by the operator, and its network and invitation are arranged.
    await product.owner.query(
      `with other as (
         insert into institution (id, name, nation, time_zone, created_at)
         values (gen_random_uuid(), 'Fell University', 'scotland', 'Europe/London', now()) returning id
       ), net as (
         insert into network (id, name, created_at) values (gen_random_uuid(), 'Northern technicians', now()) returning id
       ), joined as (
         insert into membership (network_id, institution_id, joined_at) select net.id, other.id, now() from net, other
       )
       insert into network_invitation (id, network_id, institution_id, institution_name, email, status, created_at, expires_at)
       select gen_random_uuid(), net.id, other.id, 'Fell University', 'iris.inkwell@saltmarsh.example', 'open', now(), now() + interval '30 days'
       from net, other`,
    );
    await page.goto('/');
    await page.getByText('Your institution is asked into the network Northern technicians').waitFor();
    await page.goto('/administration/networks');
    await page.getByRole('heading', { name: 'Fell University asks you into Northern technicians' }).waitFor();
    await look('network-asked');
    await page.getByRole('button', { name: /^Join.*Northern technicians/ }).click();
    await page.getByRole('button', { name: 'Join the network' }).click();
    await page.getByText('Your institution belongs to Northern technicians now').waitFor();
    await page.getByText('Fell University').first().waitFor();
    await page.getByRole('button', { name: /^Leave the network.*Coastal technicians/ }).click();
    await page.getByText('Your institution is the last one, so the network is closed').waitFor();
    await look('network-leave');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the network' }).click();
    await page.getByText('Your institution has left Coastal technicians').waitFor();
  });

  it('nothing ran over an edge, axe found nothing, and the console was silent', () => {
    expect(wrong).toEqual([]);
    expect(visitor.faults).toEqual([]);
  });
});
