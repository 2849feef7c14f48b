import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from '@waymark/api-app';
import { JobRunner } from '@waymark/api-platform';
import type { JobView, RoundView } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { joinedRound, Records } from './rounds-records';

/** Jobs that nobody could end, and jobs that nobody should: without the queue, so that each moment can be held. */
describe('a job', () => {
  let harness: Harness;
  let worker: INestApplicationContext;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    worker = await NestFactory.createApplicationContext(WorkerModule.with(harness.config, harness.clock), {
      logger: false,
    });
  });
  afterAll(async () => {
    await worker.close();
    await harness.stop();
  });

  const started = async (): Promise<{ round: RoundView; jobId: string; event: Parameters<JobRunner['handle']>[0] }> => {
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    const records = new Records(harness, coordinator.institutionId);
    await records.mentee();
    await records.mentor();
    const open = await joinedRound(harness, coordinator);
    const round = (await harness.post(`mentoring/rounds/${open.id}/runs`, coordinator, { version: open.version }))
      .body as RoundView;
    const jobId = round.runs[0]?.job?.id ?? '';
    return { round, jobId, event: { id: jobId, institutionId: coordinator.institutionId, payload: { jobId } } };
  };
  const see = async (round: RoundView) =>
    (await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body as RoundView;
  const job = async (id: string) => (await harness.get(`jobs/${id}`, coordinator)).body as JobView;

  it.each(['queued', 'running'])(
    'that no worker lived to end while it was %s has failed and says so, and its round goes on',
    async (status) => {
      const { round, jobId, event } = await started();
      expect(round.status).toBe('matching');
      await harness.sql(`update job set status = $2 where id = $1`, [jobId, status]);
      await worker.get(JobRunner).giveUp(event);
      expect(await job(jobId)).toMatchObject({ status: 'failed', failure: 'unexpected', cancellable: false });
      expect(await see(round)).toMatchObject({ status: 'open', runs: [{ status: 'failed' }], may: { run: true } });
    },
  );

  it('that ended is not made to fail afterwards, however late the queue gives it up', async () => {
    const { round, jobId, event } = await started();
    await worker.get(JobRunner).handle(event);
    expect(await job(jobId)).toMatchObject({ status: 'done', percent: 100 });
    await worker.get(JobRunner).giveUp(event);
    expect(await job(jobId)).toMatchObject({ status: 'done' });
    expect((await see(round)).status).toBe('review');
  });

  it('is not stopped by an auditor, who looks and changes nothing', async () => {
    const { jobId } = await started();
    const auditor = await harness.somebody(coordinator.institutionId, ['auditor']);
    expect((await harness.get(`jobs/${jobId}`, auditor)).status).toBe(200);
    expect(await harness.post(`jobs/${jobId}/cancel`, auditor)).toMatchObject({
      status: 403,
      body: { refusal: 'not-allowed' },
    });
    expect(await job(jobId)).toMatchObject({ cancellable: true });
  });

  it('that somebody stopped before it began leaves nothing, and cannot be stopped twice', async () => {
    const { round, jobId, event } = await started();
    expect(await harness.post(`jobs/${jobId}/cancel`, coordinator)).toMatchObject({
      status: 200,
      body: { cancellable: false },
    });
    await worker.get(JobRunner).handle(event);
    expect(await job(jobId)).toMatchObject({ status: 'cancelled', failure: null });
    expect(await harness.post(`jobs/${jobId}/cancel`, coordinator)).toMatchObject({
      status: 409,
      body: { refusal: 'status-refused' },
    });
    expect(await see(round)).toMatchObject({ status: 'open', runs: [{ status: 'cancelled', count: null }] });
    expect(
      await harness.sql(`select from run_pair r join run on run.id = r.run_id where run.round_id = $1`, [round.id]),
    ).toEqual([]);
  });
});
