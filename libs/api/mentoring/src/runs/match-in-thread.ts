import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { matchPeople, type MatchingStep, type MatchingWork } from './match-people';
import type { RunResult } from './run-result';

/** Built beside the bundle that this is in; from sources there is no such file, and it is done in place. */
const thread = new URL('./matching-thread.js', import.meta.url);

/** Asked whether to go on so often while a stage lasts. */
const everyMs = 1000;

/**
 * Matches in a thread of its own, which leaves the worker free to give its heartbeat. `step` is told each stage as it begins and
 * again every second: where it throws, the thread is stopped at once and nothing is left of it.
 */
export const matchInThread = async (
  work: MatchingWork,
  step: (at: MatchingStep) => Promise<void>,
): Promise<RunResult> => {
  if (!existsSync(fileURLToPath(thread))) return matchInPlace(work, step);
  const worker = new Worker(thread);
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<RunResult>((resolve, reject) => {
      let latest: MatchingStep | null = null;
      let answered = false;
      let telling: Promise<void> = Promise.resolve();
      const tell = (at: MatchingStep) => {
        telling = telling.then(() => step(at));
        telling.catch(reject);
      };
      timer = setInterval(() => {
        if (latest) tell(latest);
      }, everyMs);
      worker.on('message', (message: { step: MatchingStep } | { result: RunResult }) => {
        if ('step' in message) tell((latest = message.step));
        else {
          // The thread ends on its own now; what was told last may still be on its way.
          answered = true;
          latest = null;
          telling.then(() => resolve(message.result), reject);
        }
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        if (!answered) reject(new Error('the matching thread ended without a result'));
      });
      worker.postMessage(work);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
};

const matchInPlace = async (work: MatchingWork, step: (at: MatchingStep) => Promise<void>): Promise<RunResult> => {
  const matching = matchPeople(work);
  for (;;) {
    const { done, value } = matching.next();
    if (done) return value;
    await step(value);
  }
};
