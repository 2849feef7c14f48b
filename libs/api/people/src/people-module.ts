import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { type EventHandler, type JobHandler, PersonNames, type ScheduledTask } from '@waymark/api-platform';
import {
  administrationControllers,
  administrationEventHandlers,
  administrationProviders,
  administrationScheduledTasks,
} from './administration/parts';
import { AdministrationHome } from './administration/administration-home';
import { AddPerson } from './directory/add-person';
import { ChangePerson } from './directory/change-person';
import { InvitePerson } from './directory/invite-person';
import { PeopleController } from './directory/people-controller';
import { AwardsList, directoryControllers, directoryProviders } from './directory/parts';
import { PeopleList } from './directory/people-list';
import { PersonPage } from './directory/person-page';
import { PutGrades } from './directory/put-grades';
import { EndRole, GrantRole } from './directory/roles-held';
import { ActFor, StopActing } from './on-behalf/act-for';
import { NamesOfPeople } from './on-behalf/names-of-people';
import {
  leavingControllers,
  leavingEventHandlers,
  LeavingHome,
  leavingProviders,
  leavingScheduledTasks,
} from './leaving/index';
import { PeopleFacade } from './people-facade';
import {
  Corrections,
  personalDataControllers,
  personalDataJobHandlers,
  personalDataProviders,
  personalDataScheduledTasks,
} from './personal-data/index';
import { AddInstitution } from './sign-in/add-institution';
import { PasswordLinks } from './sign-in/password-links';
import { SessionController } from './sign-in/session-controller';
import { SetUp, SetUpCode } from './sign-in/set-up';
import { SignIn } from './sign-in/sign-in';
import {
  staffImportsControllers,
  staffImportsJobHandlers,
  staffImportsJobProviders,
  staffImportsProviders,
  staffImportsScheduledTasks,
} from './staff-imports/index';

const ofApi: Provider[] = [
  SignIn,
  PasswordLinks,
  SetUp,
  SetUpCode,
  PeopleList,
  ...directoryProviders,
  PersonPage,
  AddPerson,
  ChangePerson,
  GrantRole,
  EndRole,
  InvitePerson,
  PutGrades,
  ...staffImportsProviders,
  ...leavingProviders,
  ...personalDataProviders,
  ...administrationProviders,
  ActFor,
  StopActing,
  { provide: PersonNames, useClass: NamesOfPeople },
];

/** People's later work, for the worker to provide under JOB_HANDLERS, EVENT_HANDLERS and SCHEDULED_TASKS. */
export const peopleJobHandlers: Type<JobHandler>[] = [...staffImportsJobHandlers, ...personalDataJobHandlers];
export const peopleEventHandlers: Type<EventHandler>[] = [...leavingEventHandlers, ...administrationEventHandlers];
export const peopleScheduledTasks: Type<ScheduledTask>[] = [
  ...staffImportsScheduledTasks,
  ...leavingScheduledTasks,
  ...personalDataScheduledTasks,
  ...administrationScheduledTasks,
];

/** What they need besides. */
const ofWorker: Provider[] = [...staffImportsJobProviders];

/** The facade is for every domain above. */
@Global()
@Module({})
export class PeopleModule {
  static forApi(): DynamicModule {
    return {
      module: PeopleModule,
      controllers: [
        SessionController,
        PeopleController,
        ...staffImportsControllers,
        ...directoryControllers,
        ...leavingControllers,
        ...personalDataControllers,
        ...administrationControllers,
      ],
      providers: [PeopleFacade, ...ofApi],
      exports: [
        PeopleFacade,
        AwardsList,
        LeavingHome,
        Corrections,
        SetUpCode,
        SetUp,
        AddInstitution,
        AdministrationHome,
        PersonNames,
      ],
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
