import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastLines, runProgram } from './program-run.ts';
import type { ProgramRun } from './program-run.ts';

const outputs = [
  'dist/apps/api/main.js',
  'dist/apps/api/worker.js',
  'dist/apps/api/migrate.js',
  'dist/apps/api/demonstration.js',
  'dist/apps/web/browser',
];

/** What the builds are made of; tests are not. */
const inputFolders = ['apps/api', 'apps/web', 'libs', 'tools/build'];
const isTest = /\.spec\.ts$/;

/**
 * Builds API and web unless what lies in `dist` was built from these very sources. Nx would find that
 * out too, but takes some seconds of each start to do so.
 */
export async function ensureBuilt(root: string, announce: <T>(work: () => Promise<T>) => Promise<T>): Promise<void> {
  if (isBuilt(root)) return;
  const { status, output } = await announce(() => build(root));
  if (status !== 0) throw new Error(`The build failed.\n${lastLines(output, 60)}`);
}

export async function build(root: string): Promise<ProgramRun> {
  const inputs = inputsOf(root); // read first: what changes during the build must be built again
  const nx = realpathSync(join(root, 'node_modules', '.bin', 'nx'));
  const run = await runProgram(
    process.execPath,
    [nx, 'run-many', '--target=build', '--projects=api,web', '--output-style=static'],
    {
      cwd: root,
      // No daemon: it would outlive us. No terminal effects: the output is kept and read later.
      environment: { NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', NO_COLOR: '1' },
      timeLimitMs: 600_000,
    },
  );
  const missing = outputs.filter((path) => !existsSync(join(root, path)));
  if (run.status === 0 && missing.length > 0) {
    return { status: 1, output: `${run.output}\nThe build left out ${missing.join(', ')}.` };
  }
  if (run.status === 0) {
    mkdirSync(dirname(stampFile(root)), { recursive: true });
    writeFileSync(stampFile(root), JSON.stringify({ inputs, outputs: outputsOf(root) }));
  }
  return run;
}

function isBuilt(root: string): boolean {
  if (!existsSync(stampFile(root)) || !outputs.every((path) => existsSync(join(root, path)))) return false;
  const now = JSON.stringify({ inputs: inputsOf(root), outputs: outputsOf(root) });
  return readFileSync(stampFile(root), 'utf8') === now;
}

/** Beside what it speaks of, so that whoever throws `dist` away throws the stamp away too. */
function stampFile(root: string): string {
  return join(root, 'dist', 'built-from.json');
}

function inputsOf(root: string): string {
  const hash = createHash('sha256');
  const rootFiles = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|mjs|ts)$/.test(entry.name))
    .map((entry) => entry.name);
  const files = [...rootFiles, ...inputFolders.flatMap((folder) => filesBelow(root, folder))];
  for (const file of files.filter((name) => !isTest.test(name)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !/(^|[\\/])(node_modules|dist|tmp)[\\/]/.test(file));
}

/** When each was written: a build by hand from other sources in between shows. */
function outputsOf(root: string): number[] {
  return outputs.map((path) => statSync(join(root, path)).mtimeMs);
}
