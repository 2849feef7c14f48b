import { launchBrowser } from '../browser/launch-browser.ts';

export interface BrowserSeconds {
  /** Nothing kept by the browser: programs, fonts and figures are all fetched. */
  firstVisit: number[];
  /** The page loaded again, as on the next morning. */
  again: number[];
  /** From another page of Waymark, by its link. */
  fromWithin: number[];
}

/** How long a coordinator waits, in Chromium at 1440 pixels, until the first application of the ranking can be read; in seconds. */
export const workbenchInBrowser = async (
  origin: string,
  cookie: string,
  callId: string,
  times: number,
): Promise<BrowserSeconds> => {
  const browser = await launchBrowser();
  const seconds: BrowserSeconds = { firstVisit: [], again: [], fromWithin: [] };
  const [name = '', value = ''] = cookie.split('=');
  const address = `${origin}/funding/calls/${callId}/allocation`;
  try {
    for (let time = -1; time < times; time += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addCookies([{ name, value, url: origin.replace('http:', 'https:'), secure: true, httpOnly: true }]);
      const page = await context.newPage();
      const timed = async (into: number[], go: () => Promise<unknown>): Promise<void> => {
        const began = performance.now();
        await go();
        await page.locator('wm-scenario-lines tbody th.who').first().waitFor();
        // The first of all warms the programs up.
        if (time >= 0) into.push((performance.now() - began) / 1000);
      };
      await timed(seconds.firstVisit, () => page.goto(address, { waitUntil: 'commit' }));
      await timed(seconds.again, () => page.goto(address, { waitUntil: 'commit' }));
      await page.goto(`${origin}/funding/calls/${callId}`);
      const link = page.locator(`a[href$="/funding/calls/${callId}/allocation"]`).first();
      await link.waitFor();
      await timed(seconds.fromWithin, () => link.click());
      await context.close();
    }
    return seconds;
  } finally {
    await browser.close();
  }
};
