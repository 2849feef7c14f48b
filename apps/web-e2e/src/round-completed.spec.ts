/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { signInAs, startRound } from './coordinating';
import { Product, type Visitor, widths } from './product';

const password = 'a password long enough';
const pictures = process.env['WAYMARK_PICTURES'];

jest.setTimeout(240_000);

const files = {
  mentees: [
    'first name,last name,email,department,skills',
    'Anna,Anode,anna.anode@byhand.example,Sciences,glass',
    'Ben,Brass,ben.brass@byhand.example,Sciences,wood',
    'Cleo,Coil,cleo.coil@byhand.example,Sciences,metal',
  ],
  mentors: [
    'first name,last name,email,department,skills',
    'Dora,Drill,dora.drill@byhand.example,Engineering,glass',
    'Ed,Etch,ed.etch@byhand.example,Engineering,wood',
    'Fay,Flux,fay.flux@byhand.example,Engineering,metal',
    'Gus,Gauge,gus.gauge@byhand.example,Engineering,paint',
  ],
};

/** A coordinator decides by hand, compares and asks; a mentor says no, and the next one says yes. */
describe('a round completed', () => {
  let product: Product;
  /** What is wrong with how the pages look. */
  const seen: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
  });
  afterAll(() => product.stop());

  /** Each width, light and dark: axe finds nothing, and nothing runs over the edge. */
  const look = async ({ page }: Visitor, name: string, inside?: string) => {
    const before = page.viewportSize();
    for (const width of widths) {
      // With pictures each in both; else phones and desks in light, tablets in dark.
      for (const dark of pictures ? [false, true] : [width === 768]) {
        await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
        const over = await page.evaluate(() =>
          document.documentElement.scrollWidth <= innerWidth
            ? []
            : [...document.querySelectorAll('main *')]
                .filter((each) => each.getBoundingClientRect().right > innerWidth)
                .slice(0, 3)
                .map((each) => each.outerHTML.slice(0, 160)),
        );
        const label = `${name} at ${width}, ${dark ? 'dark' : 'light'}`;
        seen.push(...over.map((what) => `${label} runs over: ${what}`));
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(
          (within) =>
            (globalThis as unknown as { axe: typeof axe }).axe.run(within ?? document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            }),
          inside,
        );
        for (const { id, nodes } of violations)
          seen.push(
            `${label}, ${id}: ${nodes
              .slice(0, 2)
              .map(({ html }) => html.slice(0, 160))
              .join(' | ')}`,
          );
        if (pictures) {
          await page.screenshot({
            path: `${pictures}/${name}-${width}-${dark ? 'dark' : 'light'}.png`,
            fullPage: inside === undefined,
          });
        }
      }
    }
    if (before) await page.setViewportSize(before);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  const load = async (page: Page, side: 'mentees' | 'mentors') => {
    await page
      .getByRole('link', { name: `Load ${side} from a file` })
      .first()
      .click();
    await page.locator('input[type=file]').setInputFiles({
      name: `${side}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(`${files[side].join('\n')}\n`),
    });
    await page.getByRole('heading', { name: 'What each column means' }).waitFor();
    if (side === 'mentors') await page.getByLabel('Places where the file says nothing').fill('1');
    await page.getByRole('button', { name: 'Check the rows' }).click();
    await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
    await page.getByRole('button', { name: /^Load \d/ }).click();
    await page.getByRole('link', { name: 'Back to the round' }).click();
    await page
      .getByRole('link', { name: `Load ${side} from a file` })
      .first()
      .waitFor();
  };

  /** Chooses somebody in the dialog by typing a part of the name. */
  const pick = async (page: Page, side: 'Mentee' | 'Mentor', name: string) => {
    const group = page.getByRole('dialog').getByRole('group', { name: side, exact: true });
    await group.getByLabel('Search by name').fill(name.slice(0, 4));
    await group.getByRole('button', { name: new RegExp(name) }).click();
    await group.getByRole('button', { name: `Change ${name}` }).waitFor();
  };

  const one = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row> => {
    const { rows } = await product.owner.query<Row>(sql, values);
    if (!rows[0]) throw new Error(`nothing for: ${sql}`);
    return rows[0];
  };
  const proposalOf = (mentee: string, status: string) =>
    one<{ id: string; mentor: string; name: string }>(
      `select p.id, m.email as mentor, m.given_name || ' ' || m.family_name as name from proposal p
       join person e on e.id = p.mentee_id join person m on m.id = p.mentor_id where e.email = $1 and p.status = $2`,
      [`${mentee}@byhand.example`, status],
    );

  it('pin one, forbid one, run again, compare, ask why not, release; a no goes on to the next mentor, who says yes', async () => {
    const coordinator = await product.visitor();
    const { page } = coordinator;
    await signInAs(page, 'Coordinator');
    await startRound(page, 'By hand');
    await load(page, 'mentees');
    await load(page, 'mentors');
    await page.getByRole('button', { name: 'Match 3 people' }).click();
    await page.getByRole('heading', { name: 'Pairs of run 1' }).waitFor();
    await page.getByText('3 of 3').first().waitFor();

    // Forbid from a pair's row: a reason is asked for.
    await page.getByRole('button', { name: 'Forbid Cleo Coil with Fay Flux' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Forbid this pair' }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('They apply for the same post');
    await dialog.getByRole('button', { name: 'Forbid this pair' }).click();
    await page.getByText('Cleo Coil not with Fay Flux').waitFor();
    // Pin by pickers.
    await page.getByRole('button', { name: 'Pin two people' }).click();
    await pick(page, 'Mentee', 'Anna Anode');
    await pick(page, 'Mentor', 'Ed Etch');
    await look(coordinator, 'pin', 'dialog');
    await dialog.getByLabel('Reason').fill('A promise from last year');
    await dialog.getByRole('button', { name: 'Pin them' }).click();
    await page.getByText('Anna Anode with Ed Etch').waitFor();
    // A second pin on the same place is refused in words.
    await page.getByRole('button', { name: 'Pin two people' }).click();
    await pick(page, 'Mentee', 'Ben Brass');
    await pick(page, 'Mentor', 'Ed Etch');
    await dialog.getByLabel('Reason').fill('No reason');
    await dialog.getByRole('button', { name: 'Pin them' }).click();
    await dialog.getByText('There is no place for this pin').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('button', { name: 'Match again' }).click();
    await page.getByRole('heading', { name: 'Pairs of run 2' }).waitFor();
    await page.getByRole('heading', { name: 'Run 2 against run 1' }).waitFor();
    const compared = page.locator('wm-run-compare');
    await compared.getByText('Anna Anode with Ed Etch is pinned in run 2 alone').waitFor();
    await compared.getByRole('row', { name: /Anna Anode.*Dora Drill.*Ed Etch/ }).waitFor();
    await look(coordinator, 'workbench');

    // Why not Ed for Ben?
    await page.getByRole('button', { name: 'Ask about two people' }).click();
    await pick(page, 'Mentee', 'Ben Brass');
    await pick(page, 'Mentor', 'Ed Etch');
    await dialog.getByRole('button', { name: 'Tell me why' }).click();
    await dialog.getByText('The two are allowed and would score 10').waitFor();
    await dialog.getByText(/Ed Etch has Anna Anode/).waitFor();
    await look(coordinator, 'why-not', 'dialog');
    await dialog.getByRole('button', { name: 'Close' }).click();

    await page
      .getByRole('button', { name: /^Release run 2/ })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Release and send' }).click();
    await page.getByText('Released', { exact: true }).first().waitFor();

    const first = await proposalOf('anna.anode', 'proposed');
    expect(first.name).toBe('Ed Etch');
    const ed = await product.visitor({ width: 360 });
    await enterByMail(ed.page, first.mentor, first.id);
    await ed.page.getByRole('button', { name: 'Ask something first' }).waitFor();
    await look(ed, 'proposal-of-a-mentor');
    await ed.page.getByRole('button', { name: 'Decline' }).click();
    await ed.page.getByLabel('No time at present').click();
    await ed.page.getByRole('button', { name: 'Decline', exact: true }).last().click();
    await ed.page.getByText('You declined').first().waitFor();
    expect(await ed.page.locator('body').innerText()).not.toMatch(/Dora|Fay|Gus/);
    await ed.page.goto('/mentoring/mine');
    await ed.page.getByRole('heading', { name: 'Your mentoring' }).waitFor();
    await look(ed, 'my-mentoring');
    await ed.page.getByRole('button', { name: 'Pause for now' }).click();
    await ed.page.getByText('You have paused').waitFor();
    await ed.page.getByRole('button', { name: 'Be active again' }).click();
    await ed.page.getByRole('button', { name: 'Pause for now' }).waitFor();

    const next = await proposalOf('anna.anode', 'proposed');
    expect(next.name).not.toBe('Ed Etch');
    const anna = await product.visitor({ width: 768, dark: true });
    await enterByMail(anna.page, 'anna.anode@byhand.example', null);
    await anna.page.goto(`/mentoring/proposals/${first.id}`);
    await anna.page.getByText(`It goes on: ${next.name} has been asked now.`).waitFor();
    await anna.page.getByRole('link', { name: 'See the new proposal' }).click();
    await anna.page.waitForURL(`**/mentoring/proposals/${next.id}`);

    const second = await product.visitor({ width: 360 });
    await enterByMail(second.page, next.mentor, next.id);
    await second.page.getByRole('button', { name: 'Accept' }).click();
    await second.page.getByText('anna.anode@byhand.example').first().waitFor();

    await page.goto(page.url());
    await page.getByText(`passed on to ${next.name}`).waitFor();
    await page.getByText('passed on from Ed Etch').waitFor();
    await look(coordinator, 'proposals');
    expect(seen).toEqual([]);
    for (const visitor of [coordinator, ed, anna, second]) {
      expect(visitor.faults).toEqual([]);
      await visitor.context.close();
    }
  });
});

/** From the message in the post into Waymark: somebody who never signed in chooses a password on the way. */
const enterByMail = async (page: Page, email: string, proposalId: string | null) => {
  await page.goto('/password');
  await page.getByLabel(/e-mail/i).fill(email);
  await page.locator('form button[type=submit]').click();
  await page.locator('form').waitFor({ state: 'detached' });
  await page.goto(`/demonstration/mail?to=${encodeURIComponent(email)}`);
  await page
    .getByRole('link', { name: /way into Waymark/ })
    .first()
    .click();
  await page.getByRole('link', { name: /\/password\// }).click();
  await page.locator('input[autocomplete=new-password]').first().fill(password);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { name: /^What next/ }).waitFor();
  if (proposalId !== null) await page.goto(`/mentoring/proposals/${proposalId}`);
};
