import { Injectable } from '@nestjs/common';
import { type JobContext, type JobHandler, Transactions, type Tx } from '@waymark/api-platform';
import { allocateInThread } from './allocate-in-thread';
import { Scenario } from './entities';
import { inputHash } from './input-hash';
import { readInput } from './read-input';
import { writeLines } from './write-lines';

/**
 * Computes a scenario whose groups are limited: reads in one short transaction, searches in none, and writes the whole result in
 * another together with the job's end. A worker that dies has left nothing; the next one comes to the same result.
 */
@Injectable()
export class ComputeScenario implements JobHandler {
  readonly kind = 'funding.compute-scenario';

  constructor(private readonly transactions: Transactions) {}

  async run(context: JobContext): Promise<void> {
    const id = context.subjectId;
    await context.progress('reading', 5);
    const read = await this.transactions.run(context.scope, async (tx) => {
      const scenario = await tx.lock(Scenario, id);
      if (scenario.computing !== 'waiting' && scenario.computing !== 'running') return null;
      await tx.update(Scenario, scenario, { computing: 'running' });
      return { scenario, input: await readInput(tx, scenario.callId) };
    });
    if (!read) return context.finish(() => Promise.resolve());
    const { method, parameters } = read.scenario;
    const going = () => context.progress('allocating', 40);
    await going();
    const allocation = await allocateInThread({ work: { method, parameters, ...read.input }, atOnce: false }, going);
    await context.progress('writing', 90);
    await context.finish(async (tx) => {
      const scenario = await tx.lock(Scenario, id);
      if (scenario.computing !== 'running') return;
      await writeLines(tx, id, allocation);
      await tx.update(Scenario, scenario, {
        computing: 'done',
        engineVersion: allocation.engineVersion,
        // Of what it was computed from, which may be newer than what it was asked on.
        inputHash: inputHash(method, parameters, read.input.applications, read.input.units),
        result: allocation.certificate,
        computedAt: tx.now,
      });
      await tx.audit('scenario.compute', { kind: 'scenario', id }, { callId: scenario.callId });
    });
  }

  async ended(tx: Tx, id: string, end: 'failed' | 'cancelled'): Promise<void> {
    const scenario = await tx.lock(Scenario, id);
    if (scenario.computing !== 'waiting' && scenario.computing !== 'running') return;
    const [job] = await tx.query<{ failure: string | null }>(
      `select failure from job where institution_id = $1 and id = $2`,
      [tx.scope.institutionId, scenario.jobId],
    );
    const failure = end === 'cancelled' ? 'cancelled' : (job?.failure ?? 'unexpected');
    await tx.update(Scenario, scenario, { computing: 'failed', failure });
  }
}
