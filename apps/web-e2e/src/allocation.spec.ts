/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { callToAllocate, institutionOf } from './allocating';
import { command } from './applying';
import { signInAs } from './coordinating';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

/** Phones in light, tablets in dark, desks in light; all of them in both where pictures are asked for. */
const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** Two people decide who is funded: one works it out, the other agrees on a phone, and then everybody hears. */
describe('the allocation workbench', () => {
  let product: Product;
  let visitor: Visitor;
  let lead: Visitor;
  let page: Page;
  let potId = '';
  let callId = '';
  const wrong: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    const finance = await product.visitor();
    await signInAs(finance.page, 'Finance officer');
    const codes = (await command(finance.page, 'POST', '/api/funding/cost-codes', {
      code: 'TS-7100',
      name: 'Glass and travel',
    })) as { rows: { id: string; code: string }[] };
    const pot = (await command(finance.page, 'POST', '/api/funding/pots', {
      name: 'Glass and travel fund',
      financialYear: new Date().getFullYear(),
      costCodeId: codes.rows.find(({ code }) => code === 'TS-7100')?.id,
    })) as { id: string };
    potId = pot.id;
    await command(finance.page, 'POST', `/api/funding/pots/${potId}/fund`, {
      amountPence: 1_840_000,
      reason: 'From the faculty',
    });
    await finance.context.close();
    const institutionId = await institutionOf(product.owner, 'coordinator');
    const of = { institutionId, potId, budgetPence: 1_840_000 };
    callId = await callToAllocate(product.owner, { ...of, name: 'Glass and travel fund 2026' });
    visitor = await product.visitor();
    lead = await product.visitor({ width: 360 });
    page = visitor.page;
    await signInAs(page, 'Coordinator');
    await signInAs(lead.page, 'Programme lead');
  });
  afterAll(() => product.stop());

  /** The page as it stands, at each width and in both themes: axe finds nothing, nothing runs over the edge. */
  const look = async (on: Page, name: string): Promise<void> => {
    const before = on.viewportSize() ?? { width: 1440, height: 900 };
    await on.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
    );
    for (const { width, dark } of looks) {
      await on.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await on.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      await on.waitForFunction(
        () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
      );
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window } = await on.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
      const cut = await on.evaluate(() =>
        [...document.querySelectorAll('main table')].some(
          (table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0) + 1,
        ),
      );
      if (cut) wrong.push(`${label}: a table is cut off`);
      await on.evaluate(axeSource);
      const found = await on.evaluate(async () =>
        (await (globalThis as unknown as { axe: typeof axe }).axe.run(document)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      );
      wrong.push(...found.map((each) => `${label}: ${each}`));
      const folder = process.env['WAYMARK_LOOK'];
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await on.screenshot({ path: join(folder, `${label.replaceAll(' ', '-')}.png`), fullPage: true });
      }
    }
    await on.setViewportSize(before);
    await on.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  const bench = (query = '') => `/funding/calls/${callId}/allocation${query}`;
  const slider = () => page.getByRole('slider', { name: 'Budget line' });
  const row = (name: string): Locator =>
    page
      .getByRole('table', { name: /^Applications of scenario/ })
      .getByRole('row')
      .filter({ hasText: name });
  /** Waits until the line stands at so many pence. */
  const standsAt = (pence: number) => page.locator(`[role=slider][aria-valuenow="${pence}"]`).waitFor();
  const card = (on: Page, heading: string) =>
    on.locator('section').filter({ has: on.getByRole('heading', { name: heading, exact: true }) });
  const figures = async (): Promise<{ available: number; committed: number }> => {
    const { rows } = await product.owner.query<{ available: number; committed: number }>(
      `select available_pence::float8 as available, committed_pence::float8 as committed from pot_figures where pot_id = $1`,
      [potId],
    );
    return rows[0] ?? { available: -1, committed: -1 };
  };

  it('a call that nobody has scored says which step is missing, and leads there', async () => {
    const institutionId = await institutionOf(product.owner, 'coordinator');
    const id = await callToAllocate(
      product.owner,
      { institutionId, potId, name: 'Summer fund 2026', budgetPence: 500_000 },
      [],
      'scoring',
    );
    await page.goto(`/funding/calls/${id}/allocation`);
    await page.getByRole('heading', { name: 'The panel is still scoring' }).waitFor();
    expect(await page.getByRole('link', { name: 'Go to moderation' }).getAttribute('href')).toBe(
      `/funding/calls/${id}/moderation`,
    );
    await look(page, 'nothing-scored');
  });

  it('before the first scenario the picture answers, to the penny, and nothing is kept', async () => {
    await page.goto(bench());
    await page.getByRole('heading', { name: 'Allocate Glass and travel fund 2026', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'No scenario yet' }).waitFor();
    await page.getByText('24 scored applications, 72 reviews, all locked').waitFor();
    await page.getByLabel('Budget', { exact: true }).fill('£15,000.00');
    await page.getByText(/£15,000 to 18 people; £0 left; 5 on the reserve list/).waitFor();
    await look(page, 'no-scenario');
    await page.getByRole('button', { name: 'Keep this as scenario A' }).click();
    await page.getByRole('table', { name: 'Applications of scenario A' }).waitFor();
    await row('Marsh Manifold').getByText('£858', { exact: true }).waitFor();
    await row('Skye Stirrer').getByText('Reserve 1').waitFor();
    await row('Jasper Jig').getByText('Below the bar').waitFor();
    await page
      .getByRole('row', { name: /Budget line £15,000/ })
      .getByText('17 awards and 1 part-award, £15,000 in all. Nothing is left.')
      .waitFor();
    expect(await figures()).toEqual({ available: 1_840_000, committed: 0 });
  });

  it('an amount that is none is refused in its place, and so is more than there is', async () => {
    const budget = page.getByLabel('Budget', { exact: true });
    for (const [typed, words] of [
      ['-5', 'The amount must be more than nothing.'],
      ['1e9', 'Write an amount in pounds'],
      ['12345678901234567890', 'That is more than any fund holds'],
      ['18,400.01', 'That is more than may be given: £18,400.00.'],
    ] as const) {
      await budget.fill(typed);
      await budget.press('Tab');
      await page.locator('#budget-error').getByText(words).waitFor();
    }
    await budget.fill('15000');
    await budget.press('Tab');
    await page.locator('#budget-error').waitFor({ state: 'detached' });
    await standsAt(1_500_000);
  });

  it('the budget line moves by keys and says who moves; nothing of it is kept until it is asked for', async () => {
    await slider().focus();
    await page.keyboard.press('ArrowRight');
    await standsAt(1_505_000);
    await page.keyboard.press('End');
    await page.getByText('Only tried, not kept.').waitFor();
    await standsAt(1_840_000);
    await page.getByText('4 gain an award (ranks 19 to 22), 1 gets another amount (rank 18).').first().waitFor();
    await row('Skye Stirrer').getByText('£820', { exact: true }).last().waitFor();
    await row('Skye Stirrer').getByText('was £0').waitFor();
    expect(await slider().getAttribute('aria-valuetext')).toMatch(/^£18,400\.00; 21 awards and 1 part-award/);
    await look(page, 'what-if');
    await page.getByRole('button', { name: 'Back to A' }).click();
    await standsAt(1_500_000);
    await page.getByText('Only tried, not kept.').waitFor({ state: 'detached' });
  });

  it('the plate is dragged with the pointer, and the answer follows', async () => {
    const box = await slider().boundingBox();
    const track = await page.locator('.queue__track').boundingBox();
    if (!box || !track) throw new Error('the queue is not there');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - track.width / 4, y, { steps: 12 });
    await page.mouse.up();
    await page
      .getByText(/lose it \(ranks/)
      .first()
      .waitFor();
    // A quarter of £20,012 to the left, on a step of £50.
    const now = Number(await slider().getAttribute('aria-valuenow'));
    expect(Math.abs(now - (1_500_000 - 2_001_200 / 4))).toBeLessThanOrEqual(5000);
    expect(now % 5000).toBe(0);
    await page.getByRole('button', { name: 'Back to A' }).click();
    await page.getByText('Only tried, not kept.').waitFor({ state: 'hidden' });
  });

  it('a budget to the penny is kept to the penny', async () => {
    await page.getByLabel('Budget', { exact: true }).fill('14,142.37');
    await page.getByText(/£14,142 to 17 people; £0\.37 left/).waitFor();
    await page.getByRole('button', { name: 'Keep as a scenario' }).click();
    await page.getByRole('link', { name: /^B By rank £14,142\.37/ }).waitFor();
    const { rows } = await product.owner.query<{ budget: string; given: string }>(
      `select s.parameters->>'budgetPence' as budget, sum(l.amount_pence)::text as given from scenario s
       join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
       where s.call_id = $1 and s.name = 'B' group by 1`,
      [callId],
    );
    expect(rows).toEqual([{ budget: '1414237', given: '1414200' }]);
  });

  it('another method is another scenario, and who moves between them stands in a table with its sums', async () => {
    await page.goto(bench('?scenario=A'));
    await page.getByRole('table', { name: 'Applications of scenario A' }).waitFor();
    await page.getByText('Equal shares', { exact: true }).click();
    await page.getByText('Only tried, not kept.').waitFor();
    await page.getByRole('button', { name: 'Keep as a scenario' }).click();
    await page.getByRole('table', { name: 'Applications of scenario C' }).waitFor();
    await page.goto(bench('?scenario=A&with=C&and=B'));
    const moves = page.getByRole('table', { name: /^Who has another outcome/ });
    await moves.getByRole('row', { name: /Committed/ }).waitFor();
    const { rows } = await product.owner.query<{ name: string; pence: number }>(
      `select s.name, sum(l.amount_pence)::float8 as pence from scenario s
       join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
       where s.call_id = $1 group by s.name`,
      [callId],
    );
    const pounds = ['A', 'C', 'B'].map((name) =>
      ((rows.find((each) => each.name === name)?.pence ?? 0) / 100).toLocaleString('en-GB', {
        style: 'currency',
        currency: 'GBP',
      }),
    );
    expect(
      await moves
        .getByRole('row', { name: /Committed/ })
        .getByRole('cell')
        .allInnerTexts(),
    ).toEqual(pounds);
    await look(page, 'compared');
  });

  it('limits by group are computed as a job, and hold', async () => {
    await page.goto(bench('?scenario=A'));
    await page.getByRole('table', { name: 'Applications of scenario A' }).waitFor();
    await page.getByText('Best total', { exact: true }).click();
    await page.getByText('Bar and limits').click();
    await page.getByRole('button', { name: 'Add a limit' }).click();
    await page.getByLabel('Unit or grade').selectOption({ label: 'Sciences' });
    await page.getByLabel('At least').fill('4,000');
    await page.getByLabel('At most').fill('3,000');
    await page.getByLabel('At most').press('Tab');
    await page.getByText('At most is less than at least.').waitFor();
    await look(page, 'limits');
    // What would be kept without it is not what was meant: nothing is kept, and focus goes to what is wrong.
    await page.getByRole('button', { name: 'Keep as a scenario' }).click();
    await page.waitForFunction(() => document.activeElement?.id.startsWith('limit-most-'));
    await page.getByLabel('At least').fill('');
    await page.getByLabel('At most').fill('');
    await page.getByLabel('At most').press('Tab');
    await page.getByRole('button', { name: 'Keep as a scenario' }).click();
    await page.getByText('Say how much at least, or at most.').waitFor();
    expect(await page.getByRole('link', { name: /^D / }).count()).toBe(0);
    await page.getByLabel('At least').fill('');
    await page.getByLabel('At most').fill('3,000.00');
    await page.getByLabel('At most').press('Tab');
    await page.getByRole('button', { name: 'Compute and keep as a scenario' }).click();
    await page.getByRole('table', { name: 'Applications of scenario D' }).waitFor({ timeout: 40_000 });
    const { rows } = await product.owner.query<{ pence: number }>(
      `select sum(l.amount_pence)::float8 as pence from scenario s
       join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
       join application a on a.institution_id = l.institution_id and a.id = l.application_id
       join person p on p.institution_id = a.institution_id and p.id = a.person_id
       join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
       where s.call_id = $1 and s.name = 'D' and u.name = 'Sciences'`,
      [callId],
    );
    expect(rows[0]?.pence).toBeLessThanOrEqual(300_000);
  });

  it('one application says what decided it and what would have changed it, and its letter can be read', async () => {
    await page.goto(bench('?scenario=A'));
    await row('Skye Stirrer').getByRole('button', { name: 'Skye Stirrer' }).click();
    const panel = card(page, 'Skye Stirrer');
    await panel.getByText('17 applications ahead took £14,142 in full.').waitFor();
    await panel.getByText('Rank 18, 0.7 points above, took the last £858 as a part-award.').waitFor();
    const changes = panel.getByRole('table', { name: 'What would have changed it' });
    await changes.getByRole('row', { name: /Score 74\.6 75\.4 \(\+0\.8\)/ }).waitFor();
    await changes.getByRole('row', { name: /Budget £15,000 £15,992 \(\+£992\)/ }).waitFor();
    await changes.getByRole('row', { name: /Released later £0 £540 \(first in line\)/ }).waitFor();
    await changes.getByRole('row', { name: /Least amount £540 no change helps/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'why-h');
    await look(page, 'panel');
    await panel.getByRole('button', { name: 'Read the letter' }).click();
    await page.getByRole('dialog', { name: 'The letter to Skye Stirrer' }).getByText('75.4').first().waitFor();
    await look(page, 'letter');
    await page.keyboard.press('Escape');
  });

  it('an override says at once what it does to the budget, and can be taken back', async () => {
    await page.getByRole('button', { name: 'Override with a reason' }).click();
    await page.getByText('This would be £820.00 over the budget.').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    // Refused, it keeps what was chosen and what was typed.
    await row('Marsh Manifold').getByRole('button', { name: 'Marsh Manifold' }).click();
    const refused = card(page, 'Marsh Manifold');
    await refused.getByRole('button', { name: 'Override with a reason' }).click();
    await refused.getByLabel('Outcome').selectOption({ label: 'Award' });
    await refused.getByLabel('Why').fill('All of it.');
    const read = page.waitForResponse((response) => /\/lines\/[^/]+$/.test(new URL(response.url()).pathname));
    await refused.getByRole('button', { name: 'Change it' }).click();
    await read;
    await refused.locator('.msg').first().waitFor();
    expect(await refused.getByLabel('Outcome').locator('option:checked').innerText()).toBe('Award');
    expect(await refused.getByLabel('Why').inputValue()).toBe('All of it.');
    await refused.getByRole('button', { name: 'Not now' }).click();
    const decide = async (name: string, outcome: string, effect: string, because: string) => {
      await row(name).getByRole('button', { name }).click();
      const panel = card(page, name);
      await panel.getByRole('button', { name: 'Override with a reason' }).click();
      await panel.getByLabel('Outcome').selectOption({ label: outcome });
      await panel.getByText(effect).waitFor();
      await panel.getByRole('button', { name: 'Change it' }).click();
      await panel.getByText('Say why; it stands in the letter and in the books.').waitFor();
      await panel.getByLabel('Why').fill(because);
      if (outcome === 'Reserve') await look(page, 'override');
      await panel.getByRole('button', { name: 'Change it' }).click();
      await panel.getByText(because, { exact: true }).first().waitFor();
      await row(name).getByText('By hand').waitFor();
    };
    await decide(
      'Marsh Manifold',
      'Reserve',
      'Left in the budget: £858.00 instead of £0.00.',
      'Goes in the autumn instead.',
    );
    await decide(
      'Skye Stirrer',
      'Award',
      'Left in the budget: £38.00 instead of £858.00.',
      'Speaks for the panel’s theme.',
    );
    await page.goto(bench('?scenario=A'));
    await page
      .getByRole('row', { name: /Budget line £15,000/ })
      .getByText('18 awards, £14,962 in all. £38 is left.')
      .waitFor();
    await row('Skye Stirrer').getByRole('button', { name: 'Skye Stirrer' }).click();
    await card(page, 'Skye Stirrer').getByRole('button', { name: 'Take this back' }).click();
    await page.getByText('Skye Stirrer is as the method has it again.').waitFor();
    await decide(
      'Skye Stirrer',
      'Award',
      'Left in the budget: £38.00 instead of £858.00.',
      'Speaks for the panel’s theme.',
    );
  });

  it('who proposed a scenario cannot approve it, and reads why', async () => {
    await page.getByRole('button', { name: 'Propose scenario A' }).click();
    const approval = card(page, 'Second approval');
    await approval.getByText('You proposed this scenario, so another person approves it. Basil Beam can.').waitFor();
    const approve = approval.getByRole('button', { name: 'Approve' });
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
    await look(page, 'proposed');
    await page.getByRole('button', { name: 'Withdraw proposal' }).click();
    await page.getByText('Scenario A is no longer proposed.').waitFor();
    await page.getByRole('button', { name: 'Propose scenario A' }).click();
    await approval.getByText('You proposed this scenario').waitFor();
  });

  it('on a phone the approver meets the approval before the tables, and can return it or agree', async () => {
    const phone = lead.page;
    await phone.goto(bench());
    const approval = card(phone, 'Second approval');
    await approval.getByRole('button', { name: 'Approve' }).waitFor();
    await approval.getByText('£14,962.00', { exact: true }).waitFor();
    const first = await approval.boundingBox();
    const table = await phone.getByRole('heading', { name: 'Applications by rank' }).boundingBox();
    expect(first?.y ?? 0).toBeLessThan(table?.y ?? 0);
    expect(await phone.getByRole('slider').count()).toBe(0);
    await approval.getByRole('button', { name: 'Return with a reason' }).click();
    await approval.getByRole('button', { name: 'Return it' }).click();
    await approval.getByText('Say what should be otherwise; whoever proposed it reads it.').waitFor();
    await look(phone, 'returning');
    await approval.getByRole('button', { name: 'Not now' }).click();
    await approval.getByRole('button', { name: 'Approve' }).click();
    const dialog = phone.getByRole('dialog', { name: 'Approve scenario A?' });
    await dialog.getByText('18 awards, £14,962 in all. £38 is left.').waitFor();
    await dialog.getByText('2 outcomes were changed by hand').waitFor();
    // Turned until the page is wide, and back: the dialog stays, and what it asks.
    await look(phone, 'approving');
    await phone.setViewportSize({ width: 1280, height: 700 });
    await phone.getByRole('slider').waitFor({ state: 'detached' });
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await phone.waitForFunction(() => document.activeElement?.id === 'approval-h');
    await approval.getByRole('button', { name: 'Approve' }).click();
    await phone.setViewportSize({ width: 360, height: 780 });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await phone.getByText('Scenario A is approved. Nothing has been sent yet.').waitFor();
    await phone.waitForFunction(() => document.activeElement?.id === 'approval-h');
    expect(await figures()).toEqual({ available: 1_840_000, committed: 0 });
  });

  it('publication says exactly what happens, and then it has: ledger, decisions and letters', async () => {
    await page.goto(bench());
    await page.getByRole('button', { name: 'Publish all decisions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish 24 decisions?' });
    await dialog
      .getByText(
        '24 letters go out at once, each with what decided it: 18 awards, 5 places on the reserve list and 1 not funded.',
      )
      .waitFor();
    await dialog
      .getByText(/£14,962\.00 is committed in Glass and travel fund .* leaves £3,438\.00 available\./)
      .waitFor();
    expect(await dialog.getByRole('button').count()).toBe(2);
    await dialog.getByRole('button', { name: 'Publish and send' }).click();
    await page.getByText(/^All decisions are published/).waitFor();
    expect(await figures()).toEqual({ available: 343_800, committed: 1_496_200 });
    const { rows } = await product.owner.query<{ status: string; count: number }>(
      `select status, count(*)::int as count from application where call_id = $1 group by status order by status`,
      [callId],
    );
    expect(rows).toEqual([
      { status: 'awarded', count: 18 },
      { status: 'reserve', count: 5 },
      { status: 'unsuccessful', count: 1 },
    ]);
  });

  it('afterwards the workbench is to be read: nothing in it can be changed', async () => {
    await page.goto(bench());
    await card(page, 'Second approval').getByText('Published').first().waitFor();
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Propose|Approve|Publish|Keep|Override|Withdraw/ }).count()).toBe(0);
    await page.getByText('£3,438', { exact: true }).waitFor();
    await look(page, 'published');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Only who moves' }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  it('nothing of it is wrong to look at, and no page said an error', () => {
    expect(wrong).toEqual([]);
    expect([...visitor.faults, ...lead.faults]).toEqual([]);
  });
});
