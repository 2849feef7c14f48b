import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AddCall } from './add-call';
import { ArchiveCall } from './archive-call';
import { CallForApplicants } from './call-for-applicants';
import { CallPeopleController } from './call-people-controller';
import { CallViews } from './call-view';
import { CallDeedsController, CallsController } from './calls-controller';
import { CallsList } from './calls-list';
import { CancelCall } from './cancel-call';
import { ChangeCall } from './change-call';
import { CloseCalls } from './close-call';
import { CopyCall } from './copy-call';
import { CallDashboard } from './dashboard';
import { Extensions, GrantExtension, TakeExtensionBack } from './extensions';
import { LetterPreviews } from './letter-preview';
import { CallMessages, SendMessage } from './messages';
import { OpenCalls } from './open-calls';
import { PublishCall } from './publish-call';
import { ReopenCall } from './reopen-call';
import { StartScoring } from './start-scoring';

/* What this slice gives to the module: see funding-module.ts. */

export const callsControllers: Type[] = [CallsController, CallDeedsController, CallPeopleController];
/** Needed by HTTP and by the worker. */
export const callsShared: Provider[] = [];
export const callsProviders: Provider[] = [
  ...[CallsList, CallViews, OpenCalls, CallForApplicants, CallDashboard, Extensions, CallMessages, LetterPreviews],
  ...[AddCall, ChangeCall, CopyCall, PublishCall, ReopenCall, StartScoring, CancelCall, ArchiveCall],
  ...[GrantExtension, TakeExtensionBack, SendMessage],
];
export const callsJobHandlers: Type<JobHandler>[] = [];
export const callsEventHandlers: Type<EventHandler>[] = [];
export const callsScheduledTasks: Type<ScheduledTask>[] = [CloseCalls];
