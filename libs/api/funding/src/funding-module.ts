import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import {
  allocationControllers,
  allocationEventHandlers,
  allocationJobHandlers,
  allocationProviders,
  allocationScheduledTasks,
  allocationShared,
} from './allocation/index';
import {
  applicationsControllers,
  applicationsEventHandlers,
  applicationsJobHandlers,
  applicationsProviders,
  applicationsScheduledTasks,
  applicationsShared,
} from './applications/index';
import {
  awardsControllers,
  awardsEventHandlers,
  awardsJobHandlers,
  awardsProviders,
  awardsScheduledTasks,
  awardsShared,
} from './awards/index';
import {
  callsControllers,
  callsEventHandlers,
  callsJobHandlers,
  callsProviders,
  callsScheduledTasks,
  callsShared,
} from './calls/index';
import {
  endorsementsControllers,
  endorsementsEventHandlers,
  endorsementsJobHandlers,
  endorsementsProviders,
  endorsementsScheduledTasks,
  endorsementsShared,
} from './endorsements/index';
import { filesControllers, filesProviders, filesScheduledTasks } from './files/index';
import {
  panelControllers,
  panelEventHandlers,
  panelJobHandlers,
  panelProviders,
  panelScheduledTasks,
  panelShared,
} from './panel/index';
import { FundingController, FundingDeedsController } from './funding-controller';
import { FundingHome } from './home/funding-home';
import { CorrectEntry } from './ledger/correct-entry';
import { Entries } from './ledger/entries';
import { Journal } from './ledger/journal';
import { AddPot, ChangePot } from './pots/add-pot';
import { AddCostCode, ChangeCostCode, CostCodes } from './pots/cost-codes';
import { FundPot } from './pots/fund-pot';
import { PotViews } from './pots/pot-view';
import { PotsList } from './pots/pots-list';
import { RollPotOver } from './pots/roll-pot-over';
import { TransferBetweenPots } from './pots/transfer-between-pots';

const shared: Provider[] = [
  ...callsShared,
  ...applicationsShared,
  ...endorsementsShared,
  ...panelShared,
  ...allocationShared,
  ...awardsShared,
];

/** Funding's later work, for the worker to provide under JOB_HANDLERS, EVENT_HANDLERS and SCHEDULED_TASKS. */
export const fundingJobHandlers: Type<JobHandler>[] = [
  ...callsJobHandlers,
  ...applicationsJobHandlers,
  ...endorsementsJobHandlers,
  ...panelJobHandlers,
  ...allocationJobHandlers,
  ...awardsJobHandlers,
];
export const fundingEventHandlers: Type<EventHandler>[] = [
  ...callsEventHandlers,
  ...applicationsEventHandlers,
  ...endorsementsEventHandlers,
  ...panelEventHandlers,
  ...allocationEventHandlers,
  ...awardsEventHandlers,
];
export const fundingScheduledTasks: Type<ScheduledTask>[] = [
  ...callsScheduledTasks,
  ...applicationsScheduledTasks,
  ...endorsementsScheduledTasks,
  ...panelScheduledTasks,
  ...allocationScheduledTasks,
  ...awardsScheduledTasks,
  ...filesScheduledTasks,
];

@Module({})
export class FundingModule {
  static forApi(): DynamicModule {
    return {
      module: FundingModule,
      controllers: [
        FundingController,
        FundingDeedsController,
        ...callsControllers,
        ...applicationsControllers,
        ...endorsementsControllers,
        ...panelControllers,
        ...allocationControllers,
        ...awardsControllers,
        ...filesControllers,
      ],
      providers: [
        ...[CostCodes, AddCostCode, ChangeCostCode, PotsList, PotViews, AddPot, ChangePot],
        ...[FundPot, TransferBetweenPots, RollPotOver, Entries, CorrectEntry, Journal, FundingHome],
        ...shared,
        ...callsProviders,
        ...applicationsProviders,
        ...endorsementsProviders,
        ...panelProviders,
        ...allocationProviders,
        ...awardsProviders,
        ...filesProviders,
      ],
      exports: [FundingHome],
    };
  }

  static forWorker(): DynamicModule {
    const later = [...fundingJobHandlers, ...fundingEventHandlers, ...fundingScheduledTasks];
    return { module: FundingModule, providers: [...new Set([...shared, ...later])], exports: later };
  }
}
