import { parentPort } from 'node:worker_threads';
import { allocate, allocateAtOnce } from './allocate';
import { AllocationRefused, type AllocationWork } from './allocation-work';

/* The thread that scenarios are computed in, so that the API and the worker go on meanwhile: built as a file of its own. */

export interface AllocationAsked {
  work: AllocationWork;
  /** Without a search: see allocateAtOnce. */
  atOnce: boolean;
}

parentPort?.on('message', ({ work, atOnce }: AllocationAsked) => {
  void (async () => {
    try {
      parentPort?.postMessage({ allocation: atOnce ? allocateAtOnce(work) : await allocate(work) });
    } catch (error) {
      parentPort?.postMessage(error instanceof AllocationRefused ? { refusal: error.refusal } : { error });
    }
    // Nothing more is asked of it.
    parentPort?.close();
  })();
});
