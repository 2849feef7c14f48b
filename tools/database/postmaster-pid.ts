/** What PostgreSQL writes of itself into `postmaster.pid` in its data directory. */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number | undefined;
  /** `starting`, `ready`, `stopping`, `standby`; empty until the server has said. */
  readonly status: string;
}

/** Reads the file's text; `undefined` when it does not name a process (empty, or torn by a crash). */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split(/\r?\n/);
  // The number is negative while a stand-alone backend holds the directory.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined;
  const port = Number.parseInt(lines[3] ?? '', 10);
  return {
    pid,
    dataDirectory: lines[1] ?? '',
    port: Number.isSafeInteger(port) ? port : undefined,
    status: (lines[7] ?? '').trim(),
  };
}
