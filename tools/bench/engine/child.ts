import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs a program in a process of its own and gives its standard output; `node` where the file ends in `.ts`. For what must
 * be measured cold, or alone in its memory. Rejects where it fails or takes longer than `timeoutMs`.
 */
export function runAlone(file: string, args: readonly string[], timeoutMs: number): Promise<string> {
  const command = file.endsWith('.ts') ? process.execPath : file;
  const all = file.endsWith('.ts') ? [file, ...args] : args;
  return new Promise((resolve, reject) => {
    execFile(command, all, { timeout: timeoutMs, maxBuffer: 512 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const why = error.killed ? `took longer than ${timeoutMs / 1000} s` : stderr.trim() || error.message;
      reject(new Error(`${file}: ${why}`));
    });
  });
}

/**
 * The most memory this process has held, in megabytes (10^6 bytes). Linux says it in VmHWM; `maxRSS` would count the
 * parent's memory too, since a child is a copy of it until it has begun.
 */
export function peakMegabytes(): number {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kibibytes !== undefined) return (Number(kibibytes) * 1024) / 1e6;
  } catch {
    // Not Linux: the next best.
  }
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
