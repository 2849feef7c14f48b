import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FoundBrowser } from './find-browser.ts';

const fontFolders = ['/usr/share/fonts', '/usr/local/share/fonts'];

/**
 * The Chromium that npm brings for Linux on x64, unpacked once a version into `node_modules`;
 * `undefined` on other machines. Its package unpacks into fixed names in the common temporary folder,
 * where a second process may start the half-written file: hence a folder of our own, moved into
 * place when it is whole.
 */
export async function unpackedChromium(root: string): Promise<FoundBrowser | undefined> {
  const packed = join(root, 'node_modules', '@sparticuz', 'chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(packed)) return undefined;
  const folder = join(root, 'node_modules', '.cache', `waymark-chromium-${versionOf(packed)}`);
  if (!existsSync(folder)) await unpack(root, packed, folder);
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''];
  return {
    executable: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: libraries.filter((part) => part !== '').join(':'),
      FONTCONFIG_FILE: fontSettings(folder),
    },
  };
}

async function unpack(root: string, packed: string, folder: string): Promise<void> {
  mkdirSync(join(folder, '..'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  // The package looks for the temporary folder by itself, so it runs in a process that has this one.
  const script = `
    const { inflate } = await import('@sparticuz/chromium');
    const files = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
    await Promise.all(files.map((file) => inflate(process.argv[1] + '/' + file)));`;
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, join(packed, 'bin')], {
      cwd: root,
      env: { ...process.env, TMPDIR: unfinished },
    });
    chmodSync(join(unfinished, 'chromium'), 0o755);
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was quicker
  }
}

/**
 * Settings for fontconfig: the machine's own fonts and settings if it has any, and the one font in the
 * package (Open Sans), so that a bare machine shows letters and not boxes.
 */
function fontSettings(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const settings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, 'fonts')}</dir>
${fontFolders.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
  // Compared, not merely looked for: the clone may have been moved since.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== settings) {
    writeFileSync(`${file}.${process.pid}`, settings);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

function versionOf(packed: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : readdirSync(join(packed, 'bin')).join('-');
}
