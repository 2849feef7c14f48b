import { Inject, Injectable, Logger } from '@nestjs/common';
import type { JobStage, JobView, Refusal } from '@waymark/contracts';
import type { Scope } from './actor';
import { Job } from './entities';
import type { EventHandler, OutboxEvent } from './queue';
import { Refused } from './refused';
import { Transactions } from './transactions';
import type { Tx } from './tx';

export const JOB_REQUESTED = 'job.requested';

/** What a job's handler may do while it runs. */
export interface JobContext {
  readonly scope: Scope;
  readonly jobId: string;
  readonly subjectId: string;
  /** Says how far it is; ends the job where somebody asked to stop it. */
  progress(stage: JobStage, percent: number): Promise<void>;
  /** Writes the whole effect and the job's end in one transaction: a job that died before has left nothing. */
  finish(effect: (tx: Tx) => Promise<void>): Promise<void>;
}

/** Long work of one kind. It may be started again from the beginning if a worker dies, until it has finished. */
export interface JobHandler {
  readonly kind: JobView['kind'];
  run(context: JobContext): Promise<void>;
  /** In the transaction that marks the job as failed or cancelled: put back what waited for it. */
  ended(tx: Tx, subjectId: string, end: 'failed' | 'cancelled'): Promise<void>;
}

/** Provide an array of job handlers under this token. */
export const JOB_HANDLERS = Symbol('job handlers');

/** Somebody asked to stop it. */
class Stopped extends Error {}

/** Starts a job in the caller's transaction: it is queued if, and only if, the transaction commits. */
export const startJob = async (tx: Tx, kind: JobView['kind'], subjectId: string): Promise<string> => {
  if (!tx.scope.personId) throw new Error('a job is asked for by a person');
  const id = tx.newId();
  await tx.insert(Job, {
    institutionId: tx.scope.institutionId,
    id,
    kind,
    status: 'queued',
    stage: 'waiting',
    percent: 0,
    subjectId,
    requestedBy: tx.scope.personId,
    byPersonId: tx.scope.byPersonId ?? null,
    cancelAsked: false,
    failure: null,
    correlationId: tx.scope.correlationId,
    createdAt: tx.now,
  });
  await tx.emit(JOB_REQUESTED, { jobId: id });
  return id;
};

/** A job as views show it: the columns of `job` under alias `j`, as one JSON value, null where there is none. */
export const jobViewSql = `case when j.id is null then null else json_build_object(
  'id', j.id, 'kind', j.kind, 'status', j.status, 'stage', j.stage, 'percent', j.percent,
  'startedAt', to_char(j.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'finishedAt', to_char(j.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'failure', j.failure, 'correlationId', j.correlation_id,
  'cancellable', j.status in ('queued', 'running') and not j.cancel_asked) end`;

/** What of an error may stand in a log: where it came from, not its text, which can hold what people typed. */
const withoutText = (error: unknown) => {
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const at = stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { error: name, code, at: at?.slice(0, 12) };
};

/** A job acts for whoever asked for it, and for both where one did on behalf of the other. */
const scopeOf = ({ institutionId, requestedBy, byPersonId, correlationId }: Job): Scope => ({
  institutionId,
  personId: requestedBy,
  byPersonId,
  correlationId,
});

/** No worker could end it: each one that took it died. */
class GivenUp extends Error {}

/** Runs the jobs, one event each. */
@Injectable()
export class JobRunner implements EventHandler {
  readonly name = 'jobs';
  readonly topic = JOB_REQUESTED;
  readonly long = true;
  private readonly log = new Logger('jobs');

  constructor(
    private readonly transactions: Transactions,
    @Inject(JOB_HANDLERS) private readonly handlers: JobHandler[],
  ) {}

  async handle(event: OutboxEvent): Promise<void> {
    const jobId = String(event.payload['jobId']);
    const system: Scope = { institutionId: event.institutionId, personId: null, correlationId: null };
    const job = await this.transactions.run(system, async (tx) => {
      const row = await tx.lock(Job, jobId);
      if (row.status !== 'queued' && row.status !== 'running') return null;
      // Running already: its worker died, for only then does the queue give it out again.
      await tx.update(Job, row, { status: 'running', startedAt: row.startedAt ?? tx.now });
      return row;
    });
    if (!job) return;
    const handler = this.handlers.find((each) => each.kind === job.kind);
    const scope = scopeOf(job);
    try {
      if (!handler) throw new Error(`no handler for jobs of kind ${job.kind}`);
      await handler.run(this.contextOf(job, scope));
    } catch (error) {
      await this.end(job, scope, handler, error);
    }
  }

  /** The queue gave the job to one worker after the other and none lived to end it: it has failed, and says so. */
  async giveUp(event: OutboxEvent): Promise<void> {
    const system: Scope = { institutionId: event.institutionId, personId: null, correlationId: null };
    const job = await this.transactions.run(system, (tx) => tx.lock(Job, String(event.payload['jobId'])));
    const handler = this.handlers.find((each) => each.kind === job.kind);
    await this.end(job, scopeOf(job), handler, new GivenUp());
  }

  private contextOf(job: Job, scope: Scope): JobContext {
    return {
      scope,
      jobId: job.id,
      subjectId: job.subjectId,
      progress: (stage, percent) =>
        this.transactions.run(scope, async (tx) => {
          const row = await tx.lock(Job, job.id);
          if (row.cancelAsked) throw new Stopped();
          // Another worker ended it: what this one finds changes nothing any more.
          if (row.status === 'running') await tx.update(Job, row, { stage, percent });
        }),
      finish: (effect) =>
        this.transactions.run(scope, async (tx) => {
          const row = await tx.lock(Job, job.id);
          if (row.status !== 'running') return;
          if (row.cancelAsked) throw new Stopped();
          await effect(tx);
          await tx.update(Job, row, { status: 'done', stage: 'finished', percent: 100, finishedAt: tx.now });
        }),
    };
  }

  private async end(job: Job, scope: Scope, handler: JobHandler | undefined, error: unknown): Promise<void> {
    const end = error instanceof Stopped ? 'cancelled' : 'failed';
    const failure: Refusal | null =
      end === 'cancelled' ? null : error instanceof Refused ? error.refusal : 'unexpected';
    if (failure === 'unexpected') {
      this.log.error({ jobId: job.id, kind: job.kind, correlationId: job.correlationId, ...withoutText(error) });
    }
    await this.transactions.run(scope, async (tx) => {
      const row = await tx.lock(Job, job.id);
      if (row.status !== 'running' && row.status !== 'queued') return;
      await tx.update(Job, row, { status: end, failure, finishedAt: tx.now });
      await handler?.ended(tx, job.subjectId, end);
    });
  }
}
