import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProc = existsSync('/proc/self/stat');

/**
 * `pid@start` of a process that runs, `undefined` if none does. The start time tells a process from
 * a later one that was given the same number. A zombie counts as gone: where nobody reaps orphans
 * (many containers) it would otherwise seem to run for ever.
 */
export function identify(pid: number): string | undefined {
  if (!hasProc) return identifyByPs(pid);
  const stat = readOrNothing(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in brackets may itself hold spaces and brackets: fields are counted after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : `${pid}@${start}`;
}

/** Whether the very process that `identify` named still runs. */
export function stillRuns(identity: string): boolean {
  return identify(pidOf(identity)) === identity;
}

export function pidOf(identity: string): number {
  return Number.parseInt(identity, 10);
}

/** The arguments a process was started with; empty if it is gone or not ours to read. */
export function commandOf(pid: number): string[] {
  if (hasProc) {
    return (readOrNothing(`/proc/${pid}/cmdline`) ?? '').split('\0').filter((part) => part !== '');
  }
  const line = ps(pid, 'command=');
  return line === undefined ? [] : line.split(' ');
}

/** Numbers of the processes whose working directory is `folder` (Linux; elsewhere none is known). */
export function processesIn(folder: string): number[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => identify(pid) !== undefined && workingDirectory(pid) === folder);
}

/** Waits until the process is gone; `false` if it still runs after `withinMs`. */
export async function gone(identity: string, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (stillRuns(identity)) {
    if (Date.now() >= until) return false;
    await sleep(20);
  }
  return true;
}

/** Sends the signals one after the other, each with its time to take effect, until the process is gone. */
export async function stopProcess(
  identity: string,
  steps: readonly (readonly [NodeJS.Signals, number])[],
): Promise<void> {
  for (const [signal, withinMs] of steps) {
    if (!stillRuns(identity)) return;
    try {
      process.kill(pidOf(identity), signal);
    } catch {
      return; // it ended between the look and the signal
    }
    if (await gone(identity, withinMs)) return;
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function identifyByPs(pid: number): string | undefined {
  const line = ps(pid, 'stat=,lstart=');
  if (line === undefined || line === '' || line.startsWith('Z')) return undefined;
  return `${pid}@${line.slice(line.indexOf(' ')).trim()}`;
}

function ps(pid: number, columns: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
