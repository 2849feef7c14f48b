// Takes a picture of a page as somebody would see it, also signed in.
import type { Page } from 'playwright-core';
import { launchBrowser } from './launch-browser.ts';
import { readScreenshotArguments } from './screenshot-arguments.ts';
import type { ScreenshotArguments } from './screenshot-arguments.ts';

const heights: Record<number, number> = { 360: 740, 768: 1024 };

async function take(asked: ScreenshotArguments): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: asked.width, height: heights[asked.width] ?? 900 },
      colorScheme: asked.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`page console: ${message.text()}`);
    });
    if (asked.signIn !== undefined) await signIn(page, asked.url, asked.signIn);
    await page.goto(asked.url, { waitUntil: 'load' });
    // A page that polls never goes idle: then what is there after some seconds is what there is.
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await page.screenshot({ path: asked.file, fullPage: asked.full });
    console.log(`${asked.file}: ${page.url()} ${JSON.stringify(await page.title())}`);
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page, url: string, who: { email: string; password: string }): Promise<void> {
  await page.goto(new URL('/', url).toString());
  const status = await page.evaluate(async (body) => {
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.status;
  }, who);
  if (status < 200 || status > 299) throw new Error(`Signing in as ${who.email} was answered with ${status}`);
}

try {
  await take(readScreenshotArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
