/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { dayAhead } from './applying';
import { Product } from './product';
import { type Applicant, first, mended, pounds, roles, second, third, Walk } from './whole-call-people';

jest.setTimeout(240_000);

/**
 * One call from a draft to a paid claim, through the pages alone, each person in a browser of their own. At every step the
 * amounts are what they have to be, to the penny: £2,000.37 stay £2,000.37, wherever they are by then.
 */
describe('a whole call', () => {
  let product: Product;
  let walk: Walk;
  const fund = { code: 'TS-7300', codeName: 'Vacuum, welding, histology', pot: 'Winter fund' };
  const callName = 'Winter conference fund';
  const fundedPence = 2_000_37;
  const budgetPence = 1_200_00;
  /** What the first leaves of the budget, which the second is offered. */
  const restPence = budgetPence - first.askedPence;
  const year = new Date().getFullYear();
  const yearWords = `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
  let pot = '';
  let call = '';
  const application = new Map<string, string>();
  const reference = new Map<string, string>();
  const award = new Map<string, string>();

  beforeAll(async () => {
    product = await Product.start({ demonstration: true });
    walk = new Walk(product);
  });
  afterAll(() => product.stop());

  /** One step of the walk. What comes after one that failed has nothing to stand on, and says so at once. */
  let stopped = '';
  const then = (name: string, step: () => Promise<void>): void => {
    it(name, async () => {
      if (stopped) throw new Error(`it stopped at: ${stopped}`);
      stopped = name;
      await step();
      stopped = '';
    });
  };
  const main = (page: Page): Locator => page.getByRole('main');
  const wall = (days: number, time: string) => `${dayAhead(days)}T${time}`;
  const callId = () => call.split('/').pop() ?? '';

  /** What the pot's own page says of it, once so much is available. */
  const potHolds = async (page: Page, of: { available: number; committed: number; spent: number }): Promise<void> => {
    await page.goto(pot);
    await main(page)
      .locator('.figures > div')
      .filter({ hasText: 'Available' })
      .getByText(pounds(of.available), { exact: true })
      .waitFor();
    const names = await main(page).locator('.figures dt').allInnerTexts();
    const amounts = await main(page).locator('.figures dd b').allInnerTexts();
    expect(Object.fromEntries(names.map((name, at) => [name, amounts[at]]))).toEqual({
      Funded: pounds(fundedPence),
      Available: pounds(of.available),
      Committed: pounds(of.committed),
      Spent: pounds(of.spent),
    });
    expect(of.available + of.committed + of.spent).toBe(fundedPence);
  };

  then('a finance officer makes the cost code and the pot, and puts an odd sum in', async () => {
    const page = await walk.as(roles.finance);
    await page.goto('/funding/cost-codes');
    await page.getByLabel('Code', { exact: true }).fill(fund.code);
    await page.getByLabel('Stands for').fill(fund.codeName);
    await page.getByRole('button', { name: 'Add the code' }).click();
    await page.getByRole('row').filter({ hasText: fund.code }).getByText('not used yet').waitFor();
    await page.goto('/funding/pots');
    await page.getByRole('button', { name: 'Make a pot' }).click();
    await page.getByLabel('Name', { exact: true }).fill(fund.pot);
    await page.locator('#financialYear').selectOption({ label: yearWords });
    await page.getByLabel('Cost code', { exact: true }).selectOption({ label: `${fund.code} · ${fund.codeName}` });
    await page.getByRole('button', { name: 'Make the pot' }).click();
    await page.getByRole('heading', { name: fund.pot, level: 1 }).waitFor();
    pot = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Put money in' }).click();
    await page.getByLabel('Amount').fill('£2,000.37');
    await page.locator('#reason').fill('From the faculty, with what was left over');
    await page.getByRole('button', { name: 'Put it in' }).click();
    await page.getByText('£2,000.37 was put in.').waitFor();
    await potHolds(page, { available: fundedPence, committed: 0, spent: 0 });
    await walk.look(page, '1 pot');
  });

  then('a coordinator builds the call out of it, sees it as applicants will, and publishes it', async () => {
    const page = await walk.as(roles.coordinator);
    await page.goto('/funding/calls');
    await page.getByRole('link', { name: 'Draft a call' }).first().click();
    await page.getByRole('heading', { name: 'Draft a call', level: 1 }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill(callName);
    const choice = page.getByLabel('Pot', { exact: true });
    await choice.selectOption((await choice.getByRole('option', { name: fund.pot }).getAttribute('value')) ?? '');
    await page.getByLabel('Budget').fill('£1,200.00');
    await page.getByLabel('Opens').fill(wall(-1, '09:00:00'));
    await page.getByLabel('Closes').fill(wall(21, '17:00:00'));
    await walk.look(page, '2 draft a call');
    await page.getByRole('button', { name: 'Go on to its terms' }).click();
    await page.getByRole('heading', { name: 'Window and dates' }).waitFor();
    call = new URL(page.url()).pathname.replace(/\/edit$/, '');
    expect(await page.getByRole('textbox', { name: 'Budget' }).inputValue()).toBe('1,200.00');
    await page.getByLabel('Most for one application').fill('£900.00');
    for (const [at, weight] of ['40', '30', '30'].entries())
      await page.getByRole('textbox', { name: 'Weight' }).nth(at).fill(weight);
    await page.getByLabel('Readers of each application').fill('3');
    await page.getByRole('checkbox', { name: /^Part-awards/ }).setChecked(true);
    for (const [letter, words] of [
      ['awarded', 'Send us a picture of it.'],
      ['part-awarded', 'We wish that it were more.'],
      ['reserve', 'Do not unpack yet.'],
    ] as const) {
      await page.getByLabel('Letter', { exact: true }).selectOption(letter);
      await page.getByRole('textbox', { name: /^Your paragraph in/ }).fill(words);
    }
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await walk.look(page, '2 builder');

    await page.goto(`${call}/preview`);
    await page.getByText('This is how an applicant sees the call.').waitFor();
    for (const amount of ['£900.00', '£1,200.00']) await main(page).getByText(amount, { exact: true }).waitFor();
    await walk.look(page, '2 preview');
    await page.goto(call);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('The call is open.').waitFor();
    await main(page).getByText(`£1,200.00 from ${fund.pot}`).waitFor();
    await walk.look(page, '2 open');
  });

  const step = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Parts of the application' }).getByText(name).click();
  const saved = (page: Page) => page.getByText(/^Saved at \d\d:\d\d; version \d+$/).waitFor();
  const asks = (page: Page, pence: number) =>
    page.getByText('You ask the fund for').first().locator('..').getByText(pounds(pence), { exact: true }).waitFor();

  /** Fills the form from its first field to its last, on a phone, and sends it. */
  const apply = async (who: Applicant, attachment: Buffer | null): Promise<void> => {
    const page = await walk.as(who.name, 360);
    await page.goto('/funding');
    await page.getByRole('link', { name: callName, exact: true }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: `Apply to ${callName}`, level: 1 }).waitFor();
    application.set(who.name, new URL(page.url()).pathname);
    await page.getByLabel('Name of the event').fill(who.event);
    await page.getByLabel('Where', { exact: true }).fill('Leeds');
    await page.getByLabel('First day').fill(dayAhead(90));
    await page.getByLabel('Last day').fill(dayAhead(91));
    await page.getByLabel('What you will do there').selectOption({ label: 'Attend' });
    if (who === first) await walk.look(page, '3 event');

    await page.getByRole('button', { name: 'Next: Costs' }).click();
    for (const [kind, what, typed] of who.costs) {
      await page.getByRole('button', { name: 'Add a cost' }).click();
      const line = page.getByRole('group', { name: /^Cost \d+$/ });
      await line.getByLabel('Kind of cost').selectOption({ label: kind });
      await line.getByLabel('Amount', { exact: true }).fill(typed);
      await line.getByLabel('What it is').fill(what);
      await line.getByRole('button', { name: 'Done with this cost' }).click();
    }
    await page.locator('tfoot').getByText(pounds(who.costsPence)).waitFor();
    if (who.otherFunding !== null) {
      await page.getByRole('button', { name: 'Add other funding' }).click();
      await page.getByLabel('From whom').fill('Society travel grant');
      await page.locator('[id="f-otherFunding.0.amount"]').fill(who.otherFunding);
      await page.getByLabel(/It is confirmed/).check();
    }
    await page.getByLabel('Least amount that would still make it possible').fill(pounds(who.leastPence));
    await page
      .getByLabel('What has to be paid before the event')
      .selectOption({ label: 'Nothing has to be paid before the event' });
    await asks(page, who.askedPence);
    if (who === second) await walk.look(page, '3 costs');

    await page.getByRole('button', { name: 'Next: Case' }).click();
    await page
      .getByLabel('Why this event, and why now?')
      .fill(`I want to bring what I learn at ${who.event} back here.`);
    await page.getByLabel('Learning objective 1').fill('Keep the line running through the winter');
    await page.getByLabel('How will you share it?').selectOption({ label: 'By a demonstration' });
    if (attachment) {
      await page
        .locator('wm-application-files input[type=file]')
        .last()
        .setInputFiles({ name: 'programme.png', mimeType: 'image/png', buffer: attachment });
      await page.getByRole('link', { name: 'programme.png' }).waitFor();
      await walk.look(page, '3 case');
    }
    await page.getByRole('button', { name: 'Next: Send' }).click();
    await page.getByText(`You ask for ${pounds(who.askedPence)}`).waitFor();
    await saved(page);
    if (who === first) await walk.look(page, '3 send');
    await page.getByRole('button', { name: `Send to ${who.manager} for endorsement` }).click();
    await page.getByText('It is sent').waitFor();
    await recorded(who, who.askedPence);
    if (who === first) await walk.look(page, '3 record');
    reference.set(who.name, (/\b[A-Z]+\d\d-\d+\b/.exec(await main(page).innerText()) ?? [''])[0]);
  };

  /** The applicant's own record shows what was sent: each cost as it stands by now, and what is asked. */
  const recorded = async (who: Applicant, askedPence: number): Promise<void> => {
    const page = await walk.as(who.name);
    await page.goto(application.get(who.name) ?? '');
    await page.getByRole('heading', { name: who.event, level: 1 }).waitFor();
    await page.locator('wm-frozen-application').getByText(pounds(askedPence), { exact: true }).first().waitFor();
    await page.locator('wm-application-money').getByText(pounds(who.leastPence), { exact: true }).waitFor();
  };

  /** A picture as a phone takes one: a real PNG of so many pixels, with something on it. */
  const photograph = async (words: string): Promise<Buffer> => {
    const page = await product.browser.newPage({ viewport: { width: 320, height: 480 } });
    await page.setContent(`<body style="font: 24px serif; padding: 24px; background: #fdf9ef">${words}</body>`);
    const taken = await page.screenshot();
    await page.close();
    return taken;
  };

  then('three technicians apply on a phone, in pence', async () => {
    await apply(first, null);
    await apply(second, null);
    await apply(third, await photograph('Vacuum Users’ Meeting<br>Programme'));
    const page = await walk.as(roles.coordinator);
    await page.goto(`${call}/applications`);
    for (const who of [first, second, third]) {
      const row = page.getByRole('row').filter({ hasText: who.name });
      await row.getByText(pounds(who.askedPence)).waitFor();
      await row.getByText(reference.get(who.name) ?? '?').waitFor();
    }
    await main(page).getByText('£1,792.69', { exact: true }).first().waitFor();
    await walk.look(page, '3 applications');
  });

  then('a manager endorses from the mail, another asks first and gets a mended one, a third at a desk', async () => {
    const mail = await walk.byMail(first.manager);
    const [letter] = await walk.lettersTo(first.manager, first.event);
    expect(letter?.body).toContain(pounds(first.askedPence));
    const link = /\/endorse\/[\w-]{43}/.exec(letter?.body ?? '')?.[0];
    await mail.goto(link ?? '');
    await mail.getByRole('heading', { name: new RegExp(`go to ${first.event}`), level: 1 }).waitFor();
    await mail.getByText(pounds(first.askedPence)).first().waitFor();
    await walk.look(mail, '4 by mail');
    await mail.getByRole('button', { name: 'Endorse', exact: true }).click();
    await mail.getByText('You have endorsed it.').waitFor();
    await walk.look(mail, '4 endorsed by mail');

    const asking = await walk.as(second.manager);
    await asking.goto('/funding/endorsements');
    await asking.getByRole('row').filter({ hasText: second.event }).getByText(pounds(second.askedPence)).waitFor();
    await walk.look(asking, '4 endorsements');
    await asking.getByRole('row').filter({ hasText: second.event }).getByRole('link').click();
    await asking.getByRole('heading', { name: new RegExp(second.event), level: 1 }).waitFor();
    await asking.getByRole('button', { name: 'Ask a question' }).click();
    await asking.getByLabel('What would you like to know?').fill('Is the ferry not £5 less with the railcard?');
    await asking.getByRole('button', { name: 'Send the question' }).click();
    await asking.getByText('Your question is on its way.').waitFor();

    const technician = await walk.as(second.name);
    await technician.goto('/');
    await technician.getByRole('heading', { name: /^What next/ }).waitFor();
    await walk.look(technician, '4 home of who is asked');
    await technician.goto(application.get(second.name) ?? '');
    await technician.getByText('Is the ferry not £5 less with the railcard?').first().waitFor();
    await step(technician, 'Costs');
    await technician.getByRole('button', { name: `Edit ${second.costs[1][1]}` }).click();
    const line = technician.getByRole('group', { name: /^Cost \d+$/ });
    await line.getByLabel('Amount', { exact: true }).fill(mended.typed);
    await line.getByRole('button', { name: 'Done with this cost' }).click();
    await technician.locator('tfoot').getByText(pounds(mended.costsPence)).waitFor();
    await asks(technician, mended.askedPence);
    await walk.look(technician, '4 returned');
    await step(technician, 'Send');
    await technician.getByText(`You ask for ${pounds(mended.askedPence)}`).waitFor();
    await saved(technician);
    await technician.getByRole('button', { name: `Send it again to ${second.manager}` }).click();
    await technician.getByText('It is sent').waitFor();
    await recorded(second, mended.askedPence);
    await technician.getByLabel('Which of those sent').selectOption('1');
    await technician
      .locator('wm-frozen-application')
      .getByText(pounds(second.askedPence), { exact: true })
      .first()
      .waitFor();

    await asking.goto('/funding/endorsements');
    await asking.getByRole('row').filter({ hasText: second.event }).getByText(pounds(mended.askedPence)).waitFor();
    await asking.getByRole('row').filter({ hasText: second.event }).getByRole('link').click();
    await asking.getByRole('button', { name: 'Endorse', exact: true }).click();
    await asking.getByText('You have endorsed it.').waitFor();

    const desk = await walk.as(third.manager);
    await desk.goto('/funding/endorsements');
    await desk.getByRole('row').filter({ hasText: third.event }).getByRole('link').click();
    await desk.getByText(pounds(third.askedPence)).first().waitFor();
    await walk.look(desk, '4 endorsement');
    await desk.getByRole('button', { name: 'Endorse', exact: true }).click();
    await desk.getByText('You have endorsed it.').waitFor();

    const page = await walk.as(roles.coordinator);
    await page.goto(`${call}/applications?status=endorsed`);
    await page.getByRole('row').filter({ hasText: second.name }).getByText(pounds(mended.askedPence)).waitFor();
    await main(page).getByText('£1,787.69', { exact: true }).first().waitFor();
    expect(first.askedPence + mended.askedPence + third.askedPence).toBe(1_787_69);
  });

  then(
    'once the call has closed, scoring starts and the applications are given out, to nobody with an interest',
    async () => {
      // A clock cannot be turned in a browser: the call's close and its last day to endorse are put into the past instead.
      await product.owner.query(
        `update call set closes_at = now() - interval '2 minutes', endorse_by = now() - interval '1 minute' where id = $1`,
        [callId()],
      );
      await walk.until(`select from call where id = '${callId()}' and status = 'closed'`);
      const page = await walk.as(roles.coordinator);
      await page.goto(call);
      await page.getByRole('button', { name: 'Start scoring' }).waitFor();
      await walk.look(page, '5 closed');
      await page.getByRole('button', { name: 'Start scoring' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
      await page.getByRole('link', { name: 'Open the panel' }).click();
      await page.getByRole('heading', { name: 'Panel', level: 1 }).waitFor();
      for (const name of [roles.chair, ...roles.readers, roles.conflicted]) {
        await page.getByRole('button', { name: 'Add a panelist' }).click();
        await page.getByRole('combobox', { name: 'Person' }).fill(name);
        await page.getByRole('option', { name }).click();
        if (name === roles.chair) await page.getByRole('checkbox', { name: /^In the chair/ }).check();
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await page.getByText(`${name} sits on the panel.`).waitFor();
      }
      await page.getByRole('button', { name: 'Give out applications' }).click();
      await page.getByText('9 reviews are given out.').waitFor();
      await walk.look(page, '5 assignment');
      await page.getByRole('button', { name: 'Give out 9 reviews' }).click();
      await page.getByText('9 reviews given out. Each panelist has a letter.').waitFor();
      await walk.look(page, '5 panel');

      // Whose manager sits on the panel is read by the other three, and is nowhere for the manager.
      const conflicted = await walk.as(roles.conflicted);
      const theirs = await product.owner.query<{ id: string; mine: boolean; name: string }>(
        `select r.id, p.given_name || ' ' || p.family_name = $2 as mine, q.given_name || ' ' || q.family_name as name
       from review r join person p on p.id = r.panelist_id join application a on a.id = r.application_id
       join person q on q.id = a.person_id where r.call_id = $1`,
        [callId(), roles.conflicted],
      );
      expect(theirs.rows.filter(({ name }) => name === third.name).map(({ mine }) => mine)).toEqual([
        false,
        false,
        false,
      ]);
      await conflicted.goto(`/funding/reading/${callId()}`);
      await conflicted.getByRole('heading', { name: 'Your applications' }).waitFor();
      await conflicted.getByRole('row').nth(1).waitFor();
      await walk.look(conflicted, '5 reading list');
      for (const path of [
        `/funding/reading/${callId()}`,
        `/funding/reviews/${theirs.rows.find(({ name }) => name === third.name)?.id}`,
        `${call}/panel`,
        `${call}/moderation`,
      ]) {
        await conflicted.goto(path);
        await conflicted.waitForFunction(() => document.querySelector('main h1') !== null);
        await conflicted.waitForFunction(() => document.querySelectorAll('.skel').length === 0);
        const said = await main(conflicted).innerText();
        for (const word of [third.name, third.event, reference.get(third.name) ?? '?', pounds(third.askedPence)])
          expect({ path, word, found: said.includes(word) }).toEqual({ path, word, found: false });
      }
    },
  );

  then('they score by keyboard, and the chair begins moderation', async () => {
    let reviews = 0;
    for (const name of [roles.chair, ...roles.readers, roles.conflicted]) {
      const page = await walk.as(name);
      await page.goto(`/funding/reading/${callId()}`);
      await page.getByRole('heading', { name: 'Your applications' }).waitFor();
      const { rows } = await product.owner.query<{ name: string }>(
        `select q.given_name || ' ' || q.family_name as name from review r join person p on p.id = r.panelist_id
         join application a on a.id = r.application_id join person q on q.id = a.person_id
         where r.call_id = $1 and p.given_name || ' ' || p.family_name = $2`,
        [callId(), name],
      );
      if (rows.length === 0) continue;
      await page.getByRole('link', { name: 'Begin reading' }).click();
      for (let done = 1; done <= rows.length; done += 1) {
        const heading = page.getByRole('heading', { level: 1, name: /^[A-Z]+\d\d-\d+$/ });
        await heading.waitFor();
        const shown = await heading.innerText();
        const read = [first, second, third].find((each) => reference.get(each.name) === shown);
        if (!read) throw new Error(`nobody has the reference ${shown}`);
        await main(page)
          .getByText(pounds(read === second ? mended.askedPence : read.askedPence))
          .first()
          .waitFor();
        await page.getByRole('radio', { name: '0' }).first().focus();
        for (const mark of read.marks) await page.keyboard.press(mark);
        await page.getByRole('status').filter({ hasText: read.score }).waitFor();
        if (name === roles.chair && done === 1) {
          await page.getByLabel('For the applicant', { exact: true }).fill(`Clear, and worth it: ${read.event}.`);
          await walk.look(page, '6 review');
          await page.getByRole('radio', { checked: true }).first().focus();
        }
        await page.keyboard.press('Control+Enter');
        if (done < rows.length)
          await page.getByRole('heading', { level: 1, name: shown }).waitFor({ state: 'detached' });
        else await page.getByRole('button', { name: 'Open it again' }).waitFor();
        reviews += 1;
      }
    }
    expect(reviews).toBe(9);
    const page = await walk.as(roles.chair);
    await page.goto(`${call}/panel`);
    await page.getByRole('button', { name: 'Close scoring' }).waitFor();
    await walk.look(page, '6 panel of the chair');
    await page.getByRole('button', { name: 'Close scoring' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close scoring' }).click();
    await page.getByRole('heading', { name: 'Moderation', level: 1 }).waitFor();
    for (const who of [first, second, third]) {
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name: reference.get(who.name) ?? '?' }) });
      await row.getByText(who.score, { exact: true }).first().waitFor();
    }
    await page.getByText(pounds(mended.askedPence)).first().waitFor();
    await walk.look(page, '6 moderation');
  });

  const line = (page: Page, name: string): Locator =>
    page
      .getByRole('table', { name: /^Applications of scenario/ })
      .getByRole('row')
      .filter({ hasText: name });
  const bench = (query = '') => `${call}/allocation${query}`;

  then(
    'the coordinator weighs two scenarios, a second person agrees on a phone, and all of it is published',
    async () => {
      const page = await walk.as(roles.coordinator);
      await page.goto(bench());
      await page.getByText(/£1,200 to 2 people; £0 left; 1 on the reserve list/).waitFor();
      await page.getByRole('button', { name: 'Keep this as scenario A' }).click();
      await page.getByRole('table', { name: 'Applications of scenario A' }).waitFor();
      await line(page, first.name).getByText(pounds(first.askedPence), { exact: true }).last().waitFor();
      await line(page, second.name).getByText(pounds(restPence), { exact: true }).waitFor();
      await line(page, third.name).getByText('Reserve 1').waitFor();
      await walk.look(page, '7 scenario A');
      await page.getByText('Best total', { exact: true }).click();
      await page.getByText('Only tried, not kept.').waitFor();
      await page.getByRole('button', { name: 'Keep as a scenario' }).click();
      await page.getByRole('table', { name: 'Applications of scenario B' }).waitFor({ timeout: 30_000 });
      const { rows } = await product.owner.query<{ name: string; outcomes: Record<string, number> }>(
        `select s.name, json_object_agg(p.given_name || ' ' || p.family_name, l.amount_pence) as outcomes
       from scenario s join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
       join application a on a.institution_id = l.institution_id and a.id = l.application_id
       join person p on p.institution_id = a.institution_id and p.id = a.person_id
       where s.call_id = $1 group by s.name order by s.name`,
        [callId()],
      );
      const [byRank, byTotal] = rows;
      expect(byRank?.outcomes).toEqual({ [first.name]: first.askedPence, [second.name]: restPence, [third.name]: 0 });
      for (const who of [first, second, third]) {
        const pence = byTotal?.outcomes[who.name] ?? 0;
        if (pence > 0) await line(page, who.name).getByText(pounds(pence), { exact: true }).last().waitFor();
      }
      await walk.look(page, '7 scenario B');
      await page.goto(bench('?scenario=A'));
      await page.getByRole('table', { name: 'Applications of scenario A' }).waitFor();
      await page.getByRole('button', { name: 'Propose scenario A' }).click();
      await page.getByText('You proposed this scenario').waitFor();

      const lead = await walk.as(roles.lead, 360);
      await lead.goto(bench());
      await lead.getByRole('button', { name: 'Approve' }).first().waitFor();
      await lead.getByText(pounds(budgetPence), { exact: true }).first().waitFor();
      await walk.look(lead, '7 approval');
      await lead.getByRole('button', { name: 'Approve' }).first().click();
      const approving = lead.getByRole('dialog', { name: 'Approve scenario A?' });
      await approving.getByText('1 award and 1 part-award, £1,200 in all. Nothing is left.').waitFor();
      await approving.getByRole('button', { name: 'Approve' }).click();
      await lead.getByText('Scenario A is approved. Nothing has been sent yet.').waitFor();
      const finance = await walk.as(roles.finance);
      await potHolds(finance, { available: fundedPence, committed: 0, spent: 0 });

      await page.goto(bench());
      await page.getByRole('button', { name: 'Publish all decisions' }).click();
      const publishing = page.getByRole('dialog', { name: 'Publish 3 decisions?' });
      await publishing
        .getByText(
          '3 letters go out at once, each with what decided it: 1 award, 1 part-award and 1 place on the reserve list.',
        )
        .waitFor();
      await publishing.getByText(/£1,200\.00 is committed in Winter fund .* leaves £800\.37 available\./).waitFor();
      // At another width the workbench draws its approval anew, and the question with it is gone.
      await walk.look(page, '7 publishing', { resized: false });
      await publishing.getByRole('button', { name: 'Publish and send' }).click();
      await page.getByText(/^All decisions are published/).waitFor();
      await walk.look(page, '7 published');
      await potHolds(finance, { available: fundedPence - budgetPence, committed: budgetPence, spent: 0 });
      await finance
        .getByRole('img', { name: 'Of £2,000.37: £0.00 spent, £1,200.00 committed, £800.37 available' })
        .first()
        .waitFor();
    },
  );

  then('everybody has the letter of their outcome, with its amount', async () => {
    const [all] = await walk.lettersTo(first.name, `${callName}: ${pounds(first.askedPence)} for ${first.event}`);
    expect(all?.body).toContain(`award you ${pounds(first.askedPence)} for ${first.event}: all that you asked for`);
    expect(all?.body).toContain('Send us a picture of it.');
    const [part] = await walk.lettersTo(second.name, `${callName}: ${pounds(restPence)} for ${second.event}`);
    expect(part?.body).toContain(`of the ${pounds(mended.askedPence)} that you asked for`);
    expect(part?.body).toContain('We wish that it were more.');
    const [reserve] = await walk.lettersTo(third.name, 'on the reserve list');
    expect(reserve?.body).toContain('first on the reserve list');
    expect(reserve?.body).toContain('Do not unpack yet.');
    // In nobody's letter stands anything of anybody else.
    for (const [letter, mine] of [
      [all, first],
      [part, second],
      [reserve, third],
    ] as const)
      for (const { name, event } of [first, second, third].filter((each) => each !== mine))
        expect([letter?.body.includes(name), letter?.body.includes(event)]).toEqual([false, false]);
  });

  then(
    'one takes it up on a phone; another cannot, and the first on the reserve list gets exactly what they asked',
    async () => {
      const page = await walk.as(first.name);
      await page.goto('/');
      await page.getByRole('heading', { name: /^What next/ }).waitFor();
      await walk.look(page, '8 home of who is awarded');
      await page.goto(application.get(first.name) ?? '');
      await page.locator('wm-application-money').getByText(pounds(first.askedPence), { exact: true }).first().waitFor();
      await walk.look(page, '8 decided');
      await page.getByRole('link', { name: 'Answer your award' }).click();
      await page.getByRole('button', { name: 'Accept the award' }).waitFor();
      await page.getByText(pounds(first.askedPence), { exact: true }).first().waitFor();
      award.set(first.name, new URL(page.url()).pathname);
      await walk.look(page, '8 offer');
      await page.getByRole('button', { name: 'Accept the award' }).click();
      await page.getByText('The award is yours.', { exact: false }).waitFor();

      const other = await walk.as(second.name);
      await other.goto(application.get(second.name) ?? '');
      await other.getByRole('link', { name: 'Answer your award' }).click();
      await other.getByText(`It is part of the ${pounds(mended.askedPence)} that were asked for`).waitFor();
      await other.getByText(pounds(restPence), { exact: true }).first().waitFor();
      await other.getByRole('button', { name: 'I cannot take it' }).click();
      const dialog = other.getByRole('dialog');
      await dialog.getByText(`${pounds(restPence)} goes to the next on the reserve list.`).waitFor();
      await walk.look(other, '8 refusing');
      await dialog.getByRole('button', { name: 'Do not take it' }).click();
      await other.getByText('The money goes to somebody else.').waitFor();
      await walk.look(other, '8 refused');

      const [letter] = await walk.lettersTo(third.name, `${callName}: ${pounds(third.askedPence)} for ${third.event}`);
      expect(letter?.body).toContain('You were on the reserve list, money has come free, and it is your turn.');
      const promoted = await walk.as(third.name);
      await promoted.goto(application.get(third.name) ?? '');
      await promoted.getByRole('link', { name: 'Answer your award' }).click();
      await promoted.getByText(pounds(third.askedPence), { exact: true }).first().waitFor();
      await promoted.getByRole('button', { name: 'Accept the award' }).click();
      await promoted.getByText('The award is yours.', { exact: false }).waitFor();
      const committed = first.askedPence + third.askedPence;
      await potHolds(await walk.as(roles.finance), { available: fundedPence - committed, committed, spent: 0 });
    },
  );

  /** What she spent of £612.45: the fee, and the rest with a slip of the pen that finance finds. */
  const fee = 385_10;
  const rest = 213_27;
  const slip = 214_27;
  const paid = fee + rest;
  const left = first.askedPence - paid;

  then('she claims less than her award with photographed receipts; it comes back once, and is mended', async () => {
    const page = await walk.as(first.name);
    await page.goto(award.get(first.name) ?? '');
    await page.getByRole('button', { name: 'Claim what you spent' }).click();
    await page.getByRole('heading', { name: 'Claim 1', level: 1 }).waitFor();
    for (const [at, [kind, what, pence]] of (
      [
        ['Registration', 'Early rate, both days', fee],
        ['Travel', 'Train and two nights', slip],
      ] as const
    ).entries()) {
      await page.getByRole('button', { name: 'Add a line' }).click();
      const one = page.getByRole('group', { name: `Line ${at + 1}` });
      const name = `receipt-${at + 1}.png`;
      const buffer = await photograph(`${what}<br><b>${pounds(pence === slip ? rest : pence)}</b><br>Paid`);
      await one.locator('input[type=file].camera').setInputFiles({ name, mimeType: 'image/png', buffer });
      await one.getByText(name).first().waitFor();
      await one.getByLabel('Kind').selectOption({ label: kind });
      await one.getByLabel('Amount').fill(pounds(pence));
      await one.getByLabel('What for').fill(what);
    }
    await page.getByText(`${pounds(first.askedPence - fee - slip)} of the award would be left`).waitFor();
    await page.getByText('This is my last claim').click();
    await page.getByText(/Saved at/).waitFor();
    await walk.look(page, '9 claim');
    await page.getByRole('button', { name: 'Send to finance' }).click();
    await page.getByRole('button', { name: 'Send it', exact: true }).click();
    await page.getByText('It is sent.', { exact: false }).waitFor();

    const finance = await walk.as(roles.finance);
    await finance.goto('/funding/claims?status=submitted');
    const row = finance.getByRole('row').filter({ hasText: first.event });
    await row
      .getByText(pounds(fee + slip))
      .first()
      .waitFor();
    await walk.look(finance, '9 claims');
    await row.getByRole('link').first().click();
    await finance.locator('wm-picture img').nth(1).waitFor();
    await finance
      .getByText(pounds(fee + slip), { exact: true })
      .first()
      .waitFor();
    await walk.look(finance, '9 claim to decide');
    await finance.getByRole('button', { name: 'Send back' }).click();
    await finance.getByLabel('What is to be mended').fill('The second receipt says £213.27.');
    await finance.getByRole('button', { name: 'Send it back', exact: true }).click();
    await finance.getByText('Sent back. They were told why.').waitFor();

    await page.goto(award.get(first.name) ?? '');
    await page.getByRole('button', { name: 'Mend your claim' }).click();
    await page.getByText('The second receipt says £213.27.').waitFor();
    await page.getByRole('group', { name: 'Line 2' }).getByLabel('Amount').fill('213.27');
    await page.getByText(`${pounds(left)} of the award would be left`).waitFor();
    await walk.look(page, '9 claim mended');
    await page.getByRole('button', { name: 'Send to finance' }).click();
    await page.getByRole('button', { name: 'Send it', exact: true }).click();
    await page.getByText('It is sent.', { exact: false }).waitFor();
    expect([paid, left]).toEqual([598_37, 14_08]);
  });

  then('it is approved and paid in a batch, and what she did not need is the fund’s again', async () => {
    const finance = await walk.as(roles.finance);
    await finance.goto('/funding/claims?status=submitted');
    await finance.getByRole('row').filter({ hasText: first.event }).getByRole('link').first().click();
    await finance.getByText(pounds(paid), { exact: true }).first().waitFor();
    await finance.getByRole('button', { name: 'Approve', exact: true }).click();
    await finance.getByText('Approved. It waits for a batch.').waitFor();
    const committed = first.askedPence + third.askedPence;
    await potHolds(finance, { available: fundedPence - committed, committed, spent: 0 });
    await finance.goto('/funding/batches');
    await finance.getByRole('button', { name: 'Make a batch' }).click();
    await finance.getByRole('heading', { name: /^Batch \d+$/, level: 1 }).waitFor();
    await finance
      .getByRole('row', { name: new RegExp(fund.code) })
      .first()
      .getByText(pounds(paid))
      .waitFor();
    await finance.getByRole('row').filter({ hasText: first.event }).getByText(pounds(paid)).waitFor();
    await walk.look(finance, '9 batch');
    await finance.getByRole('button', { name: 'It is paid' }).click();
    await finance.getByRole('button', { name: 'Yes, it was paid' }).click();
    await finance.getByText('Paid. Everybody in it is told by mail.').waitFor();
    await potHolds(finance, {
      available: fundedPence - paid - third.askedPence,
      committed: third.askedPence,
      spent: paid,
    });
    await finance
      .getByRole('img', { name: 'Of £2,000.37: £598.37 spent, £480.99 committed, £921.01 available' })
      .first()
      .waitFor();
    await walk.look(finance, '9 pot');

    const page = await walk.as(first.name);
    await page.goto(award.get(first.name) ?? '');
    await page.getByRole('img', { name: 'Of £612.45: £598.37 paid, £0.00 held, £14.08 back to the fund' }).waitFor();
    for (const [name, pence] of [
      ['Asked', first.askedPence],
      ['Paid', paid],
      ['Held', 0],
      ['Back to the fund', left],
      ['Awarded', first.askedPence],
    ] as const)
      await page.getByRole('row', { name: `${name} ${pounds(pence)}`, exact: true }).waitFor();
    await walk.look(page, '9 award');
    await page.goto(application.get(first.name) ?? '');
    const money = page.locator('wm-application-money');
    for (const pence of [first.askedPence, paid, left])
      await money.getByText(pounds(pence), { exact: true }).first().waitFor();
    await walk.look(page, '9 application');

    const coordinator = await walk.as(roles.coordinator);
    await coordinator.goto(`${call}/awards`);
    await coordinator.getByRole('row').filter({ hasText: first.name }).getByText(pounds(paid)).first().waitFor();
    await walk.look(coordinator, '9 awards of the call');
  });

  then('the books as a journal, as an auditor takes them, add up to what the screens say', async () => {
    const page = await walk.as(roles.auditor);
    await page.goto('/funding/pots');
    await page.getByRole('row').filter({ hasText: fund.pot }).first().waitFor();
    const link = page.getByRole('link', { name: 'The books as a plain-text journal' });
    const journal = await (await page.request.get((await link.getAttribute('href')) ?? '')).text();
    const sums = new Map<string, number>();
    for (const entry of journal.split('\n\n')) {
      const lines = [...entry.matchAll(/^ {4}(.+?) {2}(-?)£(\d+)\.(\d\d)$/gm)].map(
        ([, account = '', sign, whole, rest]) => [account, Number(`${sign}${whole}${rest}`)] as const,
      );
      // Each entry balances by itself.
      expect(lines.reduce((sum, [, pence]) => sum + pence, 0)).toBe(0);
      for (const [account, pence] of lines) sums.set(account, (sums.get(account) ?? 0) + pence);
    }
    const name = `${fund.pot} ${yearWords}`;
    expect(Object.fromEntries([...sums].filter(([account]) => account.includes(name)))).toEqual({
      [`income:${name}`]: -fundedPence,
      [`assets:${name}:available`]: 921_01,
      [`assets:${name}:committed`]: third.askedPence,
      [`expenses:${fund.code}:${name}`]: paid,
    });
    await walk.look(page, '9 pots of the auditor');
  });

  it('axe found nothing on any of these pages, nothing ran over the edge, and no page said an error', () => {
    expect(walk.wrong).toEqual([]);
    expect(walk.faults).toEqual([]);
  });
});
