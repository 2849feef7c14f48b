/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashPassword } from '@waymark/api-people';
import type axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { axeSource } from './axe-source';
import { Product, type Visitor } from './product';

jest.setTimeout(300_000);

const password = 'a password long enough';
/** Where pictures of each page go when somebody wants to look at them; else none are taken. */
const pictures = process.env['WAYMARK_LOOKS'];
const looks = [
  { width: 360, dark: false },
  { width: 768, dark: true },
  { width: 1440, dark: false },
  { width: 1440, dark: true },
];

/** A leaver vanishes everywhere at once, and somebody who moves arrives elsewhere: by hand, in real browsers. */
describe('somebody who leaves', () => {
  let product: Product;
  let hash: string;
  let faults: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
    hash = await hashPassword(password);
  });
  afterAll(() => product.stop());

  const sql = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await product.owner.query<Row>(text, values)).rows;
  const institution = async (name: string): Promise<string> => {
    const id = randomUUID();
    await sql(
      `insert into institution (id, name, nation, time_zone, created_at) values ($1, $2, 'england-and-wales', 'Europe/London', now())`,
      [id, name],
    );
    return id;
  };
  const emailOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@college.example`;

  /** Somebody with an account, who signs in with `password`. */
  const person = async (institutionId: string, name: string, roles: string[] = [], managerId: string | null = null) => {
    const [id, account] = [randomUUID(), randomUUID()];
    const [given, family] = name.split(' ');
    await sql(
      `insert into person (institution_id, id, given_name, family_name, email, line_manager_id, job_title, technician, created_at, version)
       values ($1, $2, $3, $4, $5, $6, 'Technician', true, now(), 1)`,
      [institutionId, id, given, family, emailOf(name), managerId],
    );
    await sql(`insert into account (id, email, password_hash, created_at) values ($1, $2, $3, now())`, [
      account,
      emailOf(name),
      hash,
    ]);
    await sql(`insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`, [
      account,
      institutionId,
      id,
    ]);
    for (const role of roles)
      await sql(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, $3, current_date - 9)`,
        [institutionId, id, role],
      );
    return id;
  };

  /** A pair at work, and an open round in which both would take part again. */
  const pair = async (institutionId: string, mentorId: string, menteeId: string, by: string): Promise<string> => {
    const [enrolment, request, round, open, proposal, id] = Array.from({ length: 6 }, () => randomUUID());
    const rules = `{"proposalsPerMentee": 1, "placesAtMost": null, "never": {"sameUnit": false, "earlierPairs": true, "gradeSteps": null},
      "points": {"grade": [], "shared": [], "identity": 0, "waiting": 10}}`;
    await sql(
      `insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
       values ($1, $2, $3, 'active', 3, '{}', now(), 1)`,
      [institutionId, enrolment, mentorId],
    );
    await sql(
      `insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
       values ($1, $2, $3, 'matched', '{}', 0, now(), 1)`,
      [institutionId, request, menteeId],
    );
    for (const [roundId, name, status] of [
      [round, 'Autumn', 'released'],
      [open, 'Winter', 'open'],
    ])
      await sql(
        `insert into round (institution_id, id, name, status, rules, released_at, created_at, created_by, version)
         values ($1, $2, $3, $4, $5, case when $4 = 'released' then now() end, now(), $6, 1)`,
        [institutionId, roundId, name, status, rules, by],
      );
    await sql(`insert into round_mentor (institution_id, round_id, enrolment_id) values ($1, $2, $3)`, [
      institutionId,
      open,
      enrolment,
    ]);
    await sql(
      `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts, proposed_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, 'agreed', '[]', now(), 1)`,
      [institutionId, proposal, round, request, enrolment, menteeId, mentorId],
    );
    await sql(
      `insert into pair (institution_id, id, proposal_id, request_id, enrolment_id, mentee_id, mentor_id, status, goals, rhythm, mode,
         agreed_at, ends_on, version)
       values ($1, $2, $3, $4, $5, $6, $7, 'active', 'Learn to weld', 'monthly', 'either', now(), current_date + 180, 1)`,
      [institutionId, id, proposal, request, enrolment, menteeId, mentorId],
    );
    return open ?? '';
  };

  const enter = async (name: string, look: { width?: number; dark?: boolean } = {}): Promise<Visitor> => {
    const visitor = await product.visitor(look);
    await signIn(visitor.page, name);
    await visitor.page.getByRole('heading', { name: /^What next/ }).waitFor();
    return visitor;
  };
  const signIn = async (page: Page, name: string) => {
    await page.goto('/sign-in');
    await page.getByLabel(/e-mail/i).fill(emailOf(name));
    await page.locator('input[type=password]').fill(password);
    await page.locator('form button[type=submit]').click();
  };

  /** The page as it stands, in every look: axe finds nothing, and nothing runs over the edge. */
  const look = async ({ page }: Visitor, name: string): Promise<void> => {
    const before = page.viewportSize();
    for (const { width, dark } of looks) {
      await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
      await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${name} at ${width}: ${over} px over the edge`);
      // As tall as the page, so that what sticks to the bottom covers nothing that a person would scroll away from it.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(Math.max(height + 80, 780), 8000) });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      for (const { id, nodes } of violations) faults.push(`${name} at ${width}: ${id} ${nodes[0]?.html.slice(0, 200)}`);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: `${pictures}/${name}-${width}${dark ? '-dark' : ''}.png`, fullPage: true });
      }
    }
    if (before) await page.setViewportSize(before);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  };

  const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  it('vanishes everywhere at once: signed out at the next click, in no list, picker, round or start page', async () => {
    faults = [];
    const college = await institution('Harbour College');
    const olive = await person(college, 'Olive Solder', ['coordinator']);
    const head = await person(college, 'Harriet Head');
    const mabel = await person(college, 'Mabel Mandrel', ['auditor'], head);
    await person(college, 'Rory Report', [], mabel);
    const anjali = await person(college, 'Anjali Anode');
    const round = await pair(college, mabel, anjali, olive);

    const mentor = await enter('Mabel Mandrel');
    const mentee = await enter('Anjali Anode', { width: 768 });
    await mentee.page.getByRole('heading', { name: 'Your pairs' }).waitFor();
    const coordinator = await enter('Olive Solder');
    const { page } = coordinator;
    await page.goto(`/mentoring/rounds/${round}`);
    await page.getByRole('heading', { name: 'Winter' }).waitFor();

    await page.goto(`/people/${mabel}`);
    await page.getByRole('link', { name: 'Leaves the institution' }).click();
    await page.getByText('The pair with Anjali Anode ends', { exact: false }).waitFor();
    await page.getByText('Harriet Head becomes the line manager of Rory Report', { exact: false }).waitFor();
    await page.getByLabel('Last day').fill(daysFromNow(-1));
    await look(coordinator, 'leaving');
    await page.getByRole('button', { name: 'Leaves on this day' }).click();
    await page.getByRole('dialog').waitFor();
    await look(coordinator, 'leaving-question');
    await page.getByRole('button', { name: 'Yes, they leave' }).click();
    await page.waitForURL(`**/people/${mabel}`);
    await page.getByText('Has left').first().waitFor();
    await look(coordinator, 'has-left');

    // The other browser: the very next click leads to the sign-in, and the password opens nothing any more.
    await mentor.page.goto('/mentoring/mine');
    await mentor.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(mentor.page, 'Mabel Mandrel');
    await mentor.page.getByRole('alert').first().waitFor();

    // Gone from the directory, the picker, the round, and the start page of their mentee.
    await page.goto('/people?search=Mandrel');
    await page.waitForLoadState('networkidle');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Mabel Mandrel');
    await page.goto('/people/new');
    await page.getByLabel('Line manager').fill('Mandrel');
    await page.getByText('Nobody found with', { exact: false }).waitFor({ state: 'attached' });
    expect(await page.locator('mat-option').count()).toBe(0);
    await page.goto(`/mentoring/rounds/${round}`);
    await page.getByRole('heading', { name: 'Winter' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('main').innerText()).not.toContain('Mabel Mandrel');
    await mentee.page.reload();
    await mentee.page.getByRole('heading', { name: /^What next/ }).waitFor();
    expect(await mentee.page.getByRole('heading', { name: 'Your pairs' }).count()).toBe(0);

    // What follows has happened by itself.
    const until = async (done: () => Promise<boolean>) => {
      for (let waits = 0; waits < 200 && !(await done()); waits += 1) await page.waitForTimeout(100);
    };
    await until(async () => (await sql(`select from pair where status = 'ended'`)).length === 1);
    expect(await sql(`select status, end_reason from pair`)).toEqual([{ status: 'ended', end_reason: 'left' }]);
    await until(
      async () =>
        (await sql(`select from person where family_name = 'Report' and line_manager_id = $1`, [head])).length === 1,
    );
    expect(await sql(`select subject from mail_message where recipient = $1`, [emailOf('Anjali Anode')])).toEqual([
      { subject: 'You and Mabel Mandrel end here' },
    ]);

    // And comes back: can sign in, and what ended stays ended.
    await page.goto(`/people/${mabel}`);
    await page.getByRole('button', { name: 'Comes back' }).click();
    await page.getByRole('button', { name: 'Yes, make active again' }).click();
    await page.getByRole('link', { name: 'Leaves the institution' }).waitFor();
    await signIn(mentor.page, 'Mabel Mandrel');
    await mentor.page.getByRole('heading', { name: /^What next/ }).waitFor();
    expect(await mentor.page.getByRole('heading', { name: 'Your pairs' }).count()).toBe(0);

    for (const visitor of [coordinator, mentor, mentee]) {
      faults.push(...visitor.faults);
      await visitor.context.close();
    }
    expect(faults).toEqual([]);
  });

  it('moves to another institution, with the pair that both wished to keep', async () => {
    faults = [];
    const [from, to] = [await institution('Northfield University'), await institution('Kelder Bridge')];
    const network = randomUUID();
    await sql(`insert into network (id, name, created_at) values ($1, 'North', now())`, [network]);
    for (const each of [from, to])
      await sql(`insert into membership (network_id, institution_id, joined_at) values ($1, $2, now())`, [
        network,
        each,
      ]);
    const ada = await person(from, 'Ada Here', ['institution-administrator']);
    const mona = await person(from, 'Mona Mover');
    const petra = await person(from, 'Petra Partner');
    await person(to, 'Theo There', ['institution-administrator']);
    await sql(`insert into unit (institution_id, id, name) values ($1, uuidv7(), 'Chemistry')`, [to]);
    await sql(
      `insert into award_held (institution_id, id, person_id, body, award, awarded_on, status, decided_by, decided_at)
       values ($1, uuidv7(), $2, 'Science Council', 'RSci', '2024-05-01', 'verified', $3, now())`,
      [from, mona, ada],
    );
    await pair(from, mona, petra, ada);

    const here = await enter('Ada Here');
    await here.page.goto(`/people/${mona}`);
    await here.page.getByRole('link', { name: 'Moves to another institution' }).click();
    await here.page.getByLabel('Institution they move to').selectOption({ label: 'Kelder Bridge (North)' });
    await here.page.getByLabel('Last day here').fill(daysFromNow(3));
    await here.page.getByLabel('First day there').fill(daysFromNow(4));
    await look(here, 'transfer-start');
    await here.page.getByRole('button', { name: 'Ask them' }).click();
    await here.page.getByText('has been asked to take Mona Mover on', { exact: false }).waitFor();
    await look(here, 'transfer-asked');

    const there = await enter('Theo There');
    await there.page.getByRole('link', { name: /Mona Mover would come to you/ }).click();
    await there.page.getByText('RSci').first().waitFor();
    await there.page.getByLabel('Unit', { exact: true }).selectOption({ label: 'Chemistry' });
    await look(there, 'transfer-answer');
    await there.page.getByRole('button', { name: 'Accept the transfer' }).click();
    await there.page.getByText('This transfer is accepted').waitFor();
    await look(there, 'transfer-accepted');
    await there.page.goto('/people/transfers');
    await there.page.getByText('Mona Mover').first().waitFor();
    await look(there, 'transfers');

    const [mover, stays] = [await enter('Mona Mover', { width: 360 }), await enter('Petra Partner')];
    for (const [visitor, other] of [
      [mover, 'Petra Partner'],
      [stays, 'Mona Mover'],
    ] as const) {
      const task = visitor.page.getByRole('link', { name: new RegExp(`Go on with ${other}`) });
      for (let waits = 0; waits < 60 && (await task.count()) === 0; waits += 1) {
        await visitor.page.reload();
        await visitor.page.getByRole('heading', { name: /^What next/ }).waitFor();
        await visitor.page.waitForTimeout(200);
      }
      await task.click();
      await visitor.page.getByRole('button', { name: 'Yes, go on' }).click();
      await visitor.page
        .getByText(/You said yes|You both wish/)
        .first()
        .waitFor();
      await look(visitor, `going-on-${other.split(' ')[0]}`);
    }

    // The last day passes: as the worker would find it the next morning.
    await sql(`update transfer set last_day = current_date - 1 where person_id = $1`, [mona]);
    await sql(`update person set left_on = current_date - 1 where id = $1`, [mona]);
    await mover.page.goto('/mentoring/mine');
    await mover.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    for (let waits = 0; waits < 600 && (await sql(`select from shared_pair`)).length === 0; waits += 1)
      await mover.page.waitForTimeout(100);
    await signIn(mover.page, 'Mona Mover');
    await mover.page.getByRole('heading', { name: /^What next/ }).waitFor();
    await mover.page.getByRole('link', { name: 'Petra Partner' }).click();
    await mover.page.getByText('Northfield University').first().waitFor();
    await look(mover, 'shared-pair');
    await stays.page.goto('/mentoring/mine');
    await stays.page.getByRole('heading', { name: 'Pairs across institutions' }).waitFor();
    await look(stays, 'mine-shared');

    await mover.page.getByRole('button', { name: 'End this pair' }).click();
    await mover.page.getByRole('button', { name: 'Yes, end it' }).click();
    await mover.page.getByText('Ended').first().waitFor();
    for (const visitor of [here, there, mover, stays]) {
      faults.push(...visitor.faults);
      await visitor.context.close();
    }
    expect(faults).toEqual([]);
  });

  it('leaves people without a manager to the coordinator, who finds them from the start page', async () => {
    faults = [];
    const college = await institution('Eastgate College');
    await person(college, 'Cora Ordinate', ['coordinator']);
    const gus = await person(college, 'Gus Gone');
    await person(college, 'Sam Second', [], gus);
    await sql(`update person set left_on = current_date - 2 where id = $1`, [gus]);
    const coordinator = await enter('Cora Ordinate');
    await coordinator.page.getByRole('link', { name: /1 person has no line manager/ }).click();
    await coordinator.page.getByText('reported to Gus Gone', { exact: false }).waitFor();
    await look(coordinator, 'without-manager');
    await coordinator.page.getByRole('link', { name: /^Choose a manager.*Sam Second$/ }).click();
    await coordinator.page.getByRole('heading', { name: 'Change Sam Second' }).waitFor();
    faults.push(...coordinator.faults);
    await coordinator.context.close();
    expect(faults).toEqual([]);
  });
});
