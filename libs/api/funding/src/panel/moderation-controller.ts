import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  backToScoring,
  type BackToScoring as BackInput,
  idParams,
  moderatedApplication,
  type ModeratedApplication as ModeratedView,
  moderationExportQuery,
  type ModerationExportQuery,
  moderationParams,
  moderationQuery,
  type ModerationQuery,
  moderationStarted,
  type ModerationStarted,
  moderationView,
  type ModerationView,
  panelView,
  type PanelView,
  startModeration,
  type StartModeration as StartInput,
  writeModerationNote,
  type WriteModerationNote as NoteInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { BackToScoring } from './back-to-scoring';
import { ModeratedApplication, WriteModerationNote } from './moderated-application';
import { ModerationList } from './moderation-list';
import { StartModeration } from './start-moderation';

interface Of {
  id: string;
}
interface OfApplication extends Of {
  applicationId: string;
}

/** Once scoring has closed: what the scores say, for chair and coordinator. */
@Controller('funding/calls')
export class ModerationController {
  constructor(
    private readonly list: ModerationList,
    private readonly applications: ModeratedApplication,
    private readonly noting: WriteModerationNote,
    private readonly starting: StartModeration,
    private readonly goingBack: BackToScoring,
  ) {}

  @Get(':id/moderation')
  @Can('funding.take-part')
  @Answers(200, moderationView)
  see(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: moderationQuery }) query: ModerationQuery,
  ): Promise<ModerationView> {
    return this.list.page(actor, id, query);
  }

  @Get(':id/moderation/export')
  @Can('funding.take-part')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: moderationExportQuery }) { format, ...filters }: ModerationExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.list.table(actor, id, filters);
    return tableAnswer(reply, format, 'moderation', headings, rows);
  }

  @Get(':id/moderation/:applicationId')
  @Can('funding.take-part')
  @Answers(200, moderatedApplication)
  application(
    @CurrentActor() actor: Actor,
    @Param({ schema: moderationParams }) { id, applicationId }: OfApplication,
  ): Promise<ModeratedView> {
    return this.applications.see(actor, id, applicationId);
  }

  @Put(':id/moderation/:applicationId/note')
  @Can('funding.take-part')
  @Answers(200, moderatedApplication)
  note(
    @CurrentActor() actor: Actor,
    @Param({ schema: moderationParams }) { id, applicationId }: OfApplication,
    @Body({ schema: writeModerationNote }) input: NoteInput,
  ): Promise<ModeratedView> {
    return this.noting.run(actor, id, applicationId, input);
  }

  @Post(':id/start-moderation')
  @Can('funding.take-part')
  @Answers(200, moderationStarted)
  start(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: startModeration }) input: StartInput,
  ): Promise<ModerationStarted> {
    return this.starting.run(actor, id, input);
  }

  @Post(':id/back-to-scoring')
  @Can('funding.take-part')
  @Answers(200, panelView)
  back(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: backToScoring }) input: BackInput,
  ): Promise<PanelView> {
    return this.goingBack.run(actor, id, input);
  }
}
