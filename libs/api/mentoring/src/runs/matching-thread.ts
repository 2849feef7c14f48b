import { parentPort } from 'node:worker_threads';
import { matchPeople, type MatchingWork } from './match-people';

/* The thread that matches, so that the worker's heartbeat goes on meanwhile: built as a file of its own. */

parentPort?.once('message', (work: MatchingWork) => {
  const matching = matchPeople(work);
  for (;;) {
    const { done, value } = matching.next();
    parentPort?.postMessage(done ? { result: value } : { step: value });
    if (done) return;
  }
});
