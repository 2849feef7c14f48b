import type { StatusTable } from '@waymark/api-platform';
import type { StaffImportStatus } from '@waymark/contracts';

/**
 * Work that is stopped or fails leaves the import where it was asked for: applying goes back to `previewed`, undoing to
 * `applied`, previewing to `uploaded`. Reading that is stopped leaves nothing.
 */
export const staffImportStatusTable: StatusTable<StaffImportStatus> = {
  reading: ['uploaded', 'unreadable', 'discarded'],
  unreadable: ['discarded'],
  uploaded: ['previewing', 'discarded'],
  previewing: ['previewed', 'uploaded'],
  previewed: ['previewing', 'applying', 'discarded'],
  applying: ['applied', 'previewed'],
  applied: ['undoing'],
  undoing: ['undone', 'applied'],
  undone: [],
  discarded: [],
};
