import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntityClass } from './database';
import { AccessGuard } from './access-guard';
import { Actors } from './actors';
import { AskVerification } from './audit/ask-verification';
import { AuditController } from './audit/audit-controller';
import { AuditEntries } from './audit/audit-entries';
import { AuditorReads } from './audit/auditor-reads';
import { ChainViews } from './audit/chain-view';
import { KeptHeads } from './audit/kept-heads';
import { SealAudit } from './audit/seal-audit';
import { VerifyChainJob } from './audit/verify-chain-job';
import { Clock } from './clock';
import { dataSourceOptions } from './database';
import { HealthController } from './health-controller';
import type { JobHandler } from './jobs';
import { JobsController } from './jobs-controller';
import { PipelinedWrites } from './pipelined-writes';
import { PlatformConfig } from './platform-config';
import { ProblemFilter } from './problem-filter';
import { RateLimits } from './rate-limit';
import { Reads } from './reads';
import type { ScheduledTask } from './scheduler';
import { Transactions } from './transactions';
import { validationPipe } from './validation';

/** The platform's own later work, for the worker to provide under JOB_HANDLERS and SCHEDULED_TASKS. */
export const platformJobHandlers: Type<JobHandler>[] = [VerifyChainJob];
export const platformScheduledTasks: Type<ScheduledTask>[] = [SealAudit];

export interface PlatformParts {
  config: PlatformConfig;
  clock: Clock;
  entities: EntityClass[];
}

/** What every process has: database, clock, transactions. `http` adds the gate and the rest of the way in and out. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, clock, entities }: PlatformParts, http: boolean): DynamicModule {
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forRoot(dataSourceOptions(config, entities))],
      controllers: http ? [HealthController, JobsController, AuditController] : [],
      providers: [
        { provide: PlatformConfig, useValue: config },
        { provide: Clock, useValue: clock },
        Transactions,
        Reads,
        RateLimits,
        ...(http
          ? [
              Actors,
              PipelinedWrites,
              AuditorReads,
              AuditEntries,
              ChainViews,
              AskVerification,
              { provide: APP_GUARD, useClass: AccessGuard },
              { provide: APP_FILTER, useClass: ProblemFilter },
              { provide: APP_PIPE, useFactory: validationPipe },
              {
                provide: APP_INTERCEPTOR,
                useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
                inject: [Reflector],
              },
            ]
          : [KeptHeads, ...platformJobHandlers, ...platformScheduledTasks]),
      ],
      exports: [
        PlatformConfig,
        Clock,
        Transactions,
        Reads,
        RateLimits,
        ...(http ? [Actors, PipelinedWrites] : [...platformJobHandlers, ...platformScheduledTasks]),
      ],
    };
  }
}
