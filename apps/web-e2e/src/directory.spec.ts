/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

const looks = [
  { width: 360, dark: false },
  { width: 768, dark: true },
  { width: 1440, dark: false },
  { width: 1440, dark: true },
] as const;

/** Finding colleagues, one's own page, awards from declared to shown on another site. */
describe('the directory', () => {
  let product: Product;
  const institution = randomUUID();
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    const { owner } = product;
    await owner.query(
      `insert into institution (id, name, nation, time_zone, created_at) values ($1, 'Harbour College', 'scotland', 'Europe/London', now())`,
      [institution],
    );
    const units: Record<string, string> = {};
    for (const [name, parent] of [
      ['Faculty of Engineering', null],
      ['Mechanical workshops', 'Faculty of Engineering'],
      ['Electronics', 'Faculty of Engineering'],
      ['Fine tools', 'Mechanical workshops'],
      ['Library', null],
    ] as const) {
      units[name] = randomUUID();
      await owner.query(`insert into unit (institution_id, id, name, parent_id) values ($1, $2, $3, $4)`, [
        institution,
        units[name],
        name,
        parent && units[parent],
      ]);
    }
    const add = async (name: string, job: string, unit: string, facts: { manager?: string; role?: string } = {}) => {
      const id = randomUUID();
      const [given, family] = name.split(' ');
      ids[name] = id;
      await owner.query(
        `insert into person (institution_id, id, given_name, family_name, email, job_title, unit_id, line_manager_id, technician, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, true, now(), 1)`,
        [
          institution,
          id,
          given,
          family,
          `${given}.${family}@harbour.example`.toLowerCase(),
          job,
          units[unit],
          facts.manager ?? null,
        ],
      );
      if (facts.role)
        await owner.query(
          `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, $4, current_date - 1)`,
          [institution, randomUUID(), id, facts.role],
        );
      return id;
    };
    const boss = await add('Mina Mallet', 'Workshop manager', 'Mechanical workshops');
    await add('Wil Wrench', 'Senior technician', 'Fine tools', { manager: boss });
    await add('Tess Trowel', 'Technician', 'Electronics', { manager: boss });
    await add('Olive Solder', 'Technical services manager', 'Faculty of Engineering', { role: 'coordinator' });
    await add('Vera Vice', 'Professional registration lead', 'Library', { role: 'award-verifier' });
    for (let n = 0; n < 60; n += 1)
      await add(`Ann Anvil${String.fromCharCode(97 + (n % 26))}${n}`, 'Technician', 'Electronics');
    await owner.query(
      `insert into delegation (institution_id, id, person_id, delegate_id, reason, starts_on, ends_on, created_by, created_at)
       values ($1, $2, $3, $4, 'holiday', current_date, current_date + 7, $3, now())`,
      [institution, randomUUID(), boss, ids['Olive Solder']],
    );
    for (const skill of ['Lathe', 'Vacuum systems', 'Laser cutting']) {
      await owner.query(
        `with s as (insert into skill (institution_id, id, name) values ($1, $2, $3) returning id)
         insert into person_skill (institution_id, person_id, skill_id) select $1, $4, id from s`,
        [institution, randomUUID(), skill, ids['Tess Trowel']],
      );
    }
  });
  afterAll(() => product.stop());

  /** A browser in which that person is signed in. */
  const as = async (name: string, width = 1440): Promise<Visitor> => {
    const secret = randomBytes(32).toString('base64url');
    const account = randomUUID();
    await product.owner.query(
      `with made as (insert into account (id, email, created_at) values ($1, $2, now()) returning id)
       insert into account_person (account_id, institution_id, person_id) select id, $3, $4 from made on conflict do nothing`,
      [account, `${account}@accounts.example`, institution, ids[name]],
    );
    await product.owner.query(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       select $1, $2, account_id, $3, $4, now(), now() + interval '1 day' from account_person where person_id = $4 limit 1`,
      [randomUUID(), createHash('sha256').update(secret).digest(), institution, ids[name]],
    );
    const visitor = await product.visitor({ width });
    await visitor.context.addCookies([
      // The browser takes a cookie of this name for a safe address alone, and sends it to this machine itself too.
      {
        name: '__Host-waymark',
        value: secret,
        url: product.address.replace('http:', 'https:'),
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      },
    ]);
    return visitor;
  };

  /** Each look of a page: nothing over the edge, nothing that axe finds. */
  const look = async (page: Page, name: string): Promise<void> => {
    const faults: string[] = [];
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      await page.waitForFunction(() => document.querySelectorAll('.skel').length === 0);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${name} ${width}: ${over} px over the edge`);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(Math.max(height + 80, 780), 8000) });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      for (const { id, nodes } of violations) {
        faults.push(
          `${name} ${width} ${dark ? 'dark' : 'light'}: ${id}: ${nodes
            .slice(0, 2)
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
        );
      }
      const shots = process.env['WAYMARK_LOOKS'];
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: join(shots, `${name}-${width}-${dark ? 'dark' : 'light'}.png`), fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect(faults).toEqual([]);
  };

  it('finds a colleague by a mistyped name, sifts by unit, and shows a card with who to ask meanwhile', async () => {
    const { page, context, faults } = await as('Tess Trowel');
    await page.goto('/people');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await look(page, 'people-technician');
    await page.getByLabel('Search').fill('mnia malet');
    await page.getByRole('link', { name: 'Mina Mallet' }).waitFor();
    await page.getByText('Similar names and words').waitFor();
    expect(page.url()).toContain('search=mnia');
    await look(page, 'people-similar');
    await page.getByLabel('Search').fill('');
    await page.getByRole('button', { name: 'Units below Faculty of Engineering' }).last().click();
    await page
      .getByRole('button', { name: /^Mechanical workshops/ })
      .last()
      .click();
    await page.getByRole('link', { name: 'Wil Wrench' }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
    // The address holds it all: a page loaded from it shows the same.
    await page.goto(page.url());
    await page.getByRole('link', { name: 'Mina Mallet' }).click();
    await page.getByText(/Mina is away until/).waitFor();
    await page.getByRole('link', { name: 'Olive Solder' }).waitFor();
    await look(page, 'person-colleague');
    expect(await page.getByText('Grade', { exact: true }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('lets a person keep their skills and declare an award, a verifier check it, and anybody see it where it is published', async () => {
    const own = await as('Tess Trowel');
    const { page } = own;
    await page.goto(`/people/${ids['Tess Trowel']}`);
    await page.getByRole('button', { name: 'Change the skills' }).click();
    await page.getByRole('combobox').fill('Soldering');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save the skills' }).click();
    await page.getByRole('link', { name: 'Soldering' }).waitFor();
    await page.getByRole('button', { name: 'Declare an award' }).click();
    await page.getByRole('button', { name: 'Declare the award' }).click();
    await page.getByText('things need your attention').waitFor();
    await look(page, 'person-self-declaring');
    await page.getByLabel('Award', { exact: true }).fill('RSciTech');
    await page.getByLabel('Awarded by').fill('Science Council');
    await page.getByLabel('Awarded on').fill('2024-03-01');
    await page.getByRole('button', { name: 'Declare the award' }).click();
    await page.getByText('Declared, to be checked').waitFor();
    await look(page, 'person-self');
    await page.goto('/people/published');
    await page.getByRole('button', { name: 'Publish my awards' }).click();
    const address = await page.locator('a[href*="/api/public/profiles/"]').first().getAttribute('href');
    const anybody = await product.visitor();
    expect((await anybody.page.goto(String(address)))?.status()).toBe(404);

    const verifier = await as('Vera Vice');
    await verifier.page.goto('/');
    await verifier.page.getByText('1 award waits to be checked').waitFor();
    await verifier.page.goto('/people/awards');
    await verifier.page.getByRole('button', { name: /^Verify/ }).waitFor();
    await look(verifier.page, 'awards-queue');
    await verifier.page.getByRole('button', { name: /^Verify/ }).click();
    await verifier.page.getByText('Nothing waits to be checked').waitFor();

    await page.reload();
    await look(page, 'published');
    // A frame on somebody else's site; what it shows runs nothing.
    const code = await page.getByLabel('Code for a page').inputValue();
    const elsewhere = await site(`<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>${code}`);
    await anybody.page.goto(elsewhere.address);
    const frame = anybody.page.frameLocator('iframe');
    await frame.getByText('RSciTech').waitFor();
    await frame.getByText(/Verified on .* by Harbour College/).waitFor();
    await page.getByRole('button', { name: 'Take them back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take them back' }).click();
    await page.getByRole('button', { name: 'Publish my awards' }).waitFor();
    await anybody.page.reload();
    await anybody.page.frameLocator('iframe').getByText('Nothing is published here').waitFor();
    await elsewhere.stop();
    expect([...own.faults, ...verifier.faults]).toEqual([]);
    for (const { context } of [own, verifier, anybody]) await context.close();
  });

  it('gives line managers and coordinators more of a person, each as much as they may see', async () => {
    const boss = await as('Mina Mallet');
    await boss.page.goto(`/people/${ids['Wil Wrench']}`);
    await boss.page.getByText('Grade', { exact: true }).waitFor();
    expect(await boss.page.getByText('Staff number').count()).toBe(0);
    expect(await boss.page.getByRole('heading', { name: 'Roles' }).count()).toBe(0);
    await look(boss.page, 'person-team');
    const coordinator = await as('Olive Solder');
    await coordinator.page.goto(`/people/${ids['Wil Wrench']}`);
    await coordinator.page.getByRole('heading', { name: 'Roles' }).waitFor();
    await look(coordinator.page, 'person-records');
    await coordinator.page.goto('/people?technician=true');
    await coordinator.page.getByText('More filters').waitFor();
    await look(coordinator.page, 'people-coordinator');
    expect([...boss.faults, ...coordinator.faults]).toEqual([]);
    await boss.context.close();
    await coordinator.context.close();
  });
});

/** Somebody else's site: one page, from another origin. */
const site = async (html: string): Promise<{ address: string; stop(): Promise<void> }> => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
