import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
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
    return { module: PeopleModule, providers: [PeopleFacade], exports: [PeopleFacade] };
  }
}
