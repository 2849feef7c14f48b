import type { INestApplicationContext, Type } from '@nestjs/common';
import {
  type Actor,
  EVENT_HANDLERS,
  type EventHandler,
  MAIL_REQUESTED,
  type MovedClock,
  Scheduler,
  Transactions,
} from '@waymark/api-platform';
import { permissionsOf, type Role } from '@waymark/contracts';
import { DateTime } from 'luxon';

/** An institution of the demonstration, with the people who act in it. */
export interface Stand {
  institutionId: string;
  name: string;
}

interface Waiting {
  id: string;
  institution_id: string;
  topic: string;
  payload: Record<string, unknown>;
}

/**
 * The product on a clock that is moved: its use cases, and its worker's jobs, reactions and scheduled tasks, called one
 * after the other, so that two years pass in seconds and every record is made as it would have been.
 */
export class Stage {
  constructor(
    private readonly api: INestApplicationContext,
    private readonly worker: INestApplicationContext,
    private readonly clock: MovedClock,
    /** Today, from which everything is counted back. */
    readonly today: Date,
  ) {}

  /** A use case or another provider of the API. */
  of<Provider>(type: Type<Provider>): Provider {
    return this.api.get(type, { strict: false });
  }

  get now(): Date {
    return this.clock.now();
  }

  /** So many months and days before today, at half past nine of a working day. */
  async goTo({ months = 0, days = 0 }: { months?: number; days?: number }): Promise<void> {
    let at = DateTime.fromJSDate(this.today, { zone: 'Europe/London' }).minus({ months, days });
    while (at.weekday > 5) at = at.minus({ days: 1 });
    await this.moveTo(at.set({ hour: 9, minute: 30, second: 0, millisecond: 0 }).toJSDate());
  }

  /** The clock goes forward; what fell due meanwhile is done. Never back, and never past today. */
  async moveTo(instant: Date): Promise<void> {
    if (instant < this.clock.now()) throw new Error('the demonstration’s clock goes forward alone');
    this.clock.moveTo(instant < this.today ? instant : this.today);
    await this.settle();
  }

  async days(count: number): Promise<void> {
    await this.moveTo(new Date(this.clock.now().getTime() + count * 24 * 3600 * 1000));
  }

  actor(stand: Stand, person: { id: string; name: string }, roles: readonly Role[]): Actor {
    return {
      institutionId: stand.institutionId,
      personId: person.id,
      accountId: person.id,
      sessionId: person.id,
      givenName: person.name.split(' ')[0] ?? '',
      name: person.name,
      institutionName: stand.name,
      timeZone: 'Europe/London',
      roles,
      permissions: permissionsOf(roles),
      correlationId: null,
    };
  }

  /** Calls what the outbox holds until it is empty: jobs, reactions. Letters are kept, for no letter leaves a demonstration. */
  async settle(): Promise<void> {
    const transactions = this.api.get(Transactions);
    const handlers = this.worker.get<EventHandler[]>(EVENT_HANDLERS);
    for (;;) {
      const rows = await transactions.runGlobal(async (manager) => {
        await manager.query(`delete from outbox where topic = $1`, [MAIL_REQUESTED]);
        return manager.query<Waiting[]>(`select id, institution_id, topic, payload from outbox order by id limit 500`);
      });
      if (rows.length === 0) return;
      for (const { id, institution_id: institutionId, topic, payload } of rows) {
        for (const handler of handlers) {
          if (handler.topic === topic) await handler.handle({ id, institutionId, payload });
        }
        await transactions.runGlobal((manager) => manager.query(`delete from outbox where id = $1`, [id]));
      }
    }
  }

  async tick(task: string): Promise<void> {
    await this.worker.get(Scheduler).tick(task);
    await this.settle();
  }
}
