import { Injectable } from '@nestjs/common';
import { type Actor, Job, move, type Tx, Transactions } from '@waymark/api-platform';
import type { OnRound, RoundView } from '@waymark/contracts';
import { Round, Run } from '../entities';
import { roundTable, runTable } from '../statuses';
import { roundViewIn } from './round-view';

/** Gives a round up before it is released; nothing has been sent to anybody. A job under way is stopped with it. */
@Injectable()
export class CancelRound {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version }: OnRound): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      await this.stopJob(tx, id);
      const round = await tx.lockAt(Round, id, version);
      const from = round.status;
      await tx.update(Round, round, { status: move(roundTable, from, 'cancelled') });
      const [under] = await tx.query<{ id: string }>(
        `select id from run where institution_id = $1 and round_id = $2 and status in ('queued', 'matching')`,
        [actor.institutionId, id],
      );
      if (under) {
        const run = await tx.lock(Run, under.id);
        await tx.update(Run, run, { status: move(runTable, run.status, 'cancelled') });
      }
      await tx.audit('round.cancel', { kind: 'round', id }, { from });
      return roundViewIn(tx, actor, id);
    });
  }

  /**
   * Before the round, since a job that finishes holds its own row when it comes to the round. A job that begins in
   * between has changed the round's version, and the command is refused.
   */
  private async stopJob(tx: Tx, roundId: string): Promise<void> {
    const [run] = await tx.query<{ job_id: string }>(
      `select job_id from run where institution_id = $1 and round_id = $2 and status in ('queued', 'matching')`,
      [tx.scope.institutionId, roundId],
    );
    if (!run) return;
    const job = await tx.lock(Job, run.job_id);
    if (job.status === 'queued' || job.status === 'running') await tx.update(Job, job, { cancelAsked: true });
  }
}
