import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersCsv, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  comparisonExportQuery,
  type ComparisonExportQuery,
  comparisonQuery,
  type ComparisonQuery,
  comparisonView,
  type ComparisonView,
  floorView,
  type FloorView,
  idParams,
  leftOutPage,
  type LeftOutPage,
  leftOutQuery,
  type LeftOutQuery,
  replayView,
  type ReplayView,
  runPairsPage,
  type RunPairsPage,
  runPairsQuery,
  type RunPairsQuery,
  runView,
  type RunView,
  unlocksView,
  type UnlocksView,
  whyNotQuery,
  type WhyNotQuery,
  whyNotView,
  type WhyNotView,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { RunComparison } from './run-comparison';
import { ReplayRun } from './replay-view';
import { RunExport } from './run-export';
import { RunFloor } from './run-floor';
import { RunLeftOuts } from './run-left-out';
import { RunPairs } from './run-pairs';
import { RunUnlocks } from './run-unlocks';
import { RunViews } from './run-view';
import { WhyNot } from './why-not';

interface Of {
  id: string;
}

@Controller('mentoring/runs')
export class RunsController {
  constructor(
    private readonly views: RunViews,
    private readonly pairsMade: RunPairs,
    private readonly leftOuts: RunLeftOuts,
    private readonly unlocksFound: RunUnlocks,
    private readonly exports: RunExport,
    private readonly comparisons: RunComparison,
    private readonly reasons: WhyNot,
    private readonly floors: RunFloor,
    private readonly replays: ReplayRun,
  ) {}

  @Get(':id')
  @Can('rounds.see')
  @Answers(200, runView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<RunView> {
    return this.views.see(actor, id);
  }

  @Get(':id/pairs')
  @Can('rounds.see')
  @Answers(200, runPairsPage)
  pairs(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: runPairsQuery }) query: RunPairsQuery,
  ): Promise<RunPairsPage> {
    return this.pairsMade.page(actor, id, query);
  }

  @Get(':id/left-out')
  @Can('rounds.see')
  @Answers(200, leftOutPage)
  leftOut(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: leftOutQuery }) query: LeftOutQuery,
  ): Promise<LeftOutPage> {
    return this.leftOuts.page(actor, id, query);
  }

  @Get(':id/unlocks')
  @Can('rounds.see')
  @Answers(200, unlocksView)
  unlocks(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<UnlocksView> {
    return this.unlocksFound.see(actor, id);
  }

  @Get(':id/floor')
  @Can('rounds.see')
  @Answers(200, floorView)
  floor(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<FloorView> {
    return this.floors.see(actor, id);
  }

  /** Computes the run again and says whether it comes to the same; nothing is stored. */
  @Get(':id/replay')
  @Can('rounds.see')
  @Answers(200, replayView)
  replay(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ReplayView> {
    return this.replays.see(actor, id);
  }

  /** What this run has that another run of the round had not. */
  @Get(':id/comparison')
  @Can('rounds.see')
  @Answers(200, comparisonView)
  compare(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: comparisonQuery }) query: ComparisonQuery,
  ): Promise<ComparisonView> {
    return this.comparisons.page(actor, id, query);
  }

  @Get(':id/comparison/export')
  @Can('rounds.see')
  @AnswersTable()
  async exportComparison(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: comparisonExportQuery }) { format, ...filters }: ComparisonExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.comparisons.table(actor, id, filters);
    return tableAnswer(reply, format, 'two-runs-compared', headings, rows);
  }

  @Get(':id/why-not')
  @Can('rounds.run')
  @Answers(200, whyNotView)
  whyNot(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: whyNotQuery }) query: WhyNotQuery,
  ): Promise<WhyNotView> {
    return this.reasons.see(actor, id, query);
  }

  @Get(':id/export')
  @Can('rounds.see')
  @AnswersCsv()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const csv = await this.exports.csv(actor, id);
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="matching-run.csv"',
    });
    return csv;
  }
}
