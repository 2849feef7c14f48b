/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product } from './product';

jest.setTimeout(240_000);

const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);
const receipt = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** An award of the fund: accepted on a phone, claimed with a receipt, approved by finance, and paid in a batch. */
describe('an award and its claim', () => {
  let product: Product;
  let person: Page;
  let officer: Page;
  let awardId: string;
  let callId: string;
  let institution = '';
  let technicianId = '';
  let officerId = '';
  const wrong: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    [person, officer] = await cast();
    await person.goto('/');
    await officer.goto('/');
    ({ awardId, callId } = await offered());
  });
  afterAll(() => product.stop());

  /** A technician on a phone, with a manager, and a finance officer at a desk; signed in. */
  const cast = async (): Promise<[Page, Page]> => {
    institution = randomUUIDv7();
    await product.owner.query(
      `insert into institution (id, name, nation, time_zone, created_at)
       values ($1, 'Harbour College', 'england-and-wales', 'Europe/London', now())`,
      [institution],
    );
    const manager = await somebody('Hazel', 'Gasket', null);
    technicianId = await somebody('Rowan', 'Pipette', manager);
    officerId = await somebody('Penny', 'Abacus', manager);
    await product.owner.query(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'finance-officer', current_date - 1)`,
      [institution, randomUUIDv7(), officerId],
    );
    return [await signedIn(technicianId, 360), await signedIn(officerId, 1440)];
  };

  const somebody = async (givenName: string, familyName: string, manager: string | null): Promise<string> => {
    const id = randomUUIDv7();
    await product.owner.query(
      `insert into person (institution_id, id, given_name, family_name, email, line_manager_id, technician, created_at, version)
       values ($1, $2, $3, $4, $5, $6, true, now(), 1)`,
      [institution, id, givenName, familyName, `${givenName}.${familyName}@college.example`.toLowerCase(), manager],
    );
    return id;
  };

  /** Opens a session for a person, without the password that other tests try. */
  const signedIn = async (personId: string, width: number): Promise<Page> => {
    const [secret, account] = [randomBytes(24).toString('base64url'), randomUUIDv7()];
    await product.owner.query(`insert into account (id, email, created_at) values ($1, $2, now())`, [
      account,
      `${account}@accounts.example`,
    ]);
    await product.owner.query(
      `insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`,
      [account, institution, personId],
    );
    await product.owner.query(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5, now(), now() + interval '1 day')`,
      [randomUUIDv7(), createHash('sha256').update(secret).digest(), account, institution, personId],
    );
    const { context, page } = await product.visitor({ width });
    await context.addCookies([
      { name: '__Host-waymark', value: secret, url: product.address.replace('http:', 'https:'), secure: true },
    ]);
    return page;
  };

  /** An award of £420, as a published decision leaves it. */
  const offered = async (): Promise<{ awardId: string; callId: string }> => {
    const [call, application, award, pot, entry] = Array.from({ length: 5 }, () => randomUUIDv7());
    const client = await product.owner.connect();
    try {
      await client.query('begin');
      const of = { institution, officer: officerId, code: randomUUIDv7() };
      await client.query(
        `insert into cost_code (institution_id, id, code, name, active, version) values ($1, $2, 'TS-1042', 'Technical services', true, 1)`,
        [institution, of.code],
      );
      const document = {
        event: {
          name: 'Society for Glass, Leeds',
          place: 'Leeds',
          startsOn: '2020-01-01',
          endsOn: '2020-01-01',
          link: '',
          as: 'poster',
          onAbstract: false,
        },
        upFront: { amountPence: 0, by: 'nothing' },
      };
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
      await client.query(
        `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
         values ($1, $2, 'Pot of the claims test', 2026, $3, 'open', now(), $4, 1)`,
        [of.institution, pot, of.code, of.officer],
      );
      await client.query(
        `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
           endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
         values ($1, $2, 'Conference fund, spring', 'yearly', 'decided', $3, 1000000, $4, $5, 7, $5, $6, $7, $7, 1, '{}', $2, now(), $8, 1)`,
        [of.institution, call, pot, at(-90), at(-40), day(-3), day(120), of.officer],
      );
      await client.query(
        `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
           draft_saved_at, created_at, version)
         values ($1, $2, $3, $4, 'CF26-9001', 'part-awarded', false, '{}', 1, now(), now(), 1)`,
        [of.institution, application, call, technicianId],
      );
      await client.query(
        `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
           event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
         values ($1, $2, 1, $3, 1, 50000, 40000, 'Society for Glass, Leeds', $4, $4, '[]', now(), $5)`,
        [of.institution, application, JSON.stringify(document), day(0), technicianId],
      );
      await client.query(`update application set submission_number = 1 where id = $1`, [application]);
      await client.query(
        `insert into award (institution_id, id, application_id, call_id, person_id, pot_id, status, amount_pence, abstract, event_name,
           event_starts_on, event_ends_on, offered_at, answer_by, claim_by, version)
         values ($1, $2, $3, $4, $5, $6, 'offered', 42000, 'none', 'Society for Glass, Leeds', $7, $7, now(), $8, $9, 1)`,
        [of.institution, award, application, call, technicianId, pot, day(0), at(13), day(120)],
      );
      for (const [kind, id, from, to, pence, awarded] of [
        ['fund', randomUUIDv7(), 'source', 'available', 100_000, null],
        ['commit', entry, 'available', 'committed', 42_000, award],
      ] as const) {
        await client.query(
          `insert into ledger_entry (institution_id, id, kind, at, day, reason, award_id) values ($1, $2, $3, now(), current_date, 'Test', $4)`,
          [of.institution, id, kind, awarded],
        );
        await client.query(
          `insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence)
           values ($1, $2, 1, $3, $4, $6, -$7::bigint), ($1, $2, 2, $3, $5, $6, $7)`,
          [of.institution, id, pot, from, to, of.code, pence],
        );
      }
      await client.query('commit');
    } finally {
      client.release();
    }
    return { awardId: award ?? '', callId: call ?? '' };
  };

  /** The page as it stands, at each width and in both themes: axe finds nothing, nothing runs over the edge. */
  const look = async (page: Page, name: string): Promise<void> => {
    await page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
    );
    const size = page.viewportSize();
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window, cut } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
        cut: [...document.querySelectorAll('main table')].some(
          (table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0) + 1,
        ),
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
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
    await page.setViewportSize(size ?? { width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  it('is accepted on a phone', async () => {
    await person.goto('/');
    await person
      .getByText(/Society for Glass/)
      .first()
      .waitFor();
    await person.goto(`/funding/awards/${awardId}`);
    await person.getByRole('heading', { name: 'Society for Glass, Leeds', level: 1 }).waitFor();
    await person.getByText('£420.00').first().waitFor();
    await look(person, 'award-offered');
    await person.getByRole('button', { name: 'Accept the award' }).click();
    await person.getByText('The award is yours.', { exact: false }).waitFor();
    // The button is gone; who reads with the keyboard goes on where the answer stands.
    await person.waitForFunction(() => document.activeElement?.id === 'award-done');
    await person.getByRole('listitem').filter({ hasText: 'You claim what you spent' }).waitFor();
    await person.getByText('Due on', { exact: false }).waitFor();
    await look(person, 'award-accepted');
  });

  it('can say that the event moved, and take it back', async () => {
    await person.getByRole('button', { name: 'The event or its dates moved' }).click();
    await person.getByRole('button', { name: 'Ask my manager' }).click();
    await person.getByText('Say this.').first().waitFor();
    await person.getByLabel('Last day').fill('2030-06-12');
    await person.getByLabel('First day').fill('2030-06-10');
    await person.getByLabel('What has moved, and why').fill('The organisers moved it.');
    await look(person, 'award-change');
    await person.getByRole('button', { name: 'Ask my manager' }).click();
    await person.getByText('The change waits for the manager').waitFor();
    await person.getByRole('button', { name: 'Take the change back' }).click();
    await person.getByRole('button', { name: 'Take it back', exact: true }).click();
    await person.getByText('The award stands as it was.').waitFor();
  });

  it('is claimed with a photographed receipt; what is missing is said, and what remains stands below', async () => {
    await person.getByRole('button', { name: 'Claim what you spent' }).click();
    await person.getByRole('heading', { name: 'Claim 1', level: 1 }).waitFor();
    await look(person, 'claim-empty');
    await person.getByRole('button', { name: 'Add a line' }).click();
    await person.getByRole('button', { name: 'Send to finance' }).click();
    await person.getByText('It cannot be sent yet').waitFor();
    await look(person, 'claim-missing');
    await person
      .locator('input[type=file]:not(.camera)')
      .setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer: receipt });
    await person.getByText('ticket.png').first().waitFor();
    await person.getByLabel('Kind').selectOption({ label: 'Travel' });
    await person.getByLabel('Amount').fill('£120.50');
    await person.getByLabel('What for').fill('Train to Leeds and back');
    await person.getByText('£299.50 of the award would be left').waitFor();
    // Nothing that has focus stands behind the sum that stays at the foot.
    for (const field of ['Kind', 'Amount', 'What for']) {
      await person.getByLabel(field).evaluate((control) => {
        window.scrollTo(0, 0);
        (control as HTMLElement).focus();
      });
      const covered = await person
        .getByLabel(field)
        .evaluate(
          (control) =>
            control.getBoundingClientRect().bottom >
            (document.querySelector('wm-claim-form .foot')?.getBoundingClientRect().top ?? 0),
        );
      expect([field, covered]).toEqual([field, false]);
    }
    await person.getByText(/Saved at/).waitFor();
    await look(person, 'claim-filled');
    await person.reload();
    await person.getByLabel('What for').waitFor();
    expect(await person.getByLabel('What for').inputValue()).toBe('Train to Leeds and back');
    await person.getByText('This is my last claim').click();
    await person.getByText(/Saved at/).waitFor();
    await person.getByRole('button', { name: 'Send to finance' }).click();
    await person.getByRole('button', { name: 'Send it', exact: true }).click();
    await person.getByText('It is sent.', { exact: false }).waitFor();
    await person.waitForFunction(() => document.activeElement?.id === 'claim-done');
    await person.getByText('What is approved is paid with the next payment run.', { exact: false }).waitFor();
    await look(person, 'claim-sent');
    await person.goto(`/funding/awards/${awardId}`);
    await person.getByRole('listitem').filter({ hasText: 'Finance looks at it' }).waitFor();
    await look(person, 'award-claimed');
    await person.goBack();
    await person.getByRole('heading', { name: 'Claim 1, the last', level: 1 }).waitFor();
  });

  it('is looked at with its receipt beside it, sent back, mended and approved', async () => {
    await officer.goto('/funding/claims');
    await officer
      .getByRole('link', { name: /\w+ \w+/ })
      .first()
      .waitFor();
    await look(officer, 'claims');
    await officer.getByRole('row').filter({ hasText: 'Society for Glass' }).getByRole('link').first().click();
    await officer.getByRole('heading', { name: 'Claim 1, the last', level: 1 }).waitFor();
    await officer.locator('wm-picture img').first().waitFor();
    await look(officer, 'claim-to-decide');
    await officer.getByRole('button', { name: 'Send back' }).click();
    await officer.getByRole('button', { name: 'Send it back', exact: true }).click();
    await officer.getByText('Say what is to be mended.').waitFor();
    await officer.getByLabel('What is to be mended').fill('Which train was it?');
    await officer.getByRole('button', { name: 'Send it back', exact: true }).click();
    await officer.getByText('Sent back. They were told why.').waitFor();
    await person.reload();
    await person.getByText('Which train was it?').waitFor();
    await person.getByLabel('What for').fill('The 7:15 to Leeds and back');
    await person.getByRole('button', { name: 'Send to finance' }).click();
    await person.getByRole('button', { name: 'Send it', exact: true }).click();
    await person.getByText('It is sent.', { exact: false }).waitFor();
    await officer.goto('/funding/claims?status=submitted');
    await officer.getByLabel(/^Choose Claim 1/).check();
    await officer.getByRole('button', { name: 'Approve 1, £120.50' }).click();
    await officer.getByRole('heading', { name: 'Approve this claim?' }).waitFor();
    await officer.getByRole('button', { name: 'Approve it' }).click();
    await officer.getByText('1 approved, £120.50 in all.', { exact: false }).waitFor();
  });

  it('is paid in a batch, to the penny, and closes the award', async () => {
    await officer.getByRole('link', { name: 'Make a batch' }).click();
    await officer.getByRole('heading', { name: 'Batches', level: 1 }).waitFor();
    await look(officer, 'batches');
    await officer.getByRole('button', { name: 'Make a batch' }).click();
    await officer.getByRole('heading', { name: /^Batch \d+$/, level: 1 }).waitFor();
    await look(officer, 'batch');
    const [file] = await Promise.all([
      officer.waitForEvent('download'),
      officer.getByRole('link', { name: 'Export', exact: true }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^batch-\d+\.csv$/);
    await officer.getByRole('button', { name: 'It is paid' }).click();
    await officer.getByRole('button', { name: 'Yes, it was paid' }).click();
    await officer.getByText('Paid. Everybody in it is told by mail.').waitFor();
    await person.goto(`/funding/awards/${awardId}`);
    await person.getByText('£299.50').first().waitFor();
    await person.getByRole('row', { name: /Paid £120\.50/ }).waitFor();
    await person.getByRole('row', { name: /Back to the fund £299\.50/ }).waitFor();
    await person.getByRole('row', { name: /Awarded £420\.00/ }).waitFor();
    await look(person, 'award-closed');
    await officer.goto(`/funding/calls/${callId}/awards`);
    await officer.getByRole('row').filter({ hasText: '£420.00' }).waitFor();
    await look(officer, 'call-awards');
  });

  it('reads well everywhere: nothing for axe to find, nothing over the edge', () => {
    expect(wrong).toEqual([]);
  });
});
