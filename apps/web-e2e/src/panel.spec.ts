/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type axe from 'axe-core';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(240_000);

/** Phones in light, tablets in dark, desks in light; all of them in both where pictures are asked for. */
const looks = (process.env['WAYMARK_LOOK'] ? [false, true] : [null]).flatMap((dark) =>
  [360, 768, 1440].map((width) => ({ width, dark: dark ?? width === 768 })),
);

/** A coordinator makes up a panel and gives out applications; a reader scores by keyboard; the chair closes and moderates. */
describe('the panel', () => {
  let product: Product;
  const wrong: string[] = [];
  const institution = randomUUID();
  const call = randomUUID();
  const people = new Map<string, string>();
  const criteria = [randomUUID(), randomUUID(), randomUUID()] as const;

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    await arrange();
  });
  afterAll(() => product.stop());

  const run = (text: string, values: unknown[] = []) => product.owner.query(text, values);
  const person = async (name: string, unitId: string): Promise<string> => {
    const id = randomUUID();
    const [givenName, familyName] = name.split(' ');
    await run(
      `insert into person (institution_id, id, given_name, family_name, email, unit_id, technician, created_at, version)
       values ($1, $2, $3, $4, $5, $6, true, now(), 1)`,
      [institution, id, givenName, familyName, `${id}@college.example`, unitId],
    );
    people.set(name, id);
    return id;
  };

  /** A blind call that is being scored, six applications to it, and nobody on its panel yet but the chair. */
  const arrange = async (): Promise<void> => {
    await run(
      `insert into institution (id, name, nation, time_zone, created_at) values ($1, 'Harbour College', 'england-and-wales', 'Europe/London', now())`,
      [institution],
    );
    const units = [randomUUID(), randomUUID()];
    for (const [at, id] of units.entries()) {
      await run(`insert into unit (institution_id, id, name) values ($1, $2, $3)`, [
        institution,
        id,
        ['School of Chemistry', 'Workshops'][at],
      ]);
    }
    const unit = (at: number) => units[at % 2] ?? '';
    const coordinator = await person('Ada Beaker', unit(0));
    await run(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'coordinator', current_date - 1)`,
      [institution, randomUUID(), coordinator],
    );
    const chair = await person('Clementine Clamp', unit(1));
    for (const [at, name] of ['Pip Funnel', 'Quill Spatula', 'Rhea Retort', 'Silas Tong'].entries()) {
      await person(name, unit(at));
    }
    const code = randomUUID();
    const pot = randomUUID();
    await run(
      `insert into cost_code (institution_id, id, code, name, active, version) values ($1, $2, 'TS-1042', 'Technical services', true, 1)`,
      [institution, code],
    );
    await run(
      `insert into pot (institution_id, id, name, financial_year, cost_code_id, status, created_at, created_by, version)
       values ($1, $2, 'Conference fund', 2026, $3, 'open', now(), $4, 1)`,
      [institution, pot, code, coordinator],
    );
    const kinds = ['awarded', 'part-awarded', 'reserve', 'unsuccessful', 'ineligible', 'unendorsed', 'call-cancelled'];
    await run(
      `insert into call (institution_id, id, name, kind, status, pot_id, budget_pence, opens_at, closes_at, return_grace_days,
         endorse_by, decide_by, reserve_until, claim_by, terms_number, letters, series_id, created_at, created_by, version)
       values ($1, $2, 'Conference fund 2026', 'yearly', 'scoring', $3, 1000000, now() - interval '60 days',
         now() - interval '20 days', 7, now() - interval '5 days', current_date + 20, current_date + 90, current_date + 200, 1, $4,
         $2, now(), $5, 1)`,
      [institution, call, pot, JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind, '']))), coordinator],
    );
    const terms = {
      capPence: 150_000,
      audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
      rules: [],
      criteria: [
        {
          id: criteria[0],
          name: 'What it brings to the work here',
          guidance: '5: a skill that nobody here has. 3: a skill that few have. 0: nothing said.',
          weight: 50,
        },
        { id: criteria[1], name: 'How it will be shared', guidance: '5: who learns what, when and how.', weight: 30 },
        { id: criteria[2], name: 'Costs in proportion', guidance: '', weight: 20 },
      ],
      questions: [],
      blind: true,
      reviewersEach: 3,
      partAwards: true,
      bar: 500,
      caseWordsMost: 300,
      objectivesLeast: 1,
    };
    await run(
      `insert into call_terms (institution_id, call_id, number, terms, created_at, created_by) values ($1, $2, 1, $3, now(), $4)`,
      [institution, call, JSON.stringify(terms), coordinator],
    );
    await run(
      `insert into call_panelist (institution_id, call_id, person_id, chair, most_reviews, added_at, added_by)
       values ($1, $2, $3, true, 0, now(), $4)`,
      [institution, call, chair, coordinator],
    );
    const events = [
      'Glassblowers’ Symposium',
      'Microscopy Week',
      'Lasers in Practice',
      'Workshop Safety Forum',
      'Cryogenics Day',
      'Digital Fabrication Week',
    ];
    for (const [at, event] of events.entries()) {
      const applicant = await person(
        `${['Rowan', 'Sorrel', 'Tamsin', 'Umber', 'Vesper', 'Wren'][at]} Pipette`,
        unit(at),
      );
      const id = randomUUID();
      const document = {
        event: {
          name: event,
          place: 'Leeds',
          startsOn: '2027-03-09',
          endsOn: '2027-03-11',
          link: '',
          as: 'poster',
          onAbstract: at === 1,
        },
        costs: [
          {
            id: randomUUID(),
            category: 'registration',
            what: 'Early ticket',
            note: '',
            amountPence: 42_000,
            foreign: null,
          },
          {
            id: randomUUID(),
            category: 'travel',
            what: 'Train, off-peak return',
            note: '',
            amountPence: 11_850,
            foreign: null,
          },
          {
            id: randomUUID(),
            category: 'accommodation',
            what: 'Two nights',
            note: '',
            amountPence: 17_600,
            foreign: null,
          },
        ],
        otherFunding: [
          { id: randomUUID(), from: 'School of Chemistry travel fund', amountPence: 15_000, confirmed: true },
        ],
        leastPence: 40_000,
        upFront: { amountPence: 42_000, by: 'department-card' },
        case: 'Our glass shop closes next year and with it the last person here who can blow a cold finger.\n\nThree days with those who still do it daily would let me keep simple repairs in the building, instead of sending each piece away for six weeks.',
        objectives: ['Seal and anneal borosilicate joints', 'Judge which pieces are worth repairing'],
        sharing: { way: 'workshop', how: 'A morning for six colleagues, and a one-page guide beside the lathe.' },
        answers: {},
      };
      await run(
        `insert into application (institution_id, id, call_id, person_id, reference, status, only_one, draft, draft_version,
           draft_saved_at, created_at, version) values ($1, $2, $3, $4, $5, 'eligible', true, '{}', 1, now(), now(), 1)`,
        [institution, id, call, applicant, `CF26-000${at + 1}`],
      );
      await run(
        `insert into application_submission (institution_id, application_id, number, document, terms_number, asked_pence, least_pence,
           event_name, event_starts_on, event_ends_on, judged, submitted_at, submitted_by)
         values ($1, $2, 1, $3, 1, 56450, 40000, $4, '2027-03-09', '2027-03-11', '[]', now(), $5)`,
        [institution, id, JSON.stringify(document), event, applicant],
      );
      await run(`update application set submission_number = 1 where institution_id = $1 and id = $2`, [
        institution,
        id,
      ]);
    }
  };

  const visitorAs = async (name: string): Promise<Visitor> => {
    const personId = people.get(name) ?? '';
    const secret = randomBytes(24).toString('base64url');
    const [known] = (
      await run(`select account_id from account_person where institution_id = $1 and person_id = $2`, [
        institution,
        personId,
      ])
    ).rows as { account_id: string }[];
    const account = known?.account_id ?? randomUUID();
    if (!known) {
      await run(`insert into account (id, email, created_at) values ($1, $2, now())`, [
        account,
        `${account}@accounts.example`,
      ]);
      await run(`insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`, [
        account,
        institution,
        personId,
      ]);
    }
    await run(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5, now(), now() + interval '1 day')`,
      [randomUUID(), createHash('sha256').update(secret).digest(), account, institution, personId],
    );
    const visitor = await product.visitor();
    const { hostname } = new URL(product.address);
    await visitor.context.addCookies([
      {
        name: '__Host-waymark',
        value: secret,
        domain: hostname,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      },
    ]);
    return visitor;
  };

  /** The page as it stands, at each width and in both themes: axe finds nothing, nothing runs over the edge. */
  const look = async (page: Page, name: string): Promise<void> => {
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
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  it('a coordinator makes it up and gives out the applications evenly, as previewed', async () => {
    const { page, faults } = await visitorAs('Ada Beaker');
    await page.goto(`/funding/calls/${call}/panel`);
    await page.getByRole('heading', { name: 'Panel', level: 1 }).waitFor();
    for (const name of ['Pip Funnel', 'Quill Spatula', 'Rhea Retort']) {
      await page.getByRole('button', { name: 'Add a panelist' }).click();
      await page.getByRole('combobox', { name: 'Person' }).fill(name.split(' ')[1] ?? '');
      await page.getByRole('option', { name }).click();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText(`${name} sits on the panel.`).waitFor();
    }
    await look(page, 'panel-before');
    await page.getByRole('button', { name: 'Give out applications' }).click();
    await page.getByText('18 reviews are given out.').waitFor();
    await look(page, 'panel-preview');
    await page.getByRole('button', { name: 'Give out 18 reviews' }).click();
    await page.getByText('18 reviews given out. Each panelist has a letter.').waitFor();
    await page.getByRole('rowheader', { name: 'CF26-0006' }).waitFor();
    await look(page, 'panel-after');
    expect(faults).toEqual([]);
  });

  it('a reader declares whom they know, then scores by keyboard alone, blind', async () => {
    const { page, faults } = await visitorAs('Pip Funnel');
    await page.goto('/');
    await page.getByText('6 applications to Conference fund 2026 to score').waitFor();
    await page.goto(`/funding/reading/${call}`);
    await page.getByRole('link', { name: 'Begin reading' }).waitFor();
    await look(page, 'reading');
    await page.getByRole('link', { name: 'Declare an interest' }).click();
    await page.getByRole('button', { name: 'Declare an interest in Sorrel Pipette' }).click();
    await page.getByRole('textbox', { name: 'How you know them' }).fill('We share a house');
    await page.getByRole('button', { name: 'Declare', exact: true }).last().click();
    await page.getByText('What you had of theirs goes to somebody else.').waitFor();
    await look(page, 'interests');
    await page.goto(`/funding/reading/${call}`);
    await page.getByText('0 of 5 applications scored and submitted').first().waitFor();

    await page.getByRole('link', { name: 'Begin reading' }).click();
    await page.getByRole('heading', { name: 'CF26-0001', level: 1 }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/Rowan|Pipette|Chemistry/);
    await page.getByRole('radio', { name: '0' }).first().focus();
    await page.keyboard.press('4');
    await page.keyboard.press('3');
    await page.getByText('1 criterion has no score yet').waitFor();
    await look(page, 'review');
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole('button', { name: /^Score sheet/ }).click();
    await page.getByRole('button', { name: 'Submit, then next' }).scrollIntoViewIfNeeded();
    await look(page, 'review-pulled-up');
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole('button', { name: /^Score sheet/ }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('radio', { name: '0' }).last().focus();
    await page.keyboard.press('5');
    // 50 × 4/5 + 30 × 3/5 + 20 × 5/5 = 78.0
    await page.getByRole('status').filter({ hasText: '78.0' }).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('2');
    await page.getByRole('status').filter({ hasText: '72.0' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'CF26-0003', level: 1 }).waitFor();
    for (const next of ['CF26-0004', 'CF26-0005', 'CF26-0006', null]) {
      await page.waitForFunction(() => document.activeElement?.closest('[data-criterion="0"]') instanceof HTMLElement);
      for (const digit of ['5', '4', '3']) await page.keyboard.press(digit);
      await page.keyboard.press('Control+Enter');
      if (next) await page.getByRole('heading', { name: next, level: 1 }).waitFor();
    }
    await page.getByRole('button', { name: 'Open it again' }).waitFor();
    const own = await run(
      `select r.status, r.score from review r join application a on a.id = r.application_id where r.panelist_id = $1 order by a.reference`,
      [people.get('Pip Funnel')],
    );
    expect(own.rows.map(({ status, score }: { status: string; score: number | null }) => [status, score])).toEqual([
      ['submitted', 720],
      ['recused', null],
      ...Array.from({ length: 4 }, () => ['submitted', 860]),
    ]);
    expect(faults).toEqual([]);
  });

  it('two windows do not write over one another', async () => {
    const { page, context } = await visitorAs('Quill Spatula');
    await page.goto(`/funding/reading/${call}`);
    await page.getByRole('link', { name: 'Begin reading' }).click();
    await page.getByRole('radio', { name: '0' }).first().waitFor();
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByRole('textbox', { name: 'For the applicant' }).fill('From the other window');
    await other.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'For the applicant' }).fill('From this window');
    await page.getByText('This review was changed in another window').waitFor();
    await look(page, 'review-conflict');
    await page.getByRole('button', { name: 'Keep what is here' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const rows = await run(
      `select comment_to_applicant from review where panelist_id = $1 and comment_to_applicant <> ''`,
      [people.get('Quill Spatula')],
    );
    expect(rows.rows).toEqual([{ comment_to_applicant: 'From this window' }]);
  });

  it('the chair reassigns what came back, closes scoring, moderates, and sends a review back', async () => {
    const { page, faults } = await visitorAs('Clementine Clamp');
    const coordinator = await visitorAs('Ada Beaker');
    await coordinator.page.goto(`/funding/calls/${call}/panel`);
    await coordinator.page.getByRole('button', { name: 'Add a panelist' }).click();
    await coordinator.page.getByRole('combobox', { name: 'Person' }).fill('Tong');
    await coordinator.page.getByRole('option', { name: 'Silas Tong' }).click();
    await coordinator.page.getByRole('button', { name: 'Add', exact: true }).click();
    await coordinator.page.getByText('Silas Tong sits on the panel.').waitFor();

    await page.goto('/');
    await page.getByText('1 review of Conference fund 2026 needs somebody else').waitFor();
    await page.goto(`/funding/calls/${call}/panel`);
    await page.getByRole('button', { name: 'Reassign CF26-0002', exact: true }).click();
    await page.getByRole('radio', { name: /Silas Tong/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'reassign-h');
    await look(page, 'panel-reassign');
    await page.getByRole('button', { name: 'Give it to them' }).click();
    await page.getByText('CF26-0002 is with Silas Tong now.').waitFor();

    // The others score meanwhile.
    await run(
      `update review set status = 'submitted', submitted_at = now(), opened_at = now(), version = version + 1,
         scores = jsonb_build_object($2::text, 1 + abs(hashtext(id::text)) % 5, $3::text, 3, $4::text, abs(hashtext(id::text || 'c')) % 6),
         score = (1 + abs(hashtext(id::text)) % 5) * 100 + 180 + (abs(hashtext(id::text || 'c')) % 6) * 40
       where call_id = $1 and status in ('assigned', 'drafting')`,
      [call, ...criteria],
    );
    await page.reload();
    await page.getByRole('button', { name: 'Close scoring' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close scoring' }).click();
    await page.getByRole('heading', { name: 'Moderation', level: 1 }).waitFor();
    await page.getByRole('rowheader', { name: 'Silas Tong' }).waitFor();
    await look(page, 'moderation');
    await page.getByRole('link', { name: 'CF26-0002' }).click();
    await page.getByRole('heading', { name: 'CF26-0002', level: 1 }).waitFor();
    await page.getByRole('textbox', { name: 'Your note' }).fill('Readers differ on what is new here.');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByText('Note kept').waitFor();
    // A coordinator writes meanwhile: nothing typed is lost, both can be read, and keeping it once more decides.
    await run(`update moderation_note set words = 'Ask Silas.', version = version + 1`);
    await page.getByRole('textbox', { name: 'Your note' }).fill('Readers differ on the costs.');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByRole('heading', { name: 'What stands there now' }).waitFor();
    await page.getByText('Ask Silas.', { exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Your note' }).inputValue()).toBe('Readers differ on the costs.');
    await look(page, 'moderated');
    const written = page.waitForResponse((answer) => answer.url().endsWith('/note') && answer.ok());
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await written;
    await page.getByRole('heading', { name: 'What stands there now' }).waitFor({ state: 'detached' });
    const [kept] = (await run(`select words from moderation_note`)).rows as { words: string }[];
    expect(kept?.words).toBe('Readers differ on the costs.');
    await page.getByRole('button', { name: 'Send back Silas Tong’s review' }).click();
    await page.getByRole('textbox', { name: 'What to look at again' }).fill('Please read the costs again');
    await page.getByRole('button', { name: 'Send back to scoring' }).click();
    await page.getByRole('heading', { name: 'Panel', level: 1 }).waitFor();
    const rows = await run(`select status from call where id = $1`, [call]);
    expect(rows.rows).toEqual([{ status: 'scoring' }]);
    expect([...faults, ...coordinator.faults]).toEqual([]);
  });

  it('whoever does not sit on it finds no such page, said so that they know what to do', async () => {
    const { page } = await visitorAs('Wren Pipette');
    await page.goto(`/funding/reading/${call}`);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await look(page, 'not-found');
    expect(await page.getByRole('main').innerText()).not.toContain('Conference fund');
  });

  it('axe finds nothing and nothing runs over the edge', () => {
    expect(wrong).toEqual([]);
  });
});
