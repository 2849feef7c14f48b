import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { EventHandler } from '@waymark/api-platform';
import { ReportBackFacade } from './report-back-facade';
import { WaiveOfLeaver } from './waive-of-leaver';

/** Report-back's later work, for the worker to provide under EVENT_HANDLERS. */
export const reportBackEventHandlers: Type<EventHandler>[] = [WaiveOfLeaver];

/** Global, as people's: what is asked of its facade is asked everywhere. */
@Global()
@Module({})
export class ReportBackModule {
  static forApi(): DynamicModule {
    return { module: ReportBackModule, providers: [ReportBackFacade], exports: [ReportBackFacade] };
  }

  static forWorker(): DynamicModule {
    return {
      module: ReportBackModule,
      providers: [ReportBackFacade, ...reportBackEventHandlers],
      exports: [ReportBackFacade, ...reportBackEventHandlers],
    };
  }
}
