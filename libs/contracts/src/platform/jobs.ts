import { z } from 'zod';
import { id, instant } from './fields';
import { refusals } from './refusals';

export const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Long work: what is being done, how far it is, and how it ended. */
export const jobView = z.object({
  id,
  kind: z.enum([
    'mentoring.apply-import',
    'mentoring.match-round',
    'people.read-staff-file',
    'people.preview-staff-import',
    'people.apply-staff-import',
    'people.undo-staff-import',
    'people.export-own-data',
    'people.erase-person',
    'audit.verify-chain',
    'funding.compute-scenario',
  ]),
  status: z.enum(jobStatuses),
  /** What is being done now; the web owns the wording. */
  stage: z.enum([
    'waiting',
    'reading',
    'checking',
    'scoring',
    'matching',
    'explaining',
    'collecting',
    'writing',
    'undoing',
    'erasing',
    'verifying',
    'allocating',
    'finished',
  ]),
  percent: z.int().min(0).max(100),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Why it failed: a refusal by name. */
  failure: z.enum(refusals).nullable(),
  correlationId: z.string().nullable(),
  cancellable: z.boolean(),
});
export type JobView = z.infer<typeof jobView>;
export type JobStage = JobView['stage'];
