import type { ReadQuery } from '@waymark/api-platform';

/** Whether the institution has this run. */
export const knownRun = (institutionId: string, runId: string): ReadQuery => ({
  name: 'run-known',
  text: `select id from run where institution_id = $1 and id = $2`,
  values: [institutionId, runId],
});
