import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AnswerEndorsement } from './answer-endorsement';
import { AskedLetters } from './asked-letters';
import { CallEndorsements } from './call-endorsements';
import { DecideUnendorsed } from './decide-unendorsed';
import { EndUnanswered } from './end-unanswered';
import { EndorseLinks } from './endorse-links';
import { EndorsementPost } from './endorsement-post';
import { EndorsementViews } from './endorsement-view';
import { CallEndorsementsController, EndorseLinkController, EndorsementsController } from './endorsements-controller';
import { NameEndorser } from './name-endorser';
import { PassOnEndorsements, PassOnOfLeaver } from './pass-on-endorsements';
import { PostAsked } from './post-asked';
import { RemindEndorsers, RemindOfEndorsements } from './remind-endorsers';
import { TeamEndorsements } from './team-endorsements';

/* What this slice gives to the module: see funding-module.ts. */

export const endorsementsControllers: Type[] = [
  EndorsementsController,
  CallEndorsementsController,
  EndorseLinkController,
];
/** Needed by HTTP and by the worker. */
export const endorsementsShared: Provider[] = [EndorsementPost, AskedLetters];
export const endorsementsProviders: Provider[] = [
  ...[TeamEndorsements, EndorsementViews, AnswerEndorsement, EndorseLinks],
  ...[CallEndorsements, NameEndorser, DecideUnendorsed, RemindEndorsers],
];
export const endorsementsJobHandlers: Type<JobHandler>[] = [];
export const endorsementsEventHandlers: Type<EventHandler>[] = [PostAsked, PassOnOfLeaver];
export const endorsementsScheduledTasks: Type<ScheduledTask>[] = [
  EndUnanswered,
  PassOnEndorsements,
  RemindOfEndorsements,
];
