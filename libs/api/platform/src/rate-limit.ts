import { Injectable } from '@nestjs/common';
import { Refused } from './refused';
import { Transactions } from './transactions';

/** Attempts counted in the database, so that any number of processes share one limit. */
@Injectable()
export class RateLimits {
  constructor(private readonly transactions: Transactions) {}

  /** Counts an attempt under `key`; the one over `limit` within the window is refused with `too-many-attempts`. */
  async count(key: string, limit: number, windowMinutes: number): Promise<void> {
    const attempts = await this.transactions.runGlobal(async (manager, now) => {
      const [row] = await manager.query<{ attempts: number }[]>(
        `insert into rate_limit as r (key, window_start, attempts) values ($1, $2, 1)
         on conflict (key) do update set
           attempts = case when r.window_start <= $2::timestamptz - make_interval(mins => $3) then 1 else r.attempts + 1 end,
           window_start = case when r.window_start <= $2::timestamptz - make_interval(mins => $3) then $2 else r.window_start end
         returning attempts`,
        [key, now, windowMinutes],
      );
      return row?.attempts ?? 0;
    });
    if (attempts > limit) throw new Refused('too-many-attempts', { facts: { minutes: windowMinutes } });
  }

  /** Takes one counted attempt back: it was none after all. */
  async giveBack(key: string): Promise<void> {
    await this.transactions.runGlobal((manager) =>
      manager.query(`update rate_limit set attempts = greatest(attempts - 1, 0) where key = $1`, [key]),
    );
  }

  /** Forgets the attempts under `key`: somebody proved who they are. */
  async forget(key: string): Promise<void> {
    await this.transactions.runGlobal((manager) => manager.query(`delete from rate_limit where key = $1`, [key]));
  }
}
