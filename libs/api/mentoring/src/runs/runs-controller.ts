import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersCsv, Can, CurrentActor } from '@waymark/api-platform';
import {
  idParams,
  leftOutPage,
  type LeftOutPage,
  leftOutQuery,
  type LeftOutQuery,
  runPairsPage,
  type RunPairsPage,
  runPairsQuery,
  type RunPairsQuery,
  runView,
  type RunView,
  unlocksView,
  type UnlocksView,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { RunExport } from './run-export';
import { RunLeftOuts } from './run-left-out';
import { RunPairs } from './run-pairs';
import { RunUnlocks } from './run-unlocks';
import { RunViews } from './run-view';

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
