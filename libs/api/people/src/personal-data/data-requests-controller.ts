import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  answerCorrection,
  type AnswerCorrection as AnswerInput,
  correctionsPage,
  type CorrectionsPage,
  correctionsQuery,
  type CorrectionsQuery,
  correctionView,
  type CorrectionView,
  dataRequestsFileQuery,
  type DataRequestsFileQuery,
  dataRequestsPage,
  type DataRequestsPage,
  dataRequestsQuery,
  type DataRequestsQuery,
  erasePerson,
  type ErasePerson as EraseInput,
  erasurePreview,
  type ErasurePreview,
  exportFileParams,
  idParams,
  ownExportView,
  type OwnExportView,
  suggestedPage,
  type SuggestedPage,
  suggestedQuery,
  type SuggestedQuery,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AnswersExportFile, sendExportFile } from './answers-export-file';
import { AnswerCorrection, Corrections } from './corrections';
import { DataRequests } from './data-requests';
import { ErasePerson } from './erase-person';
import { FetchExport } from './fetch-export';
import { StartExport } from './start-export';

type Of = z.infer<typeof idParams>;

/** Exports for those who cannot ask themself, and erasures. */
@Controller('data-requests')
export class DataRequestsController {
  constructor(
    private readonly requests: DataRequests,
    private readonly erasures: ErasePerson,
    private readonly starts: StartExport,
    private readonly fetches: FetchExport,
  ) {}

  @Get()
  @Can('people.erase')
  @Answers(200, dataRequestsPage)
  page(
    @CurrentActor() actor: Actor,
    @Query({ schema: dataRequestsQuery }) query: DataRequestsQuery,
  ): Promise<DataRequestsPage> {
    return this.requests.page(actor, query);
  }

  @Get('list')
  @Can('people.erase')
  @AnswersTable()
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: dataRequestsFileQuery }) query: DataRequestsFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const rows = await this.requests.all(actor, query);
    return tableAnswer(
      reply,
      query.format,
      'data-requests',
      ['Kind', 'Person', 'Asked by', 'Status', 'Reason', 'Asked at', 'Done at'],
      rows.map((row) => [row.kind, row.name, row.by, row.status, row.reason, row.askedAt, row.endedAt]),
    );
  }

  @Get('suggested')
  @Can('people.erase')
  @Answers(200, suggestedPage)
  suggested(
    @CurrentActor() actor: Actor,
    @Query({ schema: suggestedQuery }) query: SuggestedQuery,
  ): Promise<SuggestedPage> {
    return this.requests.suggested(actor, query);
  }

  @Get('people/:id')
  @Can('people.erase')
  @Answers(200, erasurePreview)
  preview(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ErasurePreview> {
    return this.erasures.preview(actor, id);
  }

  @Post('people/:id/erasure')
  @Can('people.erase')
  @Answers(200, erasurePreview)
  erase(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: erasePerson }) input: EraseInput,
  ): Promise<ErasurePreview> {
    return this.erasures.run(actor, id, input);
  }

  @Post('people/:id/export')
  @Can('people.erase')
  @Answers(200, ownExportView)
  startExport(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<OwnExportView> {
    return this.starts.of(actor, id);
  }

  @Get('exports/:id/:format')
  @Can('people.erase')
  @AnswersExportFile()
  async exportFile(
    @CurrentActor() actor: Actor,
    @Param({ schema: exportFileParams }) { id, format }: z.infer<typeof exportFileParams>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return sendExportFile(reply, format, await this.fetches.of(actor, id, format));
  }
}

@Controller('corrections')
export class CorrectionsController {
  constructor(
    private readonly corrections: Corrections,
    private readonly answers: AnswerCorrection,
  ) {}

  @Get()
  @Can('people.edit')
  @Answers(200, correctionsPage)
  page(
    @CurrentActor() actor: Actor,
    @Query({ schema: correctionsQuery }) query: CorrectionsQuery,
  ): Promise<CorrectionsPage> {
    return this.corrections.page(actor, query);
  }

  @Post(':id/answer')
  @Can('people.edit')
  @Answers(200, correctionView)
  answer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: answerCorrection }) input: AnswerInput,
  ): Promise<CorrectionView> {
    return this.answers.run(actor, id, input);
  }
}
