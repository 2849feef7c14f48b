import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFromEnvironment } from '../database/database-address.ts';
import type { DatabaseAddress } from '../database/database-address.ts';
import { isFree, nextFreePort } from '../database/free-port.ts';
import { removeLocalDatabase, startLocalDatabase } from '../database/local-database.ts';
import type { LocalDatabase } from '../database/local-database.ts';
import { ensureBuilt } from './builds.ts';
import { accountsIn } from './demonstration-accounts.ts';
import type { DemonstrationAccount } from './demonstration-accounts.ts';
import { demonstrationChoice } from './demonstration-choice.ts';
import { takeOver } from './earlier-start.ts';
import type { ServiceName } from './earlier-start.ts';
import { KeptState } from './kept-state.ts';
import { endPrograms, lastLines, runProgram } from './program-run.ts';
import type { Progress } from './progress.ts';
import { Service } from './service.ts';
import { portFrom } from './up-arguments.ts';
import type { UpArguments } from './up-arguments.ts';

const usualPort = 8700;

/** The whole of Waymark on this machine: database, API, worker and web, started and stopped together. */
export class Waymark {
  private readonly root: string;
  private readonly asked: UpArguments;
  private readonly progress: Progress;
  private readonly fatal: (error: Error) => void;
  private readonly running: KeptState;
  private readonly choices: KeptState;
  private readonly services: Partial<Record<ServiceName, Service>> = {};
  private local: LocalDatabase | undefined;
  private databaseStart: Promise<LocalDatabase> | undefined;
  private address: DatabaseAddress | undefined;
  private port = usualPort;
  private demonstration = true;
  private stopping: Promise<void> | undefined;

  constructor(root: string, asked: UpArguments, progress: Progress, fatal: (error: Error) => void) {
    this.root = root;
    this.asked = asked;
    this.progress = progress;
    this.fatal = fatal;
    this.running = new KeptState(this.kept('running.json'));
    this.choices = new KeptState(this.kept('choices.json'));
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Starts everything in order; ready when it returns. */
  async start(): Promise<void> {
    const own = databaseFromEnvironment(process.env);
    if (own !== undefined && this.asked.reset) {
      throw new Error('--reset throws away the local database only; DATABASE_URL names another one.');
    }
    const key = own === undefined ? 'local' : nameOf(own.appUrl);
    this.demonstration = demonstrationChoice(this.asked, this.choices.read()[key]);
    await takeOver(this.running, (line) => this.progress.say(line));
    if (this.asked.reset) {
      await this.progress.step('Throwing the local database away', () => removeLocalDatabase(this.databaseDirectory));
    }
    this.choices.change({ [key]: this.demonstration });
    this.address = own ?? (await this.startDatabase());
    this.goOn();
    await ensureBuilt(this.root, (work) => this.progress.step('Building (the first time takes a minute)', work));
    this.goOn();
    await this.progress.step('Bringing the database up to date', () => this.runOnce('migrate'));
    this.goOn();
    if (this.demonstration) {
      await this.progress.step('Looking after the demonstration network', () => this.runOnce('demonstration'));
    }
    this.goOn();
    this.port = await this.choosePort();
    await this.progress.step(`Starting Waymark on port ${this.port}`, async () => {
      this.startService('api', { PORT: String(this.port), WEB_ROOT: join(this.root, 'dist/apps/web/browser') });
      this.startService('worker', {});
      await this.untilReady();
    });
  }

  /** Who can sign in, as the running API tells. */
  async accounts(): Promise<DemonstrationAccount[]> {
    if (!this.demonstration) return [];
    try {
      const answer = await fetch(`${this.url}/api/demonstration/accounts`, { signal: AbortSignal.timeout(5_000) });
      return answer.ok ? accountsIn(await answer.json()) : [];
    } catch {
      return [];
    }
  }

  /** Ends API, worker and database, in that order. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    endPrograms();
    await this.services.api?.stop();
    await this.services.worker?.stop();
    await this.databaseStart?.catch(() => undefined); // one that is under way would be left behind
    await this.local?.stop();
    this.running.change({ keeper: undefined, api: undefined, worker: undefined });
  }

  private async startDatabase(): Promise<DatabaseAddress> {
    const start = this.progress.step('Starting the database', async () => {
      this.local = await startLocalDatabase({ directory: this.databaseDirectory });
      return this.local;
    });
    this.databaseStart = start;
    const local = await start;
    local.whenGone(() => {
      if (this.stopping !== undefined) return;
      this.progress.say('The database ended unexpectedly; starting it again');
      this.recoverDatabase(local).catch(this.fatal);
    });
    return local;
  }

  /** The services find their way back by themselves, unless the port had to change. */
  private async recoverDatabase(before: LocalDatabase): Promise<void> {
    this.address = await this.startDatabase();
    this.progress.say('The database is back');
    if (this.address.appUrl === before.appUrl) return;
    await this.services.api?.restart();
    await this.services.worker?.restart();
  }

  private startService(name: ServiceName, more: Record<string, string>): void {
    const service = new Service({
      name,
      script: this.built(name === 'api' ? 'main' : 'worker'),
      cwd: this.root,
      logFile: this.kept(`logs/${name}.log`),
      environment: () => ({ ...this.applicationEnvironment(), ...more }),
      say: (line) => this.progress.say(line),
      noted: (identity) => this.running.change({ [name]: identity }),
      gaveUp: (reason) => this.fatal(new Error(reason)),
    });
    this.services[name] = service;
    service.start();
  }

  /** What API and worker are told: the owner's address is not theirs to know. */
  private applicationEnvironment(): Record<string, string | undefined> {
    return {
      DATABASE_URL: this.address?.appUrl,
      DATABASE_OWNER_URL: undefined,
      PUBLIC_URL: this.url,
      WAYMARK_DEMONSTRATION: String(this.demonstration),
      // The database shares this machine's processors: more reads at once than that would only take turns.
      ...(this.local
        ? { DATABASE_READ_CONNECTIONS: process.env['DATABASE_READ_CONNECTIONS'] ?? String(availableParallelism() + 1) }
        : {}),
    };
  }

  private async runOnce(script: 'migrate' | 'demonstration'): Promise<void> {
    const { status, output } = await runProgram(process.execPath, [this.built(script)], {
      cwd: this.root,
      environment: {
        ...this.applicationEnvironment(),
        DATABASE_OWNER_URL: this.address?.ownerUrl,
      },
    });
    this.goOn();
    if (status !== 0) throw new Error(`${script}.js ended with status ${status}.\n${lastLines(output, 40)}`);
  }

  private async untilReady(): Promise<void> {
    const until = Date.now() + 90_000;
    while (!(await this.isReady())) {
      this.goOn();
      if (Date.now() > until) {
        throw new Error(`The API was not ready after 90 seconds; ${this.kept('logs/api.log')} may say why.`);
      }
      await sleep(100);
    }
    for (const service of Object.values(this.services)) service.isReady();
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/api/ready`, { signal: AbortSignal.timeout(5_000) })).status === 200;
    } catch {
      return false;
    }
  }

  private async choosePort(): Promise<number> {
    if (this.asked.port !== undefined) {
      if (await isFree(this.asked.port)) return this.asked.port;
      throw new Error(`Port ${this.asked.port} is taken.`);
    }
    const first = process.env['PORT'] === undefined ? usualPort : portFrom(process.env['PORT']);
    const port = await nextFreePort(first);
    if (port !== first) this.progress.say(`Port ${first} is taken; taking ${port}`);
    return port;
  }

  /** Ends a start that was told to stop meanwhile. */
  private goOn(): void {
    if (this.stopping !== undefined) throw new StoppedMeanwhile();
  }

  private get databaseDirectory(): string {
    return this.kept('database');
  }

  private kept(name: string): string {
    return join(this.root, '.waymark', name);
  }

  private built(name: string): string {
    return join(this.root, 'dist/apps/api', `${name}.js`);
  }
}

export class StoppedMeanwhile extends Error {}

function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}
