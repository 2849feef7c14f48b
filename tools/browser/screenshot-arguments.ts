export interface ScreenshotArguments {
  readonly url: string;
  readonly file: string;
  readonly width: number;
  readonly dark: boolean;
  /** The whole page, not only what fits the window. */
  readonly full: boolean;
  readonly signIn: { readonly email: string; readonly password: string } | undefined;
}

export const usage =
  'node tools/browser/screenshot.ts URL out.png [--width 360|768|1440] [--dark] [--full] [--sign-in email:password]';

export function readScreenshotArguments(words: readonly string[]): ScreenshotArguments {
  const plain: string[] = [];
  let [width, dark, full] = [1440, false, false];
  let signIn: ScreenshotArguments['signIn'];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--dark') dark = true;
    else if (word === '--full') full = true;
    else if (word === '--width') width = widthFrom(rest.shift());
    else if (word === '--sign-in') signIn = signInFrom(rest.shift());
    else if (word.startsWith('--')) throw new Error(`"${word}" is not understood.\n${usage}`);
    else plain.push(word);
  }
  const [url, file, ...more] = plain;
  if (url === undefined || file === undefined || more.length > 0 || !URL.canParse(url)) throw new Error(usage);
  return { url, file, width, dark, full, signIn };
}

function widthFrom(text: string | undefined): number {
  const width = Number(text);
  if (!Number.isInteger(width) || width < 200 || width > 4000)
    throw new Error(`--width takes a number of pixels.\n${usage}`);
  return width;
}

/** A password may hold a colon, an address may not. */
function signInFrom(text = ''): { email: string; password: string } {
  const colon = text.indexOf(':');
  if (colon < 1) throw new Error(`--sign-in takes email:password.\n${usage}`);
  return { email: text.slice(0, colon), password: text.slice(colon + 1) };
}
