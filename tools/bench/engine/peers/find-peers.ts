import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchContext } from '../section.ts';

/** A peer that is there: how it is called, and its version. */
export interface Found {
  readonly command: string;
  readonly version: string;
}

/** What of the peers is on this machine; absent is what is not. */
export interface PeerPrograms {
  /** A C++ compiler; its own version. */
  readonly compiler?: Found;
  /** LEMON's headers, seen by that compiler; LEMON's version. */
  readonly lemon?: Found;
  /** A Python that has SciPy; SciPy's version. */
  readonly scipy?: Found;
  /** A Python that has the package `matching`; its version. */
  readonly matching?: Found;
  /** The package `highs` of npm. */
  readonly highs?: Found;
  /** Each peer that is not there, and what would bring it. */
  readonly missing: readonly string[];
}

const bring = {
  compiler: 'g++, and with it every peer in C++ (Debian: apt-get install g++)',
  lemon: 'LEMON (Debian: apt-get install g++ liblemon-dev)',
  scipy: 'SciPy (Debian: apt-get install python3-scipy)',
  matching: 'the Python library matching (pip install matching; Debian has no package of it)',
  highs: 'HiGHS (npm install)',
};

const foundIn = new Map<string, PeerPrograms>();
const compiledIn = new Map<string, string>();

/** Looks once a run for the peers: a second or so. */
export function peerPrograms(context: BenchContext): PeerPrograms {
  const known = foundIn.get(context.folder) ?? look();
  foundIn.set(context.folder, known);
  return known;
}

/**
 * The program made of `peers/<source>` by g++ -O2 in the run's folder, once a run. Undefined where the compiler, or LEMON
 * for a source that begins with `lemon`, is missing. Throws where the source does not compile: that is our own fault.
 */
export function compiled(context: BenchContext, source: string): string | undefined {
  const { compiler, lemon } = peerPrograms(context);
  if (!compiler || (source.startsWith('lemon') && !lemon)) return undefined;
  const program = join(context.folder, basename(source, '.cpp'));
  if (compiledIn.has(program)) return program;
  const from = fileURLToPath(new URL(source, import.meta.url));
  context.log(`compiling ${source} with g++ -O2 …`);
  const run = spawnSync(compiler.command, ['-O2', '-std=c++17', '-o', program, from], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (run.status !== 0) throw new Error(`${source} does not compile:\n${run.stderr}`);
  compiledIn.set(program, source);
  return program;
}

function look(): PeerPrograms {
  const compiler = versionOf('g++', ['-dumpfullversion']);
  const lemon =
    compiler && versionOf('g++', ['-E', '-dM', '-x', 'c++', '-include', 'lemon/config.h', '-'], /LEMON_VERSION "(.+)"/);
  const found = { compiler, lemon, scipy: pythonWith('scipy'), matching: pythonWith('matching'), highs: highs() };
  return {
    ...Object.fromEntries(Object.entries(found).filter(([, each]) => each)),
    missing: Object.entries(bring)
      .filter(([peer]) => !found[peer as keyof typeof found])
      .map(([, text]) => text),
  };
}

function pythonWith(library: string): Found | undefined {
  const program = `from importlib.metadata import version; import ${library}; print(version("${library}"))`;
  return versionOf('python3', ['-c', program]) ?? versionOf('/usr/bin/python3', ['-c', program]);
}

function versionOf(command: string, args: readonly string[], pattern = /^(\d\S*)/m): Found | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', input: '', timeout: 30_000 });
  const version = status === 0 ? pattern.exec(stdout)?.[1] : undefined;
  return version === undefined ? undefined : { command, version };
}

function highs(): Found | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('highs');
    const about = join(
      entry.slice(0, entry.lastIndexOf(join('node_modules', 'highs'))),
      'node_modules/highs/package.json',
    );
    return { command: 'highs', version: (JSON.parse(readFileSync(about, 'utf8')) as { version: string }).version };
  } catch {
    return undefined;
  }
}
