import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  budgetTrial,
  type BudgetTrial,
  comparedScenarios,
  type ComparedScenarios,
  compareScenariosQuery,
  type CompareScenariosQuery,
  idParams,
  makeScenario,
  type MakeScenario as MakeInput,
  overrideLine,
  type OverrideLine as OverrideInput,
  rejectScenario,
  type RejectScenario as RejectInput,
  scenarioLineParams,
  scenarioLinesExportQuery,
  type ScenarioLinesExportQuery,
  scenarioLinesPage,
  type ScenarioLinesPage,
  scenarioLinesQuery,
  type ScenarioLinesQuery,
  scenarioLineView,
  type ScenarioLineView,
  scenarioRow,
  type ScenarioRow,
  scenarioStep,
  type ScenarioStep,
  scenarioView,
  type ScenarioView,
  sharesQuery,
  type SharesQuery,
  sharesView,
  type SharesView,
  tryBudget,
  type TryBudget as TryInput,
  undoOverride,
  type UndoOverride as UndoInput,
  workbenchView,
  type WorkbenchView,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { CompareScenarios } from './compare-scenarios';
import { ScenarioSteps } from './decide-scenario';
import { LineViews } from './line-view';
import { MakeScenario } from './make-scenario';
import { OverrideLine, UndoOverride } from './override-line';
import { PublishScenario } from './publish-scenario';
import { ScenarioLines } from './scenario-lines';
import { ScenarioViews } from './scenario-views';
import { Shares } from './shares-view';
import { TryBudget } from './try-budget';
import { Workbench } from './workbench';

interface Of {
  id: string;
}

/** The allocation workbench: what is there. */
@Controller('funding')
export class AllocationController {
  constructor(
    private readonly workbench: Workbench,
    private readonly trying: TryBudget,
    private readonly comparing: CompareScenarios,
    private readonly views: ScenarioViews,
    private readonly lines: ScenarioLines,
    private readonly oneLine: LineViews,
    private readonly shares: Shares,
  ) {}

  @Get('calls/:id/workbench')
  @Can('allocation.see')
  @Answers(200, workbenchView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<WorkbenchView> {
    return this.workbench.see(actor, id);
  }

  @Post('calls/:id/scenarios/preview')
  @Can('allocation.see')
  @Answers(200, budgetTrial)
  preview(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: tryBudget }) input: TryInput,
  ): Promise<BudgetTrial> {
    return this.trying.run(actor, id, input);
  }

  @Get('calls/:id/scenarios/compare')
  @Can('allocation.see')
  @Answers(200, comparedScenarios)
  compare(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: compareScenariosQuery }) query: CompareScenariosQuery,
  ): Promise<ComparedScenarios> {
    return this.comparing.see(actor, id, query);
  }

  @Get('scenarios/:id')
  @Can('allocation.see')
  @Answers(200, scenarioView)
  scenario(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ScenarioView> {
    return this.views.see(actor, id);
  }

  @Get('scenarios/:id/lines')
  @Can('allocation.see')
  @Answers(200, scenarioLinesPage)
  linesOf(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: scenarioLinesQuery }) query: ScenarioLinesQuery,
  ): Promise<ScenarioLinesPage> {
    return this.lines.page(actor, id, query);
  }

  @Get('scenarios/:id/lines/export')
  @Can('allocation.see')
  @AnswersTable()
  async exportLines(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: scenarioLinesExportQuery }) { format, ...filters }: ScenarioLinesExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.lines.table(actor, id, filters);
    return tableAnswer(reply, format, 'scenario', headings, rows);
  }

  @Get('scenarios/:id/lines/:applicationId')
  @Can('allocation.see')
  @Answers(200, scenarioLineView)
  line(
    @CurrentActor() actor: Actor,
    @Param({ schema: scenarioLineParams }) { id, applicationId }: Of & { applicationId: string },
  ): Promise<ScenarioLineView> {
    return this.oneLine.see(actor, id, applicationId);
  }

  @Get('scenarios/:id/shares')
  @Can('allocation.see')
  @Answers(200, sharesView)
  sharesOf(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: sharesQuery }) query: SharesQuery,
  ): Promise<SharesView> {
    return this.shares.see(actor, id, query);
  }
}

/** What is done there: by one person, and then by another. */
@Controller('funding')
export class AllocationDeedsController {
  constructor(
    private readonly making: MakeScenario,
    private readonly overriding: OverrideLine,
    private readonly undoing: UndoOverride,
    private readonly steps: ScenarioSteps,
    private readonly publishing: PublishScenario,
  ) {}

  @Post('calls/:id/scenarios')
  @Can('allocation.propose')
  @Answers(201, scenarioRow)
  make(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: makeScenario }) input: MakeInput,
  ): Promise<ScenarioRow> {
    return this.making.run(actor, id, input);
  }

  @Post('scenarios/:id/overrides')
  @Can('allocation.propose')
  @Answers(200, scenarioRow)
  override(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: overrideLine }) input: OverrideInput,
  ): Promise<ScenarioRow> {
    return this.overriding.run(actor, id, input);
  }

  @Post('scenarios/:id/overrides/undo')
  @Can('allocation.propose')
  @Answers(200, scenarioRow)
  undo(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: undoOverride }) input: UndoInput,
  ): Promise<ScenarioRow> {
    return this.undoing.run(actor, id, input);
  }

  @Post('scenarios/:id/propose')
  @Can('allocation.propose')
  @Answers(200, scenarioRow)
  propose(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: scenarioStep }) input: ScenarioStep,
  ): Promise<ScenarioRow> {
    return this.steps.propose(actor, id, input);
  }

  @Post('scenarios/:id/withdraw')
  @Can('allocation.propose')
  @Answers(200, scenarioRow)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: scenarioStep }) input: ScenarioStep,
  ): Promise<ScenarioRow> {
    return this.steps.withdraw(actor, id, input);
  }

  @Post('scenarios/:id/approve')
  @Can('allocation.approve')
  @Answers(200, scenarioRow)
  approve(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: scenarioStep }) input: ScenarioStep,
  ): Promise<ScenarioRow> {
    return this.steps.approve(actor, id, input);
  }

  @Post('scenarios/:id/reject')
  @Can('allocation.approve')
  @Answers(200, scenarioRow)
  reject(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: rejectScenario }) input: RejectInput,
  ): Promise<ScenarioRow> {
    return this.steps.reject(actor, id, input);
  }

  @Post('scenarios/:id/publish')
  @Can('allocation.propose')
  @Answers(200, scenarioRow)
  publish(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: scenarioStep }) input: ScenarioStep,
  ): Promise<ScenarioRow> {
    return this.publishing.run(actor, id, input);
  }
}
