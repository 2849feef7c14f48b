import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AssignmentPreview, AssignReviews } from './assign-reviews';
import { BackToScoring } from './back-to-scoring';
import { ChaseReviews } from './chase-reviews';
import { Applicants, DeclareInterest, WithdrawDeclaration } from './declarations';
import { ModeratedApplication, WriteModerationNote } from './moderated-application';
import { ModerationController } from './moderation-controller';
import { ModerationList } from './moderation-list';
import { PanelApplications } from './panel-applications';
import { PanelController } from './panel-controller';
import { PanelPost } from './panel-post';
import { PanelViews } from './panel-view';
import { AddPanelist, ChangePanelist, RemovePanelist } from './panelists';
import { ReadingController, ReviewsController } from './reading-controller';
import { ReadingList } from './reading-list';
import { ReadingPack } from './reading-pack';
import { ReassignOfLeaver } from './reassign-of-leaver';
import { ReassignReview, Replacements } from './reassign-review';
import { ReviewViews } from './review-view';
import { RecuseReview, ReopenReview, SaveReview, SubmitReview } from './score-review';
import { StartModeration } from './start-moderation';

/* What this slice gives to the module: see funding-module.ts. */

export const panelControllers: Type[] = [PanelController, ReadingController, ReviewsController, ModerationController];
/** Needed by HTTP and by the worker. */
export const panelShared: Provider[] = [PanelPost];
export const panelProviders: Provider[] = [
  ...[PanelViews, PanelApplications, AddPanelist, ChangePanelist, RemovePanelist],
  ...[AssignmentPreview, AssignReviews, Replacements, ReassignReview],
  ...[ReadingList, ReadingPack, Applicants, DeclareInterest, WithdrawDeclaration],
  ...[ReviewViews, SaveReview, SubmitReview, ReopenReview, RecuseReview],
  ...[ModerationList, ModeratedApplication, WriteModerationNote, StartModeration, BackToScoring],
];
export const panelJobHandlers: Type<JobHandler>[] = [];
export const panelEventHandlers: Type<EventHandler>[] = [ReassignOfLeaver];
export const panelScheduledTasks: Type<ScheduledTask>[] = [ChaseReviews];
