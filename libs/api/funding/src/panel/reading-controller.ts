import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  applicantsPage,
  type ApplicantsPage,
  applicantsQuery,
  type ApplicantsQuery,
  declareInterest,
  type DeclareInterest as DeclareInput,
  idParams,
  interestDeclared,
  type InterestDeclared,
  packQuery,
  type PackQuery,
  readingExportQuery,
  type ReadingExportQuery,
  readingQuery,
  type ReadingQuery,
  readingView,
  type ReadingView,
  recuseReview,
  type RecuseReview as RecuseInput,
  reopenReview,
  type ReopenReview as ReopenInput,
  reviewSaved,
  type ReviewSaved,
  reviewView,
  type ReviewView,
  saveReview,
  type SaveReview as SaveInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { AnswersPdf } from './answers-pdf';
import { Applicants, DeclareInterest, WithdrawDeclaration } from './declarations';
import { ReadingList } from './reading-list';
import { ReadingPack } from './reading-pack';
import { ReviewViews } from './review-view';
import { RecuseReview, ReopenReview, SaveReview, SubmitReview } from './score-review';

interface Of {
  id: string;
}

/** What a panelist reads, and against whom they declare an interest. */
@Controller('funding')
export class ReadingController {
  constructor(
    private readonly list: ReadingList,
    private readonly packs: ReadingPack,
    private readonly applicants: Applicants,
    private readonly declaring: DeclareInterest,
    private readonly withdrawing: WithdrawDeclaration,
  ) {}

  @Get('reading/:id')
  @Can('funding.take-part')
  @Answers(200, readingView)
  see(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: readingQuery }) query: ReadingQuery,
  ): Promise<ReadingView> {
    return this.list.page(actor, id, query);
  }

  @Get('reading/:id/export')
  @Can('funding.take-part')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: readingExportQuery }) { format, status }: ReadingExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.list.table(actor, id, status);
    return tableAnswer(reply, format, 'reading', headings, rows);
  }

  @Get('reading/:id/pack')
  @Can('funding.take-part')
  @AnswersPdf()
  async pack(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: packQuery }) { part }: PackQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const pdf = await this.packs.pdf(actor, id, part);
    void reply.headers({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="reading-pack${part > 1 ? `-${part}` : ''}.pdf"`,
    });
    return pdf;
  }

  @Get('reading/:id/applicants')
  @Can('funding.take-part')
  @Answers(200, applicantsPage)
  who(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: applicantsQuery }) query: ApplicantsQuery,
  ): Promise<ApplicantsPage> {
    return this.applicants.page(actor, id, query);
  }

  @Post('reading/:id/declarations')
  @Can('funding.take-part')
  @Answers(201, interestDeclared)
  declare(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: declareInterest }) input: DeclareInput,
  ): Promise<InterestDeclared> {
    return this.declaring.run(actor, id, input);
  }

  @Post('declarations/:id/withdraw')
  @Can('funding.take-part')
  @Answers(200, interestDeclared)
  withdraw(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<InterestDeclared> {
    return this.withdrawing.run(actor, id);
  }
}

/** One's own review. */
@Controller('funding/reviews')
export class ReviewsController {
  constructor(
    private readonly views: ReviewViews,
    private readonly saving: SaveReview,
    private readonly submitting: SubmitReview,
    private readonly reopening: ReopenReview,
    private readonly recusing: RecuseReview,
  ) {}

  @Get(':id')
  @Can('funding.take-part')
  @Answers(200, reviewView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ReviewView> {
    return this.views.see(actor, id);
  }

  @Put(':id')
  @Can('funding.take-part')
  @Answers(200, reviewSaved)
  save(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: saveReview }) input: SaveInput,
  ): Promise<ReviewSaved> {
    return this.saving.run(actor, id, input);
  }

  @Post(':id/submit')
  @Can('funding.take-part')
  @Answers(200, reviewSaved)
  submit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: saveReview }) input: SaveInput,
  ): Promise<ReviewSaved> {
    return this.submitting.run(actor, id, input);
  }

  @Post(':id/reopen')
  @Can('funding.take-part')
  @Answers(200, reviewSaved)
  reopen(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: reopenReview }) input: ReopenInput,
  ): Promise<ReviewSaved> {
    return this.reopening.run(actor, id, input);
  }

  @Post(':id/recuse')
  @Can('funding.take-part')
  @Answers(200, reviewSaved)
  recuse(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: recuseReview }) input: RecuseInput,
  ): Promise<ReviewSaved> {
    return this.recusing.run(actor, id, input);
  }
}
