import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Reads, type ScheduledTask, Scheduler, Transactions } from '@waymark/api-platform';
import { Logger } from '@nestjs/common';
import { Harness } from './harness';

describe('the scheduler', () => {
  let harness: Harness;
  let institutions: string[];

  beforeAll(async () => {
    harness = await Harness.start();
    institutions = [
      await harness.institution('First'),
      await harness.institution('Second'),
      await harness.institution('Third'),
    ];
  });
  afterAll(() => harness.stop());

  const schedulerOf = (...tasks: ScheduledTask[]) =>
    new Scheduler(harness.application.get(Transactions), harness.application.get(Reads), tasks);
  const task = (run: ScheduledTask['run'], everySeconds = 60): ScheduledTask => ({ name: 'test', everySeconds, run });

  it('runs a task once in every institution, with that institution set', async () => {
    const seen: string[] = [];
    await schedulerOf(
      task(async (tx) => {
        const rows = await tx.query<{ id: string }>('select id from institution');
        seen.push(...rows.map(({ id }) => id));
        return false;
      }),
    ).tick('test');
    expect(seen.sort()).toEqual([...institutions].sort());
  });

  it('calls a task again in transactions of their own while it owes more', async () => {
    let owed = 3;
    const transactions = new Set<string>();
    await schedulerOf(
      task(async (tx) => {
        if (tx.scope.institutionId !== institutions[0]) return false;
        const [row] = await tx.query<{ id: string }>('select pg_current_xact_id()::text as id');
        transactions.add(row?.id ?? '');
        owed -= 1;
        return owed > 0;
      }),
    ).tick('test');
    expect(owed).toBe(0);
    expect(transactions.size).toBe(3);
  });

  it('goes on with the other institutions where one has a fault, which is rolled back and logged without its text', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const done: string[] = [];
    await schedulerOf(
      task(async (tx) => {
        await tx.audit('test.task', { kind: 'institution', id: tx.scope.institutionId });
        if (tx.scope.institutionId === institutions[1]) throw new Error('somebody’s name');
        done.push(tx.scope.institutionId);
        return false;
      }),
    ).tick('test');
    const calls = JSON.stringify(log.mock.calls);
    log.mockRestore();
    expect(done).toHaveLength(2);
    expect(calls).toContain('"task":"test"');
    expect(calls).not.toContain('somebody');
    const lines = await harness.sql<{ id: string }>(
      `select institution_id as id from audit_entry where act = 'test.task'`,
    );
    expect(lines.map(({ id }) => id).sort()).toEqual([institutions[0], institutions[2]].sort());
  });

  it('leaves a task to the worker that is at it', async () => {
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    const slow = task(async (tx) => {
      if (tx.scope.institutionId !== institutions[0]) return false;
      atOnce += 1;
      runs += 1;
      most = Math.max(most, atOnce);
      await tx.query('select pg_sleep(0.3)');
      atOnce -= 1;
      return false;
    });
    await Promise.all([schedulerOf(slow).tick('test'), schedulerOf(slow).tick('test'), schedulerOf(slow).tick('test')]);
    expect({ most, runs }).toEqual({ most: 1, runs: 1 });
  });

  it('keeps its pace until it is stopped, and then stops at once', async () => {
    let runs = 0;
    const scheduler = schedulerOf(
      task(() => {
        runs += 1;
        return Promise.resolve(false);
      }, 0.05),
    );
    scheduler.start();
    await harness.until(
      () => Promise.resolve(runs),
      (count) => count > 6,
      10,
    );
    await scheduler.onApplicationShutdown();
    const after = runs;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(runs).toBe(after);
  });
});
