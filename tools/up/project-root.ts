import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The top folder of this repository: the nearest one at or above `from` whose package is Waymark's.
 * Found from the working directory, not from this file, because Jest runs these files in another
 * module format than Node does.
 */
export function projectRoot(from: string = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === 'waymark') return folder;
    if (folder === dirname(folder)) {
      throw new Error(`${from} is not inside a Waymark checkout`);
    }
  }
}

function nameIn(manifest: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
}
