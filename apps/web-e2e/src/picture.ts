/// <reference lib="dom" />
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = join(__dirname, '../../../docs/pictures');

/** Takes the README's pictures anew where `WAYMARK_PICTURES=true` asks for it; a test run leaves them alone. */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env['WAYMARK_PICTURES'] !== 'true') return;
  mkdirSync(folder, { recursive: true });
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelectorAll('.skel').length === 0);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
};
