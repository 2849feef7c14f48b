import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, identify, processesIn, stillRuns, stopProcess } from '../up/process-table.ts';
import type { Lodging } from './lodging.ts';
import { parsePostmasterPid } from './postmaster-pid.ts';
import type { PostmasterPid } from './postmaster-pid.ts';

/** How a server ends: politely first (sessions are cut, everything written), then less so. */
const stopSteps = [
  ['SIGINT', 6_000],
  ['SIGQUIT', 1_500],
  ['SIGKILL', 1_000],
] as const;

export interface RunningServer {
  readonly port: number;
  /** `pid@start`, see the process table. */
  readonly identity: string;
}

/** Makes the data directory if there is none. A making that was cut short leaves nothing in its way. */
export async function initialise(lodging: Lodging, adminPassword: string, lasting: boolean) {
  const data = join(lodging.place, 'data');
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const unfinished = join(lodging.place, 'data.unfinished');
  const passwordFile = join(lodging.place, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
  const start = lodging.start('initdb', [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(lasting ? [] : ['--no-sync']),
  ]);
  if (start.uid !== undefined) chownSync(passwordFile, start.uid, start.gid ?? start.uid);
  try {
    await finish(start.command, start.args, { ...identityOf(start) });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, data);
}

/** The server that runs on these data, if one does. */
export function runningServer(lodging: Lodging): RunningServer | undefined {
  const found = readPid(lodging);
  if (found?.port === undefined || found.status !== 'ready') return undefined;
  const identity = ours(found, lodging);
  return identity === undefined ? undefined : { port: found.port, identity };
}

/**
 * Leaves the data directory free for a new start, whatever state a kill left it in. A server of ours
 * that still runs is stopped. The pid file is removed only when nobody works in the directory any
 * more: it is PostgreSQL's own guard against two servers on one set of data.
 */
export async function clear(lodging: Lodging): Promise<void> {
  const found = readPid(lodging);
  if (found === undefined) return;
  const identity = ours(found, lodging);
  if (identity !== undefined) await stopServer(identity);
  // After a kill of the server its sessions notice by themselves, within a moment.
  const data = join(lodging.place, 'data');
  for (let waits = 0; processesIn(data).length > 0; waits++) {
    if (waits === 150) {
      const left = processesIn(data).join(', ');
      throw new Error(`Processes of an earlier database still use ${data}: ${left}`);
    }
    await sleep(100);
  }
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

/** Starts the server and waits until it takes connections. It writes its log to `logFile`. */
export async function startServer(
  lodging: Lodging,
  port: number,
  settings: Readonly<Record<string, string>>,
  logFile: string,
): Promise<RunningServer & { readonly child: ChildProcess }> {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d ',
    // Without these two the log would repeat people's data: values of a violated key, statements.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...settings,
  };
  const start = lodging.start('postgres', [
    '-D',
    join(lodging.place, 'data'),
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = openLog(logFile);
  const from = statSync(logFile).size;
  // Its own session: a Ctrl-C in the terminal reaches only us, and we stop things in their order.
  const child = spawn(start.command, start.args, {
    ...identityOf(start),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `ended with ${code ?? signal}`));
  const until = Date.now() + 60_000;
  while (failure === undefined) {
    const found = readPid(lodging);
    if (found?.pid === child.pid && found?.status === 'ready') {
      const identity = identify(found?.pid ?? 0);
      if (identity !== undefined) return { port, identity, child };
    }
    if (Date.now() > until) {
      child.kill('SIGQUIT');
      failure = 'was not ready after 60 seconds';
    }
    await sleep(5);
  }
  throw new ServerNotStarted(failure, readFileSync(logFile, 'utf8').slice(from));
}

export class ServerNotStarted extends Error {
  /** Somebody took the port between our look and the server's start. */
  readonly portTaken: boolean;

  constructor(reason: string, log: string) {
    const last = log.trim().split('\n').slice(-8).join('\n');
    super(`The database server ${reason}.${last === '' ? '' : ` Its last words:\n${last}`}`);
    this.portTaken = /could not bind|Address already in use/.test(log);
  }
}

export async function stopServer(identity: string): Promise<void> {
  await stopProcess(identity, stopSteps);
  if (stillRuns(identity)) throw new Error(`The database (process ${identity}) did not stop`);
}

function readPid(lodging: Lodging): PostmasterPid | undefined {
  try {
    return parsePostmasterPid(readFileSync(join(lodging.place, 'data', 'postmaster.pid'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The identity of the process in the file if it is a PostgreSQL on these very data: numbers are used again. */
function ours(found: PostmasterPid, lodging: Lodging): string | undefined {
  const data = join(lodging.place, 'data');
  const command = commandOf(found.pid);
  const isServer = command.some((part) => part.endsWith('postgres')) && command.includes(data);
  return isServer ? identify(found.pid) : undefined;
}

function openLog(file: string): number {
  mkdirSync(join(file, '..'), { recursive: true });
  if (existsSync(file) && statSync(file).size > 5_000_000) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** Who runs it, from where, with what in the environment: nothing of ours may steer it. */
function identityOf(start: { uid?: number; gid?: number }) {
  const environment = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|DATABASE_)/.test(name));
  return {
    cwd: '/',
    env: { ...Object.fromEntries(environment), LC_ALL: 'C' },
    ...(start.uid === undefined ? {} : { uid: start.uid, gid: start.gid }),
  };
}

function finish(command: string, args: readonly string[], options: object): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The database could not be made (initdb ended with ${code}):\n${said}`));
    });
  });
}
