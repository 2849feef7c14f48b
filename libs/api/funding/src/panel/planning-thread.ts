import { parentPort } from 'node:worker_threads';
import { planAssignment, type PlanInput } from './plan-assignment';

/* The thread that a panel's reviews are planned in, so that the API answers others meanwhile: built as a file of its own. */

parentPort?.once('message', (input: PlanInput) => {
  parentPort?.postMessage(planAssignment(input));
});
