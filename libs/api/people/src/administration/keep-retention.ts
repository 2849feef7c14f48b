import { Injectable } from '@nestjs/common';
import type { ScheduledTask, Tx } from '@waymark/api-platform';
import { keptDays } from '@waymark/contracts';

/** So many rows of one table in one transaction: short enough that nobody waits for it. */
const batch = 2000;

/** How many rows it deleted; a full batch means that there may be more. `$1` institution, `$2` moment, `$3` batch. */
type Sweep = (tx: Tx, values: unknown[]) => Promise<number>;

const deleting =
  (sql: string): Sweep =>
  async (tx, values) =>
    (await tx.query(sql, values)).length;

/** Before `$2` less the institution's setting. */
const olderThan = (column: string, setting: string): string =>
  `${column} < $2::timestamptz - (select make_interval(days => ${setting}) from institution where id = $1)`;

/**
 * Rows are named by their place (`ctid`), which the lock holds still; one that somebody has locked waits for the next turn.
 */
const sweepOf = (table: string, condition: string): string => `
  with old as (
    select ctid from ${table} t where ${condition} limit $3 for update skip locked
  ) delete from ${table} t using old where t.ctid = old.ctid returning 1`;

const letters = deleting(
  sweepOf(
    'mail_message',
    // One that waits to be sent is not old mail, whatever its age.
    `t.institution_id = $1 and t.status <> 'queued' and ${olderThan('t.created_at', 'mail_kept_days')}`,
  ),
);
const commands = deleting(sweepOf('command', `t.institution_id = $1 and ${olderThan('t.at', 'commands_kept_days')}`));
const sessions = deleting(
  sweepOf('session', `t.institution_id = $1 and ${olderThan('t.expires_at', 'sessions_kept_days')}`),
);

/**
 * Links belong to an account, which may be somebody's in several institutions: one of those is kept as long as any of them
 * could ask for.
 */
const links = deleting(
  sweepOf(
    'token',
    `least(t.used_at, t.expires_at) < $2::timestamptz - make_interval(days => case
       when exists (select from account_person a where a.account_id = t.account_id and a.institution_id <> $1)
       then ${keptDays.sessions.most} else (select sessions_kept_days from institution where id = $1) end)`,
  ),
);

/** Counted attempts say nothing once their window is over; the longest is an hour. */
const attempts = deleting(
  sweepOf('rate_limit', `$1::uuid is not null and t.window_start < $2::timestamptz - interval '1 day'`),
);

/** Columns of tables that point at a job by key: such a job stays as long as what points at it. */
const pointersAtJobs = (tx: Tx): Promise<{ table: string; column: string }[]> =>
  tx.query(
    `select k.conrelid::regclass::text as table, a.attname as column from pg_constraint k
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
     where k.contype = 'f' and k.confrelid = 'job'::regclass and cardinality(k.conkey) = 2`,
  );

const jobs: Sweep = async (tx, values) => {
  const kept = (await pointersAtJobs(tx))
    .map(
      ({ table, column }) =>
        `and not exists (select from ${table} r where r.institution_id = $1 and r.${column} = t.id)`,
    )
    .join(' ');
  const condition = `t.institution_id = $1 and t.status in ('done', 'failed', 'cancelled')
    and ${olderThan('t.finished_at', 'jobs_kept_days')} ${kept}`;
  return (await tx.query(sweepOf('job', condition), values)).length;
};

const sweeps: readonly Sweep[] = [letters, commands, sessions, links, attempts, jobs];

/**
 * Deletes what has been kept as long as the institution says: letters, answers of commands, sessions and links that ended, and
 * long work that ended. Never the audit. What is owed is worked out from the records, so that a night when nothing ran is
 * made good. Files of imports are cleared where they are kept; personal data of leavers are erased by people alone.
 */
@Injectable()
export class KeepRetention implements ScheduledTask {
  readonly name = 'keep-retention';
  readonly everySeconds = 3600;

  async run(tx: Tx): Promise<boolean> {
    const values = [tx.scope.institutionId, tx.now, batch];
    let more = false;
    for (const sweep of sweeps) more = (await sweep(tx, values)) === batch || more;
    return more;
  }
}
