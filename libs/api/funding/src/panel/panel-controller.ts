import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  addPanelist,
  type AddPanelist as AddPanelistInput,
  assignmentPreview,
  type AssignmentPreview as AssignmentPreviewView,
  assignReviews,
  type AssignReviews as AssignInput,
  changePanelist,
  type ChangePanelist as ChangePanelistInput,
  idParams,
  panelApplicationsExportQuery,
  type PanelApplicationsExportQuery,
  panelApplicationsPage,
  type PanelApplicationsPage,
  panelApplicationsQuery,
  type PanelApplicationsQuery,
  panelistParams,
  panelView,
  type PanelView,
  reassignReview,
  type ReassignReview as ReassignInput,
  replacements,
  type Replacements as ReplacementsView,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { AssignmentPreview, AssignReviews } from './assign-reviews';
import { PanelApplications } from './panel-applications';
import { PanelViews } from './panel-view';
import { AddPanelist, ChangePanelist, RemovePanelist } from './panelists';
import { ReassignReview, Replacements } from './reassign-review';

interface Of {
  id: string;
}

/**
 * A call's panel. Chairs have no role, so the routes are open to whoever takes part, and each asks its policy: for others there
 * is no such call.
 */
@Controller('funding')
export class PanelController {
  constructor(
    private readonly views: PanelViews,
    private readonly applications: PanelApplications,
    private readonly adding: AddPanelist,
    private readonly changing: ChangePanelist,
    private readonly removing: RemovePanelist,
    private readonly preview: AssignmentPreview,
    private readonly assigning: AssignReviews,
    private readonly replacing: Replacements,
    private readonly reassigning: ReassignReview,
  ) {}

  @Get('calls/:id/panel')
  @Can('funding.take-part')
  @Answers(200, panelView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<PanelView> {
    return this.views.see(actor, id);
  }

  @Post('calls/:id/panel/panelists')
  @Can('funding.take-part')
  @Answers(201, panelView)
  add(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: addPanelist }) input: AddPanelistInput,
  ): Promise<PanelView> {
    return this.adding.run(actor, id, input);
  }

  @Put('calls/:id/panel/panelists/:personId')
  @Can('funding.take-part')
  @Answers(200, panelView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: panelistParams }) { id, personId }: Of & { personId: string },
    @Body({ schema: changePanelist }) input: ChangePanelistInput,
  ): Promise<PanelView> {
    return this.changing.run(actor, id, personId, input);
  }

  @Delete('calls/:id/panel/panelists/:personId')
  @Can('funding.take-part')
  @Answers(200, panelView)
  remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: panelistParams }) { id, personId }: Of & { personId: string },
  ): Promise<PanelView> {
    return this.removing.run(actor, id, personId);
  }

  @Get('calls/:id/panel/applications')
  @Can('funding.take-part')
  @Answers(200, panelApplicationsPage)
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: panelApplicationsQuery }) query: PanelApplicationsQuery,
  ): Promise<PanelApplicationsPage> {
    return this.applications.page(actor, id, query);
  }

  @Get('calls/:id/panel/applications/export')
  @Can('funding.take-part')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: panelApplicationsExportQuery }) { format, ...filters }: PanelApplicationsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.applications.table(actor, id, filters);
    return tableAnswer(reply, format, 'panel', headings, rows);
  }

  @Get('calls/:id/panel/assignment')
  @Can('funding.take-part')
  @Answers(200, assignmentPreview)
  assignment(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<AssignmentPreviewView> {
    return this.preview.see(actor, id);
  }

  @Post('calls/:id/panel/assign')
  @Can('funding.take-part')
  @Answers(200, panelView)
  assign(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: assignReviews }) input: AssignInput,
  ): Promise<PanelView> {
    return this.assigning.run(actor, id, input);
  }

  @Get('reviews/:id/replacements')
  @Can('funding.take-part')
  @Answers(200, replacements)
  replacements(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ReplacementsView> {
    return this.replacing.see(actor, id);
  }

  @Post('reviews/:id/reassign')
  @Can('funding.take-part')
  @Answers(200, panelView)
  reassign(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: reassignReview }) input: ReassignInput,
  ): Promise<PanelView> {
    return this.reassigning.run(actor, id, input);
  }
}
