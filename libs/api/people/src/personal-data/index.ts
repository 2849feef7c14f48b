import type { Provider, Type } from '@nestjs/common';
import type { JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AccountController } from './account-controller';
import { CollectDataJob } from './collect-data-job';
import { AnswerCorrection, AskCorrection, Corrections, WithdrawCorrection } from './corrections';
import { DataRequests } from './data-requests';
import { CorrectionsController, DataRequestsController } from './data-requests-controller';
import { EndOldExports } from './end-old-exports';
import { ErasePerson } from './erase-person';
import { ErasePersonJob } from './erase-person-job';
import { FetchExport } from './fetch-export';
import { ChangePassword, EndSessions, OwnAccount } from './own-account';
import { StartExport } from './start-export';

export { Corrections } from './corrections';

export const personalDataControllers = [AccountController, DataRequestsController, CorrectionsController];

export const personalDataProviders: Provider[] = [
  OwnAccount,
  ChangePassword,
  EndSessions,
  StartExport,
  FetchExport,
  AskCorrection,
  WithdrawCorrection,
  AnswerCorrection,
  Corrections,
  DataRequests,
  ErasePerson,
];

export const personalDataJobHandlers: Type<JobHandler>[] = [CollectDataJob, ErasePersonJob];
export const personalDataScheduledTasks: Type<ScheduledTask>[] = [EndOldExports];
