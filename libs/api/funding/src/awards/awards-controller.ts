import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  askAdvance,
  type AskAdvance as AskInput,
  beginClaim,
  callAwardsExportQuery,
  type CallAwardsExportQuery,
  callAwardsPage,
  type CallAwardsPage,
  callAwardsQuery,
  type CallAwardsQuery,
  cancelAward,
  type CancelAward as CancelInput,
  changeEvent,
  type ChangeEvent as ChangeInput,
  claimView,
  type ClaimView,
  fundAwardView,
  type FundAwardView,
  idParams,
  myFundAwards,
  type MyFundAwards,
  onAward,
  type OnAward,
  recordRepayment,
  type RecordRepayment as RepayInput,
  sayAbstract,
  type SayAbstract as SayInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { AskAdvance, RecordRepayment } from './advances';
import { AcceptAward, RefuseAward } from './answer-award';
import { AwardViews } from './award-view';
import { AwardsList } from './awards-list';
import { AttendAward, CancelAward, SayAbstract } from './cancel-award';
import { ChangeEvent, WithdrawChange } from './change-event';
import { BeginClaim } from './write-claim';

interface Of {
  id: string;
}

/** Awards, as their people and those who keep the call see them. */
@Controller('funding')
export class AwardsController {
  constructor(
    private readonly list: AwardsList,
    private readonly views: AwardViews,
  ) {}

  @Get('awards')
  @Can('funding.take-part')
  @Answers(200, myFundAwards)
  mine(@CurrentActor() actor: Actor): Promise<MyFundAwards> {
    return this.list.mine(actor);
  }

  @Get('awards/:id')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<FundAwardView> {
    return this.views.see(actor, id);
  }

  @Get('calls/:id/awards')
  @Can('calls.see')
  @Answers(200, callAwardsPage)
  ofCall(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: callAwardsQuery }) query: CallAwardsQuery,
  ): Promise<CallAwardsPage> {
    return this.list.page(actor, id, query);
  }

  @Get('calls/:id/awards/export')
  @Can('calls.see')
  @AnswersTable()
  async exportOfCall(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: callAwardsExportQuery }) { format, ...filters }: CallAwardsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.list.table(actor, id, filters);
    return tableAnswer(reply, format, 'awards', headings, rows);
  }
}

/** What a person does with an award, and what finance records on it. */
@Controller('funding/awards')
export class AwardDeedsController {
  constructor(
    private readonly accepting: AcceptAward,
    private readonly refusing: RefuseAward,
    private readonly saying: SayAbstract,
    private readonly changing: ChangeEvent,
    private readonly withdrawing: WithdrawChange,
    private readonly cancelling: CancelAward,
    private readonly attending: AttendAward,
    private readonly asking: AskAdvance,
    private readonly repaying: RecordRepayment,
    private readonly beginning: BeginClaim,
  ) {}

  @Post(':id/accept')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  accept(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onAward }) input: OnAward,
  ): Promise<FundAwardView> {
    return this.accepting.run(actor, id, input);
  }

  @Post(':id/refuse')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  refuse(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onAward }) input: OnAward,
  ): Promise<FundAwardView> {
    return this.refusing.run(actor, id, input);
  }

  @Post(':id/abstract')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  say(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: sayAbstract }) input: SayInput,
  ): Promise<FundAwardView> {
    return this.saying.run(actor, id, input);
  }

  @Post(':id/change')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: changeEvent }) input: ChangeInput,
  ): Promise<FundAwardView> {
    return this.changing.run(actor, id, input);
  }

  @Post(':id/withdraw-change')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  withdrawChange(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onAward }) input: OnAward,
  ): Promise<FundAwardView> {
    return this.withdrawing.run(actor, id, input);
  }

  @Post(':id/cancel')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: cancelAward }) input: CancelInput,
  ): Promise<FundAwardView> {
    return this.cancelling.run(actor, id, input);
  }

  @Post(':id/attend')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  attend(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onAward }) input: OnAward,
  ): Promise<FundAwardView> {
    return this.attending.run(actor, id, input);
  }

  @Post(':id/advance')
  @Can('funding.take-part')
  @Answers(200, fundAwardView)
  advance(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: askAdvance }) input: AskInput,
  ): Promise<FundAwardView> {
    return this.asking.run(actor, id, input);
  }

  @Post(':id/repayment')
  @Can('claims.decide')
  @Answers(200, fundAwardView)
  repay(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: recordRepayment }) input: RepayInput,
  ): Promise<FundAwardView> {
    return this.repaying.run(actor, id, input);
  }

  @Post(':id/claims')
  @Can('funding.take-part')
  @Answers(200, claimView)
  begin(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: beginClaim }) _: object,
  ): Promise<ClaimView> {
    return this.beginning.run(actor, id);
  }
}
