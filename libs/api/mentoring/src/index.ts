export { mentoringEntities } from './entities';
export { MentoringHome } from './home/mentoring-home';
export {
  mentoringEventHandlers,
  mentoringJobHandlers,
  MentoringModule,
  mentoringScheduledTasks,
} from './mentoring-module';
/** What a demonstration does as its coordinator would. */
export { ChangeRound } from './rounds/change-round';
export { JoinRound } from './rounds/join-round';
export { StartRound } from './rounds/start-round';
