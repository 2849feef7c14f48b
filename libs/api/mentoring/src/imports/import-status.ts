import type { StatusTable } from '@waymark/api-platform';
import type { ImportStatus } from '../entities';

/** A cancelled load goes back to `previewed`; a failed one is checked again before it is tried again. */
export const importStatusTable: StatusTable<ImportStatus> = {
  uploaded: ['previewed', 'discarded'],
  previewed: ['previewed', 'applying', 'discarded'],
  applying: ['applied', 'previewed', 'failed'],
  failed: ['previewed', 'discarded'],
  applied: [],
  discarded: [],
};
