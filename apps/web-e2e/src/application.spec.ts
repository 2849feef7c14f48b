/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { command, dayAhead, makeCall } from './applying';
import { signInAs } from './coordinating';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

/** Phones in light, tablets in dark, desks in light; all of them in both where pictures are asked for. */
const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** The smallest picture there is: one transparent point. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A technician applies on a phone, loses the connection on the way, and nothing that was typed. */
describe('an application', () => {
  let product: Product;
  let visitor: Visitor;
  let page: Page;
  const wrong: string[] = [];
  const callName = 'Conference fund';
  let callId = '';
  let address = '';

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    const coordinator = await product.visitor();
    await signInAs(coordinator.page, 'Coordinator');
    const { rows } = await product.owner.query<{ id: string }>(
      `select p.id from pot p join institution i on i.id = p.institution_id
       where i.demonstration and p.status = 'open' order by p.financial_year desc, p.name limit 1`,
    );
    const pot = rows[0]?.id ?? '';
    callId = await makeCall(coordinator.page, callName, pot, -1, 14);
    await makeCall(coordinator.page, 'Summer fund', pot, 30, 60);
    await coordinator.context.close();
    visitor = await product.visitor({ width: 360 });
    page = visitor.page;
    await signInAs(page, 'Technician');
  });
  afterAll(() => product.stop());

  /** A page as it stands, at each width and in both themes: axe finds nothing, nothing runs over the edge. */
  const look = async (name: string, of: Page = page): Promise<void> => {
    await of.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
    );
    const before = of.viewportSize() ?? { width: 360, height: 780 };
    for (const { width, dark } of looks) {
      await of.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await of.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window } = await of.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
      const cut = await of.evaluate(() =>
        [...document.querySelectorAll('main table')].some(
          (table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0) + 1,
        ),
      );
      if (cut) wrong.push(`${label}: a table is cut off`);
      await of.evaluate(axeSource);
      const found = await of.evaluate(async () =>
        (await (globalThis as unknown as { axe: typeof axe }).axe.run(document)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      );
      wrong.push(...found.map((each) => `${label}: ${each}`));
      const folder = process.env['WAYMARK_LOOK'];
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await of.screenshot({ path: join(folder, `${label.replaceAll(' ', '-')}.png`), fullPage: true });
      }
    }
    await of.setViewportSize(before);
    await of.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  const next = (step: string) => page.getByRole('button', { name: `Next: ${step}` }).click();
  const step = (name: string) =>
    page.getByRole('navigation', { name: 'Parts of the application' }).getByText(name).click();
  const saved = () => page.getByText(/^Saved at \d\d:\d\d; version \d+$/).waitFor();
  /** Until the version that is saved is a later one than that. */
  const savedAfter = async (version: number) => {
    await page.waitForFunction(
      (before) => Number(/Saved at .*version (\d+)/.exec(document.body.innerText)?.[1] ?? 0) > before,
      version,
    );
  };
  const version = async () =>
    Number(/version (\d+)/.exec((await page.locator('wm-save-status .sv').textContent()) ?? '')?.[1] ?? 0);
  const field = (path: string) => page.locator(`[id="f-${path}"]`);
  const fault = (path: string) => page.locator(`[id="f-${path}-error"]`);
  const addCost = async (kind: string, what: string, amount: string) => {
    await page.getByRole('button', { name: 'Add a cost' }).click();
    const line = page.getByRole('group', { name: /^Cost \d+$/ });
    await line.getByLabel('Kind of cost').selectOption({ label: kind });
    await line.getByLabel('Amount', { exact: true }).fill(amount);
    await line.getByLabel('What it is').fill(what);
    await line.getByRole('button', { name: 'Done with this cost' }).click();
  };

  it('everybody finds the fund, with what is open and when the next one comes', async () => {
    await page.getByRole('navigation', { name: 'Quick links' }).getByRole('link', { name: 'Fund' }).click();
    await page.getByRole('heading', { name: 'My money', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'My applications and awards' }).waitFor();
    await page.getByRole('link', { name: callName, exact: true }).waitFor();
    await page.getByRole('link', { name: 'Summer fund' }).waitFor();
    await look('funding');
  });

  it('somebody who never asked for anything is told what will stand there', async () => {
    const auditor = await product.visitor({ width: 360 });
    await signInAs(auditor.page, 'Auditor');
    await auditor.page.goto('/funding');
    await auditor.page.getByRole('heading', { name: 'Nothing asked for yet' }).waitFor();
    await look('funding-empty', auditor.page);
    expect(auditor.faults).toEqual([]);
    await auditor.context.close();
  });

  it('the labels of a phone’s bar never touch, however many places somebody may go to', async () => {
    const coordinator = await product.visitor({ width: 360 });
    await signInAs(coordinator.page, 'Coordinator');
    const bar = coordinator.page.getByRole('navigation', { name: 'Quick links' });
    await bar.getByRole('link', { name: 'Admin' }).waitFor();
    const labels = await bar.getByRole('link').evaluateAll((links) =>
      links.map((link) => {
        const words = document.createRange();
        words.selectNodeContents(link);
        const { left, right } = words.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(labels.length).toBeGreaterThanOrEqual(6);
    labels.slice(1).forEach(({ left }, at) => expect(left - (labels[at]?.right ?? 0)).toBeGreaterThanOrEqual(4));
    expect(Math.max(...labels.map(({ right }) => right))).toBeLessThanOrEqual(360);
    await coordinator.context.close();
  });

  it('a call says what it offers before anybody applies', async () => {
    await page.getByRole('link', { name: callName, exact: true }).click();
    await page.getByRole('heading', { name: callName, level: 1 }).waitFor();
    await page.getByText('£1,500.00', { exact: true }).waitFor();
    await page.getByText('Technicians.').waitFor();
    await page.getByRole('row', { name: /Benefit to your work/ }).waitFor();
    await look('open-call');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: `Apply to ${callName}`, level: 1 }).waitFor();
    address = new URL(page.url()).pathname;
    await saved();
    await look('form-event-empty');
  });

  it('the event is saved as it is typed', async () => {
    const before = await version();
    await page.getByLabel('Name of the event').fill('National Glassblowers’ Symposium');
    await page.getByLabel('Where', { exact: true }).fill('Durham');
    await page.getByLabel('First day').fill(dayAhead(90));
    await page.getByLabel('Last day').fill(dayAhead(80));
    await page.getByLabel('Link, if it has one').fill('glass');
    await page.getByLabel('Link, if it has one').blur();
    await fault('event.endsOn').getByText('The last day is before the first.').waitFor();
    await fault('event.link').getByText('A link begins with https://').waitFor();
    await look('form-event-faults');
    await page.getByLabel('Last day').fill(dayAhead(92));
    await page.getByLabel('Link, if it has one').fill('https://glass.example/2027');
    await page.getByLabel('What you will do there').selectOption({ label: 'Give a talk' });
    await page.getByLabel(/It hangs on an abstract/).check();
    await savedAfter(before);
    await next('Costs');
    await page.getByRole('heading', { name: '2. Costs' }).waitFor();
  });

  it('an amount that is none is named at its field, and what was typed stays', async () => {
    await page.getByRole('button', { name: 'Add a cost' }).click();
    const amount = field('costs.0.amount');
    for (const [typed, words] of [
      ['-5', 'The amount must be more than nothing.'],
      ['0.00', 'The amount must be more than nothing.'],
      ['1e9', 'Write an amount in pounds'],
      ['1,5', 'Write an amount in pounds'],
      ['10.005', 'An amount has whole pence'],
      ['12345678901234567890', 'That is more than any fund holds'],
    ] as const) {
      await amount.fill(typed);
      await amount.blur();
      await fault('costs.0.amount').getByText(words).waitFor();
      expect(await amount.getAttribute('aria-invalid')).toBe('true');
      expect(await amount.inputValue()).toBe(typed);
    }
    await look('form-amount-refused');
    await amount.fill('£1,200.00');
    await amount.blur();
    await fault('costs.0.amount').waitFor({ state: 'detached' });
    expect(await amount.inputValue()).toBe('1,200.00');
    await page.getByText('You ask the fund for').locator('..').getByText('£1,200.00').waitFor();
  });

  it('another currency is noted with its rate, and its amount offered to the penny', async () => {
    const line = page.getByRole('group', { name: 'Cost 1' });
    await line.getByLabel('What it is').fill('Early rate, full meeting');
    await line.getByLabel('It is paid in another currency').check();
    await line.getByLabel('Amount in that currency').fill('340.00');
    await line.getByLabel('Currency, as EUR').fill('eur');
    await line.getByLabel('What one pound was worth of it').fill('1.1628');
    await line.getByLabel('On which day').fill('2026-04-10');
    await line.getByText('At that rate it is £292.40.').waitFor();
    await line.getByRole('button', { name: 'Use this amount' }).click();
    await look('form-cost-open');
    await line.getByRole('button', { name: 'Done with this cost' }).click();
    await page.getByText('€340.00 at 1.1628 to the pound on Fri 10 April').waitFor();
  });

  it('a cost is taken out and put back; sums follow to the penny', async () => {
    await addCost('Travel', 'Train, Bath to Durham, return', '146.6');
    await addCost('Accommodation', 'Three nights, college rooms', '324');
    await addCost('Subsistence', 'Three days, evening meals', '93.00');
    await addCost('Carer and access costs', 'After-school care, three days', '164.00');
    const total = page.locator('tfoot').getByText('£1,020.00');
    await total.waitFor();
    await page.getByRole('button', { name: 'Remove Train, Bath to Durham, return' }).click();
    await page.locator('tfoot').getByText('£873.40').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await total.waitFor();
    await page.getByRole('button', { name: 'Add other funding' }).click();
    await page.getByLabel('From whom').fill('Society travel grant');
    await field('otherFunding.0.amount').fill('150');
    await page.getByLabel(/It is confirmed/).check();
    await page.getByLabel('Least amount that would still make it possible').fill('1000');
    await page.getByLabel('Least amount that would still make it possible').blur();
    await fault('least').getByText('That is more than the £870.00 you ask for.').waitFor();
    await page.getByLabel('Least amount that would still make it possible').fill('550');
    await page
      .getByLabel('What has to be paid before the event')
      .selectOption({ label: 'By an advance from the fund' });
    await page.getByLabel('How much of it').fill('292.40');
    await page.getByLabel('How much of it').blur();
    await page
      .getByRole('img', { name: /^Of £1,020\.00, £870\.00 is asked from the fund and £150\.00 comes/ })
      .waitFor();
    await page.getByText('£870.00 of at most £1,500.00.').waitFor();
    await saved();
    await look('form-costs');
  });

  it('what is typed without a connection outlives a reload, and goes up when there is one again', async () => {
    await next('Case');
    await page.getByRole('heading', { name: '3. Your case' }).waitFor();
    await saved();
    const before = await version();
    // The emulation and the route both let go of a page while it is being left; nothing may get through then either.
    await visitor.context.route('**/draft', (route) => route.abort('internetdisconnected'));
    await page.evaluate(() => {
      XMLHttpRequest.prototype.send = () => undefined;
      window.fetch = () => new Promise(() => undefined);
    });
    await visitor.context.setOffline(true);
    await page.getByText('No connection. Keep going: what you type is kept on this device').waitFor();
    await page.getByLabel('Why this event, and why now?').fill('I run the glass workshop for four research groups.');
    await page.getByText('9 of 300 words', { exact: false }).waitFor();
    await page.getByText(/^Kept on this device; version \d+ was saved at/).waitFor();
    await look('form-offline');
    // Without a connection the browser has nothing to show; left so, it would load the page by itself once there is one.
    await page.reload().catch(() => undefined);
    await page.waitForURL(/^chrome-error:/);
    await page.close();
    await visitor.context.setOffline(false);
    await visitor.context.unroute('**/draft');
    page = await visitor.context.newPage();
    page.on('pageerror', (error) => visitor.faults.push(error.message));
    await page.goto(`${address}?step=case`);
    await page.getByText('What you typed is back').waitFor();
    expect(await page.getByLabel('Why this event, and why now?').inputValue()).toBe(
      'I run the glass workshop for four research groups.',
    );
    await savedAfter(before);
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('waymark.kept.'))),
    ).toEqual([]);
    await look('form-recovered');
  });

  it('coming back online sends what was typed meanwhile, without a reload', async () => {
    const before = await version();
    await visitor.context.setOffline(true);
    await field('objectives.0').fill('Join borosilicate to quartz');
    await page.getByText(/^Kept on this device/).waitFor();
    await visitor.context.setOffline(false);
    await savedAfter(before);
  });

  it('two windows do not overwrite each other: what both changed is chosen', async () => {
    const other = await visitor.context.newPage();
    await other.goto(`${address}?step=case`);
    await other.getByText('This is open in another window too').waitFor();
    await page.getByText('This is open in another window too').waitFor();
    await other.getByLabel('Why this event, and why now?').waitFor();
    // The other window is cut off from this one's saves, as another device would be.
    await other.evaluate(() => {
      const post = BroadcastChannel.prototype.postMessage;
      BroadcastChannel.prototype.postMessage = function (said: { kind: string }) {
        if (said.kind !== 'saved') post.call(this, said);
      };
    });
    const before = await version();
    await other.getByLabel('Why this event, and why now?').fill('Written in the other window.');
    await other.getByText(new RegExp(`^Saved at .* version ${before + 1}$`)).waitFor();
    await page.getByLabel('Why this event, and why now?').fill('Written in this window.');
    await page.getByRole('heading', { name: 'This was changed somewhere else too' }).waitFor();
    await page.getByText('Two versions; choose below').waitFor();
    await look('form-conflict');
    await page.getByRole('radio', { name: /Here/ }).check();
    await page.getByRole('button', { name: 'Save what I chose' }).click();
    await savedAfter(before + 1);
    await other.close();
    expect(await page.getByLabel('Why this event, and why now?').inputValue()).toBe('Written in this window.');
    await page.getByText('This is open in another window too').waitFor({ state: 'detached' });
  });

  it('each kind of question, and files that are what they say', async () => {
    await page.getByLabel('Who has asked for it?').fill('Two research groups');
    await page.getByLabel('What have you tried so far?').fill('word '.repeat(41));
    await page.getByText('1 too many').waitFor();
    await page.getByLabel('What have you tried so far?').fill('Sending repairs out.');
    await page.getByLabel('Which workshop is it for?').selectOption({ label: 'Glass' });
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByLabel('How will you share it?').selectOption({ label: 'By a demonstration' });
    const file = page.locator('input[type=file]');
    await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
    await page.getByText('“notes.txt” is neither a PDF nor a picture').waitFor();
    await file.setInputFiles({
      name: 'huge.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    await page.getByText('“huge.pdf” is larger than 10 MB.').waitFor();
    await file.setInputFiles({ name: 'programme.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
    await page.locator('wm-application-files wm-problem').waitFor();
    await look('form-case');
    await file.setInputFiles({ name: 'programme.png', mimeType: 'image/png', buffer: picture });
    await page.getByRole('link', { name: 'programme.png' }).waitFor();
  });

  it('what is missing is listed and leads to its field', async () => {
    await step('Send');
    await page.getByRole('heading', { name: '4. Check and send' }).waitFor();
    await page.getByText('One thing is missing or not right yet').waitFor();
    await look('form-missing');
    await page.getByRole('link', { name: 'Learning objectives' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'f-objectives.1');
    await fault('objectives.1').getByText('The call asks for at least 2.').waitFor();
    await field('objectives.1').fill('Keep a log of repairs');
    await saved();
    await next('Send');
    await page.getByText('You ask for £870.00').waitFor();
    await saved();
    await look('form-ready');
  });

  it('a double click on Send sends it once', async () => {
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/submit')) posts.push(request.url());
    });
    await page.getByRole('button', { name: /^Send / }).dblclick();
    await page.getByText('It is sent').waitFor();
    expect(posts).toHaveLength(1);
    const { rows } = await product.owner.query<{ count: string }>(
      'select count(*) as count from application_submission where application_id = $1',
      [address.split('/')[3]],
    );
    expect(rows[0]?.count).toBe('1');
    await page.getByText('Waits for endorsement').first().waitFor();
    await look('sent');
  });

  it('the record shows it as it was sent, to the penny', async () => {
    await page.goto(address);
    await page.getByRole('heading', { name: 'National Glassblowers’ Symposium', level: 1 }).waitFor();
    const frozen = page.locator('wm-frozen-application');
    for (const words of ['£292.40', '£146.60', '£1,020.00', '−£150.00', '£870.00', 'Written in this window.', 'Glass'])
      await frozen.getByText(words, { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'programme.png' }).waitFor();
    await look('record');
    await page.goto('/funding');
    await page.getByRole('link', { name: 'National Glassblowers’ Symposium' }).waitFor();
    await look('funding-mine');
  });

  it('a coordinator sees it in the list of the call, and reads it', async () => {
    const coordinator = await product.visitor();
    await signInAs(coordinator.page, 'Coordinator');
    await coordinator.page.goto(`/funding/calls/${callId}/applications`);
    const row = coordinator.page.getByRole('row').filter({ hasText: 'National Glassblowers’ Symposium' });
    await row.getByText('£870.00').waitFor();
    await look('applications', coordinator.page);
    await coordinator.page.getByLabel('Name, reference or event').fill('nothing like it');
    await coordinator.page.getByRole('heading', { name: 'No application fits these filters' }).waitFor();
    await coordinator.page.getByRole('button', { name: 'Clear the filters' }).click();
    const csv = await coordinator.page.request.get(
      `/api/funding/calls/${callId}/applications/export?sort=name&format=csv`,
    );
    expect(await csv.text()).toContain('National Glassblowers’ Symposium');
    await row.getByRole('link').click();
    await coordinator.page.getByRole('heading', { name: 'National Glassblowers’ Symposium', level: 1 }).waitFor();
    await look('record-coordinator', coordinator.page);
    expect(coordinator.faults).toEqual([]);
    await coordinator.context.close();
  });

  it('comes back with a question on top, and is sent again; what was sent first stays readable', async () => {
    const id = address.split('/')[3];
    const { rows } = await product.owner.query<{ id: string; version: number; email: string }>(
      `select e.id, e.version, p.email from endorsement e
       join person p on p.institution_id = e.institution_id and p.id = e.asked_of
       where e.application_id = $1 and e.status = 'asked'`,
      [id],
    );
    const [asked] = rows;
    const manager = await product.visitor();
    await manager.page.goto('/sign-in');
    const { accounts } = (await (await manager.page.request.get('/api/demonstration/accounts')).json()) as {
      accounts: { password: string }[];
    };
    await manager.page.getByLabel('E-mail address').fill(asked?.email ?? '');
    await manager.page.getByLabel('Password').fill(accounts[0]?.password ?? '');
    await manager.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await manager.page.getByRole('heading', { name: /^What next/ }).waitFor();
    await command(manager.page, 'POST', `/api/funding/endorsements/${asked?.id}/answer`, {
      version: asked?.version,
      answer: 'returned',
      reason: 'Who looks after the kiln while you are away?',
    });
    await manager.context.close();

    await page.goto(address);
    await page.getByText('Who looks after the kiln while you are away?').first().waitFor();
    await look('returned');
    await step('Case');
    await page.getByLabel('Why this event, and why now?').fill('Written in this window. Sorrel looks after the kiln.');
    await step('Send');
    await saved();
    await page.getByRole('button', { name: /^Send it again to / }).click();
    await page.getByText('It is sent').waitFor();
    await page.getByLabel('Which of those sent').selectOption('1');
    const frozen = page.locator('wm-frozen-application');
    await frozen.getByText('Written in this window.', { exact: true }).waitFor();
    await page.getByLabel('Which of those sent').selectOption('2');
    await frozen.getByText('Sorrel looks after the kiln.').waitFor();
    await look('sent-again');
  });

  it('is withdrawn after a question, and stays readable', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    const dialog = page.getByRole('dialog', { name: 'Withdraw this application?' });
    await dialog.getByLabel('Why').fill('The symposium clashes with the audit');
    await look('withdraw');
    await dialog.getByRole('button', { name: 'Withdraw it' }).click();
    await page.locator('.chip').getByText('Withdrawn').waitFor();
    await page.locator('wm-frozen-application').getByText('£870.00', { exact: true }).first().waitFor();
    await look('withdrawn');
  });

  it('signing out leaves nothing of it on the device', async () => {
    await page.goto(`/funding/open/${callId}`);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByLabel('Name of the event').fill('Said and signed out at once');
    await page.getByRole('button', { name: /menu$/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('waymark.kept.'))),
    ).toEqual([]);
    await signInAs(page, 'Technician');
    await page.goto('/funding');
    await page.getByRole('link', { name: 'Said and signed out at once', exact: true }).waitFor();
  });

  it('nothing was wrong on any page', () => {
    expect(wrong).toEqual([]);
    expect(visitor.faults).toEqual([]);
  });
});
