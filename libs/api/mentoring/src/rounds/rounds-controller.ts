import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersTable, Can, CurrentActor, tableAnswer } from '@waymark/api-platform';
import {
  changeRound,
  type ChangeRound as ChangeRoundInput,
  chooseTwo,
  type ChooseTwo as ChooseTwoInput,
  idParams,
  onRound,
  type OnRound,
  participantParams,
  participantsPage,
  type ParticipantsPage,
  participantsQuery,
  type ParticipantsQuery,
  proposalsExportQuery,
  type ProposalsExportQuery,
  proposalsPage,
  type ProposalsPage,
  proposalsQuery,
  type ProposalsQuery,
  releaseRound,
  type ReleaseRound as ReleaseRoundInput,
  roundChoiceParams,
  roundChoicesPage,
  type RoundChoicesPage,
  roundChoicesQuery,
  type RoundChoicesQuery,
  roundsExportQuery,
  type RoundsExportQuery,
  roundsPage,
  type RoundsPage,
  roundsQuery,
  type RoundsQuery,
  roundView,
  type RoundView,
  startRound,
  type StartRound as StartRoundInput,
  startRun,
  type StartRun as StartRunInput,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import { RoundProposals } from '../proposals/round-proposals';
import { StartRun } from '../runs/start-run';
import { CancelRound } from './cancel-round';
import { ChangeRound } from './change-round';
import { ChooseTwo, TakeChoiceBack } from './choose-two';
import { CloseRound } from './close-round';
import { JoinRound } from './join-round';
import { Participants } from './participants';
import { ReleaseRound } from './release-round';
import { RemoveParticipant } from './remove-participant';
import { RoundChoices } from './round-choices';
import { RoundViews } from './round-view';
import { RoundsList } from './rounds-list';
import { StartRound } from './start-round';

interface Of {
  id: string;
}

@Controller('mentoring/rounds')
export class RoundsController {
  constructor(
    private readonly rounds: RoundsList,
    private readonly views: RoundViews,
    private readonly participants: Participants,
    private readonly proposals: RoundProposals,
    private readonly choices: RoundChoices,
  ) {}

  @Get()
  @Can('rounds.see')
  @Answers(200, roundsPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: roundsQuery }) query: RoundsQuery): Promise<RoundsPage> {
    return this.rounds.page(actor, query);
  }

  @Get('export')
  @Can('rounds.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: roundsExportQuery }) { format, ...filters }: RoundsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.rounds.table(actor, filters);
    return tableAnswer(reply, format, 'rounds', headings, rows);
  }

  @Get(':id')
  @Can('rounds.see')
  @Answers(200, roundView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<RoundView> {
    return this.views.see(actor, id);
  }

  @Get(':id/mentees')
  @Can('rounds.see')
  @Answers(200, participantsPage)
  mentees(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: participantsQuery }) query: ParticipantsQuery,
  ): Promise<ParticipantsPage> {
    return this.participants.page(actor, id, 'mentees', query);
  }

  @Get(':id/mentors')
  @Can('rounds.see')
  @Answers(200, participantsPage)
  mentors(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: participantsQuery }) query: ParticipantsQuery,
  ): Promise<ParticipantsPage> {
    return this.participants.page(actor, id, 'mentors', query);
  }

  @Get(':id/proposals')
  @Can('rounds.see')
  @Answers(200, proposalsPage)
  proposalsOf(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: proposalsQuery }) query: ProposalsQuery,
  ): Promise<ProposalsPage> {
    return this.proposals.page(actor, id, query);
  }

  @Get(':id/proposals/export')
  @Can('rounds.see')
  @AnswersTable()
  async exportProposals(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: proposalsExportQuery }) { format, ...filters }: ProposalsExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { headings, rows } = await this.proposals.table(actor, id, filters);
    return tableAnswer(reply, format, 'proposals', headings, rows);
  }

  @Get(':id/choices')
  @Can('rounds.see')
  @Answers(200, roundChoicesPage)
  choicesOf(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Query({ schema: roundChoicesQuery }) query: RoundChoicesQuery,
  ): Promise<RoundChoicesPage> {
    return this.choices.page(actor, id, query);
  }
}

/** What coordinators do with a round. */
@Controller('mentoring/rounds')
export class RoundDeedsController {
  constructor(
    private readonly starting: StartRound,
    private readonly changing: ChangeRound,
    private readonly joining: JoinRound,
    private readonly removing: RemoveParticipant,
    private readonly running: StartRun,
    private readonly releasing: ReleaseRound,
    private readonly cancelling: CancelRound,
    private readonly closing: CloseRound,
    private readonly choosing: ChooseTwo,
    private readonly takingBack: TakeChoiceBack,
  ) {}

  @Post()
  @Can('rounds.run')
  @Answers(201, roundView)
  start(@CurrentActor() actor: Actor, @Body({ schema: startRound }) input: StartRoundInput): Promise<RoundView> {
    return this.starting.run(actor, input);
  }

  @Put(':id')
  @Can('rounds.run')
  @Answers(200, roundView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: changeRound }) input: ChangeRoundInput,
  ): Promise<RoundView> {
    return this.changing.run(actor, id, input);
  }

  @Post(':id/join')
  @Can('rounds.run')
  @Answers(200, roundView)
  join(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onRound }) input: OnRound,
  ): Promise<RoundView> {
    return this.joining.run(actor, id, input);
  }

  @Delete(':id/mentees/:personId')
  @Can('rounds.run')
  @Answers(200, roundView)
  removeMentee(
    @CurrentActor() actor: Actor,
    @Param({ schema: participantParams }) { id, personId }: Of & { personId: string },
  ): Promise<RoundView> {
    return this.removing.run(actor, id, 'mentees', personId);
  }

  @Delete(':id/mentors/:personId')
  @Can('rounds.run')
  @Answers(200, roundView)
  removeMentor(
    @CurrentActor() actor: Actor,
    @Param({ schema: participantParams }) { id, personId }: Of & { personId: string },
  ): Promise<RoundView> {
    return this.removing.run(actor, id, 'mentors', personId);
  }

  @Post(':id/choices')
  @Can('rounds.run')
  @Answers(200, roundView)
  choose(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: chooseTwo }) input: ChooseTwoInput,
  ): Promise<RoundView> {
    return this.choosing.run(actor, id, input);
  }

  @Delete(':id/choices/:choiceId')
  @Can('rounds.run')
  @Answers(200, roundView)
  takeChoiceBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: roundChoiceParams }) { id, choiceId }: Of & { choiceId: string },
  ): Promise<RoundView> {
    return this.takingBack.run(actor, id, choiceId);
  }

  @Post(':id/runs')
  @Can('rounds.run')
  @Answers(200, roundView)
  match(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: startRun }) input: StartRunInput,
  ): Promise<RoundView> {
    return this.running.run(actor, id, input);
  }

  @Post(':id/release')
  @Can('rounds.run')
  @Answers(200, roundView)
  release(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: releaseRound }) input: ReleaseRoundInput,
  ): Promise<RoundView> {
    return this.releasing.run(actor, id, input);
  }

  @Post(':id/cancel')
  @Can('rounds.run')
  @Answers(200, roundView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onRound }) input: OnRound,
  ): Promise<RoundView> {
    return this.cancelling.run(actor, id, input);
  }

  @Post(':id/close')
  @Can('rounds.run')
  @Answers(200, roundView)
  close(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onRound }) input: OnRound,
  ): Promise<RoundView> {
    return this.closing.run(actor, id, input);
  }
}
