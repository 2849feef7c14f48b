import { join } from 'node:path';
import type { Page } from 'playwright-core';

/* What a coordinator does by hand, step by step, as the tests and the pictures need it. */

export const sharedFiles = join(__dirname, '../../../../shared/data/mentoring/small');
const grades = ['AA', 'AO', 'EO', 'HEO', 'SEO', 'Grade 7', 'Grade 6', 'SCS1', 'SCS2', 'SCS3', 'SCS4'];

export const signInAs = async (page: Page, role: string): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: role }).click();
  await page.getByRole('heading', { name: /^What next/ }).waitFor();
};

export const startRound = async (page: Page, name: string): Promise<void> => {
  await page.goto('/mentoring/rounds');
  await page.getByRole('button', { name: 'Start a round' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Start the round' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
};

/** Uploads the file as it is, takes the suggested columns, puts the grades in order, checks the rows and loads them. */
export const load = async (page: Page, side: 'mentees' | 'mentors', seen: () => Promise<void>): Promise<void> => {
  await page
    .getByRole('link', { name: `Load ${side} from a file` })
    .first()
    .click();
  await page.locator('input[type=file]').setInputFiles(join(sharedFiles, `${side}.csv`));
  await page.getByRole('heading', { name: 'What each column means' }).waitFor();
  if (side === 'mentors') await page.getByLabel('Places where the file says nothing').fill('1');
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('heading', { name: 'The order of grades' }).waitFor();
  await seen();
  await orderGrades(page);
  await page.getByRole('button', { name: 'This order is right' }).click();
  await page.getByRole('heading', { name: 'Ready to load' }).waitFor();
  await seen();
  await page.getByRole('button', { name: /^Load 50/ }).click();
  await page.getByRole('link', { name: 'Back to the round' }).click();
  await page
    .getByRole('link', { name: `Load ${side} from a file` })
    .first()
    .waitFor();
};

/** Moves the new grades with the buttons until they stand as the scheme has them. */
const orderGrades = async (page: Page): Promise<void> => {
  const rows = page.locator('wm-import-grades li');
  const read = async () =>
    (await rows.locator('.name').allInnerTexts()).map((text) => text.replace(/\s*new\s*$/, '').trim());
  for (let moves = 0; moves < 200; moves += 1) {
    const shown = await read();
    const order = shown.filter((name) => grades.includes(name));
    const at = order.findIndex(
      (name, index) => index > 0 && grades.indexOf(name) < grades.indexOf(order[index - 1] ?? ''),
    );
    if (at === -1) return;
    // Whichever of the two is new can be moved: the upper one down, or the lower one up.
    const upper = rows.nth(shown.indexOf(order[at - 1] ?? ''));
    const lower = rows.nth(shown.indexOf(order[at] ?? ''));
    const movable = (await lower.getByRole('button').count()) > 0;
    await (movable ? lower.getByRole('button').first() : upper.getByRole('button').last()).click();
    for (let waits = 0; waits < 100 && (await read()).join() === shown.join(); waits += 1)
      await page.waitForTimeout(20);
  }
  throw new Error(`the grades would not go into order: ${(await read()).join(', ')}`);
};

/** The scheme's own rules (see the reference data's README), on the round's screen. */
export const writeRules = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Rules', exact: true }).click();
  for (const name of [/same organisation or unit/i, /grades too far apart/i]) {
    await page.getByRole('checkbox', { name }).setChecked(true);
  }
  await page.getByLabel('The mentor is from').selectOption({ label: '1 grade above' });
  await page.getByLabel('to', { exact: true }).selectOption({ label: '2 grades above' });
  const steps = [
    ['2 grades above', '12'],
    ['1 grade above', '9'],
  ] as const;
  for (const [index, [label, points]] of steps.entries()) {
    await page.getByRole('button', { name: 'Add a step of grade' }).click();
    await page.getByLabel("The mentor's grade").nth(index).selectOption({ label });
    await page.locator('wm-grade-points input').nth(index).fill(points);
  }
  const shared = page.locator('wm-shared-points .line').first().locator('input');
  await shared.first().fill('profession');
  await shared.last().fill('10');
  await page.getByLabel('Identity asked for').fill('6');
  await page.getByLabel('Each round waited').fill('0');
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await page.getByRole('button', { name: 'Save the rules', disabled: true }).waitFor();
};

export const match = async (page: Page, people: number): Promise<void> => {
  await page.getByRole('button', { name: `Match ${people} people` }).click();
  await page.getByRole('heading', { name: 'Left out' }).waitFor();
};

/** Matches again by a method that is named as on screen, and waits for the two runs side by side. */
export const matchBy = async (page: Page, method: string, run: number): Promise<void> => {
  await page.getByRole('button', { name: 'Match by another method' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: method }).check();
  await dialog.getByRole('button', { name: 'Match by this method' }).click();
  await page.getByRole('heading', { name: `Run ${run} against run ${run - 1}` }).waitFor();
};

export const release = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /^Release run 1/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release and send' }).click();
  await page.getByText('Released', { exact: true }).first().waitFor();
};
