import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
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
  approveClaim,
  type ApproveClaim as ApproveInput,
  approveClaims,
  type ApproveClaims as ApproveAllInput,
  batchesPage,
  type BatchesPage,
  batchesQuery,
  type BatchesQuery,
  batchExportQuery,
  type BatchExportQuery,
  batchView,
  type BatchView,
  claimFileParams,
  claimsApproved,
  type ClaimsApproved,
  claimSaved,
  type ClaimSaved,
  claimsExportQuery,
  type ClaimsExportQuery,
  claimsPage,
  type ClaimsPage,
  claimsQuery,
  type ClaimsQuery,
  claimView,
  type ClaimView,
  idParams,
  makeBatch,
  payBatch,
  type PayBatch as PayInput,
  removeFromBatch,
  type RemoveFromBatch as RemoveInput,
  returnClaim,
  type ReturnClaim as ReturnInput,
  saveClaim,
  type SaveClaim as SaveInput,
  submitClaim,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { BatchViews } from './batch-views';
import { MakeBatch, PayBatch, RejectPayment, RemoveFromBatch } from './batches';
import { ClaimViews } from './claim-view';
import { ClaimsList } from './claims-list';
import { ApproveClaim, ReturnClaim } from './decide-claim';
import { SaveClaim, SubmitClaim } from './write-claim';

interface Of {
  id: string;
}

/** Claims: written by their people, decided on and paid by finance officers. */
@Controller('funding/claims')
export class ClaimsController {
  constructor(
    private readonly list: ClaimsList,
    private readonly views: ClaimViews,
    private readonly saving: SaveClaim,
    private readonly submitting: SubmitClaim,
    private readonly approving: ApproveClaim,
    private readonly returning: ReturnClaim,
    private readonly rejecting: RejectPayment,
  ) {}

  @Get()
  @Can('claims.see')
  @Answers(200, claimsPage)
  page(@CurrentActor() actor: Actor, @Query({ schema: claimsQuery }) query: ClaimsQuery): Promise<ClaimsPage> {
    return this.list.page(actor, query);
  }

  @Get('export')
  @Can('claims.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: claimsExportQuery }) { format, ...filters }: ClaimsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.list.table(actor, filters);
    return tableAnswer(reply, format, 'claims', headings, rows);
  }

  @Post('approve')
  @Can('claims.decide')
  @Answers(200, claimsApproved)
  approveSeveral(
    @CurrentActor() actor: Actor,
    @Body({ schema: approveClaims }) input: ApproveAllInput,
  ): Promise<ClaimsApproved> {
    return this.approving.several(actor, input);
  }

  @Get(':id')
  @Can('funding.take-part')
  @Answers(200, claimView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ClaimView> {
    return this.views.see(actor, id);
  }

  /** Its receipts: to the person, and to who decides on claims or watches over them. */
  @Get(':id/files/:fileId')
  @Can('funding.take-part')
  @AnswersFile()
  async receipt(
    @CurrentActor() actor: Actor,
    @Param({ schema: claimFileParams }) { id, fileId }: { id: string; fileId: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return fileAnswer(reply, await this.views.receipt(actor, id, fileId));
  }

  @Put(':id/draft')
  @Can('funding.take-part')
  @Answers(200, claimSaved)
  save(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: saveClaim }) input: SaveInput,
  ): Promise<ClaimSaved> {
    return this.saving.run(actor, id, input);
  }

  @Post(':id/submit')
  @Can('funding.take-part')
  @Answers(200, claimView)
  submit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: submitClaim }) input: SaveInput,
  ): Promise<ClaimView> {
    return this.submitting.run(actor, id, input);
  }

  @Post(':id/approve')
  @Can('claims.decide')
  @Answers(200, claimView)
  approve(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: approveClaim }) input: ApproveInput,
  ): Promise<ClaimView> {
    return this.approving.run(actor, id, input);
  }

  @Post(':id/return')
  @Can('claims.decide')
  @Answers(200, claimView)
  return(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: returnClaim }) input: ReturnInput,
  ): Promise<ClaimView> {
    return this.returning.run(actor, id, input);
  }

  @Post(':id/reject-payment')
  @Can('claims.decide')
  @Answers(200, claimView)
  rejectPayment(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: returnClaim }) input: ReturnInput,
  ): Promise<ClaimView> {
    return this.rejecting.run(actor, id, input);
  }
}

/** Payments made together. */
@Controller('funding/batches')
export class BatchesController {
  constructor(
    private readonly views: BatchViews,
    private readonly making: MakeBatch,
    private readonly paying: PayBatch,
    private readonly removing: RemoveFromBatch,
  ) {}

  @Get()
  @Can('claims.see')
  @Answers(200, batchesPage)
  page(@CurrentActor() actor: Actor, @Query({ schema: batchesQuery }) query: BatchesQuery): Promise<BatchesPage> {
    return this.views.page(actor, query);
  }

  @Post()
  @Can('claims.decide')
  @Answers(201, batchView)
  make(@CurrentActor() actor: Actor, @Body({ schema: makeBatch }) _: object): Promise<BatchView> {
    return this.making.run(actor);
  }

  @Get(':id')
  @Can('claims.see')
  @Answers(200, batchView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<BatchView> {
    return this.views.see(actor, id);
  }

  @Get(':id/export')
  @Can('claims.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: batchExportQuery }) { format }: BatchExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { number, table } = await this.views.table(actor, id);
    return tableAnswer(reply, format, `batch-${number}`, table.headings, table.rows);
  }

  @Post(':id/pay')
  @Can('claims.decide')
  @Answers(200, batchView)
  pay(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: payBatch }) input: PayInput,
  ): Promise<BatchView> {
    return this.paying.run(actor, id, input);
  }

  @Post(':id/remove')
  @Can('claims.decide')
  @Answers(200, batchView)
  remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: removeFromBatch }) input: RemoveInput,
  ): Promise<BatchView> {
    return this.removing.run(actor, id, input);
  }
}
