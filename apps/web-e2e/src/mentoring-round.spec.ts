import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { load, match, matchBy, release, sharedFiles, signInAs, startRound, writeRules } from './coordinating';
import { Product, type Visitor } from './product';

const there = existsSync(sharedFiles);
const password = 'a password long enough';

jest.setTimeout(240_000);

/** The main job, on real files from outside, by hand in a real browser: as coordinator, as mentor, as mentee. */
describe('a mentoring round', () => {
  let product: Product;

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
  });
  afterAll(() => product.stop());

  /** The demonstration has rounds of its own. */
  const ofRound = `round_id = (select id from round where name = 'Civil service round')`;
  const one = async <Row extends object>(sql: string): Promise<Row> => {
    const { rows } = await product.owner.query<Row>(sql);
    if (!rows[0]) throw new Error(`nothing for: ${sql}`);
    return rows[0];
  };

  (there ? it : it.skip)(
    `goes from two CSV files to a pair that begins${there ? '' : ' [the reference data are not beside this clone]'}`,
    async () => {
      const coordinator = await product.visitor();
      const seen = () => seesNoIdentity(coordinator.page);
      await signInAs(coordinator.page, 'Coordinator');
      await startRound(coordinator.page, 'Civil service round');
      await load(coordinator.page, 'mentees', seen);
      await load(coordinator.page, 'mentors', seen);
      await writeRules(coordinator.page);
      await match(coordinator.page, 50);

      // Known from outside: 35 pairs at most, 750 points. What people say of their identity shows nowhere.
      await coordinator.page.getByText('35 of 50').first().waitFor();
      await seen();
      expect(
        await one(
          `select (summary->>'count')::int as count, (summary->>'total')::int as total from run where ${ofRound}`,
        ),
      ).toEqual({
        count: 35,
        total: 750,
      });

      // By another method: as many pairs, and no pair lower than before. Computed again, it comes to the same.
      await matchBy(coordinator.page, 'Most pairs, then the highest floor', 2);
      await coordinator.page.getByText('as high as it can be', { exact: false }).first().waitFor();
      await coordinator.page.getByRole('button', { name: 'Compute it again' }).click();
      await coordinator.page.getByText('the very same pairs came out').waitFor();
      await seen();
      const byMethod = await one<{ methods: string[]; counts: number[]; raised: boolean }>(
        `select array_agg(method order by number) as methods, array_agg(distinct (summary->>'count')::int) as counts,
           max((select min(score) from run_pair where run_id = run.id and run.number = 2))
             >= max((select min(score) from run_pair where run_id = run.id and run.number = 1)) as raised
         from run where ${ofRound}`,
      );
      expect(byMethod).toEqual({ methods: ['pairs-total', 'pairs-floor-total'], counts: [35], raised: true });
      await coordinator.page.getByRole('link', { name: 'Run 1', exact: true }).click();

      await release(coordinator.page);
      const chosen = await one<{ mentee: string; mentor: string; id: string }>(
        `select a.email as mentee, b.email as mentor, p.id from proposal p
         join person a on a.id = p.mentee_id join person b on b.id = p.mentor_id where p.${ofRound} order by a.email limit 1`,
      );

      const mentor = await product.visitor({ width: 360 });
      await enterByMail(mentor.page, chosen.mentor, chosen.id);
      await mentor.page.getByRole('button', { name: 'Accept' }).click();
      await mentor.page.getByText(chosen.mentee).first().waitFor();
      await seesNoIdentity(mentor.page);

      const mentee = await product.visitor({ width: 768, dark: true });
      await enterByMail(mentee.page, chosen.mentee, chosen.id);
      await mentee.page.getByLabel('What do you want to reach?').fill('Read a budget, and chair a meeting.');
      await mentee.page.locator('form button[type=submit]').click();
      await mentee.page.locator('form').waitFor({ state: 'detached' });
      await seesNoIdentity(mentee.page);

      await mentor.page.goto('/');
      await mentor.page.locator('.task a').first().click();
      await mentor.page.getByText('Read a budget, and chair a meeting.').first().waitFor();
      await mentor.page
        .getByRole('button', { name: /confirm/i })
        .first()
        .click();
      await mentor.page
        .getByRole('button', { name: /confirm/i })
        .first()
        .waitFor({ state: 'detached' });
      expect(
        await one(
          `select pair.status, r.kind from pair join relationship r on r.source_id = pair.id where pair.proposal_id = '${chosen.id}'`,
        ),
      ).toEqual({ status: 'active', kind: 'paired-with' });
      await mentee.page.goto('/');
      await mentee.page.getByRole('heading', { name: 'Your pairs' }).waitFor();
      for (const visitor of [coordinator, mentor, mentee]) await leave(visitor);
    },
  );
});

const leave = async ({ faults, context }: Visitor) => {
  expect(faults).toEqual([]);
  await context.close();
};

/** From the message in the post to the proposal: somebody who never signed in chooses a password on the way. */
const enterByMail = async (page: Page, email: string, proposalId: string) => {
  await page.goto(`/mentoring/proposals/${proposalId}`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByRole('link', { name: /no password/ }).click();
  // The sign-in page has a field of the same name.
  await page.waitForURL('**/password');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ state: 'detached' });
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
  await page.locator('.task a').first().click();
  await page.waitForURL(`**/mentoring/proposals/${proposalId}`);
};

/** Not a word of it: neither a value, nor that somebody said something. */
const seesNoIdentity = async (page: Page) => {
  expect(await page.locator('body').innerText()).not.toMatch(
    /lesbian|\bgay\b|bisexual|transgender|non-binary|asexual/i,
  );
};
