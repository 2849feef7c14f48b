import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackedChromium } from './packed-chromium.ts';

/** A Chromium that can be started, and what it needs for that. */
export interface FoundBrowser {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browsers to try, best first: the one named by CHROMIUM_PATH and no other; else those installed
 * on this machine; else the one that npm brings, unpacked only when it is asked for.
 */
export function browserCandidates(root: string): (() => Promise<FoundBrowser | undefined>)[] {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  if (named !== '') {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run.`);
    return [() => Promise.resolve({ executable: named, environment: {} })];
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const installed = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...macApplications];
  const distinct = new Map(installed.filter(isExecutable).map((path) => [realpathSync(path), path]));
  return [
    ...[...distinct.values()].map((executable) => () => Promise.resolve({ executable, environment: {} })),
    () => unpackedChromium(root),
  ];
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
