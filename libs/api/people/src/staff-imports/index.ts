import { ApplyStaffImport } from './apply-staff-import';
import { ApplyStaffImportJob } from './apply-staff-import-job';
import { DiscardStaffImport } from './discard-staff-import';
import { PreviewStaffImport } from './preview-staff-import';
import { PreviewStaffImportJob } from './preview-staff-import-job';
import { ReadStaffFileJob } from './read-staff-file-job';
import { ReadStaffImports } from './read-staff-imports';
import { StaffImportsController } from './staff-imports-controller';
import { StartStaffImport } from './start-staff-import';
import { SweepStaffImports } from './sweep-staff-imports';
import { UndoStaffImport } from './undo-staff-import';
import { UndoStaffImportJob } from './undo-staff-import-job';
import { WriteStaff } from './write-staff';

export { ApplyStaffImport, PreviewStaffImport, StartStaffImport, UndoStaffImport };

/** For the module that answers HTTP. */
export const staffImportsControllers = [StaffImportsController];
export const staffImportsProviders = [
  ReadStaffImports,
  StartStaffImport,
  PreviewStaffImport,
  ApplyStaffImport,
  UndoStaffImport,
  DiscardStaffImport,
];
/** For the worker. */
export const staffImportsJobHandlers = [
  ReadStaffFileJob,
  PreviewStaffImportJob,
  ApplyStaffImportJob,
  UndoStaffImportJob,
];
export const staffImportsScheduledTasks = [SweepStaffImports];
export const staffImportsJobProviders = [WriteStaff];
