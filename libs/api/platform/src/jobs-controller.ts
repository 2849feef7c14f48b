import { Controller, Get, Param, Post } from '@nestjs/common';
import { idParams, jobView, type JobView } from '@waymark/contracts';
import type { z } from 'zod';
import { type Actor, CurrentActor } from './actor';
import { Job } from './entities';
import { jobViewSql } from './jobs';
import { Reads } from './reads';
import { Refused } from './refused';
import { Answers, Can } from './route';
import { Transactions } from './transactions';

@Controller('jobs')
export class JobsController {
  constructor(
    private readonly reads: Reads,
    private readonly transactions: Transactions,
  ) {}

  @Get(':id')
  @Can('jobs.see')
  @Answers(200, jobView)
  async see(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
  ): Promise<JobView> {
    const [row] = await this.reads.rows<{ view: JobView }>(actor, {
      name: 'job',
      text: `select ${jobViewSql} as view from job j where j.institution_id = $1 and j.id = $2`,
      values: [actor.institutionId, id],
    });
    if (!row) throw new Refused('not-found');
    return row.view;
  }

  /**
   * Asks a job to stop; it does at its next step, and leaves nothing. One's own, or another's for who may: whoever sees
   * jobs only to look, as an auditor does, stops none.
   */
  @Post(':id/cancel')
  @Can('jobs.see')
  @Answers(200, jobView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
  ): Promise<JobView> {
    return this.transactions.run(actor, async (tx) => {
      const job = await tx.lock(Job, id);
      if (job.requestedBy !== actor.personId && !actor.permissions.has('jobs.cancel')) throw new Refused('not-allowed');
      if (job.status !== 'queued' && job.status !== 'running') {
        throw new Refused('status-refused', { facts: { from: job.status, to: 'cancelled' } });
      }
      await tx.update(Job, job, { cancelAsked: true });
      await tx.audit('job.cancel', { kind: 'job', id });
      const [row] = await tx.query<{ view: JobView }>(
        `select ${jobViewSql} as view from job j where j.institution_id = $1 and j.id = $2`,
        [actor.institutionId, id],
      );
      if (!row) throw new Refused('not-found');
      return row.view;
    });
  }
}
