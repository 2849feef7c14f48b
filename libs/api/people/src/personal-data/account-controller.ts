import { Body, Controller, Delete, Get, Param, Post, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersNothing, Can, CurrentActor } from '@waymark/api-platform';
import {
  accountView,
  type AccountView,
  askCorrection,
  type AskCorrection as AskInput,
  changePassword,
  type ChangePassword as ChangePasswordInput,
  correctionView,
  type CorrectionView,
  exportFileParams,
  idParams,
  keptView,
  type KeptView,
  ownExportView,
  type OwnExportView,
  withdrawCorrection,
  type WithdrawCorrection as WithdrawInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AnswersExportFile, sendExportFile } from './answers-export-file';
import { AskCorrection, WithdrawCorrection } from './corrections';
import { FetchExport } from './fetch-export';
import { ChangePassword, EndSessions, OwnAccount } from './own-account';
import { StartExport } from './start-export';

/** What is one's own: record, sign-in, data. */
@Controller('account')
export class AccountController {
  constructor(
    private readonly account: OwnAccount,
    private readonly passwords: ChangePassword,
    private readonly ends: EndSessions,
    private readonly starts: StartExport,
    private readonly fetches: FetchExport,
    private readonly asks: AskCorrection,
    private readonly withdraws: WithdrawCorrection,
  ) {}

  @Get()
  @Can('account.own')
  @Answers(200, accountView)
  see(@CurrentActor() actor: Actor): Promise<AccountView> {
    return this.account.see(actor);
  }

  @Get('kept')
  @Can('account.own')
  @Answers(200, keptView)
  kept(@CurrentActor() actor: Actor): Promise<KeptView> {
    return this.account.kept(actor);
  }

  @Post('password')
  @Can('account.own')
  @AnswersNothing()
  changePassword(
    @CurrentActor() actor: Actor,
    @Body({ schema: changePassword }) input: ChangePasswordInput,
  ): Promise<void> {
    return this.passwords.run(actor, input);
  }

  @Delete('sessions')
  @Can('account.own')
  @AnswersNothing()
  signOutElsewhere(@CurrentActor() actor: Actor): Promise<void> {
    return this.ends.everywhereElse(actor);
  }

  @Delete('sessions/:id')
  @Can('account.own')
  @AnswersNothing()
  endSession(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
  ): Promise<void> {
    return this.ends.one(actor, id);
  }

  @Get('exports')
  @Can('account.own')
  @Answers(200, ownExportView)
  newestExport(@CurrentActor() actor: Actor): Promise<OwnExportView> {
    return this.account.newestExport(actor);
  }

  @Post('exports')
  @Can('account.own')
  @Answers(200, ownExportView)
  startExport(@CurrentActor() actor: Actor): Promise<OwnExportView> {
    return this.starts.ofMyself(actor);
  }

  @Get('exports/:id/:format')
  @Can('account.own')
  @AnswersExportFile()
  async exportFile(
    @CurrentActor() actor: Actor,
    @Param({ schema: exportFileParams }) { id, format }: z.infer<typeof exportFileParams>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return sendExportFile(reply, format, await this.fetches.ofMyself(actor, id, format));
  }

  @Post('corrections')
  @Can('account.own')
  @Answers(201, correctionView)
  ask(@CurrentActor() actor: Actor, @Body({ schema: askCorrection }) input: AskInput): Promise<CorrectionView> {
    return this.asks.run(actor, input);
  }

  @Post('corrections/:id/withdraw')
  @Can('account.own')
  @Answers(200, correctionView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
    @Body({ schema: withdrawCorrection }) input: WithdrawInput,
  ): Promise<CorrectionView> {
    return this.withdraws.run(actor, id, input);
  }
}
