import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AddPerson } from './directory/add-person';
import { ChangePerson } from './directory/change-person';
import { InvitePerson } from './directory/invite-person';
import { PeopleController } from './directory/people-controller';
import { PeopleList } from './directory/people-list';
import { PersonPage } from './directory/person-page';
import { PutGrades } from './directory/put-grades';
import { EndRole, GrantRole } from './directory/roles-held';
import { PeopleFacade } from './people-facade';
import { PasswordLinks } from './sign-in/password-links';
import { SessionController } from './sign-in/session-controller';
import { SetUp, SetUpCode } from './sign-in/set-up';
import { SignIn } from './sign-in/sign-in';

const ofApi: Provider[] = [
  SignIn,
  PasswordLinks,
  SetUp,
  SetUpCode,
  PeopleList,
  PersonPage,
  AddPerson,
  ChangePerson,
  GrantRole,
  EndRole,
  InvitePerson,
  PutGrades,
];

/** People's later work, for the worker to provide under JOB_HANDLERS, EVENT_HANDLERS and SCHEDULED_TASKS. */
export const peopleJobHandlers: Type<JobHandler>[] = [];
export const peopleEventHandlers: Type<EventHandler>[] = [];
export const peopleScheduledTasks: Type<ScheduledTask>[] = [];

/** What they need besides. */
const ofWorker: Provider[] = [];

/** The facade is for every domain above. */
@Global()
@Module({})
export class PeopleModule {
  static forApi(): DynamicModule {
    return {
      module: PeopleModule,
      controllers: [SessionController, PeopleController],
      providers: [PeopleFacade, ...ofApi],
      exports: [PeopleFacade, SetUpCode, SetUp],
    };
  }

  static forWorker(): DynamicModule {
    const later = [...peopleJobHandlers, ...peopleEventHandlers, ...peopleScheduledTasks];
    return {
      module: PeopleModule,
      providers: [PeopleFacade, ...ofWorker, ...later],
      exports: [PeopleFacade, ...later],
    };
  }
}
