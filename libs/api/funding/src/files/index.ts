import type { Provider, Type } from '@nestjs/common';
import type { ScheduledTask } from '@waymark/api-platform';
import { FilesController } from './files-controller';
import { HandInFile } from './hand-in-file';
import { OwnFiles } from './own-files';
import { SweepFiles } from './sweep-files';

/* What this slice gives to the module: see funding-module.ts. */

export const filesControllers: Type[] = [FilesController];
export const filesProviders: Provider[] = [HandInFile, OwnFiles];
export const filesScheduledTasks: Type<ScheduledTask>[] = [SweepFiles];
