import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface ProgramRun {
  readonly status: number;
  /** Everything it printed, both streams in the order of arrival. */
  readonly output: string;
}

const runningNow = new Set<ChildProcess>();

/** Runs a program to its end and keeps what it prints. It and its children end with `endPrograms`. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly environment?: Readonly<Record<string, string | undefined>>;
    readonly timeLimitMs?: number;
    /** Lets its output through to the terminal instead of keeping it. */
    readonly shown?: boolean;
  },
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      // A group of its own, so that its children can be ended with it.
      detached: true,
      stdio: options.shown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    runningNow.add(child);
    const limit =
      options.timeLimitMs === undefined
        ? undefined
        : setTimeout(() => {
            output += `\nStopped: it was not done after ${(options.timeLimitMs ?? 0) / 1000} s.`;
            endGroup(child, 'SIGKILL');
          }, options.timeLimitMs);
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const end = (status: number) => {
      clearTimeout(limit);
      runningNow.delete(child);
      resolve({ status, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** Ends every program that `runProgram` has under way, and waits for none. */
export function endPrograms(signal: NodeJS.Signals = 'SIGTERM'): void {
  for (const child of runningNow) endGroup(child, signal);
}

/** The last lines of a long output: where the reason usually stands. */
export function lastLines(output: string, count: number): string {
  const lines = output.trimEnd().split('\n');
  const left = lines.length - count;
  return left > 0 ? [`… (${left} lines before)`, ...lines.slice(-count)].join('\n') : lines.join('\n');
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
