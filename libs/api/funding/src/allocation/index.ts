import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AllocationReads } from './access';
import { AllocationController, AllocationDeedsController } from './allocation-controller';
import { CompareScenarios } from './compare-scenarios';
import { ComputeScenario } from './compute-scenario';
import { ScenarioSteps } from './decide-scenario';
import { LineViews } from './line-view';
import { MakeScenario } from './make-scenario';
import { OverrideLine, UndoOverride } from './override-line';
import { PublishScenario } from './publish-scenario';
import { RemindApprovers } from './remind-approvers';
import { ScenarioLines } from './scenario-lines';
import { ScenarioViews } from './scenario-views';
import { Shares } from './shares-view';
import { TryBudget } from './try-budget';
import { Workbench } from './workbench';

/* What this slice gives to the module: see funding-module.ts. */

export const allocationControllers: Type[] = [AllocationController, AllocationDeedsController];
/** Needed by HTTP and by the worker. */
export const allocationShared: Provider[] = [];
export const allocationProviders: Provider[] = [
  ...[AllocationReads, Workbench, ScenarioViews, ScenarioLines, LineViews, Shares, CompareScenarios, TryBudget],
  ...[MakeScenario, OverrideLine, UndoOverride, ScenarioSteps, PublishScenario],
];
export const allocationJobHandlers: Type<JobHandler>[] = [ComputeScenario];
export const allocationEventHandlers: Type<EventHandler>[] = [];
export const allocationScheduledTasks: Type<ScheduledTask>[] = [RemindApprovers];
