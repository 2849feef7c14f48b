import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, Public, tableAnswer } from '@waymark/api-platform';
import {
  answerByLink,
  type AnswerByLink,
  answeredEndorsements,
  type AnsweredEndorsements,
  answerEndorsement,
  type AnswerEndorsement as AnswerInput,
  answerEndorsements,
  type AnswerEndorsements as SeveralInput,
  callEndorsementChanged,
  type CallEndorsementChanged,
  callEndorsementsExportQuery,
  type CallEndorsementsExportQuery,
  callEndorsementsPage,
  type CallEndorsementsPage,
  callEndorsementsQuery,
  type CallEndorsementsQuery,
  decideUnendorsed,
  type DecideUnendorsed as DecideInput,
  endorseLinkParams,
  endorseLinkView,
  type EndorseLinkView,
  endorsementsExportQuery,
  type EndorsementsExportQuery,
  endorsementsPage,
  type EndorsementsPage,
  endorsementsQuery,
  type EndorsementsQuery,
  endorsementView,
  type EndorsementView,
  idParams,
  nameEndorser,
  type NameEndorser as NameInput,
  remindedEndorsers,
  type RemindedEndorsers,
  remindEndorsers,
  type RemindEndorsers as RemindInput,
} from '@waymark/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerEndorsement } from './answer-endorsement';
import { CallEndorsements } from './call-endorsements';
import { DecideUnendorsed } from './decide-unendorsed';
import { EndorseLinks } from './endorse-links';
import { EndorsementViews } from './endorsement-view';
import { NameEndorser } from './name-endorser';
import { RemindEndorsers } from './remind-endorsers';
import { TeamEndorsements } from './team-endorsements';

interface Of {
  id: string;
}

/** What a person is asked to endorse. Whoever is not asked finds nothing here. */
@Controller('funding/endorsements')
export class EndorsementsController {
  constructor(
    private readonly team: TeamEndorsements,
    private readonly views: EndorsementViews,
    private readonly answering: AnswerEndorsement,
  ) {}

  @Get()
  @Can('funding.take-part')
  @Answers(200, endorsementsPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: endorsementsQuery }) query: EndorsementsQuery,
  ): Promise<EndorsementsPage> {
    return this.team.page(actor, query);
  }

  @Get('export')
  @Can('funding.take-part')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: endorsementsExportQuery }) { format, ...filters }: EndorsementsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.team.table(actor, filters);
    return tableAnswer(reply, format, 'endorsements', headings, rows);
  }

  @Post('answers')
  @Can('funding.take-part')
  @Answers(200, answeredEndorsements)
  several(
    @CurrentActor() actor: Actor,
    @Body({ schema: answerEndorsements }) input: SeveralInput,
  ): Promise<AnsweredEndorsements> {
    return this.answering.several(actor, input);
  }

  @Get(':id')
  @Can('funding.take-part')
  @Answers(200, endorsementView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<EndorsementView> {
    return this.views.see(actor, id);
  }

  @Post(':id/answer')
  @Can('funding.take-part')
  @Answers(200, endorsementView)
  answer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: answerEndorsement }) input: AnswerInput,
  ): Promise<EndorsementView> {
    return this.answering.run(actor, id, input);
  }
}

/** The endorsements of a call, for its coordinator. */
@Controller('funding/calls')
export class CallEndorsementsController {
  constructor(
    private readonly endorsements: CallEndorsements,
    private readonly naming: NameEndorser,
    private readonly deciding: DecideUnendorsed,
    private readonly reminding: RemindEndorsers,
  ) {}

  @Get(':id/endorsements')
  @Can('calls.see')
  @Answers(200, callEndorsementsPage)
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: callEndorsementsQuery }) query: CallEndorsementsQuery,
  ): Promise<CallEndorsementsPage> {
    return this.endorsements.page(actor, id, query);
  }

  @Get(':id/endorsements/export')
  @Can('calls.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: callEndorsementsExportQuery }) { format, ...filters }: CallEndorsementsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.endorsements.table(actor, id, filters);
    return tableAnswer(reply, format, 'endorsements', headings, rows);
  }

  @Post(':id/endorsements/name')
  @Can('calls.manage')
  @Answers(200, callEndorsementChanged)
  name(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: nameEndorser }) input: NameInput,
  ): Promise<CallEndorsementChanged> {
    return this.naming.run(actor, id, input);
  }

  @Post(':id/endorsements/decide')
  @Can('calls.manage')
  @Answers(200, callEndorsementChanged)
  decide(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: decideUnendorsed }) input: DecideInput,
  ): Promise<CallEndorsementChanged> {
    return this.deciding.run(actor, id, input);
  }

  @Post(':id/endorsements/remind')
  @Can('calls.manage')
  @Answers(200, remindedEndorsers)
  remind(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: remindEndorsers }) input: RemindInput,
  ): Promise<RemindedEndorsers> {
    return this.reminding.run(actor, id, input);
  }
}

/** The link in an endorser's mail, for whoever holds it: no session is needed, and none is made. */
@Controller('endorse')
export class EndorseLinkController {
  constructor(private readonly links: EndorseLinks) {}

  @Get(':token')
  @Public()
  @Answers(200, endorseLinkView)
  see(
    @Param({ schema: endorseLinkParams }) { token }: { token: string },
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndorseLinkView> {
    void reply.header('referrer-policy', 'no-referrer');
    return this.links.view(token, { address: request.ip });
  }

  @Post(':token/answer')
  @Public()
  @Answers(200, endorseLinkView)
  answer(
    @Param({ schema: endorseLinkParams }) { token }: { token: string },
    @Body({ schema: answerByLink }) input: AnswerByLink,
    @Req() request: FastifyRequest,
  ): Promise<EndorseLinkView> {
    return this.links.answer(token, input, { address: request.ip, correlationId: request.id });
  }
}
