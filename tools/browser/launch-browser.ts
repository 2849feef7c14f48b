import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../up/project-root.ts';
import { browserCandidates } from './find-browser.ts';

/** Nothing on this machine can show a page: the message says what was tried. */
export class NoBrowser extends Error {}

/** No traffic of the browser's own, to anywhere. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-domain-reliability',
  '--no-pings',
  '--font-render-hinting=none',
];

/**
 * Starts a headless Chromium: the user's own if there is one that starts, else the one from npm.
 * Throws `NoBrowser` if none does. The caller closes it.
 */
export async function launchBrowser(root: string = projectRoot()): Promise<Browser> {
  const tried: string[] = [];
  for (const candidate of browserCandidates(root)) {
    const found = await candidate();
    if (found === undefined) continue;
    try {
      return await chromium.launch({
        executablePath: found.executable,
        args: quiet,
        // Chromium's sandbox refuses to run as root; for everybody else it stays on.
        chromiumSandbox: process.getuid?.() !== 0,
        env: { ...definedOnly(process.env), ...found.environment },
        timeout: 60_000,
      });
    } catch (error) {
      tried.push(`${found.executable}: ${error instanceof Error ? error.message.slice(0, 600) : String(error)}`);
    }
  }
  throw new NoBrowser(
    tried.length === 0
      ? 'No Chromium was found on this machine, and npm has none for it. Install one, or name it in CHROMIUM_PATH.'
      : `No Chromium could be started.\n${tried.join('\n')}`,
  );
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
