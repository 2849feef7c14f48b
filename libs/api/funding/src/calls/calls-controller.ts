import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  addCall,
  type AddCall as AddCallInput,
  callDashboard,
  type CallDashboard as DashboardView,
  callForApplicants,
  type CallForApplicants as ForApplicantsView,
  callsExportQuery,
  type CallsExportQuery,
  callsPage,
  type CallsPage,
  callsQuery,
  type CallsQuery,
  callView,
  type CallView,
  cancelCall,
  type CancelCall as CancelCallInput,
  changeCall,
  type ChangeCall as ChangeCallInput,
  copyCall,
  type CopyCall as CopyCallInput,
  idParams,
  onCall,
  type OnCall,
  openCalls,
  type OpenCalls as OpenCallsView,
  reopenCall,
  type ReopenCall as ReopenCallInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { AddCall } from './add-call';
import { ArchiveCall } from './archive-call';
import { CallForApplicants } from './call-for-applicants';
import { CallViews } from './call-view';
import { CallsList } from './calls-list';
import { CancelCall } from './cancel-call';
import { ChangeCall } from './change-call';
import { CopyCall } from './copy-call';
import { CallDashboard } from './dashboard';
import { OpenCalls } from './open-calls';
import { PublishCall } from './publish-call';
import { ReopenCall } from './reopen-call';
import { StartScoring } from './start-scoring';

interface Of {
  id: string;
}

/** Calls: what is there. */
@Controller('funding/calls')
export class CallsController {
  constructor(
    private readonly calls: CallsList,
    private readonly views: CallViews,
    private readonly open: OpenCalls,
    private readonly applicants: CallForApplicants,
    private readonly dashboards: CallDashboard,
  ) {}

  @Get()
  @Can('calls.see')
  @Answers(200, callsPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: callsQuery }) query: CallsQuery): Promise<CallsPage> {
    return this.calls.page(actor, query);
  }

  @Get('export')
  @Can('calls.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: callsExportQuery }) { format, ...filters }: CallsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.calls.table(actor, filters);
    return tableAnswer(reply, format, 'calls', headings, rows);
  }

  @Get('open')
  @Can('funding.take-part')
  @Answers(200, openCalls)
  openNow(@CurrentActor() actor: Actor): Promise<OpenCallsView> {
    return this.open.see(actor);
  }

  @Get(':id')
  @Can('calls.see')
  @Answers(200, callView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<CallView> {
    return this.views.see(actor, id);
  }

  @Get(':id/for-applicants')
  @Can('funding.take-part')
  @Answers(200, callForApplicants)
  forApplicants(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ForApplicantsView> {
    return this.applicants.see(actor, id);
  }

  @Get(':id/dashboard')
  @Can('calls.see')
  @Answers(200, callDashboard)
  dashboard(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<DashboardView> {
    return this.dashboards.see(actor, id);
  }
}

/** What coordinators do with them. */
@Controller('funding/calls')
export class CallDeedsController {
  constructor(
    private readonly adding: AddCall,
    private readonly changing: ChangeCall,
    private readonly copying: CopyCall,
    private readonly publishing: PublishCall,
    private readonly reopening: ReopenCall,
    private readonly scoring: StartScoring,
    private readonly cancelling: CancelCall,
    private readonly archiving: ArchiveCall,
  ) {}

  @Post()
  @Can('calls.manage')
  @Answers(201, callView)
  add(@CurrentActor() actor: Actor, @Body({ schema: addCall }) input: AddCallInput): Promise<CallView> {
    return this.adding.run(actor, input);
  }

  @Put(':id')
  @Can('calls.manage')
  @Answers(200, callView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: changeCall }) input: ChangeCallInput,
  ): Promise<CallView> {
    return this.changing.run(actor, id, input);
  }

  @Post(':id/copy')
  @Can('calls.manage')
  @Answers(201, callView)
  copy(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: copyCall }) input: CopyCallInput,
  ): Promise<CallView> {
    return this.copying.run(actor, id, input);
  }

  @Post(':id/publish')
  @Can('calls.manage')
  @Answers(200, callView)
  publish(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onCall }) input: OnCall,
  ): Promise<CallView> {
    return this.publishing.run(actor, id, input);
  }

  @Post(':id/reopen')
  @Can('calls.manage')
  @Answers(200, callView)
  reopen(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: reopenCall }) input: ReopenCallInput,
  ): Promise<CallView> {
    return this.reopening.run(actor, id, input);
  }

  @Post(':id/start-scoring')
  @Can('calls.manage')
  @Answers(200, callView)
  startScoring(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onCall }) input: OnCall,
  ): Promise<CallView> {
    return this.scoring.run(actor, id, input);
  }

  @Post(':id/cancel')
  @Can('calls.manage')
  @Answers(200, callView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: cancelCall }) input: CancelCallInput,
  ): Promise<CallView> {
    return this.cancelling.run(actor, id, input);
  }

  @Post(':id/archive')
  @Can('calls.manage')
  @Answers(200, callView)
  archive(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onCall }) input: OnCall,
  ): Promise<CallView> {
    return this.archiving.run(actor, id, input);
  }
}
