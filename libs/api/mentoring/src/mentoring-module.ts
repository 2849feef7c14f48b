import { DiscardOldImports } from './imports/discard-old-imports';
import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { MentoringHome } from './home/mentoring-home';
import { ApplyImportJob, importsControllers, importsJobProviders, importsProviders } from './imports/index';
import { AskPairsToGoOn } from './leaving/ask-pairs-to-go-on';
import { EndMentoringOfLeaver } from './leaving/end-mentoring-of-leaver';
import { EndPairEndedElsewhere, EndSharedPair } from './leaving/end-shared-pair';
import { GoingOn } from './leaving/going-on';
import { MentoringLeavingController } from './leaving/leaving-controller';
import { MentoringFollowing } from './leaving/mentoring-follows';
import { SharedPairViews } from './leaving/shared-pair-view';
import { SharedPairs } from './leaving/shared-pairs';
import { AcceptProposal } from './proposals/accept-proposal';
import { AnswerQuestion } from './proposals/answer-question';
import { AskMore } from './proposals/ask-more';
import { AskNext } from './proposals/ask-next';
import { CompletePairs } from './proposals/complete-pairs';
import { ConfirmAgreement } from './proposals/confirm-agreement';
import { DeclineProposal } from './proposals/decline-proposal';
import { ExpireProposals } from './proposals/expire-proposals';
import { Forwarding } from './proposals/forwarding';
import { ChangeOwnCapacity, MyMentorings, PauseMentoring, ResumeMentoring } from './proposals/my-mentoring';
import { MyMentoringController } from './proposals/my-mentoring-controller';
import { OwnProposals } from './proposals/my-proposals';
import { PostRoom } from './proposals/post-room';
import { ProposalViews } from './proposals/proposal-view';
import { ProposalsController } from './proposals/proposals-controller';
import { RemindMentors } from './proposals/remind-mentors';
import { ResumeUnanswered } from './proposals/resume-unanswered';
import { RoundProposals } from './proposals/round-proposals';
import { WithdrawProposal } from './proposals/withdraw-proposal';
import { WriteAgreement } from './proposals/write-agreement';
import { CancelRound } from './rounds/cancel-round';
import { ChangeRound } from './rounds/change-round';
import { ChooseTwo, TakeChoiceBack } from './rounds/choose-two';
import { CloseRound } from './rounds/close-round';
import { JoinRound } from './rounds/join-round';
import { Participants } from './rounds/participants';
import { ReleaseRound } from './rounds/release-round';
import { RemoveParticipant } from './rounds/remove-participant';
import { RoundChoices } from './rounds/round-choices';
import { RoundViews } from './rounds/round-view';
import { RoundDeedsController, RoundsController } from './rounds/rounds-controller';
import { RoundsList } from './rounds/rounds-list';
import { StartRound } from './rounds/start-round';
import { RoundQuestions } from './runs/ask-in-thread';
import { MatchRound } from './runs/match-round';
import { MatchingInputs } from './runs/read-matching-input';
import { ReplayRun } from './runs/replay-view';
import { RunComparison } from './runs/run-comparison';
import { RunExport } from './runs/run-export';
import { RunFloor } from './runs/run-floor';
import { RunLeftOuts } from './runs/run-left-out';
import { RunPairs } from './runs/run-pairs';
import { RunUnlocks } from './runs/run-unlocks';
import { RunViews } from './runs/run-view';
import { RunsController } from './runs/runs-controller';
import { StartRun } from './runs/start-run';
import { WhyNot } from './runs/why-not';

/** Needed by HTTP and by the worker. */
const shared: Provider[] = [MatchingInputs, PostRoom, Forwarding, AskNext, ExpireProposals];

const rounds: Provider[] = [
  RoundsList,
  RoundViews,
  Participants,
  StartRound,
  ChangeRound,
  JoinRound,
  RemoveParticipant,
  CancelRound,
  CloseRound,
  ReleaseRound,
  ChooseTwo,
  TakeChoiceBack,
  RoundChoices,
];

const runs: Provider[] = [
  StartRun,
  RunViews,
  RunPairs,
  RunFloor,
  RunLeftOuts,
  RunUnlocks,
  RunExport,
  RunComparison,
  RoundQuestions,
  WhyNot,
  ReplayRun,
];

/** Leaving and moving to another institution. */
const leaving: Provider[] = [MentoringFollowing, GoingOn, SharedPairs, SharedPairViews, EndSharedPair];

const proposals: Provider[] = [
  ProposalViews,
  OwnProposals,
  RoundProposals,
  AcceptProposal,
  DeclineProposal,
  WithdrawProposal,
  WriteAgreement,
  ConfirmAgreement,
  AskMore,
  AnswerQuestion,
  MyMentorings,
  ChangeOwnCapacity,
  PauseMentoring,
  ResumeMentoring,
];

/** Mentoring's later work, for the worker to provide under JOB_HANDLERS, EVENT_HANDLERS and SCHEDULED_TASKS. */
export const mentoringJobHandlers: Type<JobHandler>[] = [MatchRound, ApplyImportJob];
export const mentoringEventHandlers: Type<EventHandler>[] = [
  EndMentoringOfLeaver,
  AskPairsToGoOn,
  EndPairEndedElsewhere,
];
export const mentoringScheduledTasks: Type<ScheduledTask>[] = [
  ExpireProposals,
  RemindMentors,
  ResumeUnanswered,
  CompletePairs,
  DiscardOldImports,
];

/** What the worker needs besides. */
const ofWorker: Provider[] = [...importsJobProviders, SharedPairs];

@Module({})
export class MentoringModule {
  static forApi(): DynamicModule {
    return {
      module: MentoringModule,
      controllers: [
        MentoringLeavingController,
        RoundsController,
        RoundDeedsController,
        RunsController,
        ProposalsController,
        MyMentoringController,
        ...importsControllers,
      ],
      providers: [...shared, ...rounds, ...runs, ...proposals, ...importsProviders, ...leaving, MentoringHome],
      exports: [MentoringHome],
    };
  }

  static forWorker(): DynamicModule {
    return {
      module: MentoringModule,
      providers: [
        ...new Set([
          ...shared,
          ...ofWorker,
          ...mentoringJobHandlers,
          ...mentoringEventHandlers,
          ...mentoringScheduledTasks,
        ]),
      ],
      exports: [...mentoringJobHandlers, ...mentoringEventHandlers, ...mentoringScheduledTasks],
    };
  }
}
