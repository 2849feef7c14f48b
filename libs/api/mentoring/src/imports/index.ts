import { ApplyImport } from './apply-import';
import { ApplyImportJob } from './apply-import-job';
import { DiscardImport } from './discard-import';
import { ImportsController } from './imports-controller';
import { LoadPeople } from './load-people';
import { PreviewImport } from './preview-import';
import { ReadImports } from './read-imports';
import { RoundImportsController } from './round-imports-controller';
import { StartImport } from './start-import';

export { ApplyImport, ApplyImportJob, PreviewImport, StartImport };

/** For the module that answers HTTP. */
export const importsControllers = [ImportsController, RoundImportsController];
export const importsProviders = [ReadImports, StartImport, PreviewImport, ApplyImport, DiscardImport];
/** For the worker: `ApplyImportJob` is the job's handler. */
export const importsJobProviders = [ApplyImportJob, LoadPeople];
