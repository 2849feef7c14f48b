import type { ApplicationStatus } from '@waymark/contracts';
import { applicationTable } from '../statuses';

/** Where an application is the applicant's to write: from there it can be submitted. */
export const writable: readonly ApplicationStatus[] = (Object.keys(applicationTable) as ApplicationStatus[]).filter(
  (status) => applicationTable[status].includes('submitted'),
);
