import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Reads } from './reads';
import { Transactions } from './transactions';
import type { Tx } from './tx';

/**
 * Work that falls due by the clock, in every institution. A task works out from the records what is owed now, so a night
 * when nothing ran is made good at the next tick, once; it is safe to repeat.
 */
export interface ScheduledTask {
  readonly name: string;
  readonly everySeconds: number;
  /** Where few institutions owe anything at a time: which do. Without it every one is gone through. */
  owing?(reads: Reads): Promise<string[]>;
  /** One transaction's worth, of one institution. True: more is owed, and it is called again at once. */
  run(tx: Tx): Promise<boolean>;
}

/** Provide an array of scheduled tasks under this token to have them called by the worker. */
export const SCHEDULED_TASKS = Symbol('scheduled tasks');

/** So many transactions of one task in one institution before the others have their turn. */
const turnsMost = 1000;

@Injectable()
export class Scheduler implements OnApplicationShutdown {
  private readonly log = new Logger('scheduler');
  private readonly stopped = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    @Inject(SCHEDULED_TASKS) private readonly tasks: ScheduledTask[],
  ) {}

  /** Calls every task at its pace until the process ends. Any number of workers may do so at once. */
  start(): void {
    this.loops = this.tasks.map((task) => this.loop(task));
  }

  /** Does what one task owes now in every institution; a fault in one institution does not keep the others waiting. */
  async tick(name: string): Promise<void> {
    const task = this.tasks.find((each) => each.name === name);
    if (!task) throw new Error(`no scheduled task is called ${name}`);
    for (const id of await (task.owing?.(this.reads) ?? this.everyInstitution())) {
      if (this.stopped.signal.aborted) return;
      await this.inInstitution(task, id);
    }
  }

  private async everyInstitution(): Promise<string[]> {
    const rows = await this.reads.global<{ id: string }>({
      name: 'institutions-of-this-installation',
      text: 'select id from institutions_of_this_installation() as id',
      values: [],
    });
    return rows.map(({ id }) => id);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.loops);
  }

  private async loop(task: ScheduledTask): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.tick(task.name).catch((error: unknown) => this.failed(task, error));
      await this.pause(task.everySeconds * 1000);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopped.signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      this.stopped.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }

  private async inInstitution(task: ScheduledTask, institutionId: string): Promise<void> {
    try {
      for (let turn = 0; turn < turnsMost && !this.stopped.signal.aborted; turn += 1) {
        if (!(await this.turn(task, institutionId))) return;
      }
    } catch (error) {
      this.failed(task, error);
    }
  }

  /** Where another worker is at the same task, this one leaves it to that one. */
  private turn(task: ScheduledTask, institutionId: string): Promise<boolean> {
    return this.transactions.run({ institutionId, personId: null, correlationId: null }, async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>(
        `select pg_try_advisory_xact_lock(hashtext('task ' || $1), hashtext($2)) as mine`,
        [task.name, institutionId],
      );
      return lock?.mine ? task.run(tx) : false;
    });
  }

  private failed(task: ScheduledTask, error: unknown): void {
    const { name, code } = (error ?? {}) as { name?: string; code?: string };
    this.log.error({ task: task.name, error: name, code });
  }
}
