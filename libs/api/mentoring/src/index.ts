export { mentoringEntities } from './entities';
export { mentoringImpersonalTables, mentoringPersonalTables } from './mentoring-personal-data';
export { MentoringHome } from './home/mentoring-home';
export {
  mentoringEventHandlers,
  mentoringJobHandlers,
  MentoringModule,
  mentoringScheduledTasks,
} from './mentoring-module';
/** What a demonstration does as its people would. */
export { ApplyImport, PreviewImport, StartImport } from './imports/index';
export { AcceptProposal } from './proposals/accept-proposal';
export { ConfirmAgreement } from './proposals/confirm-agreement';
export { DeclineProposal } from './proposals/decline-proposal';
export { WriteAgreement } from './proposals/write-agreement';
export { ChangeRound } from './rounds/change-round';
export { CloseRound } from './rounds/close-round';
export { JoinRound } from './rounds/join-round';
export { ReleaseRound } from './rounds/release-round';
export { StartRound } from './rounds/start-round';
export { StartRun } from './runs/start-run';
