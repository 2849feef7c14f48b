import type { StaffImportStatus } from '@waymark/contracts';
import type { ImportStep } from '../../shell/import-steps';

/** Where a staff file is on its way; choices on screen that are not sent lead back to the columns. */
export const stepOf = (status: StaffImportStatus, touched: boolean): ImportStep => {
  if (status === 'reading' || status === 'unreadable') return 'file';
  if (status === 'uploaded' || status === 'previewing') return 'columns';
  if (status === 'previewed') return touched ? 'columns' : 'check';
  return 'loaded';
};
