import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Plan, planAssignment, type PlanInput } from './plan-assignment';

/** Built beside the bundle that this is in; from sources there is no such file, and it is done in place. */
const thread = new URL('./planning-thread.js', import.meta.url);

/** What can be copied into a thread. */
export type PlanWork = PlanInput & { inConflict: ReadonlyMap<string, unknown>; gaveBack: ReadonlySet<string> };

/**
 * Plans a call's reviews in a thread of its own: a large call is solved in half a second, one that has too few readers is solved
 * a dozen times over, and nobody else is to wait for either.
 */
export const planInThread = async (work: PlanWork): Promise<Plan> => {
  if (!existsSync(fileURLToPath(thread))) return planAssignment(work);
  const worker = new Worker(thread);
  try {
    return await new Promise<Plan>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the planning thread ended without a plan')));
      worker.postMessage(work);
    });
  } finally {
    await worker.terminate();
  }
};
