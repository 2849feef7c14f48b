import { type DynamicModule, Module } from '@nestjs/common';
import { MentoringModule, mentoringJobHandlers } from '@waymark/api-mentoring';
import { PeopleModule } from '@waymark/api-people';
import {
  type Clock,
  EVENT_HANDLERS,
  type EventHandler,
  JOB_HANDLERS,
  type JobHandler,
  JobRunner,
  MailSender,
  PlatformModule,
  Queue,
} from '@waymark/api-platform';
import { entities } from './api-module';
import type { Config } from './config';

/** Everything that happens later: jobs, mail, reactions to events. */
@Module({})
export class WorkerModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with({ config, clock, entities }, false),
        PeopleModule.forWorker(),
        MentoringModule.forWorker(),
      ],
      providers: [
        { provide: JOB_HANDLERS, useFactory: (...handlers: JobHandler[]) => handlers, inject: mentoringJobHandlers },
        JobRunner,
        MailSender,
        {
          provide: EVENT_HANDLERS,
          useFactory: (...handlers: EventHandler[]) => handlers,
          inject: [JobRunner, MailSender],
        },
        Queue,
      ],
    };
  }
}
