import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Product } from './product';

jest.setTimeout(120_000);

/** An empty installation: the guide makes the first institution and its administrator, and the work can begin. */
describe('an empty installation', () => {
  let product: Product;

  beforeAll(async () => {
    product = await Product.start({ demonstration: false });
  });
  afterAll(() => product.stop());

  it('is set up through the printed link alone, once, and leads to the first person and the first round', async () => {
    const { page, context, faults } = await product.visitor({ width: 768 });
    expect(product.setUpLink).toContain(`${product.address}/set-up?code=`);
    await page.goto(`/set-up?code=${'x'.repeat(43)}`);
    await fillIn(page);
    await page.getByText(/code/i).first().waitFor();
    expect((await product.owner.query('select from institution')).rowCount).toBe(0);

    await page.goto(String(product.setUpLink));
    await fillIn(page);
    await page.getByRole('heading', { name: 'What next, Iris' }).waitFor();
    expect((await product.owner.query(`select role from role_held order by role`)).rows).toEqual([
      { role: 'coordinator' },
      { role: 'institution-administrator' },
    ]);

    await page.goto('/people/new');
    await page.getByLabel('First name').fill('Reed');
    await page.getByLabel('Last name').fill('Reagent');
    await page.locator('form button[type=submit]').click();
    await page.getByRole('heading', { name: 'Reed Reagent', level: 1 }).waitFor();
    await page.goto('/mentoring/rounds');
    await page.getByRole('button', { name: 'Start a round' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('First round');
    await page.getByRole('button', { name: 'Start the round' }).click();
    await page.getByRole('heading', { name: 'First round', level: 1 }).waitFor();

    // The link opens nothing any more, for whoever finds it.
    const stranger = await product.visitor();
    await stranger.page.goto(String(product.setUpLink));
    await stranger.page
      .getByText(/already set up/i)
      .first()
      .waitFor();
    // Demonstration pages are not there outside a demonstration.
    expect((await stranger.page.request.get('/api/demonstration/mail')).status()).toBe(404);
    expect((await stranger.page.request.get('/api/demonstration/accounts')).status()).toBe(404);
    expect(faults).toEqual([]);
    await stranger.context.close();
    await context.close();
  });
});

const fillIn = async (page: import('playwright-core').Page) => {
  await page.getByLabel('Name of the institution').fill('Saltmarsh College');
  await page.getByRole('button', { name: 'Go on to yourself' }).click();
  await page.getByLabel('First name').fill('Iris');
  await page.getByLabel('Last name').fill('Inkwell');
  await page.getByLabel('E-mail address').fill('iris.inkwell@saltmarsh.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('a password long enough');
  await page.getByRole('checkbox').setChecked(true);
  await page.locator('form button[type=submit]').click();
};
