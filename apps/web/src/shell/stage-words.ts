import type { JobStage } from '@waymark/contracts';

/** What a job is doing, in words. */
export const stageWords: Readonly<Record<JobStage, string>> = {
  waiting: $localize`Waiting for its turn`,
  reading: $localize`Reading what is there`,
  checking: $localize`Checking every row`,
  scoring: $localize`Scoring every pair that the rules allow`,
  matching: $localize`Pairing as many as possible, then taking the most points`,
  explaining: $localize`Working out what leaves people out`,
  collecting: $localize`Collecting every record`,
  writing: $localize`Writing the result`,
  undoing: $localize`Putting everything back`,
  erasing: $localize`Emptying every record`,
  verifying: $localize`Verifying the chain`,
  allocating: $localize`Looking for the best awards within the limits`,
  finished: $localize`Finished`,
};
