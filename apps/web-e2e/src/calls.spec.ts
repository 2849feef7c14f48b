/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** A coordinator builds a call, publishes it, changes it while it is open, grants more time, writes to applicants, cancels it. */
describe('calls', () => {
  let product: Product;
  let visitor: Visitor;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    visitor = await product.visitor();
    page = visitor.page;
    await setUp(page, product);
    await arrange(product);
  });
  afterAll(() => product.stop());

  const look = async (name: string): Promise<void> => {
    await page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelectorAll('.skel').length === 0,
    );
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      const label = `${name} ${width} ${dark ? 'dark' : 'light'}`;
      const { content, window } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
      }));
      if (content > window) wrong.push(`${label}: ${content} px wide`);
      const filled = await page.locator('.btn--main:visible').count();
      if (filled > 1) wrong.push(`${label}: ${filled} filled buttons`);
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
  const main = () => page.getByRole('main');
  const wall = (days: number, time: string) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}`;
  const save = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
  };
  let path = '';

  it('a call begins with its name, its pot, its money and its window; what is wrong is said in place', async () => {
    await page.goto('/funding/calls');
    await look('calls');
    await page.getByRole('link', { name: 'Draft a call' }).first().click();
    await page.getByRole('heading', { name: 'Draft a call', level: 1 }).waitFor();
    await page.getByLabel('Budget').fill('1e9');
    await page.getByRole('button', { name: 'Go on to its terms' }).click();
    await page.getByText('Give the call a name of at most 120 letters.').waitFor();
    await page.getByText('Write an amount in pounds, as “1,200.00”.').waitFor();
    await look('add-call');
    await page.getByLabel('Name', { exact: true }).fill('Glassblowing fund');
    await page.getByLabel('Budget').fill('£12,000.00');
    await page.getByLabel('Opens').fill(wall(-1, '09:00:00'));
    await page.getByLabel('Closes').fill(wall(30, '17:00:00'));
    await page.getByRole('button', { name: 'Go on to its terms' }).dblclick();
    await page.getByRole('heading', { name: 'Window and dates' }).waitFor();
    path = new URL(page.url()).pathname.replace(/\/edit$/, '');
    expect(
      (await product.owner.query(`select id from call where name = 'Glassblowing fund' and status = 'draft'`)).rowCount,
    ).toBe(1);
  });

  it('its builder shows the weights’ sum, names what is wrong, and keeps what was typed', async () => {
    await look('edit-call');
    await page.getByLabel('Weight', { exact: true }).first().fill('35');
    await page.getByText('5 to give').waitFor();
    await save();
    await page.getByRole('link', { name: 'The weights make 95, and have to make 100.' }).waitFor();
    await look('edit-call-wrong');
    await page.getByRole('button', { name: 'Add a criterion' }).click();
    await page.getByRole('group', { name: 'Criterion 4' }).getByLabel('Name', { exact: true }).fill('Sharing');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('Question', { exact: true }).fill('Which workshop is it for?');
    await page.getByLabel('Answered by').selectOption('choice');
    await page.getByLabel('Answers to choose from, one a line').fill('Hot shop\nCold shop');
    await page.getByLabel('Not funded lately').check();
    await page.getByLabel('Opens next on').fill(wall(365, '').slice(0, 10));
    // Looked elsewhere and came back: it is still there.
    await page.getByRole('link', { name: 'As applicants see it' }).click();
    await page.getByText('This is how an applicant sees the call.').waitFor();
    await page.goBack();
    expect(await page.getByLabel('Question', { exact: true }).inputValue()).toBe('Which workshop is it for?');
    // Nor does loading it again lose it; what it is not yet part of says so.
    await page.reload();
    await page.getByRole('heading', { name: 'What you typed is back' }).waitFor();
    expect(await page.getByLabel('Question', { exact: true }).inputValue()).toBe('Which workshop is it for?');
    expect(await page.getByLabel('Answers to choose from, one a line').inputValue()).toBe('Hot shop\nCold shop');
    await look('edit-call-recovered');
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    await page.getByRole('dialog', { name: 'Undo all changes?' }).getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('link', { name: 'As applicants see it' }).click();
    await page.getByText('What you changed and have not saved is not in it.').waitFor();
    await page.goto(path);
    await page.getByRole('heading', { name: 'You changed this call and have not saved it' }).waitFor();
    await look('call-unsaved');
    await page.getByRole('button', { name: /Iris Inkwell/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    const leaving = page.getByRole('dialog', { name: 'Sign out and lose what is not saved?' });
    await leaving.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('link', { name: 'Go on changing it' }).click();
    await page.getByLabel('Letter', { exact: true }).selectOption('unsuccessful');
    await page.getByLabel('Your paragraph in “Unsuccessful”').fill('Come to the surgery on Thursdays.');
    await page.getByRole('button', { name: 'Read the whole letter' }).click();
    await page.getByText('Hello Rowan').waitFor();
    expect(await main().innerText()).toContain('Come to the surgery on Thursdays.');
    await save();
    await page.getByText('Saved', { exact: true }).waitFor();
    const { rows } = await product.owner.query<{ n: number }>(
      `select terms_number as n from call where name = 'Glassblowing fund'`,
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('is seen as an applicant sees it', async () => {
    await page.goto(`${path}/preview`);
    await page.getByText('Which workshop is it for?').first().waitFor();
    await look('call-preview');
  });

  it('is published with one filled button, and is open at once where its opening has passed', async () => {
    await page.goto(path);
    await look('call-draft');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('The call is open.').waitFor();
    await look('call-open');
  });

  it('changed while open, it says for whom it changes before it is saved', async () => {
    const call = path.split('/').pop() ?? '';
    await product.owner.query(
      `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
         draft_saved_at, created_at, version)
       select c.institution_id, uuidv7(), c.id, p.id, 'GB26-' || row_number() over (), 'draft', true, '{}', 1, now(), now(), 1
       from call c join (select * from person where email is not null and left_on is null and technician limit 2) p
         on p.institution_id = c.institution_id where c.id = $1`,
      [call],
    );
    await page.goto(`${path}/edit`);
    await page.getByLabel('Most for one application').fill('900');
    await save();
    await page.getByRole('dialog').getByText('2 drafts are judged by the new terms from now on.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.getByLabel('Opens', { exact: true }).isDisabled()).toBe(true);
  });

  it('a named person gets more time, with a reason', async () => {
    await page.goto(`${path}?tab=extensions`);
    await page.getByRole('button', { name: 'Grant more time' }).click();
    await page.getByRole('button', { name: 'Grant and tell them' }).click();
    await page.getByText('Choose a person by name.').waitFor();
    await look('call-extensions-form');
    await page.getByLabel('Who').fill('Rowan');
    await page.getByRole('option').first().click();
    await page.getByRole('textbox', { name: 'Why' }).fill('In hospital over the close');
    await page.getByRole('button', { name: 'Grant and tell them' }).click();
    await page.getByText('has been told.').waitFor();
    await look('call-extensions');
  });

  it('a letter to those whose draft is unfinished is looked at, then sent once', async () => {
    await page.goto(`${path}?tab=letters`);
    await page.getByRole('button', { name: 'Write to applicants' }).click();
    // A letter to begin with for each: nobody who has handed in is told that they have not. One’s own words stay.
    const letter = page.getByLabel('Letter', { exact: true });
    const says = (words: string) =>
      page.waitForFunction(
        (looked) => (document.getElementById('message-body') as HTMLTextAreaElement | null)?.value.includes(looked),
        words,
      );
    await says('is not handed in yet');
    await page.getByRole('button', { name: 'Endorsement pending' }).click();
    await says('your manager has not answered yet');
    await page.getByRole('button', { name: 'Draft unfinished' }).click();
    await says('is not handed in yet');
    await letter.fill(`${await letter.inputValue()}\nThe furnace is warm.`);
    await page.getByRole('button', { name: 'Endorsement pending' }).click();
    await page.getByRole('button', { name: 'Endorsement pending', pressed: true }).waitFor();
    await says('The furnace is warm.');
    await page.reload();
    await page.getByRole('button', { name: 'Write to applicants' }).click();
    await says('The furnace is warm.');
    await page.getByRole('button', { name: 'See who gets it, and how' }).click();
    await page.getByText('It goes to 2 people.').waitFor();
    await look('call-letters');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).dblclick();
    await page.getByText('The letter is on its way to 2 people.').waitFor();
    expect(
      (await product.owner.query(`select id from mail_message where subject = 'Glassblowing fund closes soon'`))
        .rowCount,
    ).toBe(2);
  });

  it('its dashboard shows what is in, by day and by hour, with a table for each picture', async () => {
    await product.owner.query(
      `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
         event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
       select a.institution_id, a.id, 1, '{}', 1, 87000, 50000, 'Event', current_date + 60, current_date + 61, '[]',
         now() - interval '3 hours', a.person_id from application a where a.reference like 'GB26-%'`,
    );
    await product.owner.query(
      `update application set submission_number = 1, status = 'submitted' where reference like 'GB26-%'`,
    );
    await page.goto(`${path}?tab=dashboard`);
    await page.getByText('2 of 2 came in the last 48 hours.').waitFor();
    await page.getByText('As a table').first().click();
    await look('call-dashboard');
  });

  it('is cancelled with a reason that everybody who applied reads', async () => {
    await page.goto(path);
    await page.getByRole('button', { name: 'Cancel this call' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the call' }).click();
    await page.getByText('Say why: applicants read it.').waitFor();
    await page.getByLabel('Why').fill('The furnace is out of order until next year.');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the call' }).click();
    await page.getByText('This call was cancelled').waitFor();
    await look('call-cancelled');
    expect(
      (
        await product.owner.query(
          `select id from application where reference like 'GB26-%' and status = 'call-cancelled'`,
        )
      ).rowCount,
    ).toBe(2);
  });

  it('on none of these is there anything axe finds, runs over the edge, or fails on the console', () => {
    expect(wrong).toEqual([]);
    expect(visitor.faults).toEqual([]);
  });
});

/** The guide of an empty installation makes the first coordinator. */
const setUp = async (page: Page, product: Product): Promise<void> => {
  await page.goto(String(product.setUpLink));
  await page.getByLabel('Name of the institution').fill('Saltmarsh College');
  await page.getByRole('button', { name: 'Go on to yourself' }).click();
  await page.getByLabel('First name').fill('Iris');
  await page.getByLabel('Last name').fill('Inkwell');
  await page.getByLabel('E-mail address').fill('iris.inkwell@saltmarsh.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('a password long enough');
  await page.getByRole('checkbox').setChecked(true);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { name: 'What next, Iris' }).waitFor();
};

/** A pot with money, two technicians, a unit and grades: what a call stands on. */
const arrange = async ({ owner }: Product): Promise<void> => {
  const { rows } = await owner.query<{ institution: string; person: string }>(
    `select institution_id as institution, id as person from person limit 1`,
  );
  const { institution, person } = rows[0] ?? { institution: '', person: '' };
  const [code, pot, entry] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `do $$ begin
       insert into cost_code (institution_id, id, code, name, active, version)
         values ('${institution}', '${code}', 'TS-1', 'Technical services', true, 1);
       insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
         values ('${institution}', '${pot}', 'Conference and travel fund', 2026, '${code}', 'open', now(), '${person}', 1);
       insert into ledger_entry (institution_id, id, kind, at, day, reason)
         values ('${institution}', '${entry}', 'fund', now(), current_date, 'From the faculty');
       insert into ledger_line (institution_id, entry_id, number, pot_id, account, cost_code_id, amount_pence) values
         ('${institution}', '${entry}', 1, '${pot}', 'source', '${code}', -820000),
         ('${institution}', '${entry}', 2, '${pot}', 'available', '${code}', 820000);
     end $$`,
  );
  await owner.query(
    `insert into grade (institution_id, id, name, position) select $1, uuidv7(), 'Grade ' || i, i from generate_series(4, 8) i`,
    [institution],
  );
  await owner.query(`insert into unit (institution_id, id, name) values ($1, uuidv7(), 'Glass workshop')`, [
    institution,
  ]);
  await owner.query(
    `insert into person (institution_id, id, given_name, family_name, email, technician, created_at, version)
     values ($1, uuidv7(), 'Rowan', 'Pipette', 'rowan.pipette@saltmarsh.example', true, now(), 1),
       ($1, uuidv7(), 'Reed', 'Reagent', 'reed.reagent@saltmarsh.example', true, now(), 1)`,
    [institution],
  );
};
