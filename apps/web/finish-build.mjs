/**
 * After the build: takes out the base element, which the server's content security policy forbids (every address in
 * the page is absolute), and lays beside each file its .br and .gz, which the server sends to browsers that take them.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = fileURLToPath(new URL('../../dist/apps/web/browser/', import.meta.url));
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

const pageFile = `${folder}index.html`;
const page = (await readFile(pageFile, 'utf8')).replace('<base href="/">', '');
await writeFile(pageFile, page);

const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|css|svg)$/u.test(name));
await Promise.all(
  files.map(async (name) => {
    const raw = await readFile(folder + name);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
    await writeFile(`${folder + name}.br`, await brotli(raw, { params }));
    await writeFile(`${folder + name}.gz`, await zip(raw, { level: 9 }));
  }),
);

// What a first visit downloads before anything shows.
const first = [...page.matchAll(/(?:href|src)="\/?([^"]+\.(?:js|css))"/gu)].map(([, name]) => name);
const bytes = async (suffix) =>
  (await Promise.all(first.map((name) => readFile(`${folder + name}${suffix}`)))).reduce(
    (sum, file) => sum + file.length,
    0,
  );
const kB = (count) => `${(count / 1000).toFixed(1)} kB`;
process.stdout.write(
  `First visit: ${kB(await bytes('.br'))} brotli, ${kB(await bytes('.gz'))} gzip, ${kB(await bytes(''))} raw\n`,
);
