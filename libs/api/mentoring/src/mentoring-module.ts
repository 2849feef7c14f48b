import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { MentoringHome } from './home/mentoring-home';
import { ApplyImportJob, importsControllers, importsJobProviders, importsProviders } from './imports/index';
import { AcceptProposal } from './proposals/accept-proposal';
import { ConfirmAgreement } from './proposals/confirm-agreement';
import { DeclineProposal } from './proposals/decline-proposal';
import { ExpireProposals } from './proposals/expire-proposals';
import { OwnProposals } from './proposals/my-proposals';
import { PostRoom } from './proposals/post-room';
import { ProposalViews } from './proposals/proposal-view';
import { ProposalsController } from './proposals/proposals-controller';
import { RoundProposals } from './proposals/round-proposals';
import { WithdrawProposal } from './proposals/withdraw-proposal';
import { WriteAgreement } from './proposals/write-agreement';
import { CancelRound } from './rounds/cancel-round';
import { ChangeRound } from './rounds/change-round';
import { CloseRound } from './rounds/close-round';
import { JoinRound } from './rounds/join-round';
import { Participants } from './rounds/participants';
import { ReleaseRound } from './rounds/release-round';
import { RemoveParticipant } from './rounds/remove-participant';
import { RoundViews } from './rounds/round-view';
import { RoundDeedsController, RoundsController } from './rounds/rounds-controller';
import { RoundsList } from './rounds/rounds-list';
import { StartRound } from './rounds/start-round';
import { MatchRound } from './runs/match-round';
import { MatchingInputs } from './runs/read-matching-input';
import { RunExport } from './runs/run-export';
import { RunLeftOuts } from './runs/run-left-out';
import { RunPairs } from './runs/run-pairs';
import { RunUnlocks } from './runs/run-unlocks';
import { RunViews } from './runs/run-view';
import { RunsController } from './runs/runs-controller';
import { StartRun } from './runs/start-run';

/** Needed by HTTP and by the worker. */
const shared: Provider[] = [MatchingInputs];

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
];

const runs: Provider[] = [StartRun, RunViews, RunPairs, RunLeftOuts, RunUnlocks, RunExport];

const proposals: Provider[] = [
  PostRoom,
  ExpireProposals,
  ProposalViews,
  OwnProposals,
  RoundProposals,
  AcceptProposal,
  DeclineProposal,
  WithdrawProposal,
  WriteAgreement,
  ConfirmAgreement,
];

/** Mentoring's later work, for the worker to provide under JOB_HANDLERS, EVENT_HANDLERS and SCHEDULED_TASKS. */
export const mentoringJobHandlers: Type<JobHandler>[] = [MatchRound, ApplyImportJob];
export const mentoringEventHandlers: Type<EventHandler>[] = [];
export const mentoringScheduledTasks: Type<ScheduledTask>[] = [];

/** What the worker needs besides. */
const ofWorker: Provider[] = [...importsJobProviders];

@Module({})
export class MentoringModule {
  static forApi(): DynamicModule {
    return {
      module: MentoringModule,
      controllers: [RoundsController, RoundDeedsController, RunsController, ProposalsController, ...importsControllers],
      providers: [...shared, ...rounds, ...runs, ...proposals, ...importsProviders, MentoringHome],
      exports: [MentoringHome],
    };
  }

  static forWorker(): DynamicModule {
    return {
      module: MentoringModule,
      providers: [
        ...shared,
        ...ofWorker,
        ...new Set([...mentoringJobHandlers, ...mentoringEventHandlers, ...mentoringScheduledTasks]),
      ],
      exports: [...mentoringJobHandlers, ...mentoringEventHandlers, ...mentoringScheduledTasks],
    };
  }
}
