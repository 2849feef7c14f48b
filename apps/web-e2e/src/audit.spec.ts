/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { signInAs } from './coordinating';
import { Product, type Visitor, widths } from './product';

jest.setTimeout(300_000);

/** Where pictures go for a person to look at; nowhere in a usual run. */
const pictures = process.env['WAYMARK_LOOK'];

describe('the audit, and acting on behalf', () => {
  let product: Product;
  let coordinatorName: string;
  let jim: string;
  let proposal: string;

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    const one = async (sql: string, values: unknown[] = []) =>
      (await product.owner.query<{ id: string }>(sql, values)).rows[0]?.id ?? '';
    const visitor = await product.visitor();
    await signInAs(visitor.page, 'Coordinator');
    const session = (await (await visitor.page.request.get('/api/session')).json()) as {
      person: { id: string; name: string };
      institution: { id: string };
    };
    await visitor.context.close();
    coordinatorName = session.person.name;
    const institution = session.institution.id;
    const person = (given: string, family: string) =>
      one(
        `insert into person (institution_id, id, given_name, family_name, technician, created_at, version)
         values ($1, uuidv7(), $2, $3, true, now(), 1) returning id`,
        [institution, given, family],
      );
    jim = await person('Jim', 'Lathe');
    const mentee = await person('Anna', 'Anode');
    const enrolment = await one(
      `insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
       values ($1, uuidv7(), $2, 'active', 1, '{}', now(), 1) returning id`,
      [institution, jim],
    );
    const request = await one(
      `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
       values ($1, uuidv7(), $2, 'open', '{}', 0, now(), 1) returning id`,
      [institution, mentee],
    );
    const round = await one(
      `insert into round (institution_id, id, name, status, rules, released_at, created_at, created_by, version)
       select $1, uuidv7(), 'By hand', 'released', rules, now(), now(), $2, 1 from round where institution_id = $1 limit 1 returning id`,
      [institution, session.person.id],
    );
    proposal = await one(
      `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
         proposed_at, answer_by, version)
       values ($1, uuidv7(), $2, $3, $4, $5, $6, 'proposed', '[]', now(), now() + interval '10 days', 1) returning id`,
      [institution, round, request, enrolment, mentee, jim],
    );
  });
  afterAll(() => product.stop());

  /** The page at every width, in both themes: nothing over the edge, and axe finds nothing. */
  const sound = async ({ page }: Visitor, name: string): Promise<void> => {
    const faults: string[] = [];
    for (const width of widths) {
      for (const dark of [false, true]) {
        await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
        await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) faults.push(`${name} at ${width}: ${over} px over the edge`);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.min(Math.max(height + 80, 780), 8000) });
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(() =>
          (globalThis as unknown as { axe: typeof axe }).axe.run({
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          }),
        );
        for (const { id, nodes } of violations)
          faults.push(`${name} at ${width}, ${dark ? 'dark' : 'light'}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
        if (pictures) {
          mkdirSync(pictures, { recursive: true });
          const file = join(pictures, `${name.replaceAll(' ', '-')}-${width}-${dark ? 'dark' : 'light'}.png`);
          await page.screenshot({ path: file, animations: 'disabled' });
        }
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(faults).toEqual([]);
  };
  const banner = (page: Page) => page.getByRole('region', { name: 'Acting for somebody' });

  it('a coordinator acts for somebody without an address, under both names', async () => {
    const visitor = await product.visitor();
    const { page } = visitor;
    await signInAs(page, 'Coordinator');
    await page.goto(`/people/${jim}`);
    await page.getByRole('button', { name: 'Act for Jim Lathe' }).click();
    await banner(page).getByText(coordinatorName).waitFor();
    await page.getByRole('heading', { name: /^What next/ }).waitFor();
    // Only what is his: no rounds to run, no administration.
    expect(
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Administration' }).count(),
    ).toBe(0);
    await sound(visitor, 'acting home');

    await page.goto(`/mentoring/proposals/${proposal}`);
    await banner(page).waitFor();
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.getByText('No time at present').click();
    await page
      .getByRole('button', { name: /^Decline/ })
      .last()
      .click();
    await page.getByText(`Jim Lathe, by ${coordinatorName}`).first().waitFor();
    await sound(visitor, 'acting declined');

    await page.getByRole('button', { name: 'Stop acting for Jim Lathe' }).click();
    await banner(page).waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Administration' }).waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.context.close();
  });

  it('tells the coordinator that it ended, and does nothing before they have seen it', async () => {
    const visitor = await product.visitor();
    const { page } = visitor;
    await signInAs(page, 'Coordinator');
    await page.goto(`/people/${jim}`);
    await page.getByRole('button', { name: 'Act for Jim Lathe' }).click();
    await banner(page).waitFor();
    await product.owner.query(
      `update session set acting_until = now() - interval '1 minute' where acting_for_id is not null`,
    );
    await page.goto('/mentoring/mine');
    await page.getByText('You no longer act for somebody').first().waitFor();
    await sound(visitor, 'acting ended');
    await page.getByRole('button', { name: 'Go on as yourself' }).click();
    await page.getByRole('heading', { name: /^What next/ }).waitFor();
    await page.getByRole('button', { name: 'Go on as yourself' }).waitFor({ state: 'detached' });
    await visitor.context.close();
  });

  it('an auditor searches, sees both names and their own reads, verifies the chain and compares a head', async () => {
    const visitor = await product.visitor();
    const { page } = visitor;
    await signInAs(page, 'Auditor');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
    const table = page.getByRole('table');
    await page.getByLabel('Act', { exact: true }).selectOption({ label: 'Proposal declined' });
    await page.getByLabel('Only what was done on somebody’s behalf').check();
    await table.getByText(`Jim Lathe, by ${coordinatorName}`).waitFor();
    expect(new URL(page.url()).search).toContain('act=proposal.decline');
    await sound(visitor, 'audit found');

    await table
      .getByRole('link', { name: /^Timeline:/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await page.getByText(`Jim Lathe, by ${coordinatorName}`).first().waitFor();
    await sound(visitor, 'audit record');
    await page.goBack();

    await page.getByRole('button', { name: 'Clear the filters' }).first().click();
    await page.getByLabel('Act', { exact: true }).selectOption({ label: 'An auditor read' });
    await table.getByText('/api/audit/entries').first().waitFor();
    await page.goto('/audit');

    // The head is sealed and kept within some seconds of the first line.
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('Whole').first().waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the head' }).click(),
    ]);
    const head = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(head)).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await page.getByRole('button', { name: 'Compare with one I hold' }).click();
    await page.getByLabel('The head you hold').fill(head);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('The chain holds this head').waitFor();
    await sound(visitor, 'audit whole');

    // The owner of the database changes a line: it shows.
    await product.owner.query(
      `update audit_entry e set act = 'proposal.accept' from audit_seal s
       where s.institution_id = e.institution_id and s.entry_id = e.id and e.act = 'proposal.decline' and e.on_behalf_of is not null`,
    );
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('is not the one that was sealed').first().waitFor({ timeout: 60_000 });
    await sound(visitor, 'audit not whole');
    expect(visitor.faults).toEqual([]);
    await visitor.context.close();
  });

  it('nobody else finds the page', async () => {
    const visitor = await product.visitor();
    await signInAs(visitor.page, 'Coordinator');
    await visitor.page.goto('/audit');
    await visitor.page.getByRole('heading', { name: /Not yours/ }).waitFor();
    await visitor.context.close();
  });
});
