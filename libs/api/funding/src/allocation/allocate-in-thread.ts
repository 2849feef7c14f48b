import { Refused } from '@waymark/api-platform';
import type { Refusal } from '@waymark/contracts';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { allocate, allocateAtOnce } from './allocate';
import type { AllocationAsked } from './allocation-thread';
import { type Allocation, AllocationRefused } from './allocation-work';

/** Built beside the bundle that this is in; from sources there is no such file, and it is done in place. */
const thread = new URL('./allocation-thread.js', import.meta.url);

/** Asked whether to go on so often while it lasts. */
const everyMs = 1000;

/**
 * Computes a scenario in a thread of its own, by rank in place, where it is a few milliseconds. `going` is called every second:
 * where it rejects, the thread is stopped at once and nothing is left of it. Throws Refused.
 */
export const allocateInThread = async (
  asked: AllocationAsked,
  going: () => Promise<void> = () => Promise.resolve(),
): Promise<Allocation> => {
  if (asked.work.method === 'by-rank' || !existsSync(fileURLToPath(thread))) return inPlace(asked);
  const worker = new Worker(thread);
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<Allocation>((resolve, reject) => {
      let asking = false;
      timer = setInterval(() => {
        if (asking) return;
        asking = true;
        going().then(() => (asking = false), reject);
      }, everyMs);
      worker.once('message', (answer: { allocation: Allocation } | { refusal: Refusal } | { error: unknown }) => {
        if ('allocation' in answer) resolve(answer.allocation);
        else reject('refusal' in answer ? new Refused(answer.refusal) : answer.error);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the allocation thread ended without a result')));
      worker.postMessage(asked);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
};

const inPlace = async ({ work, atOnce }: AllocationAsked): Promise<Allocation> => {
  try {
    return atOnce ? allocateAtOnce(work) : await allocate(work);
  } catch (error) {
    throw ours(error);
  }
};

const ours = (error: unknown): unknown => (error instanceof AllocationRefused ? new Refused(error.refusal) : error);

/** A refusal of allocation's rules as the platform's. */
export const refusedIn = <T>(ask: () => T): T => {
  try {
    return ask();
  } catch (error) {
    throw ours(error);
  }
};
