import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export interface WebFigures {
  files: number;
  rawBytes: number;
  gzipBytes: number;
  brotliBytes: number;
}

const root = 'dist/apps/web/browser';

/** The scripts that a first visit loads: those that index.html names, and what they import at once. */
export const benchWeb = (): WebFigures => {
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const found = new Set([...page.matchAll(/(?:src|href)="\/?([\w.-]+\.js)"/g)].map((match) => match[1] ?? ''));
  for (const file of found) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const match of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)[^"'();]*["']\.?\/?([\w.-]+\.js)["']/g))
      found.add(match[1] ?? '');
  }
  const contents = [...found].map((file) => readFileSync(join(root, file)));
  const sum = (size: (content: Buffer) => number) => contents.reduce((total, content) => total + size(content), 0);
  return {
    files: found.size,
    rawBytes: sum((content) => content.byteLength),
    gzipBytes: sum((content) => gzipSync(content, { level: 9 }).byteLength),
    brotliBytes: sum((content) => brotliCompressSync(content).byteLength),
  };
};
