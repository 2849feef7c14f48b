/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { signInAs } from './coordinating';
import { Product, type Visitor } from './product';

jest.setTimeout(280_000);

/** Phones in light, tablets in dark, desks in light; all of them in both where pictures are asked for. */
const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** A line manager answers for their team: from the mail on a phone, and several at once at a desk; a coordinator sees to the rest. */
describe('endorsements', () => {
  let product: Product;
  let institutionId: string;
  let managerId: string;
  let callId: string;
  const wrong: string[] = [];
  const applications: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    const manager = await one<{ id: string; institution: string }>(
      `select id, institution_id as institution from person where given_name = 'Hazel' and family_name = 'Gasket'`,
    );
    [managerId, institutionId] = [manager.id, manager.institution];
    const coordinator = await one<{ id: string }>(
      `select person_id as id from role_held where institution_id = $1 and role = 'coordinator' limit 1`,
      [institutionId],
    );
    callId = await arrangeCall(coordinator.id);
    const team = await all<{ id: string }>(
      `select id from person where institution_id = $1 and line_manager_id = $2 and left_on is null order by family_name limit 5`,
      [institutionId, managerId],
    );
    expect(team.length).toBeGreaterThanOrEqual(4);
    for (const [at, { id }] of team.entries()) applications.push(await arrangeApplication(id, at, managerId));
    // Somebody whom nobody manages, and one whom nobody answered for in time.
    const others = await all<{ id: string }>(
      `select id from person where institution_id = $1 and line_manager_id is distinct from $2 and id <> $2 and left_on is null
       order by family_name limit 2`,
      [institutionId, managerId],
    );
    await arrangeApplication(others[0]?.id ?? '', 7, null);
    const late = await arrangeApplication(others[1]?.id ?? '', 8, null);
    await product.owner.query(`update application set status = 'unendorsed' where id = $1`, [late]);
  });
  afterAll(() => product.stop());

  const all = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await product.owner.query<Row>(sql, values)).rows;
  const one = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row> => {
    const [row] = await all<Row>(sql, values);
    if (!row) throw new Error(`nothing for: ${sql}`);
    return row;
  };
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);

  const arrangeCall = async (by: string): Promise<string> => {
    const [code, pot, call] = [randomUUID(), randomUUID(), randomUUID()];
    await product.owner.query(
      `insert into cost_code (institution_id, id, code, name, active, version) values ($1, $2, $3, 'Development fund', true, 1)`,
      [institutionId, code, `C-${code.slice(-6)}`],
    );
    await product.owner.query(
      `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
       values ($1, $2, $3, 2026, $4, 'open', now(), $5, 1)`,
      [institutionId, pot, `Pot ${pot}`, code, by],
    );
    await product.owner.query(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, 'Summer Conference Fund', 'yearly', 'open', $3, 1000000, $4, $5, 7, $6, $7, $7, $8, 1, '{}', $2, now(), $9, 1)`,
      [institutionId, call, pot, days(-10), days(20), days(30), days(50), days(300), by],
    );
    return call;
  };

  /** Sent, and put to whoever is named; the worker writes to them. */
  const arrangeApplication = async (personId: string, at: number, askedOf: string | null): Promise<string> => {
    const id = randomUUID();
    const event = [
      ...[
        'Glassblowers’ Summer School',
        'Valve Days',
        'Microscopy Forum',
        'Safe Laser Working',
        'Digital Fabrication Week',
      ],
      ...['Archive of Instruments', 'Cleanroom Week', 'Flow Cytometry Users', 'Timber Testing'],
    ][at % 9] as string;
    const [from, to] = [`2027-06-0${1 + (at % 4)}`, `2027-06-0${4 + (at % 4)}`];
    const document = {
      event: { name: event, place: 'Leeds', startsOn: from, endsOn: to, link: '', as: 'attending', onAbstract: false },
      costs: [
        { id: randomUUID(), category: 'registration', what: 'Fee', note: '', amountPence: 40_000, foreign: null },
        {
          id: randomUUID(),
          category: 'travel',
          what: 'Train, off-peak return',
          note: '',
          amountPence: 8_550,
          foreign: null,
        },
      ],
      otherFunding: [],
      leastPence: 40_000,
      upFront: { amountPence: 40_000, by: 'department-card' },
      case: 'We buy in the glass manifolds that the vacuum line needs, and wait six weeks for each. I would learn to make them here.',
      objectives: ['Make a three-way manifold', 'Judge a joint by its colour'],
      sharing: { way: 'workshop', how: '' },
      answers: {},
    };
    await product.owner.query(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version, draft_saved_at,
         created_at, version) values ($1, $2, $3, $4, $5, 'submitted', true, '{}', 1, now(), now(), 1)`,
      [institutionId, id, callId, personId, `SF-${id.slice(-4)}`],
    );
    await product.owner.query(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       values ($1, $2, 1, $3, 1, 48550, 40000, $4, $5, $6, '[]', $7, $8)`,
      [institutionId, id, JSON.stringify(document), event, from, to, days(-3), personId],
    );
    await product.owner.query(`update application set submission_number = 1 where id = $1`, [id]);
    if (!askedOf) return id;
    await product.owner.query(
      `insert into endorsement (institution_id, id, application_id, submission_number, purpose, status, asked_of, asked_as, asked_at,
         passes_on_at, version) values ($1, $2, $2, 1, 'application', 'asked', $3, 'line-manager', $4, $5, 1)`,
      [institutionId, id, askedOf, days(-1), days(6)],
    );
    await product.owner.query(
      `insert into outbox (id, institution_id, topic, payload, at) values (gen_random_uuid(), $1, 'funding.endorsement-asked', $2, now())`,
      [institutionId, JSON.stringify({ endorsementIds: [id] })],
    );
    return id;
  };

  /** The newest link in the manager's mail about this event. */
  const linkAbout = async (event: string): Promise<string> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const [letter] = await all<{ body: string }>(
        `select m.body from mail_message m join person p on p.email = m.recipient
         where p.id = $1 and m.body like '%' || $2 || '%' and m.body like '%/endorse/%' order by m.created_at desc limit 1`,
        [managerId, event],
      );
      const secret = /\/endorse\/([\w-]{43})/.exec(letter?.body ?? '')?.[1];
      if (secret) return secret;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`no letter about ${event}`);
  };

  /** The page as it stands, at each width: axe finds nothing, nothing runs over the edge. */
  const look = async (page: Page, name: string): Promise<void> => {
    await page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
    );
    const before = page.viewportSize();
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
      // A card cuts off what is too wide for it, so that the page itself stays narrow.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('main table')].some(
          (table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0) + 1,
        ),
      );
      if (cut) wrong.push(`${label}: a table is cut off`);
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
    if (before) await page.setViewportSize(before);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  const statusOf = async (at: number) =>
    (await one<{ status: string }>(`select status from application where id = $1`, [applications[at]])).status;

  it('a manager on a phone answers from the mail within a minute, and opening it changes nothing', async () => {
    const link = await linkAbout('Glassblowers’ Summer School');
    const { page, faults } = await product.visitor({ width: 360 });
    const began = Date.now();
    await page.goto(`/endorse/${link}`);
    await page.getByRole('heading', { level: 1, name: /go to Glassblowers’ Summer School/ }).waitFor();
    await page.reload();
    await page.getByText('£485.50').first().waitFor();
    expect(await statusOf(0)).toBe('submitted');
    const asked = Date.now() - began;
    await look(page, 'link');
    const again = Date.now();
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.getByRole('button', { name: 'Send the question' }).click();
    await page.getByText('Write your question.').waitFor();
    await look(page, 'link question');
    await page.getByLabel('What would you like to know?').fill('Who takes the Thursday class?');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Endorse', exact: true }).click();
    await page.getByText('You have endorsed it.').waitFor();
    expect(asked + Date.now() - again).toBeLessThan(60_000);
    expect(await statusOf(0)).toBe('endorsed');
    await look(page, 'link answered');
    await page.goto(`/endorse/${link}`);
    await page.getByText('You have endorsed it.').waitFor();
    await page.goto(`/endorse/${'x'.repeat(43)}`);
    await page.getByRole('heading', { name: 'There is no such link' }).waitFor();
    await look(page, 'link unknown');
    expect(faults).toEqual([]);
  });

  it('at a desk several are endorsed at once, one is asked, and one that was answered by mail meanwhile is named', async () => {
    const { page, faults } = await product.visitor();
    await signInAs(page, 'Line manager');
    await page.goto('/funding/endorsements');
    await page.getByRole('heading', { level: 1, name: 'Endorsements' }).waitFor();
    await page.getByRole('link', { name: /./ }).first().waitFor();
    await look(page, 'list');
    const phone = await product.visitor({ width: 360 });
    await phone.page.goto(`/endorse/${await linkAbout('Valve Days')}`);
    await phone.page.getByRole('button', { name: 'Decline' }).click();
    await phone.page.getByLabel('Why can it not be endorsed?').fill('Two are away in that week already.');
    await phone.page.getByRole('button', { name: 'Decline' }).click();
    await phone.page.getByText('You have declined it.').waitFor();
    await page.getByLabel(/^Choose .*Valve Days/).check();
    await page.getByRole('button', { name: 'Endorse those chosen' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Endorse 1 application?' }).waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByLabel(/^Choose .*Microscopy Forum/).check();
    await page.getByRole('button', { name: 'Endorse those chosen' }).click();
    await look(page, 'list confirm');
    await page.getByRole('button', { name: 'Endorse them' }).click();
    await page.getByText('1 application is endorsed.').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'endorsements-done');
    await page.getByText('This application has been answered already').waitFor();
    expect([await statusOf(1), await statusOf(2)]).toEqual(['declined', 'endorsed']);
    await look(page, 'list after');

    await page
      .getByRole('row', { name: /Safe Laser Working/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { level: 1, name: /Safe Laser Working/ }).waitFor();
    await look(page, 'one');
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.getByLabel('What would you like to know?').fill('Could it be the second week?');
    await page.getByRole('button', { name: 'Send the question' }).click();
    await page.getByText('Your question is on its way.').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'endorsement-done');
    expect(await statusOf(3)).toBe('returned');
    await look(page, 'one answered');
    await page.goto('/funding/endorsements?show=answered');
    await page.getByText('Returned', { exact: true }).first().waitFor();
    await look(page, 'answered');
    expect([...faults, ...phone.faults]).toEqual([]);
  });

  it('the coordinator names somebody, decides what nobody answered, and reminds', async () => {
    const { page, faults }: Visitor = await product.visitor();
    await signInAs(page, 'Coordinator');
    await page.goto(`/funding/calls/${callId}/endorsements`);
    await page.getByRole('heading', { level: 1, name: 'Summer Conference Fund' }).waitFor();
    await page.getByRole('button', { name: /^Name somebody/ }).waitFor();
    await look(page, 'call');
    await page.getByRole('button', { name: /^Name somebody/ }).click();
    await page.getByRole('button', { name: 'Ask them' }).click();
    await page.getByText('Choose somebody from the list.').waitFor();
    await page.getByRole('combobox', { name: 'Who' }).fill('Gasket');
    await page.getByRole('option', { name: /Hazel Gasket/ }).click();
    await look(page, 'call name');
    await page.getByRole('button', { name: 'Ask them' }).click();
    await page.getByText('Hazel Gasket is asked').waitFor();
    await page.getByRole('button', { name: /^Let it go on/ }).click();
    await page.getByLabel('Why', { exact: true }).fill('The school has confirmed cover.');
    await look(page, 'call decide');
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText('goes on, and they have been told why').waitFor();
    await page.getByLabel('Show').selectOption('answered');
    await page.getByText('Decided by the coordinator').waitFor();
    expect(faults).toEqual([]);
  });

  it('nothing was wrong on any of these pages, at any width', () => expect(wrong).toEqual([]));
});
