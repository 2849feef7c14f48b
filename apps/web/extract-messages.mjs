/**
 * Writes every translatable text of the web to src/locale/messages.xlf, for translators. With `--check` it writes
 * nothing and fails if the file is not what the code says. Line numbers are left out: they change with every edit.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTarget } from './architect.mjs';

const committed = new URL('./src/locale/messages.xlf', import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'waymark-messages-'));
const before = process.cwd();

const locations = /\s*<note category="location">([^<:]*):[^<]*<\/note>/gu;
const withoutLines = (unit) => {
  const paths = [...unit.matchAll(locations)].map(([, path]) =>
    path.replace(/^(?:\.\.\/)+/u, '').replace(/^src\//u, 'apps/web/src/'),
  );
  const notes = [...new Set(paths)].sort().map((path) => `\n        <note category="location">${path}</note>`);
  return unit.replace(locations, '').replace('<notes>', `<notes>${notes.join('')}`);
};
const place = (unit) => /<note category="location">([^<]*)</u.exec(unit)?.[1] ?? '';
const idOf = (unit) => /<unit id="([^"]*)"/u.exec(unit)?.[1] ?? '';

try {
  if (!(await runTarget('extract-i18n', { outputPath: folder, outFile: 'messages.xlf', progress: false })))
    process.exit(1);
  process.chdir(before);
  const raw = await readFile(join(folder, 'messages.xlf'), 'utf8');
  const units = [...raw.matchAll(/ {4}<unit [\s\S]*?<\/unit>\n/gu)].map(([unit]) => withoutLines(unit));
  units.sort((a, b) => `${place(a)} ${idOf(a)}`.localeCompare(`${place(b)} ${idOf(b)}`, 'en'));
  const head = raw.slice(0, raw.indexOf('    <unit '));
  const tail = raw.slice(raw.lastIndexOf('</unit>\n') + '</unit>\n'.length);
  const wanted = head + units.join('') + tail;

  if (process.argv.includes('--check')) {
    const found = await readFile(committed, 'utf8').catch(() => '');
    if (found !== wanted) {
      process.stderr.write(
        'apps/web/src/locale/messages.xlf is not what the code says. Run: npx nx extract-i18n web\n',
      );
      process.exitCode = 1;
    }
  } else {
    await mkdir(new URL('.', committed), { recursive: true });
    await writeFile(committed, wanted);
    process.stdout.write(`${units.length} messages\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
