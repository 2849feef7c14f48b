import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AnswerAppeal, AskAppeal } from './appeals';
import { ApplicationViews } from './application-view';
import {
  ApplicationDecisionsController,
  ApplicationFilesController,
  ApplicationsController,
  ApplicationsOfCallController,
} from './applications-controller';
import { ApplicationsList } from './applications-list';
import { AttachedFiles, AttachFile, DetachFile } from './attachments';
import { BeginApplication } from './begin-application';
import { DecideEligibility } from './decide-eligibility';
import { MyApplications } from './my-applications';
import { SaveDraft } from './save-draft';
import { SubmitApplication } from './submit-application';
import { TermsKept } from './terms-kept';
import { WithdrawApplication } from './withdraw-application';
import { WithdrawOfLeaver } from './withdraw-of-leaver';

/* What this slice gives to the module: see funding-module.ts. */

export const applicationsControllers: Type[] = [
  ApplicationsController,
  ApplicationFilesController,
  ApplicationsOfCallController,
  ApplicationDecisionsController,
];
/** Needed by HTTP and by the worker. */
export const applicationsShared: Provider[] = [];
export const applicationsProviders: Provider[] = [
  ...[ApplicationViews, MyApplications, ApplicationsList, TermsKept],
  ...[BeginApplication, SaveDraft, SubmitApplication, WithdrawApplication],
  ...[AskAppeal, AnswerAppeal, DecideEligibility, AttachFile, DetachFile, AttachedFiles],
];
export const applicationsJobHandlers: Type<JobHandler>[] = [];
export const applicationsEventHandlers: Type<EventHandler>[] = [WithdrawOfLeaver];
export const applicationsScheduledTasks: Type<ScheduledTask>[] = [];
