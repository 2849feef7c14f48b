import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersFile,
  AnswersTable,
  Can,
  CurrentActor,
  fileAnswer,
  tableAnswer,
} from '@waymark/api-platform';
import {
  answerAppeal,
  type AnswerAppeal as AnswerAppealInput,
  appealApplication,
  type AppealApplication,
  applicationFileParams,
  applicationFiles,
  type ApplicationFiles,
  applicationsExportQuery,
  type ApplicationsExportQuery,
  applicationsPage,
  type ApplicationsPage,
  applicationsQuery,
  type ApplicationsQuery,
  applicationView,
  type ApplicationView,
  attachFile,
  type AttachFile as AttachFileInput,
  decideEligibility,
  type DecideEligibility as DecideEligibilityInput,
  draftSaved,
  type DraftSaved,
  idParams,
  myApplications,
  type MyApplications as MyApplicationsPage,
  myApplicationsQuery,
  type MyApplicationsQuery,
  saveDraft,
  type SaveDraft as SaveDraftInput,
  submitApplication,
  type SubmitApplication as SubmitApplicationInput,
  withdrawApplication,
  type WithdrawApplication as WithdrawApplicationInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { AnswerAppeal, AskAppeal } from './appeals';
import { ApplicationViews } from './application-view';
import { ApplicationsList } from './applications-list';
import { AttachedFiles, AttachFile, DetachFile } from './attachments';
import { BeginApplication } from './begin-application';
import { DecideEligibility } from './decide-eligibility';
import { MyApplications } from './my-applications';
import { SaveDraft } from './save-draft';
import { SubmitApplication } from './submit-application';
import { WithdrawApplication } from './withdraw-application';

interface Of {
  id: string;
}
interface FileOf extends Of {
  fileId: string;
}

/** One's own applications, and each of them. Who may see which is asked in the use case. */
@Controller('funding/applications')
export class ApplicationsController {
  constructor(
    private readonly views: ApplicationViews,
    private readonly mine: MyApplications,
    private readonly saving: SaveDraft,
    private readonly submitting: SubmitApplication,
    private readonly withdrawing: WithdrawApplication,
    private readonly appealing: AskAppeal,
  ) {}

  @Get()
  @Can('funding.take-part')
  @Answers(200, myApplications)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: myApplicationsQuery }) query: MyApplicationsQuery,
  ): Promise<MyApplicationsPage> {
    return this.mine.page(actor, query);
  }

  @Get(':id')
  @Can('funding.take-part')
  @Answers(200, applicationView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ApplicationView> {
    return this.views.see(actor, id);
  }

  @Put(':id/draft')
  @Can('funding.take-part')
  @Answers(200, draftSaved)
  save(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: saveDraft }) input: SaveDraftInput,
  ): Promise<DraftSaved> {
    return this.saving.run(actor, id, input);
  }

  @Post(':id/submit')
  @Can('funding.take-part')
  @Answers(200, applicationView)
  submit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: submitApplication }) input: SubmitApplicationInput,
  ): Promise<ApplicationView> {
    return this.submitting.run(actor, id, input);
  }

  @Post(':id/withdraw')
  @Can('funding.take-part')
  @Answers(200, applicationView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: withdrawApplication }) input: WithdrawApplicationInput,
  ): Promise<ApplicationView> {
    return this.withdrawing.run(actor, id, input);
  }

  @Post(':id/appeal')
  @Can('funding.take-part')
  @Answers(200, applicationView)
  appeal(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: appealApplication }) input: AppealApplication,
  ): Promise<ApplicationView> {
    return this.appealing.run(actor, id, input);
  }
}

/** What goes with an application: files of the applicant's own. */
@Controller('funding/applications/:id/files')
export class ApplicationFilesController {
  constructor(
    private readonly attaching: AttachFile,
    private readonly detaching: DetachFile,
    private readonly attached: AttachedFiles,
  ) {}

  @Post()
  @Can('funding.take-part')
  @Answers(200, applicationFiles)
  attach(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: attachFile }) { fileId }: AttachFileInput,
  ): Promise<ApplicationFiles> {
    return this.attaching.run(actor, id, fileId);
  }

  @Delete(':fileId')
  @Can('funding.take-part')
  @Answers(200, applicationFiles)
  detach(
    @CurrentActor() actor: Actor,
    @Param({ schema: applicationFileParams }) { id, fileId }: FileOf,
  ): Promise<ApplicationFiles> {
    return this.detaching.run(actor, id, fileId);
  }

  @Get(':fileId')
  @Can('funding.take-part')
  @AnswersFile()
  async see(
    @CurrentActor() actor: Actor,
    @Param({ schema: applicationFileParams }) { id, fileId }: FileOf,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return fileAnswer(reply, await this.attached.file(actor, id, fileId));
  }
}

/** A call's applications: begun by anybody it is for, seen by whoever may see calls. */
@Controller('funding/calls/:id/applications')
export class ApplicationsOfCallController {
  constructor(
    private readonly beginning: BeginApplication,
    private readonly applications: ApplicationsList,
  ) {}

  @Post()
  @Can('funding.take-part')
  @Answers(201, applicationView)
  begin(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ApplicationView> {
    return this.beginning.run(actor, id);
  }

  @Get()
  @Can('calls.see')
  @Answers(200, applicationsPage)
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: applicationsQuery }) query: ApplicationsQuery,
  ): Promise<ApplicationsPage> {
    return this.applications.page(actor, id, query);
  }

  @Get('export')
  @Can('calls.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: applicationsExportQuery }) { format, ...filters }: ApplicationsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.applications.table(actor, id, filters);
    return tableAnswer(reply, format, 'applications', headings, rows);
  }
}

/** What coordinators decide on an application. */
@Controller('funding/applications')
export class ApplicationDecisionsController {
  constructor(
    private readonly answering: AnswerAppeal,
    private readonly deciding: DecideEligibility,
  ) {}

  @Post(':id/appeal/answer')
  @Can('calls.manage')
  @Answers(200, applicationView)
  answer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: answerAppeal }) input: AnswerAppealInput,
  ): Promise<ApplicationView> {
    return this.answering.run(actor, id, input);
  }

  @Post(':id/eligibility')
  @Can('calls.manage')
  @Answers(200, applicationView)
  decide(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: decideEligibility }) input: DecideEligibilityInput,
  ): Promise<ApplicationView> {
    return this.deciding.run(actor, id, input);
  }
}
