/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { match, release, signInAs, startRound } from './coordinating';
import { picture } from './picture';
import { Product, type Visitor, widths } from './product';

jest.setTimeout(400_000);

/** Each width and theme that a page is looked at in; phones in light, tablets in dark, desks in both. */
const looks = [
  { width: 360, dark: false },
  { width: 768, dark: true },
  { width: 1440, dark: false },
];

interface Fault {
  page: string;
  look: string;
  what: string;
}

/** Every page in its states: axe finds nothing, nothing runs over the edge, and the console is silent. */
describe('every page', () => {
  let product: Product;
  let faults: Fault[];
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    const { page, context } = await product.visitor();
    await signInAs(page, 'Coordinator');
    const one = async (sql: string) => (await product.owner.query<{ id: string }>(sql)).rows[0]?.id ?? '';
    const here = `institution_id = (select id from institution where demonstration)`;
    ids['round'] = `/mentoring/rounds/${await one(`select id from round where status = 'open' and ${here}`)}`;
    ids['person'] =
      `/people/${await one(`select id from person where family_name = 'Stirrer' and given_name = 'Skye' and ${here}`)}`;
    ids['self'] =
      `/people/${await one(`select id from person where family_name = 'Reagent' and given_name = 'Reed' and ${here}`)}`;
    ids['pot'] =
      `/funding/pots/${await one(`select id from pot where status = 'open' and ${here} order by name desc limit 1`)}`;
    ids['closed pot'] =
      `/funding/pots/${await one(`select id from pot where status = 'closed' and ${here} order by name desc limit 1`)}`;
    const callOf = async (status: string) =>
      `/funding/calls/${await one(`select id from call where status = '${status}' and ${here} order by opens_at desc, id limit 1`)}`;
    for (const status of ['open', 'scoring', 'moderation', 'decided']) ids[`${status} call`] = await callOf(status);
    ids['application'] =
      `/funding/applications/${await one(`select a.id from application a join person p on p.institution_id = a.institution_id and p.id = a.person_id where a.${here} and p.family_name = 'Reagent' and p.given_name = 'Reed' order by a.created_at desc limit 1`)}`;
    ids['claim'] =
      `/funding/claims/${await one(`select id from claim where status = 'submitted' and ${here} order by id limit 1`)}`;
    ids['award'] =
      `/funding/awards/${await one(`select id from award where ${here} and status = 'accepted' order by id limit 1`)}`;
    ids['batch'] = `/funding/batches/${await one(`select id from payment_batch where ${here} order by id limit 1`)}`;
    ids['entry'] = `/audit/records/person/${ids['person'].split('/')[2]}`;
    ids['staff file'] =
      `/administration/staff-imports/${await one(`select id from staff_import where ${here} and kind = 'staff' order by applied_at desc nulls last limit 1`)}`;
    ids['leaver'] = `/people/${await one(`select id from person where left_on < current_date and ${here} limit 1`)}`;
    ids['transfer'] =
      `/people/transfers/${await one(`select t.id from transfer t join institution i on i.id = t.to_institution_id where i.demonstration`)}`;
    await page.goto(ids['round']);
    await match(page, 26);
    await picture(page, 'workbench');
    await startRound(page, 'A round still open');
    ids['open'] = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'Load mentees from a file' }).first().click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'mentees.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'first name,last name,email,grade,department,skills,ethnicity\nAnn,Flask,ann@kelder-bridge.example,Level 9,Engineering,glass,private\nBo,,no address,Level 3,Sciences,x,\n',
      ),
    });
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'The order of grades' }).waitFor();
    ids['import'] = new URL(page.url()).pathname;
    await context.close();
  });
  afterAll(() => product.stop());

  /** Looks at a page in each look; answers what is wrong with it. */
  const look = async (
    visitor: Visitor,
    name: string,
    path: string,
    prepare?: (page: Page) => Promise<void>,
    only: readonly (typeof looks)[number][] = looks,
  ): Promise<void> => {
    const { page } = visitor;
    for (const { width, dark } of only) {
      const label = `${width} ${dark ? 'dark' : 'light'}`;
      const fault = (what: string) => faults.push({ page: name, look: label, what });
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      if (page.url() !== `${product.address}${path}`) await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
      await prepare?.(page);
      const { content, window } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) fault(`runs ${content - window} px over the edge`);
      // As tall as the page, so that what sticks to the bottom covers nothing that a person would scroll away from it.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(Math.max(height + 80, 780), 16_000) });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      for (const { id, nodes } of violations)
        fault(
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
        );
    }
    for (const what of visitor.faults.splice(0)) faults.push({ page: name, look: 'console', what });
  };

  const clean = async (looking: () => Promise<void>) => {
    faults = [];
    await looking();
    expect(faults).toEqual([]);
  };

  it('that anybody may see', () =>
    clean(async () => {
      const visitor = await product.visitor();
      await look(visitor, 'sign in', '/sign-in');
      await look(visitor, 'sign in, refused', '/sign-in?', async (page) => {
        if (
          await page
            .getByRole('alert')
            .first()
            .isVisible()
            .catch(() => false)
        )
          return;
        await page.getByLabel('E-mail address').fill('nobody@college.example');
        await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.locator('.msg--bad').first().waitFor();
      });
      await look(visitor, 'ask for a password link', '/password');
      await look(visitor, 'a password link that ran out', `/password/${'x'.repeat(43)}`);
      await look(visitor, 'messages', '/demonstration/mail');
      await visitor.context.close();
    }));

  it('of a coordinator, before and after a release', () =>
    clean(async () => {
      const visitor = await product.visitor();
      await signInAs(visitor.page, 'Coordinator');
      await look(visitor, 'home', '/');
      await look(visitor, 'rounds', '/mentoring/rounds');
      await look(visitor, 'rounds, none fits', '/mentoring/rounds?search=nothing%20like%20it');
      await look(visitor, 'an empty round', `${ids['open']}?tab=people`);
      await look(visitor, 'people of a round', `${ids['round']}?tab=people`);
      await look(visitor, 'rules', `${ids['round']}?tab=rules`);
      await look(visitor, 'workbench', `${ids['round']}?tab=workbench`);
      await look(visitor, 'load a file', `${ids['open']}/load/mentors`);
      await look(visitor, 'columns, grades and rows of a file', String(ids['import']));
      await look(visitor, 'people', '/people');
      await look(visitor, 'people, none fits', '/people?search=nobody%20at%20all');
      await look(visitor, 'a person', String(ids['person']));
      await look(visitor, 'add a person', '/people/new');
      await look(visitor, 'change a person', `${ids['person']}/change`);
      await look(visitor, 'grades', '/grades');
      await look(visitor, 'not found', '/nowhere/at/all');
      await visitor.page.setViewportSize({ width: 1440, height: 900 });
      await visitor.page.goto(`${ids['round']}?tab=workbench`);
      await release(visitor.page);
      await look(visitor, 'proposals of a round', `${ids['round']}?tab=proposals`);
      await visitor.context.close();
    }));

  it('of a mentor and of a mentee', () =>
    clean(async () => {
      for (const role of ['Mentor', 'Technician']) {
        const visitor = await product.visitor();
        await signInAs(visitor.page, role);
        await visitor.page.setViewportSize({ width: 360, height: 780 });
        if (role === 'Mentor') await picture(visitor.page, 'home-360');
        await look(visitor, `home of a ${role}`, '/');
        await look(visitor, `proposals of a ${role}`, '/mentoring/mine');
        await visitor.page.goto('/mentoring/mine');
        const link = visitor.page.locator('main a[href*="/mentoring/proposals/"]').first();
        await link.waitFor();
        await look(visitor, `a proposal, by a ${role}`, (await link.getAttribute('href')) ?? '');
        await visitor.context.close();
      }
    }));

  it('of the other roles, and what they may not see', () =>
    clean(async () => {
      for (const role of ['Line manager', 'Programme lead', 'Institution administrator', 'Auditor', 'Award verifier']) {
        const visitor = await product.visitor();
        await signInAs(visitor.page, role);
        await look(visitor, `home of a ${role}`, '/');
        await look(visitor, `a round, by a ${role}`, `${ids['round']}?tab=workbench`);
        await visitor.context.close();
      }
    }));

  /** Pages that have a journey of their own are looked at there in each state of their work; here once, as they are found. */
  it('of an administrator, an auditor, a verifier and of everybody about themselves', () =>
    clean(async () => {
      const pages: readonly (readonly [role: string, paths: readonly string[]])[] = [
        [
          'Institution administrator',
          [
            '/administration',
            '/administration/staff-imports',
            '/administration/staff-imports/new',
            ids['staff file'] ?? '',
            '/administration/roles',
            '/administration/units',
            '/administration/settings',
            '/administration/closure-days',
            '/administration/networks',
            '/administration/data-requests',
            '/administration/corrections',
            '/people/transfers',
            ids['transfer'] ?? '',
            ids['leaver'] ?? '',
          ],
        ],
        ['Auditor', ['/audit', ids['entry'] ?? '']],
        ['Award verifier', ['/people/awards']],
        ['Finance officer', ['/', '/funding/pots', ids['pot'] ?? '', ids['closed pot'] ?? '', '/funding/cost-codes']],
        ['Programme lead', ['/funding/pots', ids['pot'] ?? '', '/funding/cost-codes']],
        [
          'Technician',
          [
            '/people',
            ids['person'] ?? '',
            ids['self'] ?? '',
            '/people/published',
            '/account',
            '/account/data',
            '/account/sign-in',
            '/account/kept',
          ],
        ],
      ];
      let turn = 0;
      for (const [role, paths] of pages) {
        const visitor = await product.visitor();
        await signInAs(visitor.page, role);
        for (const path of paths) {
          const one = looks.slice(turn % looks.length).slice(0, 1);
          turn += 1;
          await look(visitor, `${path}, by a ${role}`, path, undefined, one);
        }
        await visitor.context.close();
      }
    }));

  it('of the fund, by whoever works in it', () =>
    clean(async () => {
      const [open, scoring, moderation, decided] = ['open', 'scoring', 'moderation', 'decided'].map(
        (status) => ids[`${status} call`] ?? '',
      );
      const pages: readonly (readonly [role: string, paths: readonly string[]])[] = [
        [
          'Coordinator',
          [
            '/funding/calls',
            '/funding/calls?search=nothing%20like%20it',
            '/funding/calls/new',
            `${open}`,
            `${open}?tab=dashboard`,
            `${open}?tab=extensions`,
            `${open}?tab=letters`,
            `${open}/edit`,
            `${open}/preview`,
            `${open}/applications`,
            `${open}/endorsements`,
            `${scoring}/panel`,
            `${moderation}/moderation`,
            `${moderation}/allocation`,
            `${decided}/allocation`,
            `${decided}/awards`,
            ids['award'] ?? '',
            '/funding/claims',
          ],
        ],
        ['Programme lead', [`${moderation}/allocation`, '/funding/endorsements']],
        ['Finance officer', ['/funding/claims', ids['claim'] ?? '', '/funding/batches', ids['batch'] ?? '']],
        ['Auditor', [`${decided}`, `${decided}/allocation`]],
        ['Line manager', ['/funding/endorsements']],
        ['Technician', ['/funding', `/funding/open/${open?.split('/').pop()}`, ids['application'] ?? '']],
      ];
      let turn = 0;
      for (const [role, paths] of pages) {
        const visitor = await product.visitor();
        await signInAs(visitor.page, role);
        for (const path of paths) {
          const one = looks.slice(turn % looks.length).slice(0, 1);
          turn += 1;
          await look(visitor, `${path}, by a ${role}`, path, undefined, one);
        }
        await visitor.context.close();
      }
    }));

  it('while it loads, and when it cannot', () =>
    clean(async () => {
      const all: readonly (readonly [role: string, paths: readonly string[], thorough: boolean])[] = [
        [
          'Coordinator',
          [
            '/',
            '/mentoring/rounds',
            `${ids['round']}?tab=workbench`,
            String(ids['import']),
            '/people',
            String(ids['person']),
            '/grades',
          ],
          true,
        ],
        [
          'Institution administrator',
          [
            '/administration/staff-imports',
            '/administration/roles',
            '/administration/units',
            '/administration/settings',
            '/administration/closure-days',
            '/administration/networks',
            '/administration/data-requests',
            '/administration/corrections',
            '/people/transfers',
            '/account',
            '/account/data',
          ],
          false,
        ],
        ['Auditor', ['/audit'], false],
        [
          'Finance officer',
          ['/funding/pots', ids['pot'] ?? '', '/funding/cost-codes', '/funding/claims', ids['claim'] ?? ''],
          false,
        ],
        [
          'Coordinator',
          [
            '/funding/calls',
            ids['open call'] ?? '',
            `${ids['open call']}/edit`,
            `${ids['scoring call']}/panel`,
            `${ids['moderation call']}/moderation`,
            `${ids['moderation call']}/allocation`,
          ],
          false,
        ],
        ['Technician', ['/funding', ids['application'] ?? ''], false],
      ];
      for (const [role, paths, thorough] of all) await loadingAndFailing(role, paths, thorough);
    }));

  const loadingAndFailing = async (role: string, paths: readonly string[], thorough: boolean): Promise<void> => {
    const visitor = await product.visitor();
    await signInAs(visitor.page, role);
    const data = /\/api\/(?!session)/;
    for (const [turn, path] of paths.entries()) {
      const only = thorough ? looks : looks.slice(turn % looks.length).slice(0, 1);
      await visitor.context.route(data, () => undefined);
      await visitor.page.goto(path);
      await visitor.page.locator('.skel').first().waitFor();
      await look(visitor, `${path}, loading`, path, undefined, only);
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
      await visitor.page.goto(`${path}${path.includes('?') ? '&' : '?'}again=1`);
      await visitor.page.getByText('WM-7F3K-20B9').first().waitFor();
      await look(visitor, `${path}, our mistake`, visitor.page.url().slice(product.address.length), undefined, only);
      await visitor.context.unroute(data);
    }
    await visitor.context.close();
  };

  it('is found by keyboard: the skip link leads past the bar, and focus moves to the heading of a new page', async () => {
    const { page, context } = await product.visitor();
    await signInAs(page, 'Coordinator');
    await page.goto('/');
    await page.getByRole('heading', { name: /^What next/ }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await context.close();
  });

  it('loads less than 250 kB of compressed script on the first visit', async () => {
    const { page, context } = await product.visitor({ width: widths[0] });
    let bytes = 0;
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      expect(response.headers()['content-encoding']).toMatch(/^(br|gzip)$/);
      bytes += Number(response.headers()['content-length']);
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(250_000);
    await context.close();
  });
});
