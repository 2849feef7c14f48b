import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { forTerminal, lineSplitter } from './log-lines.ts';
import { identify, stopProcess } from './process-table.ts';
import { restartDelayMs, Crashes } from './restarts.ts';

export interface ServiceOptions {
  readonly name: string;
  readonly script: string;
  readonly cwd: string;
  readonly logFile: string;
  environment(): Record<string, string | undefined>;
  say(line: string): void;
  /** A process began or ended: `pid@start`, or `undefined`. */
  noted(identity: string | undefined): void;
  /** Ended too often before it was ever ready. */
  gaveUp(reason: string): void;
}

/** A process of ours that is kept running: started again when it ends by itself, ever less eagerly. */
export class Service {
  private readonly options: ServiceOptions;
  private readonly crashes = new Crashes();
  private readonly lastWords: string[] = [];
  private readonly log: WriteStream;
  private child: ChildProcess | undefined;
  private pending: NodeJS.Timeout | undefined;
  private wanted = false;
  private everReady = false;

  constructor(options: ServiceOptions) {
    this.options = options;
    mkdirSync(dirname(options.logFile), { recursive: true });
    if (existsSync(options.logFile) && statSync(options.logFile).size > 10_000_000) {
      renameSync(options.logFile, `${options.logFile}.1`);
    }
    this.log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  }

  start(): void {
    this.wanted = true;
    const child = spawn(process.execPath, [this.options.script], {
      cwd: this.options.cwd,
      env: { ...process.env, ...this.options.environment() },
      // Its own group: a Ctrl-C in the terminal reaches only us, and we stop things in their order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.options.noted(child.pid === undefined ? undefined : identify(child.pid));
    for (const stream of [child.stdout, child.stderr]) {
      const take = lineSplitter((line) => this.relay(line));
      stream.setEncoding('utf8').on('data', (piece: string) => {
        this.log.write(piece);
        take(piece);
      });
    }
    child.once('error', (error) => this.relay(error.message));
    child.once('close', (code, signal) => this.ended(code, signal));
  }

  /** From now on an end is a crash to recover from, not a failure to start. */
  isReady(): void {
    this.everReady = true;
  }

  /** Ends it and starts it anew, for another environment. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.pending);
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const identity = identify(child.pid);
    if (identity === undefined) return;
    await stopProcess(identity, [
      ['SIGTERM', 2_500],
      ['SIGKILL', 500],
    ]);
    await ended;
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.options.noted(undefined);
    if (!this.wanted) return;
    const crashes = this.crashes.add(performance.now());
    const how = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
    if (!this.everReady && crashes >= 3) {
      const last = this.lastWords.join('\n');
      this.options.gaveUp(
        `The ${this.options.name} ${how}, three times in a row.\n${last || `See ${this.options.logFile}`}`,
      );
      return;
    }
    const delayMs = restartDelayMs(crashes);
    this.options.say(`The ${this.options.name} ${how}; starting it again in ${delayMs / 1000} s`);
    this.pending = setTimeout(() => this.start(), delayMs);
  }

  private relay(line: string): void {
    const shown = forTerminal(this.options.name, line);
    if (shown === undefined) return;
    this.options.say(shown);
    this.lastWords.push(shown);
    if (this.lastWords.length > 20) this.lastWords.shift();
  }
}
