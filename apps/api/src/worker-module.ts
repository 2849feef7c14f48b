import { type DynamicModule, Module } from '@nestjs/common';
import { fundingEventHandlers, fundingJobHandlers, FundingModule, fundingScheduledTasks } from '@waymark/api-funding';
import {
  MentoringModule,
  mentoringEventHandlers,
  mentoringJobHandlers,
  mentoringScheduledTasks,
} from '@waymark/api-mentoring';
import { PeopleModule, peopleEventHandlers, peopleJobHandlers, peopleScheduledTasks } from '@waymark/api-people';
import {
  type Clock,
  EVENT_HANDLERS,
  type EventHandler,
  JOB_HANDLERS,
  type JobHandler,
  JobRunner,
  MailSender,
  PlatformModule,
  platformJobHandlers,
  platformScheduledTasks,
  Queue,
  SCHEDULED_TASKS,
  type ScheduledTask,
  Scheduler,
} from '@waymark/api-platform';
import { reportBackEventHandlers, ReportBackModule } from '@waymark/api-report-back';
import { entities } from './api-module';
import type { Config } from './config';
import { PersonalTablesModule } from './personal-tables';

/** Everything that happens later: jobs, mail, reactions to events. */
@Module({})
export class WorkerModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with({ config, clock, entities }, false),
        PersonalTablesModule,
        PeopleModule.forWorker(),
        MentoringModule.forWorker(),
        ReportBackModule.forWorker(),
        FundingModule.forWorker(),
      ],
      providers: [
        {
          provide: JOB_HANDLERS,
          useFactory: (...handlers: JobHandler[]) => handlers,
          inject: [...platformJobHandlers, ...peopleJobHandlers, ...mentoringJobHandlers, ...fundingJobHandlers],
        },
        JobRunner,
        MailSender,
        {
          provide: EVENT_HANDLERS,
          useFactory: (...handlers: EventHandler[]) => handlers,
          inject: [
            JobRunner,
            MailSender,
            ...peopleEventHandlers,
            ...mentoringEventHandlers,
            ...reportBackEventHandlers,
            ...fundingEventHandlers,
          ],
        },
        {
          provide: SCHEDULED_TASKS,
          useFactory: (...tasks: ScheduledTask[]) => tasks,
          inject: [
            ...platformScheduledTasks,
            ...peopleScheduledTasks,
            ...mentoringScheduledTasks,
            ...fundingScheduledTasks,
          ],
        },
        Scheduler,
        Queue,
      ],
    };
  }
}
