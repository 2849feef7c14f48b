import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../up/builds.ts';
import { runProgram } from '../up/program-run.ts';
import type { ProgramRun } from '../up/program-run.ts';

/** Something that passes or fails as a whole, and is counted as one. */
export interface Check {
  readonly name: string;
  run(root: string): Promise<ProgramRun>;
}

const timeLimitMs = 600_000;

/** Each TypeScript project with the compiler that understands it. */
const projects = [
  { name: 'types', compiler: 'tsc', config: 'tsconfig.json' },
  { name: 'types-web', compiler: 'ngc', config: 'apps/web/tsconfig.json' },
  { name: 'types-web-tests', compiler: 'tsc', config: 'apps/web/tsconfig.spec.json' },
] as const;

/** Longest first, so that the two cores are done at about the same time. */
export const checks: readonly Check[] = [
  { name: 'build', run: build },
  { name: 'lint', run: lint },
  ...projects.map(({ name, compiler, config }) => ({
    name,
    run: (root: string) => tool(root, compiler, ['-p', config, '--noEmit']),
  })),
  // The committed messages, for translators, are those of the templates.
  {
    name: 'messages',
    run: (root) =>
      runProgram(process.execPath, ['apps/web/extract-messages.mjs', '--check'], { cwd: root, timeLimitMs }),
  },
  { name: 'format', run: (root) => tool(root, 'prettier', ['--check', '.']) },
];

/**
 * The rule of who may import whom needs Nx's graph, and without one it skips itself with no more than
 * a warning: so the graph is made first, and the warning is a failure.
 */
async function lint(root: string): Promise<ProgramRun> {
  const graph = await tool(root, 'nx', ['show', 'projects']);
  if (graph.status !== 0) return graph;
  const linted = await tool(root, 'eslint', ['.']);
  return /rule will be skipped/i.test(linted.output) ? { ...linted, status: linted.status || 1 } : linted;
}

/** Runs a program of an installed package with the Node that runs this. */
export function tool(
  root: string,
  name: string,
  args: readonly string[],
  options: { shown?: boolean; environment?: Record<string, string>; timeLimitMs?: number } = {},
): Promise<ProgramRun> {
  const link = join(root, 'node_modules', '.bin', name);
  if (!existsSync(link)) return Promise.resolve({ status: 127, output: `${name} is not installed` });
  return runProgram(process.execPath, [realpathSync(link), ...args], {
    cwd: root,
    timeLimitMs,
    ...options,
    environment: { NX_DAEMON: 'false', NX_TUI: 'false', ...options.environment },
  });
}
