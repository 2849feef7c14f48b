import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  acceptProposal,
  type AcceptProposal as AcceptInput,
  answerQuestion,
  type AnswerQuestion as AnswerInput,
  askMore,
  type AskMore as AskMoreInput,
  confirmAgreement,
  type ConfirmAgreement as ConfirmInput,
  declineProposal,
  type DeclineProposal as DeclineInput,
  idParams,
  myProposals,
  type MyProposals,
  proposalView,
  type ProposalView,
  withdrawProposal,
  type WithdrawProposal as WithdrawInput,
  writeAgreement,
  type WriteAgreement as WriteInput,
} from '@waymark/contracts';
import { AcceptProposal } from './accept-proposal';
import { AnswerQuestion } from './answer-question';
import { AskMore } from './ask-more';
import { ConfirmAgreement } from './confirm-agreement';
import { DeclineProposal } from './decline-proposal';
import { OwnProposals } from './my-proposals';
import { ProposalViews } from './proposal-view';
import { WithdrawProposal } from './withdraw-proposal';
import { WriteAgreement } from './write-agreement';

interface Of {
  id: string;
}

@Controller('mentoring/proposals')
export class ProposalsController {
  constructor(
    private readonly own: OwnProposals,
    private readonly views: ProposalViews,
    private readonly accepting: AcceptProposal,
    private readonly declining: DeclineProposal,
    private readonly withdrawing: WithdrawProposal,
    private readonly writing: WriteAgreement,
    private readonly confirming: ConfirmAgreement,
    private readonly askingMore: AskMore,
    private readonly answering: AnswerQuestion,
  ) {}

  @Get()
  @Can('proposals.answer')
  @Answers(200, myProposals)
  list(@CurrentActor() actor: Actor): Promise<MyProposals> {
    return this.own.list(actor);
  }

  @Get(':id')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<ProposalView> {
    return this.views.see(actor, id);
  }

  @Post(':id/accept')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  accept(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: acceptProposal }) input: AcceptInput,
  ): Promise<ProposalView> {
    return this.accepting.run(actor, id, input);
  }

  @Post(':id/decline')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  decline(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: declineProposal }) input: DeclineInput,
  ): Promise<ProposalView> {
    return this.declining.run(actor, id, input);
  }

  @Post(':id/question')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  askMore(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: askMore }) input: AskMoreInput,
  ): Promise<ProposalView> {
    return this.askingMore.run(actor, id, input);
  }

  @Post(':id/question/answer')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  answerQuestion(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: answerQuestion }) input: AnswerInput,
  ): Promise<ProposalView> {
    return this.answering.run(actor, id, input);
  }

  @Post(':id/withdraw')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: withdrawProposal }) input: WithdrawInput,
  ): Promise<ProposalView> {
    return this.withdrawing.run(actor, id, input);
  }

  @Put(':id/agreement')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  write(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: writeAgreement }) input: WriteInput,
  ): Promise<ProposalView> {
    return this.writing.run(actor, id, input);
  }

  @Post(':id/agreement/confirm')
  @Can('proposals.answer')
  @Answers(200, proposalView)
  confirm(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: confirmAgreement }) input: ConfirmInput,
  ): Promise<ProposalView> {
    return this.confirming.run(actor, id, input);
  }
}
